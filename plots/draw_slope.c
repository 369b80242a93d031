// SPDX-License-Identifier: GPL-3.0-or-later
// Two periods side by side, one line a unit; only changes that are significant are coloured.
#include "plots/sheet.h"

#include <math.h>

struct slope {
    const char *name;
    const struct estimate *before, *now;
    bool significant;
    double from, to; // px of the labels
};
struct parted { // not compared
    const char *name;
    const struct trend_break *by;
};
struct slopes {
    VEC(struct slope) at;
    VEC(struct parted) parted;
    const char *kind;
    struct period before;
};

// More intervals than a few on one vertical hide each other; they stand in the table.
enum { SLOPE_ROOM = 250, INTERVALS_MOST = 6 };

static const struct comparison *find_change(const struct plot *p, const char *kind,
                                            const char *item, uint16_t region)
{
    for (size_t i = 0; i < p->results->comparisons.len; i++) {
        const struct comparison *c = &p->results->comparisons.at[i];
        if (c->region == region && strcmp(c->kind, kind) == 0 && !*c->by &&
            period_same(c->period, p->period) && strcmp(c->item, item) == 0 &&
            strcmp(c->indicator->label.id, "cmt.index") == 0)
            return c;
    }
    return NULL;
}

static void add_slope(struct plot *p, struct slopes *s, const char *name, const char *item,
                      uint16_t region)
{
    struct slope x = {.name = name};
    const struct comparison *c = find_change(p, s->kind, item, region);
    x.now = results_find(p->results, "cmt.index", item, region, p->period, "", "");
    x.before = results_find(p->results, "cmt.index", item, region, s->before, "", "");
    const struct trend_break *parted =
        run_break(p->results->study, "cmt.index", places_region_id(p->results->places, region),
                  s->before, p->period);
    if (parted && (x.now || x.before))
        vec_push(&s->parted, ((struct parted){name, parted}));
    if (parted || (!x.now && !x.before))
        return;
    pick(p, "cmt.index", item, region, "", "");
    pick_at(p, "cmt.index", item, region, s->before, "", "");
    x.significant = c && !c->withheld && c->significant;
    vec_push(&s->at, x);
}

static bool choose_kind(const struct plot *p, struct slopes *s)
{
    static const char *const kinds[] = {"year_ago", "previous"};
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < p->results->comparisons.len; i++) {
            const struct comparison *c = &p->results->comparisons.at[i];
            if (strcmp(c->kind, kinds[k]) != 0 || !period_same(c->period, p->period) ||
                strcmp(c->indicator->label.id, "cmt.index") != 0)
                continue;
            s->kind = kinds[k];
            s->before = k ? period_previous(p->period) : period_year_ago(p->period);
            return period_is(s->before);
        }
    return false;
}

static void gather(struct plot *p, struct slopes *s, const struct item *overall)
{
    const struct survey *survey = pick_survey(p);
    if (p->region == REGION_TOTAL) {
        for (size_t i = 0; i < region_count(p); i++)
            add_slope(p, s, region_name(p, (uint16_t)i), overall->id, (uint16_t)i);
        add_slope(p, s, region_name(p, REGION_TOTAL), overall->id, REGION_TOTAL);
        return;
    }
    for (size_t i = 0; i < survey->item_count; i++)
        if (pick_bounded(&survey->items[i]))
            add_slope(p, s, item_name(p, survey->items[i].id), survey->items[i].id, p->region);
}

static struct lines side_text(const struct plot *p, const struct slope *x, bool right)
{
    const struct estimate *e = right ? x->now : x->before;
    const struct estimate *other = right ? x->before : x->now;
    const char *value = value_text(p, e);
    // Three lines, of which the value and the words behind the name need a part.
    struct str name = text_cut(p->arena, str_of(x->name), LABEL_MOST, 1.9 * SLOPE_ROOM, 12, false);
    const char *extra = has_value(e) && !has_value(other)
                            ? text_of(p, " (%1: %2)", " (%1" NBSP ": %2)",
                                      right ? in(p, "before", "avant") : in(p, "now", "maintenant"),
                                      symbol_of(other))
                            : "";
    const char *text =
        right
            ? arena_print(p->arena, "%s" NBSP NBSP "%.*s%s", value, (int)name.len, name.ptr, extra)
            : arena_print(p->arena, "%.*s%s" NBSP NBSP "%s", (int)name.len, name.ptr, extra, value);
    return text_wrap(p->arena, str_of(text), 3, SLOPE_ROOM, 12, false);
}

static double label_size(const struct plot *p, const struct slope *x, bool right)
{
    return 3 + (double)side_text(p, x, right).count * canvas_line_height(12);
}

// The height that the labels of the fuller side need.
static double labels_height(const struct plot *p, const struct slopes *s)
{
    double sides[2] = {0, 0};
    for (size_t i = 0; i < s->at.len; i++)
        for (int k = 0; k < 2; k++)
            if (has_value(k ? s->at.at[i].now : s->at.at[i].before))
                sides[k] += label_size(p, &s->at.at[i], k);
    return fmax(sides[0], sides[1]);
}

static void place_side(const struct plot *p, struct slopes *s, const struct ruler *y, bool right,
                       struct field f)
{
    size_t n = 0;
    double *at = NEWS(p->arena, s->at.len + 1, double),
           *sizes = NEWS(p->arena, s->at.len + 1, double);
    for (size_t i = 0; i < s->at.len; i++) {
        const struct estimate *e = right ? s->at.at[i].now : s->at.at[i].before;
        if (!has_value(e))
            continue;
        sizes[n] = label_size(p, &s->at.at[i], right);
        at[n++] = scale_place(y, e->value);
    }
    place_apart(at, sizes, n, f.top, f.bottom);
    n = 0;
    for (size_t i = 0; i < s->at.len; i++) {
        struct slope *x = &s->at.at[i];
        if (has_value(right ? x->now : x->before))
            *(right ? &x->to : &x->from) = at[n++];
    }
}

static void put_label(struct plot *p, const struct slope *x, double from_x, double from_y,
                      double to_y, bool right)
{
    struct lines lines = side_text(p, x, right);
    struct type type = {.size = 12,
                        .colour = x->significant ? COLOUR_INK : COLOUR_QUIET,
                        .align = right ? ALIGN_LEFT : ALIGN_RIGHT};
    double step = canvas_line_height(12), sign = right ? 1 : -1;
    canvas_line(&p->canvas, from_x + sign * 6, from_y, from_x + sign * 20, to_y,
                (struct stroke){COLOUR_LEADER, 1, DASH_NONE});
    canvas_lines(&p->canvas, from_x + sign * 24, to_y - step * (double)(lines.count - 1) / 2, type,
                 &lines);
}

static void put_whisker(struct plot *p, const struct estimate *e, const struct ruler *y, double x,
                        uint32_t colour, bool interval)
{
    if (interval && isfinite(e->low) && isfinite(e->high))
        canvas_line(&p->canvas, x, scale_place(y, e->low), x, scale_place(y, e->high),
                    (struct stroke){colour, 1, DASH_NONE});
    canvas_mark(&p->canvas, x, scale_place(y, e->value),
                e->status == EST_CAUTION ? MARK_RING : MARK_DISC, 4, colour);
}

static void put_slope(struct plot *p, const struct slope *x, const struct ruler *y, struct field f,
                      bool intervals)
{
    bool rises = has_value(x->now) && has_value(x->before) && x->now->value > x->before->value;
    uint32_t colour = !x->significant ? 0x767676 : rises ? COLOUR_BLUE : COLOUR_ORANGE;
    if (has_value(x->now) && has_value(x->before))
        canvas_line(&p->canvas, f.left, scale_place(y, x->before->value), f.right,
                    scale_place(y, x->now->value),
                    (struct stroke){colour, x->significant ? 2.2 : 1,
                                    x->significant ? DASH_NONE : DASH_LONG});
    if (has_value(x->before)) {
        put_whisker(p, x->before, y, f.left, colour, intervals);
        put_label(p, x, f.left, scale_place(y, x->before->value), x->from, false);
    }
    if (has_value(x->now)) {
        put_whisker(p, x->now, y, f.right, colour, intervals);
        put_label(p, x, f.right, scale_place(y, x->now->value), x->to, true);
    }
}

static struct ruler axis_of(const struct slopes *s)
{
    struct range r = {0};
    for (size_t i = 0; i < s->at.len; i++) {
        const struct estimate *both[2] = {s->at.at[i].before, s->at.at[i].now};
        for (int k = 0; k < 2; k++)
            if (has_value(both[k])) {
                range_add(&r, both[k]->value);
                if (s->at.len <= INTERVALS_MOST) {
                    range_add(&r, both[k]->low);
                    range_add(&r, both[k]->high);
                }
            }
    }
    // No ticks: the ends are the data, with a little room.
    double room = r.some ? fmax(0.5, 0.02 * (r.high - r.low)) : 0;
    return scale_fixed(r.low - room, r.high + room, 5);
}

static const char *break_text(const struct plot *p, const char *names, const struct trend_break *b)
{
    return text_of(p, "%1: not compared, the series is broken at %2 (%3)",
                   "%1" NBSP ": aucune comparaison, la série est rompue à compter de %2 (%3)",
                   names, period_name(p, b->from),
                   in(p, b->reason.in[LANG_EN], b->reason.in[LANG_FR]));
}

// One sentence a break, with the names of all that it parts.
static void put_breaks(struct plot *p, const struct slopes *s)
{
    const char **names = NEWS(p->arena, s->parted.len + 1, const char *);
    for (size_t i = 0; i < s->parted.len; i++) {
        const struct trend_break *b = s->parted.at[i].by;
        size_t count = 0;
        bool told = false;
        for (size_t k = 0; k < s->parted.len; k++)
            if (s->parted.at[k].by == b) {
                told |= k < i;
                names[count++] = s->parted.at[k].name;
            }
        if (told)
            continue;
        bool region = p->region != REGION_TOTAL && !s->at.len;
        const char *text = break_text(p, region ? plot_place(p) : list_text(p, names, count), b);
        sheet_note(p, text);
        plot_tell(p, "%1.", "%1.", text);
    }
}

static void put_slopes(struct plot *p, struct slopes *s)
{
    double height = fmax(240, 1.15 * labels_height(p, s) + 8);
    struct field f = {SHEET_MARGIN + SLOPE_ROOM + 28, SHEET_WIDTH - SHEET_MARGIN - SLOPE_ROOM - 28,
                      p->y + 26, p->y + 26 + height};
    struct ruler y = axis_of(s);
    y.from = f.bottom, y.to = f.top;
    struct stroke pole = {COLOUR_LEADER, 1, DASH_NONE};
    canvas_line(&p->canvas, f.left, f.top - 6, f.left, f.bottom + 6, pole);
    canvas_line(&p->canvas, f.right, f.top - 6, f.right, f.bottom + 6, pole);
    struct type head = type_as(type_strong, ALIGN_CENTRE, COLOUR_INK);
    canvas_text(&p->canvas, f.left, f.top - 18, head, str_of(period_name(p, s->before)));
    canvas_text(&p->canvas, f.right, f.top - 18, head, str_of(period_name(p, p->period)));
    place_side(p, s, &y, false, f);
    place_side(p, s, &y, true, f);
    for (int strong = 0; strong < 2; strong++)
        for (size_t i = 0; i < s->at.len; i++)
            if (s->at.at[i].significant == (strong == 1))
                put_slope(p, &s->at.at[i], &y, f, s->at.len <= INTERVALS_MOST);
    p->y = f.bottom + 12;
    for (size_t i = 0; i < s->at.len; i++) {
        const struct slope *x = &s->at.at[i];
        if (!has_value(x->now) && !has_value(x->before))
            sheet_note(p, text_of(p, "%1: %2", "%1" NBSP ": %2", x->name, symbol_of(x->now)));
    }
}

static void tell(struct plot *p, const struct slopes *s)
{
    const char **up = NEWS(p->arena, s->at.len + 1, const char *);
    const char **down = NEWS(p->arena, s->at.len + 1, const char *);
    size_t ups = 0, downs = 0, still = 0;
    for (size_t i = 0; i < s->at.len; i++) {
        const struct slope *x = &s->at.at[i];
        if (!has_value(x->now) || !has_value(x->before))
            continue;
        if (!x->significant)
            still++;
        else if (x->now->value > x->before->value)
            up[ups++] = x->name;
        else
            down[downs++] = x->name;
    }
    plot_tell(p, "Values in two periods, joined by a line.",
              "Valeurs de deux périodes, reliées par un trait.");
    if (ups)
        plot_tell(p, "Significantly higher: %1.", "Hausse significative" NBSP ": %1.",
                  list_text(p, up, ups));
    if (downs)
        plot_tell(p, "Significantly lower: %1.", "Baisse significative" NBSP ": %1.",
                  list_text(p, down, downs));
    plot_tell(p, "No significant change: %1.", "Aucune variation significative" NBSP ": %1.",
              count_text(p, (double)still));
}

static void head(struct plot *p, const struct slopes *s, const struct item *overall)
{
    plot_title(p, "Change: %1, %2 to %3", "Variation" NBSP ": %1, de %2 à %3",
               p->region == REGION_TOTAL ? item_name(p, overall->id) : plot_place(p),
               period_name(p, s->before), period_name(p, p->period));
    if (!s->at.len) {
        sheet_head(p);
        return;
    }
    plot_subtitle(p,
                  "index from 0 to 100, weighted; solid: significant change (adjusted); dashed: "
                  "not significant",
                  "indice de 0 à 100, données pondérées; trait plein" NBSP
                  ": variation significative (corrigée); tireté" NBSP ": non significative");
    if (s->at.len <= INTERVALS_MOST)
        plot_subtitle(p, "thin verticals: intervals", "traits verticaux fins" NBSP ": intervalles");
    else
        plot_subtitle(p, "intervals and n in the table", "intervalles et n dans le tableau");
    sheet_head(p);
}

// Where a break parts everything the sentence that says so is the chart.
bool draw_change(struct plot *p)
{
    struct slopes s = {0};
    const struct item *overall = pick_overall(p);
    if (!overall || !choose_kind(p, &s))
        return false;
    gather(p, &s, overall);
    bool some = s.at.len || s.parted.len;
    if (some)
        head(p, &s, overall);
    if (s.at.len) {
        put_slopes(p, &s);
        tell(p, &s);
    }
    put_breaks(p, &s);
    if (some)
        sheet_end(p);
    vec_free(&s.at);
    vec_free(&s.parted);
    return some;
}
