// SPDX-License-Identifier: GPL-3.0-or-later
// What may leave the house. Runs once, after results_sort and before anything is written: a
// withheld estimate keeps its key, its status and no number at all; nothing downstream can find
// one.
#pragma once
#include "engine/run/estimate.h"

// One estimate's reliability by the study's rule (statistics.md 15), as if its base were large
// enough: ok, caution or unreliable. `alpha` of the intervals in the NCHS standards is always 0.05.
enum estimate_status guard_reliability(enum suppress_rule rule, const struct estimate *e);

// cv in percent, rounded half up to one decimal; NaN where the value is 0 or there is no error.
double guard_cv(double value, double se);

struct guard_report { // how many rows each step took
    size_t suppressed, secondary, unreliable, caution;
    size_t open_tables; // in which a withheld number can be worked out whatever is hidden
};
// Primary rule, reliability, complementary suppression; then comparisons, tests and drivers that
// rest on a suppressed estimate.
void guard_apply(struct results *r, struct guard_report *report);
// The same, when some cells were hidden to protect others in what was published last: where they
// protect as well as others do, they are hidden again, so that the pattern stays (robustness.md
// D6). `before` holds keys as guard_key() spells them.
void guard_apply_like(struct results *r, struct guard_report *report, const struct dict *before);
void guard_key(struct buf *out, const struct str key[6]); // indicator, item, region … of a snapshot
// Do the rows say something about people, so that few of them give someone away? Complete records
// of services, standards, actions and daily totals do not.
bool guard_about_people(const struct estimate *e);
// Marks secondary cells; part of guard_apply, after the primary rule. How many tables fail the
// audit all the same.
size_t guard_complement(struct results *r, const struct dict *before);
