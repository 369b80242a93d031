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
    b->visits = contacts_visits(c, &b->visit_count);
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
    mem_free(b->visits);
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
    spread_gather(&b->spread, &b->wait, t->groups + t->first[cell],
                  t->first[cell + 1] - t->first[cell]);
    return &b->spread;
}

// ---- clients

bool contact_year_start(struct period p, int32_t *day)
{
    if (p.kind != PERIOD_QUARTER && p.kind != PERIOD_YEAR)
        return false;
    *day = period_first_day(p.kind == PERIOD_YEAR ? p : period_next(period_year_ago(p)));
    return true;
}

enum { VISIT_NOW = 1, VISIT_BEFORE = 2, VISIT_YEAR = 4 };

// What each group is to the period.
static uint8_t *mark_groups(struct contact_table *t)
{
    const struct contacts *c = t->book->contacts;
    uint8_t *mark = mem_new(c->sums.len, sizeof *mark);
    struct period before = period_previous(t->period);
    int32_t start = 0;
    bool dated = contact_year_start(t->period, &start);
    for (size_t g = 0; g < c->sums.len; g++) {
        const struct cube_group *group = cube_at(&c->cube, g);
        struct period row = cube_period_of(group->period);
        if (is_in(t->period, group))
            mark[g] |= VISIT_NOW;
        if (period_is(before) && is_in(before, group))
            mark[g] |= VISIT_BEFORE;
        if (dated && row.kind != PERIOD_ALL && period_is(row) && period_first_day(row) >= start &&
            period_last_day(row) <= period_last_day(t->period))
            mark[g] |= VISIT_YEAR;
        t->has_before |= (mark[g] & VISIT_BEFORE) && c->sums.at[g].count[COUNT_CONTACTS];
    }
    t->has_year = dated && t->book->first_day <= start;
    return mark;
}

static void see_client(struct client_work *w, const struct visit *v, uint8_t mark, uint32_t channel)
{
    w->before += mark & VISIT_BEFORE ? v->count : 0;
    w->year += mark & VISIT_YEAR ? v->count : 0;
    if (!(mark & VISIT_NOW))
        return;
    w->now += v->count;
    if (v->flags && (!w->last || visit_is_later(v, w->last)))
        w->last = v;
    if (channel >= LEVEL_UNKNOWN)
        return;
    w->several |= w->known && w->channel != channel;
    w->channel = channel;
    w->known += v->count;
}

static void count_client(struct contact_cell *cell, const struct client_work *w)
{
    cell->clients += w->now > 0;
    cell->client_squares += w->now * w->now;
    cell->repeat += w->now > 1;
    cell->year_clients += w->year > 0;
    cell->year_repeat += w->year > 1;
    cell->before += w->before > 0;
    cell->again += w->before > 0 && w->now > 0;
    cell->twice += w->known > 1;
    cell->switched += w->several;
    uint8_t flags = w->last ? w->last->flags : 0;
    cell->consent_known += flags & FLAG_CONSENT_KNOWN ? 1 : 0;
    cell->consent += flags & FLAG_CONSENT ? 1 : 0;
}

// What the contacts of one group count for: its cells, and how they came.
struct membership {
    uint32_t channel, first, count; // cells: first … first + count - 1 of the list
    uint8_t mark;
};

struct people {
    struct membership *of; // by group
    VEC(uint32_t) cells;
    VEC(uint32_t) touched; // cells of the client at hand
};

static void people_start(struct people *p, struct contact_table *t)
{
    const struct contact_book *b = t->book;
    size_t cells[MOST_MEMBERS];
    uint8_t *mark = mark_groups(t);
    p->of = mem_new(b->contacts->sums.len, sizeof *p->of);
    for (size_t g = 0; g < b->contacts->sums.len; g++) {
        const struct cube_group *group = cube_at(&b->contacts->cube, g);
        struct membership *m = &p->of[g];
        m->mark = mark[g];
        m->channel = b->channel < 0 ? LEVEL_ABSENT : group->level[b->channel];
        m->first = (uint32_t)p->cells.len;
        m->count = mark[g] ? (uint32_t)cube_members(&b->layout, group, t->levels, cells) : 0;
        for (size_t i = 0; i < m->count; i++)
            vec_push(&p->cells, (uint32_t)cells[i]);
    }
    mem_free(mark);
}

static void take_client(struct contact_table *t, const struct visit *visits, size_t count,
                        struct people *p)
{
    p->touched.len = 0;
    for (size_t i = 0; i < count; i++) {
        const struct membership *m = &p->of[visits[i].group];
        for (size_t k = m->first; k < m->first + m->count; k++) {
            struct client_work *work = &t->work[p->cells.at[k]];
            if (work->stamp != visits[i].client + 1) {
                *work = (struct client_work){.stamp = visits[i].client + 1};
                vec_push(&p->touched, p->cells.at[k]);
            }
            see_client(work, &visits[i], m->mark, m->channel);
        }
    }
    for (size_t i = 0; i < p->touched.len; i++)
        count_client(&t->cells[p->touched.at[i]], &t->work[p->touched.at[i]]);
}

// Client by client, so that each is counted once in a cell, however many groups make it up.
static void add_clients(struct contact_table *t)
{
    const struct contact_book *b = t->book;
    struct people p = {0};
    people_start(&p, t);
    t->work = mem_new(cube_cells(&b->layout), sizeof *t->work);
    for (size_t from = 0, to; from < b->visit_count; from = to) {
        for (to = from + 1; to < b->visit_count && b->visits[to].client == b->visits[from].client;)
            to++;
        take_client(t, b->visits + from, to - from, &p);
    }
    vec_free(&p.touched);
    vec_free(&p.cells);
    mem_free(p.of);
    mem_free(t->work);
    t->work = NULL;
}

void contact_table_make(struct contact_table *t, const struct contact_book *b, struct period p,
                        bool levels, bool people)
{
    size_t cells = cube_cells(&b->layout);
    *t = (struct contact_table){.book = b, .period = p, .levels = levels, .people = people};
    t->cells = mem_new(cells, sizeof *t->cells);
    t->within = mem_new(cells * b->standard_count, sizeof *t->within);
    t->first = mem_new(cells + 1, sizeof *t->first);
    add_groups(t);
    list_groups(t);
    if (people)
        add_clients(t);
}

void contact_table_free(struct contact_table *t)
{
    mem_free(t->cells);
    mem_free(t->within);
    mem_free(t->first);
    mem_free(t->groups);
    *t = (struct contact_table){0};
}
