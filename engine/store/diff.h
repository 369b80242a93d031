// SPDX-License-Identifier: GPL-3.0-or-later
// What differs between two snapshots, as printed: rows that appeared or are gone, values that
// changed and by how much, and changes of meaning told apart from changes of data.
#pragma once
#include "engine/base/json.h"
#include "engine/store/snapshot.h"

enum change_kind {
    CHANGE_APPEARED,
    CHANGE_GONE,
    CHANGE_VALUE,  // both have a value, and they are printed differently
    CHANGE_STATUS, // a value was withheld, lost or given back; or only the status differs
    CHANGE_UNIT,   // the two values are not comparable
    CHANGE_KINDS,
};
extern const char *const change_ids[CHANGE_KINDS]; // appeared, gone, value, status, unit

// Is the change larger than both uncertainties together? Half-widths h of the two intervals add
// as variances do: |new - old| > sqrt(h_old^2 + h_new^2). For two independent samples that is a
// test at the confidence of the intervals; for a revision of one sample it errs on the quiet side.
enum change_size {
    SIZE_UNKNOWN, // nothing to compare, or an interval on one side only
    SIZE_WITHIN,
    SIZE_BEYOND,
    SIZE_EXACT, // neither has an interval: complete records, any change is real
};
extern const char *const change_size_ids[]; // "", within, beyond, exact

struct change {
    enum change_kind kind;
    enum change_size size;
    const struct snapshot_estimate *old, *new; // NULL: there is none
    double before, after, by;                  // as printed; NaN = none
    int decimals;
    bool redefined; // the indicator's definition or the item's scale is another one
};

enum word_change { WORD_APPEARED, WORD_GONE, WORD_LABEL, WORD_UNIT, WORD_DEFINITION, WORD_CHANGES };
extern const char *const word_change_ids[WORD_CHANGES];
struct word_diff {
    bool item; // else an indicator
    enum word_change change;
    const struct snapshot_word *old, *new;
};

struct diff {
    struct arena arena;
    const struct snapshot *old, *new;
    bool same_columns;          // rows that are the same text say the same
    bool next_period;           // the two report on different periods, which are laid side by side
    VEC(struct change) changes; // in the order of NEW, then what is gone in the order of OLD
    VEC(struct word_diff) words;
    size_t counts[CHANGE_KINDS], same, beyond;
};

// The snapshots must outlive the diff.
void diff_make(struct diff *f, struct snapshot *old, struct snapshot *new);
void diff_free(struct diff *f);
// The key of NEW's estimate as OLD has it, where the periods are laid side by side.
void diff_old_key(const struct diff *f, const struct str key[SNAPSHOT_KEYS],
                  struct str out[SNAPSHOT_KEYS]);

// For people: a summary, then at most `most` rows of each kind.
void diff_text(struct buf *out, const struct diff *f, size_t most);
void diff_markdown(struct buf *out, const struct diff *f, size_t most);
void diff_json(struct json *j, const struct diff *f); // everything, as one object
