// SPDX-License-Identifier: GPL-3.0-or-later
// Sorting by whole numbers in time that grows with the count alone. Stable: what has the same key
// stays in order, so sorting by the last of several keys first gives any order.
#pragma once
#include "engine/base/str.h"

struct keyed {
    uint64_t key, at; // `at`: a place in some list
};
void sort_keyed(struct keyed *list, size_t count);
void sort_numbers(uint64_t *list, size_t count);
// Puts items of `size` bytes in order of their keys.
void sort_items(void *items, size_t count, size_t size, uint64_t (*key)(const void *item));
