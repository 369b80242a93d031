// SPDX-License-Identifier: GPL-3.0-or-later
// Accumulators: exact sums and distributions, and the laws of merging.
#include "engine/run/tally.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct decimal read_decimal(const char *text)
{
    struct decimal d = {0};
    double value;
    assert_int_equal(num_read(str_of(text), '.', STR(""), &d, &value), NUM_OK);
    return d;
}

static void add_text(struct tally_sum *sum, struct tally_sum *squares, const char *text)
{
    struct decimal d = read_decimal(text);
    tally_add(sum, d);
    tally_add_square(squares, d, 1);
}

// ---- sums

static void cents_add_up_exactly(void **state)
{
    (void)state;
    struct tally_sum s = {0};
    for (int i = 0; i < 1000; i++)
        tally_add(&s, read_decimal("0.1")); // 1000 doubles of 0.1 make 99.9999999999986
    assert_true(tally_value(&s) == 100.0);
}

static void scales_may_grow_and_cancel(void **state)
{
    (void)state;
    struct tally_sum s = {0};
    tally_add(&s, read_decimal("123456789012345678"));
    tally_add(&s, read_decimal("0.000000000000000001"));
    tally_add(&s, read_decimal("-123456789012345678"));
    assert_true(tally_value(&s) == 1e-18);
    assert_int_equal(tally_sign(&s), 1);
    tally_add(&s, read_decimal("-0.000000000000000001"));
    assert_int_equal(tally_sign(&s), 0);
}

// 1, 2, 4: mean 7/3, squares 21, variance (3·21 - 49)/(3·2) = 14/6.
static void mean_and_variance_of_three(void **state)
{
    (void)state;
    struct tally_sum sum = {0}, squares = {0};
    const char *const values[] = {"1", "2", "4"};
    for (size_t i = 0; i < 3; i++)
        add_text(&sum, &squares, values[i]);
    assert_true(tally_mean(&sum, 3) == 7.0 / 3);
    assert_true(tally_variance(&sum, &squares, 3) == 14.0 / 6);
    assert_true(isnan(tally_variance(&sum, &squares, 1)));
    assert_true(isnan(tally_mean(&sum, 0)));
}

// NIST NumAcc3 and NumAcc4 in small: 1000000.2 ± 0.1; deviations of ±0.1 have variance
// (4 · 0.01)/4 = 0.01 over five values, one of which is the mean.
static void large_offset_keeps_the_variance(void **state)
{
    (void)state;
    struct tally_sum sum = {0}, squares = {0};
    const char *const values[] = {"10000000.2", "10000000.1", "10000000.3", "10000000.1",
                                  "10000000.3"};
    for (size_t i = 0; i < 5; i++)
        add_text(&sum, &squares, values[i]);
    assert_true(tally_mean(&sum, 5) == 10000000.2);
    assert_true(tally_variance(&sum, &squares, 5) == 0.01);
}

static void ratio_of_sums(void **state)
{
    (void)state;
    struct tally_sum above = {0}, below = {0}, none = {0};
    tally_add(&above, read_decimal("0.75"));
    tally_add(&below, read_decimal("12"));
    assert_true(tally_ratio(&above, &below) == 0.0625);
    assert_true(isnan(tally_ratio(&above, &none)));
}

// 2.5 · 4 + 0.125 · 8 - 3 · 1.5 = 10 + 1 - 4.5
static void products_are_exact(void **state)
{
    (void)state;
    struct tally_sum s = {0};
    tally_add_product(&s, read_decimal("2.5"), read_decimal("4"));
    tally_add_product(&s, read_decimal("0.125"), read_decimal("8"));
    tally_add_product(&s, read_decimal("-3"), read_decimal("1.5"));
    assert_true(tally_value(&s) == 6.5);
}

static void sums_merge(void **state)
{
    (void)state;
    struct tally_sum whole = {0}, a = {0}, b = {0}, zero = {0};
    const char *const values[] = {"0.25", "-17", "3.000001", "99999999999", "1e-9"};
    for (size_t i = 0; i < 5; i++) {
        tally_add(&whole, read_decimal(values[i]));
        tally_add(i % 2 ? &a : &b, read_decimal(values[i]));
    }
    struct tally_sum ab = a, ba = b, source = b;
    tally_merge(&ab, &b);
    tally_merge(&ba, &a);
    assert_memory_equal(&b.total, &source.total, sizeof b.total); // the source is left alone
    assert_true(tally_value(&ab) == tally_value(&whole));
    assert_true(tally_value(&ba) == tally_value(&whole));
    tally_merge(&ab, &zero);
    tally_merge(&zero, &ab);
    assert_true(tally_value(&zero) == tally_value(&whole));
}

static void doubles_become_decimals(void **state)
{
    (void)state;
    struct decimal d;
    assert_true(decimal_nearest(0.5, &d) && d.mantissa == 5 && d.scale == 1);
    assert_true(decimal_nearest(-1e17, &d) && decimal_value(d) == -1e17);
    assert_true(decimal_nearest(44.209999084472656, &d) && decimal_value(d) == 44.209999084472656);
    assert_true(decimal_nearest(1e-30, &d) && d.mantissa == 0);
    assert_false(decimal_nearest(1e18, &d));
    assert_false(decimal_nearest(NAN, &d));
}

static void decimals_have_an_order(void **state)
{
    (void)state;
    assert_true(decimal_order(read_decimal("1.5"), read_decimal("2")) < 0);
    assert_true(decimal_order(read_decimal("-1"), read_decimal("-1.1")) > 0);
    assert_int_equal(decimal_order(read_decimal("1.50"), read_decimal("1.5")), 0);
}

// ---- distributions

// Group 0: 30 10 20 20; group 1: 40 2.5.
static void fill(struct histogram *h, int part)
{
    const struct {
        uint32_t group;
        const char *value;
    } rows[] = {{0, "30"}, {0, "10"}, {1, "40"}, {0, "20"}, {1, "2.5"}, {0, "20.0"}};
    for (int i = 0; i < 6; i++)
        if (part < 0 || i % 2 == part)
            histogram_add(h, rows[i].group, read_decimal(rows[i].value));
}

static void gather(struct spread *s, struct histogram *h, struct ordered *o, bool both)
{
    const uint32_t groups[] = {0, 1};
    histogram_order(h, 2, o);
    spread_gather(s, o, groups, both ? 2 : 1);
}

static void quantiles_of_one_group(void **state)
{
    (void)state;
    struct histogram h = {0};
    struct ordered o;
    struct spread s = {0};
    fill(&h, -1);
    gather(&s, &h, &o, false);
    assert_int_equal(s.total, 4); // 10 20 20 30
    assert_int_equal(s.bins.len, 3);
    assert_true(spread_at(&s, 0) == 10 && spread_at(&s, 2) == 20 && spread_at(&s, 3) == 30);
    assert_true(isnan(spread_at(&s, 4)));
    assert_true(spread_quantile(&s, 1, 2) == 20);
    // h = 3 · 0.9 = 2.7: 20 + 0.7 · 10
    assert_true(spread_quantile(&s, 90, 100) == 27);
    spread_free(&s);
    ordered_free(&o);
    histogram_free(&h);
}

static void quantiles_of_the_union(void **state)
{
    (void)state;
    struct histogram h = {0};
    struct ordered o;
    struct spread s = {0};
    struct tally_sum sum, squares;
    fill(&h, -1);
    gather(&s, &h, &o, true); // 2.5 10 20 20 30 40
    assert_true(spread_quantile(&s, 50, 100) == 20);
    // h = 5 · 0.1 = 0.5: 2.5 + 0.5 · 7.5
    assert_true(spread_quantile(&s, 10, 100) == 6.25);
    spread_moments(&s, &sum, &squares);
    assert_true(tally_value(&sum) == 122.5);
    assert_true(tally_value(&squares) == 3406.25); // 6.25 + 100 + 400 + 400 + 900 + 1600
    spread_free(&s);
    ordered_free(&o);
    histogram_free(&h);
}

static void an_empty_spread_has_no_value(void **state)
{
    (void)state;
    struct histogram h = {0};
    struct ordered o;
    struct spread s = {0};
    gather(&s, &h, &o, true);
    assert_true(isnan(spread_quantile(&s, 1, 2)) && s.total == 0);
    spread_free(&s);
    ordered_free(&o);
    histogram_free(&h);
}

static void histograms_merge(void **state)
{
    (void)state;
    struct histogram a = {0}, b = {0}, zero = {0};
    struct ordered o;
    struct spread s = {0};
    fill(&a, 1);
    fill(&b, 0);
    histogram_settle(&a);
    size_t before = a.counts.counted.len;
    histogram_merge(&b, &a, NULL);
    histogram_merge(&b, &zero, NULL);
    histogram_settle(&a);
    assert_int_equal(a.counts.counted.len, before);
    gather(&s, &b, &o, true);
    assert_int_equal(s.total, 6);
    assert_true(spread_quantile(&s, 10, 100) == 6.25);
    spread_free(&s);
    ordered_free(&o);
    histogram_free(&a);
    histogram_free(&b);
}

// 70000 sevens and an eight in one group (2^16 = 65536 are counted in one piece), and a nine in a
// group that is far from any other: doubled by a merge, 140003 values of two kinds and 2 nines.
static void many_and_far_values_are_counted(void **state)
{
    (void)state;
    enum { FAR = 3000000 };
    struct histogram a = {0}, b = {0};
    struct ordered o;
    struct spread s = {0};
    const uint32_t near = 0, far = FAR;
    for (int i = 0; i < 70000; i++)
        histogram_add(&a, 0, (struct decimal){7, 0});
    histogram_add(&a, 0, (struct decimal){8, 0});
    histogram_add(&a, FAR, (struct decimal){9, 0});
    histogram_add(&b, 0, (struct decimal){8, 0});
    histogram_merge(&b, &a, NULL);
    histogram_merge(&b, &a, NULL);
    histogram_order(&b, FAR + 1, &o);
    spread_gather(&s, &o, &near, 1);
    assert_int_equal(s.total, 140003);
    assert_true(spread_at(&s, 139999) == 7 && spread_at(&s, 140000) == 8);
    spread_gather(&s, &o, &far, 1);
    assert_int_equal(s.total, 2);
    assert_true(spread_at(&s, 0) == 9);
    spread_free(&s);
    ordered_free(&o);
    histogram_free(&a);
    histogram_free(&b);
}

static void merging_renumbers_groups(void **state)
{
    (void)state;
    struct histogram a = {0}, b = {0};
    struct ordered o;
    struct spread s = {0};
    const uint32_t map[] = {1, 0};
    fill(&a, -1);
    histogram_merge(&b, &a, map);
    gather(&s, &b, &o, false); // what was group 1: 2.5 and 40
    assert_int_equal(s.total, 2);
    assert_true(spread_at(&s, 0) == 2.5);
    spread_free(&s);
    ordered_free(&o);
    histogram_free(&a);
    histogram_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cents_add_up_exactly),
        cmocka_unit_test(scales_may_grow_and_cancel),
        cmocka_unit_test(mean_and_variance_of_three),
        cmocka_unit_test(large_offset_keeps_the_variance),
        cmocka_unit_test(ratio_of_sums),
        cmocka_unit_test(products_are_exact),
        cmocka_unit_test(sums_merge),
        cmocka_unit_test(doubles_become_decimals),
        cmocka_unit_test(decimals_have_an_order),
        cmocka_unit_test(quantiles_of_one_group),
        cmocka_unit_test(quantiles_of_the_union),
        cmocka_unit_test(an_empty_spread_has_no_value),
        cmocka_unit_test(histograms_merge),
        cmocka_unit_test(many_and_far_values_are_counted),
        cmocka_unit_test(merging_renumbers_groups),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
