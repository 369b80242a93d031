// SPDX-License-Identifier: GPL-3.0-or-later
// What people read, in each language. English and French stand side by side where they are used;
// a test walks every table of labels and fails on a missing text.
#pragma once
#include <stddef.h>

enum lang { LANG_EN, LANG_FR, LANG_COUNT };

struct text {
    const char *in[LANG_COUNT];
};

struct label {
    const char *id; // as machine files write it
    struct text text;
};

#define TEXT(english, french) \
    {                         \
        {                     \
            english, french   \
        }                     \
    }
#define LABEL(id, english, french) \
    {                              \
        id, TEXT(english, french)  \
    }

extern const char *const lang_ids[LANG_COUNT];  // "en", "fr"
extern const char *const lang_tags[LANG_COUNT]; // "en-CA", "fr-CA"

// The text of `id` in a table of labels, `id` itself when it is not there.
const char *label_find(const struct label *table, size_t count, const char *id, enum lang lang);
