// SPDX-License-Identifier: GPL-3.0-or-later
// The workbook: a cover, the notes, one sheet a table.
#include "engine/report/fmt.h"
#include "engine/report/xlsx_cells.h"

enum {
    HEAD_ROW = 3, // from 0: the table stands from A4 on
    DAY = 86400,
    DAY_2000 = 10957, // 2000-01-01 in days since 1970
};

static const char *word(const struct workbook *b, const char *english, const char *french)
{
    return b->lang == LANG_FR ? french : english;
}

static void put_table_sheet(struct workbook *b, const struct book_sheet *s)
{
    lxw_worksheet *on = xlsx_sheet(b, s->name, s->title);
    if (!on)
        return;
    xlsx_text(b, on, 1, 0, s->symbols, NULL);
    xlsx_link(b, on, 2, 0, b->names[0]);
    const char **heads = NEWS(&b->arena, s->column_count, const char *);
    for (size_t i = 0; i < s->column_count; i++) {
        heads[i] = s->columns[i].head;
        if (!s->row_count) // a spreadsheet table has a row
            xlsx_text(b, on, HEAD_ROW, i, heads[i], b->head);
        xlsx_width(b, on, i, s->columns[i].width);
        for (size_t row = 0; row < s->row_count; row++)
            xlsx_cell(b, on, HEAD_ROW + 1 + row, i, book_at(s, row, i));
    }
    if (s->row_count)
        xlsx_table(b, on, HEAD_ROW, s->row_count, heads, s->column_count, true);
    worksheet_freeze_panes(on, HEAD_ROW + 1, 1);
    xlsx_check(b, worksheet_repeat_rows(on, HEAD_ROW, HEAD_ROW));
    b->made.of[BOOK_NAMES]++;
    size_t below = HEAD_ROW + 1 + s->row_count;
    for (size_t i = 0; i < s->note_count; i++)
        xlsx_text(b, on, below + i, 0, s->notes[i], NULL);
    xlsx_check(b, xlsx_chart(b->file, on, s, below + s->note_count + 1));
}

static size_t put_pair(struct workbook *b, lxw_worksheet *on, size_t row, const char *what,
                       const char *text)
{
    xlsx_text(b, on, row, 0, what, b->bold);
    xlsx_text(b, on, row, 1, text, b->wrapped);
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
    lxw_worksheet *on = xlsx_sheet(b, b->names[0], s->title.in[b->lang]);
    if (!on)
        return;
    xlsx_width(b, on, 0, SHEET_NAME_MOST);
    xlsx_check(b, worksheet_set_column(on, 1, 1, 100, NULL));
    size_t head = put_method(b, on, put_facts(b, on, 1)) + 1;
    xlsx_link(b, on, head + 1, 0, b->names[1]);
    xlsx_text(b, on, head + 1, 1, word(b, "Symbols and notes", "Signes et notes"), b->wrapped);
    size_t count = b->doc->tables.len;
    for (size_t i = 0; i < count; i++) {
        xlsx_link(b, on, head + 2 + i, 0, b->names[2 + i]);
        xlsx_text(b, on, head + 2 + i, 1, b->doc->tables.at[i]->caption.in[b->lang], b->wrapped);
    }
    const char *const heads[] = {word(b, "Sheet", "Feuille"), word(b, "Contents", "Contenu")};
    xlsx_table(b, on, head, count + 1, heads, 2, false);
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
    xlsx_table(b, on, head, row - head - 1, heads, 2, false);
    return row;
}

static void put_notes(struct workbook *b, const struct book_sheet *sheets)
{
    lxw_worksheet *on = xlsx_sheet(b, b->names[1], word(b, "Symbols and notes", "Signes et notes"));
    if (!on)
        return;
    xlsx_width(b, on, 0, SHEET_NAME_MOST);
    xlsx_check(b, worksheet_set_column(on, 1, 1, 100, NULL));
    xlsx_text(b, on, 1, 0,
              word(b, "A withheld figure shows its symbol in place of a number.",
                   "Un chiffre retenu laisse place à son signe."),
              NULL);
    xlsx_link(b, on, 2, 0, b->names[0]);
    size_t head = put_symbols(b, on, HEAD_ROW) + 1, row = head + 1;
    for (size_t i = 0; i < b->doc->tables.len; i++)
        for (size_t k = 0; k < sheets[i].note_count; k++, row++) {
            xlsx_link(b, on, row, 0, sheets[i].name);
            xlsx_text(b, on, row, 1, sheets[i].notes[k], b->wrapped);
        }
    const char *const heads[] = {word(b, "Sheet", "Feuille"), "Note"};
    if (row > head + 1)
        xlsx_table(b, on, head, row - head - 1, heads, 2, true);
}

// ---- workbook

static void set_formats(struct workbook *b)
{
    lxw_format **made[] = {&b->title, &b->head, &b->bold, &b->wrapped, &b->link};
    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        if (!(*made[i] = xlsx_got(b, workbook_add_format(b->file))))
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
        .title = xlsx_plain(book_text(&b->arena, s->title.in[b->lang])),
        .subject = xlsx_plain(book_text(&b->arena, period.ptr)),
        .author = xlsx_plain(arena_print(&b->arena, "etalon %s", b->edition->program)),
        .created = (time_t)days * DAY};
    xlsx_check(b, workbook_set_properties(b->file, &properties));
    xlsx_check(b, workbook_set_custom_property_string(b->file, "Language", lang_tags[b->lang]));
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
                       enum lang lang, const struct edition *e, struct book_counts *made,
                       struct diags *d)
{
    struct workbook b = {.doc = doc, .edition = e, .lang = lang};
    lxw_workbook_options options = {.tmpdir = xlsx_plain(folder)};
    b.file = workbook_new_opt(path, &options);
    if (xlsx_got(&b, b.file)) {
        set_formats(&b);
        if (!b.failed) {
            set_properties(&b);
            put_sheets(&b);
        }
        xlsx_check(&b, workbook_close(b.file));
    }
    lxw_error failed = b.failed;
    *made = b.made;
    dict_free(&b.texts);
    vec_free(&b.numbers);
    arena_free(&b.arena);
    if (failed)
        return diag(d, E0608, (struct where){0}, "workbook: %s", lxw_strerror(failed));
    return OK;
}
