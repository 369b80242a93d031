// SPDX-License-Identifier: GPL-3.0-or-later
// Contacts: columns that few studies have, periods that are not over, and limits.
#include "metrics/activity.h"
#include "tests/help_activity.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define SAME(a, b) assert_true(fabs((a) - (b)) <= 1e-12 * fabs(b))

static void run_text(struct trial *t, const char *block, const char *text, const char *period)
{
    char yaml[512];
    const char *const files[] = {"c.csv", text, NULL};
    snprintf(yaml, sizeof yaml,
             "etalon: 1\nid: x\ntitle: X\ntotal: {id: ALL, name: All}\nactivity:\n"
             "  - {id: c, shape: events, files: [c.csv]%s}\n",
             block);
    trial_run(t, yaml, files, period);
    assert_int_equal(t->status, OK);
}

static void a_follow_up_counts_where_it_is_due(void **state)
{
    (void)state;
    struct trial t;
    run_text(&t, "",
             "time,follow_due,follow_done\n"
             "2013-09-20,2013-10-05,2013-10-05\n" // due in Q4, in time
             "2013-09-21,2013-10-06,2013-10-07\n" // a day late
             "2013-09-22,,2013-09-23\n"           // no due date: out
             "2013-10-01,2013-10-20,\n",          // not done
             "all");
    const struct estimate *e = trial_find(&t, "follow_up", "", "ALL", "2013Q4", "", "");
    assert_true(e->numerator == 1 && e->denominator == 3);
    assert_int_equal(trial_find(&t, "follow_up", "", "ALL", "2013Q3", "", "")->status, EST_NO_DATA);
    assert_true(trial_value(&t, "contacts", "ALL", "2013Q3") == 3);
    trial_free(&t);
}

static void a_quarter_that_stops_early_is_preliminary(void **state)
{
    (void)state;
    struct trial t;
    run_text(&t, "", "region,time\nA,2013-09-23\nB,2013-09-24\nC,2013Q3\n", "2013Q3");
    assert_true(trial_find(&t, "contacts", "", "A", "2013Q3", "", "")->preliminary);
    assert_false(trial_find(&t, "contacts", "", "B", "2013Q3", "", "")->preliminary);
    assert_false(trial_find(&t, "contacts", "", "C", "2013Q3", "", "")->preliminary); // no days
    trial_free(&t);
}

static void consent_is_that_of_the_last_contact(void **state)
{
    (void)state;
    struct trial t;
    run_text(&t, "",
             "time,client,consent\n"
             "2013-07-05,a,no\n"
             "2013-07-01,a,yes\n"
             "2013-07-09,a,\n" // says nothing: the answer of 07-05 stands
             "2013-07-01,b,no\n"
             "2013-07-01,b,yes\n" // the same day: the later row
             "2013-07-01,c,\n",
             "all");
    const struct estimate *e = trial_find(&t, "consent", "", "ALL", "2013Q3", "", "");
    assert_true(e->numerator == 1 && e->denominator == 2);
    trial_free(&t);
}

static void cases_make_episodes(void **state)
{
    (void)state;
    struct trial t;
    run_text(&t, ", episode_days: 14",
             "time,case,resolved\n"
             "2013-07-01,k1,no\n"
             "2013-12-01,k1,yes\n" // five months later, the same case
             "2013-07-02,k2,yes\n"
             "2013-07-02,,yes\n", // nobody's: no episode
             "all");
    const struct estimate *e = trial_find(&t, "resolved_first", "", "ALL", "2013Q3", "", "");
    assert_true(e->numerator == 1 && e->denominator == 2);
    assert_true(trial_value(&t, "contacts_to_resolution", "ALL", "2013Q3") == 1.5);
    trial_free(&t);
}

static void twelve_months_need_their_data(void **state)
{
    (void)state;
    struct trial t;
    run_text(&t, "",
             "time,client\n2013-01-10,a\n2013-12-10,a\n2013-11-10,b\n2014-02-01,b\n2014-02-02,c\n",
             "all");
    // 2013Q4 looks at 2013Q1 to Q4: a twice, b once
    assert_true(trial_value(&t, "repeat_rate_12m", "ALL", "2013Q4") == 50);
    // 2014Q1 at 2013Q2 to 2014Q1: a once, b twice, c once
    SAME(trial_value(&t, "repeat_rate_12m", "ALL", "2014Q1"), 100 / 3.0);
    assert_int_equal(trial_find(&t, "repeat_rate_12m", "", "ALL", "2013Q1", "", "")->status,
                     EST_NOT_APPLICABLE);
    trial_free(&t);
}

static void partners_are_of_referred_contacts(void **state)
{
    (void)state;
    struct trial t;
    run_text(&t, "",
             "time,partner,referred\n2013-07-01,bank,yes\n2013-07-01,bank,no\n"
             "2013-07-01,tax,yes\n2013-07-01,tax,yes\n",
             "all");
    const struct estimate *e = trial_find(&t, "share", "", "ALL", "2013Q3", "partner", "bank");
    assert_true(e->numerator == 1 && e->denominator == 3);
    trial_free(&t);
}

static void no_online_channel_is_not_zero(void **state)
{
    (void)state;
    struct trial t;
    run_text(&t, "", "time,channel\n2013-07-01,phone\n", "all");
    assert_int_equal(trial_find(&t, "online_share", "", "ALL", "2013Q3", "", "")->status,
                     EST_NOT_APPLICABLE);
    trial_free(&t);
    run_text(&t, ", online: [web]", "time,channel\n2013-07-01,phone\n", "all");
    assert_true(trial_value(&t, "online_share", "ALL", "2013Q3") == 0);
    trial_free(&t);
}

static void too_many_breakdowns_are_refused(void **state)
{
    (void)state;
    struct trial t;
    struct buf yaml = {0};
    const char *const files[] = {"c.csv", "time\n2013-07-01\n", NULL};
    buf_text(&yaml, "etalon: 1\nid: x\ntitle: X\ntotal: {id: ALL, name: All}\nactivity:\n"
                    "  - {id: c, shape: events, files: [c.csv], columns: {time: time}, "
                    "breakdowns: [b0");
    for (int i = 1; i <= CUBE_DIMS; i++)
        buf_print(&yaml, ", b%d", i);
    buf_text(&yaml, "]}\n");
    trial_run(&t, yaml.ptr, files, "all");
    assert_int_equal(t.status, FAIL_DATA);
    assert_int_equal(t.diags.counts[E0422], 1);
    trial_free(&t);
    buf_free(&yaml);
}

static void the_note_on_clients_is_given_once(void **state)
{
    (void)state;
    struct trial t;
    run_text(&t, "", "time,client\n2013-07-01,a\n2013-07-01,b\n", "all");
    assert_int_equal(t.diags.counts[E0421], 1);
    trial_free(&t);
    run_text(&t, "", "time,client\n2013-07-01,a\n2013-07-01,\n", "all"); // half are known
    assert_int_equal(t.diags.counts[E0421], 0);
    trial_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_follow_up_counts_where_it_is_due),
        cmocka_unit_test(a_quarter_that_stops_early_is_preliminary),
        cmocka_unit_test(consent_is_that_of_the_last_contact),
        cmocka_unit_test(cases_make_episodes),
        cmocka_unit_test(twelve_months_need_their_data),
        cmocka_unit_test(partners_are_of_referred_contacts),
        cmocka_unit_test(no_online_channel_is_not_zero),
        cmocka_unit_test(too_many_breakdowns_are_refused),
        cmocka_unit_test(the_note_on_clients_is_given_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
