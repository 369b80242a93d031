// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/matrix.h"

#include "engine/stats/exact.h"

#include <math.h>

quad matrix_decimal(struct decimal d)
{
    return (quad)d.mantissa / (quad)num_power10[d.scale];
}

// LDLᵀ column by column. What is left of a pivot is compared with the column's own diagonal: the
// share of its variance that the columns before it do not explain.
size_t matrix_factor(quad *a, size_t n, double tolerance)
{
    size_t dropped = 0;
    for (size_t j = 0; j < n; j++) {
        quad pivot = a[j * n + j], own = pivot;
        for (size_t k = 0; k < j; k++)
            pivot -= a[j * n + k] * a[j * n + k] * a[k * n + k];
        bool regular = pivot > 0 && pivot > (quad)tolerance * own;
        a[j * n + j] = regular ? pivot : 0;
        dropped += !regular;
        for (size_t i = j + 1; i < n; i++) {
            quad sum = a[i * n + j];
            for (size_t k = 0; k < j; k++)
                sum -= a[i * n + k] * a[j * n + k] * a[k * n + k];
            a[i * n + j] = regular ? sum / pivot : 0;
        }
    }
    return dropped;
}

void matrix_solve(const quad *ldl, size_t n, quad *b)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            b[i] -= ldl[i * n + k] * b[k];
    for (size_t i = 0; i < n; i++)
        b[i] = ldl[i * n + i] == 0 ? 0 : b[i] / ldl[i * n + i];
    for (size_t i = n; i-- > 0;)
        for (size_t k = i + 1; k < n; k++)
            b[i] -= ldl[i * n + i] == 0 ? 0 : ldl[k * n + i] * b[k];
}

// Gauss without exchanges: a regular matrix of the kind needs none. Rows lie together in memory.
static void eliminate(long double *rows, size_t columns, size_t from, size_t row,
                      long double factor)
{
    const long double *source = rows + from * columns;
    long double *out = rows + row * columns;
    for (size_t k = 0; k < columns; k++)
        out[k] -= factor * source[k];
}

bool matrix_divide(long double *a, size_t n, long double *b, size_t columns, double tolerance)
{
    long double *own = mem_new(n, sizeof *own);
    bool regular = true;
    for (size_t i = 0; i < n; i++)
        own[i] = a[i * n + i];
    for (size_t j = 0; j < n && regular; j++) {
        long double pivot = a[j * n + j];
        regular = pivot > 0 && pivot > (long double)tolerance * own[j];
        for (size_t i = j + 1; i < n && regular; i++) {
            long double factor = a[i * n + j] / pivot;
            for (size_t k = j + 1; k < n; k++)
                a[i * n + k] -= factor * a[j * n + k];
            eliminate(b, columns, j, i, factor);
        }
    }
    for (size_t i = n; i-- > 0 && regular;) {
        for (size_t k = i + 1; k < n; k++)
            eliminate(b, columns, k, i, a[i * n + k]);
        for (size_t k = 0; k < columns; k++)
            b[i * columns + k] /= a[i * n + i];
    }
    mem_free(own);
    return regular;
}

void matrix_inverse(const quad *ldl, size_t n, quad *out)
{
    quad *column = mem_new(n, sizeof *column);
    for (size_t j = 0; j < n; j++) {
        for (size_t i = 0; i < n; i++)
            column[i] = i == j;
        matrix_solve(ldl, n, column);
        for (size_t i = 0; i < n; i++)
            out[i * n + j] = column[i];
    }
    mem_free(column);
}

// ---- eigenvalues: Jacobi's rotations, which keep small eigenvalues of a correlation matrix
// accurate.

static long double off_diagonal(const long double *a, size_t n)
{
    long double sum = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            sum += a[i * n + j] * a[i * n + j];
    return sum;
}

static void rotate(long double *x, long double *y, long double c, long double s)
{
    long double was = *x;
    *x = c * was - s * *y;
    *y = s * was + c * *y;
}

static void rotate_pair(long double *a, long double *vectors, size_t n, size_t p, size_t q)
{
    if (a[p * n + q] == 0)
        return;
    long double theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q]);
    long double t = (theta < 0 ? -1 : 1) / (fabsl(theta) + sqrtl(theta * theta + 1));
    long double c = 1 / sqrtl(t * t + 1), s = t * c;
    for (size_t k = 0; k < n; k++)
        rotate(&a[k * n + p], &a[k * n + q], c, s);
    for (size_t k = 0; k < n; k++)
        rotate(&a[p * n + k], &a[q * n + k], c, s);
    for (size_t k = 0; k < n; k++)
        rotate(&vectors[k * n + p], &vectors[k * n + q], c, s);
}

static void swap_columns(long double *vectors, size_t n, size_t i, size_t j)
{
    for (size_t k = 0; k < n; k++) {
        long double was = vectors[k * n + i];
        vectors[k * n + i] = vectors[k * n + j];
        vectors[k * n + j] = was;
    }
}

static void order_values(long double *values, long double *vectors, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t least = i;
        for (size_t j = i + 1; j < n; j++)
            if (values[j] < values[least])
                least = j;
        long double was = values[i];
        values[i] = values[least];
        values[least] = was;
        swap_columns(vectors, n, i, least);
    }
}

static void fix_signs(long double *vectors, size_t n)
{
    for (size_t j = 0; j < n; j++) {
        size_t largest = 0;
        for (size_t k = 1; k < n; k++)
            if (fabsl(vectors[k * n + j]) > fabsl(vectors[largest * n + j]) * (1 + 1e-9L))
                largest = k;
        bool turn = vectors[largest * n + j] < 0;
        for (size_t k = 0; turn && k < n; k++)
            vectors[k * n + j] = -vectors[k * n + j];
    }
}

bool matrix_eigen(const quad *a, size_t n, long double *values, long double *vectors)
{
    long double *work = mem_new(n * n, sizeof *work), trace = 0, off = 0;
    for (size_t i = 0; i < n * n; i++) {
        work[i] = (long double)a[i];
        vectors[i] = i % (n + 1) == 0;
        trace += work[i] * work[i];
    }
    bool done = isfinite(trace);
    for (int sweep = 0; done && sweep < 100; sweep++) {
        off = off_diagonal(work, n);
        if (off <= 1e-38L * trace)
            break;
        for (size_t p = 0; p < n; p++)
            for (size_t q = p + 1; q < n; q++)
                rotate_pair(work, vectors, n, p, q);
    }
    done = done && off <= 1e-36L * trace;
    for (size_t i = 0; i < n; i++)
        values[i] = work[i * n + i];
    mem_free(work);
    order_values(values, vectors, n);
    fix_signs(vectors, n);
    return done;
}

// out = Σ_k vectors_k · function(value_k) · vectors_kᵀ
static void rebuild(const long double *vectors, const long double *values, size_t n,
                    long double (*function)(long double), long double *out)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            long double sum = 0;
            for (size_t k = 0; k < n; k++)
                sum += vectors[i * n + k] * function(values[k]) * vectors[j * n + k];
            out[i * n + j] = sum;
        }
}

static long double root_of(long double x)
{
    return sqrtl(fmaxl(x, 0));
}

static long double inverse_root_of(long double x)
{
    return 1 / sqrtl(x);
}

bool matrix_root(const quad *a, size_t n, double least, long double *root, long double *inverse)
{
    long double *values = mem_new(n, sizeof *values), *vectors = mem_new(n * n, sizeof *vectors);
    bool good = n > 0 && matrix_eigen(a, n, values, vectors) && values[0] >= (long double)least;
    good = good && (!inverse || values[0] > 0);
    if (good)
        rebuild(vectors, values, n, root_of, root);
    if (good && inverse)
        rebuild(vectors, values, n, inverse_root_of, inverse);
    mem_free(values);
    mem_free(vectors);
    return good;
}

void matrix_moments(const quad *x, const quad *w, size_t rows, size_t k, quad *mean, quad *cov)
{
    quad total = 0;
    for (size_t j = 0; j < k; j++)
        mean[j] = 0;
    for (size_t i = 0; i < rows; i++) {
        total += w ? w[i] : 1;
        for (size_t j = 0; j < k; j++)
            mean[j] += (w ? w[i] : 1) * x[i * k + j];
    }
    for (size_t j = 0; j < k; j++)
        mean[j] /= total;
    for (size_t a = 0; a < k; a++)
        for (size_t b = 0; b <= a; b++) {
            quad sum = 0;
            for (size_t i = 0; i < rows; i++)
                sum += (w ? w[i] : 1) * (x[i * k + a] - mean[a]) * (x[i * k + b] - mean[b]);
            cov[a * k + b] = cov[b * k + a] = sum / total;
        }
}
