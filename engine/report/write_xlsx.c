// SPDX-License-Identifier: GPL-3.0-or-later
// The workbook: a cover, the notes, one sheet a table. Texts are string cells and numbers number
// cells; nothing that came from a file is ever handed on as a formula, an address or a format.
#include "engine/report/book.h"
#include "engine/report/fmt.h"
#include "engine/report/writers.h"
#include "engine/report/xlsx.h"

enum {
    HEAD_ROW = 3, // from 0: the table stands from A4 on
    WIDTH_LEAST = 8,
    WIDTH_MOST = 60,
    LETTER_PAPER = 1,
    DAY = 86400,
    DAY_2000 = 10957, // 2000-01-01 in days since 1970
};

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
    lxw_error failed; // the first one
};

static void check(struct workbook *b, lxw_error error)
{
    if (!b->failed)
        b->failed = error;
}

static void *got(struct workbook *b, void *made)
{
    if (!made)
        check(b, LXW_ERROR_MEMORY_MALLOC_FAILED);
    return made;
}

static const char *word(const struct workbook *b, const char *english, const char *french)
{
    return b->lang == LANG_FR ? french : english;
}

static char *plain(const char *text) // the library takes texts it does not change without const
{
    return (char *)(uintptr_t)text;
}

// ---- cells

static void put_text(struct workbook *b, lxw_worksheet *on, size_t row, size_t column,
                     const char *text, lxw_format *format)
{
    const char *clean = book_text(&b->arena, text);
    check(b, worksheet_write_string(on, (lxw_row_t)row, (lxw_col_t)column, clean, format));
}

static void put_link(struct workbook *b, lxw_worksheet *on, size_t row, size_t column,
                     const char *to)
{
    const char *url = arena_print(&b->arena, "internal:'%s'!A1", to);
    check(b,
          worksheet_write_url_opt(on, (lxw_row_t)row, (lxw_col_t)column, url, b->link, to, NULL));
}

static lxw_format *number_format(struct workbook *b, const char *code)
{
    for (size_t i = 0; i < b->numbers.len; i++)
        if (strcmp(b->numbers.at[i].code, code) == 0)
            return b->numbers.at[i].format;
    struct number_format made = {code, got(b, workbook_add_format(b->file))};
    if (made.format)
        format_set_num_format(made.format, code);
    vec_push(&b->numbers, made);
    return made.format;
}

static void put_cell(struct workbook *b, lxw_worksheet *on, size_t row, size_t column,
                     const struct book_cell *c)
{
    if (c->text)
        put_text(b, on, row, column, c->text, NULL);
    else
        check(b, worksheet_write_number(on, (lxw_row_t)row, (lxw_col_t)column, c->number,
                                        number_format(b, c->format)));
}

static void set_width(struct workbook *b, lxw_worksheet *on, size_t column, size_t width)
{
    width = width < WIDTH_LEAST ? WIDTH_LEAST : width > WIDTH_MOST ? WIDTH_MOST : width;
    check(b, worksheet_set_column(on, (lxw_col_t)column, (lxw_col_t)column, (double)width, NULL));
}

// A spreadsheet table over cells that are written already; heads[] are unique.
static void make_table(struct workbook *b, lxw_worksheet *on, size_t row, size_t rows,
                       const char *const *heads, size_t count, bool filter)
{
    lxw_table_column *columns = NEWS(&b->arena, count, lxw_table_column);
    lxw_table_column **list = NEWS(&b->arena, count + 1, lxw_table_column *);
    for (size_t i = 0; i < count; i++) {
        columns[i].header = plain(heads[i]);
        columns[i].header_format = b->head;
        list[i] = &columns[i];
    }
    lxw_table_options options = {.columns = list,
                                 .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
                                 .style_type_number = 1,
                                 .no_autofilter = !filter};
    check(b, worksheet_add_table(on, (lxw_row_t)row, 0, (lxw_row_t)(row + rows),
                                 (lxw_col_t)(count - 1), &options));
}

// ---- sheets

static lxw_worksheet *add_sheet(struct workbook *b, const char *name, const char *title)
{
    lxw_worksheet *on = got(b, workbook_add_worksheet(b->file, name));
    if (!on)
        return NULL;
    worksheet_set_paper(on, LETTER_PAPER);
    worksheet_set_landscape(on);
    worksheet_fit_to_pages(on, 1, 0);
    put_text(b, on, 0, 0, title, b->title);
    return on;
}

static void put_table_sheet(struct workbook *b, const struct book_sheet *s)
{
    lxw_worksheet *on = add_sheet(b, s->name, s->title);
    if (!on)
        return;
    put_text(b, on, 1, 0, s->symbols, NULL);
    put_link(b, on, 2, 0, b->names[0]);
    const char **heads = NEWS(&b->arena, s->column_count, const char *);
    for (size_t i = 0; i < s->column_count; i++) {
        heads[i] = s->columns[i].head;
        put_text(b, on, HEAD_ROW, i, heads[i], b->head);
        set_width(b, on, i, s->columns[i].width);
        for (size_t row = 0; row < s->row_count; row++)
            put_cell(b, on, HEAD_ROW + 1 + row, i, book_at(s, row, i));
    }
    if (s->row_count) // a spreadsheet table has a row
        make_table(b, on, HEAD_ROW, s->row_count, heads, s->column_count, true);
    worksheet_freeze_panes(on, HEAD_ROW + 1, 1);
    check(b, worksheet_repeat_rows(on, HEAD_ROW, HEAD_ROW));
    size_t below = HEAD_ROW + 1 + s->row_count;
    for (size_t i = 0; i < s->note_count; i++)
        put_text(b, on, below + i, 0, s->notes[i], NULL);
    check(b, xlsx_chart(b->file, on, s, below + s->note_count + 1));
}

static size_t put_pair(struct workbook *b, lxw_worksheet *on, size_t row, const char *what,
                       const char *text)
{
    put_text(b, on, row, 0, what, b->bold);
    put_text(b, on, row, 1, text, b->wrapped);
    return row + 1;
}

static size_t put_facts(struct workbook *b, lxw_worksheet *on, size_t row)
{
    const struct study *s = b->doc->results->study;
    const char *date = *b->edition->date ? b->edition->date : s->date;
    struct buf text = {0};
    int32_t days;
    fmt_period(&text, b->doc->period, b->lang);
    row = put_pair(b, on, row, word(b, "Period", "Période"), text.ptr);
    buf_clear(&text);
    if (date && date_read(str_of(date), DATE_YMD, &days)) {
        fmt_date(&text, days, b->lang);
        row = put_pair(b, on, row, "Date", text.ptr);
    }
    buf_free(&text);
    if (s->synthetic)
        row = put_pair(b, on, row, word(b, "Notice", "Avis"),
                       word(b,
                            "The data are synthetic: a program made them. They describe no real "
                            "client, centre or region.",
                            "Les données sont synthétiques" NBSP
                            ": un programme les a produites. Elles ne décrivent aucun client, "
                            "centre ni région réels."));
    return row;
}

static size_t put_method(struct workbook *b, lxw_worksheet *on, size_t row)
{
    for (size_t i = 0; i < b->doc->sections.len; i++) {
        const struct section *s = &b->doc->sections.at[i];
        for (size_t k = 0; strcmp(s->id, "method") == 0 && k < s->sentences.len; k++)
            row = put_pair(b, on, row, s->title.in[b->lang], s->sentences.at[k].in[b->lang]);
    }
    return row;
}

static void put_cover(struct workbook *b)
{
    const struct study *s = b->doc->results->study;
    lxw_worksheet *on = add_sheet(b, b->names[0], s->title.in[b->lang]);
    if (!on)
        return;
    set_width(b, on, 0, SHEET_NAME_MOST);
    check(b, worksheet_set_column(on, 1, 1, 100, NULL));
    size_t head = put_method(b, on, put_facts(b, on, 1)) + 1;
    put_link(b, on, head + 1, 0, b->names[1]);
    put_text(b, on, head + 1, 1, word(b, "Symbols and notes", "Signes et notes"), b->wrapped);
    size_t count = b->doc->tables.len;
    for (size_t i = 0; i < count; i++) {
        put_link(b, on, head + 2 + i, 0, b->names[2 + i]);
        put_text(b, on, head + 2 + i, 1, b->doc->tables.at[i]->caption.in[b->lang], b->wrapped);
    }
    const char *const heads[] = {word(b, "Sheet", "Feuille"), word(b, "Contents", "Contenu")};
    make_table(b, on, head, count + 1, heads, 2, false);
}

static size_t put_symbols(struct workbook *b, lxw_worksheet *on, size_t head)
{
    size_t row = head + 1;
    for (size_t i = 0; i < symbol_count; i++)
        if (document_uses(b->doc, symbols[i].id))
            row = put_pair(b, on, row, symbols[i].id, symbols[i].meaning.in[b->lang]);
    row = put_pair(b, on, row, "A B",
                   word(b, "significantly above the region of that letter",
                        "significativement au-dessus de la région de cette lettre"));
    row = put_pair(b, on, row, NULL, word(b, "no symbol", "aucun signe"));
    const char *const heads[] = {word(b, "Symbol", "Signe"), word(b, "Meaning", "Signification")};
    make_table(b, on, head, row - head - 1, heads, 2, false);
    return row;
}

static void put_notes(struct workbook *b, const struct book_sheet *sheets)
{
    lxw_worksheet *on = add_sheet(b, b->names[1], word(b, "Symbols and notes", "Signes et notes"));
    if (!on)
        return;
    set_width(b, on, 0, SHEET_NAME_MOST);
    check(b, worksheet_set_column(on, 1, 1, 100, NULL));
    put_text(b, on, 1, 0,
             word(b, "A withheld figure shows its symbol in place of a number.",
                  "Un chiffre retenu laisse place à son signe."),
             NULL);
    put_link(b, on, 2, 0, b->names[0]);
    size_t head = put_symbols(b, on, HEAD_ROW) + 1, row = head + 1;
    for (size_t i = 0; i < b->doc->tables.len; i++)
        for (size_t k = 0; k < sheets[i].note_count; k++, row++) {
            put_link(b, on, row, 0, sheets[i].name);
            put_text(b, on, row, 1, sheets[i].notes[k], b->wrapped);
        }
    const char *const heads[] = {word(b, "Sheet", "Feuille"), "Note"};
    if (row > head + 1)
        make_table(b, on, head, row - head - 1, heads, 2, true);
}

// ---- workbook

static void set_formats(struct workbook *b)
{
    lxw_format **made[] = {&b->title, &b->head, &b->bold, &b->wrapped, &b->link};
    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        if (!(*made[i] = got(b, workbook_add_format(b->file))))
            return;
    format_set_bold(b->title);
    format_set_font_size(b->title, 14);
    format_set_bold(b->head);
    format_set_bold(b->bold);
    format_set_align(b->bold, LXW_ALIGN_VERTICAL_TOP);
    format_set_text_wrap(b->wrapped);
    format_set_align(b->wrapped, LXW_ALIGN_VERTICAL_TOP);
    format_set_font_color(b->link, 0x0B57A4);
    format_set_underline(b->link, LXW_UNDERLINE_SINGLE);
}

// The time of making is the date of the study, or a fixed day: the same results, the same bytes.
static void set_properties(struct workbook *b)
{
    const struct study *s = b->doc->results->study;
    const char *date = *b->edition->date ? b->edition->date : s->date;
    int32_t days;
    if (!date || !date_read(str_of(date), DATE_YMD, &days) || days <= 0)
        days = DAY_2000;
    struct buf period = {0};
    fmt_period(&period, b->doc->period, b->lang);
    lxw_doc_properties properties = {
        .title = plain(book_text(&b->arena, s->title.in[b->lang])),
        .subject = plain(book_text(&b->arena, period.ptr)),
        .author = plain(arena_print(&b->arena, "etalon %s", b->edition->program)),
        .created = (time_t)days * DAY};
    check(b, workbook_set_properties(b->file, &properties));
    check(b, workbook_set_custom_property_string(b->file, "Language", lang_tags[b->lang]));
    buf_free(&period);
}

static void put_sheets(struct workbook *b)
{
    const char *const first[] = {word(b, "Cover", "Couverture"), "Notes"};
    b->names = book_names(&b->arena, b->doc, first, 2);
    size_t count = b->doc->tables.len;
    struct book_sheet *sheets = NEWS(&b->arena, count + 1, struct book_sheet);
    for (size_t i = 0; i < count; i++)
        sheets[i] = book_lay(&b->arena, b->doc, b->doc->tables.at[i], b->names[2 + i], b->lang);
    put_cover(b);
    put_notes(b, sheets);
    for (size_t i = 0; i < count; i++)
        put_table_sheet(b, &sheets[i]);
}

enum status write_xlsx(const char *path, const char *folder, const struct document *doc,
                       enum lang lang, const struct edition *e, struct diags *d)
{
    struct workbook b = {.doc = doc, .edition = e, .lang = lang};
    lxw_workbook_options options = {.tmpdir = plain(folder)};
    b.file = workbook_new_opt(path, &options);
    if (got(&b, b.file)) {
        set_formats(&b);
        if (!b.failed) {
            set_properties(&b);
            put_sheets(&b);
        }
        check(&b, workbook_close(b.file));
    }
    lxw_error failed = b.failed;
    vec_free(&b.numbers);
    arena_free(&b.arena);
    if (failed)
        return diag(d, E0608, (struct where){0}, "workbook: %s", lxw_strerror(failed));
    return OK;
}
