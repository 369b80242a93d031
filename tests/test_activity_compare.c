// SPDX-License-Identifier: GPL-3.0-or-later
// Comparisons of contacts between regions and periods.
#include "tests/help_activity.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define NEAR(a, b, within) assert_true(fabs((a) - (b)) <= (within))

static const char head[] = "etalon: 1\nid: x\ntitle: X\ntotal: {id: ALL, name: All}\n"
                           "suppress: {min_n: 1, rule: none}\n";
static const char block[] = "activity:\n  - {id: c, shape: events, files: [c.csv]}\n";

static void run_text(struct trial *t, const char *more, const char *text, const char *period)
{
    char yaml[512];
    const char *const files[] = {"c.csv", text, NULL};
    snprintf(yaml, sizeof yaml, "%s%s%s", head, more, block);
    trial_run(t, yaml, files, period);
    assert_int_equal(t->status, OK);
}

static const struct comparison *find(const struct trial *t, const char *id, const char *kind,
                                     const char *a, const char *b)
{
    for (size_t i = 0; i < t->results.comparisons.len; i++) {
        const struct comparison *c = &t->results.comparisons.at[i];
        if (strcmp(c->indicator->label.id, id) == 0 && strcmp(c->kind, kind) == 0 &&
            strcmp(c->a, a) == 0 && strcmp(c->b, b) == 0 && !*c->by)
            return c;
    }
    return NULL;
}

static void add_contacts(struct buf *text, const char *region, const char *day, int yes, int of)
{
    for (int i = 0; i < of; i++)
        buf_print(text, "%s,%s,%s\n", region, day, i < yes ? "yes" : "no");
}

// Newcombe 1998, table II: 56 of 70 less 48 of 80, method 10: 0.0524 to 0.3339.
// se √(.8 · .2/70 + .6 · .4/80) = .0727029; z = 2.75092, two-sided p .005943.
static void shares_of_two_regions(void **state)
{
    (void)state;
    struct trial t;
    struct buf text = {0};
    buf_text(&text, "region,time,resolved\n");
    add_contacts(&text, "A", "2013-07-01", 56, 70);
    add_contacts(&text, "B", "2013-07-01", 48, 80);
    run_text(&t, "", text.ptr, "2013Q3");
    const struct comparison *c = find(&t, "activity.resolved", "region", "A", "B");
    assert_non_null(c);
    NEAR(c->difference, 20, 1e-12);
    NEAR(c->low, 5.24, 0.005);
    NEAR(c->high, 33.39, 0.005);
    NEAR(c->statistic, 2.75092, 1e-5);
    NEAR(c->p, 0.005943, 1e-6);
    assert_true(c->p_adjusted == c->p && c->significant && isnan(c->df));
    assert_int_equal(c->region, REGION_EMPTY);
    // the rest of A is B; two tests under Holm
    c = find(&t, "activity.resolved", "rest", "A", "rest");
    NEAR(c->difference, 20, 1e-12);
    NEAR(c->p_adjusted, 2 * 0.005943, 2e-6);
    assert_true(c->estimate_b == SIZE_MAX);
    // numbers of contacts are not compared between regions
    assert_null(find(&t, "activity.contacts", "region", "A", "B"));
    buf_free(&text);
    trial_free(&t);
}

// The same of two channels of region A; B has one channel only, and the total both.
static void rates_of_two_levels(void **state)
{
    (void)state;
    struct trial t;
    struct buf text = {0};
    buf_text(&text, "region,time,resolved,channel\n");
    for (int i = 0; i < 150; i++)
        buf_print(&text, "A,2013-07-01,%s,%s\n", i < 56 || (i >= 70 && i < 118) ? "yes" : "no",
                  i < 70 ? "phone" : "web");
    for (int i = 0; i < 20; i++)
        buf_print(&text, "B,2013-07-01,%s,web\n", i < 10 ? "yes" : "no");
    run_text(&t, "", text.ptr, "2013Q3");
    size_t found = 0;
    for (size_t i = 0; i < t.results.comparisons.len; i++) {
        const struct comparison *c = &t.results.comparisons.at[i];
        if (strcmp(c->kind, "level") != 0 || strcmp(c->indicator->label.id, "activity.resolved"))
            continue;
        found++;
        assert_string_equal(c->by, "channel");
        assert_string_equal(c->level, "");
        assert_string_equal(c->a, "phone");
        assert_string_equal(c->b, "web");
        if (c->region != 0) // 56 of 70 less 58 of 100
            NEAR(c->difference, 22, 1e-12);
        else
            NEAR(c->low, 5.24, 0.005);
    }
    assert_int_equal(found, 2); // of A and of the total
    buf_free(&text);
    trial_free(&t);
}

// Waits of A 1 2 3, of B 4 6: means 2 and 5, s² 1 and 2, se √(1/3 + 2/2).
static void means_and_the_rest(void **state)
{
    (void)state;
    struct trial t;
    run_text(&t, "",
             "region,time,wait\nA,2013-07-01,1\nA,2013-07-01,2\nA,2013-07-01,3\n"
             "B,2013-07-01,4\nB,2013-07-01,6\n",
             "2013Q3");
    const struct comparison *c = find(&t, "activity.wait_mean", "region", "A", "B");
    NEAR(c->difference, -3, 1e-12);
    NEAR(c->se, sqrt(4 / 3.0), 1e-12);
    NEAR(c->high, -3 + 1.959964 * sqrt(4 / 3.0), 1e-6);
    const struct comparison *rest = find(&t, "activity.wait_mean", "rest", "A", "rest");
    NEAR(rest->difference, c->difference, 1e-12);
    NEAR(rest->se, c->se, 1e-12);
    trial_free(&t);
}

// A client of both regions is one client of the total: the total less a region is no rest.
static void clients_have_no_rest(void **state)
{
    (void)state;
    struct trial t;
    run_text(&t, "",
             "region,time,client\nA,2013-07-01,a\nA,2013-07-01,a\nA,2013-07-01,b\n"
             "B,2013-07-01,a\nB,2013-07-01,c\nB,2013-07-01,c\n",
             "2013Q3");
    assert_non_null(find(&t, "activity.repeat_rate", "region", "A", "B"));
    assert_null(find(&t, "activity.repeat_rate", "rest", "A", "rest"));
    trial_free(&t);
}

static const char three_quarters[] = "region,time\nA,2013-01-01\nA,2013-04-01\nA,2013-04-02\n"
                                     "A,2013-04-02\nA,2012-04-02\n";

// 3 against 1: difference 2, se √(3 + 1).
static void periods_are_compared(void **state)
{
    (void)state;
    struct trial t;
    run_text(&t, "", three_quarters, "2013Q2");
    const struct comparison *c = find(&t, "activity.contacts", "previous", "2013Q2", "2013Q1");
    assert_non_null(c);
    assert_true(c->difference == 2 && c->se == 2 && c->region != REGION_EMPTY);
    assert_non_null(find(&t, "activity.contacts", "year_ago", "2013Q2", "2012Q2"));
    assert_null(find(&t, "activity.contacts", "previous", "2013Q1", "2012Q4")); // not reported
    trial_free(&t);
}

static void no_comparison_crosses_a_break(void **state)
{
    (void)state;
    struct trial t;
    run_text(&t,
             "breaks: [{indicator: activity.*, region: ALL, from: 2013Q1, "
             "reason: {en: moved, fr: changement}}]\n",
             three_quarters, "2013Q2");
    assert_non_null(find(&t, "activity.contacts", "previous", "2013Q2", "2013Q1"));
    assert_null(find(&t, "activity.contacts", "year_ago", "2013Q2", "2012Q2"));
    trial_free(&t);
}

static void a_series_of_eight_quarters_has_limits(void **state)
{
    (void)state;
    struct trial t;
    struct buf text = {0};
    buf_text(&text, "region,time,resolved\n");
    const char *const days[] = {"2012-01-01", "2012-04-01", "2012-07-01", "2012-10-01",
                                "2013-01-01", "2013-04-01", "2013-07-01", "2013-10-01"};
    for (int i = 0; i < 8; i++)
        add_contacts(&text, "A", days[i], 4 + i % 3, 10);
    run_text(&t, "", text.ptr, "2013Q4");
    size_t centres = 0, reported = 0;
    for (size_t i = 0; i < t.results.tests.len; i++) {
        const struct test *x = &t.results.tests.at[i];
        bool centre = strcmp(x->test, "control_centre") == 0 &&
                      strcmp(x->item, "activity.resolved") == 0 && x->region == 0;
        centres += centre;
        reported += centre && x->reported;
        // 39 yes of 80: 4 5 6 4 5 6 4 5
        if (centre)
            NEAR(x->statistic, 100 * 39 / 80.0, 1e-9);
    }
    assert_int_equal(centres, 8);
    assert_int_equal(reported, 1);
    trial_free(&t);
    run_text(&t, "", "region,time,resolved\nA,2013-01-01,yes\n", "2013Q1");
    assert_int_equal(t.results.tests.len, 0);
    trial_free(&t);
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_of_two_regions),
        cmocka_unit_test(rates_of_two_levels),
        cmocka_unit_test(means_and_the_rest),
        cmocka_unit_test(clients_have_no_rest),
        cmocka_unit_test(periods_are_compared),
        cmocka_unit_test(no_comparison_crosses_a_break),
        cmocka_unit_test(a_series_of_eight_quarters_has_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
