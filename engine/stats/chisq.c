// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/chisq.h"

#include "engine/stats/dist.h"
#include "engine/stats/matrix.h"

#include <math.h>

// What is left of a pivot below this share of its column is singular.
static const double singular = 1e-10;

static bool finite_all(const double *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!isfinite(values[i]))
            return false;
    return true;
}

// ---- Wald

// Q = θᵀ V⁻¹ θ; false when V is singular.
static bool quadratic(const double *theta, const double *cov, size_t k, double *q)
{
    if (k == 0 || !finite_all(theta, k) || !finite_all(cov, k * k))
        return false;
    quad *v = mem_new(k * k, sizeof *v), *x = mem_new(k, sizeof *x), sum = 0;
    for (size_t i = 0; i < k * k; i++)
        v[i] = (quad)cov[i];
    for (size_t i = 0; i < k; i++)
        x[i] = (quad)theta[i];
    bool regular = matrix_factor(v, k, singular) == 0;
    matrix_solve(v, k, x);
    for (size_t i = 0; i < k; i++)
        sum += x[i] * (quad)theta[i];
    *q = (double)sum;
    mem_free(v);
    mem_free(x);
    return regular && isfinite(*q);
}

static bool finish(double statistic, double df1, double df2, struct ftest *out)
{
    out->statistic = statistic;
    out->df1 = df1;
    out->df2 = df2;
    out->p = dist_f_upper(statistic, df1, df2);
    return df2 >= 1 && isfinite(statistic) && isfinite(out->p);
}

bool chisq_wald_zero(const double *theta, const double *cov, size_t k, double d, struct ftest *out)
{
    double q, df2 = d - (double)k + 1;
    *out = (struct ftest){NAN, NAN, NAN, NAN, k + 1, 0};
    if (!(df2 >= 1) || !quadratic(theta, cov, k, &q))
        return false;
    return finish(df2 / ((double)k * d) * q, (double)k, df2, out);
}

// Differences of each group from the first and their covariance.
static void contrasts(const double *theta, const double *cov, size_t groups, double *c, double *v)
{
    size_t k = groups - 1;
    for (size_t i = 1; i < groups; i++) {
        c[i - 1] = theta[i] - theta[0];
        for (size_t j = 1; j < groups; j++)
            v[(i - 1) * k + j - 1] = cov[i * groups + j] - cov[i * groups] - cov[j] + cov[0];
    }
}

bool chisq_wald(const double *theta, const double *cov, size_t groups, double d, struct ftest *out)
{
    *out = (struct ftest){NAN, NAN, NAN, NAN, groups, 0};
    if (groups < 2)
        return false;
    size_t k = groups - 1;
    double *c = mem_new(k, sizeof *c), *v = mem_new(k * k, sizeof *v);
    contrasts(theta, cov, groups, c, v);
    bool good = chisq_wald_zero(c, v, k, d, out);
    mem_free(c);
    mem_free(v);
    return good;
}

bool chisq_wald_plain(const double *theta, const double *cov, size_t groups, double d,
                      struct ftest *out)
{
    *out = (struct ftest){NAN, NAN, NAN, NAN, groups, 0};
    if (groups < 2)
        return false;
    size_t k = groups - 1;
    double *c = mem_new(k, sizeof *c), *v = mem_new(k * k, sizeof *v), q = NAN;
    contrasts(theta, cov, groups, c, v);
    bool good = d - (double)k >= 1 && quadratic(c, v, k, &q);
    mem_free(c);
    mem_free(v);
    return good && finish(q / (double)k, (double)k, d - (double)k, out);
}

// ---- Rao and Scott

struct table {
    size_t rows, columns, from_columns; // left after dropping; columns as given
    size_t *row, *column;               // numbers of what is left
    const double *cells, *cov;
    size_t given;
    quad *row_sum, *column_sum;
};

static quad cell(const struct table *t, size_t r, size_t c)
{
    return (quad)t->cells[t->row[r] * t->from_columns + t->column[c]];
}

static long double covariance(const struct table *t, size_t a, size_t b)
{
    size_t from = t->row[a / t->columns] * t->from_columns + t->column[a % t->columns];
    size_t to = t->row[b / t->columns] * t->from_columns + t->column[b % t->columns];
    return t->cov[from * t->given + to];
}

static void table_start(struct table *t, struct arena *a, size_t rows, size_t columns)
{
    t->row = NEWS(a, rows, size_t);
    t->column = NEWS(a, columns, size_t);
    t->row_sum = NEWS(a, rows, quad);
    t->column_sum = NEWS(a, columns, quad);
    for (size_t r = 0; r < rows; r++) {
        quad sum = 0;
        for (size_t c = 0; c < columns; c++)
            sum += (quad)t->cells[r * columns + c];
        t->row_sum[t->rows] = sum;
        t->row[t->rows] = r;
        t->rows += sum > 0;
    }
    for (size_t c = 0; c < columns; c++) {
        quad sum = 0;
        for (size_t r = 0; r < rows; r++)
            sum += (quad)t->cells[r * columns + c];
        t->column_sum[t->columns] = sum;
        t->column[t->columns] = c;
        t->columns += sum > 0;
    }
}

// Helmert's contrasts of m numbers that lie `step` apart: contrast i is the sum of those before i
// less i times number i. m - 1 of them, `out_step` apart.
static void helmert(const long double *x, size_t m, size_t step, long double *out, size_t out_step)
{
    long double before = x[0];
    for (size_t i = 1; i < m; i++) {
        long double own = x[i * step];
        out[(i - 1) * out_step] = before - (long double)i * own;
        before += own;
    }
}

// Cᵀx of the cells: contrasts of rows times contrasts of columns. `half` has room for the cells.
static void contrast_cells(const struct table *t, const long double *x, long double *half,
                           long double *out, size_t out_step)
{
    size_t c = t->columns - 1;
    for (size_t r = 0; r < t->rows; r++)
        helmert(x + r * t->columns, t->columns, 1, half + r * c, 1);
    for (size_t j = 0; j < c; j++)
        helmert(half + j, t->rows, c, out + j * out_step, c * out_step);
}

struct contrasts { // of a table of m cells, k contrasts
    size_t m, k;
    long double *inverse;  // 1/p per cell, 0 where p is
    long double *x, *half; // one cell each
    long double *rows;     // m × k
};

static void contrasts_start(struct contrasts *w, const struct table *t, struct arena *work)
{
    w->m = t->rows * t->columns;
    w->k = (t->rows - 1) * (t->columns - 1);
    w->inverse = NEWS(work, w->m, long double);
    w->x = NEWS(work, w->m, long double);
    w->half = NEWS(work, w->m, long double);
    w->rows = NEWS(work, w->m * w->k, long double);
    for (size_t a = 0; a < w->m; a++) {
        long double p = (long double)cell(t, a / t->columns, a % t->columns);
        w->inverse[a] = p > 0 ? 1 / p : 0;
    }
}

// Cᵀ M of the m × k in w->rows, a column at a time.
static void contrast_rows(const struct table *t, struct contrasts *w, long double *out)
{
    for (size_t j = 0; j < w->k; j++) {
        for (size_t a = 0; a < w->m; a++)
            w->x[a] = w->rows[a * w->k + j];
        contrast_cells(t, w->x, w->half, out + j, w->k);
    }
}

// Cᵀ D C
static void fill_below(const struct table *t, struct contrasts *w, long double *out)
{
    memset(w->x, 0, w->m * sizeof *w->x);
    for (size_t a = 0; a < w->m; a++) {
        w->x[a] = w->inverse[a];
        contrast_cells(t, w->x, w->half, w->rows + a * w->k, 1);
        w->x[a] = 0;
    }
    contrast_rows(t, w, out);
}

// Cᵀ D V D C
static void fill_delta(const struct table *t, struct contrasts *w, long double *out)
{
    for (size_t a = 0; a < w->m; a++) {
        for (size_t b = 0; b < w->m; b++)
            w->x[b] = w->inverse[a] * covariance(t, a, b) * w->inverse[b];
        contrast_cells(t, w->x, w->half, w->rows + a * w->k, 1);
    }
    contrast_rows(t, w, out);
}

// Δ = (Cᵀ D C/n)⁻¹ (Cᵀ D V D C), its trace and the trace of its square.
static bool traces(const struct table *t, struct arena *work, double n, quad *trace, quad *square)
{
    struct contrasts w;
    contrasts_start(&w, t, work);
    size_t k = w.k;
    long double *below = NEWS(work, k * k, long double), *delta = NEWS(work, k * k, long double);
    fill_below(t, &w, below);
    fill_delta(t, &w, delta);
    if (!matrix_divide(below, k, delta, k, singular))
        return false;
    *trace = *square = 0;
    for (size_t i = 0; i < k; i++)
        *trace += (quad)delta[i * k + i];
    for (size_t i = 0; i < k * k; i++)
        *square += (quad)(delta[i] * delta[i % k * k + i / k]);
    *trace *= (quad)n;
    *square *= (quad)n * (quad)n;
    return *trace > 0 && *square > 0;
}

// n Σ (p_rc - p_r p_c)²/(p_r p_c)
static quad pearson(const struct table *t, double n)
{
    quad sum = 0;
    for (size_t r = 0; r < t->rows; r++)
        for (size_t c = 0; c < t->columns; c++) {
            quad expected = t->row_sum[r] * t->column_sum[c];
            quad gap = cell(t, r, c) - expected;
            sum += gap * gap / expected;
        }
    return sum * (quad)n;
}

bool chisq_rao_scott(const double *cells, const double *cov, size_t rows, size_t columns, double n,
                     double d, struct ftest *out)
{
    struct arena work = {0};
    struct table t = {.from_columns = columns, .cells = cells, .cov = cov, .given = rows * columns};
    quad trace, square;
    *out = (struct ftest){NAN, NAN, NAN, NAN, 0, 0};
    bool good = d >= 1 && n > 0 && finite_all(cells, t.given) && finite_all(cov, t.given * t.given);
    if (good) {
        table_start(&t, &work, rows, columns);
        out->groups = t.rows;
        out->columns = t.columns;
        good = t.rows > 1 && t.columns > 1 && traces(&t, &work, n, &trace, &square);
    }
    if (good) {
        double nu = (double)(trace * trace / square);
        good = finish((double)(pearson(&t, n) / trace), nu, nu * d, out);
    }
    arena_free(&work);
    return good;
}
