// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/contact_cells.h"

#include <stdlib.h>

enum { MOST_MEMBERS = 2 * (1 + CUBE_DIMS) };

// ---- what all periods share

static void list_standards(struct contact_book *b)
{
    const struct study *s = b->contacts->study;
    size_t count = 0;
    for (size_t i = 0; i < s->activity_count; i++)
        count += s->activities[i].in.kind == INPUT_EVENTS ? s->activities[i].standard_count : 0;
    b->standards = mem_new(count, sizeof *b->standards);
    for (size_t i = 0; i < s->activity_count; i++)
        for (size_t k = 0; k < s->activities[i].standard_count; k++)
            if (s->activities[i].in.kind == INPUT_EVENTS)
                b->standards[b->standard_count++] =
                    (struct contact_standard){(uint16_t)i, &s->activities[i].standards[k]};
}

static void find_first_day(struct contact_book *b)
{
    const struct contacts *c = b->contacts;
    b->first_day = INT32_MAX;
    for (size_t i = 0; i < c->sums.len; i++) {
        struct period p = cube_period_of(cube_at(&c->cube, i)->period);
        bool dated = p.kind == PERIOD_QUARTER || p.kind == PERIOD_YEAR;
        if (dated && c->sums.at[i].count[COUNT_CONTACTS] && period_first_day(p) < b->first_day)
            b->first_day = period_first_day(p);
    }
}

void contact_book_start(struct contact_book *b, struct contacts *c, const struct places *p)
{
    *b = (struct contact_book){.contacts = c, .places = p};
    cube_layout(&b->layout, &c->cube, p);
    histogram_order(&c->wait, c->sums.len, &b->wait);
    b->channel = cube_find_dim(&c->cube, "channel");
    b->segment = cube_find_dim(&c->cube, "segment");
    b->service = cube_find_dim(&c->cube, "service");
    b->partner = cube_find_dim(&c->cube, "partner");
    b->online_known = contacts_online_known(c);
    list_standards(b);
    find_first_day(b);
}

void contact_book_free(struct contact_book *b)
{
    cube_layout_free(&b->layout);
    ordered_free(&b->wait);
    for (size_t i = 0; i < b->people_count; i++)
        mem_free(b->people[i].cells);
    mem_free(b->people);
    mem_free(b->standards);
    spread_free(&b->spread);
}

// ---- sums of cells

static bool is_of_standard(const struct contact_book *b, const struct contact_standard *s,
                           const struct cube_group *g)
{
    if (g->block != s->block)
        return false;
    if (!*s->rule->channel)
        return true;
    if (b->channel < 0 || g->level[b->channel] >= LEVEL_UNKNOWN)
        return false;
    const struct dict *levels = &b->contacts->cube.dims[b->channel].levels;
    return str_is(levels->keys.at[g->level[b->channel]], s->rule->channel);
}

// Waits of a group, and those that equal the limit or are below it.
static struct within count_within(const struct contact_book *b, size_t group, double limit)
{
    struct within w = {0};
    for (size_t i = b->wait.first[group]; i < b->wait.first[group + 1]; i++) {
        w.waits += b->wait.bins[i].count;
        if (decimal_value(b->wait.values[b->wait.bins[i].rank]) <= limit)
            w.within += b->wait.bins[i].count;
    }
    return w;
}

static void add_within(struct contact_table *t, size_t group, const size_t *cells, size_t count)
{
    const struct contact_book *b = t->book;
    for (size_t k = 0; k < b->standard_count; k++) {
        if (!is_of_standard(b, &b->standards[k], cube_at(&b->contacts->cube, group)))
            continue;
        struct within w = count_within(b, group, b->standards[k].rule->within);
        for (size_t i = 0; i < count; i++) {
            t->within[cells[i] * b->standard_count + k].waits += w.waits;
            t->within[cells[i] * b->standard_count + k].within += w.within;
        }
    }
}

static bool is_in(struct period outer, const struct cube_group *g)
{
    return span_holds((struct span){.period = outer}, cube_period_of(g->period));
}

static void add_groups(struct contact_table *t)
{
    const struct contacts *c = t->book->contacts;
    size_t cells[MOST_MEMBERS];
    for (size_t g = 0; g < c->sums.len; g++) {
        const struct cube_group *group = cube_at(&c->cube, g);
        if (!is_in(t->period, group))
            continue;
        size_t count = cube_members(&t->book->layout, group, t->levels, cells);
        for (size_t i = 0; i < count; i++) {
            contact_sums_add(&t->cells[cells[i]].s, &c->sums.at[g]);
            t->first[cells[i] + 1]++;
        }
        add_within(t, g, cells, count);
    }
}

// The groups of each cell, for its distribution of waits.
static void list_groups(struct contact_table *t)
{
    const struct contacts *c = t->book->contacts;
    size_t all = cube_cells(&t->book->layout), cells[MOST_MEMBERS];
    for (size_t i = 0; i < all; i++)
        t->first[i + 1] += t->first[i];
    size_t *next = mem_new(all, sizeof *next);
    memcpy(next, t->first, all * sizeof *next);
    t->groups = mem_new(t->first[all], sizeof *t->groups);
    for (size_t g = 0; g < c->sums.len; g++) {
        const struct cube_group *group = cube_at(&c->cube, g);
        if (!is_in(t->period, group))
            continue;
        size_t count = cube_members(&t->book->layout, group, t->levels, cells);
        for (size_t i = 0; i < count; i++)
            t->groups[next[cells[i]]++] = (uint32_t)g;
    }
    mem_free(next);
}

struct spread *contact_waits(struct contact_book *b, const struct contact_table *t, size_t cell)
{
    if (b->spread_of == t && b->spread_cell == cell) // asked for again by the next indicator
        return &b->spread;
    spread_gather(&b->spread, &b->wait, t->groups + t->first[cell],
                  t->first[cell + 1] - t->first[cell]);
    b->spread_of = t;
    b->spread_cell = cell;
    return &b->spread;
}

// ---- people

void contact_book_people(struct contact_book *b, const struct span *spans, size_t count,
                         int threads)
{
    b->people = mem_new(count, sizeof *b->people);
    b->people_count = count;
    for (size_t i = 0; i < count; i++)
        b->people[i] = (struct people_ask){spans[i].period, spans[i].need != SPAN_TREND, NULL};
    people_count(b->contacts, &b->layout, b->channel, b->people, count, threads);
}

// Are there data for the period before, and for 12 months?
static void find_history(struct contact_table *t)
{
    const struct contacts *c = t->book->contacts;
    int32_t start = 0;
    for (size_t g = 0; g < c->sums.len; g++) {
        struct period row = cube_period_of(cube_at(&c->cube, g)->period);
        t->has_before |=
            c->sums.at[g].count[COUNT_CONTACTS] && (people_mark(t->period, row) & VISIT_BEFORE);
    }
    t->has_year = people_year_start(t->period, &start) && t->book->first_day <= start;
}

static void add_people(struct contact_table *t)
{
    const struct contact_book *b = t->book;
    struct people_ask own = {t->period, t->levels, NULL};
    const struct people_cell *cells = NULL;
    for (size_t i = 0; i < b->people_count; i++)
        if (period_same(b->people[i].period, t->period) && b->people[i].levels >= t->levels)
            cells = b->people[i].cells;
    if (!cells) {
        people_count(b->contacts, &b->layout, b->channel, &own, 1, 1);
        cells = own.cells;
    }
    for (size_t i = 0; i < cube_cells(&b->layout); i++)
        t->cells[i].people = cells[i];
    mem_free(own.cells);
    find_history(t);
}

void contact_table_make(struct contact_table *t, struct contact_book *b, struct period p,
                        bool levels, bool people)
{
    size_t cells = cube_cells(&b->layout);
    b->spread_of = NULL; // another table may have stood here
    *t = (struct contact_table){.book = b, .period = p, .levels = levels, .people = people};
    t->cells = mem_new(cells, sizeof *t->cells);
    t->within = mem_new(cells * b->standard_count, sizeof *t->within);
    t->first = mem_new(cells + 1, sizeof *t->first);
    add_groups(t);
    list_groups(t);
    if (people)
        add_people(t);
}

void contact_table_free(struct contact_table *t)
{
    mem_free(t->cells);
    mem_free(t->within);
    mem_free(t->first);
    mem_free(t->groups);
    *t = (struct contact_table){0};
}
