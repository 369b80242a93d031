// SPDX-License-Identifier: GPL-3.0-or-later
// Axes: thin lines at round numbers, numbers of our own, names of periods.
#include "plots/sheet.h"

#include <math.h>

static const struct stroke grid = {COLOUR_GRID, 1, DASH_NONE};
static const struct stroke axis = {COLOUR_AXIS, 1, DASH_NONE};

static const char *tick_text(const struct plot *p, const struct ruler *s, int i,
                             struct fmt_form form)
{
    form.decimals = s->decimals;
    return with_form(p, scale_tick(s, i), form);
}

// Every how many ticks a number may stand without touching the next.
static int label_every(const struct plot *p, const struct ruler *s, struct fmt_form form)
{
    double widest = 0, step = fabs(s->step / (s->high - s->low) * (s->to - s->from));
    for (int i = 0; i < s->ticks; i++)
        widest = fmax(widest, text_width(str_of(tick_text(p, s, i, form)), type_small.size, false));
    int every = (int)ceil((widest + 8) / fmax(1, step));
    return every < 1 ? 1 : every;
}

void sheet_axis_x(struct plot *p, const struct ruler *s, struct field f, struct fmt_form form,
                  const char *title)
{
    struct type type = type_as(type_small, ALIGN_CENTRE, COLOUR_QUIET);
    int every = label_every(p, s, form);
    for (int i = 0; i < s->ticks; i++) {
        double x = floor(scale_place(s, scale_tick(s, i))) + 0.5;
        canvas_line(&p->canvas, x, f.top, x, f.bottom, grid);
    }
    canvas_line(&p->canvas, f.left, f.bottom + 0.5, f.right, f.bottom + 0.5, axis);
    for (int i = 0; i < s->ticks; i++) {
        double x = floor(scale_place(s, scale_tick(s, i))) + 0.5;
        canvas_line(&p->canvas, x, f.bottom, x, f.bottom + 4, axis);
        if (i % every == 0)
            canvas_text(&p->canvas, x, f.bottom + 13, type, str_of(tick_text(p, s, i, form)));
    }
    p->y = f.bottom + 24;
    if (!title || !*title)
        return;
    struct lines lines =
        text_wrap(p->arena, str_of(title), 2, SHEET_WIDTH - 2 * SHEET_MARGIN, type.size, false);
    double half = lines.width / 2, x = (f.left + f.right) / 2;
    x = fmin(SHEET_WIDTH - SHEET_MARGIN - half, fmax(SHEET_MARGIN + half, x));
    canvas_lines(&p->canvas, x, p->y + 8, type, &lines);
    p->y += 8 + (double)lines.count * canvas_line_height(type.size);
}

double axis_y_room(const struct plot *p, const struct ruler *s, struct fmt_form form)
{
    double widest = 0;
    for (int i = 0; i < s->ticks; i++)
        widest = fmax(widest, text_width(str_of(tick_text(p, s, i, form)), type_small.size, false));
    return ceil(widest + 10);
}

void sheet_axis_y(struct plot *p, const struct ruler *s, struct field f, struct fmt_form form,
                  const char *title)
{
    struct type type = type_as(type_small, ALIGN_RIGHT, COLOUR_QUIET);
    for (int i = 0; i < s->ticks; i++) {
        double y = floor(scale_place(s, scale_tick(s, i))) + 0.5;
        canvas_line(&p->canvas, f.left, y, f.right, y, grid);
    }
    for (int i = 0; i < s->ticks; i++) {
        double y = floor(scale_place(s, scale_tick(s, i))) + 0.5;
        canvas_text(&p->canvas, f.left - 7, y, type, str_of(tick_text(p, s, i, form)));
    }
    if (title && *title)
        canvas_text(
            &p->canvas, SHEET_MARGIN, f.top - 14, type_as(type, ALIGN_LEFT, COLOUR_QUIET),
            text_cut(p->arena, str_of(title), 90, f.right - SHEET_MARGIN, type.size, false));
}

// ---- time

static double widest_period(const struct plot *p, size_t count)
{
    // The period of the plot is as long as any; a series of years is shorter.
    double width = text_width(STR("2003-04 Q3"), type_small.size, false);
    return p->period.fiscal && count ? width : text_width(STR("2003 Q4 "), type_small.size, false);
}

static bool is_turned(const struct plot *p, size_t count, double width)
{
    return count > 1 && width / (double)count < widest_period(p, count) + 8;
}

double axis_time_room(const struct plot *p, size_t count, double width)
{
    return is_turned(p, count, width) ? 14 + 0.71 * (widest_period(p, count) + 10) : 24;
}

void sheet_axis_time(struct plot *p, const struct period *periods, const double *at, size_t count,
                     struct field f)
{
    bool turned = is_turned(p, count, f.right - f.left);
    struct type type = type_as(type_small, turned ? ALIGN_RIGHT : ALIGN_CENTRE, COLOUR_QUIET);
    type.angle = turned ? 45 : 0;
    double step = count > 1 ? (at[count - 1] - at[0]) / (double)(count - 1) : 100;
    size_t every = (size_t)fmax(1, ceil(17 / fmax(1, step)));
    canvas_line(&p->canvas, f.left, f.bottom + 0.5, f.right, f.bottom + 0.5, axis);
    for (size_t i = 0; i < count; i++) {
        double x = floor(at[i]) + 0.5;
        canvas_line(&p->canvas, x, f.bottom, x, f.bottom + 4, axis);
        if ((count - 1 - i) % every == 0)
            canvas_text(&p->canvas, turned ? x + 4 : x, f.bottom + (turned ? 11 : 14), type,
                        str_of(period_name(p, periods[i])));
    }
    p->y = f.bottom + axis_time_room(p, count, f.right - f.left);
}
