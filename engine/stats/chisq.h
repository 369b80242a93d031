// SPDX-License-Identifier: GPL-3.0-or-later
// Omnibus tests from estimates and their covariance (statistics.md 9).
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct ftest {
    double statistic, df1, df2, p;
    size_t groups, columns; // left after empty ones were dropped
};

// Rao and Scott 1981, second order. cells: rows × columns shares that sum to 1, row-major; cov of
// the cells, (rows·columns)²; n unweighted, d degrees of freedom. False: fewer than 2 rows or
// columns are left, d < 1, or the covariance is 0 or not finite.
bool chisq_rao_scott(const double *cells, const double *cov, size_t rows, size_t columns, double n,
                     double d, struct ftest *out);
// Adjusted Wald test that all of `groups` means are equal (Korn and Graubard 1990): contrasts
// against the first; k = groups - 1 and d - k + 1 df. False: groups < 2, d - k + 1 < 1, or the
// covariance of the contrasts is singular.
bool chisq_wald(const double *theta, const double *cov, size_t groups, double d, struct ftest *out);
// The same statistic without the adjustment of F: Q/k on k and d - k (rank test). False likewise.
bool chisq_wald_plain(const double *theta, const double *cov, size_t groups, double d,
                      struct ftest *out);
// k linear forms = 0 given directly: theta (k), cov (k × k); adjusted as chisq_wald.
bool chisq_wald_zero(const double *theta, const double *cov, size_t k, double d, struct ftest *out);
