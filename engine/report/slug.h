// SPDX-License-Identifier: GPL-3.0-or-later
// Names of files and anchors made from ids (robustness.md I5).
#pragma once
#include "engine/base/arena.h"

// Lower-case letters, digits and "-", at most 73 bytes. An id that is not already such a name, or
// is a reserved one (all, con, nul …), gets "-" and 8 hex digits of its SHA-256, so that two ids
// never meet.
char *slug_of(struct arena *a, const char *id);
