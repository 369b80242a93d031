// SPDX-License-Identifier: GPL-3.0-or-later
// Reach in the market: clients and contacts against a population and visits.
#include "tests/help_admin.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#define NEAR(a, b) assert_true(fabs((a) - (b)) <= 1e-12 * fabs(b))

static const char study[] = "etalon: 1\n"
                            "id: s\n"
                            "title: S\n"
                            "year: calendar\n"
                            "total: {id: ALL, name: All}\n"
                            "activity:\n"
                            "  - id: contacts\n"
                            "    shape: events\n"
                            "    files: [e.csv]\n"
                            "    columns: {region: r, time: t, client: c, segment: s}\n"
                            "    breakdowns: [size]\n"
                            "    segments: {start: [new_firm], existing: [firm]}\n"
                            "  - id: visits\n"
                            "    shape: counts\n"
                            "    files: [v.csv]\n"
                            "    columns: {region: r, time: t, visits: v}\n"
                            "population: {files: [p.csv], by: size, columns: {region: r, period: "
                            "t, stratum: s, count: n}}\n";

// Clients of N in 2003Q4: a b c in business (small small big), d starting (small).
static const char events[] = "r,t,c,s,size\n"
                             "N,2003-10-01,a,firm,small\nN,2003-10-02,a,firm,small\n"
                             "N,2003-10-03,b,firm,small\nN,2003-11-01,c,firm,big\n"
                             "N,2003-12-01,d,new_firm,small\n";
static const char visits[] = "r,t,v\nN,2003-10-01,150\nN,2003-11-01,100\n";
static const char market[] =
    "r,t,s,n\nN,2003,all,60\nN,2003,new,10\nN,2003,small,30\nN,2003,big,30\n";

static void run_on(struct trial *t, const char *population)
{
    const char *const files[] = {"e.csv", events, "v.csv", visits, "p.csv", population, NULL};
    const struct family *const order[] = {&activity_family, &reach_family};
    void *states[2] = {0};
    char path[256];
    trial_load(t, study, files);
    for (int f = 0; f < 2 && !t->status; f++)
        t->status = order[f]->read(&t->run, &states[f]);
    for (size_t i = 0; files[i]; i += 2) {
        snprintf(path, sizeof path, "%s/%s", t->folder, files[i]);
        (void)unlink(path);
    }
    snprintf(path, sizeof path, "%s/study.yaml", t->folder);
    (void)unlink(path);
    (void)rmdir(t->folder);
    assert_int_equal(t->status, OK);
    assert_int_equal(places_finish(&t->places, &t->diags), OK);
    t->run.span_count = run_spans(&t->places, (struct period){.kind = PERIOD_ALL}, &t->run.spans);
    for (int f = 0; f < 2; f++)
        order[f]->compute(&t->run, states[f]);
    results_index(&t->results);
}

static void clients_against_the_population(void **state)
{
    (void)state;
    struct trial t;
    run_on(&t, market);
    // The quarter takes the population of its year: 3 of 60, 1 of 10.
    NEAR(admin_value(&t, "reach.penetration", "", "N", "2003Q4"), 5.0);
    NEAR(admin_value(&t, "reach.startup_reach", "", "N", "2003Q4"), 10.0);
    NEAR(admin_value(&t, "reach.penetration", "", "ALL", "2003"), 5.0);
    trial_free(&t);
}

// Clients: small 3, big 1, so 75 % and 25 %; the market is half and half.
static void strata_against_the_market(void **state)
{
    (void)state;
    struct trial t;
    run_on(&t, market);
    const char *id = "reach.representativity";
    NEAR(admin_find(&t, id, "", "N", "2003Q4", "size", "small")->value, 150.0);
    NEAR(admin_find(&t, id, "", "N", "2003Q4", "size", "big")->value, 50.0);
    NEAR(admin_value(&t, "reach.dissimilarity", "", "N", "2003Q4"), 25.0);
    trial_free(&t);
}

static void contacts_for_visits(void **state)
{
    (void)state;
    struct trial t;
    run_on(&t, market);
    NEAR(admin_value(&t, "reach.conversion", "", "N", "2003Q4"), 2.0); // 5 of 250
    trial_free(&t);
}

static void a_stratum_that_is_not_in_the_market_is_an_error(void **state)
{
    (void)state;
    struct trial t;
    run_on(&t, "r,t,s,n\nN,2003,all,60\nN,2003,small,30\n");
    assert_true(admin_said(&t, E0464));
    trial_free(&t);
}

static void no_market_no_number(void **state)
{
    (void)state;
    struct trial t;
    run_on(&t, "r,t,s,n\nN,1999,all,60\nN,1999,small,30\nN,1999,big,30\n");
    assert_int_equal(admin_row(&t, "reach.penetration", "", "N", "2003Q4")->status, EST_NO_DATA);
    trial_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clients_against_the_population),
        cmocka_unit_test(strata_against_the_market),
        cmocka_unit_test(contacts_for_visits),
        cmocka_unit_test(a_stratum_that_is_not_in_the_market_is_an_error),
        cmocka_unit_test(no_market_no_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
