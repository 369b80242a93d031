// SPDX-License-Identifier: GPL-3.0-or-later
// The sample design: strata, primary units (PSUs), optionally secondary units (SSUs) with finite
// population corrections, or replicate weights. It spans all used rows of a survey; a domain never
// shrinks it (statistics.md 1 and 3).
#pragma once
#include "engine/base/err.h"
#include "engine/base/map.h"

enum design_lonely { // what a stratum with one PSU adds; same order as the study's `lonely`
    DESIGN_LONELY_ERROR,
    DESIGN_LONELY_CERTAINTY,
    DESIGN_LONELY_ADJUST,
    DESIGN_LONELY_AVERAGE,
    DESIGN_LONELY_REMOVE,
};

// What a design is made from: one entry per used row in each array that is not NULL.
struct design_rows {
    size_t rows;
    const uint32_t *stratum, *psu,
        *ssu; // numbers in the dictionaries; psu NULL: every row is a PSU
    const struct dict *stratum_names, *psu_names, *ssu_names;
    const uint32_t *period;   // joins the stratum when no PSU occurs in two periods
    const double *fpc, *fpc2; // of the stratum and of the PSU; NaN = missing
    enum design_lonely lonely;
    bool declared;      // the study names strata or clusters: a lonely unit is an error under ERROR
    struct where where; // for messages
    const char *survey;
};

struct stratum {
    uint32_t first, n; // its PSUs are first .. first + n - 1
    double f;          // sampled fraction, 0 without fpc
    const char *name;
};

struct design {
    struct arena arena;
    size_t rows;
    uint32_t *unit;      // per row: its finest unit; NULL with replicates
    uint32_t unit_count; // SSUs where there are two stages, else PSUs
    uint32_t *unit_psu;  // per unit, sorted; NULL when units are PSUs
    uint32_t psu_count;
    uint32_t *psu_stratum; // per PSU, sorted
    double *psu_f;         // two stages: sampled fraction of the SSUs; NULL one stage
    uint32_t *psu_first;   // two stages: first unit of each PSU, psu_count + 1 entries
    struct stratum *strata;
    uint32_t stratum_count, lonely_count;
    enum design_lonely lonely;
    bool by_period;    // the period is part of the stratum
    bool spans_period; // a PSU occurs in several periods
    // replicate weights instead
    size_t replicates;
    double **replicate;       // [replicate][row] full weights
    double *replicate_factor; // scale times s_r
    double replicate_df;
    bool center_mean;
};

// Numbers the units by their labels, so that the order of rows does not matter. Errors name every
// offending stratum.
MUST_CHECK enum status design_build(struct design *d, const struct design_rows *rows,
                                    struct diags *diags);
void design_free(struct design *d);
