// SPDX-License-Identifier: GPL-3.0-or-later
// Certified values of NIST's statistical reference data sets.
#pragma once
#include "tests/values/values.h"

// NaN when the table has no such row.
static inline double strd_certified(const char *set, const char *statistic)
{
    FILE *file = values_open("strd/certified.csv");
    struct values_row row = {.line = 0};
    double value = NAN;
    while (file && values_next(file, &row))
        if (!strcmp(row.field[0], set) && !strcmp(row.field[2], statistic))
            value = values_number(&row, 3);
    if (file)
        fclose(file);
    return value;
}
