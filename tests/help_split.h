// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes that are hard to split, and whether the two ways of making records of them agree. Shared by
// the test and the fuzzer.
#pragma once
#include "engine/base/str.h"

// Records of a text as the direct way or libcsv (`reference`) finds them, with their lines and
// every message, as one text.
void split_records(struct buf *out, struct str text, const char *delimiter, const char *quote,
                   bool reference);
// Random text of about `len` bytes out of hard fragments; the same for the same seed.
void split_make(struct buf *out, uint64_t *seed, size_t len);
