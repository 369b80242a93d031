// SPDX-License-Identifier: GPL-3.0-or-later
// Charts inside the workbook: drawn by the spreadsheet from the cells of the sheet they stand on.
// Titles and names are references to cells, so that no text is taken for a formula.
#include "engine/report/xlsx.h"

enum { HEAD_ROW = 3, FIRST_ROW = 4, SERIES_MOST = 8 };

enum drawn {
    DRAWN_INTERVALS, // first number of each row with its interval
    DRAWN_STACK,     // percent columns as parts of a bar
    DRAWN_BARS,      // percent columns side by side
};

static const struct {
    const char *kind; // of the table
    enum drawn drawn;
} kinds[] = {
    {"scores", DRAWN_INTERVALS},
    {"satisfied", DRAWN_INTERVALS},
    {"channels", DRAWN_STACK},
    {"maturity", DRAWN_BARS},
};

// Groups without an order, as in the charts of the report.
static const lxw_color_t colours[SERIES_MOST] = {0x0072B2, 0xE69F00, 0x56B4E9, 0xD55E00,
                                                 0x009E73, 0xF0E442, 0xCC79A7, 0x555555};

struct drawing {
    lxw_chart *chart;
    const struct book_sheet *sheet;
    size_t rows; // drawn, from the first
    lxw_error failed;
};

static bool all_numbers(const struct book_sheet *s, size_t column, size_t rows)
{
    for (size_t row = 0; row < rows; row++)
        if (book_at(s, row, column)->text)
            return false;
    return rows > 0;
}

static bool is_percent(const struct book_sheet *s, size_t column)
{
    const struct table_cell *c = table_at(s->table, 0, s->columns[column].of);
    return s->columns[column].part == PART_WHOLE && c->is == IS_NUMBER && c->percent;
}

static lxw_chart_series *add_series(struct drawing *d, size_t column)
{
    lxw_chart_series *series = chart_add_series(d->chart, NULL, NULL);
    if (!series) {
        d->failed = LXW_ERROR_MEMORY_MALLOC_FAILED;
        return NULL;
    }
    const char *name = d->sheet->name;
    lxw_row_t last = (lxw_row_t)(FIRST_ROW + d->rows - 1);
    lxw_col_t at = (lxw_col_t)column;
    chart_series_set_name_range(series, name, HEAD_ROW, at);
    chart_series_set_categories(series, name, FIRST_ROW, 0, last, 0);
    chart_series_set_values(series, name, FIRST_ROW, at, last, at);
    return series;
}

static void mark(lxw_chart_series *series, uint8_t type, uint8_t size)
{
    lxw_chart_line hidden = {.none = LXW_TRUE}, line = {.color = colours[0]};
    lxw_chart_fill fill = {.color = colours[0]};
    chart_series_set_line(series, &hidden);
    chart_series_set_marker_type(series, type);
    chart_series_set_marker_size(series, size);
    chart_series_set_marker_fill(series, &fill);
    chart_series_set_marker_line(series, &line);
}

// A line chart without its lines: a point a row, its limits as small squares, joined from low to
// high.
static void draw_intervals(struct drawing *d, size_t value, size_t low)
{
    static const uint8_t types[] = {LXW_CHART_MARKER_CIRCLE, LXW_CHART_MARKER_SQUARE,
                                    LXW_CHART_MARKER_SQUARE};
    const size_t columns[] = {value, low, low + 1};
    for (size_t i = 0; i < 3 && !d->failed; i++) {
        lxw_chart_series *series = add_series(d, columns[i]);
        if (series)
            mark(series, types[i], i ? 4 : 9);
    }
    lxw_chart_line line = {.color = colours[0], .width = 1.5F};
    chart_set_high_low_lines(d->chart, &line);
}

static void draw_parts(struct drawing *d)
{
    size_t made = 0;
    for (size_t i = 1; i < d->sheet->column_count && made < SERIES_MOST && !d->failed; i++) {
        if (!is_percent(d->sheet, i) || !all_numbers(d->sheet, i, d->rows))
            continue;
        lxw_chart_series *series = add_series(d, i);
        lxw_chart_fill fill = {.color = colours[made++]};
        if (series)
            chart_series_set_fill(series, &fill);
    }
}

// The column of the first interval whose limits are all there; 0 = none.
static size_t interval_column(const struct book_sheet *s, size_t rows)
{
    for (size_t i = 1; i + 1 < s->column_count; i++)
        if (s->columns[i].part == PART_LOW)
            return all_numbers(s, i, rows) && all_numbers(s, i + 1, rows) ? i : 0;
    return 0;
}

static bool any_parts(const struct book_sheet *s, size_t rows, bool all)
{
    bool any = false;
    for (size_t i = 1; i < s->column_count; i++) {
        if (!is_percent(s, i))
            continue;
        bool whole = all_numbers(s, i, rows);
        if (all && !whole)
            return false; // a stack without one of its parts misleads
        any = any || whole;
    }
    return any;
}

static bool can_draw(const struct book_sheet *s, enum drawn drawn, size_t rows)
{
    switch (drawn) {
    case DRAWN_INTERVALS:
        return s->column_count > 3 && all_numbers(s, 1, rows) && interval_column(s, rows);
    case DRAWN_STACK:
        return any_parts(s, rows, true);
    case DRAWN_BARS:
        return any_parts(s, rows, false);
    }
    return false;
}

static lxw_error draw(lxw_workbook *file, lxw_worksheet *on, const struct book_sheet *s,
                      enum drawn drawn, size_t rows, size_t at)
{
    static const uint8_t types[] = {[DRAWN_INTERVALS] = LXW_CHART_LINE,
                                    [DRAWN_STACK] = LXW_CHART_BAR_STACKED,
                                    [DRAWN_BARS] = LXW_CHART_COLUMN};
    struct drawing d = {workbook_add_chart(file, types[drawn]), s, rows, LXW_NO_ERROR};
    if (!d.chart)
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    if (drawn == DRAWN_INTERVALS)
        draw_intervals(&d, 1, interval_column(s, rows));
    else
        draw_parts(&d);
    lxw_chart_font font = {.size = 12, .bold = LXW_TRUE};
    chart_title_set_name_range(d.chart, s->name, 0, 0);
    chart_title_set_name_font(d.chart, &font);
    chart_legend_set_position(d.chart, LXW_CHART_LEGEND_BOTTOM);
    if (drawn != DRAWN_INTERVALS)
        chart_axis_set_min(drawn == DRAWN_STACK ? d.chart->x_axis : d.chart->y_axis, 0);
    if (drawn == DRAWN_STACK)
        chart_axis_set_reverse(d.chart->y_axis);
    lxw_chart_options options = {.x_scale = 1.6, .y_scale = 1.3, .object_position = 1};
    lxw_error placed = worksheet_insert_chart_opt(on, (lxw_row_t)at, 0, d.chart, &options);
    return d.failed ? d.failed : placed;
}

lxw_error xlsx_chart(lxw_workbook *file, lxw_worksheet *on, const struct book_sheet *s, size_t row)
{
    if (s->table->region != REGION_TOTAL)
        return LXW_NO_ERROR;
    size_t rows[] = {s->row_count, s->row_count - (s->table->total ? 1 : 0)};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        for (size_t k = 0; k < 2 && strcmp(kinds[i].kind, s->table->kind) == 0; k++)
            if (can_draw(s, kinds[i].drawn, rows[k]))
                return draw(file, on, s, kinds[i].drawn, rows[k], row);
    return LXW_NO_ERROR;
}
