// SPDX-License-Identifier: GPL-3.0-or-later
// Omnibus tests of an item against region, period and breakdowns (statistics.md 9).
#pragma once
#include "metrics/respondents.h"

// kept: per group of the list.
void tests_of_item(struct run *run, const struct frame *f, const struct asked *asked,
                   const struct group_list *list, struct kept *kept, struct arena *a);
