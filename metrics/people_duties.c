// SPDX-License-Identifier: GPL-3.0-or-later
// What a row counts for: which cells, in which of the periods that are asked for.
#include "engine/run/estimate.h"
#include "metrics/people_parts.h"

enum { MOST_MEMBERS = 2 * (1 + CUBE_DIMS) };

bool people_year_start(struct period p, int32_t *day)
{
    if (p.kind != PERIOD_QUARTER && p.kind != PERIOD_YEAR)
        return false;
    *day = period_first_day(p.kind == PERIOD_YEAR ? p : period_next(period_year_ago(p)));
    return true;
}

uint8_t people_mark(struct period p, struct period group)
{
    struct period before = period_previous(p);
    int32_t start = 0;
    bool dated = people_year_start(p, &start) && group.kind != PERIOD_ALL && period_is(group);
    uint8_t mark = 0;
    if (span_holds((struct span){.period = p}, group))
        mark |= VISIT_NOW;
    if (period_is(before) && span_holds((struct span){.period = before}, group))
        mark |= VISIT_BEFORE;
    if (dated && period_first_day(group) >= start && period_last_day(group) <= period_last_day(p))
        mark |= VISIT_YEAR;
    return mark;
}

static void add_season(struct people_work *c, const struct people_ask *asks, size_t count,
                       struct period rows)
{
    struct season season = {c->duties.len, 0};
    for (size_t i = 0; i < count; i++) {
        struct duty duty = {(uint32_t)(i * c->cell_count), people_mark(asks[i].period, rows),
                            asks[i].levels};
        if (duty.mark)
            vec_push(&c->duties, duty);
    }
    season.count = c->duties.len - season.first;
    vec_push(&c->seasons, season);
}

static void list_cells(struct people_work *c, const struct cube_group *g, struct member *m)
{
    size_t plain[MOST_MEMBERS], cells[MOST_MEMBERS];
    size_t few = cube_members(c->layout, g, false, plain);
    size_t all = cube_members(c->layout, g, true, cells);
    m->cell = (uint32_t)c->cells.len;
    m->plain = (uint32_t)few;
    m->cells = (uint32_t)all;
    for (size_t i = 0; i < few; i++)
        vec_push(&c->cells, (uint32_t)plain[i]);
    for (size_t i = 0; i < all; i++)
        if (cells[i] % c->layout->slots)
            vec_push(&c->cells, (uint32_t)cells[i]);
}

void people_list(struct people_work *c, const struct people_ask *asks, size_t count)
{
    const struct cube *cube = &c->contacts->cube;
    struct counters known = {0}; // period → its season, plus 1
    c->members = mem_new(cube_count(cube), sizeof *c->members);
    for (size_t g = 0; g < cube_count(cube); g++) {
        const struct cube_group *group = cube_at(cube, g);
        struct member *m = &c->members[g];
        if (!counters_get(&known, group->period)) {
            add_season(c, asks, count, cube_period_of(group->period));
            counters_add(&known, group->period, c->seasons.len);
        }
        m->season = (uint32_t)counters_get(&known, group->period) - 1;
        m->channel = c->channel < 0 ? LEVEL_ABSENT : group->level[c->channel];
        list_cells(c, group, m);
    }
    counters_free(&known);
}
