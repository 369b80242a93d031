// SPDX-License-Identifier: GPL-3.0-or-later
// From measures to estimates. Values come from exact sums, errors from scores through the design.
#include "engine/stats/exact.h"
#include "engine/stats/fixsum.h"
#include "engine/stats/gridsum.h"
#include "engine/stats/matrix.h"
#include "engine/stats/prop.h"
#include "metrics/respondents.h"

#include <math.h>

// ---- sums

static int bits_of(int64_t value)
{
    return exact_bits(value);
}

static int64_t largest(const int64_t *v, size_t n)
{
    int64_t most = 0;
    for (size_t i = 0; i < n; i++) {
        int64_t size = v[i] < 0 ? -v[i] : v[i];
        most = size > most ? size : most;
    }
    return most;
}

// Σ w v, exact.
static quad sum_product(const struct base *b, const int64_t *v)
{
    if (bits_of(b->heaviest) + bits_of(largest(v, b->n)) + bits_of((int64_t)b->n) <= 120) {
        int128 sum = 0;
        for (size_t i = 0; i < b->n; i++)
            sum += (int128)b->weight[i] * v[i];
        return (quad)sum;
    }
    struct exact sum = {0};
    for (size_t i = 0; i < b->n; i++)
        exact_add_product(&sum, b->weight[i], v[i]);
    struct wide wide = wide_of(&sum);
    return wide_quad(&wide);
}

// Σ w (v − c)², exact.
static quad sum_squares(const struct base *b, const int64_t *v, int64_t c, int64_t spread)
{
    if (bits_of(b->heaviest) + 2 * bits_of(spread) + bits_of((int64_t)b->n) <= 120) {
        int128 sum = 0;
        for (size_t i = 0; i < b->n; i++) {
            int128 d = (int128)v[i] - c;
            sum += d * d * b->weight[i];
        }
        return (quad)sum;
    }
    struct exact sum = {0};
    for (size_t i = 0; i < b->n; i++)
        exact_add_square(&sum, b->weight[i], (int128)v[i] - c);
    struct wide wide = wide_of(&sum);
    return wide_quad(&wide);
}

// The mean of a measure, and its deviations from the whole number next to the mean: they are small,
// so doubles hold them well.
struct centred {
    quad total, mean; // Σwv, Σwv/W in whole numbers of v
    int64_t centre;
    double rest;     // mean − centre
    double variance; // s² with divisor n − 1 (statistics.md 2), in whole numbers of v
};

static struct centred centre(const struct base *b, const int64_t *v)
{
    struct centred c = {.total = sum_product(b, v)};
    c.mean = c.total / b->weight_sum;
    c.centre = (int64_t)(c.mean + (c.mean < 0 ? -(quad)0.5 : (quad)0.5));
    quad rest = c.mean - (quad)c.centre;
    c.rest = (double)rest;
    int64_t spread = 0;
    for (size_t i = 0; i < b->n; i++) {
        int128 d = (int128)v[i] - c.centre;
        int128 size = d < 0 ? -d : d;
        spread = size > spread ? (size > INT64_MAX ? INT64_MAX : (int64_t)size) : spread;
    }
    quad square = sum_squares(b, v, c.centre, spread) / b->weight_sum - rest * rest;
    double n = (double)b->n;
    c.variance = b->n > 1 && square > 0 ? n / (n - 1) * (double)square : b->n > 1 ? 0 : NAN;
    return c;
}

static double deviation(const struct centred *c, int64_t v)
{
    return (double)((int128)v - c->centre) - c->rest;
}

static double factor_of(const struct measure *m)
{
    double factor = m->factor != 0 ? m->factor : 1;
    return m->binary != 0 ? factor * m->binary : factor / (double)num_power10[m->scale];
}

// Whole numbers of v (mean or total) in the unit of the estimate, before the shift.
static double scaled(const struct measure *m, quad number)
{
    quad factor = m->factor != 0 ? (quad)m->factor : 1;
    return (double)(m->binary != 0 ? number * factor * (quad)m->binary
                                   : number * factor / (quad)num_power10[m->scale]);
}

// ---- what every estimate of respondents has

void give_evidence(struct cell *cell, struct estimate *e, struct scores *s)
{
    const struct view *v = cell->state;
    struct evidence *evidence = NEW(v->arena, struct evidence);
    *evidence = (struct evidence){.scores = s,
                                  .breakdown = v->group->breakdown,
                                  .group = v->group->level,
                                  .answer_by = v->answer_by,
                                  .answer = v->answer};
    e->scores = evidence;
}

struct estimate *give_begin(struct cell *cell, const struct indicator *self, const struct base *b)
{
    struct estimate *e = cell_add(cell, self);
    const struct view *v = cell->state;
    e->from_survey = true;
    if (self->unit == UNIT_ITEM && v->asked)
        e->unit = asked_unit(v->asked);
    if (!b)
        return e;
    e->n = (double)b->n;
    e->weighted_n = b->weighted_n;
    if (!b->n)
        e->status = base_empty(b);
    else
        e->df = b->domain->df;
    return e;
}

// n / deff, deff against simple random sampling with replacement; Kish's where there is none.
static void set_deff(struct estimate *e, const struct base *b, double variance, double simple)
{
    e->effective_n = b->kish;
    if (variance > 0 && simple > 0) {
        e->deff = variance / simple;
        e->effective_n = (double)b->n / e->deff;
    }
}

static void set_limits(struct estimate *e, const struct study *s, const struct base *b)
{
    double alpha = 1 - s->confidence;
    struct interval limits = prop_t_interval(e->value, e->se, e->df, alpha);
    if (e->share) {
        double p = e->value / 100, v = e->se * e->se / 1e4;
        limits = prop_interval((enum limits)s->interval, p, v, (double)b->n, e->df, alpha);
        limits.low *= 100;
        limits.high *= 100;
    }
    e->low = limits.low;
    e->high = limits.high;
}

// Value, scores and everything that follows from them. simple: variance under simple random
// sampling.
void give_conclude(struct cell *cell, struct estimate *e, const struct base *b, struct scores *s,
                   double simple)
{
    const struct view *v = cell->state;
    if (b->n > 1 || b->domain->design->replicates) {
        double variance = scores_variance(s);
        if (e->share && variance < 1e-18) // of a percent: 10⁻²² of a share counts as 0
            variance = 0;
        e->se = sqrt(variance);
        set_deff(e, b, variance, simple);
        give_evidence(cell, e, s);
    } else {
        e->effective_n = b->kish;
    }
    set_limits(e, v->study, b);
    if (b->n == 1)
        e->df = NAN;
}

// ---- means, shares

// Exact replicate values of a ratio Σwa/Σwb about the full-sample value.
static struct scores *ratio_scores(struct cell *cell, const struct base *b, const double *u,
                                   const double *denominator)
{
    const struct view *v = cell->state;
    const struct design *d = b->domain->design;
    struct scores *s = scores_linear(v->arena, b->domain, u, v->frame->residuals);
    if (!d->replicates)
        return s;
    // u is (a − R b)/Σwb: then Σ w_r u / (Σ w_r b/Σ w b) = R_r − R, exactly.
    for (size_t r = 0; r < d->replicates; r++) {
        long double top = 0, below = 0, full = 0;
        for (size_t i = 0; i < b->n; i++) {
            double x = denominator ? denominator[i] : 1, w = d->replicate[r][b->row[i]];
            top += (long double)w * u[i];
            below += (long double)w * x;
            full += (long double)b->domain->w[i] * x;
        }
        s->z[r] = (double)(top * full / below);
        if (!isfinite(s->z[r]))
            s->z[r] = 0; // the replicate has nobody here
    }
    return s;
}

struct scores *give_ratio_scores(struct cell *cell, const struct base *b, const double *u)
{
    return ratio_scores(cell, b, u, NULL);
}

struct estimate *give_mean(struct cell *cell, const struct indicator *self, const struct base *b,
                           const struct measure *m)
{
    const struct view *v = cell->state;
    struct estimate *e = give_begin(cell, self, b);
    if (!b->n)
        return e;
    struct centred c = centre(b, m->v);
    double factor = factor_of(m), weight = b->weighted_n;
    double *u = NEWS(v->arena, b->n + 1, double);
    for (size_t i = 0; i < b->n; i++)
        u[i] = factor * deviation(&c, m->v[i]) / weight;
    e->share = m->share;
    estimate_set(e, scaled(m, c.mean) + m->shift);
    e->sd = sqrt(c.variance) * fabs(factor);
    quad unit = v->frame->weight_scale ? 1 / (quad)num_power10[v->frame->weight_scale]
                                       : (quad)v->frame->weight_unit;
    struct measure plain = *m;
    plain.factor = 0;
    e->numerator = scaled(&plain, c.total * unit);
    e->denominator = weight;
    give_conclude(cell, e, b, ratio_scores(cell, b, u, NULL), e->sd * e->sd / (double)b->n);
    return e;
}

struct estimate *give_share(struct cell *cell, const struct indicator *self, const struct base *b,
                            const int64_t *chosen)
{
    struct measure m = {.v = chosen, .factor = 100, .share = true};
    return give_mean(cell, self, b, &m);
}

struct estimate *give_total(struct cell *cell, const struct indicator *self, const struct base *b,
                            const struct measure *m)
{
    const struct view *v = cell->state;
    struct estimate *e = give_begin(cell, self, b);
    if (!b->n)
        return e;
    struct centred c = centre(b, m->v);
    double factor = factor_of(m), w = b->weighted_n;
    double *u = NEWS(v->arena, b->n + 1, double);
    for (size_t i = 0; i < b->n; i++)
        u[i] = factor * (double)m->v[i];
    quad unit = v->frame->weight_scale ? 1 / (quad)num_power10[v->frame->weight_scale]
                                       : (quad)v->frame->weight_unit;
    estimate_set(e, scaled(m, c.total * unit));
    struct scores *s = scores_linear(v->arena, b->domain, u, v->frame->residuals);
    give_conclude(cell, e, b, s, c.variance * factor * factor / (double)b->n * w * w);
    return e;
}

struct estimate *give_sd(struct cell *cell, const struct indicator *self, const struct base *b,
                         const struct measure *m)
{
    const struct view *v = cell->state;
    struct estimate *e = give_begin(cell, self, b);
    if (b->n < 2)
        return e;
    struct centred c = centre(b, m->v);
    double factor = fabs(factor_of(m)), n = (double)b->n, sd = sqrt(c.variance);
    double *u = NEWS(v->arena, b->n + 1, double);
    for (size_t i = 0; i < b->n; i++) {
        double d = deviation(&c, m->v[i]);
        u[i] = sd > 0 ? factor * (n / (n - 1) * d * d - c.variance) / (2 * sd * b->weighted_n) : 0;
    }
    estimate_set(e, factor * sd);
    give_conclude(cell, e, b, scores_linear(v->arena, b->domain, u, v->frame->residuals), NAN);
    e->effective_n = NAN;
    return e;
}

// ---- ratios

struct estimate *give_ratio(struct cell *cell, const struct indicator *self, const struct base *b,
                            const struct measure *y, const struct measure *x)
{
    const struct view *v = cell->state;
    struct estimate *e = give_begin(cell, self, b);
    if (!b->n)
        return e;
    struct centred cy = centre(b, y->v), cx = centre(b, x->v);
    double mean_x = scaled(x, cx.mean), mean_y = scaled(y, cy.mean);
    if (!(mean_x != 0)) {
        e->status = EST_NOT_APPLICABLE;
        return e;
    }
    double ratio = mean_y / mean_x, fy = factor_of(y), fx = factor_of(x), w = b->weighted_n;
    double *u = NEWS(v->arena, b->n + 1, double), *below = NEWS(v->arena, b->n + 1, double);
    long double *squares = mem_new(b->n, sizeof *squares); // summed in no order
    for (size_t i = 0; i < b->n; i++) {
        double residual = fy * deviation(&cy, y->v[i]) - ratio * fx * deviation(&cx, x->v[i]);
        u[i] = residual / (w * mean_x);
        below[i] = fx * (double)x->v[i];
        squares[i] = (long double)b->domain->w[i] * residual * residual;
    }
    double square = (double)fixsum_of(squares, b->n);
    mem_free(squares);
    estimate_set(e, ratio);
    e->numerator = mean_y * w;
    e->denominator = mean_x * w;
    double n = (double)b->n, simple = square / w / (n - 1) / (mean_x * mean_x);
    give_conclude(cell, e, b, ratio_scores(cell, b, u, below), simple);
    return e;
}

// ---- others

struct estimate *give_smooth(struct cell *cell, const struct indicator *self, const struct base *b,
                             double value, const double *u)
{
    const struct view *v = cell->state;
    struct estimate *e = give_begin(cell, self, b);
    if (!b->n || !isfinite(value))
        return e;
    estimate_set(e, value);
    give_conclude(cell, e, b, scores_linear(v->arena, b->domain, u, v->frame->residuals), NAN);
    e->effective_n = NAN;
    return e;
}

struct estimate *give_combination(struct cell *cell, const struct indicator *self, double value,
                                  const struct estimate *parts, const double *factor, size_t count)
{
    const struct view *v = cell->state;
    const struct scores **list = NEWS(v->arena, count + 1, const struct scores *);
    bool all = true;
    double n = INFINITY;
    for (size_t k = 0; k < count; k++) {
        const struct evidence *evidence = parts[k].scores;
        all &= evidence != NULL;
        list[k] = evidence ? evidence->scores : NULL;
        n = parts[k].n < n ? parts[k].n : n;
    }
    struct estimate *e = give_begin(cell, self, NULL);
    estimate_set(e, value);
    e->n = n;
    if (!all || !isfinite(value))
        return e;
    struct scores *s = scores_combine(v->arena, list, factor, count);
    e->df = s->domain->df;
    e->se = sqrt(scores_variance(s));
    give_evidence(cell, e, s);
    struct interval limits = prop_t_interval(value, e->se, e->df, 1 - v->study->confidence);
    e->low = limits.low;
    e->high = limits.high;
    return e;
}

struct estimate *give_plain(struct cell *cell, const struct indicator *self, const struct base *b,
                            double value)
{
    struct estimate *e = give_begin(cell, self, b);
    e->df = NAN;
    if (isfinite(value))
        estimate_set(e, value);
    return e;
}

struct estimate *give_nothing(struct cell *cell, const struct indicator *self,
                              enum estimate_status why, const char *reason)
{
    struct estimate *e = give_begin(cell, self, NULL);
    e->status = why;
    e->reason = reason;
    return e;
}
