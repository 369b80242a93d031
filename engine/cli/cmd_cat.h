// SPDX-License-Identifier: GPL-3.0-or-later
// etalon cat: a data file as the program reads it.
#pragma once
#include "engine/study/study.h"

#include <stdio.h>

// Writes all records of the file ("-" = standard input), header first, as UTF-8 and RFC 4180 with
// LF, or as one JSON array of arrays of texts. Ragged records stand as they are. After an error
// what could be read is still written and the status is that of the error.
enum status cat_file(const char *path, const struct dialect *dialect, bool json, FILE *out,
                     struct diags *d);
