// SPDX-License-Identifier: GPL-3.0-or-later
// Files that stand in for those on the disk: what parts of a run (`etalon partial`) hold of them.
#pragma once
#include "engine/base/str.h"

struct shelf_file {
    const char *name; // relative to the study
    int stand_in;     // descriptor + 1; 0: its rows are counted elsewhere, it cannot be read
};

struct shelf { // zeroed = empty
    VEC(struct shelf_file) files;
};

// Puts bytes behind a descriptor, as if they were a file. 0 or errno.
int shelf_put(struct shelf *s, const char *name, struct str bytes);
const struct shelf_file *shelf_find(const struct shelf *s, const char *name); // NULL: not there
void shelf_free(struct shelf *s);
