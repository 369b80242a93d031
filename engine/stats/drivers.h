// SPDX-License-Identifier: GPL-3.0-or-later
// Key drivers (statistics.md 12) from one weighted moment matrix. Variables are numbered 0 =
// outcome, 1..p = predictors. A quadratic form Q ((p+1)², symmetric, row-major) gives the score of
// its statistic for a row as w/W · vᵀ Q v, v the standardised deviations (divisor W); so sums of
// w·v·vᵀ per PSU suffice for every standard error.
#pragma once
#include "engine/base/num.h"

enum { DRIVERS_MOST = 20 }; // predictors with exact LMG

enum drivers_refusal {
    DRIVERS_OK,
    DRIVERS_NO_PREDICTOR, // none, or all constant
    DRIVERS_CONSTANT,     // the outcome does not vary
    DRIVERS_NOT_FINITE,
};

struct drivers_share {
    bool constant;          // left the model; every number NaN
    double r, beta, vif;    // beta, vif NaN when collinear
    double lmg;             // raw: sums to r_squared. NaN above DRIVERS_MOST predictors
    double relative_weight; // raw: sums to r_squared. NaN when collinear
    double *beta_form; // (p+1)², NULL when beta is NaN or the fit is perfect. Scales taken as fixed
    double *lmg_form;  // (p+1)², NULL when lmg is NaN
};

struct drivers {
    struct arena arena;
    enum drivers_refusal refusal;
    size_t p, used; // given; left after constant items
    bool collinear; // smallest eigenvalue of R_xx < 1e-10
    bool perfect;   // R² >= 1 - 1e-12: no t, p, se
    bool too_many;  // used > DRIVERS_MOST: relative weights only
    double r_squared;
    double *r_squared_form;      // (p+1)², influence of R² itself
    struct drivers_share *share; // p
};

// cov: (p+1)², covariances with divisor W. Refusals leave every number NaN.
void drivers_compute(const quad *cov, size_t p, struct drivers *out);
void drivers_free(struct drivers *d);
// vᵀ Q v
double drivers_score(const double *form, const double *v, size_t p);
// tr(Q M), M = Σ w v vᵀ of a PSU
double drivers_sum(const double *form, const double *m, size_t p);
