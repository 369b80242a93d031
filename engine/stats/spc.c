// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/spc.h"

#include "engine/base/arena.h"

#include <math.h>

// 1.128 is d2 of two values, the mean moving range of a standard normal series; 2.660 = 3/1.128.
static const double d2 = 1.128, xmr_factor = 2.660;
enum { ONE_SIDE = 8 };

struct stretch {
    enum spc_chart chart;
    struct spc_point *at;
    size_t len;
};

struct limits {
    double centre, spread; // half-width in units of 1 (XmR) or of the point's own error
};

static bool is_share(enum spc_chart chart)
{
    return chart == SPC_P_PRIME || chart == SPC_P;
}

static bool is_known(const struct stretch *s, size_t i)
{
    const struct spc_point *p = &s->at[i];
    return isfinite(p->value) && (s->chart == SPC_XMR || p->size > 0);
}

// Mean for XmR, else all events over all exposure.
static double centre_of(const struct stretch *s, const bool *base)
{
    long double sum = 0, size = 0;
    for (size_t i = 0; i < s->len; i++) {
        if (!base[i])
            continue;
        long double weight = s->chart == SPC_XMR ? 1 : s->at[i].size;
        sum += weight * s->at[i].value;
        size += weight;
    }
    return (double)(sum / size);
}

// The error of one point under the binomial or Poisson law; 1 for XmR.
static double error_of(const struct stretch *s, size_t i, double centre)
{
    if (s->chart == SPC_XMR)
        return 1;
    double variance = is_share(s->chart) ? centre * (1 - centre) : centre;
    return sqrt(fmax(variance, 0) / s->at[i].size);
}

// Mean absolute step between neighbours that both belong to the base, in units of their errors.
static double moving_range(const struct stretch *s, const bool *base, double centre)
{
    long double sum = 0;
    size_t steps = 0;
    for (size_t i = 1; i < s->len; i++) {
        if (!base[i] || !base[i - 1])
            continue;
        double now = (s->at[i].value - centre) / error_of(s, i, centre);
        double before = (s->at[i - 1].value - centre) / error_of(s, i - 1, centre);
        sum += fabsl((long double)now - before);
        steps++;
    }
    return steps ? (double)(sum / (long double)steps) : 0;
}

static struct limits limits_of(const struct stretch *s, const bool *base)
{
    struct limits l = {.centre = centre_of(s, base)};
    if (s->chart == SPC_P || s->chart == SPC_U)
        l.spread = 3;
    else if (s->chart == SPC_XMR)
        l.spread = xmr_factor * moving_range(s, base, l.centre);
    else // Laney's sigma_z
        l.spread = error_of(s, 0, l.centre) > 0 ? 3 * moving_range(s, base, l.centre) / d2 : 0;
    return l;
}

static void place(const struct stretch *s, size_t i, struct limits l)
{
    struct spc_point *p = &s->at[i];
    double size_error = s->chart == SPC_XMR || p->size > 0 ? error_of(s, i, l.centre) : NAN;
    p->centre = l.centre;
    p->low = l.centre - l.spread * size_error;
    p->high = l.centre + l.spread * size_error;
    if (s->chart != SPC_XMR)
        p->low = fmax(p->low, 0);
    if (is_share(s->chart))
        p->high = fmin(p->high, 1);
}

// Places limits and marks signals.
static void judge(const struct stretch *s, struct limits l)
{
    int run = 0;
    for (size_t i = 0; i < s->len; i++) {
        struct spc_point *p = &s->at[i];
        place(s, i, l);
        p->signal = 0;
        if (!is_known(s, i))
            continue;
        int side = p->value > l.centre ? 1 : p->value < l.centre ? -1 : 0;
        run = side == 0 ? 0 : run * side > 0 ? run + side : side;
        // with no spread at all, equal values give no signal through rounding
        double slack = 1e-12 * fmax(fabs(l.centre), fabs(p->value));
        if (p->value > p->high + slack || p->value < p->low - slack)
            p->signal = 1;
        else if (run >= ONE_SIDE || run <= -ONE_SIDE)
            p->signal = 2;
    }
}

// The base found: the first 8 points, then every next one that gives no signal under the limits of
// those before it; it ends for good at the first signal.
static void find_base(const struct stretch *s, bool *base)
{
    size_t known = 0, i = 0;
    for (; i < s->len && known < SPC_LEAST; i++) {
        base[i] = is_known(s, i);
        known += base[i];
    }
    for (; i < s->len; i++) {
        struct stretch so_far = {s->chart, s->at, i + 1};
        judge(&so_far, limits_of(s, base));
        if (s->at[i].signal)
            return;
        base[i] = is_known(s, i);
    }
}

static bool chart_stretch(const struct stretch *s)
{
    size_t known = 0, declared = 0;
    bool *base = mem_new(s->len, sizeof *base);
    for (size_t i = 0; i < s->len; i++) {
        base[i] = s->at[i].base && is_known(s, i);
        declared += base[i];
        known += is_known(s, i);
    }
    bool enough = known >= SPC_LEAST && (declared == 0 || declared >= 2);
    if (enough) {
        if (declared == 0)
            find_base(s, base);
        judge(s, limits_of(s, base));
    }
    mem_free(base);
    return enough;
}

bool spc_compute(enum spc_chart chart, struct spc_point *points, size_t count)
{
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        points[i].centre = points[i].low = points[i].high = NAN;
        points[i].signal = 0;
    }
    for (size_t start = 0; start < count;) {
        size_t end = start + 1;
        while (end < count && !points[end].starts)
            end++;
        struct stretch s = {chart, points + start, end - start};
        any |= chart_stretch(&s);
        start = end;
    }
    return any;
}
