// SPDX-License-Identifier: GPL-3.0-or-later
// What the rows of survey, cmt and reach share: respondents of one cell, the answers of the item at
// hand, and functions that turn them into estimates. An indicator says what is averaged, over whom;
// it never computes a standard error.
#pragma once
#include "engine/run/compare.h"
#include "engine/run/frame.h"
#include "metrics/family.h"

struct group {       // respondents of one region, period and level
    uint16_t region; // final number, or REGION_TOTAL
    struct period period;
    enum span_need need;
    const char *breakdown, *level; // "" = none
    const uint32_t *rows;          // of the frame, in the order of their units
    size_t count;
    bool rest;                 // all rows of the period but the region's
    const struct group *whole; // the total region of the same period, itself where there is none
    // The units of the rows, and where the rows of each begin (one past the last at the end);
    // NULL where sums by unit do not serve (frame.by_units).
    struct domain *units;
    const uint32_t *first;
    size_t number; // its place among groups, then rests
    // Groups that make it up without overlap; of a rest: the whole, and the region taken from it.
    // NULL where it is small.
    const struct group **parts;
    size_t part_count;
};

struct levels { // codes an item's answers have, in order; those listed and those that occur
    size_t count;
    const char **id;
    uint32_t *of; // per row of the frame: place of its answer; UINT32_MAX without. NULL where
                  // asked.class or asked.named says it
};

struct asked {                       // the item at hand
    uint64_t reasons[MISSING_COUNT]; // rows of the survey by reason
    const struct variable *variable;
    const struct item *item;
    const struct column *column; // NULL: several columns
    struct levels levels;
    uint8_t *why;    // of a question with several columns, made up from them; else the column's
    uint8_t *class;  // per row: its class (below); NULL: not class_able
    uint8_t **named; // scale multiple: per level and row, 1 where named
};

// Who an estimate rests on, with weights gathered.
struct base {
    struct domain *domain;
    size_t n;
    const uint32_t *row;
    int64_t *weight; // whole numbers
    quad weight_sum; // in whole numbers, exact
    int64_t heaviest;
    double weighted_n, kish;       // Σw; (Σw)²/Σw²
    double invalid[MISSING_COUNT]; // unweighted, of the group: why the others are not in
};

struct kept { // made when first wanted, for all indicators and tests of the item
    struct base *valid, *everybody;
    struct class_cell *classes;
};

struct view { // cell.state
    const struct frame *frame;
    const struct group *group;
    struct asked *asked; // NULL: for indicators of the survey, not of an item
    struct asked **all;  // every variable's, in the frame's order
    struct arena *arena; // lives until the comparisons of the item are made
    const struct study *study;
    struct diags *diags;
    const struct peers *peers;      // NULL: none
    struct kept *kept;              // of the item in the group
    struct kept *book;              // of the item in all groups, by number; NULL: not at hand
    const char *answer_by, *answer; // of cell_answer, "" = none
};

static inline struct view *view_of(struct cell *cell)
{
    return (struct view *)(uintptr_t)cell->state;
}

// The cell of another item, or (whole) of the total region: `view` becomes its state.
struct cell cell_of_item(const struct cell *cell, const struct asked *a, struct view *view);
struct cell cell_of_whole(const struct cell *cell, struct view *view);

// ---- who
const struct base *base_valid(struct cell *cell); // valid answers of the item
const struct base *base_asked(struct cell *cell); // everyone asked
// Rows of the group for which `keep` holds.
struct base *base_where(struct cell *cell, bool (*keep)(const void *context, size_t row),
                        const void *context);
struct base *base_both(struct cell *cell, const struct asked *a, const struct asked *b);
const char *asked_unit(const struct asked *a); // score_1_5, the item's own unit, score …
enum missing asked_why(const struct asked *a, size_t row);
// Why there is no value: nobody (E1), or the measure does not apply to anybody here (E2).
enum estimate_status base_empty(const struct base *b);

// ---- what: whole numbers per respondent of a base, of one unit
struct measure {
    const int64_t *v;
    int scale;            // value = v / 10^scale
    double binary;        // or v · binary, when not 0
    double factor, shift; // estimate = factor · mean + shift; factor 0 = 1
    bool share;           // v is 0 or 1, the estimate a percent
};
struct measure measure_of(struct cell *cell, const struct base *b, const struct asked *a);
// a − b, brought to one scale.
struct measure measure_difference(struct cell *cell, const struct base *base, const struct asked *a,
                                  const struct asked *b);
// Any doubles, brought to a grid of 2^-62 of the largest. NaN is not allowed.
struct measure measure_of_doubles(struct cell *cell, const struct base *b, const double *x);

struct estimate *give_mean(struct cell *cell, const struct indicator *self, const struct base *b,
                           const struct measure *m);
struct estimate *give_total(struct cell *cell, const struct indicator *self, const struct base *b,
                            const struct measure *m);
struct estimate *give_sd(struct cell *cell, const struct indicator *self, const struct base *b,
                         const struct measure *m);
// Ratio of two totals over one base.
struct estimate *give_ratio(struct cell *cell, const struct indicator *self, const struct base *b,
                            const struct measure *y, const struct measure *x);
// p in 0..1; left inverse and Woodruff's limits.
struct estimate *give_quantile(struct cell *cell, const struct indicator *self,
                               const struct base *b, const struct measure *m, double p);
// Percent of the base for which chosen[i] (0 or 1) holds.
struct estimate *give_share(struct cell *cell, const struct indicator *self, const struct base *b,
                            const int64_t *chosen);
// A smooth statistic from its value and influence u (score over weight) per respondent of the base.
struct estimate *give_smooth(struct cell *cell, const struct indicator *self, const struct base *b,
                             double value, const double *u);
// Σ factor · parts, made from their scores. Value given; parts may not stand in cell->out.
struct estimate *give_combination(struct cell *cell, const struct indicator *self, double value,
                                  const struct estimate *parts, const double *factor, size_t count);
// A number without sampling error.
struct estimate *give_plain(struct cell *cell, const struct indicator *self, const struct base *b,
                            double value);
// An estimate without value.
struct estimate *give_nothing(struct cell *cell, const struct indicator *self,
                              enum estimate_status why, const char *reason);

// Scores of a mean-like statistic from u = (a − mean)/Σw; replicates exactly.
struct scores *give_ratio_scores(struct cell *cell, const struct base *b, const double *u);
// Gives an estimate its scores.
void give_evidence(struct cell *cell, struct estimate *e, struct scores *s);

// An estimate with what every one of respondents has; b NULL: only the place.
struct estimate *give_begin(struct cell *cell, const struct indicator *self, const struct base *b);
// Error, limits and effective n of an estimate with a value. simple: its variance under simple
// random sampling with replacement, NaN = no design effect.
void give_conclude(struct cell *cell, struct estimate *e, const struct base *b, struct scores *s,
                   double simple);

// Shown, not compared: another row says the same and is, or the differences would mean little.
void leave_uncompared(struct estimate *e);
// Compared between regions and periods, not in every level of a breakdown, where readers have
// enough with the index.
void leave_levels_uncompared(const struct cell *cell, struct estimate *e);

// ---- by answer: statistics that depend on a respondent only through the answer. Sums by class, of
// strata where every row is a sampling unit (engine/stats/classes.h), else of units, are made once
// per item and cell. Calibrated weights and replicates go the way of give_mean.
enum class_base { BASE_VALID, BASE_ASKED };
struct by_class { // v: per class, levels of the item first, then the missing reasons
    const int64_t *v;
    enum class_base base;
    double factor, shift; // as in struct measure
    bool share;
};
size_t class_count(const struct asked *a);
int64_t class_value(const struct asked *a, size_t k); // the number a level stands for
uint32_t class_of(const struct asked *a, size_t row);
bool class_able(const struct asked *a); // has levels that classes can be made of
struct estimate *give_class_mean(struct cell *cell, const struct indicator *self,
                                 const struct by_class *m);
struct estimate *give_class_total(struct cell *cell, const struct indicator *self,
                                  const struct by_class *m);
struct estimate *give_class_sd(struct cell *cell, const struct indicator *self,
                               const struct by_class *m);
// The median of an item whose levels are numbers.
struct estimate *give_class_quantile(struct cell *cell, const struct indicator *self, double p);
// The sums of the cell by class; NULL where they do not serve.
struct class_cell;
const struct class_cell *class_cell_of(struct cell *cell);
const struct base *class_base_of(struct cell *cell,
                                 enum class_base which); // n and sums only, or whole

// The cell with an answer behind its breakdown: by = answer, or segment*answer with level
// startup*4.
struct cell cell_answer(const struct cell *cell, const char *by, const char *answer);

// ---- the run
struct respondents { // state of the survey family
    struct frame *frames;
    size_t count;
};
enum status respondents_read(struct run *run, void **state);
void respondents_compute(struct run *run, void *state);
void respondents_drop(void *state);
struct group_list { // cells of a survey
    VEC(struct group) groups, rests;
};
void groups_make(struct group_list *list, const struct frame *f, const struct run *run,
                 struct arena *a);
// names: of the results, where ids of levels live.
void asked_make(struct asked *a, const struct variable *v, const struct frame *f,
                struct arena *arena, struct arena *names);

double moe_z(double confidence); // 1.959964 at 0.95

// ---- kinds of items
bool item_points(const struct item *item);  // a bounded scale of numbers, nps included
bool item_rated(const struct item *item);   // the same without nps
bool item_numeric(const struct item *item); // points, or scale number
// The first item with a role, the item of an id, the item that stands beside another
// (timeliness.importance); NULL: none.
const struct asked *asked_role(const struct view *v, enum role role);
const struct asked *asked_id(const struct view *v, const char *id);
const struct asked *asked_beside(const struct view *v, const struct asked *a, const char *suffix);
bool asked_named(const struct asked *a, size_t level, size_t row); // did the row give this answer?
