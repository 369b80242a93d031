// SPDX-License-Identifier: GPL-3.0-or-later
// Text that came from a file, made harmless where it is written (robustness.md 3). Every writer
// escapes once, at the last moment; no other layer does.
#pragma once
#include "engine/base/str.h"

// HTML and SVG, text and attribute values alike: & < > " ' as entities. Line ends and tabs become
// blanks, other control and direction characters U+FFFD.
void escape_html(struct buf *out, struct str s);
// A cell or a line of GitHub Markdown: nothing in it is markup, and it stays on one line.
void escape_markdown(struct buf *out, struct str s);
// A field of RFC 4180, quoted when it must be; ids stay verbatim.
void escape_csv(struct buf *out, struct str s);
// The same for files people open in a spreadsheet: what would start a formula gets a leading '.
void escape_csv_people(struct buf *out, struct str s);
