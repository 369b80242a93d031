// SPDX-License-Identifier: GPL-3.0-or-later
// Counts: totals of days, weighted rates, blanks, and figures that contradict each other.
#include "tests/help_activity.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define NEAR(a, b) assert_true(fabs((a) - (b)) <= 1e-12 * fabs(b))

static const char study[] =
    "etalon: 1\n"
    "id: calls\n"
    "title: Calls\n"
    "year: calendar\n"
    "total: {id: ALL, name: All}\n"
    "activity:\n"
    "  - id: calls\n"
    "    shape: counts\n"
    "    files: [calls.csv]\n"
    "    columns: {region: centre, time: day, offered: o, handled: h, abandoned: a, answer_s: s,\n"
    "              within_pct: w, visits: v}\n";

static void run_calls(struct trial *t, const char *text)
{
    const char *const files[] = {"calls.csv", text, NULL};
    trial_run(t, study, files, "all");
    assert_int_equal(t->status, OK);
}

// The third quarter is its two days: offered 300, within 90 + 100 = 190 calls; the mean of the two
// daily rates would be 70.
static const char two_days[] = "centre,day,o,h,a,s,w,v\n"
                               "N,2013-07-01,100,90,8,10,0.9,5\n"
                               "N,2013-07-02,200,150,40,40,0.5,7\n"
                               "N,2013-10-01,50,50,0,4,1,\n"
                               "S,2013-07-01,10,10,0,20,1,1\n";

static void rates_are_weighted_by_calls(void **state)
{
    (void)state;
    struct trial t;
    run_calls(&t, two_days);
    NEAR(trial_value(&t, "service_level", "N", "2013Q3"), 100 * 190 / 300.0);
    NEAR(trial_value(&t, "abandonment", "N", "2013Q3"), 16.0);
    // (90 · 10 + 150 · 40) / 240 = 6900 / 240
    NEAR(trial_value(&t, "answer_time", "N", "2013Q3"), 28.75);
    assert_true(trial_value(&t, "offered", "N", "2013Q3") == 300);
    assert_true(trial_value(&t, "unaccounted", "N", "2013Q3") == 12);
    NEAR(trial_value(&t, "unaccounted_share", "N", "2013Q3"), 4.0);
    assert_true(trial_value(&t, "visits", "N", "2013Q3") == 12);
    trial_free(&t);
}

static void years_and_the_total_are_sums_of_parts(void **state)
{
    (void)state;
    struct trial t;
    run_calls(&t, two_days);
    assert_true(trial_value(&t, "offered", "ALL", "2013Q3") == 310);
    assert_true(trial_value(&t, "offered", "ALL", "2013") == 360);
    assert_true(trial_value(&t, "offered", "N", "all") == 350);
    NEAR(trial_value(&t, "service_level", "ALL", "2013"), 100 * 250 / 360.0); // 190 + 10 + 50
    const struct estimate *e = trial_find(&t, "abandonment", "", "ALL", "2013", "", "");
    assert_true(e->numerator == 48 && e->denominator == 360 && isnan(e->se) && isnan(e->low));
    trial_free(&t);
}

static void blanks_leave_the_sums_that_need_them(void **state)
{
    (void)state;
    struct trial t;
    run_calls(&t, "centre,day,o,h,a,s,w,v\n"
                  "N,2013-07-01,100,90,8,10,0.9,1\n"
                  "N,2013-07-02,200,150,ND,40,0.5,1\n");
    const struct estimate *e = trial_find(&t, "abandonment", "", "N", "2013Q3", "", "");
    assert_true(e->numerator == 8 && e->denominator == 100); // the second day is out of both
    assert_int_equal(e->status, EST_CAUTION);                // half of the days did not report
    assert_string_equal(e->reason, "not_reported");
    assert_true(trial_value(&t, "offered", "N", "2013Q3") == 300);
    assert_int_equal(trial_find(&t, "offered", "", "N", "2013Q3", "", "")->status, EST_OK);
    trial_free(&t);
}

static void percents_are_recognised(void **state)
{
    (void)state;
    struct trial t;
    run_calls(&t, "centre,day,o,h,a,s,w,v\n"
                  "N,2013-07-01,100,90,8,10,90,1\n"
                  "N,2013-07-02,200,150,40,40,0.5,1\n"); // half a percent here
    NEAR(trial_value(&t, "service_level", "N", "2013Q3"), 100 * 91 / 300.0);
    trial_free(&t);
}

static void a_rate_above_100_is_kept_with_caution(void **state)
{
    (void)state;
    struct trial t;
    run_calls(&t, "centre,day,o,h,a,s,w,v\nN,2013-07-01,100,90,120,10,1,1\n");
    const struct estimate *e = trial_find(&t, "abandonment", "", "N", "2013Q3", "", "");
    assert_true(e->value == 120 && e->status == EST_CAUTION);
    assert_string_equal(e->reason, "excess");
    assert_true(trial_value(&t, "unaccounted", "N", "2013Q3") == -110);
    trial_free(&t);
}

static void a_negative_figure_is_out_of_range(void **state)
{
    (void)state;
    struct trial t;
    run_calls(&t, "centre,day,o,h,a,s,w,v\nN,2013-07-01,100,-90,5,10,1,1\n");
    assert_int_equal(trial_find(&t, "handled", "", "N", "2013Q3", "", "")->status, EST_NO_DATA);
    assert_true(trial_value(&t, "abandonment", "N", "2013Q3") == 5);
    uint64_t out_of_range = 0;
    for (size_t i = 0; i < t.ledger.columns.len; i++)
        out_of_range += t.ledger.columns.at[i].by[MISSING_OUT_OF_RANGE];
    assert_int_equal(out_of_range, 1);
    trial_free(&t);
}

static void nothing_offered_does_not_apply(void **state)
{
    (void)state;
    struct trial t;
    run_calls(&t, "centre,day,o,h,a,s,w,v\nN,2013-07-01,0,0,0,0,0,0\n");
    const struct estimate *e = trial_find(&t, "abandonment", "", "N", "2013Q3", "", "");
    assert_int_equal(e->status, EST_NOT_APPLICABLE);
    assert_true(isnan(e->value));
    assert_true(trial_value(&t, "offered", "N", "2013Q3") == 0); // a zero is a value
    trial_free(&t);
}

// The last seven days are 24 to 30 September; rows that come monthly say nothing.
static void a_quarter_that_stops_early_is_preliminary(void **state)
{
    (void)state;
    struct trial t;
    run_calls(&t, "centre,day,o,h,a,s,w,v\n"
                  "N,2013-09-22,1,1,0,1,1,1\nN,2013-09-23,1,1,0,1,1,1\n"
                  "S,2013-09-22,1,1,0,1,1,1\nS,2013-09-24,1,1,0,1,1,1\n"
                  "M,2013-07-01,1,1,0,1,1,1\nM,2013-08-01,1,1,0,1,1,1\n");
    assert_true(trial_find(&t, "offered", "", "N", "2013Q3", "", "")->preliminary);
    assert_false(trial_find(&t, "offered", "", "S", "2013Q3", "", "")->preliminary);
    assert_false(trial_find(&t, "offered", "", "M", "2013Q3", "", "")->preliminary);
    trial_free(&t);
}

static void a_column_that_is_not_there_gives_no_rows(void **state)
{
    (void)state;
    struct trial t;
    const char *const files[] = {"calls.csv", "time,offered\n2013-07-01,7\n", NULL};
    trial_run(&t,
              "etalon: 1\nid: x\ntitle: X\ntotal: {id: ALL, name: All}\nactivity:\n"
              "  - {id: calls, shape: counts, files: [calls.csv]}\n",
              files, "all");
    assert_int_equal(t.status, OK);
    assert_true(trial_value(&t, "offered", "ALL", "2013Q3") == 7);
    assert_null(trial_find(&t, "abandonment", "", "ALL", "2013Q3", "", ""));
    assert_null(trial_find(&t, "visits", "", "ALL", "2013Q3", "", ""));
    trial_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rates_are_weighted_by_calls),
        cmocka_unit_test(years_and_the_total_are_sums_of_parts),
        cmocka_unit_test(blanks_leave_the_sums_that_need_them),
        cmocka_unit_test(percents_are_recognised),
        cmocka_unit_test(a_rate_above_100_is_kept_with_caution),
        cmocka_unit_test(a_negative_figure_is_out_of_range),
        cmocka_unit_test(nothing_offered_does_not_apply),
        cmocka_unit_test(a_quarter_that_stops_early_is_preliminary),
        cmocka_unit_test(a_column_that_is_not_there_gives_no_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
