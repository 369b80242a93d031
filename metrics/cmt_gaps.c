// SPDX-License-Identifier: GPL-3.0-or-later
// Two answers of one respondent: gaps, and standards that clients define (indicators.md 3.2).
#include "metrics/cmt_rows.h"

#include <math.h>
#include <stdlib.h>

// ---- importance less satisfaction

// The importance rating beside the item at hand; NULL: none.
static const struct asked *importance(struct cell *cell)
{
    const struct view *v = view_of(cell);
    if (!v->asked || !v->asked->column || !item_rated(v->asked->item) || v->asked->variable->parent)
        return NULL;
    return asked_beside(v, v->asked, "importance");
}

static bool same_points(const struct item *a, const struct item *b)
{
    return fabs(a->low - b->low) < 0.5 && fabs(a->high - b->high) < 0.5;
}

static struct estimate *gap(const struct indicator *self, struct cell *cell, double factor)
{
    const struct view *v = view_of(cell);
    const struct asked *wanted = importance(cell);
    if (!wanted)
        return NULL;
    if (!same_points(wanted->item, v->asked->item))
        return give_nothing(cell, self, EST_NOT_APPLICABLE, "");
    const struct base *b = base_both(cell, wanted, v->asked);
    struct measure m = measure_difference(cell, b, wanted, v->asked);
    m.factor = factor;
    return give_mean(cell, self, b, &m);
}

void cmt_gap(const struct indicator *self, struct cell *cell)
{
    gap(self, cell, 1);
}

void cmt_gap_index(const struct indicator *self, struct cell *cell)
{
    const struct asked *a = view_of(cell)->asked;
    struct estimate *e =
        a && item_rated(a->item) ? gap(self, cell, 100 / (a->item->high - a->item->low)) : NULL;
    if (e)
        leave_uncompared(e);
}

// ---- actual and acceptable

static const struct asked *acceptable(struct cell *cell)
{
    const struct view *v = view_of(cell);
    if (!v->asked || v->asked->item->scale != SCALE_NUMBER || v->asked->variable->parent)
        return NULL;
    return asked_beside(v, v->asked, "acceptable");
}

struct two {
    const struct asked *actual, *accepted;
};

// Both valid, neither negative.
static bool both_there(const void *context, size_t row)
{
    const struct two *t = context;
    return asked_why(t->actual, row) == VALID && asked_why(t->accepted, row) == VALID &&
           column_whole(t->actual->column, row) >= 0 && column_whole(t->accepted->column, row) >= 0;
}

static const struct base *pair_base(struct cell *cell, struct measure *difference)
{
    const struct asked *wanted = acceptable(cell);
    if (!wanted)
        return NULL;
    struct two two = {view_of(cell)->asked, wanted};
    const struct base *b = base_where(cell, both_there, &two);
    *difference = measure_difference(cell, b, two.actual, two.accepted);
    return b;
}

void cmt_expectation_gap(const struct indicator *self, struct cell *cell)
{
    struct measure m;
    const struct base *b = pair_base(cell, &m);
    if (b)
        give_mean(cell, self, b, &m);
}

void cmt_expectation_gap_median(const struct indicator *self, struct cell *cell)
{
    struct measure m;
    const struct base *b = pair_base(cell, &m);
    if (b)
        give_quantile(cell, self, b, &m, 0.5);
}

void cmt_within_acceptable(const struct indicator *self, struct cell *cell)
{
    struct measure m;
    const struct base *b = pair_base(cell, &m);
    if (!b)
        return;
    int64_t *within = mem_new(b->n + 1, sizeof *within);
    for (size_t i = 0; i < b->n; i++)
        within[i] = m.v[i] <= 0;
    give_share(cell, self, b, within);
    mem_free(within);
}

// ---- what clients accept

struct accepted { // an acceptable value with its weight
    int64_t v, w;
};

static int accepted_order(const void *a, const void *b)
{
    const struct accepted *x = a, *y = b;
    return (x->v > y->v) - (x->v < y->v);
}

static bool is_accepted(const void *context, size_t row)
{
    const struct asked *a = context;
    return asked_why(a, row) == VALID && column_whole(a->column, row) >= 0;
}

static struct accepted *sorted_values(const struct frame *f, const struct asked *a,
                                      const uint32_t *rows, size_t n, size_t *count)
{
    struct accepted *list = mem_new(n + 1, sizeof *list);
    *count = 0;
    for (size_t i = 0; i < n; i++)
        if (is_accepted(a, rows[i]))
            list[(*count)++] =
                (struct accepted){column_whole(a->column, rows[i]), f->weight[rows[i]]};
    qsort(list, *count, sizeof *list, accepted_order);
    return list;
}

enum { MOST_VALUES = 50 };

// The values t at which the curve is given: every distinct one of the survey, or, where there are
// more than 50, those at 2 %, 4 %, … of their distribution.
static size_t curve_values(const struct view *v, const struct asked *a, int64_t *out)
{
    size_t n, count = 0, distinct = 0;
    struct accepted *list = sorted_values(v->frame, a, v->frame->order, v->frame->rows, &n);
    int128 total = 0, below = 0;
    for (size_t i = 0; i < n; i++) {
        total += list[i].w;
        distinct += !i || list[i].v != list[i - 1].v;
    }
    for (size_t i = 0; i < n; i++) {
        below += list[i].w;
        bool last = i + 1 == n || list[i + 1].v != list[i].v;
        bool reached = distinct <= MOST_VALUES;
        while (distinct > MOST_VALUES && count < MOST_VALUES &&
               below * MOST_VALUES >= total * ((int128)count + 1)) {
            out[count++] = list[i].v;
        }
        if (last && reached)
            out[count++] = list[i].v;
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!i || out[i] != out[i - 1])
            out[kept++] = out[i];
    mem_free(list);
    return kept;
}

void cmt_accepts(const struct indicator *self, struct cell *cell)
{
    const struct view *v = view_of(cell);
    const struct asked *a = acceptable(cell);
    int64_t at[MOST_VALUES];
    if (!a)
        return;
    size_t count = curve_values(v, a, at);
    const struct base *b = base_where(cell, is_accepted, a);
    int64_t *accepts = mem_new(b->n + 1, sizeof *accepts);
    for (size_t k = 0; k < count; k++) {
        char text[NUM_TEXT];
        num_text(a->column->binary ? (double)at[k] * a->column->unit
                                   : decimal_value((struct decimal){at[k], a->column->scale}),
                 text);
        struct cell answer = cell_answer(cell, "value", arena_text(&cell->out->arena, text));
        for (size_t i = 0; i < b->n; i++)
            accepts[i] = column_whole(a->column, b->row[i]) >= at[k];
        give_share(&answer, self, b, accepts);
    }
    mem_free(accepts);
}

// The largest value that at least 80 % (client_standard) accept.
void cmt_client_standard(const struct indicator *self, struct cell *cell)
{
    const struct view *v = view_of(cell);
    const struct asked *a = acceptable(cell);
    if (!a)
        return;
    const struct base *b = base_where(cell, is_accepted, a);
    size_t n;
    struct accepted *list = sorted_values(v->frame, a, v->group->rows, v->group->count, &n);
    int128 total = 0, above = 0;
    double found = NAN;
    for (size_t i = 0; i < n; i++)
        total += list[i].w;
    for (size_t i = n; i-- > 0 && isnan(found);) {
        above += list[i].w;
        if ((i == 0 || list[i - 1].v != list[i].v) &&
            (quad)above * 100 >= (quad)total * (quad)v->frame->survey->client_standard)
            found = a->column->binary
                        ? (double)list[i].v * a->column->unit
                        : decimal_value((struct decimal){list[i].v, a->column->scale});
    }
    mem_free(list);
    give_plain(cell, self, b, found);
}
