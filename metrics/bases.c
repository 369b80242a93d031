// SPDX-License-Identifier: GPL-3.0-or-later
// Who an estimate rests on.
#include "engine/stats/dist.h"
#include "engine/stats/exact.h"
#include "metrics/respondents.h"

#include <math.h>

enum missing asked_why(const struct asked *a, size_t row)
{
    return a->why[row];
}

// Gathers the weights of the rows chosen. Sums are exact: they do not depend on the order of rows.
static void weigh(struct base *b, const struct frame *f, struct arena *arena)
{
    double *w = NEWS(arena, b->n + 1, double);
    struct exact sum = {0}, squares = {0};
    b->weight = NEWS(arena, b->n + 1, int64_t);
    for (size_t i = 0; i < b->n; i++) {
        b->weight[i] = f->weight[b->row[i]];
        w[i] = f->w[b->row[i]];
        b->heaviest = b->weight[i] > b->heaviest ? b->weight[i] : b->heaviest;
        exact_add(&sum, b->weight[i]);
        exact_add_product(&squares, b->weight[i], b->weight[i]);
    }
    struct wide total = wide_of(&sum), square = wide_of(&squares);
    quad unit = f->weight_scale ? 1 / (quad)num_power10[f->weight_scale] : (quad)f->weight_unit;
    b->weight_sum = wide_quad(&total);
    b->weighted_n = f->weight_scale ? (double)(b->weight_sum / (quad)num_power10[f->weight_scale])
                                    : (double)(b->weight_sum * unit);
    b->kish = b->n ? (double)(b->weight_sum * b->weight_sum / wide_quad(&square)) : NAN;
    b->domain = domain_new(arena, &f->design, b->row, b->n, w);
}

struct base *base_where(struct cell *cell, bool (*keep)(const void *context, size_t row),
                        const void *context)
{
    struct view *v = view_of(cell);
    const struct group *g = v->group;
    struct base *b = NEW(v->arena, struct base);
    uint32_t *row = NEWS(v->arena, g->count + 1, uint32_t);
    for (size_t i = 0; i < g->count; i++)
        if (keep(context, g->rows[i]))
            row[b->n++] = g->rows[i];
    b->row = row;
    weigh(b, v->frame, v->arena);
    return b;
}

static bool is_valid(const void *context, size_t row)
{
    return asked_why(context, row) == VALID;
}

static bool is_asked(const void *context, size_t row)
{
    return asked_why(context, row) != MISSING_NOT_ASKED;
}

static void count_invalid(struct base *b, const struct view *v)
{
    for (size_t i = 0; i < v->group->count; i++)
        b->invalid[asked_why(v->asked, v->group->rows[i])]++;
    b->invalid[VALID] = 0;
}

const struct base *base_valid(struct cell *cell)
{
    const struct view *v = view_of(cell);
    if (!v->kept->valid) {
        v->kept->valid = base_where(cell, is_valid, v->asked);
        count_invalid(v->kept->valid, v);
    }
    return v->kept->valid;
}

const struct base *base_asked(struct cell *cell)
{
    const struct view *v = view_of(cell);
    if (!v->kept->everybody) {
        v->kept->everybody = base_where(cell, is_asked, v->asked);
        count_invalid(v->kept->everybody, v);
    }
    return v->kept->everybody;
}

struct pair {
    const struct asked *a, *b;
};

static bool is_pair(const void *context, size_t row)
{
    const struct pair *p = context;
    return asked_why(p->a, row) == VALID && asked_why(p->b, row) == VALID;
}

struct base *base_both(struct cell *cell, const struct asked *a, const struct asked *b)
{
    struct pair pair = {a, b};
    return base_where(cell, is_pair, &pair);
}

enum estimate_status base_empty(const struct base *b)
{
    double apart = b->invalid[MISSING_NOT_ASKED] + b->invalid[MISSING_NOT_APPLICABLE], all = 0;
    for (int why = VALID; why < MISSING_COUNT; why++)
        all += b->invalid[why];
    return all > 0 && apart >= all ? EST_NOT_APPLICABLE : EST_NO_DATA;
}

struct measure measure_of(struct cell *cell, const struct base *b, const struct asked *a)
{
    struct view *v = view_of(cell);
    int64_t *value = NEWS(v->arena, b->n + 1, int64_t);
    for (size_t i = 0; i < b->n; i++)
        value[i] = column_whole(a->column, b->row[i]);
    return (struct measure){.v = value,
                            .scale = a->column->binary ? 0 : a->column->scale,
                            .binary = a->column->binary ? a->column->unit : 0};
}

// Whole numbers of two columns at one scale; false: they do not fit, or are binary.
static bool same_scale(const struct column *a, const struct column *b, int64_t *by_a, int64_t *by_b,
                       int *scale)
{
    *scale = a->scale > b->scale ? a->scale : b->scale;
    *by_a = num_power10[*scale - a->scale];
    *by_b = num_power10[*scale - b->scale];
    return !a->binary && !b->binary && a->most < INT64_MAX / 4 / *by_a &&
           b->most < INT64_MAX / 4 / *by_b;
}

struct measure measure_difference(struct cell *cell, const struct base *base, const struct asked *a,
                                  const struct asked *b)
{
    struct view *v = view_of(cell);
    int64_t by_a, by_b;
    int scale;
    if (same_scale(a->column, b->column, &by_a, &by_b, &scale)) {
        int64_t *d = NEWS(v->arena, base->n + 1, int64_t);
        for (size_t i = 0; i < base->n; i++)
            d[i] = column_whole(a->column, base->row[i]) * by_a -
                   column_whole(b->column, base->row[i]) * by_b;
        return (struct measure){.v = d, .scale = scale};
    }
    double *x = NEWS(v->arena, base->n + 1, double);
    for (size_t i = 0; i < base->n; i++)
        x[i] = column_value(a->column, base->row[i]) - column_value(b->column, base->row[i]);
    return measure_of_doubles(cell, base, x);
}

struct measure measure_of_doubles(struct cell *cell, const struct base *b, const double *x)
{
    struct view *v = view_of(cell);
    int64_t *grid = NEWS(v->arena, b->n + 1, int64_t);
    double unit = column_of_doubles(grid, x, b->n);
    return (struct measure){.v = grid, .binary = unit};
}

struct cell cell_of_item(const struct cell *cell, const struct asked *a, struct view *view)
{
    struct cell own = *cell;
    *view = *(const struct view *)cell->state;
    view->asked = (struct asked *)(uintptr_t)a;
    view->kept = NEW(view->arena, struct kept);
    view->book = NULL;
    own.state = view;
    return own;
}

struct cell cell_of_whole(const struct cell *cell, struct view *view)
{
    const struct view *v = cell->state;
    struct cell own = cell_of_item(cell, v->asked, view);
    view->group = v->group->whole;
    return own;
}

struct cell cell_answer(const struct cell *cell, const char *by, const char *answer)
{
    struct cell inner = *cell;
    const struct view *v = cell->state;
    struct view *own = NEW(v->arena, struct view);
    bool within = *v->group->breakdown != '\0';
    *own = *v;
    own->answer_by = by;
    own->answer = answer;
    inner.state = own;
    inner.by = within ? arena_print(&cell->out->arena, "%s*%s", v->group->breakdown, by) : by;
    inner.level =
        within ? arena_print(&cell->out->arena, "%s*%s", v->group->level, answer) : answer;
    return inner;
}

double moe_z(double confidence)
{
    return dist_normal_quantile(1 - (1 - confidence) / 2);
}
