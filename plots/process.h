// SPDX-License-Identifier: GPL-3.0-or-later
// A program that is given a text and whose answer is read, both at once. No shell; environment
// PATH, LC_ALL=C.UTF-8, TZ=UTC and HOME=/nonexistent; limits of CPU, memory and file size; its own
// process group, killed whole when it shows no sign of life for `patience` seconds, or when a
// signal asks us to stop.
#pragma once
#include "engine/base/str.h"

struct process {
    const char *const *arguments; // NULL-terminated; the first is looked up on PATH
    int folder_fd;                // where it runs
    int patience;                 // seconds
    bool killed;                  // set: it had to be
};

// 0, or errno of what kept it from starting. A program that died is not an error here.
int process_talk(struct process *p, struct str given, struct buf *answer);
