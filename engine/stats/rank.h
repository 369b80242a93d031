// SPDX-License-Identifier: GPL-3.0-or-later
// Ranks of units on a statistic, and their intervals (statistics.md 13).
#pragma once
#include <stdbool.h>
#include <stddef.h>

// Standard competition ranks (1, 2, 2, 4) on values as printed; higher_first: the largest is 1.
// NaN values get NaN and take no part. Returns the number ranked.
size_t rank_competition(const double *value, size_t count, bool higher_first, double *rank);

// Klein, Wright and Wieczorek 2020, independent units: limits of each at (1 - alpha)^(1/m) with its
// own t; best = 1 + number wholly better, worst = m - number wholly worse. NaN for units without
// value; a unit without df or se has unbounded limits, so it is never wholly better or worse.
void rank_intervals(const double *value, const double *se, const double *df, size_t count,
                    bool higher_first, double alpha, double *best, double *worst);
// The same from limits that are given (no sampling error, or limits of another kind).
void rank_from_limits(const double *low, const double *high, size_t count, bool higher_first,
                      double *best, double *worst);
// From pairwise differences of covarying units: p[i·count + j] unadjusted two-sided, each judged at
// alpha/(m(m-1)/2).
void rank_from_pairs(const double *value, const double *p, size_t count, bool higher_first,
                     double alpha, double *best, double *worst);
