// SPDX-License-Identifier: GPL-3.0-or-later
// Spellings of numbers, flags, dates and missing codes.
#include "engine/ingest/field.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static enum missing number(const struct ask *ask, const struct dialect *dialect, const char *text,
                           double *value)
{
    struct arena a = {0};
    struct field f;
    struct decimal d;
    field_prepare(&f, ask, dialect, (struct sav_ranges){0}, &a);
    enum missing why = field_number(&f, str_of(text), &d);
    *value = decimal_real(d);
    arena_free(&a);
    return why;
}

static const struct ask plain_ask = {.role = "x", .kind = CELL_NUMBER};
static const struct dialect point = {0}, comma = {.decimal = ',', .group = " "};

// The accepted and refused spellings of the reference case "numbers.csv".
static void test_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value;
    } good[] = {{"3", 3},
                {"3.5", 3.5},
                {"+4", 4},
                {"-1", -1},
                {"4.0", 4},
                {"04", 4},
                {"1e1", 10},
                {"-99", -99},
                {"99", 99},
                {" 4\t", 4},
                {"4.", 4},
                {".5", .5},
                {"1e-400", 0},
                {"123456789012345678", 123456789012345678.0},
                {"12345678901234567890123", 12345678901234567890123.0}};
    static const char *const bad[] = {
        "3,5", "0x4",     "inf",     "NaN",  "nan(1)",       "1e400",        "4-", "4 %",
        "85%", "1 234,5", "1'234.5", "(4)",  "\xD9\xA4",     "\xEF\xBC\x94", "--", "1d3",
        "4;",  "$4",      "4,0,0",   "s.o.", "\xC2\xA0\x34", "1 2"};
    double value;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_int_equal(number(&plain_ask, &point, good[i].text, &value), VALID);
        assert_true(value == good[i].value);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(number(&plain_ask, &point, bad[i], &value), MISSING_BAD_TEXT);
    assert_int_equal(number(&plain_ask, &point, "", &value), MISSING_BLANK);
    assert_int_equal(number(&plain_ask, &point, "  ", &value), MISSING_BLANK);
}

static void test_decimal_comma(void **state)
{
    (void)state;
    double value;
    assert_int_equal(number(&plain_ask, &comma, "1 234,5", &value), VALID);
    assert_true(value == 1234.5);
    assert_int_equal(number(&plain_ask, &comma, "3.5", &value), MISSING_BAD_TEXT);
    assert_int_equal(number(&plain_ask, &comma, "1 23,5", &value), MISSING_BAD_TEXT);
}

// Declared codes come first, as text and as numbers; the item's own before the survey's.
static void test_missing_codes(void **state)
{
    (void)state;
    static const char *const eight[] = {"8"}, *const nine[] = {"9", "DK"},
                             *const also[] = {"8", "7"};
    struct missing_codes own = {0}, survey = {0};
    own.by[MISSING_DONT_KNOW] = (struct texts){eight, 1};
    own.by[MISSING_NOT_APPLICABLE] = (struct texts){nine, 2};
    survey.by[MISSING_REFUSED] = (struct texts){also, 2};
    struct ask ask = {.kind = CELL_NUMBER, .missing = &own, .more_missing = &survey};
    static const struct {
        const char *text;
        enum missing why;
    } rows[] = {{"8", MISSING_DONT_KNOW},
                {"8.0", MISSING_DONT_KNOW},
                {" 8 ", MISSING_DONT_KNOW},
                {"9", MISSING_NOT_APPLICABLE},
                {"DK", MISSING_NOT_APPLICABLE},
                {"dk", MISSING_BAD_TEXT},
                {"7", MISSING_REFUSED},
                {"07", MISSING_REFUSED},
                {"88", VALID},
                {"", MISSING_BLANK}};
    double value;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(number(&ask, &point, rows[i].text, &value), rows[i].why);
}

static void test_administrative(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum missing why;
    } rows[] = {{"0", VALID},
                {"", MISSING_BLANK},
                {"ND", MISSING_BLANK},
                {"n.d.", MISSING_BLANK},
                {"..", MISSING_BLANK},
                {"x", MISSING_BLANK},
                {"NA", MISSING_NOT_APPLICABLE},
                {"N/A", MISSING_NOT_APPLICABLE},
                {"S.O.", MISSING_NOT_APPLICABLE},
                {"s.o.", MISSING_NOT_APPLICABLE},
                {"...", MISSING_NOT_APPLICABLE},
                {"abc", MISSING_BAD_TEXT}};
    struct ask ask = {.kind = CELL_NUMBER, .administrative = true};
    double value;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(number(&ask, &point, rows[i].text, &value), rows[i].why);
}

static void test_flags(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum missing why;
        int value;
    } rows[] = {{"1", VALID, 1},           {"0", VALID, 0},
                {"Y", VALID, 1},           {"n", VALID, 0},
                {"Yes", VALID, 1},         {"NO", VALID, 0},
                {"oui", VALID, 1},         {"Non", VALID, 0},
                {"true", VALID, 1},        {"FALSE", VALID, 0},
                {" vrai ", VALID, 1},      {"faux", VALID, 0},
                {"", MISSING_BLANK, 0},    {"maybe", MISSING_BAD_TEXT, 0},
                {"3", MISSING_BAD_TEXT, 0}};
    struct arena a = {0};
    struct field f;
    field_prepare(&f, &plain_ask, &point, (struct sav_ranges){0}, &a);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint8_t flag = 9;
        assert_int_equal(field_flag(&f, str_of(rows[i].text), &flag), rows[i].why);
        assert_int_equal(flag, rows[i].value);
    }
    arena_free(&a);
}

// 2003-10-01 is day 12326: 33 years of 365 days, 8 leap days, 273 days of 2003.
static void test_dates(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum date_order order;
        enum missing why;
        int32_t day;
    } rows[] = {{"2003-10-01", DATE_YMD, VALID, 12326},
                {"2003-10-01T12:30:00", DATE_YMD, VALID, 12326},
                {"01/10/2003", DATE_DMY, VALID, 12326},
                {"10/01/2003", DATE_MDY, VALID, 12326},
                {"01/10/2003", DATE_YMD, MISSING_BAD_TEXT, INT32_MIN},
                {"2026-02-30", DATE_YMD, MISSING_BAD_TEXT, INT32_MIN},
                {"46112", DATE_YMD, MISSING_BAD_TEXT, INT32_MIN},
                {"2003", DATE_YMD, MISSING_BAD_TEXT, INT32_MIN},
                {"", DATE_YMD, MISSING_BLANK, INT32_MIN}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena a = {0};
        struct field f;
        int32_t day;
        field_prepare(&f, &plain_ask, &(struct dialect){.date = rows[i].order},
                      (struct sav_ranges){0}, &a);
        assert_int_equal(field_date(&f, str_of(rows[i].text), &day), rows[i].why);
        assert_int_equal(day, rows[i].day);
        arena_free(&a);
    }
}

// Codes are trimmed and composed; a code in a list of missing ones never reaches the dictionary.
static void test_codes(void **state)
{
    (void)state;
    static const char *const eight[] = {"8"};
    struct missing_codes missing = {0};
    missing.by[MISSING_DONT_KNOW] = (struct texts){eight, 1};
    struct ask ask = {.kind = CELL_CODE, .missing = &missing};
    struct arena a = {0};
    struct dict dict = {0};
    struct field f;
    uint32_t code;
    field_prepare(&f, &ask, &point, (struct sav_ranges){0}, &a);
    assert_int_equal(field_code(&f,
                                STR("Qu\xC3\xA9"
                                    "bec"),
                                &dict, &code),
                     VALID);
    assert_int_equal(code, 0);
    assert_int_equal(field_code(&f,
                                STR(" Que\xCC\x81"
                                    "bec "),
                                &dict, &code),
                     VALID);
    assert_int_equal(code, 0);
    assert_int_equal(field_code(&f, STR("x"), &dict, &code), VALID);
    assert_int_equal(code, 1);
    assert_int_equal(field_code(&f, STR("8.0"), &dict, &code), MISSING_DONT_KNOW);
    assert_int_equal(field_code(&f, STR(""), &dict, &code), MISSING_BLANK);
    assert_int_equal(dict.keys.len, 2);
    dict_free(&dict);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),       cmocka_unit_test(test_decimal_comma),
        cmocka_unit_test(test_missing_codes), cmocka_unit_test(test_administrative),
        cmocka_unit_test(test_flags),         cmocka_unit_test(test_dates),
        cmocka_unit_test(test_codes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
