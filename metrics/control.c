// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/control.h"

#include <math.h>

static const char *const chart_names[] = {
    [SPC_XMR] = "XmR", [SPC_P_PRIME] = "p'", [SPC_U_PRIME] = "u'", [SPC_P] = "p", [SPC_U] = "u",
};

static void add_row(struct results *r, const struct control_line *line,
                    const struct control_point *p, const char *test, double value)
{
    struct test t = {.test = test,
                     .item = line->item,
                     .region = line->region,
                     .period = p->period,
                     .point = p->point,
                     .by = line->by,
                     .statistic = value,
                     .df1 = NAN,
                     .df2 = NAN,
                     .p = NAN,
                     .n = p->n,
                     .method = chart_names[line->chart],
                     .reported = p->reported};
    vec_push(&r->tests, t);
}

// Limits of shares are cut at 0 and 100, those of counts at 0.
static void add_point(struct results *r, const struct control_line *line,
                      const struct control_point *p, const struct spc_point *found)
{
    bool share = line->chart == SPC_P_PRIME || line->chart == SPC_P;
    double low = found->low * p->unit, high = found->high * p->unit;
    if (p->point)
        add_row(r, line, p, "control_value", p->value);
    add_row(r, line, p, "control_centre", found->centre * p->unit);
    add_row(r, line, p, "control_low", line->chart == SPC_XMR ? low : fmax(low, 0));
    add_row(r, line, p, "control_high", share ? fmin(high, 100) : high);
    add_row(r, line, p, "control_signal", found->signal);
}

void control_add(struct results *r, const struct control_line *line)
{
    size_t count = line->points.len;
    struct spc_point *points = mem_new(count, sizeof *points);
    for (size_t i = 0; i < count; i++)
        points[i] = line->points.at[i].spc;
    bool any = count >= SPC_LEAST && spc_compute(line->chart, points, count);
    for (size_t i = 0; any && i < count; i++)
        if (isfinite(points[i].value) && isfinite(points[i].centre))
            add_point(r, line, &line->points.at[i], &points[i]);
    mem_free(points);
}
