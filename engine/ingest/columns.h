// SPDX-License-Identifier: GPL-3.0-or-later
// The header of a file against what a request needs from it.
#pragma once
#include "engine/ingest/reader.h"

enum { NO_COLUMN = -1 };

struct columns {
    long *ask;    // per ask: place in the record from 0, or NO_COLUMN
    long *filter; // per filter of the input
    long region, period;
    size_t width;
    struct str *names; // header cells, trimmed
    const char **ask_names;
};

// Texts go to the arena. FAIL_DATA when a column that is needed is missing or stands twice.
MUST_CHECK enum status columns_find(struct columns *c, const struct request *request,
                                    const struct str *cells, size_t count, const char *path,
                                    int64_t line, struct arena *a, struct diags *d);
