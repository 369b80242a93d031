// SPDX-License-Identifier: GPL-3.0-or-later
// Lines over time with ribbons of limits: broken where a value is withheld or missing, and at
// breaks of the series; nothing is ever drawn across.
#pragma once
#include "plots/sheet.h"

struct series {
    const char *name;
    uint16_t region;
    const struct estimate **at; // one a period, NULL = none
    uint32_t colour;
    enum mark mark;
    double width; // of the line
    bool ribbon, marks;
};

struct timeline {
    struct periods periods;
    double *x; // px of each period
    const char *indicator, *item;
};

// The periods for which the indicator of the item has values, and their places in the field.
struct timeline timeline_make(const struct plot *p, const char *indicator, const char *item);
void timeline_lay(const struct plot *p, struct timeline *t, struct field f);
void timeline_free(struct timeline *t);

struct series series_of(struct plot *p, const struct timeline *t, uint16_t region);
// The axis that holds the limits of every region and of the whole.
struct ruler series_axis(const struct plot *p, const struct timeline *t, int ticks);
void series_draw(struct plot *p, const struct timeline *t, const struct series *s,
                 const struct ruler *y);
// Symbols of what is not there, `row` lines above the foot of the field.
void series_symbols(struct plot *p, const struct timeline *t, const struct series *s,
                    struct field f, int row);
// Dotted lines at the breaks of a region's series; with `words` their reasons stand above the
// field, which needs that much room.
double series_breaks_room(const struct plot *p, const struct timeline *t, uint16_t region);
void series_breaks(struct plot *p, const struct timeline *t, uint16_t region, struct field f,
                   bool words);
const struct estimate *series_last(const struct timeline *t, const struct series *s);
// First, last, gaps, breaks, and a direction only where a comparison found one.
void series_tell(struct plot *p, const struct timeline *t, const struct series *s);
