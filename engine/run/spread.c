// SPDX-License-Identifier: GPL-3.0-or-later
// The second half of tally.h: exact distributions.
#include "engine/base/sort.h"
#include "engine/run/tally.h"

#include <math.h>
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

enum { MOST_CELLS = 1 << 23 }; // counted directly: 16 MB

// Room for a number in the row of a group; false: there would be too many cells.
static bool widen_row(struct histogram *h, uint32_t group, uint32_t number)
{
    while (h->rows.len <= group)
        vec_push(&h->rows, (struct tally_row){0});
    struct tally_row *row = &h->rows.at[group];
    size_t cap = row->room, room = cap < 64 ? 64 : cap;
    while (room <= number)
        room *= 2;
    if (h->cells + room - row->room > MOST_CELLS || group > MOST_CELLS)
        return false;
    row->counts = mem_grow(row->counts, &cap, room, sizeof *row->counts);
    memset(row->counts + row->room, 0, (room - row->room) * sizeof *row->counts);
    h->cells += room - row->room;
    row->room = room;
    return true;
}

// A count that came to 2^16 begins again.
static void put_whole(struct histogram *h, uint32_t group, uint32_t number)
{
    struct counter whole = {(uint64_t)group << 32 | number, UINT16_MAX + 1};
    bag_add_counted(&h->counts, &whole, 1);
}

void histogram_add(struct histogram *h, uint32_t group, struct decimal d)
{
    uint32_t number = numbers_add(&h->values, d);
    bool there = group < h->rows.len && number < h->rows.at[group].room;
    if (!there && !widen_row(h, group, number))
        bag_add(&h->counts, (uint64_t)group << 32 | number);
    else if (!++h->rows.at[group].counts[number])
        put_whole(h, group, number);
}

void histogram_settle(struct histogram *h)
{
    VEC(struct counter) list = {0};
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
    histogram_settle(from);
    size_t count = from->counts.counted.len;
    struct counter *list = mem_new(count, sizeof *list);
    for (size_t i = 0; i < count; i++) {
        struct counter c = from->counts.counted.at[i];
        uint32_t group = (uint32_t)(c.key >> 32);
        uint64_t key = (uint64_t)(group_map ? group_map[group] : group) << 32;
        list[i] = (struct counter){key | number[(uint32_t)c.key], c.count};
    }
    bag_add_counted(&into->counts, list, count);
    mem_free(list);
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

void histogram_order(struct histogram *h, size_t group_count, struct ordered *out)
{
    *out = (struct ordered){.group_count = group_count};
    uint32_t *rank = rank_values(h, out);
    histogram_settle(h);
    const struct counter *counted = h->counts.counted.at;
    size_t count = h->counts.counted.len;
    struct keyed *list = mem_new(count, sizeof *list);
    for (size_t i = 0; i < count; i++) // by group, which leads the key, then by value
        list[i] = (struct keyed){counted[i].key >> 32 << 32 | rank[(uint32_t)counted[i].key], i};
    sort_keyed(list, count);
    out->bins = mem_new(count, sizeof *out->bins);
    out->first = mem_new(group_count + 1, sizeof *out->first);
    for (size_t i = 0; i < count; i++) {
        out->bins[i] = (struct bin){(uint32_t)list[i].key, counted[list[i].at].count};
        out->first[(list[i].key >> 32) + 1]++;
    }
    for (size_t g = 0; g < group_count; g++)
        out->first[g + 1] += out->first[g];
    mem_free(list);
    mem_free(rank);
}

void ordered_free(struct ordered *o)
{
    mem_free(o->values);
    mem_free(o->bins);
    mem_free(o->first);
    *o = (struct ordered){0};
}

// ---- the distribution of several groups

static int rank_order(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

void spread_gather(struct spread *s, const struct ordered *o, const uint32_t *groups, size_t count)
{
    if (!s->counts)
        s->counts = mem_new(o->value_count, sizeof *s->counts);
    s->values = o->values;
    s->bins.len = s->touched.len = 0;
    s->total = 0;
    for (size_t g = 0; g < count; g++)
        for (size_t i = o->first[groups[g]]; i < o->first[groups[g] + 1]; i++) {
            if (!s->counts[o->bins[i].rank])
                vec_push(&s->touched, o->bins[i].rank);
            s->counts[o->bins[i].rank] += o->bins[i].count;
        }
    if (s->touched.len)
        qsort(s->touched.at, s->touched.len, sizeof *s->touched.at, rank_order);
    for (size_t i = 0; i < s->touched.len; i++) {
        uint32_t rank = s->touched.at[i];
        struct bin bin = {rank, s->counts[rank]};
        vec_push(&s->bins, bin);
        s->total += bin.count;
        s->counts[rank] = 0;
    }
}

void spread_free(struct spread *s)
{
    vec_free(&s->bins);
    vec_free(&s->touched);
    mem_free(s->counts);
    *s = (struct spread){0};
}

static struct decimal decimal_at(const struct spread *s, uint64_t k)
{
    size_t i = 0;
    for (; i + 1 < s->bins.len && k >= s->bins.at[i].count; i++)
        k -= s->bins.at[i].count;
    return s->values[s->bins.at[i].rank];
}

double spread_at(const struct spread *s, uint64_t k)
{
    return k < s->total ? decimal_value(decimal_at(s, k)) : NAN;
}

double spread_quantile(const struct spread *s, uint32_t above, uint32_t below)
{
    if (!s->total)
        return NAN;
    uint128 h = (uint128)(s->total - 1) * above; // over `below`
    uint64_t k = (uint64_t)(h / below), rest = (uint64_t)(h % below);
    struct tally_sum sum = {0};
    tally_add_times(&sum, decimal_at(s, k), below - rest);
    if (rest)
        tally_add_times(&sum, decimal_at(s, k + 1), rest);
    return tally_mean(&sum, below);
}

void spread_moments(const struct spread *s, struct tally_sum *sum, struct tally_sum *squares)
{
    *sum = *squares = (struct tally_sum){0};
    for (size_t i = 0; i < s->bins.len; i++) {
        struct decimal d = s->values[s->bins.at[i].rank];
        tally_add_times(sum, d, s->bins.at[i].count);
        tally_add_square(squares, d, s->bins.at[i].count);
    }
}
