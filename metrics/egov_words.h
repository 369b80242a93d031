// SPDX-License-Identifier: GPL-3.0-or-later
// The words of a catalogue of services, in both languages, and its scores file.
#pragma once
#include "metrics/egov_state.h"

// What level and reached say (indicators.md 4.1).
struct depth_read {
    enum depth_form form; // FORM_EITHER: not on-line, which both readings write alike
    int level, reached;
    enum missing bad_level, bad_reached; // VALID, or why the cell cannot be used
};
// `model`: NULL, or whose levels may be the study's own.
struct depth_read depth_read(struct str level, struct str reached, enum depth asked,
                             const struct model *model);

enum { POINT_UNKNOWN, POINT_ABSENT, POINT_YES, POINT_NO };
int point_answer(struct str word);
enum service_kind kind_of(struct str word);
// Is one of the values among the words of a scope cell, which may hold several?
bool scope_holds(struct str cell, struct texts values);

// E0453 when levels and steps stand side by side; sets block->steps, says how the depth was read.
MUST_CHECK enum status egov_check_depth(struct run *run, struct egov_block *block);
// E0452 for every service that stands twice for a region and period.
MUST_CHECK enum status egov_check_keys(struct run *run, struct egov_state *state,
                                       const struct egov_block *block);
// Reads the scores file of a block, if it has one: region, period, measure, value.
MUST_CHECK enum status egov_read_scores(struct run *run, struct egov_state *state,
                                        struct egov_block *block);
