// SPDX-License-Identifier: GPL-3.0-or-later
// The action plan: the published case of 2004, words and dates in both languages, the ledger.
#include "metrics/plan_state.h"
#include "tests/help_admin.h"
#include "tests/values/values.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define NEAR(a, b) assert_true(fabs((a) - (b)) <= 1e-12 * fabs(b))

#define HEAD                        \
    "etalon: 1\n"                   \
    "id: s\n"                       \
    "title: S\n"                    \
    "year: fiscal\n"                \
    "period: 2003-04 Q4\n"          \
    "total: {id: ALL, name: All}\n" \
    "regions: [{id: MB, name: MB}, {id: SK, name: SK}, {id: AB, name: AB}, {id: BC, name: BC}]\n"

static const char western[] =
    HEAD "plan:\n"
         "  files: [plan.csv]\n"
         "  as_of: 2004-02-05\n"
         "  columns: {recommendation: recommendation, owner: owner, due: due, revised: revised,\n"
         "            status: status}\n";

static double of(const struct trial *t, const char *id, const char *region)
{
    return admin_value(t, id, "", region, "2003-04 Q4");
}

// 14 recommendations, 16 actions, 14 of them with an action. Overdue: 31 December 2003 and 30 June
// 2003. Due by 5 February 2004 and not "no action": three, none completed. One slip, 30 June 2003
// to 30 June 2004. Revised: three. No date: seven.
static void the_plan_of_2004(void **state)
{
    (void)state;
    struct trial t;
    char text[8192];
    FILE *file = values_open("published/action_plan_2004.csv");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    const char *const files[] = {"plan.csv", text, NULL};
    admin_run(&t, western, files, "2003-04 Q4");
    assert_int_equal(t.status, OK);
    assert_true(of(&t, "plan.recommendations", "ALL") == 14);
    assert_true(of(&t, "plan.actions", "ALL") == 16);
    const struct estimate *stopped =
        admin_find(&t, "plan.status_share", "", "ALL", "2003-04 Q4", "status", "no_action");
    assert_true(stopped->numerator == 2 && stopped->value == 12.5);
    assert_true(of(&t, "plan.overdue", "ALL") == 2);
    const struct estimate *on_time = admin_row(&t, "plan.on_time", "", "ALL", "2003-04 Q4");
    assert_true(on_time->value == 0 && on_time->denominator == 3);
    assert_true(of(&t, "plan.slip_max", "ALL") == 366);
    assert_true(admin_row(&t, "plan.slip_mean", "", "ALL", "2003-04 Q4")->n == 1);
    NEAR(of(&t, "plan.revised", "ALL"), 300 / 14.);
    NEAR(of(&t, "plan.undated", "ALL"), 50.0);
    assert_true(admin_value(&t, "quality.undated", "", "ALL", "all") == 2); // 1f, 3c
    assert_true(of(&t, "plan.actions", "MB") == 10); // rows that name the centre among the owners
    trial_free(&t);
}

static void on_time_and_slips(void **state)
{
    (void)state;
    struct trial t;
    const char *const files[] = {"plan.csv",
                                 "recommendation,owner,due,revised,status,done\n"
                                 "1,MB,2003-06-30,,completed,2003-06-30\n"
                                 "2,MB,2003-06-30,2003-09-30,terminé,2003-07-01\n" // 92 days
                                 "3,MB,2004-12,,done,2004-01-01\n"
                                 "4,MB,2003-06-30,2003-06-20,planned,\n" // 10 days earlier
                                 "5,SK,2003-06-30,,no action,\n",
                                 NULL};
    admin_run(&t, HEAD "plan: {files: [plan.csv], as_of: 2004-02-05}\n", files, "2003-04 Q4");
    assert_int_equal(t.status, OK);
    // Judged: 1, 2, 3 (completed with a date) and 4 (due); in time: 1 and 3.
    NEAR(of(&t, "plan.on_time", "MB"), 50.0);
    assert_true(of(&t, "plan.slip_mean", "MB") == 41);
    assert_true(of(&t, "plan.slip_median", "MB") == 41);
    assert_true(of(&t, "plan.slip_max", "MB") == 92);
    assert_true(of(&t, "plan.overdue", "MB") == 1);
    assert_int_equal(admin_row(&t, "plan.on_time", "", "SK", "2003-04 Q4")->status,
                     EST_NOT_APPLICABLE);
    trial_free(&t);
}

// Without `as_of` ages are measured at the end of the period: 31 March 2004.
static void the_end_of_the_period_is_the_day(void **state)
{
    (void)state;
    struct trial t;
    const char *const files[] = {"plan.csv",
                                 "recommendation,status,due\n"
                                 "1,planned,2004-03-30\n2,planned,2004-03-31\n",
                                 NULL};
    admin_run(&t, HEAD "plan: {files: [plan.csv]}\n", files, "2003-04 Q4");
    assert_true(of(&t, "plan.overdue", "ALL") == 1);
    trial_free(&t);
}

static void an_unknown_status_is_refused(void **state)
{
    (void)state;
    struct trial t;
    const char *const files[] = {"plan.csv", "recommendation,status\n1,complted\n", NULL};
    admin_run(&t, HEAD "plan: {files: [plan.csv]}\n", files, "2003-04 Q4");
    assert_int_equal(t.status, FAIL_DATA);
    assert_true(admin_said(&t, E0457));
    trial_free(&t);
}

static void words_in_both_languages(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        enum plan_status status;
    } cases[] = {
        {"Ongoing", PLAN_ONGOING},         {"on-going", PLAN_ONGOING},
        {"Continu", PLAN_ONGOING},         {"completed", PLAN_COMPLETED},
        {"Terminé", PLAN_COMPLETED},       {"ACHEVÉ", PLAN_COMPLETED},
        {"prévu", PLAN_PLANNED},           {"in_design", PLAN_IN_DESIGN},
        {"en conception", PLAN_IN_DESIGN}, {"à l'étude", PLAN_UNDER_REVIEW},
        {"à l’étude", PLAN_UNDER_REVIEW},  {"Impasse", PLAN_STALLED},
        {"aucune action", PLAN_NO_ACTION}, {"maybe", PLAN_NONE},
    };
    const char *near;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(plan_status_read(str_of(cases[i].word), &near), cases[i].status);
    assert_int_equal(plan_status_read(STR("complted"), &near), PLAN_NONE);
    assert_string_equal(near, "completed");
    for (int i = 0; i < PLAN_STATUS_COUNT; i++)
        assert_true(*plan_status_labels[i].text.in[LANG_EN] &&
                    *plan_status_labels[i].text.in[LANG_FR]);
}

static void dates_of_a_plan(void **state)
{
    (void)state;
    static const struct {
        const char *text, *day; // NULL: no date
    } cases[] = {
        {"2004-06-30", "2004-06-30"},
        {"2004-06", "2004-06-30"},
        {"2004-02", "2004-02-29"},
        {"2004-spring", "2004-06-20"},
        {"2004-été", "2004-09-22"},
        {"2004-automne", "2004-12-20"},
        {"2004-winter", "2004-03-20"},
        {"FY2004-05", "2005-03-31"},
        {"ongoing", NULL},
        {"Continu", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t found, wanted = PLAN_NO_DATE;
        if (cases[i].day)
            assert_true(date_read(str_of(cases[i].day), DATE_YMD, &wanted));
        assert_true(plan_date_read(str_of(cases[i].text), &found));
        assert_int_equal(found, wanted);
    }
    static const char *const bad[] = {"soon", "2004-13", "2004-06-31", "2004-lent"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int32_t found;
        assert_false(plan_date_read(str_of(bad[i]), &found));
    }
}

static void the_ledger(void **state)
{
    (void)state;
    struct trial t;
    const char *const files[] = {"plan.csv", "recommendation,status\n2b,ongoing\n", "l.csv",
                                 "measure,region,period,numerator,denominator\n"
                                 "meetings_held,MB,2003-04 Q3,3,4\n"
                                 "meetings_held,MB,2003-04 Q4,4,4\n"
                                 "meetings_held,SK,2003-04 Q4,5,4\n"
                                 "meetings_held,AB,2003-04 Q4,,4\n"
                                 "staff_trained,BC,2003-04 Q4,0,0\n",
                                 NULL};
    admin_run(&t, HEAD "plan: {files: [plan.csv], ledger: {files: [l.csv]}}\n", files, "2003-04");
    assert_int_equal(t.status, OK);
    const char *id = "plan.ratio", *held = "meetings_held";
    NEAR(admin_value(&t, id, held, "MB", "2003-04"), 87.5);
    const struct estimate *above = admin_row(&t, id, held, "SK", "2003-04");
    assert_true(above->value == 125 && above->status == EST_CAUTION);
    assert_int_equal(admin_row(&t, id, held, "AB", "2003-04")->status, EST_NO_DATA);
    assert_int_equal(admin_row(&t, id, "staff_trained", "BC", "2003-04")->status,
                     EST_NOT_APPLICABLE);
    NEAR(admin_value(&t, id, held, "ALL", "2003-04"), 100.0); // 12 of 12
    trial_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_plan_of_2004),
        cmocka_unit_test(on_time_and_slips),
        cmocka_unit_test(the_end_of_the_period_is_the_day),
        cmocka_unit_test(an_unknown_status_is_refused),
        cmocka_unit_test(words_in_both_languages),
        cmocka_unit_test(dates_of_a_plan),
        cmocka_unit_test(the_ledger),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
