// SPDX-License-Identifier: GPL-3.0-or-later
// Lines with quotes, made well-formed for libcsv: doubled quotes keep damage inside its field, and
// delimiters and quotes longer than a byte become single ones.
#pragma once
#include "engine/ingest/csv.h"

// Bytes that valid UTF-8 never holds stand for longer delimiters and quotes, and for "none".
enum { OTHER_DELIMITER = 0xFF, OTHER_QUOTE = 0xFE };

// Writes the line into c->scrubbed and keeps c->inside; warns about odd quotes.
void scrub_line(struct csv *c, const struct line *line, struct diags *d);

// Where `what` next stands in s from `at` on; s.len: nowhere.
static inline size_t scrub_find(struct str s, size_t at, struct str what)
{
    if (!what.len || at >= s.len)
        return s.len;
    const char *p = what.len == 1 ? memchr(s.ptr + at, what.ptr[0], s.len - at)
                                  : memmem(s.ptr + at, s.len - at, what.ptr, what.len);
    return p ? (size_t)(p - s.ptr) : s.len;
}
