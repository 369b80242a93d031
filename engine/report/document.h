// SPDX-License-Identifier: GPL-3.0-or-later
// A report before it is written: sections in order, each with sentences, figures and tables. Built once
// from the results; written in each language and format from the same tables.
#pragma once
#include "engine/report/table.h"

struct figure { // a chart, drawn already
    const char *name;   // of the chart
    const char *region; // folder: lower-case slug, or "all"
    struct text title, caption, alternative;
    struct text svg;    // inline SVG per language; NULL = not drawn
    const char *table;  // name of the table that holds its values, NULL = none
};

struct section {
    const char *id; // anchor
    struct text title;
    int level; // 2 or 3
    VEC(struct text) sentences;
    bool list; // sentences as a list
    VEC(const struct figure *) figures;
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
