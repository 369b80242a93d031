// SPDX-License-Identifier: GPL-3.0-or-later
// Splitting many bytes at a time against splitting byte by byte and against libcsv.
#include "engine/ingest/split.h"
#include "tests/help_split.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { ROOM = 400 };

static void expect_same_places(const char *text, size_t from, size_t to,
                               const struct split_set *set)
{
    uint32_t plain[ROOM], fast[ROOM];
    size_t count = split_way(SPLIT_PLAIN)(text, from, to, set, plain);
    for (enum split_way way = SPLIT_SSE2; way < SPLIT_WAYS; way++) {
        split_fn *split = split_way(way);
        if (!split)
            continue;
        assert_int_equal(split(text, from, to, set, fast), count);
        assert_memory_equal(plain, fast, count * sizeof *plain);
    }
}

// The marks of "a,b\n\"c\"\r" by hand: 1 3 4 6 7.
static void marks_are_found(void **state)
{
    (void)state;
    const struct split_set set = {',', '"'};
    static const uint32_t want[] = {1, 3, 4, 6, 7};
    for (enum split_way way = 0; way < SPLIT_WAYS; way++) {
        uint32_t got[ROOM];
        if (!split_way(way))
            continue;
        assert_int_equal(split_way(way)("a,b\n\"c\"\rx", 0, 9, &set, got), 5);
        assert_memory_equal(got, want, sizeof want);
    }
}

// A mark at each place of three blocks of 32 bytes, with every start and end round them.
static void every_place_of_a_block(void **state)
{
    (void)state;
    const struct split_set set = {',', '"'};
    static const char marks[] = {',', '"', '\n', '\r', '\0'};
    for (size_t m = 0; m < sizeof marks; m++)
        for (size_t at = 0; at < 96; at++) {
            char text[97];
            memset(text, 'x', sizeof text);
            text[at] = marks[m];
            for (size_t from = 0; from < 3; from++)
                expect_same_places(text, from, 94 + from, &set);
            expect_same_places(text, 0, at, &set);
            expect_same_places(text, 0, at + 1, &set);
        }
}

static void every_byte_is_told_apart(void **state)
{
    (void)state;
    char text[256];
    for (int i = 0; i < 256; i++)
        text[i] = (char)i;
    for (int delimiter = 1; delimiter < 256; delimiter++) {
        const struct split_set set = {(char)delimiter, '\''};
        expect_same_places(text, 0, sizeof text, &set);
    }
}

// Every length up to some blocks and past the 255 steps of one sum, all LF but for every third CR.
static void line_ends_are_counted(void **state)
{
    (void)state;
    static char text[16 * 300];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = i % 3 ? '\n' : '\r';
    for (size_t len = 0; len <= sizeof text; len += len < 100 ? 1 : 1571) {
        size_t lf, cr;
        split_count((struct str){text, len}, &lf, &cr);
        assert_int_equal(cr, (len + 2) / 3);
        assert_int_equal(lf, len - (len + 2) / 3);
    }
    size_t lf, cr;
    split_count((struct str){text, sizeof text}, &lf, &cr);
    assert_true(cr == 1600 && lf == 3200);
}

static void random_bytes_have_the_same_marks(void **state)
{
    (void)state;
    const struct split_set set = {';', '"'};
    uint64_t seed = 20031231;
    struct buf text = {0};
    for (int round = 0; round < 2000; round++) {
        buf_clear(&text);
        split_make(&text, &seed, (size_t)(round % 300));
        expect_same_places(text.ptr ? text.ptr : "", 0, text.len < ROOM ? text.len : ROOM, &set);
    }
    buf_free(&text);
}

static void expect_same_records(struct str text, const char *delimiter, const char *quote)
{
    struct buf direct = {0}, reference = {0};
    split_records(&direct, text, delimiter, quote, false);
    split_records(&reference, text, delimiter, quote, true);
    if (!str_same(buf_view(&direct), buf_view(&reference)))
        fail_msg("%s\nbut libcsv:\n%s", direct.ptr, reference.ptr);
    buf_free(&direct);
    buf_free(&reference);
}

static void records_are_those_of_libcsv(void **state)
{
    (void)state;
    static const char *const shapes[][2] = {{",", "\""}, {";", "\""}, {",", "'"},
                                            {"\t", ""},  {"", "\""},  {", ", "\""}};
    uint64_t seed = 20040331;
    struct buf text = {0};
    for (size_t round = 0; round < 3000; round++) {
        buf_clear(&text);
        split_make(&text, &seed, round % 250);
        const char *const *shape = shapes[round % 6];
        expect_same_records(buf_view(&text), shape[0], shape[1]);
    }
    buf_free(&text);
}

#define BYTES(text)            \
    {                          \
        text, sizeof(text) - 1 \
    }

// A quote, a NUL, CR LF and the end of the text across every border of the window.
static void records_across_windows(void **state)
{
    (void)state;
    static const struct str hard[] = {BYTES("\"a\nb\",c\r\n"), BYTES("\r\n\r\n"), BYTES("x\0y,z\n"),
                                      BYTES("\"\"\"\",\n"), BYTES(",,,\r")};
    enum { WINDOW = 1 << 14 };
    for (size_t h = 0; h < sizeof hard / sizeof *hard; h++)
        for (size_t back = 0; back < 12; back++) {
            struct buf text = {0};
            while (text.len + 10 < WINDOW - back)
                buf_text(&text, "ab,cd,efg\n");
            while (text.len < WINDOW - back)
                buf_char(&text, 'x');
            buf_str(&text, hard[h]);
            buf_text(&text, "tail,of,it");
            expect_same_records(buf_view(&text), ",", "\"");
            buf_free(&text);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_are_found),
        cmocka_unit_test(every_place_of_a_block),
        cmocka_unit_test(every_byte_is_told_apart),
        cmocka_unit_test(line_ends_are_counted),
        cmocka_unit_test(random_bytes_have_the_same_marks),
        cmocka_unit_test(records_are_those_of_libcsv),
        cmocka_unit_test(records_across_windows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
