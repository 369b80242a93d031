// SPDX-License-Identifier: GPL-3.0-or-later
// The third part of tally.h: the distribution of several groups.
#include "engine/run/tally.h"

#include <math.h>
#include <stdlib.h>

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
