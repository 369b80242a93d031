// SPDX-License-Identifier: GPL-3.0-or-later
// Inside the family `activity`: what the functions of its rows read, and their names.
#pragma once
#include "engine/stats/prop.h"
#include "metrics/calls.h"
#include "metrics/contact_cells.h"

// cell->state of rows whose interval is INTERVAL_PROCESS (contacts, from events).
struct contact_view {
    struct contact_book *book;
    const struct contact_table *now;
    const struct contact_table *base; // of the baseline; NULL: there is none
    size_t region;                    // index; region_count = the total
    size_t slot, cell;                // of the layout; cell = region · slots + slot
    int dim;                          // breakdown of the slot, -1: none
    bool unknown;                     // the slot of the missing levels
    double alpha;
};

// cell->state of rows whose interval is INTERVAL_NONE (calls and visits, from counts).
struct calls_view {
    const struct calls *calls;
    const struct calls_sums *sums;
};

enum { ACTIVITY_REASONS = 8 };
extern const struct label activity_reasons[ACTIVITY_REASONS]; // ids an estimate's reason may have

enum { ACTIVITY_ROWS = 42 };
extern const struct indicator activity_rows[ACTIVITY_ROWS]; // contacts come first

const struct contact_view *contact_view(const struct cell *cell);
const struct contact_cell *contact_here(const struct cell *cell);
uint64_t contact_count(const struct cell *cell, enum contact_count count);
void contact_limit(struct estimate *e, struct interval limits, double factor);
bool contact_has(const struct cell *cell, enum contact_column column);
// 100 · yes / known with its Wilson interval; no data where nothing is known.
struct estimate *contact_share(const struct indicator *self, struct cell *cell, uint64_t yes,
                               uint64_t known);
// A number of events x with its Poisson interval.
struct estimate *contact_number(const struct indicator *self, struct cell *cell, uint64_t x);
// The mean of n values with this sum and these squares, and its t interval.
struct estimate *contact_mean(const struct indicator *self, struct cell *cell,
                              const struct tally_sum *sum, const struct tally_sum *squares,
                              uint64_t n);
// Of one level of a breakdown (by its place), and of all known levels, in the region of the cell.
uint64_t contact_level(const struct contact_view *v, const struct contact_table *t, int dim,
                       size_t place, enum contact_count count);
uint64_t contact_known(const struct contact_view *v, const struct contact_table *t, int dim,
                       enum contact_count count);
void contact_absent(struct estimate *e, const char *reason); // not applicable (E2, E8)

compute_fn contact_contacts, contact_level_share, contact_wait_mean, contact_wait_median,
    contact_wait_p90, contact_handle_mean, contact_within_standard, contact_standard_met,
    contact_resolved, contact_referred, contact_core_share, contact_core_fee, contact_fees,
    contact_fee_share, contact_cost_recovery, contact_cost_per_contact, contact_online_share,
    contact_balance, contact_diversity, contact_core_drift, contact_segment_shift,
    contact_follow_up;
compute_fn client_clients, client_identified, client_repeat_rate, client_per_client,
    client_retention, client_channel_switch, client_repeat_12m, client_consent,
    client_resolved_first, client_to_resolution, client_bundle_rate;
compute_fn calls_offered, calls_handled, calls_abandoned, calls_abandonment, calls_unaccounted,
    calls_unaccounted_share, calls_service_level, calls_answer_time, calls_visits;
