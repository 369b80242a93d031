// SPDX-License-Identifier: GPL-3.0-or-later
// What somebody can work out about hidden counts from the published ones: the smallest and largest
// value of each over all tables of counts >= 0 that agree with what is shown (a linear programme).
// And the cells to hide so that they cannot work out too much.
#pragma once
#include "engine/base/str.h"

struct audit_cell {
    double n; // the true count
    bool primary;
    bool hidden;    // primary ones are
    bool fixed;     // hidden for another reason: it is not given back
    bool preferred; // hidden before: rather this one than another
    bool whole;     // stands as the whole of some line: hidden last
    uint32_t line_count;
};
struct audit_term {
    uint32_t line, cell;
    double factor; // a line: the factors times the counts add up to what is known
};
struct audit {
    VEC(struct audit_cell) cells; // in an order that does not depend on the order of rows
    VEC(struct audit_term) terms; // of lines 0, 1 …
    uint32_t lines;
    double threshold;     // largest less smallest possible value of a primary cell: at least this
    double step;          // the same of any other hidden cell; 0 = 1
    VEC(double *) proofs; // after audit_protect: deviations of all cells that agree with the lines
};

void audit_free(struct audit *a);
// Adds a line "whole = sum of parts".
void audit_line(struct audit *a, uint32_t whole, const uint32_t *parts, size_t count);
// Bounds of a hidden cell; high is infinite where nothing holds it.
void audit_range(const struct audit *a, uint32_t cell, double *low, double *high);
// Is every primary cell uncertain by the threshold, and no hidden cell known exactly?
bool audit_passes(struct audit *a);
// Do the deviations that were found for `a` show that every hidden cell is as uncertain as asked
// when the counts are these, on no other lines? Each is made as long as no count falls below 0.
bool audit_proved(const struct audit *a, const double *count, double threshold, double step);
// Hides more cells until it passes: few of them, small ones, wholes only where nothing else helps;
// then gives back what is not needed. False when even hiding everything does not help.
bool audit_protect(struct audit *a);
