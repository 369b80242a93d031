// SPDX-License-Identifier: GPL-3.0-or-later
// Any number of threads and any way of taking a study apart give the same bytes.
#include "tests/help_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define STUDY "datasets/west"

static const char *const files[] = {"indicators.csv", "comparisons.csv", "tests.csv",
                                    "drivers.csv",    "quality.csv",     "rejects.csv",
                                    "snapshot.json",  "manifest.json",   "report.en.html",
                                    "report.fr.html", "workbook.fr.xlsx"};
enum { FILES = sizeof files / sizeof *files };

static int clean(void **state)
{
    (void)state;
    scratch_remove();
    return 0;
}

static void succeed(struct outcome o)
{
    if (o.status != 0)
        fail_msg("exit status %d: %s", o.status, o.err.ptr ? o.err.ptr : "");
    outcome_free(&o);
}

static void refuse(struct outcome o, int status, const char *in_errors)
{
    if (o.status != status || !strstr(o.err.ptr, in_errors))
        fail_msg("exit status %d, not %d with '%s': %s", o.status, status, in_errors, o.err.ptr);
    outcome_free(&o);
}

static struct buf whole(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return read_whole(path);
}

static void expect_same(const char *a, const char *b)
{
    for (size_t i = 0; i < FILES; i++) {
        struct buf x = whole(a, files[i]), y = whole(b, files[i]);
        if (!x.ptr || !str_same(buf_view(&x), buf_view(&y)))
            fail_msg("%s differs between %s and %s", files[i], a, b);
        buf_free(&x);
        buf_free(&y);
    }
}

#define RUN_STUDY(out, ...) RUN(__VA_ARGS__, "-o", out, "--charts", "none", "-q")

static void threads_change_nothing(void **state)
{
    (void)state;
    char *one = scratch_path("one"), *eight = scratch_path("eight");
    succeed(RUN_STUDY(one, "run", STUDY, "-j", "1"));
    succeed(RUN_STUDY(eight, "run", STUDY, "-j", "8"));
    expect_same(one, eight);
    free(one);
    free(eight);
}

static void merged_parts_are_the_run(void **state)
{
    (void)state;
    char *a = scratch_path("a.part"), *b = scratch_path("b.part"), *c = scratch_path("c.part");
    char *out = scratch_path("merged"), *one = scratch_path("one");
    succeed(RUN("partial", STUDY, "-o", a, "-q", "--files", "contacts-2002*", "survey-2003*"));
    succeed(
        RUN("partial", STUDY, "-o", b, "-q", "-j", "1", "--files", "contacts-2003*", "[blpt]*"));
    succeed(RUN("partial", STUDY, "-o", c, "-q", "--files", "survey-2002*", "ca*", "s[cet]*"));
    succeed(RUN_STUDY(out, "merge", STUDY, c, a, b, "-j", "1"));
    expect_same(out, one);
    succeed(RUN_STUDY(out, "merge", STUDY, a, b, c));
    expect_same(out, one);
    refuse(RUN("merge", STUDY, a, b, a, "-o", out), 65, "same part");
    refuse(RUN("merge", STUDY, a, b, "-o", out), 66, "is in no part");
    free(a);
    free(b);
    free(c);
    free(out);
    free(one);
}

#define HEADER \
    "etalon: 1\nid: t\ntitle: T\nactivity:\n  - {id: c, shape: events, files: [c*.csv]}\n"

static void parts_of_something_else_are_refused(void **state)
{
    (void)state;
    scratch_write("study.yaml", HEADER);
    scratch_write("c1.csv", "region,time,channel\nN,2003-01-01,web\nS,2003-01-02,phone\n");
    scratch_write("c2.csv", "region,time,channel\nS,2003-04-01,phone\nO,2003-01-02,mail\n");
    char *study = scratch_path("study.yaml"), *a = scratch_path("1.part");
    char *b = scratch_path("2.part"), *out = scratch_path("o");
    succeed(RUN("partial", study, "-o", a, "-q", "--files", "c1.csv"));
    succeed(RUN("partial", study, "-o", b, "-q"));
    refuse(RUN("merge", study, a, b, "-o", out), 65, "'c1.csv' is in");
    refuse(RUN("partial", study, "-o", b, "--files", "d*"), 66, "no file");
    refuse(RUN("merge", study, study, "-o", out), 65, "not a part");
    struct buf bytes = read_whole(a);
    bytes.ptr[bytes.len / 2] ^= 1;
    bytes.ptr[bytes.len - 1] = 'x';
    scratch_write("bad.part", bytes.ptr); // also cut at its first NUL
    buf_free(&bytes);
    char *bad = scratch_path("bad.part");
    refuse(RUN("merge", study, bad, "-o", out), 65, "damaged");
    scratch_write("study.yaml", HEADER "confidence: 0.9\n");
    refuse(RUN("merge", study, a, "-o", out), 65, "another study");
    free(study);
    free(a);
    free(b);
    free(bad);
    free(out);
}

// Lines inside quotes, rejected rows, blank lines, regions from the data, two files, and quotes
// that lead the cut astray: whatever the threads make of it, one thread's result is the result.
static void hard_files_are_read_alike(void **state)
{
    (void)state;
    static const char *const hard[] = {"\"two\nlines\"", "plain", "\"say \"\"so\"\"\"", "od\"d",
                                       "\"closed\" tail"};
    struct buf text = {0};
    char *study = scratch_path("hard.yaml"), *one = scratch_path("h1"), *four = scratch_path("h4");
    scratch_write("hard.yaml", "etalon: 1\nid: t\ntitle: T\nmax_rejects: 100%\nactivity:\n"
                               "  - {id: c, shape: events, files: [hard*.csv]}\n");
    for (int kind = 3; kind <= 5; kind += 2) { // well-formed first, then with odd quotes
        buf_clear(&text);
        buf_text(&text, "region,time,channel,wait,client,note\n");
        for (int i = 0; i < 60000; i++) {
            buf_print(&text, "%c,2003-%02d-01,web,%d,c%d,%s\n", 'A' + i % 5, 1 + i % 12, i % 97,
                      i % 1000, hard[i % kind]);
            if (i % 5000 == 0)
                buf_text(&text, "\nshort,row\n");
        }
        scratch_write("hard1.csv", text.ptr);
        scratch_write("hard2.csv", text.ptr);
        succeed(RUN_STUDY(one, "run", study, "-j", "1"));
        succeed(RUN_STUDY(four, "run", study, "-j", "4"));
        expect_same(one, four);
    }
    buf_free(&text);
    free(study);
    free(one);
    free(four);
}

// The program for mpirun is built by `make mpi`, which not everybody has.
static void ranks_change_nothing(void **state)
{
    (void)state;
    const char *program = BUILD_FOLDER "/etalon-mpi";
    if (access(program, X_OK) != 0 || system("mpirun --version >/dev/null 2>&1") != 0) {
        print_message("skipped: no mpirun, or no etalon-mpi (make mpi)\n");
        skip();
    }
    char *one = scratch_path("one"), *out = scratch_path("ranks"), command[8192];
    snprintf(
        command, sizeof command,
        "OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 mpirun --oversubscribe -np 3 "
        "%s run " STUDY " -o %s --charts none -q",
        program, out);
    assert_int_equal(system(command), 0);
    expect_same(one, out);
    free(one);
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(merged_parts_are_the_run),
        cmocka_unit_test(parts_of_something_else_are_refused),
        cmocka_unit_test(hard_files_are_read_alike),
        cmocka_unit_test(ranks_change_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, clean);
}
