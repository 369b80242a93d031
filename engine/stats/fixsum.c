// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/fixsum.h"

#include <math.h>

struct fixsum_unit fixsum_unit(long double largest, size_t count)
{
    struct fixsum_unit unit = {0, !isfinite(largest)};
    if (unit.bad || largest == 0)
        return unit;
    int bits = count ? 64 - __builtin_clzll(count) : 0; // count < 2^bits
    frexpl(largest, &unit.exponent);                    // largest < 2^exponent
    unit.exponent += bits - 126;
    return unit;
}

void fixsum_add(struct fixsum *s, struct fixsum_unit unit, long double term)
{
    if (!unit.bad && isfinite(term))
        s->sum += (int128)rintl(scalbnl(term, -unit.exponent));
}

void fixsum_merge(struct fixsum *s, const struct fixsum *other)
{
    s->sum += other->sum;
}

long double fixsum_value(const struct fixsum *s, struct fixsum_unit unit)
{
    return unit.bad ? (long double)NAN : scalbnl((long double)s->sum, unit.exponent);
}

long double fixsum_of(const long double *terms, size_t count)
{
    long double largest = 0;
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(terms[i]))
            return (long double)NAN;
        largest = fmaxl(largest, fabsl(terms[i]));
    }
    struct fixsum_unit unit = fixsum_unit(largest, count);
    struct fixsum sum = {0};
    for (size_t i = 0; i < count; i++)
        fixsum_add(&sum, unit, terms[i]);
    return fixsum_value(&sum, unit);
}
