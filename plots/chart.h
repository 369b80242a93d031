// SPDX-License-Identifier: GPL-3.0-or-later
// What a chart is: a question, the rows of the results that answer it, and a function that lays it
// out. charts.c lists them all; to add one is a row there and a draw_*.c.
#pragma once
#include "engine/report/document.h"
#include "plots/canvas.h"

enum chart_format { CHART_SVG = 1, CHART_PNG = 2, CHART_PDF = 4 };

struct chart;
struct plot { // one drawing in one language, while it is laid out
    const struct chart *chart;
    const struct results *results;
    uint16_t region; // REGION_TOTAL = the chart of the whole
    struct period period;
    enum lang lang;
    struct arena *arena;
    struct canvas canvas;
    struct buf title, subtitle;  // subtitle: unit, base, what is not obvious
    struct buf alternative;      // sentences for who cannot see it
    bool seen[EST_STATUS_COUNT]; // statuses whose symbols stand in the chart
    bool preliminary;
    double y; // px, where the next part begins
};

struct chart {
    struct label label; // id = file name
    struct text question;
    const char *rows;  // indicator ids it shows, for `list charts`
    const char *table; // kind of the table with its values
    // False: nothing to draw (an input that the study lacks). Rows that are all withheld are drawn
    // as such.
    bool (*draw)(struct plot *p);
};
extern const struct chart charts[];
extern const size_t chart_count;

struct chart_run {
    const struct results *results;
    struct period period;
    unsigned formats; // of chart_format; 0 = no charts at all
    bool langs[LANG_COUNT];
    int threads; // processes that may make PNG files beside gnuplot
};
// Draws every chart of every region and of the whole with one gnuplot process, into out under
// charts/REGION/NAME.LANG.EXT, and gives the figures (inline SVG) to the document. Starting lays
// the charts out and sets gnuplot to work; until charts_finish the caller may do other things, with
// `out` too. NULL when no formats are asked for. `run` may go, what it points to must stay.
struct outdir;
struct studio;
struct studio *charts_start(const struct chart_run *run, struct outdir *out, struct diags *d);
// Waits for the pictures and takes them; the document's tables must be there. A chart that cannot
// be drawn, twice, is replaced by a picture that says so. FAIL_GNUPLOT when that happened, or when
// there is no gnuplot (then there are no figures). Frees `s`.
MUST_CHECK enum status charts_finish(struct studio *s, struct document *doc);
void charts_drop(struct studio *s); // instead: what still runs is killed; harmless with NULL
// One chart laid out in memory, for tests and galleries. False: nothing to draw.
bool chart_lay_out(const struct chart *chart, struct plot *p);
void plot_free(struct plot *p);

bool draw_answers(struct plot *p);
bool draw_scores(struct plot *p);
bool draw_gaps(struct plot *p);
bool draw_priorities(struct plot *p);
bool draw_trend(struct plot *p);
bool draw_change(struct plot *p);
bool draw_breakdown(struct plot *p);
bool draw_maturity(struct plot *p);
bool draw_standards(struct plot *p);
bool draw_channels(struct plot *p);
bool draw_waits(struct plot *p);
bool draw_control(struct plot *p);
bool draw_heat(struct plot *p);
bool draw_regions(struct plot *p);
bool draw_funnel(struct plot *p);
bool draw_progress(struct plot *p);
