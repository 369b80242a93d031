// SPDX-License-Identifier: GPL-3.0-or-later
// How often each of very many 64-bit keys was seen. Keys are only written down as they come, 8
// bytes each; now and then they are sorted and counted. Memory grows with distinct keys.
#pragma once
#include "engine/base/map.h"

struct bag { // zeroed = empty
    VEC(uint64_t) fresh;
    VEC(struct counter) counted; // by key, distinct
};

void bag_settle(struct bag *b); // counts all that is fresh: `counted` is whole until the next add
void bag_add_counted(struct bag *b, const struct counter *list, size_t count); // in any order
void bag_free(struct bag *b);

enum { BAG_FRESH = 1 << 18 };
static inline void bag_add(struct bag *b, uint64_t key)
{
    if (b->fresh.len >= BAG_FRESH && b->fresh.len > b->counted.len)
        bag_settle(b);
    vec_push(&b->fresh, key);
}
