// SPDX-License-Identifier: GPL-3.0-or-later
// A column of respondents' answers in memory. Numbers are whole numbers of one unit per column: a
// decimal scale that grows as values come, so nothing is rounded; values that do not fit 18 digits
// turn the column to binary: whole numbers of a power of two 2^-62 of the largest value.
#pragma once
#include "engine/ingest/reader.h"

struct column {
    bool coded;   // codes, else numbers
    uint8_t *why; // enum missing, per row
    int64_t *number;
    double *real; // while reading a column that does not fit
    uint32_t *code;
    struct dict codes;
    size_t rows, room;
    int scale;    // decimal places, while exact
    bool binary;  // values were rounded to a power of two
    double unit;  // value = number · unit
    int64_t most; // largest absolute number
};

void column_number(struct column *c, enum missing why, struct decimal value);
void column_code(struct column *c, enum missing why, uint32_t code);
static inline int64_t column_whole(const struct column *c, size_t row)
{
    return c->number[row];
}
void column_finish(struct column *c);        // sets unit; makes a column that does not fit binary
double column_decimal(struct decimal value); // nearest double of any decimal, real ones included
void column_free(struct column *c);
double column_value(const struct column *c, size_t row); // nearest double; NaN when missing
// Whole numbers of one power of two for any doubles.
double column_of_doubles(int64_t *out, const double *in, size_t rows);
