// SPDX-License-Identifier: GPL-3.0-or-later
// A double is m * 2^e and 10^k is 5^k * 2^k: as long as m * 5^k fits 192 bits the digits come from
// whole numbers alone, exactly, and many times faster than from printf, which has to be ready for
// any precision. What does not fit is left to printf.
#include "engine/base/num.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { PLACES_MOST = 54, DIGITS = 17 };

static const uint64_t power5[28] = {1u,
                                    5u,
                                    25u,
                                    125u,
                                    625u,
                                    3125u,
                                    15625u,
                                    78125u,
                                    390625u,
                                    1953125u,
                                    9765625u,
                                    48828125u,
                                    244140625u,
                                    1220703125u,
                                    6103515625u,
                                    30517578125u,
                                    152587890625u,
                                    762939453125u,
                                    3814697265625u,
                                    19073486328125u,
                                    95367431640625u,
                                    476837158203125u,
                                    2384185791015625u,
                                    11920928955078125u,
                                    59604644775390625u,
                                    298023223876953125u,
                                    1490116119384765625u,
                                    7450580596923828125u};

struct binary { // mantissa * 2^exponent, exactly
    uint64_t mantissa;
    int exponent;
};

static struct binary binary_of(double magnitude)
{
    uint64_t bits;
    memcpy(&bits, &magnitude, sizeof bits);
    uint64_t fraction = bits & 0xfffffffffffffu;
    int exponent = (int)(bits >> 52 & 0x7ff);
    return exponent ? (struct binary){fraction | 1ull << 52, exponent - 1075}
                    : (struct binary){fraction, -1074};
}

// The whole part of a number, and whether the nearest whole number (ties to even) is one more.
struct nearest {
    uint64_t whole;
    bool up;
};

// (high * 2^64 + low) / 2^shift; the result fits 64 bits.
static struct nearest divide(uint128 high, uint64_t low, int shift)
{
    uint64_t whole, half, below;
    if (shift < 64) {
        whole = (uint64_t)(high << (64 - shift)) | low >> shift;
        half = low >> (shift - 1) & 1;
        below = low & ((1ull << (shift - 1)) - 1);
    } else if (shift == 64) {
        whole = (uint64_t)high;
        half = low >> 63;
        below = low << 1;
    } else {
        int rest = shift - 64;
        whole = (uint64_t)(high >> rest);
        half = (uint64_t)(high >> (rest - 1)) & 1;
        below = (high & (((uint128)1 << (rest - 1)) - 1)) != 0 || low;
    }
    return (struct nearest){whole, half && (below || (whole & 1))};
}

static int length_of(uint128 bits) // 0 of 0
{
    uint64_t high = (uint64_t)(bits >> 64), low = (uint64_t)bits;
    return high ? 128 - __builtin_clzll(high) : low ? 64 - __builtin_clzll(low) : 0;
}

// b * 10^places, 0 <= places <= PLACES_MOST; false when it does not fit 62 bits.
static bool scale(struct binary b, int places, struct nearest *out)
{
    int first = places < 27 ? places : 27, shift = -(b.exponent + places);
    uint128 five = (uint128)power5[first] * power5[places - first];
    uint128 low = (uint128)b.mantissa * (uint64_t)five;
    uint128 high = (uint128)b.mantissa * (uint64_t)(five >> 64) + (uint64_t)(low >> 64);
    int length = high ? 64 + length_of(high) : length_of((uint64_t)low);
    if (length - shift > 62)
        return false;
    if (shift > length)
        *out = (struct nearest){0, false}; // less than a half
    else if (shift > 0)
        *out = divide(high, (uint64_t)low, shift);
    else
        *out = (struct nearest){(uint64_t)low << -shift, false};
    return true;
}

// ---- every digit

// 17 significant digits of a magnitude: digits * 10^(exponent - 16). False where 10^54 is not
// enough, or 17 digits are not all whole.
static bool significant(double magnitude, uint64_t *digits, int *exponent)
{
    struct binary b = binary_of(magnitude);
    struct nearest n;
    // floor(log10(2^k)) is the exponent or one less; 1292913986 / 2^32 = log10(2) - 6e-12
    int place = (int)(((int64_t)b.exponent + 52) * 1292913986 >> 32) + 1;
    if (place > DIGITS - 1)
        return false;
    if (DIGITS - place > PLACES_MOST || !scale(b, DIGITS - 1 - place, &n))
        return false;
    if (n.whole < 10000000000000000u && (place--, !scale(b, DIGITS - 1 - place, &n)))
        return false;
    *digits = n.whole + n.up;
    if (*digits == 100000000000000000u)
        *digits /= 10, place++;
    *exponent = place;
    return true;
}

// The digits of a whole number, at least `least` of them; returns how many.
static int put_whole(uint64_t whole, int least, char *out)
{
    char reversed[24];
    int count = 0;
    for (; whole || count < least; whole /= 10)
        reversed[count++] = (char)('0' + whole % 10);
    for (int i = 0; i < count; i++)
        out[i] = reversed[count - 1 - i];
    return count;
}

// As "%.17g" lays them out: trailing zeros dropped, a power of ten below 10^-4.
static void lay_out(uint64_t digits, int exponent, char *out)
{
    char all[24];
    int count = put_whole(digits, DIGITS, all), whole = exponent < -4 ? 1 : exponent + 1;
    while (count > 1 && all[count - 1] == '0')
        count--;
    if (exponent < 0 && exponent >= -4) {
        memcpy(out, "0.0000", 6);
        out += 1 - exponent;
        whole = 0;
    }
    for (int i = 0; i < count || i < whole; i++) {
        if (i == whole && whole)
            *out++ = '.';
        *out++ = i < count ? all[i] : '0';
    }
    if (exponent < -4) {
        memcpy(out, "e-", 2);
        out += 2 + put_whole((uint64_t)-exponent, 2, out + 2);
    }
    *out = '\0';
}

bool num_text(double value, char out[NUM_TEXT])
{
    uint64_t digits;
    int exponent;
    out[0] = '\0';
    if (!isfinite(value))
        return false;
    if (value == 0)
        memcpy(out, "0", 2);
    else if (!significant(fabs(value), &digits, &exponent))
        snprintf(out, NUM_TEXT, "%.17g", value);
    else {
        *out = '-';
        lay_out(digits, exponent, out + (value < 0));
    }
    return true;
}

// ---- rounded

// r(x, d) as a whole number of 10^-d; false where that is too large, or d too many.
static bool rounded(double magnitude, int decimals, uint64_t *out)
{
    struct nearest n;
    if (decimals < 0 || decimals > 18 || !scale(binary_of(magnitude), decimals, &n))
        return false;
    *out = n.whole + n.up;
    return *out < 1000000000000000000u;
}

double num_round(double value, int decimals)
{
    uint64_t whole;
    if (!isfinite(value) || fabs(value) > 1e22)
        return value;
    if (rounded(fabs(value), decimals, &whole)) {
        double result = decimal_value((struct decimal){(int64_t)whole, decimals});
        return value < 0 && whole ? -result : result;
    }
    char text[64];
    snprintf(text, sizeof text, "%.*f", decimals, value);
    double nearest = strtod(text, NULL);
    return nearest == 0 ? 0 : nearest;
}

static void split_text(double magnitude, int decimals, struct num_digits *out)
{
    char text[360];
    snprintf(text, sizeof text, "%.*f", decimals, magnitude);
    char *point = strchr(text, '.');
    size_t whole = point ? (size_t)(point - text) : strlen(text);
    memcpy(out->whole, text, whole);
    out->whole[whole] = '\0';
    snprintf(out->fraction, sizeof out->fraction, "%s", point ? point + 1 : "");
    out->negative = strspn(text, "0.") < strlen(text);
}

void num_split(double value, int decimals, struct num_digits *out)
{
    uint64_t all;
    if (isfinite(value) && rounded(fabs(value), decimals, &all)) {
        uint64_t unit = (uint64_t)num_power10[decimals];
        out->whole[put_whole(all / unit, 1, out->whole)] = '\0';
        out->fraction[put_whole(all % unit, decimals, out->fraction)] = '\0';
        out->negative = all != 0;
    } else {
        split_text(fabs(value), decimals, out);
    }
    out->negative &= value < 0;
}
