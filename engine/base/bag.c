// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/bag.h"

#include "engine/base/sort.h"

// Two lists in order to one; keys that both have are added up.
static void join(struct bag *b, const struct counter *list, size_t count)
{
    struct bag out = {0};
    size_t i = 0, k = 0;
    vec_reserve(&out.counted, b->counted.len + count);
    while (i < b->counted.len || k < count) {
        bool old = k == count || (i < b->counted.len && b->counted.at[i].key <= list[k].key);
        struct counter next = old ? b->counted.at[i++] : list[k++];
        if (old && k < count && list[k].key == next.key)
            next.count += list[k++].count;
        out.counted.at[out.counted.len++] = next;
    }
    vec_free(&b->counted);
    b->counted.at = out.counted.at;
    b->counted.len = out.counted.len;
    b->counted.cap = out.counted.cap;
}

void bag_settle(struct bag *b)
{
    struct bag run = {0};
    if (!b->fresh.len)
        return;
    sort_numbers(b->fresh.at, b->fresh.len);
    for (size_t from = 0, to; from < b->fresh.len; from = to) {
        for (to = from + 1; to < b->fresh.len && b->fresh.at[to] == b->fresh.at[from];)
            to++;
        struct counter counted = {b->fresh.at[from], to - from};
        vec_push(&run.counted, counted);
    }
    vec_free(&b->fresh);
    if (b->counted.len) {
        join(b, run.counted.at, run.counted.len);
        vec_free(&run.counted);
    } else {
        vec_free(&b->counted);
        b->counted.at = run.counted.at;
        b->counted.len = run.counted.len;
        b->counted.cap = run.counted.cap;
    }
}

void bag_add_counted(struct bag *b, const struct counter *list, size_t count)
{
    struct keyed *order = mem_new(count, sizeof *order);
    struct bag run = {0};
    for (size_t i = 0; i < count; i++)
        order[i] = (struct keyed){list[i].key, i};
    sort_keyed(order, count);
    for (size_t i = 0; i < count; i++) {
        struct counter one = list[order[i].at];
        if (run.counted.len && run.counted.at[run.counted.len - 1].key == one.key)
            run.counted.at[run.counted.len - 1].count += one.count;
        else
            vec_push(&run.counted, one);
    }
    bag_settle(b);
    join(b, run.counted.at, run.counted.len);
    vec_free(&run.counted);
    mem_free(order);
}

void bag_free(struct bag *b)
{
    vec_free(&b->fresh);
    vec_free(&b->counted);
}
