// SPDX-License-Identifier: GPL-3.0-or-later
// XML of a workbook looked through: is nothing missing from the middle of it? Inside engine/report
// only.
#pragma once
#include "engine/report/writers.h"

// Tags close in order and once, attributes are quoted, there is one root; where an element says how
// many children it has (count, uniqueCount, size), it has them. Adds what is counted to `found`.
bool xml_is_whole(struct str text, struct book_counts *found);
