// SPDX-License-Identifier: GPL-3.0-or-later
// One estimate as it stands in a snapshot: an array of values under the names of the columns
// (schema 2), or a flat object (schema 1). Inside engine/store only.
#pragma once
#include "engine/store/snapshot.h"

enum { ROW_COLUMNS_MOST = 64 };

// The next column; false where there are too many. The name lives with the snapshot.
MUST_CHECK bool row_add_column(struct snapshot_columns *columns, struct str name);
// Reads `[value, …]`, one a column: texts, numbers or words; `text` ends with NUL. The end of it,
// or NULL when it is anything else. Texts with escapes are resolved into the arena.
const char *row_read_values(const char *text, const struct snapshot_columns *columns,
                            struct snapshot_estimate *e, struct arena *a);
// The same of `{"name": value, …}` whose names have no escapes.
const char *row_read(const char *text, struct snapshot_estimate *e, struct arena *a);
