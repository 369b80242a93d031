// SPDX-License-Identifier: GPL-3.0-or-later
// How complete the records of activity are (indicators.md 9): days with a row, and the profiles of
// clients. Both are rows of the family `quality`, given from here, where the days and the clients
// are.
#include "metrics/activity_family.h"
#include "metrics/admin.h"

static struct cell cell_of(struct run *run, const char *item, uint16_t region, struct period p)
{
    return (struct cell){.out = run->results,
                         .item = item,
                         .region = region,
                         .period = p,
                         .by = "",
                         .level = "",
                         .reported = true};
}

// ---- days

// The days of one block, by region and day.
struct covered {
    struct run *run;
    const struct activity *activity;
    const struct day_rows *at;
    size_t len;
};

// Place of a region among regions and total, in their final order.
static size_t place_of(const struct run *run, uint16_t region)
{
    return region == REGION_TOTAL ? run->places->region_count : run->places->region_rank[region];
}

// Totals of weeks or months stand on less than half of the days.
static bool is_daily(const struct covered *c)
{
    for (size_t from = 0, to; from < c->len; from = to) {
        for (to = from + 1; to < c->len && c->at[to].region == c->at[from].region;)
            to++;
        int64_t days = (int64_t)c->at[to - 1].day - c->at[from].day + 1;
        if (to - from > 1 && 2 * (int64_t)(to - from) > days)
            return true;
    }
    return c->activity->in.kind == INPUT_EVENTS;
}

// How many days of the period each place saw; -1: it has no row at all, in no period.
static void count_days(const struct covered *c, int32_t first, int32_t last, int64_t *seen)
{
    size_t places = c->run->places->region_count + 1, days = (size_t)(last - first + 1);
    bool *whole = mem_new(days, sizeof *whole);
    for (size_t i = 0; i < places; i++)
        seen[i] = -1;
    for (size_t i = 0; i < c->len; i++) {
        int64_t *own = &seen[place_of(c->run, c->at[i].region)], *all = &seen[places - 1];
        bool inside = c->at[i].day >= first && c->at[i].day <= last;
        if (own != all)
            *own = (*own < 0 ? 0 : *own) + inside;
        *all = *all < 0 ? 0 : *all;
        if (inside && !whole[c->at[i].day - first]) {
            whole[c->at[i].day - first] = true;
            ++*all;
        }
    }
    mem_free(whole);
}

static void cover_period(const struct covered *c, const struct indicator *row, struct period p)
{
    size_t places = c->run->places->region_count + 1;
    int32_t first = period_first_day(p), last = period_last_day(p);
    int64_t *seen = mem_new(places, sizeof *seen);
    count_days(c, first, last, seen);
    for (size_t i = 0; i < places; i++) {
        uint16_t region = i + 1 == places ? (uint16_t)REGION_TOTAL : (uint16_t)i;
        struct cell cell = cell_of(c->run, c->activity->in.id, region, p);
        if (seen[i] >= 0)
            admin_share(cell_add(&cell, row), (double)seen[i], (double)last - first + 1);
    }
    mem_free(seen);
}

void activity_coverage(struct run *run, struct days *days)
{
    const struct indicator *row = indicator_find("quality.coverage");
    size_t count;
    struct day_rows *list = days_list(days, &count);
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && list[to].block == list[from].block;)
            to++;
        struct covered c = {run, &run->study->activities[list[from].block], list + from, to - from};
        bool daily = is_daily(&c);
        for (size_t i = 0; daily && i < run->span_count; i++)
            if (run->spans[i].need == SPAN_REPORT && run->spans[i].period.kind != PERIOD_ALL)
                cover_period(&c, row, run->spans[i].period);
    }
    mem_free(list);
}

// ---- profiles

struct profiles {
    const struct run *run;
    const struct contacts *contacts;
    size_t places;                 // regions and total
    const struct crowd_row **last; // of the client at hand, by span and place
    struct profile_sums {
        double filled, fields, clients;
    } * sums; // by span and place
};

static size_t profile_of(const struct contacts *c, const struct crowd_row *row)
{
    return c->study->activities[cube_at(&c->cube, crowd_group(row))->block].profile.count;
}

// Rows of a client come in time, so what is seen last is the last.
static void see_row(struct profiles *p, const struct crowd_row *row)
{
    const struct cube_group *g = cube_at(&p->contacts->cube, crowd_group(row));
    struct period period = cube_period_of(g->period);
    for (size_t i = 0; i < p->run->span_count; i++) {
        if (p->run->spans[i].need != SPAN_REPORT || !span_holds(p->run->spans[i], period))
            continue;
        p->last[i * p->places + place_of(p->run, g->region)] = row;
        p->last[(i + 1) * p->places - 1] = row;
    }
}

static void see_client(struct profiles *p, const struct crowd_row *rows, size_t count)
{
    memset(p->last, 0, p->run->span_count * p->places * sizeof *p->last);
    for (size_t i = 0; i < count; i++)
        if (profile_of(p->contacts, &rows[i]))
            see_row(p, &rows[i]);
    for (size_t i = 0; i < p->run->span_count * p->places; i++) {
        if (!p->last[i])
            continue;
        p->sums[i].clients++;
        p->sums[i].filled += crowd_filled(p->last[i]);
        p->sums[i].fields += (double)profile_of(p->contacts, p->last[i]);
    }
}

static void see_all(struct profiles *p)
{
    crowd_list list = {0};
    for (size_t part = 0; part < CROWD_PARTS; part++) {
        crowd_list_part(&p->contacts->clients, part, &list);
        for (size_t from = 0, to; from < list.len; from = to) {
            to = crowd_person_end(&list, from);
            see_client(p, list.at + from, to - from);
        }
    }
    vec_free(&list);
}

static void give_profile(struct run *run, size_t place, struct period p,
                         const struct profile_sums *sums)
{
    uint16_t region = place < run->places->region_count ? (uint16_t)place : (uint16_t)REGION_TOTAL;
    struct cell cell = cell_of(run, "", region, p);
    struct estimate *e = cell_add(&cell, indicator_find("quality.profile"));
    admin_share(e, sums->filled, sums->fields);
    e->n = sums->clients;
    e->from_survey = true; // about people: few of them are not shown
}

void activity_profiles(struct run *run, const struct contacts *c)
{
    bool asked = false;
    struct profiles p = {.run = run, .contacts = c, .places = run->places->region_count + 1};
    for (size_t i = 0; i < run->study->activity_count; i++)
        asked |= run->study->activities[i].profile.count > 0;
    if (!asked)
        return;
    p.last = mem_new(run->span_count * p.places, sizeof *p.last);
    p.sums = mem_new(run->span_count * p.places, sizeof *p.sums);
    see_all(&p);
    for (size_t i = 0; i < run->span_count; i++)
        for (size_t place = 0; place < p.places; place++)
            if (run->spans[i].need == SPAN_REPORT)
                give_profile(run, place, run->spans[i].period, &p.sums[i * p.places + place]);
    mem_free(p.last);
    mem_free(p.sums);
}
