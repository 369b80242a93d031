// SPDX-License-Identifier: GPL-3.0-or-later
// A first study from what data files hold: columns are told by their names, answers by their
// values. What comes out can be read by study_load; a person goes on from there.
#pragma once
#include "engine/study/study.h"

enum { INIT_VALUES = 12 }; // distinct values kept of a column

struct init_column {
    const char *name;
    size_t filled, wholes, numbers; // cells that hold something, a whole number, a number
    double low, high;               // of the numbers
    const char *values[INIT_VALUES];
    size_t value_count;
    bool many; // more distinct values than are kept
};

struct init_file {
    const char *path; // as the study names it
    struct init_column *columns;
    size_t count;
};

// The header of a file (trimmed texts), then its rows as far as they are looked at.
void init_header(struct init_file *f, struct arena *a, const char *path, const struct str *names,
                 size_t count);
void init_row(struct init_file *f, struct arena *a, const struct str *fields, size_t count);
// Writes the study. Files with the same header become one block.
void init_write(const struct init_file *files, size_t count, struct buf *out);

// The kind of input a file looks like, and the column that plays a role in it (-1: none).
enum input_kind init_kind(const struct init_file *f);
long init_role(const struct init_file *f, const char *role);
