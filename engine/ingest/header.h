// SPDX-License-Identifier: GPL-3.0-or-later
// Where the header of a table is, and how many rows it has.
#pragma once
#include "engine/ingest/dialect.h"
#include "engine/ingest/rows.h"

// Sets header_line (from 1 in `head`) and header_rows.
void header_find(struct str head, bool whole, const struct candidate *c, struct shape *out);
