// SPDX-License-Identifier: GPL-3.0-or-later
// Scores of one item (indicators.md 3.1).
#include "metrics/cmt_rows.h"

#include <math.h>

static const struct asked *rated(struct cell *cell)
{
    const struct asked *a = view_of(cell)->asked;
    return a && class_able(a) && item_rated(a->item) ? a : NULL;
}

// 100 (x − low)/(high − low): the mean of x times a factor, plus a shift.
struct measure cmt_index_measure(struct cell *cell, const struct base *b, const struct asked *a)
{
    struct measure m = measure_of(cell, b, a);
    if (a->item->scale == SCALE_YES_NO) {
        m.factor = 100;
        return m;
    }
    m.factor = 100 / (a->item->high - a->item->low);
    m.shift = -m.factor * a->item->low;
    return m;
}

bool cmt_indexed(const struct asked *a)
{
    return a->column && (item_rated(a->item) || a->item->scale == SCALE_YES_NO);
}

double cmt_index_of(const struct asked *a, size_t row)
{
    double x = column_value(a->column, row);
    if (a->item->scale == SCALE_YES_NO)
        return 100 * x;
    return 100 * (x - a->item->low) / (a->item->high - a->item->low);
}

static struct by_class numbers(struct cell *cell, const struct asked *a)
{
    int64_t *value = NEWS(view_of(cell)->arena, class_count(a), int64_t);
    for (size_t k = 0; k < a->levels.count; k++)
        value[k] = class_value(a, k);
    return (struct by_class){.v = value};
}

void cmt_index(const struct indicator *self, struct cell *cell)
{
    const struct asked *a = rated(cell);
    if (!a)
        return;
    struct by_class m = numbers(cell, a);
    m.factor = 100 / (a->item->high - a->item->low);
    m.shift = -m.factor * a->item->low;
    give_class_mean(cell, self, &m);
}

// The mean is rounded to two decimals first, as Service Canada printed it in 2006.
void cmt_index_2dp(const struct indicator *self, struct cell *cell)
{
    const struct asked *a = rated(cell);
    if (!a || a->item->low < 1 || a->item->low > 1 || a->item->high < 5 || a->item->high > 5)
        return;
    struct by_class m = numbers(cell, a);
    struct estimate *e = give_class_mean(cell, self, &m);
    if (isfinite(e->value))
        e->value = num_round(25 * num_round(e->value, 2) - 25, 2);
    e->se *= 25;
    e->low = 25 * (e->low - 1);
    e->high = 25 * (e->high - 1);
    e->sd *= 25;
    e->scores = NULL; // a rounded number is not compared
    e->unit = unit_table[self->unit].id;
}

// ---- shares of points

static struct estimate *points(const struct indicator *self, struct cell *cell,
                               enum class_base base, const struct asked *a, double from, double to)
{
    int64_t *chosen = mem_new(class_count(a), sizeof *chosen);
    struct by_class m = {.v = chosen, .base = base, .factor = 100, .share = true};
    for (size_t k = 0; k < a->levels.count; k++) {
        double x = (double)class_value(a, k);
        chosen[k] = x >= from && x <= to;
    }
    struct estimate *e = give_class_mean(cell, self, &m);
    mem_free(chosen);
    return e;
}

static double steps(const struct asked *a)
{
    return a->item->high - a->item->low;
}

void cmt_top2(const struct indicator *self, struct cell *cell)
{
    const struct asked *a = rated(cell);
    if (a && steps(a) >= 3)
        points(self, cell, BASE_VALID, a, a->item->high - 1, a->item->high);
}

void cmt_top2_all(const struct indicator *self, struct cell *cell)
{
    const struct asked *a = rated(cell);
    if (a && steps(a) >= 3)
        leave_uncompared(points(self, cell, BASE_ASKED, a, a->item->high - 1, a->item->high));
}

void cmt_top1(const struct indicator *self, struct cell *cell)
{
    const struct asked *a = rated(cell);
    if (a)
        leave_levels_uncompared(cell,
                                points(self, cell, BASE_VALID, a, a->item->high, a->item->high));
}

void cmt_bottom2(const struct indicator *self, struct cell *cell)
{
    const struct asked *a = rated(cell);
    if (a && steps(a) >= 3)
        leave_levels_uncompared(cell,
                                points(self, cell, BASE_VALID, a, a->item->low, a->item->low + 1));
}

void cmt_neutral(const struct indicator *self, struct cell *cell)
{
    const struct asked *a = rated(cell);
    if (!a || lrint(steps(a)) % 2)
        return;
    double middle = (a->item->low + a->item->high) / 2;
    leave_uncompared(points(self, cell, BASE_VALID, a, middle, middle));
}

// ---- change

void cmt_change(const struct indicator *self, struct cell *cell)
{
    const struct view *v = view_of(cell);
    const struct asked *after = v->asked, *before = after ? asked_beside(v, after, "before") : NULL;
    if (!before || !after->column || !item_numeric(after->item))
        return;
    const struct base *b = base_both(cell, after, before);
    struct measure m = measure_difference(cell, b, after, before);
    give_mean(cell, self, b, &m);
}

// ---- the mix of channels held constant

// Share of each channel among the rows of the total region, same period.
static void mix_of(const struct view *v, double *share)
{
    const struct column *c = &v->frame->mix->column;
    size_t count = c->codes.keys.len;
    int128 *weight = mem_new(count + 1, sizeof *weight), sum = 0;
    for (size_t i = 0; i < v->group->whole->count; i++) {
        uint32_t row = v->group->whole->rows[i];
        if (c->why[row] == VALID) {
            weight[c->code[row]] += v->frame->weight[row];
            sum += v->frame->weight[row];
        }
    }
    for (size_t k = 0; k < count; k++)
        share[k] = sum > 0 ? (double)((quad)weight[k] / (quad)sum) : 0;
    mem_free(weight);
}

struct in_channel {
    const struct asked *asked;
    const struct column *channel;
    uint32_t code;
};

static bool is_in_channel(const void *context, size_t row)
{
    const struct in_channel *c = context;
    return asked_why(c->asked, row) == VALID && c->channel->why[row] == VALID &&
           c->channel->code[row] == c->code;
}

enum { MOST_CHANNELS = 100 };

// The code that stands at a place when codes are sorted.
static uint32_t code_at(const struct breakdown *b, uint32_t place)
{
    uint32_t code = 0;
    while (b->rank[code] != place)
        code++;
    return code;
}

// Σ P I / Σ P over channels with answers; the mix counts as given, so only the indexes carry error.
// A channel of 5 % or more without answers: no value.
void cmt_index_standardised(const struct indicator *self, struct cell *cell)
{
    const struct view *v = view_of(cell);
    const struct asked *a = rated(cell);
    if (!a || !v->frame->mix || v->frame->mix->column.codes.keys.len > MOST_CHANNELS)
        return;
    const struct column *channel = &v->frame->mix->column;
    double share[MOST_CHANNELS] = {0}, factor[MOST_CHANNELS], sum = 0, value = 0;
    struct results scratch = {.study = cell->out->study, .places = cell->out->places};
    struct cell own = *cell;
    bool hole = false;
    size_t count = 0;
    double n = 0;
    own.out = &scratch;
    mix_of(v, share);
    for (uint32_t place = 0; place < channel->codes.keys.len; place++) {
        uint32_t k = code_at(v->frame->mix, place);
        struct in_channel here = {a, channel, k};
        const struct base *b = base_where(cell, is_in_channel, &here);
        hole |= !b->n && share[k] >= 0.05;
        if (!b->n || !(share[k] > 0))
            continue;
        struct measure m = cmt_index_measure(cell, b, a);
        value += share[k] * give_mean(&own, self, b, &m)->value;
        factor[count++] = share[k];
        sum += share[k];
        n += (double)b->n;
    }
    for (size_t k = 0; k < count; k++)
        factor[k] /= sum;
    if (hole || !count)
        give_nothing(cell, self, count ? EST_NOT_APPLICABLE : EST_NO_DATA, "");
    else
        give_combination(cell, self, value / sum, scratch.estimates.at, factor, count)->n = n;
    results_free(&scratch);
}
