// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/run/column.h"

#include <math.h>

// ---- room

static void *grown(void *old, size_t room, size_t now, size_t size)
{
    return mem_grow(old, &room, now, size);
}

// Twice as much each time.
static void make_room(struct column *c, size_t count)
{
    size_t room = c->room ? c->room : 1024, had = c->room;
    if (c->rows + count <= had)
        return;
    while (room < c->rows + count)
        room *= 2;
    c->why = grown(c->why, had, room, sizeof *c->why);
    c->bytes = c->coded || c->bytes ? c->bytes : 1;
    if (c->coded)
        c->code = grown(c->code, had, room, sizeof *c->code);
    else
        c->number = grown(c->number, had, room, (size_t)c->bytes);
    if (c->real)
        c->real = grown(c->real, had, room, sizeof *c->real);
    c->room = room;
}

int column_bytes(int64_t most)
{
    return most <= INT8_MAX ? 1 : most <= INT16_MAX ? 2 : most <= INT32_MAX ? 4 : 8;
}

static void store(struct column *c, size_t row, int64_t value)
{
    switch (c->bytes) {
    case 1:
        ((int8_t *)c->number)[row] = (int8_t)value;
        break;
    case 2:
        ((int16_t *)c->number)[row] = (int16_t)value;
        break;
    case 4:
        ((int32_t *)c->number)[row] = (int32_t)value;
        break;
    default:
        ((int64_t *)c->number)[row] = value;
    }
}

// The same numbers in more bytes, where `most` needs them.
static void widen(struct column *c, int64_t most)
{
    int bytes = column_bytes(most);
    if (bytes <= c->bytes)
        return;
    struct column wide = {.number = mem_new(c->room, (size_t)bytes), .bytes = bytes};
    for (size_t i = 0; i < c->rows; i++)
        store(&wide, i, column_whole(c, i));
    mem_free(c->number);
    c->number = wide.number;
    c->bytes = bytes;
}

// ---- numbers that come

// From whole numbers to doubles, when a value does not fit.
static void turn_real(struct column *c)
{
    c->real = mem_new(c->room, sizeof *c->real);
    for (size_t i = 0; i < c->rows; i++)
        if (c->why[i] == VALID)
            c->real[i] = decimal_value((struct decimal){column_whole(c, i), c->scale});
}

static bool rescaled(struct column *c, int scale)
{
    int64_t factor = num_power10[scale - c->scale];
    if (c->most > INT64_MAX / factor)
        return false;
    widen(c, c->most * factor);
    for (size_t i = 0; i < c->rows; i++)
        store(c, i, column_whole(c, i) * factor);
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
    widen(c, c->most);
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

static void add_number(struct column *c, enum missing why, struct decimal value)
{
    size_t row = c->rows;
    c->why[row] = (uint8_t)why;
    store(c, row, 0);
    if (c->real)
        c->real[row] = 0;
    if (why == VALID) {
        struct decimal scaled = value;
        if (!c->real && !fits(c, &scaled))
            turn_real(c);
        if (c->real)
            c->real[row] = column_decimal(value);
        else
            store(c, row, scaled.mantissa);
    }
    c->rows++;
}

// As many as are whole numbers of one byte at the scale of the column: most answers are.
static size_t add_small(struct column *c, const uint8_t *why, const struct decimal *value,
                        size_t count)
{
    int8_t *out = (int8_t *)c->number + c->rows;
    int64_t most = c->most;
    size_t i = 0;
    for (; i < count; i++) {
        int64_t v = why[i] == VALID ? value[i].mantissa : 0;
        if (v < -INT8_MAX || v > INT8_MAX || (why[i] == VALID && value[i].scale != c->scale))
            break;
        out[i] = (int8_t)v;
        most = v > most ? v : -v > most ? -v : most;
    }
    memcpy(c->why + c->rows, why, i);
    c->most = most;
    c->rows += i;
    return i;
}

void column_numbers(struct column *c, const uint8_t *why, const struct decimal *value, size_t count)
{
    make_room(c, count);
    for (size_t i = 0; i < count;) {
        if (c->bytes == 1 && !c->real)
            i += add_small(c, why + i, value + i, count - i);
        if (i < count) {
            add_number(c, (enum missing)why[i], value[i]);
            i++;
        }
    }
}

void column_codes(struct column *c, const uint8_t *why, const uint32_t *code, size_t count)
{
    if (!count)
        return; // a block of rejected rows only may bring no arrays
    make_room(c, count);
    memcpy(c->why + c->rows, why, count);
    for (size_t i = 0; i < count; i++)
        c->code[c->rows + i] = why[i] == VALID ? code[i] : 0;
    c->rows += count;
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
    widen(c, INT64_MAX);
    int64_t *number = c->number;
    c->unit = column_of_doubles(number, c->real, c->rows);
    c->binary = true;
    c->most = 0;
    for (size_t i = 0; i < c->rows; i++) {
        int64_t size = number[i] < 0 ? -number[i] : number[i];
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
        return (double)column_whole(c, row) * c->unit;
    return decimal_value((struct decimal){column_whole(c, row), c->scale});
}

// ---- another order

#define ARRANGE(type)                 \
    for (size_t i = 0; i < rows; i++) \
    ((type *)to)[i] = ((const type *)from)[row[i]]

static void *arranged(void *from, const uint32_t *row, size_t rows, size_t size)
{
    void *to = from ? mem_new(rows, size) : NULL;
    if (from && size == 1)
        ARRANGE(uint8_t);
    else if (from && size == 2)
        ARRANGE(uint16_t);
    else if (from && size == 4)
        ARRANGE(uint32_t);
    else if (from)
        ARRANGE(uint64_t);
    mem_free(from);
    return to;
}

void column_arrange(struct column *c, const uint32_t *row)
{
    if (!c->rows)
        return;
    c->why = arranged(c->why, row, c->rows, sizeof *c->why);
    c->number = arranged(c->number, row, c->rows, (size_t)c->bytes);
    c->code = arranged(c->code, row, c->rows, sizeof *c->code);
    c->room = c->rows;
}
