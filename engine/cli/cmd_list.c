// SPDX-License-Identifier: GPL-3.0-or-later
// etalon list: what there is, printed from the tables that the program works with.
#include "engine/cli/options.h"

#include "engine/base/json.h"
#include "metrics/family.h"
#include "metrics/tables.h"
#include "plots/chart.h"

struct listing { // where one list goes: lines for people, or JSON
    struct buf out;
    struct json json;
    bool as_json;
};

static void key_texts(struct json *j, const char *key, struct text text)
{
    json_key(j, key);
    json_open(j, '{', true);
    for (int i = 0; i < LANG_COUNT; i++)
        json_key_text(j, lang_ids[i], text.in[i]);
    json_close(j, '}');
}

// A thing with a name in both languages and something more to say about it.
static void entry(struct listing *l, const char *id, struct text label, struct text more,
                  const char *rows)
{
    if (l->as_json) {
        json_open(&l->json, '{', false);
        json_key_text(&l->json, "id", id);
        key_texts(&l->json, "label", label);
        if (more.in[LANG_EN])
            key_texts(&l->json, "question", more);
        if (rows)
            json_key_text(&l->json, "rows", rows);
        json_close(&l->json, '}');
        return;
    }
    buf_print(&l->out, "%-16s %s | %s\n", id, label.in[LANG_EN], label.in[LANG_FR]);
    if (more.in[LANG_EN])
        buf_print(&l->out, "%-16s %s | %s\n", "", more.in[LANG_EN], more.in[LANG_FR]);
    if (rows)
        buf_print(&l->out, "%-16s %s\n", "", rows);
}

static void indicator_json(struct json *j, const struct family *f, const struct indicator *row)
{
    static const char *const directions[] = {"lower", "neither", "higher"};
    json_open(j, '{', false);
    json_key_text(j, "id", row->label.id);
    json_key_text(j, "family", f->label.id);
    key_texts(j, "label", row->label.text);
    key_texts(j, "definition", row->definition);
    json_key_text(j, "formula", row->formula);
    json_key_text(j, "base", row->base);
    json_key_text(j, "unit", unit_table[row->unit].id);
    json_key_text(j, "better", directions[row->direction + 1]);
    json_key_text(j, "inputs", row->inputs);
    json_key_text(j, "serves", row->serves);
    json_key_text(j, "source", row->source);
    json_close(j, '}');
}

static void indicator_lines(struct buf *out, const struct indicator *row)
{
    buf_print(out, "  %-28s %s | %s\n", row->label.id, row->label.text.in[LANG_EN],
              row->label.text.in[LANG_FR]);
    buf_print(out, "  %-28s %s; serves %s; %s\n", "", row->formula, row->serves, row->source);
}

static void list_indicators(struct listing *l)
{
    for (size_t f = 0; f < family_count; f++) {
        if (!l->as_json)
            buf_print(&l->out, "%s%s | %s\n", f ? "\n" : "", families[f]->label.text.in[LANG_EN],
                      families[f]->label.text.in[LANG_FR]);
        for (size_t i = 0; i < families[f]->count; i++)
            if (l->as_json)
                indicator_json(&l->json, families[f], &families[f]->rows[i]);
            else
                indicator_lines(&l->out, &families[f]->rows[i]);
    }
}

static void list_charts(struct listing *l)
{
    for (size_t i = 0; i < chart_count; i++)
        entry(l, charts[i].label.id, charts[i].label.text, charts[i].question, charts[i].rows);
}

static void list_tables(struct listing *l)
{
    for (size_t i = 0; i < tables_count; i++)
        entry(l, tables[i].label.id, tables[i].label.text, tables[i].question, tables[i].rows);
}

static void list_formats(struct listing *l)
{
    static const struct label formats[] = {
        LABEL("csv", "tables for machines", "tableaux pour machines"),
        LABEL("json", "the snapshot", "l'instantané"),
        LABEL("html", "the report", "le rapport"),
        LABEL("md", "tables in Markdown", "tableaux en Markdown"),
        LABEL("xlsx", "workbooks", "classeurs"),
        LABEL("svg", "charts for the Web", "graphiques pour le Web"),
        LABEL("png", "charts as pictures", "graphiques en images"),
        LABEL("pdf", "charts for print", "graphiques pour l'impression"),
    };
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        entry(l, formats[i].id, formats[i].text, (struct text){{NULL}}, NULL);
}

static void list_symbols(struct listing *l)
{
    for (size_t i = 0; i < EST_STATUS_COUNT; i++)
        entry(l, *status_symbols[i] ? status_symbols[i] : "-", status_labels[i].text,
              (struct text){{NULL}}, NULL);
}

static const struct {
    const char *name;
    void (*list)(struct listing *l);
} lists[] = {
    {"indicators", list_indicators}, {"charts", list_charts},   {"tables", list_tables},
    {"formats", list_formats},       {"symbols", list_symbols},
};
enum { LISTS = sizeof lists / sizeof *lists };

enum status command_list(const struct options *o, struct diags *d)
{
    const char *names[LISTS], *wanted = o->arguments.at[0];
    for (size_t i = 0; i < LISTS; i++) {
        names[i] = lists[i].name;
        if (strcmp(lists[i].name, wanted) != 0)
            continue;
        struct listing l = {.as_json = o->json};
        json_start(&l.json, &l.out);
        if (o->json)
            json_open(&l.json, '[', false);
        lists[i].list(&l);
        if (o->json)
            json_close(&l.json, ']');
        fwrite(l.out.ptr, 1, l.out.len, stdout);
        buf_free(&l.out);
        return OK;
    }
    enum status status =
        diag(d, E0703, (struct where){0}, "there is no list of %s", diag_quote(d, str_of(wanted)));
    const char *near = str_nearest(wanted, names, LISTS);
    if (near)
        diag_help(d, "did you mean '%s'?", near);
    else
        diag_help(d, "there are: indicators, charts, tables, formats, symbols");
    return status;
}
