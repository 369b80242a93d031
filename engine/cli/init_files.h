// SPDX-License-Identifier: GPL-3.0-or-later
// `etalon init`: looks at data files and writes a first study.
#pragma once
#include "engine/base/err.h"

// Reads the header and the first rows of each file as the reader would, and appends a study that
// names them relative to the folder of `study` (NULL: as they are given). Nothing is written after
// an error.
MUST_CHECK enum status init_study(const char *const *files, size_t count, const char *study,
                                  struct buf *out, struct diags *d);
