// SPDX-License-Identifier: GPL-3.0-or-later
// Contacts by cell: from the finished state to what the indicators of one period need.
#pragma once
#include "metrics/people.h"

struct contact_standard {
    uint16_t block;
    const struct wait_standard *rule;
};

// What all periods share. Borrows the state.
struct contact_book {
    struct contacts *contacts;
    const struct places *places;
    struct cube_layout layout;
    struct ordered wait;       // by group
    struct people_ask *people; // counted already
    size_t people_count;
    struct contact_standard *standards;
    size_t standard_count;
    int channel, segment, service, partner; // breakdowns, -1: none
    int32_t first_day;                      // of the earliest period with a contact
    bool online_known;
    struct spread spread; // of this cell of this table, NULL: none
    const void *spread_of;
    size_t spread_cell;
};
void contact_book_start(struct contact_book *b, struct contacts *c, const struct places *p);
void contact_book_free(struct contact_book *b);
// Counts people for all spans at once, so that threads have something to share.
void contact_book_people(struct contact_book *b, const struct span *spans, size_t count,
                         int threads);

struct contact_cell {
    struct contact_sums s;
    struct people_cell people;
};

struct within {
    uint64_t waits, within;
};

struct contact_table {
    const struct contact_book *book;
    struct period period;
    bool levels, people;
    bool has_before, has_year; // data for the period before, for 12 months
    struct contact_cell *cells;
    struct within *within; // cell · standard_count + standard
    size_t *first;         // groups of a cell: groups[first[cell]] … groups[first[cell + 1] - 1]
    uint32_t *groups;
};
// levels: all cells, else only those without breakdown; people: also what is counted by client.
void contact_table_make(struct contact_table *t, struct contact_book *b, struct period p,
                        bool levels, bool people);
void contact_table_free(struct contact_table *t);
// The waits of a cell; good until the next call.
struct spread *contact_waits(struct contact_book *b, const struct contact_table *t, size_t cell);
