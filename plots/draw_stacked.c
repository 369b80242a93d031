// SPDX-License-Identifier: GPL-3.0-or-later
// Shares that add to a whole: how contacts are spread over channels.
#include "plots/sheet.h"

#include <math.h>

enum { PARTS_MOST = 6, BARS_MOST = 60, LABEL_LEAST = 8 };

struct stack {
    const char *name, *right;
    double parts[PARTS_MOST + 1]; // the last: other
    bool caution[PARTS_MOST + 1];
    bool shown, withheld; // withheld: of one class at least
    const char *symbol;
    bool whole;
};

struct stacks {
    const char *levels[PARTS_MOST];
    size_t count; // levels drawn by themselves
    bool other;   // there are more
    VEC(struct stack) at;
};

// The classes: all up to six, else the first five of the whole in order of size, and the rest.
static void choose_levels(const struct plot *p, struct stacks *s, const struct keys *keys)
{
    s->other = keys->at.len > PARTS_MOST;
    size_t most = s->other ? PARTS_MOST - 1 : keys->at.len;
    double last = INFINITY;
    while (s->count < most) {
        const char *best = NULL;
        double size = -1;
        for (size_t i = 0; i < keys->at.len; i++) {
            const struct estimate *e = results_find(p->results, "activity.share", "", REGION_TOTAL,
                                                    p->period, "channel", keys->at.at[i]);
            double value = has_value(e) ? e->value : 0;
            bool taken = false;
            for (size_t k = 0; k < s->count; k++)
                taken |= strcmp(s->levels[k], keys->at.at[i]) == 0;
            if (!taken && value > size && value <= last)
                best = keys->at.at[i], size = value;
        }
        if (!best)
            break;
        s->levels[s->count++] = best;
        last = size;
    }
}

static void add_stack(struct plot *p, struct stacks *s, uint16_t region, struct period period,
                      const char *name, bool whole)
{
    struct stack x = {.name = name, .symbol = "..", .whole = whole};
    double sum = 0;
    bool some = false;
    for (size_t i = 0; i < s->count; i++) {
        const struct estimate *e =
            results_find(p->results, "activity.share", "", region, period, "channel", s->levels[i]);
        if (!e)
            continue; // nobody came this way
        some = true;
        pick_part(p, "activity.share", region, "", period, "channel", s->levels[i]);
        if (has_value(e)) {
            x.parts[i] = e->value;
            x.caution[i] = e->status == EST_CAUTION;
            p->seen[EST_CAUTION] |= x.caution[i] && e->value >= LABEL_LEAST;
            x.shown = true;
            sum += e->value;
        } else {
            x.withheld |= e->status != EST_NO_DATA && e->status != EST_NOT_APPLICABLE;
            x.symbol = symbol_of(e);
        }
    }
    if (!some)
        return;
    x.parts[PARTS_MOST] = fmax(0, 100 - sum);
    if (!s->other && !x.withheld)
        x.parts[PARTS_MOST] = 0;
    const struct estimate *n =
        results_find(p->results, "activity.contacts", "", region, period, "", "");
    x.right = n ? value_text(p, n) : "..";
    vec_push(&s->at, x);
}

static void put_stack(struct plot *p, const struct stacks *s, const struct stack *x,
                      const struct ruler *r, double y)
{
    if (!x->shown) {
        canvas_text(&p->canvas, r->from + 8, y, type_small, str_of(x->symbol));
        return;
    }
    double at = 0;
    for (int texts = 0; texts < 2; texts++) {
        at = 0;
        for (size_t i = 0; i <= PARTS_MOST; i++) {
            bool rest = i == PARTS_MOST;
            uint32_t colour = rest ? 0xD9D9D9 : palette_groups[i];
            if ((i >= s->count && !rest) || x->parts[i] <= 0)
                continue;
            double left = scale_place(r, at), right = scale_place(r, at + x->parts[i]);
            at += x->parts[i];
            if (!texts) {
                // A white edge keeps neighbours apart whatever their colours.
                canvas_rect(&p->canvas, (struct box){left, y - 10, fmax(left, right - 1), y + 10},
                            colour);
                continue;
            }
            const char *text = rest && x->withheld
                                   ? "x"
                                   : text_of(p, "%1%2", "%1%2", number(p, x->parts[i], 0),
                                             x->caution[i] ? NBSP "E" : "");
            struct type type = {
                .size = 11, .colour = palette_text_on(colour), .align = ALIGN_CENTRE};
            if (x->parts[i] >= LABEL_LEAST &&
                text_width(str_of(text), 11, false) + 4 < right - left)
                canvas_text(&p->canvas, (left + right) / 2, y, type, str_of(text));
        }
    }
}

static void put_stacks(struct plot *p, const struct stacks *s)
{
    struct legend legend[PARTS_MOST + 1] = {0};
    size_t entries = 0;
    bool withheld = false;
    for (size_t i = 0; i < s->at.len; i++)
        withheld |= s->at.at[i].withheld && s->at.at[i].shown;
    for (; entries < s->count; entries++)
        legend[entries] = (struct legend){
            .colour = palette_groups[entries],
            .text = study_level(p->results->study, "channel", s->levels[entries], p->lang)};
    if (s->other || withheld)
        legend[entries++] =
            (struct legend){.colour = 0xD9D9D9,
                            .text = !withheld  ? in(p, "other", "autre")
                                    : s->other ? in(p, "other and withheld", "autre et supprimé")
                                               : in(p, "withheld", "supprimé")};
    sheet_legend(p, legend, entries);
    struct rows rows = {.right_head = in(p, "contacts", "contacts")};
    for (size_t i = 0; i < s->at.len; i++) {
        struct row *row = rows_add(&rows, s->at.at[i].name);
        row->right = s->at.at[i].right;
        row->strong = s->at.at[i].whole;
    }
    sheet_rows(p, &rows);
    struct ruler r = scale_fixed(0, 100, 5);
    r.from = rows.left, r.to = rows.right;
    struct field f = {rows.left, rows.right, rows.top, rows.bottom};
    sheet_axis_x(p, &r, f, (struct fmt_form){.percent = true}, NULL);
    for (size_t i = 0; i < rows.at.len; i++)
        put_stack(p, s, &s->at.at[i], &r, rows.at.at[i].y);
    rows_free(&rows);
    sheet_end(p);
}

static void tell(struct plot *p, const struct stacks *s)
{
    plot_tell(p, "Bars of 100%, divided by channel.", "Barres de 100" NBSP "%, divisées par mode.");
    const struct stack *x = &s->at.at[s->at.len - 1];
    if (!x->shown)
        return;
    const char *parts[PARTS_MOST];
    size_t count = 0;
    for (size_t i = 0; i < s->count; i++)
        if (x->parts[i] > 0)
            parts[count++] =
                text_of(p, "%1 %2", "%1 %2",
                        study_level(p->results->study, "channel", s->levels[i], p->lang),
                        percent_text(p, x->parts[i], 0));
    plot_tell(p, "%1: %2.", "%1" NBSP ": %2.", x->name, list_text(p, parts, count));
}

static void gather(struct plot *p, struct stacks *s)
{
    if (p->region == REGION_TOTAL) {
        for (size_t i = 0; i < region_count(p); i++)
            add_stack(p, s, (uint16_t)i, p->period, region_name(p, (uint16_t)i), false);
        add_stack(p, s, REGION_TOTAL, p->period, region_name(p, REGION_TOTAL), true);
        return;
    }
    struct periods quarters = pick_series(p, "activity.contacts", "");
    size_t from = quarters.at.len > BARS_MOST ? quarters.at.len - BARS_MOST : 0;
    for (size_t i = from; i < quarters.at.len; i++)
        add_stack(p, s, p->region, quarters.at.at[i], period_name(p, quarters.at.at[i]), false);
    if (p->period.kind != PERIOD_QUARTER)
        add_stack(p, s, p->region, p->period, period_name(p, p->period), true);
    vec_free(&quarters.at);
}

bool draw_channels(struct plot *p)
{
    struct stacks s = {0};
    struct keys levels = pick_levels(p, "activity.share", "channel");
    choose_levels(p, &s, &levels);
    keys_free(&levels);
    if (s.count)
        gather(p, &s);
    if (!s.at.len)
        return false;
    bool all = p->region == REGION_TOTAL;
    plot_title(p, all ? "Contacts by channel: %1, %2" : "Contacts by channel: %1",
               all ? "Contacts selon le mode" NBSP ": %1, %2"
                   : "Contacts selon le mode" NBSP ": %1",
               plot_place(p), period_name(p, p->period));
    plot_subtitle(p, "% of the contacts whose channel is known; labels from 8% up",
                  "% des contacts dont le mode est connu; étiquettes à partir de 8" NBSP "%");
    sheet_head(p);
    put_stacks(p, &s);
    tell(p, &s);
    vec_free(&s.at);
    return true;
}
