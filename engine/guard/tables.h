// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of bases (people) with all their margins, as the audit sees them. Inside engine/guard
// only.
//
// A table is made of the indicators of one item whose bases agree wherever both have one: hiding a
// base in one of them and showing it in another would hide nothing. Its cells are region x period x
// level; its lines are the regions of a total, the levels of a breakdown (each breakdown of a
// crossed one), the quarters of a year and the years of all. Where parts hold more than their whole
// (a person may be in several), nobody can subtract, and there is no line. People without a level
// are taken as known to the reader, which errs on the careful side.
#pragma once
#include "engine/guard/audit.h"
#include "engine/guard/guard.h"

struct node { // a cell of a table
    uint16_t region;
    struct period period;
    const char *by, *level; // of the base: without the answer where answers share a base
    double n;
    bool primary;
    bool hidden;
    bool preferred; // hidden before, to protect others
};
struct line { // whole = sum of parts, when it holds
    VEC(uint32_t) parts;
    uint32_t whole;
    bool periods; // parts are periods, which have no remainder
};
struct guard_table {
    const char *item;
    struct dict keys; // of nodes
    VEC(struct node) nodes;
    VEC(struct line) lines;
    VEC(size_t) row;        // places in results.estimates, those of a series together …
    VEC(uint32_t) row_node; // … and the node of each
    VEC(size_t) series;     // places in `row` where a series begins
    bool people;            // holds at least one indicator about people
    bool echoed;            // rows of it are withheld since they say what another table withholds
};
struct tables {
    struct results *results;
    const struct dict *before; // rows hidden before to protect others, as guard_key(); may be NULL
    struct arena arena;
    VEC(struct guard_table) list;
    struct buf key;
};

void tables_collect(struct tables *t); // `results` set, all else zeroed
void tables_find_lines(struct tables *t, struct guard_table *g);
void tables_free(struct tables *t);
// The key of a cell among those of its table; good until the next call.
struct str tables_key(struct tables *t, const struct node *n);
// Does the line hold for these values of the nodes (NaN = not published)?
bool line_holds(const struct line *line, const double *value);
