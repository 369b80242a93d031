// SPDX-License-Identifier: GPL-3.0-or-later
// The priority matrix: performance and importance of every driver, and the quadrant of each
// (indicators.md 3.3). Values are compared unrounded.
#include "engine/stats/dist.h"
#include "metrics/cmt_rows.h"
#include "metrics/moments.h"
#include "metrics/peers.h"

#include <math.h>
#include <stdlib.h>

// Any row will do: the estimates made here are read and thrown away.
static const struct indicator scratch_row = {.label = {.id = "cmt.index"}, .unit = UNIT_INDEX};

// The index of an item in the cell, as an estimate of a scratch list.
static struct estimate index_in(struct cell *cell, const struct asked *a)
{
    struct view view;
    struct results scratch = {.study = cell->out->study, .places = cell->out->places};
    struct cell own = cell_of_item(cell, a, &view);
    own.out = &scratch;
    const struct base *b = base_valid(&own);
    struct measure m = cmt_index_measure(&own, b, a);
    struct estimate e = *give_mean(&own, &scratch_row, b, &m);
    results_free(&scratch);
    return e;
}

static double bounded_r(double r)
{
    return r > 0 ? 100 * r : 0;
}

// 100·max(r, 0) of the item and the overall one, with limits of r by t.
static void derived_importance(struct cell *cell, struct placed *p)
{
    const struct view *v = view_of(cell);
    struct correlation c = cmt_correlation(cell, p->asked);
    double t = dist_t_quantile(1 - (1 - v->study->confidence) / 2, c.df);
    p->importance = bounded_r(c.r);
    p->importance_low = bounded_r(c.r - t * c.se);
    p->importance_high = bounded_r(c.r + t * c.se);
    if (!isfinite(c.r))
        p->importance = NAN;
}

static void measure_item(struct cell *cell, struct placed *p)
{
    const struct view *v = view_of(cell);
    const struct asked *stated = asked_beside(v, p->asked, "importance");
    struct estimate e = index_in(cell, p->asked);
    p->n = e.n;
    p->performance = e.value;
    p->performance_low = e.low;
    p->performance_high = e.high;
    p->importance = p->stated = NAN;
    p->quadrant = "";
    if (stated && cmt_indexed(stated)) {
        struct estimate s = index_in(cell, stated);
        p->stated = p->importance = s.value;
        p->importance_low = s.low;
        p->importance_high = s.high;
        p->n = s.n < p->n ? s.n : p->n;
    }
    if (v->frame->survey->matrix_derived)
        derived_importance(cell, p);
    p->priority = p->importance * (100 - p->performance) / 100;
}

static size_t measure_items(struct cell *cell, struct placed *list)
{
    const struct view *v = view_of(cell);
    size_t count = 0;
    for (size_t i = 0; i < v->frame->variable_count; i++) {
        const struct asked *a = v->all[i];
        if (!*a->item->driver || a->variable->parent || !cmt_indexed(a))
            continue;
        list[count] = (struct placed){.asked = a};
        measure_item(cell, &list[count++]);
    }
    return count;
}

// ---- thresholds

static bool counts(const struct placed *p, double min_n)
{
    return isfinite(p->performance) && isfinite(p->importance) && p->n >= min_n;
}

static int value_order(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// Mean or median of the items' values, each item counting once.
static double centre_of(const double *values, size_t count, bool median)
{
    double *sorted = mem_new(count + 1, sizeof *sorted), sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += sorted[i] = values[i];
    qsort(sorted, count, sizeof *sorted, value_order);
    double middle = count ? (sorted[(count - 1) / 2] + sorted[count / 2]) / 2 : NAN;
    mem_free(sorted);
    return median ? middle : sum / (double)count;
}

struct thresholds {
    double performance, importance;
    size_t items;
};

// Mean over the placed items of what peers published for each; NaN when they published none.
static double peers_centre(const struct view *v, const struct placed *list, size_t count,
                           const char *part)
{
    double sum = 0, found = 0;
    for (size_t i = 0; v->peers && i < count; i++) {
        if (!counts(&list[i], v->study->min_n))
            continue;
        const char *id = list[i].asked->item->id;
        const char *item = *part ? arena_print(v->arena, "%s.%s", id, part) : id;
        double mean = peers_mean(v->peers, v->study, "cmt.index", item, v->frame->survey->mode);
        sum += isnan(mean) ? 0 : mean;
        found += !isnan(mean);
    }
    return found > 0 ? sum / found : NAN;
}

static struct thresholds thresholds_of(const struct view *v, const struct placed *list,
                                       size_t count)
{
    const struct survey *s = v->frame->survey;
    double *x = mem_new(2 * count + 1, sizeof *x), *y = x + count;
    struct thresholds t = {0};
    for (size_t i = 0; i < count; i++)
        if (counts(&list[i], v->study->min_n)) {
            x[t.items] = list[i].performance;
            y[t.items++] = list[i].importance;
        }
    bool median = strcmp(s->matrix_threshold, "median") == 0;
    t.performance = centre_of(x, t.items, median);
    t.importance = centre_of(y, t.items, median);
    if (strcmp(s->matrix_threshold, "fixed") == 0) {
        t.performance = s->matrix_performance;
        t.importance = s->matrix_importance;
    }
    mem_free(x);
    if (strcmp(s->matrix_threshold, "peer") == 0) {
        t.performance = peers_centre(v, list, count, "");
        double importance = s->matrix_derived ? NAN : peers_centre(v, list, count, "importance");
        if (isfinite(importance)) // else, since peers seldom publish it, the mean of the items
            t.importance = importance;
    }
    return t;
}

static struct thresholds total_thresholds(struct cell *cell, size_t room)
{
    struct view view;
    struct cell own = cell_of_whole(cell, &view);
    struct placed *list = mem_new(room + 1, sizeof *list);
    size_t count = measure_items(&own, list);
    struct thresholds t = thresholds_of(&view, list, count);
    mem_free(list);
    return t;
}

static bool crosses(double low, double high, double threshold)
{
    return low < threshold && threshold <= high;
}

static void place(struct placed *p, struct thresholds t)
{
    static const char *const names[] = {"secondary", "primary", "low_priority", "maintain"};
    static const int numbers[] = {2, 1, 4, 3};
    bool important = p->importance >= t.importance, good = p->performance >= t.performance;
    int at = good ? (important ? 3 : 2) : (important ? 1 : 0);
    // low performance: 0 secondary, 1 primary; high performance: important → maintain, else low
    // priority
    p->quadrant = names[at];
    p->number = numbers[at];
    p->unsettled = crosses(p->performance_low, p->performance_high, t.performance) ||
                   crosses(p->importance_low, p->importance_high, t.importance);
}

size_t matrix_place(struct cell *cell, struct placed **out)
{
    const struct view *v = view_of(cell);
    size_t room = v->frame->variable_count;
    *out = NEWS(v->arena, room + 1, struct placed);
    size_t count = measure_items(cell, *out);
    struct thresholds t = thresholds_of(v, *out, count);
    if (v->frame->survey->matrix_total)
        t = total_thresholds(cell, room);
    for (size_t i = 0; i < count; i++)
        if (t.items >= 2 && counts(&(*out)[i], v->study->min_n) && isfinite(t.performance) &&
            isfinite(t.importance))
            place(&(*out)[i], t);
    return count;
}

// ---- indicators

static struct cell item_cell(const struct cell *cell, const struct placed *p)
{
    struct cell own = *cell;
    own.item = p->asked->item->id;
    return own;
}

void cmt_quadrant(const struct indicator *self, struct cell *cell)
{
    struct placed *list;
    const struct view *v = view_of(cell);
    if (v->asked || v->group->rest)
        return;
    size_t count = matrix_place(cell, &list);
    for (size_t i = 0; i < count; i++) {
        struct cell own = item_cell(cell, &list[i]);
        struct cell answer = cell_answer(&own, "quadrant", list[i].quadrant);
        struct estimate *e;
        if (*list[i].quadrant)
            e = give_plain(&answer, self, NULL, list[i].number);
        else
            e = give_nothing(&own, self, EST_NOT_APPLICABLE, "");
        e->n = list[i].n;
    }
}

void cmt_priority_score(const struct indicator *self, struct cell *cell)
{
    struct placed *list;
    const struct view *v = view_of(cell);
    if (v->asked || v->group->rest)
        return;
    size_t count = matrix_place(cell, &list);
    for (size_t i = 0; i < count; i++) {
        struct cell own = item_cell(cell, &list[i]);
        struct estimate *e = *list[i].quadrant ? give_plain(&own, self, NULL, list[i].priority)
                                               : give_nothing(&own, self, EST_NOT_APPLICABLE, "");
        e->n = list[i].n;
    }
}
