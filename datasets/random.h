// SPDX-License-Identifier: GPL-3.0-or-later
// Pseudo-random numbers for the synthetic data: integers and the four operations only, so that
// every machine writes the same bytes. The generator is SplitMix64 (Steele, Lea, Flood 2014,
// OOPSLA).
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct random {
    uint64_t state;
};

// A stream of its own for each purpose: adding a file leaves the others as they were.
struct random random_stream(const char *purpose, uint64_t number);
uint64_t random_next(struct random *r);
double random_unit(struct random *r);                    // [0, 1)
int random_below(struct random *r, int limit);           // 0 … limit − 1
int random_between(struct random *r, int low, int high); // low … high
bool random_chance(struct random *r, double probability);
double random_normal(struct random *r); // mean 0, variance 1: twelve uniforms less six
// An index with probability proportional to its weight.
size_t random_pick(struct random *r, const double *weights, size_t count);
// About exponential, whole, with the given mean: sum of geometric steps.
int random_wait(struct random *r, double mean);
