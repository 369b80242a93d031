// SPDX-License-Identifier: GPL-3.0-or-later
// The control chart of a region as a table, week by week or day by day, where the study asks for
// that grain: the points of the period reported.
#include "metrics/press.h"

// Of a series: the finest grain among its tests, NULL when it has quarters only.
static const char *grain_of(const struct press *p, const char *indicator, uint16_t region)
{
    const char *by = NULL;
    for (size_t i = 0; i < p->r->tests.len; i++) {
        const struct test *t = &p->r->tests.at[i];
        if (t->point && t->reported && t->region == region && strcmp(t->item, indicator) == 0 &&
            (!by || strcmp(t->by, "day") == 0))
            by = t->by;
    }
    return by;
}

enum { SIGNAL_COLUMN = 5 };

// The column of a test, 0 for others.
static size_t column_of(const char *test)
{
    static const char *const columns[] = {"control_value", "control_centre", "control_low",
                                          "control_high"};
    for (size_t i = 0; i < COUNT(columns); i++)
        if (strcmp(columns[i], test) == 0)
            return i + 1;
    return 0;
}

static struct table *start(struct press *p, const char *indicator, uint16_t region, bool weeks)
{
    static const struct text heads[] = {
        TEXT("Centre", "Centre"),
        TEXT("Lower limit", "Limite inférieure"),
        TEXT("Upper limit", "Limite supérieure"),
        TEXT("What stands out", "Constat"),
    };
    struct table *t = press_table(p, region, NO_TITLE,
                                  weeks ? (struct text)TEXT("Week of", "Semaine du")
                                        : (struct text)TEXT("Day", "Jour"));
    table_column(p->a, t, press_indicator_name(p, indicator), true);
    for (size_t i = 0; i < COUNT(heads); i++)
        table_column(p->a, t, heads[i], i + 1 < COUNT(heads));
    return t;
}

static struct text signal_name(double signal)
{
    static const struct text names[] = {
        TEXT("none", "aucun"),
        TEXT("beyond a limit", "hors limites"),
        TEXT("eight on one side", "huit du même côté"),
    };
    return names[signal > 1 ? 2 : signal > 0 ? 1 : 0];
}

// A cell as the indicator's own values are written.
static struct table_cell cell_like(struct press *p, const char *indicator, uint16_t region,
                                   double number)
{
    struct key k = {.indicator = indicator,
                    .item = "",
                    .by = "",
                    .level = "",
                    .region = region,
                    .period = p->period};
    struct table_cell cell = cell_value(press_find(p, k));
    if (cell.is != IS_NUMBER)
        cell = cell_count(0);
    cell.number = number;
    cell.symbol = "";
    cell.preliminary = cell.revised = false;
    return cell;
}

struct table *table_points(struct press *p, const char *indicator, uint16_t region)
{
    const char *by = grain_of(p, indicator, region);
    if (!by)
        return NULL;
    struct table *table = start(p, indicator, region, strcmp(by, "week") == 0);
    struct table_cell *row = NULL;
    for (size_t i = 0; i < p->r->tests.len; i++) {
        const struct test *t = &p->r->tests.at[i];
        int32_t day;
        if (!t->point || !t->reported || t->region != region || strcmp(t->item, indicator) != 0 ||
            strcmp(t->by, by) != 0 || !period_holds(p->period, t->period) ||
            !date_read(str_of(t->point), DATE_YMD, &day))
            continue;
        size_t column = column_of(t->test);
        if (column == 1) {
            row = table_row(p->a, table);
            row[0] = cell_label(say_date(p->a, day));
        }
        if (row && column)
            row[column] = cell_like(p, indicator, region, t->statistic);
        else if (row)
            row[SIGNAL_COLUMN] = cell_label(signal_name(t->statistic));
    }
    return table->row_count ? table : NULL;
}
