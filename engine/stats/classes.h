// SPDX-License-Identifier: GPL-3.0-or-later
// Scores that are constant within classes of respondents (the answers of an item), where every row
// is a sampling unit: then Σw and Σw² by stratum and class are all that a covariance needs, and
// nothing is kept per respondent.
#pragma once
#include "engine/base/num.h"
#include "engine/stats/scores.h"

enum { CLASSES_MOST = 200, CLASSES_STRATA = 64 };

struct class_tally { // of one cell
    const struct design *design;
    size_t classes, strata;
    const uint32_t *stratum; // their numbers, sorted; [strata]
    const quad *w, *ww;      // Σw and Σw², [stratum place][class]
};

// Is a design fit for it? One stage, rows are PSUs, no lonely stratum, no replicates, few strata.
bool classes_fit(const struct design *d);
// Scores z_i = w_i · coef[class of i]. The domain needs n and df only. coef is kept.
struct scores *scores_of_classes(struct arena *a, const struct domain *d,
                                 const struct class_tally *tally, const double *coef);
// Of two scores of one tally, or of tallies without a common respondent.
double classes_cov(const struct scores *a, const struct scores *b);
double classes_df(const struct scores *a, const struct scores *b);
