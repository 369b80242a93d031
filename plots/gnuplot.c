// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/gnuplot.h"

#include "engine/base/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

const char *const drawing_extensions[DRAWING_FORMATS] = {"svg", "png", "pdf"};

void gnuplot_name(size_t index, enum drawing_format format, char out[32])
{
    snprintf(out, 32, "draw-%05zu.%s", index, drawing_extensions[format]);
}

// Terminals that give the same picture. Sizes of letters, lines and points were measured with
// gnuplot 5.4.4: P is the point size that makes a disc of 1 px radius, D moves text down to the
// middle in parts of its size, fontscale makes 12 mean 12 px.
static void put_terminal(struct buf *out, const struct drawing *w, enum drawing_format format)
{
    static const char common[] = "noenhanced font \"DejaVu Sans,12\" background rgb \"#FFFFFF\"\n";
    switch (format) {
    case DRAWING_SVG:
        buf_print(out, "P = 0.2; D = 0.04\nset terminal svg size %d,%d dynamic name \"etalon\" %s",
                  w->width, w->height, common);
        break;
    case DRAWING_PNG:
        buf_print(out,
                  "P = 0.331; D = 0\nset terminal pngcairo size %d,%d fontscale 1.5 linewidth 2 "
                  "pointscale 2 dashlength 2 %s",
                  2 * w->width, 2 * w->height, common);
        break;
    case DRAWING_PDF:
        buf_print(out,
                  "P = 0.249; D = 0\nset terminal pdfcairo size %.4fin,%.4fin fontscale 0.5625 "
                  "linewidth 1.5 dashlength 1.5 %s",
                  w->width / 96.0, w->height / 96.0, common);
        break;
    case DRAWING_FORMATS:
        break;
    }
}

// Prologue: the whole sheet is the plot, its units are px, y downwards.
static void put_sheet(struct buf *out, const struct drawing *w)
{
    buf_text(out, "reset session\nset print \"-\"\nset encoding utf8\n"
                  "set datafile separator \"\\t\"\nset datafile commentschars \"\"\n"
                  "unset key; unset border; unset tics\n"
                  "set lmargin at screen 0; set rmargin at screen 1\n"
                  "set tmargin at screen 1; set bmargin at screen 0\n");
    buf_print(out, "set xrange [0:%d]; set yrange [%d:0]\n", w->width, w->height);
}

static void put_drawing(struct buf *out, const struct drawing *w, size_t index)
{
    bool open = false;
    for (int f = 0; f < DRAWING_FORMATS; f++) {
        if (!w->wanted[f] || w->said[f] || (f == DRAWING_PNG && w->painted))
            continue;
        if (!open) {
            put_sheet(out, w);
            buf_str(out, w->blocks);
        }
        open = true;
        char name[32];
        gnuplot_name(index, (enum drawing_format)f, name);
        put_terminal(out, w, (enum drawing_format)f);
        buf_print(out, "set output \"%s\"\nreset errors\n", name);
        buf_str(out, w->command);
        buf_print(out, "unset output\nprint sprintf(\"chart %zu.%d errno %%d\", GPVAL_ERRNO)\n",
                  index, f);
    }
}

// Believes a line `chart INDEX.FORMAT errno 0`, nothing else.
static void read_line(struct str said, struct drawing *drawings, size_t count)
{
    char line[64];
    size_t index = 0;
    int format = 0, failed = 1, used = 0;
    if (said.len >= sizeof line)
        return;
    memcpy(line, said.ptr, said.len);
    line[said.len] = '\0';
    if (sscanf(line, "chart %zu.%d errno %d%n", &index, &format, &failed, &used) == 3 &&
        (size_t)used == said.len && failed == 0 && index < count && format >= 0 &&
        format < DRAWING_FORMATS)
        drawings[index].said[format] = true;
}

void drawings_said(const struct buf *said, size_t *understood, struct drawing *drawings,
                   size_t count)
{
    for (;;) {
        const char *from = said->ptr + *understood;
        size_t left = said->len - *understood;
        const char *end = left ? memchr(from, '\n', left) : NULL;
        if (!end)
            return;
        read_line((struct str){from, (size_t)(end - from)}, drawings, count);
        *understood += (size_t)(end - from) + 1;
    }
}

bool gnuplot_listen(struct gnuplot *g, struct drawing *drawings, size_t count)
{
    bool more = process_listen(&g->process, &g->said);
    drawings_said(&g->said, &g->understood, drawings, count);
    return more;
}

// gnuplot reads its stdin byte by byte, a system call each; so stdin only says which files to load.
// An error ends a file, never the process.
static bool put_script(int folder_fd, const char *name, const struct buf *script)
{
    int fd = openat(folder_fd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return false;
    bool good = file_write_all(fd, script->ptr, script->len) == 0;
    return close(fd) == 0 && good;
}

static void script_name(size_t index, char out[32])
{
    snprintf(out, 32, "draw-%05zu.gp", index);
}

enum status gnuplot_start(struct gnuplot *g, int folder_fd, int patience, struct diags *d)
{
    static const char *const arguments[] = {"gnuplot", "-d", "-", NULL};
    *g = (struct gnuplot){
        .process = {.arguments = arguments, .folder_fd = folder_fd, .patience = patience},
        .folder_fd = folder_fd};
    int failed = process_start(&g->process);
    if (failed)
        return diag(d, E0551, (struct where){0}, "gnuplot cannot be started: %s", strerror(failed));
    return OK;
}

void gnuplot_draw(struct gnuplot *g, const struct drawing *w, size_t index)
{
    char name[32];
    struct buf script = {0}, load = {0};
    put_drawing(&script, w, index);
    if (script.len) {
        script_name(index, name);
        g->scripts = index + 1;
        if (put_script(g->folder_fd, name, &script)) {
            buf_print(&load, "load \"%s\"\n", name);
            process_give(&g->process, buf_view(&load));
        }
    }
    buf_free(&script);
    buf_free(&load);
}

void gnuplot_draw_no_more(struct gnuplot *g)
{
    process_give_no_more(&g->process);
}

void gnuplot_end(struct gnuplot *g, bool at_once)
{
    process_end(&g->process, at_once);
    for (size_t i = 0; i < g->scripts; i++) {
        char name[32];
        script_name(i, name);
        unlinkat(g->folder_fd, name, 0);
    }
    buf_free(&g->said);
}

enum status gnuplot_run(int folder_fd, struct drawing *drawings, size_t count, int patience,
                        struct diags *d)
{
    struct gnuplot g;
    if (!count)
        return OK;
    TRY(gnuplot_start(&g, folder_fd, patience, d));
    for (size_t i = 0; i < count; i++)
        gnuplot_draw(&g, &drawings[i], i);
    gnuplot_draw_no_more(&g);
    while (gnuplot_listen(&g, drawings, count))
        continue;
    gnuplot_end(&g, false);
    return OK;
}

static bool ends_with(struct str bytes, const char *tail, size_t len)
{
    while (bytes.len && (bytes.ptr[bytes.len - 1] == '\n' || bytes.ptr[bytes.len - 1] == '\r'))
        bytes.len--;
    return bytes.len >= len && memcmp(bytes.ptr + bytes.len - len, tail, len) == 0;
}

bool gnuplot_whole(struct str bytes, enum drawing_format format)
{
    static const char png_start[8] = "\x89PNG\r\n\x1A\n", png_end[8] = "IEND\xAE\x42\x60\x82";
    switch (format) {
    case DRAWING_SVG:
        return ends_with(bytes, "</svg>", 6);
    case DRAWING_PNG:
        return bytes.len > 64 && memcmp(bytes.ptr, png_start, sizeof png_start) == 0 &&
               memcmp(bytes.ptr + bytes.len - 8, png_end, sizeof png_end) == 0;
    case DRAWING_PDF:
        return str_starts(bytes, "%PDF-") && ends_with(bytes, "%%EOF", 5);
    case DRAWING_FORMATS:
        break;
    }
    return false;
}

void gnuplot_undate(char *bytes, size_t len)
{
    static const char key[] = "/CreationDate (D:", date[] = "20000101000000";
    char *at = bytes;
    while ((at = memmem(at, len - (size_t)(at - bytes), key, sizeof key - 1))) {
        at += sizeof key - 1;
        size_t left = len - (size_t)(at - bytes);
        for (size_t i = 0; i < sizeof date - 1 && i < left && at[i] >= '0' && at[i] <= '9'; i++)
            at[i] = date[i];
    }
}
