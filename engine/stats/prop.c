// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/prop.h"

#include "engine/stats/dist.h"

#include <math.h>

// A variance below this is rounding, not spread (statistics.md 6).
static const double no_variance = 1e-22;

static const struct interval no_interval = {NAN, NAN};

struct interval prop_t_interval(double value, double se, double df, double alpha)
{
    double t = dist_t_quantile(1 - alpha / 2, df);
    if (!isfinite(value) || !isfinite(se) || isnan(t))
        return no_interval;
    return (struct interval){value - t * se, value + t * se};
}

struct interval prop_beta(double p, double n, double alpha)
{
    if (!(p >= 0 && p <= 1) || !(n > 0) || !(alpha > 0 && alpha < 1))
        return no_interval;
    double hits = n * p, rest = n * (1 - p);
    return (struct interval){p == 0 ? 0 : dist_beta_quantile(alpha / 2, hits, rest + 1),
                             p == 1 ? 1 : dist_beta_quantile(1 - alpha / 2, hits + 1, rest)};
}

// n_e = min(n, p(1-p)/v · (t_{n-1}/t_d)²); Korn, Graubard 1998, the cap as NCHS has it.
double prop_effective_n(double p, double v, double n, double df, double alpha)
{
    if (!(p >= 0 && p <= 1) || !(v >= 0) || !(n >= 1))
        return NAN;
    if (v < no_variance)
        return n;
    double ratio =
        n < 2 ? 1 : dist_t_quantile(1 - alpha / 2, n - 1) / dist_t_quantile(1 - alpha / 2, df);
    double effective = p * (1 - p) / v * ratio * ratio;
    return effective < n || isnan(effective) ? effective : n;
}

static struct interval wilson(double p, double n, double t) // Wilson 1927
{
    double tt = t * t, middle = (p + tt / (2 * n)) / (1 + tt / n);
    double half = t * sqrt(p * (1 - p) / n + tt / (4 * n * n)) / (1 + tt / n);
    return (struct interval){p == 0 ? 0 : fmax(middle - half, 0),
                             p == 1 ? 1 : fmin(middle + half, 1)};
}

static double expit(double x)
{
    return 1 / (1 + exp(-x));
}

// One row per kind: each sees a finite t, 0 <= p <= 1, and v either 0 or a true variance.
struct share {
    double p, v, n, t, alpha, effective;
    bool flat; // v is 0
};
typedef struct interval limits_fn(const struct share *s);

static struct interval point(const struct share *s)
{
    return (struct interval){s->p, s->p};
}

static struct interval by_logit(const struct share *s)
{
    if (s->p == 0 || s->p == 1)
        return prop_beta(s->p, s->n, s->alpha);
    if (s->flat)
        return point(s);
    double middle = log(s->p / (1 - s->p)), half = s->t * sqrt(s->v) / (s->p * (1 - s->p));
    return (struct interval){expit(middle - half), expit(middle + half)};
}

static struct interval by_wilson(const struct share *s)
{
    if (s->p == 0 || s->p == 1)
        return wilson(s->p, s->n, s->t);
    return s->flat ? point(s) : wilson(s->p, s->p * (1 - s->p) / s->v, s->t);
}

static struct interval by_korn_graubard(const struct share *s)
{
    return prop_beta(s->p, s->p == 0 || s->p == 1 ? s->n : s->effective, s->alpha);
}

static struct interval by_clopper_pearson(const struct share *s)
{
    return prop_beta(s->p, s->n, s->alpha);
}

static struct interval by_wald(const struct share *s)
{
    double half = s->flat ? 0 : s->t * sqrt(s->v);
    return (struct interval){fmax(s->p - half, 0), fmin(s->p + half, 1)};
}

static limits_fn *const limits_of[LIMITS_COUNT] = {
    [LIMITS_LOGIT] = by_logit,
    [LIMITS_WILSON] = by_wilson,
    [LIMITS_KORN_GRAUBARD] = by_korn_graubard,
    [LIMITS_CLOPPER_PEARSON] = by_clopper_pearson,
    [LIMITS_WALD] = by_wald,
};

struct interval prop_interval(enum limits kind, double p, double v, double n, double df,
                              double alpha)
{
    if (!(p >= 0 && p <= 1) || !(v >= 0) || !(n >= 1) || !(alpha > 0 && alpha < 1) ||
        (unsigned)kind >= LIMITS_COUNT)
        return no_interval;
    struct share s = {.p = p, .v = v, .n = n, .alpha = alpha, .flat = v < no_variance};
    s.t = dist_t_quantile(1 - alpha / 2, df);
    if (isnan(s.t) && kind != LIMITS_CLOPPER_PEARSON)
        return no_interval;
    if (kind == LIMITS_KORN_GRAUBARD)
        s.effective = prop_effective_n(p, v, n, df, alpha);
    return limits_of[kind](&s);
}

struct prop_nchs prop_nchs_judge(double p, double effective_n, double df)
{
    struct prop_nchs out = {.effective_n = effective_n};
    out.extreme = p == 0 || p == 1;
    out.few_df = !(df >= 8);
    out.limits = prop_beta(p, effective_n, 0.05);
    double width = out.limits.high - out.limits.low;
    bool narrow = out.extreme || width <= 0.05; // the width of 0 % and 100 % counts as 0
    out.withheld =
        !(effective_n >= 30) || isnan(width) || (!narrow && (width >= 0.30 || width / p > 1.30));
    out.complement = !out.withheld && !narrow && width / (1 - p) > 1.30;
    return out;
}

struct prop_nchs prop_nchs(double p, double v, double n, double df)
{
    bool extreme = p == 0 || p == 1;
    return prop_nchs_judge(p, extreme ? n : prop_effective_n(p, v, n, df, 0.05), df);
}

struct interval prop_wilson(double p, double n, double alpha)
{
    if (!(p >= 0 && p <= 1) || !(n > 0) || !(alpha > 0 && alpha < 1))
        return no_interval;
    return wilson(p, n, dist_normal_quantile(1 - alpha / 2));
}

struct interval prop_poisson(double count, double alpha)
{
    if (!(count >= 0) || isinf(count) || !(alpha > 0 && alpha < 1))
        return no_interval;
    return (struct interval){count == 0 ? 0 : dist_chi2_quantile(alpha / 2, 2 * count) / 2,
                             dist_chi2_quantile(1 - alpha / 2, 2 * count + 2) / 2};
}

// Newcombe 1998, method 10: the distances of each p from its Wilson limits, squared and added.
struct interval prop_newcombe(double p1, double n1, double p2, double n2, double alpha)
{
    struct interval a = prop_wilson(p1, n1, alpha), b = prop_wilson(p2, n2, alpha);
    if (isnan(a.low) || isnan(b.low))
        return no_interval;
    double difference = p1 - p2;
    return (struct interval){difference - hypot(p1 - a.low, b.high - p2),
                             difference + hypot(a.high - p1, p2 - b.low)};
}

struct prop_ranks prop_order_ranks(size_t n, double p, double alpha)
{
    double low = dist_binomial_low(alpha / 2, p, (double)n);
    double high = dist_binomial_high(alpha / 2, p, (double)n);
    struct prop_ranks ranks = {0, 0};
    if (low >= 1)
        ranks.low = (size_t)low;
    if (high <= (double)n)
        ranks.high = (size_t)high;
    return ranks;
}
