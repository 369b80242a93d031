// SPDX-License-Identifier: GPL-3.0-or-later
// How the cells of one column become answers: off the scale is out_of_range, words become numbers
// by the study's codes, reversed items are turned. Decisions about a text are made once per
// distinct text.
#pragma once
#include "engine/run/frame.h"

enum answer_kind {
    ANSWER_PLAIN,  // a number as it is
    ANSWER_NUMBER, // on the item's scale
    ANSWER_WORD,   // a text that the study's codes turn into a number
    ANSWER_FLAG,   // yes 1, no 0
    ANSWER_CODE,   // a category
};

struct decision { // about one distinct text
    bool made;
    enum missing why;
    struct decimal number;
    uint32_t code;
};

struct answers { // one column asked for
    struct column *column;
    const struct item *item; // NULL for design columns and breakdowns
    enum answer_kind kind;
    struct dict texts; // as read, for CELL_CODE
    VEC(struct decision) decisions;
    uint64_t recounted[MISSING_COUNT]; // of the block at hand
};

// The rows of a block that are used, in order.
struct used {
    size_t count;
    uint32_t *row;
    bool all; // of the block
    // room for as many cells
    uint8_t *why;
    struct decimal *number;
    uint32_t *code;
};

enum cell_kind answers_cell(enum answer_kind kind);
void answers_take(struct answers *a, const struct cells *cells, struct used *used);
void answers_free(struct answers *a);
