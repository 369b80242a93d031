// SPDX-License-Identifier: GPL-3.0-or-later
// The kinds of result that machines get whole, a record each: which of them are shown and what they
// consist of. A file of CSV and a part of the snapshot are the same listing in two forms.
#pragma once
#include "engine/report/fields.h"

struct listing {
    const char *name; // of the part of the snapshot
    size_t (*count)(const struct results *r);
    bool (*shown)(const struct results *r, size_t i); // reported, and not withheld as a whole
    // The fields of record i; of an empty record, for the names, when `i` is LISTING_HEAD.
    void (*fields)(struct fields *f, const struct results *r, size_t i);
};
#define LISTING_HEAD SIZE_MAX

extern const struct listing listing_estimates, listing_comparisons, listing_tests, listing_drivers;
