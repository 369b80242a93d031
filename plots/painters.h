// SPDX-License-Identifier: GPL-3.0-or-later
// Processes of etalon-paint, which make PNG files of the SVG files that gnuplot leaves in a folder
// (plots/paint). Each draws its share; all are children under the limits of plots/process.h.
#pragma once
#include "plots/gnuplot.h"

#include <stdatomic.h>

enum { PAINTERS_MOST = 8 };
struct painters {
    struct painter {
        struct process process;
        struct buf said;
        size_t understood;
    } at[PAINTERS_MOST];
    int count;
    size_t given; // drawings, to one after the other
};
bool painters_there(void); // is etalon-paint installed?
// Up to `count` of them. False: there is no etalon-paint beside the program, nor in
// ../libexec/etalon, or it cannot be started; nothing to end then.
bool painters_start(struct painters *p, int count, int folder_fd, int patience);
// The SVG of this drawing is whole.
void painters_give(struct painters *p, size_t index);
// Waits until all that was given is done, and marks what was said. `stop` ends it early.
void painters_finish(struct painters *p, struct drawing *drawings, size_t count,
                     const atomic_bool *stop);
void painters_end(struct painters *p, bool at_once);
