// SPDX-License-Identifier: GPL-3.0-or-later
// One table as GitHub Markdown: caption in bold, the table, then symbols and notes.
#include "engine/report/escape.h"
#include "engine/report/writers.h"

static void put_text(struct buf *out, const char *text)
{
    escape_markdown(out, str_of(text ? text : ""));
}

static void put_mark(struct buf *out, const char *mark)
{
    if (!mark || !*mark)
        return;
    buf_text(out, "<sup>");
    put_text(out, mark);
    buf_text(out, "</sup>");
}

static void put_cell(struct buf *out, const struct table_cell *c, enum lang lang)
{
    struct buf text = {0};
    cell_text(&text, c, lang);
    put_text(out, text.ptr);
    buf_free(&text);
    if (c->is == IS_ABSENT)
        return;
    put_mark(out, c->symbol);
    put_mark(out, c->preliminary ? "p" : NULL);
    put_mark(out, c->revised ? "r" : NULL);
    put_mark(out, c->star ? "*" : NULL);
    put_mark(out, c->letters);
}

static void put_head(struct buf *out, const struct table *t, enum lang lang)
{
    for (size_t i = 0; i < t->column_count; i++) {
        buf_text(out, "| ");
        put_text(out, t->columns[i].label.in[lang]);
        buf_char(out, ' ');
    }
    buf_text(out, "|\n");
    for (size_t i = 0; i < t->column_count; i++)
        buf_text(out, t->columns[i].numeric ? "|---:" : "|:---");
    buf_text(out, "|\n");
}

static void put_below(struct buf *out, const struct table *t, enum lang lang)
{
    for (size_t i = 0; i < t->note_count; i++) {
        buf_text(out, "- ");
        put_text(out, t->notes[i].in[lang]);
        buf_char(out, '\n');
    }
    for (size_t i = 0; i < symbol_count; i++) {
        if (!table_uses(t, symbols[i].id))
            continue;
        buf_text(out, "- `");
        buf_text(out, symbols[i].id);
        buf_text(out, "` ");
        put_text(out, symbols[i].meaning.in[lang]);
        buf_char(out, '\n');
    }
}

void write_markdown(struct buf *out, const struct document *doc, const struct table *t,
                    enum lang lang)
{
    buf_text(out, "**");
    put_text(out, t->caption.in[lang]);
    buf_text(out, "**\n\n");
    put_head(out, t, lang);
    for (size_t row = 0; row < t->row_count; row++) {
        for (size_t i = 0; i < t->column_count; i++) {
            buf_text(out, "| ");
            put_cell(out, table_at(t, row, i), lang);
            buf_char(out, ' ');
        }
        buf_text(out, "|\n");
    }
    struct buf below = {0};
    if (doc->results->study->synthetic)
        buf_text(&below, lang == LANG_FR ? "- Données synthétiques\n" : "- Synthetic data\n");
    put_below(&below, t, lang);
    if (below.len)
        buf_char(out, '\n');
    buf_str(out, buf_view(&below));
    buf_free(&below);
}
