// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of charts as PNG: 256 colours, which is what makes them small and quick to write.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pixels {
    const unsigned char *rows; // of uint32_t 0x??RRGGBB in the machine's order
    size_t stride;             // bytes from row to row, a multiple of 4
    uint32_t width, height;    // at least 1
};

// The 256 commonest colours of a picture are kept as they are; the rest, which are shades at the
// edges of letters and lines, become the nearest of these. The same pixels give the same bytes.
// False: the file could not be written; what is there of it is not whole.
bool png_save(const char *path, const struct pixels *p);
