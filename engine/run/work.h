// SPDX-License-Identifier: GPL-3.0-or-later
// Threads: a crew that takes things from a queue while the caller puts them in. Nothing here
// decides a result: what is made of the things is folded by the caller, when the crew is done.
#pragma once
#include "engine/base/arena.h"

#include <stdbool.h>

struct crew;
// Does its part with `thing`; false: nothing further is to be done, by anybody.
typedef bool crew_work(void *context, int worker, void *thing);

// NULL when no thread can be started. `things` are the ones that go round: `count` pointers.
struct crew *crew_start(int workers, crew_work *work, void *context, void **things, size_t count);
int crew_size(const struct crew *c);   // threads that really started, at least 1
void *crew_free_thing(struct crew *c); // waits for one; NULL: the crew gave up
void crew_give(struct crew *c, void *thing);
// Waits until all is done and ends the threads. False: one of them gave up.
bool crew_finish(struct crew *c);

// Calls `step` for every number below `count`, by up to `threads` at a time; `worker` is below
// `threads`. Nobody else's steps may be looked at.
typedef void work_step(void *context, int worker, size_t number);
void work_each(int threads, size_t count, work_step *step, void *context);
