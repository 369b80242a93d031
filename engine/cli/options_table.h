// SPDX-License-Identifier: GPL-3.0-or-later
// Inside engine/cli only: the options as a table, which reading and help walk.
#pragma once
#include "engine/cli/options.h"

struct option {
    char letter;                     // short name; upper case: long name only
    const char *name, *value, *help; // value: what it looks like; NULL = it takes none
    // False: it cannot be that. `at`: where in the options a value of a simple kind goes.
    bool (*apply)(struct options *o, const struct option *option, const char *value);
    size_t at;
};
extern const struct option option_table[];
extern const size_t option_count;
enum { GENERAL_OPTIONS = 6 }; // the first ones: every command takes them
