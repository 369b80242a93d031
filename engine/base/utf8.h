// SPDX-License-Identifier: GPL-3.0-or-later
// UTF-8. Inside the program every text is valid UTF-8; this room checks it, compares it and cleans
// it.
#pragma once
#include "engine/base/str.h"

// Decodes one character at s.ptr; returns its bytes, 0 if s is empty or does not start with a valid
// one.
size_t utf8_decode(struct str s, uint32_t *character);
// Bytes of the valid part at the start of s (s.len when all of it is valid). A sequence that is
// only cut by the end of s counts as invalid; *cut tells how many bytes such a tail has (may be
// NULL).
size_t utf8_valid(struct str s, size_t *cut);
void utf8_put(struct buf *out, uint32_t character);
size_t utf8_count(struct str s);               // characters
size_t utf8_prefix(struct str s, size_t most); // bytes of the first `most` characters
// Normal form C, in the arena. Text that is already ASCII is returned as it is.
struct str utf8_nfc(struct arena *a, struct str s);
// NFC, then without case and accents: equal folds make a near miss, never a match.
struct str utf8_fold(struct arena *a, struct str s);
// Like str_trim, also for U+00A0, U+202F and U+FEFF.
struct str utf8_trim(struct str s);
// Characters that may do something to a terminal or turn the reading order: C0 but LF, DEL, C1,
// bidi controls, U+2028, U+2029, U+FEFF.
bool utf8_is_control(uint32_t character);
// As it may be shown on a terminal or in a log: control characters as \xNN or \u{NNNN}, bytes that
// are not UTF-8 as \xNN, a line that starts with "::" as " ::". LF is escaped unless keep_lines.
void utf8_escape(struct buf *out, struct str s, bool keep_lines);
// Order for people: letters without accents and case first, then the bytes.
int utf8_collate(struct str a, struct str b);
