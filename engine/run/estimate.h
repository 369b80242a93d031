// SPDX-License-Identifier: GPL-3.0-or-later
// What a run finds: estimates, comparisons, tests, drivers. One type each, one array each.
// NaN = no value. Texts live in the results' arena or in the study, are never NULL, "" = none.
#pragma once
#include "engine/ingest/reader.h"

enum unit {
    UNIT_ITEM, // the item's own: its `unit`, or "score" forms by its scale
    UNIT_PERCENT,
    UNIT_INDEX,
    UNIT_POINTS,
    UNIT_SCORE_1_5,
    UNIT_POINTS_1_5,
    UNIT_COUNT,
    UNIT_SECONDS,
    UNIT_DAYS,
    UNIT_DOLLARS,
    UNIT_RATIO,
    UNIT_CORRELATION,
    UNIT_RANK,
    UNIT_CODE,
    UNIT_SCORE_1_9,
    UNIT_INDEX_100,
    UNIT_INDEX_0_1,
    UNIT_KINDS,
};
struct unit_info {
    const char *id;   // as machine files write it: percent, index_0_100 …
    int decimals;     // shown to people (indicators.md 1.5)
    struct text sign; // what people read after the number or in a column head: "%", "points" …
};
extern const struct unit_info unit_table[UNIT_KINDS];

enum interval_kind { INTERVAL_NONE, INTERVAL_DESIGN, INTERVAL_PROCESS };

struct cell;
struct indicator;
typedef void compute_fn(const struct indicator *self, struct cell *cell);

// A row of the registry.
struct indicator {
    struct label label; // id and names in both languages
    enum unit unit;
    signed char direction; // 1 higher is better, -1 lower is better, 0 neither
    signed char decimals;  // -1 = the unit's
    enum interval_kind interval;
    const char *base;       // valid, all, pair, complete, reported, …
    const char *formula;    // in symbols
    struct text definition; // a sentence
    const char *inputs;     // what the study must declare
    const char *serves;     // recommendations, e.g. "3d 1b"
    const char *source;     // where the rule comes from, "own decision" included
    compute_fn *compute;    // gives rows through cell_add(); NULL: given by another row's function
};

enum estimate_status {
    EST_OK,
    EST_CAUTION,
    EST_UNRELIABLE,
    EST_SUPPRESSED,
    EST_SECONDARY,
    EST_NO_DATA,
    EST_NOT_APPLICABLE,
    EST_STATUS_COUNT,
};
extern const struct label status_labels[EST_STATUS_COUNT]; // ids ok, caution …
extern const char *const status_symbols[EST_STATUS_COUNT]; // "", E, F, x, x, .., ...

struct estimate {
    const struct indicator *indicator;
    const char *item;
    uint16_t region; // final number of places, or REGION_TOTAL
    struct period period;
    const char *by, *level;
    double value, se, low, high, df, n, weighted_n, effective_n, deff, numerator, denominator;
    const char *unit;     // id; the indicator's, or the item's
    signed char decimals; // shown to people
    enum estimate_status status;
    bool reported;    // of a period that the run reports on
    bool share;       // a percent of respondents: 0..100, interval by the study's rule, Cohen's h
    bool is_total;    // a sum or a count, for the NCHS rule on counts
    bool from_survey; // rests on respondents: min_n and the reliability rule apply
    bool preliminary, revised;
    double sd;          // of the answers, for effects; NaN = none
    const char *about;  // of a benchmark: how it was asked, as published; NULL otherwise
    const char *reason; // why there is no value or caution: id of a note, "" = none
    const void *scores; // the family's own, until comparisons are made; then NULL
};

struct comparison {
    const struct indicator *indicator;
    const char *item;
    uint16_t region; // kinds previous, year_ago, level; UINT16_MAX-1 = empty field
    struct period period;
    const char *by, *level;
    const char *kind, *a, *b; // region, rest, previous, year_ago, level
    double difference, se, low, high, statistic, df, p, p_adjusted;
    const char *adjust, *method;
    double effect;
    const char *effect_kind;
    bool significant;
    bool reported;
    bool withheld; // one side is suppressed: no row is written
    bool caution;
    signed char decimals;
    const char *unit;
    double detectable;             // minimum detectable difference
    size_t estimate_a, estimate_b; // places in results.estimates; SIZE_MAX = none (rest)
};
enum { REGION_EMPTY = 0xfffe };

struct test {
    const char *test, *item;
    uint16_t region;
    struct period period;
    const char *point; // of a control chart by week or day: its first day; NULL: the period itself
    const char *by;
    double statistic, df1, df2, p, n;
    const char *method;
    bool reported;
};

struct driver {
    const char *survey;
    uint16_t region;
    struct period period;
    const char *item, *driver;
    double n, r, beta, se, t, p, vif, lmg, lmg_low, lmg_high, relative_weight, stated_importance,
        performance, rank, r_squared;
    const char *quadrant;
    bool unsettled; // an interval crosses a threshold
    bool reported, withheld;
};

struct row_range {
    size_t from, to; // the rows of an indicator are all in [from, to)
};

struct results {
    struct arena arena;
    const struct study *study;
    const struct places *places;
    const struct ledger *ledger;
    VEC(struct estimate) estimates;
    VEC(struct comparison) comparisons;
    VEC(struct test) tests;
    VEC(struct driver) drivers;
    struct dict order; // ids of indicators in the order of the registry
    struct dict items; // ids of items in the order of arrival
    uint32_t *index;   // built by results_index: places in estimates + 1
    size_t index_slots;
    VEC(struct row_range) ranges; // built with it: of each indicator of `order`
    size_t ranged;                // estimates that they cover
};

// Where a function of the registry puts its rows, and what it reads.
struct cell {
    struct results *out;
    const char *item; // of the estimates to come, "" = none
    uint16_t region;
    struct period period;
    const char *by, *level;
    bool reported;
    const void *state; // the family's own
};
// Appends an estimate for the cell: everything NaN, status no_data, unit and decimals of the
// indicator. The pointer is good until the next call.
struct estimate *cell_add(struct cell *cell, const struct indicator *self);
// Sets a value and status ok (no_data when it is not finite).
void estimate_set(struct estimate *e, double value);

// The estimate of a key, NULL when there is none (results_index first; ids as in machine files).
const struct estimate *results_find(const struct results *r, const char *indicator,
                                    const char *item, uint16_t region, struct period period,
                                    const char *by, const char *level);
void results_index(struct results *r);
// Where the estimates of an indicator are to be looked for: among sorted ones it is these alone.
struct row_range results_rows(const struct results *r, const char *indicator);
void results_free(struct results *r);
// Adds what `from` holds at the end, in its order; `from` is empty then.
void results_take(struct results *into, struct results *from);
// Estimates in the order of output: family and row of the registry, item in the study's order,
// region, period, by, level. Comparisons, tests and drivers likewise.
void results_sort(struct results *r);

// ---- periods of a run
enum span_need {
    SPAN_REPORT,  // the run reports on it: all rows
    SPAN_COMPARE, // the one before, or a year before, of a reported one: all rows, not written
    SPAN_TREND,   // drawn in trends: rows without breakdown, not written
};
struct span {
    struct period period;
    enum span_need need;
};
// The periods to compute, in order: those reported, those they are compared with, and every quarter
// of the data for the trends. `asked`: none = the study's period, else all. All: every quarter (or
// year, where the data have no finer), every year and `all`.
size_t run_spans(const struct places *p, struct period asked, struct span **out);
// Does a row of `row` period (as read) belong to the span?
bool span_holds(struct span s, struct period row);
// Is there a break between two periods for this indicator and region? The reason, or NULL.
const struct trend_break *run_break(const struct study *s, const char *indicator,
                                    const char *region_id, struct period earlier,
                                    struct period later);
