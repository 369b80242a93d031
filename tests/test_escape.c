// SPDX-License-Identifier: GPL-3.0-or-later
// Hostile text made harmless by each writer's encoding, templates, and names of files.
#include "engine/report/escape.h"
#include "engine/report/say.h"
#include "engine/report/slug.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef void escape_fn(struct buf *out, struct str s);

struct row {
    const char *in, *out;
};

static void check(escape_fn *escape, const struct row *rows, size_t count)
{
    struct buf b = {0};
    for (size_t i = 0; i < count; i++) {
        escape(&b, str_of(rows[i].in));
        assert_string_equal(b.ptr ? b.ptr : "", rows[i].out);
        buf_clear(&b);
    }
    buf_free(&b);
}

static void test_html(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"plain é", "plain é"},
        {"<script>alert('x')</script>", "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"},
        {"\" onload=\"x", "&quot; onload=&quot;x"},
        {"a & b &amp;", "a &amp; b &amp;amp;"},
        {"]]>", "]]&gt;"},
        {"line\nend\ttab", "line end tab"},
        {"bell\x07", "bell\xEF\xBF\xBD"},
        {"rtl\xE2\x80\xAE.", "rtl\xEF\xBF\xBD."}, // U+202E
        {"bad\xFF.", "bad\xEF\xBF\xBD."},
    };
    check(escape_html, rows, sizeof rows / sizeof *rows);
}

static void test_markdown(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"a|b", "a\\|b"},
        {"[x](y)", "\\[x\\]\\(y\\)"},
        {"*b* _i_ `c` ~s~ # !", "\\*b\\* \\_i\\_ \\`c\\` \\~s\\~ \\# \\!"},
        {"<b>&", "&lt;b&gt;&amp;"},
        {"back\\slash", "back\\\\slash"},
        {"two\nlines\r\n|", "two lines  \\|"},
    };
    check(escape_markdown, rows, sizeof rows / sizeof *rows);
}

static void test_csv(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"", ""},
        {"plain", "plain"},
        {"a,b", "\"a,b\""},
        {"q\"q", "\"q\"\"q\""},
        {"two\nlines", "\"two\nlines\""},
        {"=1+1", "=1+1"}, // ids are verbatim
    };
    check(escape_csv, rows, sizeof rows / sizeof *rows);
}

static void test_csv_for_people(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"=1+1", "'=1+1"},
        {"+1", "'+1"},
        {"-1", "'-1"},
        {"@x", "'@x"},
        {"\tx", "'\tx"},
        {"\xEF\xBC\x9D"
         "1",
         "'\xEF\xBC\x9D"
         "1"}, // U+FF1D
        {"=a,b", "\"'=a,b\""},
        {"1=1", "1=1"},
        {"", ""},
    };
    check(escape_csv_people, rows, sizeof rows / sizeof *rows);
}

static void test_templates(void **state)
{
    (void)state;
    struct arena a = {0};
    struct text said = SAY(&a, ((struct text)TEXT("%1 of %2, 100%%", "%2 dont %1 %3")),
                           say_plain("%2"), say_plain("b"));
    assert_string_equal(said.in[LANG_EN], "%2 of b, 100%"); // arguments are not templates
    assert_string_equal(said.in[LANG_FR], "b dont %2 %3");
    const struct text names[] = {TEXT("a", "a"), TEXT("b", "b"), TEXT("c", "c")};
    assert_string_equal(say_list(&a, names, 3).in[LANG_EN], "a, b and c");
    assert_string_equal(say_list(&a, names, 2).in[LANG_FR], "a et b");
    assert_string_equal(say_list(&a, names, 0).in[LANG_FR], "");
    arena_free(&a);
}

static void test_slugs(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_string_equal(slug_of(&a, "MB"), "mb");
    assert_string_equal(slug_of(&a, "north-2"), "north-2");
    // printf '../../etc' | sha256sum: the first eight digits
    assert_string_equal(slug_of(&a, "../../etc"), "------etc-74ccf3c5");
    assert_string_not_equal(slug_of(&a, "all"), "all");
    assert_string_not_equal(slug_of(&a, "CON"), "con");
    assert_string_not_equal(slug_of(&a, "a b"), slug_of(&a, "a_b"));
    assert_string_not_equal(slug_of(&a, ""), "");
    char longest[400];
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_int_equal(strlen(slug_of(&a, longest)), 64 + 1 + 8);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_html),      cmocka_unit_test(test_markdown),
        cmocka_unit_test(test_csv),       cmocka_unit_test(test_csv_for_people),
        cmocka_unit_test(test_templates), cmocka_unit_test(test_slugs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
