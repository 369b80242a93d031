// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ingest/header.h"

enum { MOST_HEADER_ROWS = 3, MOST_CELLS = 4096, ROWS_LOOKED_AT = 60 };

struct table { // the cells of the first rows from the header on
    struct str *cells;
    size_t width, rows;
};

static struct str cell(const struct table *t, size_t row, size_t column)
{
    return t->cells[row * t->width + column];
}

// A number, an amount or a date: it begins with a digit, perhaps behind a sign.
static bool is_value(struct str s)
{
    size_t at = s.len > 1 && strchr("$+-.", s.ptr[0]) != NULL;
    return s.len > at && s.ptr[at] >= '0' && s.ptr[at] <= '9';
}

// A column of values below a row: nine of ten cells that are not blank, and five or more of them.
static bool is_typed(const struct table *t, size_t column, size_t below)
{
    size_t filled = 0, values = 0;
    for (size_t row = below + 1; row < t->rows; row++) {
        filled += cell(t, row, column).len > 0;
        values += is_value(cell(t, row, column));
    }
    return values >= 5 && values * 10 >= filled * 9;
}

static bool same_rows(const struct table *t, size_t a, size_t b)
{
    for (size_t i = 0; i < t->width; i++)
        if (!str_same(cell(t, a, i), cell(t, b, i)))
            return false;
    return true;
}

// The row repeats the header, or it has a name in every cell though two columns and more hold
// values everywhere below it.
static bool is_header(const struct table *t, size_t row)
{
    size_t typed = 0;
    for (size_t i = 0; i < t->width; i++) {
        if (!cell(t, row, i).len || is_value(cell(t, row, i)))
            return false;
        typed += is_typed(t, i, row);
    }
    return row + 1 < t->rows && (typed >= 2 || same_rows(t, 0, row));
}

static size_t count_rows(const row_list *rows, size_t header, const struct candidate *c)
{
    size_t width = rows->at[header].width, count = 1;
    struct table t = {.width = width};
    if (width < 2 || width > MOST_CELLS)
        return 1;
    t.cells = mem_new(width * ROWS_LOOKED_AT, sizeof *t.cells);
    for (size_t i = header; i < rows->len && t.rows < ROWS_LOOKED_AT; i++) {
        bool near = i <= header + MOST_HEADER_ROWS;
        if (rows->at[i].width == width)
            rows_cells(&rows->at[i], c, t.cells + t.rows++ * width, width);
        else if (near) // a ragged row so near to the header: no guesses
            break;
    }
    while (count < MOST_HEADER_ROWS && count < t.rows && is_header(&t, count))
        count++;
    mem_free(t.cells);
    return count;
}

// Rows before the table, most of their cells empty, are a preamble.
void header_find(struct str head, bool whole, const struct candidate *c, struct shape *out)
{
    row_list rows = {0};
    rows_take(head, whole, c, &rows);
    size_t i = 0;
    while (i < rows.len && !rows.at[i].broken && rows.at[i].filled * 2 < c->width &&
           rows.at[i].width <= c->width)
        i++;
    bool table = i < rows.len && rows.at[i].width == c->width;
    size_t header = table ? i : 0;
    out->header_line = rows.len ? rows.at[header].line : 1;
    out->header_rows = rows.len ? count_rows(&rows, header, c) : 1;
    vec_free(&rows);
}
