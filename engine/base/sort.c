// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/sort.h"

enum { BYTES = 8, VALUES = 256 };

// How often each value of each byte occurs; *sorted: nothing is to be done.
struct census {
    size_t of[BYTES][VALUES];
    uint64_t last;
    bool sorted;
};

static void census_add(struct census *c, uint64_t key)
{
    c->sorted &= key >= c->last;
    c->last = key;
    for (int byte = 0; byte < BYTES; byte++)
        c->of[byte][key >> 8 * byte & 0xff]++;
}

// Counts to first places; false: all keys have the same byte here.
static bool take_places(size_t *of, size_t count)
{
    size_t place = 0;
    for (int value = 0; value < VALUES; value++) {
        size_t here = of[value];
        if (here == count)
            return false;
        of[value] = place;
        place += here;
    }
    return true;
}

void sort_keyed(struct keyed *list, size_t count)
{
    struct census c = {.sorted = true};
    for (size_t i = 0; i < count; i++)
        census_add(&c, list[i].key);
    if (c.sorted)
        return;
    struct keyed *from = list, *to = mem_new(count, sizeof *to), *other = to;
    for (int byte = 0; byte < BYTES; byte++) {
        size_t *place = c.of[byte];
        if (!take_places(place, count))
            continue;
        for (size_t i = 0; i < count; i++)
            to[place[from[i].key >> 8 * byte & 0xff]++] = from[i];
        struct keyed *swap = from;
        from = to;
        to = swap;
    }
    if (from != list)
        memcpy(list, from, count * sizeof *list);
    mem_free(other);
}

void sort_numbers(uint64_t *list, size_t count)
{
    struct census c = {.sorted = true};
    for (size_t i = 0; i < count; i++)
        census_add(&c, list[i]);
    if (c.sorted)
        return;
    uint64_t *from = list, *to = mem_new(count, sizeof *to), *other = to;
    for (int byte = 0; byte < BYTES; byte++) {
        size_t *place = c.of[byte];
        if (!take_places(place, count))
            continue;
        for (size_t i = 0; i < count; i++)
            to[place[from[i] >> 8 * byte & 0xff]++] = from[i];
        uint64_t *swap = from;
        from = to;
        to = swap;
    }
    if (from != list)
        memcpy(list, from, count * sizeof *list);
    mem_free(other);
}

void sort_items(void *items, size_t count, size_t size, uint64_t (*key)(const void *item))
{
    const char *bytes = items;
    bool sorted = true;
    for (size_t i = 1; i < count && sorted; i++)
        sorted = key(bytes + (i - 1) * size) <= key(bytes + i * size);
    if (sorted)
        return;
    struct keyed *list = mem_new(count, sizeof *list);
    for (size_t i = 0; i < count; i++)
        list[i] = (struct keyed){key(bytes + i * size), i};
    sort_keyed(list, count);
    char *copy = mem_new(count, size);
    for (size_t i = 0; i < count; i++)
        memcpy(copy + i * size, bytes + list[i].at * size, size);
    memcpy(items, copy, count * size);
    mem_free(copy);
    mem_free(list);
}
