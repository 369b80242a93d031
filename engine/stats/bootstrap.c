// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/bootstrap.h"

// The finaliser of splitmix64 (Steele, Lea, Flood 2014): a bijection that spreads every bit.
static uint64_t mix(uint64_t z)
{
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

uint64_t bootstrap_random(uint64_t seed, uint64_t replicate, uint64_t stratum, uint64_t draw)
{
    const uint64_t golden = 0x9e3779b97f4a7c15u;
    uint64_t z = mix(seed + golden);
    z = mix(z + golden * (replicate + 1));
    z = mix(z + golden * (stratum + 1));
    return mix(z + golden * (draw + 1));
}

void bootstrap_factors(uint64_t seed, uint64_t replicate, const uint32_t *sizes, size_t strata,
                       double *factor)
{
    for (size_t h = 0; h < strata; h++) {
        uint32_t n = sizes[h];
        for (uint32_t j = 0; j < n; j++)
            factor[j] = n == 1;
        for (uint32_t draw = 0; draw + 1 < n; draw++) {
            // the high half of a product: a whole number below n, uneven by less than n/2^64
            uint128 wide = (uint128)bootstrap_random(seed, replicate, h, draw) * n;
            factor[(uint32_t)(wide >> 64)] += (double)n / (n - 1);
        }
        factor += n;
    }
}
