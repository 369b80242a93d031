// SPDX-License-Identifier: GPL-3.0-or-later
// Finds out how a file is written from its first lines (robustness.md 1.1). What is declared is
// taken as it is and never second-guessed.
#pragma once
#include "engine/study/study.h"

struct shape {           // of the table in a file
    char delimiter[8];   // "" = one column
    char quote[8];       // "" = none
    size_t width;        // fields of most records
    int64_t header_line; // physical line of the header; lines before it are a preamble (or sep=)
    size_t header_rows;  // that make up the header together, 1 or more
    bool named;          // the first line is sep=X
};

// `head`: the first text of the file, `whole`: all of it.
void dialect_find(const struct dialect *declared, struct str head, bool whole, struct shape *out);
