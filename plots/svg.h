// SPDX-License-Identifier: GPL-3.0-or-later
// gnuplot's SVG made accessible, small and safe (reports.md 7.3): our title and description, role
// and language, ids that are unique in a page, one list of fonts; nothing that is not used.
#pragma once
#include "engine/base/label.h"
#include "engine/base/str.h"

struct svg_words {
    const char *prefix; // of all ids: letters, digits and "-"
    struct str title, description;
    enum lang lang;
    int width, height;
};

// From gnuplot's file to an <svg> element without XML declaration. False: it holds something that
// this scanner does not know, or is not well formed; `out` is then undefined.
bool svg_treat(struct arena *a, struct str raw, const struct svg_words *words, struct str *out);
// A picture of our own that says in words why there is no chart.
struct str svg_placeholder(struct arena *a, const struct svg_words *words, struct str reason);
// Is it one well-formed element with unique ids and only references to ids it has?
bool svg_check(struct str svg);
