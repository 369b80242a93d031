// SPDX-License-Identifier: GPL-3.0-or-later
// Published figures of administrative records that test_egov, test_models, test_plan, test_points,
// test_standards and selftest do not reproduce. Sources: values/published.
#include "tests/help_admin.h"
#include "tests/values/values.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define RECORDS                                  \
    "etalon: 1\nid: s\ntitle: S\nyear: fiscal\n" \
    "total: {id: ALL, name: All}\n"

// Ireland 2003: breadth 92 and depth 54 were printed, and maturity 48.6, which is not their
// product, 49.7; within 1.5. Of 100 services 92 are on-line; 45, 37 and 10 of them at 1, 2 and 3
// of 3 steps: 149/3, depth 53.99.
static void ireland_of_2003(void **state)
{
    (void)state;
    struct trial t;
    struct buf data = {0};
    buf_text(&data, "id,period,level,reached\n");
    for (int i = 0; i < 100; i++)
        buf_print(&data, "s%d,2003-04,3,%d\n", i, i < 45 ? 1 : i < 82 ? 2 : i < 92 ? 3 : 0);
    const char *const files[] = {"s.csv", data.ptr, NULL};
    admin_run(&t,
              RECORDS
              "services:\n  - id: c\n    files: [s.csv]\n    model: accenture-2003\n"
              "    columns: {service: id, period: period, level: level, reached: reached}\n",
              files, "2003-04");
    double breadth = admin_value(&t, "egov.breadth", "", "ALL", "2003-04");
    double depth = admin_value(&t, "egov.depth", "", "ALL", "2003-04");
    double maturity = admin_value(&t, "egov.service_maturity", "", "ALL", "2003-04");
    assert_true(num_round(breadth, 0) == 92 && num_round(depth, 0) == 54);
    assert_true(fabs(maturity - breadth * depth / 100) < 1e-12);
    assert_true(fabs(maturity - 48.6) <= 1.5);
    trial_free(&t);
    buf_free(&data);
}

static const char inventory[] = RECORDS
    "services:\n  - id: i\n    files: [s.csv]\n    model: federal-inventory\n"
    "    columns: {service: id, period: period, scope: scope, applications: a, online: o,\n"
    "              enquiries: e, points: {application: p, decision: d}}\n"
    "standards:\n  - id: t\n    files: [t.csv]\n"
    "    columns: {standard: id, service: s, period: period, target: t, met: m, total: n}\n";

// As many services as the year had: `volume` of high volume with calls, the first `points` of which
// have applications, and of those the first `whole` are end to end; the first `met` meet their
// standard. All applications beyond the threshold are those of the first service.
static void inventory_of(const struct values_row *row, struct buf *services, struct buf *standards)
{
    double whole = values_number(row, 1), points = values_number(row, 2);
    double met = values_number(row, 4), volume = values_number(row, 5);
    double online = values_number(row, 7), applications = values_number(row, 8);
    buf_text(services, "id,period,scope,a,o,e,p,d\n");
    buf_text(standards, "id,s,period,t,m,n\n");
    for (int i = 0; i < volume; i++) {
        bool applied = i < points;
        double a = !applied ? 0 : i ? 45000 : applications - 45000 * (points - 1);
        buf_print(services, "s%d,2023-24,EXTERN,%.0f,%.0f,%d,%s,%s\n", i, a, i ? 0 : online,
                  applied ? 0 : 45000, applied ? "Y" : "NA",
                  !applied    ? "NA"
                  : i < whole ? "Y"
                              : "N");
        buf_print(standards, "t%d,s%d,2023-24,0.9,%d,10\n", i, i, i < met ? 9 : 8);
    }
}

static void services_of_high_volume(void **state)
{
    (void)state;
    FILE *file = values_open("published/service_inventory_high_volume.csv");
    struct values_row row = {.line = 0};
    int rows = 0;
    assert_non_null(file);
    for (; values_next(file, &row); rows++) {
        struct trial t;
        struct buf services = {0}, standards = {0};
        inventory_of(&row, &services, &standards);
        const char *const files[] = {"s.csv", services.ptr, "t.csv", standards.ptr, NULL};
        admin_run(&t, inventory, files, "2023-24");
        static const struct {
            const char *id;
            int column;
        } columns[] = {
            {"egov.hv_end_to_end", 3}, {"egov.hv_standard_met", 6}, {"egov.hv_online_share", 9}};
        for (int i = 0; i < 3; i++)
            assert_true(num_round(admin_value(&t, columns[i].id, "", "ALL", "2023-24"), 4) ==
                        values_number(&row, columns[i].column));
        trial_free(&t);
        buf_free(&services);
        buf_free(&standards);
    }
    fclose(file);
    assert_int_equal(rows, 6);
}

// The federal file of 2023-24: 1,313 standards met, 470 not, 560 not assessed of 2,343; 73.64 %.
static void the_whole_file_of_2023(void **state)
{
    (void)state;
    struct trial t;
    struct buf data = {0};
    buf_text(&data, "id,period,t,m,n\n");
    for (int i = 0; i < 2343; i++)
        buf_print(&data, "s%d,2023-24,%s,%d,10\n", i, i < 1783 ? "0.9" : "0", i < 1313 ? 9 : 8);
    const char *const files[] = {"s.csv", data.ptr, NULL};
    admin_run(&t,
              RECORDS "standards:\n  - id: t\n    files: [s.csv]\n"
                      "    columns: {standard: id, period: period, target: t, met: m, total: n}\n",
              files, "2023-24");
    const struct estimate *e = admin_row(&t, "standards.met", "", "ALL", "2023-24");
    assert_true(e->numerator == 1313 && e->denominator == 1783);
    assert_true(num_round(e->value, 2) == 73.64);
    assert_true(admin_value(&t, "standards.count", "", "ALL", "2023-24") == 2343);
    trial_free(&t);
    buf_free(&data);
}

// Services of 2023-24: 412 of 1,681 end to end, of 1,233 that have a point; 989 with a standard.
static void all_departments_of_2023(void **state)
{
    (void)state;
    struct trial t;
    struct buf services = {0}, standards = {0};
    buf_text(&services, "id,period,scope,a,o,e,p,d\n");
    buf_text(&standards, "id,s,period,t,m,n\n");
    for (int i = 0; i < 1681; i++)
        buf_print(&services, "s%d,2023-24,EXTERN,,,,%s,NA\n", i,
                  i < 412    ? "Y"
                  : i < 1233 ? "N"
                             : "NA");
    for (int i = 0; i < 989; i++)
        buf_print(&standards, "t%d,s%d,2023-24,0.9,9,10\n", i, i);
    const char *const files[] = {"s.csv", services.ptr, "t.csv", standards.ptr, NULL};
    admin_run(&t, inventory, files, "2023-24");
    static const struct {
        const char *id;
        double percent;
    } published[] = {{"egov.end_to_end", 24.51},
                     {"egov.end_to_end_applicable", 33.41},
                     {"egov.with_standard", 58.83}};
    for (int i = 0; i < 3; i++)
        assert_true(num_round(admin_value(&t, published[i].id, "", "ALL", "2023-24"), 2) ==
                    published[i].percent);
    trial_free(&t);
    buf_free(&services);
    buf_free(&standards);
}

// Calls of a quarter or year as one row of totals.
static void calls_of_vancouver(void **state)
{
    (void)state;
    FILE *file = values_open("published/call_centre_vancouver.csv");
    struct values_row row = {.line = 0};
    int rows = 0;
    assert_non_null(file);
    for (; values_next(file, &row); rows++) {
        struct trial t;
        struct buf data = {0};
        buf_print(&data, "time,offered,handled,abandoned\n2013-07-01,%s,%s,%s\n", row.field[2],
                  row.field[3], row.field[4]);
        const char *const files[] = {"c.csv", data.ptr, NULL};
        trial_run(&t, RECORDS "activity:\n  - {id: c, shape: counts, files: [c.csv]}\n", files,
                  "all");
        double abandonment = trial_value(&t, "abandonment", "ALL", "2013-14 Q2");
        assert_true(num_round(abandonment, 6) == values_number(&row, 6));
        assert_true(trial_value(&t, "unaccounted", "ALL", "2013-14 Q2") == values_number(&row, 5));
        trial_free(&t);
        buf_free(&data);
    }
    fclose(file);
    assert_int_equal(rows, 13);
}

// The year 2013-14 from its quarters: the service level weighted by calls is 69.83; a mean of rates
// would be 69.93, and the mean of daily ones 73.45.
static void a_year_of_calls_from_its_quarters(void **state)
{
    (void)state;
    FILE *file = values_open("published/call_centre_vancouver.csv");
    struct values_row row = {.line = 0};
    struct buf data = {0};
    struct trial t;
    double level = NAN, seconds = NAN;
    static const char *const days[] = {"2013-04-01", "2013-07-01", "2013-10-01", "2014-01-01"};
    buf_text(&data, "time,offered,handled,within_pct,answer_s\n");
    assert_non_null(file);
    for (int quarter = 0; values_next(file, &row);) {
        if (strcmp(row.field[0], "2013-14") == 0)
            level = values_number(&row, 7), seconds = values_number(&row, 9);
        else if (strncmp(row.field[0], "2013-14 Q", 9) == 0)
            buf_print(&data, "%s,%s,%s,%s,%s\n", days[quarter++], row.field[2], row.field[3],
                      row.field[7], row.field[9]);
    }
    fclose(file);
    const char *const files[] = {"c.csv", data.ptr, NULL};
    trial_run(&t, RECORDS "activity:\n  - {id: c, shape: counts, files: [c.csv]}\n", files, "all");
    // six decimals of each quarter were published
    assert_true(fabs(trial_value(&t, "service_level", "ALL", "2013-14") - level) < 2e-6);
    assert_true(fabs(trial_value(&t, "answer_time", "ALL", "2013-14") - seconds) < 2e-6);
    trial_free(&t);
    buf_free(&data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ireland_of_2003),
        cmocka_unit_test(services_of_high_volume),
        cmocka_unit_test(the_whole_file_of_2023),
        cmocka_unit_test(all_departments_of_2023),
        cmocka_unit_test(calls_of_vancouver),
        cmocka_unit_test(a_year_of_calls_from_its_quarters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
