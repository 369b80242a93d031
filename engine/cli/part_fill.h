// SPDX-License-Identifier: GPL-3.0-or-later
// Some of the files of a study into a part: for `partial`, and for the ranks of a run.
#pragma once
#include "engine/cli/pipeline.h"

// Is the file (as the study names it) to be taken?
typedef bool part_takes(void *context, const struct input *in, const char *name);

// The study is loaded, the part started. The pipeline's study then names the chosen files only and
// serves for nothing else. *chosen: how many.
MUST_CHECK enum status part_fill(struct part *part, struct pipeline *p, part_takes *takes,
                                 void *context, size_t *chosen, struct diags *d);
