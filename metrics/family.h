// SPDX-License-Identifier: GPL-3.0-or-later
// A family of indicators: its rows, what it reads, how it fills the results. The registry lists
// all.
#pragma once
#include "engine/run/estimate.h"

struct run { // what a family's functions share during one run
    const struct study *study;
    struct places *places;
    struct ledger *ledger;
    struct results *results;
    struct diags *diags;
    struct span *spans; // set before compute
    size_t span_count;
    int threads;
    struct parts *parts; // of merged partial states (parts.h); NULL: data are read from their files
    // Set by the standards family when read, NULL before and after: services are joined to it.
    struct standards_state *standards;
    struct run_found {       // what families found while reading, for the family `quality`
        uint64_t excess;     // numerators above their denominators
        uint64_t duplicates; // keys that stand twice
        uint64_t undated;    // completed actions without a date
        uint64_t broken_ladders, skipped_answers;
    } found;
};

struct family {
    struct label label;
    const struct indicator *rows;
    size_t count;
    // Reads the family's inputs (input_read) into a state of its own; NULL when it has nothing to
    // read. Called once per run, before places_finish: numbers of regions and periods are first
    // numbers.
    enum status (*read)(struct run *run, void **state);
    // Computes all rows of all cells. Called once, after places_finish; frees the state.
    void (*compute)(struct run *run, void *state);
    void (*drop)(void *state); // frees a state that will not be computed
    bool after_others;         // compute reads the estimates of other families
};

extern const struct family *const families[];
extern const size_t family_count;
const struct indicator *indicator_find(const char *id);

extern const struct family survey_family, cmt_family, egov_family, standards_family,
    activity_family, reach_family, plan_family, quality_family;
