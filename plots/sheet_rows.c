// SPDX-License-Identifier: GPL-3.0-or-later
// Rows: name, n, the field for marks, a last column with values.
#include "plots/sheet.h"

#include <math.h>

enum { ROW_HEIGHT = 28, NAME_ROOM = 270, COLUMN_GAP = 14 };

struct row *rows_add(struct rows *rows, const char *name)
{
    vec_push(&rows->at, ((struct row){.name = name}));
    return &rows->at.at[rows->at.len - 1];
}

void rows_free(struct rows *rows)
{
    vec_free(&rows->at);
}

static double text_room(double room, const char *text, bool bold)
{
    return text ? fmax(room, text_width(str_of(text), type_value.size, bold)) : room;
}

static struct lines name_lines(const struct plot *p, const struct row *r)
{
    double room = r->heading ? SHEET_WIDTH - 2 * SHEET_MARGIN : NAME_ROOM;
    struct str name = text_cut(p->arena, str_of(r->name), LABEL_MOST, 1e9, type_name.size, false);
    return text_wrap(p->arena, name, 2, room, type_name.size, r->strong || r->heading);
}

static void measure(const struct plot *p, const struct rows *rows, double *name, double *n,
                    double *right)
{
    *name = 40;
    *n = text_room(0, rows->n_head, false);
    *right = text_room(0, rows->right_head, false);
    for (size_t i = 0; i < rows->at.len; i++) {
        const struct row *r = &rows->at.at[i];
        if (!r->heading)
            *name = fmax(*name, name_lines(p, r).width);
        *n = text_room(*n, r->n, r->strong);
        *right = text_room(*right, r->right, r->strong);
    }
}

static void put_heads(struct plot *p, const struct rows *rows, double n_end)
{
    struct type type = type_as(type_small, ALIGN_RIGHT, COLOUR_QUIET);
    if (rows->n_head)
        canvas_text(&p->canvas, n_end, p->y + 8, type, str_of(rows->n_head));
    if (rows->right_head)
        canvas_text(&p->canvas, SHEET_WIDTH - SHEET_MARGIN, p->y + 8, type,
                    str_of(rows->right_head));
    if (rows->n_head || rows->right_head)
        p->y += 20;
}

static void put_row(struct plot *p, const struct rows *rows, struct row *r, double n_end)
{
    struct lines lines = name_lines(p, r);
    double step = canvas_line_height(type_name.size), extra = step * (double)(lines.count - 1);
    double height = fmax(ROW_HEIGHT, 11 + step * (double)lines.count);
    r->y = floor(p->y + height / 2) + 0.5;
    struct type name = r->strong || r->heading ? type_strong : type_name;
    canvas_lines(&p->canvas, SHEET_MARGIN, r->y - (lines.count ? extra / 2 : 0), name, &lines);
    struct type value = type_as(type_value, ALIGN_RIGHT, COLOUR_QUIET);
    value.bold = r->strong;
    if (r->n)
        canvas_text(&p->canvas, n_end, r->y, value, str_of(r->n));
    value.colour = COLOUR_INK;
    if (r->right)
        canvas_text(&p->canvas, SHEET_WIDTH - SHEET_MARGIN, r->y, value, str_of(r->right));
    if (!r->heading)
        canvas_line(&p->canvas, rows->left, r->y, rows->right, r->y,
                    (struct stroke){0xF0F0F0, 1, DASH_NONE});
    p->y += height;
}

void sheet_rows(struct plot *p, struct rows *rows)
{
    double name, n, right;
    measure(p, rows, &name, &n, &right);
    double n_end = SHEET_MARGIN + name + (n > 0 ? COLUMN_GAP + n : 0);
    rows->left = ceil(n_end + COLUMN_GAP + 4) + 0.5;
    rows->right =
        floor(SHEET_WIDTH - SHEET_MARGIN - (right > 0 ? right + COLUMN_GAP + 4 : 12)) + 0.5;
    put_heads(p, rows, n_end);
    rows->top = p->y;
    for (size_t i = 0; i < rows->at.len; i++)
        put_row(p, rows, &rows->at.at[i], n_end);
    rows->bottom = p->y;
}
