// SPDX-License-Identifier: GPL-3.0-or-later
// Service standards as read, and summed over the periods of a span.
#pragma once
#include "metrics/admin.h"

struct standards_row {               // a standard of a region in a period
    uint32_t key;                    // number in keys: the service (where given), '/', the standard
    uint32_t service, type, channel; // numbers of their texts, ADMIN_NO_CODE
    uint16_t region, period;         // first numbers; final ones once settled
    uint16_t block;                  // place in study.standards
    uint32_t file;                   // in the ledger
    int64_t line;
    bool has_target; // blank and 0 are no target
    bool not_applicable;
    struct decimal written; // the target as written
    double target;          // as a fraction, once settled by file; NaN = none
    double met, total;      // NaN = not reported
};

struct standards_state {
    struct dict keys, services, standards, types, channels;
    uint32_t *key_rank; // set once settled
    bool settled;
    uint64_t duplicates; // rows whose key, region and period had stood before
    uint64_t excess;     // rows with more met than total
    VEC(struct standards_row) rows;
};

// A standard of a region over the periods of a span; in the total, also over regions.
struct standards_entry {
    uint32_t key, service, type, channel;
    uint16_t region;
    int decimals; // the verdict rounds the fraction to so many
    unsigned rows, reported, not_applicable;
    double met, total; // sums over the rows where both were reported
    double target;     // the last one written; NaN = none
    bool target_changed;
};

enum verdict { VERDICT_NONE, VERDICT_YES, VERDICT_NO };
// Met, not met, or not to be judged: no target, a target that changed, nothing measured.
enum verdict standards_verdict(const struct standards_entry *e);

MUST_CHECK enum status standards_read(struct run *run, void **state);
// Rows in an order that does not depend on the order of files and rows.
void standards_sort(struct standards_state *state);
// Final numbers of regions and periods, rows in a fixed order. Does nothing the second time.
void standards_settle(const struct run *run, struct standards_state *state);
// The entries of a span, by region and key; caller frees with mem_free.
struct standards_entry *standards_entries(const struct run *run,
                                          const struct standards_state *state, struct span span,
                                          size_t *count);
// The same summed over regions, by key.
struct standards_entry *standards_merge(const struct standards_state *state,
                                        const struct standards_entry *entries, size_t count,
                                        size_t *merged);
void standards_drop(void *state);
