// SPDX-License-Identifier: GPL-3.0-or-later
// What the writers of a first study share: the block at hand, and how names are written.
#pragma once
#include "engine/base/map.h"
#include "engine/study/init.h"

struct init_block { // files of one header
    const struct init_file *files;
    size_t first, count;       // in the array of files
    const struct init_file *f; // the first of them
    enum input_kind kind;
    struct buf *out;
    bool *used; // per column: plays a role
};

void init_scalar(struct buf *out,
                 const char *text); // plain where YAML reads it as text, else quoted
// Letters and digits in lower case, all else one _; unique among the ids already given.
void init_id(struct buf *out, struct dict *given, const char *text);
// The questions of a survey, one a column that plays no role; how many there are.
size_t init_items(const struct init_block *b);
