// SPDX-License-Identifier: GPL-3.0-or-later
// Regions by id, name and alias; near misses; final order of regions and periods.
#include "engine/study/places.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const char *const aliases[] = {"Man.", "C/M BSC"};
static struct region declared[] = {
    {.id = "MB", .name = {{"Manitoba", "Manitoba"}}, .aliases = {aliases, 2}},
    {.id = "BC", .name = {{"British Columbia", "Colombie-Britannique"}}},
    {.id = "QC",
     .name = {{"Quebec", "Qu\xC3\xA9"
                         "bec"}}},
};
static const struct study with_regions = {
    .has_regions = true,
    .regions = declared,
    .region_count = 3,
    .total = {.id = "ALL", .name = {{"Canada", "Canada"}}},
};
static const struct study without_regions = {.total = {.id = "ALL", .name = {{"All", "Tous"}}}};

static void test_declared(void **state)
{
    (void)state;
    static const struct {
        const char *key;
        bool known;
        uint16_t region;
        const char *near;
    } rows[] = {{"MB", true, 0, NULL},
                {"Manitoba", true, 0, NULL},
                {"C/M BSC", true, 0, NULL},
                {" BC\xC2\xA0", true, 1, NULL},
                {"Colombie-Britannique", true, 1, NULL},
                {"Que\xCC\x81"
                 "bec",
                 true, 2, NULL}, // decomposed
                {"Canada", true, REGION_TOTAL, NULL},
                {"mb", false, 0, "MB"},
                {"colombie-britannique", false, 0, "Colombie-Britannique"},
                {"QUEBEC", false, 0, "Quebec"},
                {"Ontario", false, 0, NULL},
                {"", false, 0, NULL}};
    struct places p;
    places_start(&p, &with_regions);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint16_t region = 77;
        const char *near;
        assert_int_equal(places_region(&p, str_of(rows[i].key), &region, &near), rows[i].known);
        if (rows[i].known)
            assert_int_equal(region, rows[i].region);
        if (rows[i].near)
            assert_string_equal(near, rows[i].near);
        else
            assert_null(near);
    }
    struct diags d = {0};
    assert_int_equal(places_finish(&p, &d), OK);
    assert_int_equal(p.region_count, 3);
    assert_int_equal(p.region_rank[2], 2);
    assert_string_equal(places_region_name(&p, 1, LANG_FR), "Colombie-Britannique");
    assert_string_equal(places_region_id(&p, REGION_TOTAL), "ALL");
    diags_free(&d);
    places_free(&p);
}

static uint16_t arrive(struct places *p, const char *key)
{
    uint16_t region = 0;
    const char *near;
    assert_true(places_region(p, str_of(key), &region, &near));
    return region;
}

static void test_found(void **state)
{
    (void)state;
    struct places p;
    struct diags d = {0};
    places_start(&p, &without_regions);
    uint16_t yukon = arrive(&p, "Yukon"), isle = arrive(&p, "\xC3\x8Ele"),
             ontario = arrive(&p, "Ontario");
    assert_int_equal(arrive(&p, " Yukon"), yukon);
    assert_int_equal(places_finish(&p, &d), OK);
    assert_int_equal(p.region_count, 3);
    // Île before Ontario before Yukon, whatever the order of arrival
    assert_int_equal(p.region_rank[isle], 0);
    assert_int_equal(p.region_rank[ontario], 1);
    assert_int_equal(p.region_rank[yukon], 2);
    assert_string_equal(places_region_id(&p, 2), "Yukon");
    diags_free(&d);
    places_free(&p);
}

static void test_numbers_in_order(void **state)
{
    (void)state;
    struct places p;
    struct diags d = {0};
    places_start(&p, &without_regions);
    arrive(&p, "10");
    arrive(&p, "9");
    assert_int_equal(places_finish(&p, &d), OK);
    assert_string_equal(places_region_id(&p, 0), "9");
    diags_free(&d);
    places_free(&p);
}

static void test_two_spellings(void **state)
{
    (void)state;
    struct places p;
    struct diags d = {0};
    places_start(&p, &without_regions);
    arrive(&p, "Ontario");
    arrive(&p, "ONTARIO");
    assert_int_equal(places_finish(&p, &d), FAIL_DATA);
    assert_int_equal(d.counts[E0320], 1);
    assert_non_null(strstr(d.list.at[0].text, "Ontario"));
    assert_non_null(strstr(d.list.at[0].text, "ONTARIO"));
    diags_free(&d);
    places_free(&p);
}

static struct period period(const char *text)
{
    struct period p;
    assert_true(period_read(str_of(text), &p));
    return p;
}

static void test_periods(void **state)
{
    (void)state;
    struct places p;
    struct diags d = {0};
    places_start(&p, &without_regions);
    uint16_t late = places_period(&p, period("2003Q4"));
    uint16_t early = places_period(&p, period("2003Q1"));
    assert_int_equal(places_period(&p, period("2003 Q4")), late);
    assert_int_equal(p.periods.len, 2);
    assert_int_equal(places_finish(&p, &d), OK);
    assert_int_equal(p.period_rank[early], 0);
    assert_int_equal(p.period_rank[late], 1);
    assert_true(period_same(p.periods.at[1], period("2003Q4")));
    diags_free(&d);
    places_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_declared),         cmocka_unit_test(test_found),
        cmocka_unit_test(test_numbers_in_order), cmocka_unit_test(test_two_spellings),
        cmocka_unit_test(test_periods),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
