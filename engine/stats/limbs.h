// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers in limbs of 64 bits, lowest first, two's complement. Private to exact.c and
// exact_float.c.
#pragma once
#include "engine/base/num.h"

#include <math.h>

static inline void limbs_add(uint64_t *into, const uint64_t *other, int count)
{
    uint128 carry = 0;
    for (int i = 0; i < count; i++) {
        carry += (uint128)into[i] + other[i];
        into[i] = (uint64_t)carry;
        carry >>= 64;
    }
}

static inline void limbs_negate(uint64_t *limb, int count)
{
    uint128 carry = 1;
    for (int i = 0; i < count; i++) {
        carry += (uint64_t)~limb[i];
        limb[i] = (uint64_t)carry;
        carry >>= 64;
    }
}

static inline bool limbs_negative(const uint64_t *limb, int count)
{
    return limb[count - 1] >> 63;
}

// out (n limbs, zeroed by the caller) += a · b, what passes n limbs is lost.
static inline void limbs_multiply(const uint64_t *a, int a_count, const uint64_t *b, int b_count,
                                  uint64_t *out, int n)
{
    for (int i = 0; i < a_count && i < n; i++) {
        uint64_t carry = 0;
        for (int j = 0; a[i] && i + j < n; j++) {
            uint128 sum = (uint128)out[i + j] + carry;
            sum += j < b_count ? (uint128)a[i] * b[j] : 0;
            out[i + j] = (uint64_t)sum;
            carry = (uint64_t)(sum >> 64);
        }
    }
}

// A magnitude as its highest 128 bits and a power of two: bits · 2^exponent. What lies below is
// folded into the lowest bit, so that one rounding to 113 bits or fewer is the right one.
struct limbs_top {
    uint128 bits; // 0, or with its highest bit set
    int exponent;
};

static inline uint64_t limbs_at(const uint64_t *limb, int i)
{
    return i >= 0 ? limb[i] : 0;
}

static inline struct limbs_top limbs_top(const uint64_t *limb, int count)
{
    int high = count - 1;
    while (high >= 0 && !limb[high])
        high--;
    if (high < 0)
        return (struct limbs_top){0, 0};
    int shift = __builtin_clzll(limb[high]);
    uint128 bits = (uint128)limb[high] << 64 | limbs_at(limb, high - 1);
    uint64_t third = limbs_at(limb, high - 2);
    bool rest = shift ? third << shift : third;
    if (shift)
        bits = bits << shift | third >> (64 - shift);
    for (int i = high - 3; i >= 0 && !rest; i--)
        rest = limb[i];
    return (struct limbs_top){bits | rest, 64 * (high - 1) - shift};
}

// top · 2^shift rounded once; |exponent| stays below 3000, so three steps of exact powers reach it.
static inline quad limbs_quad(struct limbs_top top, int shift)
{
    quad value = (quad)top.bits;
    int exponent = top.exponent + shift;
    for (int step = 0; step < 4 && exponent; step++) {
        int part = exponent > 1000 ? 1000 : exponent < -1000 ? -1000 : exponent;
        value *= (quad)ldexp(1, part);
        exponent -= part;
    }
    return value;
}
