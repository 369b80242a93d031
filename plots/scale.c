// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/scale.h"

#include <math.h>

void range_add(struct range *r, double value)
{
    if (!isfinite(value))
        return;
    r->low = r->some ? fmin(r->low, value) : value;
    r->high = r->some ? fmax(r->high, value) : value;
    r->some = true;
}

static double round_step(double span, int wanted)
{
    double raw = span / (wanted > 0 ? wanted : 1), power = pow(10, floor(log10(raw)));
    double part = raw / power;
    // The limits are the geometric means of neighbours, so that none is preferred.
    return power * (part < 1.4142 ? 1 : part < 3.1623 ? 2 : part < 7.0711 ? 5 : 10);
}

static void set_ticks(struct ruler *s)
{
    s->first = s->step * ceil(s->low / s->step - 1e-9);
    s->ticks = 1 + (int)floor((s->high - s->first) / s->step + 1e-9);
    s->decimals = (int)fmax(0, ceil(-log10(s->step) - 1e-9));
}

struct ruler scale_round(struct range r, int wanted, double lowest, double highest)
{
    double low = r.some ? r.low : 0, high = r.some ? r.high : 1;
    if (high - low < 1e-9 * fmax(1, fabs(high))) { // one value: a little room on both sides
        double room = fmax(0.5, 0.05 * fabs(high));
        low -= room, high += room;
    }
    struct ruler s = {.step = round_step(high - low, wanted)};
    s.low = s.step * floor(low / s.step + 1e-9);
    s.high = s.step * ceil(high / s.step - 1e-9);
    if (isfinite(lowest))
        s.low = fmax(s.low, lowest);
    if (isfinite(highest))
        s.high = fmin(s.high, highest);
    if (s.high <= s.low) // all values beyond what the scale allows
        s.high = s.low + s.step;
    set_ticks(&s);
    return s;
}

struct ruler scale_fixed(double low, double high, int wanted)
{
    struct ruler s = {.low = low, .high = high > low ? high : low + 1};
    s.step = round_step(s.high - s.low, wanted);
    set_ticks(&s);
    return s;
}

double scale_tick(const struct ruler *s, int i)
{
    double value = s->first + i * s->step;
    return fabs(value) < 1e-9 * s->step ? 0 : value;
}

double scale_place(const struct ruler *s, double value)
{
    return s->from + (value - s->low) / (s->high - s->low) * (s->to - s->from);
}
