// SPDX-License-Identifier: GPL-3.0-or-later
// Differences between estimates that carry scores: regions, each region against the rest, periods,
// levels of a breakdown (statistics.md 8). The covariance is always in.
#pragma once
#include "engine/run/estimate.h"
#include "engine/stats/scores.h"

// What estimate.scores points to while its comparisons are made.
struct evidence {
    struct scores *scores;
    const char *breakdown, *group;  // breakdown and level of the cell, "" = none
    const char *answer_by, *answer; // what stands behind the breakdown in by and level, "" = none
};

// Makes the comparisons among estimates first … of r, of one item. `rest` holds the same statistics
// for all other rows than a region's (its region field tells which). since: first period of the
// item's wording, or none.
void compare_estimates(struct results *r, size_t first, const struct results *rest,
                       struct period since);
