// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/matrix.h"

#include "tests/values/values.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static double certified(const char *set, const char *statistic, int place)
{
    FILE *file = values_open("strd/regression.csv");
    struct values_row row = {.line = 0};
    double value = NAN;
    while (file && values_next(file, &row))
        if (!strcmp(row.field[0], set) && !strcmp(row.field[1], statistic) &&
            atoi(row.field[2]) == place)
            value = values_number(&row, 3);
    if (file)
        fclose(file);
    return value;
}

// Digits wanted. R 4.2.2 (lm, tol = 1e-20) reaches 5.5 on Wampler5, 7.2 on Filip and 13.0 on
// Longley. refuses at its default tolerance.
static const struct {
    const char *name;
    size_t columns; // of x in the file
    size_t degree;  // powers of x up to this one; 1 = x as it is
    bool intercept;
    double digits;
} sets[] = {
    {"Norris", 1, 1, true, 13.5},   {"Pontius", 1, 2, true, 13.5},  {"NoInt1", 1, 1, false, 14},
    {"NoInt2", 1, 1, false, 14},    {"Filip", 1, 10, true, 13.5},   {"Longley", 6, 1, true, 13.5},
    {"Wampler1", 1, 5, true, 14.9}, {"Wampler2", 1, 5, true, 14.9}, {"Wampler3", 1, 5, true, 14.5},
    {"Wampler4", 1, 5, true, 14.5}, {"Wampler5", 1, 5, true, 14.5},
};
enum { SETS = sizeof sets / sizeof *sets };

// rows × k with the intercept first; *y as quads; both to be freed.
static size_t design(size_t set, quad **x, quad **y, size_t *k)
{
    char file[40];
    struct decimal *text;
    snprintf(file, sizeof file, "strd/%s.csv", sets[set].name);
    size_t n = values_column(file, 0, &text), first = sets[set].intercept;
    *k = first + sets[set].columns * sets[set].degree;
    *x = mem_new(n * *k, sizeof **x);
    *y = mem_new(n, sizeof **y);
    for (size_t i = 0; i < n; i++) {
        (*y)[i] = matrix_decimal(text[i]);
        (*x)[i * *k] = 1;
    }
    free(text);
    for (size_t c = 0; c < sets[set].columns; c++) {
        values_column(file, (int)c + 1, &text);
        for (size_t i = 0; i < n; i++) {
            quad power = 1, value = matrix_decimal(text[i]);
            for (size_t d = 0; d < sets[set].degree; d++)
                (*x)[i * *k + first + c * sets[set].degree + d] = power *= value;
        }
        free(text);
    }
    return n;
}

static void test_nist_regression(void **state)
{
    (void)state;
    int bad = 0;
    for (size_t s = 0; s < SETS; s++) {
        quad *x, *y;
        size_t k, n = design(s, &x, &y, &k);
        struct matrix_fit fit;
        const char *name = sets[s].name;
        assert_true(matrix_least_squares(x, y, n, k, &fit));
        for (size_t j = 0; j < k; j++) {
            double wanted = certified(name, "b", (int)j), se = certified(name, "se", (int)j);
            bad += !values_agree((double)fit.b[j], wanted, sets[s].digits, name, (long)j);
            if (se > 0)
                bad += !values_agree((double)fit.se[j], se, 13.5, name, 100 + (long)j);
            else
                assert_true((double)fit.se[j] < 1e-15);
        }
        bad +=
            !values_agree((double)fit.r_squared, certified(name, "r_squared", 0), 13.5, name, 200);
        if (certified(name, "residual_sd", 0) > 0)
            bad += !values_agree((double)fit.residual_sd, certified(name, "residual_sd", 0), 13.5,
                                 name, 300);
        matrix_fit_free(&fit);
        mem_free(x);
        mem_free(y);
    }
    assert_int_equal(bad, 0);
}

// The way the drivers go: covariances, LDLᵀ, slopes.
static void test_nist_by_moments(void **state)
{
    (void)state;
    int bad = 0;
    for (size_t s = 0; s < SETS; s++) {
        if (!sets[s].intercept || !strcmp(sets[s].name, "Filip"))
            continue;
        quad *x, *y;
        size_t k, n = design(s, &x, &y, &k);
        for (size_t i = 0; i < n; i++)
            x[i * k] = y[i]; // y in the place of the ones
        quad *mean = mem_new(k, sizeof *mean), *cov = mem_new(k * k, sizeof *cov);
        matrix_moments(x, NULL, n, k, mean, cov);
        size_t p = k - 1;
        quad *a = mem_new(p * p, sizeof *a), *b = mem_new(p, sizeof *b);
        for (size_t i = 0; i < p; i++) {
            b[i] = cov[i + 1];
            for (size_t j = 0; j < p; j++)
                a[i * p + j] = cov[(i + 1) * k + j + 1];
        }
        assert_int_equal(matrix_factor(a, p, 1e-25), 0);
        matrix_solve(a, p, b);
        for (size_t i = 0; i < p; i++)
            bad += !values_agree((double)b[i], certified(sets[s].name, "b", (int)i + 1), 13.5,
                                 sets[s].name, (long)i + 1);
        mem_free(mean);
        mem_free(cov);
        mem_free(a);
        mem_free(b);
        mem_free(x);
        mem_free(y);
    }
    assert_int_equal(bad, 0);
}

// (4 2; 2 3): L = (1 0; 1/2 1), D = (4, 2), inverse (3 -2; -2 4)/8.
static void test_factor(void **state)
{
    (void)state;
    quad a[] = {4, 2, 2, 3}, b[] = {8, 8}, inverse[4];
    assert_int_equal(matrix_factor(a, 2, 1e-12), 0);
    assert_true(a[0] == 4 && a[2] == 0.5 && a[3] == 2);
    matrix_solve(a, 2, b); // 4x + 2y = 8, 2x + 3y = 8: x = 1, y = 2
    assert_true(b[0] == 1 && b[1] == 2);
    matrix_inverse(a, 2, inverse);
    assert_true(inverse[0] == 0.375 && inverse[1] == -0.25 && inverse[3] == 0.5);
}

// The third column is the sum of the first two.
static void test_dependent(void **state)
{
    (void)state;
    quad a[] = {1, 0, 1, 0, 2, 2, 1, 2, 3}, b[] = {3, 4, 7};
    assert_int_equal(matrix_factor(a, 3, 1e-12), 1);
    matrix_solve(a, 3, b);
    assert_true(b[0] == 3 && b[1] == 2 && b[2] == 0);
    quad nothing[] = {0, 0, 0, 0};
    assert_int_equal(matrix_factor(nothing, 2, 1e-12), 2);
    quad one = 1, ones[] = {1, 1, 1, 1}, y[] = {1, 2};
    struct matrix_fit fit;
    assert_false(matrix_least_squares(ones, y, 2, 2, &fit));
    assert_false(matrix_least_squares(&one, y, 0, 1, &fit));
    matrix_fit_free(&fit);
}

// (2 1; 1 2): 1 and 3, (1, -1)/√2 and (1, 1)/√2; root ((√3+1)/2 …).
static void test_eigen(void **state)
{
    (void)state;
    quad a[] = {2, 1, 1, 2};
    long double values[2], vectors[4], root[4], inverse[4];
    assert_true(matrix_eigen(a, 2, values, vectors));
    assert_true(fabsl(values[0] - 1) < 1e-18L && fabsl(values[1] - 3) < 1e-18L);
    assert_true(fabsl(vectors[1] - sqrtl(0.5L)) < 1e-18L &&
                fabsl(vectors[3] - sqrtl(0.5L)) < 1e-18L);
    assert_true(fabsl(vectors[0] + vectors[2]) < 1e-18L);
    assert_true(matrix_root(a, 2, 1e-10, root, inverse));
    assert_true(fabsl(root[0] - (sqrtl(3) + 1) / 2) < 1e-18L);
    assert_true(fabsl(root[1] - (sqrtl(3) - 1) / 2) < 1e-18L);
    assert_true(fabsl(inverse[0] - (1 / sqrtl(3) + 1) / 2) < 1e-18L);
    quad singular[] = {1, 1, 1, 1}, bad[] = {1, (quad)NAN, (quad)NAN, 1};
    assert_false(matrix_root(singular, 2, 1e-10, root, inverse));
    assert_false(matrix_eigen(bad, 2, values, vectors));
}

// Hilbert's matrix of order 6: determinant 1/186313420339200000, the product of its eigenvalues.
static void test_hilbert(void **state)
{
    (void)state;
    quad a[36];
    long double values[6], vectors[36], product = 1;
    for (int i = 0; i < 6; i++)
        for (int j = 0; j < 6; j++)
            a[i * 6 + j] = (quad)1 / (i + j + 1);
    assert_true(matrix_eigen(a, 6, values, vectors));
    for (int i = 0; i < 6; i++)
        product *= values[i];
    assert_true(fabsl(product * 186313420339200000.0L - 1) < 1e-11L);
    quad inverse[36];
    assert_int_equal(matrix_factor(a, 6, 1e-25), 0);
    matrix_inverse(a, 6, inverse);
    assert_true(fabs((double)inverse[0] - 36) < 1e-14); // first element n²
    assert_true(fabs((double)inverse[35] / 698544 - 1) < 1e-15);
}

// x = 1, 2, 4; y = 2, 0, 0 with weights 1, 2, 1: means 9/4 and 1/2.
static void test_moments(void **state)
{
    (void)state;
    const quad x[] = {1, 2, 2, 0, 4, 0}, w[] = {1, 2, 1};
    quad mean[2], cov[4];
    matrix_moments(x, w, 3, 2, mean, cov);
    assert_true(mean[0] == 2.25 && mean[1] == 0.5);
    assert_true(cov[0] == 19.0 / 16);                  // 25/4 - 81/16
    assert_true(cov[1] == -0.625 && cov[2] == -0.625); // 2/4 - 9/8
    assert_true(cov[3] == 0.75);                       // 4/4 - 1/4
}

static void test_divide(void **state)
{
    // By Cramer's rule, determinant 8: ((3·2 − 2·5)/8, (4·5 − 2·2)/8) for the first side,
    // ((24 − 16)/8, (32 − 16)/8) for the second.
    long double a[] = {4, 2, 2, 3}, b[] = {2, 8, 5, 8}, dependent[] = {1, 2, 2, 4};
    static const double want[] = {-0.5, 1, 2, 2};
    (void)state;
    assert_true(matrix_divide(a, 2, b, 2, 1e-10));
    for (size_t i = 0; i < 4; i++)
        assert_true(fabs((double)b[i] - want[i]) < 1e-15);
    assert_false(matrix_divide(dependent, 2, b, 2, 1e-10));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_divide),          cmocka_unit_test(test_nist_regression),
        cmocka_unit_test(test_nist_by_moments), cmocka_unit_test(test_factor),
        cmocka_unit_test(test_dependent),       cmocka_unit_test(test_eigen),
        cmocka_unit_test(test_hilbert),         cmocka_unit_test(test_moments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
