// SPDX-License-Identifier: GPL-3.0-or-later
// Reliability of one estimate (statistics.md 15).
#include "engine/guard/guard.h"

#include "engine/stats/dist.h"
#include "engine/stats/prop.h"

#include <math.h>

static const double caution_cv = 16.5, unreliable_cv = 33.3; // Statistics Canada
static const double nchs_n = 30, nchs_count_n = 10, nchs_df = 8, wide_count = 1.60; // NCHS 2(200)
static const double nchs_alpha = 0.05;

double guard_cv(double value, double se)
{
    if (!isfinite(se) || !isfinite(value) || value == 0)
        return NAN;
    return floor(se / fabs(value) * 1000 + 0.5) / 10;
}

// A measure that may be zero or change its sign (a gap, a net score, a correlation) has no sensible
// coefficient of variation: near zero it would always be "unreliable".
static bool has_cv(const struct estimate *e)
{
    enum unit unit = e->indicator->unit;
    return unit != UNIT_POINTS && unit != UNIT_POINTS_1_5 && unit != UNIT_CORRELATION;
}

static enum estimate_status statcan(const struct estimate *e)
{
    if (!isfinite(e->se) || !has_cv(e))
        return EST_OK;
    if (e->value == 0 || (e->share && e->from_survey && e->value == 100)) // all answer alike
        return EST_CAUTION;
    double cv = guard_cv(e->value, e->se);
    return cv > unreliable_cv ? EST_UNRELIABLE : cv > caution_cv ? EST_CAUTION : EST_OK;
}

static enum estimate_status nchs_share(const struct estimate *e)
{
    double se = e->se / 100;
    struct prop_nchs judged = prop_nchs(e->value / 100, se * se, e->n, e->df);
    if (judged.withheld)
        return EST_UNRELIABLE;
    return judged.few_df || judged.extreme ? EST_CAUTION : EST_OK;
}

// Log limits of a count, on n_e - 1 degrees of freedom.
static enum estimate_status nchs_count(const struct estimate *e)
{
    if (!(e->effective_n >= nchs_count_n))
        return EST_UNRELIABLE;
    double half = dist_t_quantile(1 - nchs_alpha / 2, e->effective_n - 1) * e->se / e->value;
    if (!(exp(half) - exp(-half) <= wide_count))
        return EST_UNRELIABLE;
    return e->df < nchs_df ? EST_CAUTION : EST_OK;
}

static enum estimate_status nchs_other(const struct estimate *e)
{
    if (e->n < nchs_n || (has_cv(e) && guard_cv(e->value, e->se) >= 30))
        return EST_UNRELIABLE;
    return e->df < nchs_df ? EST_CAUTION : EST_OK;
}

enum estimate_status guard_reliability(enum suppress_rule rule, const struct estimate *e)
{
    switch (rule) {
    case SUPPRESS_STATCAN:
        return statcan(e);
    case SUPPRESS_NCHS:
        if (!e->from_survey || !isfinite(e->se))
            return EST_OK;
        if (e->share)
            return nchs_share(e);
        return e->indicator->unit == UNIT_COUNT || e->is_total ? nchs_count(e) : nchs_other(e);
    case SUPPRESS_NONE:
        break;
    }
    return EST_OK;
}
