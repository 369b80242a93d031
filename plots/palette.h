// SPDX-License-Identifier: GPL-3.0-or-later
// Colours of all charts, and the measures that chose them: contrast and distance as people with and
// without a colour deficiency see them. A colour is 0xRRGGBB.
#pragma once
#include <stddef.h>
#include <stdint.h>

enum colour {
    COLOUR_INK = 0x222222,   // titles, values
    COLOUR_LABEL = 0x333333, // names
    COLOUR_QUIET = 0x555555, // subtitles, axis text, symbols
    COLOUR_AXIS = 0x888888,
    COLOUR_LEADER = 0xBBBBBB,
    COLOUR_GRID = 0xE5E5E5,
    COLOUR_BAND = 0xF7F7F7,
    COLOUR_PAPER = 0xFFFFFF,
    COLOUR_WITHHELD = 0xEEEEEE,
    COLOUR_BLUE = 0x0072B2,
    COLOUR_ORANGE = 0xD55E00,
    COLOUR_WHOLE = 0x555555,
};

enum { ANSWER_COLOURS = 5, HEAT_COLOURS = 7, GROUP_COLOURS = 7, CLASSES_MOST = 11 };
extern const uint32_t palette_answers[ANSWER_COLOURS]; // worst to best
extern const uint32_t palette_heat[HEAT_COLOURS];      // low to high, the middle is neutral
extern const uint32_t palette_heat5[5];
extern const uint32_t palette_lines[3];              // the last is always the whole
extern const uint32_t palette_groups[GROUP_COLOURS]; // unordered groups, with words beside them

// Colours of `count` (2..CLASSES_MOST) ordered answers: the ends and the middle of the five,
// interpolated in Lab.
void palette_classes(size_t count, uint32_t out[CLASSES_MOST]);
// The colour of a distance from the middle, -1 (low end) to 1 (high end).
uint32_t palette_diverging(double distance);
// The bands of `count` steps, light to darker grey.
uint32_t palette_band(size_t step, size_t count);

// Contrast of WCAG 2.2, 1 to 21.
double palette_contrast(uint32_t a, uint32_t b);
// Black or white, whichever reads better on the colour.
uint32_t palette_text_on(uint32_t colour);

enum sight { SIGHT_FULL, SIGHT_PROTAN, SIGHT_DEUTAN, SIGHT_TRITAN, SIGHT_COUNT };
// Distance CIE76 of two colours as seen.
double palette_distance(uint32_t a, uint32_t b, enum sight sight);
