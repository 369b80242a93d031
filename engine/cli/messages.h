// SPDX-License-Identifier: GPL-3.0-or-later
// Diagnostics as people or programs read them (interface.md 1), on stderr.
#pragma once
#include "engine/cli/options.h"

// Prints the diagnostics found since the last call; notes only when verbose, warnings unless quiet.
void messages_print(const struct options *o, const struct diags *d, size_t *printed);
