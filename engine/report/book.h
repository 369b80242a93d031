// SPDX-License-Identifier: GPL-3.0-or-later
// The sheets of a workbook before they are written: a table of the document laid out so that a cell
// holds one number or one text, and never nothing. Knows no file format.
#pragma once
#include "engine/report/document.h"

enum { SHEET_NAME_MOST = 31 };

struct book_cell {
    const char *text;   // NULL: a number
    double number;      // finite, rounded to the decimals shown
    const char *format; // of the number, as spreadsheets write formats
};

enum book_part { PART_WHOLE, PART_LOW, PART_HIGH, PART_SYMBOL };

struct book_column {
    size_t of; // column of the table
    enum book_part part;
    const char *head; // unique in its table, whatever the case
    unsigned width;   // characters of the longest text or number
};

struct book_sheet {
    const char *name; // at most 31 characters, unique in the workbook
    const struct table *table;
    const char *title, *symbols; // what stands above the table
    const char **notes;          // and below
    size_t note_count;
    struct book_column *columns;
    size_t column_count;
    struct book_cell *cells; // row by row
    size_t row_count;
};

// Names of the sheets, `first` ones (cover, notes) before one for each table of the document.
const char **book_names(struct arena *a, const struct document *doc, const char *const *first,
                        size_t first_count);
// Lays out one table; everything lives in the arena.
struct book_sheet book_lay(struct arena *a, const struct document *doc, const struct table *t,
                           const char *name, enum lang lang);
const struct book_cell *book_at(const struct book_sheet *s, size_t row, size_t column);
// A text as a cell may hold it: valid UTF-8, no control characters, not empty, not too long.
const char *book_text(struct arena *a, const char *text);
