// SPDX-License-Identifier: GPL-3.0-or-later
// Inside engine/report only: a workbook while it is filled, cell by cell. The first error of the
// library is kept; calls after it do no harm.
#pragma once
#include "engine/report/book.h"
#include "engine/report/writers.h"
#include "engine/report/xlsx.h"

struct number_format {
    const char *code;
    lxw_format *format;
};

struct workbook {
    struct arena arena;
    lxw_workbook *file;
    const struct document *doc;
    const struct edition *edition;
    enum lang lang;
    const char **names; // of the sheets: cover, notes, then tables
    lxw_format *title, *head, *bold, *wrapped, *link;
    VEC(struct number_format) numbers;
    lxw_error failed;  // the first one
    struct dict texts; // in it
    struct book_counts made;
};

void xlsx_check(struct workbook *b, lxw_error error);
void *xlsx_got(struct workbook *b, void *made); // NULL: no memory
char *xlsx_plain(const char *text); // the library takes texts it does not change without const
lxw_worksheet *xlsx_sheet(struct workbook *b, const char *name, const char *title); // or NULL
void xlsx_text(struct workbook *b, lxw_worksheet *on, size_t row, size_t column, const char *text,
               lxw_format *format);
void xlsx_link(struct workbook *b, lxw_worksheet *on, size_t row, size_t column, const char *to);
void xlsx_cell(struct workbook *b, lxw_worksheet *on, size_t row, size_t column,
               const struct book_cell *c);
void xlsx_width(struct workbook *b, lxw_worksheet *on, size_t column, size_t width);
// A spreadsheet table over cells that are written already; it writes heads[], which are unique.
void xlsx_table(struct workbook *b, lxw_worksheet *on, size_t row, size_t rows,
                const char *const *heads, size_t count, bool filter);
