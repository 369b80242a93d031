// SPDX-License-Identifier: GPL-3.0-or-later
// The header of a file against what a request needs from it.
#pragma once
#include "engine/ingest/reader.h"
#include "engine/ingest/records.h"

enum { NO_COLUMN = -1 };

struct columns {
    long *ask;    // per ask: place in the record from 0, or NO_COLUMN
    long *filter; // per filter of the input
    long region, period;
    size_t width;
    struct str *names;  // header cells, trimmed; of the first row where there are several
    struct str *joined; // of all header rows together, or NULL
    const char **ask_names;
};

// Texts go to the arena. FAIL_DATA when a column that is needed is missing or stands twice.
MUST_CHECK enum status columns_find(struct columns *c, const struct request *request,
                                    const struct records *records, const struct record *header,
                                    struct arena *a, struct diags *d);
