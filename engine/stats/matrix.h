// SPDX-License-Identifier: GPL-3.0-or-later
// Small dense matrices, row-major, in quad precision (long double where the compiler has no quad).
// Double normal equations lose 9 of 15 digits on NIST's Wampler sets; these do not.
#pragma once
#include "engine/base/num.h"

// Symmetric positive semi-definite a (n × n, full storage) becomes L·D·Lᵀ: D on the diagonal, L
// below it. A pivot not above tolerance · the column's own diagonal is a dependent column: its D is
// set to 0. Returns the number of such columns, so 0 = regular.
size_t matrix_factor(quad *a, size_t n, double tolerance);
// b becomes the solution; dependent columns get 0, which for a consistent right side is a solution.
void matrix_solve(const quad *ldl, size_t n, quad *b);
// Symmetric positive definite a (n × n): b (n × columns) becomes A⁻¹B. For matrices that come from
// covariances, which have no more digits than long double; a is used up. False: singular, as above.
bool matrix_divide(long double *a, size_t n, long double *b, size_t columns, double tolerance);
void matrix_inverse(const quad *ldl, size_t n, quad *out); // of a regular matrix
// Eigenvalues ascending, vectors in the columns of `vectors` (n × n), signs fixed by the largest
// component. False: no convergence or not finite.
bool matrix_eigen(const quad *a, size_t n, long double *values, long double *vectors);
// Symmetric square root and, if inverse is given, its inverse. False as above, or when an
// eigenvalue is below `least`.
bool matrix_root(const quad *a, size_t n, double least, long double *root, long double *inverse);

// Weighted means and covariances (divisor W) of k columns: x is rows × k, w may be NULL.
void matrix_moments(const quad *x, const quad *w, size_t rows, size_t k, quad *mean, quad *cov);

// Least squares by Householder in quad. x: rows × k (a column of ones for an intercept), y: rows.
struct matrix_fit {
    quad *b;  // k, owned; NULL when not solved
    quad *se; // k, classical, divisor rows - k; NaN when rows = k
    quad rss;
    quad r_squared; // about the mean when the model has a column of ones, else about 0 (as NIST)
    quad residual_sd;
    size_t k;
};
// False: fewer rows than columns, or columns dependent to quad precision.
bool matrix_least_squares(const quad *x, const quad *y, size_t rows, size_t k,
                          struct matrix_fit *out);
void matrix_fit_free(struct matrix_fit *fit);
quad matrix_decimal(struct decimal d); // nearest quad
