// SPDX-License-Identifier: GPL-3.0-or-later
// A run as a release: --history, --draft and --gate of `etalon run`.
#pragma once
#include "engine/cli/gates.h"
#include "engine/cli/pipeline.h"
#include "engine/report/writers.h"
#include "engine/store/release.h"

struct releasing {
    const struct options *options;
    struct gate gate;
    struct history history;
    struct snapshot now, before; // before: the release this one is compared with
    struct buf text, before_text;
    bool has_before;
    int64_t stamp, id;
    enum status gated; // FAIL_GATE: published nevertheless
};

// Reads rules and history, before anything else is done.
MUST_CHECK enum status releasing_open(struct releasing *l, const struct options *o,
                                      struct diags *d);
// What the last release withheld to protect others, into the pipeline: before it computes.
MUST_CHECK enum status releasing_pattern(struct releasing *l, struct pipeline *p, struct diags *d);
// Guarded results, before anything is written: takes earlier periods that are not in the data from
// the history, marks revisions, refuses what would give somebody
// away, judges the gates. The snapshot is in `text` afterwards, where one was needed.
MUST_CHECK enum status releasing_check(struct releasing *l, struct results *r, struct period period,
                                       const struct edition *e, struct diags *d);
// Around the publication of the folder: pending before, published (or abandoned) after.
MUST_CHECK enum status releasing_publish(struct releasing *l, struct outdir *out,
                                         const struct results *r, const struct edition *e,
                                         struct diags *d);
void releasing_close(struct releasing *l);
