// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/cube.h"

#include <stddef.h>
#include <stdlib.h>

int cube_find_dim(const struct cube *c, const char *id)
{
    for (size_t i = 0; i < c->dim_count; i++)
        if (strcmp(c->dims[i].id, id) == 0)
            return (int)i;
    return -1;
}

int cube_dim(struct cube *c, const char *id)
{
    int there = cube_find_dim(c, id);
    c->full |= there < 0 && c->dim_count == CUBE_DIMS;
    if (there >= 0 || c->dim_count == CUBE_DIMS)
        return there;
    c->dims[c->dim_count].id = id;
    return (int)c->dim_count++;
}

static struct str key_of(const struct cube *c, const struct cube_group *g)
{
    size_t len = offsetof(struct cube_group, level) + c->dim_count * sizeof g->level[0];
    return (struct str){(const char *)g, len};
}

uint32_t cube_add(struct cube *c, const struct cube_group *g)
{
    return (uint32_t)dict_add(&c->keys, key_of(c, g));
}

const struct cube_group *cube_at(const struct cube *c, size_t group)
{
    return (const void *)c->keys.keys.at[group].ptr; // the arena aligns to 16 bytes
}

size_t cube_count(const struct cube *c)
{
    return c->keys.keys.len;
}

uint32_t *cube_merge(struct cube *into, const struct cube *from, const uint16_t *region)
{
    uint32_t *map = mem_new(cube_count(from), sizeof *map);
    for (size_t i = 0; i < cube_count(from); i++) {
        const struct cube_group *g = cube_at(from, i);
        struct cube_group moved = {g->block, g->region, g->period, {0}};
        if (region && g->region != REGION_TOTAL)
            moved.region = region[g->region];
        for (size_t d = 0; d < from->dim_count; d++)
            moved.level[d] = g->level[d] >= LEVEL_UNKNOWN
                                 ? g->level[d]
                                 : (uint32_t)dict_add(&into->dims[d].levels,
                                                      from->dims[d].levels.keys.at[g->level[d]]);
        map[i] = cube_add(into, &moved);
    }
    return map;
}

void cube_free(struct cube *c)
{
    for (size_t d = 0; d < c->dim_count; d++)
        dict_free(&c->dims[d].levels);
    dict_free(&c->keys);
    c->dim_count = 0;
}

bool cube_unfinished(struct period p, uint32_t last)
{
    bool dated = p.kind == PERIOD_QUARTER || p.kind == PERIOD_YEAR;
    return dated && last && last + 6 < cube_day(period_last_day(p));
}

// Years stay positive by an offset; the order of codes means nothing.
enum { YEAR_OFFSET = 100000 };

uint32_t cube_period(struct period p)
{
    return (uint32_t)(p.year + YEAR_OFFSET) << 8 | (uint32_t)p.quarter << 4 |
           (uint32_t)p.kind << 1 | (uint32_t)p.fiscal;
}

struct period cube_period_of(uint32_t code)
{
    return (struct period){(enum period_kind)(code >> 1 & 7), (code & 1) != 0,
                           (int)(code >> 8) - YEAR_OFFSET, (int)(code >> 4 & 15)};
}

// ---- order

struct ranked_group {
    uint32_t number, count;
    uint32_t key[3 + CUBE_DIMS]; // the first `count`
};

static int ranked_order(const void *left, const void *right)
{
    const struct ranked_group *a = left, *b = right;
    for (size_t i = 0; i < a->count; i++)
        if (a->key[i] != b->key[i])
            return a->key[i] < b->key[i] ? -1 : 1;
    return 0;
}

uint32_t *cube_order(const struct cube *c, const struct places *p)
{
    size_t count = cube_count(c);
    uint32_t *ranks[CUBE_DIMS], *order = mem_new(count, sizeof *order);
    struct ranked_group *list = mem_new(count, sizeof *list);
    for (size_t d = 0; d < c->dim_count; d++)
        ranks[d] = dict_ranks(&c->dims[d].levels);
    for (size_t i = 0; i < count; i++) {
        const struct cube_group *g = cube_at(c, i);
        bool whole = g->region == REGION_TOTAL;
        list[i] = (struct ranked_group){
            .number = (uint32_t)i,
            .count = (uint32_t)(3 + c->dim_count),
            .key = {g->block, whole ? REGION_TOTAL : p->region_rank[g->region], g->period}};
        for (size_t d = 0; d < c->dim_count; d++)
            list[i].key[3 + d] = g->level[d] >= LEVEL_UNKNOWN ? g->level[d] : ranks[d][g->level[d]];
    }
    qsort(list, count, sizeof *list, ranked_order);
    for (size_t i = 0; i < count; i++)
        order[i] = list[i].number;
    for (size_t d = 0; d < c->dim_count; d++)
        mem_free(ranks[d]);
    mem_free(list);
    return order;
}

// ---- cells

// The places of the levels in order; one that is called `unknown` moves behind all others.
static void rank_levels(struct cube_layout *l, size_t d)
{
    const struct dict *levels = &l->cube->dims[d].levels;
    int unknown = dict_find(levels, STR("unknown"));
    l->rank[d] = dict_ranks(levels);
    l->known[d] = levels->keys.len - (unknown >= 0);
    for (size_t i = 0; unknown >= 0 && i < levels->keys.len; i++)
        if (l->rank[d][i] > l->rank[d][unknown])
            l->rank[d][i]--;
    if (unknown >= 0)
        l->rank[d][unknown] = (uint32_t)l->known[d];
}

void cube_layout(struct cube_layout *l, const struct cube *c, const struct places *p)
{
    *l = (struct cube_layout){
        .cube = c, .region_rank = p->region_rank, .region_count = p->region_count, .slots = 1};
    for (size_t d = 0; d < c->dim_count; d++) {
        l->first[d] = l->slots;
        rank_levels(l, d);
        l->slots += l->known[d] + 1;
    }
}

void cube_layout_free(struct cube_layout *l)
{
    for (size_t d = 0; d < CUBE_DIMS; d++)
        mem_free(l->rank[d]);
    *l = (struct cube_layout){0};
}

size_t cube_cells(const struct cube_layout *l)
{
    return (l->region_count + 1) * l->slots;
}

size_t cube_slot(const struct cube_layout *l, size_t dim, uint32_t level)
{
    return l->first[dim] + (level == LEVEL_UNKNOWN ? l->known[dim] : l->rank[dim][level]);
}

static size_t region_members(const struct cube_layout *l, const struct cube_group *g, size_t region,
                             bool levels, size_t *cells)
{
    size_t count = 0;
    cells[count++] = region * l->slots;
    for (size_t d = 0; levels && d < l->cube->dim_count; d++)
        if (g->level[d] != LEVEL_ABSENT)
            cells[count++] = region * l->slots + cube_slot(l, d, g->level[d]);
    return count;
}

size_t cube_members(const struct cube_layout *l, const struct cube_group *g, bool levels,
                    size_t *cells)
{
    size_t count = region_members(l, g, l->region_count, levels, cells);
    if (g->region != REGION_TOTAL)
        count += region_members(l, g, l->region_rank[g->region], levels, cells + count);
    return count;
}

int cube_slot_dim(const struct cube_layout *l, size_t slot, struct str *level)
{
    for (size_t d = l->cube->dim_count; d-- > 0;) {
        if (slot < l->first[d])
            continue;
        const struct dict *levels = &l->cube->dims[d].levels;
        *level = STR("unknown");
        for (size_t i = 0; i < levels->keys.len; i++)
            if (l->rank[d][i] == slot - l->first[d])
                *level = levels->keys.at[i];
        return (int)d;
    }
    *level = STR("");
    return -1;
}
