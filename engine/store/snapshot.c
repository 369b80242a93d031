// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/snapshot.h"

#include "engine/base/num.h"

#include <math.h>

const char *const snapshot_key_names[SNAPSHOT_KEYS] = {"indicator", "item", "region",
                                                       "period",    "by",   "level"};
// ---- asking

static double read_number(struct str digits)
{
    struct decimal number;
    double value;
    switch (num_read(digits, '.', (struct str){0}, &number, &value)) {
    case NUM_OK:
        return decimal_value(number);
    case NUM_BIG:
        return value;
    case NUM_BAD:
        break;
    }
    return NAN;
}

double snapshot_number(const struct snapshot_estimate *e, const char *name)
{
    return read_number(snapshot_field(e, name));
}

double snapshot_value(const struct snapshot_estimate *e)
{
    return read_number(e->value);
}

int snapshot_decimals(const struct snapshot_estimate *e)
{
    struct str digits = snapshot_field(e, "decimals");
    if (digits.len == 1 && digits.ptr[0] >= '0' && digits.ptr[0] <= '9')
        return digits.ptr[0] - '0';
    double decimals = read_number(digits);
    return decimals >= 0 && decimals <= 15 ? (int)decimals : 2;
}

bool snapshot_is(const struct snapshot_estimate *e, const char *status)
{
    return str_is(e->status, status);
}

bool snapshot_has_value(const struct snapshot_estimate *e)
{
    return e->value.len > 0;
}

const struct snapshot_word *snapshot_word(const struct snapshot_words *w, struct str id)
{
    int at = dict_find(&w->ids, id);
    return at < 0 ? NULL : &w->list.at[at];
}

const char *snapshot_name(struct arena *a, const struct str key[SNAPSHOT_KEYS])
{
    const struct str *k = key;
    const char *item =
        k[KEY_ITEM].len ? arena_print(a, "/%.*s", (int)k[KEY_ITEM].len, k[KEY_ITEM].ptr) : "";
    const char *level = k[KEY_BY].len
                            ? arena_print(a, ", %.*s = %.*s", (int)k[KEY_BY].len, k[KEY_BY].ptr,
                                          (int)k[KEY_LEVEL].len, k[KEY_LEVEL].ptr)
                            : "";
    return arena_print(a, "%.*s%s, %.*s, %.*s%s", (int)k[KEY_INDICATOR].len, k[KEY_INDICATOR].ptr,
                       item, (int)k[KEY_REGION].len, k[KEY_REGION].ptr, (int)k[KEY_OF_PERIOD].len,
                       k[KEY_OF_PERIOD].ptr, level);
}

// ---- the index by key

static uint64_t key_hash(const struct str key[SNAPSHOT_KEYS])
{
    uint64_t hash = 0;
    for (int i = 0; i < SNAPSHOT_KEYS; i++)
        hash = (hash ^ str_hash(key[i])) * 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 29;
}

static bool same_key(const struct str a[SNAPSHOT_KEYS], const struct str b[SNAPSHOT_KEYS])
{
    for (int i = SNAPSHOT_KEYS - 1; i >= 0; i--)
        if (!str_same(a[i], b[i]))
            return false;
    return true;
}

static size_t key_slot(const struct snapshot *s, const struct str key[SNAPSHOT_KEYS])
{
    size_t at = key_hash(key) & (s->slot_count - 1);
    while (s->slots[at] && !same_key(s->estimates.at[s->slots[at] - 1].key, key))
        at = (at + 1) & (s->slot_count - 1);
    return at;
}

static void build_index(struct snapshot *s)
{
    for (s->slot_count = 16; s->slot_count < 2 * s->estimates.len;)
        s->slot_count *= 2;
    s->slots = mem_new(s->slot_count, sizeof *s->slots);
    for (size_t i = 0; i < s->estimates.len; i++) {
        uint32_t *slot = &s->slots[key_slot(s, s->estimates.at[i].key)];
        if (!*slot)
            *slot = (uint32_t)(i + 1);
    }
}

const struct snapshot_estimate *snapshot_find(struct snapshot *s,
                                              const struct str key[SNAPSHOT_KEYS])
{
    if (!s->slots)
        build_index(s);
    uint32_t found = s->slots[key_slot(s, key)];
    return found ? &s->estimates.at[found - 1] : NULL;
}

const struct snapshot_estimate *snapshot_find_near(struct snapshot *s,
                                                   const struct str key[SNAPSHOT_KEYS], size_t at)
{
    if (at < s->estimates.len && same_key(s->estimates.at[at].key, key))
        return &s->estimates.at[at];
    return snapshot_find(s, key);
}

void snapshot_free(struct snapshot *s)
{
    mem_pages_free(s->bytes, s->size + 1);
    mem_free(s->slots);
    vec_free(&s->regions);
    vec_free(&s->indicators.list);
    vec_free(&s->items.list);
    vec_free(&s->estimates);
    if (s->columns) {
        vec_free(&s->columns->names);
        vec_free(&s->columns->kept);
    }
    dict_free(&s->indicators.ids);
    dict_free(&s->items.ids);
    arena_free(&s->arena);
    *s = (struct snapshot){.fd = -1};
}
