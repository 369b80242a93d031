// SPDX-License-Identifier: GPL-3.0-or-later
// Two points and the way between them: importance and satisfaction, median and slow waits.
#include "plots/sheet.h"

#include <math.h>

struct pair {
    const char *name;
    const struct estimate *a, *b, *gap;
    double tick; // a standard, NaN = none
    bool whole;
};

struct pairs {
    VEC(struct pair) at;
};

static void add_pair(struct pairs *pairs, struct pair pair)
{
    vec_push(&pairs->at, pair);
}

static struct ruler axis_of(const struct pairs *pairs, double low, double high, bool from_zero)
{
    struct range r = {0};
    for (size_t i = 0; i < pairs->at.len; i++) {
        const struct estimate *both[2] = {pairs->at.at[i].a, pairs->at.at[i].b};
        for (int k = 0; k < 2; k++)
            if (has_value(both[k])) {
                range_add(&r, both[k]->value);
                range_add(&r, both[k]->low);
                range_add(&r, both[k]->high);
            }
        range_add(&r, pairs->at.at[i].tick);
    }
    if (from_zero)
        range_add(&r, 0);
    return scale_round(r, 6, low, high);
}

static void put_interval(struct plot *p, const struct ruler *s, const struct estimate *e, double y,
                         uint32_t colour)
{
    if (!isfinite(e->low) || !isfinite(e->high))
        return;
    double low = scale_place(s, e->low), high = scale_place(s, e->high);
    struct stroke stroke = {colour, 1.5, DASH_NONE};
    canvas_line(&p->canvas, low, y, high, y, stroke);
    canvas_line(&p->canvas, low, y - 3.5, low, y + 3.5, stroke);
    canvas_line(&p->canvas, high, y - 3.5, high, y + 3.5, stroke);
}

static void put_pair(struct plot *p, const struct ruler *s, const struct pair *x, double y)
{
    if (isfinite(x->tick)) {
        double at = scale_place(s, x->tick);
        canvas_line(&p->canvas, at, y - 10, at, y + 10, (struct stroke){COLOUR_INK, 2, DASH_NONE});
    }
    if (!has_value(x->a) || !has_value(x->b)) {
        canvas_text(&p->canvas, s->from + 6, y, type_small,
                    str_of(symbol_of(has_value(x->a) ? x->b : x->a)));
        return;
    }
    double a = scale_place(s, x->a->value), b = scale_place(s, x->b->value);
    canvas_line(&p->canvas, a, y, b, y, (struct stroke){0xCFCFCF, 4, DASH_NONE});
    put_interval(p, s, x->a, y, COLOUR_BLUE);
    put_interval(p, s, x->b, y, COLOUR_ORANGE);
    canvas_mark(&p->canvas, a, y, MARK_DISC, 5, COLOUR_BLUE);
    canvas_mark(&p->canvas, b, y, MARK_SQUARE, 4.5, COLOUR_ORANGE);
}

static const char *right_of(const struct plot *p, const struct pair *x, bool gaps)
{
    if (gaps) {
        if (!has_value(x->gap))
            return symbol_of(x->gap);
        const char *interval = interval_text(p, x->gap);
        struct fmt_form form = form_of(x->gap);
        form.sign = true;
        const char *value = with_form(p, x->gap->value, form);
        return *interval ? text_of(p, "%1 (%2)", "%1 (%2)", value, interval) : value;
    }
    if (!has_value(x->a) || !has_value(x->b))
        return symbol_of(has_value(x->a) ? x->b : x->a);
    return text_of(p, "%1 / %2", "%1 / %2", value_text(p, x->a), value_text(p, x->b));
}

static void put_pairs(struct plot *p, const struct pairs *pairs, struct ruler s, bool gaps,
                      const char *axis)
{
    struct rows rows = {.n_head = "n"};
    rows.right_head = gaps ? in(p, "gap and interval", "écart et intervalle")
                           : in(p, "median / 90th", "médiane / 90ᵉ");
    for (size_t i = 0; i < pairs->at.len; i++) {
        const struct pair *x = &pairs->at.at[i];
        const struct estimate *base = gaps ? x->gap : x->a;
        struct row *row = rows_add(&rows, x->name);
        row->strong = x->whole;
        row->n = has_value(base) ? count_text(p, base->n) : symbol_of(base);
        row->right = right_of(p, x, gaps);
    }
    sheet_rows(p, &rows);
    s.from = rows.left + 8, s.to = rows.right - 8;
    struct field f = {rows.left, rows.right, rows.top, rows.bottom};
    sheet_axis_x(p, &s, f, (struct fmt_form){.grouped = true}, axis);
    for (size_t i = 0; i < rows.at.len; i++)
        put_pair(p, &s, &pairs->at.at[i], rows.at.at[i].y);
    rows_free(&rows);
    sheet_end(p);
}

// ---- gaps

static void gap_pair(struct plot *p, struct pairs *pairs, const char *item, uint16_t region,
                     const char *name, bool whole)
{
    const char *importance = arena_print(p->arena, "%s.importance", item);
    struct pair x = {.name = name, .tick = NAN, .whole = whole};
    x.gap = pick(p, "cmt.gap", item, region, "", "");
    x.a = pick(p, "survey.mean", item, region, "", "");
    x.b = pick(p, "survey.mean", importance, region, "", "");
    add_pair(pairs, x);
}

static void tell_gaps(struct plot *p, const struct pairs *pairs)
{
    const struct pair *most = NULL;
    size_t above = 0, shown = 0;
    for (size_t i = 0; i < pairs->at.len; i++) {
        const struct pair *x = &pairs->at.at[i];
        if (!has_value(x->gap))
            continue;
        shown++;
        above += isfinite(x->gap->low) && x->gap->low > 0;
        if (!most || x->gap->value > most->gap->value)
            most = x;
    }
    plot_tell(p, "Importance and satisfaction, with the gap between them.",
              "Importance et satisfaction, avec l'écart qui les sépare.");
    if (most)
        plot_tell(
            p,
            "Largest gap: %1, %2. The gap is above zero, its interval included, in %3 of %4 rows.",
            "Écart le plus grand" NBSP
            ": %1, %2. L'écart dépasse zéro, intervalle compris, dans %3 des %4 lignes.",
            most->name, right_of(p, most, true), count_text(p, (double)above),
            count_text(p, (double)shown));
}

// The widest scale of the items drawn: 1 to 5, but for a study with other scales.
static struct range scale_of(const struct plot *p, const struct survey *survey)
{
    struct range r = {0};
    for (size_t i = 0; i < survey->item_count; i++) {
        const struct item *item = &survey->items[i];
        if (!results_find(p->results, "cmt.gap", item->id, p->region, p->period, "", ""))
            continue;
        range_add(&r, item->low);
        range_add(&r, item->high);
    }
    return r;
}

bool draw_gaps(struct plot *p)
{
    struct pairs pairs = {0};
    const struct survey *survey = pick_survey(p);
    const struct item *overall = pick_overall(p);
    if (!survey || !overall || !pick_has(p, "cmt.gap"))
        return false;
    bool regions = p->region == REGION_TOTAL && results_find(p->results, "cmt.gap", overall->id,
                                                             REGION_TOTAL, p->period, "", "");
    for (size_t i = 0; regions && i < region_count(p); i++)
        gap_pair(p, &pairs, overall->id, (uint16_t)i, region_name(p, (uint16_t)i), false);
    if (regions)
        gap_pair(p, &pairs, overall->id, REGION_TOTAL, region_name(p, REGION_TOTAL), true);
    for (size_t i = 0; !regions && i < survey->item_count; i++) {
        const char *id = survey->items[i].id;
        if (results_find(p->results, "cmt.gap", id, p->region, p->period, "", ""))
            gap_pair(p, &pairs, id, p->region, item_name(p, id), false);
    }
    if (!pairs.at.len)
        return false;
    plot_title(p, "Importance and satisfaction: %1, %2",
               "Importance et satisfaction" NBSP ": %1, %2",
               regions ? item_name(p, overall->id) : plot_place(p), period_name(p, p->period));
    struct range scale = scale_of(p, survey);
    const char *low = with_form(p, scale.low, (struct fmt_form){0});
    const char *high = with_form(p, scale.high, (struct fmt_form){0});
    plot_subtitle(p,
                  "means from %1 to %2, weighted; gap: importance less satisfaction, clients who "
                  "rated both",
                  "moyennes de %1 à %2, données pondérées; écart" NBSP
                  ": importance moins satisfaction, clients qui ont coté les deux",
                  low, high);
    sheet_head(p);
    struct legend legend[2] = {
        {LEGEND_MARK, MARK_DISC, {0}, COLOUR_BLUE, in(p, "satisfaction", "satisfaction")},
        {LEGEND_MARK, MARK_SQUARE, {0}, COLOUR_ORANGE, in(p, "importance", "importance")}};
    sheet_legend(p, legend, 2);
    put_pairs(p, &pairs, axis_of(&pairs, scale.low, scale.high, false), true,
              text_of(p, "mean, %1 to %2", "moyenne, de %1 à %2", low, high));
    tell_gaps(p, &pairs);
    vec_free(&pairs.at);
    return true;
}

// ---- waits

static double standard_of(const struct plot *p, const char *channel)
{
    const struct study *s = p->results->study;
    for (size_t a = 0; a < s->activity_count; a++)
        for (size_t i = 0; i < s->activities[a].standard_count; i++)
            if (strcmp(s->activities[a].standards[i].channel, channel) == 0)
                return s->activities[a].standards[i].within;
    return NAN;
}

static void wait_pair(struct plot *p, struct pairs *pairs, uint16_t region, const char *level,
                      const char *name, bool whole)
{
    const char *by = *level ? "channel" : "";
    struct pair x = {.name = name, .tick = *level ? standard_of(p, level) : NAN, .whole = whole};
    x.a = pick(p, "activity.wait_median", "", region, by, level);
    x.b = pick(p, "activity.wait_p90", "", region, by, level);
    add_pair(pairs, x);
}

static void tell_waits(struct plot *p, const struct pairs *pairs)
{
    const struct pair *most = NULL;
    size_t over = 0, with = 0;
    for (size_t i = 0; i < pairs->at.len; i++) {
        const struct pair *x = &pairs->at.at[i];
        if (!has_value(x->a) || !has_value(x->b) || x->whole)
            continue;
        if (!most || x->b->value > most->b->value)
            most = x;
        with += isfinite(x->tick) ? 1 : 0;
        over += isfinite(x->tick) && x->b->value > x->tick;
    }
    plot_tell(p, "Median wait and the wait that nine contacts in ten do not exceed.",
              "Attente médiane et attente que neuf contacts sur dix ne dépassent pas.");
    if (most)
        plot_tell(p, "Longest: %1, %2 seconds.", "La plus longue" NBSP ": %1, %2 secondes.",
                  most->name, right_of(p, most, false));
    if (with)
        plot_tell(p, "Rows whose 90th percentile is beyond the standard: %1 of %2.",
                  "Lignes dont le 90ᵉ centile dépasse la norme" NBSP ": %1 sur %2.",
                  count_text(p, (double)over), count_text(p, (double)with));
}

static bool gather_channels(struct plot *p, struct pairs *pairs)
{
    struct keys levels = pick_levels(p, "activity.wait_median", "channel");
    bool standard = false;
    for (size_t i = 0; i < levels.at.len && i < 40; i++) {
        const char *level = levels.at.at[i];
        const struct estimate *e = results_find(p->results, "activity.wait_median", "", p->region,
                                                p->period, "channel", level);
        if (!e || e->status == EST_NO_DATA || e->status == EST_NOT_APPLICABLE)
            continue; // nobody waits in this channel, or nobody notes it
        wait_pair(p, pairs, p->region, level,
                  study_level(p->results->study, "channel", level, p->lang), false);
        standard |= isfinite(standard_of(p, level));
    }
    keys_free(&levels);
    return standard;
}

bool draw_waits(struct plot *p)
{
    struct pairs pairs = {0};
    if (!pick_has(p, "activity.wait_median"))
        return false;
    bool all = p->region == REGION_TOTAL, standard = false;
    for (size_t i = 0; all && i < region_count(p); i++)
        wait_pair(p, &pairs, (uint16_t)i, "", region_name(p, (uint16_t)i), false);
    if (!all)
        standard = gather_channels(p, &pairs);
    wait_pair(p, &pairs, p->region, "",
              all ? region_name(p, REGION_TOTAL) : in(p, "All channels", "Tous les modes"), true);
    plot_title(p, "Waits: %1, %2", "Attentes" NBSP ": %1, %2",
               all ? in(p, "all channels", "tous les modes") : plot_place(p),
               period_name(p, p->period));
    plot_subtitle(p, "seconds; n: contacts with a recorded wait; process intervals",
                  "secondes; n" NBSP
                  ": contacts dont l'attente est notée; intervalles du processus");
    sheet_head(p);
    struct legend legend[3] = {
        {LEGEND_MARK, MARK_DISC, {0}, COLOUR_BLUE, in(p, "median", "médiane")},
        {LEGEND_MARK, MARK_SQUARE, {0}, COLOUR_ORANGE, in(p, "90th percentile", "90ᵉ centile")},
        {LEGEND_TICK, MARK_DISC, {COLOUR_INK, 2, DASH_NONE}, 0, in(p, "standard", "norme")}};
    sheet_legend(p, legend, standard ? 3 : 2);
    put_pairs(p, &pairs, axis_of(&pairs, 0, NAN, true), false, in(p, "seconds", "secondes"));
    tell_waits(p, &pairs);
    vec_free(&pairs.at);
    return true;
}
