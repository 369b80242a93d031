// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/exact.h"
#include "engine/stats/limbs.h"

// Chunk i counts units of 2^(32 i - LOWEST); the smallest double is 2^-1074.
enum { CHUNKS = EXACT_FLOAT_CHUNKS, CHUNK_BITS = 32, LOWEST = 1088, FLOAT_LIMBS = CHUNKS / 2 };

static const int64_t chunk_base = (int64_t)1 << CHUNK_BITS;
static const uint32_t most_pending = 1u << 30; // each addition moves a chunk by less than 2^32

static void take_carries(struct exact_float *sum)
{
    for (int i = 0; i + 1 < CHUNKS; i++) {
        int64_t low = sum->chunk[i] % chunk_base;
        if (low < 0)
            low += chunk_base;
        sum->chunk[i + 1] += (sum->chunk[i] - low) / chunk_base;
        sum->chunk[i] = low;
    }
    sum->pending = 1;
}

void exact_float_add(struct exact_float *sum, double term)
{
    if (!isfinite(term)) {
        sum->bad = true;
        return;
    }
    int exponent;
    int64_t mantissa = (int64_t)ldexp(frexp(term, &exponent), 53);
    exponent += LOWEST - 53;
    while (exponent < 0) { // a subnormal: its lowest bits are 0
        mantissa /= 2;
        exponent++;
    }
    uint128 bits = (uint128)(mantissa < 0 ? -mantissa : mantissa) << exponent % CHUNK_BITS;
    int64_t *chunk = sum->chunk + exponent / CHUNK_BITS;
    for (int i = 0; i < 3; i++, bits >>= CHUNK_BITS) {
        int64_t part = (int64_t)(uint64_t)(bits & 0xffffffffu);
        chunk[i] += mantissa < 0 ? -part : part;
    }
    if (++sum->pending >= most_pending)
        take_carries(sum);
}

void exact_float_add_product(struct exact_float *sum, double a, double b)
{
    double product = a * b;
    exact_float_add(sum, product);
    if (isfinite(product))
        exact_float_add(sum, fma(a, b, -product)); // the exact rest of the product
}

void exact_float_merge(struct exact_float *sum, const struct exact_float *other)
{
    struct exact_float copy = *other;
    take_carries(&copy);
    take_carries(sum);
    for (int i = 0; i < CHUNKS; i++)
        sum->chunk[i] += copy.chunk[i];
    sum->pending += copy.pending;
    sum->bad = sum->bad || copy.bad;
}

static struct limbs_top magnitude(const struct exact_float *sum, bool *negative)
{
    struct exact_float copy = *sum;
    take_carries(&copy);
    *negative = copy.chunk[CHUNKS - 1] < 0;
    if (*negative) {
        for (int i = 0; i < CHUNKS; i++)
            copy.chunk[i] = -copy.chunk[i];
        take_carries(&copy);
    }
    uint64_t limb[FLOAT_LIMBS];
    for (int i = 0; i < FLOAT_LIMBS; i++)
        limb[i] = (uint64_t)copy.chunk[2 * i] + ((uint64_t)copy.chunk[2 * i + 1] << CHUNK_BITS);
    return limbs_top(limb, FLOAT_LIMBS);
}

// The bits are rounded once to 53; a result below the normal doubles is a whole number of the
// smallest double, so the scaling loses nothing there.
double exact_float_value(const struct exact_float *sum)
{
    if (sum->bad)
        return NAN;
    bool negative;
    struct limbs_top top = magnitude(sum, &negative);
    double value = ldexp((double)top.bits, top.exponent - LOWEST);
    return negative ? -value : value;
}

quad exact_float_quad(const struct exact_float *sum)
{
    if (sum->bad)
        return (quad)NAN;
    bool negative;
    quad value = limbs_quad(magnitude(sum, &negative), -LOWEST);
    return negative ? -value : value;
}
