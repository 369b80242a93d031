// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/effect.h"

#include "engine/stats/dist.h"
#include "tests/values/values.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_cohen_h(void **state)
{
    (void)state;
    FILE *file = values_open("two_shares.csv");
    assert_non_null(file);
    struct values_row row = {.line = 0};
    int checked = 0;
    for (; values_next(file, &row); checked++) {
        double h = effect_cohen_h(values_number(&row, 0) / values_number(&row, 1),
                                  values_number(&row, 2) / values_number(&row, 3));
        assert_true(values_agree(h, values_number(&row, 6), 12, "h", row.line));
    }
    fclose(file);
    assert_int_equal(checked, 5);
    assert_true(fabs(effect_cohen_h(1, 0) - 3.141592653589793) < 1e-15);
    assert_true(isnan(effect_cohen_h(1.01, 0)) && isnan(effect_cohen_h(NAN, 0)));
}

// √((9 + 16)/2) = 3.5355…; 5/3.5355 = √2.
static void test_cohen_d(void **state)
{
    (void)state;
    assert_true(fabs(effect_cohen_d(5, 3, 4) - sqrt(2)) < 1e-15);
    assert_true(effect_cohen_d(-2, 2, 2) == -1);
    assert_true(isnan(effect_cohen_d(5, 0, 0)) && isnan(effect_cohen_d(5, NAN, 1)));
    assert_true(isnan(effect_cohen_d(NAN, 1, 1)));
}

// With many df 1.959964 + 0.841621 = 2.801585.
static void test_detectable(void **state)
{
    (void)state;
    assert_true(fabs(effect_detectable(2, 1e9, 0.05) - 2 * 2.8015852) < 1e-6);
    // 14 df: 2.1447867 + 0.8680548
    assert_true(fabs(effect_detectable(1, 14, 0.05) - (2.1447867 + 0.8680548)) < 1e-6);
    assert_true(isnan(effect_detectable(1, 0, 0.05)) && isnan(effect_detectable(NAN, 5, 0.05)));
}

// Periods 0, 1, 3 of four: k̄ = 4/3, Σ(k - k̄)² = 42/9.
static void test_trend(void **state)
{
    (void)state;
    const bool present[] = {true, true, false, true}, one[] = {true, false};
    double c[4];
    assert_true(effect_trend(present, 4, c));
    assert_true(fabs(c[0] + 4.0 / 3 * 9 / 42) < 1e-15 && c[2] == 0);
    const double line[] = {5, 7, NAN, 11};
    assert_true(fabs(effect_contrast(c, line, 4) - 2) < 1e-14); // slope of 5 + 2k
    assert_false(effect_trend(one, 2, c));
    assert_false(effect_trend(one, 0, c));
}

// (1, -1) of V = (2 1; 1 3): 2 + 3 - 2 = 3.
static void test_variance(void **state)
{
    (void)state;
    const double c[] = {1, -1, 0}, cov[] = {2, 1, NAN, 1, 3, NAN, NAN, NAN, NAN};
    assert_true(effect_contrast_variance(c, cov, 3) == 3);
    const double same[] = {1, 1, 1, 1}, pair[] = {1, -1};
    assert_true(effect_contrast_variance(pair, same, 2) == 0);
}

int main(void)
{
    dist_start();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cohen_h),    cmocka_unit_test(test_cohen_d),
        cmocka_unit_test(test_detectable), cmocka_unit_test(test_trend),
        cmocka_unit_test(test_variance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
