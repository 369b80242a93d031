// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the standard scales in both languages (indicators.md 13): what people read for an
// answer when the study gives no label, and what a file may hold instead of a code.
#pragma once
#include "engine/study/study.h"

struct scale_words {
    const struct label *answers; // ids are the codes "1" to "5", worst to best
    size_t count;                // 0: this scale has no words
};
extern const struct scale_words scale_words[SCALE_COUNT];
