// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/num.h"

#include <math.h>
#include <stdlib.h>

// The program never calls setlocale, so printf and strtod speak the C locale.

const int64_t num_power10[19] = {1,
                                 10,
                                 100,
                                 1000,
                                 10000,
                                 100000,
                                 1000000,
                                 10000000,
                                 100000000,
                                 1000000000,
                                 10000000000,
                                 100000000000,
                                 1000000000000,
                                 10000000000000,
                                 100000000000000,
                                 1000000000000000,
                                 10000000000000000,
                                 100000000000000000,
                                 1000000000000000000};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// What was read so far: up to 18 significant digits in `mantissa`, the rest only counted.
struct scan {
    struct str rest;
    uint64_t mantissa;
    int digits;   // digits seen at all
    int scale;    // digits after the mark that went into the mantissa
    int dropped;  // whole digits that did not fit
    bool inexact; // a digit other than 0 did not fit
    int zeros;    // zeros held back at the end of the fraction
};

static void take_digit(struct scan *s, int digit, bool fraction)
{
    s->digits++;
    if (fraction && digit == 0) {
        s->zeros++;
        return;
    }
    for (; s->zeros > 0; s->zeros--) {
        if (s->mantissa < 100000000000000000u && s->scale < 18) {
            s->mantissa *= 10;
            s->scale++;
        } else {
            s->inexact = true;
        }
    }
    if (s->mantissa >= 100000000000000000u || (fraction && s->scale >= 18)) {
        s->inexact |= digit != 0 || !fraction;
        s->dropped += !fraction;
        return;
    }
    s->mantissa = s->mantissa * 10 + (uint64_t)digit;
    s->scale += fraction;
}

// A group separator is taken only between a digit and exactly three more digits.
static bool take_group(struct scan *s, struct str group, int since)
{
    if (!group.len || s->rest.len < group.len + 3 ||
        memcmp(s->rest.ptr, group.ptr, group.len) != 0 || since == 0 || since > 3)
        return false;
    const char *next = s->rest.ptr + group.len;
    bool three = is_digit(next[0]) && is_digit(next[1]) && is_digit(next[2]) &&
                 (s->rest.len == group.len + 3 || !is_digit(next[3]));
    if (three)
        s->rest.ptr += group.len, s->rest.len -= group.len;
    return three;
}

static bool take_whole(struct scan *s, struct str group)
{
    int since = 0;
    bool grouped = false;
    while (s->rest.len) {
        if (is_digit(s->rest.ptr[0])) {
            if (grouped && since == 3)
                return false;
            take_digit(s, s->rest.ptr[0] - '0', false);
            s->rest.ptr++, s->rest.len--, since++;
        } else if (take_group(s, group, since)) {
            grouped = true;
            since = 0;
        } else {
            break;
        }
    }
    return true;
}

static bool take_exponent(struct scan *s, int *exponent)
{
    *exponent = 0;
    if (!s->rest.len || (s->rest.ptr[0] != 'e' && s->rest.ptr[0] != 'E'))
        return true;
    s->rest.ptr++, s->rest.len--;
    bool negative = s->rest.len && s->rest.ptr[0] == '-';
    if (s->rest.len && (s->rest.ptr[0] == '-' || s->rest.ptr[0] == '+'))
        s->rest.ptr++, s->rest.len--;
    if (!s->rest.len)
        return false;
    for (; s->rest.len && is_digit(s->rest.ptr[0]); s->rest.ptr++, s->rest.len--)
        if (*exponent < 100000)
            *exponent = *exponent * 10 + (s->rest.ptr[0] - '0');
    if (negative)
        *exponent = -*exponent;
    return true;
}

// Moves the mark by the exponent; false when the result does not fit 18 digits and 18 places.
static bool shift(struct scan *s, int exponent, struct decimal *out)
{
    uint64_t m = s->mantissa;
    int scale = s->scale - exponent;
    while (m && scale < 0 && m < 100000000000000000u) {
        m *= 10;
        scale++;
    }
    while (m && scale > 18 && m % 10 == 0) {
        m /= 10;
        scale--;
    }
    while (m && scale > 0 && m % 10 == 0) {
        m /= 10;
        scale--;
    }
    if (m == 0)
        scale = 0;
    *out = (struct decimal){(int64_t)m, scale};
    return scale >= 0 && scale <= 18;
}

// The nearest double, through strtod on plain ASCII with a point.
static double nearest(struct str text, char mark, struct str group)
{
    char plain[400];
    size_t len = 0;
    for (size_t i = 0; i < text.len && len < sizeof plain - 1; i++) {
        char c = text.ptr[i];
        if (is_digit(c) || c == '+' || c == '-' || c == 'e' || c == 'E')
            plain[len++] = c;
        else if (c == mark && !(group.len && c == group.ptr[0]))
            plain[len++] = '.';
    }
    plain[len] = '\0';
    return strtod(plain, NULL);
}

enum num_read num_read(struct str text, char mark, struct str group, struct decimal *out,
                       double *value)
{
    struct str trimmed = str_trim(text);
    struct scan s = {.rest = trimmed};
    int exponent;
    bool negative = s.rest.len && s.rest.ptr[0] == '-';
    if (s.rest.len && (s.rest.ptr[0] == '-' || s.rest.ptr[0] == '+'))
        s.rest.ptr++, s.rest.len--;
    if (!take_whole(&s, group))
        return NUM_BAD;
    if (s.rest.len && s.rest.ptr[0] == mark)
        for (s.rest.ptr++, s.rest.len--; s.rest.len && is_digit(s.rest.ptr[0]);
             s.rest.ptr++, s.rest.len--)
            take_digit(&s, s.rest.ptr[0] - '0', true);
    if (!s.digits || !take_exponent(&s, &exponent) || s.rest.len || trimmed.len > 390)
        return NUM_BAD;
    bool fits = !s.inexact && !s.dropped && shift(&s, exponent, out);
    if (fits) {
        if (negative)
            out->mantissa = -out->mantissa;
        *value = decimal_value(*out);
        return NUM_OK;
    }
    *value = nearest(trimmed, mark, group);
    if (!isfinite(*value))
        return NUM_BAD;
    if (*value == 0) { // too small for a double: 1e-400 is 0
        *out = (struct decimal){0, 0};
        return NUM_OK;
    }
    return NUM_BIG;
}

static const int64_t double_whole = (int64_t)1 << 53;

double decimal_value(struct decimal d)
{
    if (d.scale == 0)
        return (double)d.mantissa;
    // Two whole numbers that doubles hold: their quotient is rounded once.
    if (d.mantissa > -double_whole && d.mantissa < double_whole)
        return (double)d.mantissa / (double)num_power10[d.scale];
    // A quotient of two integers of 60 bits that is not a midpoint of doubles lies at least 2^-113
    // of itself away from one, which is what quad resolves: rounding twice does no harm.
    return (double)((quad)d.mantissa / (quad)num_power10[d.scale]);
}
