// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers, dates and periods as people read them: the table of reports.md 3, spelled out.
#include "engine/report/fmt.h"

#include "engine/base/cal.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

// U+00A0 is written ~ in the expected texts, U+2212 as _.
static void expect(struct buf *got, const char *wanted)
{
    struct buf text = {0};
    for (const char *at = wanted; *at; at++) {
        if (*at == '~')
            buf_text(&text, NBSP);
        else if (*at == '_')
            buf_text(&text, MINUS);
        else
            buf_char(&text, *at);
    }
    assert_string_equal(got->ptr ? got->ptr : "", text.ptr ? text.ptr : "");
    buf_free(&text);
    buf_clear(got);
}

static void test_numbers(void **state)
{
    (void)state;
    static const struct {
        double value;
        struct fmt_form form;
        const char *en, *fr;
    } rows[] = {
        {12345.6, {.decimals = 1}, "12,345.6", "12~345,6"},
        {1234.5, {.decimals = 1}, "1234.5", "1234,5"}, // in text, groups start at 10,000
        {9999, {0}, "9999", "9999"},
        {10000, {0}, "10,000", "10~000"},
        {1234.5, {.decimals = 1, .grouped = true}, "1,234.5", "1~234,5"},
        {999, {.grouped = true}, "999", "999"},
        {1000, {.grouped = true}, "1,000", "1~000"},
        {1234567.891, {.decimals = 2, .grouped = true}, "1,234,567.89", "1~234~567,89"},
        {84.2, {.decimals = 1, .percent = true}, "84.2%", "84,2~%"},
        {100, {.decimals = 0, .percent = true}, "100%", "100~%"},
        {1234.5, {.decimals = 2, .dollars = true}, "$1,234.50", "1~234,50~$"},
        {0, {.decimals = 2, .dollars = true}, "$0.00", "0,00~$"},
        {-5, {.decimals = 2, .dollars = true}, "_$5.00", "_5,00~$"},
        {-2.3, {.decimals = 1}, "_2.3", "_2,3"},
        {-0.04, {.decimals = 1}, "0.0", "0,0"}, // -0 prints as 0
        {-0.0, {.decimals = 0}, "0", "0"},
        {2.3, {.decimals = 1, .sign = true}, "+2.3", "+2,3"},
        {-2.3, {.decimals = 1, .sign = true}, "_2.3", "_2,3"},
        {0.04, {.decimals = 1, .sign = true}, "0.0", "0,0"},
        {0.5, {.decimals = 0}, "0", "0"}, // exact ties to even
        {1.5, {.decimals = 0}, "2", "2"},
        {2.5, {.decimals = 0}, "2", "2"},
        {2.675, {.decimals = 2}, "2.67", "2,67"}, // the double lies below 2.675
        {99999.96, {.decimals = 1}, "100,000.0", "100~000,0"},
        {NAN, {.decimals = 1}, "..", ".."},
        {INFINITY, {.decimals = 1, .percent = true}, "..", ".."},
    };
    struct buf b = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fmt_number(&b, rows[i].value, rows[i].form, LANG_EN);
        expect(&b, rows[i].en);
        fmt_number(&b, rows[i].value, rows[i].form, LANG_FR);
        expect(&b, rows[i].fr);
    }
    buf_free(&b);
}

static void test_intervals(void **state)
{
    (void)state;
    struct buf b = {0};
    fmt_interval(&b, 3.8, 4.0, (struct fmt_form){.decimals = 1}, LANG_EN);
    expect(&b, "3.8 to 4.0");
    fmt_interval(&b, 3.8, 4.0, (struct fmt_form){.decimals = 1}, LANG_FR);
    expect(&b, "3,8 à 4,0");
    fmt_interval(&b, -1.25, 80, (struct fmt_form){.decimals = 1, .percent = true}, LANG_FR);
    expect(&b, "_1,2~% à 80,0~%");
    buf_free(&b);
}

static void test_p_values(void **state)
{
    (void)state;
    static const struct {
        double p;
        const char *en, *fr;
    } rows[] = {
        {0.031, "p = 0.031", "p~=~0,031"},  {0.0004, "p < 0.001", "p~<~0,001"},
        {0.001, "p = 0.001", "p~=~0,001"},  {0, "p < 0.001", "p~<~0,001"},
        {0.9996, "p > 0.999", "p~>~0,999"}, {0.5, "p = 0.500", "p~=~0,500"},
    };
    struct buf b = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fmt_p(&b, rows[i].p, LANG_EN);
        expect(&b, rows[i].en);
        fmt_p(&b, rows[i].p, LANG_FR);
        expect(&b, rows[i].fr);
    }
    buf_free(&b);
}

static void test_points_and_plurals(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *en, *fr;
    } rows[] = {
        {2.3, "+2.3 points", "+2,3~points"},      {1, "+1.0 point", "+1,0~point"},
        {1.5, "+1.5 points", "+1,5~point"},       {-1, "_1.0 point", "_1,0~point"},
        {0, "0.0 points", "0,0~point"},           {1.96, "+2.0 points", "+2,0~points"},
        {-12.34, "_12.3 points", "_12,3~points"},
    };
    struct buf b = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fmt_points(&b, rows[i].value, 1, LANG_EN);
        expect(&b, rows[i].en);
        fmt_points(&b, rows[i].value, 1, LANG_FR);
        expect(&b, rows[i].fr);
    }
    buf_free(&b);
    assert_false(fmt_singular(0, 0, LANG_EN));
    assert_true(fmt_singular(0, 0, LANG_FR));
    assert_false(fmt_singular(2, 0, LANG_FR));
}

static void test_dates(void **state)
{
    (void)state;
    static const struct {
        int year, month, day;
        const char *en, *fr;
    } rows[] = {
        {2004, 4, 30, "April 30, 2004", "30 avril 2004"},
        {2004, 5, 1, "May 1, 2004", "1er mai 2004"},
        {2004, 2, 29, "February 29, 2004", "29 février 2004"},
        {1999, 8, 11, "August 11, 1999", "11 août 1999"},
        {2026, 12, 21, "December 21, 2026", "21 décembre 2026"},
    };
    struct buf b = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int32_t days = cal_days(rows[i].year, rows[i].month, rows[i].day);
        fmt_date(&b, days, LANG_EN);
        assert_string_equal(b.ptr, rows[i].en);
        buf_clear(&b);
        fmt_date(&b, days, LANG_FR);
        assert_string_equal(b.ptr, rows[i].fr);
        buf_clear(&b);
    }
    buf_free(&b);
}

static void test_periods(void **state)
{
    (void)state;
    static const struct {
        struct period p;
        const char *en, *fr;
    } rows[] = {
        {{PERIOD_QUARTER, true, 2003, 3}, "2003-04 Q3", "2003-04 T3"},
        {{PERIOD_QUARTER, true, 1999, 1}, "1999-00 Q1", "1999-00 T1"},
        {{PERIOD_QUARTER, false, 2003, 4}, "2003 Q4", "2003 T4"},
        {{PERIOD_YEAR, true, 2003, 0}, "2003-04", "2003-2004"},
        {{PERIOD_YEAR, false, 2003, 0}, "2003", "2003"},
        {{PERIOD_ALL, false, 0, 0}, "all periods", "ensemble des périodes"},
    };
    struct buf b = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fmt_period(&b, rows[i].p, LANG_EN);
        assert_string_equal(b.ptr, rows[i].en);
        buf_clear(&b);
        fmt_period(&b, rows[i].p, LANG_FR);
        assert_string_equal(b.ptr, rows[i].fr);
        buf_clear(&b);
    }
    buf_free(&b);
}

static void test_bytes(void **state)
{
    (void)state;
    struct buf b = {0};
    fmt_bytes(&b, 999, LANG_EN);
    expect(&b, "999~bytes");
    fmt_bytes(&b, 12345, LANG_FR);
    expect(&b, "12,3~ko");
    fmt_bytes(&b, 999950, LANG_EN); // rounds up into the next unit
    expect(&b, "1.0~MB");
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),  cmocka_unit_test(test_intervals),
        cmocka_unit_test(test_p_values), cmocka_unit_test(test_points_and_plurals),
        cmocka_unit_test(test_dates),    cmocka_unit_test(test_periods),
        cmocka_unit_test(test_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
