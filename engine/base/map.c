// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/map.h"

#include <stdlib.h>

// The hash stands beside the number: other keys are told apart, and the table grows, without a look
// at the keys.
static uint64_t slot_of(uint32_t hash, size_t number)
{
    return (uint64_t)hash << 32 | (uint32_t)(number + 1);
}

static void dict_grow(struct dict *d)
{
    uint64_t *old = d->slots;
    size_t old_count = d->slot_count;
    d->slot_count = old_count ? 2 * old_count : 16;
    d->slots = mem_new(d->slot_count, sizeof *d->slots);
    for (size_t i = 0; i < old_count; i++) {
        size_t at = old[i] >> 32 & (d->slot_count - 1);
        while (old[i] && d->slots[at])
            at = (at + 1) & (d->slot_count - 1);
        if (old[i])
            d->slots[at] = old[i];
    }
    mem_free(old);
}

// The slot where the key is or would be.
static size_t dict_slot(const struct dict *d, struct str key, uint32_t hash)
{
    size_t at = hash & (d->slot_count - 1);
    for (; d->slots[at]; at = (at + 1) & (d->slot_count - 1)) {
        uint64_t slot = d->slots[at];
        if (slot >> 32 == hash && str_same(d->keys.at[(uint32_t)slot - 1], key))
            break;
    }
    return at;
}

int dict_find(const struct dict *d, struct str key)
{
    return d->slot_count ? (int)(uint32_t)d->slots[dict_slot(d, key, (uint32_t)str_hash(key))] - 1
                         : -1;
}

static int add_hashed(struct dict *d, struct str key, uint32_t hash)
{
    if (2 * (d->keys.len + 1) > d->slot_count)
        dict_grow(d);
    size_t at = dict_slot(d, key, hash);
    if (!d->slots[at]) {
        struct str copy = {arena_copy(&d->arena, key.ptr, key.len), key.len};
        vec_push(&d->keys, copy);
        d->slots[at] = slot_of(hash, d->keys.len - 1);
    }
    return (int)(uint32_t)d->slots[at] - 1;
}

int dict_add(struct dict *d, struct str key)
{
    return add_hashed(d, key, (uint32_t)str_hash(key));
}

enum { AHEAD = 32 };

// The key that most likely equals one of this hash: that of the first slot with it. NULL: none.
static const struct str *likely(const struct dict *d, uint32_t hash)
{
    uint64_t slot = d->slots[hash & (d->slot_count - 1)];
    return slot && slot >> 32 == hash ? &d->keys.at[(uint32_t)slot - 1] : NULL;
}

// Slots, then keys, then their texts are fetched for some keys at a time: no step waits for memory.
static void add_some(struct dict *d, const struct str *keys, size_t count, uint32_t *numbers)
{
    uint32_t hash[AHEAD];
    for (size_t i = 0; i < count; i++) {
        hash[i] = (uint32_t)str_hash(keys[i]);
        if (d->slot_count)
            __builtin_prefetch(&d->slots[hash[i] & (d->slot_count - 1)]);
    }
    for (size_t i = 0; i < count && d->slot_count; i++)
        __builtin_prefetch(likely(d, hash[i]));
    for (size_t i = 0; i < count && d->slot_count; i++) {
        const struct str *key = likely(d, hash[i]);
        if (key)
            __builtin_prefetch(key->ptr);
    }
    for (size_t i = 0; i < count; i++)
        numbers[i] = (uint32_t)add_hashed(d, keys[i], hash[i]);
}

void dict_add_all(struct dict *d, const struct str *keys, size_t count, uint32_t *numbers)
{
    for (size_t i = 0; i < count; i += AHEAD)
        add_some(d, keys + i, count - i < AHEAD ? count - i : AHEAD, numbers + i);
}

void dict_free(struct dict *d)
{
    mem_free(d->slots);
    vec_free(&d->keys);
    arena_free(&d->arena);
    *d = (struct dict){0};
}

// Digits with an optional sign and a decimal point: enough to order codes as people do.
static bool plain_number(struct str s, double *value)
{
    size_t i = s.len && (s.ptr[0] == '-' || s.ptr[0] == '+');
    bool negative = s.len && s.ptr[0] == '-', digits = false;
    double number = 0, unit = 1;
    for (; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++, digits = true)
        number = number * 10 + (s.ptr[i] - '0');
    if (i < s.len && s.ptr[i] == '.')
        for (i++; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++, digits = true)
            number += (s.ptr[i] - '0') * (unit /= 10);
    *value = negative ? -number : number;
    return digits && i == s.len;
}

int key_order(struct str a, struct str b)
{
    double x, y;
    bool number_a = plain_number(a, &x), number_b = plain_number(b, &y);
    if (number_a != number_b)
        return number_a ? -1 : 1;
    if (number_a && x != y)
        return x < y ? -1 : 1;
    return str_order(a, b);
}

struct ranked {
    struct str key;
    uint32_t number;
};

static int ranked_order(const void *a, const void *b)
{
    return key_order(((const struct ranked *)a)->key, ((const struct ranked *)b)->key);
}

uint32_t *dict_ranks(const struct dict *d)
{
    uint32_t *ranks = mem_new(d->keys.len, sizeof *ranks);
    struct ranked *sorted = mem_new(d->keys.len, sizeof *sorted);
    for (size_t i = 0; i < d->keys.len; i++)
        sorted[i] = (struct ranked){d->keys.at[i], (uint32_t)i};
    qsort(sorted, d->keys.len, sizeof *sorted, ranked_order);
    for (size_t i = 0; i < d->keys.len; i++)
        ranks[sorted[i].number] = (uint32_t)i;
    mem_free(sorted);
    return ranks;
}

enum { FIRST_SLOTS = 64 };
#define FREE_KEY UINT64_MAX

static uint64_t mix(uint64_t key)
{
    key ^= key >> 31;
    key *= 0x7fb5d329728ea185u;
    key ^= key >> 27;
    key *= 0x81dadef4bc2dd44du;
    return key ^ (key >> 33);
}

static size_t counter_slot(const struct counters *c, uint64_t key)
{
    size_t at = mix(key) & (c->slot_count - 1);
    while (c->slots[at].key != key && c->slots[at].key != FREE_KEY)
        at = (at + 1) & (c->slot_count - 1);
    return at;
}

static void counters_resize(struct counters *c, size_t slot_count)
{
    struct counters bigger = {mem_new(slot_count, sizeof *bigger.slots), slot_count, c->used};
    for (size_t i = 0; i < slot_count; i++)
        bigger.slots[i].key = FREE_KEY;
    for (size_t i = 0; i < c->slot_count; i++)
        if (c->slots[i].key != FREE_KEY)
            bigger.slots[counter_slot(&bigger, c->slots[i].key)] = c->slots[i];
    mem_free(c->slots);
    *c = bigger;
}

uint64_t counters_add(struct counters *c, uint64_t key, uint64_t amount)
{
    if (3 * (c->used + 1) > 2 * c->slot_count)
        counters_resize(c, c->slot_count ? 2 * c->slot_count : FIRST_SLOTS);
    struct counter *slot = &c->slots[counter_slot(c, key)];
    if (slot->key == FREE_KEY) {
        *slot = (struct counter){key, 0};
        c->used++;
    }
    return slot->count += amount;
}

uint64_t counters_get(const struct counters *c, uint64_t key)
{
    if (!c->slot_count)
        return 0;
    const struct counter *slot = &c->slots[counter_slot(c, key)];
    return slot->key == FREE_KEY ? 0 : slot->count;
}

void counters_merge(struct counters *into, const struct counters *from)
{
    for (size_t i = 0; i < from->slot_count; i++)
        if (from->slots[i].key != FREE_KEY)
            counters_add(into, from->slots[i].key, from->slots[i].count);
}

static int counter_order(const void *a, const void *b)
{
    uint64_t x = ((const struct counter *)a)->key, y = ((const struct counter *)b)->key;
    return (x > y) - (x < y);
}

struct counter *counters_sorted(const struct counters *c)
{
    struct counter *list = mem_new(c->used, sizeof *list);
    size_t len = 0;
    for (size_t i = 0; i < c->slot_count; i++)
        if (c->slots[i].key != FREE_KEY)
            list[len++] = c->slots[i];
    qsort(list, len, sizeof *list, counter_order);
    return list;
}

void counters_free(struct counters *c)
{
    mem_free(c->slots);
    *c = (struct counters){0};
}
