// SPDX-License-Identifier: GPL-3.0-or-later
// The action plan and its ledger as read.
#pragma once
#include "metrics/admin.h"

enum plan_status {
    PLAN_NONE, // blank
    PLAN_ONGOING,
    PLAN_COMPLETED,
    PLAN_PLANNED,
    PLAN_IN_DESIGN,
    PLAN_UNDER_REVIEW,
    PLAN_STALLED,
    PLAN_NO_ACTION,
    PLAN_STATUS_COUNT,
};
extern const struct label plan_status_labels[PLAN_STATUS_COUNT];
// The status a word stands for, in either language, without regard to case and accents. PLAN_NONE:
// unknown; *near then names the nearest known word, or is NULL.
enum plan_status plan_status_read(struct str word, const char **near);

enum { PLAN_NO_DATE = INT32_MIN };
// 2004-06-30; 2004-06 and FY2004-05, their last day; 2004-spring and its sisters in both languages;
// ongoing: true, without a date. False: not a date.
bool plan_date_read(struct str text, int32_t *day);

struct plan_row { // an action
    uint32_t recommendation;
    enum plan_status status;
    int32_t due, revised, done; // PLAN_NO_DATE = none
    uint16_t *regions;          // first numbers of the owners that are regions, final once settled
    size_t region_count;
};

struct ledger_row {
    uint32_t measure;
    uint16_t region, period;
    double numerator, denominator; // NaN = not reported
};

struct plan_state {
    struct arena arena;
    struct dict recommendations, measures;
    uint32_t *measure_rank;
    VEC(struct plan_row) rows;
    VEC(struct ledger_row) ledger;
};

MUST_CHECK enum status plan_read(struct run *run, void **state);
void plan_settle(const struct run *run, struct plan_state *state);
void plan_drop(void *state);

struct plan_view { // what the indicators of a cell are computed from
    const struct run *run;
    const struct plan_state *state;
    const struct plan_row *const *rows; // actions of the region
    size_t count;
    int32_t as_of; // PLAN_NO_DATE: not known
    struct span span;
    double outcome, all; // indicators with a value: from survey, population or ledger; all
};
void plan_compute(struct run *run, void *state);
