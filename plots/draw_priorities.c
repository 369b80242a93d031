// SPDX-License-Identifier: GPL-3.0-or-later
// Importance against satisfaction, in four quadrants: what to improve first.
#include "plots/sheet.h"

#include <math.h>
#include <stdlib.h>

struct place {
    const char *name;
    const struct driver *d;
    double x, y, x_low, x_high, y_low, y_high; // performance, importance; limits NaN = none
    double px, py;
    bool shown;
};
struct matrix {
    VEC(struct place) at;
    bool derived;
    double across, up; // thresholds: performance, importance; NaN = none
};

static const struct label quadrants[] = {
    LABEL("primary", "Primary opportunity", "Possibilité principale d'amélioration"),
    LABEL("maintain", "Strength to maintain", "Point fort à maintenir"),
    LABEL("secondary", "Secondary opportunity", "Possibilité secondaire d'amélioration"),
    LABEL("low_priority", "Lower priority", "Faible priorité"),
};
enum { QUADRANTS = sizeof quadrants / sizeof *quadrants };

static double importance_of(const struct matrix *m, const struct driver *d)
{
    return m->derived ? 100 * fmax(0, d->r) : d->stated_importance;
}

static bool is_here(const struct plot *p, const struct driver *d, uint16_t region)
{
    const struct survey *s = pick_survey(p);
    return d->region == region && period_same(d->period, p->period) &&
           strcmp(d->survey, s->in.id) == 0;
}

static void set_limits(const struct plot *p, const struct matrix *m, uint16_t region,
                       struct place *x)
{
    const char *rated = arena_print(p->arena, "%s.importance", x->d->driver);
    const struct estimate *e =
        results_find(p->results, "cmt.index", x->d->driver, region, p->period, "", "");
    x->x_low = has_value(e) ? e->low : NAN;
    x->x_high = has_value(e) ? e->high : NAN;
    e = m->derived ? results_find(p->results, "cmt.importance_derived", x->d->driver, region,
                                  p->period, "", "")
                   : results_find(p->results, "cmt.index", rated, region, p->period, "", "");
    double factor = m->derived ? 100 : 1;
    // importance begins at 0, whatever the sign of the correlation
    x->y_low = has_value(e) ? fmax(factor * e->low, 0) : NAN;
    x->y_high = has_value(e) ? fmax(factor * e->high, 0) : NAN;
}

static struct place place_of(const struct plot *p, const struct matrix *m, const struct driver *d,
                             uint16_t region)
{
    struct place x = {.name = item_name(p, d->driver), .d = d};
    x.x = d->performance;
    x.y = importance_of(m, d);
    x.shown = !d->withheld && isfinite(x.x) && isfinite(x.y);
    set_limits(p, m, region, &x);
    return x;
}

static int by_number(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

// The thresholds of indicators.md 3.3, from the values that the study says.
static double threshold(const struct plot *p, const struct matrix *m, bool importance)
{
    const struct survey *s = pick_survey(p);
    const char *rule = s->matrix_threshold ? s->matrix_threshold : "mean";
    if (strcmp(rule, "fixed") == 0)
        return importance ? s->matrix_importance : s->matrix_performance;
    if (strcmp(rule, "peer") == 0)
        return NAN;
    uint16_t region = s->matrix_total ? REGION_TOTAL : p->region;
    double *values = NEWS(p->arena, p->results->drivers.len + 1, double), sum = 0;
    size_t n = 0;
    for (size_t i = 0; i < p->results->drivers.len; i++) {
        const struct driver *d = &p->results->drivers.at[i];
        double value = importance ? importance_of(m, d) : d->performance;
        if (is_here(p, d, region) && !d->withheld && isfinite(value) && isfinite(d->performance) &&
            isfinite(importance_of(m, d)))
            sum += values[n++] = value;
    }
    if (n < 2)
        return NAN;
    qsort(values, n, sizeof *values, by_number);
    double median = n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
    return strcmp(rule, "median") == 0 ? median : sum / (double)n;
}

// Withheld, or never asked how important it is.
static enum estimate_status why_hidden(const struct place *x)
{
    return x->d->withheld ? EST_SUPPRESSED : EST_NOT_APPLICABLE;
}

static int by_importance(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->shown != y->shown)
        return x->shown ? -1 : 1;
    if (x->shown && x->y != y->y)
        return x->y > y->y ? -1 : 1;
    return x->d < y->d ? -1 : 1;
}

static bool gather(struct plot *p, struct matrix *m)
{
    bool stated = false;
    for (size_t i = 0; i < p->results->drivers.len; i++) {
        const struct driver *d = &p->results->drivers.at[i];
        stated |= is_here(p, d, p->region) && isfinite(d->stated_importance);
    }
    bool some = false;
    for (size_t i = 0; i < p->results->drivers.len; i++)
        some |= is_here(p, &p->results->drivers.at[i], p->region) &&
                isfinite(p->results->drivers.at[i].r);
    m->derived = pick_survey(p)->matrix_derived || (!stated && some);
    for (size_t i = 0; i < p->results->drivers.len; i++) {
        const struct driver *d = &p->results->drivers.at[i];
        if (is_here(p, d, p->region))
            vec_push(&m->at, place_of(p, m, d, p->region));
    }
    if (!m->at.len)
        return false;
    for (size_t i = 0; i < m->at.len; i++)
        if (!m->at.at[i].shown)
            p->seen[EST_SUPPRESSED] |= why_hidden(&m->at.at[i]) == EST_SUPPRESSED;
    m->across = threshold(p, m, false);
    m->up = threshold(p, m, true);
    qsort(m->at.at, m->at.len, sizeof *m->at.at, by_importance);
    return true;
}

// Axes hold the drivers of every region, so that charts of regions can be laid side by side.
static void common_axes(const struct plot *p, const struct matrix *m, struct ruler *x,
                        struct ruler *y)
{
    struct range across = {0}, up = {0};
    for (size_t i = 0; i < p->results->drivers.len; i++) {
        const struct driver *d = &p->results->drivers.at[i];
        if (!is_here(p, d, d->region) || d->withheld)
            continue;
        struct place a = place_of(p, m, d, d->region);
        double xs[] = {a.x, a.x_low, a.x_high}, ys[] = {a.y, a.y_low, a.y_high};
        for (int k = 0; k < 3; k++) {
            range_add(&across, xs[k]);
            range_add(&up, ys[k]);
        }
    }
    range_add(&across, m->across);
    range_add(&up, m->up);
    *x = scale_round(across, 6, 0, 100);
    *y = scale_round(up, 6, 0, 100);
}

static void put_tints(struct plot *p, double ax, double ay, struct field f)
{
    if (!isfinite(ax) || !isfinite(ay))
        return;
    canvas_rect(&p->canvas, (struct box){f.left, f.top, ax, ay}, 0xFDEFE6);
    canvas_rect(&p->canvas, (struct box){ax, f.top, f.right, ay}, 0xE8F2F8);
}

// The thresholds and the names of the corners; the boxes of the names are taken.
static size_t put_quadrants(struct plot *p, double ax, double ay, struct field f, struct box *taken)
{
    if (!isfinite(ax) || !isfinite(ay))
        return 0;
    struct stroke stroke = {0x777777, 1.2, DASH_LONG};
    canvas_line(&p->canvas, ax, f.top, ax, f.bottom, stroke);
    canvas_line(&p->canvas, f.left, ay, f.right, ay, stroke);
    for (int q = 0; q < QUADRANTS; q++) {
        bool right = q % 2, low = q / 2;
        double room = (f.right - f.left) / 2 - 20, step = canvas_line_height(11);
        struct type type = {.size = 11,
                            .bold = true,
                            .colour = 0x444444,
                            .align = right ? ALIGN_RIGHT : ALIGN_LEFT};
        struct lines lines =
            text_wrap(p->arena, str_of(quadrants[q].text.in[p->lang]), 2, room, 11, true);
        double x = right ? f.right - 8 : f.left + 8;
        double y = low ? f.bottom - 12 - step * (double)(lines.count - 1) : f.top + 12;
        canvas_lines(&p->canvas, x, y, type, &lines);
        taken[q] = (struct box){right ? x - lines.width : x, y - 8, right ? x : x + lines.width,
                                y + 8 + step * (double)(lines.count - 1)};
    }
    return QUADRANTS;
}

static uint32_t colour_of(const struct place *x)
{
    if (strcmp(x->d->quadrant, "primary") == 0)
        return COLOUR_ORANGE;
    return strcmp(x->d->quadrant, "maintain") == 0 ? COLOUR_BLUE : COLOUR_WHOLE;
}

static void put_point(struct plot *p, const struct place *x, const struct ruler *across,
                      const struct ruler *up)
{
    struct stroke thin = {0x999999, 1, DASH_NONE};
    if (isfinite(x->x_low) && isfinite(x->x_high))
        canvas_line(&p->canvas, scale_place(across, x->x_low), x->py,
                    scale_place(across, x->x_high), x->py, thin);
    if (isfinite(x->y_low) && isfinite(x->y_high))
        canvas_line(&p->canvas, x->px, scale_place(up, x->y_low), x->px, scale_place(up, x->y_high),
                    thin);
}

static void take_whiskers(const struct place *x, const struct ruler *across, const struct ruler *up,
                          struct box *taken, size_t *n)
{
    taken[(*n)++] = (struct box){x->px - 6, x->py - 6, x->px + 6, x->py + 6};
    if (isfinite(x->x_low) && isfinite(x->x_high))
        taken[(*n)++] = (struct box){scale_place(across, x->x_low), x->py - 1,
                                     scale_place(across, x->x_high), x->py + 1};
    if (isfinite(x->y_low) && isfinite(x->y_high))
        taken[(*n)++] = (struct box){x->px - 1, scale_place(up, x->y_high), x->px + 1,
                                     scale_place(up, x->y_low)};
}

static enum align align_of(const struct spot *s)
{
    return s->side > 0 ? ALIGN_LEFT : s->side < 0 ? ALIGN_RIGHT : ALIGN_CENTRE;
}

// Twelve places round the point, for the name in one or two lines, then for a number.
static bool put_name(struct plot *p, const struct place *x, const char *text, size_t most,
                     struct box *taken, size_t *n, struct box view)
{
    struct lines lines = text_wrap(p->arena, str_of(text), most, most > 1 ? 170 : 300, 11, false);
    double step = canvas_line_height(11);
    struct spot spot;
    struct str all = {text, strlen(text)};
    if (most == 1 && text_width(all, 11, false) > 300)
        return false;
    if (!place_round(x->px, x->py, 8, lines.width + 2, step * (double)lines.count, taken, *n, view,
                     &spot))
        return false;
    struct type type = {.size = 11, .colour = COLOUR_INK, .align = align_of(&spot)};
    canvas_lines(&p->canvas, spot.x, spot.y - step * (double)(lines.count - 1) / 2, type, &lines);
    taken[(*n)++] = spot.box;
    return true;
}

static void put_names(struct plot *p, const struct matrix *m, struct box *taken, size_t n,
                      struct box view, struct buf *list)
{
    int number_of = 0;
    for (size_t i = 0; i < m->at.len; i++) {
        const struct place *x = &m->at.at[i];
        if (!x->shown)
            continue;
        struct str name = text_cut(p->arena, str_of(x->name), LABEL_MOST, 1e9, 11, false);
        if (put_name(p, x, name.ptr, 1, taken, &n, view) ||
            put_name(p, x, name.ptr, 2, taken, &n, view))
            continue;
        const char *number_text = arena_print(p->arena, "%d", ++number_of);
        if (!put_name(p, x, number_text, 1, taken, &n, view))
            number_text = arena_print(p->arena, "(%s; %s)", number(p, x->x, 1), number(p, x->y, 1));
        buf_print(list, "%s%s%s %s", list->len ? "; " : "", number_text, fmt_colon(p->lang),
                  name.ptr);
    }
}

// The drivers that have no place for one reason.
static void put_hidden(struct plot *p, const struct matrix *m, enum estimate_status why,
                       struct text pattern)
{
    const char **hidden = NEWS(p->arena, m->at.len + 1, const char *);
    size_t count = 0;
    for (size_t i = 0; i < m->at.len; i++)
        if (!m->at.at[i].shown && why_hidden(&m->at.at[i]) == why)
            hidden[count++] = m->at.at[i].name;
    if (count)
        sheet_note(
            p, text_of(p, pattern.in[LANG_EN], pattern.in[LANG_FR], list_text(p, hidden, count)));
}

static void put_notes(struct plot *p, const struct matrix *m, const struct buf *list)
{
    if (list->len)
        sheet_note(p, list->ptr);
    put_hidden(p, m, EST_SUPPRESSED, (struct text)TEXT("x: %1", "x" NBSP ": %1"));
    put_hidden(p, m, EST_NOT_APPLICABLE,
               (struct text)TEXT("No importance rating: %1", "Sans cote d'importance" NBSP ": %1"));
}

static void put_matrix(struct plot *p, struct matrix *m)
{
    struct ruler x, y;
    common_axes(p, m, &x, &y);
    p->y += 18;
    struct field f = {SHEET_MARGIN + axis_y_room(p, &y, (struct fmt_form){0}),
                      SHEET_WIDTH - SHEET_MARGIN - 8, p->y, p->y + 430};
    x.from = f.left, x.to = f.right, y.from = f.bottom, y.to = f.top;
    struct box *taken = NEWS(p->arena, 5 * m->at.len + 12, struct box);
    double ax = scale_place(&x, m->across), ay = scale_place(&y, m->up);
    put_tints(p, ax, ay, f);
    sheet_axis_y(p, &y, f, (struct fmt_form){0},
                 m->derived
                     ? in(p, "importance, derived (100 × correlation with the overall item)",
                          "importance dérivée (100 × corrélation avec la question d'ensemble)")
                     : in(p, "importance as stated, index from 0 to 100",
                          "importance déclarée, indice de 0 à 100"));
    sheet_axis_x(p, &x, f, (struct fmt_form){0},
                 in(p, "satisfaction, index from 0 to 100", "satisfaction, indice de 0 à 100"));
    size_t n = put_quadrants(p, ax, ay, f, taken);
    if (n) {
        taken[n++] = (struct box){ax - 1, f.top, ax + 1, f.bottom};
        taken[n++] = (struct box){f.left, ay - 1, f.right, ay + 1};
    }
    for (size_t i = 0; i < m->at.len; i++) {
        struct place *a = &m->at.at[i];
        if (!a->shown)
            continue;
        a->px = scale_place(&x, a->x), a->py = scale_place(&y, a->y);
        put_point(p, a, &x, &y);
        take_whiskers(a, &x, &y, taken, &n);
    }
    for (size_t i = 0; i < m->at.len; i++)
        if (m->at.at[i].shown)
            canvas_mark(&p->canvas, m->at.at[i].px, m->at.at[i].py,
                        m->at.at[i].d->unsettled ? MARK_RING : MARK_DISC, 5,
                        colour_of(&m->at.at[i]));
    struct buf list = {0};
    put_names(p, m, taken, n, (struct box){f.left + 2, f.top + 2, f.right - 2, f.bottom - 2},
              &list);
    put_notes(p, m, &list);
    buf_free(&list);
    sheet_end(p);
}

static void tell(struct plot *p, const struct matrix *m)
{
    const char **names = NEWS(p->arena, m->at.len + 1, const char *);
    size_t counts[QUADRANTS] = {0}, first = 0;
    for (size_t i = 0; i < m->at.len; i++)
        for (int q = 0; q < QUADRANTS && m->at.at[i].shown; q++)
            if (strcmp(m->at.at[i].d->quadrant, quadrants[q].id) == 0) {
                counts[q]++;
                if (q == 0)
                    names[first++] = m->at.at[i].name;
            }
    plot_tell(p, "Importance against satisfaction, with intervals on both axes.",
              "Importance selon la satisfaction, avec intervalles sur les deux axes.");
    if (first)
        plot_tell(p, "Primary opportunities: %1.",
                  "Possibilités principales d'amélioration" NBSP ": %1.",
                  list_text(p, names, first));
    for (int q = 0; q < QUADRANTS; q++)
        plot_tell(p, "%1: %2.", "%1" NBSP ": %2.", quadrants[q].text.in[p->lang],
                  count_text(p, (double)counts[q]));
}

bool draw_priorities(struct plot *p)
{
    struct matrix m = {0};
    if (!pick_survey(p) || !gather(p, &m))
        return false;
    double n = NAN;
    for (size_t i = 0; i < m.at.len; i++)
        n = m.at.at[i].shown ? fmax(isfinite(n) ? n : 0, m.at.at[i].d->n) : n;
    plot_title(p, "Importance and satisfaction matrix: %1, %2",
               "Matrice importance/satisfaction" NBSP ": %1, %2", plot_place(p),
               period_name(p, p->period));
    plot_subtitle(p, "dashed: thresholds; crosses: intervals; hollow: the quadrant is not settled",
                  "tiretés" NBSP ": seuils; croix" NBSP ": intervalles; évidé" NBSP
                  ": le quadrant n'est pas certain");
    if (isfinite(n))
        plot_subtitle(p, "n = %1", "n" NBSP "=" NBSP "%1", count_text(p, n));
    sheet_head(p);
    put_matrix(p, &m);
    tell(p, &m);
    vec_free(&m.at);
    return true;
}
