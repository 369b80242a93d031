// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/classes.h"

bool classes_fit(const struct design *d)
{
    return !d->replicates && !d->unit_psu && d->psu_count == d->rows && !d->lonely_count &&
           d->stratum_count <= CLASSES_STRATA && d->rows > 1;
}

struct scores *scores_of_classes(struct arena *a, const struct domain *d,
                                 const struct class_tally *tally, const double *coef)
{
    struct scores *s = NEW(a, struct scores);
    *s = (struct scores){.domain = d, .support = d, .tally = tally, .coef = coef};
    return s;
}

// Σ z of a stratum.
static quad stratum_sum(const struct scores *s, size_t h)
{
    const struct class_tally *t = s->tally;
    quad sum = 0;
    for (size_t k = 0; k < t->classes; k++)
        sum += (quad)s->coef[k] * t->w[h * t->classes + k];
    return sum;
}

// Σ z_a z_b of a stratum, over the same respondents.
static quad stratum_product(const struct scores *a, const struct scores *b, size_t h)
{
    const struct class_tally *t = a->tally;
    quad sum = 0;
    for (size_t k = 0; k < t->classes; k++)
        sum += (quad)a->coef[k] * (quad)b->coef[k] * t->ww[h * t->classes + k];
    return sum;
}

// Walks the strata that occur on both sides.
double classes_cov(const struct scores *a, const struct scores *b)
{
    const struct class_tally *x = a->tally, *y = b->tally;
    quad sum = 0;
    for (size_t i = 0, j = 0; i < x->strata && j < y->strata;) {
        if (x->stratum[i] != y->stratum[j]) {
            x->stratum[i] < y->stratum[j] ? i++ : j++;
            continue;
        }
        const struct stratum *s = &x->design->strata[x->stratum[i]];
        quad n = (quad)(double)s->n, product = x == y ? stratum_product(a, b, i) : 0;
        if (s->f < 1 && s->n > 1)
            sum += (quad)(1 - s->f) * n / (n - 1) *
                   (product - stratum_sum(a, i) * stratum_sum(b, j) / n);
        i++;
        j++;
    }
    return (double)sum;
}

double classes_df(const struct scores *a, const struct scores *b)
{
    const struct class_tally *x = a->tally, *y = b->tally;
    double strata = 0;
    if (x == y)
        return a->domain->df;
    for (size_t i = 0, j = 0; i < x->strata || j < y->strata; strata++) {
        uint32_t sx = i < x->strata ? x->stratum[i] : UINT32_MAX;
        uint32_t sy = j < y->strata ? y->stratum[j] : UINT32_MAX;
        i += sx <= sy;
        j += sy <= sx;
    }
    return (double)a->domain->n + (double)b->domain->n - strata;
}
