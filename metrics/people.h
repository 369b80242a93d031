// SPDX-License-Identifier: GPL-3.0-or-later
// What is counted by person: clients of cells, and episodes. Everything is a sum over people, so
// any number of threads may share them.
#pragma once
#include "metrics/contacts.h"

// Of one cell and period.
struct people_cell {
    uint64_t clients, client_squares, repeat; // Σ contacts² over clients; with two contacts or more
    uint64_t year_clients, year_repeat;       // of the 12 months that end with the period
    uint64_t before, again;                   // clients of the period before; those seen again
    uint64_t twice, switched; // clients with two contacts of known channel; through two channels
    uint64_t consent_known, consent; // by the newest answer
};

struct people_ask {
    struct period period;
    bool levels;               // all cells, else only those without breakdown
    struct people_cell *cells; // out: cube_cells of the layout; caller frees
};

// Fills asks[i].cells. `channel`: the breakdown, -1: none.
void people_count(const struct contacts *c, const struct cube_layout *l, int channel,
                  struct people_ask *asks, size_t count, int threads);
// The first day of the 12 months that end with a period; false for `all`.
bool people_year_start(struct period p, int32_t *day);

// What a group is to a period.
enum { VISIT_NOW = 1, VISIT_BEFORE = 2, VISIT_YEAR = 4 };
uint8_t people_mark(struct period p, struct period group);
