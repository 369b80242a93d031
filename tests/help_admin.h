// SPDX-License-Identifier: GPL-3.0-or-later
// Running the families egov, standards, plan and quality on a small study, without the guard.
#pragma once
#include "tests/help_activity.h"

// As trial_run, for these families. After a failed read t->status tells, and nothing is computed.
void admin_run(struct trial *t, const char *study, const char *const *files, const char *period);
// `id` is the whole id; `item` may be "". NULL: no such row.
const struct estimate *admin_find(const struct trial *t, const char *id, const char *item,
                                  const char *region, const char *period, const char *by,
                                  const char *level);
// A row without breakdown; the test fails when there is none.
const struct estimate *admin_row(const struct trial *t, const char *id, const char *item,
                                 const char *region, const char *period);
// Its value.
double admin_value(const struct trial *t, const char *id, const char *item, const char *region,
                   const char *period);
// Was a diagnostic of this code said?
bool admin_said(const struct trial *t, enum code code);
