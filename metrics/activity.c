// SPDX-License-Identifier: GPL-3.0-or-later
// Indicators of contacts that need no look at single clients.
#include "metrics/activity.h"

#include <math.h>

// ---- what the functions share

const struct contact_view *contact_view(const struct cell *cell)
{
    return cell->state;
}

const struct contact_cell *contact_here(const struct cell *cell)
{
    const struct contact_view *v = contact_view(cell);
    return &v->now->cells[v->cell];
}

bool contact_has(const struct cell *cell, enum contact_column column)
{
    return contact_view(cell)->book->contacts->has[column];
}

uint64_t contact_count(const struct cell *cell, enum contact_count count)
{
    return contact_here(cell)->s.count[count];
}

void contact_absent(struct estimate *e, const char *reason)
{
    e->status = EST_NOT_APPLICABLE;
    e->reason = reason;
}

void contact_limit(struct estimate *e, struct interval limits, double factor)
{
    e->low = limits.low * factor;
    e->high = limits.high * factor;
}

// Contacts are taken as independent draws: Wilson 1927 with n_e = n.
struct estimate *contact_share(const struct indicator *self, struct cell *cell, uint64_t yes,
                               uint64_t known)
{
    struct estimate *e = cell_add(cell, self);
    double n = (double)known, p = (double)yes / n;
    e->share = true;
    e->n = n;
    e->numerator = (double)yes;
    e->denominator = n;
    if (!known)
        return e;
    estimate_set(e, 100 * (double)yes / n);
    e->se = 100 * sqrt(p * (1 - p) / n);
    contact_limit(e, prop_wilson(p, n, contact_view(cell)->alpha), 100);
    return e;
}

// Garwood 1936; the standard error of a Poisson count x is √x.
struct estimate *contact_number(const struct indicator *self, struct cell *cell, uint64_t x)
{
    struct estimate *e = cell_add(cell, self);
    estimate_set(e, (double)x);
    e->is_total = true;
    e->n = e->numerator = (double)x;
    e->se = sqrt((double)x);
    contact_limit(e, prop_poisson((double)x, contact_view(cell)->alpha), 1);
    return e;
}

// x̄ ± t_{n-1} s/√n, s with divisor n - 1.
struct estimate *contact_mean(const struct indicator *self, struct cell *cell,
                              const struct tally_sum *sum, const struct tally_sum *squares,
                              uint64_t n)
{
    struct estimate *e = cell_add(cell, self);
    e->n = e->denominator = (double)n;
    e->numerator = tally_value(sum);
    if (!n)
        return e;
    estimate_set(e, tally_mean(sum, n));
    e->sd = sqrt(tally_variance(sum, squares, n));
    e->se = e->sd / sqrt((double)n);
    if (n > 1) {
        e->df = (double)n - 1;
        contact_limit(e, prop_t_interval(e->value, e->se, e->df, contact_view(cell)->alpha), 1);
    }
    return e;
}

uint64_t contact_level(const struct contact_view *v, const struct contact_table *t, int dim,
                       size_t place, enum contact_count count)
{
    size_t slot = v->book->layout.first[dim] + place;
    return t->cells[v->region * v->book->layout.slots + slot].s.count[count];
}

uint64_t contact_known(const struct contact_view *v, const struct contact_table *t, int dim,
                       enum contact_count count)
{
    uint64_t known = 0;
    for (size_t i = 0; i < v->book->layout.known[dim]; i++)
        known += contact_level(v, t, dim, i, count);
    return known;
}

// ---- how many, and in which way

void contact_contacts(const struct indicator *self, struct cell *cell)
{
    uint64_t contacts = contact_count(cell, COUNT_CONTACTS);
    if (contacts || contact_view(cell)->dim >= 0)
        contact_number(self, cell, contacts);
    else
        cell_add(cell, self);
}

// The base n is the level itself: few contacts of a level give people away in a share as in a
// count.
void contact_level_share(const struct indicator *self, struct cell *cell)
{
    const struct contact_view *v = contact_view(cell);
    if (v->dim < 0 || v->unknown)
        return;
    enum contact_count of = v->dim == v->book->partner ? COUNT_REFERRED : COUNT_CONTACTS;
    uint64_t level = contact_count(cell, of), known = contact_known(v, v->now, v->dim, of);
    if (!known)
        return;
    struct estimate *e = contact_share(self, cell, level, known);
    e->n = (double)level;
}

void contact_online_share(const struct indicator *self, struct cell *cell)
{
    const struct contact_view *v = contact_view(cell);
    if (v->book->channel < 0 || v->dim == v->book->channel)
        return;
    struct estimate *e = contact_share(self, cell, contact_count(cell, COUNT_ONLINE),
                                       contact_count(cell, COUNT_CHANNEL));
    if (!v->book->online_known) {
        e->value = e->se = e->low = e->high = e->numerator = NAN;
        contact_absent(e, "online_not_declared");
    }
}

// ---- waiting and handling

void contact_wait_mean(const struct indicator *self, struct cell *cell)
{
    const struct contact_view *v = contact_view(cell);
    struct tally_sum sum, squares;
    if (!contact_has(cell, CONTACT_WAIT))
        return;
    const struct spread *waits = contact_waits(v->book, v->now, v->cell);
    spread_moments(waits, &sum, &squares);
    contact_mean(self, cell, &sum, &squares, waits->total);
}

// Limits are order statistics whose ranks have binomial coverage of at least the confidence.
static void wait_quantile(const struct indicator *self, struct cell *cell, uint32_t percent)
{
    const struct contact_view *v = contact_view(cell);
    if (!contact_has(cell, CONTACT_WAIT))
        return;
    const struct spread *waits = contact_waits(v->book, v->now, v->cell);
    struct estimate *e = cell_add(cell, self);
    e->n = (double)waits->total;
    estimate_set(e, spread_quantile(waits, percent, 100));
    struct prop_ranks ranks = prop_order_ranks(waits->total, percent / 100.0, v->alpha);
    e->low = ranks.low ? spread_at(waits, ranks.low - 1) : NAN;
    e->high = ranks.high ? spread_at(waits, ranks.high - 1) : NAN;
}

void contact_wait_median(const struct indicator *self, struct cell *cell)
{
    wait_quantile(self, cell, 50);
}

void contact_wait_p90(const struct indicator *self, struct cell *cell)
{
    wait_quantile(self, cell, 90);
}

void contact_handle_mean(const struct indicator *self, struct cell *cell)
{
    const struct contact_sums *s = &contact_here(cell)->s;
    if (contact_has(cell, CONTACT_HANDLE))
        contact_mean(self, cell, &s->sum[SUM_HANDLE], &s->sum[SUM_HANDLE_SQUARES],
                     s->count[COUNT_HANDLE]);
}

// Is this the cell of a channel that the standard says nothing about?
static bool is_other_channel(const struct contact_view *v, const struct cell *cell,
                             const struct wait_standard *rule)
{
    return v->dim >= 0 && v->dim == v->book->channel && *rule->channel &&
           strcmp(cell->level, rule->channel) != 0;
}

static struct estimate *within_share(const struct indicator *self, struct cell *cell, size_t k)
{
    const struct contact_view *v = contact_view(cell);
    const struct wait_standard *rule = v->book->standards[k].rule;
    struct within w = v->now->within[v->cell * v->book->standard_count + k];
    struct cell named = *cell;
    named.item = rule->id;
    struct estimate *e = contact_share(self, &named, w.within, w.waits);
    if (is_other_channel(v, cell, rule))
        contact_absent(e, "other_channel");
    return e;
}

void contact_within_standard(const struct indicator *self, struct cell *cell)
{
    const struct contact_book *book = contact_view(cell)->book;
    for (size_t k = 0; contact_has(cell, CONTACT_WAIT) && k < book->standard_count; k++)
        within_share(self, cell, k);
}

// The verdict is reached on the share as printed, with two decimals (indicators.md 1.5).
void contact_standard_met(const struct indicator *self, struct cell *cell)
{
    const struct contact_book *book = contact_view(cell)->book;
    for (size_t k = 0; contact_has(cell, CONTACT_WAIT) && k < book->standard_count; k++) {
        struct estimate *e = within_share(self, cell, k);
        double target = book->standards[k].rule->target;
        bool known = e->status == EST_OK;
        bool met = known && num_round(e->value, 2) >= target;
        e->share = false;
        e->value = e->se = e->low = e->high = NAN;
        if (known && isfinite(target))
            estimate_set(e, met ? 100 : 0);
        else if (known)
            contact_absent(e, "no_target");
    }
}
