// SPDX-License-Identifier: GPL-3.0-or-later
// Inside people.h: what the two halves of the counting share.
#pragma once
#include "metrics/people.h"

struct duty {      // of a period of rows in one that is asked for
    uint32_t base; // of its cells in the work of a thread
    uint8_t mark;
    bool levels;
};

struct season { // a period of rows: its duties in the list of them
    size_t first, count;
};

struct member { // of a group: its season, and its cells in the list of them, those without
                // breakdown first
    uint32_t channel, season;
    uint32_t cell, plain, cells;
};

// One person in one cell of a period that is asked for.
struct person {
    uint32_t stamp, channel;
    uint32_t now, before, year, known;
    uint8_t flags; // of the newest consent
    bool several;  // channels
};

struct touch { // one person in one cell, whatever the period
    uint32_t stamp, rows, season;
    uint8_t flags;
};

// Who has one contact only in a cell, in all periods, counts for all of them alike: such people are
// only numbered as they come, by cell, season and consent.
enum { CONSENT_UNKNOWN, CONSENT_NO, CONSENT_YES, CONSENTS };

struct people_worker {
    struct person *work; // by ask and cell
    struct people_cell *cells;
    struct touch *touch; // by cell
    uint64_t *single;    // by cell, season and consent
    VEC(uint32_t) touched, seen;
    crowd_list list;
    uint32_t stamp;
};

struct people_work {
    const struct contacts *contacts;
    const struct cube_layout *layout;
    int channel;
    size_t cell_count;
    struct member *members; // by group
    VEC(uint32_t) cells;
    VEC(struct duty) duties;
    VEC(struct season) seasons;
    struct people_worker *workers;
};

// Seasons, duties and cells of all groups for these periods.
void people_list(struct people_work *c, const struct people_ask *asks, size_t count);
