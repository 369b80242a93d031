// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of a survey in the order of their units: what is summed by unit then lies together.
#include "engine/run/frame_parts.h"
#include "engine/run/work.h"

static void find_order(struct frame *f)
{
    uint32_t *start = mem_new((size_t)f->design.unit_count + 2, sizeof *start);
    f->order = NEWS(&f->arena, f->rows + 1, uint32_t);
    for (size_t i = 0; i < f->rows; i++)
        start[f->design.unit ? f->design.unit[i] + 1 : 1]++;
    for (uint32_t u = 1; u <= f->design.unit_count; u++)
        start[u] += start[u - 1];
    for (size_t i = 0; i < f->rows; i++)
        f->order[f->design.unit ? start[f->design.unit[i]]++ : i] = (uint32_t)i;
    mem_free(start);
}

// ---- bringing the rows into it

#define ARRANGE(type, array)                                                  \
    do {                                                                      \
        type *arranged = (array) ? mem_new(f->rows, sizeof *arranged) : NULL; \
        for (size_t i = 0; arranged && i < f->rows; i++)                      \
            arranged[i] = (array)[f->order[i]];                               \
        if (arranged)                                                         \
            memcpy((array), arranged, f->rows * sizeof *arranged);            \
        mem_free(arranged);                                                   \
    } while (0)

// What the frame itself holds of its rows; then come the columns.
enum own_rows { ROWS_PLACES, ROWS_WEIGHT, ROWS_W, ROWS_UNIT, ROWS_OWN };

struct arranging {
    struct frame *frame;
    VEC(struct column *) columns;
};

static void arrange_one(void *context, int worker, size_t number)
{
    struct arranging *a = context;
    struct frame *f = a->frame;
    (void)worker;
    if (number >= ROWS_OWN) {
        column_arrange(a->columns.at[number - ROWS_OWN], f->order);
        return;
    }
    switch ((enum own_rows)number) {
    case ROWS_PLACES:
        ARRANGE(uint16_t, f->region);
        ARRANGE(uint16_t, f->period);
        break;
    case ROWS_WEIGHT:
        ARRANGE(int64_t, f->weight);
        break;
    case ROWS_W:
        ARRANGE(double, f->w);
        break;
    case ROWS_UNIT:
        ARRANGE(uint32_t, f->design.unit);
        break;
    case ROWS_OWN:
        break;
    }
}

static void list_columns(struct arranging *a)
{
    struct frame *f = a->frame;
    for (size_t i = 0; i < f->variable_count; i++) {
        struct variable *v = &f->variables[i];
        if (v->column)
            vec_push(&a->columns, v->column);
        for (size_t k = 0; k < v->column_count; k++)
            vec_push(&a->columns, &v->columns[k]);
    }
    for (size_t i = 0; i < f->breakdown_count; i++)
        vec_push(&a->columns, &f->breakdowns[i].column);
    if (f->mix && f->mix == &f->breakdowns[f->breakdown_count])
        vec_push(&a->columns, &f->mix->column);
}

static bool in_order(const struct frame *f)
{
    for (size_t i = 0; i < f->rows; i++)
        if (f->order[i] != i)
            return false;
    return true;
}

static void arrange(struct frame *f, int threads)
{
    struct arranging a = {.frame = f};
    list_columns(&a);
    work_each(threads, ROWS_OWN + a.columns.len, arrange_one, &a);
    vec_free(&a.columns);
    for (size_t i = 0; i < f->rows; i++)
        f->order[i] = (uint32_t)i;
}

static void domain_of_all(struct frame *f)
{
    double *w = NEWS(&f->arena, f->rows + 1, double);
    for (size_t i = 0; i < f->rows; i++)
        w[i] = f->w[f->order[i]];
    f->all = domain_new(&f->arena, &f->design, f->order, f->rows, w);
    f->residual.all = f->all;
}

void frame_order(struct frame *f, int threads)
{
    find_order(f);
    if (f->residuals)
        domain_of_all(f);
    else if (f->design.unit && !in_order(f))
        arrange(f, threads);
}
