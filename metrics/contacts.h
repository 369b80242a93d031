// SPDX-License-Identifier: GPL-3.0-or-later
// The state of events: one row of the files = one contact. Everything is a count or an exact sum
// per group of the cube, so states of parts of the data merge. Memory grows with groups, distinct
// waits per group and distinct clients per group; single contacts are kept (32 bytes each) only
// where episodes or the last contact of a client are asked for.
#pragma once
#include "engine/run/tally.h"
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

enum contact_flags {
    FLAG_RESOLVED = 1,
    FLAG_RESOLVED_KNOWN = 2,
    FLAG_CONSENT = 4,
    FLAG_CONSENT_KNOWN = 8,
};
#define NOBODY UINT32_MAX // no client, no case

struct contact_row {
    uint32_t client, matter; // numbers, or NOBODY; a matter is what the column `case` names
    uint32_t group;
    int32_t day;    // INT32_MIN: not known
    uint64_t order; // file and line, for contacts of one day
    uint8_t flags;
    uint8_t filled; // columns of the client profile that are filled
};

// Zeroed = empty; contacts_start before anything else.
struct contacts {
    const struct study *study;
    struct cube cube;
    VEC(struct contact_sums) sums; // by group
    struct histogram wait;         // by group
    struct dict clients, matters;
    struct bag visits; // client << 32 | group; empty when rows are kept
    VEC(struct contact_row) rows;
    struct days days;
    bool has[CONTACT_COLUMNS]; // some file has the column
    bool keep_rows;
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
};

void contacts_start(struct contacts *c, const struct study *s);
MUST_CHECK enum status contacts_read(struct contacts *c, struct run *run, uint16_t activity);
// One block; `reader` may be NULL (values out of range are then not reported).
void contacts_add(const struct contact_feed *feed, const struct block *block,
                  struct reader *reader);
// Adds what `from` holds. Both were started with one study; region: see cube_merge.
void contacts_merge(struct contacts *into, struct contacts *from, const uint16_t *region);
void contacts_free(struct contacts *c);
void contact_sums_add(struct contact_sums *into, const struct contact_sums *from);

// What follows from all rows together: channels, segments, episodes. After the last merge, once.
void contacts_finish(struct contacts *c);
void contacts_episodes(struct contacts *c); // the part of it about episodes
// Is any channel of the data in the online set, or does the study declare the set?
bool contacts_online_known(const struct contacts *c);

// How often each client stands in each group, by client and then group. Caller frees.
struct visit {
    uint32_t client, group;
    uint64_t count;
    int32_t day; // of the last contact with a consent flag,
    uint64_t order;
    uint8_t flags; // and its flags; 0: none
};
// Is the consent of `a` newer than that of `b`? One without a flag never is.
bool visit_is_later(const struct visit *a, const struct visit *b);
struct visit *contacts_visits(struct contacts *c, size_t *count);
