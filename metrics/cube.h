// SPDX-License-Identifier: GPL-3.0-or-later
// Where rows of activity belong. A group holds the rows of one block, region and period that share
// the levels of every breakdown; whatever is accumulated is kept once per group. A cell of the
// output (region, period, breakdown and level) is a union of groups, so a year, the total and a
// level are computed from sums and never from rates.
#pragma once
#include "engine/study/places.h"

enum { CUBE_DIMS = 24 };
#define LEVEL_ABSENT UINT32_MAX        // the input has no such column
#define LEVEL_UNKNOWN (UINT32_MAX - 1) // the column is there, the level is missing

struct cube_dim {
    const char *id; // of the breakdown
    struct dict levels;
};

struct cube_group {
    uint16_t block;  // in study.activities
    uint16_t region; // first number, or REGION_TOTAL
    uint32_t period; // cube_period()
    uint32_t level[CUBE_DIMS];
};

// Zeroed = empty. Owns everything.
struct cube {
    struct cube_dim dims[CUBE_DIMS];
    size_t dim_count;
    bool full;        // a breakdown was refused
    struct dict keys; // bytes of the groups up to the last breakdown in use
};

// The number of a breakdown, old or new; -1 when there are CUBE_DIMS already. Breakdowns are added
// before the first group.
int cube_dim(struct cube *c, const char *id);
int cube_find_dim(const struct cube *c, const char *id); // -1: none
uint32_t cube_add(struct cube *c, const struct cube_group *g);
const struct cube_group *cube_at(const struct cube *c,
                                 size_t group); // levels past dim_count: unset
size_t cube_count(const struct cube *c);
// map[group of from] = group of into. Both have the same breakdowns; levels may be numbered
// differently, regions as region[number in from] = number in into (NULL: alike). Caller frees the
// map.
uint32_t *cube_merge(struct cube *into, const struct cube *from, const uint16_t *region);
void cube_free(struct cube *c);

// Days as numbers whose 0 means none, so that a zeroed maximum is empty: INT32_MIN becomes 0.
static inline uint32_t cube_day(int32_t day)
{
    return (uint32_t)day + 0x80000000u;
}
// Does a period look unfinished, when its last row is of this day (indicators.md 10)? Only where
// nothing stands in the last seven days of a quarter or year.
bool cube_unfinished(struct period p, uint32_t last);

uint32_t cube_period(struct period p);
struct period cube_period_of(uint32_t code);

// The groups in an order that does not depend on that of rows: by block, region, period and levels.
// After places_finish; caller frees.
uint32_t *cube_order(const struct cube *c, const struct places *p);

// The cells of a period: for each region in order and then the total, one without breakdown and one
// per level, levels in order and the missing ones last.
struct cube_layout {
    const struct cube *cube;
    const uint16_t *region_rank; // of places
    size_t region_count;
    size_t slots;              // cells of one region
    size_t first[CUBE_DIMS];   // slot of the first level of a breakdown
    size_t known[CUBE_DIMS];   // number of its levels, but `unknown`
    uint32_t *rank[CUBE_DIMS]; // level → its place; a level called `unknown` counts as missing
};
void cube_layout(struct cube_layout *l, const struct cube *c, const struct places *p);
void cube_layout_free(struct cube_layout *l);
size_t cube_cells(const struct cube_layout *l);
size_t cube_slot(const struct cube_layout *l, size_t dim, uint32_t level); // level known or unknown
// Cells of a group, at most 2 · (1 + CUBE_DIMS); without levels: the region's and the total's.
size_t cube_members(const struct cube_layout *l, const struct cube_group *g, bool levels,
                    size_t *cells);
// The breakdown of a slot (-1: none) and its level's text; "unknown" for the missing ones.
int cube_slot_dim(const struct cube_layout *l, size_t slot, struct str *level);
