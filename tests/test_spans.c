// SPDX-License-Identifier: GPL-3.0-or-later
// Periods of a run, breaks, finding and ordering of results.
#include "engine/run/estimate.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static struct period read_period(const char *text)
{
    struct period p;
    assert_true(period_read(str_of(text), &p));
    return p;
}

static void add_periods(struct places *p, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        vec_push(&p->periods, read_period(texts[i]));
}

static const char *const quarters[] = {"2002-03 Q3", "2002-03 Q4", "2003-04 Q1",
                                       "2003-04 Q2", "2003-04 Q3", "2003-04 Q4"};

static enum span_need need_of(const struct span *spans, size_t count, const char *period)
{
    for (size_t i = 0; i < count; i++)
        if (period_same(spans[i].period, read_period(period)))
            return spans[i].need;
    return (enum span_need)99;
}

static void a_quarter_brings_what_it_is_compared_with(void **state)
{
    (void)state;
    struct study s = {.fiscal = true};
    struct places p = {.study = &s};
    add_periods(&p, quarters, 6);
    struct span *spans;
    size_t count = run_spans(&p, read_period("2003-04 Q3"), &spans);
    assert_int_equal(count, 5);
    assert_int_equal(need_of(spans, count, "2003-04 Q3"), SPAN_REPORT);
    assert_int_equal(need_of(spans, count, "2003-04 Q2"), SPAN_COMPARE);
    assert_int_equal(need_of(spans, count, "2002-03 Q3"), SPAN_COMPARE);
    assert_int_equal(need_of(spans, count, "2002-03 Q4"), SPAN_TREND);
    assert_int_equal(need_of(spans, count, "2003-04 Q4"), 99); // after the period: not looked at
    mem_free(spans);
    vec_free(&p.periods);
}

static void all_means_quarters_years_and_all(void **state)
{
    (void)state;
    struct study s = {.fiscal = true};
    struct places p = {.study = &s};
    add_periods(&p, quarters, 6);
    struct span *spans;
    size_t count = run_spans(&p, read_period("all"), &spans);
    assert_int_equal(count, 6 + 2 + 1);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(spans[i].need, SPAN_REPORT);
    assert_int_equal(spans[count - 1].period.kind, PERIOD_ALL);
    mem_free(spans);
    vec_free(&p.periods);
}

static void without_a_wish_the_study_decides(void **state)
{
    (void)state;
    struct study s = {.fiscal = true, .period = read_period("2003-04 Q1")};
    struct places p = {.study = &s};
    add_periods(&p, quarters, 6);
    struct span *spans;
    size_t count = run_spans(&p, (struct period){0}, &spans);
    assert_int_equal(need_of(spans, count, "2003-04 Q1"), SPAN_REPORT);
    mem_free(spans);
    vec_free(&p.periods);
}

static void breaks_lie_between(void **state)
{
    (void)state;
    struct trend_break breaks[] = {
        {.indicator = "activity.*", .region = "", .from = read_period("2003-04 Q1")},
        {.indicator = "cmt.index", .region = "SK", .from = read_period("2003-04 Q2")}};
    struct study s = {.total = {.id = "ALL"}, .breaks = breaks, .break_count = 2};
    struct period q4 = read_period("2002-03 Q4"), q1 = read_period("2003-04 Q1"),
                  q2 = read_period("2003-04 Q2");
    assert_ptr_equal(run_break(&s, "activity.visits", "MB", q4, q1), &breaks[0]);
    assert_null(run_break(&s, "activity.visits", "MB", q1, q2));
    assert_null(run_break(&s, "cmt.index", "MB", q1, q2));
    assert_ptr_equal(run_break(&s, "cmt.index", "SK", q1, q2), &breaks[1]);
    assert_ptr_equal(
        run_break(&s, "activity.x", "MB", read_period("2002-03"), read_period("2003-04")),
        &breaks[0]);
}

static const struct indicator first = {.label = {.id = "a.first"},
                                       .unit = UNIT_PERCENT,
                                       .decimals = -1},
                              second = {
                                  .label = {.id = "a.second"}, .unit = UNIT_COUNT, .decimals = -1};

static void add(struct results *r, const struct indicator *i, const char *item, uint16_t region,
                const char *level, double value)
{
    struct cell cell = {.out = r,
                        .item = item,
                        .region = region,
                        .period = read_period("2003-04 Q1"),
                        .by = *level ? "answer" : "",
                        .level = level};
    estimate_set(cell_add(&cell, i), value);
}

static void results_come_in_the_order_of_the_registry(void **state)
{
    (void)state;
    struct results r = {0};
    dict_add(&r.order, STR("a.first"));
    dict_add(&r.order, STR("a.second"));
    add(&r, &second, "x", 0, "", 1);
    add(&r, &first, "x", REGION_TOTAL, "", 2);
    add(&r, &first, "x", 1, "10", 3);
    add(&r, &first, "x", 1, "9", 4);
    add(&r, &first, "x", 1, "", 5);
    results_sort(&r);
    const double expected[] = {5, 4, 3, 2, 1};
    for (size_t i = 0; i < 5; i++)
        assert_true(r.estimates.at[i].value == expected[i]);
    results_free(&r);
}

static void comparisons_follow_their_estimates(void **state)
{
    (void)state;
    struct results r = {0};
    dict_add(&r.order, STR("a.first"));
    add(&r, &first, "x", 3, "", 30);
    add(&r, &first, "x", 2, "", 20);
    struct comparison c = {.indicator = &first,
                           .item = "x",
                           .by = "",
                           .level = "",
                           .kind = "region",
                           .estimate_a = 1,
                           .estimate_b = SIZE_MAX};
    vec_push(&r.comparisons, c);
    results_sort(&r);
    assert_int_equal(r.comparisons.at[0].estimate_a, 0);
    assert_true(r.estimates.at[0].value == 20);
    results_free(&r);
}

static void estimates_are_found_by_key(void **state)
{
    (void)state;
    struct results r = {0};
    add(&r, &first, "x", 3, "", 30);
    add(&r, &first, "x", REGION_TOTAL, "5", 7);
    results_index(&r);
    struct period q1 = read_period("2003-04 Q1");
    assert_true(results_find(&r, "a.first", "x", REGION_TOTAL, q1, "answer", "5")->value == 7);
    assert_null(results_find(&r, "a.first", "x", 2, q1, "", ""));
    assert_null(results_find(&r, "a.first", "x", 3, read_period("2003-04 Q2"), "", ""));
    results_free(&r);
}

static void what_is_not_finite_is_no_data(void **state)
{
    (void)state;
    struct results r = {0};
    add(&r, &first, "", 0, "", NAN);
    assert_int_equal(r.estimates.at[0].status, EST_NO_DATA);
    add(&r, &first, "", 0, "", 0);
    assert_int_equal(r.estimates.at[1].status, EST_OK);
    assert_string_equal(r.estimates.at[1].unit, "percent");
    assert_int_equal(r.estimates.at[1].decimals, 1);
    results_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quarter_brings_what_it_is_compared_with),
        cmocka_unit_test(all_means_quarters_years_and_all),
        cmocka_unit_test(without_a_wish_the_study_decides),
        cmocka_unit_test(breaks_lie_between),
        cmocka_unit_test(results_come_in_the_order_of_the_registry),
        cmocka_unit_test(comparisons_follow_their_estimates),
        cmocka_unit_test(estimates_are_found_by_key),
        cmocka_unit_test(what_is_not_finite_is_no_data),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
