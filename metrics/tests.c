// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/tests.h"

#include "metrics/tests_parts.h"

struct cell side_cell(const struct sides *s, const struct group *g, struct view *view)
{
    *view = (struct view){.frame = s->frame,
                          .group = g,
                          .asked = (struct asked *)(uintptr_t)s->asked,
                          .arena = s->arena,
                          .kept = &s->kept[g->number],
                          .book = s->kept,
                          .study = s->run->study,
                          .diags = s->run->diags,
                          .answer_by = "",
                          .answer = ""};
    return (struct cell){.out = s->run->results, .state = view};
}

// The valid answers of each group; groups without any leave the test.
void side_bases(struct sides *s)
{
    s->base = NEWS(s->arena, s->count + 1, const struct base *);
    s->classes = NEWS(s->arena, s->count + 1, const struct class_cell *);
    s->left = 0;
    s->n = 0;
    for (size_t g = 0; g < s->count; g++) {
        struct view view;
        struct cell cell = side_cell(s, s->group[g], &view);
        const struct base *b = class_base_of(&cell, BASE_VALID);
        if (!b->n)
            continue;
        s->classes[s->left] = class_cell_of(&cell);
        s->base[s->left++] = b;
        s->n += (double)b->n;
    }
}

// Rows are units: respondents less the strata that have any.
static double class_union_df(const struct sides *s)
{
    bool seen[CLASSES_STRATA] = {false};
    double df = s->n;
    for (size_t g = 0; g < s->left; g++) {
        const struct class_tally *t = &s->classes[g]->tally;
        for (size_t h = 0; h < t->strata; h++)
            for (size_t k = 0; k < s->asked->levels.count; k++)
                if (s->classes[g]->has[h * t->classes + k] && !seen[t->stratum[h]]) {
                    seen[t->stratum[h]] = true;
                    df--;
                }
    }
    return df;
}

double side_df(const struct sides *s)
{
    if (s->classes[0] && !s->classes[0]->units)
        return class_union_df(s);
    const struct domain *d = s->base[0]->domain;
    for (size_t g = 1; g < s->left; g++)
        d = domain_union(s->arena, d, s->base[g]->domain);
    return d->df;
}

void side_add(const struct sides *s, const char *id, const struct ftest *f, const char *method)
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
                     .n = s->n,
                     .method = method,
                     .reported = true};
    vec_push(&s->run->results->tests, t);
}

void side_refuse(const struct sides *s, const char *test, const char *why)
{
    if (s->cell->region != REGION_TOTAL)
        return; // a region's small samples are no news
    diag(s->run->diags, E0409, s->asked->item->where, "item %s, %s by %s: %s", s->asked->item->id,
         test, s->by, why);
}

// ---- which tests

static void test_sides(struct sides *s)
{
    const struct item *item = s->asked->item;
    bool period = strcmp(s->by, "period") == 0;
    side_bases(s);
    if (s->left < 2)
        return;
    bool table = item_rated(item) || item->scale == SCALE_YES_NO || item->scale == SCALE_CATEGORY;
    if (table && s->wanted[TEST_RAO_SCOTT])
        test_independence(s);
    if (!item_numeric(item))
        return;
    test_numbers(s);
    if (period && s->wanted[TEST_TREND])
        test_trend(s);
    else if (!period && s->wanted[TEST_ANOVA] && s->frame->simple && !s->asked->column->binary)
        test_anova(s);
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
                   const struct group_list *list, struct kept *kept, struct arena *a)
{
    struct sides s = {
        .frame = f, .asked = asked, .arena = a, .run = run, .list = list, .kept = kept};
    bool any = false;
    for (int t = 0; t < TEST_COUNT; t++)
        any |= s.wanted[t] = study_wants(run->study, wanted_tests[t]);
    if (!any)
        return;
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
