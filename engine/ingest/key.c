// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ingest/key.h"

#include "engine/base/num.h"

enum { MOST_DIGITS = 16 };

static bool all_digits(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
    return true;
}

// The value, behind all texts that are shorter: 1 + 10 + … + 10^(len - 1) of them.
static uint64_t digits_place(struct str text)
{
    uint64_t value = 0, shorter = 0;
    for (size_t i = 0; i < text.len; i++) {
        value = value * 10 + (uint64_t)(text.ptr[i] - '0');
        shorter += (uint64_t)num_power10[i];
    }
    return shorter + value;
}

bool key_of_text(struct str text, uint64_t *key)
{
    uint64_t word = 0;
    if (text.len > 8 && text.len <= MOST_DIGITS && all_digits(text)) {
        *key = (uint64_t)KEY_DIGITS << KEY_FORM_SHIFT | digits_place(text);
        return true;
    }
    if (text.len > 8 || !text.len)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == 0 || c >= 0x80)
            return false;
        word |= (uint64_t)c << 8 * i;
    }
    *key = key_of_word(word);
    return true;
}
