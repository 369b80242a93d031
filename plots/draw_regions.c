// SPDX-License-Identifier: GPL-3.0-or-later
// Small multiples: one panel a region, the same axes everywhere, the whole behind in grey.
#include "plots/series.h"

#include <math.h>

enum { PANEL_HEIGHT = 96, PANEL_GAP = 16, COLUMNS_MOST = 6 };
static const struct type type_panel = {.size = 12, .colour = COLOUR_INK};

struct grid {
    size_t columns;
    double left, width; // of the first panel's field; of all fields
    struct ruler y;
};

static size_t columns_for(size_t n)
{
    if (n <= 4)
        return n < 2 ? 2 : n;
    size_t columns = n <= 10 ? 5 : (size_t)ceil(sqrt(1.6 * (double)n));
    return columns > COLUMNS_MOST ? COLUMNS_MOST : columns;
}

static struct lines panel_title(const struct plot *p, const struct grid *g, uint16_t region)
{
    struct str name =
        text_cut(p->arena, str_of(region_name(p, region)), LABEL_MOST, 1e9, type_panel.size, false);
    return text_wrap(p->arena, name, 4, g->width, type_panel.size, false);
}

// Years stand at their first quarter, where there is room for them.
static void put_years(struct plot *p, const struct timeline *t, struct field f)
{
    struct type type = type_as(type_small, ALIGN_LEFT, COLOUR_QUIET);
    type.size = 10;
    double free_from = 0;
    canvas_line(&p->canvas, f.left, f.bottom + 0.5, f.right, f.bottom + 0.5,
                (struct stroke){COLOUR_AXIS, 1, DASH_NONE});
    for (size_t i = 0; i < t->periods.at.len; i++) {
        struct period q = t->periods.at.at[i];
        if (q.kind == PERIOD_QUARTER && q.quarter != 1)
            continue;
        double x = floor(t->x[i]) + 0.5;
        canvas_line(&p->canvas, x, f.bottom, x, f.bottom + 4,
                    (struct stroke){COLOUR_AXIS, 1, DASH_NONE});
        struct str year = str_of(period_name(p, period_year(q)));
        double width = text_width(year, type.size, false);
        if (x - 4 < free_from || x - 4 + width > f.right + 2)
            continue;
        canvas_text(&p->canvas, x - 4, f.bottom + 12, type, year);
        free_from = x + width + 4;
    }
}

static void put_panel(struct plot *p, struct timeline *t, const struct grid *g,
                      const struct series *whole, uint16_t region, struct field f, bool first)
{
    struct ruler y = g->y;
    y.from = f.bottom, y.to = f.top;
    timeline_lay(p, t, f);
    for (int i = 0; i < y.ticks; i++) {
        double at = floor(scale_place(&y, scale_tick(&y, i))) + 0.5;
        canvas_line(&p->canvas, f.left, at, f.right, at,
                    (struct stroke){COLOUR_GRID, 1, DASH_NONE});
        if (first)
            canvas_text(&p->canvas, f.left - 6, at, type_as(type_small, ALIGN_RIGHT, COLOUR_QUIET),
                        str_of(number(p, scale_tick(&y, i), y.decimals)));
    }
    struct series s = series_of(p, t, region);
    s.colour = COLOUR_BLUE, s.mark = MARK_DISC, s.width = 2, s.ribbon = true;
    series_breaks(p, t, region, f, false);
    series_draw(p, t, whole, &y);
    series_draw(p, t, &s, &y);
    put_years(p, t, f);
    if (series_last(t, &s)) {
        series_symbols(p, t, &s, f, 0);
        return;
    }
    const struct estimate *e = s.at[t->periods.at.len - 1];
    const char *word = e && e->status != EST_NO_DATA ? in(p, "suppressed", "supprimé")
                                                     : in(p, "not available", "indisponible");
    canvas_text(&p->canvas, (f.left + f.right) / 2, f.bottom - 14,
                type_as(type_small, ALIGN_CENTRE, COLOUR_QUIET),
                str_of(text_of(p, "%1: %2", "%1" NBSP ": %2", symbol_of(e), word)));
}

static void put_row(struct plot *p, struct timeline *t, const struct grid *g,
                    const struct series *whole, size_t from, size_t end)
{
    size_t tallest = 1;
    for (size_t i = from; i < end; i++) {
        struct lines lines = panel_title(p, g, (uint16_t)i);
        tallest = lines.count > tallest ? lines.count : tallest;
    }
    double step = canvas_line_height(type_panel.size), top = p->y + 8 + step * (double)tallest;
    for (size_t i = from; i < end; i++) {
        double left = g->left + (double)(i - from) * (g->width + PANEL_GAP);
        struct field f = {left, left + g->width, top, top + PANEL_HEIGHT};
        struct lines lines = panel_title(p, g, (uint16_t)i);
        canvas_lines(&p->canvas, left, p->y + 4 + step * (0.5 + (double)(tallest - lines.count)),
                     type_panel, &lines);
        put_panel(p, t, g, whole, (uint16_t)i, f, i == from);
    }
    p->y = top + PANEL_HEIGHT + 30;
}

static struct grid grid_for(const struct plot *p, const struct timeline *t)
{
    struct grid g = {.columns = columns_for(region_count(p)), .y = series_axis(p, t, 3)};
    g.left = SHEET_MARGIN + axis_y_room(p, &g.y, (struct fmt_form){0});
    double room = SHEET_WIDTH - SHEET_MARGIN - g.left - PANEL_GAP * (double)(g.columns - 1);
    g.width = floor(room / (double)g.columns);
    return g;
}

bool draw_regions(struct plot *p)
{
    const struct item *overall = pick_overall(p);
    if (p->region != REGION_TOTAL || region_count(p) < 2 || !overall || !pick_has(p, "cmt.index"))
        return false;
    struct timeline t = timeline_make(p, "cmt.index", overall->id);
    if (t.periods.at.len < 2) {
        timeline_free(&t);
        return false;
    }
    for (size_t i = 0; i < region_count(p); i++) // their symbols are explained in the head
        series_of(p, &t, (uint16_t)i);
    struct series whole = series_of(p, &t, REGION_TOTAL);
    whole.colour = 0x999999, whole.width = 1.2;
    plot_title(p, "Regions side by side: %1", "Régions côte à côte" NBSP ": %1",
               item_name(p, overall->id));
    plot_subtitle(
        p, "index from 0 to 100, %1 to %2; ribbon: %3 interval; grey: %4; the same axes everywhere",
        "indice de 0 à 100, de %1 à %2; ruban" NBSP ": intervalle à %3; gris" NBSP
        ": %4; mêmes axes partout",
        period_name(p, t.periods.at.at[0]), period_name(p, t.periods.at.at[t.periods.at.len - 1]),
        percent_text(p, 100 * p->results->study->confidence, 0), whole.name);
    sheet_head(p);
    struct grid g = grid_for(p, &t);
    for (size_t i = 0; i < region_count(p); i += g.columns)
        put_row(p, &t, &g, &whole, i,
                i + g.columns < region_count(p) ? i + g.columns : region_count(p));
    sheet_end(p);
    plot_tell(p, "One line chart of the overall index a region, on the same axes.",
              "Une courbe de l'indice d'ensemble par région, sur les mêmes axes.");
    for (size_t i = 0; i < region_count(p); i++) {
        struct series s = series_of(p, &t, (uint16_t)i);
        series_tell(p, &t, &s);
    }
    timeline_free(&t);
    return true;
}
