// SPDX-License-Identifier: GPL-3.0-or-later
// Inside the omnibus tests: the groups of one test, and the tests one by one.
#pragma once
#include "engine/stats/chisq.h"
#include "metrics/give_classes.h"
#include "metrics/tests.h"

// The groups an item is compared over: regions of a period, or levels of a breakdown in a cell.
struct sides {
    const struct frame *frame;
    const struct asked *asked;
    struct arena *arena;
    struct run *run;
    const struct group_list *list;
    struct kept *kept; // per group of the list
    bool wanted[TEST_COUNT];
    const struct group *cell;   // where the test stands
    const char *by;             // region, or a breakdown
    const struct group **group; // in time, for periods
    size_t count;
    // of the groups with valid answers, after side_bases
    const struct base **base;
    const struct class_cell **classes; // NULL entries: respondent by respondent
    size_t left;
    double n;
};

struct cell side_cell(const struct sides *s, const struct group *g, struct view *view);
void side_bases(struct sides *s); // the valid answers of each group; groups without leave the test
double side_df(const struct sides *s); // over the union of the groups
void side_add(const struct sides *s, const char *id, const struct ftest *f, const char *method);
void side_refuse(const struct sides *s, const char *test, const char *why); // a note instead

void test_numbers(const struct sides *s); // wald, rank
void test_independence(const struct sides *s);
void test_anova(const struct sides *s);
void test_trend(const struct sides *s);
