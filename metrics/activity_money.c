// SPDX-License-Identifier: GPL-3.0-or-later
// Indicators of contacts: flags and money.
#include "metrics/activity.h"

#include "engine/stats/dist.h"

#include <math.h>

// ---- flags

static void flag_share(const struct indicator *self, struct cell *cell, enum contact_column column,
                       enum contact_count yes, enum contact_count known)
{
    if (contact_has(cell, column))
        contact_share(self, cell, contact_count(cell, yes), contact_count(cell, known));
}

void contact_resolved(const struct indicator *self, struct cell *cell)
{
    flag_share(self, cell, CONTACT_RESOLVED, COUNT_RESOLVED, COUNT_RESOLVED_KNOWN);
}

void contact_referred(const struct indicator *self, struct cell *cell)
{
    flag_share(self, cell, CONTACT_REFERRED, COUNT_REFERRED, COUNT_REFERRED_KNOWN);
}

void contact_core_share(const struct indicator *self, struct cell *cell)
{
    flag_share(self, cell, CONTACT_CORE, COUNT_CORE, COUNT_CORE_KNOWN);
}

void contact_follow_up(const struct indicator *self, struct cell *cell)
{
    if (contact_has(cell, CONTACT_FOLLOW_DONE))
        flag_share(self, cell, CONTACT_FOLLOW_DUE, COUNT_FOLLOW_DONE, COUNT_FOLLOW_DUE);
}

// ---- money

// Core services are free by mandate: this must be 0, and is shown when it is.
void contact_core_fee(const struct indicator *self, struct cell *cell)
{
    if (!contact_has(cell, CONTACT_CORE) || !contact_has(cell, CONTACT_FEE))
        return;
    struct estimate *e = cell_add(cell, self);
    e->n = (double)contact_count(cell, COUNT_CORE_ASKED);
    if (e->n > 0)
        estimate_set(e, (double)contact_count(cell, COUNT_CORE_FEE));
}

// S ± z √Σf²: the number of contacts is itself a draw of the process.
void contact_fees(const struct indicator *self, struct cell *cell)
{
    const struct contact_sums *s = &contact_here(cell)->s;
    if (!contact_has(cell, CONTACT_FEE))
        return;
    struct estimate *e = cell_add(cell, self);
    e->n = (double)s->count[COUNT_FEE];
    e->is_total = true;
    if (!s->count[COUNT_FEE])
        return;
    estimate_set(e, tally_value(&s->sum[SUM_FEE]));
    e->se = sqrt(tally_value(&s->sum[SUM_FEE_SQUARES]));
    double half = dist_normal_quantile(1 - contact_view(cell)->alpha / 2) * e->se;
    e->low = e->value - half;
    e->high = e->value + half;
}

void contact_fee_share(const struct indicator *self, struct cell *cell)
{
    flag_share(self, cell, CONTACT_FEE, COUNT_FEE_POSITIVE, COUNT_FEE);
}

// Ratio of sums r = F/C, linearised (statistics.md 2 with rows as PSUs of one stratum):
// V = n/(n-1) · Σ(f - r c)² / C².
void contact_cost_recovery(const struct indicator *self, struct cell *cell)
{
    const struct contact_sums *s = &contact_here(cell)->s;
    if (!contact_has(cell, CONTACT_FEE) || !contact_has(cell, CONTACT_COST) ||
        !contact_has(cell, CONTACT_CORE))
        return;
    struct estimate *e = cell_add(cell, self);
    double n = e->n = (double)s->count[COUNT_RECOVERY];
    double cost = e->denominator = tally_value(&s->sum[SUM_RECOVERY_COST]);
    double r = tally_ratio(&s->sum[SUM_RECOVERY_FEE], &s->sum[SUM_RECOVERY_COST]);
    e->numerator = tally_value(&s->sum[SUM_RECOVERY_FEE]);
    if (n > 0 && !isfinite(r))
        contact_absent(e, "no_cost");
    if (!isfinite(r))
        return;
    estimate_set(e, 100 * r);
    double squares = tally_value(&s->sum[SUM_RECOVERY_FEE_SQUARES]) -
                     2 * r * tally_value(&s->sum[SUM_RECOVERY_PRODUCTS]) +
                     r * r * tally_value(&s->sum[SUM_RECOVERY_COST_SQUARES]);
    if (n < 2)
        return;
    e->se = 100 * sqrt(fmax(squares, 0) * n / (n - 1)) / cost;
    e->df = n - 1;
    contact_limit(e, prop_t_interval(e->value, e->se, e->df, contact_view(cell)->alpha), 1);
}

void contact_cost_per_contact(const struct indicator *self, struct cell *cell)
{
    const struct contact_sums *s = &contact_here(cell)->s;
    if (contact_has(cell, CONTACT_COST))
        contact_mean(self, cell, &s->sum[SUM_COST], &s->sum[SUM_COST_SQUARES],
                     s->count[COUNT_COST]);
}
