// SPDX-License-Identifier: GPL-3.0-or-later
// Accumulators that merge: exact sums of decimals and exact distributions. Both keep integers only,
// so the order of rows, blocks and workers changes nothing. Laws: a zeroed accumulator is the
// identity of merge; merging parts equals adding the whole; merge leaves its source alone.
#pragma once
#include "engine/base/bag.h"
#include "engine/stats/exact.h"

// ---- exact sums (statistics.md 16)

// An exact sum over 10^scale; the scale is the largest seen.
struct tally_sum {
    struct exact total;
    int scale;
    bool overflow; // the sum left 256 bits: no value
};

void tally_add(struct tally_sum *s, struct decimal d);
void tally_add_product(struct tally_sum *s, struct decimal a, struct decimal b);
void tally_add_times(struct tally_sum *s, struct decimal d, uint64_t count);
void tally_add_square(struct tally_sum *s, struct decimal d, uint64_t count); // += count·d²
void tally_merge(struct tally_sum *into, const struct tally_sum *from);
int tally_sign(const struct tally_sum *s); // -1, 0, 1
static inline bool tally_is_zero(const struct tally_sum *s)
{
    const uint64_t *limb = s->total.limb;
    return !s->overflow && !(limb[0] | limb[1] | limb[2] | limb[3]);
}
// Each is rounded once; NaN after an overflow.
double tally_value(const struct tally_sum *s);
double tally_mean(const struct tally_sum *s, uint64_t n);                         // NaN when n is 0
double tally_ratio(const struct tally_sum *above, const struct tally_sum *below); // below 0: NaN
// Variance (divisor n - 1) of n values, from their sum and their sum of squares (tally_add_square
// of the same values); NaN when n < 2.
double tally_variance(const struct tally_sum *sum, const struct tally_sum *squares, uint64_t n);

// The decimal of at most 18 places and 18 digits nearest to a double; false when it is 10^18 or
// more or not finite.
bool decimal_nearest(double value, struct decimal *out);
int decimal_order(struct decimal a, struct decimal b);

// ---- exact distributions

// Distinct decimals, numbered in order of arrival.
struct numbers {
    VEC(struct decimal) list;
    uint32_t *slots; // number + 1, 0 = free
    size_t slot_count;
};
uint32_t numbers_add(struct numbers *n, struct decimal d);
void numbers_free(struct numbers *n);

struct tally_row {
    uint16_t *counts; // by number, below `room`, but for whole 2^16
    size_t room;
};

// How often each value occurs in each group. Memory grows with distinct (group, value) pairs.
struct histogram {
    struct numbers values;
    struct bag counts; // key: group << 32 | number of the value
    // Counts by group and number, while they are few enough; histogram_settle puts them into
    // `counts`.
    VEC(struct tally_row) rows;
    size_t cells; // of all rows
};
void histogram_settle(struct histogram *h); // before `counts` is looked at
void histogram_add(struct histogram *h, uint32_t group, struct decimal d);
// group_map[group of from] = group of into; NULL: the same.
void histogram_merge(struct histogram *into, struct histogram *from, const uint32_t *group_map);
void histogram_free(struct histogram *h);

struct bin {
    uint32_t rank; // of the value among all values of the histogram
    uint64_t count;
};

// A histogram in order: the bins of group g are bins[first[g]] … bins[first[g + 1] - 1], by value.
struct ordered {
    struct decimal *values; // by rank
    size_t value_count;
    struct bin *bins;
    size_t *first;
    size_t group_count;
};
void histogram_order(struct histogram *h, size_t group_count, struct ordered *out);
void ordered_free(struct ordered *o);

// The distribution of several groups together. Borrows the values; keeps its memory between uses.
struct spread {
    const struct decimal *values;
    VEC(struct bin) bins; // by value, ranks distinct
    uint64_t total;
    uint64_t *counts; // working memory: by rank, all 0 between uses
    VEC(uint32_t) touched;
};
void spread_gather(struct spread *s, const struct ordered *o, const uint32_t *groups, size_t count);
void spread_free(struct spread *s);
// x(k), k from 0, of the sorted values; NaN when k is not below the total.
double spread_at(const struct spread *s, uint64_t k);
// Linear quantile of p = above/below (indicators.md 6.1): h = (n - 1)p,
// x(floor h) + (h - floor h)(x(floor h + 1) - x(floor h)). NaN when empty.
double spread_quantile(const struct spread *s, uint32_t above, uint32_t below);
void spread_moments(const struct spread *s, struct tally_sum *sum, struct tally_sum *squares);
