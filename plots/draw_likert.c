// SPDX-License-Identifier: GPL-3.0-or-later
// Answers left and right of the middle: dissatisfied to the left, satisfied to the right, the
// neutral class centred on 0.
#include "plots/sheet.h"

#include <math.h>
#include <stdlib.h>

enum { LABEL_LEAST = 5 };                 // percent; smaller parts have no number
enum { ASIDE_GAP = 26, ASIDE_TEXT = 42 }; // px before the bars of those who do not know, after

struct answers { // one row: the shares of one item in one region
    const char *name;
    double n, shares[CLASSES_MOST];
    bool shown, whole;
    const char *symbol;
    double best;       // share above the middle, for the order
    const char *right; // the same as people read it
    bool caution[CLASSES_MOST];
    const struct estimate *unknown; // who do not know, of all asked; NULL = none
    size_t order;
};

struct likert {
    size_t classes;
    char codes[CLASSES_MOST][12];
    VEC(struct answers) rows;
    double left_most, right_most; // percent to both sides of 0
    double unknown_most;          // percent
    bool unknown;                 // somebody did not know
};

static bool set_classes(struct likert *k, const struct item *item)
{
    if (!item || !pick_bounded(item) || item->scale == SCALE_YES_NO || item->scale == SCALE_NPS)
        return false;
    double classes = item->high - item->low + 1;
    if (classes < 2 || classes > CLASSES_MOST || item->low != floor(item->low) ||
        item->high != floor(item->high))
        return false;
    k->classes = (size_t)classes;
    for (size_t i = 0; i < k->classes; i++) {
        unsigned code = (unsigned)(item->low + (double)i);
        k->codes[i][0] = '\0';
        struct buf b = {0};
        buf_print(&b, "%u", code);
        memcpy(k->codes[i], b.ptr, b.len + 1);
        buf_free(&b);
    }
    return true;
}

// Half of the middle class lies on either side; an even number of classes has none.
static double side(const struct likert *k, const struct answers *r, bool right)
{
    double sum = k->classes % 2 ? r->shares[k->classes / 2] / 2 : 0;
    for (size_t i = 0; i < k->classes; i++) {
        bool above = 2 * i >= k->classes + (k->classes % 2), below = 2 * i + 1 < k->classes;
        if (right ? above && 2 * i + 1 != k->classes : below)
            sum += r->shares[i];
    }
    return sum;
}

// Those who do not know stand aside: they are a share of all asked, not of the answers.
static void add_unknown(struct plot *p, struct likert *k, struct answers *r, const char *item,
                        uint16_t region)
{
    r->unknown = pick_part(p, "survey.share_all", region, item, p->period, "answer", "dont_know");
    if (!r->unknown)
        return;
    k->unknown |= !has_value(r->unknown) || r->unknown->value > 0;
    if (has_value(r->unknown))
        k->unknown_most = fmax(k->unknown_most, r->unknown->value);
    p->seen[EST_CAUTION] |= r->unknown->status == EST_CAUTION && r->unknown->value > 0;
}

static void add_row(struct plot *p, struct likert *k, const struct item *item, uint16_t region,
                    const char *name)
{
    struct answers r = {.name = name, .n = NAN, .shown = true, .symbol = "", .order = k->rows.len};
    r.whole = p->region == REGION_TOTAL && region == REGION_TOTAL;
    bool some = false;
    for (size_t i = 0; i < k->classes; i++) {
        const struct estimate *e =
            pick_part(p, "survey.share", region, item->id, p->period, "answer", k->codes[i]);
        some |= e != NULL;
        if (!has_value(e)) {
            r.shown = false;
            r.symbol = symbol_of(e);
            continue;
        }
        r.shares[i] = e->value;
        r.n = e->n;
        r.caution[i] = e->status == EST_CAUTION;
        p->seen[EST_CAUTION] |= r.caution[i] && e->value >= LABEL_LEAST;
    }
    if (!some && p->region != REGION_TOTAL)
        return;
    if (r.shown) {
        k->left_most = fmax(k->left_most, side(k, &r, false));
        k->right_most = fmax(k->right_most, side(k, &r, true));
        r.best = side(k, &r, true) - (k->classes % 2 ? r.shares[k->classes / 2] / 2 : 0);
        const struct estimate *top =
            k->classes == 5
                ? results_find(p->results, "cmt.top2", item->id, region, p->period, "", "")
                : NULL;
        r.right = has_value(top) ? value_text(p, top) : percent_text(p, r.best, 0);
        p->seen[EST_CAUTION] |= top && top->status == EST_CAUTION;
    }
    add_unknown(p, k, &r, item->id, region);
    vec_push(&k->rows, r);
}

static void gather(struct plot *p, struct likert *k, const struct item *overall)
{
    if (p->region == REGION_TOTAL) {
        for (size_t i = 0; i < region_count(p); i++)
            add_row(p, k, overall, (uint16_t)i, region_name(p, (uint16_t)i));
        add_row(p, k, overall, REGION_TOTAL, region_name(p, REGION_TOTAL));
        return;
    }
    const struct survey *s = pick_survey(p);
    for (size_t i = 0; i < s->item_count; i++)
        if (s->items[i].scale == overall->scale && s->items[i].low == overall->low &&
            s->items[i].high == overall->high)
            add_row(p, k, &s->items[i], p->region, item_name(p, s->items[i].id));
}

static int by_best(const void *a, const void *b)
{
    const struct answers *x = a, *y = b;
    if (x->whole != y->whole)
        return x->whole ? 1 : -1;
    if (x->shown != y->shown)
        return x->shown ? -1 : 1;
    if (x->shown && fabs(x->best - y->best) > 1e-9)
        return x->best > y->best ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

static void put_bar(struct plot *p, const struct likert *k, const struct answers *r,
                    const struct ruler *s, double y, const uint32_t *colours)
{
    double at = -side(k, r, false);
    for (size_t i = 0; i < k->classes; i++) {
        double left = scale_place(s, at), right = scale_place(s, at + r->shares[i]);
        at += r->shares[i];
        if (r->shares[i] <= 0)
            continue;
        canvas_rect(&p->canvas, (struct box){left, y - 10, right, y + 10}, colours[i]);
    }
    at = -side(k, r, false);
    for (size_t i = 0; i < k->classes; i++) {
        double middle = scale_place(s, at + r->shares[i] / 2);
        double room = scale_place(s, r->shares[i]) - scale_place(s, 0);
        at += r->shares[i];
        const char *text =
            text_of(p, "%1%2", "%1%2", number(p, r->shares[i], 0), r->caution[i] ? NBSP "E" : "");
        struct type type = {
            .size = 11, .colour = palette_text_on(colours[i]), .align = ALIGN_CENTRE};
        if (r->shares[i] >= LABEL_LEAST && text_width(str_of(text), type.size, false) + 2 < room)
            canvas_text(&p->canvas, middle, y, type, str_of(text));
    }
}

static void put_axis(struct plot *p, const struct ruler *s, struct field f)
{
    // Ticks on both sides without sign: a share is a share.
    struct type type = type_as(type_small, ALIGN_CENTRE, COLOUR_QUIET);
    for (int i = 0; i < s->ticks; i++) {
        double value = scale_tick(s, i), x = floor(scale_place(s, value)) + 0.5;
        canvas_line(&p->canvas, x, f.top, x, f.bottom, (struct stroke){COLOUR_GRID, 1, DASH_NONE});
        canvas_text(&p->canvas, x, f.bottom + 13, type, str_of(percent_text(p, fabs(value), 0)));
    }
    double zero = floor(scale_place(s, 0)) + 0.5;
    canvas_line(&p->canvas, zero, f.top, zero, f.bottom, (struct stroke){0x333333, 1.5, DASH_NONE});
    p->y = f.bottom + 26;
}

// Grey bars at the right edge, in the scale of the others.
static void put_aside(struct plot *p, const struct rows *rows, const struct likert *k,
                      const struct ruler *s)
{
    double from = floor(s->to + ASIDE_GAP) + 0.5;
    struct type head = type_as(type_small, ALIGN_LEFT, COLOUR_QUIET);
    canvas_text(&p->canvas, from, rows->top - 12, head, str_of(in(p, "don't know", "ne sait pas")));
    canvas_line(&p->canvas, from, rows->top, from, rows->bottom,
                (struct stroke){COLOUR_LEADER, 1, DASH_NONE});
    for (size_t i = 0; i < k->rows.len; i++) {
        const struct estimate *e = k->rows.at[i].unknown;
        double y = rows->at.at[i].y, end = from;
        if (has_value(e) && e->value > 0) {
            end += scale_place(s, e->value) - scale_place(s, 0);
            canvas_rect(&p->canvas, (struct box){from, y - 6, end, y + 6}, 0x8C8C8C);
        }
        const char *text = has_value(e) ? text_of(p, "%1%2", "%1%2", number(p, e->value, 0),
                                                  e->status == EST_CAUTION ? NBSP "E" : "")
                                        : symbol_of(e);
        canvas_text(&p->canvas, end + 4, y, head, str_of(text));
    }
}

// The room of the bars; what those who do not know need is taken off at the right.
static struct ruler axis_of(const struct likert *k, const struct rows *rows)
{
    struct ruler s = scale_fixed(-k->left_most - 2, k->right_most + 2, 8);
    s.from = rows->left, s.to = rows->right;
    if (!k->unknown)
        return s;
    double room = rows->right - rows->left - ASIDE_GAP - ASIDE_TEXT;
    double percent = k->left_most + k->right_most + 4;
    s.to = rows->left + fmin(room - 34, room * percent / (percent + k->unknown_most));
    return s;
}

// What the upper classes are called together.
static const char *best_name(const struct plot *p)
{
    switch (pick_overall(p)->scale) {
    case SCALE_SATISFACTION:
        return in(p, "satisfied", "satisfaits");
    case SCALE_AGREEMENT:
        return in(p, "agree", "d'accord");
    case SCALE_IMPORTANCE:
        return in(p, "important", "important");
    case SCALE_LIKERT:
    case SCALE_NPS:
    case SCALE_YES_NO:
    case SCALE_CATEGORY:
    case SCALE_MULTIPLE:
    case SCALE_NUMBER:
    case SCALE_COUNT:
        break;
    }
    return in(p, "upper half", "moitié supérieure");
}

static void put_rows(struct plot *p, struct likert *k, const uint32_t *colours)
{
    struct rows rows = {.n_head = "n", .right_head = best_name(p)};
    for (size_t i = 0; i < k->rows.len; i++) {
        const struct answers *r = &k->rows.at[i];
        struct row *row = rows_add(&rows, r->name);
        row->n = r->shown ? count_text(p, r->n) : r->symbol;
        row->strong = r->whole;
        row->right = r->shown ? r->right : r->symbol;
    }
    sheet_rows(p, &rows);
    struct ruler s = axis_of(k, &rows);
    if (k->unknown)
        put_aside(p, &rows, k, &s);
    put_axis(p, &s, (struct field){s.from, s.to, rows.top, rows.bottom});
    for (size_t i = 0; i < k->rows.len; i++) {
        const struct answers *r = &k->rows.at[i];
        if (r->shown)
            put_bar(p, k, r, &s, rows.at.at[i].y, colours);
        else
            canvas_text(&p->canvas, scale_place(&s, 0) + 8, rows.at.at[i].y, type_small,
                        str_of(r->symbol));
    }
    rows_free(&rows);
}

static void tell(struct plot *p, const struct likert *k)
{
    const struct answers *high = NULL, *low = NULL, *whole = NULL;
    size_t count = 0;
    for (size_t i = 0; i < k->rows.len; i++) {
        const struct answers *r = &k->rows.at[i];
        if (r->whole)
            whole = r;
        count += !r->whole;
        if (r->whole || !r->shown)
            continue;
        if (!high || r->best > high->best)
            high = r;
        if (!low || r->best < low->best)
            low = r;
    }
    const char *rows = number(p, (double)count, 0);
    if (p->region == REGION_TOTAL)
        plot_tell(p, "Bar chart of the answers in %1 regions.",
                  "Diagramme à barres des réponses dans %1 régions.", rows);
    else
        plot_tell(p, "Bar chart of the answers to %1 questions.",
                  "Diagramme à barres des réponses à %1 questions.", rows);
    if (high)
        plot_tell(p,
                  "Above the middle of the scale: from %1, %2 (largest share), to %3, %4 "
                  "(smallest).",
                  "Réponses au-dessus du milieu de l'échelle" NBSP
                  ": de %1, %2 (la plus forte part), à %3, %4 (la plus faible).",
                  high->right, high->name, low->right, low->name);
    if (whole && whole->shown)
        plot_tell(p, "The whole, %1: %2.", "L'ensemble, %1" NBSP ": %2.", whole->name,
                  whole->right);
}

bool draw_answers(struct plot *p)
{
    struct likert k = {0};
    const struct item *overall = pick_overall(p);
    if (!set_classes(&k, overall) || !pick_has(p, "survey.share"))
        return false;
    gather(p, &k, overall);
    if (k.rows.len == 0)
        return false;
    if (k.rows.len >= 5)
        qsort(k.rows.at, k.rows.len, sizeof *k.rows.at, by_best);
    bool all = p->region == REGION_TOTAL;
    plot_title(p, "Spread of answers: %1, %2", "Répartition des réponses" NBSP ": %1, %2",
               all ? item_name(p, overall->id) : plot_place(p), period_name(p, p->period));
    plot_subtitle(p, "% of valid answers, weighted; labels from 5% up",
                  "% des réponses valides, données pondérées; étiquettes à partir de 5" NBSP "%");
    if (k.unknown)
        plot_subtitle(p, "grey at the right: don't know, % of all asked",
                      "en gris à droite" NBSP
                      ": ne sait pas, % de toutes les personnes interrogées");
    sheet_head(p);
    uint32_t colours[CLASSES_MOST];
    struct legend legend[CLASSES_MOST] = {0};
    palette_classes(k.classes, colours);
    for (size_t i = 0; i < k.classes; i++)
        legend[i] =
            (struct legend){.colour = colours[i], .text = answer_name(p, overall, k.codes[i])};
    sheet_legend(p, legend, k.classes);
    put_rows(p, &k, colours);
    sheet_end(p);
    tell(p, &k);
    vec_free(&k.rows);
    return true;
}
