// SPDX-License-Identifier: GPL-3.0-or-later
// The sums of one cell by class of answer.
#pragma once
#include "engine/stats/classes.h"
#include "metrics/respondents.h"

struct class_entry { // respondents of one unit and class
    uint32_t slot;   // of the unit, in class_cell.units
    uint32_t class;
    int64_t whole; // its weight, in whole numbers of the frame's unit
    double w;      // the same
};

struct class_cell {
    struct class_tally tally;    // where every row is a unit; `classes` always
    double *n;                   // per class, unweighted
    int128 *w, *ww;              // per class, of whole numbers of the frame's weight unit
    bool *has;                   // of strata: [stratum place][class]: somebody is there
    const struct domain *units;  // elsewhere: those of the cell, NULL for strata
    struct class_entry *entries; // in the order of units and classes
    size_t entry_count;
    struct base base[2]; // by enum class_base; without rows
};

bool class_in_base(const struct asked *a, size_t k, enum class_base which);
quad class_unit(const struct frame *f); // what a whole number of weight stands for
// Scores z_i = w_i · coef[class of i]; coef is kept.
struct scores *class_scores(struct arena *a, const struct class_cell *c, const struct base *b,
                            const double *coef);
