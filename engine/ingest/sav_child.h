// SPDX-License-Identifier: GPL-3.0-or-later
// What the child that parses an SPSS file does (sav.h).
#pragma once
#include <stdbool.h>
#include <stddef.h>

enum { SAV_FILE = 0, SAV_ROWS = 1, SAV_NOTES = 2 }; // the only descriptors of the child

enum { SAV_LOST = 100 }; // exit: nobody reads the answer any more; less: the library's own number

// The program was built with the reading library.
bool sav_built(void);
// Writes the missing values that the file declares to SAV_NOTES, a line `name TAB low TAB high`
// each, closes it, then the table to SAV_ROWS. The exit status of the child; 0 = all is written.
int sav_child(void);
// A few words for such a status.
const char *sav_child_words(int status);
