// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/days.h"

static void put_away(struct days *d, struct counter *open)
{
    if (open->count)
        counters_add(&d->counted, open->key, open->count);
    *open = (struct counter){0};
}

void days_turn(struct days *d, size_t slot, uint64_t key)
{
    while (d->open.len <= slot)
        vec_push(&d->open, (struct counter){0});
    put_away(d, &d->open.at[slot]);
    d->open.at[slot] = (struct counter){key, 1};
}

static struct counter *sorted(struct days *d, size_t *count)
{
    for (size_t i = 0; i < d->open.len; i++)
        put_away(d, &d->open.at[i]);
    *count = d->counted.used;
    return counters_sorted(&d->counted);
}

static struct day_rows rows_of(struct counter c)
{
    return (struct day_rows){.block = (uint16_t)(c.key >> 48),
                             .region = (uint16_t)(c.key >> 32),
                             .day = (int32_t)((uint32_t)c.key - 0x80000000u),
                             .rows = c.count};
}

struct day_rows *days_list(struct days *d, size_t *count)
{
    struct counter *list = sorted(d, count);
    struct day_rows *days = mem_new(*count, sizeof *days);
    for (size_t i = 0; i < *count; i++)
        days[i] = rows_of(list[i]);
    mem_free(list);
    return days;
}

void days_merge(struct days *into, struct days *from, const uint16_t *region)
{
    size_t count;
    struct day_rows *list = days_list(from, &count);
    for (size_t i = 0; i < count; i++) {
        uint16_t own = list[i].region;
        if (region && own != REGION_TOTAL)
            own = region[own];
        counters_add(&into->counted, days_key(list[i].block, own, list[i].day), list[i].rows);
    }
    mem_free(list);
}

void days_pack(struct buf *out, struct days *d)
{
    size_t count;
    uint64_t last = 0;
    struct counter *list = sorted(d, &count);
    pack_number(out, count);
    for (size_t i = 0; i < count; i++) {
        pack_number(out, list[i].key - last);
        pack_number(out, list[i].count);
        last = list[i].key;
    }
    mem_free(list);
}

void days_unpack(struct unpack *u, struct days *d)
{
    size_t count = unpack_count(u);
    uint64_t key = 0;
    for (size_t i = 0; i < count && !u->bad; i++) {
        uint64_t more = unpack_number(u), rows = unpack_number(u);
        u->bad |= (i && !more) || more >= UINT64_MAX - key || !rows;
        key += more;
        if (!u->bad)
            counters_add(&d->counted, key, rows);
    }
}

void days_free(struct days *d)
{
    vec_free(&d->open);
    counters_free(&d->counted);
}
