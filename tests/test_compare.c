// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/family.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/help_survey.h"

static void test_regions_of_clusters(void **state)
{
    // R's package survey 4.5: covariance of domain means on the cluster sample.
    struct small_run r;
    (void)state;
    small_start(&r, "tests/survey/cluster.yaml");
    const struct comparison *c = small_compare(&r, "survey.mean", "api00", "region", "E", "H");
    assert_non_null(c);
    assert_near(c->difference, 30.296626984126988, 1e-10);
    assert_near(c->se, 30.02760619184544, 1e-10);
    assert_near(c->df, 14, 0);
    assert_near(c->p, 0.33011532905340168, 1e-9);
    assert_string_equal(c->effect_kind, "cohen_d");
    small_end(&r);
}

static void test_families_and_effects(void **state)
{
    // The simple sample: three pairs under Holm, each region against the rest.
    struct small_run r;
    (void)state;
    small_start(&r, "tests/survey/simple.yaml");
    const struct comparison *c = small_compare(&r, "survey.mean", "api00", "region", "E", "H");
    assert_non_null(c);
    assert_near(c->statistic, 2.4689049367579727, 1e-9);
    assert_near(c->p, 0.014565351068757998, 1e-8);
    assert_near(c->p_adjusted, 0.043696053206273996, 1e-8);
    assert_near(c->effect, 0.48588400482669947, 1e-9);
    assert_true(c->significant);
    c = small_compare(&r, "survey.mean", "api00", "region", "H", "M");
    assert_non_null(c);
    assert_near(c->p_adjusted, 0.2388261289458346, 1e-8);
    c = small_compare(&r, "survey.mean", "api00", "rest", "E", "rest");
    assert_non_null(c);
    assert_near(c->difference, 32.951189898008693, 1e-9);
    assert_near(c->se, 19.459497315068003, 1e-9);
    assert_near(c->p_adjusted, 0.18391795056168109, 1e-8);
    small_end(&r);
}

static const char periods[] = "etalon: 1\nid: t\ntitle: T\nperiod: 2003Q4\n"
                              "total: {id: ALL, name: A}\n"
                              "suppress: {min_n: 1, rule: none, complementary: false}\n"
                              "surveys:\n  - id: s\n    files: [data.csv]\n"
                              "    columns: {period: period, respondent: id}\n"
                              "    items: [{id: x, column: x, scale: number}]\n";

static const struct comparison *find(const struct small_run *r, const char *kind)
{
    return small_compare(r, "survey.mean", "x", kind, "2003Q4",
                         strcmp(kind, "previous") == 0 ? "2003Q3" : "2002Q4");
}

static void test_independent_periods(void **state)
{
    // Means 3 and 5; each period is a stratum of its own: V = (2/1 · 2 · 1)/4 = 1 … per period:
    // values 2, 4 and 4, 6: s² = 2, V = s²/n = 1; se = √2, df = 2.
    struct small_run r;
    (void)state;
    small_case(&r, periods, "period,id,x\n2003Q3,a,2\n2003Q3,b,4\n2003Q4,c,4\n2003Q4,d,6\n");
    const struct comparison *c = find(&r, "previous");
    assert_non_null(c);
    assert_near(c->difference, 2, 1e-15);
    assert_near(c->se, sqrt(2), 1e-14);
    assert_near(c->df, 2, 0);
    assert_near(c->p_adjusted, c->p, 0);
    small_end(&r);
}

static void test_the_same_people_again(void **state)
{
    // Every respondent gains exactly 2 or 3: a panel. Scores of the difference per person are
    // (d − 2.5)/2 = ∓0.25: V = 2/1 · (2 · 0.0625) = 0.25.
    struct small_run r;
    (void)state;
    small_case(&r, periods, "period,id,x\n2003Q3,a,2\n2003Q3,b,9\n2003Q4,a,4\n2003Q4,b,12\n");
    const struct comparison *c = find(&r, "previous");
    assert_non_null(c);
    assert_near(c->difference, 2.5, 1e-15);
    assert_near(c->se, 0.5, 1e-13);
    assert_near(c->df, 1, 0);
    small_end(&r);
}

static void test_a_year_ago(void **state)
{
    struct small_run r;
    (void)state;
    small_case(&r, periods, "period,id,x\n2002Q4,a,2\n2002Q4,b,4\n2003Q4,c,4\n2003Q4,d,6\n");
    assert_non_null(find(&r, "year_ago"));
    assert_null(find(&r, "previous"));
    small_end(&r);
}

static void test_breaks_forbid_comparison(void **state)
{
    char study[2048];
    struct small_run r;
    (void)state;
    snprintf(study, sizeof study,
             "%sbreaks: [{indicator: survey.mean, from: 2003Q4, reason: {en: r, fr: r}}]\n",
             periods);
    small_case(&r, study, "period,id,x\n2003Q3,a,2\n2003Q3,b,4\n2003Q4,c,4\n2003Q4,d,6\n");
    assert_int_equal(r.status, OK);
    assert_null(find(&r, "previous"));
    small_end(&r);
}

static void test_levels_of_a_breakdown(void **state)
{
    struct small_run r;
    (void)state;
    small_case(&r,
               "etalon: 1\nid: t\ntitle: T\nperiod: 2003Q4\ntotal: {id: ALL, name: A}\n"
               "suppress: {min_n: 1, rule: none, complementary: false}\n"
               "surveys:\n  - id: s\n    files: [data.csv]\n    columns: {}\n"
               "    breakdowns: [segment]\n    items: [{id: x, column: x, scale: number}]\n",
               "segment,x\nstartup,1\nstartup,2\nexisting,5\nexisting,7\n");
    bool found = false;
    for (size_t i = 0; i < r.results.comparisons.len; i++) {
        const struct comparison *c = &r.results.comparisons.at[i];
        if (strcmp(c->indicator->label.id, "survey.mean") != 0)
            continue;
        found = true;
        assert_string_equal(c->kind, "level");
        assert_string_equal(c->by, "segment");
        assert_string_equal(c->level, "");
        assert_string_equal(c->a, "existing");
        assert_string_equal(c->b, "startup");
        assert_near(c->difference, 4.5, 1e-15);
    }
    assert_true(found);
    small_end(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_regions_of_clusters),
        cmocka_unit_test(test_families_and_effects),
        cmocka_unit_test(test_independent_periods),
        cmocka_unit_test(test_the_same_people_again),
        cmocka_unit_test(test_a_year_ago),
        cmocka_unit_test(test_breaks_forbid_comparison),
        cmocka_unit_test(test_levels_of_a_breakdown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
