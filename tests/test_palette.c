// SPDX-License-Identifier: GPL-3.0-or-later
// The figures of reports.md 6.2, which were measured with another program, and published anchors.
#include "plots/palette.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static double smallest(const uint32_t *colours, size_t count, enum sight sight, bool all)
{
    double least = INFINITY;
    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count && (all || k == i + 1); k++)
            least = fmin(least, palette_distance(colours[i], colours[k], sight));
    return least;
}

static void check(const uint32_t *colours, size_t count, bool all, const double expected[3])
{
    for (int s = 0; s < 3; s++) {
        double found = smallest(colours, count, (enum sight)(SIGHT_PROTAN + s), all);
        assert_true(fabs(found - expected[s]) <= 0.8); // the page prints whole numbers
    }
}

static void answers_keep_their_distance(void **state)
{
    (void)state;
    check(palette_answers, ANSWER_COLOURS, false, (double[]){29, 28, 24});
    for (int s = SIGHT_FULL; s < SIGHT_COUNT; s++)
        assert_true(smallest(palette_answers, ANSWER_COLOURS, (enum sight)s, false) >= 20);
}

static void heat_of_five_keeps_its_distance(void **state)
{
    (void)state;
    static const double page[3] = {27, 25, 25}; // as least values
    for (int s = 0; s < 3; s++)
        assert_true(smallest(palette_heat5, 5, (enum sight)(SIGHT_PROTAN + s), false) >= page[s]);
}

static void lines_keep_their_distance(void **state)
{
    (void)state;
    assert_true(smallest(palette_lines, 3, SIGHT_PROTAN, true) >= 39.5);
    assert_true(smallest(palette_lines, 3, SIGHT_DEUTAN, true) >= 45.5);
    assert_true(smallest(palette_lines, 3, SIGHT_TRITAN, true) >= 30);
}

static void groups_differ_from_all_others(void **state)
{
    (void)state;
    check(palette_groups, GROUP_COLOURS, true, (double[]){21, 17, 16});
}

static void neighbours_of_groups_differ(void **state)
{
    (void)state;
    for (int s = SIGHT_FULL; s < SIGHT_COUNT; s++)
        assert_true(smallest(palette_groups, 6, (enum sight)s, false) >= 20);
}

// White 6.9, black 8.5, 14.9, 8.2, white 5.9 : 1.
static void text_on_answers_is_legible(void **state)
{
    (void)state;
    static const struct {
        uint32_t text;
        double contrast;
    } expected[ANSWER_COLOURS] = {{0xFFFFFF, 6.9}, {0, 8.5}, {0, 14.9}, {0, 8.2}, {0xFFFFFF, 5.9}};
    for (size_t i = 0; i < ANSWER_COLOURS; i++) {
        assert_int_equal(palette_text_on(palette_answers[i]), expected[i].text);
        double found = palette_contrast(palette_answers[i], expected[i].text);
        assert_true(fabs(found - expected[i].contrast) < 0.05);
    }
}

static void contrast_of_black_and_white_is_21(void **state)
{
    (void)state;
    assert_true(fabs(palette_contrast(0, 0xFFFFFF) - 21) < 1e-9);
    assert_true(fabs(palette_contrast(0x123456, 0x123456) - 1) < 1e-9);
}

static void small_text_has_contrast(void **state)
{
    (void)state;
    static const uint32_t texts[] = {COLOUR_INK, COLOUR_LABEL, COLOUR_QUIET, COLOUR_BLUE};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_true(palette_contrast(texts[i], COLOUR_PAPER) >= 4.5);
    assert_true(palette_contrast(COLOUR_QUIET, COLOUR_WITHHELD) >= 4.5); // x in a withheld cell
    assert_true(palette_contrast(COLOUR_ORANGE, COLOUR_PAPER) >= 3);     // a mark, not text
}

static void every_shade_of_heat_bears_its_text(void **state)
{
    (void)state;
    for (int i = -20; i <= 20; i++) {
        uint32_t colour = palette_diverging(i / 20.0);
        assert_true(palette_contrast(colour, palette_text_on(colour)) >= 4.5);
    }
    assert_int_equal(palette_diverging(-1), 0xB35806);
    assert_int_equal(palette_diverging(0), 0xF7F7F7);
    assert_int_equal(palette_diverging(7), 0x542788);
}

static void classes_take_ends_and_middle(void **state)
{
    (void)state;
    for (size_t count = 2; count <= CLASSES_MOST; count++) {
        uint32_t out[CLASSES_MOST];
        palette_classes(count, out);
        assert_int_equal(out[0], palette_answers[0]);
        assert_int_equal(out[count - 1], palette_answers[4]);
        if (count % 2)
            assert_int_equal(out[count / 2], palette_answers[2]);
    }
    uint32_t five[CLASSES_MOST];
    palette_classes(5, five);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(five[i], palette_answers[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_keep_their_distance),
        cmocka_unit_test(heat_of_five_keeps_its_distance),
        cmocka_unit_test(lines_keep_their_distance),
        cmocka_unit_test(groups_differ_from_all_others),
        cmocka_unit_test(neighbours_of_groups_differ),
        cmocka_unit_test(text_on_answers_is_legible),
        cmocka_unit_test(contrast_of_black_and_white_is_21),
        cmocka_unit_test(small_text_has_contrast),
        cmocka_unit_test(every_shade_of_heat_bears_its_text),
        cmocka_unit_test(classes_take_ends_and_middle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
