// SPDX-License-Identifier: GPL-3.0-or-later
// The sums of one cell by class of answer.
#pragma once
#include "engine/stats/classes.h"
#include "metrics/respondents.h"

struct class_cell {
    struct class_tally tally;
    double *n;           // per class, unweighted
    int128 *w;           // per class, whole numbers of the frame's weight unit
    bool *has;           // [stratum place][class]: somebody is there
    struct base base[2]; // by enum class_base; without rows
};
