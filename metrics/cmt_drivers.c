// SPDX-License-Identifier: GPL-3.0-or-later
// Drivers of overall satisfaction (indicators.md 3.3).
#include "metrics/cmt_rows.h"
#include "metrics/moments.h"

#include <math.h>

// ---- derived importance

// Pearson's r of two items; score w/W · (uv − r(u² + v²)/2), standardised deviations (Deville
// 1999).
struct correlation cmt_correlation(struct cell *cell, const struct asked *a)
{
    const struct view *v = view_of(cell);
    const struct asked *overall = asked_role(v, ROLE_OVERALL);
    struct correlation c = {.r = NAN, .se = NAN, .df = NAN};
    if (!overall || overall == a || !overall->column || !a->column)
        return c;
    const struct base *b = c.base = base_both(cell, a, overall);
    const struct asked *const pair[] = {a, overall};
    struct moments m = moments_of(v->arena, b, pair, 2);
    c.u = NEWS(v->arena, b->n + 1, double);
    if (b->n < 2 || !(m.sd[0] > 0) || !(m.sd[1] > 0))
        return c;
    c.r = (double)m.cov[1] / (m.sd[0] * m.sd[1]);
    const double form[] = {-c.r / 2, 0.5, 0.5, -c.r / 2};
    for (size_t i = 0; i < b->n; i++)
        c.u[i] = moments_form(&m, form, b->row[i], true) / b->weighted_n;
    const struct scores *s = scores_linear(v->arena, b->domain, c.u, v->frame->residuals);
    double variance = scores_cov(s, s);
    c.se = variance > 0 ? sqrt(variance) : 0;
    c.df = b->domain->df;
    return c;
}

void cmt_importance_derived(const struct indicator *self, struct cell *cell)
{
    const struct view *v = view_of(cell);
    if (!v->asked || !*v->asked->item->driver || v->asked->variable->parent)
        return;
    struct correlation c = cmt_correlation(cell, v->asked);
    if (isfinite(c.r))
        leave_uncompared(give_smooth(cell, self, c.base, c.r, c.u));
    else
        give_nothing(cell, self, c.base && !c.base->n ? EST_NO_DATA : EST_NOT_APPLICABLE, "");
}

// ---- priorities that clients name

void cmt_priority_named(const struct indicator *self, struct cell *cell)
{
    const struct view *v = view_of(cell);
    if (!v->asked || v->asked->item->role != ROLE_PRIORITY)
        return;
    const struct base *b = base_valid(cell);
    int64_t *chosen = mem_new(b->n + 1, sizeof *chosen);
    for (size_t k = 0; k < v->asked->levels.count; k++) {
        struct cell answer = cell_answer(cell, "answer", v->asked->levels.id[k]);
        for (size_t i = 0; i < b->n; i++)
            chosen[i] = asked_named(v->asked, k, b->row[i]);
        give_share(&answer, self, b, chosen);
    }
    mem_free(chosen);
}

// ---- how many drivers were done well

enum { MOST_DRIVERS = 64 };

struct well { // the drivers by name, each with its items
    const struct asked *overall;
    const char *name[MOST_DRIVERS];
    size_t count; // K
    const struct asked **items;
    size_t *driver; // of each item
    size_t item_count;
    double done_well;
};

static void well_add(struct well *w, const struct asked *a)
{
    size_t k = 0;
    while (k < w->count && strcmp(w->name[k], a->item->driver) != 0)
        k++;
    if (k == MOST_DRIVERS)
        return;
    if (k == w->count)
        w->name[w->count++] = a->item->driver;
    w->items[w->item_count] = a;
    w->driver[w->item_count++] = k;
}

static struct well *well_of(const struct view *v)
{
    size_t count = v->frame->variable_count;
    struct well *w = NEW(v->arena, struct well);
    *w = (struct well){.overall = asked_role(v, ROLE_OVERALL),
                       .items = NEWS(v->arena, count + 1, const struct asked *),
                       .driver = NEWS(v->arena, count + 1, size_t),
                       .done_well = v->frame->survey->done_well};
    for (size_t i = 0; i < count; i++)
        if (*v->all[i]->item->driver && !v->all[i]->variable->parent && cmt_indexed(v->all[i]))
            well_add(w, v->all[i]);
    return w->overall && cmt_indexed(w->overall) && w->count ? w : NULL;
}

static bool is_complete(const void *context, size_t row)
{
    const struct well *w = context;
    bool complete = asked_why(w->overall, row) == VALID;
    for (size_t i = 0; complete && i < w->item_count; i++)
        complete = asked_why(w->items[i], row) == VALID;
    return complete;
}

// How many drivers have a mean index of their items at or above the mark.
static size_t done_well(const struct well *w, size_t row)
{
    double sum[MOST_DRIVERS] = {0}, items[MOST_DRIVERS] = {0};
    size_t done = 0;
    for (size_t i = 0; i < w->item_count; i++) {
        sum[w->driver[i]] += cmt_index_of(w->items[i], row);
        items[w->driver[i]]++;
    }
    for (size_t k = 0; k < w->count; k++)
        done += sum[k] >= w->done_well * items[k];
    return done;
}

struct bucket {
    const struct well *well;
    size_t k;
};

static bool is_in_bucket(const void *context, size_t row)
{
    const struct bucket *b = context;
    return is_complete(b->well, row) && done_well(b->well, row) == b->k;
}

static struct cell count_cell(const struct cell *cell, const struct well *w, size_t k)
{
    struct cell own = *cell;
    own.item = w->overall->item->id;
    return cell_answer(&own, "count", arena_print(&cell->out->arena, "%zu", k));
}

void cmt_drivers_met(const struct indicator *self, struct cell *cell)
{
    const struct view *v = view_of(cell);
    const struct well *w = v->asked ? NULL : well_of(v);
    for (size_t k = 0; w && k <= w->count; k++) {
        struct bucket bucket = {w, k};
        struct cell own = count_cell(cell, w, k);
        const struct base *b = base_where(cell, is_in_bucket, &bucket);
        struct measure m = cmt_index_measure(cell, b, w->overall);
        give_mean(&own, self, b, &m);
    }
}

void cmt_drivers_met_share(const struct indicator *self, struct cell *cell)
{
    const struct view *v = view_of(cell);
    const struct well *w = v->asked ? NULL : well_of(v);
    if (!w)
        return;
    const struct base *b = base_where(cell, is_complete, w);
    size_t *done = mem_new(b->n + 1, sizeof *done);
    int64_t *chosen = mem_new(b->n + 1, sizeof *chosen);
    for (size_t i = 0; i < b->n; i++)
        done[i] = done_well(w, b->row[i]);
    for (size_t k = 0; k <= w->count; k++) {
        struct cell own = count_cell(cell, w, k);
        for (size_t i = 0; i < b->n; i++)
            chosen[i] = done[i] == k;
        give_share(&own, self, b, chosen);
    }
    mem_free(done);
    mem_free(chosen);
}

// ---- client satisfaction index

// The mean of three item indexes, each on its own base.
void cmt_csi(const struct indicator *self, struct cell *cell)
{
    static const enum role roles[] = {ROLE_OVERALL, ROLE_BEST, ROLE_EXCEEDS};
    const struct view *v = view_of(cell);
    const double third[] = {1 / 3.0, 1 / 3.0, 1 / 3.0};
    struct results scratch = {.study = cell->out->study, .places = cell->out->places};
    double sum = 0;
    size_t found = 0;
    if (v->asked || !asked_role(v, ROLE_BEST) || !asked_role(v, ROLE_EXCEEDS))
        return;
    for (size_t i = 0; i < 3; i++) {
        const struct asked *a = asked_role(v, roles[i]);
        struct view view;
        if (!a || !cmt_indexed(a))
            break;
        struct cell own = cell_of_item(cell, a, &view);
        own.out = &scratch;
        const struct base *b = base_valid(&own);
        struct measure m = cmt_index_measure(&own, b, a);
        sum += give_mean(&own, self, b, &m)->value;
        found++;
    }
    if (found < 3)
        give_nothing(cell, self, EST_NOT_APPLICABLE, "");
    else if (isfinite(sum))
        give_combination(cell, self, sum / 3, scratch.estimates.at, third, 3);
    else
        give_nothing(cell, self, EST_NO_DATA, "");
    results_free(&scratch);
}
