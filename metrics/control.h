// SPDX-License-Identifier: GPL-3.0-or-later
// A control chart of one series: its limits, as rows of the tests (statistics.md 13), the number in
// `statistic` and in the unit of the indicator.
#pragma once
#include "engine/stats/spc.h"
#include "metrics/family.h"

struct control_point {
    struct spc_point spc; // value and size in the unit of the chart; NaN: no point, a gap
    double value;         // in the unit of the indicator, of a week or a day
    double unit;          // what one unit of the chart is in the unit of the indicator
    double n;
    struct period period; // that it belongs to
    const char *point;    // first day of a week or day; NULL: the period itself
    bool reported;
};

struct control_line {
    enum spc_chart chart;
    const char *item; // `indicator` or `indicator/item`
    uint16_t region;
    const char *by; // period, week, day
    VEC(struct control_point) points;
};

// Adds the rows of a line that has points enough. A point gets its centre, limits and signal; a
// week or a day, which has no estimate, its value too.
void control_add(struct results *r, const struct control_line *line);
