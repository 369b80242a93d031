// SPDX-License-Identifier: GPL-3.0-or-later
// etalon selftest from outside: every reference value is met, and every line can be read.
#include "tests/help_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static void all_reference_values_are_met(void **state)
{
    (void)state;
    struct outcome o = RUN("selftest", "-q");
    if (o.status)
        print_message("%s%s", o.out.ptr, o.err.ptr);
    assert_int_equal(o.status, 0);
    assert_non_null(strstr(o.out.ptr, ", 0 missed\n"));
    assert_int_equal(strchr(o.out.ptr, '\n') - o.out.ptr + 1, (long)o.out.len); // nothing else
    outcome_free(&o);
}

static void each_value_stands_on_its_line(void **state)
{
    (void)state;
    static const char *const wanted[] = {
        "NumAcc4: survey.sd,y,ALL,all value",
        "SmLs09: anova,y,ALL,all,region statistic",
        "Longley: x6 slope",
        "schools, clusters: survey.mean,api00,ALL,2000Q2 se",
        "NCHS: 0 of 35",
        "Holm: p = 0.02",
        "CMT: cmt.index_2dp,q,SC2006,all",
        "standards: standards.performance,ISED-009-002",
        "calls: activity.service_level",
        "services: egov.breadth,,IE,2002",
        "Taylor beside jackknife: overall, ALL",
    };
    struct outcome o = RUN("selftest");
    assert_int_equal(o.status, 0);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (!strstr(o.out.ptr, wanted[i]))
            fail_msg("no line '%s'", wanted[i]);
    size_t lines = 0, good = 0;
    for (const char *at = o.out.ptr; (at = strchr(at, '\n')); at++)
        lines++;
    for (const char *at = o.out.ptr; (at = strstr(at, "  ok    ")); at++)
        good++;
    assert_true(good > 400 && good == lines - 2); // all but the head and the sum
    outcome_free(&o);
}

// A temporary folder that cannot be made is an error of the machine, not a miss.
static void without_a_temporary_folder_it_says_so(void **state)
{
    (void)state;
    const char *const words[] = {"selftest", NULL};
    const char *const environment[] = {"TMPDIR=/no/such/folder", NULL};
    struct outcome o = run_program(words, environment);
    assert_int_equal(o.status, 73);
    assert_non_null(strstr(o.err.ptr, "/no/such/folder"));
    outcome_free(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_reference_values_are_met),
        cmocka_unit_test(each_value_stands_on_its_line),
        cmocka_unit_test(without_a_temporary_folder_it_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
