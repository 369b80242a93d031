// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/rank.h"

#include "engine/base/arena.h"
#include "engine/stats/dist.h"

#include <math.h>

size_t rank_competition(const double *value, size_t count, bool higher_first, double *rank)
{
    size_t ranked = 0;
    for (size_t i = 0; i < count; i++) {
        rank[i] = isnan(value[i]) ? NAN : 1;
        ranked += isnan(value[i]) ? 0 : 1;
        for (size_t j = 0; j < count; j++)
            rank[i] += higher_first ? value[j] > value[i] : value[j] < value[i];
    }
    return ranked;
}

void rank_from_limits(const double *low, const double *high, size_t count, bool higher_first,
                      double *best, double *worst)
{
    size_t m = 0;
    for (size_t i = 0; i < count; i++)
        m += isnan(low[i]) || isnan(high[i]) ? 0 : 1;
    for (size_t i = 0; i < count; i++) {
        bool none = isnan(low[i]) || isnan(high[i]);
        best[i] = none ? NAN : 1;
        worst[i] = none ? NAN : (double)m;
        for (size_t j = 0; j < count && !none; j++) {
            bool above = low[j] > high[i], below = high[j] < low[i]; // false for NaN
            best[i] += higher_first ? above : below;
            worst[i] -= higher_first ? below : above;
        }
    }
}

void rank_intervals(const double *value, const double *se, const double *df, size_t count,
                    bool higher_first, double alpha, double *best, double *worst)
{
    double *low = mem_new(count, sizeof *low), *high = mem_new(count, sizeof *high), m = 0;
    for (size_t i = 0; i < count; i++)
        m += !isnan(value[i]);
    double tail = -expm1(log1p(-alpha) / m) / 2; // (1 - (1 - alpha)^(1/m))/2
    for (size_t i = 0; i < count; i++) {
        double half = dist_t_quantile(1 - tail, df[i]) * se[i];
        if (isnan(half))
            half = INFINITY;
        low[i] = value[i] - half;
        high[i] = value[i] + half;
    }
    rank_from_limits(low, high, count, higher_first, best, worst);
    mem_free(low);
    mem_free(high);
}

void rank_from_pairs(const double *value, const double *p, size_t count, bool higher_first,
                     double alpha, double *best, double *worst)
{
    double m = 0;
    for (size_t i = 0; i < count; i++)
        m += !isnan(value[i]);
    double level = m > 1 ? alpha / (m * (m - 1) / 2) : alpha;
    for (size_t i = 0; i < count; i++) {
        best[i] = isnan(value[i]) ? NAN : 1;
        worst[i] = isnan(value[i]) ? NAN : m;
        for (size_t j = 0; j < count; j++) {
            if (j == i || !(p[i * count + j] < level))
                continue;
            bool better = higher_first ? value[j] > value[i] : value[j] < value[i];
            bool lower = higher_first ? value[j] < value[i] : value[j] > value[i];
            best[i] += better;
            worst[i] -= lower;
        }
    }
}
