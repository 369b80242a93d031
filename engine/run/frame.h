// SPDX-License-Identifier: GPL-3.0-or-later
// The respondents of one survey in memory: places, weights, design, answers. Rows with weight 0 are
// counted and left out; a row whose weight is negative, blank or unreadable is rejected.
#pragma once
#include "engine/run/column.h"
#include "engine/stats/calibrate.h"
#include "engine/stats/scores.h"

// A thing respondents were asked: an item, or what an item's `importance`, `acceptable` or `before`
// column holds, or a column that only a ratio uses (hidden).
struct variable {
    const struct item *item;   // derived ones have a copy with an id like timeliness.importance
    const struct item *parent; // of a derived one, else NULL
    struct column *column;     // NULL for scale multiple and price ladders
    struct column *columns;    // those
    size_t column_count;
    bool hidden;
    bool mentions;    // multiple: columns hold codes (else each column is a yes/no option)
    uint64_t skipped; // valid answers where asked_if did not hold
};

struct breakdown {
    const char *id;
    struct column column;
    uint32_t *rank; // of its codes
};

struct frame {
    const struct study *study;
    const struct survey *survey;
    struct arena arena;
    struct arena *names; // of the ledger: ids made here stand in messages and results
    size_t rows;
    uint16_t *region, *period; // first numbers; final ones after frame_place
    int64_t *weight;           // final weights, whole numbers of weight_unit
    double weight_unit;
    int weight_scale; // decimal places of exact weights
    double *w;        // the same as doubles
    double *initial;  // before calibration; NULL when not calibrated
    bool weighted;    // a weight column, or calibrated
    bool simple;      // no weight, stratum, cluster, replicates
    bool by_classes;  // sums by answer are all that variances need (engine/stats/classes.h)
    bool by_units;    // sums by unit and answer are
    struct variable *variables;
    size_t variable_count;
    struct breakdown *breakdowns;
    size_t breakdown_count;
    struct breakdown *mix; // the column of `standardise`, NULL = none
    struct design design;
    // Rows in the order of their units. But for calibrated weights and replicates the rows stand in
    // that order themselves.
    uint32_t *order;
    struct domain *all; // of every row; NULL when not calibrated
    struct calibrate_plan plan;
    struct calibrate_basis basis;
    struct calibrate_result calibration;
    struct residual residual;
    const struct residual *residuals; // &residual, or NULL when not calibrated
};

struct frame_run { // what reading a frame needs of the run
    const struct study *study;
    struct places *places;
    struct ledger *ledger;
    struct diags *diags;
    int threads; // 0 or 1: the caller's only
};

// Reads a survey: rows, design, calibration. The frame is made even when it fails; frame_free it.
MUST_CHECK enum status frame_read(struct frame *f, const struct survey *survey,
                                  const struct frame_run *run);
// Numbers of regions and periods become final.
void frame_place(struct frame *f, const struct places *places);
void frame_free(struct frame *f);
const struct variable *frame_variable(const struct frame *f, const char *id); // NULL: none

// ---- inside the frame
void frame_variables(struct frame *f);   // lists them from the study
void frame_skips(struct frame *f);       // asked_if
void frame_mentions(struct variable *v); // multiple: do the columns hold codes or yes and no?
int frame_flag(const struct item *item, struct str text); // 1 yes, 0 no, -1 neither
