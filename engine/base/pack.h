// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers and texts as bytes and back, the same on every machine: seven bits a byte, lowest first.
#pragma once
#include "engine/base/str.h"

void pack_number(struct buf *out, uint64_t value);
void pack_signed(struct buf *out, int64_t value); // small negative numbers stay short
void pack_text(struct buf *out, struct str text);

// Reading goes on after an error with zeros and empty texts; `bad` tells.
struct unpack {
    struct str rest;
    bool bad;
};
uint64_t unpack_number(struct unpack *u);
int64_t unpack_signed(struct unpack *u);
struct str unpack_text(struct unpack *u); // lies in what is unpacked
// A number below `limit`, else bad.
uint64_t unpack_below(struct unpack *u, uint64_t limit);
// How many things follow, each of which takes at least one byte.
size_t unpack_count(struct unpack *u);
