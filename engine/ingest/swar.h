// SPDX-License-Identifier: GPL-3.0-or-later
// Short digits and texts, eight bytes at once. Texts are loaded by the eight bytes that end where
// they end, so that much must lie before: the caller knows. The first byte is the lowest.
#pragma once
#include "engine/base/num.h"

#define SWAR_ONES 0x0101010101010101u
#define SWAR_ZEROS (SWAR_ONES * '0')

enum { SWAR_WORD = 8 };

static inline uint64_t swar_load(const char *at)
{
    uint64_t word = 0;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    memcpy(&word, at, sizeof word);
#else
    for (int i = SWAR_WORD - 1; i >= 0; i--)
        word = word << 8 | (unsigned char)at[i];
#endif
    return word;
}

// The last `len` bytes (1 to 8) before `end`, '0' in front of them.
static inline uint64_t swar_digits_load(const char *end, size_t len)
{
    unsigned unused = (unsigned)(SWAR_WORD - len) * 8;
    uint64_t word = swar_load(end - SWAR_WORD) >> unused << unused;
    return len == SWAR_WORD ? word : word | SWAR_ZEROS >> len * 8;
}

static inline bool swar_are_digits(uint64_t word)
{
    uint64_t high = SWAR_ONES * 0xF0;
    return (word & high) == SWAR_ZEROS && ((word + SWAR_ONES * 6) & high) == SWAR_ZEROS;
}

// Eight digits, pairs first.
static inline uint32_t swar_value(uint64_t word)
{
    word = (word & SWAR_ONES * 0x0F) * (1 + (10 << 8)) >> 8;
    word = (word & 0x00FF00FF00FF00FFu) * (1 + (100 << 16)) >> 16;
    return (uint32_t)((word & 0x0000FFFF0000FFFFu) * (1 + ((uint64_t)10000 << 32)) >> 32);
}

// Digits with at most one mark among or behind them, 1 to 8 bytes before `end`.
static inline bool swar_number(const char *end, size_t len, char mark, struct decimal *out)
{
    uint64_t word = swar_digits_load(end, len);
    int scale = 0;
    if (!swar_are_digits(word)) {
        uint64_t differs = word ^ SWAR_ONES * (unsigned char)mark;
        uint64_t marks = (differs - SWAR_ONES) & ~differs & SWAR_ONES * 0x80;
        unsigned at = marks ? (unsigned)__builtin_ctzll(marks) / 8 : 0; // of the first
        if (at <= SWAR_WORD - len)
            return false; // no mark, or nothing before it
        uint64_t below = ((uint64_t)1 << 8 * at) - 1, behind = ~(below << 8 | 0xFF);
        word = (word & behind) | (word & below) << 8 | '0';
        if (!swar_are_digits(word))
            return false;
        scale = (int)(SWAR_WORD - 1 - at);
    }
    uint32_t value = swar_value(word);
    for (; scale > 0 && value % 10 == 0; scale--)
        value /= 10;
    *out = (struct decimal){value, scale};
    return true;
}
