// SPDX-License-Identifier: GPL-3.0-or-later
// A process over time with its own limits (tests.csv): what stands out from its own noise. Points
// of the finest series that the study asks for: days, weeks, else quarters.
#include "plots/sheet.h"

#include <math.h>

enum { MOMENTS_MOST = 130 }; // days or weeks: two and a half years of weeks

struct moment {
    struct period period;
    const struct estimate *e; // of the period; NULL for a day or a week
    double value;             // NaN = not shown
    double centre, low, high; // NaN = no limits here
    int signal;               // 1 beyond a limit, 2 eight on one side
    int32_t day;              // first one of a day or week
    double x;
    bool parted; // a break stands before it
    bool gap;    // days or weeks without a value stand before it
};
struct control {
    VEC(struct moment) at;
    const char *indicator, *method, *by;
    struct fmt_form form;
    bool limits, points; // points: days or weeks
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

// ---- days and weeks: five rows of the tests each, the value first

static const char *finest(const struct plot *p, const char *indicator)
{
    const char *by = NULL;
    for (size_t i = 0; i < p->results->tests.len; i++) {
        const struct test *t = &p->results->tests.at[i];
        if (t->point && t->region == p->region && strcmp(t->item, indicator) == 0 &&
            (!by || strcmp(t->by, "day") == 0))
            by = t->by;
    }
    return by;
}

static void put_statistic(struct moment *m, const struct test *t)
{
    const struct {
        const char *test;
        double *into;
    } into[] = {
        {"control_centre", &m->centre}, {"control_low", &m->low}, {"control_high", &m->high}};
    for (size_t i = 0; i < sizeof into / sizeof *into; i++)
        if (strcmp(t->test, into[i].test) == 0)
            *into[i].into = t->statistic;
    if (strcmp(t->test, "control_signal") == 0)
        m->signal = (int)t->statistic;
}

static bool part_moments(const struct plot *p, const struct control *c, const struct moment *before,
                         const struct moment *m)
{
    return run_break(p->results->study, c->indicator,
                     places_region_id(p->results->places, p->region), before->period, m->period);
}

static void gather_points(struct plot *p, struct control *c)
{
    int32_t step = strcmp(c->by, "week") == 0 ? 7 : 1;
    int32_t last = p->period.kind == PERIOD_ALL ? INT32_MAX : period_last_day(p->period);
    for (size_t i = 0; i < p->results->tests.len; i++) {
        const struct test *t = &p->results->tests.at[i];
        struct moment m = {.period = t->period, .centre = NAN, .low = NAN, .high = NAN};
        if (!t->point || t->region != p->region || strcmp(t->item, c->indicator) != 0 ||
            strcmp(t->by, c->by) != 0 || !date_read(str_of(t->point), DATE_YMD, &m.day) ||
            m.day > last)
            continue;
        struct moment *before = c->at.len ? &c->at.at[c->at.len - 1] : NULL;
        if (strcmp(t->test, "control_value") != 0) {
            if (before)
                put_statistic(before, t);
            continue;
        }
        m.value = t->statistic;
        m.parted = before && part_moments(p, c, before, &m);
        m.gap = before && m.day - before->day > step;
        c->method = t->method;
        vec_push(&c->at, m);
    }
    size_t skip = c->at.len > MOMENTS_MOST ? c->at.len - MOMENTS_MOST : 0;
    if (skip)
        memmove(c->at.at, c->at.at + skip, MOMENTS_MOST * sizeof *c->at.at);
    c->at.len -= skip;
    c->limits = c->at.len > 0;
}

// ---- quarters

static void gather(struct plot *p, struct control *c)
{
    struct periods q = pick_series(p, c->indicator, "");
    for (size_t i = 0; i < q.at.len; i++) {
        struct moment m = {.period = q.at.at[i]};
        m.e = pick_at(p, c->indicator, "", p->region, m.period, "", "");
        m.value = has_value(m.e) ? m.e->value : NAN;
        m.centre = limit_of(c, p, "control_centre", m.period);
        m.low = limit_of(c, p, "control_low", m.period);
        m.high = limit_of(c, p, "control_high", m.period);
        double signal = limit_of(c, p, "control_signal", m.period);
        m.signal = isfinite(signal) ? (int)signal : 0;
        c->limits |= isfinite(m.centre);
        m.parted = i > 0 && part_moments(p, c, &c->at.at[i - 1], &m);
        vec_push(&c->at, m);
    }
    vec_free(&q.at);
}

static struct ruler axis_of(const struct control *c, bool percent)
{
    struct range r = {0};
    for (size_t i = 0; i < c->at.len; i++) {
        const struct moment *m = &c->at.at[i];
        range_add(&r, m->value);
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
        double at = isfinite(value) && isfinite(m->value) ? scale_place(y, value) : NAN;
        if (m->parted || m->gap)
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
        if (m->parted || m->gap)
            points[n++] = (struct point){m->x, NAN};
        points[n++] = (struct point){m->x, isfinite(m->value) ? scale_place(y, m->value) : NAN};
    }
    canvas_path(&p->canvas, points, n, (struct stroke){COLOUR_BLUE, 1.5, DASH_NONE});
    for (size_t i = 0; i < c->at.len; i++) {
        const struct moment *m = &c->at.at[i];
        if (!isfinite(m->value)) {
            canvas_text(&p->canvas, m->x, f.bottom - 9,
                        type_as(type_small, ALIGN_CENTRE, COLOUR_QUIET), str_of(symbol_of(m->e)));
            continue;
        }
        double at = scale_place(y, m->value), small = c->points ? 2.5 : 4;
        canvas_mark(&p->canvas, m->x, at, m->signal == 2 ? MARK_RING : MARK_DISC,
                    m->signal ? small + (c->points ? 1.5 : 2) : small,
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

// True to time; returns how wide one moment is.
static double place_moments(struct control *c, struct field f)
{
    size_t n = c->at.len;
    int32_t unit = !c->points ? 0 : strcmp(c->by, "week") == 0 ? 7 : 1;
    double count = (double)n;
    if (c->points)
        count = (double)(c->at.at[n - 1].day - c->at.at[0].day) / unit + 1;
    double step = (f.right - f.left) / count;
    for (size_t i = 0; i < n; i++) {
        struct moment *m = &c->at.at[i];
        double place = c->points ? (double)(m->day - c->at.at[0].day) / unit : (double)i;
        m->x = f.left + step * (place + 0.5);
    }
    return step;
}

// Each period once, under its first moment.
static void put_time(struct plot *p, const struct control *c, struct field f)
{
    size_t n = 0;
    double *at = NEWS(p->arena, c->at.len + 1, double);
    struct period *periods = NEWS(p->arena, c->at.len + 1, struct period);
    for (size_t i = 0; i < c->at.len; i++) {
        const struct moment *m = &c->at.at[i];
        if (n && period_same(periods[n - 1], m->period))
            continue;
        at[n] = m->x;
        periods[n++] = m->period;
    }
    sheet_axis_time(p, periods, at, n, f);
}

static void put_chart(struct plot *p, struct control *c)
{
    struct ruler y = axis_of(c, c->form.percent);
    struct field f = {SHEET_MARGIN + axis_y_room(p, &y, c->form), SHEET_WIDTH - SHEET_MARGIN,
                      p->y + 6, p->y + 246};
    y.from = f.bottom, y.to = f.top;
    double step = place_moments(c, f);
    sheet_axis_y(p, &y, f, c->form, NULL);
    put_breaks(p, c, f);
    put_step(p, c, &y, step / 2, 1, (struct stroke){COLOUR_AXIS, 1.2, DASH_LONG});
    put_step(p, c, &y, step / 2, 2, (struct stroke){COLOUR_AXIS, 1.2, DASH_LONG});
    put_step(p, c, &y, step / 2, 0, (struct stroke){COLOUR_WHOLE, 1.2, DASH_NONE});
    put_values(p, c, &y, f);
    put_time(p, c, f);
    if (!c->limits)
        sheet_note(p, in(p, "Too few points for limits: a plain line.",
                         "Trop peu de points pour établir des limites" NBSP ": simple courbe."));
    sheet_end(p);
}

static const char *moment_name(const struct plot *p, const struct control *c,
                               const struct moment *m)
{
    if (!c->points)
        return period_name(p, m->period);
    struct buf day = {0};
    fmt_date(&day, m->day, p->lang);
    const char *text = arena_text(p->arena, day.ptr);
    buf_free(&day);
    return text;
}

static void tell(struct plot *p, const struct control *c)
{
    const char **found = NEWS(p->arena, c->at.len + 1, const char *);
    size_t count = 0;
    for (size_t i = 0; i < c->at.len; i++)
        if (c->at.at[i].signal && isfinite(c->at.at[i].value))
            found[count++] = text_of(p, "%1 (%2)", "%1 (%2)", moment_name(p, c, &c->at.at[i]),
                                     c->at.at[i].e ? value_text(p, c->at.at[i].e)
                                                   : with_form(p, c->at.at[i].value, c->form));
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

// As the indicator is written elsewhere.
static void find_form(const struct plot *p, struct control *c)
{
    for (size_t i = 0; i < p->results->estimates.len; i++) {
        const struct estimate *e = &p->results->estimates.at[i];
        if (strcmp(e->indicator->label.id, c->indicator) == 0 && e->region == p->region && !*e->by)
            c->form = form_of(e);
    }
}

static void name_grain(struct plot *p, const struct control *c)
{
    if (c->points && strcmp(c->by, "week") == 0)
        plot_subtitle(p, "by week", "par semaine");
    else if (c->points)
        plot_subtitle(p, "by day", "par jour");
}

bool draw_control(struct plot *p)
{
    struct control c = {.indicator = choose(p)};
    if (!c.indicator)
        return false;
    c.by = finest(p, c.indicator);
    c.points = c.by != NULL;
    if (c.points)
        gather_points(p, &c);
    else
        gather(p, &c);
    find_form(p, &c);
    if (c.at.len < 2) {
        vec_free(&c.at);
        return false;
    }
    plot_title(p, "Control chart: %1, %2", "Carte de contrôle" NBSP ": %1, %2",
               indicator_name(p, c.indicator), plot_place(p));
    name_grain(p, &c);
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
