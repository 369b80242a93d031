// SPDX-License-Identifier: GPL-3.0-or-later
// Sums of doubles that do not depend on the order of their terms: every term is rounded once to a
// common grid 2^-62 times a bound of the terms, then added as an integer. The error per term is
// below half a grid step, far under the rounding of the terms themselves.
#pragma once
#include "engine/base/num.h"

#include <math.h>

struct gridsum {
    double scale; // terms times scale are below 2^62
    int128 sum;
};

// bound: no term is larger in absolute value; 0 makes a sum of zeros.
static inline struct gridsum gridsum_start(double bound)
{
    int exponent = bound > 0 ? 61 - ilogb(bound) : 0;
    if (exponent > 1000) // terms near the smallest double: what is lost is 1e-300 of nothing
        exponent = 1000;
    return (struct gridsum){ldexp(1, exponent), 0};
}

static inline void gridsum_add(struct gridsum *f, double term)
{
    f->sum += (int64_t)(term * f->scale);
}

static inline double gridsum_value(const struct gridsum *f)
{
    return (double)f->sum / f->scale;
}
