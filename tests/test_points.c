// SPDX-License-Identifier: GPL-3.0-or-later
// Interaction points, high-volume services, services with a standard, stages.
#include "metrics/egov_rows.h"
#include "metrics/egov_words.h"
#include "tests/help_admin.h"
#include "tests/values/values.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define NEAR(a, b) assert_true(fabs((a) - (b)) <= 1e-12 * fabs(b))

#define HEAD         \
    "etalon: 1\n"    \
    "id: s\n"        \
    "title: S\n"     \
    "year: fiscal\n" \
    "total: {id: ALL, name: All}\n"

static void run_on(struct trial *t, const char *study, const char *text)
{
    const char *const files[] = {"s.csv", text, NULL};
    admin_run(t, study, files, "all");
}

static double of(const struct trial *t, const char *id, const char *region)
{
    return admin_value(t, id, "", region, "2003-04");
}

// ---- interaction points

static const char points[] =
    HEAD "services:\n"
         "  - id: inventory\n"
         "    files: [s.csv]\n"
         "    model: federal-inventory\n"
         "    high_volume: 100\n"
         "    columns: {service: id, region: r, period: p, scope: scope, applications: a,\n"
         "              online: o, enquiries: e, visits: v,\n"
         "              points: {registration: p1, authentication: p2, application: p3,\n"
         "                       decision: p4, issuance: p5, feedback: p6}}\n"
         "standards:\n"
         "  - id: published\n"
         "    files: [t.csv]\n"
         "    columns: {standard: id, service: s, region: r, period: p, target: t, met: m,\n"
         "              total: n}\n";

// a: end to end, many applications. b: one N. c: no point applies, many applications. d: internal
// only. e: few applications but many enquiries; its standard is met.
static const char inventory[] = "id,r,p,scope,a,o,e,v,p1,p2,p3,p4,p5,p6\n"
                                "a,N,2023-24,EXTERN,100,50,0,,Y,NA,Y,Y,NA,Y\n"
                                "b,N,2023-24,\"EXTERN,ENTERPRISE\",300,150,0,,Y,Y,N,NA,NA,ND\n"
                                "c,N,2023-24,ENTERPRISE,500,500,0,,NA,NA,NA,NA,NA,NA\n"
                                "d,N,2023-24,INTERN,900,900,0,,Y,Y,Y,Y,Y,Y\n"
                                "e,N,2023-24,EXTERN,40,1,60,5,NA,NA,NA,NA,NA,NA\n";
static const char inventory_standards[] = "id,s,r,p,t,m,n\n1,a,N,2023-24,.9,8,10\n"
                                          "2,e,N,2023-24,.9,9,10\n3,e,N,2023-24,.9,1,10\n";

static void points_and_scopes(void **state)
{
    (void)state;
    struct trial t;
    const char *const files[] = {"s.csv", inventory, "t.csv", inventory_standards, NULL};
    admin_run(&t, points, files, "2023-24");
    assert_int_equal(t.status, OK);
    const char *p = "2023-24";
    // In scope: a b c e. End to end: a. With a Y or N: a b.
    NEAR(admin_value(&t, "egov.end_to_end", "", "N", p), 25.0);
    NEAR(admin_value(&t, "egov.end_to_end_applicable", "", "N", p), 50.0);
    // a 4 of 4, b 2 of 3.
    NEAR(admin_value(&t, "egov.points_enabled", "", "N", p), 600 / 7.);
    NEAR(admin_value(&t, "egov.any_point", "", "N", p), 50.0);
    NEAR(admin_value(&t, "egov.with_standard", "", "N", p), 50.0);
    trial_free(&t);
}

static void high_volume_means_two_things(void **state)
{
    (void)state;
    struct trial t;
    const char *const files[] = {"s.csv", inventory, "t.csv", inventory_standards, NULL};
    admin_run(&t, points, files, "2023-24");
    const char *p = "2023-24";
    // External with 100 applications or more, and a point: a b.
    NEAR(admin_value(&t, "egov.hv_end_to_end", "", "N", p), 50.0);
    assert_true(admin_row(&t, "egov.hv_end_to_end", "", "N", p)->denominator == 2);
    // With applications and enquiries: a b e; a standard met: e.
    NEAR(admin_value(&t, "egov.hv_standard_met", "", "N", p), 100 / 3.);
    // (50 + 150) of (100 + 300)
    NEAR(admin_value(&t, "egov.hv_online_share", "", "N", p), 50.0);
    trial_free(&t);
}

// Points say the level too. a: transact of transact; b: interact of interact (decision and issuance
// do not apply); c: publish, nothing reached; d: transact; e: publish, and it is visited.
static void points_as_levels(void **state)
{
    (void)state;
    struct trial t;
    const char *const files[] = {"s.csv", inventory, "t.csv", inventory_standards, NULL};
    admin_run(&t, points, files, "2023-24");
    NEAR(admin_value(&t, "egov.breadth", "", "N", "2023-24"), 80.0);
    NEAR(admin_value(&t, "egov.depth", "", "N", "2023-24"), 100.0);
    trial_free(&t);
}

static void words_of_points(void **state)
{
    (void)state;
    assert_int_equal(point_answer(STR("Y")), POINT_YES);
    assert_int_equal(point_answer(STR("O")), POINT_YES);
    assert_int_equal(point_answer(STR("oui")), POINT_YES);
    assert_int_equal(point_answer(STR("N")), POINT_NO);
    assert_int_equal(point_answer(STR("maybe")), POINT_UNKNOWN);
    assert_int_equal(admin_missing(STR("S.O.")), MISSING_NOT_APPLICABLE);
    assert_int_equal(admin_missing(STR("ND")), MISSING_BLANK);
}

// Counts published for 2018-19 to 2023-24 and the percents computed from them.
static void published_inventories(void **state)
{
    (void)state;
    FILE *file = values_open("published/service_inventory.csv");
    struct values_row row = {.line = 0};
    int rows = 0;
    assert_non_null(file);
    while (values_next(file, &row)) {
        struct egov_block block = {.has_points = true};
        struct egov_view view = {.block = &block, .count = 1};
        view.sums.scope = values_number(&row, 2);
        view.sums.end_to_end = values_number(&row, 3);
        view.sums.points_yes = values_number(&row, 4);
        view.sums.points = values_number(&row, 5);
        struct results results = {0};
        struct cell cell = {.out = &results, .item = "", .by = "", .level = "", .state = &view};
        struct indicator line = {.label = {.id = "x"}, .unit = UNIT_PERCENT, .decimals = -1};
        egov_end_to_end(&line, &cell);
        egov_points_enabled(&line, &cell);
        assert_true(num_round(results.estimates.at[0].value, 4) == values_number(&row, 9));
        assert_true(num_round(results.estimates.at[1].value, 4) == values_number(&row, 10));
        results_free(&results);
        rows++;
    }
    fclose(file);
    assert_int_equal(rows, 20);
}

// ---- stages and the index

static void stages(void **state)
{
    (void)state;
    struct trial t;
    run_on(&t,
           HEAD "services:\n"
                "  - id: catalogue\n"
                "    files: [s.csv]\n"
                "    model: gol-2003\n"
                "    columns: {service: id, region: r, period: p, kind: k, stage_now: now,\n"
                "              stage_target: target}\n",
           "id,r,p,k,now,target\n"
           "a,N,2003-04,information,3,3\nb,N,2003-04,information,6,7\n"
           "c,N,2003-04,transaction,8,7\nd,N,2003-04,transaction,10,7\n");
    assert_int_equal(t.status, OK);
    NEAR(admin_value(&t, "egov.stage", "information", "N", "2003-04"), 4.5);
    assert_true(admin_value(&t, "egov.stage", "transaction", "N", "2003-04") == 8); // 10: no stage
    assert_true(admin_value(&t, "egov.stage_target", "transaction", "N", "2003-04") == 7);
    NEAR(of(&t, "egov.at_target", "N"), 200 / 3.); // a and c, of a b c
    NEAR(admin_find(&t, "egov.stage_share", "", "N", "2003-04", "stage", "1-3")->value, 100 / 3.);
    trial_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_and_scopes),     cmocka_unit_test(high_volume_means_two_things),
        cmocka_unit_test(points_as_levels),      cmocka_unit_test(words_of_points),
        cmocka_unit_test(published_inventories), cmocka_unit_test(stages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
