// SPDX-License-Identifier: GPL-3.0-or-later
// The bundled study: every file is there, and what was planted in the data is found
// (datasets/west/README.md).
#include "tests/help_run.h"

#include "metrics/family.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cmocka.h>

static char *folder, *indicators, *comparisons;

static int run_once(void **state)
{
    (void)state;
    folder = scratch_path("west");
    struct outcome o = RUN("run", "datasets/west", "-o", folder, "--charts", "svg");
    int status = o.status;
    if (status)
        fprintf(stderr, "%s", o.err.ptr);
    outcome_free(&o);
    indicators = scratch_path("west/indicators.csv");
    comparisons = scratch_path("west/comparisons.csv");
    return status;
}

static int clean(void **state)
{
    (void)state;
    free(folder);
    free(indicators);
    free(comparisons);
    scratch_remove();
    return 0;
}

static void every_file_is_there(void **state)
{
    (void)state;
    static const char *const names[] = {"indicators.csv",
                                        "comparisons.csv",
                                        "tests.csv",
                                        "drivers.csv",
                                        "quality.csv",
                                        "rejects.csv",
                                        "report.en.html",
                                        "report.fr.html",
                                        "snapshot.json",
                                        "manifest.json",
                                        "charts/all/scores.en.svg",
                                        "charts/sk/trend.fr.svg",
                                        "charts/ab/priorities.en.svg",
                                        "charts/bc/channels.fr.svg",
                                        "charts/all/maturity.fr.svg",
                                        "charts/mb/answers.en.svg"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[256];
        snprintf(path, sizeof path, "west/%s", names[i]);
        char *full = scratch_path(path);
        struct stat info;
        if (stat(full, &info) != 0 || info.st_size == 0)
            fail_msg("%s is missing or empty", names[i]);
        free(full);
    }
}

static void expect(const char *path, const char *key, const char *column, const char *value)
{
    const char *got = csv_value(path, key, column);
    if (strcmp(got, value) != 0)
        fail_msg("%s %s: '%s', not '%s'", key, column, got, value);
}

// No indicator of the catalogue may lack what it needs in the bundled study.
static void every_indicator_has_a_value(void **state)
{
    (void)state;
    struct buf all = read_whole(indicators);
    for (size_t f = 0; f < family_count; f++)
        for (size_t i = 0; i < families[f]->count; i++) {
            const char *id = families[f]->rows[i].label.id;
            struct buf start = {0};
            bool found = false;
            buf_print(&start, "\n%s,", id);
            for (const char *at = all.ptr; !found && (at = strstr(at, start.ptr)); at++) {
                const char *comma = at + 1;
                for (int k = 0; k < 6 && comma; k++) // value is the seventh column
                    comma = strchr(comma, ',') ? strchr(comma, ',') + 1 : NULL;
                found = comma && *comma != ',';
            }
            buf_free(&start);
            if (!found)
                fail_msg("%s has no value in the bundled study", id);
        }
    buf_free(&all);
}

static void three_young_clients_are_hidden(void **state)
{
    (void)state;
    static const char key[] = "cmt.index,overall,SK,2003-04 Q4,segment,youth,";
    expect(indicators, key, "status", "suppressed");
    expect(indicators, key, "value", "");
    expect(indicators, key, "n", "");
}

// Seventeen answers, all of Manitoba, are enough for a number. Weights and answers of the file:
// Σw = 249.71, Σwx = 1037.78, so the index is 25 (1037.78/249.71 - 1).
static void seventeen_cooperatives_are_a_group(void **state)
{
    (void)state;
    static const char *const keys[] = {"cmt.index,overall,MB,2003-04 Q4,segment,cooperative,",
                                       "cmt.index,overall,ALL,2003-04 Q4,segment,cooperative,"};
    for (int i = 0; i < 2; i++) {
        expect(indicators, keys[i], "status", "ok");
        expect(indicators, keys[i], "n", "17");
        double value = strtod(csv_value(indicators, keys[i], "value"), NULL);
        double base = strtod(csv_value(indicators, keys[i], "weighted_n"), NULL);
        assert_true(fabs(base - 249.71) < 1e-9);
        assert_true(fabs(value - 25 * (1037.78 / 249.71 - 1)) < 1e-9);
    }
    expect(indicators, "cmt.index,overall,SK,2003-04 Q4,segment,cooperative,", "status", "no_data");
}

static void more_met_than_received_is_kept(void **state)
{
    (void)state;
    static const char key[] = "standards.performance,email_next_day,BC,2003-04 Q4,,,";
    expect(indicators, key, "numerator", "285");
    expect(indicators, key, "denominator", "280");
    expect(indicators, key, "status", "caution");
}

static void charged_core_contacts_are_counted(void **state)
{
    (void)state;
    expect(indicators, "activity.core_fee_contacts,,BC,2003-04 Q4,,,", "value", "3");
    expect(indicators, "activity.core_fee_contacts,,MB,2003-04 Q4,,,", "value", "0");
}

static void the_real_difference_is_found(void **state)
{
    (void)state;
    expect(comparisons, "cmt.index,overall,,2003-04 Q4,,,region,SK,AB,", "significant", "true");
    expect(comparisons, "cmt.index,timeliness,,2003-04 Q4,,,region,SK,AB,", "significant", "true");
}

static void nothing_crosses_a_break(void **state)
{
    (void)state;
    assert_string_equal(
        csv_value(comparisons, "activity.wait_mean,,AB,2003-04 Q4,,,year_ago,", "a"), "");
    expect(comparisons, "activity.wait_mean,,AB,2003-04 Q4,,,previous,", "a", "2003-04 Q4");
    assert_string_equal(csv_value(comparisons, "egov.overall,,AB,2003-04 Q4,,,year_ago,", "a"), "");
}

static void the_late_region_is_preliminary(void **state)
{
    (void)state;
    expect(indicators, "activity.contacts,,SK,2003-04 Q4,,,", "symbol", "p");
    expect(indicators, "activity.contacts,,AB,2003-04 Q4,,,", "symbol", "");
}

static void reports_say_that_the_data_are_synthetic(void **state)
{
    (void)state;
    char *english = scratch_path("west/report.en.html"),
         *french = scratch_path("west/report.fr.html");
    struct buf a = read_whole(english), b = read_whole(french);
    assert_non_null(strstr(a.ptr, "synthetic"));
    assert_non_null(strstr(b.ptr, "synthétiques"));
    assert_null(strstr(a.ptr, "<script"));
    assert_null(strstr(b.ptr, "<script"));
    buf_free(&a);
    buf_free(&b);
    free(english);
    free(french);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_file_is_there),
        cmocka_unit_test(every_indicator_has_a_value),
        cmocka_unit_test(three_young_clients_are_hidden),
        cmocka_unit_test(seventeen_cooperatives_are_a_group),
        cmocka_unit_test(more_met_than_received_is_kept),
        cmocka_unit_test(charged_core_contacts_are_counted),
        cmocka_unit_test(the_real_difference_is_found),
        cmocka_unit_test(nothing_crosses_a_break),
        cmocka_unit_test(the_late_region_is_preliminary),
        cmocka_unit_test(reports_say_that_the_data_are_synthetic),
    };
    return cmocka_run_group_tests(tests, run_once, clean);
}
