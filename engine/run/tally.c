// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/run/tally.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_PLACES = 18 };

// Makes room for terms of this scale; returns how many places they must be raised.
static int meet_scale(struct tally_sum *s, int scale)
{
    if (scale > s->scale) {
        s->overflow |= !exact_grow(&s->total, scale - s->scale);
        s->scale = scale;
    }
    return s->scale - scale;
}

void tally_add(struct tally_sum *s, struct decimal d)
{
    tally_add_times(s, d, 1);
}

// d.mantissa · 10^places fits 128 bits for up to 18 digits and 18 places.
void tally_add_product(struct tally_sum *s, struct decimal a, struct decimal b)
{
    int places = meet_scale(s, a.scale + b.scale);
    int first = places < MOST_PLACES ? places : MOST_PLACES;
    exact_add_product(&s->total, (int128)a.mantissa * num_power10[first],
                      (int128)b.mantissa * num_power10[places - first]);
}

void tally_add_times(struct tally_sum *s, struct decimal d, uint64_t count)
{
    tally_add_product(s, d, (struct decimal){(int64_t)count, 0});
}

void tally_add_square(struct tally_sum *s, struct decimal d, uint64_t count)
{
    int places = meet_scale(s, 2 * d.scale); // even, as long as only squares are added
    exact_add_square(&s->total, (int128)count, (int128)d.mantissa * num_power10[places / 2]);
}

void tally_merge(struct tally_sum *into, const struct tally_sum *from)
{
    struct exact term = from->total;
    into->overflow |= from->overflow;
    int places = meet_scale(into, from->scale);
    if (places)
        into->overflow |= !exact_grow(&term, places);
    exact_merge(&into->total, &term);
}

int tally_sign(const struct tally_sum *s)
{
    struct wide total = wide_of(&s->total);
    return wide_sign(&total);
}

double tally_value(const struct tally_sum *s)
{
    return s->overflow ? NAN : exact_quotient(wide_of(&s->total), wide_power10(s->scale));
}

double tally_mean(const struct tally_sum *s, uint64_t n)
{
    struct wide divisor = wide_mul(wide_power10(s->scale), wide_int((int128)n));
    return n == 0 || s->overflow ? NAN : exact_quotient(wide_of(&s->total), divisor);
}

double tally_ratio(const struct tally_sum *above, const struct tally_sum *below)
{
    if (above->overflow || below->overflow || tally_sign(below) == 0)
        return NAN;
    return exact_quotient(wide_mul(wide_of(&above->total), wide_power10(below->scale)),
                          wide_mul(wide_of(&below->total), wide_power10(above->scale)));
}

// s² = (n Σx² - (Σx)²) / (n (n - 1)); the difference is exact.
double tally_variance(const struct tally_sum *sum, const struct tally_sum *squares, uint64_t n)
{
    if (n < 2 || sum->overflow || squares->overflow)
        return NAN;
    assert(squares->scale == 2 * sum->scale);
    struct wide x = wide_of(&sum->total);
    struct wide difference =
        wide_sub(wide_mul(wide_of(&squares->total), wide_int((int128)n)), wide_mul(x, x));
    struct wide pairs = wide_int((int128)n * (int128)(n - 1));
    return exact_quotient(difference, wide_mul(wide_power10(squares->scale), pairs));
}

// ---- decimals

bool decimal_nearest(double value, struct decimal *out)
{
    if (!(fabs(value) < 1e18))
        return false;
    int whole = fabs(value) < 1 ? 1 : (int)floor(log10(fabs(value))) + 1;
    char text[64];
    snprintf(text, sizeof text, "%.*f", whole > 18 ? 0 : 18 - whole, value);
    double ignored;
    return num_read(str_of(text), '.', STR(""), out, &ignored) == NUM_OK;
}

int decimal_order(struct decimal a, struct decimal b)
{
    int scale = a.scale > b.scale ? a.scale : b.scale;
    int128 x = (int128)a.mantissa * num_power10[scale - a.scale];
    int128 y = (int128)b.mantissa * num_power10[scale - b.scale];
    return (x > y) - (x < y);
}
