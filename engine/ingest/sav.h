// SPDX-License-Identifier: GPL-3.0-or-later
// An SPSS system file (.sav, .zsav) as a table: comma, UTF-8, decimal point, one header row. The
// file is parsed by a child process that can open nothing, write nothing but its answer and use
// only so much memory and time (robustness.md I7): what breaks the reading library breaks the
// child.
#pragma once
#include "engine/base/file.h"

#include <sys/types.h>

struct sav_range { // values of a variable that the file itself declares missing, both ends included
    struct str name;
    double low, high;
};

struct sav {
    const char *path;
    pid_t child; // 0: not running
    int rows;    // our end of the pipe, -1: closed
    struct arena arena;
    VEC(struct sav_range) missing;
};

// Told by content: the first four bytes.
bool sav_is(const unsigned char *bytes, size_t len);
// `s` zeroed, `path` must live as long; reads `fd` from its start and leaves it open.
MUST_CHECK enum status sav_start(struct sav *s, const char *path, int fd, struct diags *d);
// Up to `room` bytes of the table; *got 0 is its end, when the child is known to have done well.
MUST_CHECK enum status sav_read(struct sav *s, char *out, size_t room, size_t *got,
                                struct diags *d);
void sav_stop(struct sav *s); // at any time
