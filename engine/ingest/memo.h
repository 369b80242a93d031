// SPDX-License-Identifier: GPL-3.0-or-later
// What short texts of one column were read as. Columns of regions, channels and answers hold few
// different texts: each is read once, and found here by its bytes from then on.
#pragma once
#include "engine/base/str.h"

enum { MEMO_BITS = 8, MEMO_SLOTS = 1 << MEMO_BITS, MEMO_LONGEST = 16 };

struct memo_slot {
    uint64_t low, high;
    uint32_t value;
    uint8_t len, why; // len: of the text, plus 1; 0 = free
};

struct memo { // zeroed = empty
    struct memo_slot slots[MEMO_SLOTS];
};

// All bytes of a text of up to 16: with its length they name it.
static inline void memo_bytes(struct str s, uint64_t *low, uint64_t *high)
{
    uint32_t first, last;
    *low = *high = 0;
    if (s.len >= 8) {
        memcpy(low, s.ptr, 8);
        memcpy(high, s.ptr + s.len - 8, 8);
    } else if (s.len >= 4) {
        memcpy(&first, s.ptr, 4);
        memcpy(&last, s.ptr + s.len - 4, 4);
        *low = first | (uint64_t)last << 32;
    } else if (s.len) {
        *low = (uint64_t)(unsigned char)s.ptr[0] | (uint64_t)(unsigned char)s.ptr[s.len / 2] << 8 |
               (uint64_t)(unsigned char)s.ptr[s.len - 1] << 16;
    }
}

// The slot of a text of at most MEMO_LONGEST bytes. *known: it holds what the text was read as;
// else the caller fills value and why. A text that fell on the slot before gives way.
static inline struct memo_slot *memo_find(struct memo *m, struct str text, bool *known)
{
    uint64_t low, high;
    memo_bytes(text, &low, &high);
    uint64_t hash = (low ^ (high << 7 | high >> 57) ^ text.len) * 0x9e3779b97f4a7c15u;
    struct memo_slot *slot = &m->slots[hash >> (64 - MEMO_BITS)];
    *known = slot->low == low && slot->high == high && slot->len == text.len + 1;
    slot->low = low;
    slot->high = high;
    slot->len = (uint8_t)(text.len + 1);
    return slot;
}
