// SPDX-License-Identifier: GPL-3.0-or-later
// The other numbers of a table's cells: weighted n, numerators and denominators add up over the
// same lines as n, and give a hidden cell away in the same way. Inside engine/guard only.
#pragma once
#include "engine/guard/tables.h"

// Weighted n: hides more cells of the table (in `a`, the audit of its n) where that is needed. True
// when it hid some.
bool measures_hide_cells(struct tables *t, struct guard_table *g, struct audit *a);
// Numerators and denominators, which belong to one indicator: withholds more of its rows where that
// is needed. How many systems could not be protected.
size_t measures_hide_rows(struct tables *t, struct guard_table *g, const struct audit *a);
