// SPDX-License-Identifier: GPL-3.0-or-later
// The overall index over time: a region and the whole.
#include "plots/series.h"

#include <math.h>

enum { LINES_MOST = 3, END_ROOM = 190 };

struct ends { // labels at the ends of the lines
    struct lines lines[LINES_MOST];
    double width;
};

static struct ends measure_ends(const struct plot *p, const struct timeline *t,
                                const struct series *s, size_t count)
{
    struct ends e = {.width = 0};
    for (size_t i = 0; i < count; i++) {
        const struct estimate *last = series_last(t, &s[i]);
        struct str name =
            text_cut(p->arena, str_of(s[i].name), LABEL_MOST, 2.4 * END_ROOM, 12, true);
        const char *text = arena_print(p->arena, "%.*s %s", (int)name.len, name.ptr,
                                       last ? value_text(p, last) : "");
        if (last && last != s[i].at[t->periods.at.len - 1]) // not the last period: say which
            text = arena_print(p->arena, "%s (%s)", text, period_name(p, last->period));
        e.lines[i] = text_wrap(p->arena, str_of(text), 4, END_ROOM, 12, true);
        e.width = fmax(e.width, e.lines[i].width);
    }
    return e;
}

static void put_ends(struct plot *p, const struct timeline *t, const struct series *s, size_t count,
                     const struct ends *e, const struct ruler *y, struct field f)
{
    double at[LINES_MOST], from[LINES_MOST], sizes[LINES_MOST];
    size_t which[LINES_MOST], used = 0;
    for (size_t i = 0; i < count; i++) {
        const struct estimate *last = series_last(t, &s[i]);
        if (last) {
            which[used] = i;
            sizes[used] = 4 + (double)e->lines[i].count * canvas_line_height(12);
            from[used] = at[used] = scale_place(y, last->value);
            used++;
        }
    }
    place_apart(at, sizes, used, f.top - 6, f.bottom + 6);
    for (size_t k = 0; k < used; k++) {
        const struct lines *lines = &e->lines[which[k]];
        struct type type = {.size = 12, .bold = true, .colour = s[which[k]].colour};
        double first = at[k] - canvas_line_height(12) * (double)(lines->count - 1) / 2;
        double x = t->x[t->periods.at.len - 1];
        for (size_t i = 0; i < t->periods.at.len; i++)
            x = s[which[k]].at[i] == series_last(t, &s[which[k]]) ? t->x[i] : x;
        canvas_line(&p->canvas, x + 6, from[k], f.right + 8, at[k],
                    (struct stroke){COLOUR_LEADER, 1, DASH_NONE});
        canvas_lines(&p->canvas, f.right + 12, first, type, lines);
    }
}

static size_t gather(struct plot *p, const struct timeline *t, struct series *s)
{
    size_t count = 0;
    bool all = p->region == REGION_TOTAL;
    for (size_t i = 0; all && region_count(p) <= 2 && i < region_count(p); i++)
        s[count++] = series_of(p, t, (uint16_t)i);
    if (!all)
        s[count++] = series_of(p, t, p->region);
    s[count++] = series_of(p, t, REGION_TOTAL);
    for (size_t i = 0; i < count; i++) {
        bool whole = i + 1 == count;
        s[i].colour = whole ? COLOUR_WHOLE : palette_lines[i];
        s[i].mark = whole ? MARK_SQUARE : i ? MARK_TRIANGLE : MARK_DISC;
        s[i].width = 2;
        s[i].ribbon = true;
        s[i].marks = t->periods.at.len <= 48;
    }
    return count;
}

static void say_n(struct plot *p, const struct timeline *t, const struct series *s)
{
    double low = INFINITY, high = 0;
    for (size_t i = 0; i < t->periods.at.len; i++)
        if (has_value(s->at[i]) && isfinite(s->at[i]->n)) {
            low = fmin(low, s->at[i]->n);
            high = fmax(high, s->at[i]->n);
        }
    if (high > 0)
        plot_subtitle(p, "n in a period, %1: %2 to %3", "n par période, %1" NBSP ": de %2 à %3",
                      s->name, count_text(p, low), count_text(p, high));
}

bool draw_trend(struct plot *p)
{
    const struct item *overall = pick_overall(p);
    if (!overall || !pick_has(p, "cmt.index"))
        return false;
    struct timeline t = timeline_make(p, "cmt.index", overall->id);
    if (t.periods.at.len < 2) {
        timeline_free(&t);
        return false;
    }
    struct series s[LINES_MOST];
    size_t count = gather(p, &t, s);
    plot_title(p, "Trend: %1, %2", "Tendance" NBSP ": %1, %2", item_name(p, overall->id),
               plot_place(p));
    plot_subtitle(p, "index from 0 to 100, weighted; ribbon: %1 interval",
                  "indice de 0 à 100, données pondérées; ruban" NBSP ": intervalle à %1",
                  percent_text(p, 100 * p->results->study->confidence, 0));
    say_n(p, &t, &s[0]);
    sheet_head(p);
    struct ends ends = measure_ends(p, &t, s, count);
    struct ruler y = series_axis(p, &t, 5);
    double left = SHEET_MARGIN + axis_y_room(p, &y, (struct fmt_form){0});
    p->y += series_breaks_room(p, &t, p->region);
    struct field f = {left, SHEET_WIDTH - SHEET_MARGIN - ends.width - 14, p->y + 6, p->y + 266};
    y.from = f.bottom, y.to = f.top;
    timeline_lay(p, &t, f);
    sheet_axis_y(p, &y, f, (struct fmt_form){0}, NULL);
    series_breaks(p, &t, p->region, f, true);
    for (size_t i = count; i > 0; i--)
        series_draw(p, &t, &s[i - 1], &y);
    for (size_t i = 0; i < count; i++)
        series_symbols(p, &t, &s[i], f, (int)i);
    put_ends(p, &t, s, count, &ends, &y, f);
    sheet_axis_time(p, t.periods.at.at, t.x, t.periods.at.len, f);
    sheet_end(p);
    plot_tell(p, "Line chart of the overall index by period, with intervals.",
              "Courbe de l'indice d'ensemble par période, avec intervalles.");
    for (size_t i = 0; i < count; i++)
        series_tell(p, &t, &s[i]);
    timeline_free(&t);
    return true;
}
