// SPDX-License-Identifier: GPL-3.0-or-later
// The survey of the bundled study against R's package survey (tests/reference).
#include "tests/help_csv.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static int run_once(void **state)
{
    (void)state;
    char *out = scratch_path("out");
    struct outcome o =
        RUN("run", "tests/reference/west.yaml", "-o", out, "--formats", "csv", "--charts", "none");
    if (o.status)
        print_error("%s", o.err.ptr);
    int status = o.status;
    outcome_free(&o);
    free(out);
    return status;
}

static int clean(void **state)
{
    (void)state;
    scratch_remove();
    return 0;
}

// p-values in far tails amplify the error of their statistic.
static double tolerance(const char *indicator, const char *column)
{
    bool quantile = !strcmp(indicator, "survey.median") || !strcmp(indicator, "survey.p90");
    if (quantile && (!strcmp(column, "value") || !strncmp(column, "ci_", 3)))
        return 0;
    return column[0] == 'p' ? 1e-6 : 1e-8;
}

static size_t compare_row(const struct sheet *wanted, size_t row, const struct sheet *got,
                          size_t found, size_t fields)
{
    size_t bad = 0;
    for (size_t i = fields; i < wanted->columns; i++) {
        const char *name = sheet_cell(wanted, 0, i), *aim = sheet_cell(wanted, row, i);
        size_t column = sheet_column(got, name);
        assert_true(column < got->columns);
        const char *text = sheet_cell(got, found, column);
        double a = strtod(aim, NULL), b = strtod(text, NULL);
        if (!*aim || (*text && fabs(a - b) <= tolerance(sheet_cell(wanted, row, 0), name) *
                                                  fmax(fabs(a), 1e-9)))
            continue;
        print_error("line %zu, %s of %s,%s,%s,%s: %s, not %s\n", row + 1, name,
                    sheet_cell(wanted, row, 0), sheet_cell(wanted, row, 1),
                    sheet_cell(wanted, row, 2), sheet_cell(wanted, row, 3), text, aim);
        bad++;
    }
    return bad;
}

static void compare(const char *name, size_t fields, size_t least)
{
    char path[64];
    snprintf(path, sizeof path, "out/%s", name);
    char *made = scratch_path(path);
    snprintf(path, sizeof path, "tests/reference/%s", name);
    struct sheet wanted, got;
    assert_true(sheet_read(&wanted, path, fields));
    assert_true(sheet_read(&got, made, fields));
    assert_true(wanted.rows > least);
    struct buf key = {0};
    size_t bad = 0;
    for (size_t row = 1; row < wanted.rows; row++) {
        int found = dict_find(&got.keys, sheet_key(&wanted, row, fields, &key));
        if (found < 0)
            print_error("line %zu of %s: no such row\n", row + 1, path);
        bad += found < 0 ? 1 : compare_row(&wanted, row, &got, (size_t)found + 1, fields);
    }
    buf_free(&key);
    sheet_free(&wanted);
    sheet_free(&got);
    free(made);
    assert_int_equal(bad, 0);
}

static void estimates_are_those_of_r(void **state)
{
    (void)state;
    compare("indicators.csv", 6, 600);
}

static void differences_have_their_covariance(void **state)
{
    (void)state;
    compare("comparisons.csv", 9, 240);
}

static void tests_of_many_groups(void **state)
{
    (void)state;
    compare("tests.csv", 5, 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(estimates_are_those_of_r),
        cmocka_unit_test(differences_have_their_covariance),
        cmocka_unit_test(tests_of_many_groups),
    };
    return cmocka_run_group_tests(tests, run_once, clean);
}
