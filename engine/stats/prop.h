// SPDX-License-Identifier: GPL-3.0-or-later
// Intervals of shares and counts (statistics.md 6 and 14). All on the 0..1 scale, alpha = 1 -
// confidence.
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct interval {
    double low, high; // NaN: no limit
};

// In the order of the study's `proportion_interval`, so the one may be cast to the other.
enum limits {
    LIMITS_LOGIT,
    LIMITS_WILSON,
    LIMITS_KORN_GRAUBARD,
    LIMITS_CLOPPER_PEARSON,
    LIMITS_WALD,
    LIMITS_COUNT,
};

// p estimated share, v its variance (se²), n unweighted answers of the base, df of the estimate.
// NaN limits when df < 1 (but not for clopper_pearson), n < 1, p outside 0..1 or v < 0.
struct interval prop_interval(enum limits kind, double p, double v, double n, double df,
                              double alpha);
// value ± t·se; NaN limits when df < 1 or se is not finite.
struct interval prop_t_interval(double value, double se, double df, double alpha);
// Korn and Graubard's effective n with the df correction, cut at n; n when v is 0.
double prop_effective_n(double p, double v, double n, double df, double alpha);
// Beta limits of p with effective size n (which need not be whole).
struct interval prop_beta(double p, double n, double alpha);

// The NCHS standards for shares (Parker et al. 2017), always with Korn–Graubard at 95 %.
struct prop_nchs {
    double effective_n;
    struct interval limits;
    bool withheld;   // n_e < 30, or too wide (absolutely, or relative to p)
    bool complement; // shown, but 1 - p is not reliable
    bool few_df;     // df < 8: a person should look
    bool extreme;    // p is 0 or 1: a person should look
};
struct prop_nchs prop_nchs(double p, double v, double n, double df);
// The same from an effective n that is known.
struct prop_nchs prop_nchs_judge(double p, double effective_n, double df);

// Events of an ongoing process, no design.
struct interval prop_wilson(double p, double n, double alpha); // n > 0 events
struct interval prop_poisson(double count, double alpha);      // Garwood 1936; count >= 0
struct interval prop_newcombe(double p1, double n1, double p2, double n2, double alpha); // p1 - p2

// Order statistics x_(low), x_(high), from 1, whose interval covers the p-quantile of n values with
// probability >= 1 - alpha. 0: n is too small for that limit.
struct prop_ranks {
    size_t low, high;
};
struct prop_ranks prop_order_ranks(size_t n, double p, double alpha);
