// SPDX-License-Identifier: GPL-3.0-or-later
// JSON read piece by piece: where values begin and end, and flat objects without building a tree.
// Inside engine/store only.
#pragma once
#include "engine/base/err.h"

struct scan {
    const char *name; // of the file, for messages
    char *bytes;      // `size` of them will be there; `filled` are
    size_t size, filled, at;
    int fd; // to fill from; -1 = all is there
    struct arena *arena;
    struct diags *d;
};

// Makes sure that `need` bytes from here are there, or all that the file has.
MUST_CHECK enum status scan_fill(struct scan *s, size_t need);
// Blanks, then this character, which is taken.
MUST_CHECK enum status scan_take(struct scan *s, char c);
bool scan_sees(struct scan *s, char c); // after blanks; nothing is taken
// A text in quotes; escapes are resolved into the arena.
MUST_CHECK enum status scan_text(struct scan *s, struct str *out);
// Any value as it stands.
MUST_CHECK enum status scan_value(struct scan *s, struct str *out);
// The place of the scanner, found by counting lines.
struct where scan_where(const struct scan *s);
enum status scan_expected(struct scan *s, const char *what); // E0811
