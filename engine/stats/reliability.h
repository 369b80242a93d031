// SPDX-License-Identifier: GPL-3.0-or-later
// Reliability of a composite of k items (statistics.md 12) from their covariances (k × k, divisor
// W, complete cases, reversed items already turned). NaN when k < 2 or the total does not vary.
#pragma once
#include "engine/base/num.h"
#include "engine/stats/prop.h"

double reliability_alpha(const quad *cov, size_t k);                      // Cronbach 1951
double reliability_alpha_standardised(const quad *cov, size_t k);         // from correlations
double reliability_alpha_without(const quad *cov, size_t k, size_t item); // needs k >= 3
double reliability_item_rest(const quad *cov, size_t k, size_t item);     // r of item with the rest
// Score of alpha for a row: w/W · vᵀ Q v, v deviations from the weighted means (not standardised).
void reliability_form(const quad *cov, size_t k, double *form);
// Feldt, Woodruff and Salih 1987: only for a simple sample of n complete cases.
struct interval reliability_feldt(double value, double n, size_t k, double alpha);
// 1 - (1 - value)·exp(± t·se/(1 - value)) for every other design.
struct interval reliability_interval(double value, double se, double df, double alpha);

enum reliability_refusal {
    RELIABILITY_OK,
    RELIABILITY_FEW,      // fewer than 3 items: one factor is not determined
    RELIABILITY_CONSTANT, // an item does not vary
    RELIABILITY_HEYWOOD,  // a loading passes 1
    RELIABILITY_NO_END,   // no convergence
};
// McDonald's omega of one factor on correlations, minimum-residual loadings (k, may be NULL).
double reliability_omega(const quad *cov, size_t k, double *loadings,
                         enum reliability_refusal *refusal);
