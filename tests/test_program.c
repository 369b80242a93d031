// SPDX-License-Identifier: GPL-3.0-or-later
// The program from outside: commands, exit statuses, messages (interface.md 1).
#include "tests/help_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cmocka.h>

static int clean(void **state)
{
    (void)state;
    scratch_remove();
    return 0;
}

static void expect(struct outcome o, int status, const char *in_errors)
{
    if (o.status != status)
        fail_msg("exit status %d, not %d: %s", o.status, status, o.err.ptr ? o.err.ptr : "");
    if (in_errors && !strstr(o.err.ptr, in_errors))
        fail_msg("'%s' is not in: %s", in_errors, o.err.ptr);
    outcome_free(&o);
}

static void help_names_every_command(void **state)
{
    (void)state;
    static const char *const names[] = {"run", "check", "list", "cat", "doctor"};
    struct outcome o = RUN("--help");
    assert_int_equal(o.status, 0);
    for (size_t i = 0; i < 5; i++)
        assert_non_null(strstr(o.out.ptr, names[i]));
    outcome_free(&o);
    for (size_t i = 0; i < 5; i++)
        expect(RUN(names[i], "--help"), 0, NULL);
}

static void wrong_words_leave_with_64(void **state)
{
    (void)state;
    expect(RUN("rnu", "x"), 64, "did you mean 'run'");
    expect(RUN("run"), 64, "usage");
    expect(RUN("run", "a", "b"), 64, NULL);
    expect(RUN("run", "a", "--peroid", "x"), 64, "--period");
    expect(RUN("run", "a", "--period", "yesterday"), 64, "--period");
    expect(RUN("run", "a", "--formats", "csv,docx"), 64, NULL);
    expect(RUN("run", "a", "-j", "0"), 64, NULL);
    expect(RUN("list", "indicator"), 64, "did you mean 'indicators'");
}

static void a_missing_study_leaves_with_66(void **state)
{
    (void)state;
    expect(RUN("run", "no/such/study.yaml", "-o", "/tmp/never"), 66, "no/such/study.yaml");
}

static void a_bad_key_is_named_with_its_place(void **state)
{
    (void)state;
    scratch_write("bad.yaml", "etalon: 1\nid: bad\nregoins: []\n");
    char *path = scratch_path("bad.yaml"), *out = scratch_path("out");
    struct outcome o = RUN("run", path, "-o", out);
    assert_int_equal(o.status, 65);
    assert_non_null(strstr(o.err.ptr, "bad.yaml:3:1: error:"));
    assert_non_null(strstr(o.err.ptr, "regions"));
    struct stat info;
    assert_int_equal(stat(out, &info), -1);
    outcome_free(&o);
    free(path);
    free(out);
}

static void messages_can_be_json(void **state)
{
    (void)state;
    struct outcome o = RUN("rnu", "--diagnostics", "json");
    assert_int_equal(o.status, 64);
    outcome_free(&o);
    o = RUN("check", "no/such.yaml", "--diagnostics", "json");
    assert_int_equal(o.status, 66);
    assert_int_equal(o.err.ptr[0], '{');
    assert_non_null(strstr(o.err.ptr, "\"code\": \"E0"));
    outcome_free(&o);
}

static void a_small_study(const char *name, const char *rows)
{
    char study[512], data[64];
    snprintf(
        study, sizeof study,
        "etalon: 1\nid: small\nsurveys:\n  - id: s\n    files: [%s.csv]\n    columns: {region: "
        "region}\n    items:\n      - {id: q, column: q, scale: satisfaction}\nsuppress: "
        "{min_n: 1, rule: none, complementary: false}\n",
        name);
    snprintf(data, sizeof data, "%s.csv", name);
    scratch_write(data, rows);
    snprintf(data, sizeof data, "%s.yaml", name);
    scratch_write(data, study);
}

static struct outcome run_small(const char *name, const char *out)
{
    char file[64];
    snprintf(file, sizeof file, "%s.yaml", name);
    char *study = scratch_path(file), *folder = scratch_path(out);
    struct outcome o = RUN("run", study, "-o", folder, "--charts", "none");
    free(study);
    free(folder);
    return o;
}

// (5 + 4 + 3) / 3 = 4 in A; (1 + 2) / 2 = 1.5 in B; all five: 3
static void a_small_study_gives_its_means(void **state)
{
    (void)state;
    a_small_study("means", "region,q\nA,5\nA,4\nA,3\nB,1\nB,2\n");
    expect(run_small("means", "means-out"), 0, NULL);
    char *path = scratch_path("means-out/indicators.csv");
    assert_string_equal(csv_value(path, "survey.mean,q,A,all", "value"), "4");
    assert_string_equal(csv_value(path, "survey.mean,q,B,all", "value"), "1.5");
    assert_string_equal(csv_value(path, "survey.mean,q,ALL,all", "value"), "3");
    free(path);
}

// Two who did not use the service rated it all the same (rows 2 and 5): counted, not used.
static void answers_to_skipped_questions_are_counted(void **state)
{
    (void)state;
    scratch_write("skip.csv", "region,used,rate\nA,1,5\nA,2,4\nB,2,\nB,1,3\nB,2,1\n");
    scratch_write("skip.yaml",
                  "etalon: 1\nid: skip\nsurveys:\n  - id: s\n    files: [skip.csv]\n    columns: "
                  "{region: region}\n    items:\n      - {id: used, column: used, scale: yes_no}\n "
                  "     - {id: rate, column: rate, scale: satisfaction, asked_if: {item: used, is: "
                  "[\"1\"]}}\nsuppress: {min_n: 1, rule: none, complementary: false}\n");
    expect(run_small("skip", "skip-out"), 0, NULL);
    char *path = scratch_path("skip-out/indicators.csv");
    assert_string_equal(csv_value(path, "quality.skipped_answers,,ALL,all", "value"), "2");
    assert_string_equal(csv_value(path, "survey.mean,rate,ALL,all", "value"), "4");
    free(path);
}

static void an_open_quote_is_named_where_it_opened(void **state)
{
    (void)state;
    a_small_study("quote", "region,q\nA,5\nA,\"4\nA,3\nB,1\n");
    expect(run_small("quote", "quote-out"), 65, "quote.csv:3");
}

static void a_foreign_folder_is_left_alone(void **state)
{
    (void)state;
    a_small_study("foreign", "region,q\nA,5\nA,4\n");
    char *folder = scratch_path("foreign-out");
    assert_int_equal(mkdir(folder, 0755), 0);
    scratch_write("foreign-out/mine.txt", "mine");
    expect(run_small("foreign", "foreign-out"), 73, "mine.txt");
    free(folder);
}

static void a_full_disk_under_stdout_leaves_with_74(void **state)
{
    (void)state;
    char command[256];
    snprintf(command, sizeof command, "%s list indicators >/dev/full 2>/dev/null", program_path());
    int status = system(command);
    assert_int_equal(WEXITSTATUS(status), 74);
}

static void without_gnuplot_the_tables_stand(void **state)
{
    (void)state;
    a_small_study("bare", "region,q\nA,5\nA,4\nA,3\nB,1\nB,2\n");
    char *study = scratch_path("bare.yaml"), *out = scratch_path("bare-out");
    const char *const words[] = {"run", study, "-o", out, NULL};
    const char *const environment[] = {"PATH=/nowhere", NULL};
    expect(run_program(words, environment), 69, "gnuplot");
    char *path = scratch_path("bare-out/indicators.csv");
    assert_string_equal(csv_value(path, "survey.mean,q,A,all", "value"), "4");
    free(path);
    free(study);
    free(out);
}

static void cat_prints_what_was_read(void **state)
{
    (void)state;
    scratch_write("semi.csv", "a;b\n1;2,5\n");
    char *path = scratch_path("semi.csv");
    struct outcome o = RUN("cat", path);
    assert_int_equal(o.status, 0);
    assert_string_equal(o.out.ptr, "a,b\n1,\"2,5\"\n");
    outcome_free(&o);
    free(path);
}

static void lists_are_complete_in_json(void **state)
{
    (void)state;
    struct outcome o = RUN("list", "indicators", "--json");
    assert_int_equal(o.status, 0);
    assert_non_null(strstr(o.out.ptr, "\"id\": \"survey.mean\""));
    assert_non_null(strstr(o.out.ptr, "\"id\": \"activity.unaccounted\""));
    outcome_free(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(help_names_every_command),
        cmocka_unit_test(wrong_words_leave_with_64),
        cmocka_unit_test(a_missing_study_leaves_with_66),
        cmocka_unit_test(a_bad_key_is_named_with_its_place),
        cmocka_unit_test(messages_can_be_json),
        cmocka_unit_test(a_small_study_gives_its_means),
        cmocka_unit_test(answers_to_skipped_questions_are_counted),
        cmocka_unit_test(an_open_quote_is_named_where_it_opened),
        cmocka_unit_test(a_foreign_folder_is_left_alone),
        cmocka_unit_test(a_full_disk_under_stdout_leaves_with_74),
        cmocka_unit_test(without_gnuplot_the_tables_stand),
        cmocka_unit_test(cat_prints_what_was_read),
        cmocka_unit_test(lists_are_complete_in_json),
    };
    return cmocka_run_group_tests(tests, NULL, clean);
}
