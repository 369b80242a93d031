// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers, dates and periods as people read them in Canada, in English and in French (reports.md
// 3). Everything is built from the digits of num_split; the C library's locale plays no part.
// Values must be finite; one that is not is written as "..".
#pragma once
#include "engine/base/label.h"
#include "engine/base/str.h"
#include "engine/study/period.h"

#define NBSP "\xC2\xA0"      // U+00A0, before signs and between groups in French
#define MINUS "\xE2\x88\x92" // U+2212

struct fmt_form {
    int decimals; // 0..23
    bool percent; // 84.2% · 84,2 %
    bool dollars; // $1,234.50 · 1 234,50 $; always grouped
    bool sign;    // a plus before what is above zero
    bool grouped; // thousands set apart from 1,000 on, as in tables; else from 10,000 on
};

void fmt_number(struct buf *out, double value, struct fmt_form form, enum lang lang);
// "3.8 to 4.0", "3,8 à 4,0"; each limit with its sign of percent or dollars.
void fmt_interval(struct buf *out, double low, double high, struct fmt_form form, enum lang lang);
void fmt_p(struct buf *out, double p, enum lang lang); // p = 0.031, p < 0.001
void fmt_points(struct buf *out, double value, int decimals, enum lang lang); // +2.3 points
void fmt_date(struct buf *out, int32_t days, enum lang lang);      // April 30, 2004; 1er mai 2004
void fmt_period(struct buf *out, struct period p, enum lang lang); // 2003-04 Q3; 2003-04 T3
void fmt_bytes(struct buf *out, uint64_t bytes, enum lang lang);   // 12.3 kB; 12,3 ko
// Does a noun after this number, as printed, stand in the singular? English: 1 only; French:
// below 2.
bool fmt_singular(double value, int decimals, enum lang lang);
// Before a colon stands U+00A0 in French and nothing in English.
const char *fmt_colon(enum lang lang);
