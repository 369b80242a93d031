// SPDX-License-Identifier: GPL-3.0-or-later
// What may leave the house: minimum n, reliability, protection of the withheld.
#include "engine/guard/guard.h"

#include "engine/stats/dist.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static const struct indicator mean = {.label = {.id = "t.mean"},
                                      .unit = UNIT_INDEX,
                                      .decimals = -1,
                                      .interval = INTERVAL_DESIGN},
                              gap = {.label = {.id = "t.gap"},
                                     .unit = UNIT_POINTS,
                                     .decimals = -1,
                                     .interval = INTERVAL_DESIGN},
                              calls = {
                                  .label = {.id = "t.calls"}, .unit = UNIT_COUNT, .decimals = -1};

static struct estimate with(const struct indicator *i, double value, double se, double n)
{
    return (struct estimate){.indicator = i,
                             .item = "q",
                             .by = "",
                             .level = "",
                             .value = value,
                             .se = se,
                             .n = n,
                             .df = 60,
                             .from_survey = i != &calls,
                             .status = EST_OK,
                             .reported = true,
                             .low = 1,
                             .high = 2,
                             .weighted_n = 3,
                             .effective_n = 4,
                             .deff = 5,
                             .numerator = 6,
                             .denominator = 7,
                             .sd = 8};
}

static struct results *three_regions(struct results *r, struct study *s, double a, double b,
                                     double c)
{
    const double n[] = {a, b, c, a + b + c};
    const uint16_t regions[] = {0, 1, 2, REGION_TOTAL};
    *s = (struct study){.min_n = 10, .rule = SUPPRESS_STATCAN, .complementary = true};
    *r = (struct results){.study = s};
    for (size_t i = 0; i < 4; i++) {
        struct estimate e = with(&mean, 70, 2, n[i]);
        e.region = regions[i];
        vec_push(&r->estimates, e);
    }
    return r;
}

static void cv_is_rounded_half_up_before_it_is_compared(void **state)
{
    (void)state;
    // 16.54 → 16.5 is ok, 16.55 → 16.6 is caution; 33.34 → 33.3 caution, 33.36 → 33.4 unreliable
    static const struct {
        double se;
        enum estimate_status expected;
    } cases[] = {
        {16.54, EST_OK}, {16.56, EST_CAUTION}, {33.34, EST_CAUTION}, {33.36, EST_UNRELIABLE}};
    for (size_t i = 0; i < 4; i++) {
        struct estimate e = with(&mean, 100, cases[i].se, 50);
        assert_int_equal(guard_reliability(SUPPRESS_STATCAN, &e), cases[i].expected);
    }
}

static void zero_has_no_cv_and_gaps_are_not_judged_by_it(void **state)
{
    (void)state;
    struct estimate zero = with(&mean, 0, 1, 50), small_gap = with(&gap, 0.01, 0.4, 300);
    assert_int_equal(guard_reliability(SUPPRESS_STATCAN, &zero), EST_CAUTION);
    assert_int_equal(guard_reliability(SUPPRESS_STATCAN, &small_gap), EST_OK);
    assert_int_equal(guard_reliability(SUPPRESS_NONE, &zero), EST_OK);
}

// NCHS: 0 of 35 is shown, for review; 15 of 29 has too few; 50 of 100 with deff 2 and 60 df is
// shown.
static void nchs_shares(void **state)
{
    (void)state;
    struct estimate none = with(&mean, 0, 0, 35), few = with(&mean, 51.7, 9.3, 29),
                    half = with(&mean, 50, 100 * sqrt(0.25 / 50), 100);
    none.share = few.share = half.share = true;
    assert_int_equal(guard_reliability(SUPPRESS_NCHS, &none), EST_CAUTION);
    assert_int_equal(guard_reliability(SUPPRESS_NCHS, &few), EST_UNRELIABLE);
    assert_int_equal(guard_reliability(SUPPRESS_NCHS, &half), EST_OK);
}

static void a_withheld_row_has_no_number(void **state)
{
    (void)state;
    struct study s;
    struct results r;
    struct guard_report report;
    guard_apply(three_regions(&r, &s, 4, 40, 400), &report);
    const struct estimate *e = &r.estimates.at[0];
    assert_int_equal(e->status, EST_SUPPRESSED);
    const double numbers[] = {e->value, e->se,        e->low,         e->high,
                              e->df,    e->n,         e->weighted_n,  e->effective_n,
                              e->deff,  e->numerator, e->denominator, e->sd};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        assert_true(isnan(numbers[i]));
    results_free(&r);
}

static void a_second_part_protects_the_first(void **state)
{
    (void)state;
    struct study s;
    struct results r;
    struct guard_report report;
    guard_apply(three_regions(&r, &s, 4, 40, 400), &report);
    assert_int_equal(r.estimates.at[1].status, EST_SECONDARY); // the smallest of the others
    assert_int_equal(r.estimates.at[2].status, EST_OK);
    assert_int_equal(r.estimates.at[3].status, EST_OK);
    assert_int_equal(report.suppressed, 1);
    assert_int_equal(report.secondary, 1);
    assert_int_equal(report.open_tables, 0);
    results_free(&r);
}

static void two_withheld_parts_need_no_third(void **state)
{
    (void)state;
    struct study s;
    struct results r;
    struct guard_report report;
    guard_apply(three_regions(&r, &s, 4, 7, 400), &report); // 11 together: 0 to 11 each
    assert_int_equal(r.estimates.at[2].status, EST_OK);
    assert_int_equal(report.secondary, 0);
    results_free(&r);
}

static void complete_records_of_things_are_not_people(void **state)
{
    (void)state;
    struct study s = {.min_n = 10};
    struct results r = {.study = &s};
    struct estimate e = with(&calls, 3, NAN, 3);
    vec_push(&r.estimates, e);
    struct guard_report report;
    guard_apply(&r, &report);
    assert_int_equal(r.estimates.at[0].status, EST_OK);
    results_free(&r);
}

static void comparisons_with_a_withheld_side_are_empty(void **state)
{
    (void)state;
    struct study s;
    struct results r;
    three_regions(&r, &s, 4, 40, 400);
    struct comparison c = {
        .indicator = &mean, .difference = 1, .p = 0.5, .estimate_a = 2, .estimate_b = 0};
    vec_push(&r.comparisons, c);
    c.estimate_b = 3;
    vec_push(&r.comparisons, c);
    struct guard_report report;
    guard_apply(&r, &report);
    assert_true(r.comparisons.at[0].withheld && isnan(r.comparisons.at[0].difference));
    assert_false(r.comparisons.at[1].withheld);
    results_free(&r);
}

static void small_drivers_are_emptied(void **state)
{
    (void)state;
    struct study s = {.min_n = 10};
    struct results r = {.study = &s};
    vec_push(&r.drivers,
             ((struct driver){.n = 9, .r = 0.5, .performance = 80, .quadrant = "primary"}));
    struct guard_report report;
    guard_apply(&r, &report);
    assert_true(r.drivers.at[0].withheld && isnan(r.drivers.at[0].n) &&
                isnan(r.drivers.at[0].performance));
    assert_string_equal(r.drivers.at[0].quadrant, "");
    results_free(&r);
}

int main(void)
{
    dist_start();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cv_is_rounded_half_up_before_it_is_compared),
        cmocka_unit_test(zero_has_no_cv_and_gaps_are_not_judged_by_it),
        cmocka_unit_test(nchs_shares),
        cmocka_unit_test(a_withheld_row_has_no_number),
        cmocka_unit_test(a_second_part_protects_the_first),
        cmocka_unit_test(two_withheld_parts_need_no_third),
        cmocka_unit_test(complete_records_of_things_are_not_people),
        cmocka_unit_test(comparisons_with_a_withheld_side_are_empty),
        cmocka_unit_test(small_drivers_are_emptied),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
