// SPDX-License-Identifier: GPL-3.0-or-later
// Axes: round ticks that hold the data, and the way from a value to a place in pixels.
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct ruler {
    double low, high; // values at the ends, high > low
    double from, to;  // their places in px; from > to is allowed
    double step;      // between ticks
    double first;     // the first tick, >= low
    int ticks;        // 1..
    int decimals;     // that the ticks need
};

// A growing range of values; zeroed = empty. What is not finite is left out.
struct range {
    bool some;
    double low, high;
};
void range_add(struct range *r, double value);

// Steps are 1, 2 or 5 times a power of ten, about `wanted` of them. The ends are ticks, but never
// go past floor and ceiling (NaN: none). An empty range gives 0 to 1.
struct ruler scale_round(struct range r, int wanted, double floor, double ceiling);
// The same, whatever the data: low to high exactly, with round ticks inside.
struct ruler scale_fixed(double low, double high, int wanted);
double scale_tick(const struct ruler *s, int i);
double scale_place(const struct ruler *s, double value);
