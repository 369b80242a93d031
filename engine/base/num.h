// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers and text, whatever the locale: machine digits, decimals rounded for people, and exact
// decimals read from files.
#pragma once
#include "engine/base/str.h"

// Integers wider than 64 bits and reals wider than double, under one name each.
__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;
#ifdef __SIZEOF_FLOAT128__
__extension__ typedef __float128 quad; // 113 bits of mantissa
#else
typedef long double quad;
#endif

enum { NUM_TEXT = 32 };

// "%.17g" with a point, digit for digit as printf gives it; false and "" for what is not finite; -0
// as 0.
bool num_text(double value, char out[NUM_TEXT]);

// r(x, d) of indicators.md 11: the nearest decimal of d places to the binary value, ties of the
// exact value to even, as printf gives it. -0 becomes 0.
double num_round(double value, int decimals);
// The digits of num_round without sign: "1234.50" as whole "1234" and fraction "50".
struct num_digits {
    bool negative;
    char whole[330], fraction[24];
};
void num_split(double value, int decimals, struct num_digits *out);

// A decimal as written: mantissa / 10^scale. Trailing zeros of the fraction are dropped.
struct decimal {
    int64_t mantissa;
    int scale; // 0..18
};

enum num_read { NUM_OK, NUM_BAD, NUM_BIG };

// Reads [+-]digits[mark digits][e[+-]digits], also "4." and ".5"; nothing else (robustness.md 1.4).
// group: a separator allowed between groups of three digits before the mark, 0 for none.
// NUM_BIG: a number that does not fit 18 digits; *value then holds the nearest double (1e400:
// NUM_BAD).
enum num_read num_read(struct str text, char mark, struct str group, struct decimal *out,
                       double *value);
double decimal_value(struct decimal d); // nearest double
extern const int64_t num_power10[19];
