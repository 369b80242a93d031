// SPDX-License-Identifier: GPL-3.0-or-later
// Bars against a target: published standards, and progress towards targets.
#include "plots/sheet.h"

#include <math.h>
#include <stdlib.h>

enum { NOT_MET_FILL = 0xFBE9DD };
static const struct stroke not_met = {COLOUR_ORANGE, 1.5, DASH_NONE};

enum verdict { VERDICT_NONE, VERDICT_MET, VERDICT_NOT_MET };

struct bullet {
    const char *name, *n, *right, *symbol; // symbol: instead of a bar
    double value, target;                  // NaN = none
    enum verdict verdict;
    bool whole;
    size_t order;
};

struct bullets {
    VEC(struct bullet) at;
};

static struct bullet *add_bullet(struct bullets *b, const char *name)
{
    vec_push(&b->at,
             ((struct bullet){.name = name, .value = NAN, .target = NAN, .order = b->at.len}));
    return &b->at.at[b->at.len - 1];
}

// Largest shortfall first; what has no value last.
static int by_distance(const void *a, const void *b)
{
    const struct bullet *x = a, *y = b;
    double p = x->value - x->target, q = y->value - y->target;
    if (isfinite(p) != isfinite(q))
        return isfinite(p) ? -1 : 1;
    if (isfinite(p) && p != q)
        return p < q ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

static void put_bullet(struct plot *p, const struct ruler *s, const struct bullet *b, double y)
{
    double zero = scale_place(s, 0);
    if (!isfinite(b->value)) {
        canvas_text(&p->canvas, zero + 8, y, type_small, str_of(b->symbol));
        return;
    }
    double shown = fmin(s->high, fmax(s->low, b->value)), end = scale_place(s, shown);
    struct box bar = {fmin(zero, end), y - 7, fmax(zero, end), y + 7};
    if (b->verdict == VERDICT_NOT_MET) {
        canvas_rect(&p->canvas, bar, NOT_MET_FILL);
        canvas_frame(&p->canvas, bar, not_met);
    } else {
        bool plain_whole = b->whole && !isfinite(b->target);
        uint32_t colour = b->verdict == VERDICT_NONE ? COLOUR_LEADER : COLOUR_BLUE;
        canvas_rect(&p->canvas, bar, plain_whole ? COLOUR_WHOLE : colour);
    }
    if (b->value > s->high) { // goes on beyond the axis
        struct point head[4] = {{end + 2, y - 7}, {end + 9, y}, {end + 2, y + 7}, {end + 2, y - 7}};
        canvas_area(&p->canvas, head, 4,
                    b->verdict == VERDICT_NOT_MET ? COLOUR_ORANGE : COLOUR_BLUE, 1);
    }
    if (isfinite(b->target)) {
        double at = scale_place(s, fmin(s->high, fmax(s->low, b->target)));
        canvas_line(&p->canvas, at, y - 11, at, y + 11,
                    (struct stroke){COLOUR_INK, 2.5, DASH_NONE});
    }
}

static void put_bullets(struct plot *p, const struct bullets *b, struct ruler s, struct rows rows,
                        const char *axis)
{
    for (size_t i = 0; i < b->at.len && i < ROWS_MOST; i++) {
        struct row *row = rows_add(&rows, b->at.at[i].name);
        row->n = b->at.at[i].n;
        row->right = b->at.at[i].right;
        row->strong = b->at.at[i].whole;
    }
    sheet_rows(p, &rows);
    s.from = rows.left, s.to = rows.right - 14;
    struct field f = {rows.left, rows.right, rows.top, rows.bottom};
    sheet_axis_x(p, &s, f, (struct fmt_form){.percent = true}, axis);
    for (size_t i = 0; i < rows.at.len; i++)
        put_bullet(p, &s, &b->at.at[i], rows.at.at[i].y);
    rows_free(&rows);
    sheet_end(p);
}

static bool is_above(const struct bullets *b)
{
    bool above = false;
    for (size_t i = 0; i < b->at.len; i++)
        above |= b->at.at[i].value > 100;
    return above;
}

static void put_legend(struct plot *p, const struct bullets *b)
{
    bool none = false;
    for (size_t i = 0; i < b->at.len; i++)
        none |= isfinite(b->at.at[i].value) && b->at.at[i].verdict == VERDICT_NONE;
    struct legend legend[4] = {
        {.colour = COLOUR_BLUE, .text = in(p, "target met", "cible atteinte")},
        {LEGEND_BOX, MARK_DISC, not_met, NOT_MET_FILL, in(p, "not met", "cible non atteinte")},
        {LEGEND_TICK, MARK_DISC, {COLOUR_INK, 2.5, DASH_NONE}, 0, in(p, "target", "cible")},
        {.colour = COLOUR_LEADER, .text = in(p, "no target", "sans cible")}};
    sheet_legend(p, legend, none ? 4 : 3);
}

// ---- standards

static enum verdict verdict_of(const struct estimate *met)
{
    if (!has_value(met))
        return VERDICT_NONE;
    return met->value >= 50 ? VERDICT_MET : VERDICT_NOT_MET;
}

static const char *standard_name(const struct plot *p, const char *key)
{
    const struct study *s = p->results->study;
    for (size_t a = 0; a < s->activity_count; a++)
        for (size_t i = 0; i < s->activities[a].standard_count; i++) {
            const struct wait_standard *w = &s->activities[a].standards[i];
            if (strcmp(w->id, key) == 0 && w->label.in[p->lang])
                return w->label.in[p->lang];
        }
    return study_level(s, "standard", key, p->lang);
}

static void gather_standards(struct plot *p, struct bullets *b)
{
    struct keys items = pick_items(p, "standards.performance");
    for (size_t i = 0; i < items.at.len; i++) {
        const char *key = items.at.at[i];
        if (!results_find(p->results, "standards.performance", key, p->region, p->period, "", ""))
            continue;
        const struct estimate *e = pick(p, "standards.performance", key, p->region, "", "");
        const struct estimate *gap =
            results_find(p->results, "standards.gap", key, p->region, p->period, "", "");
        struct bullet *x = add_bullet(b, standard_name(p, key));
        x->verdict = verdict_of(
            results_find(p->results, "standards.met", key, p->region, p->period, "", ""));
        x->symbol = x->right = symbol_of(e);
        x->n = "";
        if (!has_value(e))
            continue;
        x->value = e->value;
        x->n = count_text(p, isfinite(e->denominator) ? e->denominator : e->n);
        x->right = value_text(p, e);
        if (!has_value(gap)) {
            x->right = text_of(p, "%1 / ...", "%1 / ...", value_text(p, e));
            p->seen[EST_NOT_APPLICABLE] = true;
            continue;
        }
        x->target = e->value - gap->value;
        x->right =
            text_of(p, "%1 / %2", "%1 / %2", value_text(p, e),
                    percent_text(p, x->target, fabs(x->target - floor(x->target + 0.5)) > 1e-9));
    }
    keys_free(&items);
    qsort(b->at.at, b->at.len, sizeof *b->at.at, by_distance);
}

static const char *met_of(const struct plot *p, const struct estimate *e)
{
    if (!has_value(e))
        return symbol_of(e);
    if (!isfinite(e->numerator) || !isfinite(e->denominator))
        return value_text(p, e);
    return text_of(p, "%1 of %2", "%1 sur %2", count_text(p, e->numerator),
                   count_text(p, e->denominator));
}

static void region_met(struct plot *p, struct bullets *b, uint16_t region)
{
    const struct estimate *e = pick(p, "standards.met", "", region, "", "");
    struct bullet *x = add_bullet(b, region_name(p, region));
    x->symbol = symbol_of(e);
    x->right = met_of(p, e);
    x->value = has_value(e) ? e->value : NAN;
    x->verdict = VERDICT_MET;
    x->whole = region == REGION_TOTAL;
}

static void tell_standards(struct plot *p, const struct bullets *b, bool all)
{
    size_t met = 0, assessed = 0;
    for (size_t i = 0; i < b->at.len; i++) {
        assessed += b->at.at[i].verdict != VERDICT_NONE;
        met += b->at.at[i].verdict == VERDICT_MET;
    }
    if (all) {
        plot_tell(p, "Share of the service standards met, by region.",
                  "Part des normes de service respectées, par région.");
        for (size_t i = 0; i < b->at.len; i++)
            plot_tell(p, "%1: %2.", "%1" NBSP ": %2.", b->at.at[i].name, b->at.at[i].right);
        return;
    }
    plot_tell(p, "Performance against target: %1 of %2 assessed standards met.",
              "Rendement par rapport à la cible" NBSP
              ": %1 des %2 normes évaluées sont respectées.",
              count_text(p, (double)met), count_text(p, (double)assessed));
    if (b->at.len && b->at.at[0].value < b->at.at[0].target)
        plot_tell(p, "Largest shortfall: %1, %2.", "Écart le plus grand" NBSP ": %1, %2.",
                  b->at.at[0].name, b->at.at[0].right);
}

bool draw_standards(struct plot *p)
{
    struct bullets b = {0};
    bool all = p->region == REGION_TOTAL;
    if (!pick_has(p, "standards.performance"))
        return false;
    if (!all)
        gather_standards(p, &b);
    for (size_t i = 0; all && i < region_count(p); i++)
        region_met(p, &b, (uint16_t)i);
    if (all)
        region_met(p, &b, REGION_TOTAL);
    if (!b.at.len)
        return false;
    plot_title(p, "Service standards: %1, %2", "Normes de service" NBSP ": %1, %2", plot_place(p),
               period_name(p, p->period));
    if (all)
        plot_subtitle(p, "standards met, % of those assessed; complete record",
                      "normes respectées, % des normes évaluées; relevé complet");
    else
        plot_subtitle(p, "performance, % of the volume; complete record",
                      "rendement, % du volume; relevé complet");
    if (!all && is_above(&b))
        plot_subtitle(p, "bars end at 100% with an arrow",
                      "les barres s'arrêtent à 100" NBSP "%, avec une flèche");
    sheet_head(p);
    if (!all)
        put_legend(p, &b);
    struct rows rows = {.n_head = all ? NULL : "volume"};
    rows.right_head =
        all ? in(p, "met", "respectées") : in(p, "performance / target", "rendement / cible");
    put_bullets(p, &b, scale_fixed(0, 100, 5), rows, NULL);
    tell_standards(p, &b, all);
    vec_free(&b.at);
    return true;
}

// ---- progress

// A target is kept for "indicator/item": what it is about, as people call it.
static const char *target_name(const struct plot *p, const char *key, const struct estimate **now,
                               uint16_t region)
{
    const char *slash = strchr(key, '/');
    char *indicator = arena_copy(p->arena, key, slash ? (size_t)(slash - key) : strlen(key));
    const char *item = slash ? slash + 1 : "";
    *now = results_find(p->results, indicator, item, region, p->period, "", "");
    const char *name = indicator_name(p, indicator);
    return *item ? text_of(p, "%1: %2", "%1" NBSP ": %2", name, item_name(p, item)) : name;
}

static void progress_row(struct plot *p, struct bullets *b, const char *key, uint16_t region,
                         const char *name)
{
    const struct estimate *e = pick(p, "cmt.progress", key, region, "", "");
    const struct estimate *target =
        results_find(p->results, "cmt.target", key, region, p->period, "", "");
    const struct estimate *now;
    const char *about = target_name(p, key, &now, region);
    struct bullet *x = add_bullet(b, name ? name : about);
    x->whole = region == REGION_TOTAL && name;
    x->symbol = symbol_of(e);
    x->value = has_value(e) ? e->value : NAN;
    x->target = 100;
    x->verdict = !has_value(e) ? VERDICT_NONE : e->value >= 100 ? VERDICT_MET : VERDICT_NOT_MET;
    x->n = has_value(e) ? value_text(p, e) : symbol_of(e);
    x->right = text_of(p, "%1 / %2", "%1 / %2", value_text(p, now), value_text(p, target));
}

static const char *gather_progress(struct plot *p, struct bullets *b)
{
    struct keys keys = pick_items(p, "cmt.target");
    const char *about = "";
    const struct estimate *now;
    bool all = p->region == REGION_TOTAL;
    for (size_t i = 0; i < keys.at.len && !(all && b->at.len); i++) {
        const char *key = keys.at.at[i];
        if (!all) {
            if (results_find(p->results, "cmt.target", key, p->region, p->period, "", ""))
                progress_row(p, b, key, p->region, NULL);
            continue;
        }
        about = target_name(p, key, &now, REGION_TOTAL);
        for (size_t r = 0; r < region_count(p); r++)
            progress_row(p, b, key, (uint16_t)r, region_name(p, (uint16_t)r));
        progress_row(p, b, key, REGION_TOTAL, region_name(p, REGION_TOTAL));
    }
    keys_free(&keys);
    return about;
}

static void tell_progress(struct plot *p, const struct bullets *b)
{
    size_t met = 0, with = 0;
    for (size_t i = 0; i < b->at.len; i++) {
        with += isfinite(b->at.at[i].value);
        met += b->at.at[i].verdict == VERDICT_MET;
    }
    plot_tell(p, "Progress from the baseline to the target: %1 of %2 reached.",
              "Progression de la valeur de départ à la cible" NBSP ": %1 atteintes sur %2.",
              count_text(p, (double)met), count_text(p, (double)with));
    for (size_t i = 0; i < b->at.len && i < 12; i++)
        plot_tell(p, "%1: %2.", "%1" NBSP ": %2.", b->at.at[i].name, b->at.at[i].n);
}

bool draw_progress(struct plot *p)
{
    struct bullets b = {0};
    if (!pick_has(p, "cmt.target"))
        return false;
    const char *about = gather_progress(p, &b);
    if (!b.at.len)
        return false;
    bool all = p->region == REGION_TOTAL;
    plot_title(p, "Progress to target: %1, %2", "Progression vers la cible" NBSP ": %1, %2",
               all ? about : plot_place(p), period_name(p, p->period));
    plot_subtitle(p, "% of the way from the baseline to the target",
                  "% du chemin de la valeur de départ à la cible");
    if (is_above(&b))
        plot_subtitle(p, "bars end at 100% with an arrow",
                      "les barres s'arrêtent à 100" NBSP "%, avec une flèche");
    sheet_head(p);
    put_legend(p, &b);
    struct range r = {0};
    range_add(&r, 0);
    range_add(&r, 100);
    for (size_t i = 0; i < b.at.len; i++)
        range_add(&r, fmax(-100, fmin(100, b.at.at[i].value)));
    struct rows rows = {.n_head = in(p, "progress", "progression"),
                        .right_head = in(p, "now / target", "actuel / cible")};
    put_bullets(p, &b, scale_round(r, 6, -100, 100), rows, NULL);
    tell_progress(p, &b);
    vec_free(&b.at);
    return true;
}
