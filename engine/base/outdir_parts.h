// SPDX-License-Identifier: GPL-3.0-or-later
// Inside engine/base only: what the files of the output folder share.
#pragma once
#include "engine/base/outdir.h"

enum { RANDOM_LETTERS = 6 }; // of the name of a folder that is being built

static inline struct where outdir_place(const struct outdir *o)
{
    return (struct where){o->path, 0, 0};
}

void outdir_remove_tree(int dir, const char *name); // quietly, as far as it can
// Removes what dead runs left beside the folder; puts back an old folder that one set aside.
void outdir_sweep(const struct outdir *o);
// May NAME be replaced? E0601, E0602, E0603.
MUST_CHECK enum status outdir_may_replace(struct outdir *o, struct diags *d);
// Removes from the folder that is being built what nobody put there: files that a library or
// another program left behind. errno of what cannot be removed, or 0.
int outdir_drop_foreign(struct outdir *o);
