// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/reliability.h"

#include "engine/stats/dist.h"
#include "engine/stats/exact.h"

#include <math.h>

// Sum of variances, and variance of the total, of the items except `skip` (k: none).
struct parts {
    quad items, total;
    size_t k;
};

static struct parts parts_of(const quad *cov, size_t k, size_t skip)
{
    struct parts p = {0, 0, 0};
    for (size_t i = 0; i < k; i++) {
        if (i == skip)
            continue;
        p.k++;
        p.items += cov[i * k + i];
        for (size_t j = 0; j < k; j++)
            if (j != skip)
                p.total += cov[i * k + j];
    }
    return p;
}

// k/(k-1) · (1 - Σ s_j²/s_T²) (Cronbach 1951).
static double alpha_of(struct parts p)
{
    if (p.k < 2 || !(p.total > 0) || !(p.total > p.items * 1e-15))
        return NAN;
    return (double)((quad)p.k / (quad)(p.k - 1) * (1 - p.items / p.total));
}

double reliability_alpha(const quad *cov, size_t k)
{
    return alpha_of(parts_of(cov, k, k));
}

double reliability_alpha_without(const quad *cov, size_t k, size_t item)
{
    return k < 3 || item >= k ? NAN : alpha_of(parts_of(cov, k, item));
}

static quad correlation(const quad *cov, size_t k, size_t i, size_t j)
{
    return i == j ? 1 : cov[i * k + j] / exact_sqrt(cov[i * k + i] * cov[j * k + j]);
}

double reliability_alpha_standardised(const quad *cov, size_t k)
{
    struct parts p = {(quad)k, 0, k};
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            p.total += correlation(cov, k, i, j);
    return alpha_of(p);
}

double reliability_item_rest(const quad *cov, size_t k, size_t item)
{
    if (k < 2 || item >= k)
        return NAN;
    quad with = 0;
    for (size_t j = 0; j < k; j++)
        with += j == item ? 0 : cov[item * k + j];
    quad scale = exact_sqrt(cov[item * k + item] * parts_of(cov, k, item).total);
    return scale > 0 ? (double)(with / scale) : NAN;
}

// k/(k-1)/s_T² · ((Σ s_j²/s_T²) T² - Σ x_j²): the derivative of alpha by a row's weight, times W.
void reliability_form(const quad *cov, size_t k, double *form)
{
    struct parts p = parts_of(cov, k, k);
    bool none = isnan(alpha_of(p));
    quad factor = none ? 0 : (quad)k / (quad)(k - 1) / p.total;
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            form[i * k + j] = none ? NAN : (double)(factor * (p.items / p.total - (i == j)));
}

struct interval reliability_feldt(double value, double n, size_t k, double alpha)
{
    double d1 = n - 1, d2 = (n - 1) * ((double)k - 1);
    return (struct interval){1 - (1 - value) * dist_f_quantile(1 - alpha / 2, d1, d2),
                             1 - (1 - value) * dist_f_quantile(alpha / 2, d1, d2)};
}

struct interval reliability_interval(double value, double se, double df, double alpha)
{
    double t = dist_t_quantile(1 - alpha / 2, df), rest = 1 - value;
    if (isnan(t) || !(rest > 0) || !isfinite(se))
        return (struct interval){NAN, NAN};
    double step = exp(t * se / rest);
    return (struct interval){1 - rest * step, 1 - rest / step};
}

// The loading that leaves the least squares off the diagonal, the others given:
// l_i = Σ_{j≠i} r_ij l_j / Σ_{j≠i} l_j². Returns how far it moved.
static double renew(const double *r, size_t k, double *l, size_t i)
{
    double above = 0, below = 0;
    for (size_t j = 0; j < k; j++) {
        above += j == i ? 0 : r[i * k + j] * l[j];
        below += j == i ? 0 : l[j] * l[j];
    }
    double now = below > 0 ? above / below : 0, moved = fabs(now - l[i]);
    l[i] = now;
    return moved;
}

// Starts from the first centroid: row sums over the root of the sum of all.
static bool minimum_residual(const double *r, size_t k, double *l)
{
    double all = 0;
    for (size_t i = 0; i < k * k; i++)
        all += r[i];
    for (size_t i = 0; i < k; i++) {
        l[i] = 0;
        for (size_t j = 0; j < k; j++)
            l[i] += r[i * k + j] / sqrt(fmax(all, 1));
    }
    for (int round = 0; round < 100000; round++) {
        double moved = 0;
        for (size_t i = 0; i < k; i++)
            moved = fmax(moved, renew(r, k, l, i));
        if (!(moved > 1e-14))
            return isfinite(moved);
    }
    return false;
}

static enum reliability_refusal fit(const quad *cov, size_t k, double *l)
{
    for (size_t i = 0; i < k; i++)
        if (!(cov[i * k + i] > 0))
            return RELIABILITY_CONSTANT;
    double *r = mem_new(k * k, sizeof *r);
    for (size_t i = 0; i < k * k; i++)
        r[i] = (double)correlation(cov, k, i / k, i % k);
    bool ends = minimum_residual(r, k, l);
    mem_free(r);
    for (size_t i = 0; ends && i < k; i++)
        if (fabs(l[i]) > 1)
            return RELIABILITY_HEYWOOD;
    return ends ? RELIABILITY_OK : RELIABILITY_NO_END;
}

double reliability_omega(const quad *cov, size_t k, double *loadings,
                         enum reliability_refusal *refusal)
{
    double *l = mem_new(k, sizeof *l), sum = 0, unique = 0;
    *refusal = k < 3 ? RELIABILITY_FEW : fit(cov, k, l);
    for (size_t i = 0; i < k; i++) {
        sum += l[i];
        unique += 1 - l[i] * l[i];
        if (loadings)
            loadings[i] = *refusal ? NAN : l[i];
    }
    mem_free(l);
    return *refusal ? NAN : sum * sum / (sum * sum + unique);
}
