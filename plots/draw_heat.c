// SPDX-License-Identifier: GPL-3.0-or-later
// A table of values in colour: distance from the whole, printed value in each cell.
#include "plots/sheet.h"

#include <math.h>

enum { HEAT_COLUMNS = 15, HEAT_ROWS = 41, HEAT_NAME = 190, HEAD_ANGLE = 60, HEAD_ROOM = 200 };

struct heat {
    const char *heads[HEAT_COLUMNS], *names[HEAT_ROWS], *ns[HEAT_ROWS];
    const struct estimate *cells[HEAT_ROWS][HEAT_COLUMNS];
    bool whole_row[HEAT_ROWS];
    size_t columns, rows, asked; // asked: questions there are, shown or not
    double middle, reach;        // colour: middle ± reach
};

// The middle is the whole's overall value; the reach covers every region, so that one colour means
// one value in all charts of a run.
static void set_colours(const struct plot *p, struct heat *h, const char *overall)
{
    const struct estimate *whole =
        results_find(p->results, "cmt.index", overall, REGION_TOTAL, p->period, "", "");
    double low = INFINITY, high = -INFINITY;
    const struct row_range found = results_rows(p->results, "cmt.index");
    for (size_t i = found.from; i < found.to; i++) {
        const struct estimate *e = &p->results->estimates.at[i];
        if (!has_value(e) || *e->by || !pick_bounded_id(p, e->item) ||
            strcmp(e->indicator->label.id, "cmt.index") != 0)
            continue;
        low = fmin(low, e->value);
        high = fmax(high, e->value);
    }
    h->middle = has_value(whole) ? num_round(whole->value, 0) : 50;
    h->reach = isfinite(low) ? ceil(fmax(1, fmax(h->middle - low, high - h->middle))) : 10;
}

static size_t bounded_items(const struct plot *p, const char **ids, size_t most)
{
    const struct survey *s = pick_survey(p);
    size_t count = 0;
    for (size_t i = 0; s && i < s->item_count && count < most; i++)
        if (pick_bounded(&s->items[i]) &&
            results_find(p->results, "cmt.index", s->items[i].id, p->region, p->period, "", ""))
            ids[count++] = s->items[i].id;
    return count;
}

static const char *n_of(const struct plot *p, const struct estimate *e)
{
    return has_value(e) ? count_text(p, e->n) : symbol_of(e);
}

// Regions in rows, where there are too many for columns.
static void gather_regions(struct plot *p, struct heat *h, const char *overall)
{
    const char *ids[HEAT_ROWS];
    h->asked = bounded_items(p, ids, HEAT_ROWS);
    h->columns = h->asked < HEAT_COLUMNS ? h->asked : HEAT_COLUMNS;
    for (size_t c = 0; c < h->columns; c++)
        h->heads[c] = item_name(p, ids[c]);
    for (size_t r = 0; r <= region_count(p) && h->rows < HEAT_ROWS; r++) {
        bool whole = r == region_count(p);
        uint16_t region = whole ? REGION_TOTAL : (uint16_t)r;
        h->names[h->rows] = region_name(p, region);
        h->whole_row[h->rows] = whole;
        h->ns[h->rows] =
            n_of(p, results_find(p->results, "cmt.index", overall, region, p->period, "", ""));
        for (size_t c = 0; c < h->columns; c++)
            h->cells[h->rows][c] = pick(p, "cmt.index", ids[c], region, "", "");
        h->rows++;
    }
}

// Questions in rows: what the columns are is the caller's.
static void gather_items(struct plot *p, struct heat *h, const char **ids)
{
    h->rows = h->asked = bounded_items(p, ids, HEAT_ROWS - 1);
    for (size_t r = 0; r < h->rows; r++) {
        h->names[r] = item_name(p, ids[r]);
        h->ns[r] =
            n_of(p, results_find(p->results, "cmt.index", ids[r], p->region, p->period, "", ""));
    }
}

static void gather_items_by_region(struct plot *p, struct heat *h)
{
    const char *ids[HEAT_ROWS];
    gather_items(p, h, ids);
    h->columns = region_count(p) + 1;
    for (size_t c = 0; c < h->columns; c++) {
        uint16_t region = c + 1 == h->columns ? REGION_TOTAL : (uint16_t)c;
        h->heads[c] = region_name(p, region);
        for (size_t r = 0; r < h->rows; r++)
            h->cells[r][c] = pick(p, "cmt.index", ids[r], region, "", "");
    }
}

static void gather_periods(struct plot *p, struct heat *h, const char *overall)
{
    const char *ids[HEAT_ROWS];
    gather_items(p, h, ids);
    struct periods q = pick_series(p, "cmt.index", overall);
    size_t from = q.at.len > HEAT_COLUMNS ? q.at.len - HEAT_COLUMNS : 0;
    for (size_t i = from; i < q.at.len; i++) {
        h->heads[h->columns++] = period_name(p, q.at.at[i]);
        for (size_t r = 0; r < h->rows; r++)
            h->cells[r][i - from] = pick_at(p, "cmt.index", ids[r], p->region, q.at.at[i], "", "");
    }
    vec_free(&q.at);
}

// Column heads are turned, in up to two lines beside each other.
static double put_heads(struct plot *p, const struct heat *h, const double *x, double bottom,
                        bool draw)
{
    double tall = 0, sine = sin(HEAD_ANGLE * M_PI / 180), cosine = cos(HEAD_ANGLE * M_PI / 180);
    struct type type = type_as(type_small, ALIGN_LEFT, COLOUR_LABEL);
    type.angle = HEAD_ANGLE;
    for (size_t c = 0; c < h->columns; c++) {
        struct str name =
            text_cut(p->arena, str_of(h->heads[c]), LABEL_MOST, 1e9, type.size, false);
        struct lines lines = text_wrap(p->arena, name, 2, HEAD_ROOM, type.size, false);
        tall = fmax(tall, lines.width * sine + 12);
        for (size_t i = 0; draw && i < lines.count; i++) {
            double off = ((double)i - (double)(lines.count - 1) / 2) * 13;
            canvas_text(&p->canvas, x[c] + 2 + off * sine, bottom - 6 + off * cosine, type,
                        lines.at[i]);
        }
    }
    return ceil(tall);
}

static void put_cell(struct plot *p, const struct heat *h, const struct estimate *e, struct box b,
                     bool text)
{
    double x = (b.left + b.right) / 2, y = (b.top + b.bottom) / 2;
    struct type type = {.size = 11, .align = ALIGN_CENTRE, .colour = COLOUR_QUIET};
    bool absent = !e || e->status == EST_NO_DATA || e->status == EST_NOT_APPLICABLE;
    uint32_t colour = has_value(e) ? palette_diverging((e->value - h->middle) / h->reach)
                      : absent     ? COLOUR_PAPER
                                   : COLOUR_WITHHELD;
    if (!text)
        canvas_rect(&p->canvas, b, colour);
    if (!text)
        return;
    if (!has_value(e)) {
        canvas_text(&p->canvas, x, y, type, str_of(symbol_of(e)));
        return;
    }
    type.colour = palette_text_on(colour);
    bool caution = e->status == EST_CAUTION;
    type.size = caution ? 10 : 11;
    const char *value = number(p, e->value, b.right - b.left < 34 ? 0 : 1);
    canvas_text(&p->canvas, x, y, type,
                str_of(caution ? arena_print(p->arena, "%sE", value) : value));
}

static void put_scale(struct plot *p, const struct heat *h, double left, double top, double bottom)
{
    enum { STEPS = 40 };
    double height = (bottom - top) / STEPS;
    for (int i = 0; i < STEPS; i++) {
        double y = top + i * height, off = h->reach * (1 - 2 * ((double)i + 0.5) / STEPS);
        if (h->middle + off < 0 || h->middle + off > 100) // no index is there
            continue;
        canvas_rect(&p->canvas, (struct box){left, y, left + 14, y + height + 0.3},
                    palette_diverging(1 - 2 * ((double)i + 0.5) / STEPS));
    }
    int wanted = (int)fmax(2, fmin(6, (bottom - top) / 30));
    struct ruler s = scale_fixed(h->middle - h->reach, h->middle + h->reach, wanted);
    s.from = bottom, s.to = top;
    for (int i = 0; i < s.ticks; i++)
        if (scale_tick(&s, i) >= 0 && scale_tick(&s, i) <= 100)
            canvas_text(&p->canvas, left + 20, scale_place(&s, scale_tick(&s, i)),
                        type_as(type_small, ALIGN_LEFT, COLOUR_QUIET),
                        str_of(number(p, scale_tick(&s, i), s.decimals)));
}

static void put_table(struct plot *p, const struct heat *h)
{
    struct lines names[HEAT_ROWS];
    double name = 40, n = 10, x[HEAT_COLUMNS], tops[HEAT_ROWS + 1];
    for (size_t r = 0; r < h->rows; r++) {
        struct str text = text_cut(p->arena, str_of(h->names[r]), LABEL_MOST, 1e9, 12, false);
        names[r] = text_wrap(p->arena, text, 4, HEAT_NAME, 12, h->whole_row[r]);
        name = fmax(name, names[r].width);
        n = fmax(n, text_width(str_of(h->ns[r]), 12, h->whole_row[r]));
    }
    double left = floor(SHEET_MARGIN + name + 12 + n + 12), right = SHEET_WIDTH - 120;
    double width = floor(fmin(64, (right - left) / (double)h->columns));
    for (size_t c = 0; c < h->columns; c++)
        x[c] = left + width * ((double)c + 0.5);
    p->y += put_heads(p, h, x, 0, false);
    put_heads(p, h, x, p->y, true);
    canvas_text(&p->canvas, left - 12, p->y - 8, type_as(type_small, ALIGN_RIGHT, COLOUR_QUIET),
                STR("n"));
    double top = p->y;
    for (size_t r = 0; r < h->rows; r++) {
        double step = canvas_line_height(12), height = fmax(26, 8 + step * (double)names[r].count);
        struct type type = {.size = 12, .colour = COLOUR_LABEL, .bold = h->whole_row[r]};
        double y = p->y + height / 2;
        canvas_lines(&p->canvas, SHEET_MARGIN, y - step * (double)(names[r].count - 1) / 2, type,
                     &names[r]);
        canvas_text(&p->canvas, left - 12, y, type_as(type, ALIGN_RIGHT, COLOUR_QUIET),
                    str_of(h->ns[r]));
        tops[r] = p->y;
        p->y += height;
    }
    tops[h->rows] = p->y;
    for (int text = 0; text < 2; text++) // all colours, then all values
        for (size_t r = 0; r < h->rows; r++)
            for (size_t c = 0; c < h->columns; c++)
                put_cell(p, h, h->cells[r][c],
                         (struct box){left + width * (double)c, tops[r],
                                      left + width * (double)(c + 1) - 1, tops[r + 1] - 1},
                         text == 1);
    double bottom = fmax(top + 80, fmin(p->y, top + 260));
    put_scale(p, h, left + width * (double)h->columns + 18, top, bottom);
    p->y = fmax(p->y, bottom) + 4;
    sheet_end(p);
}

// The three highest and the three lowest cells.
static void tell(struct plot *p, const struct heat *h)
{
    bool told[HEAT_ROWS][HEAT_COLUMNS] = {{false}};
    plot_tell(p, "Table of index values in colour, centred on %1.",
              "Tableau de valeurs de l'indice en couleur, centré sur %1.", number(p, h->middle, 0));
    for (int sign = 1; sign >= -1; sign -= 2) {
        const char *found[3];
        size_t count = 0;
        while (count < 3) {
            size_t row = 0, column = 0;
            double best = -INFINITY;
            for (size_t r = 0; r < h->rows; r++)
                for (size_t c = 0; c < h->columns; c++)
                    if (has_value(h->cells[r][c]) && !told[r][c] &&
                        sign * h->cells[r][c]->value > best)
                        best = sign * h->cells[r][c]->value, row = r, column = c;
            if (!isfinite(best))
                break;
            told[row][column] = true;
            found[count++] = text_of(p, "%1, %2 (%3)", "%1, %2 (%3)", h->names[row],
                                     h->heads[column], value_text(p, h->cells[row][column]));
        }
        if (count && sign > 0)
            plot_tell(p, "Highest: %1.", "Les plus élevées" NBSP ": %1.",
                      list_text(p, found, count));
        else if (count)
            plot_tell(p, "Lowest: %1.", "Les plus basses" NBSP ": %1.", list_text(p, found, count));
    }
}

bool draw_heat(struct plot *p)
{
    const struct item *overall = pick_overall(p);
    bool all = p->region == REGION_TOTAL;
    if (!overall || !pick_has(p, "cmt.index"))
        return false;
    struct heat *h = NEW(p->arena, struct heat);
    set_colours(p, h, overall->id);
    if (!all)
        gather_periods(p, h, overall->id);
    else if (region_count(p) < HEAT_COLUMNS)
        gather_items_by_region(p, h);
    else
        gather_regions(p, h, overall->id);
    if (!h->columns || !h->rows || (!all && h->columns < 2))
        return false;
    plot_title(p, "Strong and weak spots: %1, %2", "Points forts et points faibles" NBSP ": %1, %2",
               plot_place(p), period_name(p, p->period));
    plot_subtitle(p,
                  "index from 0 to 100, weighted; colour: distance from %1, the overall value of "
                  "the whole; intervals in the table",
                  "indice de 0 à 100, données pondérées; couleur" NBSP
                  ": écart par rapport à %1, valeur d'ensemble; intervalles dans le tableau",
                  number(p, h->middle, 0));
    if (h->asked > h->rows && h->asked > h->columns)
        plot_subtitle(p, "the first %1 of %2 questions", "les %1 premières de %2 questions",
                      count_text(p, (double)h->columns), count_text(p, (double)h->asked));
    sheet_head(p);
    put_table(p, h);
    tell(p, h);
    return true;
}
