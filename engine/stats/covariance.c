// SPDX-License-Identifier: GPL-3.0-or-later
// The one path from scores to covariances (Binder 1983; Särndal, Swensson and Wretman 1992).
#include "engine/stats/classes.h"
#include "engine/stats/gridsum.h"

// A run of sorted members with their sums; everybody else of the group has 0.
struct run_of {
    const uint32_t *id;
    const double *z;
    size_t count;
};

static double mean_of(struct run_of r, double most, double n)
{
    struct gridsum sum = gridsum_start(most);
    for (size_t i = 0; i < r.count; i++)
        gridsum_add(&sum, r.z[i]);
    return gridsum_value(&sum) / n;
}

// Σ (a − ā)(b − b̄) over the n members of a group.
static double cross(struct run_of a, struct run_of b, double n, double most_a, double most_b)
{
    if (!a.count || !b.count)
        return 0; // one is 0 everywhere
    double mean_a = mean_of(a, most_a, n), mean_b = a.z == b.z ? mean_a : mean_of(b, most_b, n);
    struct gridsum sum = gridsum_start(4 * most_a * most_b);
    if (a.id == b.id && a.count == b.count) {
        for (size_t i = 0; i < a.count; i++)
            gridsum_add(&sum, (a.z[i] - mean_a) * (b.z[i] - mean_b));
        return gridsum_value(&sum) + (n - (double)a.count) * mean_a * mean_b;
    }
    size_t i = 0, j = 0, members = 0;
    for (; i < a.count || j < b.count; members++) {
        uint32_t x = i < a.count ? a.id[i] : UINT32_MAX, y = j < b.count ? b.id[j] : UINT32_MAX;
        double za = x <= y ? a.z[i++] : 0, zb = y <= x ? b.z[j++] : 0;
        gridsum_add(&sum, (za - mean_a) * (zb - mean_b));
    }
    return gridsum_value(&sum) + (n - (double)members) * mean_a * mean_b;
}

static struct run_of psu_run(const struct scores *s)
{
    if (s->z_psu)
        return (struct run_of){s->psu, s->z_psu, s->psu_count};
    return (struct run_of){s->support->unit, s->z, s->support->unit_count};
}

// Cuts the members below `end` off the front of *rest.
static struct run_of take(struct run_of *rest, uint32_t end)
{
    struct run_of front = *rest;
    size_t low = 0, high = rest->count;
    while (low < high) { // first member at or past end
        size_t middle = (low + high) / 2;
        if (rest->id[middle] < end)
            low = middle + 1;
        else
            high = middle;
    }
    front.count = low;
    rest->id += low;
    rest->z += low;
    rest->count -= low;
    return front;
}

// A stratum with one PSU (statistics.md 3): its sums about the mean of all PSUs of the sample.
static double lonely_term(const struct design *d, double f, double za, double zb, double mean_a,
                          double mean_b)
{
    return d->lonely == DESIGN_LONELY_ADJUST ? (1 - f) * (za - mean_a) * (zb - mean_b) : 0;
}

// Domains without a common unit, all in one stratum: only the means are left of the products.
static bool apart_in_one(const struct design *d, const struct scores *a, const struct scores *b)
{
    return d->stratum_count == 1 && d->psu_count > 1 && !d->unit_psu && a->support != b->support &&
           domain_pair(a->support, b->support).apart;
}

static double first_stage(const struct design *d, const struct scores *a, const struct scores *b)
{
    struct run_of ra = psu_run(a), rb = psu_run(b);
    bool adjust = d->lonely == DESIGN_LONELY_ADJUST && d->lonely_count;
    double mean_a = adjust ? mean_of(ra, a->most, d->psu_count) : 0;
    double mean_b = adjust ? mean_of(rb, b->most, d->psu_count) : 0;
    double sum = 0;
    for (uint32_t h = 0; h < d->stratum_count; h++) {
        const struct stratum *s = &d->strata[h];
        if (!adjust && !ra.count && !rb.count)
            break;
        struct run_of xa = take(&ra, s->first + s->n), xb = take(&rb, s->first + s->n);
        if (s->f >= 1)
            continue;
        double n = s->n;
        if (s->n == 1)
            sum += lonely_term(d, s->f, xa.count ? xa.z[0] : 0, xb.count ? xb.z[0] : 0, mean_a,
                               mean_b);
        else
            sum += (1 - s->f) * n / (n - 1) * cross(xa, xb, n, a->most, b->most);
    }
    if (d->lonely == DESIGN_LONELY_AVERAGE && d->lonely_count < d->stratum_count)
        sum *= (double)d->stratum_count / (d->stratum_count - d->lonely_count);
    return sum;
}

// Σ_h f_h Σ_j (1 − f_hj) m/(m − 1) Σ_k (…)(…): Särndal, Swensson and Wretman 1992, section 4.3.
static double second_stage(const struct design *d, const struct scores *a, const struct scores *b)
{
    struct run_of ra = {a->support->unit, a->z, a->support->unit_count};
    struct run_of rb = {b->support->unit, b->z, b->support->unit_count};
    double sum = 0;
    for (uint32_t j = 0; j < d->psu_count && (ra.count || rb.count); j++) {
        uint32_t end = d->psu_first[j + 1];
        struct run_of xa = take(&ra, end), xb = take(&rb, end);
        double m = end - d->psu_first[j], f = d->strata[d->psu_stratum[j]].f;
        if (m > 1 && f > 0 && d->psu_f[j] < 1)
            sum += f * (1 - d->psu_f[j]) * m / (m - 1) * cross(xa, xb, m, a->most, b->most);
    }
    return sum;
}

static double replicate_cov(const struct design *d, const struct scores *a, const struct scores *b)
{
    double mean_a = 0, mean_b = 0, sum = 0;
    for (size_t r = 0; d->center_mean && r < d->replicates; r++) {
        mean_a += a->z[r] / (double)d->replicates;
        mean_b += b->z[r] / (double)d->replicates;
    }
    for (size_t r = 0; r < d->replicates; r++)
        sum += d->replicate_factor[r] * (a->z[r] - mean_a) * (b->z[r] - mean_b);
    return sum;
}

double scores_cov(const struct scores *a, const struct scores *b)
{
    const struct design *d = a->domain->design;
    if (a->tally && b->tally)
        return classes_cov(a, b);
    if (d->replicates)
        return replicate_cov(d, a, b);
    if (apart_in_one(d, a, b))
        return -(1 - d->strata[0].f) / (d->psu_count - 1.0) * a->total * b->total;
    return first_stage(d, a, b) + (d->psu_f ? second_stage(d, a, b) : 0);
}

// ---- many at a time

enum { MOST_DENSE = 1 << 23 }; // numbers in a table of sums

// One stage: every score can be laid out over all units.
static bool lays_out(const struct scores *const *list, size_t count)
{
    const struct design *d = list[0]->domain->design;
    bool plain = !d->replicates && !d->unit_psu && d->lonely != DESIGN_LONELY_ADJUST &&
                 d->lonely != DESIGN_LONELY_AVERAGE;
    for (size_t i = 0; i < count; i++)
        plain &= !list[i]->tally;
    return plain && count > 2 && (double)count * d->psu_count <= MOST_DENSE;
}

// Where the units of each stratum that occurs are laid out; the others add nothing. Returns the
// length.
static size_t place_strata(const struct scores *const *list, size_t count, size_t *at)
{
    const struct design *d = list[0]->domain->design;
    size_t length = 0;
    for (uint32_t h = 0; h < d->stratum_count; h++)
        at[h] = SIZE_MAX;
    for (size_t i = 0; i < count; i++)
        for (uint32_t u = 0; u < list[i]->support->unit_count; u++)
            at[d->psu_stratum[list[i]->support->unit[u]]] = 0;
    for (uint32_t h = 0; h < d->stratum_count; h++)
        if (!at[h]) {
            at[h] = length;
            length += d->strata[h].n;
        }
    return length;
}

// (z − z̄) √((1 − f) n/(n − 1)) of every unit of these strata; a unit without respondents has 0.
// Returns the largest.
static double lay_out(const struct scores *s, const size_t *at, double *out)
{
    const struct design *d = s->domain->design;
    double most = 0;
    for (uint32_t u = 0; u < s->support->unit_count; u++) {
        uint32_t unit = s->support->unit[u], h = d->psu_stratum[unit];
        out[at[h] + unit - d->strata[h].first] = s->z[u];
    }
    for (uint32_t h = 0; h < d->stratum_count; h++) {
        const struct stratum *t = &d->strata[h];
        if (at[h] == SIZE_MAX)
            continue;
        double n = t->n, factor = t->f < 1 && t->n > 1 ? sqrt((1 - t->f) * n / (n - 1)) : 0;
        double *z = out + at[h], mean = mean_of((struct run_of){NULL, z, t->n}, s->most, n);
        for (uint32_t u = 0; u < t->n; u++) {
            z[u] = (z[u] - mean) * factor;
            most = fabs(z[u]) > most ? fabs(z[u]) : most;
        }
    }
    return most;
}

static double dot(const double *a, const double *b, size_t n, double bound)
{
    struct gridsum sum = gridsum_start(bound);
    for (size_t i = 0; i < n; i++)
        gridsum_add(&sum, a[i] * b[i]);
    return gridsum_value(&sum);
}

static void cov_laid_out(const struct scores *const *list, size_t count, double *cov)
{
    size_t *at = mem_new(list[0]->domain->design->stratum_count, sizeof *at);
    size_t n = place_strata(list, count, at);
    double *z = mem_new(count * n, sizeof *z), *most = mem_new(count, sizeof *most);
    for (size_t i = 0; i < count; i++)
        most[i] = lay_out(list[i], at, z + i * n);
    mem_free(at);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j <= i; j++)
            cov[i * count + j] = cov[j * count + i] =
                dot(z + i * n, z + j * n, n, most[i] * most[j]);
    mem_free(most);
    mem_free(z);
}

void scores_cov_all(const struct scores *const *list, size_t count, double *cov)
{
    if (count && lays_out(list, count)) {
        cov_laid_out(list, count, cov);
        return;
    }
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j <= i; j++)
            cov[i * count + j] = cov[j * count + i] = scores_cov(list[i], list[j]);
}

double scores_variance(struct scores *s)
{
    double v = s->known ? s->variance : scores_cov(s, s);
    s->variance = v > 0 ? v : 0;
    s->known = true;
    return s->variance;
}
