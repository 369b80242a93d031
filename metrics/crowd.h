// SPDX-License-Identifier: GPL-3.0-or-later
// Contacts by the people they are of, 16 bytes each. They are dealt out to parts by person as they
// come; when all are there each part is put in order by itself, so that threads can share the work
// and what is worked on stays near. Results that are sums over people do not depend on who did
// what.
#pragma once
#include "engine/ingest/key.h"
#include "engine/study/period.h"

#include <assert.h>

enum { CROWD_PARTS = 128, CROWD_GROUP_BITS = 21, CROWD_CHUNK_ROWS = 255 };
#define CROWD_GROUPS ((size_t)1 << CROWD_GROUP_BITS) // a group has a number below

enum crowd_flags { // of a contact
    FLAG_RESOLVED = 1,
    FLAG_RESOLVED_KNOWN = 2,
    FLAG_CONSENT = 4,
    FLAG_CONSENT_KNOWN = 8,
    CROWD_FLAGS = 15,
};

struct crowd_row {
    uint64_t who; // key, whether it belongs to a case, filled columns of the profile: 58, 1, 5 bits
    uint64_t what; // moment, group, flags: 39, 21, 4 bits
};

// What a row says.
struct contact_row {
    uint64_t key;
    bool in_case;
    unsigned filled;
    int32_t day, second; // INT32_MIN, MOMENT_UNKNOWN: not known
    uint32_t group;
    unsigned flags;
};

struct crowd_chunk {
    struct crowd_chunk *next;
    size_t count;
    struct crowd_row rows[CROWD_CHUNK_ROWS];
};

// Zeroed = empty.
struct crowd {
    struct dict names; // of the keys that are numbers
    struct crowd_chunk *parts[CROWD_PARTS], *ends[CROWD_PARTS];
    VEC(void *) slabs;        // memory of the chunks
    struct crowd_chunk *room; // chunks not yet used
    size_t room_count;
    uint64_t count;
};

// Day of the year 1 = 1; the moment 0 is not known.
enum { CROWD_FIRST_DAY = -719163, CROWD_SECOND_BITS = 17 };

static inline struct crowd_row crowd_pack(const struct contact_row *r)
{
    uint64_t day = r->day == INT32_MIN ? 0 : (uint64_t)((int64_t)r->day - CROWD_FIRST_DAY);
    uint64_t moment = day << CROWD_SECOND_BITS | (uint64_t)(r->second + 1);
    assert(r->group < CROWD_GROUPS && r->filled < 32);
    return (struct crowd_row){r->key << 6 | (uint64_t)r->in_case << 5 | r->filled,
                              moment << (CROWD_GROUP_BITS + 4) | (uint64_t)r->group << 4 |
                                  r->flags};
}
static inline uint64_t crowd_key(const struct crowd_row *r)
{
    return r->who >> 6;
}
static inline bool crowd_in_case(const struct crowd_row *r)
{
    return r->who >> 5 & 1;
}
static inline unsigned crowd_filled(const struct crowd_row *r)
{
    return r->who & 31;
}
static inline uint32_t crowd_group(const struct crowd_row *r)
{
    return (uint32_t)(r->what >> 4) & (CROWD_GROUPS - 1);
}
static inline unsigned crowd_row_flags(const struct crowd_row *r)
{
    return r->what & CROWD_FLAGS;
}
static inline int32_t crowd_day(const struct crowd_row *r)
{
    int64_t day = (int64_t)(r->what >> (CROWD_GROUP_BITS + 4 + CROWD_SECOND_BITS));
    return day ? (int32_t)(day + CROWD_FIRST_DAY) : INT32_MIN;
}
// Does `a` come after `b`? Not where the moments are the same.
static inline bool crowd_is_later(const struct crowd_row *a, const struct crowd_row *b)
{
    return a->what >> (CROWD_GROUP_BITS + 4) > b->what >> (CROWD_GROUP_BITS + 4);
}

void crowd_put(struct crowd *c, struct crowd_row row);
static inline void crowd_add(struct crowd *c, const struct contact_row *row)
{
    crowd_put(c, crowd_pack(row));
}
// Can a row that was not made here be one of this crowd, of that many groups?
bool crowd_is_sound(const struct crowd *c, const struct crowd_row *row, size_t groups);
// Takes the rows of `from`, which is then empty. group[group there] = group here.
void crowd_merge(struct crowd *into, struct crowd *from, const uint32_t *group);
void crowd_free(struct crowd *c);

// Rows of a part that lie together; its memory is used again.
typedef VEC(struct crowd_row) crowd_list;
void crowd_list_part(const struct crowd *c, size_t part, crowd_list *out);
// Puts the rows of a part in order: those of a person together, in time, then by rank[group], then
// by what else they hold, so that equal rows are all that has no order. `list` and `work` are
// memory.
void crowd_sort_part(struct crowd *c, size_t part, const uint32_t *rank, const uint32_t *of_rank,
                     crowd_list *list, crowd_list *work);
// Where the rows of the person at `from` end in a part that is in order.
static inline size_t crowd_person_end(const crowd_list *list, size_t from)
{
    size_t to = from + 1;
    while (to < list->len && crowd_key(&list->at[to]) == crowd_key(&list->at[from]))
        to++;
    return to;
}
