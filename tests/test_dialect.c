// SPDX-License-Identifier: GPL-3.0-or-later
// What is found out about a file: delimiter, quote, header, second tables, odd quotes.
#include "engine/ingest/records.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/temp_file.h"

static void test_shapes(void **state)
{
    (void)state;
    static const struct {
        const char *head, *delimiter, *quote;
        size_t width;
        int64_t header_line;
        size_t header_rows;
    } rows[] = {
        {"a,b\n1,2\n", ",", "\"", 2, 1, 1},
        {"a;b\n1,5;2\n2,5;3\n", ";", "\"", 2, 1, 1},
        {"a\tb\n1\t2\n", "\t", "\"", 2, 1, 1},
        {"a|b|c\n1|2|3\n", "|", "\"", 3, 1, 1},
        {"a b\n1 2\n3 4\n", " ", "\"", 2, 1, 1},
        {"a, b\n1, \"x, y\"\n", ", ", "\"", 2, 1, 1},
        {"a,b\n1,'x,y'\n2,'z'\n", ",", "'", 2, 1, 1},
        {"a,b\n1,it's\n2,'tis\n", ",", "\"", 2, 1, 1},
        {"name\nAnn Lee\nBob\nJo Ann Fox\n", "", "\"", 1, 1, 1}, // prose has blanks
        {"sep=;\na;b\n1;2\n", ";", "\"", 2, 2, 1},
        {"sep=|\na|b,c\n1|2,3\n", "|", "\"", 2, 2, 1},
        {"Report,,,\n,,,\na,b,c,d\n1,2,3,4\n", ",", "\"", 4, 3, 1},
        {"Some title\n\na,b,c,d\n1,2,3,4\n5,6,7,8\n", ",", "\"", 4, 3, 1},
        {"a,b,c\n1,2,3,4\n1,2,3,4\n", ",", "\"", 4, 1, 1}, // a missing name is no preamble
        {"a,b\na,b\n1,x\n", ",", "\"", 2, 1, 2},           // the header twice
        {"q1,q2\nHow old?,How many?\n1,2\n1,2\n1,2\n1,2\n1,2\n", ",", "\"", 2, 1, 2},
        {"q1,q2\nn.d.,2\n1,2\n1,2\n1,2\n1,2\n1,2\n", ",", "\"", 2, 1, 1}, // a row of data
        {"name,town\nAnn,Hull\nBob,Banff\n", ",", "\"", 2, 1, 1},         // no values at all
        {"", "", "\"", 1, 1, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct shape shape;
        dialect_find(&(struct dialect){0}, str_of(rows[i].head), true, &shape);
        assert_string_equal(shape.delimiter, rows[i].delimiter);
        assert_string_equal(shape.quote, rows[i].quote);
        assert_int_equal(shape.width, rows[i].width);
        assert_int_equal(shape.header_line, rows[i].header_line);
        assert_int_equal(shape.header_rows, rows[i].header_rows);
    }
}

// What is declared is never second-guessed.
static void test_declared(void **state)
{
    (void)state;
    struct shape shape;
    struct dialect declared = {.delimiter = ";", .quote = ""};
    dialect_find(&declared, STR("a,\"b\n1,2\n"), true, &shape);
    assert_string_equal(shape.delimiter, ";");
    assert_string_equal(shape.quote, "");
    assert_int_equal(shape.width, 1);
    declared = (struct dialect){.delimiter = "auto", .quote = "auto"};
    dialect_find(&declared, STR("a,b\n1,2\n"), true, &shape);
    assert_string_equal(shape.delimiter, ",");
}

// Reads a text; records are joined by '/', their fields by '|'.
static enum status read_text(const char *text, struct buf *out, struct diags *d)
{
    char path[128];
    snprintf(path, sizeof path, "%s/x", temp_folder());
    temp_write(path, text, strlen(text));
    struct records r = {0};
    struct dialect none = {0};
    struct size_limits limits = {0};
    enum status status = records_open(&r, path, &none, &limits, false, d);
    const struct record *record = NULL;
    for (bool more = !status; more; more = !status && record) {
        status = records_next(&r, &record, d);
        for (size_t i = 0; !status && record && i < record->count; i++) {
            buf_text(out, i ? "|" : out->len ? "/" : "");
            buf_str(out, record->fields[i]);
        }
    }
    records_close(&r);
    unlink(path);
    *strrchr(path, '/') = '\0';
    rmdir(path);
    return status;
}

#define TABLE "a,b,c\n1,x,2\n3,y,4\n"

static void test_read(void **state)
{
    (void)state;
    static const struct {
        const char *text, *records;
        enum code said;
    } rows[] = {
        {TABLE, "a|b|c/1|x|2/3|y|4", E0219},
        {"Title,,\n" TABLE, "a|b|c/1|x|2/3|y|4", E0308},
        {"a,b\na,b\n1,x\n", "a a|b b/1|x", E0309},
        {TABLE "a,b,c,d\n5,z,6,7\n", "a|b|c/1|x|2/3|y|4", E0310},
        {TABLE "\na,b\n5,z\n", "a|b|c/1|x|2/3|y|4", E0310},
        {TABLE "\n5,z,6\n", "a|b|c/1|x|2/3|y|4/5|z|6", E0307}, // blank lines are only skipped
        {TABLE "u,v\n", "a|b|c/1|x|2/3|y|4/u|v", E0219},       // other names: a ragged row
        {TABLE "5,\"z,6\n7,8,\"9\"\n", "a|b|c/1|x|2/3|y|4/5|z,6\n7,8,\"9\"", E0306},
        {TABLE "\"\"5\",z,6\n", "a|b|c/1|x|2/3|y|4/\"5|z|6", E0306},
        {TABLE "\"\"5, or so\",z,6\n", "a|b|c/1|x|2/3|y|4/\"5, or so|z|6", E0306},
        {TABLE "5,\"z,\"6\"\n", "a|b|c/1|x|2/3|y|4/5|\"z|6", E0305},
        {"sep=;\na;b\n1;2\n", "a|b/1|2", E0311},
        {"a\n1\n\n2\n", "a/1//2", E0219}, // one column: a blank line is a record
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct diags d = {0};
        struct buf out = {0};
        assert_int_equal(read_text(rows[i].text, &out, &d), OK);
        assert_string_equal(out.ptr, rows[i].records);
        assert_true(d.counts[rows[i].said] > 0);
        buf_free(&out);
        diags_free(&d);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_declared),
        cmocka_unit_test(test_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
