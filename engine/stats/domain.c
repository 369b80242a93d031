// SPDX-License-Identifier: GPL-3.0-or-later
// Domains: the respondents of a statistic, their units and degrees of freedom.
#include "engine/stats/classes.h"

#include <math.h>

static void count_units(struct domain *d)
{
    const struct design *design = d->design;
    uint32_t psu = UINT32_MAX, stratum = UINT32_MAX;
    for (uint32_t u = 0; u < d->unit_count; u++) {
        uint32_t p = design->unit_psu ? design->unit_psu[d->unit[u]] : d->unit[u];
        d->psu_count += p != psu;
        psu = p;
        uint32_t h = design->psu_stratum[p];
        d->stratum_count += h != stratum;
        stratum = h;
    }
    d->df = (double)d->psu_count - d->stratum_count;
}

struct domain *domain_new(struct arena *a, const struct design *design, const uint32_t *rows,
                          size_t n, const double *w)
{
    struct domain *d = NEW(a, struct domain);
    *d = (struct domain){.design = design, .n = n, .row = rows, .w = w};
    if (design->replicates) {
        d->df = n ? design->replicate_df : NAN;
        return d;
    }
    d->slot = NEWS(a, n + 1, uint32_t);
    d->unit = NEWS(a, n + 1, uint32_t);
    for (size_t i = 0; i < n; i++) {
        uint32_t unit = design->unit[rows[i]];
        if (!i || unit != d->unit[d->unit_count - 1])
            d->unit[d->unit_count++] = unit;
        d->slot[i] = d->unit_count - 1;
    }
    count_units(d);
    return d;
}

struct domain *domain_of_units(struct arena *a, const struct design *design, uint32_t *units,
                               uint32_t count)
{
    struct domain *d = NEW(a, struct domain);
    *d = (struct domain){.design = design, .unit = units, .unit_count = count};
    count_units(d);
    return d;
}

struct domain *domain_union(struct arena *a, const struct domain *x, const struct domain *y)
{
    struct domain *d = NEW(a, struct domain);
    *d = (struct domain){.design = x->design};
    if (x->design->replicates) {
        d->df = x->design->replicate_df;
        return d;
    }
    d->unit = NEWS(a, (size_t)x->unit_count + y->unit_count + 1, uint32_t);
    for (uint32_t i = 0, j = 0; i < x->unit_count || j < y->unit_count;) {
        uint32_t ux = i < x->unit_count ? x->unit[i] : UINT32_MAX;
        uint32_t uy = j < y->unit_count ? y->unit[j] : UINT32_MAX;
        d->unit[d->unit_count++] = ux < uy ? ux : uy;
        i += ux <= uy;
        j += uy <= ux;
    }
    count_units(d);
    return d;
}

static uint32_t unit_stratum(const struct design *d, uint32_t unit)
{
    return d->psu_stratum[d->unit_psu ? d->unit_psu[unit] : unit];
}

static uint32_t unit_psu(const struct design *d, uint32_t unit)
{
    return d->unit_psu ? d->unit_psu[unit] : unit;
}

static struct domain_pair find_out(const struct domain *x, const struct domain *y)
{
    const struct design *d = x->design;
    struct domain_pair pair = {.other = y, .apart = true};
    double psus = 0, strata = 0;
    uint32_t psu = UINT32_MAX, stratum = UINT32_MAX;
    for (uint32_t i = 0, j = 0; i < x->unit_count || j < y->unit_count;) {
        uint32_t ux = i < x->unit_count ? x->unit[i] : UINT32_MAX;
        uint32_t uy = j < y->unit_count ? y->unit[j] : UINT32_MAX;
        uint32_t unit = ux < uy ? ux : uy;
        pair.apart &= ux != uy;
        i += ux <= uy;
        j += uy <= ux;
        psus += unit_psu(d, unit) != psu;
        psu = unit_psu(d, unit);
        strata += unit_stratum(d, unit) != stratum;
        stratum = unit_stratum(d, unit);
    }
    pair.df = psus - strata;
    return pair;
}

struct domain_pair domain_pair(const struct domain *x, const struct domain *y)
{
    if (x == y || x->design->replicates)
        return (struct domain_pair){y, x->df, false};
    for (size_t i = 0; i < DOMAIN_PAIRS && i < x->pairs; i++)
        if (x->pair[i].other == y)
            return x->pair[i];
    struct domain *own = (struct domain *)(uintptr_t)x; // a memory of facts, not a change
    struct domain_pair pair = find_out(x, y);
    own->pair[own->pairs++ % DOMAIN_PAIRS] = pair;
    return pair;
}

double scores_df(const struct scores *a, const struct scores *b)
{
    if (a->tally && b->tally)
        return classes_df(a, b);
    return domain_pair(a->domain, b->domain).df;
}
