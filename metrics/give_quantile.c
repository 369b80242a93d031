// SPDX-License-Identifier: GPL-3.0-or-later
// Quantiles by the left inverse of the weighted distribution, with Woodruff's limits (Woodruff
// 1952; Francisco and Fuller 1991).
#include "engine/stats/dist.h"
#include "metrics/respondents.h"

#include <math.h>
#include <stdlib.h>

struct weighted {
    int64_t v, w;
};

static int weighted_order(const void *a, const void *b)
{
    const struct weighted *x = a, *y = b;
    return (x->v > y->v) - (x->v < y->v);
}

// The distribution of a base: distinct values with the weight at or below each.
struct spread {
    size_t count;
    int64_t *v;
    int128 *below;
    bool rounded; // calibrated weights: equal sums may differ in the last bits
};

static struct spread spread_of(struct cell *cell, const struct base *b, const int64_t *v)
{
    const struct view *view = cell->state;
    struct weighted *sorted = mem_new(b->n + 1, sizeof *sorted);
    struct spread s = {.v = NEWS(view->arena, b->n + 1, int64_t),
                       .below = NEWS(view->arena, b->n + 1, int128),
                       .rounded = view->frame->initial != NULL};
    for (size_t i = 0; i < b->n; i++)
        sorted[i] = (struct weighted){v[i], b->weight[i]};
    qsort(sorted, b->n, sizeof *sorted, weighted_order);
    int128 sum = 0;
    for (size_t i = 0; i < b->n; i++) {
        sum += sorted[i].w;
        if (!s.count || s.v[s.count - 1] != sorted[i].v)
            s.v[s.count++] = sorted[i].v;
        s.below[s.count - 1] = sum;
    }
    mem_free(sorted);
    return s;
}

// Place of the smallest value x with F(x) >= top/bottom.
static size_t left_inverse(const struct spread *s, quad top, quad bottom)
{
    quad wanted = top * (quad)s->below[s->count - 1];
    quad slack = s->rounded ? wanted * (quad)1e-12 : 0;
    size_t low = 0, high = s->count - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (bottom * (quad)s->below[middle] >= wanted - slack)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static double in_unit(const struct measure *m, int64_t v)
{
    if (m->binary != 0)
        return (double)v * m->binary;
    return decimal_value((struct decimal){v, m->scale});
}

// A limit outside 0..1 is empty.
static double limit_at(const struct spread *s, const struct measure *m, double p)
{
    if (!(p >= 0 && p <= 1))
        return NAN;
    return in_unit(m, s->v[left_inverse(s, (quad)p, 1)]);
}

// Woodruff: limits of F at the quantile, taken back to answers. The scores of the quantile are
// those of F scaled to the standard error.
static void limits(struct cell *cell, struct estimate *e, const struct base *b,
                   const struct spread *s, const struct measure *m, size_t at)
{
    const struct view *v = cell->state;
    double f = (double)((quad)s->below[at] / (quad)s->below[s->count - 1]);
    double *u = NEWS(v->arena, b->n + 1, double);
    for (size_t i = 0; i < b->n; i++)
        u[i] = ((m->v[i] <= s->v[at]) - f) / b->weighted_n;
    struct scores *scores = give_ratio_scores(cell, b, u);
    double variance = scores_cov(scores, scores), t, se_f;
    if (!(variance > 1e-22))
        variance = 0;
    se_f = sqrt(variance);
    t = dist_t_quantile(1 - (1 - v->study->confidence) / 2, e->df);
    if (!isfinite(t))
        return;
    e->low = limit_at(s, m, f - t * se_f);
    e->high = limit_at(s, m, f + t * se_f);
    e->se = (e->high - e->low) / (2 * t);
    double factor = -e->se / se_f;
    const struct scores *list[1] = {scores};
    if (isfinite(factor))
        give_evidence(cell, e, scores_combine(v->arena, list, &factor, 1));
}

struct estimate *give_quantile(struct cell *cell, const struct indicator *self,
                               const struct base *b, const struct measure *m, double p)
{
    struct estimate *e = give_plain(cell, self, b, NAN);
    if (!b->n)
        return e;
    struct spread s = spread_of(cell, b, m->v);
    size_t at = left_inverse(&s, (quad)llrint(p * 100), 100);
    estimate_set(e, in_unit(m, s.v[at]));
    e->df = b->domain->df;
    if (b->n > 1)
        limits(cell, e, b, &s, m, at);
    else
        e->df = NAN;
    return e;
}
