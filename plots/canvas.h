// SPDX-License-Identifier: GPL-3.0-or-later
// A sheet in px, y downwards, on which charts are laid out to the pixel; its script lets gnuplot
// draw it, in the order in which things were put. Neighbours of one style share a data block, so a
// script stays short enough to be read.
#pragma once
#include "plots/palette.h"
#include "plots/place.h"
#include "plots/text.h"

enum align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };

struct type { // how a text looks; size in px
    double size;
    uint32_t colour;
    enum align align;
    bool bold;
    int angle; // degrees, anticlockwise
};

enum dash { DASH_NONE, DASH_LONG, DASH_DOTS };
struct stroke {
    uint32_t colour;
    double width;
    enum dash dash;
};

enum mark { MARK_DISC, MARK_RING, MARK_SQUARE, MARK_TRIANGLE, MARK_DIAMOND, MARK_COUNT };

struct point {
    double x, y; // NaN y: a gap
};

struct written { // a text on the sheet, for whoever checks that none is cut or covered
    struct str text;
    double x, y, width; // anchor and width; y the centre
    struct type type;
};

struct layer; // rows of one style
struct canvas {
    struct arena *arena;
    double width, height; // px; the height may be set last
    VEC(struct layer) layers;
    VEC(struct written) texts;
};

void canvas_rect(struct canvas *c, struct box box, uint32_t colour);
void canvas_frame(struct canvas *c, struct box box, struct stroke stroke);
void canvas_line(struct canvas *c, double x0, double y0, double x1, double y1,
                 struct stroke stroke);
// Straight pieces between points; a gap where y is NaN.
void canvas_path(struct canvas *c, const struct point *points, size_t count, struct stroke stroke);
// A closed surface; opacity 0..1.
void canvas_area(struct canvas *c, const struct point *points, size_t count, uint32_t colour,
                 double opacity);
void canvas_mark(struct canvas *c, double x, double y, enum mark mark, double radius,
                 uint32_t colour);
void canvas_text(struct canvas *c, double x, double y, struct type type, struct str text);
double canvas_line_height(double size);
// Lines one under the other, the first centred on y.
void canvas_lines(struct canvas *c, double x, double y, struct type type,
                  const struct lines *lines);
struct box written_box(const struct written *w); // of a text that is not turned

// Data blocks, and the plot command that draws them; both plain gnuplot. The command uses D
// (baseline) and P (size of points), which every terminal sets for itself (gnuplot.c).
void canvas_script(const struct canvas *c, struct buf *blocks, struct buf *command);
void canvas_free(struct canvas *c);
