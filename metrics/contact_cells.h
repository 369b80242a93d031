// SPDX-License-Identifier: GPL-3.0-or-later
// Contacts by cell: from the finished state to what the indicators of one period need.
#pragma once
#include "metrics/contacts.h"

struct contact_standard {
    uint16_t block;
    const struct wait_standard *rule;
};

// What all periods share. Borrows the state.
struct contact_book {
    struct contacts *contacts;
    const struct places *places;
    struct cube_layout layout;
    struct ordered wait; // by group
    struct visit *visits;
    size_t visit_count;
    struct contact_standard *standards;
    size_t standard_count;
    int channel, segment, service, partner; // breakdowns, -1: none
    int32_t first_day;                      // of the earliest period with a contact
    bool online_known;
    struct spread spread;
};
void contact_book_start(struct contact_book *b, struct contacts *c, const struct places *p);
void contact_book_free(struct contact_book *b);

struct client_work { // one client in one cell
    uint32_t stamp;  // client + 1
    uint32_t channel;
    bool several;
    uint64_t now, before, year, known;
    const struct visit *last; // with the newest consent, NULL: none with any
};

struct contact_cell {
    struct contact_sums s;
    uint64_t clients, client_squares, repeat; // Σ contacts² over clients; with two contacts or more
    uint64_t year_clients, year_repeat;       // of the 12 months that end with the period
    uint64_t before, again;                   // clients of the period before; those seen again
    uint64_t twice, switched; // clients with two contacts of known channel; through two channels
    uint64_t consent_known, consent;
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
    struct client_work *work; // per cell, while the clients are gone through
};
// levels: all cells, else only those without breakdown; people: also what is counted by client.
void contact_table_make(struct contact_table *t, const struct contact_book *b, struct period p,
                        bool levels, bool people);
void contact_table_free(struct contact_table *t);
// The waits of a cell; good until the next call.
struct spread *contact_waits(struct contact_book *b, const struct contact_table *t, size_t cell);

// The first day of the 12 months that end with a period; false for `all`.
bool contact_year_start(struct period p, int32_t *day);
