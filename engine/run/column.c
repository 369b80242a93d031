// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/run/column.h"

#include <math.h>

static void room_for_one(struct column *c)
{
    if (c->rows < c->room)
        return;
    size_t room = c->room ? 2 * c->room : 1024, cap;
    c->why = mem_grow(c->why, (cap = c->room, &cap), room, sizeof *c->why);
    if (c->coded)
        c->code = mem_grow(c->code, (cap = c->room, &cap), room, sizeof *c->code);
    else
        c->number = mem_grow(c->number, (cap = c->room, &cap), room, sizeof *c->number);
    if (c->real)
        c->real = mem_grow(c->real, (cap = c->room, &cap), room, sizeof *c->real);
    c->room = room;
}

// From whole numbers to doubles, when a value does not fit.
static void turn_real(struct column *c)
{
    c->real = mem_new(c->room, sizeof *c->real);
    for (size_t i = 0; i < c->rows; i++)
        if (c->why[i] == VALID)
            c->real[i] = decimal_value((struct decimal){c->number[i], c->scale});
}

static bool rescaled(struct column *c, int scale)
{
    int64_t factor = num_power10[scale - c->scale];
    if (c->most > INT64_MAX / factor)
        return false;
    for (size_t i = 0; i < c->rows; i++)
        c->number[i] *= factor;
    c->most *= factor;
    c->scale = scale;
    return true;
}

static bool fits(struct column *c, struct decimal *value)
{
    if (value->scale == DECIMAL_REAL)
        return false;
    if (value->scale > c->scale && !rescaled(c, value->scale))
        return false;
    int64_t factor = num_power10[c->scale - value->scale];
    int64_t size = value->mantissa < 0 ? -value->mantissa : value->mantissa;
    if (size > INT64_MAX / factor)
        return false;
    value->mantissa *= factor;
    size *= factor;
    c->most = size > c->most ? size : c->most;
    return true;
}

double column_decimal(struct decimal value)
{
    double real;
    if (value.scale != DECIMAL_REAL)
        return decimal_value(value);
    memcpy(&real, &value.mantissa, sizeof real);
    return real;
}

void column_number(struct column *c, enum missing why, struct decimal value)
{
    room_for_one(c);
    size_t row = c->rows;
    c->why[row] = (uint8_t)why;
    c->number[row] = 0;
    if (c->real)
        c->real[row] = 0;
    if (why == VALID) {
        struct decimal scaled = value;
        if (!c->real && !fits(c, &scaled))
            turn_real(c);
        if (c->real)
            c->real[row] = column_decimal(value);
        else
            c->number[row] = scaled.mantissa;
    }
    c->rows++;
}

void column_code(struct column *c, enum missing why, uint32_t code)
{
    room_for_one(c);
    c->why[c->rows] = (uint8_t)why;
    c->code[c->rows++] = why == VALID ? code : 0;
}

double column_of_doubles(int64_t *out, const double *in, size_t rows)
{
    double most = 0;
    for (size_t i = 0; i < rows; i++)
        most = fabs(in[i]) > most ? fabs(in[i]) : most;
    int exponent = most > 0 ? 61 - ilogb(most) : 0;
    exponent = exponent > 1000 ? 1000 : exponent;
    for (size_t i = 0; i < rows; i++)
        out[i] = llrint(ldexp(in[i], exponent));
    return ldexp(1, -exponent);
}

void column_finish(struct column *c)
{
    if (c->coded)
        return;
    if (!c->real) {
        c->unit = 1 / (double)num_power10[c->scale];
        return;
    }
    c->unit = column_of_doubles(c->number, c->real, c->rows);
    c->binary = true;
    c->most = 0;
    for (size_t i = 0; i < c->rows; i++) {
        int64_t size = c->number[i] < 0 ? -c->number[i] : c->number[i];
        c->most = size > c->most ? size : c->most;
    }
    mem_free(c->real);
    c->real = NULL;
}

void column_free(struct column *c)
{
    mem_free(c->why);
    mem_free(c->number);
    mem_free(c->real);
    mem_free(c->code);
    dict_free(&c->codes);
    *c = (struct column){0};
}

double column_value(const struct column *c, size_t row)
{
    if (c->why[row] != VALID || c->coded)
        return NAN;
    if (c->binary)
        return (double)c->number[row] * c->unit;
    return decimal_value((struct decimal){c->number[row], c->scale});
}
