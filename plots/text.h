// SPDX-License-Identifier: GPL-3.0-or-later
// Text in charts. Every text may come from a file and be hostile: it reaches gnuplot only through
// text_quote (robustness.md 3.1). Widths are those of DejaVu Sans, so that nothing is measured by
// eye.
#pragma once
#include "engine/base/str.h"

enum { LABEL_MOST = 60 }; // characters of a name in a chart; the table has the whole

// The text as gnuplot may read it: valid UTF-8, control and direction characters as blanks.
struct str text_clean(struct arena *a, struct str s);
// Appends the clean text between quotation marks, every byte as \ooo: the same in scripts and
// blocks.
void text_quote(struct buf *out, struct str s);
// Width in px at `size` px.
double text_width(struct str s, double size, bool bold);
// At most `most` characters and `room` px; cut text ends in "…".
struct str text_cut(struct arena *a, struct str s, size_t most, double room, double size,
                    bool bold);

struct lines {
    struct str *at;
    size_t count;
    double width; // of the longest
};
// Broken at blanks (a word that is too long anywhere) into at most `most` lines of `room` px; what
// does not fit is cut.
struct lines text_wrap(struct arena *a, struct str s, size_t most, double room, double size,
                       bool bold);
