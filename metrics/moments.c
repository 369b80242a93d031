// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/moments.h"

#include "engine/stats/exact.h"

#include <math.h>

static struct exact sum_of(const struct base *b, const struct column *x)
{
    struct exact sum = {0};
    for (size_t i = 0; i < b->n; i++)
        exact_add_product(&sum, b->weight[i], column_whole(x, b->row[i]));
    return sum;
}

static struct exact sum_of_products(const struct base *b, const struct column *x,
                                    const struct column *y)
{
    int bits = exact_bits(b->heaviest) + exact_bits(x->most) + exact_bits(y->most) +
               exact_bits((int128)b->n);
    struct exact sum = {0};
    if (bits <= 120) {
        int128 small = 0;
        for (size_t i = 0; i < b->n; i++)
            small += (int128)b->weight[i] * column_whole(x, b->row[i]) * column_whole(y, b->row[i]);
        exact_add(&sum, small);
        return sum;
    }
    for (size_t i = 0; i < b->n; i++)
        exact_add_triple(&sum, b->weight[i], column_whole(x, b->row[i]),
                         column_whole(y, b->row[i]));
    return sum;
}

// Units of binary columns come in afterwards; decimal ones go in as scales.
static quad unit_of(const struct column *c)
{
    return c->binary ? (quad)c->unit : 1 / (quad)num_power10[c->scale];
}

struct moments moments_of(struct arena *a, const struct base *b, const struct asked *const *at,
                          size_t k)
{
    struct moments m = {.k = k,
                        .at = at,
                        .mean = NEWS(a, k + 1, double),
                        .sd = NEWS(a, k + 1, double),
                        .cov = NEWS(a, k * k + 1, quad)};
    struct exact w = {0}, *sum = NEWS(a, k + 1, struct exact);
    for (size_t i = 0; i < b->n; i++)
        exact_add(&w, b->weight[i]);
    for (size_t i = 0; i < k && b->n; i++) {
        const struct column *x = at[i]->column;
        sum[i] = sum_of(b, x);
        m.mean[i] = (double)(exact_ratio(wide_of(&sum[i]), wide_of(&w)) * unit_of(x));
        for (size_t j = 0; j <= i; j++) {
            struct exact both = sum_of_products(b, x, at[j]->column);
            m.cov[i * k + j] = m.cov[j * k + i] =
                exact_covariance(&w, &sum[i], &sum[j], &both, 0, 0) * unit_of(x) *
                unit_of(at[j]->column);
        }
        m.sd[i] = sqrt((double)m.cov[i * k + i]);
    }
    return m;
}

enum { MOST_ITEMS = 64 };

double moments_form(const struct moments *m, const double *form, size_t row, bool standardised)
{
    double v[MOST_ITEMS], sum = 0;
    size_t k = m->k < MOST_ITEMS ? m->k : MOST_ITEMS;
    for (size_t i = 0; i < k; i++) {
        v[i] = column_value(m->at[i]->column, row) - m->mean[i];
        if (standardised)
            v[i] /= m->sd[i];
    }
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            sum += v[i] * form[i * m->k + j] * v[j];
    return sum;
}
