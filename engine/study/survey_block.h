// SPDX-License-Identifier: GPL-3.0-or-later
// A survey of the study: its design, its items, what is computed of them (study.h).
#pragma once
#include "engine/study/input.h"

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
