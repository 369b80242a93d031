// SPDX-License-Identifier: GPL-3.0-or-later
// The words of texts that people read: pieces of text out of pages, pictures, tables and workbooks,
// and what is wrong with them as English or as French of Canada (reports.md 3).
#pragma once
#include "engine/base/label.h"
#include "engine/base/map.h"
#include "engine/base/str.h"

struct words {
    struct dict foreign[LANG_COUNT]; // no word of that language
    struct dict same;                // texts that are the same in both
};

// The lists in tests/values.
void words_load(struct words *w);
void words_free(struct words *w);

// The pieces of text of one file, unescaped and trimmed; `where` names the file.
typedef void piece_fn(void *context, const char *where, struct str piece);
void pieces_of_markup(struct str file, const char *where, piece_fn *give, void *context);
void pieces_of_markdown(struct str file, const char *where, piece_fn *give, void *context);

// Names of data, files and sums, which are no text: b.csv, wait_s, `clients, overall`, scores-mb.
bool piece_is_name(struct str piece);
bool piece_has_word(struct str piece); // three letters in a row
// "" or what is wrong with it in that language; good until the next call.
const char *piece_fault(const struct words *w, struct str piece, enum lang lang);
