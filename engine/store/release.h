// SPDX-License-Identifier: GPL-3.0-or-later
// A run seen as a release: what it revises, and whether it gives somebody away when it is laid
// beside what was released before (robustness.md D4).
#pragma once
#include "engine/run/estimate.h"
#include "engine/store/history.h"

// Marks every reported estimate that `before` prints otherwise, or with another status, as revised.
// E0838 for those without a reason in the study.
void release_revise(struct results *r, struct snapshot *before, struct diags *d);

// Any two cells whose bases differ by 1 to min_n - 1 people: the same cell now and then; a year (or
// all) less its quarters. E0841 (FAIL_DISCLOSURE) for each, without a number.
MUST_CHECK enum status release_disclose(const struct results *r, struct history *h,
                                        struct diags *d);
