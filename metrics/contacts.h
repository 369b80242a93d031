// SPDX-License-Identifier: GPL-3.0-or-later
// The state of events: one row of the files = one contact. Everything is a count or an exact sum
// per group of the cube, so states of parts of the data merge. Memory grows with groups, with
// distinct waits per group, and by 16 bytes per contact of a known client or case.
#pragma once
#include "engine/run/tally.h"
#include "metrics/crowd.h"
#include "metrics/cube.h"
#include "metrics/days.h"
#include "metrics/family.h"

enum contact_column { // but region, time and breakdowns
    CONTACT_CLIENT,
    CONTACT_CASE,
    CONTACT_CORE,
    CONTACT_RESOLVED,
    CONTACT_REFERRED,
    CONTACT_CONSENT,
    CONTACT_WAIT,   // seconds
    CONTACT_HANDLE, // seconds
    CONTACT_FEE,    // dollars, a refund is negative
    CONTACT_COST,   // dollars
    CONTACT_FOLLOW_DUE,
    CONTACT_FOLLOW_DONE,
    CONTACT_COLUMNS,
};

enum contact_count {
    COUNT_CONTACTS,
    COUNT_CLIENT_ASKED, // of inputs with a client column
    COUNT_IDENTIFIED,
    COUNT_CORE_KNOWN,
    COUNT_CORE,
    COUNT_RESOLVED_KNOWN,
    COUNT_RESOLVED,
    COUNT_REFERRED_KNOWN,
    COUNT_REFERRED,
    COUNT_HANDLE,
    COUNT_FEE, // fee recorded
    COUNT_FEE_POSITIVE,
    COUNT_CORE_ASKED, // of inputs with both core and fee
    COUNT_CORE_FEE,   // core and fee > 0
    COUNT_COST,
    COUNT_RECOVERY,    // not core, fee > 0, cost recorded
    COUNT_FOLLOW_DUE,  // in the group of the due date
    COUNT_FOLLOW_DONE, // on or before it
    // from here on: found by contacts_finish
    COUNT_CHANNEL,          // of known channel
    COUNT_ONLINE,           // of those, in the online set
    COUNT_START,            // of a segment of new businesses
    COUNT_EXISTING,         // of a segment of existing ones
    COUNT_EPISODE_FLAG,     // episodes whose first contact has the flag
    COUNT_EPISODE_FIRST,    // of those, resolved at the first contact
    COUNT_EPISODE_RESOLVED, // episodes with a resolved contact
    COUNT_EPISODE_STEPS,    // contacts up to the first resolved one
    COUNT_EPISODE_STEP_SQUARES,
    COUNT_EPISODE_SERVICE, // episodes with a known service
    COUNT_EPISODE_BUNDLE,  // of those, with at least two
    CONTACT_COUNTS,
};

enum contact_sum {
    SUM_HANDLE,
    SUM_HANDLE_SQUARES,
    SUM_FEE,
    SUM_FEE_SQUARES,
    SUM_COST,
    SUM_COST_SQUARES,
    SUM_RECOVERY_FEE, // over COUNT_RECOVERY
    SUM_RECOVERY_COST,
    SUM_RECOVERY_FEE_SQUARES,
    SUM_RECOVERY_COST_SQUARES,
    SUM_RECOVERY_PRODUCTS,
    CONTACT_SUMS,
};

struct contact_sums {
    uint64_t count[CONTACT_COUNTS];
    struct tally_sum sum[CONTACT_SUMS];
    uint32_t last; // cube_day of the last contact with a day
};

// Zeroed = empty; contacts_start before anything else.
struct contacts {
    const struct study *study;
    struct cube cube;
    VEC(struct contact_sums) sums; // by group
    struct histogram wait;         // by group
    struct crowd clients;
    struct crowd matters; // by case; rows here whose client is known stand in `clients` too
    struct days days;
    bool has[CONTACT_COLUMNS]; // some file has the column
};

// The group of rows met before, by region, period and levels of the input.
enum { FEED_MEMO = 4096 };
struct group_memo {
    uint64_t low, high;
    uint32_t group; // plus 1
};

// What the columns of the blocks of one input are.
struct contact_feed {
    struct contacts *contacts;
    struct places *places;
    uint16_t block;              // in study.activities
    int column[CONTACT_COLUMNS]; // place in block.columns, -1: none
    int dim[CUBE_DIMS];
    int profile[PROFILE_MOST]; // the first profile_count
    size_t profile_count;
    struct group_memo *memo; // FEED_MEMO of them, zeroed at first; NULL: none
};

void contacts_start(struct contacts *c, const struct study *s);
MUST_CHECK enum status contacts_read(struct contacts *c, struct run *run, uint16_t activity);
// FAIL_DATA where more contacts are kept than the study allows (limits: contacts).
MUST_CHECK enum status contacts_check(const struct contacts *c, struct where where,
                                      struct diags *d);
// One block; `reader` may be NULL (values out of range are then not reported).
void contacts_add(const struct contact_feed *feed, const struct block *block,
                  struct reader *reader);
// Adds what `from` holds, and takes its people away. Both were started with one study; region: see
// cube_merge.
void contacts_merge(struct contacts *into, struct contacts *from, const uint16_t *region);
void contacts_free(struct contacts *c);
void contact_sums_add(struct contact_sums *into, const struct contact_sums *from);

// What follows from all rows together: channels, segments, episodes; people are put in order. After
// the last merge and places_finish, once.
void contacts_finish(struct contacts *c, const struct places *p, int threads);
// The part of it about people. rank: of groups, of_rank: the groups by it.
void contacts_episodes(struct contacts *c, const uint32_t *rank, const uint32_t *of_rank,
                       int threads);
// Is any channel of the data in the online set, or does the study declare the set?
bool contacts_online_known(const struct contacts *c);
