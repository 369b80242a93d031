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
    const struct peers *peers; // targets and benchmarks, as the family cmt read them; else NULL
    struct run_found {         // what families found while reading, for the family `quality`
        uint64_t excess;       // numerators above their denominators
        uint64_t duplicates;   // keys that stand twice
        uint64_t undated;      // completed actions without a date
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

// ---- what the study asks for (`indicators:`): ids of the registry, and beside them those of the
// tests (tests.wald …) and `drivers`, which stand for files of their own.
enum wanted_test {
    TEST_WALD,
    TEST_RANK,
    TEST_RAO_SCOTT,
    TEST_ANOVA,
    TEST_TREND,
    TEST_COUNT,
};
extern const char *const wanted_tests[TEST_COUNT]; // "tests.wald" …
extern const char wanted_drivers[];
// A pattern that names nothing is an error at its place.
MUST_CHECK enum status wanted_check(const struct study *s, struct diags *d);
// Is anything of a family wanted, or what rests on its data?
bool wanted_family(const struct study *s, const struct family *f);
bool wanted_respondents(const struct study *s); // of all that rests on respondents
// Estimates that the study does not ask for leave the results, and their comparisons with them.
void wanted_keep(struct results *r);

// Computes a row where the study asks for it.
static inline void row_compute(const struct indicator *row, struct cell *cell)
{
    if (row->compute && study_wants(cell->out->study, row->label.id))
        row->compute(row, cell);
}

extern const struct family survey_family, cmt_family, egov_family, standards_family,
    activity_family, reach_family, plan_family, quality_family;
