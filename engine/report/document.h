// SPDX-License-Identifier: GPL-3.0-or-later
// A report before it is written: sections in order, each with sentences, figures and tables. Built
// once from the results; written in each language and format from the same tables.
#pragma once
#include "engine/report/table.h"

struct figure {         // a chart, drawn already
    const char *name;   // of the chart
    const char *region; // folder: lower-case slug, or "all"
    struct text title, caption, alternative;
    struct text svg;   // inline SVG per language; NULL = not drawn
    const char *table; // name of the table that holds its values, NULL = none
};

struct section {
    const char *id; // anchor, unique in the document
    struct text title;
    int level;          // 2 or 3
    const char *region; // slug of the region it is about, "all" = the whole, "" = neither
    VEC(struct text) sentences;
    bool list;                          // sentences as a list
    bool highlights;                    // set apart from the rest
    VEC(const struct figure *) figures; // set by document_place_figures
    VEC(const struct table *) tables;
};

struct document {
    struct arena arena;
    const struct results *results;
    struct period period; // the report is about
    VEC(struct section) sections;
    VEC(struct figure) figures;
    VEC(struct table *) tables; // in order of appearance
    struct table *quality;
};

// A new section at the end; good until the next call.
struct section *document_section(struct document *doc, const char *id, struct text title,
                                 int level);
// Gives a table to the last section.
void document_table(struct document *doc, struct table *t);
// Gives every figure to a section: the one that holds its table (kind and region), else the one of
// its region. Call once, when all figures are there.
void document_place_figures(struct document *doc);
// Number of a table as captions say it, from 1; 0 when it is not in the document.
size_t document_number(const struct document *doc, const struct table *t);
// The table that holds the values of a figure, NULL = none.
const struct table *document_table_of(const struct document *doc, const struct figure *f);
// Does a cell of any table carry the symbol?
bool document_uses(const struct document *doc, const char *symbol);
void document_free(struct document *doc);
