// SPDX-License-Identifier: GPL-3.0-or-later
// Tables and figures of the page.
#include "engine/report/html.h"

#include "engine/report/fmt.h"

// From so many columns on a table stands closer, to fit on a page.
enum { WIDE = 9 };

// A raised symbol: a link to its meaning, with the words for who cannot see it.
static void put_mark(struct page *p, const char *id)
{
    const struct symbol *s = id && *id ? symbol_find(id) : NULL;
    if (!s)
        return;
    html_raw(p, "<sup><abbr title=\"");
    html_say(p, s->meaning);
    html_raw(p, "\">");
    html_text(p, id);
    html_raw(p, "</abbr></sup>");
    html_hidden(p, s->meaning.in[p->lang]);
}

static void put_letters(struct page *p, const char *letters)
{
    if (!letters || !*letters)
        return;
    html_hidden(p, html_word(p, "significantly above", "significativement au-dessus de"));
    html_raw(p, "<sup>");
    html_text(p, letters);
    html_raw(p, "</sup>");
}

static void put_absent(struct page *p, const struct table_cell *c)
{
    const struct symbol *s = symbol_find(c->symbol && *c->symbol ? c->symbol : "...");
    html_raw(p, "<abbr title=\"");
    html_say(p, s->meaning);
    html_raw(p, "\">");
    html_text(p, s->id);
    html_raw(p, "</abbr>");
    html_hidden(p, s->meaning.in[p->lang]);
}

static void put_content(struct page *p, const struct table_cell *c)
{
    if (c->is == IS_ABSENT) {
        put_absent(p, c);
        return;
    }
    struct buf text = {0};
    cell_text(&text, c, p->lang);
    html_text(p, text.ptr ? text.ptr : "");
    buf_free(&text);
    put_mark(p, c->symbol);
    put_mark(p, c->preliminary ? "p" : NULL);
    put_mark(p, c->revised ? "r" : NULL);
    put_mark(p, c->star ? "*" : NULL);
    put_letters(p, c->letters);
}

static void put_row(struct page *p, const struct table *t, size_t row)
{
    bool whole = t->total && row + 1 == t->row_count;
    html_raw(p, whole ? "<tr class=\"whole\">" : "<tr>");
    for (size_t i = 0; i < t->column_count; i++) {
        const struct table_cell *c = table_at(t, row, i);
        if (i == 0)
            html_raw(p, "<th scope=\"row\">");
        else if (!t->columns[i].numeric)
            html_raw(p, "<td>");
        else
            html_raw(p, c->is == IS_INTERVAL ? "<td class=\"n soft\">" : "<td class=\"n\">");
        put_content(p, c);
        html_raw(p, i == 0 ? "</th>" : "</td>");
    }
    html_raw(p, "</tr>\n");
}

static void put_head(struct page *p, const struct table *t)
{
    html_raw(p, "<thead><tr>");
    for (size_t i = 0; i < t->column_count; i++) {
        html_raw(p,
                 t->columns[i].numeric ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">");
        html_say(p, t->columns[i].label);
        html_raw(p, "</th>");
    }
    html_raw(p, "</tr></thead>\n");
}

static void put_notes(struct page *p, const struct table *t)
{
    if (t->note_count == 0)
        return;
    html_raw(p, "<ul class=\"notes\">\n");
    for (size_t i = 0; i < t->note_count; i++) {
        html_raw(p, "<li>");
        html_say(p, t->notes[i]);
        html_raw(p, "</li>\n");
    }
    html_raw(p, "</ul>\n");
}

void html_table(struct page *p, const struct table *t)
{
    buf_print(p->out,
              "<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
              "aria-labelledby=\"caption-%s\">\n<table id=\"table-%s\"%s>\n"
              "<caption id=\"caption-%s\"><span class=\"title\"><span class=\"number\">%s "
              "%zu.</span> ",
              t->name, t->name, t->column_count >= WIDE ? " class=\"wide\"" : "", t->name,
              html_word(p, "Table", "Tableau"), document_number(p->doc, t));
    html_say(p, t->caption);
    html_raw(p, "</span></caption>\n");
    put_head(p, t);
    html_raw(p, "<tbody>\n");
    for (size_t row = 0; row < t->row_count; row++)
        put_row(p, t, row);
    html_raw(p, "</tbody>\n</table>\n</div>\n");
    put_notes(p, t);
}

// ---- figures

// A page that can be mailed stays under 2 MB: charts stand in it up to here, tables follow.
enum { INLINE_MOST = 3 << 19 };

static void put_chart(struct page *p, const struct figure *f)
{
    const char *svg = strstr(f->svg.in[p->lang], "<svg");
    size_t size = svg ? strlen(svg) : 0;
    if (svg && p->out->len + size <= INLINE_MOST) {
        html_raw(p, svg);
        return;
    }
    buf_print(p->out, "<img src=\"charts/%s/%s.%s.svg\" loading=\"lazy\" alt=\"", f->region,
              f->name, lang_ids[p->lang]);
    html_say(p, f->alternative);
    html_raw(p, "\">");
}

void html_figure(struct page *p, const struct figure *f)
{
    if (!f->svg.in[p->lang])
        return;
    const struct table *t = document_table_of(p->doc, f);
    // On a narrow screen a chart moves sideways in its frame, which the keyboard must reach.
    buf_print(p->out,
              "<figure id=\"figure-%s-%s\">\n<div class=\"chart\" role=\"group\" tabindex=\"0\" "
              "aria-labelledby=\"figcaption-%s-%s\">",
              f->region, f->name, f->region, f->name);
    put_chart(p, f);
    buf_print(p->out, "</div>\n<figcaption id=\"figcaption-%s-%s\">%s %zu. ", f->region, f->name,
              html_word(p, "Figure", "Figure"), ++p->figures);
    html_say(p, f->caption.in[p->lang] ? f->caption : f->title);
    if (t) {
        buf_print(p->out, " %s <a href=\"#table-%s\">%s %zu</a>.",
                  html_word(p, "Values:", "Valeurs" NBSP ":"), t->name,
                  html_word(p, "table", "tableau"), document_number(p->doc, t));
    }
    html_raw(p, "</figcaption>\n</figure>\n");
}
