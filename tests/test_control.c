// SPDX-License-Identifier: GPL-3.0-or-later
// Control charts by week and by day, days covered, client profiles: what activity says about its
// own record.
#include "tests/help_activity.h"

#include "engine/base/cal.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define NEAR(a, b) assert_true(fabs((a) - (b)) <= 1e-12 * (b))

#define HEAD "etalon: 1\nid: s\ntitle: S\nyear: calendar\ntotal: {id: ALL, name: All}\n"

static void put_day(struct buf *b, const char *region, int32_t day, const char *rest)
{
    int year, month, of_month;
    cal_date(day, &year, &month, &of_month);
    buf_print(b, "%s,%04d-%02d-%02d%s\n", region, year, month, of_month, rest);
}

static void run_text(struct trial *t, const char *study, struct buf *b, const char *period)
{
    const char *const files[] = {"a.csv", b->ptr, NULL};
    trial_run(t, study, files, period);
    assert_int_equal(t->status, OK);
    buf_free(b);
}

// The statistic of a row of the tests; NaN: no such row.
static double statistic(const struct trial *t, const char *test, const char *item,
                        const char *region, const char *by, const char *point)
{
    for (size_t i = 0; i < t->results.tests.len; i++) {
        const struct test *x = &t->results.tests.at[i];
        if (strcmp(x->test, test) == 0 && strcmp(x->item, item) == 0 && x->point &&
            strcmp(x->by, by) == 0 && strcmp(x->point, point) == 0 &&
            strcmp(places_region_id(&t->places, x->region), region) == 0)
            return x->statistic;
    }
    return NAN;
}

static size_t points(const struct trial *t, const char *by)
{
    size_t count = 0;
    for (size_t i = 0; i < t->results.tests.len; i++)
        count += t->results.tests.at[i].point && strcmp(t->results.tests.at[i].by, by) == 0;
    return count;
}

static const char weekly[] = HEAD "suppress: {min_n: 10}\n"
                                  "activity:\n"
                                  "  - id: c\n"
                                  "    shape: events\n"
                                  "    files: [a.csv]\n"
                                  "    columns: {region: r, time: d}\n"
                                  "    control: week\n";

// Nine weeks from Monday 1 July 2013, each with contacts on two days: 20, 22, 20, 22 … and at last
// 60. Base: the first eight, 168 in 16 days, 10.5 a day; every step between weeks is one contact a
// day, so the limits are 10.5 ± 3/1.128 a day, 21 ± 6/1.128 a week. The tenth week has one day
// only, the last of the data, and is left out.
static void put_weeks(struct buf *b, int first)
{
    int32_t monday = cal_days(2013, 7, 1);
    for (int week = 0; week < 10; week++) {
        int contacts = week == 0 ? first : week == 8 ? 60 : week == 9 ? 30 : week % 2 ? 22 : 20;
        for (int i = 0; i < contacts; i++)
            put_day(b, "N", monday + 7 * week + (week < 9 ? i % 2 : 0), "");
    }
}

static void weeks_of_contacts(void **state)
{
    (void)state;
    struct trial t;
    struct buf b = {0};
    buf_text(&b, "r,d\n");
    put_weeks(&b, 20);
    run_text(&t, weekly, &b, "2013Q3");
    static const char item[] = "activity.contacts";
    assert_int_equal(points(&t, "week"), 2 * 9 * 5); // region and total, five rows a point
    assert_true(statistic(&t, "control_value", item, "N", "week", "2013-07-08") == 22);
    NEAR(statistic(&t, "control_centre", item, "N", "week", "2013-07-08"), 21);
    NEAR(statistic(&t, "control_low", item, "N", "week", "2013-07-01"), 21 - 6 / 1.128);
    NEAR(statistic(&t, "control_high", item, "ALL", "week", "2013-07-01"), 21 + 6 / 1.128);
    assert_true(statistic(&t, "control_signal", item, "N", "week", "2013-08-19") == 0);
    assert_true(statistic(&t, "control_signal", item, "N", "week", "2013-08-26") == 1);
    assert_true(isnan(statistic(&t, "control_value", item, "N", "week", "2013-09-02")));
    trial_free(&t);
}

static bool was_said(const struct trial *t, enum code code)
{
    for (size_t i = 0; i < t->diags.list.len; i++)
        if (t->diags.list.at[i].code == code)
            return true;
    return false;
}

// One week of 8 contacts where 10 are the least that is shown: it could be worked out from the
// others.
static void a_small_week_hides_them_all(void **state)
{
    (void)state;
    struct trial t;
    struct buf b = {0};
    buf_text(&b, "r,d\n");
    put_weeks(&b, 8);
    run_text(&t, weekly, &b, "2013Q3");
    assert_int_equal(points(&t, "week"), 0);
    assert_true(was_said(&t, E0424));
    trial_free(&t);
}

static const char daily[] = HEAD "activity:\n"
                                 "  - id: calls\n"
                                 "    shape: counts\n"
                                 "    files: [a.csv]\n"
                                 "    columns: {region: r, time: d, offered: o, abandoned: a}\n"
                                 "    control: day\n";

// Nine days of 100 calls; abandoned 8, 12, 8, 12 … and at last 40. Base: eight days, 80 of 800.
// Steps of 4 points: limits 10 ± 3 · 4/1.128 = 10 ± 10.638…, the lower one cut at 0.
static void days_of_calls(void **state)
{
    (void)state;
    struct trial t;
    struct buf b = {0};
    buf_text(&b, "r,d,o,a\n");
    for (int i = 0; i < 9; i++)
        put_day(&b, "N", cal_days(2013, 7, 1) + i,
                i == 8  ? ",100,40"
                : i % 2 ? ",100,12"
                        : ",100,8");
    run_text(&t, daily, &b, "2013Q3");
    static const char item[] = "activity.abandonment";
    assert_true(statistic(&t, "control_value", item, "N", "day", "2013-07-02") == 12);
    NEAR(statistic(&t, "control_centre", item, "N", "day", "2013-07-02"), 10);
    assert_true(statistic(&t, "control_low", item, "N", "day", "2013-07-02") == 0);
    NEAR(statistic(&t, "control_high", item, "N", "day", "2013-07-02"), 10 + 12 / 1.128);
    assert_true(statistic(&t, "control_signal", item, "ALL", "day", "2013-07-09") == 1);
    // numbers of calls do not vary: equal limits, no signal
    assert_true(statistic(&t, "control_low", "activity.offered", "N", "day", "2013-07-01") == 100);
    assert_true(statistic(&t, "control_signal", "activity.offered", "N", "day", "2013-07-09") == 0);
    trial_free(&t);
}

static const struct estimate *quality(const struct trial *t, const char *id, const char *item,
                                      const char *region, const char *period)
{
    struct period p;
    uint16_t number = REGION_TOTAL;
    for (uint16_t i = 0; i < t->places.region_count; i++)
        if (strcmp(places_region_id(&t->places, i), region) == 0)
            number = i;
    assert_true(period_read(str_of(period), &p));
    return results_find(&t->results, id, item, number, p, "", "");
}

// As in the daily figures of the Vancouver call centre, 2012-13: one day of the year is missing.
static void days_covered(void **state)
{
    (void)state;
    struct trial t;
    struct buf b = {0};
    int32_t first = cal_days(2013, 1, 1);
    buf_text(&b, "r,d,o,a\n");
    for (int i = 0; i < 365; i++)
        if (i != 200)
            put_day(&b, "N", first + i, ",1,0");
    for (int i = 0; i < 90; i++) // the first quarter only, every other day of its last third
        if (i < 60 || i % 2)
            put_day(&b, "S", first + i, ",1,0");
    run_text(&t, daily, &b, "all");
    const struct estimate *e = quality(&t, "quality.coverage", "calls", "N", "2013");
    assert_true(e && e->numerator == 364 && e->denominator == 365);
    NEAR(e->value, 100 * 364 / 365.0);
    assert_true(quality(&t, "quality.coverage", "calls", "ALL", "2013")->numerator == 364);
    assert_true(quality(&t, "quality.coverage", "calls", "S", "2013Q1")->numerator == 75);
    assert_true(quality(&t, "quality.coverage", "calls", "S", "2013Q2")->value == 0);
    trial_free(&t);
}

static void weeks_are_not_days(void **state)
{
    (void)state;
    struct trial t;
    struct buf b = {0};
    buf_text(&b, "r,d,o,a\n");
    for (int i = 0; i < 20; i++)
        put_day(&b, "N", cal_days(2013, 1, 7) + 7 * i, ",70,7");
    run_text(&t, daily, &b, "all");
    assert_null(quality(&t, "quality.coverage", "calls", "N", "2013"));
    trial_free(&t);
}

static const char profile[] = HEAD "activity:\n"
                                   "  - id: c\n"
                                   "    shape: events\n"
                                   "    files: [a.csv]\n"
                                   "    columns: {region: r, time: d, client: c}\n"
                                   "    profile: [sector, size]\n";

// Last contacts: of A on 3 July in S (size only), of B in N (both): 3 of 4. In N: of A on 1 July
// (sector only), of B: 3 of 4 as well; in S only A: 1 of 2. Somebody unknown does not count.
static void profiles_at_the_last_contact(void **state)
{
    (void)state;
    struct trial t;
    struct buf b = {0};
    buf_text(&b, "r,d,c,sector,size\n"
                 "S,2013-07-03,A,,5\n"
                 "N,2013-07-01,A,food,\n"
                 "N,2013-07-02,B,wood,12\n"
                 "N,2013-07-02,,,\n");
    run_text(&t, profile, &b, "all");
    const struct estimate *e = quality(&t, "quality.profile", "", "ALL", "2013Q3");
    assert_true(e && e->value == 75 && e->denominator == 4 && e->n == 2);
    e = quality(&t, "quality.profile", "", "N", "2013Q3");
    assert_true(e->numerator == 3 && e->denominator == 4);
    assert_true(quality(&t, "quality.profile", "", "S", "2013Q3")->value == 50);
    trial_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weeks_of_contacts),  cmocka_unit_test(a_small_week_hides_them_all),
        cmocka_unit_test(days_of_calls),      cmocka_unit_test(days_covered),
        cmocka_unit_test(weeks_are_not_days), cmocka_unit_test(profiles_at_the_last_contact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
