// SPDX-License-Identifier: GPL-3.0-or-later
// Gates as commands use them: --gate, --junit, --gate-json.
#pragma once
#include "engine/cli/options.h"
#include "engine/store/gate.h"

// Reads the rules that the command line names; nothing when it names none.
MUST_CHECK enum status gates_open(struct gate *g, const struct options *o, struct diags *d);
// Judges, writes the files asked for, reports each breach. FAIL_GATE when a rule with severity
// error is not passed.
MUST_CHECK enum status gates_judge(const struct gate *g, const struct options *o,
                                   const struct snapshot *s, const struct diff *diff,
                                   struct diags *d);
