// SPDX-License-Identifier: GPL-3.0-or-later
// `indicators:` of a study: what is listed is computed as without the list, nothing else is written
// or read for, and a pattern that names nothing is an error at its place.
#include "tests/help_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static const char survey[] =
    "etalon: 1\n"
    "id: small\n"
    "surveys:\n"
    "  - id: clients\n"
    "    files: [answers.csv]\n"
    "    columns: {region: region, stratum: region, cluster: office}\n"
    "    items: [{id: q1, column: q1, scale: satisfaction}]\n"
    "standards:\n"
    "  - id: own\n"
    "    files: [standards.csv]\n"
    "    columns: {region: region, standard: standard, target: target, met: met, total: total}\n"
    "suppress: {min_n: 1, rule: none}\n";

// 24 clients of two regions, three offices each; the answer follows the row.
static void put_data(void)
{
    struct buf text = {0};
    buf_print(&text, "region,office,q1\n");
    for (int i = 0; i < 24; i++)
        buf_print(&text, "%s,%d,%d\n", i % 2 ? "MB" : "SK", i / 2 % 3, 1 + i * 7 % 5);
    scratch_write("answers.csv", text.ptr);
    scratch_write("standards.csv", "region,standard,target,met,total\nMB,phone,0.9,80,100\n");
    buf_free(&text);
}

static struct outcome run_list(const char *list, const char *out)
{
    struct buf study = {0};
    buf_print(&study, "%s%s", survey, list);
    scratch_write("study.yaml", study.ptr);
    buf_free(&study);
    char *path = scratch_path("study.yaml"), *folder = scratch_path(out);
    struct outcome o = RUN("run", path, "-o", folder, "--charts", "none");
    free(path);
    free(folder);
    return o;
}

static struct buf file_of(const char *out, const char *name)
{
    char text[64];
    snprintf(text, sizeof text, "%s/%s", out, name);
    char *path = scratch_path(text);
    struct buf b = read_whole(path);
    assert_non_null(b.ptr);
    free(path);
    return b;
}

// Lines of `b` that start with `id`, which may be "", and are not the header.
static size_t lines_of(const struct buf *b, const char *id)
{
    size_t count = 0;
    for (const char *at = strchr(b->ptr, '\n') + 1; *at; at += strcspn(at, "\n") + 1)
        count += strncmp(at, id, strlen(id)) == 0;
    return count;
}

static void quiet_run(const char *list, const char *out)
{
    struct outcome o = run_list(list, out);
    if (o.status)
        print_error("%s", o.err.ptr);
    assert_int_equal(o.status, 0);
    outcome_free(&o);
}

static int start(void **state)
{
    (void)state;
    put_data();
    quiet_run("", "all");
    return 0;
}

static int clean(void **state)
{
    (void)state;
    scratch_remove();
    return 0;
}

// The lines that remain are those of the whole run, byte for byte.
static void lists_give_part_of_the_whole(void **state)
{
    (void)state;
    quiet_run("indicators: [survey.mean, cmt.top*]\n", "part");
    static const char *const names[] = {"indicators.csv", "comparisons.csv"};
    for (size_t f = 0; f < 2; f++) {
        struct buf all = file_of("all", names[f]), part = file_of("part", names[f]);
        assert_true(lines_of(&part, "survey.mean,") > 0);
        assert_int_equal(lines_of(&part, "survey.mean,"), lines_of(&all, "survey.mean,"));
        assert_int_equal(lines_of(&part, "cmt.top"), lines_of(&all, "cmt.top"));
        assert_int_equal(lines_of(&part, ""),
                         lines_of(&part, "survey.mean,") + lines_of(&part, "cmt.top"));
        for (char *at = part.ptr, *end; *at; at = end + 1) {
            end = strchr(at, '\n');
            *end = '\0';
            assert_non_null(strstr(all.ptr, at));
        }
        buf_free(&all);
        buf_free(&part);
    }
    struct buf tests = file_of("part", "tests.csv"), quality = file_of("part", "quality.csv");
    assert_int_equal(lines_of(&tests, ""), 0);
    assert_null(strstr(quality.ptr, "standards.csv")); // nothing asks for it
    buf_free(&tests);
    buf_free(&quality);
}

static void tests_and_families_by_name(void **state)
{
    (void)state;
    quiet_run("indicators: [standards.*, tests.rao_scott]\n", "tested");
    struct buf tests = file_of("tested", "tests.csv"), rows = file_of("tested", "indicators.csv");
    struct buf all = file_of("all", "tests.csv");
    assert_int_equal(lines_of(&tests, ""), lines_of(&all, "rao_scott,"));
    assert_true(lines_of(&tests, "rao_scott,") > 0);
    assert_true(lines_of(&rows, "standards.performance,") > 0);
    assert_int_equal(lines_of(&rows, ""), lines_of(&rows, "standards."));
    buf_free(&tests);
    buf_free(&rows);
    buf_free(&all);
}

static void unknown_ids_are_errors_with_the_nearest(void **state)
{
    (void)state;
    struct outcome o = run_list("indicators: [cmt.index, survey.meen, egob.*]\n", "none");
    assert_int_equal(o.status, 65);
    assert_non_null(strstr(o.err.ptr, "study.yaml:13:25: error"));
    assert_non_null(strstr(o.err.ptr, "'survey.meen' [E0107]"));
    assert_non_null(strstr(o.err.ptr, "did you mean `survey.mean`?"));
    assert_non_null(strstr(o.err.ptr, "'egob.*'"));
    outcome_free(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_give_part_of_the_whole),
        cmocka_unit_test(tests_and_families_by_name),
        cmocka_unit_test(unknown_ids_are_errors_with_the_nearest),
    };
    return cmocka_run_group_tests(tests, start, clean);
}
