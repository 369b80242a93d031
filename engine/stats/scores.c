// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/scores.h"

#include "engine/stats/gridsum.h"

static double largest(const double *x, size_t n, double most)
{
    for (size_t i = 0; i < n; i++)
        most = fabs(x[i]) > most ? fabs(x[i]) : most;
    return most;
}

// Sums per unit do not depend on the order of rows within a unit.
static double *unit_sums(struct arena *a, const struct domain *d, double *z)
{
    if (d->unit_count == d->n)
        return z;
    double *sums = NEWS(a, d->unit_count + 1, double);
    struct gridsum start = gridsum_start(largest(z, d->n, 0)), sum = start;
    for (size_t i = 0; i < d->n; i++) {
        gridsum_add(&sum, z[i]);
        if (i + 1 == d->n || d->slot[i + 1] != d->slot[i]) {
            sums[d->slot[i]] = gridsum_value(&sum);
            sum = start;
        }
    }
    return sums;
}

static void psu_sums(struct arena *a, struct scores *s)
{
    const struct domain *d = s->support;
    const struct design *design = d->design;
    s->z_psu = NEWS(a, d->unit_count + 1, double);
    s->psu = NEWS(a, d->unit_count + 1, uint32_t);
    for (uint32_t u = 0; u < d->unit_count; u++) {
        uint32_t psu = design->unit_psu[d->unit[u]];
        if (!s->psu_count || s->psu[s->psu_count - 1] != psu)
            s->psu[s->psu_count++] = psu;
        s->z_psu[s->psu_count - 1] += s->z[u];
    }
}

static struct scores *finish(struct arena *a, struct scores *s)
{
    const struct domain *d = s->support;
    if (d->design->replicates)
        return s;
    s->most = largest(s->z, d->unit_count, 0);
    struct gridsum total = gridsum_start(s->most);
    for (uint32_t u = 0; u < d->unit_count; u++)
        gridsum_add(&total, s->z[u]);
    s->total = gridsum_value(&total);
    if (d->design->unit_psu) {
        psu_sums(a, s);
        s->most = largest(s->z_psu, s->psu_count, s->most);
    }
    return s;
}

// First order: θ_r − θ ≈ Σ (w_r − w) u.
static void replicate_deviations(const struct domain *d, const double *u, double *z)
{
    double most = largest(u, d->n, 0), heaviest = largest(d->w, d->n, 0);
    for (size_t r = 0; r < d->design->replicates; r++) {
        const double *weight = d->design->replicate[r];
        double bound = heaviest;
        for (size_t i = 0; i < d->n; i++)
            bound = fabs(weight[d->row[i]]) > bound ? fabs(weight[d->row[i]]) : bound;
        struct gridsum sum = gridsum_start(2 * bound * most);
        for (size_t i = 0; i < d->n; i++)
            gridsum_add(&sum, (weight[d->row[i]] - d->w[i]) * u[i]);
        z[r] = gridsum_value(&sum);
    }
}

static struct scores *calibrated(struct arena *a, const struct domain *d, const double *u,
                                 const struct residual *residual)
{
    const struct domain *all = residual->all;
    double *full = mem_new(d->design->rows + 1, sizeof *full);
    double *z = NEWS(a, all->n + 1, double);
    for (size_t i = 0; i < d->n; i++)
        full[d->row[i]] = u[i];
    residual->project(residual->context, full);
    for (size_t i = 0; i < all->n; i++)
        z[i] = all->w[i] * full[all->row[i]];
    mem_free(full);
    struct scores *s = NEW(a, struct scores);
    *s = (struct scores){.domain = d, .support = all};
    s->z = unit_sums(a, all, z);
    return finish(a, s);
}

struct scores *scores_linear(struct arena *a, const struct domain *d, const double *u,
                             const struct residual *residual)
{
    if (residual && !d->design->replicates)
        return calibrated(a, d, u, residual);
    struct scores *s = NEW(a, struct scores);
    *s = (struct scores){.domain = d, .support = d};
    if (d->design->replicates) {
        s->z = NEWS(a, d->design->replicates, double);
        replicate_deviations(d, u, s->z);
        return s;
    }
    double *z = NEWS(a, d->n + 1, double);
    for (size_t i = 0; i < d->n; i++)
        z[i] = d->w[i] * u[i];
    s->z = unit_sums(a, d, z);
    return finish(a, s);
}

struct scores *scores_of_units(struct arena *a, const struct domain *d,
                               const struct domain *support, double *z)
{
    struct scores *s = NEW(a, struct scores);
    *s = (struct scores){.domain = d, .support = support, .z = z};
    return finish(a, s);
}

struct scores *scores_replicate(struct arena *a, const struct domain *d, const double *deviation)
{
    struct scores *s = NEW(a, struct scores);
    *s = (struct scores){.domain = d, .support = d};
    s->z = NEWS(a, d->design->replicates, double);
    memcpy(s->z, deviation, d->design->replicates * sizeof *deviation);
    return s;
}

struct scores *scores_combine(struct arena *a, const struct scores *const *list,
                              const double *factor, size_t count)
{
    const struct domain *domain = list[0]->domain, *support = list[0]->support;
    for (size_t k = 1; k < count; k++) {
        domain = domain == list[k]->domain ? domain : domain_union(a, domain, list[k]->domain);
        support =
            support == list[k]->support ? support : domain_union(a, support, list[k]->support);
    }
    struct scores *s = NEW(a, struct scores);
    *s = (struct scores){.domain = domain, .support = support};
    size_t length = domain->design->replicates ? domain->design->replicates : support->unit_count;
    s->z = NEWS(a, length + 1, double);
    for (size_t k = 0; k < count; k++)
        for (size_t i = 0, at = 0; i < length; i++) {
            const struct domain *own = list[k]->support;
            if (domain->design->replicates)
                s->z[i] += factor[k] * list[k]->z[i];
            else if (at < own->unit_count && own->unit[at] == support->unit[i])
                s->z[i] += factor[k] * list[k]->z[at++];
        }
    return finish(a, s);
}
