// SPDX-License-Identifier: GPL-3.0-or-later
// Contacts: every indicator on ten rows, by hand; distinct clients of unions; order and merging.
#include "metrics/activity.h"
#include "tests/help_activity.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define NEAR(a, b, within) assert_true(fabs((a) - (b)) <= (within))
#define SAME(a, b) NEAR(a, b, 1e-12 * fabs(b))

static const char study[] = "etalon: 1\n"
                            "id: contacts\n"
                            "title: Contacts\n"
                            "total: {id: ALL, name: All}\n"
                            "baseline: 2013Q3\n"
                            "activity:\n"
                            "  - id: contacts\n"
                            "    shape: events\n"
                            "    files: [contacts.csv]\n"
                            "    segments: {start: [start], existing: [existing]}\n"
                            "    standards:\n"
                            "      - {id: phone_50s, channel: phone, within: 50, target: 75}\n"
                            "      - {id: web_1s, channel: web, within: 1}\n";

#define HEADER \
    "region,time,channel,client,segment,service,core,wait,handle,resolved,referred,fee,cost\n"
// Region N, third quarter: six contacts. Client c1 comes three times, the third 27 days after the
// second; c2 once here and once in S a day later; two contacts are of nobody.
static const char *const rows[] = {
    "N,2013-07-01,phone,c1,start,reg,yes,10,100,no,no,0,5\n",
    "N,2013-07-05,phone,c1,start,law,yes,30,200,yes,no,0,5\n",
    "N,2013-07-02,web,c2,existing,reg,no,,,yes,yes,20,10\n",
    "N,2013-08-01,phone,c1,start,reg,no,50,300,no,no,5.50,4\n",
    "N,2013-08-02,phone,,existing,,yes,-3,,,no,,\n",
    "N,2013-09-01,phone,0,,tax,,120,60,yes,,,\n",
    "S,2013-07-03,phone,c2,existing,reg,yes,121,50,yes,no,1,2\n",
    "N,2013-10-02,web,c1,start,reg,yes,5,10,yes,no,0,1\n",
    "N,2013-10-03,phone,c3,existing,law,no,7,20,no,no,0,1\n",
};
enum { ROWS = sizeof rows / sizeof *rows };

static void run_rows(struct trial *t, bool backwards)
{
    struct buf text = {0};
    buf_text(&text, HEADER);
    for (size_t i = 0; i < ROWS; i++)
        buf_text(&text, rows[backwards ? ROWS - 1 - i : i]);
    const char *const files[] = {"contacts.csv", text.ptr, NULL};
    trial_run(t, study, files, "all");
    assert_int_equal(t->status, OK);
    buf_free(&text);
}

// ---- values by hand

static void every_value_by_hand(void **state)
{
    (void)state;
    const struct {
        const char *id, *region, *period, *by, *level;
        double value;
    } cases[] = {
        {"contacts", "N", "2013Q3", "", "", 6},
        {"contacts", "ALL", "2013Q3", "", "", 7},
        {"contacts", "ALL", "2013", "", "", 9},
        {"contacts", "N", "2013Q3", "channel", "phone", 5},
        {"contacts", "S", "2013Q3", "channel", "web", 0},
        {"contacts", "N", "2013Q3", "segment", "unknown", 1},
        {"share", "N", "2013Q3", "segment", "start", 60}, // 3 of the 5 known
        {"share", "N", "2013Q3", "channel", "web", 100 / 6.0},
        {"share", "S", "2013Q3", "channel", "web", 0},
        {"clients", "N", "2013Q3", "", "", 2},
        {"clients", "S", "2013Q3", "", "", 1},
        {"clients", "ALL", "2013Q3", "", "", 2}, // c2 came in both regions
        {"clients", "ALL", "2013", "", "", 3},   // c1 came in both quarters
        {"clients", "N", "2013Q3", "channel", "phone", 1},
        {"identified", "N", "2013Q3", "", "", 400 / 6.0},
        {"repeat_rate", "N", "2013Q3", "", "", 50},
        {"repeat_rate", "ALL", "2013Q3", "", "", 100},
        {"contacts_per_client", "N", "2013Q3", "", "", 2},
        {"contacts_per_client", "ALL", "2013Q3", "", "", 2.5},
        {"retention", "N", "2013Q4", "", "", 50},   // of c1 and c2, c1
        {"wait_mean", "N", "2013Q3", "", "", 52.5}, // 10 30 50 120; -3 is out of range
        {"wait_median", "N", "2013Q3", "", "", 40},
        {"wait_p90", "N", "2013Q3", "", "", 99}, // h = 2.7: 50 + 0.7 · 70
        {"handle_mean", "N", "2013Q3", "", "", 165},
        {"resolved", "N", "2013Q3", "", "", 60},
        {"referred", "N", "2013Q3", "", "", 20},
        {"core_share", "N", "2013Q3", "", "", 60},
        {"core_drift", "N", "2013Q4", "", "", -10}, // 1 of 2 less 3 of 5
        {"core_fee_contacts", "N", "2013Q3", "", "", 0},
        {"core_fee_contacts", "ALL", "2013Q3", "", "", 1},
        {"fees", "N", "2013Q3", "", "", 25.5},
        {"fee_share", "N", "2013Q3", "", "", 50},
        {"cost_recovery", "N", "2013Q3", "", "", 100 * 25.5 / 14}, // (20 + 5.50) / (10 + 4)
        {"cost_per_contact", "N", "2013Q3", "", "", 6},
        {"balance", "N", "2013Q3", "", "", 80}, // start 3, existing 2
        // shares .6 .2 .2 of the three services used: (.306495 + 2 · .321888) / 1.098612
        {"diversity", "N", "2013Q3", "", "", 86.49735207179269},
        {"segment_shift", "N", "2013Q4", "", "", 10},    // .5 .5 from .6 .4
        {"channel_switch", "ALL", "2013Q3", "", "", 50}, // c1 phone only, c2 both
        {"online_share", "N", "2013Q3", "", "", 100 / 6.0},
        // episodes begun in N: c1 on 07-01 and 07-05, c1 on 08-01, c2 on 07-02 (and in S on 07-03)
        {"resolved_first", "N", "2013Q3", "", "", 100 / 3.0},
        {"contacts_to_resolution", "N", "2013Q3", "", "", 1.5}, // 2 and 1
        {"bundle_rate", "N", "2013Q3", "", "", 100 / 3.0},
    };
    struct trial t;
    run_rows(&t, false);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct estimate *e = trial_find(&t, cases[i].id, "", cases[i].region, cases[i].period,
                                              cases[i].by, cases[i].level);
        if (!e || !(fabs(e->value - cases[i].value) <= 1e-12 * fabs(cases[i].value)))
            fail_msg("%s %s %s %s %s: %.17g, not %.17g", cases[i].id, cases[i].region,
                     cases[i].period, cases[i].by, cases[i].level, e ? e->value : NAN,
                     cases[i].value);
    }
    trial_free(&t);
}

static void what_does_not_apply_says_why(void **state)
{
    (void)state;
    const struct {
        const char *id, *region, *period;
        enum estimate_status status;
        const char *reason;
    } cases[] = {
        {"retention", "N", "2013Q3", EST_NOT_APPLICABLE, "no_period_before"},
        {"repeat_rate_12m", "N", "2013Q4", EST_NOT_APPLICABLE, "short_history"},
        {"core_drift", "N", "2013", EST_NOT_APPLICABLE, "no_baseline"},
        {"resolved_first", "S", "2013Q3", EST_NO_DATA, ""},
        {"contacts", "S", "2013Q4", EST_NO_DATA, ""}, // no rows: not known, not 0
    };
    struct trial t;
    run_rows(&t, false);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct estimate *e =
            trial_find(&t, cases[i].id, "", cases[i].region, cases[i].period, "", "");
        assert_non_null(e);
        assert_int_equal(e->status, cases[i].status);
        assert_string_equal(e->reason, cases[i].reason);
        assert_true(isnan(e->value));
    }
    assert_null(trial_find(&t, "consent", "", "N", "2013Q3", "", "")); // no such column
    assert_null(trial_find(&t, "follow_up", "", "N", "2013Q3", "", ""));
    assert_null(trial_find(&t, "clients", "", "N", "2013Q3", "segment", "unknown"));
    trial_free(&t);
}

static void standards_of_waits(void **state)
{
    (void)state;
    struct trial t;
    run_rows(&t, false);
    const struct estimate *e =
        trial_find(&t, "within_standard", "phone_50s", "N", "2013Q3", "", "");
    assert_true(e->value == 75 && e->numerator == 3 && e->denominator == 4); // 50 is within 50
    e = trial_find(&t, "standard_met", "phone_50s", "N", "2013Q3", "", "");
    assert_true(e->value == 100); // 75.00 reaches 75
    e = trial_find(&t, "standard_met", "phone_50s", "ALL", "2013Q3", "", "");
    assert_true(e->value == 0); // 3 of 5
    e = trial_find(&t, "within_standard", "phone_50s", "N", "2013Q3", "channel", "web");
    assert_int_equal(e->status, EST_NOT_APPLICABLE);
    e = trial_find(&t, "standard_met", "web_1s", "N", "2013Q4", "", "");
    assert_string_equal(e->reason, "no_target");
    e = trial_find(&t, "within_standard", "phone_50s", "N", "2013Q3", "segment", "start");
    assert_true(e->value == 100 && e->n == 3);
    trial_free(&t);
}

// ---- intervals

static void intervals_of_the_process(void **state)
{
    (void)state;
    struct trial t;
    run_rows(&t, false);
    // Wilson, 1 of 2, z² = 3.841459: ½ ± 1.959964 √(.125 + z²/16) / (1 + z²/2)
    const struct estimate *e = trial_find(&t, "repeat_rate", "", "N", "2013Q3", "", "");
    NEAR(e->low, 9.4531, 1e-4);
    NEAR(e->high, 90.5469, 1e-4);
    assert_true(e->n == 2 && e->share);
    // Garwood's table, 6 events
    e = trial_find(&t, "contacts", "", "N", "2013Q3", "", "");
    NEAR(e->low, 2.2019, 1e-4);
    NEAR(e->high, 13.0595, 1e-4);
    // squares of the deviations 6875, sd √(6875/3), t with 3 df 3.182446
    e = trial_find(&t, "wait_mean", "", "N", "2013Q3", "", "");
    SAME(e->sd, sqrt(6875 / 3.0));
    NEAR(e->high - e->value, 76.1741, 1e-3);
    assert_true(e->df == 3 && e->n == 4);
    // √(400 + 30.25) · 1.959964
    e = trial_find(&t, "fees", "", "N", "2013Q3", "", "");
    NEAR(e->high - e->value, 40.6545, 1e-4);
    // f - r c with r = 25.5/14: 1.785714 and -1.785714; 2/1 · 6.377551, √ / 14
    e = trial_find(&t, "cost_recovery", "", "N", "2013Q3", "", "");
    NEAR(e->se, 100 * sqrt(2 * 6.377551) / 14, 1e-4);
    trial_free(&t);
}

static void one_contact_has_no_interval(void **state)
{
    (void)state;
    struct trial t;
    run_rows(&t, false);
    const struct estimate *e = trial_find(&t, "wait_mean", "", "S", "2013Q3", "", "");
    assert_true(e->value == 121 && isnan(e->se) && isnan(e->low) && isnan(e->df));
    trial_free(&t);
}

// ---- order and merging

static void assert_same_results(const struct trial *a, const struct trial *b)
{
    assert_int_equal(a->results.estimates.len, b->results.estimates.len);
    for (size_t i = 0; i < a->results.estimates.len; i++) {
        const struct estimate *x = &a->results.estimates.at[i];
        const struct estimate *y = results_find(&b->results, x->indicator->label.id, x->item,
                                                x->region, x->period, x->by, x->level);
        assert_non_null(y);
        const double of_x[] = {x->value, x->se, x->low, x->high, x->n, x->numerator};
        const double of_y[] = {y->value, y->se, y->low, y->high, y->n, y->numerator};
        assert_memory_equal(of_x, of_y, sizeof of_x);
    }
}

static void the_order_of_rows_changes_nothing(void **state)
{
    (void)state;
    struct trial a, b;
    run_rows(&a, false);
    run_rows(&b, true);
    assert_same_results(&a, &b);
    trial_free(&a);
    trial_free(&b);
}

static const char one_block[] = "etalon: 1\nid: one\ntitle: One\ntotal: {id: ALL, name: All}\n"
                                "activity:\n  - {id: one, shape: events, files: [one.csv]}\n";

static void run_day(struct trial *t, const char *contacts)
{
    char text[512];
    const char *files[] = {"one.csv", text, NULL};
    snprintf(text, sizeof text, "region,time,channel,client,resolved\n%s", contacts);
    trial_run(t, one_block, files, "2013Q3");
    assert_int_equal(t->status, OK);
}

// c1 asks just before 10:00 and is answered then; c2 is answered in the morning, and in the evening
// not.
static void the_time_of_day_orders_contacts(void **state)
{
    (void)state;
    static const char text[] =
        "N,2013-07-01T10:00,phone,c1,yes\nN,2013-07-01T09:59:59.5,web,c1,no\n"
        "N,2013-07-01 11:05 AM,web,c2,yes\nN,2013-07-01 11:05 PM,web,c2,no\n";
    struct trial t;
    run_day(&t, text);
    const struct estimate *e = trial_find(&t, "resolved_first", "", "N", "2013Q3", "", "");
    assert_true(e->value == 50 && e->n == 2); // c2
    e = trial_find(&t, "contacts_to_resolution", "", "N", "2013Q3", "", "");
    assert_true(e->value == 1.5 && e->n == 2); // (2 + 1) / 2
    trial_free(&t);
}

// Three contacts of one moment by three ways: whatever stands first, the episode is the same.
static void contacts_of_one_moment_have_an_order(void **state)
{
    (void)state;
    static const char *const lines[3] = {"N,2013-07-01,phone,c1,no\n", "N,2013-07-01,web,c1,yes\n",
                                         "S,2013-07-01,mail,c1,no\n"};
    static const int orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                     {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    double first = NAN;
    for (size_t i = 0; i < 6; i++) {
        char text[128];
        struct trial t;
        snprintf(text, sizeof text, "%s%s%s", lines[orders[i][0]], lines[orders[i][1]],
                 lines[orders[i][2]]);
        run_day(&t, text);
        const struct estimate *e =
            trial_find(&t, "contacts_to_resolution", "", "ALL", "2013Q3", "", "");
        assert_true(e->n == 1 && (i == 0 || e->value == first));
        first = e->value;
        assert_true(trial_find(&t, "resolved_first", "", "N", "2013Q3", "", "")->n == 1);
        trial_free(&t);
    }
}

static const char two_blocks[] =
    "etalon: 1\nid: two\ntitle: Two\ntotal: {id: ALL, name: All}\nactivity:\n"
    "  - {id: one, shape: events, files: [one.csv]}\n"
    "  - {id: two, shape: events, files: [two.csv]}\n";
static const char *const two_files[] = {
    "one.csv",
    "region,time,channel,client,wait,resolved\nN,2013-07-01,phone,c1,10,no\n"
    "N,2013-07-02,web,c2,5,yes\n",
    "two.csv",
    "region,time,channel,client,wait,resolved\nN,2013-07-03,web,c1,20,yes\n"
    "S,2013-07-03,phone,c3,7,no\nN,2013-07-09,web,c2,5.5,no\n",
    NULL};

static void parts_merge_into_the_whole(void **state)
{
    (void)state;
    struct trial t;
    struct contacts whole, a, b;
    struct contact_book book;
    struct contact_table table[2];
    trial_load(&t, two_blocks, two_files);
    assert_int_equal(t.status, OK);
    contacts_start(&whole, &t.study);
    contacts_start(&a, &t.study);
    contacts_start(&b, &t.study);
    assert_int_equal(contacts_read(&whole, &t.run, 0), OK);
    assert_int_equal(contacts_read(&whole, &t.run, 1), OK);
    assert_int_equal(contacts_read(&a, &t.run, 0), OK);
    assert_int_equal(contacts_read(&b, &t.run, 1), OK);
    assert_int_equal(places_finish(&t.places, &t.diags), OK);
    size_t groups = b.sums.len, people = b.clients.count, others = a.clients.count;
    contacts_merge(&b, &a, NULL); // levels and clients are numbered in another order
    assert_true(a.sums.len == 2 && others == 2 && groups == 2 && people == 3);
    struct contacts *states[] = {&whole, &b};
    for (size_t i = 0; i < 2; i++) {
        contacts_finish(states[i], &t.places, 2);
        contact_book_start(&book, states[i], &t.places);
        struct period q = {PERIOD_QUARTER, false, 2013, 3};
        contact_table_make(&table[i], &book, q, true, true);
        const struct contact_cell *all = &table[i].cells[2 * book.layout.slots]; // N, S, total
        assert_int_equal(all->s.count[COUNT_CONTACTS], 5);
        assert_int_equal(all->people.clients, 3);
        assert_int_equal(all->people.repeat, 2);
        assert_int_equal(all->people.switched, 1);             // c1 by phone and web
        assert_int_equal(all->s.count[COUNT_EPISODE_FLAG], 3); // c1, c2, c3
        assert_int_equal(all->s.count[COUNT_EPISODE_STEPS], 3);
        // 5 5.5 7 10 20
        assert_true(spread_quantile(contact_waits(&book, &table[i], 2 * book.layout.slots), 1, 2) ==
                    7);
        contact_table_free(&table[i]);
        contact_book_free(&book);
        contacts_free(states[i]);
    }
    contacts_free(&a);
    trial_remove(&t, two_files);
    trial_free(&t);
}

// ---- the registry

static void every_row_is_complete(void **state)
{
    (void)state;
    for (size_t i = 0; i < ACTIVITY_ROWS; i++) {
        const struct indicator *r = &activity_rows[i];
        assert_non_null(r->label.id);
        assert_non_null(r->compute);
        for (int lang = 0; lang < LANG_COUNT; lang++)
            assert_true(*r->label.text.in[lang] && *r->definition.in[lang]);
        assert_true(*r->formula && *r->inputs && *r->serves && *r->source && *r->base);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(r->label.id, activity_rows[k].label.id);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_value_by_hand),
        cmocka_unit_test(what_does_not_apply_says_why),
        cmocka_unit_test(standards_of_waits),
        cmocka_unit_test(intervals_of_the_process),
        cmocka_unit_test(one_contact_has_no_interval),
        cmocka_unit_test(the_order_of_rows_changes_nothing),
        cmocka_unit_test(the_time_of_day_orders_contacts),
        cmocka_unit_test(contacts_of_one_moment_have_an_order),
        cmocka_unit_test(parts_merge_into_the_whole),
        cmocka_unit_test(every_row_is_complete),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
