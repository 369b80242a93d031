// SPDX-License-Identifier: GPL-3.0-or-later
// One gnuplot process for many drawings (robustness.md 3.1 and C3). It runs without a shell, with
// an environment of our own, limits, and a group of its own that is killed when it hangs. What it
// says is not believed: a drawing is done only when its file is whole.
#pragma once
#include "engine/base/err.h"
#include "plots/process.h"

enum drawing_format { DRAWING_SVG, DRAWING_PNG, DRAWING_PDF, DRAWING_FORMATS };
extern const char *const drawing_extensions[DRAWING_FORMATS]; // svg, png, pdf

struct drawing {
    struct str blocks, command; // canvas_script
    int width, height;          // px
    bool wanted[DRAWING_FORMATS];
    bool painted;               // its PNG is made of its SVG by another program, not by gnuplot
    bool said[DRAWING_FORMATS]; // it was reported to be drawn without error
};
// Marks what the whole lines of `said` report, from `understood` on, which moves.
void drawings_said(const struct buf *said, size_t *understood, struct drawing *drawings,
                   size_t count);

// Name of the file that a drawing leaves in the folder: draw-00012.svg. `out` holds 32 bytes.
void gnuplot_name(size_t index, enum drawing_format format, char out[32]);

enum { GNUPLOT_PATIENCE = 60 };
struct gnuplot {
    struct process process;
    int folder_fd;
    size_t scripts; // drawings 0 .. scripts - 1 may have left one in the folder
    struct buf said;
    size_t understood; // of what was said
};
// Starts it in the folder. FAIL_GNUPLOT with a diagnostic when it cannot be; nothing to end then.
MUST_CHECK enum status gnuplot_start(struct gnuplot *g, int folder_fd, int patience,
                                     struct diags *d);
// Has it draw what is wanted of this drawing and not said yet; it begins at once.
void gnuplot_draw(struct gnuplot *g, const struct drawing *w, size_t index);
void gnuplot_draw_no_more(struct gnuplot *g);
// Waits for a fifth of a second at most, and marks what was said. False: it is over. When it dies,
// is silent for `patience` seconds or is stopped by a signal, what is missing is not `said`.
bool gnuplot_listen(struct gnuplot *g, struct drawing *drawings, size_t count);
// Takes the scripts away; `at_once` kills what still runs.
void gnuplot_end(struct gnuplot *g, bool at_once);
// All of that, one after the other.
MUST_CHECK enum status gnuplot_run(int folder_fd, struct drawing *drawings, size_t count,
                                   int patience, struct diags *d);

// Are the bytes a whole picture of the format (signature and trailer)?
bool gnuplot_whole(struct str bytes, enum drawing_format format);
// Overwrites the date of a PDF with one that is always the same, in place, same length.
void gnuplot_undate(char *bytes, size_t len);
