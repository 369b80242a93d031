// SPDX-License-Identifier: GPL-3.0-or-later
// The study as the user wrote it: open data, filled by study_load, read by everyone, changed by
// nobody. All pointers live in the study's arena. Texts are never NULL unless said so: "" = not
// given. Places (struct where) point into the study file, for messages.
#pragma once
#include "engine/study/record_blocks.h"
#include "engine/study/survey_block.h"

struct region {
    const char *id;
    struct text name;
    struct texts aliases;
    struct where where;
};

struct trend_break {
    const char *indicator; // id or family.*
    const char *region;    // "" = all
    struct period from;
    struct text reason;
    struct where where;
};

struct revision {
    struct period period;
    const char *indicator;
    struct text reason;
};

struct level_labels { // labels: {segment: {startup: {en, fr}}}
    const char *breakdown;
    struct code_text *levels;
    size_t level_count;
    struct text name; // of the breakdown itself, from labels: {segment: {"": …}} or the id
};

enum proportion_interval {
    PROP_LOGIT,
    PROP_WILSON,
    PROP_KORN_GRAUBARD,
    PROP_CLOPPER_PEARSON,
    PROP_WALD
};
enum adjust { ADJUST_HOLM, ADJUST_BH, ADJUST_BONFERRONI, ADJUST_NONE };
enum suppress_rule { SUPPRESS_STATCAN, SUPPRESS_NCHS, SUPPRESS_NONE };
extern const char *const adjust_ids[]; // holm, bh, bonferroni, none

struct size_limits {
    size_t field, record, columns, levels, study; // study: 4 MiB can only be lowered
    size_t contacts; // of known clients and cases, which are kept, 16 bytes each
    double expand;   // most bytes out per byte in before a bomb is suspected
};
enum { LIMIT_CONTACTS = 200000000 };

struct wanted { // an id, or how ids begin and a `*`
    const char *pattern;
    struct where where;
};

struct study {
    struct arena arena;
    const char *path; // of the study file
    char sha256[65];
    const struct shelf *shelf; // files in memory instead of those on the disk; NULL: none
    const char *id;
    struct text title, contact;
    const char *date; // of publication as written, "" = none
    bool synthetic;   // synthetic: true — said wherever results are shown
    bool fiscal;
    struct period period, baseline;
    bool has_regions; // declared; else taken from the data
    struct region *regions;
    size_t region_count;
    struct region total;
    struct survey *surveys;
    size_t survey_count;
    struct activity *activities;
    size_t activity_count;
    struct services *services;
    size_t services_count;
    struct standards *standards;
    size_t standards_count;
    struct input population, targets, benchmarks;   // files empty = none
    const char *population_by, *population_vintage; // "" = not said
    bool has_plan;
    struct plan plan;
    double confidence;
    enum proportion_interval interval;
    enum adjust adjust;
    double min_n;
    enum suppress_rule rule;
    bool complementary;
    double max_rejects;       // a number, or a percent when max_rejects_percent
    bool max_rejects_percent; // default: 5 percent
    struct size_limits limits;
    struct trend_break *breaks;
    size_t break_count;
    struct revision *revisions;
    size_t revision_count;
    struct period *preliminary;
    size_t preliminary_count;
    struct level_labels *labels;
    size_t label_count;
    struct texts rank;
    bool benchmark_any;
    struct wanted *wanted; // indicators to compute, by `indicators:`; none listed = all
    size_t wanted_count;
};

// Reads a study file, or study.yaml in a folder. Every problem becomes a diagnostic with its place;
// FAIL_DATA when there was any error, FAIL_INPUT when it cannot be read. `s` is zeroed before.
MUST_CHECK enum status study_load(struct study *s, const char *path, struct diags *d);
void study_free(struct study *s);

// Calls `each` for every input of the study in the order of the file's sections: surveys (each with
// its margins), activity, services (with scores), standards, population, targets, benchmarks, plan
// and its ledger. Inputs without files are left out.
void study_list_inputs(const struct study *s, void (*each)(const struct input *, void *),
                       void *context);

// Is the indicator to be computed? Always, when the study lists none, or there is no study.
bool study_wants(const struct study *s, const char *id);
// Does a pattern of the list name the id? `cmt.*` names all that begin with `cmt.`.
bool wanted_names(const struct wanted *w, const char *id);

// What people read for a level of a breakdown: `labels:` of the study, else the answers of an item
// with that column or id, else the level itself. Pointers live as long as the study and the level.
const char *study_level(const struct study *s, const char *breakdown, const char *level,
                        enum lang lang);
const char *study_breakdown(const struct study *s, const char *breakdown, enum lang lang);
const struct item *survey_item(const struct survey *s, const char *id); // NULL: none
// The label of a code of an item: its own, else the words of its scale (words.h), else the code.
const char *item_answer(const struct item *item, const char *code, enum lang lang);
