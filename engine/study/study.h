// SPDX-License-Identifier: GPL-3.0-or-later
// The study as the user wrote it: open data, filled by study_load, read by everyone, changed by
// nobody. All pointers live in the study's arena. Texts are never NULL unless said so: "" = not
// given. Places (struct where) point into the study file, for messages.
#pragma once
#include "engine/base/err.h"
#include "engine/base/label.h"
#include "engine/study/period.h"

// Why a value is missing (indicators.md 1.1). Zero = a valid value.
enum missing {
    VALID,
    MISSING_BLANK,
    MISSING_DONT_KNOW,
    MISSING_NOT_APPLICABLE,
    MISSING_REFUSED,
    MISSING_NOT_ASKED,
    MISSING_BAD_TEXT,
    MISSING_OUT_OF_RANGE,
    MISSING_COUNT,
};
extern const struct label missing_labels[MISSING_COUNT]; // ids: valid, blank, dont_know, …

struct texts { // a list of plain texts
    const char *const *at;
    size_t count;
};

// Codes that mean "missing", per reason. A list that is not declared is empty (count 0, at NULL);
// for MISSING_BLANK that still includes the empty cell.
struct missing_codes {
    struct texts by[MISSING_COUNT];
};

struct dialect {           // NULL or 0 = find out
    const char *delimiter; // one character, or ", "
    const char *quote;     // one character, "" = none
    const char *encoding;  // utf-8, utf-16le, utf-16be, windows-1252, iso-8859-1, -15, macroman
    char decimal;          // '.' or ','
    const char *group;     // thousands separator in numbers, NULL = none
    enum date_order date;
    bool month; // period_format: month: a bare 2003-04 in a period column is April 2003
};

// Which column of the file plays a role ("region", "weight", "wait" …). Several names: the first
// that the file has. Roles that take lists (cluster, fpc of two stages) are repeated with `stage`
// 1, 2.
struct column_map {
    const char *role;
    struct texts names;
    int stage; // 1 or 2
    struct where where;
};

struct filter { // where: {column: [values]}
    const char *column;
    struct texts values;
    struct where where;
};

enum input_kind {
    INPUT_SURVEY,
    INPUT_EVENTS,
    INPUT_COUNTS,
    INPUT_SERVICES,
    INPUT_STANDARDS,
    INPUT_POPULATION,
    INPUT_TARGETS,
    INPUT_BENCHMARKS,
    INPUT_PLAN,
    INPUT_LEDGER,
    INPUT_SCORES,
    INPUT_MARGINS,
    INPUT_KIND_COUNT,
};

struct input { // what every block of data files has in common
    enum input_kind kind;
    const char *id; // of the block; "population", "targets" … where the block has none
    struct where where;
    struct texts files; // as written, relative to the study file; patterns allowed
    struct dialect dialect;
    struct column_map *columns; // declared ones; none: the canonical names of input_roles()
    size_t column_count;
    bool columns_declared;
    struct filter *filters;
    size_t filter_count;
    struct period period; // constant for all rows, or none
    const char *region;   // constant id, or NULL
    struct missing_codes missing;
    struct texts breakdowns; // column names; each is also the id of the breakdown
};

// The names under which a role may stand in the file: what the study declared, or (when it declared
// no columns at all) the canonical name. count 0: this input does not have that role.
struct texts input_column(const struct input *in, const char *role, int stage);
// The canonical roles of a kind of input, in the order of the manual; NULL-terminated.
const char *const *input_roles(enum input_kind kind);

struct code_text { // an answer's code and what people read
    const char *code;
    struct text text;
};

enum scale {
    SCALE_SATISFACTION, // 1–5, 5 best
    SCALE_AGREEMENT,
    SCALE_IMPORTANCE,
    SCALE_LIKERT, // low..high
    SCALE_NPS,    // 0–10
    SCALE_YES_NO,
    SCALE_CATEGORY,
    SCALE_MULTIPLE,
    SCALE_NUMBER,
    SCALE_COUNT,
};
extern const struct label scale_labels[SCALE_COUNT];

enum role {
    ROLE_NONE,
    ROLE_OVERALL,
    ROLE_BEST,
    ROLE_EXCEEDS,
    ROLE_PRIORITY,
    ROLE_AWARE_UNAIDED,
    ROLE_AWARE_AIDED,
    ROLE_RECALL,
    ROLE_WILLING,
    ROLE_COUNT,
};
extern const char *const role_ids[ROLE_COUNT];

struct code_group { // codes: {name: [codes of the file]}
    const char *name;
    struct texts codes;
};

struct price_step {
    double price;
    const char *column; // ladder: its yes/no column; prices: "" (the item's column holds the price)
};

struct item {
    const char *id;
    struct where where;
    struct text label;    // the id where none is given
    const char *column;   // one column; "" for scale multiple and for ladders
    struct texts names;   // column: [a, b]: the first of these that a file has; column is the first
    struct texts columns; // scale multiple: its columns
    enum scale scale;
    double low, high; // bounded scales; NaN for number, category, multiple
    bool reverse;
    enum role role;
    const char *driver;           // "" = none
    const char *importance;       // column of the importance rating, "" = none
    const char *acceptable;       // column of the acceptable value, "" = none
    const char *before;           // column of the earlier value, "" = none
    const char *unit;             // of scale number: "min", "dollars" …; "" = none
    struct missing_codes missing; // of its own, instead of the survey's
    bool own_missing;
    struct code_text *answers; // labels of codes
    size_t answer_count;
    struct texts yes, no;     // yes_no codes beside the known ones
    struct code_group *codes; // codes of the file brought under one name, yes and no excepted
    size_t code_count;
    const char *asked_if; // item id, "" = always asked
    struct texts asked_if_codes;
    struct price_step *ladder; // role willing
    size_t ladder_count;
    double direct_cost;  // NaN = not given
    const char *service; // that the price is for, "" = none
    struct period since; // first period with this wording (a break before it), or none
    bool mandatory;
};

struct ratio {
    const char *id, *numerator, *denominator; // item ids, or columns when no item has that id
    struct text label;
    struct where where;
};

struct composite {
    const char *id;
    struct text title;
    struct texts items;
    struct where where;
};

enum lonely { LONELY_ERROR, LONELY_CERTAINTY, LONELY_ADJUST, LONELY_AVERAGE, LONELY_REMOVE };

enum replicate_kind {
    REPLICATES_NONE,
    REPLICATES_JACKKNIFE,
    REPLICATES_JK1,
    REPLICATES_JKN,
    REPLICATES_BRR,
    REPLICATES_FAY,
    REPLICATES_BOOTSTRAP,
    REPLICATES_SDR,
    REPLICATES_OTHER,
};
struct replicates {
    enum replicate_kind kind;
    const char *columns; // one name with *, "" = the list below
    struct texts list;
    double scale, rho, df; // NaN = not given
    double *rscales;
    size_t rscale_count;
    bool center_mean;
    struct where where;
};

enum calibrate_method {
    CALIBRATE_NONE,
    CALIBRATE_POSTSTRATIFY,
    CALIBRATE_RAKE,
    CALIBRATE_LINEAR,
    CALIBRATE_LOGIT,
};
struct calibrate {
    enum calibrate_method method;
    struct input margins; // INPUT_MARGINS, one file
    double low, high;     // bounds of final/initial; NaN = none
    double trim;          // NaN = none
    double tolerance;     // NaN = the method's own
    int iterations;       // 0 = 1000
    struct where where;
};

struct survey {
    struct input in;
    const char *mode;       // "" = not said
    const char *instrument; // client (default), potential, staff
    struct item *items;
    size_t item_count;
    struct ratio *ratios;
    size_t ratio_count;
    struct composite *composites;
    size_t composite_count;
    struct replicates replicates;
    enum lonely lonely;
    struct calibrate calibrate;
    double done_well;                             // 75
    double client_standard;                       // 80
    double eligible;                              // NaN = not stated
    bool matrix_derived;                          // matrix.axis: derived (else stated)
    const char *matrix_threshold;                 // mean, median, fixed, peer
    double matrix_importance, matrix_performance; // of `fixed`, NaN = not given
    bool matrix_total;                            // matrix.scope: total (else cell)
    const char *standardise; // column whose mix cmt.index_standardised holds constant, "" = none
};

struct wait_standard { // standards: of an activity block
    const char *id, *channel;
    double within, target; // target NaN = none
    struct text label;
    struct where where;
};

enum control_grain { CONTROL_QUARTER, CONTROL_WEEK, CONTROL_DAY };
enum { PROFILE_MOST = 16 }; // columns of a client profile

struct activity { // kind INPUT_EVENTS or INPUT_COUNTS
    struct input in;
    bool counts; // shape: counts (else events); in.kind says the same
    struct wait_standard *standards;
    size_t standard_count;
    struct texts start, existing; // segments:
    struct texts online;          // channels
    bool online_declared;
    double episode_days; // 14
    struct texts missing_client;
    const char *within_unit;    // auto, fraction, percent
    bool within_handled;        // within_base: handled
    struct texts profile;       // columns of the client profile that must be filled
    enum control_grain control; // grain of the control charts
};

enum depth { DEPTH_AUTO, DEPTH_LEVELS, DEPTH_STEPS };
enum { POINT_COUNT = 6 }; // registration authentication application decision issuance feedback
extern const char *const point_ids[POINT_COUNT];

// A model of maturity that the study defines itself.
enum { OWN_LEVELS = 5, OWN_GROUPS = 8, OWN_WEIGHTS = 6 }; // most of each
struct own_weight {
    const char *measure;
    double percent; // the weights add up to 100
    struct where where;
};
struct own_group { // from the top: each begins lower than the one before
    const char *id;
    struct text title;
    double from; // lowest score of the group
    struct where where;
};
struct own_level { // from the lowest: each has more points than the one before
    const char *id;
    struct text title;
    double points;
    struct where where;
};
struct own_model {
    const char *id, *source;
    struct text title;
    struct own_weight *weights;
    struct own_group *groups;
    struct own_level *levels; // none: publish 1, interact 2, transact 3
    size_t weight_count, group_count, level_count;
    int decimals; // of the score where ranks are made
    struct where where;
};

struct services {
    struct input in;
    const char *model;           // "" = none; the id of `own` where there is one
    const struct own_model *own; // NULL: a model known by name
    struct texts except;         // regions
    enum depth depth;
    const char *points[POINT_COUNT]; // columns, "" = none; has_points false: levels
    bool has_points;
    struct texts crm_columns;
    double crm_max;
    struct input scores; // INPUT_SCORES; files empty = none
    struct texts scope;  // values of the scope column that count
    double high_volume;  // 45000
};

enum target_unit { TARGET_AUTO, TARGET_FRACTION, TARGET_PERCENT };
struct standards {
    struct input in;
    enum target_unit target_unit;
    int decimals; // 4
};

struct plan {
    struct input in;
    int32_t as_of;       // days; INT32_MIN = last day of the period
    struct input ledger; // files empty = none
};

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
