// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/anova.h"

#include "engine/stats/dist.h"

#include <math.h>

void anova_add(struct anova_group *g, int128 y)
{
    g->n++;
    exact_add(&g->sum, y);
    exact_add_square(&g->squares, 1, y);
}

struct total {
    uint64_t n;
    struct exact sum;
    size_t groups;
};

static struct total total_of(const struct anova_group *groups, size_t count)
{
    struct total t = {0};
    for (size_t i = 0; i < count; i++) {
        t.n += groups[i].n;
        t.groups += groups[i].n > 0;
        exact_merge(&t.sum, &groups[i].sum);
    }
    return t;
}

static struct wide count_of(uint64_t n)
{
    return wide_int((int128)n);
}

// Σ_g (n_g Σy² - (Σy)²)/n_g: every numerator is exact and none is negative, so nothing cancels.
static quad within(const struct anova_group *g)
{
    struct wide sum = wide_of(&g->sum);
    struct wide spread =
        wide_sub(wide_mul(count_of(g->n), wide_of(&g->squares)), wide_mul(sum, sum));
    return exact_ratio(spread, count_of(g->n));
}

// Σ_g (N Σy_g - n_g Σy)²/(n_g N²), likewise.
static quad between(const struct anova_group *g, const struct total *t)
{
    struct wide gap = wide_sub(wide_mul(count_of(t->n), wide_of(&g->sum)),
                               wide_mul(count_of(g->n), wide_of(&t->sum)));
    quad distance = exact_ratio(gap, count_of(t->n));
    return distance * distance / (quad)g->n;
}

static void fill(quad ss_between, quad ss_within, quad unit, struct anova *out)
{
    quad df1 = (quad)(out->groups - 1), df2 = (quad)(out->n - out->groups);
    out->df1 = (double)df1;
    out->df2 = (double)df2;
    out->ss_between = (double)(ss_between / unit);
    out->ss_within = (double)(ss_within / unit);
    out->ms_between = (double)(ss_between / unit / df1);
    out->ms_within = (double)(ss_within / unit / df2);
    out->f = (double)(ss_between / df1 / (ss_within / df2));
    out->r_squared = (double)(ss_between / (ss_between + ss_within));
    out->residual_sd = (double)exact_sqrt(ss_within / unit / df2);
    out->p = dist_f_upper(out->f, out->df1, out->df2);
}

bool anova_oneway(const struct anova_group *groups, size_t count, int scale, struct anova *out)
{
    struct total t = total_of(groups, count);
    quad ss_between = 0, ss_within = 0;
    *out = (struct anova){NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, t.groups, t.n};
    for (size_t i = 0; i < count; i++) {
        if (groups[i].n == 0)
            continue;
        ss_within += within(&groups[i]);
        ss_between += between(&groups[i], &t);
    }
    if (t.groups < 2 || t.n <= t.groups || !(ss_within > 0))
        return false;
    struct wide unit = wide_power10(2 * scale);
    fill(ss_between, ss_within, wide_quad(&unit), out);
    return isfinite(out->f);
}

bool anova_of(const struct decimal *y, const uint32_t *group, size_t n, size_t count,
              struct anova *out)
{
    int scale, bits;
    struct anova_group *groups = mem_new(count, sizeof *groups);
    bool fits = exact_column(y, n, &scale, &bits);
    for (size_t i = 0; i < n && fits; i++) {
        int128 value;
        fits = exact_scaled(y[i], scale, &value);
        if (fits)
            anova_add(&groups[group[i]], value);
    }
    *out = (struct anova){NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, 0, n};
    bool good = fits && anova_oneway(groups, count, scale, out);
    mem_free(groups);
    return good;
}
