// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/canvas.h"

#include <math.h>

enum layer_kind { LAYER_RECT, LAYER_LINE, LAYER_AREA, LAYER_MARK, LAYER_TEXT };

struct layer {
    enum layer_kind kind;
    struct type type;     // LAYER_TEXT, without colour
    struct stroke stroke; // LAYER_LINE
    uint32_t colour;      // LAYER_AREA
    double opacity;
    enum mark mark;
    double radius;
    struct buf rows;
};

static bool same_style(const struct layer *a, const struct layer *b)
{
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case LAYER_RECT:
        return true;
    case LAYER_AREA: // surfaces of one block would be joined
        return false;
    case LAYER_LINE:
        return a->stroke.colour == b->stroke.colour && a->stroke.dash == b->stroke.dash &&
               fabs(a->stroke.width - b->stroke.width) < 1e-9;
    case LAYER_MARK:
        return a->mark == b->mark && fabs(a->radius - b->radius) < 1e-9;
    case LAYER_TEXT:
        return fabs(a->type.size - b->type.size) < 1e-9 && a->type.bold == b->type.bold &&
               a->type.align == b->type.align && a->type.angle == b->type.angle;
    }
    return false;
}

// The rows to add to: those of the layer on top when it has this style.
static struct buf *rows_for(struct canvas *c, struct layer style)
{
    if (!c->layers.len || !same_style(&c->layers.at[c->layers.len - 1], &style))
        vec_push(&c->layers, style);
    return &c->layers.at[c->layers.len - 1].rows;
}

void canvas_rect(struct canvas *c, struct box b, uint32_t colour)
{
    struct buf *rows = rows_for(c, (struct layer){.kind = LAYER_RECT});
    buf_print(rows, "%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t%u\n", (b.left + b.right) / 2,
              (b.top + b.bottom) / 2, b.left, b.right, b.top, b.bottom, colour);
}

void canvas_frame(struct canvas *c, struct box b, struct stroke stroke)
{
    struct point corners[5] = {{b.left, b.top},
                               {b.right, b.top},
                               {b.right, b.bottom},
                               {b.left, b.bottom},
                               {b.left, b.top}};
    canvas_path(c, corners, 5, stroke);
}

void canvas_line(struct canvas *c, double x0, double y0, double x1, double y1, struct stroke stroke)
{
    canvas_path(c, (struct point[2]){{x0, y0}, {x1, y1}}, 2, stroke);
}

static void put_points(struct buf *rows, const struct point *points, size_t count)
{
    bool open = false;
    for (size_t i = 0; i < count; i++) {
        if (isfinite(points[i].y))
            buf_print(rows, "%.2f\t%.2f\n", points[i].x, points[i].y);
        else if (open)
            buf_char(rows, '\n'); // a blank row ends the piece
        open = isfinite(points[i].y);
    }
    if (open)
        buf_char(rows, '\n');
}

void canvas_path(struct canvas *c, const struct point *points, size_t count, struct stroke stroke)
{
    put_points(rows_for(c, (struct layer){.kind = LAYER_LINE, .stroke = stroke}), points, count);
}

void canvas_area(struct canvas *c, const struct point *points, size_t count, uint32_t colour,
                 double opacity)
{
    struct layer style = {.kind = LAYER_AREA, .colour = colour, .opacity = opacity};
    put_points(rows_for(c, style), points, count);
}

static void put_mark(struct canvas *c, double x, double y, enum mark mark, double radius,
                     uint32_t colour)
{
    struct layer style = {.kind = LAYER_MARK, .mark = mark, .radius = radius};
    buf_print(rows_for(c, style), "%.2f\t%.2f\t%u\n", x, y, colour);
}

void canvas_mark(struct canvas *c, double x, double y, enum mark mark, double radius,
                 uint32_t colour)
{
    if (mark != MARK_RING) {
        put_mark(c, x, y, mark, radius, colour);
        return;
    }
    put_mark(c, x, y, MARK_DISC, radius, colour);
    put_mark(c, x, y, MARK_DISC, radius - 1.6, COLOUR_PAPER);
}

void canvas_text(struct canvas *c, double x, double y, struct type type, struct str text)
{
    struct str clean = text_clean(c->arena, text);
    if (!clean.len)
        return;
    struct layer style = {.kind = LAYER_TEXT, .type = type};
    struct buf *rows = rows_for(c, style);
    buf_print(rows, "%.2f\t%.2f\t", x, y);
    text_quote(rows, clean);
    buf_print(rows, "\t%u\n", type.colour);
    struct written w = {clean, x, y, text_width(clean, type.size, type.bold), type};
    vec_push(&c->texts, w);
}

double canvas_line_height(double size)
{
    return ceil(size * 1.3);
}

void canvas_lines(struct canvas *c, double x, double y, struct type type, const struct lines *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        canvas_text(c, x, y + (double)i * canvas_line_height(type.size), type, lines->at[i]);
}

struct box written_box(const struct written *w)
{
    double left = w->x;
    if (w->type.align == ALIGN_CENTRE)
        left -= w->width / 2;
    else if (w->type.align == ALIGN_RIGHT)
        left -= w->width;
    // Capitals with an accent stand 0.56 of the size above the middle, descenders 0.6 below.
    double half = 0.58 * w->type.size;
    return (struct box){left, w->y - half, left + w->width, w->y + half};
}

static const int point_types[MARK_COUNT] = {
    [MARK_DISC] = 7, [MARK_RING] = 6, [MARK_SQUARE] = 5, [MARK_TRIANGLE] = 9, [MARK_DIAMOND] = 13};

static void put_text_style(struct buf *out, const struct type *t)
{
    static const char *const aligns[] = {"left", "center", "right"};
    buf_print(out, "using 1:($2+D*%g):3:4 with labels %s tc rgb variable font \"DejaVu Sans%s,%g\"",
              t->size, aligns[t->align], t->bold ? " Bold" : "", t->size);
    if (t->angle)
        buf_print(out, " rotate by %d", t->angle);
}

static void put_style(struct buf *out, const struct layer *l)
{
    static const char *const dashes[] = {"", " dt (8,6)", " dt (2,6)"};
    switch (l->kind) {
    case LAYER_RECT:
        buf_text(out, "using 1:2:3:4:5:6:7 with boxxyerror fs solid 1 noborder lc rgb variable");
        break;
    case LAYER_LINE:
        buf_print(out, "using 1:2 with lines lw %g lc rgb \"#%06X\"%s", l->stroke.width,
                  l->stroke.colour, dashes[l->stroke.dash]);
        break;
    case LAYER_AREA:
        buf_print(out,
                  "using 1:2 with filledcurves closed fs transparent solid %g noborder "
                  "fc rgb \"#%06X\"",
                  l->opacity, l->colour);
        break;
    case LAYER_MARK:
        buf_print(out, "using 1:2:3 with points pt %d ps %g*P lc rgb variable",
                  point_types[l->mark], l->radius);
        break;
    case LAYER_TEXT:
        put_text_style(out, &l->type);
        break;
    }
}

void canvas_script(const struct canvas *c, struct buf *blocks, struct buf *command)
{
    for (size_t i = 0; i < c->layers.len; i++) {
        buf_print(blocks, "$d%zu << __END__\n", i + 1);
        buf_str(blocks, buf_view(&c->layers.at[i].rows));
        buf_text(blocks, "__END__\n");
        buf_print(command, "%s$d%zu ", i ? ", \\\n  " : "plot ", i + 1);
        put_style(command, &c->layers.at[i]);
    }
    buf_text(command, c->layers.len ? "\n" : "plot NaN\n");
}

void canvas_free(struct canvas *c)
{
    for (size_t i = 0; i < c->layers.len; i++)
        buf_free(&c->layers.at[i].rows);
    vec_free(&c->layers);
    vec_free(&c->texts);
}
