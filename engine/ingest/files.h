// SPDX-License-Identifier: GPL-3.0-or-later
// The files an input names: patterns are expanded, sorted by bytes.
#pragma once
#include "engine/study/study.h"

struct found_file {
    const char *path; // to open
    const char *name; // relative to the study file
    int stand_in;     // of the shelf; 0: none, the path is opened
};
typedef VEC(struct found_file) file_list;

// Adds the files of `names`, seen from the study's. FAIL_INPUT when a pattern matches none. A plain
// name is taken as it stands; whether it exists shows when it is opened. Where the study has a
// shelf, only what stands there is found.
MUST_CHECK enum status files_find(file_list *out, struct arena *a, const struct study *study,
                                  const struct texts *names, struct where where, struct diags *d);
