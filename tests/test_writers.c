// SPDX-License-Identifier: GPL-3.0-or-later
// Machine files and Markdown: columns as promised, no withheld number, strict CSV and JSON.
#include "engine/report/fmt.h"
#include "engine/report/writers.h"
#include "tests/made_report.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

typedef void csv_fn(struct buf *out, const struct results *r);

static const struct edition edition = {.program = "9.9.9", .date = "", .langs = {true, true}};

static void test_headers(void **state)
{
    static const struct {
        csv_fn *write;
        const char *head; // interface.md 3, word for word
    } rows[] = {
        {write_indicators, "indicator,item,region,period,by,level,value,se,ci_low,ci_high,df,n,"
                           "weighted_n,effective_n,"
                           "deff,numerator,denominator,unit,status,symbol\n"},
        {write_comparisons, "indicator,item,region,period,by,level,kind,a,b,difference,se,ci_low,"
                            "ci_high,statistic,df,p,"
                            "p_adjusted,adjust,method,effect,effect_kind,significant\n"},
        {write_tests, "test,item,region,period,by,statistic,df1,df2,p,n,method\n"},
        {write_drivers, "survey,region,period,item,driver,n,r,beta,se,t,p,vif,lmg,lmg_low,lmg_high,"
                        "relative_weight,"
                        "stated_importance,performance,quadrant,rank,r_squared\n"},
        {write_quality, "input,file,column,reason,count,role\n"},
        {write_rejects, "file,line,column,reason,text,note\n"},
    };
    struct made *m = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf b = {0};
        rows[i].write(&b, &m->results);
        assert_memory_equal(b.ptr, rows[i].head, strlen(rows[i].head));
        buf_free(&b);
    }
}

static bool holds(const struct buf *b, const char *text)
{
    return b->ptr && strstr(b->ptr, text) != NULL;
}

static void test_rows(void **state)
{
    struct made *m = *state;
    struct buf b = {0};
    write_indicators(&b, &m->results);
    // 74.26 − 2.5 = 71.760000000000005 and + 2.5 = 76.760000000000005 in binary, 17 digits
    assert_true(holds(&b, "\ncmt.index,overall,MB,2003-04 Q3,,,74.260000000000005,1.25,"
                          "71.760000000000005,76.760000000000005,,120,,,,,,index_0_100,ok,\n"));
    assert_true(holds(&b, "\ncmt.index,overall,AB,2003-04 Q3,,,,,,,,,,,,,,index_0_100,"
                          "suppressed,x\n"));
    assert_true(holds(&b, "\nsurvey.share,overall,ALL,2003-04 Q3,answer,5,41.25,"));
    assert_false(holds(&b, "2003-04 Q2")); // not reported
    buf_clear(&b);
    write_comparisons(&b, &m->results);
    assert_true(
        holds(&b, "\ncmt.index,overall,,2003-04 Q3,,,region,MB,SK,6.1349999999999998,1.5,"));
    assert_true(holds(&b, ",0.024,holm,t,,,true\n"));
    assert_false(holds(&b, ",AB,"));
    buf_free(&b);
}

static void test_quality_rows(void **state)
{
    struct made *m = *state;
    struct buf b = {0};
    write_quality(&b, &m->results);
    assert_string_equal(b.ptr, "input,file,column,reason,count,role\n"
                               "clients,survey.csv,,read,1250,\n"
                               "clients,survey.csv,,used,1247,\n"
                               "clients,survey.csv,,rejected,3,\n"
                               "clients,survey.csv,,unknown_region,3,\n"
                               "clients,survey.csv,\"q,1\",valid,1240,overall\n"
                               "clients,survey.csv,\"q,1\",dont_know,7,overall\n");
    buf_clear(&b);
    write_rejects(&b, &m->results);
    assert_true(holds(&b, "survey.csv,17,2,unknown_region,'=cmd|' /C calc'!A0\\x01,"
                          "did you mean Manitoba\n"));
    buf_free(&b);
}

static void check_no_sentinel(struct buf *b)
{
    assert_false(holds(b, SENTINEL_DIGITS));
    assert_false(holds(b, SENTINEL_GROUPED));
    assert_false(holds(b, "98" NBSP "765"));
    buf_free(b);
}

static void test_nothing_withheld_is_written(void **state)
{
    static csv_fn *const writers[] = {write_indicators, write_comparisons, write_tests,
                                      write_drivers,    write_quality,     write_rejects};
    struct made *m = *state;
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++) {
        struct buf b = {0};
        writers[i](&b, &m->results);
        check_no_sentinel(&b);
    }
    struct buf b = {0};
    write_snapshot(&b, &m->results, m->now, &edition);
    check_no_sentinel(&b);
}

static json_t *parsed(const struct buf *b)
{
    json_error_t error;
    json_t *root = json_loadb(b->ptr, b->len, JSON_REJECT_DUPLICATES, &error);
    assert_non_null(root);
    return root;
}

// The rows of a listing; each has a value for every column.
static json_t *rows_of(const json_t *root, const char *listing)
{
    json_t *part = json_object_get(root, listing), *rows = json_object_get(part, "rows"), *row;
    size_t i, width = json_array_size(json_object_get(part, "columns"));
    assert_true(width > 0);
    json_array_foreach(rows, i, row) assert_int_equal(json_array_size(row), width);
    return rows;
}

static json_t *field(const json_t *root, const json_t *row, const char *name)
{
    size_t i;
    json_t *column;
    json_array_foreach(json_object_get(json_object_get(root, "estimates"), "columns"), i, column)
    {
        if (strcmp(json_string_value(column), name) == 0)
            return json_array_get(row, i);
    }
    fail_msg("no column %s", name);
    return NULL;
}

static void test_snapshot(void **state)
{
    struct made *m = *state;
    struct buf b = {0};
    write_snapshot(&b, &m->results, m->now, &edition);
    json_t *root = parsed(&b);
    assert_int_equal(json_integer_value(json_object_get(root, "schema")), 2);
    assert_string_equal(json_string_value(json_object_get(root, "period")), "2003-04 Q3");
    json_t *estimates = rows_of(root, "estimates");
    assert_int_equal(json_array_size(estimates),
                     4 * 5 + 1); // five of the present a region, one met
    json_t *first = json_array_get(estimates, 0);
    assert_true(json_real_value(field(root, first, "value")) == 74.26);
    for (size_t i = 0; i < json_array_size(estimates); i++) {
        json_t *e = json_array_get(estimates, i);
        bool hidden = strcmp(json_string_value(field(root, e, "region")), "AB") == 0;
        assert_int_equal(json_is_null(field(root, e, "value")), hidden);
        assert_int_equal(json_is_null(field(root, e, "n")), hidden);
        assert_true(json_is_integer(field(root, e, "decimals")));
        assert_true(json_is_string(field(root, e, "reason")));
    }
    assert_int_equal(json_array_size(rows_of(root, "comparisons")), 4);
    assert_int_equal(json_array_size(json_object_get(root, "indicators")), 5);
    json_decref(root);
    buf_free(&b);
}

static void test_manifest(void **state)
{
    struct made *m = *state;
    static const struct setting settings[] = {{"period", "2003-04 Q3"}, {"note", "a\"b\n"}};
    static const struct outfile files[] = {{"indicators.csv", 12, "aa"},
                                           {"charts/mb/scores.en.svg", 34, "bb"}};
    struct edition e = edition;
    e.settings = settings, e.setting_count = 2;
    struct buf b = {0};
    write_manifest(&b, &m->results, &e, files, 2);
    json_t *root = parsed(&b);
    json_t *outputs = json_object_get(root, "outputs");
    assert_int_equal(json_array_size(outputs), 2);
    assert_string_equal(json_string_value(json_object_get(json_array_get(outputs, 1), "path")),
                        "charts/mb/scores.en.svg");
    json_t *input = json_array_get(json_object_get(root, "inputs"), 0);
    assert_string_equal(json_string_value(json_object_get(input, "path")), "survey.csv");
    assert_int_equal(json_integer_value(json_object_get(input, "rows_used")), 1247);
    json_t *study = json_object_get(root, "study");
    assert_string_equal(json_string_value(json_object_get(study, "path")), "study.yaml");
    assert_false(holds(&b, "/tmp/x")); // no path outside the study
    assert_string_equal(
        json_string_value(json_object_get(json_object_get(root, "options"), "note")), "a\"b\n");
    json_decref(root);
    buf_free(&b);
}

static size_t cells_of(const char *line, const char *end)
{
    size_t bars = 0;
    for (; line < end; line++)
        bars += *line == '|' && line[-1] != '\\';
    return bars;
}

static void test_markdown_tables(void **state)
{
    struct made *m = *state;
    struct document doc = {0};
    document_build(&doc, &m->results, m->now);
    assert_true(doc.tables.len > 5);
    for (size_t i = 0; i < doc.tables.len; i++)
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            struct buf b = {0};
            const struct table *t = doc.tables.at[i];
            write_markdown(&b, &doc, t, (enum lang)lang);
            for (const char *line = b.ptr; *line; line = strchr(line, '\n') + 1)
                if (*line == '|')
                    assert_int_equal(cells_of(line + 1, strchr(line, '\n')), t->column_count);
            assert_false(holds(&b, "<quality>"));
            check_no_sentinel(&b);
        }
    document_free(&doc);
}

static int open_made(void **state)
{
    struct made *m = calloc(1, sizeof *m);
    made_open(m);
    *state = m;
    return 0;
}

static int close_made(void **state)
{
    made_close(*state);
    free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_headers),         cmocka_unit_test(test_rows),
        cmocka_unit_test(test_quality_rows),    cmocka_unit_test(test_nothing_withheld_is_written),
        cmocka_unit_test(test_snapshot),        cmocka_unit_test(test_manifest),
        cmocka_unit_test(test_markdown_tables),
    };
    return cmocka_run_group_tests(tests, open_made, close_made);
}
