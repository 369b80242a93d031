// SPDX-License-Identifier: GPL-3.0-or-later
// Dictionaries: texts to small numbers in order of first arrival, and 64-bit keys to counters.
#pragma once
#include "engine/base/str.h"

// Keys are copied into the dictionary; numbers run from 0 without gaps. Zeroed = empty.
struct dict {
    struct arena arena;
    VEC(struct str) keys;
    uint64_t *slots; // hash << 32 | number + 1, 0 = free
    size_t slot_count;
};

int dict_find(const struct dict *d, struct str key); // -1: not there
int dict_add(struct dict *d, struct str key);        // the number of the key, old or new
// Adds keys in their order. In large dictionaries faster than one by one: the memory that a key
// needs is asked for before it is its turn.
void dict_add_all(struct dict *d, const struct str *keys, size_t count, uint32_t *numbers);
void dict_free(struct dict *d);
// rank[number] = place of the key when the keys are sorted: numbers by value first, then texts by
// bytes; so an order that does not depend on the order of rows. Caller frees with mem_free.
uint32_t *dict_ranks(const struct dict *d);
// Sorts texts the same way.
int key_order(struct str a, struct str b);

// Counters by 64-bit key. The key UINT64_MAX is not allowed.
struct counter {
    uint64_t key;
    uint64_t count;
};
struct counters {
    struct counter *slots;
    size_t slot_count, used;
};

uint64_t counters_add(struct counters *c, uint64_t key, uint64_t amount); // the count after adding
uint64_t counters_get(const struct counters *c, uint64_t key);
void counters_merge(struct counters *into, const struct counters *from);
// The used entries sorted by key; caller frees with mem_free.
struct counter *counters_sorted(const struct counters *c);
void counters_free(struct counters *c);
