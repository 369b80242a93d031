// SPDX-License-Identifier: GPL-3.0-or-later
// Shares against the size of the sample: who is further off than chance explains.
#include "plots/sheet.h"

#include <math.h>

enum { UNITS_LEAST = 6, CURVE_POINTS = 48 };

struct unit_point {
    const char *name;
    const struct estimate *e;
    bool out, low;
};
struct funnel {
    VEC(struct unit_point) at;
    size_t withheld;
    double whole, least, most; // share 0..1; effective n of the smallest and largest unit
    const char *what;
};

// Quantile of a binomial share, interpolated between whole counts: Spiegelhalter 2005, Stat. Med.
// 24:1185, appendix A.1. Sums of the mass function, n up to some thousands.
static double quantile(double n, double share, double level)
{
    double size = fmax(1, floor(n + 0.5)), sum = 0, log_p = log(share), log_q = log1p(-share);
    for (double r = 0; r <= size; r++) {
        double mass = exp(lgamma(size + 1) - lgamma(r + 1) - lgamma(size - r + 1) + r * log_p +
                          (size - r) * log_q);
        if (sum + mass >= level)
            return fmin(1, fmax(0, (r - (mass > 0 ? (sum + mass - level) / mass : 0)) / size));
        sum += mass;
    }
    return 1;
}

static void add_unit(struct plot *p, struct funnel *f, const char *name, const struct estimate *e)
{
    (void)p;
    if (!has_value(e) || !isfinite(e->effective_n) || e->effective_n < 1) {
        f->withheld += e && (e->status == EST_SUPPRESSED || e->status == EST_SECONDARY ||
                             e->status == EST_UNRELIABLE);
        return;
    }
    vec_push(&f->at, ((struct unit_point){.name = name, .e = e}));
    f->least = f->at.len == 1 ? e->effective_n : fmin(f->least, e->effective_n);
    f->most = fmax(f->most, e->effective_n);
}

// A breakdown of the region with six levels or more.
static void gather_levels(struct plot *p, struct funnel *f, const char *item)
{
    struct keys by = pick_breakdowns(p, "cmt.top2");
    for (size_t i = 0; i < by.at.len && f->at.len < UNITS_LEAST; i++) {
        struct keys levels = pick_levels(p, "cmt.top2", by.at.at[i]);
        f->at.len = f->withheld = 0;
        f->most = 0;
        for (size_t k = 0; levels.at.len >= UNITS_LEAST && k < levels.at.len; k++)
            add_unit(p, f, study_level(p->results->study, by.at.at[i], levels.at.at[k], p->lang),
                     results_find(p->results, "cmt.top2", item, p->region, p->period, by.at.at[i],
                                  levels.at.at[k]));
        f->what = breakdown_name(p, by.at.at[i]);
        keys_free(&levels);
    }
    keys_free(&by);
}

static void gather(struct plot *p, struct funnel *f, const char *item)
{
    f->what = in(p, "regions", "régions");
    if (p->region == REGION_TOTAL && region_count(p) >= UNITS_LEAST)
        for (size_t i = 0; i < region_count(p); i++)
            add_unit(p, f, region_name(p, (uint16_t)i),
                     results_find(p->results, "cmt.top2", item, (uint16_t)i, p->period, "", ""));
    else
        gather_levels(p, f, item);
}

static void judge(struct funnel *f)
{
    for (size_t i = 0; i < f->at.len; i++) {
        struct unit_point *u = &f->at.at[i];
        double share = u->e->value / 100, n = u->e->effective_n;
        u->low = share < quantile(n, f->whole, 0.001);
        u->out = u->low || share > quantile(n, f->whole, 0.999);
    }
}

enum { LIMIT_BOXES = 4 * CURVE_POINTS };
// Draws the four limits; the places along them are taken.
static size_t put_limits(struct plot *p, const struct funnel *f, const struct ruler *x,
                         const struct ruler *y, struct box *taken)
{
    size_t used = 0;
    static const struct {
        double level;
        enum dash dash;
    } limits[] = {{0.001, DASH_NONE}, {0.025, DASH_LONG}, {0.975, DASH_LONG}, {0.999, DASH_NONE}};
    struct point points[CURVE_POINTS];
    double least = fmax(2, 0.8 * f->least), most = x->high;
    for (size_t l = 0; l < sizeof limits / sizeof *limits; l++) {
        for (size_t i = 0; i < CURVE_POINTS; i++) {
            double n = least * pow(most / least, (double)i / (CURVE_POINTS - 1));
            double value = 100 * quantile(n, f->whole, limits[l].level);
            bool inside = value >= y->low && value <= y->high;
            points[i] = (struct point){scale_place(x, n), inside ? scale_place(y, value) : NAN};
            if (inside)
                taken[used++] = (struct box){points[i].x - 4, points[i].y - 1, points[i].x + 4,
                                             points[i].y + 1};
        }
        canvas_path(&p->canvas, points, CURVE_POINTS,
                    (struct stroke){COLOUR_AXIS, 1.2, limits[l].dash});
    }
    return used;
}

static void put_names(struct plot *p, const struct funnel *f, const struct ruler *x,
                      const struct ruler *y, struct field field, struct box *boxes, size_t taken)
{
    size_t n = f->at.len;
    for (size_t i = 0; i < n; i++) {
        double px = scale_place(x, f->at.at[i].e->effective_n);
        double py = scale_place(y, f->at.at[i].e->value);
        boxes[taken++] = (struct box){px - 6, py - 6, px + 6, py + 6};
    }
    struct box view = {field.left, field.top, field.right, field.bottom};
    const char **unnamed = NEWS(p->arena, n + 1, const char *);
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        const struct unit_point *u = &f->at.at[i];
        if (!u->out)
            continue;
        struct spot spot;
        struct str name = text_cut(p->arena, str_of(u->name), LABEL_MOST, 300, 12, false);
        double px = scale_place(x, u->e->effective_n), py = scale_place(y, u->e->value);
        if (!place_round(px, py, 9, text_width(name, 12, false), 16, boxes, taken, view, &spot)) {
            unnamed[count++] = text_of(p, "%1 (%2)", "%1 (%2)", u->name, value_text(p, u->e));
            continue;
        }
        boxes[taken++] = spot.box;
        struct type type = {.size = 12,
                            .colour = COLOUR_INK,
                            .align = spot.side > 0   ? ALIGN_LEFT
                                     : spot.side < 0 ? ALIGN_RIGHT
                                                     : ALIGN_CENTRE};
        canvas_text(&p->canvas, spot.x, spot.y, type, name);
    }
    if (count)
        sheet_note(p, text_of(p, "Beyond the limits as well: %1.",
                              "Aussi hors des limites" NBSP ": %1.", list_text(p, unnamed, count)));
}

static struct ruler share_axis(const struct funnel *f)
{
    struct range r = {0};
    range_add(&r, 100 * quantile(fmax(2, 0.8 * f->least), f->whole, 0.025));
    range_add(&r, 100 * quantile(fmax(2, 0.8 * f->least), f->whole, 0.975));
    for (size_t i = 0; i < f->at.len; i++)
        range_add(&r, f->at.at[i].e->value);
    return scale_round(r, 6, 0, 100);
}

static void put_funnel(struct plot *p, const struct funnel *f)
{
    struct range sizes = {0};
    range_add(&sizes, 0);
    range_add(&sizes, 1.02 * f->most);
    struct ruler x = scale_round(sizes, 7, 0, NAN), y = share_axis(f);
    struct fmt_form percent = {.percent = true};
    p->y += 20;
    struct field field = {SHEET_MARGIN + axis_y_room(p, &y, percent),
                          SHEET_WIDTH - SHEET_MARGIN - 8, p->y, p->y + 320};
    x.from = field.left, x.to = field.right, y.from = field.bottom, y.to = field.top;
    sheet_axis_y(p, &y, field, percent,
                 in(p, "satisfied or agree (4 or 5)", "satisfaits ou d'accord (4 ou 5)"));
    sheet_axis_x(p, &x, field, (struct fmt_form){.grouped = true},
                 in(p, "effective size of the sample", "taille effective de l'échantillon"));
    struct box *boxes = NEWS(p->arena, LIMIT_BOXES + 2 * f->at.len + 2, struct box);
    size_t taken = put_limits(p, f, &x, &y, boxes);
    double middle = scale_place(&y, 100 * f->whole);
    boxes[taken++] = (struct box){field.left, middle - 1, field.right, middle + 1};
    canvas_line(&p->canvas, field.left, middle, field.right, middle,
                (struct stroke){COLOUR_WHOLE, 1.5, DASH_NONE});
    for (size_t i = 0; i < f->at.len; i++) {
        const struct unit_point *u = &f->at.at[i];
        canvas_mark(&p->canvas, scale_place(&x, u->e->effective_n), scale_place(&y, u->e->value),
                    u->out ? MARK_DISC : MARK_RING, 5, u->out ? COLOUR_ORANGE : COLOUR_BLUE);
    }
    put_names(p, f, &x, &y, field, boxes, taken);
    sheet_end(p);
}

static void tell(struct plot *p, const struct funnel *f)
{
    const char **names = NEWS(p->arena, f->at.len + 1, const char *);
    size_t count = 0;
    for (size_t i = 0; i < f->at.len; i++)
        if (f->at.at[i].out)
            names[count++] = text_of(
                p, "%1 (%2, %3)", "%1 (%2, %3)", f->at.at[i].name, value_text(p, f->at.at[i].e),
                f->at.at[i].low ? in(p, "below", "au-dessous") : in(p, "above", "au-dessus"));
    plot_tell(p, "Share satisfied against the size of the sample, for %1 units.",
              "Part de satisfaits selon la taille de l'échantillon, pour %1 unités.",
              count_text(p, (double)f->at.len));
    if (count)
        plot_tell(p, "Beyond the 99.8% limits: %1.",
                  "Hors des limites à 99,8" NBSP "%" NBSP ": %1.", list_text(p, names, count));
    else
        plot_tell(p, "None is beyond the 99.8% limits.",
                  "Aucune n'est hors des limites à 99,8" NBSP "%.");
}

bool draw_funnel(struct plot *p)
{
    struct funnel f = {0};
    const struct item *overall = pick_overall(p);
    if (!overall || !pick_has(p, "cmt.top2"))
        return false;
    const struct estimate *whole = pick(p, "cmt.top2", overall->id, p->region, "", "");
    gather(p, &f, overall->id);
    f.whole = has_value(whole) ? whole->value / 100 : NAN;
    if (f.at.len < UNITS_LEAST || !(f.whole > 0 && f.whole < 1)) {
        vec_free(&f.at);
        return false;
    }
    judge(&f);
    plot_title(p, "Size and satisfaction: %1, %2, %3", "Taille et satisfaction" NBSP ": %1, %2, %3",
               f.what, plot_place(p), period_name(p, p->period));
    plot_subtitle(
        p, "limits round the whole, %1: solid 99.8%, dashed 95%; filled and named: beyond 99.8%",
        "limites autour de l'ensemble, %1" NBSP ": trait plein 99,8" NBSP "%, tireté 95" NBSP
        "%; pleins et nommés" NBSP ": hors des limites à 99,8" NBSP "%",
        value_text(p, whole));
    if (f.withheld)
        plot_subtitle(p, "units withheld: %1", "unités supprimées" NBSP ": %1",
                      count_text(p, (double)f.withheld));
    sheet_head(p);
    put_funnel(p, &f);
    tell(p, &f);
    vec_free(&f.at);
    return true;
}
