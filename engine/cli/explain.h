// SPDX-License-Identifier: GPL-3.0-or-later
// --explain: for each withheld row the rule and the table, never a number.
#pragma once
#include "engine/run/estimate.h"

#include <stdio.h>

void explain_withheld(const struct results *r, FILE *out);
