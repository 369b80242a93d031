// SPDX-License-Identifier: GPL-3.0-or-later
// Exact sums (statistics.md 16). Decimals are brought to whole numbers of one scale per column and
// summed without rounding, so that any order of rows, blocks, threads and files gives the same
// bits; one rounding comes at the end.
//
// Which store a column needs is known from bits: exact_store() says int128 (plain `sum += w * y`),
// `struct exact` (256 bits), or none (values with too many digits: use struct exact_float).
#pragma once
#include "engine/base/num.h"

// ---- 256 bits, two's complement, lowest limb first. Zeroed = 0.
struct exact {
    uint64_t limb[4];
};
// ---- 640 bits for products of two sums; the widest allowed sums cannot overflow it.
struct wide {
    uint64_t limb[10];
};

enum exact_store { EXACT_128, EXACT_256, EXACT_NONE };
// For sums of w·y² over 2^row_bits rows. bits: of the largest magnitude, exact_bits().
enum exact_store exact_store(int w_bits, int y_bits, int row_bits);
int exact_bits(int128 value);
// value = d · 10^scale as a whole number. False: scale is less than the decimal's own, or > 125
// bits.
bool exact_scaled(struct decimal d, int scale, int128 *value);
// Brings a sum from a smaller to a larger scale (columns whose scale grows). False: does not fit.
bool exact_grow(struct exact *sum, int scales);

struct exact exact_of(int128 value);
void exact_add(struct exact *sum, int128 term);
void exact_add_product(struct exact *sum, int128 a, int128 b);          // += a·b
void exact_add_square(struct exact *sum, int128 w, int128 y);           // += w·y·y
void exact_add_triple(struct exact *sum, int128 w, int128 x, int128 y); // += w·x·y
void exact_merge(struct exact *sum, const struct exact *other);
bool exact_narrow(const struct exact *sum, int128 *out); // false: does not fit

struct wide wide_of(const struct exact *value);
struct wide wide_int(int128 value);
struct wide wide_power10(int power); // 0..192
struct wide wide_add(struct wide a, struct wide b);
struct wide wide_sub(struct wide a, struct wide b);
struct wide wide_mul(struct wide a, struct wide b); // the lowest 640 bits
int wide_sign(const struct wide *value);            // -1, 0, 1
quad wide_quad(const struct wide *value);           // nearest

// num / den to 113 bits (relative error below 2^-111), and rounded once more to double, so it is
// the nearest double unless the quotient lies within that distance of a midpoint. NaN when den is
// 0.
quad exact_ratio(struct wide num, struct wide den);
double exact_quotient(struct wide num, struct wide den);
quad exact_sqrt(quad value); // NaN when negative

// ---- sums of one column y (whole numbers of scale y_scale) with weights w (any scale: it cancels)
struct exact_moments {
    uint64_t n;
    struct exact w, wy, wyy;
};
void exact_moments_add(struct exact_moments *m, int128 w, int128 y);
void exact_moments_merge(struct exact_moments *m, const struct exact_moments *other);
quad exact_mean(const struct exact_moments *m, int y_scale); // Σwy / Σw
// n/(n-1) · (Σwy²/W - mean²); with equal weights the usual variance with divisor n - 1.
quad exact_variance(const struct exact_moments *m, int y_scale);
// Covariance with divisor W: (W·Σwxy - Σwx·Σwy) / W² · 10^-(x_scale + y_scale).
quad exact_covariance(const struct exact *w, const struct exact *wx, const struct exact *wy,
                      const struct exact *wxy, int x_scale, int y_scale);
// Score of a group of rows for the mean Y/W: (wy_g - wy/w · w_g)/w, the numerator formed exactly.
quad exact_mean_score(const struct exact *w, const struct exact *wy, const struct exact *w_g,
                      const struct exact *wy_g, int y_scale);

// Mean and standard deviation (divisor n - 1) of n decimals. False: the digits do not fit, or n =
// 0; *sd is NaN when n = 1.
bool exact_mean_sd(const struct decimal *y, size_t n, double *mean, double *sd);
// Are all of the decimals within `EXACT_256` together? Gives the scale to use (the largest).
bool exact_column(const struct decimal *y, size_t n, int *scale, int *bits);

// ---- doubles: a fixed-point number as wide as all doubles. Order-independent, exact. Zeroed = 0.
enum { EXACT_FLOAT_CHUNKS = 70 };
struct exact_float {
    int64_t chunk[EXACT_FLOAT_CHUNKS]; // of 32 bits each, carries wait in the upper halves
    uint32_t pending;                  // additions since the carries were last taken
    bool bad;                          // a NaN or an infinity was added
};
void exact_float_add(struct exact_float *sum, double term);
void exact_float_add_product(struct exact_float *sum, double a,
                             double b); // exact but for underflow
void exact_float_merge(struct exact_float *sum, const struct exact_float *other);
double exact_float_value(const struct exact_float *sum); // nearest double; NaN when bad
quad exact_float_quad(const struct exact_float *sum);
