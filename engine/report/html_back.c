// SPDX-License-Identifier: GPL-3.0-or-later
// The back of the page: symbols, downloads, sums.
#include "engine/report/fmt.h"
#include "engine/report/html.h"

static bool any_letters(const struct document *doc)
{
    for (size_t i = 0; i < doc->tables.len; i++) {
        const struct table *t = doc->tables.at[i];
        for (size_t k = 0; k < t->row_count * t->column_count; k++)
            if (t->cells[k].letters && *t->cells[k].letters)
                return true;
    }
    return false;
}

static void put_symbol(struct page *p, const char *anchor, const char *id, const char *meaning)
{
    buf_print(p->out, "<dt id=\"symbol-%s\">", anchor);
    html_text(p, id);
    html_raw(p, "</dt><dd>");
    html_text(p, meaning);
    html_raw(p, "</dd>\n");
}

void html_symbols(struct page *p)
{
    bool letters = any_letters(p->doc), any = letters;
    for (size_t i = 0; i < symbol_count; i++)
        any = any || document_uses(p->doc, symbols[i].id);
    buf_print(p->out,
              "<section id=\"symbols\" aria-labelledby=\"symbols-title\">\n"
              "<h2 id=\"symbols-title\">%s</h2>\n",
              html_word(p, "Symbols", "Signes conventionnels"));
    if (!any) {
        buf_print(p->out, "<p>%s</p>\n</section>\n",
                  html_word(p, "No symbol is used on this page.",
                            "Aucun signe conventionnel n'est employé dans cette page."));
        return;
    }
    html_raw(p, "<dl class=\"symbols\">\n");
    for (size_t i = 0; i < symbol_count; i++)
        if (document_uses(p->doc, symbols[i].id))
            put_symbol(p, symbols[i].anchor, symbols[i].id, symbols[i].meaning.in[p->lang]);
    if (letters)
        put_symbol(p, "letters", "A B",
                   html_word(p, "significantly above the region of that letter",
                             "significativement au-dessus de la région de cette lettre"));
    html_raw(p, "</dl>\n</section>\n");
}

// The kind of a file as its ending says it, in capitals.
static void put_kind(struct page *p, const char *path)
{
    const char *dot = strrchr(path, '.');
    for (const char *at = dot ? dot + 1 : path; *at; at++)
        buf_char(p->out, *at >= 'a' && *at <= 'z' ? (char)(*at - 'a' + 'A') : *at);
}

static void put_files(struct page *p)
{
    html_raw(p, "<ul class=\"files\">\n");
    for (size_t i = 0; i < p->edition->file_count; i++) {
        const struct outfile *f = &p->edition->files[i];
        if (strchr(f->path, '/') || strstr(f->path, ".html"))
            continue;
        html_raw(p, "<li><a href=\"");
        html_text(p, f->path);
        html_raw(p, "\">");
        html_text(p, f->path);
        html_raw(p, "</a> (");
        put_kind(p, f->path);
        html_raw(p, ", ");
        fmt_bytes(p->out, f->bytes, p->lang);
        html_raw(p, ")</li>\n");
    }
    html_raw(p, "</ul>\n");
}

static void put_sum(struct page *p, const char *name, const char *sum)
{
    html_raw(p, "<dt>");
    html_text(p, name);
    html_raw(p, "</dt><dd>");
    html_text(p, sum);
    html_raw(p, "</dd>\n");
}

static void put_sums(struct page *p)
{
    const struct results *r = p->doc->results;
    buf_print(p->out, "<details>\n<summary>%s</summary>\n<dl class=\"sums\">\n",
              html_word(p, "SHA-256 of the study and of its inputs",
                        "Empreinte SHA-256 de l'étude et de ses données"));
    put_sum(p, r->study->path ? path_name(r->study->path) : r->study->id, r->study->sha256);
    for (size_t i = 0; r->ledger && i < r->ledger->files.len; i++)
        put_sum(p, r->ledger->files.at[i].name, r->ledger->files.at[i].sha256);
    html_raw(p, "</dl>\n</details>\n");
}

void html_downloads(struct page *p)
{
    buf_print(p->out,
              "<section id=\"downloads\" aria-labelledby=\"downloads-title\">\n"
              "<h2 id=\"downloads-title\">%s</h2>\n",
              html_word(p, "Downloads", "Téléchargements"));
    bool any = false;
    for (size_t i = 0; i < p->edition->file_count; i++)
        any = any || !(strchr(p->edition->files[i].path, '/') ||
                       strstr(p->edition->files[i].path, ".html"));
    if (any)
        put_files(p);
    put_sums(p);
    html_raw(p, "</section>\n");
}
