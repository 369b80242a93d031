// SPDX-License-Identifier: GPL-3.0-or-later
// Running the family `activity` on a small study in a folder of its own, without the guard.
#pragma once
#include "metrics/family.h"

struct trial {
    char folder[64];
    struct study study;
    struct places places;
    struct ledger ledger;
    struct results results;
    struct diags diags;
    struct run run;
    enum status status;
};

// `study`: the YAML text; `files`: name, text, name, text …, NULL. Afterwards results_find works.
// `period`: what the run reports on, "all" or a period.
void trial_run(struct trial *t, const char *study, const char *const *files, const char *period);
// Only as far as the study: for tests that read by themselves, and call trial_remove afterwards.
void trial_load(struct trial *t, const char *study, const char *const *files);
void trial_remove(const struct trial *t, const char *const *files); // the folder and its files
void trial_free(struct trial *t);
// "activity." is put before the id. NULL: no such row.
const struct estimate *trial_find(const struct trial *t, const char *id, const char *item,
                                  const char *region, const char *period, const char *by,
                                  const char *level);
// The value of a row without item and breakdown; NaN when there is no row.
double trial_value(const struct trial *t, const char *id, const char *region, const char *period);
