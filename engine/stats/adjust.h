// SPDX-License-Identifier: GPL-3.0-or-later
// Adjustment of p-values within a family, and the letters of banner tables (statistics.md 8).
#pragma once
#include "engine/base/str.h"

// In the order of the study's `adjust`, so the one may be cast to the other.
enum adjustment { ADJUSTMENT_HOLM, ADJUSTMENT_BH, ADJUSTMENT_BONFERRONI, ADJUSTMENT_NONE };

// out[i] = adjusted p[i], cut at 1. NaN rows take no part in the size of the family and stay NaN.
// out may be p itself.
void adjust_p(enum adjustment method, const double *p, size_t count, double *out);

// One capital per column (A..Z, then AA, AB …). Column i gets the letters of every column j it
// exceeds with p[i·k + j] < alpha; difference[i·k + j] = value i - value j. Columns that are not
// usable neither give nor get. out: k buffers, letters appended with a blank between them.
void adjust_letters(size_t k, const double *difference, const double *p, const bool *usable,
                    double alpha, struct buf *out);
void adjust_letter(size_t column, char out[4]); // the column's own letter; column < 702
