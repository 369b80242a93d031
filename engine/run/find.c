// SPDX-License-Identifier: GPL-3.0-or-later
// Finding estimates by their key: a table of places, open addressing, never more than half full.
#include "engine/run/estimate.h"

#include <math.h>

struct key {
    const char *indicator, *item, *by, *level;
    uint16_t region;
    struct period period;
};

static uint64_t mix(uint64_t hash, const char *text)
{
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 0x100000001b3u;
    return (hash ^ 0x1f) * 0x100000001b3u;
}

static uint64_t key_hash(const struct key *k)
{
    uint64_t hash = 0xcbf29ce484222325u;
    hash = mix(mix(mix(mix(hash, k->indicator), k->item), k->by), k->level);
    uint64_t when = (uint64_t)k->period.year * 8 + (uint64_t)k->period.quarter;
    hash = (hash ^ k->region) * 0x100000001b3u;
    hash = (hash ^ (when * 8 + (uint64_t)k->period.kind)) * 0x100000001b3u;
    return hash ^ (hash >> 29);
}

static bool has_key(const struct estimate *e, const struct key *k)
{
    return e->region == k->region && period_same(e->period, k->period) &&
           strcmp(e->indicator->label.id, k->indicator) == 0 && strcmp(e->item, k->item) == 0 &&
           strcmp(e->by, k->by) == 0 && strcmp(e->level, k->level) == 0;
}

static struct key key_of(const struct estimate *e)
{
    return (struct key){e->indicator->label.id, e->item, e->by, e->level, e->region, e->period};
}

// The slot of a key: where it stands, or the free one where it would.
static size_t find_slot(const struct results *r, const struct key *k)
{
    size_t at = key_hash(k) & (r->index_slots - 1);
    while (r->index[at] && !has_key(&r->estimates.at[r->index[at] - 1], k))
        at = (at + 1) & (r->index_slots - 1);
    return at;
}

// From the first to the last row of each indicator; in sorted results nothing else is between them.
static void index_ranges(struct results *r)
{
    r->ranges.len = 0;
    for (size_t i = 0; i < r->order.keys.len; i++)
        vec_push(&r->ranges, ((struct row_range){r->estimates.len, r->estimates.len}));
    const struct indicator *last = NULL;
    int at = -1;
    for (size_t i = 0; i < r->estimates.len; i++) {
        const struct indicator *self = r->estimates.at[i].indicator;
        if (self != last)
            at = dict_find(&r->order, str_of(self->label.id));
        last = self;
        if (at < 0)
            continue;
        struct row_range *range = &r->ranges.at[at];
        range->from = range->from < i ? range->from : i;
        range->to = i + 1;
    }
    r->ranged = r->estimates.len;
}

void results_index(struct results *r)
{
    mem_free(r->index);
    r->index_slots = 64;
    while (r->index_slots < 2 * r->estimates.len)
        r->index_slots *= 2;
    r->index = mem_new(r->index_slots, sizeof *r->index);
    for (size_t i = 0; i < r->estimates.len; i++) {
        struct key k = key_of(&r->estimates.at[i]);
        r->index[find_slot(r, &k)] = (uint32_t)i + 1; // of two with one key the later one is found
    }
    index_ranges(r);
}

struct row_range results_rows(const struct results *r, const char *indicator)
{
    int at = r->ranged == r->estimates.len ? dict_find(&r->order, str_of(indicator)) : -1;
    if (at >= 0 && (size_t)at < r->ranges.len)
        return r->ranges.at[at];
    return (struct row_range){0, r->estimates.len};
}

const struct estimate *results_find(const struct results *r, const char *indicator,
                                    const char *item, uint16_t region, struct period period,
                                    const char *by, const char *level)
{
    if (!r->index)
        return NULL;
    struct key k = {indicator, item, by, level, region, period};
    uint32_t place = r->index[find_slot(r, &k)];
    return place ? &r->estimates.at[place - 1] : NULL;
}
