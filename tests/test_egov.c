// SPDX-License-Identifier: GPL-3.0-or-later
// Breadth, depth and maturity of services, in both readings of the depth.
#include "metrics/egov_words.h"
#include "tests/help_egov.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define NEAR(a, b) assert_true(fabs((a) - (b)) <= 1e-12 * fabs(b))

static double of(const struct trial *t, const char *id, const char *region)
{
    return admin_value(t, id, "", region, "2003-04");
}

// ---- breadth, depth, maturity

// Levels 3 2 1 3, reached 2 2 0 3: s = 2/3 1 0 1, Σ s = 8/3. Breadth 3/4, depth (8/3)/3 = 88.89 %,
// maturity (8/3)/4 = 66.67 %. The first service at its maximum adds 70 · (1/3)/4 = 5.83 points.
// CRM: 1 of the 4 services answers 1, the others 0: 25. Overall 70 · 2/3 + 30 · 1/4 = 54.17.
static const char worked[] = "id,r,p,x,level,reached,c\n"
                             "a,N,2003-04,tax,transact,interact,1\n"
                             "b,N,2003-04,tax,interact,interact,0\n"
                             "c,N,2003-04,health,publish,none,0\n"
                             "d,N,2003-04,health,transact,transact,0\n";

static void the_worked_case_of_the_catalogue(void **state)
{
    (void)state;
    struct trial t;
    egov_run(&t, EGOV_LEVELS, worked);
    assert_int_equal(t.status, OK);
    NEAR(of(&t, "egov.breadth", "N"), 75.0);
    NEAR(of(&t, "egov.depth", "N"), 800 / 9.);
    NEAR(of(&t, "egov.service_maturity", "N"), 200 / 3.);
    NEAR(of(&t, "egov.crm", "N"), 25.0);
    NEAR(of(&t, "egov.overall", "N"), 140 / 3. + 7.5);
    NEAR(admin_value(&t, "egov.gain", "a", "N", "2003-04"), 35 / 6.);
    NEAR(admin_value(&t, "egov.step_gain", "a", "N", "2003-04"), 35 / 6.);
    NEAR(admin_value(&t, "egov.step_gain", "c", "N", "2003-04"), 17.5);
    assert_true(admin_value(&t, "egov.gain", "d", "N", "2003-04") == 0);
    double parts = 0;
    static const char *const ids[] = {"a", "b", "c", "d"};
    for (int i = 0; i < 4; i++)
        parts += admin_value(&t, "egov.contribution", ids[i], "N", "2003-04");
    NEAR(parts, 140 / 3.);
    trial_free(&t);
}

static void sectors_groups_and_levels(void **state)
{
    (void)state;
    struct trial t;
    egov_run(&t, EGOV_LEVELS, worked);
    const char *p = "2003-04";
    NEAR(admin_find(&t, "egov.breadth", "", "N", p, "sector", "health")->value, 50.0);
    NEAR(admin_find(&t, "egov.service_maturity", "", "N", p, "sector", "tax")->value, 250 / 3.);
    NEAR(admin_find(&t, "egov.level_share", "", "N", p, "level", "interact")->value, 50.0);
    const struct estimate *group =
        admin_find(&t, "egov.group", "", "N", p, "group", "innovative_leaders");
    assert_true(group && group->value == 1); // 54.2 is 50 or more
    assert_string_equal(admin_row(&t, "egov.overall", "", "N", p)->reason, "weights_unverified");
    assert_true(admin_said(&t, E0461) && admin_said(&t, E0456));
    trial_free(&t);
}

// Numbers in both columns are levels too; words in `level` with numbers are steps out of three.
static void the_two_readings(void **state)
{
    (void)state;
    struct trial t;
    egov_run(&t, EGOV_LEVELS, "id,r,p,x,level,reached,c\na,N,2003-04,,3,2,\nb,N,2003-04,,1,1,\n");
    NEAR(of(&t, "egov.depth", "N"), 250 / 3.); // (2/3 + 1) / 2
    trial_free(&t);
    egov_run(&t, EGOV_LEVELS,
             "id,r,p,x,level,reached,c\na,N,2003-04,,publish,2,\nb,N,2003-04,,transact,1,\n"
             "c,N,2003-04,,interaction,0,\n");
    NEAR(of(&t, "egov.depth", "N"), 50.0); // (2/3 + 1/3) / 2
    NEAR(of(&t, "egov.breadth", "N"), 200 / 3.);
    assert_non_null(admin_find(&t, "egov.level_share", "", "N", "2003-04", "level", "2"));
    trial_free(&t);
    egov_run(&t, EGOV_LEVELS,
             "id,r,p,x,level,reached,c\na,N,2003-04,,publish,1,\nb,N,2003-04,,3,1,\n");
    assert_int_equal(t.status, FAIL_DATA);
    assert_true(admin_said(&t, E0453));
    trial_free(&t);
}

static void readings_of_single_cells(void **state)
{
    (void)state;
    static const struct {
        const char *level, *reached;
        enum depth asked;
        enum depth_form form;
        int top, at;
        enum missing bad_level, bad_reached;
    } cases[] = {
        {"transact", "publish", DEPTH_AUTO, FORM_LEVELS, 3, 1, VALID, VALID},
        {"Transaction", "hors ligne", DEPTH_AUTO, FORM_EITHER, 3, 0, VALID, VALID},
        {"3", "1", DEPTH_AUTO, FORM_LEVELS, 3, 1, VALID, VALID},
        {"interact", "3", DEPTH_AUTO, FORM_STEPS, 2, 3, VALID, VALID},
        {"interact", "2", DEPTH_LEVELS, FORM_LEVELS, 2, 2, VALID, VALID},
        {"1", "3", DEPTH_STEPS, FORM_STEPS, 1, 3, VALID, VALID},
        {"4", "1", DEPTH_AUTO, FORM_LEVELS, -1, 1, MISSING_OUT_OF_RANGE, VALID},
        {"0", "0", DEPTH_AUTO, FORM_LEVELS, 0, 0, MISSING_OUT_OF_RANGE, VALID},
        {"high", "1", DEPTH_AUTO, FORM_STEPS, 0, 1, MISSING_BAD_TEXT, VALID},
        {"publish", "1.5", DEPTH_AUTO, FORM_STEPS, 1, -1, VALID, MISSING_OUT_OF_RANGE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct depth_read d =
            depth_read(str_of(cases[i].level), str_of(cases[i].reached), cases[i].asked, NULL);
        assert_int_equal(d.bad_level, cases[i].bad_level);
        assert_int_equal(d.bad_reached, cases[i].bad_reached);
        assert_int_equal(d.form, cases[i].form);
        assert_int_equal(d.level, cases[i].top);
        assert_int_equal(d.reached, cases[i].at);
    }
}

static void what_is_not_reported_leaves_the_denominator(void **state)
{
    (void)state;
    struct trial t;
    egov_run(&t, EGOV_LEVELS,
             "id,r,p,x,level,reached,c\na,N,2003-04,,3,3,\nb,N,2003-04,,NA,NA,\n"
             "c,N,2003-04,,3,ND,\nd,S,2003-04,,S.O.,,\n");
    const struct estimate *breadth = admin_row(&t, "egov.breadth", "", "N", "2003-04");
    assert_true(breadth->value == 100 && breadth->denominator == 1);
    assert_int_equal(breadth->status, EST_CAUTION); // 1 of 2 not reported
    assert_int_equal(admin_row(&t, "egov.breadth", "", "S", "2003-04")->status, EST_NOT_APPLICABLE);
    trial_free(&t);
}

static void nothing_online(void **state)
{
    (void)state;
    struct trial t;
    egov_run(&t, EGOV_LEVELS, "id,r,p,x,level,reached,c\na,N,2003-04,,3,0,1\n");
    assert_true(of(&t, "egov.breadth", "N") == 0);
    assert_int_equal(admin_row(&t, "egov.depth", "", "N", "2003-04")->status, EST_NOT_APPLICABLE);
    assert_true(of(&t, "egov.service_maturity", "N") == 0);
    assert_true(of(&t, "egov.overall", "N") == 30);
    trial_free(&t);
}

static void a_service_twice_is_refused(void **state)
{
    (void)state;
    struct trial t;
    egov_run(&t, EGOV_LEVELS, "id,r,p,x,level,reached,c\na,N,2003-04,,3,0,\na,N,2003-04,,3,1,\n");
    assert_int_equal(t.status, FAIL_DATA);
    assert_true(admin_said(&t, E0452));
    trial_free(&t);
}

static void more_reached_than_there_is_is_rejected(void **state)
{
    (void)state;
    struct trial t;
    struct buf text = {0};
    buf_text(&text, "id,r,p,x,level,reached,c\nbad,N,2003-04,,1,2,\n");
    for (int i = 0; i < 20; i++)
        buf_print(&text, "s%d,N,2003-04,,3,3,\n", i);
    egov_run(&t, EGOV_LEVELS, text.ptr);
    assert_int_equal(t.ledger.files.at[0].by_reason[REJECT_LEVEL], 1);
    assert_true(of(&t, "egov.services", "N") == 20);
    buf_free(&text);
    trial_free(&t);
}

// A year is pooled over its quarters as they stood: 1 of 2, then 2 of 2 on-line is 3 of 4.
static void a_year_is_pooled_over_its_quarters(void **state)
{
    (void)state;
    struct trial t;
    egov_run(&t, EGOV_LEVELS,
             "id,r,p,x,level,reached,c\n"
             "a,N,2003-04 Q1,,3,3,\nb,N,2003-04 Q1,,3,0,\n"
             "a,N,2003-04 Q2,,3,3,\nb,N,2003-04 Q2,,3,3,\n");
    NEAR(admin_value(&t, "egov.breadth", "", "N", "2003-04 Q1"), 50.0);
    NEAR(of(&t, "egov.breadth", "N"), 75.0);
    trial_free(&t);
}

static void excepted_regions_have_no_numbers(void **state)
{
    (void)state;
    struct trial t;
    struct buf study = {0};
    buf_print(&study, "%s    except: [S]\nregions: [{id: N, name: N}, {id: S, name: S}]\n",
              EGOV_LEVELS);
    egov_run(&t, study.ptr, "id,r,p,x,level,reached,c\na,N,2003-04,,3,3,1\na,S,2003-04,,3,0,1\n");
    assert_int_equal(t.status, OK);
    const struct estimate *off = admin_row(&t, "egov.breadth", "", "S", "2003-04");
    assert_int_equal(off->status, EST_NOT_APPLICABLE);
    assert_string_equal(off->reason, "switched_off");
    assert_true(isnan(off->value) && isnan(off->denominator) && isnan(off->n));
    assert_true(of(&t, "egov.breadth", "ALL") == 100);
    buf_free(&study);
    trial_free(&t);
}

// Ireland 2002: 107 of 120 on-line; United States: 115 of 117.
static void published_breadths(void **state)
{
    (void)state;
    static const struct {
        int online, services;
        double published;
    } cases[] = {{107, 120, 89.2}, {115, 117, 98.3}};
    for (int i = 0; i < 2; i++) {
        struct trial t;
        struct buf text = {0};
        buf_text(&text, "id,r,p,x,level,reached,c\n");
        for (int k = 0; k < cases[i].services; k++)
            buf_print(&text, "s%d,N,2003-04,,3,%d,\n", k, k < cases[i].online);
        egov_run(&t, EGOV_LEVELS, text.ptr);
        assert_true(num_round(of(&t, "egov.breadth", "N"), 1) == cases[i].published);
        buf_free(&text);
        trial_free(&t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_worked_case_of_the_catalogue),
        cmocka_unit_test(sectors_groups_and_levels),
        cmocka_unit_test(the_two_readings),
        cmocka_unit_test(readings_of_single_cells),
        cmocka_unit_test(what_is_not_reported_leaves_the_denominator),
        cmocka_unit_test(nothing_online),
        cmocka_unit_test(a_service_twice_is_refused),
        cmocka_unit_test(more_reached_than_there_is_is_rejected),
        cmocka_unit_test(a_year_is_pooled_over_its_quarters),
        cmocka_unit_test(excepted_regions_have_no_numbers),
        cmocka_unit_test(published_breadths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
