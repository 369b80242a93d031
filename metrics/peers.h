// SPDX-License-Identifier: GPL-3.0-or-later
// Targets, benchmarks and ranks of any indicator (indicators.md 3.4): rows of cmt made from
// estimates that are there already.
#pragma once
#include "metrics/family.h"

struct goal { // a row of targets.csv; region and period resolved
    const char *indicator, *item, *kind, *by, *level;
    uint16_t region; // final number after peers_compute started; REGION_TOTAL = the total
    const char *region_id;
    struct period period; // none: any
    double target;        // NaN: blank
    struct where where;
};

struct peer { // a row of benchmarks.csv
    const char *group, *indicator, *item, *mode, *organisation;
    double value, organisations;
    bool is_public;
};

struct peers {
    struct arena arena;
    VEC(struct goal) goals;
    VEC(struct peer) list;
};

enum status peers_read(struct run *run, void **state);
void peers_compute(struct run *run, void *state);
void peers_drop(void *state);
// Whole of the three parts; own file each.
void targets_compute(struct run *run, const struct peers *p);
void benchmarks_compute(struct run *run, const struct peers *p);
void ranks_compute(struct run *run);
// "indicator/item", or the indicator alone.
const char *peers_item(struct arena *a, const struct estimate *e);
// A row of cmt by id, for the place of an estimate; by and level as given.
struct estimate *peers_add(struct run *run, const char *id, const struct estimate *like,
                           const char *by, const char *level);
