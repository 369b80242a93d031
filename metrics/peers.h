// SPDX-License-Identifier: GPL-3.0-or-later
// Targets, benchmarks and ranks of any indicator (indicators.md 3.4): rows of cmt made from
// estimates that are there already.
#pragma once
#include "metrics/family.h"

struct goal { // a row of targets.csv; region and period resolved
    const char *indicator, *item, *kind, *by, *level;
    uint16_t region; // final number after peers_compute started; REGION_TOTAL = the total
    const char *region_id;
    struct period period;            // none: any
    double target;                   // NaN: blank
    const char *mode, *base, *scale; // of a baseline's survey, "" = not said
    struct where where;
};

struct peer { // a row of benchmarks.csv
    const char *group, *indicator, *item, *mode, *organisation;
    const char *n, *response_rate, *collected_on; // as published, "" = not said
    struct period period;
    double value, organisations;
    bool is_public, is_own; // own: a row of the study's organisation, which is nobody's peer
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
// Mean of all peers of an indicator and item, each organisation once; NaN when there are none that
// may be shown. `mode`: of the survey that asks it.
double peers_mean(const struct peers *p, const struct study *s, const char *indicator,
                  const char *item, const char *mode);
// The study's own score of a period as published; NaN: none. *mode: how it was asked.
double peers_own(const struct peers *p, const char *indicator, const char *item,
                 struct period period, const char **mode);
// "indicator/item", or the indicator alone.
const char *peers_item(struct arena *a, const struct estimate *e);
// A row of cmt by id, for the place of an estimate; by and level as given.
struct estimate *peers_add(struct run *run, const char *id, const struct estimate *like,
                           const char *by, const char *level);
