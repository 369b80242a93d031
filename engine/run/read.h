// SPDX-License-Identifier: GPL-3.0-or-later
// Reads an input with several threads: one takes the files apart, the others fill states of their
// own, which are merged in the end. The result, the messages and the ledger are those of
// input_read, which is what is used for one thread and whenever anything is out of order.
#pragma once
#include "engine/ingest/reader.h"

// How a state that merges takes part.
struct read_fork {
    // A new, empty state for one thread, with a request that fills it: asks, sink and context are
    // its own; all else is as in the request given to run_read.
    void *(*start)(void *context, struct places *places, struct request *request);
    // Adds the state to that of `context`. region[first number there] = first number here.
    void (*merge)(void *context, void *state, const uint16_t *region);
    void (*drop)(void *state);
};

MUST_CHECK enum status run_read(const struct request *request, const struct read_fork *fork,
                                int threads, struct places *places, struct ledger *ledger,
                                struct diags *d);
// The numbers here of the regions found there; caller frees. NULL: too many regions.
uint16_t *run_merge_places(struct places *into, const struct places *from);
