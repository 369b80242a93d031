// SPDX-License-Identifier: GPL-3.0-or-later
// A data file as records: opened, unpacked, decoded, its dialect found, blank lines, preamble and
// directives taken out, its header first.
#pragma once
#include "engine/ingest/csv.h"
#include "engine/ingest/dialect.h"

struct records {
    const char *path;
    int stand_in;           // a descriptor + 1 to read instead of the path, 0: none
    struct dialect dialect; // what was declared, or how a table of ours is written
    struct shape shape;
    uint64_t bytes; // of the file, and their sum; after the end
    char sha256[SHA256_HEX];
    uint64_t blank_lines;
    const struct str *first_names; // the cells of the first header row, where there are several
    // its own
    struct source *source;
    struct charset *text;
    struct lines lines;
    struct csv csv;
    struct arena arena;
    size_t skipped; // lines of the preamble
    struct record header;
    bool after_blank;   // a blank line stands before the record at hand
    bool blank_before;  // and before the first line of a part
    bool part;          // these are the lines of a part of a file (records_part)
    bool headed, ended; // the header was given out; all was read
};

enum {
    LIMIT_FIELD = 1 << 20,
    LIMIT_RECORD = 16 << 20,
    LIMIT_COLUMNS = 65536,
    LIMIT_LEVELS = 1000000
};

// `r` zeroed; `path` and `declared` must live as long. limits with 0 take the defaults.
MUST_CHECK enum status records_open(struct records *r, const char *path,
                                    const struct dialect *declared,
                                    const struct size_limits *limits, bool standard_input,
                                    struct diags *d);
// The next record, header first; *out NULL at the end, when the file was checked and its sum taken.
MUST_CHECK enum status records_next(struct records *r, const struct record **out, struct diags *d);
// Records without a quote that follow each other and have as many fields as the header, which is
// out; good until the next call. False: records_next goes on.
bool records_batch(struct records *r, size_t most, struct line_batch *out);
// Some whole lines of the file of `whole`, after its header: `r` zeroed or used before for the same
// file. `line`: lines before them; `after_blank`: the last of these is blank. The text must stay.
void records_part(struct records *r, const struct records *whole, struct str text, int64_t line,
                  bool after_blank);
// What is noted at the end of a file: how it was read, how many blank lines it has.
void records_tell_end(const struct records *r, struct diags *d);
const char *records_encoding(const struct records *r);
void records_close(struct records *r); // at any time
