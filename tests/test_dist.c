// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/dist.h"

#include "tests/values/values.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef double three_fn(double a, double b, double c);

static double t_quantile(double p, double df, double unused)
{
    (void)unused;
    return dist_t_quantile(p, df);
}
static double t_two_sided(double t, double df, double unused)
{
    (void)unused;
    return dist_t_two_sided(t, df);
}
static double chi2_upper(double x, double df, double unused)
{
    (void)unused;
    return dist_chi2_upper(x, df);
}
static double chi2_quantile(double p, double df, double unused)
{
    (void)unused;
    return dist_chi2_quantile(p, df);
}
static double normal_upper(double z, double unused, double also)
{
    (void)unused, (void)also;
    return dist_normal_upper(z);
}
static double normal_quantile(double p, double unused, double also)
{
    (void)unused, (void)also;
    return dist_normal_quantile(p);
}

static const struct {
    const char *name;
    three_fn *call;
    double digits;
} functions[] = {
    {"t_quantile", t_quantile, 11},
    {"t_two_sided", t_two_sided, 12},
    {"f_upper", dist_f_upper, 12},
    {"f_quantile", dist_f_quantile, 11},
    {"chi2_upper", chi2_upper, 12},
    {"chi2_quantile", chi2_quantile, 11},
    {"normal_upper", normal_upper, 12},
    {"normal_quantile", normal_quantile, 12},
    {"beta_quantile", dist_beta_quantile, 11},
    {"binomial_lower", dist_binomial_lower, 12},
};

static void test_values_of_r(void **state)
{
    (void)state;
    FILE *file = values_open("distributions.csv");
    assert_non_null(file);
    struct values_row row = {.line = 0};
    int checked = 0, bad = 0;
    while (values_next(file, &row)) {
        size_t f = 0, count = sizeof functions / sizeof *functions;
        while (f < count && strcmp(functions[f].name, row.field[0]) != 0)
            f++;
        assert_true(f < count);
        double found = functions[f].call(values_number(&row, 1), values_number(&row, 2),
                                         values_number(&row, 3));
        bad += !values_agree(found, values_number(&row, 4), functions[f].digits, row.field[0],
                             row.line);
        checked++;
    }
    fclose(file);
    assert_int_equal(bad, 0);
    assert_true(checked > 200);
}

static void test_outside_is_nan(void **state)
{
    (void)state;
    double none[] = {
        dist_t_quantile(0.975, 0),
        dist_t_quantile(0.975, 0.5),
        dist_t_quantile(0.975, NAN),
        dist_t_quantile(0, 5),
        dist_t_quantile(1, 5),
        dist_t_quantile(NAN, 5),
        dist_t_quantile(0.975, INFINITY),
        dist_t_two_sided(2, 0),
        dist_t_two_sided(NAN, 5),
        dist_f_upper(2, 0, 3),
        dist_f_upper(2, 3, -1),
        dist_f_upper(NAN, 3, 3),
        dist_f_quantile(0, 1, 1),
        dist_f_quantile(0.5, 0, 1),
        dist_chi2_upper(1, 0),
        dist_chi2_quantile(0.5, 0),
        dist_chi2_quantile(1, 3),
        dist_normal_upper(NAN),
        dist_normal_quantile(0),
        dist_normal_quantile(1),
        dist_beta_quantile(0.5, 0, 0),
        dist_beta_quantile(NAN, 1, 1),
        dist_beta_quantile(0.5, -1, 1),
        dist_beta_quantile(1.5, 1, 1),
        dist_beta_quantile(0.5, NAN, 1),
        dist_binomial_lower(1, 0.5, 2.5),
        dist_binomial_lower(1, 2, 3),
        dist_binomial_low(-1, 0.5, 3),
        dist_binomial_high(2, 0.5, 3),
    };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_true(isnan(none[i]));
}

static void test_ends(void **state)
{
    (void)state;
    assert_true(dist_beta_quantile(0.025, 0, 5) == 0);
    assert_true(dist_beta_quantile(0.975, 5, 0) == 1);
    assert_true(dist_beta_quantile(0, 2, 3) == 0 && dist_beta_quantile(1, 2, 3) == 1);
    assert_true(dist_t_two_sided(INFINITY, 5) == 0);
    assert_true(dist_t_two_sided(0, 5) == 1);
    assert_true(dist_f_upper(INFINITY, 2, 3) == 0);
    assert_true(dist_chi2_upper(INFINITY, 2) == 0);
    assert_true(dist_binomial_lower(-1, 0.5, 3) == 0 && dist_binomial_lower(3, 0.5, 3) == 1);
    assert_true(dist_t_quantile(0.5, 7) == 0);
}

// gsl_cdf_beta_Pinv never comes back from these.
static void test_beta_where_gsl_loops(void **state)
{
    (void)state;
    // R: qbeta(.975, 1e8, 1e8)
    assert_true(
        values_agree(dist_beta_quantile(0.975, 1e8, 1e8), 0.5000692951909713, 12, "beta", 0));
    assert_true(fabs(dist_beta_quantile(0.5, 1e6, 1e6) - 0.5) < 1e-14);
    assert_true(isfinite(dist_beta_quantile(0.005, 3000.5, 7.25)));
}

// The inverse is right when it is put back: over a grid with no outside values.
static void test_beta_inverse(void **state)
{
    (void)state;
    const double sizes[] = {0.2, 1, 3.7, 40, 900, 12345.6}, p[] = {1e-6, 0.005, 0.025, 0.5, 0.995};
    for (size_t i = 0; i < 6; i++)
        for (size_t j = 0; j < 6; j++)
            for (size_t k = 0; k < 5; k++) {
                double x = dist_beta_quantile(p[k], sizes[i], sizes[j]);
                double y = dist_beta_quantile(1 - p[k], sizes[j], sizes[i]);
                assert_true(x >= 0 && x <= 1);
                assert_true(fabs(x - (1 - y)) < 1e-10); // symmetry of the Beta
            }
}

// B(4, 1/2): P(B <= 0..4) = 1, 5, 11, 15, 16 sixteenths.
static void test_binomial_limits(void **state)
{
    (void)state;
    assert_true(dist_binomial_low(0.05, 0.5, 4) == 0);   // P(B < 1) = 0.0625 is too much
    assert_true(dist_binomial_low(0.0625, 0.5, 4) == 1); // just enough
    assert_true(dist_binomial_low(0.32, 0.5, 4) == 2);   // P(B < 2) = 0.3125
    assert_true(dist_binomial_high(0.05, 0.5, 4) == 5);  // P(B >= 4) = 0.0625 is too much
    assert_true(dist_binomial_high(0.0625, 0.5, 4) == 4);
    assert_true(dist_binomial_low(0.5, 0.5, 0) == 0);
}

int main(void)
{
    dist_start();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_of_r),  cmocka_unit_test(test_outside_is_nan),
        cmocka_unit_test(test_ends),         cmocka_unit_test(test_beta_where_gsl_loops),
        cmocka_unit_test(test_beta_inverse), cmocka_unit_test(test_binomial_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
