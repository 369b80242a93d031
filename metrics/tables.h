// SPDX-License-Identifier: GPL-3.0-or-later
// From the results to the report: the list of tables people read, the sentences in front of them
// and the sections they stand in. Nothing here computes a statistic.
#pragma once
#include "engine/report/document.h"

struct press;

struct table_kind {
    struct label label; // id: the name of the table; title in both languages
    struct text question;
    const char *family; // id of the family whose section holds it
    const char *rows;   // indicator ids it is made of, for `list tables`
    // Makes the table of the whole (REGION_TOTAL) or of one region; NULL when no row has anything
    // to say. A kind without one of them has no such table.
    struct table *(*whole)(struct press *p);
    struct table *(*region)(struct press *p, uint16_t region);
};
extern const struct table_kind tables[]; // in the order of the report, family by family
extern const size_t tables_count;

// The whole report about one period. doc is zeroed, but for what its arena may hold already. The
// results must be sorted, guarded and indexed, and outlive doc. Figures are added afterwards, then
// document_place_figures is called.
void document_build(struct document *doc, const struct results *r, struct period period);
