// SPDX-License-Identifier: GPL-3.0-or-later
// From files to blocks: columns, places, filters, rejects and counts.
#include "engine/ingest/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/reader_case.h"

static void test_plain(void **state)
{
    struct run *r = *state;
    put(r, "a.csv", "region,period,value\nEast,2003Q4,3\nWest,2004-02-10,4.5\n\nEast,2003Q4,\n");
    assert_int_equal(read_it(r), OK);
    assert_int_equal(r->count, 3);
    assert_int_equal(r->rows[1].line, 3);
    assert_int_equal(r->rows[2].line, 5);
    assert_int_equal(r->rows[0].region, r->rows[2].region);
    assert_int_not_equal(r->rows[0].region, r->rows[1].region);
    assert_int_equal(r->rows[1].day, 12458); // 12326 (2003-10-01) + 92 + 31 + 9
    assert_int_equal(r->rows[0].day, INT32_MIN);
    assert_int_equal(r->rows[1].number.mantissa, 45);
    assert_int_equal(r->rows[1].number.scale, 1);
    assert_int_equal(r->rows[2].why, MISSING_BLANK);
    assert_true(period_same(r->places.periods.at[r->rows[1].period],
                            (struct period){.kind = PERIOD_QUARTER, .year = 2004, .quarter = 1}));
    const struct file_count *file = &r->ledger.files.at[0];
    assert_string_equal(file->name, "a.csv");
    assert_int_equal(file->read, 3);
    assert_int_equal(file->used, 3);
    assert_int_equal(file->blank_lines, 1);
    assert_int_equal(r->ledger.columns.at[0].by[VALID], 2);
    assert_int_equal(r->ledger.columns.at[0].by[MISSING_BLANK], 1);
}

static void test_rejects(void **state)
{
    struct run *r = *state;
    r->study.max_rejects = 10;
    r->study.max_rejects_percent = false;
    put(r, "a.csv",
        "region,period,value\nEast,2003Q4,3\nEast,2003Q4\n,2003Q4,1\nEast,soon,2\n"
        "East,,2\nEast,2003Q4,5\n");
    r->reject_first = true;
    assert_int_equal(read_it(r), OK);
    const struct file_count *file = &r->ledger.files.at[0];
    assert_int_equal(file->read, 6);
    assert_int_equal(file->used, 1);
    assert_int_equal(file->rejected, 5);
    assert_int_equal(file->by_reason[REJECT_FIELDS], 1);
    assert_int_equal(file->by_reason[REJECT_REGION], 1);
    assert_int_equal(file->by_reason[REJECT_PERIOD], 2);
    assert_int_equal(file->by_reason[REJECT_VALUE], 1);
    assert_int_equal(r->ledger.rejects.len, 5);
    assert_int_equal(r->ledger.rejects.at[0].line, 2); // in the order of the rows
    assert_int_equal(r->ledger.rejects.at[0].column, 3);
    assert_int_equal(r->ledger.rejects.at[1].line, 3);
    assert_string_equal(r->ledger.rejects.at[1].text, "East,2003Q4");
    assert_int_equal(r->ledger.rejects.at[3].column, 2);
    assert_string_equal(r->ledger.rejects.at[3].text, "soon");
    assert_int_equal(r->ledger.columns.at[0].by[VALID], 1);
    assert_int_equal(r->d.counts[E0318], 1);
}

static void test_too_many_rejects(void **state)
{
    struct run *r = *state;
    put(r, "a.csv", "region,period,value\n,2003Q4,3\n,2003Q4,3\nEast,2003Q4,3\n");
    assert_int_equal(read_it(r), FAIL_DATA); // 2 of 3; 5 percent allow 1
    assert_int_equal(r->d.counts[E0319], 1);
    assert_int_equal(r->d.counts[E0325], 2);
}

static void test_none_allowed(void **state)
{
    struct run *r = *state;
    r->study.max_rejects = 0;
    put(r, "a.csv", "region,period,value\n,2003Q4,3\nEast,2003Q4,3\n");
    assert_int_equal(read_it(r), FAIL_DATA);
}

static struct region regions[] = {{.id = "ON", .name = {{"Ontario", "Ontario"}}},
                                  {.id = "QC",
                                   .name = {{"Quebec", "Qu\xC3\xA9"
                                                       "bec"}}}};

static void test_did_you_mean(void **state)
{
    struct run *r = *state;
    r->study.has_regions = true;
    r->study.regions = regions;
    r->study.region_count = 2;
    put(r, "a.csv",
        "region,period,value\nON,2003Q4,3\nQue\xCC\x81"
        "bec,2003Q4,3\nONTARIO,2003Q4,3\n");
    assert_int_equal(read_it(r), OK);
    assert_int_equal(r->count, 2);
    assert_int_equal(r->rows[1].region, 1);
    assert_string_equal(r->ledger.rejects.at[0].note, "did you mean Ontario?");
}

static void test_filter(void **state)
{
    struct run *r = *state;
    static const char *const values[] = {"clients", "both"};
    struct filter filter = {.column = "who", .values = {values, 2}};
    r->input.filters = &filter;
    r->input.filter_count = 1;
    put(r, "a.csv", "who,period,value\nclients,2003Q4,1\nstaff,bad,2\n both ,2003Q4,3\n");
    assert_int_equal(read_it(r), OK);
    assert_int_equal(r->count, 2);
    assert_int_equal(r->ledger.files.at[0].filtered, 1);
    assert_int_equal(r->rows[0].region, REGION_TOTAL);
}

static void test_constants(void **state)
{
    struct run *r = *state;
    r->study.has_regions = true;
    r->study.regions = regions;
    r->study.region_count = 2;
    r->input.region = "QC";
    r->input.period = (struct period){.kind = PERIOD_YEAR, .year = 2003};
    put(r, "a.csv", "value\n1\n");
    assert_int_equal(read_it(r), OK);
    assert_int_equal(r->rows[0].region, 1);
    assert_true(period_same(r->places.periods.at[0], r->input.period));
}

static void test_period_of_study(void **state)
{
    struct run *r = *state;
    put(r, "a.csv", "value\n1\n");
    assert_int_equal(read_it(r), OK);
    assert_int_equal(r->places.periods.at[0].kind, PERIOD_ALL);
    places_free(&r->places);
    r->study.period = (struct period){.kind = PERIOD_QUARTER, .year = 2003, .quarter = 4};
    assert_int_equal(read_it(r), OK);
    assert_true(period_same(r->places.periods.at[0], r->study.period));
}

static void test_missing_column(void **state)
{
    struct run *r = *state;
    put(r, "a.csv", "region,Value\nEast,1\n");
    assert_int_equal(read_it(r), FAIL_DATA);
    assert_int_equal(r->d.counts[E0314], 1);
    assert_string_equal(r->d.list.at[r->d.list.len - 1].help, "did you mean 'Value'?");
}

static void test_column_not_asked(void **state)
{
    struct run *r = *state;
    r->ask.required = false;
    put(r, "a.csv", "region,other\nEast,1\n");
    assert_int_equal(read_it(r), OK);
    assert_int_equal(r->rows[0].why, MISSING_NOT_ASKED);
}

static void test_first_name_that_is_there(void **state)
{
    struct run *r = *state;
    r->names[0] = "other";
    r->names[1] = "value";
    r->ask.names.count = 2;
    put(r, "a.csv", " value ,x\n7,1\n");
    assert_int_equal(read_it(r), OK);
    assert_int_equal(r->rows[0].number.mantissa, 7);
}

// Declared columns: what they leave out is not used, and a note says so.
static void test_declared_columns(void **state)
{
    struct run *r = *state;
    static const char *const place[] = {"place"};
    struct column_map map = {.role = "region", .names = {place, 1}, .stage = 1};
    r->input.columns = &map;
    r->input.column_count = 1;
    r->input.columns_declared = true;
    put(r, "a.csv", "place,period,value\nEast,nonsense,1\n");
    assert_int_equal(read_it(r), OK);
    assert_int_equal(r->count, 1);
    assert_int_equal(r->d.counts[E0317], 1);
    put(r, "a.csv", "period,value\n2003,1\n");
    assert_int_equal(input_read(&r->request, &r->places, &r->ledger, &r->d), FAIL_DATA);
}

static void test_bad_files(void **state)
{
    struct run *r = *state;
    static const struct {
        const char *text;
        enum code code;
    } rows[] = {{"", E0301},
                {"\n\n", E0301},
                {"value,value\n1,2\n", E0315},
                {"id,value\n1,2,5\n2,3,5\n", E0322},
                {"value\n\"1\n2\n", E0302}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        put(r, "a.csv", rows[i].text);
        assert_int_equal(read_it(r), FAIL_DATA);
        assert_int_equal(r->d.counts[rows[i].code], 1);
        places_free(&r->places);
        ledger_free(&r->ledger);
        diags_free(&r->d);
    }
}

static void test_header_only(void **state)
{
    struct run *r = *state;
    put(r, "a.csv", "region,period,value\n");
    assert_int_equal(read_it(r), OK);
    assert_int_equal(r->ledger.files.at[0].read, 0);
    assert_int_equal(r->count, 0);
}

static void test_pattern(void **state)
{
    struct run *r = *state;
    r->files[0] = "*.csv";
    r->files[1] = "b.csv";
    r->input.files.count = 2;
    put(r, "c.csv", "value\n3\n");
    put(r, "a.csv", "value\n1\n");
    put(r, "b.csv", "value\n2\n");
    assert_int_equal(read_it(r), OK);
    assert_int_equal(r->count, 3);
    for (int i = 0; i < 3; i++)
        assert_int_equal(r->rows[i].number.mantissa, i + 1);
    assert_string_equal(r->ledger.files.at[1].name, "b.csv");
    assert_int_equal(r->d.counts[E0212], 1); // b.csv again
}

static void test_no_match(void **state)
{
    struct run *r = *state;
    r->files[0] = "*.tsv";
    assert_int_equal(read_it(r), FAIL_INPUT);
    assert_int_equal(r->d.counts[E0211], 1);
    r->files[0] = "absent.csv";
    assert_int_equal(input_read(&r->request, &r->places, &r->ledger, &r->d), FAIL_INPUT);
}

static void test_many_blocks(void **state)
{
    struct run *r = *state;
    struct buf text = {0};
    buf_text(&text, "value\n");
    for (int i = 0; i < 10000; i++)
        buf_print(&text, "%d\n", i);
    put(r, "a.csv", text.ptr);
    buf_free(&text);
    r->reject_first = true;
    assert_int_equal(read_it(r), OK); // 3 blocks of up to 4096 rows lose one row each
    assert_int_equal(r->ledger.files.at[0].rejected, 3);
    assert_int_equal(r->ledger.files.at[0].used, 9997);
}

static void test_level_limit(void **state)
{
    struct run *r = *state;
    struct dict codes = {0};
    r->ask.kind = CELL_CODE;
    r->ask.codes = &codes;
    r->study.limits.levels = 2;
    r->request.sink = ignore;
    put(r, "a.csv", "value\na\nb\na\n");
    assert_int_equal(read_it(r), OK);
    put(r, "a.csv", "value\na\nb\nc\n");
    assert_int_equal(input_read(&r->request, &r->places, &r->ledger, &r->d), FAIL_DATA);
    assert_int_equal(r->d.counts[E0324], 1);
    r->ask.role = "client"; // people may be many
    assert_int_equal(input_read(&r->request, &r->places, &r->ledger, &r->d), OK);
    dict_free(&codes);
}

static void test_joined_header(void **state)
{
    struct run *r = *state;
    put(r, "a.csv", "value,other\nvalue,other\n1,2\n");
    assert_int_equal(read_it(r), OK); // the first row's name
    r->names[0] = "value value";      // and the joined one
    assert_int_equal(input_read(&r->request, &r->places, &r->ledger, &r->d), OK);
    assert_int_equal(r->count, 2);
}

static void test_labels(void **state)
{
    (void)state;
    for (int i = 0; i < REJECT_REASON_COUNT; i++) {
        assert_non_null(reject_labels[i].id);
        for (int lang = 0; lang < LANG_COUNT; lang++)
            assert_true(reject_labels[i].text.in[lang] && *reject_labels[i].text.in[lang]);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_plain),
        TEST(test_rejects),
        TEST(test_too_many_rejects),
        TEST(test_none_allowed),
        TEST(test_did_you_mean),
        TEST(test_filter),
        TEST(test_constants),
        TEST(test_period_of_study),
        TEST(test_missing_column),
        TEST(test_column_not_asked),
        TEST(test_first_name_that_is_there),
        TEST(test_declared_columns),
        TEST(test_bad_files),
        TEST(test_header_only),
        TEST(test_pattern),
        TEST(test_no_match),
        TEST(test_many_blocks),
        TEST(test_level_limit),
        TEST(test_joined_header),
        cmocka_unit_test(test_labels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
