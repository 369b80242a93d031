// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/paint/png.h"

#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { COLOURS = 256, SLOTS = 1 << 16, SHADES_MOST = SLOTS / 2 };
static const uint32_t rgb = 0xFFFFFF;

struct shade {
    uint32_t colour, count;
    int index; // in the palette
};

struct shades {
    struct shade at[SHADES_MOST];
    int slots[SLOTS]; // 1 + index into `at`; 0 = free
    size_t len;
};

static const uint32_t *row_of(const struct pixels *p, uint32_t y)
{
    return (const uint32_t *)(const void *)(p->rows + y * p->stride);
}

// NULL: there are too many to tell apart.
static struct shade *shade_of(struct shades *s, uint32_t colour)
{
    size_t slot = (colour * 2654435761u) >> 16;
    while (s->slots[slot] && s->at[s->slots[slot] - 1].colour != colour)
        slot = (slot + 1) % SLOTS;
    if (!s->slots[slot]) {
        if (s->len == SHADES_MOST)
            return NULL;
        s->at[s->len] = (struct shade){.colour = colour};
        s->slots[slot] = (int)++s->len;
    }
    return &s->at[s->slots[slot] - 1];
}

// Rows from y on that are alike: much of a chart is.
static uint32_t rows_alike(const struct pixels *p, uint32_t y)
{
    uint32_t end = y + 1;
    while (end < p->height && memcmp(row_of(p, y), row_of(p, end), 4 * (size_t)p->width) == 0)
        end++;
    return end - y;
}

static bool count_shades(struct shades *s, const struct pixels *p)
{
    struct shade *last = NULL;
    for (uint32_t y = 0, alike; y < p->height; y += alike) {
        const uint32_t *row = row_of(p, y);
        alike = rows_alike(p, y);
        for (uint32_t x = 0; x < p->width; x++) {
            if (!last || last->colour != (row[x] & rgb))
                last = shade_of(s, row[x] & rgb);
            if (!last)
                return false;
            last->count += alike;
        }
    }
    return true;
}

// The commonest first; equally common ones by colour, so that the order is one.
static int by_count(const void *one, const void *two)
{
    const struct shade *a = *(struct shade *const *)one, *b = *(struct shade *const *)two;
    if (a->count != b->count)
        return a->count < b->count ? 1 : -1;
    return (a->colour > b->colour) - (a->colour < b->colour);
}

static int distance(uint32_t a, uint32_t b)
{
    int red = (int)(a >> 16) - (int)(b >> 16);
    int green = (int)(a >> 8 & 255) - (int)(b >> 8 & 255);
    int blue = (int)(a & 255) - (int)(b & 255);
    return red * red + green * green + blue * blue;
}

static int nearest(const uint32_t palette[COLOURS], uint32_t colour)
{
    int best = 0, least = distance(palette[0], colour);
    for (int i = 1; i < COLOURS; i++) {
        int off = distance(palette[i], colour);
        if (off < least)
            best = i, least = off;
    }
    return best;
}

// Gives every shade its place in the palette. How many colours that has.
static int choose(struct shades *s, png_color out[COLOURS])
{
    struct shade **order = malloc(s->len * sizeof *order);
    if (!order)
        return 0;
    for (size_t i = 0; i < s->len; i++)
        order[i] = &s->at[i];
    qsort(order, s->len, sizeof *order, by_count);
    int count = s->len < COLOURS ? (int)s->len : COLOURS;
    uint32_t palette[COLOURS];
    for (int i = 0; i < count; i++) {
        uint32_t c = palette[i] = order[i]->colour;
        out[i] = (png_color){(png_byte)(c >> 16), (png_byte)(c >> 8), (png_byte)c};
    }
    for (size_t i = 0; i < s->len; i++)
        order[i]->index = i < COLOURS ? (int)i : nearest(palette, order[i]->colour);
    free(order);
    return count;
}

static void put_rows(png_structp png, struct shades *s, const struct pixels *p, png_bytep line)
{
    for (uint32_t y = 0, alike; y < p->height; y += alike) {
        const uint32_t *row = row_of(p, y);
        const struct shade *last = NULL;
        alike = rows_alike(p, y);
        for (uint32_t x = 0; x < p->width; x++) {
            if (!last || last->colour != (row[x] & rgb))
                last = shade_of(s, row[x] & rgb);
            line[x] = (png_byte)last->index;
        }
        for (uint32_t i = 0; i < alike; i++)
            png_write_row(png, line);
    }
}

// Errors of the library come back here by longjmp: nothing local is changed after setjmp.
static bool write_all(FILE *file, struct shades *s, const struct pixels *p, png_bytep line,
                      png_color palette[COLOURS], int colours)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (!info || setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        return false;
    }
    png_init_io(png, file);
    // Charts are runs of one colour: to look for more takes three times as long for 4 % less.
    png_set_compression_level(png, 1);
    png_set_compression_strategy(png, Z_RLE);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
    png_set_IHDR(png, info, p->width, p->height, 8, PNG_COLOR_TYPE_PALETTE, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_PLTE(png, info, palette, colours);
    png_write_info(png, info);
    put_rows(png, s, p, line);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return true;
}

bool png_save(const char *path, const struct pixels *p)
{
    png_color palette[COLOURS];
    struct shades *shades = calloc(1, sizeof *shades);
    png_bytep line = malloc(p->width);
    bool good = shades && line && count_shades(shades, p);
    int colours = good ? choose(shades, palette) : 0;
    FILE *file = colours ? fopen(path, "wbx") : NULL;
    if (file) {
        good = write_all(file, shades, p, line, palette, colours);
        good = fclose(file) == 0 && good;
    }
    free(line);
    free(shades);
    return file && good;
}
