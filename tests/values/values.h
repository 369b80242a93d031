// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of known values for tests: CSV with a header line, no quotes, no commas inside a field.
#pragma once
#include "engine/base/num.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VALUES_FIELDS = 16 };
struct values_row {
    char text[2048];
    const char *field[VALUES_FIELDS];
    int count;
    long line;
};

static inline void values_split(struct values_row *row)
{
    row->text[strcspn(row->text, "\r\n")] = '\0';
    row->count = 0;
    for (char *at = row->text; at && row->count < VALUES_FIELDS;) {
        row->field[row->count++] = at;
        at = strchr(at, ',');
        if (at)
            *at++ = '\0';
    }
}

// The next row after the header; false at the end. The test's folder is the project's root.
static inline bool values_next(FILE *file, struct values_row *row)
{
    if (row->line == 0 && !fgets(row->text, sizeof row->text, file))
        return false;
    row->line += row->line == 0 ? 2 : 1;
    if (!fgets(row->text, sizeof row->text, file))
        return false;
    values_split(row);
    return true;
}

static inline FILE *values_open(const char *name)
{
    char path[200];
    snprintf(path, sizeof path, "tests/values/%s", name);
    return fopen(path, "r");
}

static inline double values_number(const struct values_row *row, int field)
{
    if (field >= row->count || !strcmp(row->field[field], "NA"))
        return NAN;
    return strtod(row->field[field], NULL);
}

static inline struct decimal values_decimal(const char *text)
{
    struct decimal d = {0};
    double unused;
    if (num_read(str_of(text), '.', (struct str){0}, &d, &unused) != NUM_OK)
        fprintf(stderr, "not a decimal of 18 digits: %s\n", text);
    return d;
}

// The column `field` of a file as decimals; the caller frees *out with free().
static inline size_t values_column(const char *name, int field, struct decimal **out)
{
    FILE *file = values_open(name);
    struct values_row row = {.line = 0};
    size_t n = 0, cap = 0;
    *out = NULL;
    while (file && values_next(file, &row)) {
        if (n == cap)
            *out = realloc(*out, (cap = cap * 2 + 64) * sizeof **out);
        if (*out)
            (*out)[n++] = values_decimal(row.field[field]);
    }
    if (file)
        fclose(file);
    return n;
}

// Digits in common: -log10 of the relative error, of the absolute one where the value is 0; at
// most 16.
static inline double values_digits(double found, double wanted)
{
    if (found == wanted || (isnan(found) && isnan(wanted)))
        return 16;
    double error = fabs(found - wanted) / (wanted == 0 ? 1 : fabs(wanted));
    return isfinite(error) ? fmin(-log10(error), 16) : 0;
}

// True when at least `digits` agree; otherwise says where and what.
static inline bool values_agree(double found, double wanted, double digits, const char *what,
                                long line)
{
    bool good = values_digits(found, wanted) >= digits;
    if (!good)
        fprintf(stderr, "%s, line %ld: %.17g, not %.17g (%.1f digits)\n", what, line, found, wanted,
                values_digits(found, wanted));
    return good;
}
