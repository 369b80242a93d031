// SPDX-License-Identifier: GPL-3.0-or-later
// The state of counts: one row of the files = the totals of a day, week, month or quarter. A blank
// figure leaves its row out of every sum that needs it.
#pragma once
#include "engine/run/tally.h"
#include "metrics/cube.h"
#include "metrics/days.h"
#include "metrics/family.h"

enum calls_figure {
    CALLS_OFFERED,
    CALLS_HANDLED,
    CALLS_ABANDONED,
    CALLS_ANSWER, // seconds
    CALLS_WITHIN, // share answered in time, as a fraction once calls_finish is done
    CALLS_VISITS,
    CALLS_FIGURES,
};

// Figures that are reported together in a row.
enum calls_pair {
    PAIR_ABANDONMENT, // abandoned, offered
    PAIR_UNACCOUNTED, // offered - handled - abandoned, offered
    PAIR_LEVEL,       // weight · within, weight; weight: offered, or handled
    PAIR_ANSWER,      // handled · seconds, handled
    CALLS_PAIRS,
};

struct calls_sums {
    uint64_t rows;
    uint32_t last, back; // cube_day of the last row; UINT32_MAX less that of the first; 0: no day
    uint64_t reported[CALLS_FIGURES]; // rows
    struct tally_sum sum[CALLS_FIGURES];
    uint64_t both[CALLS_PAIRS]; // rows
    struct tally_sum above[CALLS_PAIRS], below[CALLS_PAIRS];
};

// A week or a day of one block and region, where the block has control charts of that grain.
struct calls_point {
    uint16_t block, region;
    int32_t day; // its first one
    struct calls_sums sums;
};

// Zeroed = empty; calls_start before anything else.
struct calls {
    const struct study *study;
    struct cube cube;
    VEC(struct calls_sums) sums; // by group
    bool has[CALLS_FIGURES];     // some file has the column
    bool *percent;               // by block: a share answered in time above 1 was seen
    struct days days;
    VEC(struct calls_point) points;
    struct counters point_at; // days_key → place in points + 1
};

struct calls_feed {
    struct calls *calls;
    struct places *places;
    uint16_t block;
    int column[CALLS_FIGURES]; // place in block.columns, -1: none
    int dim[CUBE_DIMS];
};

void calls_start(struct calls *c, const struct study *s);
MUST_CHECK enum status calls_read(struct calls *c, struct run *run, uint16_t activity);
void calls_add(const struct calls_feed *feed, const struct block *block, struct reader *reader);
void calls_merge(struct calls *into, struct calls *from, const uint16_t *region);
void calls_sums_add(struct calls_sums *into, const struct calls_sums *from);
void calls_finish(struct calls *c); // after the last merge, once
void calls_free(struct calls *c);
// Do the rows come day by day?
bool calls_daily(const struct calls_sums *s);
// The sums of all cells of a period (cube_cells of the layout); caller frees with mem_free.
struct calls_sums *calls_cells(const struct calls *c, const struct cube_layout *l, struct period p,
                               bool levels);
