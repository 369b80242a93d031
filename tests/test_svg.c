// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/svg.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define GNUPLOT_HEAD                                                                            \
    "<?xml version=\"1.0\" encoding=\"utf-8\"  standalone=\"no\"?>\n<svg \n viewBox=\"0 0 80 "  \
    "30\"\n"                                                                                    \
    " xmlns=\"http://www.w3.org/2000/svg\"\n xmlns:xlink=\"http://www.w3.org/1999/xlink\"\n>\n" \
    "<title>etalon</title>\n<desc>Produced by GNUPLOT 5.4</desc>\n<g id=\"gnuplot_canvas\">\n"  \
    "<defs>\n<circle id='gpDot' r='0.5' stroke-width='0.5' stroke='currentColor'/>\n"           \
    "<path id='gpPt0' stroke='currentColor' d='M-1,0 h2'/>\n"                                   \
    "<circle id='gpPt5' stroke='currentColor' cx='0' cy='0' r='1'/>\n"                          \
    "<use xlink:href='#gpPt5' id='gpPt6' fill='currentColor' stroke='none'/>\n"                 \
    "<filter id='textbox' x='0'>\n<feFlood flood-color='#FFF'/>\n</filter>\n</defs>\n"
#define GNUPLOT_TAIL "</g>\n</svg>\n"

static const struct svg_words words = {
    .prefix = "all-scores-fr",
    .title = {"Un <titre> & \"plus\"", 19},
    .description = {"Valeurs", 7},
    .lang = LANG_FR,
    .width = 80,
    .height = 30,
};

static bool treat(struct arena *a, const char *body, struct str *out)
{
    struct buf raw = {0};
    buf_text(&raw, GNUPLOT_HEAD);
    buf_text(&raw, body);
    buf_text(&raw, GNUPLOT_TAIL);
    bool good = svg_treat(a, buf_view(&raw), &words, out);
    buf_free(&raw);
    return good;
}

static bool holds(struct str s, const char *part)
{
    return memmem(s.ptr, s.len, part, strlen(part)) != NULL;
}

static void it_says_what_it_is(void **state)
{
    (void)state;
    struct arena a = {0};
    struct str out;
    assert_true(treat(&a, "", &out));
    assert_true(str_starts(out, "<svg "));
    assert_true(holds(out, "role=\"img\""));
    assert_true(holds(out, "lang=\"fr-CA\""));
    assert_true(holds(out, "aria-labelledby=\"all-scores-fr-t all-scores-fr-d\""));
    assert_true(holds(out, "<title id=\"all-scores-fr-t\">Un &lt;titre&gt; &amp; "));
    assert_true(holds(out, "<desc id=\"all-scores-fr-d\">Valeurs</desc>"));
    assert_true(holds(out, "viewBox=\"0 0 80 30\" width=\"80\" height=\"30\""));
    assert_true(holds(out, "aria-hidden=\"true\""));
    assert_false(holds(out, "GNUPLOT"));
    assert_false(holds(out, "etalon"));
    arena_free(&a);
}

static void only_used_symbols_stay_and_get_our_prefix(void **state)
{
    (void)state;
    struct arena a = {0};
    struct str out;
    assert_true(treat(&a, "", &out));
    assert_false(holds(out, "<defs>"));
    assert_true(treat(&a, "<use xlink:href='#gpPt6' transform='translate(1.00,2.00)'/>", &out));
    assert_true(holds(out, "id=\"all-scores-fr-p6\""));
    assert_true(holds(out, "id=\"all-scores-fr-p5\"")); // the one it is made of
    assert_false(holds(out, "all-scores-fr-p0"));
    assert_false(holds(out, "gpPt"));
    assert_false(holds(out, "filter"));
    arena_free(&a);
}

static void text_keeps_what_it_says(void **state)
{
    (void)state;
    struct arena a = {0};
    struct str out;
    assert_true(treat(&a,
                      "<g transform=\"translate(1.00,2.00)\" stroke=\"none\" fill=\"black\" "
                      "font-family=\"DejaVu Sans\" font-size=\"12.00\" text-anchor=\"start\">\n"
                      "<text>a ]]> &amp; &lt;b</text>\n</g>",
                      &out));
    assert_true(holds(out, ">a ]]&gt; &amp; &lt;b</text>"));
    assert_true(holds(out, "font-size=\"12\""));
    assert_false(holds(out, "font-family=\"DejaVu Sans\""));
    arena_free(&a);
}

static void groups_that_say_nothing_go(void **state)
{
    (void)state;
    struct arena a = {0};
    struct str out;
    assert_true(treat(&a,
                      "<g id=\"etalon_plot_1\" ><title>$d1 using 1:2</title>\n<g fill=\"none\" "
                      "color=\"black\" stroke=\"currentColor\" stroke-width=\"1.00\" "
                      "stroke-linecap=\"butt\" stroke-linejoin=\"miter\">\n"
                      "<path stroke='rgb(136, 136, 136)'  d='M0.00,0.01 L8.00,3.00  '/></g>\n</g>",
                      &out));
    assert_false(holds(out, "etalon_plot_1"));
    assert_false(holds(out, "using"));
    assert_true(holds(out, "<path stroke=\"#888888\""));
    size_t groups = 0;
    for (size_t i = 0; i + 2 < out.len; i++)
        groups += memcmp(out.ptr + i, "<g ", 3) == 0 || memcmp(out.ptr + i, "<g>", 3) == 0;
    assert_int_equal(groups, 1);
    arena_free(&a);
}

static void what_is_not_known_is_refused(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "<script>alert(1)</script>",
        "<rect x=\"0\" onload=\"alert(1)\"/>",
        "<image xlink:href=\"http://example.org/\"/>",
        "<use xlink:href=\"http://example.org/\"/>",
        "<use xlink:href='#other'/>",
        "<g><rect x=\"0\"/>", // not closed
        "</g>",
        "<rect x=0/>",
        "<text>alone</text>",
        "<g style=\"x\"></g>",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct arena a = {0};
        struct str out;
        assert_false(treat(&a, bodies[i], &out));
        arena_free(&a);
    }
}

static void the_check_is_strict(void **state)
{
    (void)state;
    static const struct {
        const char *svg;
        bool good;
    } cases[] = {
        {"<svg><g/></svg>", true},
        {"<svg><g/></svg>\n", true},
        {"<svg>a &amp; b</svg>", true},
        {"<svg id=\"a\"><g id=\"b\"/><use xlink:href=\"#b\"/></svg>", true},
        {"<svg id=\"a\"><g id=\"a\"/></svg>", false},
        {"<svg><use xlink:href=\"#b\"/></svg>", false},
        {"<svg><g></svg></g>", false},
        {"<svg>a & b</svg>", false},
        {"<svg>a ]]> b</svg>", false},
        {"<svg x=\"1\" x=\"2\"/>", false},
        {"<svg/><svg/>", false},
        {"<svg>", false},
        {"", false},
        {"<svg>\x01</svg>", false},
        {"<svg>\xFF</svg>", false},
        {"<svg>&nbsp;</svg>", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(svg_check(str_of(cases[i].svg)), cases[i].good);
}

static void a_placeholder_is_well_formed(void **state)
{
    (void)state;
    struct arena a = {0};
    struct str out = svg_placeholder(&a, &words, STR("a < b & c"));
    assert_true(svg_check(out));
    assert_true(holds(out, "a &lt; b &amp; c"));
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_says_what_it_is),
        cmocka_unit_test(only_used_symbols_stay_and_get_our_prefix),
        cmocka_unit_test(text_keeps_what_it_says),
        cmocka_unit_test(groups_that_say_nothing_go),
        cmocka_unit_test(what_is_not_known_is_refused),
        cmocka_unit_test(the_check_is_strict),
        cmocka_unit_test(a_placeholder_is_well_formed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
