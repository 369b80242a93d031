// SPDX-License-Identifier: GPL-3.0-or-later
// Eight quarters one after the other, each with its own data and the history only, say the same
// over time as one run over all data. Then one of them is revised, fails a gate, and is refused.
// The data are the client surveys of datasets/west, two questions of them.
#include "tests/help_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static const char *const quarters[] = {"2002-03-q1", "2002-03-q2", "2002-03-q3", "2002-03-q4",
                                       "2003-04-q1", "2003-04-q2", "2003-04-q3", "2003-04-q4"};
enum { QUARTERS = sizeof quarters / sizeof *quarters };

static void write_study(const char *more)
{
    char text[2048];
    snprintf(text, sizeof text,
             "etalon: 1\nid: quarters\nyear: fiscal\n"
             "regions: [{id: MB}, {id: SK}, {id: AB}, {id: BC}]\ntotal: {id: ALL}\n"
             "surveys:\n  - id: clients\n    files: [survey-*.csv]\n"
             "    columns: {region: region, period: interviewed_on, weight: weight,\n"
             "              stratum: stratum, cluster: office, fpc: n_offices, respondent: id}\n"
             "    missing: {blank: [\"\"], dont_know: [\"8\"], not_applicable: [\"9\"],\n"
             "              refused: [\"7\"], not_asked: [S]}\n"
             "    items:\n"
             "      - {id: overall, column: overall, scale: satisfaction, role: overall}\n"
             "      - {id: timeliness, column: timeliness, scale: satisfaction, driver: "
             "timeliness}\n%s",
             more);
    scratch_write("study.yaml", text);
}

// ---- data of one quarter

static void read_quarter(const char *quarter, struct buf *text)
{
    char path[128];
    snprintf(path, sizeof path, "datasets/west/survey-%s.csv", quarter);
    *text = read_whole(path);
    assert_non_null(text->ptr);
}

static void put_quarter(const char *quarter)
{
    char name[64];
    struct buf text;
    read_quarter(quarter, &text);
    snprintf(name, sizeof name, "survey-%s.csv", quarter);
    scratch_write(name, text.ptr);
    buf_free(&text);
}

static void drop_quarter(const char *quarter)
{
    char name[64];
    snprintf(name, sizeof name, "survey-%s.csv", quarter);
    char *path = scratch_path(name);
    assert_int_equal(unlink(path), 0);
    free(path);
}

// "2003-04-q4" → "2003-04 Q4"
static const char *period_of(const char *quarter)
{
    static char period[16];
    snprintf(period, sizeof period, "%.7s Q%c", quarter, quarter[9]);
    return period;
}

static struct outcome run_quarter(const char *out, const char *quarter, const char *history,
                                  const char *gate)
{
    char *study = scratch_path("study.yaml"), *folder = scratch_path(out),
         *db = scratch_path(history ? history : "none");
    struct outcome o =
        RUN("run", study, "-o", folder, "--charts", "none", "--formats", "csv,json,md", "--lang",
            "en", "-q", "--period", period_of(quarter), history ? "--history" : "-q",
            history ? db : "-q", gate ? "--gate" : "-q", gate ? gate : "-q");
    free(study);
    free(folder);
    free(db);
    return o;
}

static void expect_run(const char *out, const char *quarter, const char *history)
{
    struct outcome o = run_quarter(out, quarter, history, NULL);
    if (o.status)
        fail_msg("%s: %d: %s", quarter, o.status, o.err.ptr);
    outcome_free(&o);
}

// ---- the same over time

static void release_all(void)
{
    for (size_t i = 0; i < QUARTERS; i++) {
        put_quarter(quarters[i]);
        expect_run("out", quarters[i], "h.db");
        drop_quarter(quarters[i]);
    }
}

static void expect_same_file(const char *name)
{
    char one[64], other[64];
    snprintf(one, sizeof one, "out/%s", name);
    snprintf(other, sizeof other, "whole/%s", name);
    char *path = scratch_path(one), *path_other = scratch_path(other);
    struct buf a = read_whole(path), b = read_whole(path_other);
    assert_non_null(a.ptr);
    assert_non_null(b.ptr);
    if (a.len != b.len || memcmp(a.ptr, b.ptr, a.len) != 0)
        fail_msg("%s differs:\n%s\n%s", name, a.ptr, b.ptr);
    buf_free(&a);
    buf_free(&b);
    free(path);
    free(path_other);
}

static const char *value_in(const char *folder, const char *key, const char *column)
{
    char name[64];
    snprintf(name, sizeof name, "%s", folder);
    char *path = scratch_path(name);
    const char *value = csv_value(path, key, column);
    free(path);
    return value;
}

static void quarter_after_quarter_is_the_same_as_all_at_once(void **state)
{
    (void)state;
    write_study("");
    release_all();
    for (size_t i = 0; i < QUARTERS; i++)
        put_quarter(quarters[i]);
    expect_run("whole", "2003-04-q4", NULL);
    expect_same_file("tables/items-mb.en.md");
    expect_same_file("tables/items-sk.en.md");
    expect_same_file("tables/items-ab.en.md");
    expect_same_file("tables/items-bc.en.md");
    char *path = scratch_path("out/tables/items-mb.en.md");
    struct buf table = read_whole(path);
    assert_non_null(strstr(table.ptr, "2002-03 Q1 |"));
    assert_null(strstr(table.ptr, "| .. |"));
    buf_free(&table);
    free(path);
    for (size_t i = 0; i + 1 < QUARTERS; i++)
        drop_quarter(quarters[i]);
}

// The difference is the one of the two published values, whatever its error.
static void the_quarter_before_is_compared_from_the_history(void **state)
{
    (void)state;
    static const char *const keys[] = {
        "cmt.index,overall,MB,2003-04 Q4,,,previous,2003-04 Q4,2003-04 Q3,",
        "cmt.index,overall,MB,2003-04 Q4,,,year_ago,2003-04 Q4,2002-03 Q4,",
        "cmt.index,timeliness,ALL,2003-04 Q4,,,previous,2003-04 Q4,2003-04 Q3,"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        char expected[64];
        snprintf(expected, sizeof expected, "%s",
                 value_in("whole/comparisons.csv", keys[i], "difference"));
        assert_true(*expected);
        assert_string_equal(value_in("out/comparisons.csv", keys[i], "difference"), expected);
        assert_string_equal(value_in("out/comparisons.csv", keys[i], "method"),
                            "published values (t)");
    }
}

// ---- a quarter again

// The last quarter with the answer of one person in Manitoba to `overall` changed from 5 to 1;
// then without that person.
static void put_changed(bool without)
{
    struct buf text, changed = {0};
    read_quarter("2003-04-q4", &text);
    char *line = strstr(text.ptr, "\nMB");
    while (line && !strstr(line, ",5,"))
        line = strstr(line + 1, "\nMB");
    assert_non_null(line);
    char *end = strchr(line + 1, '\n'), *answer = line + 1;
    for (int comma = 0; comma < 11; comma++) // the twelfth column
        answer = strchr(answer, ',') + 1;
    while (*answer != '5') { // somebody else, then
        line = end;
        end = strchr(line + 1, '\n');
        answer = line + 1;
        for (int comma = 0; comma < 11; comma++)
            answer = strchr(answer, ',') + 1;
    }
    assert_memory_equal(line, "\nMB", 3);
    *answer = '1';
    buf_put(&changed, text.ptr, (size_t)(line - text.ptr));
    buf_text(&changed, without ? end : line);
    scratch_write("survey-2003-04-q4.csv", changed.ptr);
    buf_free(&text);
    buf_free(&changed);
}

static void a_revised_quarter_carries_its_marks(void **state)
{
    (void)state;
    put_changed(false);
    struct outcome o = run_quarter("out", "2003-04-q4", "h.db", NULL);
    assert_int_equal(o.status, 0);
    outcome_free(&o);
    const char *const changed = "cmt.index,overall,MB,2003-04 Q4,,,",
                      *const same = "cmt.index,overall,SK,2003-04 Q4,,,",
                      *const other = "cmt.index,timeliness,MB,2003-04 Q4,,,";
    assert_string_equal(value_in("out/indicators.csv", changed, "symbol"), "r");
    assert_string_equal(value_in("out/indicators.csv", same, "symbol"), "");
    assert_string_equal(value_in("out/indicators.csv", other, "symbol"), "");
}

static void a_revision_without_a_reason_is_named(void **state)
{
    (void)state;
    char *study = scratch_path("study.yaml"), *out = scratch_path("out"),
         *db = scratch_path("h.db");
    for (int given = 0; given <= 1; given++) {
        write_study(given
                        ? "revisions: [{period: 2003-04 Q4, indicator: \"*\", reason: {en: a form "
                          "read wrongly, fr: un formulaire mal lu}}]\n"
                        : "");
        struct outcome o = RUN("run", study, "-o", out, "--charts", "none", "--formats", "csv",
                               "--period", "2003-04 Q4", "--history", db);
        assert_int_equal(o.status, 0);
        assert_int_equal(strstr(o.err.ptr, "E0838") != NULL, !given);
        outcome_free(&o);
    }
    free(study);
    free(out);
    free(db);
}

// One answer of some 340 from 5 to 1 moves the index by at least a tenth of a point: 100 / 340.
static void a_gate_on_the_change_fails_with_1(void **state)
{
    (void)state;
    scratch_write("gates.yaml", "gates: 1\nrules:\n  - id: no-change\n    check: maximum_change\n"
                                "    indicator: cmt.index\n    item: overall\n    region: MB\n"
                                "    limit: 0.1\n    message: {en: It moved, fr: Cela a bougé}\n");
    char *gates = scratch_path("gates.yaml");
    struct outcome o = run_quarter("out", "2003-04-q4", "h.db", gates);
    assert_int_equal(o.status, 1);
    assert_non_null(strstr(o.err.ptr, "E0821"));
    assert_non_null(strstr(o.err.ptr, "no-change"));
    outcome_free(&o);
    free(gates);
}

static void one_person_less_is_refused_with_3(void **state)
{
    (void)state;
    char *path = scratch_path("out/manifest.json");
    struct buf before = read_whole(path);
    put_changed(true);
    struct outcome o = run_quarter("out", "2003-04-q4", "h.db", NULL);
    assert_int_equal(o.status, 3);
    assert_non_null(strstr(o.err.ptr, "E0841"));
    assert_non_null(strstr(o.err.ptr, "MB, 2003-04 Q4"));
    outcome_free(&o);
    struct buf after = read_whole(path);
    assert_int_equal(before.len, after.len);
    assert_memory_equal(before.ptr, after.ptr, before.len);
    buf_free(&before);
    buf_free(&after);
    free(path);
}

static int clean(void **state)
{
    (void)state;
    scratch_remove();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        // in this order: each goes on where the one before ended
        cmocka_unit_test(quarter_after_quarter_is_the_same_as_all_at_once),
        cmocka_unit_test(the_quarter_before_is_compared_from_the_history),
        cmocka_unit_test(a_revised_quarter_carries_its_marks),
        cmocka_unit_test(a_revision_without_a_reason_is_named),
        cmocka_unit_test(a_gate_on_the_change_fails_with_1),
        cmocka_unit_test(one_person_less_is_refused_with_3),
    };
    return cmocka_run_group_tests(tests, NULL, clean);
}
