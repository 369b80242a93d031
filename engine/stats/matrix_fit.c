// SPDX-License-Identifier: GPL-3.0-or-later
// Least squares by Householder's reflections in quad precision.
#include "engine/stats/exact.h"
#include "engine/stats/matrix.h"

#include <math.h>

struct rows {
    quad *x, *y; // copies that become R and Qᵀy
    size_t n, k;
};

// Reflects column j onto its diagonal; false when nothing is left of it.
static bool reflect(struct rows *r, size_t j, quad *diagonal, quad own)
{
    quad sum = 0;
    for (size_t i = j; i < r->n; i++)
        sum += r->x[i * r->k + j] * r->x[i * r->k + j];
    quad norm = exact_sqrt(sum);
    if (!(norm > 1e-28 * own))
        return false;
    quad *head = &r->x[j * r->k + j];
    *diagonal = *head > 0 ? -norm : norm;
    *head -= *diagonal; // x below the diagonal is now the vector u, uᵀu = 2·norm·(norm + |head|)
    quad half = -*diagonal * *head;
    for (size_t c = j + 1; c <= r->k; c++) {
        quad dot = 0;
        for (size_t i = j; i < r->n; i++)
            dot += r->x[i * r->k + j] * (c < r->k ? r->x[i * r->k + c] : r->y[i]);
        dot /= half;
        for (size_t i = j; i < r->n; i++)
            *(c < r->k ? &r->x[i * r->k + c] : &r->y[i]) -= dot * r->x[i * r->k + j];
    }
    return true;
}

static bool decompose(struct rows *r, quad *diagonal)
{
    for (size_t j = 0; j < r->k; j++) {
        quad own = 0;
        for (size_t i = 0; i < r->n; i++)
            own += r->x[i * r->k + j] * r->x[i * r->k + j];
        if (!reflect(r, j, &diagonal[j], exact_sqrt(own)))
            return false;
    }
    return true;
}

static void substitute(const struct rows *r, const quad *diagonal, quad *b)
{
    for (size_t i = r->k; i-- > 0;) {
        for (size_t c = i + 1; c < r->k; c++)
            b[i] -= r->x[i * r->k + c] * b[c];
        b[i] /= diagonal[i];
    }
}

// Variances are rows of R⁻¹ squared and summed, times s².
static void standard_errors(const struct rows *r, const quad *diagonal, quad s2, quad *se)
{
    quad *column = mem_new(r->k, sizeof *column);
    for (size_t j = 0; j < r->k; j++) {
        for (size_t i = 0; i < r->k; i++)
            column[i] = i == j;
        substitute(r, diagonal, column);
        for (size_t i = 0; i <= j; i++)
            se[i] += column[i] * column[i];
    }
    for (size_t j = 0; j < r->k; j++)
        se[j] = exact_sqrt(se[j] * s2);
    mem_free(column);
}

static bool has_ones(const quad *x, size_t rows, size_t k)
{
    for (size_t j = 0; j < k; j++) {
        size_t i = 0;
        while (i < rows && x[i * k + j] == 1)
            i++;
        if (i == rows)
            return true;
    }
    return false;
}

static quad spread(const quad *y, size_t rows, bool about_mean)
{
    quad mean = 0, sum = 0;
    for (size_t i = 0; about_mean && i < rows; i++)
        mean += y[i] / (quad)rows;
    for (size_t i = 0; i < rows; i++)
        sum += (y[i] - mean) * (y[i] - mean);
    return sum;
}

static void fill(const struct rows *r, const quad *diagonal, quad total, struct matrix_fit *out)
{
    out->k = r->k;
    out->b = mem_new(r->k, sizeof *out->b);
    out->se = mem_new(r->k, sizeof *out->se);
    for (size_t j = 0; j < r->k; j++)
        out->b[j] = r->y[j];
    substitute(r, diagonal, out->b);
    out->rss = 0;
    for (size_t i = r->k; i < r->n; i++)
        out->rss += r->y[i] * r->y[i];
    quad s2 = r->n > r->k ? out->rss / (quad)(r->n - r->k) : (quad)NAN;
    out->residual_sd = exact_sqrt(s2);
    out->r_squared = 1 - out->rss / total;
    standard_errors(r, diagonal, s2, out->se);
}

bool matrix_least_squares(const quad *x, const quad *y, size_t rows, size_t k,
                          struct matrix_fit *out)
{
    *out = (struct matrix_fit){0};
    if (k == 0 || rows < k)
        return false;
    struct rows r = {mem_new(rows * k, sizeof *x), mem_new(rows, sizeof *y), rows, k};
    quad *diagonal = mem_new(k, sizeof *diagonal);
    for (size_t i = 0; i < rows * k; i++)
        r.x[i] = x[i];
    for (size_t i = 0; i < rows; i++)
        r.y[i] = y[i];
    bool solved = decompose(&r, diagonal);
    if (solved)
        fill(&r, diagonal, spread(y, rows, has_ones(x, rows, k)), out);
    mem_free(r.x);
    mem_free(r.y);
    mem_free(diagonal);
    return solved;
}

void matrix_fit_free(struct matrix_fit *fit)
{
    mem_free(fit->b);
    mem_free(fit->se);
    *fit = (struct matrix_fit){0};
}
