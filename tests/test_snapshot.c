// SPDX-License-Identifier: GPL-3.0-or-later
// Snapshots read back and compared.
#include "engine/store/diff.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define HEAD(period)                                                                           \
    "{\n  \"schema\": 1,\n  \"study\": {\"id\": \"t\", \"min_n\": 10, \"regions\": [{\"id\": " \
    "\"A\"}, {\"id\": \"B\"}], \"total\": {\"id\": \"ALL\"}},\n  \"period\": \"" period "\",\n"
#define WORDS                                                                                 \
    "  \"indicators\": [{\"id\": \"m\", \"label\": {\"en\": \"Mean\", \"fr\": \"Moyenne\"}, " \
    "\"unit\": \"percent\", \"definition\": \"aa\"}],\n"
#define ROW(region, period, rest) \
    "{\"indicator\": \"m\", \"region\": \"" region "\", \"period\": \"" period "\", " rest "}"

#define LISTING \
    "{\n\"estimates\": {\"columns\": [\"indicator\", \"value\", \"status\"], \"rows\": [\n"

static struct snapshot *parsed(struct snapshot *s, const char *text)
{
    struct diags d = {0};
    enum status status = snapshot_parse(s, "t.json", str_of(text), &d);
    if (status)
        fail_msg("%s:%ld:%ld: %s", d.list.at[0].where.file, d.list.at[0].where.line,
                 d.list.at[0].where.column, d.list.at[0].text);
    diags_free(&d);
    return s;
}

static const struct snapshot_estimate *find(struct snapshot *s, const char *region,
                                            const char *period)
{
    struct str key[SNAPSHOT_KEYS] = {STR("m"),       STR(""), str_of(region),
                                     str_of(period), STR(""), STR("")};
    return snapshot_find(s, key);
}

static void rows_are_found_by_key(void **state)
{
    (void)state;
    struct snapshot s = {0};
    parsed(&s, HEAD("2003Q4") WORDS "  \"estimates\": [\n" ROW(
                   "A", "2003Q4",
                   "\"value\": 74.5, \"n\": 120, \"status\": "
                   "\"ok\", \"decimals\": 1") ",\n" ROW("B", "2003Q4",
                                                        "\"status\": \"suppressed\", \"symbol\": "
                                                        "\"x\"") "]}");
    assert_int_equal(s.estimates.len, 2);
    assert_int_equal(s.regions.len, 3);
    const struct snapshot_estimate *a = find(&s, "A", "2003Q4"), *b = find(&s, "B", "2003Q4");
    assert_true(snapshot_value(a) == 74.5);
    assert_true(snapshot_number(a, "n") == 120);
    assert_true(isnan(snapshot_number(a, "se")));
    assert_int_equal(snapshot_decimals(a), 1);
    assert_false(snapshot_has_value(b));
    assert_true(str_is(snapshot_field(b, "symbol"), "x"));
    assert_null(find(&s, "C", "2003Q4"));
    assert_string_equal(snapshot_word(&s.indicators, STR("m"))->label.in[LANG_FR], "Moyenne");
    snapshot_free(&s);
}

// The same object however it is written: other order, blanks, escapes, unknown fields.
static void other_writers_are_read_too(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "{\"status\":\"ok\",\"value\":1e1,\"indicator\":\"a\\\"b\",\"region\":\"\\u00c9\"}",
        "{ \"indicator\" : \"a\\u0022b\" , \"region\" : \"\xc3\x89\" , \"value\" : 10.0, "
        "\"status\" :\"ok\"}",
        "{\"stat\\u0075s\": \"ok\", \"value\": 10, \"more\": {\"x\": [1, \"}\"]}, \"indicator\": "
        "\"a\\\"b\", \"region\": \"\xc3\x89\"}",
    };
    for (size_t i = 0; i < 3; i++) {
        char text[512];
        snprintf(text, sizeof text, "{\"estimates\": [%s]}", rows[i]);
        struct snapshot s = {0};
        parsed(&s, text);
        const struct snapshot_estimate *e = &s.estimates.at[0];
        assert_true(str_is(e->key[KEY_INDICATOR], "a\"b"));
        assert_true(str_is(e->key[KEY_REGION], "\xc3\x89"));
        assert_true(snapshot_value(e) == 10);
        snapshot_free(&s);
    }
}

// Schema 2: names once, then arrays. Columns in any order, others among them, blanks, escapes.
static void rows_under_columns_are_read(void **state)
{
    (void)state;
    static const char text[] =
        "{\"schema\": 2, \"estimates\": {\"more\": [1, {\"x\": \"}\"}],\n"
        "\"columns\": "
        "[\"indicator\",\"region\",\"period\",\"level\",\"value\",\"se\",\"new\",\"unit\","
        "\"status\",\"symbol\",\"decimals\",\"reason\"],\n\"rows\": [\n"
        "[\"m\",\"A\",\"p\",\"\",74.5,0.25,true,\"percent\",\"ok\",\"\",1,\"\"],\n"
        "[\"m\",\"B\",\"p\",\"\",null,null,null,\"per,c]ent\",\"suppressed\",\"x\",0,\"min_n\"],\n"
        "[ \"m\" , \"\\u00c9\" , \"p\" , \"\" , 1e1 , 3 , \"a\\\"]\" , \"\" , \"ok\" , \"E\" , 2 , "
        "\"\" ]"
        "]}, \"comparisons\": not read}";
    struct snapshot s = {0};
    parsed(&s, text);
    assert_int_equal(s.estimates.len, 3);
    const struct snapshot_estimate *a = find(&s, "A", "p"), *b = find(&s, "B", "p"),
                                   *c = find(&s, "\xc3\x89", "p");
    assert_true(snapshot_value(a) == 74.5);
    assert_true(snapshot_number(a, "se") == 0.25);
    assert_int_equal(snapshot_decimals(a), 1);
    assert_true(str_is(snapshot_field(a, "unit"), "percent"));
    assert_int_equal(snapshot_field(a, "symbol").len, 0);
    assert_int_equal(snapshot_field(a, "nothing").len, 0);
    assert_false(snapshot_has_value(b));
    assert_true(isnan(snapshot_number(b, "se")));
    assert_true(str_is(snapshot_field(b, "unit"), "per,c]ent"));
    assert_true(str_is(snapshot_field(b, "symbol"), "x"));
    assert_true(str_is(snapshot_field(b, "reason"), "min_n"));
    assert_true(snapshot_value(c) == 10);
    assert_true(str_is(snapshot_field(c, "symbol"), "E"));
    assert_int_equal(snapshot_decimals(c), 2);
    snapshot_free(&s);
}

// What stands there as an object and as a row of another order is the same estimate.
static void both_schemas_compare(void **state)
{
    (void)state;
    struct snapshot old = {0}, new = {0}, other = {0};
    parsed(&old, "{\"schema\": 1, \"estimates\": [{\"indicator\": \"m\", \"value\": 4, \"n\": 5, "
                 "\"status\": \"ok\"}]}");
    parsed(&new, "{\"schema\": 2, \"estimates\": {\"columns\": [\"indicator\", \"value\", \"n\", "
                 "\"status\"], \"rows\": [[\"m\", 4, 5, \"ok\"]]}}");
    parsed(&other, "{\"schema\": 2, \"estimates\": {\"columns\": [\"indicator\", \"n\", "
                   "\"value\", \"status\"], \"rows\": [[\"m\", 4, 5, \"ok\"]]}}");
    struct diff f;
    diff_make(&f, &old, &new);
    assert_int_equal(f.same, 1);
    assert_int_equal(f.changes.len, 0);
    diff_free(&f);
    diff_make(&f, &new, &other); // the same text under other names
    assert_int_equal(f.counts[CHANGE_VALUE], 1);
    diff_free(&f);
    snapshot_free(&old);
    snapshot_free(&new);
    snapshot_free(&other);
}

static void what_is_wrong_is_said_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum code code;
        long line;
    } cases[] = {
        {"", E0811, 1},
        {"[]", E0811, 1},
        {"{\"schema\": 3, \"estimates\": []}", E0815, 1},
        {"{\n\"estimates\": {}}", E0811, 2},
        {"{\n\"estimates\": {\"columns\": []}}", E0812, 2},
        {"{\n\"estimates\": {\"rows\": []}}", E0812, 2},
        {LISTING "[\"m\", 1]]}}", E0812, 3},
        {LISTING "[\"m\", 1, \"ok\", 2]]}}", E0812, 3},
        {LISTING "[\"m\", \"1\", \"ok\"]]}}", E0812, 3},
        {LISTING "[\"m\", 1, null]]}}", E0812, 3},
        {LISTING "[\"m\", 1, \"o\nk\"]]}}", E0811, 3},
        {LISTING "[\"m\", 1, \"ok\"", E0811, 3},
        {LISTING "[\"m\", 1, \"ok\"] []]}}", E0811, 3},
        {"{\n\"schema\": 1}", E0812, 2},
        {"{\n\"estimates\": [\n{\"indicator\": \"m\"}]}", E0812, 3},
        {"{\n\"estimates\": [\n{\"indicator\": \"m\", \"status\": \"ok\", \"value\": \"x\"}]}",
         E0812, 3},
        {"{\n\"estimates\": [\n{\"indicator\": \"m\", \"status\": \"ok\"", E0811, 3},
        {"{\n\"estimates\": [\n{\"indicator\": \"m\n\", \"status\": \"ok\"}]}", E0811, 3},
        {"{\n\"estimates\": [\n{\"indicator\": \"m\", \"status\": \"ok\"} {}]}", E0811, 3},
        {"{\"study\": {\"id\": tru}, \"estimates\": []}", E0811, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct snapshot s = {0};
        struct diags d = {0};
        assert_int_equal(snapshot_parse(&s, "t.json", str_of(cases[i].text), &d), FAIL_DATA);
        if (d.list.at[0].code != cases[i].code || d.list.at[0].where.line != cases[i].line)
            fail_msg("case %zu: %s at line %ld: %s", i, code_table[d.list.at[0].code].id,
                     d.list.at[0].where.line, d.list.at[0].text);
        diags_free(&d);
        snapshot_free(&s);
    }
}

// ---- comparing

static void expect_change(const struct diff *f, size_t at, enum change_kind kind, double by,
                          enum change_size size)
{
    assert_true(at < f->changes.len);
    const struct change *c = &f->changes.at[at];
    assert_int_equal(c->kind, kind);
    assert_true((isnan(c->by) && isnan(by)) || c->by == by);
    assert_int_equal(c->size, size);
}

// Half-widths 3 and 4 add to 5: 5.5 is beyond, 4.5 is within; 0.04 is not printed at one decimal.
static void changes_are_those_that_are_printed(void **state)
{
    (void)state;
    struct snapshot old = {0}, new = {0};
#define OLD_CI "\"ci_low\": 67, \"ci_high\": 73, \"status\": \"ok\", \"decimals\": 1"
#define NEW_CI(low, high) \
    "\"ci_low\": " low ", \"ci_high\": " high ", \"status\": \"ok\", \"decimals\": 1"
    parsed(
        &old,
        "{\"estimates\": [" ROW("A", "p", "\"value\": 70, " OLD_CI) ", " ROW("B", "p", "\"value\": 70, " OLD_CI) ", " ROW(
            "C", "p",
            "\"value\": 70, " OLD_CI) ", " ROW("D", "p",
                                               "\"value\": 70, \"status\": \"ok\", "
                                               "\"decimals\": 0") ", " ROW("E", "p",
                                                                           "\"value\": 70, "
                                                                           "\"status\": "
                                                                           "\"ok\"") ", " ROW("F",
                                                                                              "p",
                                                                                              "\"va"
                                                                                              "lue"
                                                                                              "\": "
                                                                                              "70, "
                                                                                              "\"st"
                                                                                              "atus"
                                                                                              "\": "
                                                                                              "\"ok"
                                                                                              "\"") "]}");
    parsed(
        &new,
        "{\"estimates\": [" ROW("A", "p", "\"value\": 75.5, " NEW_CI("71.5", "79.5")) ", " ROW(
            "B", "p",
            "\"value\": 74.5, " NEW_CI(
                "70.5",
                "78.5")) ", " ROW("C", "p",
                                  "\"value\": 70.04, " NEW_CI(
                                      "66",
                                      "74")) ", " ROW("D", "p",
                                                      "\"value\": 72, \"status\": \"ok\", "
                                                      "\"decimals\": 0") ", " ROW("E", "p",
                                                                                  "\"status\": "
                                                                                  "\"suppressed"
                                                                                  "\"") ", " ROW("G",
                                                                                                 "p",
                                                                                                 "\"value\": 1, \"status\": \"ok\"") "]}");
    struct diff f;
    diff_make(&f, &old, &new);
    expect_change(&f, 0, CHANGE_VALUE, 5.5, SIZE_BEYOND);
    expect_change(&f, 1, CHANGE_VALUE, 4.5, SIZE_WITHIN);
    expect_change(&f, 2, CHANGE_VALUE, 2, SIZE_EXACT);
    expect_change(&f, 3, CHANGE_STATUS, NAN, SIZE_UNKNOWN);
    expect_change(&f, 4, CHANGE_APPEARED, NAN, SIZE_UNKNOWN);
    expect_change(&f, 5, CHANGE_GONE, NAN, SIZE_UNKNOWN);
    assert_int_equal(f.changes.len, 6);
    assert_int_equal(f.same, 1);
    diff_free(&f);
    snapshot_free(&old);
    snapshot_free(&new);
}

static void two_quarters_are_laid_side_by_side(void **state)
{
    (void)state;
    struct snapshot old = {0}, new = {0};
    parsed(&old, HEAD("2003Q3") WORDS "\"estimates\": [" ROW(
                     "A", "2003Q3", "\"value\": 1, \"status\": \"ok\", \"decimals\": 0") "]}");
    parsed(&new, HEAD("2003Q4") WORDS "\"estimates\": [" ROW(
                     "A", "2003Q4", "\"value\": 3, \"status\": \"ok\", \"decimals\": 0") "]}");
    struct diff f;
    diff_make(&f, &old, &new);
    assert_int_equal(f.changes.len, 1);
    expect_change(&f, 0, CHANGE_VALUE, 2, SIZE_EXACT);
    diff_free(&f);
    snapshot_free(&old);
    snapshot_free(&new);
}

static void another_meaning_is_not_another_value(void **state)
{
    (void)state;
    struct snapshot old = {0}, new = {0};
    parsed(&old, HEAD("p") WORDS "\"estimates\": [" ROW(
                     "A", "p", "\"value\": 1, \"unit\": \"percent\", \"status\": \"ok\"") "]}");
    parsed(&new, HEAD("p") "\"indicators\": [{\"id\": \"m\", \"label\": {\"en\": \"Average\", "
                           "\"fr\": \"Moyenne\"}, \"unit\": \"index_0_100\", \"definition\": "
                           "\"bb\"}],\n\"estimates\": [" ROW(
                               "A", "p",
                               "\"value\": 2, \"unit\": \"index_0_100\", \"status\": \"ok\"") "]}");
    struct diff f;
    diff_make(&f, &old, &new);
    assert_int_equal(f.words.len, 3); // label, unit, definition
    expect_change(&f, 0, CHANGE_UNIT, NAN, SIZE_UNKNOWN);
    assert_true(f.changes.at[0].redefined);
    struct buf text = {0};
    diff_text(&text, &f, 10);
    assert_non_null(strstr(text.ptr, "indicator m: label \"Mean\" -> \"Average\""));
    assert_non_null(strstr(text.ptr, "percent -> index_0_100, definition changed"));
    buf_free(&text);
    diff_free(&f);
    snapshot_free(&old);
    snapshot_free(&new);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_found_by_key),
        cmocka_unit_test(other_writers_are_read_too),
        cmocka_unit_test(rows_under_columns_are_read),
        cmocka_unit_test(both_schemas_compare),
        cmocka_unit_test(what_is_wrong_is_said_with_its_place),
        cmocka_unit_test(changes_are_those_that_are_printed),
        cmocka_unit_test(two_quarters_are_laid_side_by_side),
        cmocka_unit_test(another_meaning_is_not_another_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
