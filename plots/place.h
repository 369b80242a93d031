// SPDX-License-Identifier: GPL-3.0-or-later
// Where labels go: along a line, pushed apart as little as possible, and round points, in the first
// free place.
#pragma once
#include <stdbool.h>
#include <stddef.h>

// Moves centres of things of these sizes so that none overlap and all stay within low..high, with
// the smallest sum of squared moves for the order they come in (pool adjacent violators; Ayer and
// others 1955). When they cannot all fit, they overlap evenly. Any order on entry; at[i] is changed
// in place.
void place_apart(double *at, const double *sizes, size_t count, double low, double high);

struct box {
    double left, top, right, bottom; // px, y downwards
};
bool box_meets(struct box a, struct box b);
bool box_within(struct box inner, struct box outer);

// Tries twelve places round a point for a label of width × height; returns the place (its box is
// then free of all `taken` and within `view`), or false. side: -1 the text ends at x, 0 centred, 1
// starts.
struct spot {
    double x, y; // anchor of the text, y its centre
    int side;
    struct box box;
};
bool place_round(double x, double y, double reach, double width, double height,
                 const struct box *taken, size_t taken_count, struct box view, struct spot *out);
