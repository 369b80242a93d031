// SPDX-License-Identifier: GPL-3.0-or-later
// Tables that follow one region over time: questions by period, and a process with its limits.
#include "metrics/press.h"

#include <math.h>

struct table *table_items_region(struct press *p, uint16_t region)
{
    struct period *periods;
    struct texts items = press_questions(p, p->score);
    size_t count = press_periods(p, p->score, p->overall, &periods);
    struct column *columns = NEWS(p->a, count + 1, struct column);
    for (size_t i = 0; i < count; i++)
        columns[i] = (struct column){
            .indicator = p->score, .head = say_period(p->a, periods[i]), .period = periods[i]};
    if (count < 2)
        return NULL;
    struct table *t =
        press_grid(p, region,
                   (struct text)TEXT("Satisfaction index by question over time",
                                     "Évolution de l'indice de satisfaction selon la question"),
                   press_item_rows(p, items, region), items.count, columns, count, GRID_PRUNED);
    press_first_head(t, head_question);
    return t;
}

// ---- a process and its limits, as tests.csv holds them

static const char *controlled(struct press *p)
{
    static const char *const ids[] = {"activity.service_level", "activity.abandonment",
                                      "activity.contacts"};
    for (size_t i = 0; i < COUNT(ids); i++) {
        const struct row_range rows = results_rows(p->r, ids[i]);
        for (size_t k = rows.from; k < rows.to; k++)
            if (strcmp(p->r->estimates.at[k].indicator->label.id, ids[i]) == 0)
                return ids[i];
    }
    return NULL;
}

// The statistic of the test named by the column's item; in the form of the value beside it.
static struct table_cell show_limit(struct press *p, const struct column *c, struct key k)
{
    k.item = "";
    struct table_cell cell = show_value(p, c, k);
    for (size_t i = 0; i < p->r->tests.len; i++) {
        const struct test *t = &p->r->tests.at[i];
        if (strcmp(t->test, c->item) != 0 || strcmp(t->item, c->indicator) != 0 ||
            t->region != k.region || !period_same(t->period, k.period) || !isfinite(t->statistic))
            continue;
        if (cell.is == IS_NUMBER)
            cell.number = t->statistic, cell.symbol = "";
        return cell;
    }
    return cell.is == IS_NUMBER ? cell_absent("..") : cell;
}

static struct table *control(struct press *p, uint16_t region)
{
    const char *indicator = controlled(p);
    struct period *periods;
    struct table *points = indicator ? table_points(p, indicator, region) : NULL;
    if (points)
        return points;
    size_t count = indicator ? press_periods(p, indicator, "", &periods) : 0;
    if (count < 2)
        return NULL;
    struct row *rows = NEWS(p->a, count, struct row);
    for (size_t i = 0; i < count; i++)
        rows[i] =
            (struct row){say_period(p->a, periods[i]), {.region = region, .period = periods[i]}};
    const struct column columns[] = {
        {.indicator = indicator},
        {.indicator = indicator,
         .show = show_limit,
         .head = TEXT("Centre", "Centre"),
         .item = "control_centre"},
        {.indicator = indicator,
         .show = show_limit,
         .head = TEXT("Lower limit", "Limite inférieure"),
         .item = "control_low"},
        {.indicator = indicator,
         .show = show_limit,
         .head = TEXT("Upper limit", "Limite supérieure"),
         .item = "control_high"},
    };
    struct table *t = press_grid(p, region, NO_TITLE, rows, count, columns, COUNT(columns), 0);
    return press_over_time(p, t, rows, count);
}

struct table *table_control_whole(struct press *p)
{
    return control(p, REGION_TOTAL);
}

struct table *table_control_region(struct press *p, uint16_t region)
{
    return control(p, region);
}
