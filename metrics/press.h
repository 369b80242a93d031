// SPDX-License-Identifier: GPL-3.0-or-later
// What the functions of the list of tables share while a document is made: finding rows, naming
// things, and the grid that most tables are. For metrics/ only.
#pragma once
#include "engine/report/say.h"
#include "metrics/tables.h"

struct press {
    struct document *doc;
    struct arena *a; // the document's
    const struct results *r;
    const struct study *s;
    const struct places *places;
    struct period period;
    const struct table_kind *kind; // at hand
    struct dict changes;           // keys of comparisons
    VEC(uint32_t) change_at;       // their places
    const char *overall;           // item of the overall score, "" = none
    const char *since; // comparison over time that has rows: previous, else year_ago, else NULL
    const char *score; // indicator that scores it: index, or mean where there is none
};

void press_start(struct press *p, struct document *doc, const struct results *r,
                 struct period period);
void press_end(struct press *p);

// ---- finding

// What a row or a column of a grid is about. NULL and none are left to the other of
// the two; the period is that of the report unless one is given.
struct key {
    const char *indicator, *item, *by, *level;
    uint16_t region;
    struct period period;
};

const struct estimate *press_find(const struct press *p, struct key k);
// The comparison of a key, NULL when there is none. kind: rest, previous, year_ago.
const struct comparison *press_change(const struct press *p, struct key k, const char *kind);
// Of two regions: *sign is 1 when `a` stands first in it, -1 when `b` does.
const struct comparison *press_pair(const struct press *p, struct key k, uint16_t a, uint16_t b,
                                    int *sign);
// Distinct items with rows of an indicator in the period (any region), in their order; not "".
struct texts press_items(struct press *p, const char *indicator);
// The same without the importance, acceptable and earlier values that stand beside an item.
struct texts press_questions(struct press *p, const char *indicator);
// Distinct levels of a breakdown with rows of an indicator and item.
struct texts press_levels(struct press *p, const char *indicator, const char *item, const char *by);
// Distinct breakdowns of an indicator and item, but answers and the like.
struct texts press_breakdowns(struct press *p, const char *indicator, const char *item);
// Quarters with rows of an indicator and item; years where there is no quarter.
size_t press_periods(struct press *p, const char *indicator, const char *item, struct period **out);
const struct item *press_item(const struct press *p, const char *id); // of any survey; NULL
struct period press_since_period(const struct press *p); // what changes are measured from

// ---- naming

struct text press_item_name(struct press *p, const char *item);
struct text press_breakdown_name(struct press *p, const char *by);
struct text press_level_name(struct press *p, const char *by, const char *level);
struct text press_region_name(struct press *p, uint16_t region);
// With its letter when regions are compared: "Manitoba (A)".
struct text press_region_head(struct press *p, uint16_t region);
struct text press_indicator_name(struct press *p, const char *indicator); // with its unit
struct text press_answer_name(struct press *p, const struct item *item, const char *code);

// ---- grids

struct column;
typedef struct table_cell show_fn(struct press *p, const struct column *c, struct key k);

struct column {
    const char *indicator; // NULL = the row's
    show_fn *show;         // NULL = show_value
    struct text head;      // in[0] NULL = name of the indicator
    const char *item, *by, *level;
    struct period period; // none = the row's
    uint32_t region;      // 0 = the row's, else COLUMN_REGION of one
};
#define COLUMN_REGION(region) ((uint32_t)(region) + 1)
#define COLUMN_WHOLE COLUMN_REGION(REGION_TOTAL)
struct row {
    struct text head;
    struct key key;
};

show_fn show_value, show_interval, show_n, show_numerator, show_denominator, show_letters,
    show_change, show_rest, show_change_interval, show_verdict;
extern const struct text head_interval, head_n, head_question;

enum { GRID_PRUNED = 1, GRID_TOTAL = 2 }; // rows without any value are left out; last row = whole

// A table of the kind at hand. Columns without any value are left out; NULL when none is left.
// title: in[0] NULL = the kind's.
struct table *press_grid(struct press *p, uint16_t region, struct text title,
                         const struct row *rows, size_t row_count, const struct column *columns,
                         size_t column_count, unsigned how);
// Rows: the regions in order, then the whole.
struct row *press_region_rows(struct press *p, struct key k, size_t *count);
// Rows: items, all of one region.
struct row *press_item_rows(struct press *p, struct texts items, uint16_t region);
// Rows: indicators, all of one region.
struct row *press_indicator_rows(struct press *p, const char *const *ids, size_t count,
                                 uint16_t region);
void press_first_head(struct table *t, struct text head); // t may be NULL
// Of a table whose rows are periods: first column, and a caption from the first to the last. NULL:
// NULL.
struct table *press_over_time(struct press *p, struct table *t, const struct row *rows,
                              size_t count);
// A table of no grid: name, title, caption and family set, first column made.
struct table *press_table(struct press *p, uint16_t region, struct text title,
                          struct text first_head);
// Notes that a grid of a survey carries: interval, n; letters where there are some.
void press_survey_notes(struct press *p, struct table *t);

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define NO_TITLE ((struct text){{NULL, NULL}})

// The control chart of an indicator by week or day; NULL: the study asks for quarters.
struct table *table_points(struct press *p, const char *indicator, uint16_t region);
// Sentences of the two parts of the report that are words.
void highlights_add(struct press *p, struct section *s);
void method_add(struct press *p, struct section *s);

// The tables of each family, in files of their own.
#define TABLE_WHOLE(name) struct table *table_##name##_whole(struct press *p)
#define TABLE_REGION(name) struct table *table_##name##_region(struct press *p, uint16_t region)
TABLE_WHOLE(scores);
TABLE_REGION(scores);
TABLE_WHOLE(satisfied);
TABLE_REGION(satisfied);
TABLE_WHOLE(answers);
TABLE_REGION(answers);
TABLE_WHOLE(gaps);
TABLE_REGION(gaps);
TABLE_WHOLE(priorities);
TABLE_REGION(priorities);
TABLE_WHOLE(trend);
TABLE_REGION(trend);
TABLE_WHOLE(change);
TABLE_REGION(change);
TABLE_WHOLE(breakdown);
TABLE_REGION(breakdown);
TABLE_WHOLE(maturity);
TABLE_REGION(maturity);
TABLE_WHOLE(standards);
TABLE_REGION(standards);
TABLE_WHOLE(activity);
TABLE_REGION(activity);
TABLE_WHOLE(channels);
TABLE_REGION(channels);
TABLE_WHOLE(waits);
TABLE_REGION(waits);
TABLE_WHOLE(wait_standards);
TABLE_REGION(wait_standards);
TABLE_WHOLE(contacts);
TABLE_REGION(contacts);
TABLE_WHOLE(reach);
TABLE_REGION(reach);
TABLE_WHOLE(prices);
TABLE_REGION(prices);
TABLE_WHOLE(progress);
TABLE_REGION(progress);
TABLE_WHOLE(items);
TABLE_REGION(items);
TABLE_WHOLE(control);
TABLE_REGION(control);
TABLE_WHOLE(statistics);
TABLE_REGION(statistics);
TABLE_WHOLE(further);
TABLE_REGION(further);
TABLE_WHOLE(drivers_met);
TABLE_WHOLE(standard_list);
TABLE_WHOLE(calls);
TABLE_WHOLE(relations);
TABLE_WHOLE(fees);
TABLE_WHOLE(plan);
TABLE_WHOLE(plan_status);
TABLE_WHOLE(ledger);
TABLE_WHOLE(benchmarks);
TABLE_WHOLE(files);
TABLE_WHOLE(missing);
TABLE_WHOLE(response);
TABLE_WHOLE(checks);
TABLE_WHOLE(coverage);
TABLE_REGION(services);
