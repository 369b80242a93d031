// SPDX-License-Identifier: GPL-3.0-or-later
// What is hidden to protect others stays the same from quarter to quarter, where it still protects
// (robustness.md D6).
#include "tests/help_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static int clean(void **state)
{
    (void)state;
    scratch_remove();
    return 0;
}

// A quarter of three regions: so many people in each, who all answer 3 or 4.
static void write_quarter(const char *day, const int people[3])
{
    struct buf data = {0};
    buf_text(&data, "region,day,q\n");
    for (int region = 0; region < 3; region++)
        for (int i = 0; i < people[region]; i++)
            buf_print(&data, "%c,%s,%d\n", 'A' + region, day, 3 + i % 2);
    scratch_write("data.csv", data.ptr);
    buf_free(&data);
    scratch_write("study.yaml",
                  "etalon: 1\nid: small\nregions: [{id: A}, {id: B}, {id: C}]\ntotal: {id: ALL}\n"
                  "surveys:\n  - id: s\n    files: [data.csv]\n"
                  "    columns: {region: region, period: day}\n    items:\n"
                  "      - {id: q, column: q, scale: satisfaction}\n"
                  "indicators: [survey.n]\nsuppress: {min_n: 10, rule: none}\n");
}

static void run(const char *out, const char *history)
{
    char *study = scratch_path("study.yaml"), *folder = scratch_path(out),
         *db = scratch_path("h.db");
    struct outcome o = RUN("run", study, "-o", folder, "--charts", "none", "--formats", "csv", "-q",
                           history ? "--history" : "-q", history ? db : "-q");
    if (o.status)
        fail_msg("%d: %s", o.status, o.err.ptr);
    outcome_free(&o);
    free(study);
    free(folder);
    free(db);
}

static void expect(const char *out, const char *period, const char *const status[3])
{
    char name[64];
    snprintf(name, sizeof name, "%s/indicators.csv", out);
    char *path = scratch_path(name);
    for (int region = 0; region < 3; region++) {
        char key[64];
        snprintf(key, sizeof key, "survey.n,q,%c,%s,", 'A' + region, period);
        assert_string_equal(csv_value(path, key, "status"), status[region]);
    }
    free(path);
}

// Of A, 4 people, nothing may be said; one of the others hides it, by itself the smaller one.
// First quarter: B has 60 and C 40, so C goes. Second quarter: B 40 and C 60, so B would go; C
// protects A as well, since 4 + 60 leave 0 to 64, and went before.
static void the_pattern_stays_where_it_still_protects(void **state)
{
    (void)state;
    static const char *const without_c[] = {"suppressed", "ok", "secondary"}, *const without_b[] = {
                                                                                  "suppressed",
                                                                                  "secondary",
                                                                                  "ok"};
    write_quarter("2003-02-01", (int[]){4, 60, 40});
    run("first", "h.db");
    expect("first", "2003Q1", without_c);
    write_quarter("2003-05-01", (int[]){4, 40, 60});
    run("alone", NULL);
    expect("alone", "2003Q2", without_b);
    run("second", "h.db");
    expect("second", "2003Q2", without_c);
    run("second", "h.db"); // the same again is the same
    expect("second", "2003Q2", without_c);
}

static void it_goes_where_it_does_not(void **state)
{
    (void)state;
    write_quarter("2003-08-01", (int[]){4, 40, 3});
    run("third", "h.db");
    // C is below the minimum itself; 4 + 3 leave 0 to 7, less than 10: B is needed
    expect("third", "2003Q3", (const char *const[]){"suppressed", "secondary", "suppressed"});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_pattern_stays_where_it_still_protects),
        cmocka_unit_test(it_goes_where_it_does_not),
    };
    return cmocka_run_group_tests(tests, NULL, clean);
}
