// SPDX-License-Identifier: GPL-3.0-or-later
// The page: balanced, unique ids, every reference answered, nothing hostile, nothing withheld.
#include "engine/report/fmt.h"
#include "engine/report/writers.h"
#include "tests/made_report.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

struct state {
    struct made made;
    struct document doc;
    struct buf page[LANG_COUNT];
};

static const struct outfile files[] = {{"indicators.csv", 12345, "aa"},
                                       {"report.en.html", 1, "bb"},
                                       {"charts/mb/scores.en.svg", 1, "cc"}};
static const struct edition edition = {
    .program = "9.9.9", .date = "", .langs = {true, true}, .files = files, .file_count = 3};

static bool is_void(struct str name)
{
    static const char *const names[] = {"meta", "img", "br", "path"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is(name, names[i]))
            return true;
    return false;
}

// Walks the tags; each that opens must close, in order. Fails with the place that does not fit.
static void check_balance(const char *page)
{
    struct str open[64];
    size_t depth = 0;
    for (const char *at = strchr(page, '<'); at; at = strchr(at + 1, '<')) {
        if (at[1] == '!')
            continue;
        bool closes = at[1] == '/';
        const char *name = at + 1 + closes;
        struct str tag = {name, 0};
        while (isalnum((unsigned char)name[tag.len]))
            tag.len++;
        assert_true(tag.len > 0); // a bare "<" in text
        if (closes) {
            assert_true(depth > 0);
            if (!str_same(open[depth - 1], tag))
                fail_msg("not closed: %.40s", open[depth - 1].ptr);
            depth--;
        } else if (!is_void(tag)) {
            assert_true(depth < 64);
            open[depth++] = tag;
        }
    }
    assert_int_equal(depth, 0);
}

static void test_balance(void **state)
{
    struct state *s = *state;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        check_balance(s->page[lang].ptr);
}

// The values of an attribute, one after the other.
static bool next_value(const char **at, const char *attribute, struct str *value)
{
    const char *found = strstr(*at, attribute);
    if (!found)
        return false;
    value->ptr = found + strlen(attribute);
    value->len = strcspn(value->ptr, "\"");
    *at = value->ptr;
    return true;
}

static void test_ids_are_unique_and_answered(void **state)
{
    struct state *s = *state;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct dict ids = {0};
        struct str value;
        for (const char *at = s->page[lang].ptr; next_value(&at, " id=\"", &value);) {
            if (dict_find(&ids, value) >= 0)
                fail_msg("twice: %.*s", (int)value.len, value.ptr);
            dict_add(&ids, value);
        }
        assert_true(ids.keys.len > 10);
        for (const char *at = s->page[lang].ptr; next_value(&at, "href=\"#", &value);)
            if (dict_find(&ids, value) < 0)
                fail_msg("no such id: %.*s", (int)value.len, value.ptr);
        for (const char *at = s->page[lang].ptr; next_value(&at, "aria-labelledby=\"", &value);)
            if (dict_find(&ids, value) < 0 && !memchr(value.ptr, ' ', value.len))
                fail_msg("no such label: %.*s", (int)value.len, value.ptr);
        dict_free(&ids);
    }
}

static bool holds(const struct state *s, enum lang lang, const char *text)
{
    return strstr(s->page[lang].ptr, text) != NULL;
}

static void test_head(void **state)
{
    struct state *s = *state;
    assert_true(holds(s, LANG_EN, "<html lang=\"en-CA\">"));
    assert_true(holds(s, LANG_FR, "<html lang=\"fr-CA\">"));
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        assert_true(holds(s, (enum lang)lang,
                          "content=\"default-src 'none'; img-src 'self' data:; style-src "
                          "'unsafe-inline'\""));
        const char *body = strstr(s->page[lang].ptr, "<body>");
        assert_non_null(body);
        assert_memory_equal(body + 7, "<a class=\"skip\"", 15); // first in the body
        assert_false(holds(s, (enum lang)lang, "<script"));
        assert_false(holds(s, (enum lang)lang, " src=\"http"));
    }
    assert_true(holds(s, LANG_EN, "<a href=\"report.fr.html\" hreflang=\"fr-CA\" lang=\"fr-CA\">"));
    assert_true(holds(s, LANG_EN, "May 1, 2004"));
    assert_true(holds(s, LANG_FR, "1<sup>er</sup> mai 2004"));
    assert_true(holds(s, LANG_EN, "2003-04 Q3"));
    assert_true(holds(s, LANG_FR, "2003-04 T3"));
    assert_true(holds(s, LANG_EN, "The data of this report are synthetic"));
    assert_true(holds(s, LANG_FR, "Les données de ce rapport sont synthétiques"));
}

static void test_texts_are_escaped(void **state)
{
    struct state *s = *state;
    assert_true(holds(s, LANG_EN, "Made &lt;up&gt; &amp; &quot;quoted&quot;"));
    assert_false(holds(s, LANG_EN, "<up>"));
    assert_false(holds(s, LANG_EN, "<quality>"));
    assert_false(holds(s, LANG_FR, "<globale>"));
}

static void test_nothing_withheld_is_shown(void **state)
{
    struct state *s = *state;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        assert_false(holds(s, (enum lang)lang, SENTINEL_DIGITS));
        assert_false(holds(s, (enum lang)lang, SENTINEL_GROUPED));
        assert_false(holds(s, (enum lang)lang, "98" NBSP "765"));
    }
    assert_true(holds(s, LANG_EN, "<abbr title=\"suppressed for confidentiality\">x</abbr>"));
    assert_true(holds(s, LANG_FR, "<abbr title=\"supprimé pour confidentialité\">x</abbr>"));
}

static void test_cells(void **state)
{
    struct state *s = *state;
    assert_true(holds(s, LANG_EN, ">74.3<"));
    assert_true(holds(s, LANG_FR, ">74,3<"));
    assert_true(holds(s, LANG_EN, ">71.8 to 76.8<"));
    assert_true(holds(s, LANG_FR, ">71,8 à 76,8<"));
    assert_true(holds(s, LANG_FR, ">79,3" NBSP "%<"));
    assert_true(holds(s, LANG_EN, "$12,419.76")); // 12345.5 + 74.26
    assert_true(holds(s, LANG_FR, "12" NBSP "419,76" NBSP "$"));
    assert_true(holds(s, LANG_EN, "<sup>B</sup>")); // MB lies above SK
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        assert_false(holds(s, (enum lang)lang, "\"></td>")); // no empty cell
        assert_false(holds(s, (enum lang)lang, "<td></td>"));
        assert_false(holds(s, (enum lang)lang, "\"></th>"));
    }
}

static void test_symbols_are_those_used(void **state)
{
    struct state *s = *state;
    assert_true(holds(s, LANG_EN, "id=\"symbol-suppressed\""));
    assert_true(holds(s, LANG_EN, "id=\"symbol-caution\""));
    assert_true(holds(s, LANG_EN, "id=\"symbol-significant\""));
    assert_false(holds(s, LANG_EN, "id=\"symbol-unreliable\""));
    assert_false(holds(s, LANG_EN, "id=\"symbol-revised\""));
}

static void test_figures(void **state)
{
    struct state *s = *state;
    assert_true(holds(s, LANG_EN, "<svg id=\"made-en\"><path></svg>"));
    assert_true(holds(s, LANG_FR, "<svg id=\"made-fr\"><path></svg>"));
    assert_true(holds(s, LANG_EN, "Values: <a href=\"#table-scores-mb\">table "));
    assert_true(holds(s, LANG_FR, "Valeurs" NBSP ": <a href=\"#table-scores-mb\">tableau "));
}

static void test_downloads(void **state)
{
    struct state *s = *state;
    assert_true(
        holds(s, LANG_EN, "<a href=\"indicators.csv\">indicators.csv</a> (CSV, 12.3" NBSP "kB)"));
    assert_false(holds(s, LANG_EN, "href=\"charts/"));
    assert_true(holds(s, LANG_EN, "<dt>study.yaml</dt><dd>feedface</dd>"));
}

static int open_state(void **state)
{
    struct state *s = calloc(1, sizeof *s);
    made_open(&s->made);
    document_build(&s->doc, &s->made.results, s->made.now);
    struct figure figure = {.name = "scores",
                            .region = "mb",
                            .title = TEXT("Scores", "Notes"),
                            .caption = TEXT("Scores.", "Notes."),
                            .alternative = TEXT("dots", "points"),
                            .svg = TEXT("<?xml?><svg id=\"made-en\"><path></svg>",
                                        "<?xml?><svg id=\"made-fr\"><path></svg>"),
                            .table = "scores"};
    vec_push(&s->doc.figures, figure);
    document_place_figures(&s->doc);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        write_html(&s->page[lang], &s->doc, (enum lang)lang, &edition);
    const char *keep = getenv("ETALON_TEST_PAGES"); // a folder to look at them in a browser
    for (int lang = 0; keep && lang < LANG_COUNT; lang++) {
        struct buf path = {0};
        buf_print(&path, "%s/report.%s.html", keep, lang_ids[lang]);
        FILE *file = fopen(path.ptr, "w");
        if (file) {
            fwrite(s->page[lang].ptr, 1, s->page[lang].len, file);
            fclose(file);
        }
        buf_free(&path);
    }
    *state = s;
    return 0;
}

static int close_state(void **state)
{
    struct state *s = *state;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        buf_free(&s->page[lang]);
    document_free(&s->doc);
    made_close(&s->made);
    free(s);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_balance),
        cmocka_unit_test(test_ids_are_unique_and_answered),
        cmocka_unit_test(test_head),
        cmocka_unit_test(test_texts_are_escaped),
        cmocka_unit_test(test_nothing_withheld_is_shown),
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_symbols_are_those_used),
        cmocka_unit_test(test_figures),
        cmocka_unit_test(test_downloads),
    };
    return cmocka_run_group_tests(tests, open_state, close_state);
}
