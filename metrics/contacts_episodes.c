// SPDX-License-Identifier: GPL-3.0-or-later
// Episodes (indicators.md 6.1): the contacts of one case; without the column, contacts of one
// client at most `episode_days` apart. An episode counts in the group of its first contact.
#include "metrics/contacts.h"

#include "engine/base/sort.h"

// With a case that comes first and alone; else by client. Then in time.
static uint64_t whose(const void *row)
{
    const struct contact_row *x = row;
    return (uint64_t)x->matter << 32 | (x->matter == NOBODY ? x->client : 0);
}

static uint64_t day_of(const void *row)
{
    return cube_day(((const struct contact_row *)row)->day);
}

static uint64_t order_of(const void *row)
{
    return ((const struct contact_row *)row)->order;
}

static void sort_rows(struct contacts *c)
{
    static uint64_t (*const keys[])(const void *) = {order_of, day_of, whose}; // the last leads
    for (size_t i = 0; i < 3; i++)
        sort_items(c->rows.at, c->rows.len, sizeof *c->rows.at, keys[i]);
}

// Does the next contact belong to the same episode? Without days, contacts of one client are apart.
static bool goes_on(const struct contacts *c, const struct contact_row *x,
                    const struct contact_row *next)
{
    if (x->matter != NOBODY || next->matter != NOBODY)
        return x->matter == next->matter;
    double days = c->study->activities[cube_at(&c->cube, x->group)->block].episode_days;
    return x->client == next->client && x->day != INT32_MIN &&
           (double)next->day - (double)x->day <= days;
}

static void add_resolution(struct contact_sums *s, const struct contact_row *rows, size_t count)
{
    if (rows[0].flags & FLAG_RESOLVED_KNOWN) {
        s->count[COUNT_EPISODE_FLAG]++;
        s->count[COUNT_EPISODE_FIRST] += (rows[0].flags & FLAG_RESOLVED) != 0;
    }
    for (size_t i = 0; i < count; i++) {
        if (!(rows[i].flags & FLAG_RESOLVED))
            continue;
        s->count[COUNT_EPISODE_RESOLVED]++;
        s->count[COUNT_EPISODE_STEPS] += i + 1;
        s->count[COUNT_EPISODE_STEP_SQUARES] += (i + 1) * (i + 1);
        return;
    }
}

static void add_services(const struct contacts *c, struct contact_sums *s, int service,
                         const struct contact_row *rows, size_t count)
{
    uint32_t first = LEVEL_ABSENT;
    bool several = false;
    for (size_t i = 0; service >= 0 && i < count; i++) {
        uint32_t level = cube_at(&c->cube, rows[i].group)->level[service];
        if (level >= LEVEL_UNKNOWN)
            continue;
        several |= first != LEVEL_ABSENT && first != level;
        first = level;
    }
    s->count[COUNT_EPISODE_SERVICE] += first != LEVEL_ABSENT;
    s->count[COUNT_EPISODE_BUNDLE] += several;
}

void contacts_episodes(struct contacts *c)
{
    int service = cube_find_dim(&c->cube, "service");
    if (!c->rows.len)
        return;
    sort_rows(c);
    for (size_t from = 0, to; from < c->rows.len; from = to) {
        const struct contact_row *rows = &c->rows.at[from];
        for (to = from + 1; to < c->rows.len && goes_on(c, &c->rows.at[to - 1], &c->rows.at[to]);)
            to++;
        struct contact_sums *s = &c->sums.at[rows[0].group];
        add_resolution(s, rows, to - from);
        add_services(c, s, service, rows, to - from);
    }
}
