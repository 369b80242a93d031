// SPDX-License-Identifier: GPL-3.0-or-later
// The cells in which the rows of the action plan are computed: span and region.
#include "metrics/plan_state.h"

#include <math.h>

static bool owns(const struct plan_row *row, uint16_t region)
{
    for (size_t i = 0; i < row->region_count; i++)
        if (row->regions[i] == region)
            return true;
    return region == REGION_TOTAL;
}

// Default: the last day of the period; of `all`, the last day of the data.
static int32_t as_of(const struct run *run, struct period period)
{
    if (run->study->plan.as_of != INT32_MIN)
        return run->study->plan.as_of;
    if (period.kind != PERIOD_ALL)
        return period_last_day(period);
    int32_t last = PLAN_NO_DATE;
    for (size_t i = 0; i < run->places->periods.len; i++)
        if (run->places->periods.at[i].kind != PERIOD_ALL &&
            period_last_day(run->places->periods.at[i]) > last)
            last = period_last_day(run->places->periods.at[i]);
    return last;
}

// ---- what the indicators rest on

struct outcomes { // by span and region, the total last
    struct dict ids;
    struct counters seen;
    double *outcome, *all;
    size_t regions;
};

// The family of an indicator decides: surveys and the reach they measure, population, the ledger.
static bool is_outcome(const struct estimate *e)
{
    const char *id = e->indicator->label.id;
    return e->from_survey || strncmp(id, "survey.", 7) == 0 || strncmp(id, "cmt.", 4) == 0 ||
           (strncmp(id, "reach.", 6) == 0 && strcmp(id, "reach.conversion") != 0) ||
           strcmp(id, "plan.ratio") == 0;
}

static size_t outcome_place(const struct outcomes *o, size_t span, uint16_t region)
{
    return span * (o->regions + 1) + (region == REGION_TOTAL ? o->regions : region);
}

// Each indicator counts once in a cell, whatever its items and levels.
static void count_estimate(struct outcomes *o, const struct estimate *e, size_t span)
{
    size_t place = outcome_place(o, span, e->region);
    uint64_t id = (uint64_t)dict_add(&o->ids, str_of(e->indicator->label.id));
    if (counters_add(&o->seen, (uint64_t)place << 24 | id, 1) > 1)
        return;
    o->all[place]++;
    o->outcome[place] += is_outcome(e);
}

static size_t span_place(const struct run *run, struct period period)
{
    size_t i = 0;
    while (i < run->span_count && !period_same(run->spans[i].period, period))
        i++;
    return i;
}

static void count_outcomes(struct outcomes *o, const struct run *run)
{
    const struct results *r = run->results;
    size_t cells = (run->places->region_count + 1) * run->span_count;
    o->regions = run->places->region_count;
    o->outcome = mem_new(cells + 1, sizeof *o->outcome);
    o->all = mem_new(cells + 1, sizeof *o->all);
    for (size_t i = 0; i < r->estimates.len; i++) {
        const struct estimate *e = &r->estimates.at[i];
        size_t span = span_place(run, e->period);
        if (isfinite(e->value) && span < run->span_count)
            count_estimate(o, e, span);
    }
}

static void drop_outcomes(struct outcomes *o)
{
    dict_free(&o->ids);
    counters_free(&o->seen);
    mem_free(o->outcome);
    mem_free(o->all);
}

// ---- cells

static bool is_row(const struct indicator *row, const char *id)
{
    return strcmp(row->label.id, id) == 0;
}

// The plan has no history: only reported periods have its rows, and only regions with an action.
// The ledger has one; the share of outcomes is computed once the ledger's rows are known.
static void fill(const struct run *run, const struct plan_view *view, uint16_t region,
                 bool outcomes)
{
    struct cell cell = {.out = run->results,
                        .item = "",
                        .by = "",
                        .level = "",
                        .region = region,
                        .period = view->span.period,
                        .reported = view->span.need == SPAN_REPORT,
                        .state = view};
    for (size_t i = 0; i < plan_family.count; i++) {
        const struct indicator *row = &plan_family.rows[i];
        bool ledger = is_row(row, "plan.ratio"), share = is_row(row, "plan.outcome_share");
        if (share != outcomes || (!ledger && !cell.reported))
            continue;
        if (ledger || share || view->count)
            row_compute(row, &cell);
    }
}

static void fill_region(const struct run *run, const struct plan_state *s, size_t span,
                        uint16_t region, const struct outcomes *o)
{
    const struct plan_row **mine = mem_new(s->rows.len + 1, sizeof *mine);
    struct plan_view view = {.run = run, .state = s, .rows = mine, .span = run->spans[span]};
    for (size_t i = 0; i < s->rows.len; i++)
        if (owns(&s->rows.at[i], region))
            mine[view.count++] = &s->rows.at[i];
    view.as_of = as_of(run, view.span.period);
    if (o) {
        view.outcome = o->outcome[outcome_place(o, span, region)];
        view.all = o->all[outcome_place(o, span, region)];
    }
    fill(run, &view, region, o != NULL);
    mem_free(mine);
}

static void fill_all(const struct run *run, const struct plan_state *s, const struct outcomes *o)
{
    for (size_t i = 0; i < run->span_count; i++) {
        for (size_t r = 0; r < run->places->region_count; r++)
            fill_region(run, s, i, (uint16_t)r, o);
        fill_region(run, s, i, REGION_TOTAL, o);
    }
}

void plan_compute(struct run *run, void *state)
{
    struct plan_state *s = state;
    struct outcomes o = {0};
    if (!s)
        return;
    plan_settle(run, s);
    fill_all(run, s, NULL);
    count_outcomes(&o, run);
    fill_all(run, s, &o);
    drop_outcomes(&o);
    plan_drop(s);
}
