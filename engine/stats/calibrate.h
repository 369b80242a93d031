// SPDX-License-Identifier: GPL-3.0-or-later
// Calibration of weights to known totals, and the residuals that carry it into variances
// (statistics.md 10). The auxiliary vector x of a row: one dummy for every level of the first
// margin, all but the first level of each further margin, then the numeric margins. Dependent
// columns are harmless: they are left out. Rows are visited in an order given by their content, so
// that the order of rows in a file changes nothing.
#pragma once
#include "engine/base/num.h"

enum calibration {
    CALIBRATION_POSTSTRATIFY,
    CALIBRATION_RAKE,
    CALIBRATION_LINEAR,
    CALIBRATION_LOGIT,
};

struct calibrate_margin {
    size_t levels;
    const uint32_t *level; // per row, < levels
    const double *total;   // per level
};
struct calibrate_number {
    const double *value; // per row
    double total;
};

struct calibrate_plan {
    enum calibration kind;
    size_t rows;
    const double *design; // d; rows with d = 0 take no part and get weight 0
    const struct calibrate_margin *margins;
    size_t margin_count;
    const struct calibrate_number *numbers;
    size_t number_count;
    double low, high;  // bounds of final/design weight; both 0 = none
    double trim;       // most a weight may be, in means of the final weights; 0 = none
    size_t iterations; // 0 = 1000
    double tolerance;  // 0 = 1e-12
};

enum calibrate_fault {
    CALIBRATE_OK,
    CALIBRATE_NO_ROWS,     // no row with a positive weight, or no margin
    CALIBRATE_KIND,        // poststratify wants one margin; rake no numbers; logit needs bounds
    CALIBRATE_DISAGREE,    // `margin` has another grand total than the first
    CALIBRATE_LEVEL_EMPTY, // `margin`, `level`: total > 0, nobody in the sample
    CALIBRATE_LEVEL_NULL,  // `margin`, `level`: in the sample, total 0 or less
    CALIBRATE_BAD_NUMBER,  // a weight, value or total is not finite or negative
    CALIBRATE_NEGATIVE,    // linear without bounds gives negative weights
    CALIBRATE_BOUNDS,      // bounds cannot hold, or are not 0 <= low < 1 < high
    CALIBRATE_NO_END,      // not converged; `margin`, `level` have the largest misfit
    CALIBRATE_TRIM,        // the margins cannot be met under the cap
};
struct calibrate_result {
    enum calibrate_fault fault;
    size_t margin, level; // of the fault: a number counts as margin_count + its place
    size_t iterations, trims;
    double misfit;                // largest abs(weighted/total - 1), or abs misfit/(1 + abs total)
    double lowest, highest, mean; // final weights
    double lowest_ratio, highest_ratio; // final / design
    double deff;                        // n Σw² / (Σw)²
};

// weight: rows, written also when not converged.
struct calibrate_result calibrate_weights(const struct calibrate_plan *plan, double *weight);
// Misfit of given weights, per margin (margin_count + number_count values).
void calibrate_misfits(const struct calibrate_plan *plan, const double *weight, double *misfit);

// ---- residuals: factor Σ d x xᵀ once, then any number of statistics.
struct calibrate_basis {
    const struct calibrate_plan *plan;
    size_t columns; // of x
    size_t dropped; // dependent ones
    quad *factor;
    uint32_t *order; // rows with d > 0, by content
    size_t used;
};
void calibrate_basis_start(struct calibrate_basis *basis, const struct calibrate_plan *plan);
void calibrate_basis_free(struct calibrate_basis *basis);
// x of a row as pairs (column, value): at most margin_count + number_count. Returns their number.
struct calibrate_entry {
    uint32_t column;
    double value;
};
size_t calibrate_row(const struct calibrate_basis *basis, size_t row, struct calibrate_entry *out);
// c = Σ d x u (length columns) becomes B.
void calibrate_solve(const struct calibrate_basis *basis, quad *c);
// u_i - x_iᵀ B
long double calibrate_residual(const struct calibrate_basis *basis, const quad *b, size_t row,
                               long double u);
// All at once: u (rows) becomes its residuals; rows with d = 0 become 0.
void calibrate_residuals(const struct calibrate_basis *basis, long double *u);
