// SPDX-License-Identifier: GPL-3.0-or-later
// Indicators of counts: complete records, so without intervals (indicators.md 6.2).
#include "metrics/activity.h"

#include <math.h>

// E7: more than 5 % of the rows did not report what the value needs.
static void judge_reported(struct estimate *e, uint64_t reported, uint64_t rows)
{
    if (e->status == EST_OK && 20 * (rows - reported) > rows) {
        e->status = EST_CAUTION;
        e->reason = "not_reported";
    }
}

static const struct calls_sums *sums_here(const struct cell *cell)
{
    return ((const struct calls_view *)cell->state)->sums;
}

static bool has(const struct cell *cell, enum calls_figure figure)
{
    return ((const struct calls_view *)cell->state)->calls->has[figure];
}

static void total(const struct indicator *self, struct cell *cell, enum calls_figure figure)
{
    const struct calls_sums *s = sums_here(cell);
    if (!has(cell, figure))
        return;
    struct estimate *e = cell_add(cell, self);
    e->is_total = true;
    if (!s->reported[figure])
        return;
    estimate_set(e, tally_value(&s->sum[figure]));
    e->n = e->value;
    judge_reported(e, s->reported[figure], s->rows);
}

// Σ above / Σ below times `factor`. Below 0 or nothing below: the measure does not apply (E2).
static struct estimate *ratio(const struct indicator *self, struct cell *cell, enum calls_pair pair,
                              double factor)
{
    const struct calls_sums *s = sums_here(cell);
    struct estimate *e = cell_add(cell, self);
    if (!s->both[pair])
        return e;
    e->numerator = tally_value(&s->above[pair]);
    e->n = e->denominator = tally_value(&s->below[pair]);
    if (tally_sign(&s->below[pair]) == 0) {
        contact_absent(e, "nothing_measured");
        return e;
    }
    estimate_set(e, factor * tally_ratio(&s->above[pair], &s->below[pair]));
    judge_reported(e, s->both[pair], s->rows);
    return e;
}

// E4: above 100 the reported totals contradict each other; kept and flagged, never cut.
static void percent(const struct indicator *self, struct cell *cell, enum calls_pair pair)
{
    struct estimate *e = ratio(self, cell, pair, 100);
    if (e->value > 100) {
        e->status = EST_CAUTION;
        e->reason = "excess";
    }
}

void calls_offered(const struct indicator *self, struct cell *cell)
{
    total(self, cell, CALLS_OFFERED);
}

void calls_handled(const struct indicator *self, struct cell *cell)
{
    total(self, cell, CALLS_HANDLED);
}

void calls_abandoned(const struct indicator *self, struct cell *cell)
{
    total(self, cell, CALLS_ABANDONED);
}

void calls_visits(const struct indicator *self, struct cell *cell)
{
    total(self, cell, CALLS_VISITS);
}

void calls_abandonment(const struct indicator *self, struct cell *cell)
{
    if (has(cell, CALLS_OFFERED) && has(cell, CALLS_ABANDONED))
        percent(self, cell, PAIR_ABANDONMENT);
}

static bool has_all_calls(const struct cell *cell)
{
    return has(cell, CALLS_OFFERED) && has(cell, CALLS_HANDLED) && has(cell, CALLS_ABANDONED);
}

void calls_unaccounted(const struct indicator *self, struct cell *cell)
{
    const struct calls_sums *s = sums_here(cell);
    if (!has_all_calls(cell))
        return;
    struct estimate *e = cell_add(cell, self);
    e->is_total = true;
    if (!s->both[PAIR_UNACCOUNTED])
        return;
    estimate_set(e, tally_value(&s->above[PAIR_UNACCOUNTED]));
    e->numerator = e->value;
    e->n = e->denominator = tally_value(&s->below[PAIR_UNACCOUNTED]);
    judge_reported(e, s->both[PAIR_UNACCOUNTED], s->rows);
}

void calls_unaccounted_share(const struct indicator *self, struct cell *cell)
{
    if (has_all_calls(cell))
        percent(self, cell, PAIR_UNACCOUNTED);
}

// Weighted by calls: the mean of daily levels overstates a busy quarter.
void calls_service_level(const struct indicator *self, struct cell *cell)
{
    if (has(cell, CALLS_WITHIN) && (has(cell, CALLS_OFFERED) || has(cell, CALLS_HANDLED)))
        percent(self, cell, PAIR_LEVEL);
}

void calls_answer_time(const struct indicator *self, struct cell *cell)
{
    if (has(cell, CALLS_ANSWER) && has(cell, CALLS_HANDLED))
        ratio(self, cell, PAIR_ANSWER, 1);
}
