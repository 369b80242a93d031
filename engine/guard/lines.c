// SPDX-License-Identifier: GPL-3.0-or-later
// Which cells of a table add up to which other.
#include "engine/guard/tables.h"

#include <math.h>
#include <stdio.h>

struct finding {
    struct tables *t;
    struct guard_table *g;
    struct dict keys; // of lines
};

// A part under its whole, if the table has that; `kind` tells lines of the same whole apart.
static void add_part(struct finding *f, const char *kind, const struct node *whole, uint32_t part)
{
    int at = dict_find(&f->g->keys, tables_key(f->t, whole));
    if (at < 0 || (uint32_t)at == part)
        return;
    char key[128];
    snprintf(key, sizeof key, "%s %d", kind, at);
    size_t line = (size_t)dict_add(&f->keys, str_of(key));
    bool periods = kind[0] == 'y' || kind[0] == 'a';
    if (line == f->g->lines.len)
        vec_push(&f->g->lines, ((struct line){.whole = (uint32_t)at, .periods = periods}));
    vec_push(&f->g->lines.at[line].parts, part);
}

// `crossed` less its component `at`; NULL when it has no such component.
static char *less(struct arena *a, const char *crossed, int at)
{
    const char *from = crossed;
    for (; at > 0 && from; at--)
        from = (from = strchr(from, '*')) ? from + 1 : NULL;
    if (!from || !*crossed)
        return NULL;
    const char *to = strchr(from, '*');
    if (to)
        return arena_print(a, "%.*s%s", (int)(from - crossed), crossed, to + 1);
    size_t head = from > crossed ? (size_t)(from - crossed) - 1 : 0;
    return arena_copy(a, crossed, head);
}

static void add_levels(struct finding *f, uint32_t i)
{
    for (int k = 0; k < 8; k++) {
        struct node whole = f->g->nodes.at[i];
        const char *by = less(&f->t->arena, whole.by, k),
                   *level = less(&f->t->arena, whole.level, k);
        if (!by || !level)
            return;
        char kind[96];
        snprintf(kind, sizeof kind, "l%d %.80s", k, whole.by);
        whole.by = by;
        whole.level = level;
        add_part(f, kind, &whole, i);
    }
}

static void add_periods(struct finding *f, uint32_t i)
{
    struct node whole = f->g->nodes.at[i];
    if (whole.period.kind == PERIOD_QUARTER) {
        whole.period = period_year(whole.period);
        add_part(f, "y", &whole, i);
    }
    if (whole.period.kind == PERIOD_YEAR) {
        const char *kind = f->g->nodes.at[i].period.kind == PERIOD_QUARTER ? "aq" : "ay";
        whole.period = (struct period){.kind = PERIOD_ALL};
        add_part(f, kind, &whole, i);
    }
}

void tables_find_lines(struct tables *t, struct guard_table *g)
{
    struct finding f = {.t = t, .g = g};
    for (uint32_t i = 0; i < g->nodes.len; i++) {
        struct node whole = g->nodes.at[i];
        whole.region = REGION_TOTAL;
        add_part(&f, "r", &whole, i);
        add_levels(&f, i);
        add_periods(&f, i);
    }
    dict_free(&f.keys);
}

// The parts hold no more than the whole; and of periods, which have no remainder, all.
bool line_holds(const struct line *line, const double *value)
{
    double sum = 0, whole = value[line->whole];
    for (size_t i = 0; i < line->parts.len; i++)
        sum += value[line->parts.at[i]];
    double slack = 1e-9 * fabs(whole); // of sums that were added in another order
    return line->periods ? fabs(sum - whole) <= slack : sum <= whole + slack; // false for NaN
}
