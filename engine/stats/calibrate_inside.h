// SPDX-License-Identifier: GPL-3.0-or-later
// What the files of calibrate share.
#pragma once
#include "engine/stats/calibrate.h"

// Everything of a basis but the factor.
void calibrate_setup(struct calibrate_basis *basis, const struct calibrate_plan *plan);

// Where a calibration stands: g = final/design per used row, in the order of the basis.
struct calibrate_state {
    const struct calibrate_basis *basis;
    const double *design; // as cut by trimming; per row
    quad *ratio;
    double tolerance;
    size_t most; // iterations
    struct calibrate_result *result;
};
void calibrate_rake(struct calibrate_state *s);   // also poststratify
void calibrate_newton(struct calibrate_state *s); // linear and logit

// Column of a margin's level in x, SIZE_MAX for the level that is left out.
size_t calibrate_column(const struct calibrate_plan *plan, size_t margin, size_t level);
