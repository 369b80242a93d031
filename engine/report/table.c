// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/report/table.h"

#include "engine/report/fmt.h"

#include <math.h>

const struct symbol symbols[] = {
    {"..", "not-available",
     TEXT("not available for a specific reference period",
          "indisponible pour une période de référence précise")},
    {"...", "not-applicable", TEXT("not applicable", "n'ayant pas lieu de figurer")},
    {"x", "suppressed", TEXT("suppressed for confidentiality", "supprimé pour confidentialité")},
    {"F", "unreliable", TEXT("too unreliable to be published", "trop peu fiable pour être publié")},
    {"E", "caution", TEXT("use with caution", "à utiliser avec prudence")},
    {"p", "preliminary", TEXT("preliminary", "provisoire")},
    {"r", "revised", TEXT("revised", "révisé")},
    {"*", "significant",
     TEXT("significantly different (p < 0.05, adjusted)",
          "différence significative (p" NBSP "<" NBSP "0,05, corrigé)")},
};
const size_t symbol_count = sizeof symbols / sizeof *symbols;

const struct symbol *symbol_find(const char *id)
{
    for (size_t i = 0; i < symbol_count; i++)
        if (strcmp(symbols[i].id, id) == 0)
            return &symbols[i];
    return NULL;
}

// Arrays of an arena grow at powers of two: full when the count is one.
static void *grown(struct arena *a, void *old, size_t count, size_t size)
{
    if (count & (count - 1))
        return old;
    void *bigger = arena_alloc(a, count ? 2 * count : 1, size);
    if (count)
        memcpy(bigger, old, count * size);
    return bigger;
}

struct table *table_new(struct arena *a, const char *name, struct text title)
{
    struct table *t = NEW(a, struct table);
    t->name = t->kind = name;
    t->title = t->caption = title;
    t->region = REGION_TOTAL;
    t->family = "";
    return t;
}

void table_column(struct arena *a, struct table *t, struct text label, bool numeric)
{
    t->columns = grown(a, t->columns, t->column_count, sizeof *t->columns);
    t->columns[t->column_count++] = (struct table_column){label, numeric};
}

struct table_cell *table_row(struct arena *a, struct table *t)
{
    t->cells = grown(a, t->cells, t->row_count, t->column_count * sizeof *t->cells);
    struct table_cell *row = t->cells + t->row_count * t->column_count;
    memset(row, 0, t->column_count * sizeof *row);
    t->row_count++;
    return row;
}

void table_note(struct arena *a, struct table *t, struct text note)
{
    for (size_t i = 0; i < t->note_count; i++)
        if (strcmp(t->notes[i].in[LANG_EN], note.in[LANG_EN]) == 0)
            return;
    t->notes = grown(a, t->notes, t->note_count, sizeof *t->notes);
    t->notes[t->note_count++] = note;
}

const struct table_cell *table_at(const struct table *t, size_t row, size_t column)
{
    return t->cells + row * t->column_count + column;
}

static bool cell_uses(const struct table_cell *c, const char *symbol)
{
    if (c->symbol && strcmp(c->symbol, symbol) == 0)
        return true;
    return (*symbol == 'p' && c->preliminary) || (*symbol == 'r' && c->revised) ||
           (*symbol == '*' && c->star);
}

bool table_uses(const struct table *t, const char *symbol)
{
    for (size_t i = 0; i < t->row_count * t->column_count; i++)
        if (cell_uses(&t->cells[i], symbol))
            return true;
    return false;
}

bool estimate_withheld(const struct estimate *e)
{
    return e->status == EST_SUPPRESSED || e->status == EST_SECONDARY || e->status == EST_UNRELIABLE;
}

struct table_cell cell_absent(const char *symbol)
{
    return (struct table_cell){.is = IS_ABSENT, .symbol = symbol};
}

static void form_by_unit(struct table_cell *c, const struct estimate *e)
{
    c->decimals = e->decimals;
    c->percent = strcmp(e->unit, unit_table[UNIT_PERCENT].id) == 0;
    c->dollars = strcmp(e->unit, unit_table[UNIT_DOLLARS].id) == 0;
}

struct table_cell cell_value(const struct estimate *e)
{
    if (!e)
        return cell_absent("..");
    if (estimate_withheld(e) || !isfinite(e->value)) {
        const char *symbol = status_symbols[e->status];
        return cell_absent(*symbol && strcmp(symbol, "E") != 0 ? symbol : "..");
    }
    struct table_cell c = {
        .is = IS_NUMBER, .number = e->value, .symbol = status_symbols[e->status]};
    c.preliminary = e->preliminary;
    c.revised = e->revised;
    form_by_unit(&c, e);
    return c;
}

struct table_cell cell_interval(const struct estimate *e)
{
    struct table_cell value = cell_value(e);
    if (value.is == IS_ABSENT)
        return value;
    if (!isfinite(e->low) || !isfinite(e->high))
        return cell_absent(e->indicator->interval == INTERVAL_NONE ? "..." : "..");
    struct table_cell c = {.is = IS_INTERVAL, .number = e->low, .high = e->high};
    form_by_unit(&c, e);
    return c;
}

struct table_cell cell_count(double n)
{
    if (!isfinite(n))
        return cell_absent("..");
    return (struct table_cell){.is = IS_NUMBER, .number = n};
}

struct table_cell cell_label(struct text label)
{
    return (struct table_cell){.is = IS_LABEL, .label = label};
}

void cell_text(struct buf *out, const struct table_cell *c, enum lang lang)
{
    struct fmt_form form = {.decimals = c->decimals,
                            .percent = c->percent,
                            .dollars = c->dollars,
                            .sign = c->signed_number,
                            .grouped = true};
    switch (c->is) {
    case IS_ABSENT:
        buf_text(out, c->symbol && *c->symbol ? c->symbol : "...");
        return;
    case IS_NUMBER:
        fmt_number(out, c->number, form, lang);
        return;
    case IS_LABEL:
        buf_text(out, c->label.in[lang] ? c->label.in[lang] : "");
        return;
    case IS_INTERVAL:
        fmt_interval(out, c->number, c->high, form, lang);
        return;
    }
}
