// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/cal.h"
#include "engine/study/period.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static struct period read_period(const char *text)
{
    struct period p;
    if (!period_read(str_of(text), &p))
        fail_msg("%s is not read", text);
    return p;
}

// ---- spellings of interface.md 5

static const struct {
    const char *text, *machine; // NULL: not a period
} spellings[] = {
    {"2003Q4", "2003Q4"},
    {"2003 Q4", "2003Q4"},
    {"2003q4", "2003Q4"},
    {"2003T4", "2003Q4"},
    {"2003 T1", "2003Q1"},
    {"2003", "2003"},
    {" 2003 ", "2003"},
    {"2003-04 Q3", "2003-04 Q3"},
    {"2003-04Q3", "2003-04 Q3"},
    {"2003-04 T3", "2003-04 Q3"},
    {"2003-2004 Q3", "2003-04 Q3"},
    {"2003/04 Q3", "2003-04 Q3"},
    {"2003-04", "2003-04"}, // the fiscal year, never April 2003
    {"2003-2004", "2003-04"},
    {"2003/04", "2003-04"},
    {"2003/2004", "2003-04"},
    {"FY2003-04", "2003-04"},
    {"fy2003-04", "2003-04"},
    {"FY2003-04 Q1", "2003-04 Q1"},
    {"1999-00", "1999-00"},
    {"1999-2000", "1999-00"},
    {"2099-00 Q4", "2099-00 Q4"},
    {"all", "all"},
    {"", NULL},
    {"Q4", NULL},
    {"2003Q5", NULL},
    {"2003Q0", NULL},
    {"2003Q", NULL},
    {"2003Q44", NULL},
    {"2003-05", NULL},
    {"2003-03", NULL},
    {"2003-2005", NULL},
    {"2003-2003", NULL},
    {"2003-4", NULL},
    {"2003-04-01", NULL}, // a date, which date_read takes
    {"FY2004", NULL},     // nobody knows which of its two years it names
    {"203", NULL},
    {"20034", NULL},
    {"0000", NULL},
    {"2003 4", NULL},
    {"2003-04  Q3", NULL},
    {"two", NULL},
    {"ALL", NULL},
};

static void spellings_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        struct period p;
        char out[PERIOD_TEXT];
        bool read = period_read(str_of(spellings[i].text), &p);
        if (read != !!spellings[i].machine)
            fail_msg("'%s' is %s", spellings[i].text, read ? "read" : "not read");
        if (read)
            assert_string_equal(period_text(p, out), spellings[i].machine);
    }
}

static void machine_form_is_read_back(void **state)
{
    (void)state;
    for (int year = 1990; year <= 2110; year++)
        for (int quarter = 0; quarter <= 4; quarter++)
            for (int fiscal = 0; fiscal <= 1; fiscal++) {
                struct period back,
                    p = {quarter ? PERIOD_QUARTER : PERIOD_YEAR, fiscal == 1, year, quarter};
                char out[PERIOD_TEXT];
                assert_true(period_read(str_of(period_text(p, out)), &back));
                assert_true(period_same(p, back));
            }
}

// ---- days

static void first_and_last_days(void **state)
{
    (void)state;
    static const struct {
        const char *period;
        int first[3], last[3];
    } cases[] = {
        {"2003Q1", {2003, 1, 1}, {2003, 3, 31}},       {"2004Q1", {2004, 1, 1}, {2004, 3, 31}},
        {"2003Q4", {2003, 10, 1}, {2003, 12, 31}},     {"2003", {2003, 1, 1}, {2003, 12, 31}},
        {"2003-04 Q1", {2003, 4, 1}, {2003, 6, 30}},   {"2003-04 Q2", {2003, 7, 1}, {2003, 9, 30}},
        {"2003-04 Q3", {2003, 10, 1}, {2003, 12, 31}}, {"2003-04 Q4", {2004, 1, 1}, {2004, 3, 31}},
        {"2003-04", {2003, 4, 1}, {2004, 3, 31}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct period p = read_period(cases[i].period);
        const int *first = cases[i].first, *last = cases[i].last;
        assert_int_equal(period_first_day(p), cal_days(first[0], first[1], first[2]));
        assert_int_equal(period_last_day(p), cal_days(last[0], last[1], last[2]));
    }
}

static void a_day_lies_in_its_quarter(void **state)
{
    (void)state;
    static const struct {
        int date[3];
        const char *calendar, *fiscal;
    } cases[] = {
        {{2003, 3, 31}, "2003Q1", "2002-03 Q4"},  {{2003, 4, 1}, "2003Q2", "2003-04 Q1"},
        {{2003, 12, 31}, "2003Q4", "2003-04 Q3"}, {{2004, 1, 1}, "2004Q1", "2003-04 Q4"},
        {{2004, 2, 29}, "2004Q1", "2003-04 Q4"},  {{2000, 7, 15}, "2000Q3", "2000-01 Q2"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t day = cal_days(cases[i].date[0], cases[i].date[1], cases[i].date[2]);
        assert_true(period_same(period_of_day(day, false), read_period(cases[i].calendar)));
        assert_true(period_same(period_of_day(day, true), read_period(cases[i].fiscal)));
    }
    for (int32_t day = cal_days(1999, 1, 1); day < cal_days(2006, 1, 1); day++)
        for (int fiscal = 0; fiscal <= 1; fiscal++) {
            struct period p = period_of_day(day, fiscal == 1);
            assert_true(period_first_day(p) <= day && day <= period_last_day(p));
        }
}

// ---- neighbours and order

static void neighbours(void **state)
{
    (void)state;
    static const struct {
        const char *period, *previous, *next, *year_ago, *year;
    } cases[] = {
        {"2003Q4", "2003Q3", "2004Q1", "2002Q4", "2003"},
        {"2003Q1", "2002Q4", "2003Q2", "2002Q1", "2003"},
        {"2003", "2002", "2004", "2002", "2003"},
        {"2003-04 Q1", "2002-03 Q4", "2003-04 Q2", "2002-03 Q1", "2003-04"},
        {"2003-04 Q4", "2003-04 Q3", "2004-05 Q1", "2002-03 Q4", "2003-04"},
        {"2003-04", "2002-03", "2004-05", "2002-03", "2003-04"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct period p = read_period(cases[i].period);
        assert_true(period_same(period_previous(p), read_period(cases[i].previous)));
        assert_true(period_same(period_next(p), read_period(cases[i].next)));
        assert_true(period_same(period_year_ago(p), read_period(cases[i].year_ago)));
        assert_true(period_same(period_year(p), read_period(cases[i].year)));
        assert_int_equal(period_last_day(p) + 1, period_first_day(period_next(p)));
    }
    struct period all = read_period("all");
    assert_false(period_is(period_previous(all)));
    assert_false(period_is(period_next(all)));
    assert_false(period_is(period_year_ago((struct period){0})));
}

static void order(void **state)
{
    (void)state;
    static const char *const sorted[] = {"2002Q4",     "2003Q1", "2003", "2003Q2", "2003-04 Q2",
                                         "2003-04 Q3", "2004Q1", "2004", "all"};
    size_t count = sizeof sorted / sizeof *sorted;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++) {
            int got = period_order(read_period(sorted[i]), read_period(sorted[j]));
            assert_int_equal((got > 0) - (got < 0), (i > j) - (i < j));
        }
}

static void holding(void **state)
{
    (void)state;
    static const struct {
        const char *outer, *inner;
        bool holds;
    } cases[] = {
        {"2003", "2003Q4", true},     {"2003", "2004Q1", false}, {"2003-04", "2003-04 Q4", true},
        {"2003-04", "2004Q1", true}, // the same days
        {"2003-04", "2003Q1", false}, {"2003Q4", "2003", false}, {"all", "2003", true},
        {"2003", "all", false},       {"all", "all", true},      {"2003Q4", "2003-04 Q3", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(period_holds(read_period(cases[i].outer), read_period(cases[i].inner)),
                         cases[i].holds);
}

// ---- dates

static void dates_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum date_order order;
        int date[3]; // year 0: not a date
    } cases[] = {
        {"2003-04-01", DATE_YMD, {2003, 4, 1}},
        {" 2003-04-01 ", DATE_YMD, {2003, 4, 1}},
        {"2003-04-01T23:59:59Z", DATE_YMD, {2003, 4, 1}}, // as written, no time zone applied
        {"2003-04-01 23:59", DATE_YMD, {2003, 4, 1}},
        {"2003-04-01T00:00:00.123+05:30", DATE_YMD, {2003, 4, 1}},
        {"2003-04-01T00:00-0800", DATE_YMD, {2003, 4, 1}},
        {"2004-02-29", DATE_YMD, {2004, 2, 29}},
        {"2003-02-29", DATE_YMD, {0}},
        {"2003-02-30", DATE_YMD, {0}},
        {"2003-13-01", DATE_YMD, {0}},
        {"2003-00-10", DATE_YMD, {0}},
        {"2003-04-00", DATE_YMD, {0}},
        {"2003-4-1", DATE_YMD, {0}},
        {"2003/04/01", DATE_YMD, {0}},
        {"2003", DATE_YMD, {0}},
        {"37712", DATE_YMD, {0}}, // a serial number of a spreadsheet
        {"2003-04-01x", DATE_YMD, {0}},
        {"2003-04-01T25:00", DATE_YMD, {0}},
        {"01/04/2003", DATE_YMD, {0}}, // only when declared
        {"01/04/2003", DATE_DMY, {2003, 4, 1}},
        {"1/4/2003", DATE_DMY, {2003, 4, 1}},
        {"01/04/2003", DATE_MDY, {2003, 1, 4}},
        {"31/12/2003", DATE_MDY, {0}},
        {"12/31/2003", DATE_DMY, {0}},
        {"31.12.2003", DATE_DMY, {2003, 12, 31}},
        {"12/31/2003 11:59 PM", DATE_MDY, {2003, 12, 31}},
        {"12/31/03", DATE_MDY, {0}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t days;
        const int *date = cases[i].date;
        if (date_read(str_of(cases[i].text), cases[i].order, &days) != (date[0] != 0))
            fail_msg("'%s'", cases[i].text);
        if (date[0])
            assert_int_equal(days, cal_days(date[0], date[1], date[2]));
    }
}

// Every day of 400 years, counted one by one.
static void days_of_400_years(void **state)
{
    (void)state;
    static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = 1800, month = 1, day = 1;
    int32_t days = -62091; // 1800-01-01: 170 years of 365 days and 41 leap days before 1970
    int weekday = 2;       // a Wednesday
    for (; year < 2200; days++) {
        int y, m, d;
        assert_int_equal(cal_days(year, month, day), days);
        cal_date(days, &y, &m, &d);
        assert_true(y == year && m == month && d == day && cal_valid(y, m, d));
        assert_int_equal(cal_weekday(days), weekday);
        char text[40];
        int32_t read;
        snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
        assert_true(date_read(str_of(text), DATE_YMD, &read) && read == days);
        bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
        int last = length[month - 1] + (month == 2 && leap);
        assert_int_equal(cal_month_length(year, month), last);
        assert_false(cal_valid(year, month, last + 1));
        weekday = (weekday + 1) % 7;
        if (++day > last)
            day = 1, month++;
        if (month > 12)
            month = 1, year++;
    }
    assert_int_equal(days + 62091, 146097); // 400 years of 365 days and 97 leap days
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_are_read),
        cmocka_unit_test(machine_form_is_read_back),
        cmocka_unit_test(first_and_last_days),
        cmocka_unit_test(a_day_lies_in_its_quarter),
        cmocka_unit_test(neighbours),
        cmocka_unit_test(order),
        cmocka_unit_test(holding),
        cmocka_unit_test(dates_are_read),
        cmocka_unit_test(days_of_400_years),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
