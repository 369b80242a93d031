// SPDX-License-Identifier: GPL-3.0-or-later
// The functions behind the rows of the family cmt, by file.
#pragma once
#include "metrics/respondents.h"

// ---- cmt_scores.c: one item
compute_fn cmt_index, cmt_index_2dp, cmt_index_standardised, cmt_top2, cmt_top2_all, cmt_top1,
    cmt_bottom2, cmt_neutral, cmt_change;
// ---- cmt_lists.c: several items of one respondent
compute_fn cmt_composite, cmt_alpha, cmt_alpha_standardised, cmt_alpha_if_dropped, cmt_omega;
// ---- cmt_gaps.c: two answers of one respondent
compute_fn cmt_gap, cmt_gap_index, cmt_expectation_gap, cmt_expectation_gap_median,
    cmt_within_acceptable, cmt_accepts, cmt_client_standard;
// ---- cmt_drivers.c: drivers and priorities
compute_fn cmt_importance_derived, cmt_priority_named, cmt_drivers_met, cmt_drivers_met_share,
    cmt_csi;
// ---- cmt_matrix.c: the priority matrix
compute_fn cmt_quadrant, cmt_priority_score;

// The index of an answer, 0 to 100: mean of whole numbers times factor plus shift.
struct measure cmt_index_measure(struct cell *cell, const struct base *b, const struct asked *a);
double cmt_index_of(const struct asked *a, size_t row); // yes 100, no 0; the answer must be valid
bool cmt_indexed(const struct asked *a);                // has an index, yes_no drivers included

struct correlation {  // of an item with the overall one
    double r, se, df; // NaN: none
    const struct base *base;
    double *u; // influence per respondent of the base
};
struct correlation cmt_correlation(struct cell *cell, const struct asked *a);

// ---- drivers.csv (drivers.c), and the matrix that rests on it
struct placed { // an item of the priority matrix
    const struct asked *asked;
    double n, performance, performance_low, performance_high;
    double importance, importance_low, importance_high; // on the axis of the matrix
    double stated;                                      // NaN: no importance item
    double priority;                                    // importance · (100 − performance)/100
    const char *quadrant;                               // "" = not placed
    int number;                                         // 1 to 4
    bool unsettled;                                     // an interval crosses a threshold
};
// The items with a driver, placed by the thresholds of the cell. a: for the list.
size_t matrix_place(struct cell *cell, struct placed **out);
void drivers_of_survey(struct run *run, const struct frame *f, struct asked **all,
                       const struct group_list *list, struct arena *a);
