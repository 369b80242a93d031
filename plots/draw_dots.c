// SPDX-License-Identifier: GPL-3.0-or-later
// Dots with whiskers: who differs, and how sure are we.
#include "plots/sheet.h"

#include <math.h>
#include <stdlib.h>

struct dot {
    const char *name;
    const struct estimate *e, *whole; // whole: the tick beside it, NULL = none
    bool heading, last;
    size_t order;
};

struct dots {
    VEC(struct dot) at;
    const char *indicator;
    const struct estimate *line; // the dashed line, NULL = none
    const char *line_name;
};

static void add_dot(struct dots *d, const char *name, const struct estimate *e)
{
    vec_push(&d->at, ((struct dot){.name = name, .e = e, .order = d->at.len}));
}

static int by_value(const void *a, const void *b)
{
    const struct dot *x = a, *y = b;
    bool p = has_value(x->e), q = has_value(y->e);
    if (x->last != y->last)
        return x->last ? 1 : -1;
    if (p != q)
        return p ? -1 : 1;
    if (p && x->e->value != y->e->value)
        return x->e->value > y->e->value ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

// The axis holds the limits of all regions, so that charts of regions can be laid side by side.
static struct ruler common_axis(const struct plot *p, const struct dots *d, bool levels)
{
    struct range r = {0};
    bool index = strcmp(d->indicator, "cmt.index") == 0;
    const struct row_range found = results_rows(p->results, d->indicator);
    for (size_t i = found.from; i < found.to; i++) {
        const struct estimate *e = &p->results->estimates.at[i];
        bool here = strcmp(e->indicator->label.id, d->indicator) == 0 &&
                    period_same(e->period, p->period) && has_value(e);
        if (!here || (*e->by != '\0') != levels || !pick_bounded_id(p, e->item))
            continue;
        range_add(&r, e->value);
        range_add(&r, e->low);
        range_add(&r, e->high);
    }
    return scale_round(r, 6, index ? 0 : NAN, index ? 100 : NAN);
}

static const char *right_text(const struct plot *p, const struct estimate *e)
{
    if (!has_value(e))
        return symbol_of(e);
    const char *interval = interval_text(p, e);
    return *interval ? text_of(p, "%1 (%2)", "%1 (%2)", value_text(p, e), interval)
                     : value_text(p, e);
}

static void put_line(struct plot *p, const struct dots *d, const struct ruler *s,
                     const struct rows *rows)
{
    if (!has_value(d->line))
        return;
    double x = scale_place(s, d->line->value);
    canvas_line(&p->canvas, x, rows->top - 2, x, rows->bottom,
                (struct stroke){COLOUR_WHOLE, 1.2, DASH_LONG});
    struct type type = type_as(type_small, ALIGN_CENTRE, COLOUR_QUIET);
    struct str text =
        str_of(text_of(p, "%1: %2", "%1" NBSP ": %2", d->line_name, value_text(p, d->line)));
    text = text_cut(p->arena, text, 80, rows->right - rows->left, type.size, false);
    double half = text_width(text, type.size, false) / 2;
    x = fmin(rows->right - half, fmax(rows->left + half, x));
    canvas_text(&p->canvas, x, rows->top - 12, type, text);
}

static void put_dot(struct plot *p, const struct dot *d, const struct ruler *s, double y)
{
    if (has_value(d->whole)) {
        double x = scale_place(s, d->whole->value);
        canvas_line(&p->canvas, x, y - 8, x, y + 8, (struct stroke){COLOUR_WHOLE, 2.5, DASH_NONE});
    }
    draw_whisker(p, s, d->e, y, d->last ? COLOUR_WHOLE : COLOUR_BLUE,
                 d->last ? MARK_SQUARE : MARK_DISC);
}

static void put_dots(struct plot *p, const struct dots *d, bool levels, const char *axis)
{
    struct rows rows = {.n_head = "n"};
    rows.right_head = text_of(p, "value and %1 interval", "valeur et intervalle à %1",
                              percent_text(p, 100 * p->results->study->confidence, 0));
    for (size_t i = 0; i < d->at.len && i < ROWS_MOST; i++) {
        const struct dot *dot = &d->at.at[i];
        struct row *row = rows_add(&rows, dot->name);
        row->heading = dot->heading;
        row->strong = dot->last;
        if (dot->heading)
            continue;
        row->n = has_value(dot->e) ? count_text(p, dot->e->n) : symbol_of(dot->e);
        row->right = right_text(p, dot->e);
    }
    sheet_rows(p, &rows);
    struct ruler s = common_axis(p, d, levels);
    s.from = rows.left + 8, s.to = rows.right - 8;
    struct field f = {rows.left, rows.right, rows.top, rows.bottom};
    sheet_axis_x(p, &s, f, (struct fmt_form){0}, axis);
    put_line(p, d, &s, &rows);
    for (size_t i = 0; i < rows.at.len; i++)
        if (!d->at.at[i].heading)
            put_dot(p, &d->at.at[i], &s, rows.at.at[i].y);
    rows_free(&rows);
    sheet_end(p);
}

static void tell_ends(struct plot *p, const struct dots *d)
{
    const struct dot *high = NULL, *low = NULL;
    size_t withheld = 0;
    for (size_t i = 0; i < d->at.len; i++) {
        const struct dot *x = &d->at.at[i];
        withheld += !x->heading && !has_value(x->e);
        if (x->heading || x->last || !has_value(x->e))
            continue;
        if (!high || x->e->value > high->e->value)
            high = x;
        if (!low || x->e->value < low->e->value)
            low = x;
    }
    if (high)
        plot_tell(p, "Highest: %1, %2; lowest: %3, %4.",
                  "Valeur la plus élevée" NBSP ": %1, %2; la plus basse" NBSP ": %3, %4.",
                  high->name, right_text(p, high->e), low->name, right_text(p, low->e));
    if (withheld)
        plot_tell(p, "Rows without a value: %1.", "Lignes sans valeur" NBSP ": %1.",
                  count_text(p, (double)withheld));
}

static void tell_apart(struct plot *p, const struct dots *d)
{
    size_t apart = 0, shown = 0;
    for (size_t i = 0; i < d->at.len; i++) {
        const struct dot *x = &d->at.at[i];
        const struct estimate *whole = d->line ? d->line : x->whole;
        if (x->heading || x->last || !has_value(x->e) || !has_value(whole) || !isfinite(x->e->low))
            continue;
        shown++;
        apart += whole->value < x->e->low || whole->value > x->e->high;
    }
    if (has_value(d->line))
        plot_tell(p, "%1: %2.", "%1" NBSP ": %2.", d->line_name, right_text(p, d->line));
    if (shown)
        plot_tell(p, "The interval leaves out the value of the whole in %1 of %2 rows.",
                  "L'intervalle exclut la valeur de l'ensemble dans %1 des %2 lignes.",
                  count_text(p, (double)apart), count_text(p, (double)shown));
}

static const char *score_indicator(const struct plot *p)
{
    return pick_has(p, "cmt.index") ? "cmt.index" : "survey.mean";
}

static void score_subtitle(struct plot *p, const struct dots *d)
{
    if (strcmp(d->indicator, "cmt.index") == 0)
        plot_subtitle(p, "index from 0 to 100, valid answers, weighted",
                      "indice de 0 à 100, réponses valides, données pondérées");
    else
        plot_subtitle(p, "mean of the valid answers, weighted",
                      "moyenne des réponses valides, données pondérées");
}

static void gather_regions(struct plot *p, struct dots *d, const struct item *overall)
{
    for (size_t i = 0; i < region_count(p); i++)
        add_dot(d, region_name(p, (uint16_t)i),
                pick(p, d->indicator, overall->id, (uint16_t)i, "", ""));
    d->line = pick(p, d->indicator, overall->id, REGION_TOTAL, "", "");
    d->line_name = region_name(p, REGION_TOTAL);
    add_dot(d, d->line_name, d->line);
    d->at.at[d->at.len - 1].last = true;
}

static void gather_items(struct plot *p, struct dots *d)
{
    const struct survey *s = pick_survey(p);
    for (size_t i = 0; i < s->item_count; i++) {
        const char *id = s->items[i].id;
        if (!pick_bounded(&s->items[i]) ||
            !results_find(p->results, d->indicator, id, p->region, p->period, "", ""))
            continue;
        add_dot(d, item_name(p, id), pick(p, d->indicator, id, p->region, "", ""));
        d->at.at[d->at.len - 1].whole =
            results_find(p->results, d->indicator, id, REGION_TOTAL, p->period, "", "");
    }
}

bool draw_scores(struct plot *p)
{
    struct dots d = {.indicator = score_indicator(p)};
    const struct item *overall = pick_overall(p);
    bool all = p->region == REGION_TOTAL;
    if (!overall || !pick_has(p, d.indicator))
        return false;
    if (all)
        gather_regions(p, &d, overall);
    else
        gather_items(p, &d);
    if (!d.at.len)
        return false;
    qsort(d.at.at, d.at.len, sizeof *d.at.at, by_value);
    const char *about = all ? item_name(p, overall->id) : plot_place(p);
    plot_title(p, "Scores: %1, %2", "Résultats" NBSP ": %1, %2", about, period_name(p, p->period));
    score_subtitle(p, &d);
    if (!all)
        plot_subtitle(p, "vertical mark: %1", "trait vertical" NBSP ": %1",
                      region_name(p, REGION_TOTAL));
    sheet_head(p);
    put_dots(p, &d, false,
             strcmp(d.indicator, "cmt.index") == 0 ? in(p, "index, 0 to 100", "indice, de 0 à 100")
                                                   : in(p, "mean", "moyenne"));
    plot_tell(p, "Scores with their intervals, from the highest to the lowest.",
              "Résultats et intervalles, du plus élevé au plus bas.");
    tell_ends(p, &d);
    tell_apart(p, &d);
    vec_free(&d.at);
    return true;
}

// ---- breakdowns

static bool is_breakdown(const char *by)
{
    static const char *const others[] = {"answer",   "count", "item", "value",
                                         "quadrant", "peer",  "price"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(by, others[i]) == 0)
            return false;
    return true;
}

enum { LEVELS_MOST = 30 };

static bool gather_levels(struct plot *p, struct dots *d, const char *by, const char *item)
{
    struct keys levels = pick_levels(p, d->indicator, by);
    bool some = false;
    const struct study *s = p->results->study;
    for (size_t i = 0; i < levels.at.len && i < LEVELS_MOST; i++) {
        const char *level = levels.at.at[i];
        if (!results_find(p->results, d->indicator, item, p->region, p->period, by, level))
            continue;
        if (!some) {
            add_dot(d, breakdown_name(p, by), NULL);
            d->at.at[d->at.len - 1].heading = true;
        }
        some = true;
        add_dot(d, study_level(s, by, level, p->lang),
                pick(p, d->indicator, item, p->region, by, level));
    }
    if (levels.at.len > LEVELS_MOST)
        plot_subtitle(p, "the first %1 levels; all in the table",
                      "les %1 premiers niveaux; tous dans le tableau", count_text(p, LEVELS_MOST));
    keys_free(&levels);
    return some;
}

bool draw_breakdown(struct plot *p)
{
    struct dots d = {.indicator = score_indicator(p)};
    const struct item *overall = pick_overall(p);
    if (!overall)
        return false;
    struct keys breakdowns = pick_breakdowns(p, d.indicator);
    for (size_t i = 0; i < breakdowns.at.len; i++)
        if (is_breakdown(breakdowns.at.at[i]))
            gather_levels(p, &d, breakdowns.at.at[i], overall->id);
    keys_free(&breakdowns);
    if (!d.at.len)
        return false;
    d.line = pick(p, d.indicator, overall->id, p->region, "", "");
    d.line_name = in(p, "All clients", "Tous les clients");
    plot_title(p, "Groups of clients: %1, %2, %3", "Groupes de clients" NBSP ": %1, %2, %3",
               item_name(p, overall->id), plot_place(p), period_name(p, p->period));
    score_subtitle(p, &d);
    sheet_head(p);
    put_dots(p, &d, true, in(p, "index, 0 to 100", "indice, de 0 à 100"));
    plot_tell(p, "Scores with their intervals by group of clients.",
              "Résultats et intervalles selon le groupe de clients.");
    tell_ends(p, &d);
    tell_apart(p, &d);
    vec_free(&d.at);
    return true;
}
