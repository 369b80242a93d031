// SPDX-License-Identifier: GPL-3.0-or-later
// Sizes of differences, and contrasts over periods (statistics.md 8). NaN where there is none.
#pragma once
#include <stdbool.h>
#include <stddef.h>

// difference / √((s_a² + s_b²)/2); NaN when both are 0 (Cohen 1988, ch. 2).
double effect_cohen_d(double difference, double sd_a, double sd_b);
// 2 asin √p_a - 2 asin √p_b, shares on 0..1 (ch. 6).
double effect_cohen_h(double p_a, double p_b);
// (t_{1-α/2,d} + t_{0.8,d}) · se: the true difference found with 80 % power.
double effect_detectable(double se, double df, double alpha);

// Coefficients of the linear trend: c_k = (k - k̄)/Σ(k - k̄)² over the periods that have a value,
// each keeping its place k; 0 for the others. Slope per period. False: fewer than two periods.
bool effect_trend(const bool *present, size_t periods, double *c);
// Σ c_k θ_k and its variance cᵀ V c (V: count × count). Rows with c = 0 are not read.
double effect_contrast(const double *c, const double *theta, size_t count);
double effect_contrast_variance(const double *c, const double *cov, size_t count);
