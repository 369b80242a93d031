// SPDX-License-Identifier: GPL-3.0-or-later
// The order in which results are written: indicator as in the registry, item in the study's order,
// region, period, by, level; what is still equal keeps the order in which it was made.
#include "engine/run/estimate.h"

#include <stdlib.h>

struct sort_key {
    int indicator, item, rank; // rank: the kind of a comparison
    uint16_t region;
    struct period period;
    const char *by, *level;
    size_t at;
};

static int number_order(long a, long b)
{
    return (a > b) - (a < b);
}

// "answer" levels and the like: numbers by value, then texts; no level before any.
static int text_order(const char *a, const char *b)
{
    if (!*a || !*b)
        return number_order(*a != 0, *b != 0);
    return key_order(str_of(a), str_of(b));
}

static int sort_order(const void *left, const void *right)
{
    const struct sort_key *a = left, *b = right;
    int order = number_order(a->indicator, b->indicator);
    if (!order)
        order = number_order(a->item, b->item);
    if (!order)
        order = number_order(a->rank, b->rank);
    if (!order)
        order = number_order(a->region, b->region);
    if (!order)
        order = period_order(a->period, b->period);
    if (!order)
        order = text_order(a->by, b->by);
    if (!order)
        order = text_order(a->level, b->level);
    return order ? order : number_order((long)a->at, (long)b->at);
}

static int kind_rank(const char *kind)
{
    static const char *const kinds[] = {"region", "rest", "previous", "year_ago", "level"};
    for (int i = 0; i < 5; i++)
        if (strcmp(kinds[i], kind) == 0)
            return i;
    return 5;
}

static int dict_place(const struct dict *d, const char *key)
{
    return dict_find(d, str_of(key));
}

static void sort_estimates(struct results *r, size_t *moved)
{
    size_t count = r->estimates.len;
    struct sort_key *keys = mem_new(count + 1, sizeof *keys);
    struct estimate *sorted = mem_new(count + 1, sizeof *sorted);
    for (size_t i = 0; i < count; i++) {
        const struct estimate *e = &r->estimates.at[i];
        keys[i] = (struct sort_key){dict_place(&r->order, e->indicator->label.id),
                                    dict_place(&r->items, e->item),
                                    0,
                                    e->region,
                                    e->period,
                                    e->by,
                                    e->level,
                                    i};
    }
    qsort(keys, count, sizeof *keys, sort_order);
    for (size_t i = 0; i < count; i++) {
        sorted[i] = r->estimates.at[keys[i].at];
        moved[keys[i].at] = i;
    }
    if (count)
        memcpy(r->estimates.at, sorted, count * sizeof *sorted);
    mem_free(sorted);
    mem_free(keys);
}

static void sort_comparisons(struct results *r, const size_t *moved)
{
    size_t count = r->comparisons.len;
    struct sort_key *keys = mem_new(count + 1, sizeof *keys);
    struct comparison *sorted = mem_new(count + 1, sizeof *sorted);
    for (size_t i = 0; i < count; i++) {
        struct comparison *c = &r->comparisons.at[i];
        if (c->estimate_a != SIZE_MAX)
            c->estimate_a = moved[c->estimate_a];
        if (c->estimate_b != SIZE_MAX)
            c->estimate_b = moved[c->estimate_b];
        keys[i] = (struct sort_key){dict_place(&r->order, c->indicator->label.id),
                                    dict_place(&r->items, c->item),
                                    kind_rank(c->kind),
                                    c->region,
                                    c->period,
                                    c->by,
                                    c->level,
                                    i};
    }
    qsort(keys, count, sizeof *keys, sort_order);
    for (size_t i = 0; i < count; i++)
        sorted[i] = r->comparisons.at[keys[i].at];
    if (count)
        memcpy(r->comparisons.at, sorted, count * sizeof *sorted);
    mem_free(sorted);
    mem_free(keys);
}

void results_sort(struct results *r)
{
    size_t *moved = mem_new(r->estimates.len + 1, sizeof *moved);
    sort_estimates(r, moved);
    sort_comparisons(r, moved);
    mem_free(moved);
}
