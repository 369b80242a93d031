// SPDX-License-Identifier: GPL-3.0-or-later
// A scanner for the XML that gnuplot writes: tags, attributes, text. Not for XML from elsewhere: no
// comments, no CDATA, no entities of its own.
#pragma once
#include "engine/base/str.h"

enum markup_kind {
    MARKUP_BAD,
    MARKUP_TEXT,
    MARKUP_DECLARATION, // <?xml …?>
    MARKUP_OPEN,
    MARKUP_EMPTY, // <name …/>
    MARKUP_CLOSE,
};

struct markup {
    enum markup_kind kind;
    struct str whole, name, attributes;
    bool text_element; // the last tag opened a <text>
};

// The next piece; false at the end, or at something that is not known (kind MARKUP_BAD).
bool markup_next(struct str *rest, struct markup *m);
bool markup_in_text(const struct markup *m); // this text belongs to a <text> element

struct markup_attribute {
    struct str name, value; // as written, still escaped
};
// The next name="value" or name='value' (blanks round = allowed); false when there is none. What is
// left in *rest is then empty, or no attribute.
bool markup_attribute(struct str *rest, struct markup_attribute *a);
