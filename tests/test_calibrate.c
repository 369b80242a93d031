// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/calibrate.h"

#include "tests/values/schools.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const double stype_total[] = {4421, 755, 1018}, wide_total[] = {1072, 5122};

struct setup {
    struct calibrate_margin margins[2];
    struct calibrate_number number;
    struct calibrate_plan plan;
};

static void prepare(struct setup *t, const struct schools *s, const char *method)
{
    static const struct {
        const char *name;
        enum calibration kind;
        size_t margins, numbers;
        double low, high;
    } methods[] = {{"poststratify", CALIBRATION_POSTSTRATIFY, 1, 0, 0, 0},
                   {"rake", CALIBRATION_RAKE, 2, 0, 0, 0},
                   {"linear", CALIBRATION_LINEAR, 2, 0, 0, 0},
                   {"logit", CALIBRATION_LOGIT, 2, 0, 0.3, 2.5},
                   {"greg", CALIBRATION_LINEAR, 1, 1, 0, 0}};
    size_t m = 0;
    while (strcmp(methods[m].name, method) != 0)
        m++;
    t->margins[0] = (struct calibrate_margin){3, s->stype, stype_total};
    t->margins[1] = (struct calibrate_margin){2, s->wide, wide_total};
    t->number = (struct calibrate_number){s->api99, 3914069};
    t->plan = (struct calibrate_plan){.kind = methods[m].kind,
                                      .rows = s->n,
                                      .design = s->weight,
                                      .margins = t->margins,
                                      .margin_count = methods[m].margins,
                                      .numbers = &t->number,
                                      .number_count = methods[m].numbers,
                                      .low = methods[m].low,
                                      .high = methods[m].high};
}

static double weighted_mean(const struct schools *s, const double *w)
{
    double sum = 0, total = 0;
    for (size_t i = 0; i < s->n; i++) {
        sum += w[i] * s->api00[i];
        total += w[i];
    }
    return sum / total;
}

static double residual_error(const struct schools *s, const struct calibrate_plan *plan,
                             const double *w)
{
    struct calibrate_basis basis;
    long double u[SCHOOLS];
    double z[SCHOOLS], mean = weighted_mean(s, w), total = 0;
    for (size_t i = 0; i < s->n; i++)
        total += w[i];
    for (size_t i = 0; i < s->n; i++)
        u[i] = (s->api00[i] - mean) / total;
    calibrate_basis_start(&basis, plan);
    assert_int_equal(basis.dropped, 0);
    calibrate_residuals(&basis, u);
    calibrate_basis_free(&basis);
    for (size_t i = 0; i < s->n; i++)
        z[i] = w[i] * (double)u[i];
    return schools_error(s, z);
}

// R: weights of every method by Newton's method, errors from package survey 4.5.
static void test_values_of_r(void **state)
{
    (void)state;
    FILE *file = values_open("calibrate.csv");
    assert_non_null(file);
    struct values_row row = {.line = 0};
    int checked = 0;
    for (; values_next(file, &row); checked++) {
        struct schools s;
        struct setup t;
        double w[SCHOOLS];
        schools_load(&s, row.field[0]);
        prepare(&t, &s, row.field[1]);
        struct calibrate_result r = calibrate_weights(&t.plan, w);
        assert_int_equal(r.fault, CALIBRATE_OK);
        assert_true(r.misfit < 1e-11);
        assert_true(
            values_agree(weighted_mean(&s, w), values_number(&row, 2), 11, "mean", row.line));
        assert_true(values_agree(r.lowest, values_number(&row, 3), 11, "lowest", row.line));
        assert_true(values_agree(r.highest, values_number(&row, 4), 11, "highest", row.line));
        double se = values_number(&row, 5);
        if (!isnan(se))
            assert_true(values_agree(residual_error(&s, &t.plan, w), se, 9, "se", row.line));
    }
    fclose(file);
    assert_int_equal(checked, 10);
}

static void test_calibrated_margin_has_no_residual(void **state)
{
    (void)state;
    struct schools s;
    struct setup t;
    schools_load(&s, "apistrat");
    prepare(&t, &s, "rake");
    struct calibrate_basis basis;
    long double u[SCHOOLS];
    calibrate_basis_start(&basis, &t.plan);
    assert_int_equal(basis.columns, 4);
    for (size_t i = 0; i < s.n; i++)
        u[i] = s.wide[i] + 3.0L * (s.stype[i] == 2);
    calibrate_residuals(&basis, u);
    for (size_t i = 0; i < s.n; i++)
        assert_true(fabsl(u[i]) < 1e-25L);
    calibrate_basis_free(&basis);
}

// Entries of x and single residuals say the same as the whole.
static void test_rows(void **state)
{
    (void)state;
    struct schools s;
    struct setup t;
    schools_load(&s, "apiclus1");
    prepare(&t, &s, "linear");
    t.plan.number_count = 1;
    struct calibrate_basis basis;
    calibrate_basis_start(&basis, &t.plan);
    struct calibrate_entry x[3];
    long double all[SCHOOLS];
    quad c[5] = {0};
    assert_int_equal(basis.columns, 5);
    for (size_t i = 0; i < s.n; i++) {
        size_t count = calibrate_row(&basis, i, x);
        assert_int_equal(count, s.wide[i] ? 3 : 2);
        assert_int_equal(x[0].column, s.stype[i]);
        assert_true(x[count - 1].column == 4 && x[count - 1].value == s.api99[i]);
        all[i] = s.api00[i];
        for (size_t j = 0; j < count; j++)
            c[x[j].column] += (quad)s.weight[i] * (quad)x[j].value * (quad)s.api00[i];
    }
    calibrate_solve(&basis, c);
    calibrate_residuals(&basis, all);
    for (size_t i = 0; i < s.n; i++)
        assert_true(fabsl(calibrate_residual(&basis, c, i, s.api00[i]) - all[i]) < 1e-15L);
    calibrate_basis_free(&basis);
}

static void test_order_of_rows(void **state)
{
    (void)state;
    struct schools s, turned;
    struct setup t, u;
    double a[SCHOOLS], b[SCHOOLS];
    schools_load(&s, "apiclus1");
    turned = s;
    for (size_t i = 0; i < s.n; i++) {
        size_t from = (i * 50 + 7) % s.n; // 183 and 50 have no common divisor
        turned.stype[i] = s.stype[from];
        turned.wide[i] = s.wide[from];
        turned.api99[i] = s.api99[from];
        turned.weight[i] = s.weight[from] * (from % 5 ? 1 : 1.3);
    }
    for (size_t i = 0; i < s.n; i += 5)
        s.weight[i] *= 1.3;
    static const char *const methods[] = {"poststratify", "rake", "linear", "logit", "greg"};
    for (size_t m = 0; m < 5; m++) {
        prepare(&t, &s, methods[m]);
        prepare(&u, &turned, methods[m]);
        assert_int_equal(calibrate_weights(&t.plan, a).fault, CALIBRATE_OK);
        assert_int_equal(calibrate_weights(&u.plan, b).fault, CALIBRATE_OK);
        for (size_t i = 0; i < s.n; i++)
            assert_true(b[i] == a[(i * 50 + 7) % s.n]); // the same bits
    }
}

static void test_trim(void **state)
{
    (void)state;
    struct schools s;
    struct setup t;
    double w[SCHOOLS];
    schools_load(&s, "apiclus1");
    prepare(&t, &s, "rake");
    s.weight[3] *= 6;
    t.plan.trim = 2.5;
    struct calibrate_result r = calibrate_weights(&t.plan, w);
    assert_int_equal(r.fault, CALIBRATE_OK);
    assert_true(r.trims > 0 && r.misfit < 1e-11);
    assert_true(r.highest <= 2.5 * r.mean * (1 + 1e-6));
    assert_true(fabs(r.mean - 6194.0 / 183) < 1e-9);
    t.plan.trim = 1.0001; // no room to meet the margins
    assert_int_equal(calibrate_weights(&t.plan, w).fault, CALIBRATE_TRIM);
}

static void test_bounds(void **state)
{
    (void)state;
    struct schools s;
    struct setup t;
    double w[SCHOOLS];
    schools_load(&s, "apiclus1");
    static const char *const methods[] = {"linear", "logit"};
    for (size_t m = 0; m < 2; m++) {
        prepare(&t, &s, methods[m]);
        t.plan.low = 0.85;
        t.plan.high = 1.9;
        struct calibrate_result r = calibrate_weights(&t.plan, w);
        assert_int_equal(r.fault, CALIBRATE_OK);
        assert_true(r.lowest_ratio >= 0.85 - 1e-12 && r.highest_ratio <= 1.9 + 1e-12);
        assert_true(r.misfit < 1e-10);
        t.plan.low = 0.99; // nothing can move
        t.plan.high = 1.01;
        assert_int_equal(calibrate_weights(&t.plan, w).fault, CALIBRATE_BOUNDS);
        t.plan.low = 1.5;
        assert_int_equal(calibrate_weights(&t.plan, w).fault, CALIBRATE_BOUNDS);
    }
}

// Two people, totals 3 and 1 instead of 1 and 1: weights 3 and 1; deff = 2·10/16.
static void test_by_hand(void **state)
{
    (void)state;
    const double d[] = {1, 0, 1}, total[] = {3, 1};
    const uint32_t level[] = {0, 1, 1};
    struct calibrate_margin margin = {2, level, total};
    struct calibrate_plan plan = {.kind = CALIBRATION_POSTSTRATIFY,
                                  .rows = 3,
                                  .design = d,
                                  .margins = &margin,
                                  .margin_count = 1};
    double w[3], misfits[1];
    struct calibrate_result r = calibrate_weights(&plan, w);
    assert_int_equal(r.fault, CALIBRATE_OK);
    assert_true(w[0] == 3 && w[1] == 0 && w[2] == 1);
    assert_true(r.deff == 1.25 && r.mean == 2 && r.highest_ratio == 3 && r.iterations == 1);
    calibrate_misfits(&plan, d, misfits);
    assert_true(fabs(misfits[0] - 2.0 / 3) < 1e-15);
}

static void test_faults(void **state)
{
    (void)state;
    const double d[] = {1, 2, 1}, none[] = {0, 0, 0}, bad[] = {1, -1, 1};
    const double two[] = {3, 1}, null[] = {4, 0}, three[] = {2, 1, 1}, more[] = {3, 2},
                 minus[] = {5, -1};
    const uint32_t level[] = {0, 1, 1};
    const struct {
        const double *design, *first, *second;
        size_t levels;
        enum calibration kind;
        enum calibrate_fault fault;
        size_t margin, at;
    } table[] = {
        {none, two, two, 2, CALIBRATION_RAKE, CALIBRATE_NO_ROWS, 0, 0},
        {bad, two, two, 2, CALIBRATION_RAKE, CALIBRATE_BAD_NUMBER, 0, 0},
        {d, two, two, 2, CALIBRATION_POSTSTRATIFY, CALIBRATE_KIND, 0, 0},
        {d, two, two, 2, CALIBRATION_LOGIT, CALIBRATE_KIND, 0, 0},
        {d, two, more, 2, CALIBRATION_RAKE, CALIBRATE_DISAGREE, 1, 0},
        {d, two, null, 2, CALIBRATION_RAKE, CALIBRATE_LEVEL_NULL, 1, 1},
        {d, three, three, 3, CALIBRATION_RAKE, CALIBRATE_LEVEL_EMPTY, 0, 2},
        {d, minus, two, 2, CALIBRATION_RAKE, CALIBRATE_BAD_NUMBER, 0, 1},
        {d, two, two, 2, CALIBRATION_RAKE, CALIBRATE_OK, 0, 0},
        {d, two, two, 2, CALIBRATION_LINEAR, CALIBRATE_OK, 0, 0}, // dependent columns do no harm
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct calibrate_margin margins[] = {{table[i].levels, level, table[i].first},
                                             {table[i].levels, level, table[i].second}};
        struct calibrate_plan plan = {.kind = table[i].kind,
                                      .rows = 3,
                                      .design = table[i].design,
                                      .margins = margins,
                                      .margin_count = 2};
        double w[3];
        struct calibrate_result r = calibrate_weights(&plan, w);
        assert_int_equal(r.fault, table[i].fault);
        if (r.fault == table[i].fault && r.fault) {
            assert_int_equal(r.margin, table[i].margin);
            assert_int_equal(r.level, table[i].at);
        }
    }
}

// Rows only in cells (0,0) and (1,1) cannot have margins (3,1) and (1,3).
static void test_no_end(void **state)
{
    (void)state;
    const double d[] = {1, 1}, a[] = {3, 1}, b[] = {1, 3};
    const uint32_t level[] = {0, 1};
    struct calibrate_margin margins[] = {{2, level, a}, {2, level, b}};
    struct calibrate_plan plan = {
        .kind = CALIBRATION_RAKE, .rows = 2, .design = d, .margins = margins, .margin_count = 2};
    double w[2];
    struct calibrate_result r = calibrate_weights(&plan, w);
    assert_int_equal(r.fault, CALIBRATE_NO_END);
    assert_int_equal(r.iterations, 1000);
    assert_true(r.misfit > 0.5);
    plan.kind = CALIBRATION_LINEAR;
    assert_int_equal(calibrate_weights(&plan, w).fault, CALIBRATE_NO_END);
}

// x = 1 and 3 for two people, weights 1; 2 people with Σx = 8 need weights -1 and 3.
static void test_negative(void **state)
{
    (void)state;
    const double d[] = {1, 1}, one[] = {2}, x[] = {1, 3};
    const uint32_t level[] = {0, 0};
    struct calibrate_margin margin = {1, level, one};
    struct calibrate_number number = {x, 8};
    struct calibrate_plan plan = {.kind = CALIBRATION_LINEAR,
                                  .rows = 2,
                                  .design = d,
                                  .margins = &margin,
                                  .margin_count = 1,
                                  .numbers = &number,
                                  .number_count = 1};
    double w[2];
    assert_int_equal(calibrate_weights(&plan, w).fault, CALIBRATE_NEGATIVE);
    assert_true(fabs(w[0] + 1) < 1e-12 && fabs(w[1] - 3) < 1e-12);
    number.total = 5;
    assert_int_equal(calibrate_weights(&plan, w).fault, CALIBRATE_OK);
    assert_true(fabs(w[0] - 0.5) < 1e-12 && fabs(w[1] - 1.5) < 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_of_r),
        cmocka_unit_test(test_calibrated_margin_has_no_residual),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_order_of_rows),
        cmocka_unit_test(test_trim),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_no_end),
        cmocka_unit_test(test_negative),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
