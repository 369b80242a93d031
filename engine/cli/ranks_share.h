// SPDX-License-Identifier: GPL-3.0-or-later
// A run by several processes: each reads whole files of contacts, the first one all other files and
// what the others made of theirs.
#pragma once
#include "engine/cli/pipeline.h"

// `run` in the first rank: `parts` holds those of all ranks, for pipeline_load to open; none when a
// rank failed, and then all is read here, so that what is wrong is said as ever. Other commands, or
// one process alone: nothing.
void ranks_share(const struct options *o, struct parts *parts);
// All that another rank has to do: to read its files and hand over its part. It says nothing.
void ranks_serve(int count, char **words);
