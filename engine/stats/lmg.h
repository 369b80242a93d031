// SPDX-License-Identifier: GPL-3.0-or-later
// Shares of R² by averaging over all orders of entry (Lindeman, Merenda, Gold 1980), exact over the
// 2^m subsets; for drivers.c.
#pragma once
#include "engine/base/num.h"

// r: (m+1)² correlations, outcome first; m <= 20. value: m shares, which sum to R² of all.
// form: m matrices (m+1)², the influence of each share as a quadratic form of standardised
// deviations.
void lmg_compute(const quad *r, size_t m, double *value, double *form);
