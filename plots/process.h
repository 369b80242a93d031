// SPDX-License-Identifier: GPL-3.0-or-later
// A program that is given texts and whose answers are read, while we do other things. No shell;
// environment PATH, LC_ALL=C.UTF-8, TZ=UTC, HOME=/nonexistent and how to keep memory; limits of
// CPU, memory and file size; its own process group, killed whole when it shows no sign of life for
// `patience` seconds of listening, or when a signal asks us to stop.
#pragma once
#include "engine/base/str.h"

#include <sys/types.h>

struct process {
    const char *const *arguments; // NULL-terminated; the first is looked up on PATH
    int folder_fd;                // where it runs
    int patience;                 // seconds
    // the process's own
    bool killed;      // it had to be
    bool all_given;   // its input ends with what was given
    int in, out, err; // our ends; -1 = closed
    pid_t pid;
    struct buf given; // and not yet sent
    size_t sent;
    int64_t last; // when it last said something, or we began to listen; 0: not yet
};

// 0, or errno of what kept it from starting; then nothing needs to be ended.
int process_start(struct process *p);
// What it reads next. A program that stopped reading is not an error.
void process_give(struct process *p, struct str text);
void process_give_no_more(struct process *p);
// Sends what waits, appends what was said; waits for that for at most a fifth of a second. False:
// it has closed its output, or it was killed.
bool process_listen(struct process *p, struct buf *answer);
// Waits for its end and frees all; `at_once` kills it.
void process_end(struct process *p, bool at_once);
