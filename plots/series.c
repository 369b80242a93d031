// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/series.h"

#include <math.h>

struct timeline timeline_make(const struct plot *p, const char *indicator, const char *item)
{
    struct timeline t = {.indicator = indicator, .item = item};
    t.periods = pick_series(p, indicator, item);
    t.x = NEWS(p->arena, t.periods.at.len + 1, double);
    return t;
}

void timeline_free(struct timeline *t)
{
    vec_free(&t->periods.at);
}

void timeline_lay(const struct plot *p, struct timeline *t, struct field f)
{
    (void)p;
    size_t n = t->periods.at.len;
    double step = (f.right - f.left) / (double)(n ? n : 1);
    for (size_t i = 0; i < n; i++)
        t->x[i] = f.left + step * ((double)i + 0.5);
}

struct series series_of(struct plot *p, const struct timeline *t, uint16_t region)
{
    size_t n = t->periods.at.len;
    struct series s = {.name = region_name(p, region), .region = region};
    s.at = NEWS(p->arena, n + 1, const struct estimate *);
    for (size_t i = 0; i < n; i++)
        s.at[i] = pick_at(p, t->indicator, t->item, region, t->periods.at.at[i], "", "");
    return s;
}

static void range_of(struct range *r, const struct plot *p, const struct timeline *t,
                     uint16_t region)
{
    for (size_t i = 0; i < t->periods.at.len; i++) {
        const struct estimate *e =
            results_find(p->results, t->indicator, t->item, region, t->periods.at.at[i], "", "");
        if (!has_value(e))
            continue;
        range_add(r, e->value);
        range_add(r, e->low);
        range_add(r, e->high);
    }
}

struct ruler series_axis(const struct plot *p, const struct timeline *t, int ticks)
{
    struct range r = {0};
    for (size_t i = 0; i < region_count(p); i++)
        range_of(&r, p, t, (uint16_t)i);
    range_of(&r, p, t, REGION_TOTAL);
    bool index = strcmp(t->indicator, "cmt.index") == 0;
    return scale_round(r, ticks, index ? 0 : NAN, index ? 100 : NAN);
}

static const char *region_id(const struct plot *p, uint16_t region)
{
    return places_region_id(p->results->places, region);
}

static const struct trend_break *break_before(const struct plot *p, const struct timeline *t,
                                              uint16_t region, size_t i)
{
    if (i == 0)
        return NULL;
    return run_break(p->results->study, t->indicator, region_id(p, region), t->periods.at.at[i - 1],
                     t->periods.at.at[i]);
}

// One stretch without gap or break: first..end−1.
static void put_piece(struct plot *p, const struct timeline *t, const struct series *s,
                      const struct ruler *y, size_t first, size_t end)
{
    size_t n = end - first;
    struct point *points = NEWS(p->arena, 2 * n, struct point);
    bool limits = s->ribbon;
    for (size_t i = 0; i < n; i++) {
        const struct estimate *e = s->at[first + i];
        limits = limits && isfinite(e->low) && isfinite(e->high);
        points[i] = (struct point){t->x[first + i], scale_place(y, e->high)};
        points[2 * n - 1 - i] = (struct point){t->x[first + i], scale_place(y, e->low)};
    }
    struct stroke line = {s->colour, s->width, DASH_NONE};
    if (limits && n > 1)
        canvas_area(&p->canvas, points, 2 * n, s->colour, 0.16);
    if (limits && n == 1) { // a value alone has whiskers instead
        canvas_line(&p->canvas, points[0].x, points[0].y, points[0].x, points[1].y, line);
        canvas_line(&p->canvas, points[0].x - 3, points[0].y, points[0].x + 3, points[0].y, line);
        canvas_line(&p->canvas, points[0].x - 3, points[1].y, points[0].x + 3, points[1].y, line);
    }
    for (size_t i = 0; i < n; i++)
        points[i].y = scale_place(y, s->at[first + i]->value);
    if (n > 1)
        canvas_path(&p->canvas, points, n, line);
    for (size_t i = 0; i < n; i++) {
        const struct estimate *e = s->at[first + i];
        bool hollow = e->preliminary || e->status == EST_CAUTION;
        if (s->marks || n == 1)
            canvas_mark(&p->canvas, points[i].x, points[i].y, hollow ? MARK_RING : s->mark, 4,
                        s->colour);
    }
}

void series_draw(struct plot *p, const struct timeline *t, const struct series *s,
                 const struct ruler *y)
{
    size_t n = t->periods.at.len, first = 0;
    for (size_t i = 0; i <= n; i++) {
        bool gap = i == n || !has_value(s->at[i]);
        if ((gap || break_before(p, t, s->region, i)) && i > first)
            put_piece(p, t, s, y, first, i);
        if (gap)
            first = i + 1;
        else if (break_before(p, t, s->region, i))
            first = i;
    }
}

void series_symbols(struct plot *p, const struct timeline *t, const struct series *s,
                    struct field f, int row)
{
    struct type type = type_as(type_small, ALIGN_CENTRE, s->colour);
    for (size_t i = 0; i < t->periods.at.len; i++)
        if (!has_value(s->at[i]))
            canvas_text(&p->canvas, t->x[i], f.bottom - 9 - 13 * row, type,
                        str_of(symbol_of(s->at[i])));
}

static size_t count_breaks(const struct plot *p, const struct timeline *t, uint16_t region)
{
    size_t count = 0;
    for (size_t i = 1; i < t->periods.at.len; i++)
        count += break_before(p, t, region, i) != NULL;
    return count;
}

double series_breaks_room(const struct plot *p, const struct timeline *t, uint16_t region)
{
    return 15 * fmin(3, (double)count_breaks(p, t, region));
}

void series_breaks(struct plot *p, const struct timeline *t, uint16_t region, struct field f,
                   bool words)
{
    int count = 0;
    struct type type = type_as(type_small, ALIGN_CENTRE, COLOUR_LABEL);
    for (size_t i = 1; i < t->periods.at.len; i++) {
        const struct trend_break *b = break_before(p, t, region, i);
        if (!b)
            continue;
        double x = floor((t->x[i - 1] + t->x[i]) / 2) + 0.5, y = f.top - 9 - 15 * (count++ % 3);
        canvas_line(&p->canvas, x, words ? y + 8 : f.top, x, f.bottom,
                    (struct stroke){0x333333, 1.2, DASH_DOTS});
        if (!words || !b->reason.in[p->lang])
            continue;
        struct str text = text_cut(p->arena, str_of(b->reason.in[p->lang]), LABEL_MOST,
                                   f.right - f.left, type.size, false);
        double half = text_width(text, type.size, false) / 2;
        canvas_text(&p->canvas, fmin(f.right - half, fmax(f.left + half, x)), y, type, text);
    }
}

const struct estimate *series_last(const struct timeline *t, const struct series *s)
{
    for (size_t i = t->periods.at.len; i > 0; i--)
        if (has_value(s->at[i - 1]))
            return s->at[i - 1];
    return NULL;
}

// ---- words

// A change that is real: the comparison of the last period with the year before, else the previous.
static const struct comparison *change_of(const struct plot *p, const struct timeline *t,
                                          uint16_t region)
{
    const struct comparison *found = NULL;
    for (size_t i = 0; i < p->results->comparisons.len; i++) {
        const struct comparison *c = &p->results->comparisons.at[i];
        bool year = strcmp(c->kind, "year_ago") == 0, previous = strcmp(c->kind, "previous") == 0;
        if ((!year && !previous) || c->withheld || c->region != region || *c->by ||
            !period_same(c->period, p->period) || strcmp(c->item, t->item) != 0 ||
            strcmp(c->indicator->label.id, t->indicator) != 0)
            continue;
        if (!found || year)
            found = c;
    }
    return found;
}

static void tell_change(struct plot *p, const struct timeline *t, const struct series *s)
{
    const struct comparison *c = change_of(p, t, s->region);
    if (!c)
        return;
    bool year = strcmp(c->kind, "year_ago") == 0;
    const char *since = year ? in(p, "the year before", "l'année précédente")
                             : in(p, "the period before", "la période précédente");
    if (!c->significant)
        plot_tell(p, "No significant change from %1.",
                  "Aucune variation significative par rapport à %1.", since);
    else if (c->difference > 0)
        plot_tell(p, "Significantly higher than %1.", "Hausse significative par rapport à %1.",
                  since);
    else
        plot_tell(p, "Significantly lower than %1.", "Baisse significative par rapport à %1.",
                  since);
}

void series_tell(struct plot *p, const struct timeline *t, const struct series *s)
{
    const struct estimate *first = NULL, *last = series_last(t, s);
    size_t gaps = 0;
    for (size_t i = 0; i < t->periods.at.len; i++) {
        if (!first && has_value(s->at[i]))
            first = s->at[i];
        gaps += !has_value(s->at[i]);
    }
    if (!first || !last) {
        plot_tell(p, "%1: no value to show.", "%1" NBSP ": aucune valeur à montrer.", s->name);
        return;
    }
    plot_tell(p, "%1: from %2 (%3) to %4 (%5).", "%1" NBSP ": de %2 (%3) à %4 (%5).", s->name,
              value_text(p, first), period_name(p, first->period), value_text(p, last),
              period_name(p, last->period));
    tell_change(p, t, s);
    if (gaps)
        plot_tell(p, "Periods without a value: %1.", "Périodes sans valeur" NBSP ": %1.",
                  count_text(p, (double)gaps));
    for (size_t i = 1; i < t->periods.at.len; i++) {
        const struct trend_break *b = break_before(p, t, s->region, i);
        if (b && b->reason.in[p->lang])
            plot_tell(p, "Break from %1 on: %2.", "Rupture à partir de %1" NBSP ": %2.",
                      period_name(p, t->periods.at.at[i]), b->reason.in[p->lang]);
    }
}
