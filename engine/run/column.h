// SPDX-License-Identifier: GPL-3.0-or-later
// A column of respondents' answers in memory. Numbers are whole numbers of one unit per column: a
// decimal scale that grows as values come, so nothing is rounded; values that do not fit 18 digits
// turn the column to binary: whole numbers of a power of two 2^-62 of the largest value. They take
// as few bytes as all of them fit in.
#pragma once
#include "engine/ingest/reader.h"

struct column {
    bool coded;   // codes, else numbers
    uint8_t *why; // enum missing, per row
    void *number; // read with column_whole
    int bytes;    // of one number: 1, 2, 4 or 8; 0: none yet
    double *real; // while reading a column that does not fit
    uint32_t *code;
    struct dict codes;
    size_t rows, room;
    int scale;    // decimal places, while exact
    bool binary;  // values were rounded to a power of two
    double unit;  // value = number · unit
    int64_t most; // largest absolute number
};

// Adds rows.
void column_numbers(struct column *c, const uint8_t *why, const struct decimal *value,
                    size_t count);
void column_codes(struct column *c, const uint8_t *why, const uint32_t *code, size_t count);

static inline int64_t column_whole(const struct column *c, size_t row)
{
    switch (c->bytes) {
    case 1:
        return ((const int8_t *)c->number)[row];
    case 2:
        return ((const int16_t *)c->number)[row];
    case 4:
        return ((const int32_t *)c->number)[row];
    default:
        return ((const int64_t *)c->number)[row];
    }
}
int column_bytes(int64_t most); // that numbers up to it take
// Some rows of a part of a column, and where they go.
struct column_stretch {
    uint32_t part, file; // number of the part; of the ledger
    int64_t line;        // of the first row
    size_t first, count; // in the part
    size_t at;           // in the whole
};
// Fills an empty column from parts of it that are not finished; the stretches stand in the order of
// their rows. What it becomes does not depend on the way it was parted.
void column_join(struct column *into, struct column *const *parts, size_t part_count,
                 const struct column_stretch *list, size_t count);
void column_finish(struct column *c);        // sets unit; makes a column that does not fit binary
double column_decimal(struct decimal value); // nearest double of any decimal, real ones included
void column_free(struct column *c);
double column_value(const struct column *c, size_t row); // nearest double; NaN when missing
// Brings rows into another order: row i becomes what row[i] was.
void column_arrange(struct column *c, const uint32_t *row);
// Whole numbers of one power of two for any doubles.
double column_of_doubles(int64_t *out, const double *in, size_t rows);
