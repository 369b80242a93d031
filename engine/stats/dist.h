// SPDX-License-Identifier: GPL-3.0-or-later
// Distribution functions: the only door to gsl_cdf. Every function gives NaN for an argument
// outside its range (df < 1 included, so that t never quietly becomes z) and never aborts or loops.
#pragma once
#include <stddef.h>

// Turns GSL's aborting error handler off. Once, first thing in main and in each test's main.
void dist_start(void);

double dist_t_quantile(double p, double df);         // 0 < p < 1, df >= 1
double dist_t_two_sided(double t, double df);        // P(|T| > |t|), through F(t²; 1, df)
double dist_f_upper(double f, double d1, double d2); // P(F > f); d1, d2 > 0, need not be whole
double dist_f_quantile(double p, double d1, double d2);
double dist_chi2_upper(double x, double df);
double dist_chi2_quantile(double p, double df);
double dist_normal_upper(double z);
double dist_normal_quantile(double p);
// 0 when a = 0, 1 when b = 0 (statistics.md 6); a, b >= 0, not both 0. Exact at p = 0 and 1.
double dist_beta_quantile(double p, double a, double b);
// P(B(n, p) <= k); k < 0 gives 0.
double dist_binomial_lower(double k, double p, double n);
// The largest l with P(B(n, p) < l) <= tail, and the smallest u with P(B(n, p) >= u) <= tail:
// counts from 0 to n + 1. NaN outside.
double dist_binomial_low(double tail, double p, double n);
double dist_binomial_high(double tail, double p, double n);
