// SPDX-License-Identifier: GPL-3.0-or-later
// On which days rows stand: how many of each block, region and day. Rows without a day are left
// out. States of parts of the data merge.
#pragma once
#include "engine/base/cal.h"
#include "engine/base/map.h"
#include "engine/base/pack.h"
#include "metrics/cube.h"

struct days { // zeroed = empty
    // By region: the day at hand and its rows, not yet in `counted`; rows of one day mostly follow
    // each other, so that few of them are looked up.
    VEC(struct counter) open;
    struct counters counted;
};

// The first day of the week (Monday) or the day itself.
static inline int32_t days_point(int32_t day, enum control_grain grain)
{
    return grain == CONTROL_WEEK ? day - cal_weekday(day) : day;
}

struct day_rows {
    uint16_t block, region; // region: first number, or REGION_TOTAL
    int32_t day;
    uint64_t rows;
};

static inline uint64_t days_key(uint16_t block, uint16_t region, int32_t day)
{
    return (uint64_t)block << 48 | (uint64_t)region << 32 | cube_day(day);
}

void days_turn(struct days *d, size_t slot, uint64_t key); // of days_add: another day begins
static inline void days_add(struct days *d, uint16_t block, uint16_t region, int32_t day)
{
    size_t slot = region == REGION_TOTAL ? 0 : (size_t)region + 1;
    uint64_t key = days_key(block, region, day);
    if (slot < d->open.len && d->open.at[slot].key == key)
        d->open.at[slot].count++;
    else if (day != INT32_MIN)
        days_turn(d, slot, key);
}

// All days by block, region and day; caller frees with mem_free.
struct day_rows *days_list(struct days *d, size_t *count);
// region[number in from] = number in into; NULL: alike.
void days_merge(struct days *into, struct days *from, const uint16_t *region);
void days_pack(struct buf *out, struct days *d);
void days_unpack(struct unpack *u, struct days *d);
void days_free(struct days *d);
