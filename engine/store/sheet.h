// SPDX-License-Identifier: GPL-3.0-or-later
// The estimates of a release in one piece, as the history keeps them: column by column, since what
// stands in one column looks alike, and compressed (zstd). Inside engine/store only.
#pragma once
#include "engine/store/history_row.h"

// Appends all estimates of the snapshot to `out`.
void sheet_pack(struct buf *out, const struct snapshot *s);
// Calls `each` for every row, whose texts are good until it returns. False when the bytes are not
// what sheet_pack() made; `each` was then called for no row.
MUST_CHECK bool sheet_each(struct str bytes, history_row_visit *each, void *context);
