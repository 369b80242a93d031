// SPDX-License-Identifier: GPL-3.0-or-later
// Encodings: what is read, and what is refused at which byte.
#include "engine/ingest/charset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/temp_file.h"

struct reading {
    struct buf text;
    bool bad;
    unsigned char byte;
    uint64_t offset;
    enum encoding encoding;
    uint64_t guessed;
};

static struct reading read_bytes(const char *bytes, size_t len, const char *encoding)
{
    char path[128];
    snprintf(path, sizeof path, "%s/x", temp_folder());
    temp_write(path, bytes, len);
    struct diags d = {0};
    enum status status;
    struct charset *c = mem_new(1, sizeof *c);
    struct source *s = source_open(path, 0, false, &d, &status);
    enum encoding declared;
    assert_true(encoding_find(encoding, &declared));
    charset_start(c, s, declared);
    struct reading r = {0};
    buf_text(&r.text, "");
    for (size_t before = 1; before != r.text.len;) {
        before = r.text.len;
        assert_int_equal(charset_read(c, &r.text, &d), OK);
    }
    r.bad = c->bad;
    r.byte = c->bad_byte;
    r.offset = c->offset;
    r.encoding = c->encoding;
    r.guessed = c->guessed;
    if (c->bad) {
        assert_int_equal(charset_bad(c, (struct where){path, 1, 1}, &d), FAIL_DATA);
        assert_int_equal(d.counts[E0216] + d.counts[E0217], 1);
    }
    source_close(s);
    mem_free(c);
    diags_free(&d);
    unlink(path);
    *strrchr(path, '/') = '\0';
    rmdir(path);
    return r;
}

#define BYTES(literal) literal, sizeof(literal) - 1

static void test_read(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t len;
        const char *encoding, *text;
    } rows[] = {
        {BYTES("abc"), NULL, "abc"},
        {BYTES("Qu\xC3\xA9"), NULL, "Qu\xC3\xA9"},
        {BYTES("\xEF\xBB\xBF"
               "a"),
         NULL, "a"},
        {BYTES("\xEF\xBB\xBF"), NULL, ""},
        {BYTES("\xFF\xFE"
               "a\0\xE9\0"),
         NULL, "a\xC3\xA9"},
        {BYTES("\xFE\xFF"
               "\0a\0\xE9"),
         NULL, "a\xC3\xA9"},
        {BYTES("\xFF\xFE"
               "\x3D\xD8\x00\xDE"),
         NULL, "\xF0\x9F\x98\x80"}, // U+1F600
        {BYTES("a\0\xE9\0"), "utf-16le", "a\xC3\xA9"},
        {BYTES("\0a\0\xE9"), "utf-16be", "a\xC3\xA9"},
        {BYTES("Qu\xE9\x62"), NULL,
         "Qu\xC3\xA9"
         "b"},
        {BYTES("Qu\xE9\x80"), "windows-1252", "Qu\xC3\xA9\xE2\x82\xAC"},
        {BYTES("\xE9\xA4"), "iso-8859-1", "\xC3\xA9\xC2\xA4"},
        {BYTES("\xE9\xA4"), "iso-8859-15", "\xC3\xA9\xE2\x82\xAC"},
        {BYTES("Qu\x8E"), "macroman", "Qu\xC3\xA9"},
        {BYTES("\xC3\xA9"), "windows-1252", "\xC3\x83\xC2\xA9"}, // declared is declared
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct reading r = read_bytes(rows[i].bytes, rows[i].len, rows[i].encoding);
        assert_false(r.bad);
        assert_string_equal(r.text.ptr, rows[i].text);
        buf_free(&r.text);
    }
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t len;
        const char *encoding;
        unsigned char byte;
        uint64_t offset;
    } rows[] = {
        {BYTES("a\xC0\xAF"), NULL, 0xC0, 1},         // overlong
        {BYTES("a\xED\xA0\x80"), NULL, 0xED, 1},     // surrogate
        {BYTES("a\xF4\x90\x80\x80"), NULL, 0xF4, 1}, // above U+10FFFF
        {BYTES("Qu\xC3"), NULL, 0xC3, 2},            // cut
        {BYTES("Qu\x8E"
               "b"),
         NULL, 0x8E, 2}, // Mac Roman
        {BYTES("a\x9B"
               "b"),
         NULL, 0x9B, 1},                        // a C1 control
        {BYTES("\xC3\xA9\xFF"), NULL, 0xFF, 2}, // UTF-8 with damage
        {BYTES("\xE9x\x81"), NULL, 0x81, 2},    // not windows-1252 either
        {BYTES("Qu\xE9 "), "utf-8", 0xE9, 2},
        {BYTES("\x81"), "windows-1252", 0x81, 0},
        {BYTES("\xFF\xFE"
               "\x00\xDC"
               "a\0"),
         NULL, 0x00, 2}, // a low half alone
        {BYTES("\xFF\xFE"
               "a\0b"),
         NULL, 'b', 4},                            // half a unit
        {BYTES("i\0d\0,\0n\0\n\0"), NULL, 'i', 0}, // UTF-16 without mark
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct reading r = read_bytes(rows[i].bytes, rows[i].len, rows[i].encoding);
        assert_true(r.bad);
        assert_int_equal(r.byte, rows[i].byte);
        assert_int_equal(r.offset, rows[i].offset);
        buf_free(&r.text);
    }
}

static void test_guess_is_told(void **state)
{
    (void)state;
    struct reading r = read_bytes(BYTES("Qu\xE9"
                                        "bec"),
                                  NULL);
    assert_int_equal(r.encoding, ENCODING_WINDOWS1252);
    assert_int_equal(r.guessed, 3); // offset 2, plus one
    buf_free(&r.text);
}

// A character that lies across two blocks.
static void test_across_blocks(void **state)
{
    (void)state;
    size_t len = CHARSET_BLOCK + 1;
    char *bytes = malloc(len);
    memset(bytes, 'x', len);
    memcpy(bytes + CHARSET_BLOCK - 1, "\xC3\xA9", 2);
    struct reading r = read_bytes(bytes, len, NULL);
    assert_false(r.bad);
    assert_int_equal(r.text.len, len);
    assert_memory_equal(r.text.ptr, bytes, len);
    buf_free(&r.text);
    free(bytes);
}

static void test_names(void **state)
{
    (void)state;
    enum encoding e;
    for (int i = 0; i < ENCODING_COUNT; i++) {
        assert_true(encoding_find(encoding_ids[i], &e));
        assert_int_equal(e, i);
    }
    assert_true(encoding_find("", &e));
    assert_false(encoding_find("utf-9", &e));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),          cmocka_unit_test(test_refused),
        cmocka_unit_test(test_guess_is_told), cmocka_unit_test(test_across_blocks),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
