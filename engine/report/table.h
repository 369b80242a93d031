// SPDX-License-Identifier: GPL-3.0-or-later
// The one table type: what people's writers and charts read. A cell is a number, a label, or absent
// with a symbol; no cell holds text that was formatted from a number.
#pragma once
#include "engine/run/estimate.h"

enum cell_is { IS_ABSENT, IS_NUMBER, IS_LABEL, IS_INTERVAL };

struct table_cell {
    enum cell_is is;
    double number, high; // IS_INTERVAL: number to high
    int decimals;
    bool percent, dollars, signed_number;
    struct text label; // IS_LABEL
    const char
        *symbol; // E, F, x, .., … : raised after a value, alone when absent; NULL or "" = none
    const char *letters; // significance letters, NULL or "" = none
    bool star;           // significantly different from what the caption says
    bool preliminary, revised;
};

struct table_column {
    struct text label;
    bool numeric;
};

struct table {
    const char *name; // file name and anchor: lower case, digits, -
    const char *kind; // name in the list of tables; the name of a region's table is kind-region
    struct text title, caption; // caption: title with period and base
    struct table_column *columns;
    size_t column_count;
    struct table_cell *cells; // row by row; the first column is the row head
    size_t row_count;
    struct text *notes;
    size_t note_count;
    uint16_t region;    // the page it belongs to, REGION_TOTAL = the whole
    const char *family; // id of the section
    bool total;         // the last row is the whole, set apart from the rows above
};

// A growing table in an arena. Columns come before rows.
struct table *table_new(struct arena *a, const char *name, struct text title);
void table_column(struct arena *a, struct table *t, struct text label, bool numeric);
// column_count zeroed cells, which the next call may move: fill a row before asking for another.
struct table_cell *table_row(struct arena *a, struct table *t);
void table_note(struct arena *a, struct table *t,
                struct text note);                          // once, however often asked for
bool table_uses(const struct table *t, const char *symbol); // does any cell carry it?
const struct table_cell *table_at(const struct table *t, size_t row, size_t column);

// A cell from an estimate: its value, or its symbol.
struct table_cell cell_value(const struct estimate *e);    // NULL: ".."
struct table_cell cell_interval(const struct estimate *e); // absent where there is none
struct table_cell cell_count(double n);                    // not finite: ".."
struct table_cell cell_label(struct text label);
struct table_cell cell_absent(const char *symbol);
bool estimate_withheld(const struct estimate *e); // no number of it may be shown

// A cell as people read it, without markup and unescaped: the number with its sign, the interval,
// the label, or the symbol. Raised symbols and letters are the writer's.
void cell_text(struct buf *out, const struct table_cell *c, enum lang lang);

// The symbols of reports.md 4, in the order they stand in a cell.
struct symbol {
    const char *id;     // as shown
    const char *anchor; // of its entry on a page
    struct text meaning;
};
extern const struct symbol symbols[];
extern const size_t symbol_count;
const struct symbol *symbol_find(const char *id); // NULL: not one of them
