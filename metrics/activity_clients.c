// SPDX-License-Identifier: GPL-3.0-or-later
// Indicators of contacts that look at clients and episodes.
#include "metrics/activity.h"

#include <math.h>

static const char *region_id(const struct cell *cell)
{
    return places_region_id(contact_view(cell)->book->places, cell->region);
}

void client_clients(const struct indicator *self, struct cell *cell)
{
    const struct contact_cell *here = contact_here(cell);
    if (!contact_has(cell, CONTACT_CLIENT))
        return;
    if (here->s.count[COUNT_CLIENT_ASKED])
        contact_number(self, cell, here->people.clients);
    else
        cell_add(cell, self);
}

void client_identified(const struct indicator *self, struct cell *cell)
{
    if (contact_has(cell, CONTACT_CLIENT))
        contact_share(self, cell, contact_count(cell, COUNT_IDENTIFIED),
                      contact_count(cell, COUNT_CLIENT_ASKED));
}

void client_repeat_rate(const struct indicator *self, struct cell *cell)
{
    const struct contact_cell *here = contact_here(cell);
    if (contact_has(cell, CONTACT_CLIENT))
        contact_share(self, cell, here->people.repeat, here->people.clients);
}

// Mean of whole numbers by their sum and sum of squares.
static struct estimate *mean_of(const struct indicator *self, struct cell *cell, uint64_t sum,
                                uint64_t squares, uint64_t n)
{
    struct tally_sum total = {0}, square = {0};
    tally_add_times(&total, (struct decimal){1, 0}, sum);
    tally_add_times(&square, (struct decimal){1, 0}, squares);
    return contact_mean(self, cell, &total, &square, n);
}

// Clients are the independent units here.
void client_per_client(const struct indicator *self, struct cell *cell)
{
    const struct contact_cell *here = contact_here(cell);
    if (contact_has(cell, CONTACT_CLIENT))
        mean_of(self, cell, here->s.count[COUNT_IDENTIFIED], here->people.client_squares,
                here->people.clients);
}

static void share_or_reason(const struct indicator *self, struct cell *cell, uint64_t yes,
                            uint64_t known, const char *reason)
{
    struct estimate *e = contact_share(self, cell, reason ? 0 : yes, reason ? 0 : known);
    if (!reason)
        return;
    e->n = e->numerator = e->denominator = NAN;
    contact_absent(e, reason);
}

void client_repeat_12m(const struct indicator *self, struct cell *cell)
{
    const struct contact_view *v = contact_view(cell);
    const struct contact_cell *here = contact_here(cell);
    struct period p = v->now->period;
    if (!contact_has(cell, CONTACT_CLIENT))
        return;
    const char *reason = v->now->has_year ? NULL : "short_history";
    struct period first = p.kind == PERIOD_QUARTER ? period_next(period_year_ago(p)) : p;
    if (!reason && run_break(v->book->contacts->study, self->label.id, region_id(cell), first, p))
        reason = "break";
    share_or_reason(self, cell, here->people.year_repeat, here->people.year_clients, reason);
}

void client_retention(const struct indicator *self, struct cell *cell)
{
    const struct contact_view *v = contact_view(cell);
    const struct contact_cell *here = contact_here(cell);
    struct period p = v->now->period, before = period_previous(p);
    if (!contact_has(cell, CONTACT_CLIENT))
        return;
    const char *reason = v->now->has_before ? NULL : "no_period_before";
    if (!reason && run_break(v->book->contacts->study, self->label.id, region_id(cell), before, p))
        reason = "break";
    share_or_reason(self, cell, here->people.again, here->people.before, reason);
}

void client_channel_switch(const struct indicator *self, struct cell *cell)
{
    const struct contact_view *v = contact_view(cell);
    const struct contact_cell *here = contact_here(cell);
    if (contact_has(cell, CONTACT_CLIENT) && v->book->channel >= 0 && v->dim != v->book->channel)
        contact_share(self, cell, here->people.switched, here->people.twice);
}

void client_consent(const struct indicator *self, struct cell *cell)
{
    const struct contact_cell *here = contact_here(cell);
    if (contact_has(cell, CONTACT_CLIENT) && contact_has(cell, CONTACT_CONSENT))
        contact_share(self, cell, here->people.consent, here->people.consent_known);
}

// ---- episodes

static bool has_episodes(const struct cell *cell)
{
    return contact_has(cell, CONTACT_CLIENT) || contact_has(cell, CONTACT_CASE);
}

void client_resolved_first(const struct indicator *self, struct cell *cell)
{
    if (has_episodes(cell) && contact_has(cell, CONTACT_RESOLVED))
        contact_share(self, cell, contact_count(cell, COUNT_EPISODE_FIRST),
                      contact_count(cell, COUNT_EPISODE_FLAG));
}

void client_to_resolution(const struct indicator *self, struct cell *cell)
{
    if (has_episodes(cell) && contact_has(cell, CONTACT_RESOLVED))
        mean_of(self, cell, contact_count(cell, COUNT_EPISODE_STEPS),
                contact_count(cell, COUNT_EPISODE_STEP_SQUARES),
                contact_count(cell, COUNT_EPISODE_RESOLVED));
}

void client_bundle_rate(const struct indicator *self, struct cell *cell)
{
    const struct contact_view *v = contact_view(cell);
    if (has_episodes(cell) && v->book->service >= 0 && v->dim != v->book->service)
        contact_share(self, cell, contact_count(cell, COUNT_EPISODE_BUNDLE),
                      contact_count(cell, COUNT_EPISODE_SERVICE));
}
