// SPDX-License-Identifier: GPL-3.0-or-later
// Hostile texts through a real gnuplot: nothing is run, the picture is well formed, and the text
// that is read back is the text that was given (robustness.md 3.1 and 3.2).
#include "plots/canvas.h"
#include "plots/gnuplot.h"
#include "plots/svg.h"

#include "engine/base/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define FRAGMENT(text)         \
    {                          \
        text, sizeof(text) - 1 \
    }
static const struct str fragments[] = {
    FRAGMENT("'"),
    FRAGMENT("''"),
    FRAGMENT("\""),
    FRAGMENT("\"\""),
    FRAGMENT("`touch PWN`"),
    FRAGMENT("`$(touch PWN)`"),
    FRAGMENT("\\"),
    FRAGMENT("\\\\"),
    FRAGMENT("\n"),
    FRAGMENT("\r"),
    FRAGMENT("\t"),
    FRAGMENT("\0"),
    FRAGMENT("{"),
    FRAGMENT("}"),
    FRAGMENT("{/Symbol a}"),
    FRAGMENT("^2"),
    FRAGMENT("_2"),
    FRAGMENT("@"),
    FRAGMENT("&{x}"),
    FRAGMENT("~a{.}"),
    FRAGMENT("%"),
    FRAGMENT("%s"),
    FRAGMENT("%%"),
    FRAGMENT("#"),
    FRAGMENT("!touch PWN"),
    FRAGMENT(";"),
    FRAGMENT("'; system('touch PWN'); '"),
    FRAGMENT("\"; system(\"touch PWN\"); \""),
    FRAGMENT("EOD"),
    FRAGMENT("\n__END__\n!touch PWN\n"),
    FRAGMENT("$d"),
    FRAGMENT("@m"),
    FRAGMENT("<script>"),
    FRAGMENT("&amp;"),
    FRAGMENT("]]>"),
    FRAGMENT("-->"),
    FRAGMENT("<touch PWN"),
    FRAGMENT("|touch PWN"),
    FRAGMENT("\\n"),
    FRAGMENT("\\101"),
    FRAGMENT("0752"),
    FRAGMENT("NaN"),
    FRAGMENT("?"),
    FRAGMENT("e"),
    FRAGMENT("\xC2\xA0"),
    FRAGMENT("\xC2\x85"),
    FRAGMENT("\xE2\x80\xA8"),
    FRAGMENT("\xE2\x80\xAE"),
    FRAGMENT("\xEF\xBB\xBF"),
    FRAGMENT("=1+1"),
    FRAGMENT("../"),
    FRAGMENT("::error::"),
    FRAGMENT("\xF0\x9F\x98\x80"),
    FRAGMENT("\xFF\xC3"),
    FRAGMENT("é œ Î ’ € −"),
    FRAGMENT("a"),
    FRAGMENT("Québec"),
};
enum { FRAGMENTS = sizeof fragments / sizeof *fragments, LABELS = 400 };

static bool have_gnuplot(void)
{
    if (system("command -v gnuplot >/dev/null 2>&1") == 0)
        return true;
    print_message("skipped: gnuplot is not installed\n");
    return false;
}

static char *random_label(struct arena *a, uint32_t *seed, size_t *len)
{
    struct buf b = {0};
    *seed = *seed * 1664525u + 1013904223u;
    int parts = 1 + (int)((*seed >> 16) % 5);
    for (int i = 0; i < parts; i++) {
        *seed = *seed * 1664525u + 1013904223u;
        const struct str *f = &fragments[(*seed >> 8) % FRAGMENTS];
        buf_put(&b, f->ptr, f->len);
    }
    *len = b.len;
    char *text = arena_copy(a, b.ptr, b.len);
    buf_free(&b);
    return text;
}

static void unescape(struct buf *out, struct str s)
{
    static const struct {
        const char *name;
        char c;
    } entities[] = {{"&amp;", '&'},  {"&lt;", '<'},   {"&gt;", '>'},
                    {"&quot;", '"'}, {"&#39;", '\''}, {"&apos;", '\''}};
    while (s.len) {
        size_t used = 1;
        char c = *s.ptr;
        for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
            if (str_starts(s, entities[i].name))
                c = entities[i].c, used = strlen(entities[i].name);
        buf_char(out, c);
        s.ptr += used, s.len -= used;
    }
}

// The texts of the picture in order, one after the other.
static size_t read_texts(struct str svg, struct buf *out, size_t *ends, size_t most)
{
    size_t count = 0;
    const char *at = svg.ptr, *end = svg.ptr + svg.len;
    while ((at = memmem(at, (size_t)(end - at), "<text", 5)) && count < most) {
        const char *start = (const char *)memchr(at, '>', (size_t)(end - at)) + 1;
        const char *stop = memmem(start, (size_t)(end - start), "</text>", 7);
        assert_non_null(stop);
        unescape(out, (struct str){start, (size_t)(stop - start)});
        ends[count++] = out->len;
        at = stop;
    }
    return count;
}

static struct str draw(struct arena *a, const struct canvas *c, bool *pwned)
{
    char folder[] = "/tmp/etalon-text-XXXXXX";
    assert_non_null(mkdtemp(folder));
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct buf blocks = {0}, command = {0};
    canvas_script(c, &blocks, &command);
    struct drawing w = {.blocks = buf_view(&blocks),
                        .command = buf_view(&command),
                        .width = (int)c->width,
                        .height = (int)c->height,
                        .wanted = {true}};
    struct diags d = {0};
    assert_int_equal(gnuplot_run(fd, &w, 1, GNUPLOT_PATIENCE, &d), OK);
    assert_true(w.said[DRAWING_SVG]);
    struct str raw, svg = {0};
    char *path = arena_print(a, "%s/draw-00000.svg", folder);
    assert_int_equal(file_read(a, path, 1 << 26, &raw, &d), OK);
    struct svg_words words = {.prefix = "x",
                              .title = STR("t"),
                              .description = STR("d"),
                              .width = w.width,
                              .height = w.height};
    assert_true(gnuplot_whole(raw, DRAWING_SVG));
    assert_true(svg_treat(a, raw, &words, &svg));
    *pwned = faccessat(fd, "PWN", F_OK, 0) == 0;
    unlink(path);
    close(fd);
    assert_int_equal(rmdir(folder), 0); // nothing else was left there
    buf_free(&blocks);
    buf_free(&command);
    diags_free(&d);
    return svg;
}

static void check_round_trip(size_t count, bool each_fragment)
{
    struct arena a = {0};
    struct canvas c = {.arena = &a, .width = 800, .height = 20.0 * (double)count + 20};
    struct str *given = NEWS(&a, count, struct str);
    uint32_t seed = 42;
    for (size_t i = 0; i < count; i++) {
        struct str text = fragments[i % FRAGMENTS];
        if (!each_fragment)
            text.ptr = random_label(&a, &seed, &text.len);
        given[i] = text_clean(&a, text);
        if (given[i].len == 0)
            given[i] = STR("empty");
        canvas_text(&c, 10, 20 + 20.0 * (double)i, (struct type){.size = 12}, given[i]);
    }
    bool pwned;
    struct str svg = draw(&a, &c, &pwned);
    assert_false(pwned);
    struct buf texts = {0};
    size_t *ends = NEWS(&a, count + 1, size_t), start = 0;
    assert_int_equal(read_texts(svg, &texts, ends, count + 1), count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(ends[i] - start, given[i].len);
        assert_memory_equal(texts.ptr + start, given[i].ptr, given[i].len);
        start = ends[i];
    }
    buf_free(&texts);
    canvas_free(&c);
    arena_free(&a);
}

static void every_fragment_comes_back(void **state)
{
    (void)state;
    if (have_gnuplot())
        check_round_trip(FRAGMENTS, true);
}

static void random_labels_come_back(void **state)
{
    (void)state;
    if (have_gnuplot())
        check_round_trip(LABELS, false);
}

// ---- without gnuplot

static void every_byte_is_three_octal_digits(void **state)
{
    (void)state;
    struct buf b = {0};
    text_quote(&b, STR("=2é"));
    assert_string_equal(b.ptr, "\"\\075\\062\\303\\251\"");
    buf_free(&b);
}

static void controls_become_blanks(void **state)
{
    (void)state;
    struct arena a = {0};
    struct str s = text_clean(&a, (struct str){"a\n\tb\0c\xE2\x80\xAE\xEF\xBB\xBF\xFF", 13});
    assert_true(str_is(s, "a  b c   "));
    arena_free(&a);
}

// Widths of DejaVu Sans from its hmtx table: a 1255, b 1300, c 1126, space 651, of 2048.
static void widths_are_those_of_the_font(void **state)
{
    (void)state;
    double expected = (1255 + 1300 + 1126 + 651) / 2048.0 * 12;
    assert_true(text_width(STR("abc "), 12, false) - expected < 1e-9);
    assert_true(expected - text_width(STR("abc "), 12, false) < 1e-9);
    assert_true(text_width(STR("abc"), 12, true) > text_width(STR("abc"), 12, false));
}

static void long_text_is_cut_with_an_ellipsis(void **state)
{
    (void)state;
    struct arena a = {0};
    struct str s = text_cut(&a, STR("abcdefghij"), 5, 1e9, 12, false);
    assert_true(str_is(s, "abcd…"));
    s = text_cut(&a, STR("abcde"), 5, 1e9, 12, false);
    assert_true(str_is(s, "abcde"));
    s = text_cut(&a, STR("Île-du-Prince-Édouard"), 60, 60, 12, false);
    assert_true(text_width(s, 12, false) <= 60);
    arena_free(&a);
}

static void text_is_broken_at_blanks_and_hyphens(void **state)
{
    (void)state;
    struct arena a = {0};
    double room = text_width(STR("Protection des ren"), 12, false);
    struct lines l =
        text_wrap(&a, STR("Protection des renseignements personnels"), 3, room, 12, false);
    assert_int_equal(l.count, 3);
    assert_true(str_is(l.at[0], "Protection des"));
    assert_true(str_is(l.at[1], "renseignements"));
    assert_true(str_is(l.at[2], "personnels"));
    l = text_wrap(&a, STR("Terre-Neuve-et-Labrador"), 2, room, 12, false);
    assert_true(str_is(l.at[0], "Terre-Neuve-et-"));
    assert_true(str_is(l.at[1], "Labrador"));
    l = text_wrap(&a, STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), 2, room, 12, false);
    assert_int_equal(l.count, 2);
    assert_true(l.width <= room);
    l = text_wrap(&a, STR(""), 2, room, 12, false);
    assert_int_equal(l.count, 0);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_byte_is_three_octal_digits),
        cmocka_unit_test(controls_become_blanks),
        cmocka_unit_test(widths_are_those_of_the_font),
        cmocka_unit_test(long_text_is_cut_with_an_ellipsis),
        cmocka_unit_test(text_is_broken_at_blanks_and_hyphens),
        cmocka_unit_test(every_fragment_comes_back),
        cmocka_unit_test(random_labels_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
