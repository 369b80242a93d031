// SPDX-License-Identifier: GPL-3.0-or-later
// Lines to records. libcsv is the definition of a record (RFC 4180); beside it stand the things it
// does not do: lines without quotes are split directly (with the same result), damage by a quote
// stays inside its row, delimiters may be longer than a byte, and line numbers are those of the
// file.
#pragma once
#include "engine/ingest/lines.h"

struct record {
    const struct str *fields; // valid until the next line is added
    size_t count;
    int64_t line; // where it starts
    bool nul;     // holds a NUL byte
};

struct csv {
    const char *path;
    struct str delimiter, quote; // empty: none
    size_t width; // fields that a record should have, 0 = not known: helps with odd quotes
    size_t field_limit, record_limit, column_limit;
    bool reference; // every line through libcsv (for tests)
    struct record record;
    // its own
    struct csv_parser *parser;
    VEC(struct str) fields;
    VEC(size_t) ends; // of the fields in text, while libcsv delivers them
    struct buf text, scrubbed;
    bool inside, nul, done;
    int64_t first_line, open_line;
    size_t open_bytes;
    size_t odd_quotes, odd_tails; // lines warned about
};

enum { CSV_MOST_WARNINGS = 10 }; // per kind and file; the rest is counted in csv_end

void csv_start(struct csv *c);
// Adds a line; *ready: the record is complete.
MUST_CHECK enum status csv_add(struct csv *c, const struct line *line, bool *ready,
                               struct diags *d);
MUST_CHECK enum status csv_end(struct csv *c, struct diags *d); // FAIL_DATA inside a quote
void csv_drop(struct csv *c);
