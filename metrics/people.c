// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/people.h"

#include "engine/run/estimate.h"
#include "engine/run/work.h"

enum { MOST_MEMBERS = 2 * (1 + CUBE_DIMS), PLAIN_MEMBERS = 2, MEMORY = 64 << 20 };

// ---- what a group counts for

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

struct duty {      // of a period of rows in one that is asked for
    uint32_t base; // of its cells in the work of a thread
    uint8_t mark;
    bool levels;
};

struct member { // cells and duties of a group
    uint32_t channel;
    uint32_t cell, cells, plain; // of the lists; the plain ones come first
    uint32_t duty, duties;       // in the list of them
};

// One person in one cell.
struct person {
    uint32_t stamp, channel;
    uint32_t now, before, year, known;
    uint8_t flags; // of the newest consent
    bool several;  // channels
};

struct worker {
    struct person *work; // by ask and cell
    struct people_cell *cells;
    VEC(uint32_t) touched;
    crowd_list list;
    uint32_t stamp;
};

struct count {
    const struct contacts *contacts;
    const struct cube_layout *layout;
    int channel;
    size_t cell_count;
    struct member *members; // by group
    VEC(uint32_t) cells;
    VEC(struct duty) duties;
    struct worker *workers;
};

// Of one period of rows; groups of a period share their duties.
static void list_duties(struct count *c, const struct people_ask *asks, size_t count,
                        struct period group, struct member *m)
{
    m->duty = (uint32_t)c->duties.len;
    for (size_t i = 0; i < count; i++) {
        struct duty duty = {(uint32_t)(i * c->cell_count), people_mark(asks[i].period, group),
                            asks[i].levels};
        if (duty.mark)
            vec_push(&c->duties, duty);
    }
    m->duties = (uint32_t)(c->duties.len - m->duty);
}

// The cells without breakdown come first, so that they can be taken alone.
static void list_cells(struct count *c, const struct cube_group *g, struct member *m)
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

static void list_members(struct count *c, const struct people_ask *asks, size_t count)
{
    const struct cube *cube = &c->contacts->cube;
    struct counters periods = {0}; // → a group of the period, plus 1
    c->members = mem_new(cube_count(cube), sizeof *c->members);
    for (size_t g = 0; g < cube_count(cube); g++) {
        const struct cube_group *group = cube_at(cube, g);
        struct member *m = &c->members[g];
        uint64_t like = counters_get(&periods, group->period);
        m->channel = c->channel < 0 ? LEVEL_ABSENT : group->level[c->channel];
        list_cells(c, group, m);
        if (like) {
            m->duty = c->members[like - 1].duty;
            m->duties = c->members[like - 1].duties;
            continue;
        }
        list_duties(c, asks, count, cube_period_of(group->period), m);
        counters_add(&periods, group->period, g + 1);
    }
    counters_free(&periods);
}

// ---- person by person

static inline void see(struct person *p, const struct crowd_row *row, uint8_t mark,
                       uint32_t channel)
{
    p->before += mark / VISIT_BEFORE & 1;
    p->year += mark / VISIT_YEAR & 1;
    if (!(mark & VISIT_NOW))
        return;
    unsigned flags = crowd_row_flags(row);
    p->now++;
    if (flags & FLAG_CONSENT_KNOWN) // rows come in time
        p->flags = (uint8_t)flags;
    if (channel >= LEVEL_UNKNOWN)
        return;
    p->several |= p->known && p->channel != channel;
    p->channel = channel;
    p->known++;
}

static void count_person(struct people_cell *cell, const struct person *p)
{
    cell->clients += p->now > 0;
    cell->client_squares += (uint64_t)p->now * p->now;
    cell->repeat += p->now > 1;
    cell->year_clients += p->year > 0;
    cell->year_repeat += p->year > 1;
    cell->before += p->before > 0;
    cell->again += p->before > 0 && p->now > 0;
    cell->twice += p->known > 1;
    cell->switched += p->several;
    cell->consent_known += p->flags & FLAG_CONSENT_KNOWN ? 1 : 0;
    cell->consent += p->flags & FLAG_CONSENT ? 1 : 0;
}

static void see_row(const struct count *c, struct worker *w, const struct crowd_row *row)
{
    const struct member *m = &c->members[crowd_group(row)];
    const uint32_t *cells = c->cells.at + m->cell;
    for (size_t r = 0; r < m->duties; r++) {
        const struct duty *duty = &c->duties.at[m->duty + r];
        size_t count = duty->levels ? m->cells : m->plain;
        for (size_t i = 0; i < count; i++) {
            uint32_t at = duty->base + cells[i];
            struct person *p = &w->work[at];
            if (p->stamp != w->stamp) {
                *p = (struct person){.stamp = w->stamp};
                w->touched.at[w->touched.len++] = at;
            }
            see(p, row, duty->mark, m->channel);
        }
    }
}

static void count_part(void *context, int worker, size_t part)
{
    const struct count *c = context;
    struct worker *w = &c->workers[worker];
    crowd_list_part(&c->contacts->clients, part, &w->list);
    for (size_t from = 0, to; from < w->list.len; from = to) {
        to = crowd_person_end(&w->list, from);
        w->stamp++;
        w->touched.len = 0;
        for (size_t i = from; i < to; i++)
            see_row(c, w, &w->list.at[i]);
        for (size_t i = 0; i < w->touched.len; i++)
            count_person(&w->cells[w->touched.at[i]], &w->work[w->touched.at[i]]);
    }
}

// ---- all together

static void add_cell(struct people_cell *into, const struct people_cell *from)
{
    enum { NUMBERS = sizeof *into / sizeof(uint64_t) };
    uint64_t a[NUMBERS], b[NUMBERS];
    memcpy(a, into, sizeof a);
    memcpy(b, from, sizeof b);
    for (size_t i = 0; i < NUMBERS; i++)
        a[i] += b[i];
    memcpy(into, a, sizeof a);
}

static void count_some(struct count *c, struct people_ask *asks, size_t count, int threads)
{
    size_t all = count * c->cell_count;
    list_members(c, asks, count);
    c->workers = mem_new((size_t)threads, sizeof *c->workers);
    for (int i = 0; i < threads; i++) {
        c->workers[i].work = mem_new(all, sizeof *c->workers[i].work);
        c->workers[i].cells = mem_new(all, sizeof *c->workers[i].cells);
        vec_reserve(&c->workers[i].touched, all);
    }
    work_each(threads, CROWD_PARTS, count_part, c);
    for (size_t i = 0; i < count; i++)
        asks[i].cells = mem_new(c->cell_count, sizeof *asks[i].cells);
    for (int i = 0; i < threads; i++) {
        struct worker *w = &c->workers[i];
        for (size_t k = 0; k < all; k++)
            add_cell(&asks[k / c->cell_count].cells[k % c->cell_count], &w->cells[k]);
        mem_free(w->work);
        mem_free(w->cells);
        vec_free(&w->touched);
        vec_free(&w->list);
    }
    mem_free(c->workers);
    mem_free(c->members);
    vec_free(&c->cells);
    vec_free(&c->duties);
}

void people_count(const struct contacts *contacts, const struct cube_layout *l, int channel,
                  struct people_ask *asks, size_t count, int threads)
{
    struct count c = {
        .contacts = contacts, .layout = l, .channel = channel, .cell_count = cube_cells(l)};
    size_t each = (sizeof(struct person) + sizeof(struct people_cell)) * c.cell_count;
    size_t most = MEMORY / (each * (size_t)threads);
    most = most ? most : 1;
    for (size_t i = 0; i < count; i += most)
        count_some(&c, asks + i, count - i < most ? count - i : most, threads);
}
