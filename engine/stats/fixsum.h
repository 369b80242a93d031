// SPDX-License-Identifier: GPL-3.0-or-later
// Sums of scores that do not depend on the order of rows: each term is rounded to a multiple of one
// unit 2^exponent, chosen from the largest magnitude and the number of terms, and summed as a whole
// number. Error: at most count · 2^(exponent - 1), which is below count² · 2^-124 · largest, or
// 2^-84 of the largest term for a million rows. Sums of one unit merge.
#pragma once
#include "engine/base/num.h"

struct fixsum {
    int128 sum;
};
struct fixsum_unit {
    int exponent;
    bool bad; // largest was not finite: every value is NaN
};

// largest: of all |terms| over all sums that will be compared or merged; count: their number.
struct fixsum_unit fixsum_unit(long double largest, size_t count);
void fixsum_add(struct fixsum *s, struct fixsum_unit unit, long double term);
void fixsum_merge(struct fixsum *s, const struct fixsum *other);
long double fixsum_value(const struct fixsum *s, struct fixsum_unit unit);
// The whole sum of `count` terms in one call.
long double fixsum_of(const long double *terms, size_t count);
