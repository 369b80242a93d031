// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/exact.h"

#include "engine/stats/limbs.h"

enum { LIMBS = 4, WIDE = 10, MOST_BITS = 254 };

int exact_bits(int128 value)
{
    uint128 magnitude = value < 0 ? -(uint128)value : (uint128)value;
    uint64_t high = (uint64_t)(magnitude >> 64), low = (uint64_t)magnitude;
    if (high)
        return 128 - __builtin_clzll(high);
    return low ? 64 - __builtin_clzll(low) : 0;
}

enum exact_store exact_store(int w_bits, int y_bits, int row_bits)
{
    int bits = w_bits + 2 * y_bits + row_bits;
    if (bits <= 126)
        return EXACT_128;
    return bits <= MOST_BITS ? EXACT_256 : EXACT_NONE;
}

bool exact_scaled(struct decimal d, int scale, int128 *value)
{
    int128 out = d.mantissa;
    int left = scale - d.scale;
    if (left < 0)
        return false;
    for (; left > 0 && out; left -= left > 18 ? 18 : left)
        if (__builtin_mul_overflow(out, (int128)num_power10[left > 18 ? 18 : left], &out))
            return false;
    *value = out;
    return exact_bits(out) <= 125;
}

struct exact exact_of(int128 value)
{
    uint64_t sign = value < 0 ? UINT64_MAX : 0;
    return (struct exact){{(uint64_t)value, (uint64_t)((uint128)value >> 64), sign, sign}};
}

void exact_merge(struct exact *sum, const struct exact *other)
{
    limbs_add(sum->limb, other->limb, LIMBS);
}

void exact_add(struct exact *sum, int128 term)
{
    struct exact other = exact_of(term);
    exact_merge(sum, &other);
}

// Most terms are short: their product is one multiplication.
static bool is_short(int128 value)
{
    return value == (int64_t)value;
}

static struct exact times(struct exact a, struct exact b) // modulo 2^256
{
    struct exact out = {{0}};
    limbs_multiply(a.limb, LIMBS, b.limb, LIMBS, out.limb, LIMBS);
    return out;
}

void exact_add_product(struct exact *sum, int128 a, int128 b)
{
    if (a == 1 || (is_short(a) && is_short(b))) {
        exact_add(sum, a * b);
        return;
    }
    struct exact term = times(exact_of(a), exact_of(b));
    exact_merge(sum, &term);
}

void exact_add_triple(struct exact *sum, int128 w, int128 x, int128 y)
{
    struct exact term = times(times(exact_of(w), exact_of(x)), exact_of(y));
    exact_merge(sum, &term);
}

void exact_add_square(struct exact *sum, int128 w, int128 y)
{
    if (is_short(y))
        exact_add_product(sum, w, y * y);
    else
        exact_add_triple(sum, w, y, y);
}

static int bits_of(const struct exact *value)
{
    struct exact magnitude = *value;
    if (limbs_negative(magnitude.limb, LIMBS))
        limbs_negate(magnitude.limb, LIMBS);
    struct limbs_top top = limbs_top(magnitude.limb, LIMBS);
    return top.bits ? top.exponent + 128 : 0;
}

bool exact_grow(struct exact *sum, int scales)
{
    for (; scales > 0; scales--) {
        if (bits_of(sum) > MOST_BITS - 4)
            return false;
        *sum = times(*sum, exact_of(10));
    }
    return true;
}

bool exact_narrow(const struct exact *sum, int128 *out)
{
    uint64_t sign = sum->limb[1] >> 63 ? UINT64_MAX : 0;
    *out = (int128)((uint128)sum->limb[1] << 64 | sum->limb[0]);
    return sum->limb[2] == sign && sum->limb[3] == sign;
}

struct wide wide_of(const struct exact *value)
{
    struct wide out;
    for (int i = 0; i < WIDE; i++)
        out.limb[i] = i < LIMBS ? value->limb[i] : value->limb[LIMBS - 1] >> 63 ? UINT64_MAX : 0;
    return out;
}

struct wide wide_int(int128 value)
{
    struct exact narrow = exact_of(value);
    return wide_of(&narrow);
}

struct wide wide_add(struct wide a, struct wide b)
{
    limbs_add(a.limb, b.limb, WIDE);
    return a;
}

struct wide wide_sub(struct wide a, struct wide b)
{
    limbs_negate(b.limb, WIDE);
    return wide_add(a, b);
}

struct wide wide_mul(struct wide a, struct wide b)
{
    struct wide out = {{0}};
    limbs_multiply(a.limb, WIDE, b.limb, WIDE, out.limb, WIDE);
    return out;
}

struct wide wide_power10(int power)
{
    struct wide out = wide_int(1);
    for (; power > 0; power -= power > 18 ? 18 : power)
        out = wide_mul(out, wide_int(num_power10[power > 18 ? 18 : power]));
    return out;
}

int wide_sign(const struct wide *value)
{
    if (limbs_negative(value->limb, WIDE))
        return -1;
    for (int i = 0; i < WIDE; i++)
        if (value->limb[i])
            return 1;
    return 0;
}

quad wide_quad(const struct wide *value)
{
    bool negative = limbs_negative(value->limb, WIDE);
    struct wide magnitude = *value;
    if (negative)
        limbs_negate(magnitude.limb, WIDE);
    quad out = limbs_quad(limbs_top(magnitude.limb, WIDE), 0);
    return negative ? -out : out;
}

quad exact_ratio(struct wide num, struct wide den)
{
    quad below = wide_quad(&den);
    return below == 0 ? (quad)NAN : wide_quad(&num) / below;
}

double exact_quotient(struct wide num, struct wide den)
{
    return (double)exact_ratio(num, den);
}

// One step of Newton doubles the digits of the double root.
quad exact_sqrt(quad value)
{
    double near = sqrt((double)value);
    if (!(near > 0) || isinf(near))
        return near;
    quad root = ((quad)near + value / (quad)near) / 2;
    return (root + value / root) / 2;
}

static quad power10(int scale)
{
    struct wide power = wide_power10(scale);
    return wide_quad(&power);
}

void exact_moments_add(struct exact_moments *m, int128 w, int128 y)
{
    m->n++;
    exact_add(&m->w, w);
    exact_add_product(&m->wy, w, y);
    exact_add_square(&m->wyy, w, y);
}

void exact_moments_merge(struct exact_moments *m, const struct exact_moments *other)
{
    m->n += other->n;
    exact_merge(&m->w, &other->w);
    exact_merge(&m->wy, &other->wy);
    exact_merge(&m->wyy, &other->wyy);
}

quad exact_mean(const struct exact_moments *m, int y_scale)
{
    return exact_ratio(wide_of(&m->wy), wide_of(&m->w)) / power10(y_scale);
}

quad exact_covariance(const struct exact *w, const struct exact *wx, const struct exact *wy,
                      const struct exact *wxy, int x_scale, int y_scale)
{
    struct wide all = wide_of(w);
    struct wide num = wide_sub(wide_mul(all, wide_of(wxy)), wide_mul(wide_of(wx), wide_of(wy)));
    return exact_ratio(num, wide_mul(all, all)) / power10(x_scale + y_scale);
}

quad exact_variance(const struct exact_moments *m, int y_scale)
{
    if (m->n < 2)
        return (quad)NAN;
    quad spread = exact_covariance(&m->w, &m->wy, &m->wy, &m->wyy, y_scale, y_scale);
    return spread * (quad)m->n / (quad)(m->n - 1);
}

quad exact_mean_score(const struct exact *w, const struct exact *wy, const struct exact *w_g,
                      const struct exact *wy_g, int y_scale)
{
    struct wide all = wide_of(w);
    struct wide num = wide_sub(wide_mul(wide_of(wy_g), all), wide_mul(wide_of(wy), wide_of(w_g)));
    return exact_ratio(num, wide_mul(all, all)) / power10(y_scale);
}

bool exact_column(const struct decimal *y, size_t n, int *scale, int *bits)
{
    *scale = *bits = 0;
    for (size_t i = 0; i < n; i++)
        if (y[i].scale > *scale)
            *scale = y[i].scale;
    for (size_t i = 0; i < n; i++) {
        int128 value;
        if (!exact_scaled(y[i], *scale, &value))
            return false;
        if (exact_bits(value) > *bits)
            *bits = exact_bits(value);
    }
    return exact_store(1, *bits, exact_bits((int128)n)) != EXACT_NONE;
}

bool exact_mean_sd(const struct decimal *y, size_t n, double *mean, double *sd)
{
    int scale, bits;
    struct exact_moments m = {0};
    *mean = *sd = NAN;
    if (n == 0 || !exact_column(y, n, &scale, &bits))
        return false;
    for (size_t i = 0; i < n; i++) {
        int128 value;
        if (!exact_scaled(y[i], scale, &value))
            return false;
        exact_moments_add(&m, 1, value);
    }
    *mean = (double)exact_mean(&m, scale);
    *sd = (double)exact_sqrt(exact_variance(&m, scale));
    return true;
}
