// SPDX-License-Identifier: GPL-3.0-or-later
// Gates: rules that a snapshot must pass before it is taken for good. A rule selects estimates by
// patterns and checks one thing; each breach says which estimate failed it and how.
#pragma once
#include "engine/store/diff.h"
#include "engine/study/study.h"

enum gate_check {
    GATE_MINIMUM_N,        // limit: smallest base
    GATE_MINIMUM_RESPONSE, // limit: percent; of survey.response where no indicator is named
    GATE_MINIMUM,          // limit: smallest value
    GATE_MAXIMUM,          // limit: largest value
    GATE_MAXIMUM_CHANGE,   // limit: largest change, as printed, from the snapshot before
    GATE_REQUIRED,         // each combination of the patterns has a value
    GATE_TARGET,           // targets are met (cmt.target_met)
    GATE_STANDARD_MET,     // standards are met (standards.met)
    GATE_RECONCILES,       // figures agree (quality.reconcile); limit: difference allowed, else 0
    GATE_REGIONS,          // no region without a value that had one before
    GATE_FRESH,            // since: the period is not older; limit: days from its end to the date
    GATE_CHECKS,
};
extern const char *const gate_check_ids[GATE_CHECKS];

enum gate_severity { GATE_ERROR, GATE_WARNING };

struct gate_rule {
    const char *id;
    struct where where;
    enum gate_check check;
    enum gate_severity severity;
    struct text message;              // what people read first; "" = none
    struct texts only[SNAPSHOT_KEYS]; // patterns with * and ?; none: the check's own choice
    double limit;                     // NaN = not given
    bool beyond;                      // maximum_change: only changes beyond their uncertainty
    struct period since;
};

struct gate {
    struct arena arena;
    const char *path;
    struct gate_rule *rules;
    size_t rule_count;
};

struct breach {
    const struct gate_rule *rule;
    const struct snapshot_estimate *estimate; // NULL: of no single one
    const char *text;                         // "base is 12, at least 30 asked"
};
struct verdict {
    struct arena arena;
    const struct gate *gate;
    VEC(struct breach) breaches;           // in the order of the rules
    VEC(const struct gate_rule *) skipped; // they compare with a snapshot before, and there is none
    VEC(const struct gate_rule *) idle;    // they select nothing
    size_t errors, warnings;
};

// Reads a rules file (YAML). Every problem is named with its place (E0101 to E0117, E0820).
MUST_CHECK enum status gate_read(struct gate *g, const char *path, struct diags *d);
void gate_free(struct gate *g);

// `diff`: against the snapshot before, or NULL. Gate, snapshot and diff must outlive the verdict.
void gate_judge(struct verdict *v, const struct gate *g, const struct snapshot *s,
                const struct diff *diff);
void verdict_free(struct verdict *v);
// Each breach as a diagnostic with the place of its rule; FAIL_GATE when one is an error.
enum status verdict_report(const struct verdict *v, const struct snapshot *s, struct diags *d);
void verdict_junit(struct buf *out, const struct verdict *v); // a test case per rule
void verdict_json(struct buf *out, const struct verdict *v);
