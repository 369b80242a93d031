// SPDX-License-Identifier: GPL-3.0-or-later
// Keys of people: 58 bits that are the text itself where it is short, so that no dictionary of
// millions is needed and parts of the data agree about a key without one. Texts are trimmed, NFC
// and never empty. 0 is no key.
#pragma once
#include "engine/base/map.h"

enum key_form {
    KEY_TEXT = 1,    // up to 8 ASCII characters but NUL, 7 bits each, the first lowest
    KEY_DIGITS = 2,  // 9 to 16 digits: their place among all texts of up to 16 digits
    KEY_NUMBERED = 3 // everything else: its number in a dictionary
};
enum { KEY_BITS = 58, KEY_FORM_SHIFT = 56 };

static inline uint64_t key_numbered(uint32_t number)
{
    return (uint64_t)KEY_NUMBERED << KEY_FORM_SHIFT | number;
}
static inline bool key_is_numbered(uint64_t key)
{
    return key >> KEY_FORM_SHIFT == KEY_NUMBERED;
}
// Eight bytes below 0x80, the first lowest, what is not used 0.
static inline uint64_t key_of_word(uint64_t word)
{
    word = (word & 0x007F007F007F007Fu) | (word & 0x7F007F007F007F00u) >> 1;
    word = (word & 0x00003FFF00003FFFu) | (word & 0x3FFF00003FFF0000u) >> 2;
    word = (word & 0x000000000FFFFFFFu) | (word & 0x0FFFFFFF00000000u) >> 4;
    return (uint64_t)KEY_TEXT << KEY_FORM_SHIFT | word;
}
// False: the text must be numbered.
bool key_of_text(struct str text, uint64_t *key);
