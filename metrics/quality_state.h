// SPDX-License-Identifier: GPL-3.0-or-later
// Inside the family `quality`: rows that are about whole files stand under the total and `all`;
// checks stand under the total and the period they are about.
#pragma once
#include "metrics/admin.h"

struct quality_view {
    const struct run *run;
    struct span span; // of the checks and of weight effects; files: `all`
    bool files;       // the cell is about files
};
static inline const struct quality_view *quality_view(const struct cell *cell)
{
    return cell->state;
}

compute_fn quality_reconcile;
