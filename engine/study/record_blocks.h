// SPDX-License-Identifier: GPL-3.0-or-later
// The blocks of the study that hold records rather than answers: activity, services, standards,
// plan (study.h).
#pragma once
#include "engine/study/input.h"

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
