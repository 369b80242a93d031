// SPDX-License-Identifier: GPL-3.0-or-later
// The page: one file, no script, no font, no request.
#include "engine/report/escape.h"
#include "engine/report/fmt.h"
#include "engine/report/html.h"

void html_raw(struct page *p, const char *markup)
{
    buf_text(p->out, markup);
}

void html_text(struct page *p, const char *text)
{
    escape_html(p->out, str_of(text ? text : ""));
}

void html_say(struct page *p, struct text text)
{
    html_text(p, text.in[p->lang]);
}

const char *html_word(const struct page *p, const char *english, const char *french)
{
    return p->lang == LANG_FR ? french : english;
}

void html_hidden(struct page *p, const char *text)
{
    html_raw(p, "<span class=\"unseen\"> ");
    html_text(p, text);
    html_raw(p, "</span>");
}

// ---- head

static void put_head(struct page *p)
{
    const struct study *s = p->doc->results->study;
    buf_print(p->out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
              lang_tags[p->lang]);
    html_raw(p, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                "img-src 'self' data:; style-src 'unsafe-inline'\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                "<meta name=\"color-scheme\" content=\"light dark\">\n"
                "<meta name=\"generator\" content=\"etalon ");
    html_text(p, p->edition->program);
    html_raw(p, "\">\n<title>");
    html_say(p, s->title);
    html_raw(p, " – ");
    fmt_period(p->out, p->doc->period, p->lang);
    html_raw(p, "</title>\n");
    html_style(p);
    html_raw(p, "</head>\n");
}

static void put_switch(struct page *p)
{
    static const char *const names[LANG_COUNT] = {"English", "Français"};
    html_raw(p, "<div class=\"switch\"><span>");
    html_say(p, p->doc->results->study->total.name);
    html_raw(p, "</span>");
    for (int lang = 0; lang < LANG_COUNT; lang++)
        if (lang != (int)p->lang && p->edition->langs[lang])
            buf_print(p->out, "<a href=\"report.%s.html\" hreflang=\"%s\" lang=\"%s\">%s</a>",
                      lang_ids[lang], lang_tags[lang], lang_tags[lang], names[lang]);
    html_raw(p, "</div>\n");
}

// In French the first of a month has its ending raised.
static void put_date(struct page *p, int32_t days)
{
    struct buf text = {0};
    fmt_date(&text, days, p->lang);
    bool first = strncmp(text.ptr, "1er ", 4) == 0;
    html_raw(p, first ? "1<sup>er</sup>" : "");
    html_text(p, text.ptr + (first ? 3 : 0));
    buf_free(&text);
}

static void put_facts(struct page *p)
{
    const struct study *s = p->doc->results->study;
    const char *date = *p->edition->date ? p->edition->date : s->date;
    int32_t days;
    buf_print(p->out, "<dl class=\"facts\">\n<div><dt>%s</dt><dd>",
              html_word(p, "Period", "Période"));
    fmt_period(p->out, p->doc->period, p->lang);
    html_raw(p, "</dd></div>\n");
    if (date && date_read(str_of(date), DATE_YMD, &days)) {
        buf_print(p->out, "<div><dt>%s</dt><dd>", html_word(p, "Date", "Date"));
        put_date(p, days);
        html_raw(p, "</dd></div>\n");
    }
    html_raw(p, "</dl>\n");
}

static void put_banner(struct page *p)
{
    if (!p->doc->results->study->synthetic)
        return;
    buf_print(p->out, "<p class=\"banner\">%s</p>\n",
              html_word(p,
                        "The data of this report are synthetic: a program made them to show what "
                        "a report looks like. They describe no real client, centre or region.",
                        "Les données de ce rapport sont synthétiques" NBSP
                        ": un programme les a produites pour montrer à quoi ressemble un rapport. "
                        "Elles ne décrivent aucun client, centre ni région réels."));
}

static void put_entry(struct page *p, const char *id, const char *title)
{
    buf_print(p->out, "<li><a href=\"#%s\">", id);
    html_text(p, title);
    html_raw(p, "</a></li>\n");
}

static void put_contents(struct page *p)
{
    buf_print(p->out, "<nav aria-label=\"%s\">\n<ul>\n", html_word(p, "Contents", "Sommaire"));
    for (size_t i = 0; i < p->doc->sections.len; i++) {
        const struct section *s = &p->doc->sections.at[i];
        if (s->level == 2)
            put_entry(p, s->id, s->title.in[p->lang]);
    }
    put_entry(p, "symbols", html_word(p, "Symbols", "Signes conventionnels"));
    put_entry(p, "downloads", html_word(p, "Downloads", "Téléchargements"));
    html_raw(p, "</ul>\n</nav>\n");
}

// ---- sections

static void put_sentences(struct page *p, const struct section *s)
{
    if (s->sentences.len == 0)
        return;
    if (s->list)
        html_raw(p, "<ul>\n");
    for (size_t i = 0; i < s->sentences.len; i++) {
        html_raw(p, s->list ? "<li>" : "<p>");
        html_say(p, s->sentences.at[i]);
        html_raw(p, s->list ? "</li>\n" : "</p>\n");
    }
    if (s->list)
        html_raw(p, "</ul>\n");
}

// The figures whose values stand in table t; with NULL, those that no table of the section holds.
static void put_figures(struct page *p, const struct section *s, const struct table *t)
{
    for (size_t i = 0; i < s->figures.len; i++) {
        const struct table *of = document_table_of(p->doc, s->figures.at[i]);
        bool here = false;
        for (size_t k = 0; k < s->tables.len; k++)
            here = here || s->tables.at[k] == of;
        if (here ? of == t : t == NULL)
            html_figure(p, s->figures.at[i]);
    }
}

// `around`: the section it stands in, NULL = none. Its title is part of the name, since each region
// has a section of the same title.
static void put_section(struct page *p, const struct section *s, const struct section *around)
{
    buf_print(p->out, "<section id=\"%s\" aria-labelledby=\"", s->id);
    if (around)
        buf_print(p->out, "%s-title ", around->id);
    buf_print(p->out, "%s-title\"%s>\n<h%d id=\"%s-title\">", s->id,
              s->highlights ? " class=\"highlights\"" : "", s->level, s->id);
    html_say(p, s->title);
    buf_print(p->out, "</h%d>\n", s->level);
    put_sentences(p, s);
    put_figures(p, s, NULL);
    for (size_t i = 0; i < s->tables.len; i++) {
        put_figures(p, s, s->tables.at[i]);
        html_table(p, s->tables.at[i]);
    }
}

// Sections of level 3 stand inside the one of level 2 before them.
static void put_sections(struct page *p)
{
    const struct section *part = NULL;
    for (size_t i = 0; i < p->doc->sections.len; i++) {
        const struct section *s = &p->doc->sections.at[i];
        if (s->level == 2) {
            html_raw(p, part ? "</section>\n" : "");
            part = s;
        }
        put_section(p, s, s == part ? NULL : part);
        if (s->level > 2)
            html_raw(p, "</section>\n");
    }
    if (part)
        html_raw(p, "</section>\n");
}

static void put_footer(struct page *p)
{
    const char *contact = p->doc->results->study->contact.in[p->lang];
    html_raw(p, "<footer>\n");
    if (contact && *contact) {
        buf_print(p->out, "<p>%s%s ", html_word(p, "Contact", "Pour nous joindre"),
                  fmt_colon(p->lang));
        html_text(p, contact);
        html_raw(p, "</p>\n");
    }
    buf_print(p->out, "<p>%s etalon ", html_word(p, "Made with", "Produit avec"));
    html_text(p, p->edition->program);
    html_raw(p, "</p>\n</footer>\n");
}

void write_html(struct buf *out, const struct document *doc, enum lang lang,
                const struct edition *e)
{
    struct page page = {.out = out, .doc = doc, .edition = e, .lang = lang};
    struct page *p = &page;
    put_head(p);
    buf_print(out, "<body>\n<a class=\"skip\" href=\"#main\">%s</a>\n<div class=\"page\">\n",
              html_word(p, "Skip to the content", "Passer au contenu"));
    html_raw(p, "<header>\n");
    put_switch(p);
    html_raw(p, "<h1>");
    html_say(p, doc->results->study->title);
    html_raw(p, "</h1>\n");
    put_facts(p);
    put_banner(p);
    html_raw(p, "</header>\n");
    put_contents(p);
    html_raw(p, "<main id=\"main\">\n");
    put_sections(p);
    html_symbols(p);
    html_downloads(p);
    html_raw(p, "</main>\n");
    put_footer(p);
    html_raw(p, "</div>\n</body>\n</html>\n");
}
