// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/drivers.h"

#include "engine/stats/matrix.h"
#include "tests/values/values.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { ROWS = 47, P = 5, N = P + 1 };

struct data {
    quad x[ROWS * N], w[ROWS], mean[N], cov[N * N];
};

// Switzerland's 47 provinces in 1888; weights 1, or 2, 3, 4, 1, 2 …
static void load(struct data *d, bool cycle)
{
    for (int c = 0; c < N; c++) {
        struct decimal *column;
        assert_int_equal(values_column("swiss.csv", c, &column), ROWS);
        for (int i = 0; i < ROWS; i++)
            d->x[i * N + c] = matrix_decimal(column[i]);
        free(column);
    }
    for (int i = 0; i < ROWS; i++)
        d->w[i] = cycle ? 1 + (i + 1) % 4 : 1;
    matrix_moments(d->x, d->w, ROWS, N, d->mean, d->cov);
}

static void check_row(const struct drivers *d, const struct values_row *row)
{
    const struct drivers_share *s = &d->share[atoi(row->field[1]) - 1];
    const double found[] = {s->r, s->beta, s->vif, s->lmg, s->relative_weight};
    for (int i = 0; i < 5; i++)
        assert_true(
            values_agree(found[i], values_number(row, i + 2), 12, row->field[0], row->line));
}

static void test_values_of_r(void **state)
{
    (void)state;
    struct data data;
    struct drivers drivers[2];
    for (int cycle = 0; cycle < 2; cycle++) {
        load(&data, cycle);
        drivers_compute(data.cov, P, &drivers[cycle]);
    }
    FILE *file = values_open("drivers.csv");
    assert_non_null(file);
    struct values_row row = {.line = 0};
    int checked = 0;
    for (; values_next(file, &row); checked++)
        check_row(&drivers[!strcmp(row.field[0], "cycle")], &row);
    fclose(file);
    assert_int_equal(checked, 10);
    // summary(lm(Fertility ~ ., swiss)): R² = 0.7067
    assert_true(fabs(drivers[0].r_squared - 0.7067) < 5e-5);
    drivers_free(&drivers[0]);
    drivers_free(&drivers[1]);
}

static void test_sums(void **state)
{
    (void)state;
    struct data data;
    struct drivers d;
    load(&data, true);
    drivers_compute(data.cov, P, &d);
    double lmg = 0, weight = 0;
    for (int j = 0; j < P; j++) {
        lmg += d.share[j].lmg;
        weight += d.share[j].relative_weight;
    }
    assert_true(fabs(lmg - d.r_squared) < 1e-14 && fabs(weight - d.r_squared) < 1e-14);
    for (int i = 0; i < N * N; i++) { // the influences add up as the shares do
        double sum = 0;
        for (int j = 0; j < P; j++)
            sum += d.share[j].lmg_form[i];
        assert_true(fabs(sum - d.r_squared_form[i]) < 1e-13);
    }
    drivers_free(&d);
}

static void standardised(const struct data *data, int row, double *v)
{
    for (int c = 0; c < N; c++)
        v[c] = (double)(data->x[row * N + c] - data->mean[c]) / sqrt((double)data->cov[c * N + c]);
}

// A score over w is the derivative by the row's weight: compared with differences.
static void test_influences(void **state)
{
    (void)state;
    struct data data, moved;
    struct drivers d, up, down;
    load(&data, true);
    drivers_compute(data.cov, P, &d);
    double total = 0;
    for (int i = 0; i < ROWS; i++)
        total += (double)data.w[i];
    for (int row = 0; row < ROWS; row += 9) {
        const double h = 1e-5;
        moved = data;
        moved.w[row] += h;
        matrix_moments(moved.x, moved.w, ROWS, N, moved.mean, moved.cov);
        drivers_compute(moved.cov, P, &up);
        double up_slope = up.share[2].beta * sqrt((double)(moved.cov[0] / moved.cov[3 * N + 3]));
        moved.w[row] -= 2 * h;
        matrix_moments(moved.x, moved.w, ROWS, N, moved.mean, moved.cov);
        drivers_compute(moved.cov, P, &down);
        double down_slope =
            down.share[2].beta * sqrt((double)(moved.cov[0] / moved.cov[3 * N + 3]));
        double v[N], scale = sqrt((double)(data.cov[3 * N + 3] / data.cov[0]));
        standardised(&data, row, v);
        for (int j = 0; j < P; j++) {
            double change = (up.share[j].lmg - down.share[j].lmg) / (2 * h);
            assert_true(fabs(change - drivers_score(d.share[j].lmg_form, v, P) / total) < 1e-9);
        }
        double change = (up.r_squared - down.r_squared) / (2 * h);
        assert_true(fabs(change - drivers_score(d.r_squared_form, v, P) / total) < 1e-9);
        change = (up_slope - down_slope) / (2 * h) * scale; // the scales taken as fixed
        assert_true(fabs(change - drivers_score(d.share[2].beta_form, v, P) / total) < 1e-9);
        drivers_free(&up);
        drivers_free(&down);
    }
    drivers_free(&d);
}

// Scores of all rows sum to 0, and tr(Q Σ w v vᵀ) says the same.
static void test_scores_sum_to_zero(void **state)
{
    (void)state;
    struct data data;
    struct drivers d;
    load(&data, true);
    drivers_compute(data.cov, P, &d);
    double sum = 0, m[N * N] = {0};
    for (int i = 0; i < ROWS; i++) {
        double v[N];
        standardised(&data, i, v);
        sum += (double)data.w[i] * drivers_score(d.share[1].lmg_form, v, P);
        for (int a = 0; a < N * N; a++)
            m[a] += (double)data.w[i] * v[a / N] * v[a % N];
    }
    assert_true(fabs(sum) < 1e-11);
    assert_true(fabs(drivers_sum(d.share[1].lmg_form, m, P)) < 1e-11);
    drivers_free(&d);
}

// Two predictors, by hand: r_y1 = 0.6, r_y2 = 0.5, r_12 = 0.2.
// R² = (0.36 + 0.25 - 2·0.6·0.5·0.2)/(1 - 0.04) = 0.49/0.96; lmg_1 = (0.36 + R² - 0.25)/2;
// beta_1 = (0.6 - 0.1)/0.96; vif = 1/0.96.
static void test_by_hand(void **state)
{
    (void)state;
    const quad cov[] = {1, 0.6, 0.5, 0.6, 1, 0.2, 0.5, 0.2, 1};
    struct drivers d;
    drivers_compute(cov, 2, &d);
    double fit = 0.49 / 0.96;
    assert_int_equal(d.refusal, DRIVERS_OK);
    assert_true(fabs(d.r_squared - fit) < 1e-15);
    assert_true(fabs(d.share[0].lmg - (0.11 + fit) / 2) < 1e-15);
    assert_true(fabs(d.share[0].beta - 0.5 / 0.96) < 1e-15);
    assert_true(fabs(d.share[1].vif - 1 / 0.96) < 1e-15);
    drivers_free(&d);
}

static void test_constant_item(void **state)
{
    (void)state;
    const quad cov[] = {4, 0, 1.2, 0, 0, 0, 1.2, 0, 1};
    struct drivers d;
    drivers_compute(cov, 2, &d);
    assert_int_equal(d.used, 1);
    assert_true(d.share[0].constant && !d.share[1].constant);
    assert_true(isnan(d.share[0].r) && isnan(d.share[0].lmg) && !d.share[0].lmg_form);
    assert_true(fabs(d.share[1].lmg - 0.36) < 1e-15); // r = 1.2/2
    assert_true(d.share[1].lmg_form[3] == 0 && d.share[1].lmg_form[4] == 0);
    drivers_free(&d);
}

static void test_collinear(void **state)
{
    (void)state;
    // x2 = x1: no beta, vif, relative weight; each gets half of r² = 0.25
    const quad cov[] = {1, 0.5, 0.5, 0.5, 1, 1, 0.5, 1, 1};
    struct drivers d;
    drivers_compute(cov, 2, &d);
    assert_true(d.collinear && isnan(d.share[0].beta) && isnan(d.share[1].vif));
    assert_true(isnan(d.share[0].relative_weight) && !d.share[0].beta_form);
    assert_true(fabs(d.r_squared - 0.25) < 1e-15);
    assert_true(fabs(d.share[0].lmg - 0.125) < 1e-15 && fabs(d.share[1].lmg - 0.125) < 1e-15);
    drivers_free(&d);
}

static void test_perfect(void **state)
{
    (void)state;
    const quad cov[] = {2, 1, 1, 1, 1, 0, 1, 0, 1}; // y = x1 + x2
    struct drivers d;
    drivers_compute(cov, 2, &d);
    assert_true(d.perfect && d.r_squared == 1);
    assert_true(isfinite(d.share[0].beta) && !d.share[0].beta_form);
    drivers_free(&d);
}

static void test_refusals(void **state)
{
    (void)state;
    const quad flat[] = {0, 0, 0, 1}, none[] = {1, 0, 0, 0}, bad[] = {1, (quad)NAN, (quad)NAN, 1};
    const struct {
        const quad *cov;
        size_t p;
        enum drivers_refusal refusal;
    } table[] = {{flat, 1, DRIVERS_CONSTANT},
                 {none, 1, DRIVERS_NO_PREDICTOR},
                 {none, 0, DRIVERS_NO_PREDICTOR},
                 {bad, 1, DRIVERS_NOT_FINITE}};
    for (size_t i = 0; i < 4; i++) {
        struct drivers d;
        drivers_compute(table[i].cov, table[i].p, &d);
        assert_int_equal(d.refusal, table[i].refusal);
        assert_true(isnan(d.r_squared));
        drivers_free(&d);
    }
}

// Independent predictors: every share is r²; 21 of them are too many for exact shares.
static void test_many(void **state)
{
    (void)state;
    for (size_t p = 12; p <= 21; p += 9) {
        size_t n = p + 1;
        quad *cov = mem_new(n * n, sizeof *cov);
        for (size_t i = 0; i < n; i++)
            cov[i * n + i] = 1;
        for (size_t j = 1; j < n; j++)
            cov[j] = cov[j * n] = (quad)j / 100;
        struct drivers d;
        drivers_compute(cov, p, &d);
        assert_int_equal(d.too_many, p > DRIVERS_MOST);
        for (size_t j = 1; j < n; j++) {
            double square = (double)(j * j) / 1e4;
            assert_true(fabs(d.share[j - 1].relative_weight - square) < 1e-14);
            assert_true(p > DRIVERS_MOST ? isnan(d.share[j - 1].lmg)
                                         : fabs(d.share[j - 1].lmg - square) < 1e-14);
        }
        drivers_free(&d);
        mem_free(cov);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_of_r), cmocka_unit_test(test_sums),
        cmocka_unit_test(test_influences),  cmocka_unit_test(test_scores_sum_to_zero),
        cmocka_unit_test(test_by_hand),     cmocka_unit_test(test_constant_item),
        cmocka_unit_test(test_collinear),   cmocka_unit_test(test_perfect),
        cmocka_unit_test(test_refusals),    cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
