// SPDX-License-Identifier: GPL-3.0-or-later
// SPSS files, written by PSPP from tests/spss/clients.sps: what stands there comes out, and a file
// that is damaged is an error, never a crash and never a shorter table.
#include "tests/help_run.h"

#include "engine/ingest/sav_child.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NEEDS_READER() \
    if (!sav_built())  \
    skip()

static const char table[] =
    "id,region,day,at,overall,wait,comment\n"
    "a1,MB,2003-07-05,2003-07-05 09:15:00,5,2.5,très bien\n"
    "a2,MB,2003-07-06,2003-07-06 23:59:59,4,0.1,\"said \"\"yes\"\", twice\"\n"
    "a3,MB,2003-07-07,2003-07-07 00:00:00,8,10,\n"
    "a4,SK,2003-08-31,2003-08-31 12:00:00,3,99,x\n"
    "a5,SK,2003-09-01,2003-09-01 12:00:00,1,98,y\n"
    "a6,SK,2003-09-02,2003-09-02 12:00:00,9,4,z\n"
    "a7,SK,2003-09-02,2003-09-02 12:00:00,,7.25,no answer\n"
    "a8,MB,2004-02-29,2004-02-29 12:00:00,2,1000,last\n";

static void every_kind_of_value_is_as_it_was_typed(void **state)
{
    (void)state;
    NEEDS_READER();
    static const char *const paths[] = {"tests/spss/clients.sav", "tests/spss/clients.zsav"};
    for (size_t i = 0; i < 2; i++) {
        struct outcome o = RUN("cat", paths[i]);
        assert_int_equal(o.status, 0);
        assert_int_equal(o.out.len, sizeof table - 1);
        assert_memory_equal(o.out.ptr, table, o.out.len);
        outcome_free(&o);
    }
}

static void copy_file(const char *name, const char *bytes, size_t len)
{
    char *path = scratch_path(name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, len, f), len);
    assert_int_equal(fclose(f), 0);
    free(path);
}

// `missing`: a line of YAML for the survey. Dialect: of the text files of the same study.
static void run_study(const char *missing)
{
    struct buf sav = read_whole("tests/spss/clients.sav"), text = {0};
    copy_file("clients.sav", sav.ptr, sav.len);
    buf_print(&text,
              "etalon: 1\nid: s\ntitle: S\nyear: fiscal\nperiod: all\nsuppress: {min_n: 1}\n"
              "surveys:\n  - id: clients\n    files: [clients.sav]\n"
              "    dialect: {delimiter: \";\", decimal: \",\", encoding: windows-1252}\n"
              "    columns: {region: region, period: day, respondent: id}\n%s"
              "    items:\n      - {id: overall, column: overall, scale: satisfaction}\n"
              "      - {id: wait, column: wait, scale: number}\n",
              missing);
    scratch_write("study.yaml", text.ptr);
    char *study = scratch_path("study.yaml"), *out = scratch_path("out");
    struct outcome o = RUN("run", study, "-o", out, "--charts", "none", "--formats", "csv");
    if (o.status)
        print_message("%.*s\n", (int)o.err.len, o.err.ptr);
    assert_int_equal(o.status, 0);
    outcome_free(&o);
    buf_free(&sav);
    buf_free(&text);
    free(study);
    free(out);
}

static double value_of(const char *key, const char *column)
{
    char *path = scratch_path("out/indicators.csv");
    double value = strtod(csv_value(path, key, column), NULL);
    free(path);
    return value;
}

// Waits that count: 2.5, 0.1, 10, 4, 7.25, 1000; 98 and 99 are missing by the file. Their sum is
// 1023.85, their mean 170.641666…. Answers that count: 5, 4, 3, 1, 2, of which the mean is 3.
static void values_that_the_file_declares_missing_are_missing(void **state)
{
    (void)state;
    NEEDS_READER();
    run_study("");
    assert_float_equal(value_of("survey.mean,wait,ALL,all", "value"), 1023.85 / 6, 1e-9);
    assert_float_equal(value_of("survey.mean,wait,ALL,all", "n"), 6, 0);
    assert_float_equal(value_of("survey.mean,overall,ALL,all", "value"), 3, 1e-12);
    assert_float_equal(value_of("survey.response,overall,ALL,all", "value"), 62.5, 1e-9);
    scratch_remove();
}

// The study knows better what kind of missing 8 is; 98 and 99 it does not name.
static void a_code_of_the_study_says_which_kind(void **state)
{
    (void)state;
    NEEDS_READER();
    run_study("    missing: {dont_know: [\"8\"], refused: [\"9\"]}\n");
    char *path = scratch_path("out/quality.csv");
    struct buf quality = read_whole(path);
    buf_char(&quality, '\0');
    // of the eight answers one is 8, one 9, one the system's own missing value
    assert_non_null(strstr(quality.ptr, ",overall,dont_know,1,"));
    assert_non_null(strstr(quality.ptr, ",overall,refused,1,"));
    assert_non_null(strstr(quality.ptr, ",overall,blank,1,"));
    assert_non_null(strstr(quality.ptr, ",wait,blank,2,")); // 98 and 99
    assert_float_equal(value_of("survey.mean,wait,ALL,all", "n"), 6, 0);
    buf_free(&quality);
    free(path);
    scratch_remove();
}

// Cut anywhere: exit 65 with the file's name, or (where only rows are lost) never fewer rows.
static void a_cut_file_is_refused(void **state)
{
    (void)state;
    NEEDS_READER();
    struct buf sav = read_whole("tests/spss/clients.sav");
    for (size_t len = 4; len < sav.len; len += 61) {
        copy_file("cut.sav", sav.ptr, len);
        char *path = scratch_path("cut.sav");
        struct outcome o = RUN("cat", path);
        buf_char(&o.err, '\0');
        assert_int_equal(o.status, 65);
        assert_non_null(strstr(o.err.ptr, "cut.sav"));
        outcome_free(&o);
        free(path);
    }
    buf_free(&sav);
    scratch_remove();
}

// A byte changed anywhere: another table or an error; the program itself always ends in good order.
static void a_damaged_file_breaks_nothing(void **state)
{
    (void)state;
    NEEDS_READER();
    struct buf sav = read_whole("tests/spss/clients.zsav");
    uint32_t random = 2463534242u; // xorshift32, Marsaglia 2003
    for (int i = 0; i < 60; i++) {
        random ^= random << 13, random ^= random >> 17, random ^= random << 5;
        char *byte = &sav.ptr[4 + random % (sav.len - 4)], before = *byte;
        *byte = (char)(before ^ (char)(1 << (random >> 28 & 7)));
        copy_file("bad.sav", sav.ptr, sav.len);
        *byte = before;
        char *path = scratch_path("bad.sav");
        struct outcome o = RUN("cat", path);
        assert_true(o.status == 0 || o.status == 65);
        outcome_free(&o);
        free(path);
    }
    buf_free(&sav);
    scratch_remove();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_value_is_as_it_was_typed),
        cmocka_unit_test(values_that_the_file_declares_missing_are_missing),
        cmocka_unit_test(a_code_of_the_study_says_which_kind),
        cmocka_unit_test(a_cut_file_is_refused),
        cmocka_unit_test(a_damaged_file_breaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
