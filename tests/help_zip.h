// SPDX-License-Identifier: GPL-3.0-or-later
// Looking into what the program wrote with readers that share no code with its writers.
#pragma once
#include "engine/base/str.h"

struct part { // of a zip archive
    char *name;
    struct buf bytes;
};

struct parts {
    VEC(struct part) list;
};

// All parts, unpacked and with their sums checked; false when the archive is not sound.
bool zip_read(struct str archive, struct parts *out);
const struct part *zip_part(const struct parts *parts, const char *name); // NULL: not there
void zip_free(struct parts *parts);

// Well-formed XML as far as our files go: one root, tags that close in order, attributes once and
// quoted, known entities, legal characters; no DTD. On failure `why` says where.
bool xml_is_well_formed(struct str text, char why[128]);
