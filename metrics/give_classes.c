// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/give_classes.h"

#include "engine/stats/dist.h"
#include "engine/stats/exact.h"

#include <math.h>

// ---- classes of an item

bool class_able(const struct asked *a)
{
    return a->levels.count && !a->named && a->levels.count + MISSING_COUNT <= CLASSES_MOST;
}

size_t class_count(const struct asked *a)
{
    return a->levels.count + MISSING_COUNT;
}

uint32_t class_of(const struct asked *a, size_t row)
{
    return a->why[row] == VALID ? a->levels.of[row] : (uint32_t)a->levels.count + a->why[row];
}

int64_t class_value(const struct asked *a, size_t k)
{
    if (a->item->scale == SCALE_YES_NO)
        return k == 0;
    return item_points(a->item) ? llrint(a->item->low) + (int64_t)k : 0;
}

static bool in_base(const struct asked *a, size_t k, enum class_base which)
{
    if (k < a->levels.count)
        return true;
    return which == BASE_ASKED && k != a->levels.count + MISSING_NOT_ASKED &&
           k != a->levels.count + VALID;
}

// ---- one pass over the rows of a cell

// Strata of the rows, which stand in the order of their units.
static size_t strata_of(const struct view *v, uint32_t *list)
{
    const struct design *d = &v->frame->design;
    size_t count = 0;
    for (size_t i = 0; i < v->group->count; i++) {
        uint32_t h = d->psu_stratum[d->unit[v->group->rows[i]]];
        if (!count || list[count - 1] != h)
            list[count++] = h;
    }
    return count;
}

static void add_rows(const struct view *v, struct class_cell *c, int128 *w, int128 *ww)
{
    const struct design *d = &v->frame->design;
    const struct asked *a = v->asked;
    size_t classes = c->tally.classes, h = 0;
    for (size_t i = 0; i < v->group->count; i++) {
        uint32_t row = v->group->rows[i], k = class_of(a, row);
        int128 weight = v->frame->weight[row];
        while (c->tally.stratum[h] != d->psu_stratum[d->unit[row]])
            h++;
        w[h * classes + k] += weight;
        ww[h * classes + k] += weight * weight;
        c->n[k]++;
        c->has[h * classes + k] = true;
    }
}

static quad unit_of(const struct frame *f)
{
    return f->weight_scale ? 1 / (quad)num_power10[f->weight_scale] : (quad)f->weight_unit;
}

// n, weights and degrees of freedom of a base, from the sums.
static void make_base(const struct view *v, struct class_cell *c, enum class_base which)
{
    const struct asked *a = v->asked;
    struct base *b = &c->base[which];
    size_t classes = c->tally.classes;
    double n = 0, strata = 0;
    quad square = 0;
    int128 sum = 0;
    for (size_t k = 0; k < classes; k++)
        if (in_base(a, k, which)) {
            n += c->n[k];
            sum += c->w[k];
        }
    for (size_t h = 0; h < c->tally.strata; h++) {
        bool any = false;
        for (size_t k = 0; k < classes; k++)
            if (in_base(a, k, which)) {
                any |= c->has[h * classes + k];
                square += c->tally.ww[h * classes + k];
            }
        strata += any;
    }
    b->n = (size_t)n;
    b->weight_sum = (quad)sum;
    b->weighted_n = v->frame->weight_scale
                        ? (double)((quad)sum / (quad)num_power10[v->frame->weight_scale])
                        : (double)((quad)sum * (quad)v->frame->weight_unit);
    quad total = (quad)sum * unit_of(v->frame);
    b->kish = n > 0 ? (double)(total * total / square) : NAN;
    for (int why = VALID + 1; why < MISSING_COUNT; why++)
        b->invalid[why] = c->n[a->levels.count + (size_t)why];
    b->domain = NEW(v->arena, struct domain);
    *b->domain = (struct domain){.design = &v->frame->design, .n = b->n, .df = n - strata};
}

static struct class_cell *make_cell(const struct view *v)
{
    struct class_cell *c = NEW(v->arena, struct class_cell);
    size_t classes = class_count(v->asked), strata;
    uint32_t *stratum = NEWS(v->arena, CLASSES_STRATA, uint32_t);
    strata = strata_of(v, stratum);
    size_t cells = classes * strata + 1;
    int128 *w = mem_new(cells, sizeof *w), *ww = mem_new(cells, sizeof *ww);
    quad *real = NEWS(v->arena, cells, quad), *real_square = NEWS(v->arena, cells, quad);
    c->n = NEWS(v->arena, classes, double);
    c->w = NEWS(v->arena, classes, int128);
    c->has = NEWS(v->arena, cells, bool);
    c->tally = (struct class_tally){&v->frame->design, classes, strata, stratum, real, real_square};
    add_rows(v, c, w, ww);
    quad unit = unit_of(v->frame);
    for (size_t i = 0; i + 1 < cells; i++) {
        c->w[i % classes] += w[i];
        real[i] = (quad)w[i] * unit;
        real_square[i] = (quad)ww[i] * unit * unit;
    }
    mem_free(w);
    mem_free(ww);
    make_base(v, c, BASE_VALID);
    make_base(v, c, BASE_ASKED);
    return c;
}

const struct class_cell *class_cell_of(struct cell *cell)
{
    struct view *v = view_of(cell);
    if (!v->asked || !v->frame->by_classes || !class_able(v->asked))
        return NULL;
    if (!v->classes)
        v->classes = make_cell(v);
    return v->classes;
}

const struct base *class_base_of(struct cell *cell, enum class_base which)
{
    const struct class_cell *c = class_cell_of(cell);
    if (c)
        return &c->base[which];
    return which == BASE_VALID ? base_valid(cell) : base_asked(cell);
}

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
        if (in_base(v->asked, k, m->base))
            s.total += (quad)c->w[k] * (quad)m->v[k];
    s.mean = s.total / b->weight_sum;
    for (size_t k = 0; k < c->tally.classes; k++)
        if (in_base(v->asked, k, m->base)) {
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
        if (in_base(v->asked, k, m->base))
            coef[k] = factor_of(m) * (double)((quad)m->v[k] - s.mean) / b->weighted_n;
    e->share = m->share;
    estimate_set(e, (double)(s.mean * (quad)factor_of(m)) + m->shift);
    e->sd = sqrt(s.variance) * fabs(factor_of(m));
    e->numerator = (double)(s.total * unit_of(v->frame));
    e->denominator = b->weighted_n;
    give_conclude(cell, e, b, scores_of_classes(v->arena, b->domain, &c->tally, coef),
                  e->sd * e->sd / (double)b->n);
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
        if (in_base(v->asked, k, m->base))
            coef[k] = factor_of(m) * (double)m->v[k];
    estimate_set(e, (double)(s.total * unit_of(v->frame) * (quad)factor_of(m)));
    give_conclude(cell, e, b, scores_of_classes(v->arena, b->domain, &c->tally, coef),
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
        if (in_base(v->asked, k, m->base)) {
            double d = (double)((quad)m->v[k] - s.mean);
            coef[k] = factor * (n / (n - 1) * d * d - s.variance) / (2 * sd * b->weighted_n);
        }
    estimate_set(e, factor * sd);
    give_conclude(cell, e, b, scores_of_classes(v->arena, b->domain, &c->tally, coef), NAN);
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
    struct scores *s = scores_of_classes(v->arena, b->domain, &c->tally, coef);
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
        give_evidence(cell, e, scores_of_classes(v->arena, b->domain, &c->tally, scaled));
    return e;
}
