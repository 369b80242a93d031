// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/give_classes.h"

#include "engine/stats/dist.h"
#include "engine/stats/exact.h"

#include <math.h>

// ---- statistics

// The measure of every respondent, where classes do not serve.
static struct measure spread_out(struct cell *cell, const struct base *b, const struct by_class *m)
{
    const struct view *v = view_of(cell);
    int64_t *value = NEWS(v->arena, b->n + 1, int64_t);
    for (size_t i = 0; i < b->n; i++)
        value[i] = m->v[class_of(v->asked, b->row[i])];
    return (struct measure){.v = value, .factor = m->factor, .shift = m->shift, .share = m->share};
}

struct class_sums {
    quad total, mean; // Σwv in weight units, Σwv/Σw
    double variance;  // divisor n − 1, of v
};

static struct class_sums sums_of(const struct view *v, const struct class_cell *c,
                                 const struct by_class *m)
{
    struct class_sums s = {0};
    const struct base *b = &c->base[m->base];
    quad square = 0;
    for (size_t k = 0; k < c->tally.classes; k++)
        if (class_in_base(v->asked, k, m->base))
            s.total += (quad)c->w[k] * (quad)m->v[k];
    s.mean = s.total / b->weight_sum;
    for (size_t k = 0; k < c->tally.classes; k++)
        if (class_in_base(v->asked, k, m->base)) {
            quad d = (quad)m->v[k] - s.mean;
            square += (quad)c->w[k] * d * d;
        }
    double n = (double)b->n;
    s.variance = b->n > 1 ? n / (n - 1) * (double)(square / b->weight_sum) : NAN;
    return s;
}

static double factor_of(const struct by_class *m)
{
    return m->factor != 0 ? m->factor : 1;
}

struct estimate *give_class_mean(struct cell *cell, const struct indicator *self,
                                 const struct by_class *m)
{
    const struct view *v = view_of(cell);
    const struct class_cell *c = class_cell_of(cell);
    const struct base *b = class_base_of(cell, m->base);
    if (!c) {
        struct measure plain = spread_out(cell, b, m);
        return give_mean(cell, self, b, &plain);
    }
    struct estimate *e = give_begin(cell, self, b);
    if (!b->n)
        return e;
    struct class_sums s = sums_of(v, c, m);
    double *coef = NEWS(v->arena, c->tally.classes, double);
    for (size_t k = 0; k < c->tally.classes; k++)
        if (class_in_base(v->asked, k, m->base))
            coef[k] = factor_of(m) * (double)((quad)m->v[k] - s.mean) / b->weighted_n;
    e->share = m->share;
    estimate_set(e, (double)(s.mean * (quad)factor_of(m)) + m->shift);
    e->sd = sqrt(s.variance) * fabs(factor_of(m));
    e->numerator = (double)(s.total * class_unit(v->frame));
    e->denominator = b->weighted_n;
    give_conclude(cell, e, b, class_scores(v->arena, c, b, coef), e->sd * e->sd / (double)b->n);
    return e;
}

struct estimate *give_class_total(struct cell *cell, const struct indicator *self,
                                  const struct by_class *m)
{
    const struct view *v = view_of(cell);
    const struct class_cell *c = class_cell_of(cell);
    const struct base *b = class_base_of(cell, m->base);
    if (!c) {
        struct measure plain = spread_out(cell, b, m);
        return give_total(cell, self, b, &plain);
    }
    struct estimate *e = give_begin(cell, self, b);
    if (!b->n)
        return e;
    struct class_sums s = sums_of(v, c, m);
    double *coef = NEWS(v->arena, c->tally.classes, double), w = b->weighted_n;
    for (size_t k = 0; k < c->tally.classes; k++)
        if (class_in_base(v->asked, k, m->base))
            coef[k] = factor_of(m) * (double)m->v[k];
    estimate_set(e, (double)(s.total * class_unit(v->frame) * (quad)factor_of(m)));
    give_conclude(cell, e, b, class_scores(v->arena, c, b, coef),
                  s.variance * factor_of(m) * factor_of(m) / (double)b->n * w * w);
    return e;
}

struct estimate *give_class_sd(struct cell *cell, const struct indicator *self,
                               const struct by_class *m)
{
    const struct view *v = view_of(cell);
    const struct class_cell *c = class_cell_of(cell);
    const struct base *b = class_base_of(cell, m->base);
    if (!c) {
        struct measure plain = spread_out(cell, b, m);
        return give_sd(cell, self, b, &plain);
    }
    struct estimate *e = give_begin(cell, self, b);
    if (b->n < 2)
        return e;
    struct class_sums s = sums_of(v, c, m);
    double *coef = NEWS(v->arena, c->tally.classes, double), n = (double)b->n;
    double sd = sqrt(s.variance), factor = fabs(factor_of(m));
    for (size_t k = 0; sd > 0 && k < c->tally.classes; k++)
        if (class_in_base(v->asked, k, m->base)) {
            double d = (double)((quad)m->v[k] - s.mean);
            coef[k] = factor * (n / (n - 1) * d * d - s.variance) / (2 * sd * b->weighted_n);
        }
    estimate_set(e, factor * sd);
    give_conclude(cell, e, b, class_scores(v->arena, c, b, coef), NAN);
    e->effective_n = NAN;
    return e;
}

// ---- the median

// The lowest level at which the weight at or below reaches top/bottom of the whole.
static size_t level_at(const struct view *v, const struct class_cell *c, quad top, quad bottom)
{
    int128 below = 0;
    size_t last = 0;
    for (size_t k = 0; k < v->asked->levels.count; k++) {
        below += c->w[k];
        if (c->n[k] > 0)
            last = k;
        if (c->n[k] > 0 && (quad)below * bottom >= top * c->base[BASE_VALID].weight_sum)
            return k;
    }
    return last;
}

static double limit_at(const struct view *v, const struct class_cell *c, double p)
{
    return p >= 0 && p <= 1 ? (double)class_value(v->asked, level_at(v, c, (quad)p, 1)) : NAN;
}

struct estimate *give_class_quantile(struct cell *cell, const struct indicator *self, double p)
{
    const struct view *v = view_of(cell);
    const struct class_cell *c = class_cell_of(cell);
    const struct base *b = class_base_of(cell, BASE_VALID);
    if (!c) {
        struct measure m = measure_of(cell, b, v->asked);
        return give_quantile(cell, self, b, &m, p);
    }
    struct estimate *e = give_begin(cell, self, b);
    if (!b->n)
        return e;
    size_t at = level_at(v, c, (quad)llrint(p * 100), 100);
    estimate_set(e, (double)class_value(v->asked, at));
    if (b->n == 1) {
        e->df = NAN;
        return e;
    }
    int128 below = 0;
    for (size_t k = 0; k <= at; k++)
        below += c->w[k];
    double f = (double)((quad)below / b->weight_sum),
           *coef = NEWS(v->arena, c->tally.classes, double);
    for (size_t k = 0; k < v->asked->levels.count; k++)
        coef[k] = ((k <= at) - f) / b->weighted_n;
    struct scores *s = class_scores(v->arena, c, b, coef);
    double variance = scores_variance(s), se_f = variance > 1e-22 ? sqrt(variance) : 0;
    double t = dist_t_quantile(1 - (1 - v->study->confidence) / 2, e->df);
    if (!isfinite(t))
        return e;
    e->low = limit_at(v, c, f - t * se_f);
    e->high = limit_at(v, c, f + t * se_f);
    e->se = (e->high - e->low) / (2 * t);
    double *scaled = NEWS(v->arena, c->tally.classes, double);
    for (size_t k = 0; k < c->tally.classes; k++)
        scaled[k] = -e->se / se_f * coef[k];
    if (isfinite(e->se / se_f))
        give_evidence(cell, e, class_scores(v->arena, c, b, scaled));
    return e;
}
