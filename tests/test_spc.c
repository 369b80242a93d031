// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/spc.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void fill(struct spc_point *p, const double *value, size_t count, double size)
{
    for (size_t i = 0; i < count; i++)
        p[i] = (struct spc_point){.value = value[i], .size = size};
}

static bool near(double a, double b)
{
    return fabs(a - b) < 1e-12;
}

// Mean 12; moving ranges 2 1 2 1 2 3 2, mean 13/7.
static void test_xmr(void **state)
{
    (void)state;
    const double x[] = {10, 12, 11, 13, 12, 14, 11, 13};
    struct spc_point p[8];
    fill(p, x, 8, 0);
    assert_true(spc_compute(SPC_XMR, p, 8));
    for (size_t i = 0; i < 8; i++) {
        assert_true(near(p[i].centre, 12) && p[i].signal == 0);
        assert_true(near(p[i].low, 12 - 2.66 * 13 / 7) && near(p[i].high, 12 + 2.66 * 13 / 7));
    }
}

// The ninth point is beyond the limits of the eight before it, so it and what follows leave them
// alone.
static void test_signal_ends_the_base(void **state)
{
    (void)state;
    const double x[] = {10, 12, 11, 13, 12, 14, 11, 13, 30, 12, 11};
    struct spc_point p[11];
    fill(p, x, 11, 0);
    assert_true(spc_compute(SPC_XMR, p, 11));
    assert_true(near(p[10].centre, 12) && near(p[0].high, 12 + 2.66 * 13 / 7));
    assert_int_equal(p[8].signal, 1);
    assert_int_equal(p[9].signal, 0);
}

// Without a signal every point belongs to the base: mean of ten is 12.1.
static void test_base_grows(void **state)
{
    (void)state;
    const double x[] = {10, 12, 11, 13, 12, 14, 11, 13, 12, 13};
    struct spc_point p[10];
    fill(p, x, 10, 0);
    assert_true(spc_compute(SPC_XMR, p, 10));
    assert_true(near(p[0].centre, 12.1));
    assert_true(near(p[0].high, 12.1 + 2.66 * 15 / 9)); // ranges 13 and 1 and 1 more
}

static void test_eight_on_one_side(void **state)
{
    (void)state;
    double x[17];
    for (int i = 0; i < 17; i++)
        x[i] = i < 8 ? (i % 2 ? 11 : 9) : 10.9; // centre 10, then eight and one more above it
    struct spc_point p[17];
    fill(p, x, 17, 0);
    p[0].base = p[1].base = p[2].base = p[3].base = true; // declared: 9 11 9 11
    assert_true(spc_compute(SPC_XMR, p, 17));
    assert_true(near(p[16].centre, 10) && near(p[16].high, 10 + 2.66 * 2));
    assert_int_equal(p[13].signal, 0); // 7th above: points 7 (11) to 13
    assert_int_equal(p[14].signal, 2);
    assert_int_equal(p[16].signal, 2);
}

// p̄ = 0.5, n = 100: error 0.05, z = ∓0.4, moving ranges 0.8, σ_z = 0.8/1.128.
static void test_p_prime(void **state)
{
    (void)state;
    double x[8];
    for (int i = 0; i < 8; i++)
        x[i] = i % 2 ? 0.52 : 0.48;
    struct spc_point p[8];
    fill(p, x, 8, 100);
    assert_true(spc_compute(SPC_P_PRIME, p, 8));
    assert_true(near(p[3].centre, 0.5));
    assert_true(near(p[3].high, 0.5 + 3 * 0.05 * 0.8 / 1.128));
    assert_true(near(p[3].low, 0.5 - 3 * 0.05 * 0.8 / 1.128));
    assert_true(spc_compute(SPC_P, p, 8));
    assert_true(near(p[3].high, 0.65) && near(p[3].low, 0.35));
}

static void test_shares_are_cut(void **state)
{
    (void)state;
    double x[8];
    for (int i = 0; i < 8; i++)
        x[i] = i % 2 ? 1 : 0.9;
    struct spc_point p[8];
    fill(p, x, 8, 20);
    assert_true(spc_compute(SPC_P, p, 8));
    assert_true(near(p[0].centre, 0.95) && p[0].high == 1 && p[0].low > 0.8);
}

// Sizes weigh in the centre: (4·0.5·100 + 4·0.6·300)/1600 = 0.575; the error follows each size.
static void test_sizes(void **state)
{
    (void)state;
    struct spc_point p[8];
    for (int i = 0; i < 8; i++)
        p[i] = (struct spc_point){.value = i % 2 ? 0.6 : 0.5, .size = i % 2 ? 300 : 100};
    assert_true(spc_compute(SPC_P, p, 8));
    assert_true(near(p[0].centre, 0.575));
    assert_true(near(p[0].high - 0.575, 3 * sqrt(0.575 * 0.425 / 100)));
    assert_true(near(p[1].high - 0.575, 3 * sqrt(0.575 * 0.425 / 300)));
}

// ū = 5, 20 days each: error 0.5, z = ∓0.4.
static void test_u_prime(void **state)
{
    (void)state;
    double x[8];
    for (int i = 0; i < 8; i++)
        x[i] = i % 2 ? 5.2 : 4.8;
    struct spc_point p[8];
    fill(p, x, 8, 20);
    assert_true(spc_compute(SPC_U_PRIME, p, 8));
    assert_true(near(p[0].centre, 5) && near(p[0].high, 5 + 3 * 0.5 * 0.8 / 1.128));
    assert_true(spc_compute(SPC_U, p, 8));
    assert_true(near(p[0].low, 3.5));
}

static void test_few_and_missing(void **state)
{
    (void)state;
    const double x[] = {10, NAN, 11, 13, 12, 14, 11, 13, 12};
    struct spc_point p[9];
    fill(p, x, 8, 0);
    assert_false(spc_compute(SPC_XMR, p, 8)); // seven points
    assert_true(isnan(p[0].centre) && p[0].signal == 0);
    fill(p, x, 9, 0);
    assert_true(spc_compute(SPC_XMR, p, 9));
    assert_true(near(p[1].centre, 12));               // 96/8
    assert_true(near(p[1].high, 12 + 2.66 * 11 / 6)); // ranges 2 1 2 3 2 1: none across the gap
    assert_false(spc_compute(SPC_XMR, p, 0));
}

static void test_break(void **state)
{
    (void)state;
    double x[16];
    for (int i = 0; i < 16; i++)
        x[i] = (i < 8 ? 10 : 50) + i % 2;
    struct spc_point p[16];
    fill(p, x, 16, 0);
    p[8].starts = true;
    assert_true(spc_compute(SPC_XMR, p, 16));
    assert_true(near(p[7].centre, 10.5) && near(p[8].centre, 50.5));
    for (int i = 0; i < 16; i++)
        assert_int_equal(p[i].signal, 0);
}

static void test_no_variation(void **state)
{
    (void)state;
    const double x[] = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.2};
    struct spc_point p[9];
    fill(p, x, 9, 50);
    assert_true(spc_compute(SPC_P_PRIME, p, 9));
    assert_int_equal(p[7].signal, 0);
    assert_int_equal(p[8].signal, 1);
    const double zero[] = {0, 0, 0, 0, 0, 0, 0, 0};
    fill(p, zero, 8, 50);
    assert_true(spc_compute(SPC_P_PRIME, p, 8));
    assert_true(p[0].centre == 0 && p[0].low == 0 && p[0].high == 0 && p[0].signal == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_xmr),
        cmocka_unit_test(test_signal_ends_the_base),
        cmocka_unit_test(test_base_grows),
        cmocka_unit_test(test_eight_on_one_side),
        cmocka_unit_test(test_p_prime),
        cmocka_unit_test(test_shares_are_cut),
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_u_prime),
        cmocka_unit_test(test_few_and_missing),
        cmocka_unit_test(test_break),
        cmocka_unit_test(test_no_variation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
