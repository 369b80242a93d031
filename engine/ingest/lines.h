// SPDX-License-Identifier: GPL-3.0-or-later
// Physical lines of a text: they end in LF, CR LF or CR, whatever the file mixes. Marks at the end
// of the file (a run of NUL, 0x1A) are taken off and counted.
#pragma once
#include "engine/ingest/charset.h"

struct line {
    struct str text; // without its end; valid until the next call
    size_t full;     // bytes with its end, which follows the text in memory
    int64_t number;  // from 1
};

struct lines {
    struct charset *text;
    const char *path;
    size_t limit; // most bytes of a line
    struct buf buf;
    size_t at;      // of the next line in buf
    size_t lf, cr;  // the next LF and CR from `at` on, buf.len: none yet
    bool ended;     // buf holds the rest of the text
    int64_t number; // lines given out
    size_t marks;   // NUL or 0x1A bytes taken off the end
};

// Reads ahead so that at least `bytes` and `count` lines lie in the buffer, `most` bytes at most.
// *whole: the text ends within. The view is valid until the next call.
MUST_CHECK enum status lines_head(struct lines *l, size_t bytes, size_t count, size_t most,
                                  struct str *out, bool *whole, struct diags *d);
MUST_CHECK enum status lines_next(struct lines *l, struct line *out, bool *more, struct diags *d);
void lines_free(struct lines *l);
