// SPDX-License-Identifier: GPL-3.0-or-later
// A snapshot as read back: the estimates by key, and what their ids mean. Numbers stay as written
// (digits) until somebody asks for one, so that two snapshots of tens of thousands of rows compare
// in a blink. Only the part of the file up to the end of `estimates` is read.
#pragma once
#include "engine/base/err.h"
#include "engine/base/label.h"
#include "engine/base/map.h"

enum snapshot_key {
    KEY_INDICATOR,
    KEY_ITEM,
    KEY_REGION,
    KEY_OF_PERIOD,
    KEY_BY,
    KEY_LEVEL,
    SNAPSHOT_KEYS,
};
extern const char *const snapshot_key_names[SNAPSHOT_KEYS];

// What the values of a row are, by place. Schema 2 writes each estimate as an array of them.
struct snapshot_columns {
    VEC(struct str) names;
    VEC(signed char) kept; // which field of an estimate each is; -1: none
};

// Texts live with the snapshot. Empty = not given.
struct snapshot_estimate {
    struct str key[SNAPSHOT_KEYS];
    struct str value;                       // digits
    struct str status;                      // ok, caution …
    struct str row;                         // the whole array, or object
    const struct snapshot_columns *columns; // of the array; NULL: an object (schema 1)
};
// A field that is not kept: unit, symbol, reason, se, ci_low, ci_high, n, decimals … as written.
struct str snapshot_field(const struct snapshot_estimate *e, const char *name);
double snapshot_number(const struct snapshot_estimate *e, const char *name); // NaN = none
double snapshot_value(const struct snapshot_estimate *e);
int snapshot_decimals(const struct snapshot_estimate *e);
bool snapshot_is(const struct snapshot_estimate *e, const char *status);
// Withheld for confidentiality or as unreliable, or without a value.
bool snapshot_has_value(const struct snapshot_estimate *e);

struct snapshot_word { // an indicator or an item: what its id means
    const char *id;
    struct text label;
    const char *unit;       // of an indicator: its unit; of an item: its scale
    const char *definition; // hash of formula, unit and base (indicator); "" where none is known
};
struct snapshot_words {
    VEC(struct snapshot_word) list;
    struct dict ids;
};
const struct snapshot_word *snapshot_word(const struct snapshot_words *w, struct str id); // or NULL

struct snapshot {
    struct arena arena;
    const char *path;
    const char *study, *study_sha256, *period, *date, *version; // "" = not said
    double min_n;                                               // 0 = not said
    VEC(const char *) regions;                                  // ids in order; the total is last
    struct snapshot_words indicators, items;
    struct snapshot_columns *columns;        // of the estimates; NULL: they are objects
    VEC(struct snapshot_estimate) estimates; // in the order of the file
    uint32_t *slots; // by key; place in estimates + 1; made when first asked for
    size_t slot_count;
    // What the texts point into.
    char *bytes;
    size_t size, filled;
    int fd;
};

enum { SNAPSHOT_LIMIT = 1 << 30 }; // bytes

// `path`: a snapshot.json, or an output folder that holds one. E0201, E0202, E0811, E0812, E0815.
// `s` zeroed before; snapshot_free after an error too.
MUST_CHECK enum status snapshot_read(struct snapshot *s, const char *path, struct diags *d);
// The same from memory; `bytes` must live as long as the snapshot.
MUST_CHECK enum status snapshot_parse(struct snapshot *s, const char *name, struct str bytes,
                                      struct diags *d);
void snapshot_free(struct snapshot *s);

// The estimate of a key, NULL when there is none.
const struct snapshot_estimate *snapshot_find(struct snapshot *s,
                                              const struct str key[SNAPSHOT_KEYS]);
// The same, looked for at this place first: two snapshots list most rows in the same order.
const struct snapshot_estimate *snapshot_find_near(struct snapshot *s,
                                                   const struct str key[SNAPSHOT_KEYS], size_t at);
// "cmt.index/overall, MB, 2003-04 Q4, segment = startup", for messages.
const char *snapshot_name(struct arena *a, const struct str key[SNAPSHOT_KEYS]);
