// SPDX-License-Identifier: GPL-3.0-or-later
// Control charts (statistics.md 13). Limits come from the base: a declared span, or the points
// before the first signal, of which there are at least 8. A break starts a new base.
#pragma once
#include <stdbool.h>
#include <stddef.h>

enum spc_chart {
    SPC_XMR,     // means, medians, money
    SPC_P_PRIME, // shares 0..1 of `size` events (Laney 2002)
    SPC_U_PRIME, // rates per `size` units of exposure
    SPC_P,       // classical: sigma_z = 1
    SPC_U,
};
enum { SPC_LEAST = 8 }; // points of a base

struct spc_point {
    // given
    double value; // NaN: no point here; it parts the moving ranges
    double size;  // events or exposure; unused by XmR
    bool starts;  // a break: a new base starts here
    bool base;    // declared base; when no point of a stretch is, it is found
    // found
    double centre, low, high; // NaN: fewer than 8 points in the stretch
    int signal;               // 1 beyond a limit, 2 eight on one side, 0 neither
};
// Fills the found part. False: no stretch has enough points.
bool spc_compute(enum spc_chart chart, struct spc_point *points, size_t count);
