// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/rank.h"

#include "engine/stats/dist.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void check(const double *found, const double *wanted, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_true(isnan(wanted[i]) ? isnan(found[i]) : found[i] == wanted[i]);
}

// The pattern of the published table of thirteen countries: 1, 2, 2, 4, 4, 4, 4, 8, 9, 9, 11,
// 11, 11.
static void test_competition(void **state)
{
    (void)state;
    const double score[] = {80, 67, 67, 56, 56, 56, 56, 55, 54, 54, 53, 53, 53};
    const double wanted[] = {1, 2, 2, 4, 4, 4, 4, 8, 9, 9, 11, 11, 11};
    double rank[13];
    assert_int_equal(rank_competition(score, 13, true, rank), 13);
    check(rank, wanted, 13);
}

static void test_direction_and_missing(void **state)
{
    (void)state;
    const double value[] = {3, NAN, 1, 3}, up[] = {1, NAN, 3, 1}, down[] = {2, NAN, 1, 2};
    double rank[4];
    assert_int_equal(rank_competition(value, 4, true, rank), 3);
    check(rank, up, 4);
    rank_competition(value, 4, false, rank);
    check(rank, down, 4);
    assert_int_equal(rank_competition(value, 0, true, rank), 0);
}

// Limits [8, 9], [6, 8.5], [1, 2]: the first two overlap, the third lies wholly below both.
static void test_limits(void **state)
{
    (void)state;
    const double low[] = {8, 6, 1, NAN}, high[] = {9, 8.5, 2, NAN};
    const double best[] = {1, 1, 3, NAN}, worst[] = {2, 2, 3, NAN};
    const double best_down[] = {2, 2, 1, NAN}, worst_down[] = {3, 3, 1, NAN};
    double b[4], w[4];
    rank_from_limits(low, high, 4, true, b, w);
    check(b, best, 4);
    check(w, worst, 4);
    rank_from_limits(low, high, 4, false, b, w);
    check(b, best_down, 4);
    check(w, worst_down, 4);
}

// Two units at 95 % together: each at √0.95; with df without end the half-width is 2.2365 se.
static void test_intervals(void **state)
{
    (void)state;
    const double value[] = {10, 5.6}, se[] = {1, 1}, df[] = {1e9, 1e9};
    double b[2], w[2];
    rank_intervals(value, se, df, 2, true, 0.05, b, w); // 4.4 < 4.473: not apart
    check(b, (double[]){1, 1}, 2);
    check(w, (double[]){2, 2}, 2);
    const double apart[] = {10, 5.5}; // 4.5 > 4.473
    rank_intervals(apart, se, df, 2, true, 0.05, b, w);
    check(b, (double[]){1, 2}, 2);
    check(w, (double[]){1, 2}, 2);
    const double few[] = {1e9, 0}; // no df: could be anywhere
    rank_intervals(apart, se, few, 2, true, 0.05, b, w);
    check(w, (double[]){2, 2}, 2);
}

static void test_pairs(void **state)
{
    (void)state;
    const double value[] = {9, 5, NAN, 4};
    double p[16], b[4], w[4];
    for (int i = 0; i < 16; i++)
        p[i] = 1;
    p[0 * 4 + 1] = p[1 * 4 + 0] = 0.03; // more than 0.05/3
    p[0 * 4 + 3] = p[3 * 4 + 0] = 0.01;
    rank_from_pairs(value, p, 4, true, 0.05, b, w);
    check(b, (double[]){1, 1, NAN, 2}, 4);
    check(w, (double[]){2, 3, NAN, 3}, 4);
    rank_from_pairs(value, p, 4, false, 0.05, b, w);
    check(b, (double[]){2, 1, NAN, 1}, 4);
    check(w, (double[]){3, 3, NAN, 2}, 4);
}

int main(void)
{
    dist_start();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_competition), cmocka_unit_test(test_direction_and_missing),
        cmocka_unit_test(test_limits),      cmocka_unit_test(test_intervals),
        cmocka_unit_test(test_pairs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
