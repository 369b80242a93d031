// SPDX-License-Identifier: GPL-3.0-or-later
// Several items of one respondent: composites and their reliability.
#include "engine/stats/reliability.h"
#include "metrics/cmt_rows.h"
#include "metrics/moments.h"

#include <math.h>

struct item_list { // a composite, or the items that are drivers
    const char *id;
    const struct asked **at;
    size_t count;
};

static struct item_list named_list(const struct view *v, const struct composite *c)
{
    struct item_list list = {.id = c->id,
                             .at = NEWS(v->arena, c->items.count + 1, const struct asked *)};
    for (size_t i = 0; i < c->items.count; i++) {
        const struct asked *a = asked_id(v, c->items.at[i]);
        if (a && cmt_indexed(a))
            list.at[list.count++] = a;
    }
    return list;
}

static struct item_list driver_list(const struct view *v)
{
    size_t count = v->frame->variable_count;
    struct item_list list = {.id = "drivers",
                             .at = NEWS(v->arena, count + 1, const struct asked *)};
    for (size_t i = 0; i < count; i++)
        if (*v->all[i]->item->driver && cmt_indexed(v->all[i]))
            list.at[list.count++] = v->all[i];
    return list;
}

// ---- composites

static size_t valid_items(const struct item_list *list, size_t row)
{
    size_t valid = 0;
    for (size_t k = 0; k < list->count; k++)
        valid += asked_why(list->at[k], row) == VALID;
    return valid;
}

// Half of the items, rounded up.
static bool has_enough(const void *context, size_t row)
{
    const struct item_list *list = context;
    return list->count && valid_items(list, row) >= (list->count + 1) / 2;
}

static double mean_index(const struct item_list *list, size_t row)
{
    double sum = 0;
    for (size_t k = 0; k < list->count; k++)
        if (asked_why(list->at[k], row) == VALID)
            sum += cmt_index_of(list->at[k], row);
    return sum / (double)valid_items(list, row);
}

void cmt_composite(const struct indicator *self, struct cell *cell)
{
    const struct view *v = view_of(cell);
    const struct survey *s = v->frame->survey;
    for (size_t i = 0; !v->asked && i < s->composite_count; i++) {
        struct item_list list = named_list(v, &s->composites[i]);
        const struct base *b = base_where(cell, has_enough, &list);
        double *x = NEWS(v->arena, b->n + 1, double);
        for (size_t r = 0; r < b->n; r++)
            x[r] = mean_index(&list, b->row[r]);
        struct measure m = measure_of_doubles(cell, b, x);
        struct cell own = *cell;
        own.item = list.id;
        give_mean(&own, self, b, &m);
    }
}

// ---- reliability

typedef void give_reliability_fn(const struct indicator *self, struct cell *cell,
                                 const struct item_list *list, const struct base *b,
                                 const struct moments *m);

static bool is_complete(const void *context, size_t row)
{
    const struct item_list *list = context;
    return list->count && valid_items(list, row) == list->count;
}

static void reliability(const struct indicator *self, struct cell *cell,
                        const struct item_list *list, give_reliability_fn *give)
{
    struct cell own = *cell;
    const struct base *b = base_where(cell, is_complete, list);
    own.item = list->id;
    if (list->count < 2) {
        give_nothing(&own, self, EST_NOT_APPLICABLE, "");
        return;
    }
    struct moments m = moments_of(view_of(cell)->arena, b, list->at, list->count);
    give(self, &own, list, b, &m);
}

static void each_list(const struct indicator *self, struct cell *cell, give_reliability_fn *give)
{
    const struct view *v = view_of(cell);
    const struct survey *s = v->frame->survey;
    if (v->asked)
        return;
    struct item_list drivers = driver_list(v);
    if (drivers.count)
        reliability(self, cell, &drivers, give);
    for (size_t i = 0; i < s->composite_count; i++) {
        struct item_list list = named_list(v, &s->composites[i]);
        reliability(self, cell, &list, give);
    }
}

static void give_alpha(const struct indicator *self, struct cell *cell,
                       const struct item_list *list, const struct base *b, const struct moments *m)
{
    const struct view *v = view_of(cell);
    size_t k = list->count;
    double alpha = reliability_alpha(m->cov, k), level = 1 - v->study->confidence;
    double *form = NEWS(v->arena, k * k, double), *u = NEWS(v->arena, b->n + 1, double);
    if (!b->n || !isfinite(alpha)) {
        struct estimate *e = give_plain(cell, self, b, NAN);
        if (b->n)
            e->status = EST_NOT_APPLICABLE;
        return;
    }
    reliability_form(m->cov, k, form);
    for (size_t i = 0; i < b->n; i++)
        u[i] = moments_form(m, form, b->row[i], false) / b->weighted_n;
    struct estimate *e = give_smooth(cell, self, b, alpha, u);
    struct interval limits = v->frame->simple ? reliability_feldt(alpha, e->n, k, level)
                                              : reliability_interval(alpha, e->se, e->df, level);
    e->low = limits.low;
    e->high = limits.high;
}

void cmt_alpha(const struct indicator *self, struct cell *cell)
{
    each_list(self, cell, give_alpha);
}

static void give_number(const struct indicator *self, struct cell *cell, const struct base *b,
                        double value)
{
    struct estimate *e = give_plain(cell, self, b, value);
    if (b->n && !isfinite(value))
        e->status = EST_NOT_APPLICABLE;
}

static void give_standardised(const struct indicator *self, struct cell *cell,
                              const struct item_list *list, const struct base *b,
                              const struct moments *m)
{
    give_number(self, cell, b, b->n ? reliability_alpha_standardised(m->cov, list->count) : NAN);
}

void cmt_alpha_standardised(const struct indicator *self, struct cell *cell)
{
    each_list(self, cell, give_standardised);
}

static void give_dropped(const struct indicator *self, struct cell *cell,
                         const struct item_list *list, const struct base *b,
                         const struct moments *m)
{
    for (size_t k = 0; list->count > 2 && k < list->count; k++) {
        struct cell item = cell_answer(cell, "item", list->at[k]->item->id);
        give_number(self, &item, b, b->n ? reliability_alpha_without(m->cov, list->count, k) : NAN);
    }
}

void cmt_alpha_if_dropped(const struct indicator *self, struct cell *cell)
{
    each_list(self, cell, give_dropped);
}

static void give_omega(const struct indicator *self, struct cell *cell,
                       const struct item_list *list, const struct base *b, const struct moments *m)
{
    enum reliability_refusal refusal;
    if (list->count > 2)
        give_number(self, cell, b,
                    b->n ? reliability_omega(m->cov, list->count, NULL, &refusal) : NAN);
}

void cmt_omega(const struct indicator *self, struct cell *cell)
{
    each_list(self, cell, give_omega);
}
