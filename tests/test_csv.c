// SPDX-License-Identifier: GPL-3.0-or-later
// Every case of tests/csv through `cat`, and libcsv against the direct way.
#include "engine/cli/cmd_cat.h"
#include "engine/ingest/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <jansson.h>

#include "tests/temp_file.h"

struct outcome {
    enum status status;
    json_t *records; // as `--records json` prints them
    struct diags d;
};

static struct outcome run_cat(const char *path, const struct dialect *dialect)
{
    struct outcome o = {0};
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    o.status = cat_file(path, dialect, true, out, &o.d);
    fclose(out);
    o.records = json_loadb(text, len, JSON_ALLOW_NUL, NULL);
    free(text);
    return o;
}

static void drop(struct outcome *o)
{
    json_decref(o->records);
    diags_free(&o->d);
}

static bool status_allowed(const json_t *list, enum status status)
{
    size_t i;
    json_t *value;
    json_array_foreach(list, i,
                       value) if (json_integer_value(value) == (json_int_t)status) return true;
    return false;
}

static bool line_named(const struct outcome *o, json_int_t line)
{
    for (size_t i = 0; i < o->d.list.len; i++)
        if (o->d.list.at[i].where.line == line)
            return true;
    return false;
}

static bool any_reading(const json_t *readings, const struct outcome *o)
{
    size_t i;
    json_t *reading;
    json_array_foreach(readings, i, reading) if (json_is_null(reading)
                                                     ? o->status == FAIL_DATA
                                                     : json_equal(reading, o->records)) return true;
    return false;
}

static bool starts_a_record(const json_t *records, const json_t *cell)
{
    size_t i;
    json_t *record;
    json_array_foreach(records, i,
                       record) if (json_equal(json_array_get(record, 0), cell)) return true;
    return false;
}

// The longest field, and whether one of the cells stands in a list that must not appear.
static size_t longest_field(const json_t *records, const json_t *banned, bool *found)
{
    size_t i, k, b, longest = 0;
    json_t *record, *cell, *bad;
    json_array_foreach(records, i, record) json_array_foreach(record, k, cell)
    {
        size_t len = json_string_length(cell);
        longest = len > longest ? len : longest;
        json_array_foreach(banned, b, bad) *found |= json_equal(bad, cell);
    }
    return longest;
}

static const char *check(const json_t *want, const struct outcome *o)
{
    const json_t *value;
    if (!status_allowed(json_object_get(want, "exit"), o->status))
        return "exit status";
    if (!o->records)
        return "output is not JSON";
    if ((value = json_object_get(want, "records")) && !json_equal(value, o->records))
        return "records";
    if ((value = json_object_get(want, "any_of")) && !any_reading(value, o))
        return "none of the readings";
    if ((value = json_object_get(want, "line")) && !line_named(o, json_integer_value(value)))
        return "line not named";
    if ((value = json_object_get(want, "stderr_lines")) &&
        (json_int_t)o->d.list.len > json_integer_value(value))
        return "too many messages";
    size_t i;
    json_t *cell;
    json_array_foreach(json_object_get(want, "keeps"), i,
                       cell) if (!starts_a_record(o->records, cell)) return "a record is lost";
    bool banned = false;
    size_t longest = longest_field(o->records, json_object_get(want, "not_cells"), &banned);
    if (banned)
        return "a cut cell";
    if ((value = json_object_get(want, "max_field")) &&
        (json_int_t)longest > json_integer_value(value))
        return "a field is too long";
    value = json_object_get(want, "columns");
    if (value &&
        (json_int_t)json_array_size(json_array_get(o->records, 0)) != json_integer_value(value))
        return "columns";
    return NULL;
}

static void test_folder(void **state)
{
    (void)state;
    json_t *all = json_load_file("tests/csv/expected.json", 0, NULL), *want;
    assert_non_null(all);
    const char *name;
    int seen = 0;
    json_object_foreach(all, name, want)
    {
        char path[256];
        snprintf(path, sizeof path, "tests/csv/%s", name);
        if (access(path, F_OK) != 0) // the two large ones have tests of their own
            continue;
        const json_t *args = json_object_get(want, "args");
        struct dialect dialect = {.encoding = json_string_value(json_array_get(args, 1))};
        struct outcome o = run_cat(path, &dialect);
        const char *wrong = check(want, &o);
        if (wrong)
            fail_msg("%s: %s", name, wrong);
        drop(&o);
        seen++;
    }
    json_decref(all);
    assert_int_equal(seen, 50);
}

static void test_encoding_guessed(void **state)
{
    (void)state;
    static const struct dialect none = {0}, declared = {.encoding = "windows-1252"};
    struct outcome guessed = run_cat("tests/csv/sep_hint.csv", &none);
    struct outcome told = run_cat("tests/csv/sep_hint.csv", &declared);
    assert_int_equal(guessed.status, OK);
    assert_int_equal(guessed.d.counts[E0214], 1);
    assert_int_equal(told.d.counts[E0214], 0);
    assert_true(json_equal(guessed.records, told.records));
    drop(&guessed);
    drop(&told);
}

// 200 000 lines behind an open quote: the line of the quote, and a bounded memory.
static void test_open_quote_big(void **state)
{
    (void)state;
    char path[128];
    snprintf(path, sizeof path, "%s/open.csv", temp_folder());
    struct buf text = {0};
    buf_text(&text, "id,comment\n1,\"never closed\n");
    for (int i = 2; i < 200000; i++)
        buf_print(&text, "%d,ok\n", i);
    temp_write(path, text.ptr, text.len);
    buf_free(&text);
    struct outcome o = run_cat(path, &(struct dialect){0});
    assert_int_equal(o.status, FAIL_DATA);
    assert_int_equal(o.d.counts[E0302], 1);
    assert_true(line_named(&o, 2));
    assert_int_equal(json_array_size(o.records), 1);
    drop(&o);
    unlink(path);
    *strrchr(path, '/') = '\0';
    rmdir(path);
}

static enum status cat_long_field(size_t len, bool quoted)
{
    char path[128];
    snprintf(path, sizeof path, "%s/long.csv", temp_folder());
    struct buf text = {0};
    buf_text(&text, quoted ? "id,comment\n1,\"" : "id,comment\n1,");
    for (size_t i = 0; i < len; i++)
        buf_char(&text, 'x');
    buf_text(&text, quoted ? "\"\n2,ok\n" : "\n2,ok\n");
    temp_write(path, text.ptr, text.len);
    buf_free(&text);
    struct outcome o = run_cat(path, &(struct dialect){0});
    enum status status = o.status;
    if (!status) {
        json_t *cell = json_array_get(json_array_get(o.records, 1), 1);
        assert_int_equal(json_string_length(cell), len);
        assert_int_equal(json_array_size(o.records), 3);
    }
    drop(&o);
    unlink(path);
    *strrchr(path, '/') = '\0';
    rmdir(path);
    return status;
}

static void test_field_limit(void **state)
{
    (void)state;
    assert_int_equal(cat_long_field(1048576, true), OK);
    assert_int_equal(cat_long_field(1048576, false), OK);
    assert_int_equal(cat_long_field(1048577, true), FAIL_DATA);
    assert_int_equal(cat_long_field(1048577, false), FAIL_DATA);
}

static void test_verbatim_text(void **state)
{
    (void)state;
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    struct diags d = {0};
    assert_int_equal(cat_file("tests/csv/doubled_quotes.csv", &(struct dialect){0}, false, out, &d),
                     OK);
    fclose(out);
    assert_string_equal(text, "id,comment\n1,\"\"\"\"\n2,\"a\"\"b\"\n3,\n4,\"\"\"x\"\"\"\n");
    free(text);
    diags_free(&d);
}

// One line through csv_add, fields joined by '|'.
static void parse_line(const char *line, const char *delimiter, const char *quote, bool reference,
                       struct buf *out, struct diags *d)
{
    struct csv c = {.path = "x",
                    .delimiter = str_of(delimiter),
                    .quote = str_of(quote),
                    .field_limit = 1000,
                    .record_limit = 1000,
                    .column_limit = 100,
                    .reference = reference};
    csv_start(&c);
    struct line one = {.text = str_of(line), .full = strlen(line), .number = 1};
    bool ready = false;
    assert_int_equal(csv_add(&c, &one, &ready, d), OK);
    for (size_t i = 0; ready && i < c.record.count; i++) {
        if (i)
            buf_char(out, '|');
        buf_str(out, c.record.fields[i]);
    }
    if (!ready)
        buf_text(out, "OPEN");
    csv_drop(&c);
}

static void test_lines(void **state)
{
    (void)state;
    static const struct {
        const char *line, *delimiter, *quote, *fields;
        unsigned odd, tails;
    } rows[] = {
        {"a,b,c", ",", "\"", "a|b|c", 0, 0},
        {"", ",", "\"", "", 0, 0},
        {",", ",", "\"", "|", 0, 0},
        {" a , b ", ",", "\"", " a | b ", 0, 0},
        {"\"a,b\",c", ",", "\"", "a,b|c", 0, 0},
        {"\"\",\"\"\"\"", ",", "\"", "|\"", 0, 0},
        {"1,5\" screen", ",", "\"", "1|5\" screen", 1, 0},
        {"1,\"good\" service,2", ",", "\"", "1|good\" service|2", 0, 1},
        {"1,\"good\" \"service\",2", ",", "\"", "1|good\" \"service\"|2", 0, 1},
        {"'a,b','it''s'", ",", "'", "a,b|it's", 0, 0},
        {"a, b, \"c, d\"", ", ", "\"", "a|b|c, d", 0, 0},
        {"a\xC2\xA6\"b\xC2\xA6\"", "\xC2\xA6", "\"", "a|b\xC2\xA6", 0, 0},
        {"\"a\",b", ",", "", "\"a\"|b", 0, 0},
        {"a,b", "", "\"", "a,b", 0, 0},
        {"a,\"b", ",", "\"", "OPEN", 0, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int reference = 0; reference < 2; reference++) {
            struct diags d = {0};
            struct buf out = {0};
            buf_text(&out, "");
            parse_line(rows[i].line, rows[i].delimiter, rows[i].quote, reference, &out, &d);
            assert_string_equal(out.ptr, rows[i].fields);
            assert_int_equal(d.counts[E0305], rows[i].odd);
            assert_int_equal(d.counts[E0306], rows[i].tails);
            buf_free(&out);
            diags_free(&d);
        }
}

// The direct way and libcsv agree on any line: all lines of up to six of these characters.
static void test_agreement(void **state)
{
    (void)state;
    static const char alphabet[] = "a,\" ;";
    for (int n = 0; n < 5 * 5 * 5 * 5 * 5 * 5; n++) {
        char line[8] = "";
        for (int i = 0, rest = n; i < 6; i++, rest /= 5)
            line[i] = alphabet[rest % 5];
        struct diags d = {0};
        struct buf fast = {0}, reference = {0};
        buf_text(&fast, "");
        buf_text(&reference, "");
        parse_line(line, ",", "\"", false, &fast, &d);
        parse_line(line, ",", "\"", true, &reference, &d);
        assert_string_equal(fast.ptr, reference.ptr);
        buf_free(&fast);
        buf_free(&reference);
        diags_free(&d);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_folder),         cmocka_unit_test(test_encoding_guessed),
        cmocka_unit_test(test_open_quote_big), cmocka_unit_test(test_field_limit),
        cmocka_unit_test(test_verbatim_text),  cmocka_unit_test(test_lines),
        cmocka_unit_test(test_agreement),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
