// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/report/document.h"

#include "engine/report/slug.h"

struct section *document_section(struct document *doc, const char *id, struct text title, int level)
{
    struct section made = {.id = id, .title = title, .level = level, .region = ""};
    vec_push(&doc->sections, made);
    return &doc->sections.at[doc->sections.len - 1];
}

void document_table(struct document *doc, struct table *t)
{
    struct section *last = &doc->sections.at[doc->sections.len - 1];
    const struct table *shown = t;
    vec_push(&last->tables, shown);
    vec_push(&doc->tables, t);
}

size_t document_number(const struct document *doc, const struct table *t)
{
    for (size_t i = 0; i < doc->tables.len; i++)
        if (doc->tables.at[i] == t)
            return i + 1;
    return 0;
}

static bool is_of_region(const struct document *doc, const struct table *t, const char *region)
{
    if (t->region == REGION_TOTAL)
        return strcmp(region, "all") == 0;
    struct arena scratch = {0};
    const char *id = places_region_id(doc->results->places, t->region);
    bool same = strcmp(slug_of(&scratch, id), region) == 0;
    arena_free(&scratch);
    return same;
}

const struct table *document_table_of(const struct document *doc, const struct figure *f)
{
    for (size_t i = 0; f->table && i < doc->tables.len; i++) {
        const struct table *t = doc->tables.at[i];
        if (strcmp(t->name, f->table) == 0 && strcmp(t->kind, t->name) != 0)
            return t;
        if (strcmp(t->kind, f->table) == 0 && is_of_region(doc, t, f->region))
            return t;
    }
    return NULL;
}

static bool holds_table(const struct section *s, const struct table *t)
{
    for (size_t i = 0; i < s->tables.len; i++)
        if (s->tables.at[i] == t)
            return true;
    return false;
}

static struct section *home_of(struct document *doc, const struct figure *f)
{
    const struct table *t = document_table_of(doc, f);
    for (size_t i = 0; t && i < doc->sections.len; i++)
        if (holds_table(&doc->sections.at[i], t))
            return &doc->sections.at[i];
    for (size_t i = 0; i < doc->sections.len; i++)
        if (strcmp(doc->sections.at[i].region, f->region) == 0)
            return &doc->sections.at[i];
    return NULL;
}

void document_place_figures(struct document *doc)
{
    for (size_t i = 0; i < doc->figures.len; i++) {
        const struct figure *f = &doc->figures.at[i];
        struct section *home = home_of(doc, f);
        if (home)
            vec_push(&home->figures, f);
    }
}

bool document_uses(const struct document *doc, const char *symbol)
{
    for (size_t i = 0; i < doc->tables.len; i++)
        if (table_uses(doc->tables.at[i], symbol))
            return true;
    return false;
}

void document_free(struct document *doc)
{
    for (size_t i = 0; i < doc->sections.len; i++) {
        vec_free(&doc->sections.at[i].sentences);
        vec_free(&doc->sections.at[i].figures);
        vec_free(&doc->sections.at[i].tables);
    }
    vec_free(&doc->sections);
    vec_free(&doc->figures);
    vec_free(&doc->tables);
    arena_free(&doc->arena);
    *doc = (struct document){0};
}
