// SPDX-License-Identifier: GPL-3.0-or-later
// Inside the family `activity`: what follows from its estimates once they all stand in the results.
#pragma once
#include "metrics/calls.h"
#include "metrics/contacts.h"
#include "metrics/family.h"

// Comparisons of estimates from events, from place `first` of the results on (statistics.md 8, 14).
void activity_compare(struct run *run, size_t first);
// Control limits of its quarterly series (statistics.md 13), into the tests.
void activity_control(struct run *run, size_t first);
// The same of weeks and days, where the study asks for them.
void activity_points(struct run *run, struct contacts *contacts, struct calls *calls);
// Rows of the family `quality`: days with a row, of one kind of input; profiles of clients.
void activity_coverage(struct run *run, struct days *days);
void activity_profiles(struct run *run, const struct contacts *c);
