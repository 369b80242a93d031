// SPDX-License-Identifier: GPL-3.0-or-later
// A process over time with its own limits (tests.csv): what stands out from its own noise.
#include "plots/sheet.h"

#include <math.h>

struct moment {
    struct period period;
    const struct estimate *e;
    double centre, low, high; // NaN = no limits here
    int signal;               // 1 beyond a limit, 2 eight on one side
    double x;
    bool parted; // a break stands before it
};
struct control {
    VEC(struct moment) at;
    const char *indicator, *method;
    bool limits;
};

// The best of what the study counts.
static const char *choose(const struct plot *p)
{
    static const char *const ids[] = {"activity.service_level", "activity.abandonment",
                                      "activity.contacts"};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        if (pick_has(p, ids[i]))
            return ids[i];
    return NULL;
}

static double limit_of(struct control *c, const struct plot *p, const char *test, struct period q)
{
    for (size_t i = 0; i < p->results->tests.len; i++) {
        const struct test *t = &p->results->tests.at[i];
        if (strcmp(t->test, test) != 0 || t->region != p->region || !period_same(t->period, q) ||
            (*t->item && strcmp(t->item, c->indicator) != 0))
            continue;
        c->method = t->method;
        return t->statistic;
    }
    return NAN;
}

static void gather(struct plot *p, struct control *c)
{
    struct periods q = pick_series(p, c->indicator, "");
    for (size_t i = 0; i < q.at.len; i++) {
        struct moment m = {.period = q.at.at[i]};
        m.e = pick_at(p, c->indicator, "", p->region, m.period, "", "");
        m.centre = limit_of(c, p, "control_centre", m.period);
        m.low = limit_of(c, p, "control_low", m.period);
        m.high = limit_of(c, p, "control_high", m.period);
        double signal = limit_of(c, p, "control_signal", m.period);
        m.signal = isfinite(signal) ? (int)signal : 0;
        c->limits |= isfinite(m.centre);
        m.parted = i > 0 && run_break(p->results->study, c->indicator,
                                      places_region_id(p->results->places, p->region),
                                      q.at.at[i - 1], m.period);
        vec_push(&c->at, m);
    }
    vec_free(&q.at);
}

static struct ruler axis_of(const struct control *c, bool percent)
{
    struct range r = {0};
    for (size_t i = 0; i < c->at.len; i++) {
        const struct moment *m = &c->at.at[i];
        range_add(&r, has_value(m->e) ? m->e->value : NAN);
        range_add(&r, m->low);
        range_add(&r, m->high);
    }
    return scale_round(r, 5, 0, percent ? 100 : NAN);
}

// A limit as steps: flat over each period, parted where there is none.
static void put_step(struct plot *p, const struct control *c, const struct ruler *y, double half,
                     size_t offset, struct stroke stroke)
{
    size_t n = 0;
    struct point *points = NEWS(p->arena, 3 * c->at.len + 1, struct point);
    for (size_t i = 0; i < c->at.len; i++) {
        const struct moment *m = &c->at.at[i];
        double value = offset == 0 ? m->centre : offset == 1 ? m->low : m->high;
        double at = isfinite(value) && has_value(m->e) ? scale_place(y, value) : NAN;
        if (m->parted)
            points[n++] = (struct point){m->x, NAN};
        points[n++] = (struct point){m->x - half, at};
        points[n++] = (struct point){m->x + half, at};
    }
    canvas_path(&p->canvas, points, n, stroke);
}

static void put_values(struct plot *p, const struct control *c, const struct ruler *y,
                       struct field f)
{
    size_t n = 0;
    struct point *points = NEWS(p->arena, 2 * c->at.len + 1, struct point);
    for (size_t i = 0; i < c->at.len; i++) {
        const struct moment *m = &c->at.at[i];
        if (m->parted)
            points[n++] = (struct point){m->x, NAN};
        points[n++] = (struct point){m->x, has_value(m->e) ? scale_place(y, m->e->value) : NAN};
    }
    canvas_path(&p->canvas, points, n, (struct stroke){COLOUR_BLUE, 1.5, DASH_NONE});
    for (size_t i = 0; i < c->at.len; i++) {
        const struct moment *m = &c->at.at[i];
        if (!has_value(m->e)) {
            canvas_text(&p->canvas, m->x, f.bottom - 9,
                        type_as(type_small, ALIGN_CENTRE, COLOUR_QUIET), str_of(symbol_of(m->e)));
            continue;
        }
        double at = scale_place(y, m->e->value);
        canvas_mark(&p->canvas, m->x, at, m->signal == 2 ? MARK_RING : MARK_DISC, m->signal ? 6 : 4,
                    m->signal ? COLOUR_ORANGE : COLOUR_BLUE);
    }
}

static void put_breaks(struct plot *p, const struct control *c, struct field f)
{
    for (size_t i = 1; i < c->at.len; i++) {
        if (!c->at.at[i].parted)
            continue;
        double x = floor((c->at.at[i - 1].x + c->at.at[i].x) / 2) + 0.5;
        canvas_line(&p->canvas, x, f.top, x, f.bottom, (struct stroke){0x333333, 1.2, DASH_DOTS});
    }
}

static void put_chart(struct plot *p, struct control *c)
{
    size_t n = c->at.len;
    struct fmt_form form = {0};
    for (size_t i = 0; i < n; i++)
        if (c->at.at[i].e)
            form = form_of(c->at.at[i].e);
    struct ruler y = axis_of(c, form.percent);
    struct field f = {SHEET_MARGIN + axis_y_room(p, &y, form), SHEET_WIDTH - SHEET_MARGIN, p->y + 6,
                      p->y + 246};
    y.from = f.bottom, y.to = f.top;
    double step = (f.right - f.left) / (double)n;
    double *at = NEWS(p->arena, n + 1, double);
    struct period *periods = NEWS(p->arena, n + 1, struct period);
    for (size_t i = 0; i < n; i++) {
        c->at.at[i].x = at[i] = f.left + step * ((double)i + 0.5);
        periods[i] = c->at.at[i].period;
    }
    sheet_axis_y(p, &y, f, form, NULL);
    put_breaks(p, c, f);
    put_step(p, c, &y, step / 2, 1, (struct stroke){COLOUR_AXIS, 1.2, DASH_LONG});
    put_step(p, c, &y, step / 2, 2, (struct stroke){COLOUR_AXIS, 1.2, DASH_LONG});
    put_step(p, c, &y, step / 2, 0, (struct stroke){COLOUR_WHOLE, 1.2, DASH_NONE});
    put_values(p, c, &y, f);
    sheet_axis_time(p, periods, at, n, f);
    if (!c->limits)
        sheet_note(p, in(p, "Too few points for limits: a plain line.",
                         "Trop peu de points pour établir des limites" NBSP ": simple courbe."));
    sheet_end(p);
}

static void tell(struct plot *p, const struct control *c)
{
    const char **found = NEWS(p->arena, c->at.len + 1, const char *);
    size_t count = 0;
    for (size_t i = 0; i < c->at.len; i++)
        if (c->at.at[i].signal && has_value(c->at.at[i].e))
            found[count++] = text_of(p, "%1 (%2)", "%1 (%2)", period_name(p, c->at.at[i].period),
                                     value_text(p, c->at.at[i].e));
    plot_tell(p, "Control chart of %1.", "Carte de contrôle" NBSP ": %1.",
              indicator_name(p, c->indicator));
    if (!c->limits)
        plot_tell(p, "Too few points for limits.", "Trop peu de points pour établir des limites.");
    else if (count)
        plot_tell(p, "Signals: %1.", "Signaux" NBSP ": %1.", list_text(p, found, count));
    else
        plot_tell(p, "Stable: no point beyond the limits, no run on one side.",
                  "Stable" NBSP ": aucun point hors des limites, aucune suite d'un même côté.");
}

bool draw_control(struct plot *p)
{
    struct control c = {.indicator = choose(p)};
    if (!c.indicator)
        return false;
    gather(p, &c);
    if (c.at.len < 2) {
        vec_free(&c.at);
        return false;
    }
    plot_title(p, "Control chart: %1, %2", "Carte de contrôle" NBSP ": %1, %2",
               indicator_name(p, c.indicator), plot_place(p));
    if (c.limits)
        plot_subtitle(p,
                      "solid: centre; dashed: 3-sigma limits; filled orange: beyond a limit; ring: "
                      "eight on one side",
                      "trait plein" NBSP ": centre; tireté" NBSP
                      ": limites à 3 sigmas; orange plein" NBSP ": hors limites; anneau" NBSP
                      ": huit points d'un même côté");
    else
        plot_subtitle(p, "complete record, by period", "relevé complet, par période");
    sheet_head(p);
    put_chart(p, &c);
    tell(p, &c);
    vec_free(&c.at);
    return true;
}
