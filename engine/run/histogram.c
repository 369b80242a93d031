// SPDX-License-Identifier: GPL-3.0-or-later
// The second part of tally.h: how often each value occurs in each group.
#include "engine/base/sort.h"
#include "engine/run/tally.h"

#include <stdlib.h>

// ---- distinct numbers

static size_t number_slot(const struct numbers *n, struct decimal d)
{
    uint64_t hash = ((uint64_t)d.mantissa * 32 + (uint64_t)d.scale) * 0x9e3779b97f4a7c15u;
    size_t at = (hash ^ hash >> 29) & (n->slot_count - 1);
    for (; n->slots[at]; at = (at + 1) & (n->slot_count - 1)) {
        struct decimal there = n->list.at[n->slots[at] - 1];
        if (there.mantissa == d.mantissa && there.scale == d.scale)
            break;
    }
    return at;
}

static void numbers_grow(struct numbers *n)
{
    mem_free(n->slots);
    n->slot_count = n->slot_count ? 2 * n->slot_count : 64;
    n->slots = mem_new(n->slot_count, sizeof *n->slots);
    for (size_t i = 0; i < n->list.len; i++)
        n->slots[number_slot(n, n->list.at[i])] = (uint32_t)(i + 1);
}

uint32_t numbers_add(struct numbers *n, struct decimal d)
{
    if (2 * (n->list.len + 1) > n->slot_count)
        numbers_grow(n);
    size_t at = number_slot(n, d);
    if (!n->slots[at]) {
        vec_push(&n->list, d);
        n->slots[at] = (uint32_t)n->list.len;
    }
    return n->slots[at] - 1;
}

void numbers_free(struct numbers *n)
{
    mem_free(n->slots);
    vec_free(&n->list);
    *n = (struct numbers){0};
}

// ---- histogram

enum { MOST_CELLS = 1 << 23, MOST_ROWS = 1 << 20 }; // counted directly: 16 MB in all

// Room for a number in the row of a group; false: there would be too many cells.
static bool widen_row(struct histogram *h, uint32_t group, uint32_t number)
{
    if (group >= MOST_ROWS)
        return false;
    while (h->rows.len <= group)
        vec_push(&h->rows, (struct tally_row){0});
    struct tally_row *row = &h->rows.at[group];
    size_t cap = row->room, room = cap < 64 ? 64 : cap;
    while (room <= number)
        room *= 2;
    if (h->cells + room - row->room > MOST_CELLS)
        return false;
    row->counts = mem_grow(row->counts, &cap, room, sizeof *row->counts);
    memset(row->counts + row->room, 0, (room - row->room) * sizeof *row->counts);
    h->cells += room - row->room;
    row->room = room;
    return true;
}

typedef VEC(struct counter) counter_list;

// Adds to the row of the group, else, and where 2^16 are passed, to the list.
static void add_times(struct histogram *h, uint32_t group, uint32_t number, uint64_t times,
                      counter_list *rest)
{
    struct counter more = {(uint64_t)group << 32 | number, times};
    bool there = group < h->rows.len && number < h->rows.at[group].room;
    if (there || widen_row(h, group, number)) {
        uint16_t *count = &h->rows.at[group].counts[number];
        uint64_t sum = *count + times;
        *count = (uint16_t)sum;
        more.count = sum - *count;
    }
    if (more.count)
        vec_push(rest, more);
}

static void add_rest(struct histogram *h, counter_list *rest)
{
    if (rest->len)
        bag_add_counted(&h->counts, rest->at, rest->len);
    vec_free(rest);
}

void histogram_add(struct histogram *h, uint32_t group, struct decimal d)
{
    counter_list rest = {0};
    uint32_t number = numbers_add(&h->values, d);
    bool there = group < h->rows.len && number < h->rows.at[group].room;
    if (!there && !widen_row(h, group, number))
        bag_add(&h->counts, (uint64_t)group << 32 | number);
    else if (h->rows.at[group].counts[number] < UINT16_MAX)
        h->rows.at[group].counts[number]++;
    else
        add_times(h, group, number, 1, &rest);
    add_rest(h, &rest);
}

void histogram_settle(struct histogram *h)
{
    counter_list list = {0};
    for (size_t group = 0; group < h->rows.len; group++) {
        struct tally_row *row = &h->rows.at[group];
        for (size_t number = 0; number < row->room; number++) {
            struct counter counted = {(uint64_t)group << 32 | number, row->counts[number]};
            if (counted.count)
                vec_push(&list, counted);
        }
        mem_free(row->counts);
    }
    if (list.len)
        bag_add_counted(&h->counts, list.at, list.len);
    bag_settle(&h->counts);
    vec_free(&list);
    vec_free(&h->rows);
    h->cells = 0;
}

void histogram_merge(struct histogram *into, struct histogram *from, const uint32_t *group_map)
{
    uint32_t *number = mem_new(from->values.list.len, sizeof *number);
    for (size_t i = 0; i < from->values.list.len; i++)
        number[i] = numbers_add(&into->values, from->values.list.at[i]);
    counter_list rest = {0};
    bag_settle(&from->counts);
    for (size_t i = 0; i < from->counts.counted.len; i++) {
        struct counter c = from->counts.counted.at[i];
        uint32_t group = (uint32_t)(c.key >> 32);
        add_times(into, group_map ? group_map[group] : group, number[(uint32_t)c.key], c.count,
                  &rest);
    }
    for (size_t g = 0; g < from->rows.len; g++) {
        const struct tally_row *row = &from->rows.at[g];
        uint32_t group = group_map ? group_map[g] : (uint32_t)g;
        for (size_t i = 0; i < row->room; i++)
            if (row->counts[i])
                add_times(into, group, number[i], row->counts[i], &rest);
    }
    add_rest(into, &rest);
    mem_free(number);
}

void histogram_free(struct histogram *h)
{
    numbers_free(&h->values);
    bag_free(&h->counts);
    for (size_t i = 0; i < h->rows.len; i++)
        mem_free(h->rows.at[i].counts);
    vec_free(&h->rows);
}

// ---- in order

struct numbered {
    struct decimal value;
    uint32_t number;
};

static int numbered_order(const void *a, const void *b)
{
    return decimal_order(((const struct numbered *)a)->value, ((const struct numbered *)b)->value);
}

// Fills o->values and returns rank[number]; caller frees.
static uint32_t *rank_values(const struct histogram *h, struct ordered *o)
{
    o->value_count = h->values.list.len;
    o->values = mem_new(o->value_count, sizeof *o->values);
    uint32_t *rank = mem_new(o->value_count, sizeof *rank);
    struct numbered *sorted = mem_new(o->value_count, sizeof *sorted);
    for (size_t i = 0; i < o->value_count; i++)
        sorted[i] = (struct numbered){h->values.list.at[i], (uint32_t)i};
    qsort(sorted, o->value_count, sizeof *sorted, numbered_order);
    for (size_t i = 0; i < o->value_count; i++) {
        o->values[i] = sorted[i].value;
        rank[sorted[i].number] = (uint32_t)i;
    }
    mem_free(sorted);
    return rank;
}

// All in rows: they are read in the order of values.
static void order_rows(const struct histogram *h, const uint32_t *rank, struct ordered *out)
{
    VEC(struct bin) bins = {0};
    uint32_t *number = mem_new(out->value_count, sizeof *number); // of a rank
    for (size_t i = 0; i < out->value_count; i++)
        number[rank[i]] = (uint32_t)i;
    for (size_t g = 0; g < out->group_count; g++) {
        struct tally_row row = g < h->rows.len ? h->rows.at[g] : (struct tally_row){0};
        for (size_t i = 0; row.room && i < out->value_count; i++)
            if (number[i] < row.room && row.counts[number[i]])
                vec_push(&bins, ((struct bin){(uint32_t)i, row.counts[number[i]]}));
        out->first[g + 1] = bins.len;
    }
    out->bins = bins.at;
    mem_free(number);
}

static void order_bag(struct histogram *h, const uint32_t *rank, struct ordered *out)
{
    histogram_settle(h);
    const struct counter *counted = h->counts.counted.at;
    size_t count = h->counts.counted.len;
    struct keyed *list = mem_new(count, sizeof *list);
    for (size_t i = 0; i < count; i++) // by group, which leads the key, then by value
        list[i] = (struct keyed){counted[i].key >> 32 << 32 | rank[(uint32_t)counted[i].key], i};
    sort_keyed(list, count);
    out->bins = mem_new(count, sizeof *out->bins);
    for (size_t i = 0; i < count; i++) {
        out->bins[i] = (struct bin){(uint32_t)list[i].key, counted[list[i].at].count};
        out->first[(list[i].key >> 32) + 1]++;
    }
    for (size_t g = 0; g < out->group_count; g++)
        out->first[g + 1] += out->first[g];
    mem_free(list);
}

void histogram_order(struct histogram *h, size_t group_count, struct ordered *out)
{
    *out = (struct ordered){.group_count = group_count};
    uint32_t *rank = rank_values(h, out);
    out->first = mem_new(group_count + 1, sizeof *out->first);
    if (h->counts.fresh.len || h->counts.counted.len)
        order_bag(h, rank, out);
    else
        order_rows(h, rank, out);
    mem_free(rank);
}

void ordered_free(struct ordered *o)
{
    mem_free(o->values);
    mem_free(o->bins);
    mem_free(o->first);
    *o = (struct ordered){0};
}
