// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of the workbook, for its writers only.
#pragma once
#include "engine/base/err.h"
#include "engine/report/book.h"

#include <xlsxwriter.h>

// Adds the chart of a main comparison below its table, from row `row` on; does nothing for other
// tables, and where a withheld figure would have to be drawn.
MUST_CHECK lxw_error xlsx_chart(lxw_workbook *file, lxw_worksheet *on, const struct book_sheet *s,
                                size_t row);
