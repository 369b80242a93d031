// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/place.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void near(double found, double expected)
{
    assert_true(fabs(found - expected) < 1e-9);
}

static void what_does_not_touch_stays(void **state)
{
    (void)state;
    double at[] = {50, 10, 30}, sizes[] = {10, 10, 10};
    place_apart(at, sizes, 3, 0, 100);
    near(at[0], 50), near(at[1], 10), near(at[2], 30);
}

// Two at 20 and 24, 10 tall: the middle of both stays at 22, so 17 and 27.
static void two_move_apart_evenly(void **state)
{
    (void)state;
    double at[] = {20, 24}, sizes[] = {10, 10};
    place_apart(at, sizes, 2, 0, 100);
    near(at[0], 17), near(at[1], 27);
}

// 20, 24, 29 with size 10: less the offsets 5, 15, 25 they are 15, 9, 4, mean 28/3; so 43/3, 73/3,
// 103/3.
static void three_pool(void **state)
{
    (void)state;
    double at[] = {20, 24, 29}, sizes[] = {10, 10, 10};
    place_apart(at, sizes, 3, 0, 100);
    near(at[0], 43.0 / 3), near(at[1], 73.0 / 3), near(at[2], 103.0 / 3);
}

// A tall one (20) and a low one (10) at the same place: their centres are 15 apart.
static void sizes_count(void **state)
{
    (void)state;
    double at[] = {50, 50}, sizes[] = {20, 10};
    place_apart(at, sizes, 2, 0, 100);
    near(at[1] - at[0], 15);
    near((at[0] + at[1]) / 2, 50);
}

static void the_ends_hold(void **state)
{
    (void)state;
    double at[] = {1, 2, 99}, sizes[] = {10, 10, 10};
    place_apart(at, sizes, 3, 0, 100);
    near(at[0], 5), near(at[1], 15), near(at[2], 95);
}

static void too_many_are_spread(void **state)
{
    (void)state;
    double at[] = {5, 5, 5, 5}, sizes[] = {10, 10, 10, 10};
    place_apart(at, sizes, 4, 0, 20);
    near(at[0], 2.5), near(at[3], 17.5);
    place_apart(at, sizes, 0, 0, 20);
}

static void order_is_kept(void **state)
{
    (void)state;
    double at[40], sizes[40], before[40];
    unsigned seed = 7;
    for (int i = 0; i < 40; i++) {
        seed = seed * 1664525u + 1013904223u;
        before[i] = at[i] = (seed >> 8) % 500;
        sizes[i] = 4 + (seed >> 20) % 9;
    }
    place_apart(at, sizes, 40, 0, 600);
    for (int i = 0; i < 40; i++)
        for (int k = 0; k < 40; k++)
            if (before[i] < before[k])
                assert_true(at[k] - at[i] >= (sizes[i] + sizes[k]) / 2 - 1e-9);
}

static void a_label_finds_a_free_place(void **state)
{
    (void)state;
    struct box view = {0, 0, 200, 100}, taken[1] = {{100, 0, 200, 100}};
    struct spot spot;
    assert_true(place_round(90, 50, 8, 40, 12, NULL, 0, view, &spot));
    assert_int_equal(spot.side, 1);
    assert_true(place_round(90, 50, 8, 40, 12, taken, 1, view, &spot));
    assert_int_equal(spot.side, -1);
    assert_false(box_meets(spot.box, taken[0]));
    assert_true(box_within(spot.box, view));
    taken[0] = view;
    assert_false(place_round(90, 50, 8, 40, 12, taken, 1, view, &spot));
}

static void boxes_that_share_an_edge_do_not_meet(void **state)
{
    (void)state;
    assert_false(box_meets((struct box){0, 0, 10, 10}, (struct box){10, 0, 20, 10}));
    assert_true(box_meets((struct box){0, 0, 10, 10}, (struct box){9, 9, 20, 20}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_does_not_touch_stays),
        cmocka_unit_test(two_move_apart_evenly),
        cmocka_unit_test(three_pool),
        cmocka_unit_test(sizes_count),
        cmocka_unit_test(the_ends_hold),
        cmocka_unit_test(too_many_are_spread),
        cmocka_unit_test(order_is_kept),
        cmocka_unit_test(a_label_finds_a_free_place),
        cmocka_unit_test(boxes_that_share_an_edge_do_not_meet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
