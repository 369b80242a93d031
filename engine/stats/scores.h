// SPDX-License-Identifier: GPL-3.0-or-later
// Linearised scores of a statistic, summed to the design's units, and the covariance of any two.
#pragma once
#include "engine/stats/design.h"

struct class_tally; // classes.h
struct domain;
struct domain_pair { // what is known of two domains
    const struct domain *other;
    double df;  // of their union
    bool apart; // no unit in common
};
enum { DOMAIN_PAIRS = 16 };

// Respondents a statistic rests on. Rows stand in the order of their units.
struct domain {
    const struct design *design;
    size_t n;
    const uint32_t *row; // of the frame
    const double *w;     // final weight, per respondent
    uint32_t *slot;      // per respondent: its place in unit[]
    uint32_t unit_count; // distinct units, sorted
    uint32_t *unit;
    uint32_t psu_count, stratum_count;     // with at least one respondent here
    double df;                             // PSUs less strata, or that of the replicates
    struct domain_pair pair[DOMAIN_PAIRS]; // the last ones asked for
    size_t pairs;
};

struct scores {
    const struct domain *domain;  // whose degrees of freedom count
    const struct domain *support; // whose units z belongs to
    double *z;     // per unit of support (psu sums in one stage); per replicate: θ_r − θ
    double *z_psu; // two stages: sums per PSU that occurs in the support; else NULL
    uint32_t *psu; // the PSUs of z_psu
    uint32_t psu_count;
    const struct class_tally *tally; // constant within classes (classes.h): z is NULL
    const double *coef;
    double most;     // largest absolute value in z and z_psu
    double total;    // Σ z
    double variance; // once known
    bool known;
};

// Calibration: the residual of scores on the calibration variables (statistics.md 10).
struct residual {
    const struct domain *all; // every used row of the survey
    // Replaces u (score over final weight, per row of `all`) by u − xᵀB.
    void (*project)(const void *context, double *u);
    const void *context;
};

// rows: indexes of used rows in unit order (rows_by_unit of the frame); w: their weights. The
// arrays are kept, not copied.
struct domain *domain_new(struct arena *a, const struct design *design, const uint32_t *rows,
                          size_t n, const double *w);
// The same of distinct units, sorted, kept; without respondents (scores_of_units needs none).
struct domain *domain_of_units(struct arena *a, const struct design *design, uint32_t *units,
                               uint32_t count);

// Scores z_i = w_i u_i of a smooth statistic; u per respondent of d. Replicates: first order.
// residual NULL: not calibrated.
struct scores *scores_linear(struct arena *a, const struct domain *d, const double *u,
                             const struct residual *residual);
// Scores from sums per unit of `support`, which holds all units of the domain: z is kept.
struct scores *scores_of_units(struct arena *a, const struct domain *d,
                               const struct domain *support, double *z);
// Scores from given replicate deviations (θ_r − θ, one per replicate).
struct scores *scores_replicate(struct arena *a, const struct domain *d, const double *deviation);
// Σ factor_k · scores_k, of statistics on any domains of one design; df of the union.
struct scores *scores_combine(struct arena *a, const struct scores *const *list,
                              const double *factor, size_t count);

double scores_cov(const struct scores *a, const struct scores *b);
// All covariances of a list, count × count; of many scores faster than one by one.
void scores_cov_all(const struct scores *const *list, size_t count, double *cov);
double scores_variance(struct scores *s); // never negative; remembered
// Degrees of freedom over the union of the domains.
double scores_df(const struct scores *a, const struct scores *b);
// Looked up or found out; remembered in x.
struct domain_pair domain_pair(const struct domain *x, const struct domain *y);
struct domain *domain_union(struct arena *a, const struct domain *x, const struct domain *y);
