// SPDX-License-Identifier: GPL-3.0-or-later
// The first records of a file as a guess at its dialect sees them. Only for finding the dialect;
// what a record is when it counts is csv.h's business.
#pragma once
#include "engine/base/str.h"

// One record as a candidate sees it.
struct row {
    size_t width, filled; // fields, and those that are not blank
    size_t quoted;        // fields well quoted
    size_t broken;        // text after a closing quote
    size_t bare;          // commas without the blank, for ", "
    int64_t line, lines;  // where it starts, how many it takes
    struct str text;
};
typedef VEC(struct row) row_list;

struct candidate {
    struct str delimiter, quote;
    size_t records;      // with at least something in them
    size_t width, count; // the most frequent width over 1 and how many records have it
    size_t quoted, broken, bare;
    bool first; // the first record has that width
};

bool rows_line_end(struct str s, size_t at);
size_t rows_end_len(struct str s, size_t at); // of the line end there
// The records of the head that are not blank; the last one only when `whole` (else it may go on).
void rows_take(struct str head, bool whole, const struct candidate *c, row_list *rows);
// The cells of one record, without quotes round them; at most `room`. Returns how many.
size_t rows_cells(const struct row *row, const struct candidate *c, struct str *out, size_t room);
