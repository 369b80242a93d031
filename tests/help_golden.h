// SPDX-License-Identifier: GPL-3.0-or-later
// Running a golden case: its commands in a copy of its folder, and the same run from two parts.
#pragma once
#include "engine/base/arena.h"
#include "tests/help_run.h"

#define GOLDEN_CASES "tests/golden"

struct golden {
    const char *name;      // of the case's folder
    struct buf command;    // the file of that name, else `run study.yaml`
    VEC(struct str) lines; // of it
    struct buf out, err;   // what all commands said
    char *folder;          // the copy that is worked in
    int status;            // 0, else of the first command that failed
};

void golden_open(struct golden *g, const char *name);
void golden_close(struct golden *g);
// Every command in a fresh copy. A command that makes a folder gets `-o out` where it says nothing.
void golden_run(struct golden *g, const char *threads);
// The files of the study into two parts, every second into one, and these merged. False: nothing
// was done, because there is more to the case than one run, or only one file.
bool golden_run_in_parts(struct golden *g, const char *manifest);
