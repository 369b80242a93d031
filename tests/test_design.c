// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/scores.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/help_survey.h"

struct sample {
    struct dict strata, psus, ssus;
    uint32_t stratum[16], psu[16], ssu[16], period[16];
    double fpc[16], fpc2[16];
    struct design_rows rows;
    struct design design;
    struct diags diags;
    struct arena arena;
};

// Strata and units by their first letters: "AABBB", "12123".
static void sample_make(struct sample *s, const char *stratum, const char *psu, const char *ssu)
{
    memset(s, 0, sizeof *s);
    s->rows.rows = strlen(stratum);
    for (size_t i = 0; i < s->rows.rows; i++) {
        s->stratum[i] = (uint32_t)dict_add(&s->strata, (struct str){stratum + i, 1});
        s->psu[i] = psu ? (uint32_t)dict_add(&s->psus, (struct str){psu + i, 1}) : 0;
        s->ssu[i] = ssu ? (uint32_t)dict_add(&s->ssus, (struct str){ssu + i, 1}) : 0;
    }
    s->rows.stratum = s->stratum;
    s->rows.stratum_names = &s->strata;
    s->rows.psu = psu ? s->psu : NULL;
    s->rows.psu_names = &s->psus;
    s->rows.ssu = ssu ? s->ssu : NULL;
    s->rows.ssu_names = &s->ssus;
    s->rows.survey = "t";
    s->rows.declared = true;
}

static enum status sample_build(struct sample *s)
{
    return design_build(&s->design, &s->rows, &s->diags);
}

static void sample_end(struct sample *s)
{
    design_free(&s->design);
    dict_free(&s->strata);
    dict_free(&s->psus);
    dict_free(&s->ssus);
    diags_free(&s->diags);
    arena_free(&s->arena);
}

// Variance of the total of y, weights 1, rows in the order of their units.
static double variance(struct sample *s, const double *y)
{
    static const double ones[16] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    static const uint32_t rows[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    const struct domain *d = domain_new(&s->arena, &s->design, rows, s->rows.rows, ones);
    return scores_variance(scores_linear(&s->arena, d, y, NULL));
}

static void test_strata(void **state)
{
    // A: 2/1 · ((1−2)² + (3−2)²) = 4; B: mean 3, 3/2 · (1 + 1 + 4) = 9.
    struct sample s;
    (void)state;
    sample_make(&s, "AABBB", NULL, NULL);
    assert_int_equal(sample_build(&s), OK);
    assert_near(variance(&s, (const double[]){1, 3, 2, 2, 5}), 13, 1e-14);
    sample_end(&s);
}

static void test_fpc_counts_and_fractions(void **state)
{
    // Half of A and a third of B are in the sample: 4 · 1/2 + 9 · 2/3 = 8.
    static const double counts[] = {4, 4, 9, 9, 9}, fractions[] = {.5, .5, 1 / 3., 1 / 3., 1 / 3.};
    const double *const kinds[] = {counts, fractions};
    (void)state;
    for (int k = 0; k < 2; k++) {
        struct sample s;
        sample_make(&s, "AABBB", NULL, NULL);
        s.rows.fpc = kinds[k];
        assert_int_equal(sample_build(&s), OK);
        assert_near(variance(&s, (const double[]){1, 3, 2, 2, 5}), 8, 1e-14);
        sample_end(&s);
    }
}

static void test_units_are_nested(void **state)
{
    // PSU 1 of A is not PSU 1 of B: sums A 3, 3 and B 4, 1: 0 + 2 · (1.5² + 1.5²) = 9.
    struct sample s;
    (void)state;
    sample_make(&s, "AAABB", "11212", NULL);
    assert_int_equal(sample_build(&s), OK);
    assert_int_equal(s.design.psu_count, 4);
    assert_near(variance(&s, (const double[]){1, 2, 3, 4, 1}), 9, 1e-14);
    sample_end(&s);
}

static void test_two_stages(void **state)
{
    // One stratum, f = 2/4. PSU 1: units 1, 3 of 4 (f 1/2); PSU 2: 2, 6 of 8 (f 1/4). Sums 4, 8.
    // First stage: 1/2 · 2 · (4 + 4) = 8. Second: 1/2 · (1/2 · 2 · 2 + 3/4 · 2 · 8) = 1/2 · 14 = 7.
    static const double fpc[] = {4, 4, 4, 4}, fpc2[] = {4, 4, 8, 8};
    struct sample s;
    (void)state;
    sample_make(&s, "AAAA", "1122", "abab");
    s.rows.fpc = fpc;
    s.rows.fpc2 = fpc2;
    assert_int_equal(sample_build(&s), OK);
    assert_int_equal(s.design.unit_count, 4);
    assert_near(variance(&s, (const double[]){1, 3, 2, 6}), 15, 1e-14);
    sample_end(&s);
}

// A has units 1 and 3; B is alone with 5. Mean of all PSU sums 3.
static void test_lonely_rules(void **state)
{
    static const struct {
        enum design_lonely rule;
        double want;
    } cases[] = {
        {DESIGN_LONELY_CERTAINTY, 4},
        {DESIGN_LONELY_REMOVE, 4},
        {DESIGN_LONELY_ADJUST, 4 + 4}, // (5 − 3)²
        {DESIGN_LONELY_AVERAGE, 8},    // 4 · 2/1
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sample s;
        sample_make(&s, "AAB", NULL, NULL);
        s.rows.lonely = cases[i].rule;
        assert_int_equal(sample_build(&s), OK);
        assert_near(variance(&s, (const double[]){1, 3, 5}), cases[i].want, 1e-14);
        sample_end(&s);
    }
}

static void test_lonely_error_names_strata(void **state)
{
    struct sample s;
    (void)state;
    sample_make(&s, "AABC", NULL, NULL);
    assert_int_equal(sample_build(&s), FAIL_DATA);
    assert_int_equal(s.diags.counts[E0401], 2);
    assert_non_null(strstr(s.diags.list.at[0].text, "stratum B: n = 1"));
    assert_non_null(strstr(s.diags.list.at[0].help, "merge it with stratum A (n = 2)"));
    sample_end(&s);
}

static void test_certainty_is_not_lonely(void **state)
{
    static const double fpc[] = {9, 9, 1};
    struct sample s;
    (void)state;
    sample_make(&s, "AAB", NULL, NULL);
    s.rows.fpc = fpc;
    assert_int_equal(sample_build(&s), OK);
    assert_int_equal(s.design.lonely_count, 0);
    sample_end(&s);
}

static void test_fpc_errors(void **state)
{
    static const struct {
        double fpc[3];
        enum code code;
    } cases[] = {
        {{2, 2, 2}, E0404}, // three sampled of two
        {{9, 9, 8}, E0403},
        {{9, NAN, 9}, E0402},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sample s;
        sample_make(&s, "AAA", NULL, NULL);
        s.rows.fpc = cases[i].fpc;
        assert_int_equal(sample_build(&s), FAIL_DATA);
        assert_int_equal(s.diags.counts[cases[i].code], 1);
        sample_end(&s);
    }
}

static void test_period_joins_stratum(void **state)
{
    static const uint32_t apart[] = {0, 0, 1, 1}, shared[] = {0, 1, 0, 1};
    struct sample s;
    (void)state;
    sample_make(&s, "AAAA", "1234", NULL);
    s.rows.period = apart;
    assert_int_equal(sample_build(&s), OK);
    assert_int_equal(s.design.stratum_count, 2);
    assert_true(s.design.by_period);
    sample_end(&s);
    sample_make(&s, "AAAA", "1122", NULL);
    s.rows.period = shared;
    assert_int_equal(sample_build(&s), OK);
    assert_int_equal(s.design.stratum_count, 1);
    assert_true(s.design.spans_period);
    sample_end(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_strata),
        cmocka_unit_test(test_fpc_counts_and_fractions),
        cmocka_unit_test(test_units_are_nested),
        cmocka_unit_test(test_two_stages),
        cmocka_unit_test(test_lonely_rules),
        cmocka_unit_test(test_lonely_error_names_strata),
        cmocka_unit_test(test_certainty_is_not_lonely),
        cmocka_unit_test(test_fpc_errors),
        cmocka_unit_test(test_period_joins_stratum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
