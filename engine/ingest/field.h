// SPDX-License-Identifier: GPL-3.0-or-later
// The text of a cell to a value, or the reason why there is none (robustness.md 1.4).
#pragma once
#include "engine/ingest/reader.h"
#include "engine/ingest/source.h"

struct field_code { // a declared code for "missing"
    struct str text;
    enum missing why;
    bool numeric; // also compared as a number
    struct decimal number;
};

struct field { // how the cells of one column are read
    char mark;
    struct str group;
    enum date_order date;
    bool administrative;
    struct field_code *codes;
    size_t code_count;
    uint64_t code_lengths; // bit n: a code has n bytes; 63: or more
    bool numeric_codes;
    uint8_t digit[10];        // what each digit means where it stands alone: VALID or a reason
    struct sav_ranges ranges; // declared by the file itself; a code of the study comes first
};

// Texts go to the arena.
void field_prepare(struct field *f, const struct ask *ask, const struct dialect *dialect,
                   struct sav_ranges ranges, struct arena *a);
// May a text that needs no trimming be a declared code? False: it is none.
bool field_may_be_missing(const struct field *f, struct str text);
// Is a number that was read one that stands for a reason?
enum missing field_missing_number(const struct field *f, struct decimal number);
enum missing field_number(const struct field *f, struct str text, struct decimal *out);
// The text as a key: trimmed, NFC (then in the arena).
enum missing field_key(const struct field *f, struct str text, struct arena *a, struct str *key);
// The number of the text (trimmed, NFC) in `dict`.
enum missing field_code(const struct field *f, struct str text, struct dict *dict, uint32_t *out);
enum missing field_date(const struct field *f, struct str text, int32_t *out);
// y yes o oui 1 true vrai, n no non 0 2 false faux, in any case of letters.
enum missing field_flag(const struct field *f, struct str text, uint8_t *out);
