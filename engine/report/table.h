// SPDX-License-Identifier: GPL-3.0-or-later
// The one table type: what people's writers and charts read. A cell is a number, a label, or absent
// with a symbol; no cell holds text that was formatted from a number.
#pragma once
#include "engine/run/estimate.h"

enum cell_is { IS_ABSENT, IS_NUMBER, IS_LABEL, IS_INTERVAL };

struct table_cell {
    enum cell_is is;
    double number, high;   // IS_INTERVAL: number to high
    int decimals;
    bool percent, dollars, signed_number;
    struct text label;     // IS_LABEL
    const char *symbol;    // E, F, x, .., … : raised after a value, alone when absent; "" = none
    const char *letters;   // significance letters, "" = none
    bool star;             // significantly different from what the caption says
    bool preliminary, revised;
};

struct table_column {
    struct text label;
    bool numeric;
};

struct table {
    const char *name; // file name and anchor: lower case, digits, -
    struct text title, caption; // caption: title with period and base
    struct table_column *columns;
    size_t column_count;
    struct table_cell *cells; // row by row; the first column is the row head
    size_t row_count;
    struct text *notes;
    size_t note_count;
    uint16_t region; // the page it belongs to, REGION_TOTAL = the whole
    const char *family; // id of the section
};

// A growing table in an arena.
struct table *table_new(struct arena *a, const char *name, struct text title);
void table_column(struct arena *a, struct table *t, struct text label, bool numeric);
struct table_cell *table_row(struct arena *a, struct table *t); // column_count zeroed cells
void table_note(struct arena *a, struct table *t, struct text note);
// A cell from an estimate: its value, or its symbol.
struct table_cell cell_value(const struct estimate *e);    // NULL: ".."
struct table_cell cell_interval(const struct estimate *e); // absent where there is none
struct table_cell cell_count(double n);
struct table_cell cell_label(struct text label);
