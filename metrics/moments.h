// SPDX-License-Identifier: GPL-3.0-or-later
// Weighted means and covariances of several items over one base, from exact sums.
#pragma once
#include "metrics/respondents.h"

struct moments {
    size_t k;
    const struct asked *const *at;
    double *mean; // in the unit of each column
    double *sd;   // divisor W
    quad *cov;    // k × k, divisor W
};

// All of at[] are valid in every row of the base.
struct moments moments_of(struct arena *a, const struct base *b, const struct asked *const *at,
                          size_t k);
// vᵀ Q v of a row, v its deviations from the means, over the standard deviations if asked.
double moments_form(const struct moments *m, const double *form, size_t row, bool standardised);
