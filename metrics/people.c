// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/people.h"

#include "engine/run/work.h"
#include "metrics/people_parts.h"

enum { MEMORY = 64 << 20 };

static inline void see(struct person *p, unsigned flags, uint8_t mark, uint32_t channel)
{
    p->before += mark / VISIT_BEFORE & 1;
    p->year += mark / VISIT_YEAR & 1;
    if (!(mark & VISIT_NOW))
        return;
    p->now++;
    if (flags & FLAG_CONSENT_KNOWN) // rows come in time
        p->flags = (uint8_t)flags;
    if (channel >= LEVEL_UNKNOWN)
        return;
    p->several |= p->known && p->channel != channel;
    p->channel = channel;
    p->known++;
}

static void count_person(struct people_cell *cell, const struct person *p, uint64_t times)
{
    cell->clients += p->now ? times : 0;
    cell->client_squares += (uint64_t)p->now * p->now * times;
    cell->repeat += p->now > 1 ? times : 0;
    cell->year_clients += p->year ? times : 0;
    cell->year_repeat += p->year > 1 ? times : 0;
    cell->before += p->before ? times : 0;
    cell->again += p->before && p->now ? times : 0;
    cell->twice += p->known > 1 ? times : 0;
    cell->switched += p->several ? times : 0;
    cell->consent_known += p->flags & FLAG_CONSENT_KNOWN ? times : 0;
    cell->consent += p->flags & FLAG_CONSENT ? times : 0;
}

static void touch_cells(const struct people_work *c, struct people_worker *w,
                        const struct crowd_row *row)
{
    const struct member *m = &c->members[crowd_group(row)];
    for (size_t i = 0; i < m->cells; i++) {
        uint32_t cell = c->cells.at[m->cell + i];
        struct touch *t = &w->touch[cell];
        if (t->stamp == w->stamp) {
            t->rows++;
            continue;
        }
        *t = (struct touch){w->stamp, 1, m->season, (uint8_t)crowd_row_flags(row)};
        w->touched.at[w->touched.len++] = cell;
    }
}

static void see_cell(const struct people_work *c, struct people_worker *w,
                     const struct crowd_row *row, const struct member *m, size_t member)
{
    uint32_t cell = c->cells.at[m->cell + member];
    const struct season *season = &c->seasons.at[m->season];
    const struct duty *duties = c->duties.at + season->first;
    for (size_t i = 0; i < season->count; i++) {
        if (!duties[i].levels && member >= m->plain)
            continue;
        uint32_t at = duties[i].base + cell;
        struct person *p = &w->work[at];
        if (p->stamp != w->stamp) {
            *p = (struct person){.stamp = w->stamp};
            w->seen.at[w->seen.len++] = at;
        }
        see(p, crowd_row_flags(row), duties[i].mark, m->channel);
    }
}

// The rows in cells where the person has several.
static void see_row(const struct people_work *c, struct people_worker *w,
                    const struct crowd_row *row)
{
    const struct member *m = &c->members[crowd_group(row)];
    for (size_t i = 0; i < m->cells; i++)
        if (w->touch[c->cells.at[m->cell + i]].rows > 1)
            see_cell(c, w, row, m, i);
}

static size_t single_at(const struct people_work *c, size_t cell, size_t season, unsigned flags)
{
    size_t consent = !(flags & FLAG_CONSENT_KNOWN) ? CONSENT_UNKNOWN
                     : flags & FLAG_CONSENT        ? CONSENT_YES
                                                   : CONSENT_NO;
    return (cell * c->seasons.len + season) * CONSENTS + consent;
}

static void count_one(const struct people_work *c, struct people_worker *w, size_t from, size_t to)
{
    w->stamp++;
    w->touched.len = w->seen.len = 0;
    for (size_t i = from; i < to; i++)
        touch_cells(c, w, &w->list.at[i]);
    for (size_t i = from; i < to && to - from > 1; i++)
        see_row(c, w, &w->list.at[i]);
    for (size_t i = 0; i < w->touched.len; i++) {
        const struct touch *t = &w->touch[w->touched.at[i]];
        if (t->rows == 1)
            w->single[single_at(c, w->touched.at[i], t->season, t->flags)]++;
    }
    for (size_t i = 0; i < w->seen.len; i++)
        count_person(&w->cells[w->seen.at[i]], &w->work[w->seen.at[i]], 1);
}

static void count_part(void *context, int worker, size_t part)
{
    const struct people_work *c = context;
    struct people_worker *w = &c->workers[worker];
    crowd_list_part(&c->contacts->clients, part, &w->list);
    for (size_t from = 0, to; from < w->list.len; from = to) {
        to = crowd_person_end(&w->list, from);
        count_one(c, w, from, to);
    }
}

// The people with one contact in a cell: the channel of one contact changes nothing.
static void count_singles(const struct people_work *c, struct people_worker *w)
{
    static const uint8_t flags[CONSENTS] = {0, FLAG_CONSENT_KNOWN,
                                            FLAG_CONSENT_KNOWN | FLAG_CONSENT};
    size_t each = c->seasons.len * CONSENTS;
    for (size_t i = 0; i < c->cell_count * each; i++) {
        size_t cell = i / each;
        const struct season *season = &c->seasons.at[i % each / CONSENTS];
        for (size_t k = 0; w->single[i] && k < season->count; k++) {
            const struct duty *duty = &c->duties.at[season->first + k];
            struct person p = {0};
            if (!duty->levels && cell % c->layout->slots)
                continue;
            see(&p, flags[i % CONSENTS], duty->mark, LEVEL_UNKNOWN);
            count_person(&w->cells[duty->base + cell], &p, w->single[i]);
        }
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

static void start_worker(const struct people_work *c, struct people_worker *w, size_t all)
{
    w->work = mem_new(all, sizeof *w->work);
    w->cells = mem_new(all, sizeof *w->cells);
    w->touch = mem_new(c->cell_count, sizeof *w->touch);
    w->single = mem_new(c->cell_count * c->seasons.len * CONSENTS, sizeof *w->single);
    vec_reserve(&w->touched, c->cell_count);
    vec_reserve(&w->seen, all);
}

static void end_worker(const struct people_work *c, struct people_worker *w,
                       struct people_ask *asks, size_t all)
{
    count_singles(c, w);
    for (size_t k = 0; k < all; k++)
        add_cell(&asks[k / c->cell_count].cells[k % c->cell_count], &w->cells[k]);
    mem_free(w->work);
    mem_free(w->cells);
    mem_free(w->touch);
    mem_free(w->single);
    vec_free(&w->touched);
    vec_free(&w->seen);
    vec_free(&w->list);
}

static void count_some(struct people_work *c, struct people_ask *asks, size_t count, int threads)
{
    size_t all = count * c->cell_count;
    people_list(c, asks, count);
    size_t singles = c->cell_count * c->seasons.len * CONSENTS * sizeof(uint64_t);
    while (threads > 1 && singles * (size_t)threads > MEMORY)
        threads--;
    c->workers = mem_new((size_t)threads, sizeof *c->workers);
    for (int i = 0; i < threads; i++)
        start_worker(c, &c->workers[i], all);
    work_each(threads, CROWD_PARTS, count_part, c);
    for (size_t i = 0; i < count; i++)
        asks[i].cells = mem_new(c->cell_count, sizeof *asks[i].cells);
    for (int i = 0; i < threads; i++)
        end_worker(c, &c->workers[i], asks, all);
    mem_free(c->workers);
    mem_free(c->members);
    vec_free(&c->cells);
    vec_free(&c->duties);
    vec_free(&c->seasons);
}

void people_count(const struct contacts *contacts, const struct cube_layout *l, int channel,
                  struct people_ask *asks, size_t count, int threads)
{
    struct people_work c = {
        .contacts = contacts, .layout = l, .channel = channel, .cell_count = cube_cells(l)};
    size_t each = (sizeof(struct person) + sizeof(struct people_cell)) * c.cell_count;
    size_t most = MEMORY / (each * (size_t)threads);
    most = most ? most : 1;
    for (size_t i = 0; i < count; i += most)
        count_some(&c, asks + i, count - i < most ? count - i : most, threads);
}
