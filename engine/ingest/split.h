// SPDX-License-Identifier: GPL-3.0-or-later
// Where the bytes stand that make up records: delimiters, quotes, line ends and NUL. Found 32 or 16
// bytes at a time where the processor can; all ways find the same.
#pragma once
#include "engine/base/str.h"

struct split_set { // one byte each; what a file does not have repeats another
    char delimiter, quote;
};

// Writes the places between `from` and `to` (counted from `text`, in order) into `out`, which has
// room for to - from. Returns how many.
typedef size_t split_fn(const char *text, size_t from, size_t to, const struct split_set *set,
                        uint32_t *out);

enum split_way { SPLIT_PLAIN, SPLIT_SSE2, SPLIT_AVX2, SPLIT_WAYS };
split_fn *split_way(enum split_way way); // NULL: not on this processor
split_fn *split_best(void);
// How many LF and how many CR a text holds.
void split_count(struct str text, size_t *lf, size_t *cr);
