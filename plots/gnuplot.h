// SPDX-License-Identifier: GPL-3.0-or-later
// One gnuplot process for many drawings (robustness.md 3.1 and C3). It runs without a shell, with
// an environment of our own, limits, and a group of its own that is killed when it hangs. What it
// says is not believed: a drawing is done only when its file is whole.
#pragma once
#include "engine/base/err.h"

enum drawing_format { DRAWING_SVG, DRAWING_PNG, DRAWING_PDF, DRAWING_FORMATS };
extern const char *const drawing_extensions[DRAWING_FORMATS]; // svg, png, pdf

struct drawing {
    struct str blocks, command; // canvas_script
    int width, height;          // px
    bool wanted[DRAWING_FORMATS];
    bool said[DRAWING_FORMATS]; // gnuplot reported no error for it
};

// Name of the file that a drawing leaves in the folder: draw-00012.svg. `out` holds 32 bytes.
void gnuplot_name(size_t index, enum drawing_format format, char out[32]);

enum { GNUPLOT_PATIENCE = 60 };
// Draws all that is wanted and not said yet, into the folder. FAIL_GNUPLOT with a diagnostic when
// gnuplot cannot be started; when it dies, is silent for `patience` seconds or is stopped by a
// signal, what is missing is not `said` and the status is OK.
MUST_CHECK enum status gnuplot_run(int folder_fd, struct drawing *drawings, size_t count,
                                   int patience, struct diags *d);

// Are the bytes a whole picture of the format (signature and trailer)?
bool gnuplot_whole(struct str bytes, enum drawing_format format);
// Overwrites the date of a PDF with one that is always the same, in place, same length.
void gnuplot_undate(char *bytes, size_t len);
