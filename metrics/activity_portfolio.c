// SPDX-License-Identifier: GPL-3.0-or-later
// Indicators of contacts: the balance of segments and services, and how it moves.
#include "metrics/activity.h"

#include <math.h>

// ---- balance and diversity

static bool knows_sides(const struct study *s)
{
    for (size_t i = 0; i < s->activity_count; i++)
        if (s->activities[i].start.count || s->activities[i].existing.count)
            return true;
    return false;
}

// 100 (1 - |2p - 1|), p = existing / (existing + start).
void contact_balance(const struct indicator *self, struct cell *cell)
{
    const struct contact_view *v = contact_view(cell);
    if (v->book->segment < 0 || v->dim == v->book->segment ||
        !knows_sides(v->book->contacts->study))
        return;
    double start = (double)contact_count(cell, COUNT_START);
    double existing = (double)contact_count(cell, COUNT_EXISTING);
    struct estimate *e = cell_add(cell, self);
    e->n = e->denominator = start + existing;
    e->numerator = existing;
    if (e->n > 0)
        estimate_set(e, 100 * (1 - fabs(existing - start) / e->n));
}

static size_t services_used(const struct contact_view *v)
{
    struct contact_view total = *v;
    size_t used = 0;
    total.region = v->book->layout.region_count;
    for (size_t i = 0; i < v->book->layout.known[v->book->service]; i++)
        used += contact_level(&total, v->now, v->book->service, i, COUNT_CONTACTS) > 0;
    return used;
}

// Shannon's entropy over its maximum: -100 Σ p ln p / ln K, K services used in the total region.
void contact_diversity(const struct indicator *self, struct cell *cell)
{
    const struct contact_view *v = contact_view(cell);
    if (v->book->service < 0 || v->dim >= 0)
        return;
    struct estimate *e = cell_add(cell, self);
    double n = (double)contact_known(v, v->now, v->book->service, COUNT_CONTACTS), sum = 0;
    size_t used = services_used(v);
    e->n = e->denominator = n;
    if (used == 1)
        contact_absent(e, "one_service");
    if (used < 2 || !(n > 0))
        return;
    for (size_t i = 0; i < v->book->layout.known[v->book->service]; i++) {
        double p = (double)contact_level(v, v->now, v->book->service, i, COUNT_CONTACTS) / n;
        sum -= p > 0 ? p * log(p) : 0;
    }
    estimate_set(e, fmax(100 * sum / log((double)used), 0));
}

// ---- against the baseline

// The reason why there is nothing to set the cell against, or NULL.
static const char *no_baseline(const struct indicator *self, const struct cell *cell)
{
    const struct contact_view *v = contact_view(cell);
    const struct contact_table *base = v->base;
    if (!base || !base->cells[v->region * v->book->layout.slots].s.count[COUNT_CONTACTS])
        return "no_baseline";
    const char *region = places_region_id(v->book->places, cell->region);
    const struct study *s = v->book->contacts->study;
    bool forward = period_order(base->period, v->now->period) < 0;
    struct period earlier = forward ? base->period : v->now->period;
    struct period later = forward ? v->now->period : base->period;
    return run_break(s, self->label.id, region, earlier, later) ? "break" : NULL;
}

// Difference of two shares, with Newcombe's interval (1998).
void contact_core_drift(const struct indicator *self, struct cell *cell)
{
    const struct contact_view *v = contact_view(cell);
    if (!contact_has(cell, CONTACT_CORE))
        return;
    const char *reason = no_baseline(self, cell);
    struct estimate *e = cell_add(cell, self);
    double n = e->n = (double)contact_count(cell, COUNT_CORE_KNOWN);
    if (reason)
        contact_absent(e, reason);
    if (reason || !(n > 0))
        return;
    const uint64_t *then = v->base->cells[v->cell].s.count;
    double m = (double)then[COUNT_CORE_KNOWN];
    if (!(m > 0))
        return;
    double p = (double)contact_count(cell, COUNT_CORE) / n, q = (double)then[COUNT_CORE] / m;
    estimate_set(e, 100 * (p - q));
    e->se = 100 * sqrt(p * (1 - p) / n + q * (1 - q) / m);
    contact_limit(e, prop_newcombe(p, n, q, m, v->alpha), 100);
}

// ½ Σ |share now - share at the baseline|, known segments.
void contact_segment_shift(const struct indicator *self, struct cell *cell)
{
    const struct contact_view *v = contact_view(cell);
    int segment = v->book->segment;
    if (segment < 0 || v->dim >= 0)
        return;
    const char *reason = no_baseline(self, cell);
    struct estimate *e = cell_add(cell, self);
    double n = e->n = (double)contact_known(v, v->now, segment, COUNT_CONTACTS), sum = 0;
    if (reason)
        contact_absent(e, reason);
    if (reason || !(n > 0))
        return;
    double m = (double)contact_known(v, v->base, segment, COUNT_CONTACTS);
    for (size_t i = 0; i < v->book->layout.known[segment] && m > 0; i++)
        sum += fabs((double)contact_level(v, v->now, segment, i, COUNT_CONTACTS) / n -
                    (double)contact_level(v, v->base, segment, i, COUNT_CONTACTS) / m);
    estimate_set(e, m > 0 ? 100 * sum / 2 : NAN);
}
