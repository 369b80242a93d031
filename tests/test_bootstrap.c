// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/bootstrap.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { STRATA = 3, PSUS = 9 };
static const uint32_t sizes[STRATA] = {5, 1, 3};

static void test_sums(void **state)
{
    (void)state;
    double f[PSUS];
    for (uint64_t r = 0; r < 100; r++) {
        bootstrap_factors(7, r, sizes, STRATA, f);
        assert_true(fabs(f[0] + f[1] + f[2] + f[3] + f[4] - 5) < 1e-12);
        assert_true(f[5] == 1);
        assert_true(fabs(f[6] + f[7] + f[8] - 3) < 1e-12);
        for (int i = 0; i < 5; i++) // multiples of 5/4
            assert_true(fabs(f[i] / 1.25 - rint(f[i] / 1.25)) < 1e-12);
    }
}

static void test_repeats(void **state)
{
    (void)state;
    double a[PSUS], b[PSUS];
    int differ = 0;
    bootstrap_factors(7, 3, sizes, STRATA, a);
    bootstrap_factors(7, 3, sizes, STRATA, b);
    assert_memory_equal(a, b, sizeof a);
    for (uint64_t seed = 8; seed < 18; seed++) {
        bootstrap_factors(seed, 3, sizes, STRATA, b);
        for (int i = 0; i < PSUS; i++)
            differ += a[i] != b[i];
    }
    assert_true(differ > 10);
}

// The variance of a total over replicates is the usual Σ n/(n-1) Σ (y - ȳ)²: for 1 2 4 5 8 it is
// 5/4·30 = 37.5, for 2 3 7 3/2·14 = 21; 4000 replicates give it within 5 %.
static void test_variance(void **state)
{
    (void)state;
    const double y[PSUS] = {1, 2, 4, 5, 8, 6, 2, 3, 7};
    double f[PSUS], sum = 0, squares = 0;
    enum { REPLICATES = 4000 };
    for (uint64_t r = 0; r < REPLICATES; r++) {
        double total = 0;
        bootstrap_factors(20240401, r, sizes, STRATA, f);
        for (int i = 0; i < PSUS; i++)
            total += f[i] * y[i];
        sum += total;
        squares += total * total;
    }
    double mean = sum / REPLICATES, variance = squares / REPLICATES - mean * mean;
    assert_true(fabs(mean - 38) < 0.5);
    assert_true(fabs(variance / 58.5 - 1) < 0.07);
}

// Ten equal classes of 10,000 draws: chi-square on 9 df stays below 27.9 (p = 0.001).
static void test_even(void **state)
{
    (void)state;
    int count[10] = {0};
    for (uint64_t i = 0; i < 10000; i++)
        count[bootstrap_random(1, i / 100, i % 7, i) % 10]++;
    double chi = 0;
    for (int i = 0; i < 10; i++)
        chi += (count[i] - 1000.0) * (count[i] - 1000.0) / 1000;
    assert_true(chi < 27.9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sums),
        cmocka_unit_test(test_repeats),
        cmocka_unit_test(test_variance),
        cmocka_unit_test(test_even),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
