// SPDX-License-Identifier: GPL-3.0-or-later
#include "datasets/random.h"

struct random random_stream(const char *purpose, uint64_t number)
{
    struct random r = {0x20040205u}; // the fixed seed: the day of the evaluation's summary
    for (const char *c = purpose; *c; c++)
        r.state = (r.state ^ (unsigned char)*c) * 0x100000001b3u;
    r.state += number * 0x9e3779b97f4a7c15u;
    random_next(&r);
    return r;
}

uint64_t random_next(struct random *r)
{
    uint64_t z = r->state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

double random_unit(struct random *r)
{
    return (double)(random_next(r) >> 11) / 9007199254740992.0; // 2^53
}

int random_below(struct random *r, int limit)
{
    return (int)(random_unit(r) * limit);
}

int random_between(struct random *r, int low, int high)
{
    return low + random_below(r, high - low + 1);
}

bool random_chance(struct random *r, double probability)
{
    return random_unit(r) < probability;
}

double random_normal(struct random *r)
{
    double sum = -6;
    for (int i = 0; i < 12; i++)
        sum += random_unit(r);
    return sum;
}

size_t random_pick(struct random *r, const double *weights, size_t count)
{
    double total = 0;
    for (size_t i = 0; i < count; i++)
        total += weights[i];
    double at = random_unit(r) * total;
    for (size_t i = 0; i + 1 < count; i++) {
        if (at < weights[i])
            return i;
        at -= weights[i];
    }
    return count - 1;
}

// Each step of mean/20 is left with probability 1/20: a geometric number of steps.
int random_wait(struct random *r, double mean)
{
    int steps = 0;
    while (steps < 400 && random_chance(r, 0.95))
        steps++;
    double length = mean / 19;
    return (int)((steps + random_unit(r)) * length);
}
