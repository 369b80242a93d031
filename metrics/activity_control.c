// SPDX-License-Identifier: GPL-3.0-or-later
// Control limits of quarterly series (statistics.md 13): four rows of the tests per point, the
// number in `statistic` and in the unit of the indicator, the item named as `indicator` or
// `indicator/item`.
#include "metrics/activity_family.h"
#include "metrics/control.h"

#include <math.h>

static const struct charted {
    const char *indicator;
    enum spc_chart chart;
    bool per_day; // a number of contacts: its rate per day is what is drawn
} charted[] = {
    {"activity.contacts", SPC_U_PRIME, true},
    {"activity.wait_mean", SPC_XMR, false},
    {"activity.wait_median", SPC_XMR, false},
    {"activity.wait_p90", SPC_XMR, false},
    {"activity.handle_mean", SPC_XMR, false},
    {"activity.within_standard", SPC_P_PRIME, false},
    {"activity.resolved", SPC_P_PRIME, false},
    {"activity.resolved_first", SPC_P_PRIME, false},
    {"activity.referred", SPC_P_PRIME, false},
    {"activity.core_share", SPC_P_PRIME, false},
    {"activity.fees", SPC_XMR, false},
    {"activity.cost_per_contact", SPC_XMR, false},
    {"activity.online_share", SPC_P_PRIME, false},
    {"activity.abandonment", SPC_P_PRIME, false},
    {"activity.service_level", SPC_P_PRIME, false},
    {"activity.answer_time", SPC_XMR, false},
};
struct series {
    const struct charted *how;
    VEC(size_t) at; // places in the estimates, by quarter
};

struct all_series {
    struct results *r;
    struct dict keys;
    VEC(struct series) list;
};

static const struct charted *charted_as(const struct estimate *e)
{
    if (*e->by || e->period.kind != PERIOD_QUARTER)
        return NULL;
    for (size_t i = 0; i < sizeof charted / sizeof *charted; i++)
        if (strcmp(charted[i].indicator, e->indicator->label.id) == 0)
            return &charted[i];
    return NULL;
}

// Estimates come period by period, so each series is in order.
static void collect(struct all_series *s, size_t first)
{
    struct buf key = {0};
    for (size_t i = first; i < s->r->estimates.len; i++) {
        const struct estimate *e = &s->r->estimates.at[i];
        const struct charted *how = charted_as(e);
        if (!how || !isfinite(e->value))
            continue;
        buf_clear(&key);
        buf_print(&key, "%s/%s/%u", e->indicator->label.id, e->item, (unsigned)e->region);
        size_t at = (size_t)dict_add(&s->keys, buf_view(&key));
        if (at == s->list.len)
            vec_push(&s->list, (struct series){.how = how});
        vec_push(&s->list.at[at].at, i);
    }
    buf_free(&key);
}

static double days_of(struct period p)
{
    return (double)period_last_day(p) - period_first_day(p) + 1;
}

// What one unit of the chart is in the unit of the indicator.
static double unit_of(const struct charted *how, const struct estimate *e)
{
    if (how->per_day)
        return days_of(e->period);
    return how->chart == SPC_P_PRIME ? 100 : 1;
}

static struct control_point point_of(const struct charted *how, const struct estimate *e)
{
    double unit = unit_of(how, e);
    return (struct control_point){
        .spc = {.value = e->value / unit,
                .size = how->per_day ? days_of(e->period) : e->denominator},
        .unit = unit,
        .n = e->n,
        .period = e->period,
        .reported = e->reported,
    };
}

static const char *item_of(struct results *r, const struct estimate *e)
{
    const char *id = e->indicator->label.id;
    return *e->item ? arena_print(&r->arena, "%s/%s", id, e->item) : id;
}

// Quarters without a value keep their place, so that no moving range spans a gap.
static void chart_series(struct results *r, const struct series *s)
{
    const struct estimate *list = r->estimates.at;
    const struct estimate *head = &list[s->at.at[0]];
    const char *region = places_region_id(r->places, head->region);
    struct control_line line = {
        .chart = s->how->chart, .item = item_of(r, head), .region = head->region, .by = "period"};
    struct period p = head->period;
    int32_t last = period_first_day(list[s->at.at[s->at.len - 1]].period);
    for (size_t i = 0; i < s->at.len && period_first_day(p) <= last; p = period_next(p)) {
        const struct estimate *e = &list[s->at.at[i]];
        bool there = period_same(e->period, p);
        struct control_point point =
            there ? point_of(s->how, e) : (struct control_point){.spc = {.value = NAN}};
        point.spc.starts = line.points.len && run_break(r->study, s->how->indicator, region,
                                                        period_previous(p), p) != NULL;
        vec_push(&line.points, point);
        i += there;
    }
    control_add(r, &line);
    vec_free(&line.points);
}

void activity_control(struct run *run, size_t first)
{
    struct all_series s = {.r = run->results};
    collect(&s, first);
    for (size_t i = 0; i < s.list.len; i++) {
        chart_series(s.r, &s.list.at[i]);
        vec_free(&s.list.at[i].at);
    }
    vec_free(&s.list);
    dict_free(&s.keys);
}
