// SPDX-License-Identifier: GPL-3.0-or-later
// The workbook, read back with a reader of our own: sound parts, the sheets promised, every number
// the one of its table, no formula, no withheld number, the same bytes twice.
#include "engine/report/check_xml.h"
#include "tests/help_run.h"
#include "tests/help_zip.h"
#include "tests/made_report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct edition edition = {.program = "9.9.9", .date = "", .langs = {true, true}};

struct made_book {
    struct made made;
    struct document doc;
    struct book_counts counts;
    struct buf bytes;
    struct parts parts;
};

static struct book_counts counts; // of what was written last

static struct buf written(const struct document *doc, enum lang lang)
{
    struct diags d = {0};
    char *path = scratch_path("made.xlsx");
    assert_int_equal(write_xlsx(path, scratch_folder(), doc, lang, &edition, &counts, &d), OK);
    struct buf bytes = read_whole(path);
    remove(path);
    free(path);
    diags_free(&d);
    return bytes;
}

static void book_open(struct made_book *b, enum lang lang)
{
    *b = (struct made_book){0};
    made_open(&b->made);
    document_build(&b->doc, &b->made.results, b->made.now);
    b->bytes = written(&b->doc, lang);
    b->counts = counts;
    assert_true(zip_read(buf_view(&b->bytes), &b->parts));
}

static void book_close(struct made_book *b)
{
    zip_free(&b->parts);
    buf_free(&b->bytes);
    document_free(&b->doc);
    made_close(&b->made);
}

static bool is_xml(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && (strcmp(dot, ".xml") == 0 || strcmp(dot, ".rels") == 0);
}

static bool is_in(const char *name, const char *folder)
{
    return strncmp(name, folder, strlen(folder)) == 0;
}

static void test_parts_are_sound(void **state)
{
    (void)state;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct made_book b;
        book_open(&b, (enum lang)lang);
        for (size_t i = 0; i < b.parts.list.len; i++) {
            const struct part *part = &b.parts.list.at[i];
            char why[128];
            if (is_xml(part->name) && !xml_is_well_formed(buf_view(&part->bytes), why))
                fail_msg("%s: %s", part->name, why);
        }
        book_close(&b);
    }
}

static void test_no_formula_and_nothing_outside(void **state)
{
    (void)state;
    struct made_book b;
    book_open(&b, LANG_EN);
    for (size_t i = 0; i < b.parts.list.len; i++) {
        const struct part *part = &b.parts.list.at[i];
        const char *text = buf_view(&part->bytes).ptr;
        if (is_in(part->name, "xl/worksheets/"))
            assert_null(strstr(text, "<f>"));
        assert_null(strstr(text, "TargetMode=\"External\""));
        assert_null(strstr(text, "hidden"));
        assert_null(strstr(text, "mergeCell"));
        assert_false(is_in(part->name, "xl/externalLinks"));
        assert_null(strstr(text, SENTINEL_DIGITS));
    }
    book_close(&b);
}

// The text between `from` and `to` at or after *at; "" and *at NULL at the end.
static void between(const char **at, const char *from, const char *to, char out[256])
{
    out[0] = '\0';
    const char *start = *at ? strstr(*at, from) : NULL;
    const char *end = start ? strstr(start + strlen(from), to) : NULL;
    *at = end;
    if (end)
        snprintf(out, 256, "%.*s", (int)(end - start - (long)strlen(from)), start + strlen(from));
}

static void test_sheets(void **state)
{
    (void)state;
    static const char *const covers[LANG_COUNT] = {"Cover", "Couverture"};
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct made_book b;
        book_open(&b, (enum lang)lang);
        const char *at = buf_view(&zip_part(&b.parts, "xl/workbook.xml")->bytes).ptr;
        char name[256];
        between(&at, "<sheet name=\"", "\"", name);
        assert_string_equal(name, covers[lang]);
        between(&at, "<sheet name=\"", "\"", name);
        assert_string_equal(name, "Notes");
        for (size_t i = 0; i < b.doc.tables.len; i++) {
            between(&at, "<sheet name=\"", "\"", name);
            assert_string_equal(name, b.doc.tables.at[i]->name);
        }
        between(&at, "<sheet name=\"", "\"", name);
        assert_string_equal(name, "");
        book_close(&b);
    }
}

// The next number cell of a sheet: a cell without a type.
static bool next_number(const char **at, double *value)
{
    char cell[256], text[256];
    while (*at) {
        between(at, "<c ", "</c>", cell);
        const char *inside = cell;
        between(&inside, "<v>", "</v>", text);
        if (!*text || strstr(cell, "t=\"s\""))
            continue;
        char *end;
        *value = strtod(text, &end);
        assert_true(end != text && *end == '\0');
        return true;
    }
    return false;
}

static void expect_number(const char **at, double expected, int decimals)
{
    char shown[400];
    double value;
    snprintf(shown, sizeof shown, "%.*f", decimals, expected);
    assert_true(next_number(at, &value));
    assert_true(fabs(value - strtod(shown, NULL)) < 1e-9 * (1 + fabs(value)));
}

static void test_numbers_are_those_of_the_tables(void **state)
{
    (void)state;
    struct made_book b;
    book_open(&b, LANG_FR);
    size_t numbers = 0;
    for (size_t i = 0; i < b.doc.tables.len; i++) {
        const struct table *t = b.doc.tables.at[i];
        char path[64];
        snprintf(path, sizeof path, "xl/worksheets/sheet%zu.xml", i + 3);
        const char *at = buf_view(&zip_part(&b.parts, path)->bytes).ptr;
        for (size_t k = 0; k < t->row_count * t->column_count; k++) {
            const struct table_cell *c = &t->cells[k];
            bool interval = c->is == IS_INTERVAL;
            if (interval || c->is == IS_NUMBER)
                expect_number(&at, c->number, c->decimals);
            if (interval)
                expect_number(&at, c->high, c->decimals);
            numbers += c->is == IS_NUMBER;
        }
        double more;
        assert_false(next_number(&at, &more)); // so a withheld cell holds none
    }
    assert_true(numbers > 10);
    book_close(&b);
}

static void test_tables_have_their_heads_once(void **state)
{
    (void)state;
    struct made_book b;
    book_open(&b, LANG_EN);
    size_t found = 0;
    for (size_t i = 0; i < b.parts.list.len; i++) {
        if (!is_in(b.parts.list.at[i].name, "xl/tables/"))
            continue;
        const char *at = buf_view(&b.parts.list.at[i].bytes).ptr;
        char heads[64][256];
        for (size_t count = 0; at && count < 64; count++) {
            between(&at, "<tableColumn id=\"", "/>", heads[count]);
            const char *head = strstr(heads[count], "name=");
            assert_true(!at || (head && strlen(head) > strlen("name=\"\"")));
            for (size_t k = 0; at && k < count; k++)
                assert_string_not_equal(strstr(heads[k], "name="), head);
        }
        found++;
    }
    assert_int_equal(found, b.doc.tables.len + 3); // contents, symbols, notes
    book_close(&b);
}

static void test_the_same_bytes(void **state)
{
    (void)state;
    struct made_book b;
    book_open(&b, LANG_EN);
    struct buf again = written(&b.doc, LANG_EN);
    assert_int_equal(again.len, b.bytes.len);
    assert_memory_equal(again.ptr, b.bytes.ptr, again.len);
    const char *core = buf_view(&zip_part(&b.parts, "docProps/core.xml")->bytes).ptr;
    assert_non_null(strstr(core, "2004-05-01T00:00:00Z")); // the date of the study
    buf_free(&again);
    book_close(&b);
}

static void test_what_is_cut_is_seen(void **state)
{
    (void)state;
    struct made_book b;
    book_open(&b, LANG_EN);
    struct str whole = buf_view(&b.bytes);
    assert_true(xlsx_is_whole(whole, &b.counts));
    for (size_t len = 0; len < whole.len; len += 1 + whole.len / 50)
        assert_false(xlsx_is_whole((struct str){whole.ptr, len}, &b.counts));
    for (size_t at = 0; at < whole.len / 2; at += 1 + whole.len / 50) {
        b.bytes.ptr[at + 40] ^= 0x55; // packed bytes of some part, or its header
        size_t broken = !xlsx_is_whole(whole, &b.counts);
        struct parts parts = {0};
        bool readable = zip_read(whole, &parts);
        assert_true(broken || readable); // what the other reader refuses is refused
        zip_free(&parts);
        b.bytes.ptr[at + 40] ^= 0x55;
    }
    book_close(&b);
}

static void parts_that_break_off(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool whole;
    } rows[] = {
        {"<?xml version=\"1.0\"?>\n<a x=\"1\"><b/></a>", true},
        {"<?xml version=\"1.0\"?>\n<a x=\"1\"/>", true},
        {"<a></a>\n", true},
        {"<a><b></b>", false},
        {"<a><b/>", false},
        {"<a><b></a", false},
        {"<a><b></a></b>", false},
        {"<a><b c=\"1</b></a>", false},
        {"<a><b c=\"1\"d=\"2\"/></a>", false},
        {"<a/><a/>", false},
        {"<a/>a", false},
        {"<?xml version=\"1.0\"?>\n", false},
        {"<ab><b></b></a>", false},
        {" ", false},
        {"", false},
        {"<a count=\"2\"><b/><b><c/></b></a>", true},
        {"<a count=\"2\"><b/></a>", false},
        {"<a count=\"0\"/>", true},
        {"<a count=\"1\"/>", false},
        {"<sst count=\"9\" uniqueCount=\"1\"><si><t>a&amp;b</t></si></sst>", true},
        {"<sst count=\"9\" uniqueCount=\"2\"><si><t>a&amp;b</t></si></sst>", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct book_counts found = {0};
        if (xml_is_whole(str_of(rows[i].text), &found) != rows[i].whole)
            fail_msg("%s", rows[i].text);
        if (strstr(rows[i].text, "amp"))
            assert_true(found.of[BOOK_TEXTS] == 1 && found.of[BOOK_BYTES] == 3);
    }
}

// What the parts of a workbook hold together; false when one is not whole.
static bool count_parts(const struct parts *parts, size_t but, struct str instead,
                        struct book_counts *found)
{
    *found = (struct book_counts){0};
    for (size_t i = 0; i < parts->list.len; i++) {
        const struct part *part = &parts->list.at[i];
        if (!xml_is_whole(i == but ? instead : buf_view(&part->bytes), found))
            return false;
    }
    return true;
}

static bool holds(const struct book_counts *found, const struct book_counts *made)
{
    for (int i = 0; i < BOOK_COUNTS; i++)
        if (found->of[i] < made->of[i])
            return false;
    return true;
}

// A page of a temporary file that was not written, as on a full disk: cut out of each part at each
// place where a page may begin. Pages are smaller here than on disks, so that there are more.
static void pages_that_are_missing(void **state)
{
    (void)state;
    enum { PAGE = 512 };
    struct made_book b;
    struct book_counts all, found;
    size_t tried = 0;
    book_open(&b, LANG_EN);
    assert_true(count_parts(&b.parts, SIZE_MAX, STR(""), &all));
    for (size_t i = 0; i < b.parts.list.len; i++) {
        struct str part = buf_view(&b.parts.list.at[i].bytes);
        for (size_t at = 0; at + 1 < part.len; at += PAGE, tried++) {
            struct buf cut = {0};
            buf_put(&cut, part.ptr, at);
            if (at + PAGE < part.len)
                buf_put(&cut, part.ptr + at + PAGE, part.len - at - PAGE);
            if (count_parts(&b.parts, i, buf_view(&cut), &found) && holds(&found, &b.counts) &&
                found.of[BOOK_PARTS] == all.of[BOOK_PARTS] &&
                found.of[BOOK_RELATIONS] == all.of[BOOK_RELATIONS])
                fail_msg("%s: nobody sees that the page at %zu is missing", b.parts.list.at[i].name,
                         at);
            buf_free(&cut);
        }
    }
    assert_true(tried > 100);
    book_close(&b);
}

// The counts of the writer are those that are found: what is less is seen.
static void all_that_was_written_is_there(void **state)
{
    (void)state;
    struct made_book b;
    book_open(&b, LANG_FR);
    for (int i = 0; i < BOOK_COUNTS; i++) {
        struct book_counts more = b.counts;
        more.of[i]++;
        if (i != BOOK_PARTS && i != BOOK_RELATIONS) // of these the writer knows nothing
            assert_false(xlsx_is_whole(buf_view(&b.bytes), &more));
    }
    assert_true(xlsx_is_whole(buf_view(&b.bytes), &b.counts));
    book_close(&b);
}

static struct table *one_table(struct arena *a, const char *name)
{
    struct table *t = table_new(a, name, (struct text)TEXT("=1+1", "=1+1"));
    table_column(a, t, (struct text)TEXT("=cmd|' /C calc'!A0", "=A1"), false);
    table_column(a, t, (struct text)TEXT("Value", "Valeur"), true);
    table_column(a, t, (struct text)TEXT("VALUE", "VALEUR"), true);
    struct table_cell *row = table_row(a, t);
    row[0] = cell_label((struct text)TEXT("=2+2\x01\n", ""));
    row[1] = cell_count(1234567);
    row[2] = cell_count(INFINITY);
    row = table_row(a, t);
    row[0] = cell_label((struct text)TEXT("\xFF\xFE", "http://example.org"));
    row[1] = (struct table_cell){.is = IS_NUMBER, .number = NAN};
    row[2] = cell_absent("x");
    return t;
}

static void test_hostile_tables(void **state)
{
    (void)state;
    static const char *const names[] = {"a-table-with-a-name-longer-than-31-bytes",
                                        "a-table-with-a-name-longer-than-31-more",
                                        "history",
                                        "notes",
                                        "[x]:*?/\\",
                                        ""};
    struct made m;
    made_open(&m);
    struct document doc = {.results = &m.results, .period = m.now};
    document_section(&doc, "one", (struct text)TEXT("One", "Un"), 2);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        document_table(&doc, one_table(&doc.arena, names[i]));
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct buf bytes = written(&doc, (enum lang)lang);
        struct parts parts = {0};
        assert_true(zip_read(buf_view(&bytes), &parts));
        for (size_t i = 0; i < parts.list.len; i++) {
            const struct part *part = &parts.list.at[i];
            const char *text = buf_view(&part->bytes).ptr;
            char why[128];
            if (is_xml(part->name) && !xml_is_well_formed(buf_view(&part->bytes), why))
                fail_msg("%s: %s", part->name, why);
            assert_null(strstr(text, "<f>"));
            assert_null(strstr(text, "NAN"));
            assert_null(strstr(text, "INF"));
        }
        const char *at = buf_view(&zip_part(&parts, "xl/worksheets/sheet3.xml")->bytes).ptr;
        expect_number(&at, 1234567, 0);
        double more;
        assert_false(next_number(&at, &more));
        zip_free(&parts);
        buf_free(&bytes);
    }
    document_free(&doc);
    made_close(&m);
}

static void test_a_folder_that_is_not_there(void **state)
{
    (void)state;
    struct made m;
    made_open(&m);
    struct document doc = {0};
    document_build(&doc, &m.results, m.now);
    struct diags d = {0};
    assert_int_equal(
        write_xlsx("/nowhere/at/all.xlsx", scratch_folder(), &doc, LANG_EN, &edition, &counts, &d),
        FAIL_IO);
    assert_int_equal(d.counts[E0608], 1);
    diags_free(&d);
    document_free(&doc);
    made_close(&m);
}

static int clean_up(void **state)
{
    (void)state;
    scratch_remove();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts_are_sound),
        cmocka_unit_test(test_no_formula_and_nothing_outside),
        cmocka_unit_test(test_sheets),
        cmocka_unit_test(test_numbers_are_those_of_the_tables),
        cmocka_unit_test(test_tables_have_their_heads_once),
        cmocka_unit_test(test_the_same_bytes),
        cmocka_unit_test(test_what_is_cut_is_seen),
        cmocka_unit_test(parts_that_break_off),
        cmocka_unit_test(pages_that_are_missing),
        cmocka_unit_test(all_that_was_written_is_there),
        cmocka_unit_test(test_hostile_tables),
        cmocka_unit_test(test_a_folder_that_is_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, clean_up);
}
