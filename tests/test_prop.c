// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/prop.h"

#include "engine/stats/dist.h"
#include "tests/values/values.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const double much = 1e12; // degrees of freedom at which t is z

static struct interval binomial(const char *method, double p, double n, double alpha)
{
    double v = p * (1 - p) / n;
    if (!strcmp(method, "wilson"))
        return prop_wilson(p, n, alpha);
    if (!strcmp(method, "clopper_pearson"))
        return prop_interval(LIMITS_CLOPPER_PEARSON, p, v, n, 1, alpha);
    enum limits kind = !strcmp(method, "wald") ? LIMITS_WALD : LIMITS_LOGIT;
    return prop_interval(kind, p, v, n, much, alpha);
}

static void test_binomial_values(void **state)
{
    (void)state;
    FILE *file = values_open("binomial.csv");
    assert_non_null(file);
    struct values_row row = {.line = 0};
    int checked = 0, bad = 0;
    while (values_next(file, &row)) {
        double n = values_number(&row, 2), p = values_number(&row, 1) / n;
        struct interval found = binomial(row.field[0], p, n, 1 - values_number(&row, 3));
        // the table leaves wald's limits uncut
        double low = fmax(values_number(&row, 4), 0), high = fmin(values_number(&row, 5), 1);
        bool good = fabs(found.low - low) < 1e-10 && fabs(found.high - high) < 1e-10;
        if (!good)
            fprintf(stderr, "%s, line %ld: %.15g, %.15g\n", row.field[0], row.line, found.low,
                    found.high);
        bad += !good;
        checked++;
    }
    fclose(file);
    assert_int_equal(bad, 0);
    assert_true(checked > 150);
}

// NCHS: n, x, deff, df give effective n, limits and the verdict.
static void test_nchs_cases(void **state)
{
    (void)state;
    FILE *file = values_open("nchs_cases.csv");
    assert_non_null(file);
    struct values_row row = {.line = 0};
    int checked = 0;
    while (values_next(file, &row)) {
        double n = values_number(&row, 0), p = values_number(&row, 1) / n;
        double v = values_number(&row, 2) * p * (1 - p) / n, df = values_number(&row, 3);
        struct prop_nchs found = prop_nchs(p, v, n, df);
        assert_true(values_agree(found.effective_n, values_number(&row, 5), 11, "n_e", row.line));
        assert_true(fabs(found.limits.low - values_number(&row, 6)) < 1e-11);
        assert_true(fabs(found.limits.high - values_number(&row, 7)) < 1e-11);
        assert_int_equal(found.withheld, strcmp(row.field[8], "TRUE") != 0);
        assert_int_equal(found.complement, strstr(row.field[10], "complement") != NULL);
        assert_int_equal(found.extreme, strstr(row.field[10], "0/100%") || p == 0 || p == 1);
        if (strstr(row.field[10], "df<8"))
            assert_true(found.few_df);
        checked++;
    }
    fclose(file);
    assert_int_equal(checked, 27);
}

static void test_nchs_grid(void **state)
{
    (void)state;
    FILE *file = values_open("nchs_grid.csv");
    assert_non_null(file);
    struct values_row row = {.line = 0};
    int checked = 0;
    while (values_next(file, &row)) {
        double p = values_number(&row, 0), n_e = values_number(&row, 2);
        struct prop_nchs found = prop_nchs_judge(p, n_e, values_number(&row, 7));
        assert_true(values_agree(found.limits.low, values_number(&row, 3), 9, "low", row.line));
        assert_true(values_agree(found.limits.high, values_number(&row, 4), 9, "high", row.line));
        const char *flags = row.field[8];
        assert_int_equal(found.withheld, strstr(flags, "Px") != NULL);
        assert_int_equal(found.complement, strstr(flags, "Pc") != NULL);
        if (!found.withheld)
            assert_int_equal(found.few_df, strstr(flags, "Pdf") != NULL);
        checked++;
    }
    fclose(file);
    assert_int_equal(checked, 112);
}

// R survey 4.5, apiclus1, ell = 0 of 183 schools in 15 districts: 2.1857923497267762 %,
// se 2.2622450861133943, df 14, 95 %.
static void test_design_intervals(void **state)
{
    (void)state;
    double p = 0.021857923497267762, v = 0.022622450861133943 * 0.022622450861133943;
    static const struct {
        enum limits kind;
        double low, high;
    } wanted[] = {{LIMITS_LOGIT, 0.2304691, 17.7747767},
                  {LIMITS_WILSON, 0.3178777, 13.5391285},
                  {LIMITS_KORN_GRAUBARD, 0.0216147, 13.7507764}};
    for (size_t i = 0; i < 3; i++) {
        struct interval found = prop_interval(wanted[i].kind, p, v, 183, 14, 0.05);
        assert_true(fabs(100 * found.low - wanted[i].low) < 1e-7);
        assert_true(fabs(100 * found.high - wanted[i].high) < 1e-7);
    }
}

static void test_extremes(void **state)
{
    (void)state;
    struct interval a = prop_interval(LIMITS_WALD, 0, 0, 35, 34, 0.05);
    assert_true(a.low == 0 && a.high == 0);
    a = prop_interval(LIMITS_WALD, 1, 0, 35, 34, 0.05);
    assert_true(a.low == 1 && a.high == 1);
    // 0 of 35: 1 - 0.025^(1/35) = 0.1000324
    const enum limits beta[] = {LIMITS_LOGIT, LIMITS_KORN_GRAUBARD, LIMITS_CLOPPER_PEARSON};
    for (size_t i = 0; i < 3; i++) {
        a = prop_interval(beta[i], 0, 0, 35, 34, 0.05);
        assert_true(a.low == 0);
        assert_true(fabs(a.high - (1 - pow(0.025, 1.0 / 35))) < 1e-14);
        a = prop_interval(beta[i], 1, 0, 35, 34, 0.05);
        assert_true(a.high == 1);
        assert_true(fabs(a.low - pow(0.025, 1.0 / 35)) < 1e-14);
    }
    // wilson at 0: t²/n / (1 + t²/n), t for 34 df = 2.0322445
    a = prop_interval(LIMITS_WILSON, 0, 0, 35, 34, 0.05);
    double tt = 2.0322445093177173 * 2.0322445093177173;
    assert_true(a.low == 0 && fabs(a.high - tt / (35 + tt)) < 1e-12);
}

// The item is a stratum: 0 < p < 1 without variance.
static void test_no_variance(void **state)
{
    (void)state;
    const enum limits flat[] = {LIMITS_LOGIT, LIMITS_WILSON, LIMITS_WALD};
    for (size_t i = 0; i < 3; i++) {
        struct interval a = prop_interval(flat[i], 0.4, 1e-23, 50, 10, 0.05);
        assert_true(a.low == 0.4 && a.high == 0.4);
    }
    struct interval kg = prop_interval(LIMITS_KORN_GRAUBARD, 0.4, 0, 50, 10, 0.05);
    struct interval exact = prop_interval(LIMITS_CLOPPER_PEARSON, 0.4, 0, 50, 10, 0.05);
    assert_true(kg.low == exact.low && kg.high == exact.high);
}

static void test_outside(void **state)
{
    (void)state;
    const struct {
        double p, v, n, df, alpha;
    } bad[] = {{NAN, 0.1, 9, 8, 0.05}, {-0.1, 0.1, 9, 8, 0.05}, {1.1, 0.1, 9, 8, 0.05},
               {0.5, -1, 9, 8, 0.05},  {0.5, NAN, 9, 8, 0.05},  {0.5, 0.1, 0, 8, 0.05},
               {0.5, 0.1, 9, 8, 0},    {0.5, 0.1, 9, 8, 1}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        for (int kind = 0; kind < LIMITS_COUNT; kind++) {
            struct interval a = prop_interval((enum limits)kind, bad[i].p, bad[i].v, bad[i].n,
                                              bad[i].df, bad[i].alpha);
            assert_true(isnan(a.low) && isnan(a.high));
        }
    // df < 1 leaves only the interval that ignores the design
    for (int kind = 0; kind < LIMITS_COUNT; kind++) {
        struct interval a = prop_interval((enum limits)kind, 0.5, 0.01, 25, 0, 0.05);
        assert_int_equal(isnan(a.low), kind != LIMITS_CLOPPER_PEARSON);
    }
    assert_true(isnan(prop_t_interval(5, 1, 0, 0.05).low));
    assert_true(isnan(prop_t_interval(5, NAN, 7, 0.05).low));
    assert_true(isnan(prop_poisson(-1, 0.05).low));
}

// R survey 4.5, apiclus1 api00 with fpc.
static void test_t_interval(void **state)
{
    (void)state;
    struct interval a = prop_t_interval(644.16939890710387, 23.542240693781036, 14, 0.05);
    assert_true(values_agree(a.low, 593.67631446332553, 12, "low", 0));
    assert_true(values_agree(a.high, 694.66248335088221, 12, "high", 0));
}

static void test_two_shares(void **state)
{
    (void)state;
    FILE *file = values_open("two_shares.csv");
    assert_non_null(file);
    struct values_row row = {.line = 0};
    int checked = 0;
    while (values_next(file, &row)) {
        double n1 = values_number(&row, 1), n2 = values_number(&row, 3);
        struct interval a =
            prop_newcombe(values_number(&row, 0) / n1, n1, values_number(&row, 2) / n2, n2, 0.05);
        assert_true(values_agree(a.low, values_number(&row, 4), 10, "low", row.line));
        assert_true(values_agree(a.high, values_number(&row, 5), 10, "high", row.line));
        checked++;
    }
    fclose(file);
    assert_int_equal(checked, 5);
}

// Garwood 1936, table of 95 % limits: 0: 0, 3.69; 1: 0.0253, 5.57; 10: 4.80, 18.39; 100: 81.36,
// 121.63
static void test_poisson(void **state)
{
    (void)state;
    static const double table[][3] = {
        {0, 0, 3.69}, {1, 0.0253, 5.57}, {10, 4.80, 18.39}, {100, 81.36, 121.63}};
    for (size_t i = 0; i < 4; i++) {
        struct interval a = prop_poisson(table[i][0], 0.05);
        assert_true(fabs(a.low - table[i][1]) < 0.0051 && fabs(a.high - table[i][2]) < 0.0051);
    }
}

// Median of 10 values at 95 %: x_(2), x_(9) (coverage 97.9 %), of 5 none (2·(1/2)^5 = 6.25 %), of 6
// x_(1), x_(6).
static void test_order_ranks(void **state)
{
    (void)state;
    struct prop_ranks a = prop_order_ranks(10, 0.5, 0.05);
    assert_int_equal(a.low, 2);
    assert_int_equal(a.high, 9);
    a = prop_order_ranks(5, 0.5, 0.05);
    assert_int_equal(a.low + a.high, 0);
    a = prop_order_ranks(6, 0.5, 0.05);
    assert_int_equal(a.low, 1);
    assert_int_equal(a.high, 6);
    a = prop_order_ranks(100, 0.5, 0.05); // 40 and 61 of the usual table
    assert_int_equal(a.low, 40);
    assert_int_equal(a.high, 61);
    a = prop_order_ranks(
        20, 0.9, 0.05); // P(B < 16) = 0.0432 > 0.025, P(B < 15) = 0.0113; 0.9^20 = 0.12 > 0.025
    assert_int_equal(a.low, 15);
    assert_int_equal(a.high, 0);
    a = prop_order_ranks(0, 0.5, 0.05);
    assert_int_equal(a.low + a.high, 0);
}

int main(void)
{
    dist_start();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_binomial_values), cmocka_unit_test(test_nchs_cases),
        cmocka_unit_test(test_nchs_grid),       cmocka_unit_test(test_design_intervals),
        cmocka_unit_test(test_extremes),        cmocka_unit_test(test_no_variance),
        cmocka_unit_test(test_outside),         cmocka_unit_test(test_t_interval),
        cmocka_unit_test(test_two_shares),      cmocka_unit_test(test_poisson),
        cmocka_unit_test(test_order_ranks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
