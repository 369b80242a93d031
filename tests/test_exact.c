// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/exact.h"

#include "engine/stats/fixsum.h"
#include "tests/values/strd.h"

#include <float.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

// ---- NIST univariate sets: mean and standard deviation to 15 digits
static void test_nist_univariate(void **state)
{
    (void)state;
    static const char *const sets[] = {"PiDigits", "Lottery", "Lew",     "Mavro",  "Michelso",
                                       "NumAcc1",  "NumAcc2", "NumAcc3", "NumAcc4"};
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        char name[40];
        struct decimal *y;
        snprintf(name, sizeof name, "strd/%s.csv", sets[i]);
        size_t n = values_column(name, 0, &y);
        double mean, sd;
        assert_true(n == (size_t)strd_certified(sets[i], "n"));
        assert_true(exact_mean_sd(y, n, &mean, &sd));
        assert_true(values_agree(mean, strd_certified(sets[i], "mean"), 15, sets[i], 0));
        assert_true(values_agree(sd, strd_certified(sets[i], "sd"), 15, sets[i], 0));
        free(y);
    }
}

static void test_order_and_parts(void **state)
{
    (void)state;
    struct decimal *y;
    size_t n = values_column("strd/NumAcc3.csv", 0, &y);
    struct exact_moments whole = {0}, back = {0}, left = {0}, right = {0};
    for (size_t i = 0; i < n; i++) {
        int128 a = 0, b = 0;
        assert_true(exact_scaled(y[i], 1, &a) && exact_scaled(y[n - 1 - i], 1, &b));
        exact_moments_add(&whole, 3, a);
        exact_moments_add(&back, 3, b);
        exact_moments_add(i % 3 ? &left : &right, 3, a);
    }
    exact_moments_merge(&left, &right);
    assert_memory_equal(&whole, &back, sizeof whole);
    assert_memory_equal(&whole, &left, sizeof whole);
    free(y);
}

// 1, 2, 4 with weights 1, 2, 1: W = 4, Σwy = 9, Σwy² = 25; mean 9/4, (4·25 - 81)/16 = 19/16, × 3/2
// = 57/32.
static void test_weighted(void **state)
{
    (void)state;
    struct exact_moments m = {0};
    exact_moments_add(&m, 1, 1);
    exact_moments_add(&m, 2, 2);
    exact_moments_add(&m, 1, 4);
    assert_true((double)exact_mean(&m, 0) == 2.25);
    assert_true((double)exact_mean(&m, 1) == 0.225);
    assert_true((double)exact_variance(&m, 0) == 57.0 / 32);
    // the row of weight 2 alone: (4 - 9/4·2)/4 = -1/8
    struct exact w = exact_of(2), wy = exact_of(4);
    assert_true((double)exact_mean_score(&m.w, &m.wy, &w, &wy, 0) == -0.125);
}

static void test_one_and_none(void **state)
{
    (void)state;
    struct decimal y = {725, 1};
    double mean, sd;
    assert_true(exact_mean_sd(&y, 1, &mean, &sd));
    assert_true(mean == 72.5 && isnan(sd));
    assert_false(exact_mean_sd(&y, 0, &mean, &sd));
    assert_true(isnan(mean) && isnan(sd));
}

static void test_stores(void **state)
{
    (void)state;
    assert_int_equal(exact_store(20, 43, 20), EXACT_128); // 126 bits
    assert_int_equal(exact_store(21, 43, 20), EXACT_256);
    assert_int_equal(exact_store(60, 60, 40), EXACT_256);
    assert_int_equal(exact_store(60, 120, 40), EXACT_NONE);
    assert_int_equal(exact_bits(0), 0);
    assert_int_equal(exact_bits(-1), 1);
    assert_int_equal(exact_bits((int128)1 << 100), 101);
    assert_int_equal(exact_bits(-((int128)1 << 64)), 65);
}

static void test_scaled(void **state)
{
    (void)state;
    int128 value = 0;
    assert_true(exact_scaled((struct decimal){-725, 1}, 3, &value) && value == -72500);
    assert_false(exact_scaled((struct decimal){725, 3}, 1, &value));
    assert_true(exact_scaled((struct decimal){999999999999999999, 0}, 18, &value));
    assert_true(value / num_power10[18] == 999999999999999999);
    assert_false(exact_scaled((struct decimal){999999999999999999, 0}, 30, &value));
    assert_true(exact_scaled((struct decimal){0, 0}, 1000, &value) && value == 0);
    struct exact sum = exact_of(-7);
    assert_true(exact_grow(&sum, 3) && exact_narrow(&sum, &value) && value == -7000);
    assert_false(exact_grow(&sum, 100));
}

static double ratio(struct wide a, struct wide b)
{
    return exact_quotient(a, b);
}

static void test_wide(void **state)
{
    (void)state;
    struct wide big = wide_power10(150), one = wide_int(1);
    struct wide more = wide_add(big, one), less = wide_sub(big, one);
    assert_true(ratio(wide_mul(more, less), wide_mul(big, big)) == 1);
    // (10^150 + 1)(10^150 - 1) - 10^300 is beyond 640 bits by itself, but wraps back to -1
    struct wide rest = wide_sub(wide_mul(more, less), wide_mul(big, big));
    assert_int_equal(wide_sign(&rest), -1);
    assert_true((double)wide_quad(&rest) == -1);
    assert_true(ratio(wide_int(1), wide_int(3)) == 1.0 / 3);
    assert_true(ratio(wide_int(-2), wide_int(7)) == -2.0 / 7);
    assert_true(ratio(wide_power10(40), wide_power10(18)) == 1e22);
    assert_true(isnan(ratio(one, wide_int(0))));
    struct wide nothing = wide_int(0);
    assert_int_equal(wide_sign(&nothing), 0);
}

// 2^200 - 2^200 + 5 through products that need 256 bits.
static void test_beyond_128(void **state)
{
    (void)state;
    struct exact sum = {{0}};
    int128 huge = (int128)1 << 100, out = 0;
    exact_add_product(&sum, huge, huge);
    assert_false(exact_narrow(&sum, &out));
    exact_add(&sum, 5);
    exact_add_product(&sum, -huge, huge);
    assert_true(exact_narrow(&sum, &out) && out == 5);
    exact_add_square(&sum, -3, 7);
    exact_add_triple(&sum, 2, -3, 4);
    assert_true(exact_narrow(&sum, &out) && out == 5 - 147 - 24);
}

static void test_root(void **state)
{
    (void)state;
    quad two = exact_sqrt(2);
    assert_true((double)(two * two - 2) < 1e-18 && (double)(two * two - 2) > -1e-18);
    assert_true(exact_sqrt(0) == 0);
    assert_true(isnan((double)exact_sqrt(-1)));
    assert_true((double)exact_sqrt(81) == 9);
}

// ---- doubles
static void test_float_cancels(void **state)
{
    (void)state;
    struct exact_float sum = {0};
    const double terms[] = {1e308, 1, -1e308, DBL_MIN, 5e-324, -1, 1e-5};
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
        exact_float_add(&sum, terms[i]);
    exact_float_add(&sum, -1e-5);
    assert_true(exact_float_value(&sum) == DBL_MIN + 5e-324);
    exact_float_add(&sum, -DBL_MIN);
    exact_float_add(&sum, -1e-323);
    assert_true(exact_float_value(&sum) == -5e-324);
}

// A tenth is not a double: ten of them are 1 + 10·(0.1 - 1/10) = 1 + 5.55e-17, nearest double 1.
static void test_float_rounds_once(void **state)
{
    (void)state;
    struct exact_float sum = {0};
    for (int i = 0; i < 10; i++)
        exact_float_add(&sum, 0.1);
    assert_true(exact_float_value(&sum) == 1);
    double rest = (double)(exact_float_quad(&sum) - 1);
    assert_true(values_agree(rest, 5.551115123125783e-17, 15, "rest", 0)); // 2^-54
    // midway between 1 and 1 + 2^-52, and a trifle more
    struct exact_float middle = {0};
    exact_float_add(&middle, 1);
    exact_float_add(&middle, ldexp(1, -53));
    assert_true(exact_float_value(&middle) == 1);
    exact_float_add(&middle, ldexp(1, -1000));
    assert_true(exact_float_value(&middle) == 1 + DBL_EPSILON);
}

static void test_float_merges(void **state)
{
    (void)state;
    struct exact_float whole = {0}, a = {0}, b = {0};
    double x = 0.1;
    for (int i = 0; i < 5000; i++) {
        x = fmod(x * 137.03599 + 0.7, 1000) - 500;
        exact_float_add(&whole, x);
        exact_float_add(i % 2 ? &a : &b, x);
    }
    exact_float_merge(&b, &a);
    assert_true(exact_float_value(&whole) == exact_float_value(&b));
    exact_float_merge(&a, &b);
    struct exact_float twice = whole;
    exact_float_merge(&twice, &whole);
    assert_true(exact_float_value(&twice) == 2 * exact_float_value(&whole));
}

static void test_float_products(void **state)
{
    (void)state;
    struct exact_float sum = {0};
    double a = 1 + DBL_EPSILON; // a·a = 1 + 2e + e²
    exact_float_add_product(&sum, a, a);
    exact_float_add(&sum, -1);
    exact_float_add(&sum, -2 * DBL_EPSILON);
    assert_true(exact_float_value(&sum) == DBL_EPSILON * DBL_EPSILON);
    exact_float_add(&sum, NAN);
    assert_true(isnan(exact_float_value(&sum)));
    struct exact_float other = {0};
    exact_float_merge(&other, &sum);
    assert_true(isnan(exact_float_value(&other)) && isnan((double)exact_float_quad(&other)));
}

// ---- fixsum
static void test_fixsum_order(void **state)
{
    (void)state;
    enum { N = 1000 };
    long double z[N], turned[N];
    long double x = 0.3L;
    for (size_t i = 0; i < N; i++) {
        x = fmodl(x * 997.13L + 0.123L, 7) - 3.5L;
        z[i] = i % 10 ? x : x * 1e-9L;
    }
    for (size_t i = 0; i < N; i++)
        turned[i] = z[(i * 37 + 11) % N];
    long double a = fixsum_of(z, N), b = fixsum_of(turned, N), plain = 0;
    for (size_t i = 0; i < N; i++)
        plain += z[i];
    assert_true(a == b);
    assert_true(fabsl(a - plain) < 1e-14L);
}

static void test_fixsum_cancels(void **state)
{
    (void)state;
    const long double z[] = {1e20L, 3.25L, -1e20L, 0.125L};
    assert_true(fixsum_of(z, 4) == 3.375L);
    const long double tiny[] = {1e-300L, 2e-300L};
    assert_true(fabsl(fixsum_of(tiny, 2) / 3e-300L - 1) < 1e-18L);
    const long double none[] = {0, 0}, bad[] = {1, NAN};
    assert_true(fixsum_of(none, 2) == 0 && fixsum_of(none, 0) == 0);
    assert_true(isnan(fixsum_of(bad, 2)));
}

static void test_fixsum_merge(void **state)
{
    (void)state;
    struct fixsum_unit unit = fixsum_unit(10, 4);
    struct fixsum a = {0}, b = {0}, all = {0};
    const long double z[] = {0.1L, -9.7L, 3.3L, 10};
    for (size_t i = 0; i < 4; i++) {
        fixsum_add(i < 2 ? &a : &b, unit, z[i]);
        fixsum_add(&all, unit, z[i]);
    }
    fixsum_merge(&b, &a);
    assert_true(fixsum_value(&b, unit) == fixsum_value(&all, unit));
    assert_true(isnan(fixsum_value(&a, fixsum_unit(INFINITY, 4))));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nist_univariate),
        cmocka_unit_test(test_order_and_parts),
        cmocka_unit_test(test_weighted),
        cmocka_unit_test(test_one_and_none),
        cmocka_unit_test(test_stores),
        cmocka_unit_test(test_scaled),
        cmocka_unit_test(test_wide),
        cmocka_unit_test(test_beyond_128),
        cmocka_unit_test(test_root),
        cmocka_unit_test(test_float_cancels),
        cmocka_unit_test(test_float_rounds_once),
        cmocka_unit_test(test_float_merges),
        cmocka_unit_test(test_float_products),
        cmocka_unit_test(test_fixsum_order),
        cmocka_unit_test(test_fixsum_cancels),
        cmocka_unit_test(test_fixsum_merge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
