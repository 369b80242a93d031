// SPDX-License-Identifier: GPL-3.0-or-later
// Values of R's package survey 4.5 on the samples of schools.
#include "metrics/family.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/help_survey.h"

static const struct anchor {
    const char *study, *indicator, *item, *region, *by, *level;
    double value, se, low, high, df; // NaN: not looked at
} anchors[] = {
    {"simple", "survey.mean", "api00", "", "", "", 656.585, 9.2497220392828083, NAN, NAN, 199},
    {"strata", "survey.mean", "api00", "", "", "", 662.28736315932076, 9.4089408027845831, NAN, NAN,
     197},
    {"strata", "survey.total", "enroll", "", "", "", 3687177.5324382782, 114641.71610078028, NAN,
     NAN, NAN},
    {"cluster", "survey.mean", "api00", "", "", "", 644.16939890710387, 23.542240693781036,
     593.67631446332553, 694.66248335088221, 14},
    {"cluster", "survey.mean", "api00", "H", "", "", NAN, NAN, NAN, NAN, 7},
    {"cluster", "survey.mean", "api00", "M", "", "", NAN, NAN, NAN, NAN, 11},
    {"cluster", "survey.total", "enroll", "", "", "", 3404940.1345291138, 932235.0270412151, NAN,
     NAN, NAN},
    {"cluster", "survey.median", "api00", "", "", "", 652, 35.667882699452747, 561, 714, NAN},
    {"cluster", "survey.share", "ell0", "", "answer", "0", 100 - 2.1857923497267762, NAN, NAN, NAN,
     NAN},
    {"cluster", "survey.share", "ell0", "", "answer", "1", 2.1857923497267762, 2.2622450861133943,
     0.2304691, 17.7747767, NAN},
    {"strata", "survey.sd", "api00", "", "", "", 123.25009616964741, 5.0942758574099569, NAN, NAN,
     NAN},
    {"strata", "survey.p10", "api00", "E", "", "", 503, 13.859371566205628, 476, 531, NAN},
    {"raked", "survey.mean", "api00", "", "", "", 641.23032092682, 23.7036168879217, NAN, NAN, NAN},
    {"raked_strata", "survey.mean", "api00", "", "", "", NAN, 9.26954760646102, NAN, NAN, NAN},
    {"lonely_remove", "survey.mean", "api00", "", "", "", NAN, 5.8057775782763006, NAN, NAN, NAN},
    {"lonely_adjust", "survey.mean", "api00", "", "", "", NAN, 5.8280579016485285, NAN, NAN, NAN},
    {"lonely_average", "survey.mean", "api00", "", "", "", NAN, 6.0095507279558005, NAN, NAN, NAN},
};

static void check(double got, double want, double relative)
{
    if (!isnan(want))
        assert_near(got, want, relative);
}

static void test_anchors(void **state)
{
    (void)state;
    struct small_run r = {0};
    const char *open = "";
    for (size_t i = 0; i < sizeof anchors / sizeof *anchors; i++) {
        const struct anchor *a = &anchors[i];
        if (strcmp(open, a->study) != 0) {
            char path[64];
            if (*open)
                small_end(&r);
            snprintf(path, sizeof path, "tests/survey/%s.yaml", a->study);
            small_start(&r, path);
            assert_int_equal(r.status, OK);
            open = a->study;
        }
        const struct estimate *e =
            small_find(&r, a->indicator, a->item, a->region, a->by, a->level);
        assert_non_null(e);
        double relative = strncmp(a->study, "raked", 5) == 0 ? 1e-8 : 1e-10;
        check(e->value, a->value, relative);
        check(e->se, a->se, relative);
        check(e->low, a->low, 1e-6);
        check(e->high, a->high, 1e-6);
        check(e->df, a->df, 0);
    }
    small_end(&r);
}

static void test_design_effect(void **state)
{
    struct small_run r;
    (void)state;
    small_start(&r, "tests/survey/cluster.yaml");
    const struct estimate *e = small_find(&r, "survey.mean", "api00", "", "", "");
    assert_non_null(e);
    assert_near(e->deff, 9.0697483624530602, 1e-10);
    assert_near(e->effective_n, 20.176965521731926, 1e-10);
    small_end(&r);
}

static void test_lonely_units_are_refused(void **state)
{
    struct small_run r;
    (void)state;
    small_start(&r, "tests/survey/lonely_error.yaml");
    assert_int_equal(r.status, FAIL_DATA);
    assert_true(r.diags.counts[E0401] > 0);
    small_end(&r);
}

static void test_rao_scott(void **state)
{
    // The rows of E, H, M against sch_wide in the cluster sample.
    struct small_run r;
    bool found = false;
    (void)state;
    small_start(&r, "tests/survey/cluster.yaml");
    for (size_t i = 0; i < r.results.tests.len; i++) {
        const struct test *t = &r.results.tests.at[i];
        if (strcmp(t->test, "rao_scott") != 0 || strcmp(t->item, "sch_wide") != 0)
            continue;
        found = true;
        assert_string_equal(t->by, "region");
        assert_near(t->statistic, 5.1933695414748779, 1e-9);
        assert_near(t->df1, 1.4946397777074558, 1e-9);
        assert_near(t->df2, 20.924956887904383, 1e-9);
        assert_near(t->p, 0.021747462370796878, 1e-8);
    }
    assert_true(found);
    small_end(&r);
}

static const char head[] = "etalon: 1\nid: t\ntitle: T\nperiod: 2003Q4\n"
                           "regions: [{id: MB, name: M}, {id: SK, name: S}]\n"
                           "total: {id: ALL, name: A}\n"
                           "suppress: {min_n: 1, rule: none, complementary: false}\n"
                           "surveys:\n  - id: s\n    files: [data.csv]\n";

static char study_text[4096];

static const char *with_head(const char *rest)
{
    snprintf(study_text, sizeof study_text, "%s%s", head, rest);
    return study_text;
}

static void test_ties_of_quantiles(void **state)
{
    // F(2) is exactly 0.3 and F(4) exactly 0.9 with tenths as weights: the quantiles are those
    // answers.
    struct small_run r;
    (void)state;
    small_case(
        &r, with_head("    columns: {weight: w}\n    items: [{id: x, column: x, scale: number}]\n"),
        "x,w\n1,0.1\n2,0.2\n3,0.3\n4,0.3\n5,0.1\n");
    assert_near(small_value(&r, "survey.p30", "x", "", "", ""), 2, 0);
    assert_near(small_value(&r, "survey.p90", "x", "", "", ""), 4, 0);
    assert_near(small_value(&r, "survey.median", "x", "", "", ""), 3, 0);
    small_end(&r);
}

static void test_values_beyond_doubles(void **state)
{
    // 10000000.2 is not a double; mean 10000000.2 and sd 0.1 of .1 .2 .3 (divisor n − 1) are found.
    struct small_run r;
    (void)state;
    small_case(&r, with_head("    columns: {}\n    items: [{id: x, column: x, scale: number}]\n"),
               "x\n10000000.1\n10000000.2\n10000000.3\n");
    assert_near(small_value(&r, "survey.mean", "x", "", "", ""), 10000000.2, 0);
    assert_near(small_value(&r, "survey.sd", "x", "", "", ""), 0.1, 1e-15);
    small_end(&r);
}

static void test_shares_of_all_codes(void **state)
{
    // SK has no 1 but MB has: 0 of 3 has the Beta limit 1 − 0.025^(1/3).
    struct small_run r;
    (void)state;
    small_case(&r,
               with_head("    columns: {region: region}\n"
                         "    items: [{id: q, column: q, scale: category}]\n"),
               "region,q\nMB,1\nMB,2\nSK,2\nSK,2\nSK,2\n");
    const struct estimate *e = small_find(&r, "survey.share", "q", "SK", "answer", "1");
    assert_non_null(e);
    assert_near(e->value, 0, 0);
    assert_near(e->high, 100 * (1 - cbrt(0.025)), 1e-12);
    small_end(&r);
}

static void test_bases(void **state)
{
    // Five are asked: answers 5, 4, 9 (off the scale), 8 (don't know), blank; a sixth is not.
    struct small_run r;
    (void)state;
    small_case(&r,
               with_head("    columns: {}\n"
                         "    missing: {dont_know: [\"8\"], not_asked: [\"-\"]}\n"
                         "    items: [{id: q, column: q, scale: satisfaction}]\n"),
               "q,k\n5,1\n4,1\n9,1\n8,1\n,1\n-,1\n");
    assert_near(small_value(&r, "survey.n", "q", "", "", ""), 2, 0);
    assert_near(small_value(&r, "survey.response", "q", "", "", ""), 40, 1e-15);
    assert_near(small_value(&r, "cmt.top2_all", "q", "", "", ""), 40, 1e-15);
    assert_near(small_value(&r, "cmt.top2", "q", "", "", ""), 100, 0);
    assert_near(small_value(&r, "survey.share_all", "q", "", "answer", "dont_know"), 20, 1e-15);
    small_end(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_anchors),
        cmocka_unit_test(test_design_effect),
        cmocka_unit_test(test_lonely_units_are_refused),
        cmocka_unit_test(test_rao_scott),
        cmocka_unit_test(test_ties_of_quantiles),
        cmocka_unit_test(test_values_beyond_doubles),
        cmocka_unit_test(test_shares_of_all_codes),
        cmocka_unit_test(test_bases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
