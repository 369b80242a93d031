// SPDX-License-Identifier: GPL-3.0-or-later
// Bars against a target: met is filled, not met outlined, what goes past 100% ends in an arrow.
#pragma once
#include "plots/sheet.h"

enum verdict { VERDICT_NONE, VERDICT_MET, VERDICT_NOT_MET };

struct bullet {
    const char *name, *n, *right, *symbol; // symbol: instead of a bar
    const char *words;                     // instead of the value, for who hears it; NULL = none
    double value, target;                  // NaN = none
    enum verdict verdict;
    bool whole;
    size_t order;
};

struct bullets {
    VEC(struct bullet) at;
};

struct bullet *bullets_add(struct bullets *b, const char *name); // good until the next call
bool bullets_beyond(const struct bullets *b);                    // does a bar go past 100%?
void bullets_legend(struct plot *p, const struct bullets *b);
// Rows, axis and bars; `rows` has the heads of its columns.
void bullets_draw(struct plot *p, const struct bullets *b, struct ruler s, struct rows rows,
                  const char *axis);
