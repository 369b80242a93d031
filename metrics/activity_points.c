// SPDX-License-Identifier: GPL-3.0-or-later
// Weekly and daily series of activity under control charts, where a block asks for them: numbers of
// contacts from events, calls and how they were answered from counts. Weeks begin on Monday and
// belong to the quarter of their Thursday; the first and the last one are left out where the data
// begin or end within them. A week or day without a row is a gap: nobody can say whether the office
// was closed or the file is incomplete.
#include "metrics/activity_family.h"
#include "metrics/control.h"

#include "engine/base/sort.h"

#include <math.h>

static const struct figure { // of counts
    const char *indicator;
    enum spc_chart chart;
    int pair; // -1: the number of calls, per day
    double unit;
} figures[] = {
    {"activity.offered", SPC_U_PRIME, -1, 1},
    {"activity.abandonment", SPC_P_PRIME, PAIR_ABANDONMENT, 100},
    {"activity.service_level", SPC_P_PRIME, PAIR_LEVEL, 100},
    {"activity.answer_time", SPC_XMR, PAIR_ANSWER, 1},
};

// One week or day of a place: the regions in their order, then the total.
struct tick {
    size_t place;
    int32_t day;            // its first one
    uint64_t rows, days;    // days that have rows
    struct calls_sums sums; // of counts
};

struct ticks {
    struct run *run;
    enum control_grain grain;
    int32_t first, last;   // days of the data
    struct counters at;    // place and day → number in list + 1
    VEC(struct tick) list; // once settled: by place and day
};

static size_t length_of(enum control_grain grain)
{
    return grain == CONTROL_WEEK ? 7 : 1;
}

static struct tick *tick_of(struct ticks *t, size_t place, int32_t day)
{
    uint64_t key = (uint64_t)place << 32 | cube_day(day), at = counters_get(&t->at, key);
    if (!at) {
        vec_push(&t->list, ((struct tick){.place = place, .day = day}));
        at = counters_add(&t->at, key, t->list.len);
    }
    return &t->list.at[at - 1];
}

static bool is_asked(const struct ticks *t, uint16_t block, enum input_kind kind)
{
    const struct activity *a = &t->run->study->activities[block];
    return a->control == t->grain && a->in.kind == kind;
}

// A day counts once in a place, in however many blocks and regions it has rows.
static void add_days(struct ticks *t, const struct day_rows *days, size_t count,
                     enum input_kind kind)
{
    struct counters seen = {0};
    size_t total = t->run->places->region_count;
    t->first = INT32_MAX, t->last = INT32_MIN;
    for (size_t i = 0; i < count; i++) {
        const struct day_rows *d = &days[i];
        if (!is_asked(t, d->block, kind))
            continue;
        t->first = d->day < t->first ? d->day : t->first;
        t->last = d->day > t->last ? d->day : t->last;
        size_t own = d->region == REGION_TOTAL ? total : t->run->places->region_rank[d->region];
        for (size_t place = own;; place = total) {
            struct tick *tick = tick_of(t, place, days_point(d->day, t->grain));
            uint64_t key = (uint64_t)place << 32 | cube_day(d->day);
            tick->rows += d->rows;
            tick->days += counters_add(&seen, key, 1) == 1;
            if (place == total)
                break;
        }
    }
    counters_free(&seen);
}

static void add_sums(struct ticks *t, const struct calls *c)
{
    size_t total = t->run->places->region_count;
    for (size_t i = 0; i < c->points.len; i++) {
        const struct calls_point *p = &c->points.at[i];
        if (!is_asked(t, p->block, INPUT_COUNTS))
            continue;
        if (p->region != REGION_TOTAL)
            calls_sums_add(&tick_of(t, t->run->places->region_rank[p->region], p->day)->sums,
                           &p->sums);
        calls_sums_add(&tick_of(t, total, p->day)->sums, &p->sums);
    }
}

static uint64_t tick_order(const void *tick)
{
    const struct tick *t = tick;
    return (uint64_t)t->place << 32 | cube_day(t->day);
}

static bool is_whole(const struct ticks *t, const struct tick *tick)
{
    return tick->day >= t->first && tick->day + (int32_t)length_of(t->grain) - 1 <= t->last;
}

// ---- lines

typedef bool value_of(const void *how, const struct tick *tick, struct control_point *out);

static struct control_point number_per_day(double number, double days)
{
    return (struct control_point){
        .spc = {.value = number / days, .size = days}, .value = number, .unit = days, .n = number};
}

static bool contacts_of(const void *how, const struct tick *tick, struct control_point *out)
{
    (void)how;
    *out = number_per_day((double)tick->rows, (double)tick->days);
    return true;
}

static bool figure_of(const void *how, const struct tick *tick, struct control_point *out)
{
    const struct figure *f = how;
    const struct calls_sums *s = &tick->sums;
    if (f->pair < 0) {
        *out = number_per_day(tally_value(&s->sum[CALLS_OFFERED]), (double)tick->days);
        return s->reported[CALLS_OFFERED] > 0;
    }
    double below = tally_value(&s->below[f->pair]), ratio = tally_value(&s->above[f->pair]) / below;
    *out = (struct control_point){.spc = {.value = ratio, .size = below},
                                  .value = ratio * f->unit,
                                  .unit = f->unit,
                                  .n = below};
    return s->both[f->pair] && below > 0;
}

static bool is_reported(const struct run *run, struct period p)
{
    for (size_t i = 0; i < run->span_count; i++)
        if (run->spans[i].need == SPAN_REPORT && span_holds(run->spans[i], p))
            return true;
    return false;
}

static const char *day_text(struct arena *a, int32_t day)
{
    int year, month, of_month;
    cal_date(day, &year, &month, &of_month);
    return arena_print(a, "%04d-%02d-%02d", year, month, of_month);
}

// A gap keeps its place, so that no moving range spans it.
static void add_gap(struct control_line *line, const struct ticks *t, const struct tick *before,
                    const struct tick *tick)
{
    if (before && before->day + (int32_t)length_of(t->grain) != tick->day)
        vec_push(&line->points, ((struct control_point){.spc = {.value = NAN}}));
}

static void chart_place(struct ticks *t, const struct tick *list, size_t count,
                        const char *indicator, enum spc_chart chart, value_of *value,
                        const void *how)
{
    struct results *r = t->run->results;
    bool total = list->place == t->run->places->region_count;
    struct control_line line = {.chart = chart, .item = indicator};
    line.region = total ? (uint16_t)REGION_TOTAL : (uint16_t)list->place;
    line.by = t->grain == CONTROL_WEEK ? "week" : "day";
    const char *region = places_region_id(r->places, line.region);
    const struct tick *before = NULL;
    for (size_t i = 0; i < count; i++) {
        struct control_point point;
        if (!is_whole(t, &list[i]) || !value(how, &list[i], &point))
            continue;
        int32_t middle = list[i].day + (int32_t)length_of(t->grain) / 2;
        add_gap(&line, t, before, &list[i]);
        point.period = period_of_day(middle, r->study->fiscal);
        point.point = day_text(&r->arena, list[i].day);
        point.reported = is_reported(t->run, point.period);
        point.spc.starts =
            before && run_break(r->study, indicator, region,
                                line.points.at[line.points.len - 1].period, point.period) != NULL;
        vec_push(&line.points, point);
        before = &list[i];
    }
    control_add(r, &line);
    vec_free(&line.points);
}

static void chart_places(struct ticks *t, const char *indicator, enum spc_chart chart,
                         value_of *value, const void *how)
{
    for (size_t from = 0, to; from < t->list.len; from = to) {
        for (to = from + 1; to < t->list.len && t->list.at[to].place == t->list.at[from].place;)
            to++;
        chart_place(t, &t->list.at[from], to - from, indicator, chart, value, how);
    }
}

// A week of few contacts would have to be hidden, and others with it, since weeks add up to
// quarters: then no week is shown.
static bool is_small(const struct ticks *t)
{
    for (size_t i = 0; i < t->list.len; i++)
        if ((double)t->list.at[i].rows < t->run->study->min_n && is_whole(t, &t->list.at[i]))
            return true;
    return false;
}

static void chart_contacts(struct ticks *t)
{
    if (t->list.len && is_small(t))
        (void)diag(t->run->diags, E0424, t->run->study->activities[0].in.where,
                   "control charts of contacts: a %s of some region has fewer than %g contacts",
                   t->grain == CONTROL_WEEK ? "week" : "day", t->run->study->min_n);
    else
        chart_places(t, "activity.contacts", SPC_U_PRIME, contacts_of, NULL);
}

static void chart_grain(struct run *run, enum control_grain grain, enum input_kind kind,
                        const struct day_rows *days, size_t count, const struct calls *calls)
{
    struct ticks t = {.run = run, .grain = grain};
    add_days(&t, days, count, kind);
    if (kind == INPUT_COUNTS)
        add_sums(&t, calls);
    sort_items(t.list.at, t.list.len, sizeof *t.list.at, tick_order);
    if (kind == INPUT_EVENTS)
        chart_contacts(&t);
    for (size_t i = 0; kind == INPUT_COUNTS && i < sizeof figures / sizeof *figures; i++)
        chart_places(&t, figures[i].indicator, figures[i].chart, figure_of, &figures[i]);
    vec_free(&t.list);
    counters_free(&t.at);
}

void activity_points(struct run *run, struct contacts *contacts, struct calls *calls)
{
    size_t events, counts;
    struct day_rows *of_events = days_list(&contacts->days, &events);
    struct day_rows *of_counts = days_list(&calls->days, &counts);
    static const enum control_grain grains[] = {CONTROL_WEEK, CONTROL_DAY};
    for (size_t i = 0; i < sizeof grains / sizeof *grains; i++) {
        chart_grain(run, grains[i], INPUT_EVENTS, of_events, events, calls);
        chart_grain(run, grains[i], INPUT_COUNTS, of_counts, counts, calls);
    }
    mem_free(of_events);
    mem_free(of_counts);
}
