// SPDX-License-Identifier: GPL-3.0-or-later
// The one file of activity that knows engine/stats/prop.h.
#include "metrics/process.h"

#include "engine/stats/prop.h"

static struct process from(struct interval i)
{
    return (struct process){i.low, i.high};
}

struct process process_share(double p, double n, double alpha)
{
    return from(prop_wilson(p, n, alpha));
}

struct process process_count(double x, double alpha)
{
    return from(prop_poisson(x, alpha));
}

struct process process_mean(double value, double se, double df, double alpha)
{
    return from(prop_t_interval(value, se, df, alpha));
}

struct process process_difference(double p1, double n1, double p2, double n2, double alpha)
{
    return from(prop_newcombe(p1, n1, p2, n2, alpha));
}

void process_ranks(uint64_t n, double p, double alpha, uint64_t *low, uint64_t *high)
{
    struct prop_ranks ranks = prop_order_ranks(n, p, alpha);
    *low = ranks.low ? ranks.low - 1 : UINT64_MAX;
    *high = ranks.high ? ranks.high - 1 : UINT64_MAX;
}
