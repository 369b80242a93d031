// SPDX-License-Identifier: GPL-3.0-or-later
// Figures published with the Common Measurements Tool, and hand calculations.
#include "metrics/family.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/help_survey.h"

static const char head[] = "etalon: 1\nid: t\ntitle: T\nperiod: 2003Q4\ntotal: {id: ALL, name: A}\n"
                           "suppress: {min_n: 1, rule: none, complementary: false}\n";
static const char weighted[] =
    "surveys:\n  - id: s\n    files: [data.csv]\n    columns: {weight: w}\n"
    "    missing: {dont_know: [\"8\"]}\n"
    "    items: [{id: q, column: q, scale: satisfaction}]\n";

static void run_case(struct small_run *r, const char *surveys, const char *data)
{
    char study[4096];
    snprintf(study, sizeof study, "%s%s", head, surveys);
    small_case(r, study, data);
    assert_int_equal(r->status, OK);
}

// One row a point, its share (in percent) as the weight.
static void distribution(struct small_run *r, const double share[6])
{
    static const char points[] = "543218";
    struct buf data = {0};
    buf_text(&data, "q,w\n");
    for (int k = 0; k < 6; k++)
        if (share[k] > 0)
            buf_print(&data, "%c,%g\n", points[k], share[k]);
    run_case(r, weighted, data.ptr);
    buf_free(&data);
}

static const struct published {
    double share[6]; // 5, 4, 3, 2, 1, don't know
    const char *indicator;
    double want, within;
} published[] = {
    {{55, 29, 9, 3, 3, 0}, "cmt.index_2dp", 82.75, 0},      // Service Canada 2006
    {{55, 29, 9, 3, 3, 0}, "cmt.index", 82.8283, 5e-5},     // computed from the same
    {{52.3, 24.3, 7, 4, 12, 0}, "cmt.top2", 76.9076, 5e-5}, // CTA 2011-12
    {{52.3, 24.3, 7, 4, 12, 0}, "cmt.index", 75.3263, 5e-5},
};

static void test_published(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof published / sizeof *published; i++) {
        struct small_run r;
        distribution(&r, published[i].share);
        double got = small_value(&r, published[i].indicator, "q", "", "", "");
        assert_true(fabs(got - published[i].want) <= published[i].within + 1e-12);
        small_end(&r);
    }
}

static void test_counts_of_2017(void **state)
{
    // San Francisco airport 2017, question Q7ALL: 6, 32, 444, 1507 and 699 answers of 2,831 asked.
    static const int counts[] = {6, 32, 444, 1507, 699};
    struct buf data = {0};
    struct small_run r;
    (void)state;
    buf_text(&data, "q,k\n");
    for (int point = 1; point <= 5; point++)
        for (int i = 0; i < counts[point - 1]; i++)
            buf_print(&data, "%d,1\n", point);
    for (int i = 0; i < 2831 - 2688; i++)
        buf_text(&data, "8,1\n");
    run_case(&r,
             "surveys:\n  - id: s\n    files: [data.csv]\n    columns: {}\n"
             "    missing: {dont_know: [\"8\"]}\n"
             "    items: [{id: q, column: q, scale: satisfaction}]\n",
             data.ptr);
    buf_free(&data);
    static const struct {
        const char *indicator;
        double want;
    } wants[] = {
        {"survey.n", 2688},
        {"survey.mean", 4.064360119047619},
        {"survey.sd", 0.6992647793472545},
        {"cmt.index", 76.60900297619047},
        {"cmt.index_2dp", 76.50},
        {"cmt.top2", 82.06845238095238},
        {"cmt.top1", 26.004464285714285},
        {"cmt.bottom2", 1.4136904761904763},
        {"cmt.top2_all", 77.92299540798304},
        {"survey.response", 94.94878134934652},
    };
    for (size_t i = 0; i < sizeof wants / sizeof *wants; i++)
        assert_near(small_value(&r, wants[i].indicator, "q", "", "", ""), wants[i].want, 1e-12);
    small_end(&r);
}

static void test_satisfaction_index(void **state)
{
    // Taking Care of Business 5: 66, 55, 52 give 57.67. Weights make the indexes: yes/no is not
    // rated, so each item has points 1 and 5 with 66, 55 and 52 of 100 at 5.
    struct buf data = {0};
    struct small_run r;
    (void)state;
    buf_text(&data, "a,b,c\n");
    for (int i = 0; i < 100; i++)
        buf_print(&data, "%d,%d,%d\n", i < 66 ? 5 : 1, i < 55 ? 5 : 1, i < 52 ? 5 : 1);
    run_case(&r,
             "surveys:\n  - id: s\n    files: [data.csv]\n    columns: {}\n    items:\n"
             "      - {id: a, column: a, scale: satisfaction, role: overall}\n"
             "      - {id: b, column: b, scale: satisfaction, role: best}\n"
             "      - {id: c, column: c, scale: satisfaction, role: exceeds}\n",
             data.ptr);
    buf_free(&data);
    const struct estimate *e = small_find(&r, "cmt.csi", "", "", "", "");
    assert_non_null(e);
    assert_near(e->value, 173 / 3.0, 1e-14);
    // Scores per person: the mean of three indexes less 57.67 over n; s² of that mean is
    // 100/99 · Σ/100 with 52 at 100, 3 at 66.67, 11 at 33.33, 34 at 0.
    double m = 173 / 3.0, square = 52 * pow(100 - m, 2) + 3 * pow(200 / 3.0 - m, 2) +
                                   11 * pow(100 / 3.0 - m, 2) + 34 * m * m;
    assert_near(e->se, sqrt(square / 99 / 100), 1e-12);
    small_end(&r);
}

static void test_gaps(void **state)
{
    // Importance less satisfaction over pairs: 1, 0, 3 (the fourth has no importance): mean 4/3.
    struct small_run r;
    (void)state;
    run_case(&r,
             "surveys:\n  - id: s\n    files: [data.csv]\n    columns: {}\n    items:\n"
             "      - {id: q, column: q, scale: satisfaction, driver: d, importance: i}\n"
             "      - {id: w, column: w, scale: number, acceptable: a}\n",
             "q,i,w,a\n4,5,10,10\n3,3,20,10.5\n1,4,5,10\n2,,30,60\n");
    assert_near(small_value(&r, "cmt.gap", "q", "", "", ""), 4 / 3.0, 1e-15);
    assert_near(small_value(&r, "cmt.gap_index", "q", "", "", ""), 100 / 3.0, 1e-14);
    assert_near(small_value(&r, "cmt.within_acceptable", "w", "", "", ""), 75, 0);
    // 0, 9.5, −5, −30
    assert_near(small_value(&r, "cmt.expectation_gap", "w", "", "", ""), -25.5 / 4, 1e-15);
    assert_near(small_value(&r, "cmt.expectation_gap_median", "w", "", "", ""), -5, 0);
    assert_near(small_value(&r, "cmt.accepts", "w", "", "value", "10.5"), 50, 0);
    assert_near(small_value(&r, "cmt.client_standard", "w", "", "", ""), 10, 0);
    small_end(&r);
}

static const char drivers[] =
    "surveys:\n  - id: s\n    files: [data.csv]\n    columns: {}\n    items:\n"
    "      - {id: o, column: o, scale: satisfaction, role: overall}\n"
    "      - {id: a, column: a, scale: satisfaction, driver: x, importance: ia}\n"
    "      - {id: b, column: b, scale: yes_no, driver: y}\n"
    "      - {id: c, column: c, scale: satisfaction, driver: z, importance: ic}\n";

static void test_drivers_met(void **state)
{
    // Done well (index 75 or more): rows have 3, 1, 0, 2 and 3 drivers; the last is not complete.
    struct small_run r;
    (void)state;
    run_case(
        &r, drivers,
        "o,a,b,c,ia,ic\n5,4,yes,5,5,2\n2,3,yes,3,5,2\n1,1,no,2,4,1\n4,4,yes,1,5,2\n4,5,yes,4,4,3\n"
        "5,5,yes,,5,2\n");
    assert_near(small_value(&r, "cmt.drivers_met", "o", "", "count", "3"), 87.5, 1e-15);
    assert_near(small_value(&r, "cmt.drivers_met", "o", "", "count", "1"), 25, 1e-15);
    assert_near(small_value(&r, "cmt.drivers_met", "o", "", "count", "0"), 0, 0);
    assert_near(small_value(&r, "cmt.drivers_met_share", "o", "", "count", "3"), 40, 1e-14);
    // a: index (75+50+0+75+100+100)/6 = 66.67, importance (100+100+75+100+75+100)/6 = 91.67;
    // c: (100+50+25+0+75)/5 = 50, importance (25+25+0+25+50+25)/6 = 25. Thresholds 58.33, 58.33.
    assert_near(small_value(&r, "cmt.quadrant", "a", "", "quadrant", "maintain"), 3, 0);
    assert_near(small_value(&r, "cmt.quadrant", "c", "", "quadrant", "secondary"), 2, 0);
    assert_near(small_value(&r, "cmt.priority_score", "c", "", "", ""), 12.5, 1e-13);
    assert_int_equal(small_find(&r, "cmt.priority_score", "b", "", "", "")->status,
                     EST_NOT_APPLICABLE);
    assert_int_equal(r.results.drivers.len, 3);
    small_end(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published),          cmocka_unit_test(test_counts_of_2017),
        cmocka_unit_test(test_satisfaction_index), cmocka_unit_test(test_gaps),
        cmocka_unit_test(test_drivers_met),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
