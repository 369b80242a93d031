// SPDX-License-Identifier: GPL-3.0-or-later
// One-way analysis of variance from exact sums.
#pragma once
#include "engine/stats/exact.h"

struct anova_group {
    uint64_t n;
    struct exact sum, squares; // Σy, Σy² of whole numbers of one scale
};
struct anova {
    double ss_between, ss_within, ms_between, ms_within;
    double f, df1, df2, p;
    double r_squared, residual_sd;
    size_t groups; // with at least one value
    uint64_t n;
};
void anova_add(struct anova_group *g, int128 y);
// False: fewer than two groups with values, no df left, or no variation within (f would be
// infinite).
bool anova_oneway(const struct anova_group *groups, size_t count, int scale, struct anova *out);
// From values and their groups (< count). False also when the digits do not fit.
bool anova_of(const struct decimal *y, const uint32_t *group, size_t n, size_t count,
              struct anova *out);
