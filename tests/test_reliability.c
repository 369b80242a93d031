// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/reliability.h"

#include "engine/stats/dist.h"
#include "engine/stats/matrix.h"
#include "tests/values/values.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { ROWS = 30, K = 7 };

struct data {
    quad x[ROWS * K], w[ROWS], mean[K], cov[K * K];
};

// Ratings of 30 departments (R's attitude, Chatterjee and Price).
static void load(struct data *d)
{
    for (int c = 0; c < K; c++) {
        struct decimal *column;
        assert_int_equal(values_column("attitude.csv", c, &column), ROWS);
        for (int i = 0; i < ROWS; i++)
            d->x[i * K + c] = matrix_decimal(column[i]);
        free(column);
    }
    for (int i = 0; i < ROWS; i++)
        d->w[i] = 1;
    matrix_moments(d->x, d->w, ROWS, K, d->mean, d->cov);
}

static double found(const struct data *d, const char *statistic, size_t item,
                    const double *loadings, double omega)
{
    double alpha = reliability_alpha(d->cov, K);
    if (!strcmp(statistic, "alpha"))
        return alpha;
    if (!strcmp(statistic, "standardised"))
        return reliability_alpha_standardised(d->cov, K);
    if (!strcmp(statistic, "without"))
        return reliability_alpha_without(d->cov, K, item - 1);
    if (!strcmp(statistic, "item_rest"))
        return reliability_item_rest(d->cov, K, item - 1);
    if (!strcmp(statistic, "loading"))
        return loadings[item - 1];
    if (!strcmp(statistic, "feldt_low"))
        return reliability_feldt(alpha, ROWS, K, 0.05).low;
    if (!strcmp(statistic, "feldt_high"))
        return reliability_feldt(alpha, ROWS, K, 0.05).high;
    return omega;
}

static void test_values_of_r(void **state)
{
    (void)state;
    struct data d;
    load(&d);
    double loadings[K];
    enum reliability_refusal refusal;
    double omega = reliability_omega(d.cov, K, loadings, &refusal);
    assert_int_equal(refusal, RELIABILITY_OK);
    FILE *file = values_open("reliability.csv");
    assert_non_null(file);
    struct values_row row = {.line = 0};
    int checked = 0;
    for (; values_next(file, &row); checked++) {
        bool fitted = !strcmp(row.field[0], "loading"); // R's optim stops at 8 digits
        double value = found(&d, row.field[0], (size_t)atoi(row.field[1]), loadings, omega);
        assert_true(
            values_agree(value, values_number(&row, 2), fitted ? 7 : 9, row.field[0], row.line));
    }
    fclose(file);
    assert_int_equal(checked, 26);
}

static void test_form_is_the_derivative(void **state)
{
    (void)state;
    struct data d, moved;
    load(&d);
    double form[K * K];
    reliability_form(d.cov, K, form);
    const double h = 1e-6;
    for (int row = 0; row < ROWS; row += 7) {
        double score = 0, alpha[2];
        for (int a = 0; a < K * K; a++)
            score += form[a] * (double)((d.x[row * K + a / K] - d.mean[a / K]) *
                                        (d.x[row * K + a % K] - d.mean[a % K]));
        for (int side = 0; side < 2; side++) {
            moved = d;
            moved.w[row] += side ? h : -h;
            matrix_moments(moved.x, moved.w, ROWS, K, moved.mean, moved.cov);
            alpha[side] = reliability_alpha(moved.cov, K);
        }
        assert_true(fabs((alpha[1] - alpha[0]) / (2 * h) - score / ROWS) < 1e-8);
    }
}

// Two items of variance 1 and covariance 1/2: alpha = 2 (1 - 2/3) = 2/3 (Spearman and Brown).
static void test_by_hand(void **state)
{
    (void)state;
    const quad two[] = {1, 0.5, 0.5, 1};
    assert_true(fabs(reliability_alpha(two, 2) - 2.0 / 3) < 1e-15);
    assert_true(fabs(reliability_item_rest(two, 2, 0) - 0.5) < 1e-15);
    assert_true(isnan(reliability_alpha_without(two, 2, 0)));
    // loadings 0.8, 0.6, 0.5 give r = 0.48, 0.40, 0.30; omega = 1.9²/(1.9² + 0.36 + 0.64 + 0.75)
    const quad three[] = {1, 0.48, 0.40, 0.48, 1, 0.30, 0.40, 0.30, 1};
    double loadings[3];
    enum reliability_refusal refusal;
    double omega = reliability_omega(three, 3, loadings, &refusal);
    assert_true(fabs(omega - 3.61 / (3.61 + 1.75)) < 1e-10);
    assert_true(fabs(loadings[0] - 0.8) < 1e-10 && fabs(loadings[2] - 0.5) < 1e-10);
}

static void test_refusals(void **state)
{
    (void)state;
    const quad one[] = {1}, flat[] = {0, 0, 0, 0}, opposite[] = {1, -1, -1, 1};
    assert_true(isnan(reliability_alpha(one, 1)));
    assert_true(isnan(reliability_alpha(flat, 2)));
    assert_true(isnan(reliability_alpha(opposite, 2)));
    double form[4];
    reliability_form(opposite, 2, form);
    assert_true(isnan(form[0]));
    enum reliability_refusal refusal;
    assert_true(isnan(reliability_omega(opposite, 2, NULL, &refusal)));
    assert_int_equal(refusal, RELIABILITY_FEW);
    const quad constant[] = {1, 0, 0, 0, 0, 0, 0, 0, 1};
    assert_true(isnan(reliability_omega(constant, 3, NULL, &refusal)));
    assert_int_equal(refusal, RELIABILITY_CONSTANT);
    // r = 0.9, 0.9, 0.5: the common loading would be √(0.9·0.9/0.5) > 1
    const quad heywood[] = {1, 0.9, 0.9, 0.9, 1, 0.5, 0.9, 0.5, 1};
    double loadings[3];
    assert_true(isnan(reliability_omega(heywood, 3, loadings, &refusal)));
    assert_int_equal(refusal, RELIABILITY_HEYWOOD);
    assert_true(isnan(loadings[0]));
}

// 1 - 0.3·exp(± 2·0.03/0.3) with t = 2.
static void test_interval(void **state)
{
    (void)state;
    double alpha = dist_t_two_sided(2, 20);
    struct interval i = reliability_interval(0.7, 0.03, 20, alpha);
    assert_true(fabs(i.low - (1 - 0.3 * exp(0.2))) < 1e-12);
    assert_true(fabs(i.high - (1 - 0.3 * exp(-0.2))) < 1e-12);
    assert_true(isnan(reliability_interval(0.7, 0.03, 0, 0.05).low));
    assert_true(isnan(reliability_feldt(0.7, 1, 3, 0.05).low));
}

int main(void)
{
    dist_start();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_of_r), cmocka_unit_test(test_form_is_the_derivative),
        cmocka_unit_test(test_by_hand),     cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_interval),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
