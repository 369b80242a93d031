// SPDX-License-Identifier: GPL-3.0-or-later
// etalon selftest: reference values that others published or computed, found again. Most go the way
// of a user's study: a study file and its data in a temporary folder, read by the same pipeline.
#pragma once
#include "engine/base/err.h"

struct selftest {
    bool quiet; // only misses
    size_t done, missed;
    struct diags *diags;
};

enum selftest_sheet { ESTIMATES, COMPARISONS, TESTS, REGRESSION };

// A value wanted. key: the first fields of its row in the CSV file of the sheet, without the empty
// ones at the end. field: a column of that file. A regression: key x1, x2 …, field slope, or
// r_squared.
struct selftest_expect {
    enum selftest_sheet sheet;
    const char *key, *field;
    const char *wanted; // as published
    double digits;      // log relative error wanted; 0: that of the study
};
// `digits` of a figure published rounded: the value rounded to as many places must be the same.
#define SELFTEST_ROUNDED (-1.0)

struct selftest_file {
    const char *name;
    const char *const *text; // pieces, NULL at the end; or
    void (*make)(struct buf *out, int64_t base, int rows);
    int64_t base;
    int rows;
};

enum { SELFTEST_FILES = 2 };
struct selftest_study {
    const char *name, *source, *yaml; // yaml NULL: a regression, see selftest_regress
    struct selftest_file files[SELFTEST_FILES];
    double digits;
    const struct selftest_expect *expects;
    size_t count;
};
#define SELFTEST_EXPECTS(list) .expects = list, .count = sizeof(list) / sizeof *(list)

struct selftest_list {
    const struct selftest_study *studies;
    size_t count;
};
extern const struct selftest_list selftest_strd, selftest_schools, selftest_published;

// Prints one line and counts.
void selftest_tell(struct selftest *t, const char *name, const char *wanted, double digits,
                   double got, const char *source);
void selftest_say(const struct selftest *t, const char *text); // a line between

MUST_CHECK enum status selftest_study(struct selftest *t, const struct selftest_study *study);
// Least squares of the first column of the first file on the others, by the function behind key
// drivers.
void selftest_regress(struct selftest *t, const struct selftest_study *study);
void selftest_file_text(const struct selftest_file *f, struct buf *out);
void selftest_name(char *out, size_t size, const struct selftest_study *s,
                   const struct selftest_expect *e);
void selftest_kernels(struct selftest *t);                  // NCHS cases, adjusted p-values
MUST_CHECK enum status selftest_errors(struct selftest *t); // Taylor beside the jackknife

// Data of the NIST sets that follow a rule; `base` and `rows` are those of the file.
void selftest_num_acc(struct buf *out, int64_t base, int rows);
void selftest_sm_ls(struct buf *out, int64_t base, int rows);
void selftest_wampler(struct buf *out, int64_t base, int rows);
void selftest_pi(struct buf *out, int64_t base, int rows);
// Replicate weights of the schools sampled by district, each district left out in turn.
void selftest_jackknife(struct buf *out, int64_t base, int rows);
