// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/tests_parts.h"

#include "engine/stats/anova.h"
#include "engine/stats/dist.h"
#include "engine/stats/effect.h"

#include <stdlib.h>

enum { MOST_CELLS = 1000 }; // of a table that is tested for independence

// ---- means of the groups

// The mean of a group and its scores.
static const struct scores *row_mean(const struct sides *s, size_t g, const double *x,
                                     double *theta)
{
    const struct base *b = s->base[g];
    quad sum = 0; // whole weights times doubles: the order of the rows is lost in its last bits
    double *u = NEWS(s->arena, b->n + 1, double);
    struct view view;
    struct cell cell = side_cell(s, s->group[0], &view);
    for (size_t i = 0; i < b->n; i++)
        sum += (quad)b->weight[i] * (quad)x[b->row[i]];
    *theta = (double)(sum / b->weight_sum);
    for (size_t i = 0; i < b->n; i++)
        u[i] = (x[b->row[i]] - *theta) / b->weighted_n;
    return give_ratio_scores(&cell, b, u);
}

static const struct scores *class_mean(const struct sides *s, size_t g, const double *x,
                                       double *theta)
{
    const struct class_cell *c = s->classes[g];
    const struct base *b = s->base[g];
    double *coef = NEWS(s->arena, c->tally.classes, double);
    quad sum = 0;
    for (size_t k = 0; k < s->asked->levels.count; k++)
        sum += (quad)c->w[k] * (quad)x[k];
    *theta = (double)(sum / b->weight_sum);
    for (size_t k = 0; k < s->asked->levels.count; k++)
        coef[k] = (x[k] - *theta) / b->weighted_n;
    return class_scores(s->arena, c, b, coef);
}

static const struct scores *mean_scores(const struct sides *s, size_t g, const double *x,
                                        double *theta)
{
    return s->classes[g] ? class_mean(s, g, x, theta) : row_mean(s, g, x, theta);
}

typedef bool equal_means_fn(const double *theta, const double *cov, size_t groups, double d,
                            struct ftest *out);

static void test_means(const struct sides *s, const double *x, const char *id, equal_means_fn *test,
                       const char *method)
{
    size_t count = s->left;
    double *theta = NEWS(s->arena, count, double), *cov = NEWS(s->arena, count * count, double);
    const struct scores **scores = NEWS(s->arena, count, const struct scores *);
    struct ftest f;
    for (size_t g = 0; g < count; g++)
        scores[g] = mean_scores(s, g, x, &theta[g]);
    scores_cov_all(scores, count, cov);
    if (test(theta, cov, count, side_df(s), &f))
        side_add(s, id, &f, method);
    else
        side_refuse(
            s, id,
            "no test, since the design allows fewer contrasts than there are, or nothing varies");
}

// The answers as numbers, by row or by class.
static double *numbers(const struct sides *s)
{
    size_t count = s->classes[0] ? class_count(s->asked) : s->frame->rows;
    double *x = mem_new(count + 1, sizeof *x);
    for (size_t k = 0; s->classes[0] && k < s->asked->levels.count; k++)
        x[k] = (double)class_value(s->asked, k);
    for (size_t g = 0; !s->classes[0] && g < s->left; g++)
        for (size_t i = 0; i < s->base[g]->n; i++)
            x[s->base[g]->row[i]] = column_value(s->asked->column, s->base[g]->row[i]);
    return x;
}

// ---- ranks: weight below plus half the weight tied, over all of the groups (Lumley and Scott
// 2013)

struct ranked {
    int64_t v;
    int128 w;
    uint32_t at; // row or class
};

static int ranked_order(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    return (x->v > y->v) - (x->v < y->v);
}

static size_t list_ranked(const struct sides *s, struct ranked *out)
{
    size_t len = 0;
    for (size_t g = 0; g < s->left; g++) {
        const struct base *b = s->base[g];
        for (size_t k = 0; s->classes[g] && k < s->asked->levels.count; k++)
            out[len++] =
                (struct ranked){class_value(s->asked, k), s->classes[g]->w[k], (uint32_t)k};
        for (size_t i = 0; !s->classes[g] && i < b->n; i++)
            out[len++] =
                (struct ranked){column_whole(s->asked->column, b->row[i]), b->weight[i], b->row[i]};
    }
    return len;
}

static void mid_ranks(const struct sides *s, double *rank)
{
    size_t room = (size_t)s->n + s->left * s->asked->levels.count;
    struct ranked *sorted = mem_new(room + 1, sizeof *sorted);
    size_t len = list_ranked(s, sorted);
    int128 total = 0, below = 0;
    qsort(sorted, len, sizeof *sorted, ranked_order);
    for (size_t i = 0; i < len; i++)
        total += sorted[i].w;
    for (size_t i = 0, end; i < len; i = end) {
        int128 tied = 0;
        for (end = i; end < len && sorted[end].v == sorted[i].v; end++)
            tied += sorted[end].w;
        double score = (double)(((quad)below + (quad)tied / 2) / (quad)total);
        for (size_t k = i; k < end; k++)
            rank[sorted[k].at] = score;
        below += tied;
    }
    mem_free(sorted);
}

void test_numbers(const struct sides *s)
{
    double *x = numbers(s);
    if (s->wanted[TEST_WALD])
        test_means(s, x, "wald", chisq_wald, "adjusted Wald test of equal means");
    if (s->wanted[TEST_RANK]) {
        mid_ranks(s, x);
        test_means(s, x, "rank", chisq_wald_plain,
                   s->left == 2 ? "design-based Wilcoxon test"
                                : "design-based Kruskal-Wallis test");
    }
    mem_free(x);
}

// ---- independence of answers and groups

// The total of one answer in one group, by its scores: w where given, else 0.
static const struct scores *cell_total(const struct sides *s, size_t g, size_t k, double *total)
{
    const struct base *b = s->base[g];
    const struct class_cell *c = s->classes[g];
    double *u = NEWS(s->arena, (c ? c->tally.classes : b->n) + 1, double);
    int128 sum = 0;
    if (c) {
        u[k] = 1;
        *total = (double)c->w[k];
        return class_scores(s->arena, c, b, u);
    }
    for (size_t i = 0; i < b->n; i++) {
        u[i] = asked_named(s->asked, k, b->row[i]);
        sum += u[i] > 0 ? b->weight[i] : 0;
    }
    *total = (double)sum;
    return scores_linear(s->arena, b->domain, u, s->frame->residuals);
}

// Covariance of shares p = T/ΣT from that of the totals T: (C − p 1ᵀC − C1 pᵀ + p pᵀ 1ᵀC1)/W².
static void shares_of_totals(double *total, double *cov, size_t cells, double weight)
{
    double sum = 0, all = 0, *row = mem_new(cells + 1, sizeof *row);
    for (size_t i = 0; i < cells; i++) {
        sum += total[i];
        for (size_t j = 0; j < cells; j++)
            row[i] += cov[i * cells + j];
        all += row[i];
    }
    for (size_t i = 0; i < cells; i++)
        total[i] /= sum;
    for (size_t i = 0; i < cells; i++)
        for (size_t j = 0; j < cells; j++)
            cov[i * cells + j] = (cov[i * cells + j] - total[i] * row[j] - row[i] * total[j] +
                                  total[i] * total[j] * all) /
                                 (weight * weight);
    mem_free(row);
}

void test_independence(const struct sides *s)
{
    size_t levels = s->asked->levels.count, cells = s->left * levels;
    double *share = NEWS(s->arena, cells + 1, double), weight = 0;
    double *cov = NEWS(s->arena, cells * cells + 1, double);
    const struct scores **scores = NEWS(s->arena, cells + 1, const struct scores *);
    struct ftest f;
    if (levels < 2 || cells > MOST_CELLS)
        return;
    for (size_t g = 0; g < s->left; g++) {
        weight += s->base[g]->weighted_n;
        for (size_t k = 0; k < levels; k++)
            scores[g * levels + k] = cell_total(s, g, k, &share[g * levels + k]);
    }
    scores_cov_all(scores, cells, cov);
    shares_of_totals(share, cov, cells, weight);
    if (chisq_rao_scott(share, cov, s->left, levels, s->n, side_df(s), &f))
        side_add(s, "rao_scott", &f, "Rao-Scott second-order F");
}

// ---- classical analysis of variance, for simple samples

static void add_to_anova(const struct sides *s, size_t g, struct anova_group *group)
{
    const struct base *b = s->base[g];
    for (size_t k = 0; s->classes[g] && k < s->asked->levels.count; k++)
        for (double i = 0; i < s->classes[g]->n[k]; i++)
            anova_add(group, class_value(s->asked, k));
    for (size_t i = 0; !s->classes[g] && i < b->n; i++)
        anova_add(group, column_whole(s->asked->column, b->row[i]));
}

void test_anova(const struct sides *s)
{
    struct anova_group *groups = mem_new(s->left + 1, sizeof *groups);
    struct anova a;
    for (size_t g = 0; g < s->left; g++)
        add_to_anova(s, g, &groups[g]);
    if (anova_oneway(groups, s->left, s->asked->column->scale, &a)) {
        struct ftest f = {.statistic = a.f, .df1 = a.df1, .df2 = a.df2, .p = a.p};
        side_add(s, "anova", &f, "classical one-way F, no weights");
    }
    mem_free(groups);
}

// ---- trend over periods

// Periods keep their place in time: one without answers leaves the sum, not the scale.
void test_trend(const struct sides *s)
{
    size_t count = s->count, at = 0;
    bool *present = NEWS(s->arena, count + 1, bool);
    double *theta = NEWS(s->arena, count + 1, double), *c = NEWS(s->arena, count + 1, double);
    double *cov = NEWS(s->arena, count * count + 1, double), *x = numbers(s);
    const struct scores **scores = NEWS(s->arena, count + 1, const struct scores *);
    for (size_t g = 0; g < count; g++) {
        struct view view;
        struct cell cell = side_cell(s, s->group[g], &view);
        present[g] = class_base_of(&cell, BASE_VALID)->n > 0;
        if (present[g])
            scores[g] = mean_scores(s, at++, x, &theta[g]);
    }
    mem_free(x);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++)
            cov[i * count + j] = present[i] && present[j] ? scores_cov(scores[i], scores[j]) : 0;
    double df = side_df(s);
    if (!effect_trend(present, count, c) || !(df >= 1))
        return;
    double slope = effect_contrast(c, theta, count), v = effect_contrast_variance(c, cov, count);
    if (!(v > 0))
        return;
    struct ftest f = {.statistic = slope * slope / v, .df1 = 1, .df2 = df};
    f.p = dist_f_upper(f.statistic, 1, df);
    side_add(s, "trend", &f, "linear trend over periods");
}
