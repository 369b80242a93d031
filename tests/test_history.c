// SPDX-License-Identifier: GPL-3.0-or-later
// The history of releases: what is kept, what a release may not give away, what damage does.
#include "engine/store/history.h"
#include "tests/help_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static int clean(void **state)
{
    (void)state;
    scratch_remove();
    return 0;
}

// One region; in each quarter of 2003 so many people who answer 4, and the first of them `first`.
static void write_study(const int answers[4], int first, const char *more)
{
    static const char *const days[] = {"2003-02-01", "2003-05-01", "2003-08-01", "2003-11-01"};
    struct buf data = {0};
    char study[512];
    buf_text(&data, "region,day,q\n");
    for (int quarter = 0; quarter < 4; quarter++)
        for (int i = 0; i < answers[quarter]; i++)
            buf_print(&data, "A,%s,%d\n", days[quarter], i ? 4 : first);
    scratch_write("data.csv", data.ptr);
    snprintf(
        study, sizeof study,
        "etalon: 1\nid: small\nsurveys:\n  - id: s\n    files: [data.csv]\n    columns: {region: "
        "region, period: day}\n    items:\n      - {id: q, column: q, scale: satisfaction}\n"
        "suppress: {min_n: 10, rule: none, complementary: false}\n%s",
        more);
    scratch_write("study.yaml", study);
    buf_free(&data);
}

// Runs the study into out/ with the history h.db; the exit status.
static int release_with(const char *period, const char *extra, const char *in_errors)
{
    char *study = scratch_path("study.yaml"), *out = scratch_path("out"),
         *history = scratch_path("h.db");
    struct outcome o = RUN("run", study, "-o", out, "--charts", "none", "--formats", "csv,json",
                           "--period", period, "--history", history, extra);
    if (in_errors && !strstr(o.err.ptr ? o.err.ptr : "", in_errors))
        fail_msg("'%s' is not in: %s", in_errors, o.err.ptr ? o.err.ptr : "");
    if (!in_errors && o.err.ptr && strstr(o.err.ptr, "E0838"))
        fail_msg("%s", o.err.ptr);
    int status = o.status;
    outcome_free(&o);
    free(study);
    free(out);
    free(history);
    return status;
}

static void release_expect(const int answers[4], const char *period, int status)
{
    write_study(answers, 4, "");
    assert_int_equal(release_with(period, "-q", status == 3 ? "E0841" : NULL), status);
}

static void forget(void)
{
    char *history = scratch_path("h.db");
    unlink(history);
    free(history);
}

static struct outcome ask(const char *action, const char *id)
{
    char *history = scratch_path("h.db");
    struct outcome o = RUN("history", history, action, id);
    free(history);
    return o;
}

static size_t release_count(void)
{
    struct outcome o = ask("list", NULL);
    size_t lines = 0;
    assert_int_equal(o.status, 0);
    for (size_t i = 0; i < o.out.len; i++)
        lines += o.out.ptr[i] == '\n';
    outcome_free(&o);
    return lines - 1;
}

static const char *out_value(const char *column)
{
    static char value[64];
    char *path = scratch_path("out/indicators.csv");
    snprintf(value, sizeof value, "%s", csv_value(path, "survey.mean,q,A,2003Q4", column));
    free(path);
    return value;
}

// One more respondent than in the release before: nothing may be said, nothing is touched.
static void one_late_respondent_is_refused(void **state)
{
    (void)state;
    forget();
    release_expect((int[]){0, 0, 0, 112}, "2003Q4", 0);
    char *history = scratch_path("h.db");
    struct buf before = read_whole(history);
    release_expect((int[]){0, 0, 0, 113}, "2003Q4", 3);
    struct buf after = read_whole(history);
    assert_int_equal(before.len, after.len);
    assert_memory_equal(before.ptr, after.ptr, before.len);
    assert_string_equal(out_value("n"), "112");
    release_expect((int[]){0, 0, 0, 111}, "2003Q4", 3);
    release_expect((int[]){0, 0, 0, 112}, "2003Q4", 0); // the same data again
    assert_int_equal(release_count(), 1);
    release_expect((int[]){0, 0, 0, 121}, "2003Q4", 3); // 9 are too few
    release_expect((int[]){0, 0, 0, 124}, "2003Q4", 0); // 12 are enough
    assert_int_equal(release_count(), 2);
    buf_free(&before);
    buf_free(&after);
    free(history);
}

// 112 people up to the third quarter, 115 in the year: the fourth quarter has 3.
static void a_year_less_its_quarters_is_a_cell_too(void **state)
{
    (void)state;
    forget();
    release_expect((int[]){0, 0, 112, 3}, "2003Q3", 0);
    release_expect((int[]){0, 0, 112, 3}, "2003", 3);
    release_expect((int[]){0, 0, 112, 30}, "2003", 0);
}

static void drafts_and_withdrawn_releases_do_not_count(void **state)
{
    (void)state;
    forget();
    write_study((int[]){0, 0, 0, 112}, 4, "");
    assert_int_equal(release_with("2003Q4", "--draft", NULL), 0);
    release_expect((int[]){0, 0, 0, 113}, "2003Q4", 0);
    release_expect((int[]){0, 0, 0, 114}, "2003Q4", 3);
    struct outcome o = ask("withdraw", "2");
    assert_int_equal(o.status, 0);
    outcome_free(&o);
    release_expect((int[]){0, 0, 0, 114}, "2003Q4", 0);
    o = ask("withdraw", "2"); // once is enough
    assert_int_equal(o.status, 65);
    outcome_free(&o);
}

// The mean of 111 fours and a one is 4 - 3/112: printed 3.97, not 4.00.
static void a_changed_value_carries_r(void **state)
{
    (void)state;
    forget();
    release_expect((int[]){0, 0, 0, 112}, "2003Q4", 0);
    assert_string_equal(out_value("symbol"), "");
    write_study((int[]){0, 0, 0, 112}, 1, "");
    assert_int_equal(release_with("2003Q4", "-v", "E0838"), 0);
    assert_string_equal(out_value("symbol"), "r");
    // again: the same release, the same mark
    assert_int_equal(release_with("2003Q4", "-v", "E0838"), 0);
    assert_string_equal(out_value("symbol"), "r");
    assert_int_equal(release_count(), 2);
    write_study((int[]){0, 0, 0, 112}, 1,
                "revisions: [{period: 2003Q4, indicator: \"*\", reason: {en: late form, fr: "
                "formulaire tardif}}]\n");
    assert_int_equal(release_with("2003Q4", "-v", NULL), 0);
}

static void an_export_is_the_snapshot(void **state)
{
    (void)state;
    forget();
    release_expect((int[]){0, 0, 0, 112}, "2003Q4", 0);
    struct outcome o = ask("export", "1");
    assert_int_equal(o.status, 0);
    scratch_write("export.json", o.out.ptr);
    outcome_free(&o);
    char *export = scratch_path("export.json"), *out = scratch_path("out");
    o = RUN("diff", export, out);
    assert_int_equal(o.status, 0);
    assert_non_null(strstr(o.out.ptr, " 0 changed (0 beyond their uncertainty), 0 changed in "
                                      "status, 0 in unit, 0 appeared, 0 gone; 0 changes"));
    outcome_free(&o);
    free(export);
    free(out);
}

static void write_bytes(const char *path, const struct buf *bytes)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes->ptr, 1, bytes->len, f), bytes->len);
    fclose(f);
}

static bool opens(const char *path)
{
    struct history h;
    struct diags d = {0};
    enum status status = history_open(&h, path, true, &d);
    assert_true(status == OK || status == FAIL_DATA);
    history_close(&h);
    diags_free(&d);
    return status == OK;
}

// Bytes all over the file are changed, one at a time; where that matters the file is refused, and
// in any case left as it is.
static void damage_is_found_and_nothing_is_touched(void **state)
{
    (void)state;
    forget();
    release_expect((int[]){0, 0, 0, 112}, "2003Q4", 0);
    char *path = scratch_path("h.db");
    struct buf good = read_whole(path);
    size_t refused = 0, tried = 0;
    for (size_t at = 18; at < good.len; at += 197) {
        good.ptr[at] ^= 0x10;
        write_bytes(path, &good);
        refused += !opens(path);
        tried++;
        struct buf after = read_whole(path);
        assert_int_equal(after.len, good.len);
        assert_memory_equal(after.ptr, good.ptr, good.len);
        buf_free(&after);
        good.ptr[at] ^= 0x10;
    }
    assert_true(refused * 20 > tried); // most bytes are nobody's: pages of small tables
    // the rows in one piece: zstd's magic number, and bytes after it
    size_t sheet = 0;
    for (size_t i = 0; i + 4 < good.len && !sheet; i++)
        sheet = memcmp(good.ptr + i, "\x28\xb5\x2f\xfd", 4) == 0 ? i : 0;
    assert_true(sheet > 0);
    for (size_t at = sheet; at < sheet + 200; at += 20) {
        good.ptr[at] ^= 0x10;
        write_bytes(path, &good);
        struct outcome o = ask("export", "1");
        assert_int_equal(o.status, 65);
        outcome_free(&o);
        good.ptr[at] ^= 0x10;
    }
    // a value that somebody made nicer: SQLite sees nothing wrong, the checksum does
    char *word = NULL;
    for (size_t i = 0; i + 11 < good.len && !word; i++)
        if (memcmp(good.ptr + i, "survey.mean", 11) == 0)
            word = good.ptr + i;
    assert_non_null(word);
    word[7] = 'n';
    write_bytes(path, &good);
    struct outcome o = ask("verify", NULL);
    assert_int_equal(o.status, 65);
    outcome_free(&o);
    word[7] = 'm';
    // a newer program wrote it: user_version stands at byte 60
    good.ptr[63] = 99;
    write_bytes(path, &good);
    o = ask("verify", NULL);
    assert_int_equal(o.status, 65);
    assert_non_null(strstr(o.err.ptr, "E0832"));
    outcome_free(&o);
    buf_free(&good);
    free(path);
}

// tests/history/version-1.db: written by the program as it was when the schema had its first
// version. Two regions of 40 people; in A one says 1 and 39 say 4: 157 / 40 = 3.925.
static void a_history_of_an_older_version_is_taken_over(void **state)
{
    (void)state;
    struct buf old = read_whole("tests/history/version-1.db");
    char *path = scratch_path("h.db");
    assert_int_equal(old.ptr[63], 1); // user_version
    for (int round = 0; round < 2; round++) {
        if (!round)
            write_bytes(path, &old);
        struct outcome o = ask("export", "1");
        assert_int_equal(o.status, 0);
        const char *row = strstr(o.out.ptr, "\"survey.mean\"");
        assert_non_null(row);
        row = strstr(row, "3.92499999999999");
        assert_non_null(row);
        outcome_free(&o);
    }
    struct buf now = read_whole(path);
    assert_int_equal(now.ptr[63], 2);
    buf_free(&old);
    buf_free(&now);
    free(path);
}

static void what_is_no_history_is_refused(void **state)
{
    (void)state;
    scratch_write("h.db", "a text of some length, which is certainly no database at all\n");
    write_study((int[]){0, 0, 0, 20}, 4, "");
    assert_int_equal(release_with("2003Q4", "-q", "E0831"), 65);
    forget();
    struct outcome o = ask("list", NULL);
    assert_int_equal(o.status, 66);
    outcome_free(&o);
}

// datasets/west: no table in which a withheld base can be worked out; one gate fails on purpose,
// and the results are published.
static void the_bundled_study_passes_its_audit_and_fails_one_gate(void **state)
{
    (void)state;
    char *out = scratch_path("west");
    struct outcome o = RUN("run", "datasets/west", "-o", out, "--charts", "none", "--formats",
                           "json", "--gate", "datasets/west/gates.yaml");
    assert_int_equal(o.status, 1);
    assert_null(strstr(o.err.ptr, "E0802"));
    const char *first = strstr(o.err.ptr, "error: rule ");
    assert_non_null(first);
    assert_memory_equal(first, "error: rule service-standards", 29);
    assert_null(strstr(first + 1, "error: rule "));
    outcome_free(&o);
    o = RUN("diff", out, out);
    assert_int_equal(o.status, 0);
    outcome_free(&o);
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_late_respondent_is_refused),
        cmocka_unit_test(a_year_less_its_quarters_is_a_cell_too),
        cmocka_unit_test(drafts_and_withdrawn_releases_do_not_count),
        cmocka_unit_test(a_changed_value_carries_r),
        cmocka_unit_test(an_export_is_the_snapshot),
        cmocka_unit_test(damage_is_found_and_nothing_is_touched),
        cmocka_unit_test(a_history_of_an_older_version_is_taken_over),
        cmocka_unit_test(what_is_no_history_is_refused),
        cmocka_unit_test(the_bundled_study_passes_its_audit_and_fails_one_gate),
    };
    return cmocka_run_group_tests(tests, NULL, clean);
}
