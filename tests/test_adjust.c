// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/adjust.h"

#include "tests/values/values.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *const names[] = {"holm", "bh", "bonferroni", "none"};

static size_t numbers(const char *text, double *out)
{
    char *end;
    size_t n = 0;
    while (*text) {
        bool missing = !strncmp(text, "NA", 2);
        out[n++] = missing ? NAN : strtod(text, &end);
        text = missing ? text + 2 : end;
        text += *text == ' ';
    }
    return n;
}

// R: p.adjust
static void test_values(void **state)
{
    (void)state;
    FILE *file = values_open("adjust.csv");
    assert_non_null(file);
    struct values_row row = {.line = 0};
    int checked = 0;
    while (values_next(file, &row)) {
        double p[64], out[64];
        size_t n = numbers(row.field[2], p), place = (size_t)values_number(&row, 1) - 1, method = 0;
        while (strcmp(names[method], row.field[0]) != 0)
            method++;
        adjust_p((enum adjustment)method, p, n, out);
        assert_true(place < n);
        assert_true(values_agree(out[place], values_number(&row, 3), 13, row.field[0], row.line));
        checked++;
    }
    fclose(file);
    assert_int_equal(checked, 140);
}

static void test_in_place_and_missing(void **state)
{
    (void)state;
    double p[] = {NAN, 0.02, NAN, 0.01};
    adjust_p(ADJUSTMENT_HOLM, p, 4, p);
    assert_true(isnan(p[0]) && isnan(p[2]));
    assert_true(p[3] == 0.02 && p[1] == 0.02);
    double none = NAN;
    adjust_p(ADJUSTMENT_BH, &none, 1, &none);
    assert_true(isnan(none));
    adjust_p(ADJUSTMENT_BH, NULL, 0, NULL);
}

static void test_order_of_rows(void **state)
{
    (void)state;
    double p[] = {0.04, 0.001, 0.03, 0.2}, q[] = {0.2, 0.03, 0.001, 0.04}, a[4], b[4];
    for (int method = ADJUSTMENT_HOLM; method <= ADJUSTMENT_NONE; method++) {
        adjust_p((enum adjustment)method, p, 4, a);
        adjust_p((enum adjustment)method, q, 4, b);
        for (size_t i = 0; i < 4; i++)
            assert_true(a[i] == b[3 - i]);
    }
}

static void test_letters(void **state)
{
    (void)state;
    // values 70, 60, 50; all differences found but the second against the third
    const double difference[] = {0, 10, 20, -10, 0, 10, -20, -10, 0};
    const double p[] = {NAN, 0.01, 0.001, 0.01, NAN, 0.2, 0.001, 0.2, NAN};
    bool usable[] = {true, true, true};
    struct buf out[3] = {{0}};
    adjust_letters(3, difference, p, usable, 0.05, out);
    assert_string_equal(out[0].ptr, "B C");
    assert_int_equal(out[1].len + out[2].len, 0);
    usable[2] = false; // a small base neither gives nor gets
    buf_clear(&out[0]);
    adjust_letters(3, difference, p, usable, 0.05, out);
    assert_string_equal(out[0].ptr, "B");
    for (size_t i = 0; i < 3; i++)
        buf_free(&out[i]);
}

static void test_letter_names(void **state)
{
    (void)state;
    static const struct {
        size_t column;
        const char *letter;
    } table[] = {{0, "A"}, {25, "Z"}, {26, "AA"}, {27, "AB"}, {52, "BA"}, {701, "ZZ"}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char letter[4];
        adjust_letter(table[i].column, letter);
        assert_string_equal(letter, table[i].letter);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),        cmocka_unit_test(test_in_place_and_missing),
        cmocka_unit_test(test_order_of_rows), cmocka_unit_test(test_letters),
        cmocka_unit_test(test_letter_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
