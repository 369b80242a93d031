// SPDX-License-Identifier: GPL-3.0-or-later
// The list of tables and the report built from it: complete in both languages, the same numbers in
// both, every value where it belongs, nothing made of nothing.
#include "engine/report/fmt.h"
#include "tests/made_report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

struct state {
    struct made made;
    struct document doc;
};

static bool filled(struct text t)
{
    return t.in[LANG_EN] && *t.in[LANG_EN] && t.in[LANG_FR] && *t.in[LANG_FR];
}

static void test_list(void **state)
{
    (void)state;
    struct dict ids = {0};
    for (size_t i = 0; i < tables_count; i++) {
        const struct table_kind *k = &tables[i];
        assert_true(filled(k->label.text));
        assert_true(filled(k->question));
        assert_true(k->rows && *k->rows);
        assert_true(k->whole || k->region);
        assert_int_equal(dict_add(&ids, str_of(k->label.id)), i); // no id stands twice
        assert_int_equal(strspn(k->label.id, "abcdefghijklmnopqrstuvwxyz-"), strlen(k->label.id));
    }
    dict_free(&ids);
}

static const struct table *find(const struct state *s, const char *name)
{
    for (size_t i = 0; i < s->doc.tables.len; i++)
        if (strcmp(s->doc.tables.at[i]->name, name) == 0)
            return s->doc.tables.at[i];
    return NULL;
}

static const struct table *get(const struct state *s, const char *name)
{
    const struct table *t = find(s, name);
    if (!t)
        fail_msg("no table %s", name);
    return t;
}

static void test_texts(void **state)
{
    struct state *s = *state;
    for (size_t i = 0; i < s->doc.sections.len; i++) {
        const struct section *section = &s->doc.sections.at[i];
        assert_true(filled(section->title));
        for (size_t k = 0; k < section->sentences.len; k++)
            assert_true(filled(section->sentences.at[k]));
    }
    for (size_t i = 0; i < s->doc.tables.len; i++) {
        const struct table *t = s->doc.tables.at[i];
        assert_true(filled(t->caption));
        assert_true(t->row_count > 0 && t->column_count > 1);
        for (size_t k = 0; k < t->column_count; k++)
            assert_true(filled(t->columns[k].label));
        for (size_t k = 0; k < t->note_count; k++)
            assert_true(filled(t->notes[k]));
        for (size_t k = 0; k < t->row_count * t->column_count; k++)
            assert_true(t->cells[k].is != IS_LABEL || filled(t->cells[k].label));
    }
}

// Words stand at the left even where one of them is absent; figures at the right. Manitoba has a
// target and a verdict on it, Saskatchewan a target alone.
static void test_columns_of_words(void **state)
{
    (void)state;
    static const struct indicator target = {
        .label = LABEL("cmt.target", "Target", "Cible"), .unit = UNIT_INDEX, .decimals = -1};
    static const struct indicator target_met = {
        .label = LABEL("cmt.target_met", "Target met", "Cible atteinte"),
        .unit = UNIT_PERCENT,
        .decimals = -1};
    struct made made;
    struct document doc = {0};
    size_t with_gaps = 0;
    made_open(&made);
    made_add(&made, &target, "overall", MADE_MB, made.now, 80);
    made_add(&made, &target, "overall", MADE_SK, made.now, 80);
    made_add(&made, &target_met, "overall", MADE_MB, made.now, 100);
    results_index(&made.results);
    document_build(&doc, &made.results, made.now);
    for (size_t i = 0; i < doc.tables.len; i++) {
        const struct table *t = doc.tables.at[i];
        for (size_t c = 1; c < t->column_count; c++) {
            size_t words = 0, signs = 0;
            for (size_t r = 0; r < t->row_count; r++) {
                words += table_at(t, r, c)->is == IS_LABEL;
                signs += table_at(t, r, c)->is == IS_ABSENT;
            }
            if (words || signs < t->row_count)
                assert_int_equal(t->columns[c].numeric, !words || words + signs < t->row_count);
            with_gaps += words && signs && words + signs == t->row_count;
        }
    }
    assert_int_equal(with_gaps, 1);
    document_free(&doc);
    made_close(&made);
}

static void replace_all(struct buf *b, const char *from, const char *to)
{
    struct buf made = {0};
    for (const char *at = b->ptr; *at;) {
        bool hit = strncmp(at, from, strlen(from)) == 0;
        if (hit)
            buf_text(&made, to);
        else
            buf_char(&made, *at);
        at += hit ? strlen(from) : 1;
    }
    buf_text(&made, "");
    buf_free(b);
    *b = made;
}

// A number as either language writes it, in one form.
static void plain(struct buf *b, enum lang lang)
{
    static const char *const marks[LANG_COUNT][6][2] = {
        {{",", ""}, {"$", ""}, {"%", ""}, {" to ", ";"}, {MINUS, "-"}, {"+", "+"}},
        {{NBSP, ""}, {"$", ""}, {"%", ""}, {" à ", ";"}, {MINUS, "-"}, {",", "."}},
    };
    for (size_t i = 0; i < 6; i++)
        replace_all(b, marks[lang][i][0], marks[lang][i][1]);
}

static void test_same_numbers_in_both_languages(void **state)
{
    struct state *s = *state;
    size_t compared = 0;
    for (size_t i = 0; i < s->doc.tables.len; i++) {
        const struct table *t = s->doc.tables.at[i];
        for (size_t k = 0; k < t->row_count * t->column_count; k++) {
            const struct table_cell *c = &t->cells[k];
            if (c->is == IS_LABEL)
                continue;
            struct buf text[LANG_COUNT] = {{0}, {0}};
            for (int lang = 0; lang < LANG_COUNT; lang++) {
                cell_text(&text[lang], c, (enum lang)lang);
                plain(&text[lang], (enum lang)lang);
            }
            assert_string_equal(text[LANG_EN].ptr, text[LANG_FR].ptr);
            for (int lang = 0; lang < LANG_COUNT; lang++)
                buf_free(&text[lang]);
            compared++;
        }
    }
    assert_true(compared > 100);
}

static void test_no_withheld_number(void **state)
{
    struct state *s = *state;
    for (size_t i = 0; i < s->doc.tables.len; i++) {
        const struct table *t = s->doc.tables.at[i];
        for (size_t k = 0; k < t->row_count * t->column_count; k++) {
            assert_true(t->cells[k].number != SENTINEL);
            assert_true(t->cells[k].high != SENTINEL);
        }
    }
    for (size_t i = 0; i < s->doc.sections.len; i++)
        for (size_t k = 0; k < s->doc.sections.at[i].sentences.len; k++)
            assert_null(strstr(s->doc.sections.at[i].sentences.at[k].in[LANG_EN], "98,765"));
}

static void test_regions_side_by_side(void **state)
{
    struct state *s = *state;
    const struct table *t = get(s, "scores");
    assert_int_equal(t->row_count, MADE_REGIONS + 1);
    assert_true(t->total);
    assert_string_equal(table_at(t, 0, 0)->label.in[LANG_EN], "Manitoba (A)");
    assert_string_equal(table_at(t, 3, 0)->label.in[LANG_FR], "L'Ouest");
    assert_true(table_at(t, 0, 1)->number == 74.26);
    assert_string_equal(table_at(t, 0, 1)->letters, "B"); // significantly above Saskatchewan
    assert_string_equal(table_at(t, 1, 1)->letters, "");
    assert_int_equal(table_at(t, 2, 1)->is, IS_ABSENT);
    assert_string_equal(table_at(t, 2, 1)->symbol, "x");
    assert_int_equal(table_at(t, 0, 2)->is, IS_INTERVAL);
    assert_true(table_at(t, 0, 2)->number == 74.26 - 2.5);
    assert_true(table_at(t, 0, 3)->number == 120);
    assert_true(table_at(t, 0, 4)->star && table_at(t, 0, 4)->signed_number);
    assert_false(table_at(t, 3, 4)->star);
    assert_string_equal(t->caption.in[LANG_FR],
                        "Qualité <globale>" NBSP ": indice OMC, de 0 à 100, 2003-04 T3");
}

static void test_a_region_beside_the_whole(void **state)
{
    struct state *s = *state;
    const struct table *t = get(s, "scores-mb");
    assert_int_equal(t->row_count, 2);
    assert_string_equal(table_at(t, 1, 0)->label.in[LANG_EN], "Speed");
    assert_true(table_at(t, 1, 1)->number == 74.26 - 10);
    assert_string_equal(table_at(t, 1, 1)->symbol, "E");
    assert_true(table_at(t, 0, 4)->number == 71.5); // the whole
    const struct table *over_time = get(s, "items-mb");
    assert_int_equal(over_time->column_count, 3); // the question and two quarters
    assert_true(table_at(over_time, 0, 1)->number == 74.26 - 1);
    assert_true(table_at(over_time, 0, 2)->number == 74.26);
    assert_string_equal(get(s, "trend-mb")->caption.in[LANG_FR],
                        "Évolution de l'indice de satisfaction, Manitoba, 2003-04 T2 à 2003-04 T3");
    assert_string_equal(get(s, "activity-mb")->caption.in[LANG_EN],
                        "Activity, Manitoba, 2003-04 Q3");
}

static void test_nothing_is_made_of_nothing(void **state)
{
    struct state *s = *state;
    assert_null(find(s, "maturity"));
    assert_null(find(s, "calls"));
    assert_null(find(s, "gaps"));
    assert_non_null(find(s, "rows"));
    assert_ptr_equal(s->doc.quality, find(s, "rows"));
}

static bool says(const struct section *s, enum lang lang, const char *sentence)
{
    for (size_t i = 0; i < s->sentences.len; i++)
        if (strcmp(s->sentences.at[i].in[lang], sentence) == 0)
            return true;
    return false;
}

static void test_highlights(void **state)
{
    struct state *s = *state;
    const struct section *h = &s->doc.sections.at[0];
    assert_string_equal(h->id, "highlights");
    assert_true(h->sentences.len <= 7);
    assert_true(says(h, LANG_EN,
                     "CMT index of \xE2\x80\x9COverall <quality>\xE2\x80\x9D, The West: 71.5 (95% "
                     "interval: 69.0 to 74.0)."));
    assert_true(says(h, LANG_FR,
                     "Indice OMC de «" NBSP "Qualité <globale>" NBSP "», L'Ouest" NBSP
                     ": 71,5 (intervalle à 95" NBSP "%" NBSP ": 69,0 à 74,0)."));
    assert_true(says(h, LANG_EN,
                     "Significantly above the other regions taken together: Manitoba (+4.5 "
                     "points)."));
    assert_true(says(h, LANG_FR,
                     "Indice OMC, plus forte variation depuis 2003-04 T2" NBSP
                     ": Manitoba, +1,0" NBSP "point (p" NBSP "=" NBSP "0,024)."));
    assert_true(says(h, LANG_EN, "Service standards met: 4 of the 5 assessed; not met: 1."));
    // Alberta: two indexes, a share, a percent, a sum of fees
    assert_true(says(h, LANG_EN, "Values withheld: 5 for confidentiality (x)."));
}

static void test_figures_find_their_table(void **state)
{
    struct state *s = *state;
    const struct figure mb = {.name = "scores", .region = "mb", .table = "scores"};
    const struct figure all = {.name = "scores", .region = "all", .table = "scores"};
    const struct figure none = {.name = "maturity", .region = "mb", .table = "maturity"};
    assert_ptr_equal(document_table_of(&s->doc, &mb), find(s, "scores-mb"));
    assert_ptr_equal(document_table_of(&s->doc, &all), find(s, "scores"));
    assert_null(document_table_of(&s->doc, &none));
}

static int open_state(void **state)
{
    struct state *s = calloc(1, sizeof *s);
    made_open(&s->made);
    document_build(&s->doc, &s->made.results, s->made.now);
    *state = s;
    return 0;
}

static int close_state(void **state)
{
    struct state *s = *state;
    document_free(&s->doc);
    made_close(&s->made);
    free(s);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_columns_of_words),
        cmocka_unit_test(test_same_numbers_in_both_languages),
        cmocka_unit_test(test_no_withheld_number),
        cmocka_unit_test(test_regions_side_by_side),
        cmocka_unit_test(test_a_region_beside_the_whole),
        cmocka_unit_test(test_nothing_is_made_of_nothing),
        cmocka_unit_test(test_highlights),
        cmocka_unit_test(test_figures_find_their_table),
    };
    return cmocka_run_group_tests(tests, open_state, close_state);
}
