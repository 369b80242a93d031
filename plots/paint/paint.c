// SPDX-License-Identifier: GPL-3.0-or-later
// A program of its own beside etalon: draws the SVG files that gnuplot left in its folder as PNG at
// twice their size. A line "12" on stdin asks for draw-00012.svg; the answer "chart 12.1 errno 0"
// is gnuplot's, so that both are believed by the same rule. An answer with another number, or none:
// not drawn. Its own program, because the libraries that draw text take longer to load than most
// commands of etalon take in all.
#include "plots/paint/png.h"

#include <librsvg/rsvg.h>
#include <stdlib.h>
#include <unistd.h>

enum { SCALE = 2, SIDE_MOST = 1 << 14 };

// gnuplot gives no size, but a box of user units.
static bool size_of(RsvgHandle *svg, double *width, double *height)
{
    gboolean has_width, has_height, has_box;
    RsvgLength across, down;
    RsvgRectangle box;
    rsvg_handle_get_intrinsic_dimensions(svg, &has_width, &across, &has_height, &down, &has_box,
                                         &box);
    *width = box.width, *height = box.height;
    return has_box && *width >= 1 && *height >= 1 && *width * SCALE <= SIDE_MOST &&
           *height * SCALE <= SIDE_MOST;
}

// White where nothing is drawn. NULL: the picture is broken.
static cairo_surface_t *draw(RsvgHandle *svg)
{
    double width, height;
    if (!size_of(svg, &width, &height))
        return NULL;
    int across = (int)(width * SCALE), down = (int)(height * SCALE);
    cairo_surface_t *sheet = cairo_image_surface_create(CAIRO_FORMAT_RGB24, across, down);
    cairo_t *pen = cairo_create(sheet);
    cairo_set_source_rgb(pen, 1, 1, 1);
    cairo_paint(pen);
    const RsvgRectangle whole = {0, 0, across, down};
    bool drawn = rsvg_handle_render_document(svg, pen, &whole, NULL) &&
                 cairo_status(pen) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(pen);
    cairo_surface_flush(sheet);
    if (drawn)
        return sheet;
    cairo_surface_destroy(sheet);
    return NULL;
}

static bool paint(unsigned long index)
{
    char from[32], to[32];
    snprintf(from, sizeof from, "draw-%05lu.svg", index);
    snprintf(to, sizeof to, "draw-%05lu.png", index);
    RsvgHandle *svg = rsvg_handle_new_from_file(from, NULL);
    cairo_surface_t *sheet = svg ? draw(svg) : NULL;
    bool good = false;
    if (sheet) {
        const struct pixels pixels = {
            .rows = cairo_image_surface_get_data(sheet),
            .stride = (size_t)cairo_image_surface_get_stride(sheet),
            .width = (uint32_t)cairo_image_surface_get_width(sheet),
            .height = (uint32_t)cairo_image_surface_get_height(sheet),
        };
        good = png_save(to, &pixels);
        cairo_surface_destroy(sheet);
    }
    if (svg)
        g_object_unref(svg);
    return good;
}

int main(void)
{
    char line[64];
    while (fgets(line, sizeof line, stdin)) {
        unsigned long index = strtoul(line, NULL, 10);
        printf("chart %lu.1 errno %d\n", index, paint(index) ? 0 : 1);
        fflush(stdout);
    }
    return 0;
}
