// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/bullet.h"

#include <math.h>

enum { NOT_MET_FILL = 0xFBE9DD };
static const struct stroke not_met = {COLOUR_ORANGE, 1.5, DASH_NONE};

struct bullet *bullets_add(struct bullets *b, const char *name)
{
    vec_push(&b->at,
             ((struct bullet){.name = name, .value = NAN, .target = NAN, .order = b->at.len}));
    return &b->at.at[b->at.len - 1];
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

void bullets_draw(struct plot *p, const struct bullets *b, struct ruler s, struct rows rows,
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

bool bullets_beyond(const struct bullets *b)
{
    bool above = false;
    for (size_t i = 0; i < b->at.len; i++)
        above |= b->at.at[i].value > 100;
    return above;
}

void bullets_legend(struct plot *p, const struct bullets *b)
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
