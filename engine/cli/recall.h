// SPDX-License-Identifier: GPL-3.0-or-later
// Earlier periods whose data are not at hand: their published estimates, from the history.
#pragma once
#include "engine/run/estimate.h"
#include "engine/store/history.h"

// Adds what the last published release of each earlier period says and this run did not compute
// itself: rows without a breakdown for trends, all rows of the period before and of a year before,
// which are compared with those of `period`. What is added is not reported: only its comparisons
// are in machine files. Their standard error takes the two periods as independent, since a history
// has no respondents: their method is `published values`.
MUST_CHECK enum status recall_earlier(struct results *r, struct history *h, struct period period,
                                      struct diags *d);
