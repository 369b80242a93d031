// SPDX-License-Identifier: GPL-3.0-or-later
// What a chart is: a question, the rows of the results that answer it, and a function that writes the
// gnuplot script. charts.c lists them all.
#pragma once
#include "engine/report/document.h"

enum chart_format { CHART_SVG = 1, CHART_PNG = 2, CHART_PDF = 4 };

struct plot { // one drawing in one language, while its script is written
    const struct results *results;
    uint16_t region; // REGION_TOTAL = the chart of the whole
    struct period period;
    enum lang lang;
    struct arena *arena;
    struct buf script; // plain gnuplot, without terminal and output
    int width, height; // px
    struct buf alternative; // the text for who cannot see it
};

struct chart {
    struct label label; // id = file name
    struct text question;
    const char *rows; // indicator ids it shows, for `list charts`
    const char *table; // name of the table with its values
    // False: nothing to draw (an input that the study lacks). Rows that are all withheld are drawn as such.
    bool (*draw)(struct plot *p);
};
extern const struct chart charts[];
extern const size_t chart_count;

struct chart_run {
    const struct results *results;
    struct period period;
    unsigned formats; // of chart_format
    bool langs[LANG_COUNT];
};
// Draws every chart of every region and of the whole with one gnuplot process, into out under
// charts/REGION/NAME.LANG.EXT, and gives the figures (inline SVG) to the document's arena.
// FAIL_GNUPLOT when gnuplot is missing or failed: the figures that could not be drawn are left out.
struct outdir;
MUST_CHECK enum status charts_draw(const struct chart_run *run, struct outdir *out,
                                   struct document *doc, struct diags *d);
