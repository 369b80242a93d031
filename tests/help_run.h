// SPDX-License-Identifier: GPL-3.0-or-later
// Running the built program from a test, and looking into what it wrote.
#pragma once
#include "engine/base/str.h"

struct outcome {
    int status; // exit status, 128 + n after signal n
    struct buf out, err;
};

// Runs build/etalon with the words given (NULL-terminated list) from the project's root.
// `environment`: NULL = as it is, else the only variables.
struct outcome run_program(const char *const *words, const char *const *environment);
// The same from another working folder.
struct outcome run_program_in(const char *folder, const char *const *words,
                              const char *const *environment);
#define RUN(...) run_program((const char *const[]){__VA_ARGS__, NULL}, NULL)
void outcome_free(struct outcome *o);

const char *program_path(void);
// A fresh folder under the system's temporary one, removed by scratch_remove.
const char *scratch_folder(void);
void scratch_remove(void);
char *scratch_path(const char *name); // caller frees
void scratch_write(const char *name, const char *text);
// The whole file; ptr NULL when it is not there. Caller frees with buf_free.
struct buf read_whole(const char *path);

// Rows of a CSV file of ours (no quotes inside what is looked up): the value of `column` in the
// first row whose text starts with `key`; "" when there is none. Good until the next call.
const char *csv_value(const char *path, const char *key, const char *column);
