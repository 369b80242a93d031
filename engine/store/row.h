// SPDX-License-Identifier: GPL-3.0-or-later
// One estimate as it stands in a snapshot: a flat object. Inside engine/store only.
#pragma once
#include "engine/store/snapshot.h"

// Reads `{"name": value, …}` whose names have no escapes and whose values are texts, numbers or
// words; `text` ends with NUL. The end of it, or NULL when it is anything else. Texts with escapes
// are resolved into the arena.
const char *row_read(const char *text, struct snapshot_estimate *e, struct arena *a);
