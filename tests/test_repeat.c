// SPDX-License-Identifier: GPL-3.0-or-later
// `etalon run --from MANIFEST`: a run again, and what differs.
#include "tests/help_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static int clean(void **state)
{
    (void)state;
    scratch_remove();
    return 0;
}

static void write_data(int first)
{
    struct buf data = {0};
    buf_text(&data, "region,day,q\n");
    for (int i = 0; i < 60; i++)
        buf_print(&data, "%s,%s,%d\n", i % 2 ? "A" : "B", i < 30 ? "2003-08-01" : "2003-11-01",
                  i ? 4 : first);
    scratch_write("data.csv", data.ptr);
    buf_free(&data);
}

static int prepare(void **state)
{
    (void)state;
    write_data(4);
    scratch_write("study.yaml", "etalon: 1\nid: small\nregions: [{id: A}, {id: B}]\nsurveys:\n"
                                "  - id: s\n    files: [data.csv]\n"
                                "    columns: {region: region, period: day}\n    items:\n"
                                "      - {id: q, column: q, scale: satisfaction}\n");
    char *study = scratch_path("study.yaml"), *out = scratch_path("out");
    struct outcome o = RUN("run", study, "-o", out, "--charts", "none", "--formats", "csv,md",
                           "--lang", "fr", "--period", "2003Q3", "--max-rejects", "2%", "-q");
    int status = o.status;
    outcome_free(&o);
    free(study);
    free(out);
    return status;
}

static struct outcome again(const char *study, const char *out)
{
    char *manifest = scratch_path("out/manifest.json"), *folder = scratch_path(out ? out : ".");
    const char *const words[] = {"run", "--from", manifest, out ? "-o" : "-v", out ? folder : "-v",
                                 study, NULL};
    struct outcome o = run_program(words, NULL);
    free(manifest);
    free(folder);
    return o;
}

// The study is found beside the output folder; nothing is kept.
static void the_same_again_is_the_same(void **state)
{
    (void)state;
    struct outcome o = again(NULL, NULL);
    assert_int_equal(o.status, 0);
    assert_non_null(strstr(o.err.ptr, "byte for byte"));
    assert_int_equal(access("etalon-out", F_OK), -1);
    outcome_free(&o);
}

// Same options: the manifest that is kept lists the same files with the same sums.
static void what_is_kept_is_the_same_run(void **state)
{
    (void)state;
    char *study = scratch_path("study.yaml"), *one = scratch_path("out/manifest.json"),
         *two = scratch_path("kept/manifest.json");
    struct outcome o = again(study, "kept");
    assert_int_equal(o.status, 0);
    struct buf a = read_whole(one), b = read_whole(two);
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.ptr, b.ptr, a.len);
    buf_free(&a);
    buf_free(&b);
    outcome_free(&o);
    free(study);
    free(one);
    free(two);
}

static void a_changed_answer_is_found_and_explained(void **state)
{
    (void)state;
    write_data(1);
    struct outcome o = again(NULL, NULL);
    assert_int_equal(o.status, 1);
    assert_non_null(strstr(o.err.ptr, "indicators.csv differs [E0851]"));
    assert_non_null(strstr(o.err.ptr, "the input data.csv has changed [E0852]"));
    assert_null(strstr(o.err.ptr, "the study file"));
    outcome_free(&o);
    write_data(4);
}

static void without_study_or_manifest_nothing_is_run(void **state)
{
    (void)state;
    struct outcome o = RUN("run");
    assert_int_equal(o.status, 64);
    outcome_free(&o);
    o = RUN("run", "--from", "tests/nothing.json");
    assert_int_equal(o.status, 66);
    outcome_free(&o);
    scratch_write("other.json", "{\"a\": 1}\n");
    char *other = scratch_path("other.json");
    o = RUN("run", "--from", other);
    assert_int_equal(o.status, 65);
    outcome_free(&o);
    free(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_again_is_the_same),
        cmocka_unit_test(what_is_kept_is_the_same_run),
        cmocka_unit_test(a_changed_answer_is_found_and_explained),
        cmocka_unit_test(without_study_or_manifest_nothing_is_run),
    };
    return cmocka_run_group_tests(tests, prepare, clean);
}
