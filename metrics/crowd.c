// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/crowd.h"

#include "engine/study/study.h"

#include <stdlib.h>

enum { SLAB_CHUNKS = 256, SHORT_RUN = 24 };

static uint64_t spread(uint64_t key)
{
    key ^= key >> 29;
    key *= 0x9e3779b97f4a7c15u;
    return key ^ key >> 32;
}

// A number in a dictionary says nothing about the person; the text does.
static size_t part_of(const struct crowd *c, uint64_t key)
{
    uint64_t hash = key_is_numbered(key) ? str_hash(c->names.keys.at[(uint32_t)key]) : spread(key);
    return hash % CROWD_PARTS;
}

static struct crowd_chunk *new_chunk(struct crowd *c)
{
    if (!c->room_count) {
        c->room = mem_new(SLAB_CHUNKS, sizeof *c->room);
        c->room_count = SLAB_CHUNKS;
        vec_push(&c->slabs, c->room);
    }
    c->room_count--;
    return c->room++;
}

void crowd_put(struct crowd *c, struct crowd_row row)
{
    size_t part = part_of(c, crowd_key(&row));
    struct crowd_chunk *end = c->ends[part];
    if (!end || end->count == CROWD_CHUNK_ROWS) {
        struct crowd_chunk *more = new_chunk(c);
        if (end)
            end->next = more;
        else
            c->parts[part] = more;
        c->ends[part] = end = more;
    }
    end->rows[end->count++] = row;
    c->count++;
}

bool crowd_is_sound(const struct crowd *c, const struct crowd_row *row, size_t groups)
{
    uint64_t key = crowd_key(row);
    return key && crowd_group(row) < groups && crowd_filled(row) <= PROFILE_MOST &&
           (!key_is_numbered(key) || (uint32_t)key < c->names.keys.len);
}

// ---- merging

static uint32_t *merge_names(struct dict *into, const struct dict *from)
{
    uint32_t *map = mem_new(from->keys.len, sizeof *map);
    for (size_t i = 0; i < from->keys.len; i++)
        map[i] = (uint32_t)dict_add(into, from->keys.at[i]);
    return map;
}

static void renumber(struct crowd_row *r, const uint32_t *group, const uint32_t *name)
{
    uint64_t old = crowd_group(r), key = crowd_key(r);
    r->what += ((uint64_t)group[old] - old) << 4;
    if (key_is_numbered(key))
        r->who = key_numbered(name[(uint32_t)key]) << 6 | (r->who & 63);
}

void crowd_merge(struct crowd *into, struct crowd *from, const uint32_t *group)
{
    uint32_t *name = merge_names(&into->names, &from->names);
    for (size_t part = 0; part < CROWD_PARTS; part++) {
        if (!from->parts[part])
            continue;
        for (struct crowd_chunk *c = from->parts[part]; c; c = c->next)
            for (size_t i = 0; i < c->count; i++)
                renumber(&c->rows[i], group, name);
        from->ends[part]->next = into->parts[part];
        if (!into->parts[part])
            into->ends[part] = from->ends[part];
        into->parts[part] = from->parts[part];
        from->parts[part] = from->ends[part] = NULL;
    }
    for (size_t i = 0; i < from->slabs.len; i++)
        vec_push(&into->slabs, from->slabs.at[i]);
    if (!into->room_count) {
        into->room = from->room;
        into->room_count = from->room_count;
    }
    from->room_count = 0;
    into->count += from->count;
    from->count = 0;
    vec_free(&from->slabs);
    mem_free(name);
    dict_free(&from->names);
}

void crowd_free(struct crowd *c)
{
    for (size_t i = 0; i < c->slabs.len; i++)
        mem_free(c->slabs.at[i]);
    vec_free(&c->slabs);
    dict_free(&c->names);
    *c = (struct crowd){0};
}

// ---- in order

void crowd_list_part(const struct crowd *c, size_t part, crowd_list *out)
{
    size_t count = 0;
    for (const struct crowd_chunk *k = c->parts[part]; k; k = k->next)
        count += k->count;
    vec_reserve(out, count);
    out->len = 0;
    for (const struct crowd_chunk *k = c->parts[part]; k; k = k->next) {
        memcpy(out->at + out->len, k->rows, k->count * sizeof *k->rows);
        out->len += k->count;
    }
}

static int number_order(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int row_order(const void *left, const void *right)
{
    const struct crowd_row *a = left, *b = right;
    if (crowd_key(a) != crowd_key(b))
        return number_order(crowd_key(a), crowd_key(b));
    return a->what != b->what ? number_order(a->what, b->what) : number_order(a->who, b->who);
}

static void sort_run(struct crowd_row *rows, size_t count)
{
    if (count > SHORT_RUN) {
        qsort(rows, count, sizeof *rows, row_order);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        struct crowd_row row = rows[i];
        size_t at = i;
        for (; at && row_order(&rows[at - 1], &row) > 0; at--)
            rows[at] = rows[at - 1];
        rows[at] = row;
    }
}

static void set_groups(crowd_list *list, const uint32_t *number)
{
    for (size_t i = 0; i < list->len; i++) {
        uint64_t old = crowd_group(&list->at[i]);
        list->at[i].what += ((uint64_t)number[old] - old) << 4;
    }
}

// Deals the rows out to about as many places as there are rows, by person; then few are in each.
static void sort_list(crowd_list *list, crowd_list *work)
{
    unsigned bits = 1;
    while (((size_t)1 << bits) < list->len && bits < 24)
        bits++;
    size_t places = (size_t)1 << bits;
    uint32_t *first = mem_new(places + 1, sizeof *first);
    for (size_t i = 0; i < list->len; i++)
        first[(spread(crowd_key(&list->at[i])) >> (64 - bits)) + 1]++;
    for (size_t i = 0; i < places; i++)
        first[i + 1] += first[i];
    vec_reserve(work, list->len);
    work->len = list->len;
    for (size_t i = 0; i < list->len; i++)
        work->at[first[spread(crowd_key(&list->at[i])) >> (64 - bits)]++] = list->at[i];
    for (size_t i = 0, from = 0; i < places; i++) { // first[i] is now where place i ends
        sort_run(work->at + from, first[i] - from);
        from = first[i];
    }
    mem_free(first);
}

static void put_back(struct crowd *c, size_t part, const crowd_list *list)
{
    size_t at = 0;
    for (struct crowd_chunk *k = c->parts[part]; k; k = k->next) {
        memcpy(k->rows, list->at + at, k->count * sizeof *k->rows);
        at += k->count;
    }
}

void crowd_sort_part(struct crowd *c, size_t part, const uint32_t *rank, const uint32_t *of_rank,
                     crowd_list *list, crowd_list *work)
{
    crowd_list_part(c, part, list);
    if (!list->len)
        return;
    set_groups(list, rank);
    sort_list(list, work);
    set_groups(work, of_rank);
    put_back(c, part, work);
    crowd_list swap = *list;
    *list = *work;
    *work = swap;
}
