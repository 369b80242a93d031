// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/tests.h"

#include "engine/stats/anova.h"
#include "engine/stats/chisq.h"
#include "engine/stats/dist.h"
#include "engine/stats/effect.h"

#include <stdlib.h>

enum { MOST_CELLS = 1000 }; // of a table that is tested for independence

// The groups an item is compared over: regions of a period, or levels of a breakdown in a cell.
struct sides {
    const struct frame *frame;
    const struct asked *asked;
    struct arena *arena;
    struct run *run;
    const struct group *cell;   // where the test stands
    const char *by;             // region, or a breakdown
    const struct group **group; // in time, for periods
    size_t count;
};

static struct cell side_cell(const struct sides *s, const struct group *g, struct view *view)
{
    *view = (struct view){.frame = s->frame,
                          .group = g,
                          .asked = (struct asked *)(uintptr_t)s->asked,
                          .arena = s->arena,
                          .study = s->run->study,
                          .diags = s->run->diags,
                          .answer_by = "",
                          .answer = ""};
    return (struct cell){.out = s->run->results, .state = view};
}

// The valid answers of each group; groups without any leave the test. Returns those left.
static size_t side_bases(const struct sides *s, const struct base **base, double *n)
{
    size_t left = 0;
    *n = 0;
    for (size_t g = 0; g < s->count; g++) {
        struct view view;
        struct cell cell = side_cell(s, s->group[g], &view);
        const struct base *b = base_valid(&cell);
        if (!b->n)
            continue;
        base[left++] = b;
        *n += (double)b->n;
    }
    return left;
}

static const struct domain *union_of(const struct sides *s, const struct base **base, size_t count)
{
    const struct domain *d = base[0]->domain;
    for (size_t g = 1; g < count; g++)
        d = domain_union(s->arena, d, base[g]->domain);
    return d;
}

static void fill_cov(const struct scores *const *list, size_t count, double *cov)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j <= i; j++)
            cov[i * count + j] = cov[j * count + i] = scores_cov(list[i], list[j]);
}

static void add_test(const struct sides *s, const char *id, const struct ftest *f, double n,
                     const char *method)
{
    struct test t = {.test = id,
                     .item = s->asked->item->id,
                     .region = s->cell->region,
                     .period = s->cell->period,
                     .by = s->by,
                     .statistic = f->statistic,
                     .df1 = f->df1,
                     .df2 = f->df2,
                     .p = f->p,
                     .n = n,
                     .method = method,
                     .reported = true};
    vec_push(&s->run->results->tests, t);
}

static void cannot(const struct sides *s, const char *test, const char *why)
{
    if (s->cell->region != REGION_TOTAL)
        return; // a region's small samples are no news
    diag(s->run->diags, E0409, s->asked->item->where, "item %s, %s by %s: %s", s->asked->item->id,
         test, s->by, why);
}

// ---- means of the groups

// Group means of x (one value per frame row) and the scores of each.
static void group_means(const struct sides *s, const struct base **base, size_t count,
                        const double *x, double *theta, const struct scores **scores)
{
    for (size_t g = 0; g < count; g++) {
        const struct base *b = base[g];
        long double sum = 0;
        for (size_t i = 0; i < b->n; i++)
            sum += (long double)b->domain->w[i] * x[b->row[i]];
        theta[g] = (double)(sum / b->weighted_n);
        double *u = NEWS(s->arena, b->n + 1, double);
        for (size_t i = 0; i < b->n; i++)
            u[i] = (x[b->row[i]] - theta[g]) / b->weighted_n;
        struct view view;
        struct cell cell = side_cell(s, s->group[0], &view);
        scores[g] = give_ratio_scores(&cell, b, u);
    }
}

typedef bool equal_means_fn(const double *theta, const double *cov, size_t groups, double d,
                            struct ftest *out);

static void test_means(const struct sides *s, const struct base **base, size_t count, double n,
                       const double *x, const char *id, equal_means_fn *test, const char *method)
{
    double *theta = NEWS(s->arena, count, double), *cov = NEWS(s->arena, count * count, double);
    const struct scores **scores = NEWS(s->arena, count, const struct scores *);
    struct ftest f;
    group_means(s, base, count, x, theta, scores);
    fill_cov(scores, count, cov);
    if (test(theta, cov, count, union_of(s, base, count)->df, &f))
        add_test(s, id, &f, n, method);
    else
        cannot(s, id,
               "no test, since the design allows fewer contrasts than there are, or nothing "
               "varies");
}

// ---- ranks: weight below plus half the weight tied, over all of the groups (Lumley and Scott
// 2013)

struct ranked {
    int64_t v, w;
    uint32_t row;
};

static int ranked_order(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    return (x->v > y->v) - (x->v < y->v);
}

static void mid_ranks(const struct sides *s, const struct base **base, size_t count, double n,
                      double *rank)
{
    struct ranked *sorted = mem_new((size_t)n + 1, sizeof *sorted);
    size_t len = 0;
    int128 total = 0, below = 0;
    for (size_t g = 0; g < count; g++)
        for (size_t i = 0; i < base[g]->n; i++) {
            uint32_t row = base[g]->row[i];
            sorted[len++] = (struct ranked){s->asked->column->number[row], base[g]->weight[i], row};
            total += base[g]->weight[i];
        }
    qsort(sorted, len, sizeof *sorted, ranked_order);
    for (size_t i = 0, end; i < len; i = end) {
        int128 tied = 0;
        for (end = i; end < len && sorted[end].v == sorted[i].v; end++)
            tied += sorted[end].w;
        double score = (double)(((quad)below + (quad)tied / 2) / (quad)total);
        for (size_t k = i; k < end; k++)
            rank[sorted[k].row] = score;
        below += tied;
    }
    mem_free(sorted);
}

static void tests_of_numbers(const struct sides *s, const struct base **base, size_t count,
                             double n)
{
    double *x = mem_new(s->frame->rows + 1, sizeof *x);
    for (size_t g = 0; g < count; g++)
        for (size_t i = 0; i < base[g]->n; i++)
            x[base[g]->row[i]] = column_value(s->asked->column, base[g]->row[i]);
    test_means(s, base, count, n, x, "wald", chisq_wald, "adjusted Wald test of equal means");
    mid_ranks(s, base, count, n, x);
    test_means(s, base, count, n, x, "rank", chisq_wald_plain,
               count == 2 ? "design-based Wilcoxon test" : "design-based Kruskal-Wallis test");
    mem_free(x);
}

// ---- independence of answers and groups

// Weighted totals of the cells (group × answer) and their scores.
static void cell_totals(const struct sides *s, const struct base **base, size_t count,
                        double *total, const struct scores **scores)
{
    size_t levels = s->asked->levels.count;
    for (size_t g = 0; g < count; g++)
        for (size_t k = 0; k < levels; k++) {
            const struct base *b = base[g];
            double *u = NEWS(s->arena, b->n + 1, double);
            int128 sum = 0;
            for (size_t i = 0; i < b->n; i++) {
                u[i] = asked_named(s->asked, k, b->row[i]);
                sum += u[i] > 0 ? b->weight[i] : 0;
            }
            total[g * levels + k] = (double)sum;
            scores[g * levels + k] = scores_linear(s->arena, b->domain, u, s->frame->residuals);
        }
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

static void test_independence(const struct sides *s, const struct base **base, size_t count,
                              double n)
{
    size_t levels = s->asked->levels.count, cells = count * levels;
    double *share = NEWS(s->arena, cells + 1, double), weight = 0;
    double *cov = NEWS(s->arena, cells * cells + 1, double);
    const struct scores **scores = NEWS(s->arena, cells + 1, const struct scores *);
    struct ftest f;
    if (levels < 2 || cells > MOST_CELLS)
        return;
    cell_totals(s, base, count, share, scores);
    fill_cov(scores, cells, cov);
    for (size_t g = 0; g < count; g++)
        weight += base[g]->weighted_n;
    shares_of_totals(share, cov, cells, weight);
    if (chisq_rao_scott(share, cov, count, levels, n, union_of(s, base, count)->df, &f))
        add_test(s, "rao_scott", &f, n, "Rao-Scott second-order F");
}

// ---- classical analysis of variance, for simple samples

static void test_anova(const struct sides *s, const struct base **base, size_t count, double n)
{
    struct anova_group *groups = mem_new(count + 1, sizeof *groups);
    struct anova a;
    for (size_t g = 0; g < count; g++)
        for (size_t i = 0; i < base[g]->n; i++)
            anova_add(&groups[g], s->asked->column->number[base[g]->row[i]]);
    if (anova_oneway(groups, count, s->asked->column->scale, &a)) {
        struct ftest f = {.statistic = a.f, .df1 = a.df1, .df2 = a.df2, .p = a.p};
        add_test(s, "anova", &f, n, "classical one-way F, no weights");
    }
    mem_free(groups);
}

// ---- trend over periods

static void test_trend(const struct sides *s, const struct base **base, double n)
{
    size_t count = s->count;
    bool *present = NEWS(s->arena, count + 1, bool);
    double *theta = NEWS(s->arena, count + 1, double), *c = NEWS(s->arena, count + 1, double);
    double *cov = NEWS(s->arena, count * count + 1, double);
    const struct scores **scores = NEWS(s->arena, count + 1, const struct scores *);
    double *x = mem_new(s->frame->rows + 1, sizeof *x);
    size_t left = 0;
    for (size_t i = 0; i < s->frame->rows; i++)
        x[i] = s->asked->why[i] == VALID ? column_value(s->asked->column, i) : 0;
    for (size_t g = 0; g < count; g++) {
        struct view view;
        struct cell cell = side_cell(s, s->group[g], &view);
        const struct base *b = base_valid(&cell);
        present[g] = b->n > 0;
        if (present[g])
            group_means(s, &base[left++], 1, x, &theta[g], &scores[g]);
    }
    mem_free(x);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++)
            cov[i * count + j] = present[i] && present[j] ? scores_cov(scores[i], scores[j]) : 0;
    double df = union_of(s, base, left)->df;
    if (!effect_trend(present, count, c) || !(df >= 1))
        return;
    double slope = effect_contrast(c, theta, count), v = effect_contrast_variance(c, cov, count);
    if (!(v > 0))
        return;
    struct ftest f = {.statistic = slope * slope / v, .df1 = 1, .df2 = df};
    f.p = dist_f_upper(f.statistic, 1, df);
    add_test(s, "trend", &f, n, "linear trend over periods");
}

// ---- which tests

static void test_sides(const struct sides *s)
{
    const struct item *item = s->asked->item;
    const struct base **base = NEWS(s->arena, s->count + 1, const struct base *);
    double n;
    size_t left = side_bases(s, base, &n);
    bool period = strcmp(s->by, "period") == 0;
    if (left < 2)
        return;
    if (item_rated(item) || item->scale == SCALE_YES_NO || item->scale == SCALE_CATEGORY)
        test_independence(s, base, left, n);
    if (!item_numeric(item))
        return;
    tests_of_numbers(s, base, left, n);
    if (period)
        test_trend(s, base, n);
    else if (s->frame->simple && !s->asked->column->binary)
        test_anova(s, base, left, n);
}

static bool same_place(const struct group *a, const struct group *b)
{
    return a->region == b->region && period_same(a->period, b->period);
}

// Groups of the total cell: the regions of its period.
static void by_region(struct sides *s, const struct group_list *list)
{
    s->by = "region";
    s->count = 0;
    for (size_t i = 0; i < list->groups.len; i++) {
        const struct group *g = &list->groups.at[i];
        if (g->region != REGION_TOTAL && !*g->breakdown && period_same(g->period, s->cell->period))
            s->group[s->count++] = g;
    }
    test_sides(s);
}

static void by_breakdown(struct sides *s, const struct group_list *list, const char *breakdown)
{
    s->by = breakdown;
    s->count = 0;
    for (size_t i = 0; i < list->groups.len; i++) {
        const struct group *g = &list->groups.at[i];
        if (same_place(g, s->cell) && strcmp(g->breakdown, breakdown) == 0)
            s->group[s->count++] = g;
    }
    test_sides(s);
}

// The period of the cell and the earlier ones of its kind.
static void by_period(struct sides *s, const struct group_list *list)
{
    s->by = "period";
    s->count = 0;
    for (size_t i = 0; i < list->groups.len; i++) {
        const struct group *g = &list->groups.at[i];
        if (g->region == s->cell->region && !*g->breakdown &&
            g->period.kind == s->cell->period.kind && g->period.kind != PERIOD_ALL &&
            period_order(g->period, s->cell->period) <= 0)
            s->group[s->count++] = g;
    }
    test_sides(s);
}

void tests_of_item(struct run *run, const struct frame *f, const struct asked *asked,
                   const struct group_list *list, struct arena *a)
{
    struct sides s = {.frame = f, .asked = asked, .arena = a, .run = run};
    s.group = mem_new(list->groups.len + 1, sizeof *s.group);
    for (size_t i = 0; i < list->groups.len; i++) {
        s.cell = &list->groups.at[i];
        if (s.cell->need != SPAN_REPORT || *s.cell->breakdown)
            continue;
        if (s.cell->region == REGION_TOTAL)
            by_region(&s, list);
        by_period(&s, list);
        for (size_t b = 0; b < f->breakdown_count; b++)
            by_breakdown(&s, list, f->breakdowns[b].id);
    }
    mem_free(s.group);
}
