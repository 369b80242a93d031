// SPDX-License-Identifier: GPL-3.0-or-later
// The order in which a run happens, from the study file to guarded results. `run` and `check` share
// it.
#pragma once
#include "engine/cli/options.h"
#include "engine/guard/guard.h"
#include "metrics/parts.h"

struct pipeline {
    struct study study;
    struct places places;
    struct ledger ledger;
    struct results results;
    struct run run;
    void *states[16];            // of the families, in the order of the registry
    struct dict withheld_before; // to protect others, in the release before: guard_key()
    struct guard_report guard;
    struct parts parts; // `merge`
};

MUST_CHECK enum status pipeline_load(struct pipeline *p, const struct options *o, struct diags *d);
// All data of the study. Families go on after an error of one of them, so
// that every problem is said.
MUST_CHECK enum status pipeline_read(struct pipeline *p, struct diags *d);
// Computes, sorts and guards. After it no withheld number is left.
MUST_CHECK enum status pipeline_compute(struct pipeline *p, const struct options *o,
                                        struct diags *d);
// E0902 when a signal asks to stop.
MUST_CHECK enum status pipeline_stopped(struct diags *d);
void pipeline_free(struct pipeline *p);
