// SPDX-License-Identifier: GPL-3.0-or-later
// Attributes of gnuplot's SVG as we write them: only known ones, colours and numbers short, symbols
// under our own prefix.
#pragma once
#include "engine/base/str.h"

enum { SVG_SYMBOLS = 32 };
// The number of a symbol from its name, "gpPt6" or "#gpPt6"; -1 = another name.
int svg_symbol(struct str value);
// Appends the attributes, each with a blank before it: ids of groups and font names are dropped,
// ids of symbols and what refers to them prefixed. Marks in `used` (of SVG_SYMBOLS, or NULL) the
// symbols referred to. False: something that is not known.
bool svg_attributes(struct buf *out, struct str attributes, const char *prefix, bool *used);
