// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/scale.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct ruler of(double low, double high, int wanted)
{
    struct range r = {0};
    range_add(&r, low);
    range_add(&r, high);
    return scale_round(r, wanted, NAN, NAN);
}

static void ticks_are_round_and_hold_the_data(void **state)
{
    (void)state;
    static const struct {
        double low, high;
        int wanted;
        double from, to, step;
        int decimals;
    } cases[] = {
        {0, 100, 5, 0, 100, 20, 0},      {64.4, 88.1, 6, 60, 90, 5, 0},
        {3.66, 4.93, 6, 3.6, 5, 0.2, 1}, {0.012, 0.018, 5, 0.012, 0.018, 0.001, 3},
        {0, 4700, 6, 0, 5000, 1000, 0},  {-3.2, 7.9, 5, -4, 8, 2, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ruler s = of(cases[i].low, cases[i].high, cases[i].wanted);
        assert_true(fabs(s.low - cases[i].from) < 1e-9);
        assert_true(fabs(s.high - cases[i].to) < 1e-9);
        assert_true(fabs(s.step - cases[i].step) < 1e-9);
        assert_int_equal(s.decimals, cases[i].decimals);
        assert_true(fabs(scale_tick(&s, s.ticks - 1) - s.high) < 1e-9);
    }
}

static void one_value_gets_room(void **state)
{
    (void)state;
    struct ruler s = of(80, 80, 5);
    assert_true(s.low < 80 && s.high > 80 && s.ticks >= 3);
    s = of(0, 0, 5);
    assert_true(s.low < 0 && s.high > 0);
}

static void nothing_gives_a_scale_all_the_same(void **state)
{
    (void)state;
    struct range r = {0};
    range_add(&r, NAN);
    range_add(&r, INFINITY);
    assert_false(r.some);
    struct ruler s = scale_round(r, 5, NAN, NAN);
    assert_true(s.low == 0 && s.high == 1 && s.ticks > 1);
}

static void limits_hold(void **state)
{
    (void)state;
    struct range r = {0};
    range_add(&r, 1);
    range_add(&r, 99.5);
    struct ruler s = scale_round(r, 3, 0, 100);
    assert_true(s.low >= 0 && s.high <= 100);
    struct range beyond = {true, 120, 130};
    s = scale_round(beyond, 5, 0, 100);
    assert_true(s.high > s.low);
}

static void zero_has_no_sign(void **state)
{
    (void)state;
    struct ruler s = of(-0.3, 0.3, 6);
    for (int i = 0; i < s.ticks; i++)
        if (fabs(scale_tick(&s, i)) < 1e-6)
            assert_true(scale_tick(&s, i) == 0 && !signbit(scale_tick(&s, i)));
}

static void places_are_linear_and_may_run_backwards(void **state)
{
    (void)state;
    struct ruler s = scale_fixed(0, 10, 5);
    s.from = 300, s.to = 100;
    assert_true(scale_place(&s, 0) == 300 && scale_place(&s, 10) == 100 &&
                scale_place(&s, 5) == 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ticks_are_round_and_hold_the_data),
        cmocka_unit_test(one_value_gets_room),
        cmocka_unit_test(nothing_gives_a_scale_all_the_same),
        cmocka_unit_test(limits_hold),
        cmocka_unit_test(zero_has_no_sign),
        cmocka_unit_test(places_are_linear_and_may_run_backwards),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
