// SPDX-License-Identifier: GPL-3.0-or-later
// Intervals of complete records, taken as one draw of an ongoing process (statistics.md 14): no
// weights, no finite population, contacts independent. Shares on 0..1.
#pragma once
#include <stdint.h>

struct process {
    double low, high; // NaN: no limit
};

struct process process_share(double p, double n, double alpha); // Wilson 1927, n_e = n
struct process process_count(double x, double alpha);           // Garwood 1936
struct process process_mean(double value, double se, double df, double alpha);
// p1 - p2: Newcombe 1998, from two Wilson intervals.
struct process process_difference(double p1, double n1, double p2, double n2, double alpha);
// Places k (from 0) of the order statistics that hold the p-quantile of n values; UINT64_MAX: none.
void process_ranks(uint64_t n, double p, double alpha, uint64_t *low, uint64_t *high);
