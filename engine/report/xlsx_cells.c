// SPDX-License-Identifier: GPL-3.0-or-later
// Texts are string cells and numbers number cells; nothing that came from a file is ever handed on
// as a formula, an address or a format.
#include "engine/report/xlsx_cells.h"

enum { WIDTH_LEAST = 8, WIDTH_MOST = 60, LETTER_PAPER = 1 };

void xlsx_check(struct workbook *b, lxw_error error)
{
    if (!b->failed)
        b->failed = error;
}

void *xlsx_got(struct workbook *b, void *made)
{
    if (!made)
        xlsx_check(b, LXW_ERROR_MEMORY_MALLOC_FAILED);
    return made;
}

char *xlsx_plain(const char *text)
{
    return (char *)(uintptr_t)text;
}

// ---- cells

static void count_text(struct workbook *b, const char *text)
{
    size_t before = b->texts.keys.len;
    dict_add(&b->texts, str_of(text));
    b->made.of[BOOK_CELLS]++;
    if (b->texts.keys.len > before) {
        b->made.of[BOOK_TEXTS]++;
        b->made.of[BOOK_BYTES] += strlen(text);
    }
}

void xlsx_text(struct workbook *b, lxw_worksheet *on, size_t row, size_t column, const char *text,
               lxw_format *format)
{
    const char *clean = book_text(&b->arena, text);
    count_text(b, clean);
    xlsx_check(b, worksheet_write_string(on, (lxw_row_t)row, (lxw_col_t)column, clean, format));
}

void xlsx_link(struct workbook *b, lxw_worksheet *on, size_t row, size_t column, const char *to)
{
    count_text(b, to);
    b->made.of[BOOK_LINKS]++;
    const char *url = arena_print(&b->arena, "internal:'%s'!A1", to);
    xlsx_check(
        b, worksheet_write_url_opt(on, (lxw_row_t)row, (lxw_col_t)column, url, b->link, to, NULL));
}

static lxw_format *number_format(struct workbook *b, const char *code)
{
    for (size_t i = 0; i < b->numbers.len; i++)
        if (strcmp(b->numbers.at[i].code, code) == 0)
            return b->numbers.at[i].format;
    struct number_format made = {code, xlsx_got(b, workbook_add_format(b->file))};
    if (made.format)
        format_set_num_format(made.format, code);
    vec_push(&b->numbers, made);
    return made.format;
}

void xlsx_cell(struct workbook *b, lxw_worksheet *on, size_t row, size_t column,
               const struct book_cell *c)
{
    if (c->text) {
        xlsx_text(b, on, row, column, c->text, NULL);
        return;
    }
    b->made.of[BOOK_CELLS]++;
    xlsx_check(b, worksheet_write_number(on, (lxw_row_t)row, (lxw_col_t)column, c->number,
                                         number_format(b, c->format)));
}

void xlsx_width(struct workbook *b, lxw_worksheet *on, size_t column, size_t width)
{
    width = width < WIDTH_LEAST ? WIDTH_LEAST : width > WIDTH_MOST ? WIDTH_MOST : width;
    xlsx_check(b,
               worksheet_set_column(on, (lxw_col_t)column, (lxw_col_t)column, (double)width, NULL));
}

void xlsx_table(struct workbook *b, lxw_worksheet *on, size_t row, size_t rows,
                const char *const *heads, size_t count, bool filter)
{
    lxw_table_column *columns = NEWS(&b->arena, count, lxw_table_column);
    lxw_table_column **list = NEWS(&b->arena, count + 1, lxw_table_column *);
    for (size_t i = 0; i < count; i++) {
        count_text(b, heads[i]);
        columns[i].header = xlsx_plain(heads[i]);
        columns[i].header_format = b->head;
        list[i] = &columns[i];
    }
    lxw_table_options options = {.columns = list,
                                 .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
                                 .style_type_number = 1,
                                 .no_autofilter = !filter};
    xlsx_check(b, worksheet_add_table(on, (lxw_row_t)row, 0, (lxw_row_t)(row + rows),
                                      (lxw_col_t)(count - 1), &options));
}

// ---- sheets

lxw_worksheet *xlsx_sheet(struct workbook *b, const char *name, const char *title)
{
    lxw_worksheet *on = xlsx_got(b, workbook_add_worksheet(b->file, name));
    if (!on)
        return NULL;
    b->made.of[BOOK_SHEETS]++;
    worksheet_set_paper(on, LETTER_PAPER);
    worksheet_set_landscape(on);
    worksheet_fit_to_pages(on, 1, 0);
    xlsx_text(b, on, 0, 0, title, b->title);
    return on;
}
