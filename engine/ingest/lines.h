// SPDX-License-Identifier: GPL-3.0-or-later
// Physical lines of a text: they end in LF, CR LF or CR, whatever the file mixes. Marks at the end
// of the file (a run of NUL, 0x1A) are taken off and counted.
#pragma once
#include "engine/ingest/charset.h"
#include "engine/ingest/split.h"

struct line {
    struct str text; // without its end; valid until the next call
    size_t full;     // bytes with its end, which follows the text in memory
    int64_t number;  // from 1
    // A plain line holds no quote and no NUL, and all of its delimiters are known: they stand at
    // places[i] - origin.
    bool plain;
    const uint32_t *places;
    size_t place_count;
    size_t origin;
};

// Plain lines that follow each other, all of one width. Field `column` of line `row` ends before
// places[row * stride + column] and begins behind the mark before that one, the very first at
// `first`.
struct line_batch {
    const char *text;
    const uint32_t *places;
    size_t rows, stride, first;
    int64_t line; // number of the first
};

struct lines {
    struct charset *text;
    const char *path;
    size_t limit; // most bytes of a line
    struct buf buf;
    bool borrowed; // buf is the caller's
    size_t at;     // of the next line in buf
    bool ended;    // buf holds the rest of the text
    bool split;    // delimiter and quote are one byte each, or there are none
    struct split_set set;
    split_fn *scan;
    VEC(uint32_t) places; // in buf, up to `scanned`
    size_t next;          // of the places: the first one in the next line
    size_t scanned;
    int64_t number; // lines given out
    size_t marks;   // NUL or 0x1A bytes taken off the end
};

enum { LINE_MOST = 1 << 30 }; // of `limit`

// What fields are made of, once it is known. Before the first line; without it no line is plain.
void lines_split(struct lines *l, struct str delimiter, struct str quote);
// Only these lines, which stay the caller's; `number` of lines are before them.
void lines_begin(struct lines *l, struct str text, int64_t number);
// Reads ahead so that at least `bytes` and `count` lines lie in the buffer, `most` bytes at most.
// *whole: the text ends within. The view is valid until the next call.
MUST_CHECK enum status lines_head(struct lines *l, size_t bytes, size_t count, size_t most,
                                  struct str *out, bool *whole, struct diags *d);
MUST_CHECK enum status lines_next(struct lines *l, struct line *out, bool *more, struct diags *d);
// As many plain lines of `width` fields (2 and more) and at most `longest` bytes as are in reach,
// `most` at the most; good until the next call. False: there is none, lines_next goes on.
bool lines_batch(struct lines *l, size_t width, size_t longest, size_t most,
                 struct line_batch *out);
void lines_free(struct lines *l);

static inline struct str batch_field(const struct line_batch *b, size_t row, size_t column)
{
    const uint32_t *end = b->places + row * b->stride + column;
    size_t start = row || column ? end[-1] + 1 : b->first;
    return (struct str){b->text + start, *end - start};
}
