// SPDX-License-Identifier: GPL-3.0-or-later
// Processes started together by mpirun. Without -DETALON_MPI there is always one.
#pragma once
#include "engine/base/str.h"

void ranks_start(void); // first thing in main
void ranks_end(void);   // last thing
int ranks_count(void);
int ranks_number(void); // of this process, from 0
// Every rank but the first hands its bytes over. In the first, `take` gets those of each other rank
// in order; they stay its own to free.
void ranks_gather(struct str mine, void (*take)(void *context, struct buf theirs), void *context);
