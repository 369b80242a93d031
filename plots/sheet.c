// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/sheet.h"

#include <math.h>
#include <stdio.h>

const struct type type_name = {.size = 13, .colour = COLOUR_LABEL};
const struct type type_strong = {.size = 13, .colour = COLOUR_INK, .bold = true};
const struct type type_value = {.size = 12, .colour = COLOUR_INK};
const struct type type_small = {.size = 11, .colour = COLOUR_QUIET};
static const struct type type_title = {.size = 16, .colour = COLOUR_INK, .bold = true};
static const struct type type_subtitle = {.size = 12, .colour = COLOUR_QUIET};

struct type type_as(struct type t, enum align align, uint32_t colour)
{
    t.align = align;
    t.colour = colour;
    return t;
}

// ---- words

// A percent sign with a digit behind it stands for an argument; any other is itself.
static void fill(struct buf *b, const char *template, const char *const *arguments, size_t count)
{
    for (const char *c = template; *c; c++) {
        size_t which = *c == '%' && c[1] >= '1' && c[1] <= '9' ? (size_t)(c[1] - '1') : count;
        if (which < count) {
            buf_text(b, arguments[which]);
            c++;
        } else {
            buf_char(b, *c);
        }
    }
}

void plot_words(struct plot *p, struct buf *into, const char *between, const char *const *words,
                size_t count)
{
    if (into->len)
        buf_text(into, between);
    fill(into, words[p->lang == LANG_FR], words + 2, count - 2);
}

const char *plot_text(const struct plot *p, const char *const *words, size_t count)
{
    struct buf b = {0};
    fill(&b, words[p->lang == LANG_FR], words + 2, count - 2);
    const char *text = arena_text(p->arena, b.len ? b.ptr : "");
    buf_free(&b);
    return text;
}

const char *list_text(const struct plot *p, const char *const *items, size_t count)
{
    bool commas = false;
    for (size_t i = 0; i < count; i++)
        commas |= strchr(items[i], ',') != NULL;
    const char *last = commas ? "; " : in(p, " and ", " et ");
    struct buf b = {0};
    buf_text(&b, "");
    for (size_t i = 0; i < count; i++)
        buf_print(&b, "%s%s", !i ? "" : i + 1 == count ? last : commas ? "; " : ", ", items[i]);
    const char *text = arena_text(p->arena, b.ptr);
    buf_free(&b);
    return text;
}

// ---- head and legend

// Statistics Canada's symbols that stand in this chart, with their meaning.
static void put_symbols(struct plot *p)
{
    static const struct {
        enum estimate_status status;
        struct text text;
    } meanings[] = {
        {EST_SUPPRESSED,
         TEXT("x: suppressed for confidentiality", "x" NBSP ": supprimé pour confidentialité")},
        {EST_CAUTION, TEXT("E: use with caution", "E" NBSP ": à utiliser avec prudence")},
        {EST_UNRELIABLE,
         TEXT("F: too unreliable to be published", "F" NBSP ": trop peu fiable pour être publié")},
        {EST_NO_DATA, TEXT("..: not available", ".." NBSP ": indisponible")},
        {EST_NOT_APPLICABLE,
         TEXT("...: not applicable", "..." NBSP ": n'ayant pas lieu de figurer")},
    };
    p->seen[EST_SUPPRESSED] |= p->seen[EST_SECONDARY]; // people cannot tell which
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (p->seen[meanings[i].status])
            plot_subtitle(p, meanings[i].text.in[LANG_EN], meanings[i].text.in[LANG_FR]);
    if (p->preliminary)
        plot_subtitle(p, "p: preliminary", "p" NBSP ": provisoire");
    if (p->results->study->synthetic)
        plot_subtitle(p, "synthetic data", "données synthétiques");
}

static void put_lines(struct plot *p, const struct buf *text, struct type type, size_t most)
{
    struct lines lines = text_wrap(p->arena, buf_view(text), most, SHEET_WIDTH - 2 * SHEET_MARGIN,
                                   type.size, type.bold);
    double step = canvas_line_height(type.size);
    canvas_lines(&p->canvas, SHEET_MARGIN, p->y + step / 2, type, &lines);
    p->y += step * (double)lines.count;
}

void sheet_head(struct plot *p)
{
    p->canvas.width = SHEET_WIDTH;
    put_symbols(p);
    p->y = 14;
    put_lines(p, &p->title, type_title, 3);
    p->y += 3;
    if (p->subtitle.len)
        put_lines(p, &p->subtitle, type_subtitle, 4);
    p->y += 14;
}

static void put_sign(struct plot *p, const struct legend *l, double x, double y)
{
    struct canvas *c = &p->canvas;
    switch (l->kind) {
    case LEGEND_SWATCH:
        canvas_rect(c, (struct box){x, y - 6, x + 14, y + 6}, l->colour);
        break;
    case LEGEND_MARK:
        canvas_mark(c, x + 7, y, l->mark, 5, l->colour);
        break;
    case LEGEND_LINE:
        canvas_line(c, x - 4, y, x + 16, y, l->stroke);
        break;
    case LEGEND_BOX:
        canvas_rect(c, (struct box){x, y - 6, x + 14, y + 6}, l->colour);
        canvas_frame(c, (struct box){x, y - 6, x + 14, y + 6}, l->stroke);
        break;
    case LEGEND_TICK:
        canvas_line(c, x + 7, y - 7, x + 7, y + 7, l->stroke);
        break;
    }
}

void sheet_legend(struct plot *p, const struct legend *entries, size_t count)
{
    struct type type = {.size = 12, .colour = COLOUR_LABEL};
    for (int texts = 0; texts < 2; texts++) { // all signs, then all texts: two layers
        double x = SHEET_MARGIN, y = p->y + 8;
        for (size_t i = 0; i < count; i++) {
            double room = SHEET_WIDTH - 2 * SHEET_MARGIN - 22;
            struct str text = text_cut(p->arena, str_of(entries[i].text), LABEL_MOST + 30, room,
                                       type.size, false);
            double width = text_width(text, type.size, false);
            if (x > SHEET_MARGIN && x + 21 + width > SHEET_WIDTH - SHEET_MARGIN)
                x = SHEET_MARGIN, y += 20;
            if (texts)
                canvas_text(&p->canvas, x + 21, y, type, text);
            else
                put_sign(p, &entries[i], x, y);
            x += 21 + width + 20;
        }
        if (texts && count)
            p->y = y + 20;
    }
}

// ---- foot

void sheet_note(struct plot *p, const char *text)
{
    struct lines lines = text_wrap(p->arena, str_of(text), 12, SHEET_WIDTH - 2 * SHEET_MARGIN,
                                   type_small.size, false);
    double step = canvas_line_height(type_small.size);
    canvas_lines(&p->canvas, SHEET_MARGIN, p->y + step / 2, type_small, &lines);
    p->y += step * (double)lines.count + 2;
}

void sheet_end(struct plot *p)
{
    p->canvas.height = ceil(p->y + 12);
}

void draw_whisker(struct plot *p, const struct ruler *s, const struct estimate *e, double y,
                  uint32_t colour, enum mark mark)
{
    if (!has_value(e))
        return;
    bool caution = e->status == EST_CAUTION;
    uint32_t used = caution ? COLOUR_ORANGE : colour;
    struct stroke stroke = {used, 2, DASH_NONE};
    if (isfinite(e->low) && isfinite(e->high)) {
        double low = scale_place(s, e->low), high = scale_place(s, e->high);
        canvas_line(&p->canvas, low, y, high, y, stroke);
        canvas_line(&p->canvas, low, y - 4, low, y + 4, stroke);
        canvas_line(&p->canvas, high, y - 4, high, y + 4, stroke);
    }
    canvas_mark(&p->canvas, scale_place(s, e->value), y, caution ? MARK_RING : mark, 5, used);
}
