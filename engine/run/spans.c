// SPDX-License-Identifier: GPL-3.0-or-later
// Which periods a run computes (interface.md 5, "Periods"), and which breaks forbid a comparison.
#include "engine/run/estimate.h"

#include <stdlib.h>

// Adds a period, or raises what it is needed for.
static void need(struct span *list, size_t *count, struct period p, enum span_need why)
{
    for (size_t i = 0; i < *count; i++)
        if (period_same(list[i].period, p)) {
            if (why < list[i].need)
                list[i].need = why;
            return;
        }
    list[(*count)++] = (struct span){p, why};
}

static bool has_rows(const struct places *p, struct period wanted)
{
    for (size_t i = 0; i < p->periods.len; i++)
        if (span_holds((struct span){wanted, SPAN_REPORT}, p->periods.at[i]))
            return true;
    return false;
}

static void need_if_there(const struct places *p, struct span *list, size_t *count, struct period x)
{
    if (period_is(x) && has_rows(p, x))
        need(list, count, x, SPAN_COMPARE);
}

// Every quarter, or year where a row has no finer period; every year; all.
static void need_everything(const struct places *p, struct span *list, size_t *count)
{
    for (size_t i = 0; i < p->periods.len; i++) {
        struct period row = p->periods.at[i];
        if (!period_is(row) || row.kind == PERIOD_ALL)
            continue;
        need(list, count, row, SPAN_REPORT);
        need(list, count, period_year(row), SPAN_REPORT);
    }
    need(list, count, (struct period){.kind = PERIOD_ALL}, SPAN_REPORT);
}

static int span_order(const void *a, const void *b)
{
    return period_order(((const struct span *)a)->period, ((const struct span *)b)->period);
}

size_t run_spans(const struct places *p, struct period asked, struct span **out)
{
    size_t count = 0, room = 2 * p->periods.len + 8;
    struct span *list = mem_new(room * 2, sizeof *list);
    if (!period_is(asked))
        asked = p->study->period;
    if (!period_is(asked) || asked.kind == PERIOD_ALL) {
        need_everything(p, list, &count);
    } else {
        need(list, &count, asked, SPAN_REPORT);
        need_if_there(p, list, &count, period_previous(asked));
        need_if_there(p, list, &count, period_year_ago(asked));
        need_if_there(p, list, &count, p->study->baseline);
        for (size_t i = 0; i < p->periods.len; i++)
            if (p->periods.at[i].kind == PERIOD_QUARTER &&
                period_last_day(p->periods.at[i]) <= period_last_day(asked))
                need(list, &count, p->periods.at[i], SPAN_TREND);
    }
    qsort(list, count, sizeof *list, span_order);
    *out = list;
    return count;
}

bool span_holds(struct span s, struct period row)
{
    return period_holds(s.period, row);
}

// "activity.*" names a family, "activity.visits" one indicator.
static bool names_indicator(const char *pattern, const char *id)
{
    size_t len = strlen(pattern);
    if (len && pattern[len - 1] == '*')
        return strncmp(pattern, id, len - 1) == 0;
    return strcmp(pattern, id) == 0;
}

const struct trend_break *run_break(const struct study *s, const char *indicator,
                                    const char *region_id, struct period earlier,
                                    struct period later)
{
    for (size_t i = 0; i < s->break_count; i++) {
        const struct trend_break *b = &s->breaks[i];
        bool here =
            !*b->region || strcmp(b->region, region_id) == 0 || strcmp(b->region, s->total.id) == 0;
        int32_t from = period_first_day(b->from);
        if (here && names_indicator(b->indicator, indicator) && period_first_day(earlier) < from &&
            period_last_day(later) >= from)
            return b;
    }
    return NULL;
}
