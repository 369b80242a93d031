// SPDX-License-Identifier: GPL-3.0-or-later
// The parts that charts have in common: head, legend, rows with names, axes, foot. Each part is
// laid at p->y and moves it down; sheet_end gives the sheet its height.
#pragma once
#include "plots/pick.h"
#include "plots/scale.h"

enum { SHEET_WIDTH = 880, SHEET_MARGIN = 16, ROWS_MOST = 400 };

// Texts in the styles of all charts.
extern const struct type type_name, type_strong, type_value, type_small;
struct type type_as(struct type t, enum align align, uint32_t colour);

// Adds to the title, the subtitle ("; " between parts) or the alternative text (sentences), in the
// language of the plot: English, French, then what stands for %1 to %9.
#define plot_title(p, ...) plot_words(p, &(p)->title, "", WORDS(__VA_ARGS__))
#define plot_subtitle(p, ...) plot_words(p, &(p)->subtitle, "; ", WORDS(__VA_ARGS__))
#define plot_tell(p, ...) plot_words(p, &(p)->alternative, " ", WORDS(__VA_ARGS__))
#define text_of(p, ...) plot_text(p, WORDS(__VA_ARGS__))
#define WORDS(...) \
    (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)
void plot_words(struct plot *p, struct buf *into, const char *between, const char *const *words,
                size_t count);
const char *plot_text(const struct plot *p, const char *const *words, size_t count);
// "a, b and c".
const char *list_text(const struct plot *p, const char *const *items, size_t count);

// Title, subtitle and the symbols seen so far.
void sheet_head(struct plot *p);

struct legend {
    enum { LEGEND_SWATCH, LEGEND_MARK, LEGEND_LINE, LEGEND_TICK, LEGEND_BOX } kind;
    enum mark mark;
    struct stroke stroke; // of lines and edges
    uint32_t colour;
    const char *text;
};
void sheet_legend(struct plot *p, const struct legend *entries, size_t count);

struct row {
    const char *name;
    const char *n;     // second column, NULL = none
    const char *right; // last column, NULL = none
    bool strong;       // the whole
    bool heading;      // a name over the rows to come
    double y;          // px, centre; set by sheet_rows
};
struct rows {
    VEC(struct row) at;
    const char *n_head, *right_head; // NULL = no such column
    double left, right, top, bottom; // px of the field for marks; set by sheet_rows
};
struct row *rows_add(struct rows *rows, const char *name);
void sheet_rows(struct plot *p, struct rows *rows);
void rows_free(struct rows *rows);

// Field of a chart with two axes.
struct field {
    double left, right, top, bottom;
};
// Vertical lines at the ticks of a scale, numbers and the title below.
void sheet_axis_x(struct plot *p, const struct ruler *s, struct field f, struct fmt_form form,
                  const char *title);
// Horizontal lines and numbers at the left; the title stands above the axis, left.
void sheet_axis_y(struct plot *p, const struct ruler *s, struct field f, struct fmt_form form,
                  const char *title);
double axis_y_room(const struct plot *p, const struct ruler *s, struct fmt_form form);
// Names of periods below a field whose places are `at`: turned when they do not fit side by side.
void sheet_axis_time(struct plot *p, const struct period *periods, const double *at, size_t count,
                     struct field f);
double axis_time_room(const struct plot *p, size_t count, double width); // px below the field

void sheet_note(struct plot *p, const char *text); // a line at the foot
void sheet_end(struct plot *p);

// A point with its interval: caution is hollow and orange.
void draw_whisker(struct plot *p, const struct ruler *s, const struct estimate *e, double y,
                  uint32_t colour, enum mark mark);
