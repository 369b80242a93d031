// SPDX-License-Identifier: GPL-3.0-or-later
// Inside the family `activity`: what follows from its estimates once they all stand in the results.
#pragma once
#include "metrics/family.h"

// Comparisons of estimates from events, from place `first` of the results on (statistics.md 8, 14).
void activity_compare(struct run *run, size_t first);
// Control limits of its quarterly series (statistics.md 13), into the tests.
void activity_control(struct run *run, size_t first);
