// SPDX-License-Identifier: GPL-3.0-or-later
// Maturity as bars over the bands of the model, with the period before as a diamond.
#include "plots/sheet.h"

#include <math.h>
#include <stdlib.h>

enum { BANDS_MOST = OWN_GROUPS };

struct bands { // of a model that has thresholds (indicators.md 4.3)
    const char *model;
    double from[BANDS_MOST];
    struct text name[BANDS_MOST];
    size_t count;
};
static const struct bands known_bands[] = {
    {"accenture-2002",
     {0, 30, 40, 50},
     {TEXT("under 30: Platform Builders", "moins de 30" NBSP ": Bâtisseurs de plateformes"),
      TEXT("30 to 40: Emerging Performers", "30 à 40" NBSP ": Acteurs émergents"),
      TEXT("40 to 50: Visionary Challengers", "40 à 50" NBSP ": Aspirants visionnaires"),
      TEXT("50 and more: Innovative Leaders", "50 et plus" NBSP ": Chefs de file novateurs")},
     4},
};

struct bar {
    const char *name;
    const struct estimate *now, *before;
    bool whole;
    size_t order;
};
struct bars {
    VEC(struct bar) at;
    const char *indicator;
    struct period before;
};

static const char *model_of(const struct plot *p)
{
    const struct study *s = p->results->study;
    return s->services_count && s->services[0].model ? s->services[0].model : "";
}

static struct text band_name(struct plot *p, const struct own_model *m, size_t i)
{
    static const struct text forms[] = {
        TEXT("under %1: %2", "moins de %1" NBSP ": %2"),
        TEXT("%3 to %1: %2", "%3 à %1" NBSP ": %2"),
        TEXT("%3 and more: %2", "%3 et plus" NBSP ": %2"),
    };
    const struct own_group *g = &m->groups[i];
    const struct text *form = &forms[i == 0 ? 2 : i + 1 == m->group_count ? 0 : 1];
    struct fmt_form number = {0};
    const char *from = with_form(p, g->from, number);
    const char *to = i ? with_form(p, m->groups[i - 1].from, number) : "";
    const char *text =
        text_of(p, form->in[LANG_EN], form->in[LANG_FR], to, g->title.in[p->lang], from);
    return (struct text){{text, text}};
}

// The groups of the study's own model, from the lowest.
static const struct bands *own_bands(struct plot *p, const struct own_model *m)
{
    struct bands *k = NEW(p->arena, struct bands);
    for (size_t i = m->group_count; i-- > 0; k->count++) {
        k->from[k->count] = k->count ? m->groups[i].from : 0;
        k->name[k->count] = band_name(p, m, i);
    }
    return k;
}

static const struct bands *bands_of(struct plot *p, const char *indicator)
{
    const struct study *study = p->results->study;
    const struct own_model *own = study->services_count ? study->services[0].own : NULL;
    if (own && own->group_count > 1 && strcmp(indicator, "egov.overall") == 0)
        return own_bands(p, own);
    for (size_t i = 0; i < sizeof known_bands / sizeof *known_bands; i++)
        if (strcmp(known_bands[i].model, model_of(p)) == 0 &&
            strcmp(indicator, "egov.overall") == 0)
            return &known_bands[i];
    return NULL;
}

// The period before, or the year before, whichever has a value of this measure.
static struct period before_of(const struct plot *p, const char *indicator)
{
    struct period candidates[2] = {period_previous(p->period), period_year_ago(p->period)};
    const struct row_range found = results_rows(p->results, indicator);
    for (size_t c = 0; c < 2; c++)
        for (size_t i = found.from; period_is(candidates[c]) && i < found.to; i++) {
            const struct estimate *e = &p->results->estimates.at[i];
            if (period_same(e->period, candidates[c]) && has_value(e) &&
                strcmp(e->indicator->label.id, indicator) == 0)
                return candidates[c];
        }
    return (struct period){0};
}

static void add_bar(struct plot *p, struct bars *b, const char *name, const char *item,
                    uint16_t region, const char *by, const char *level)
{
    struct bar x = {.name = name, .whole = region == REGION_TOTAL && p->region == REGION_TOTAL};
    x.now = pick(p, b->indicator, item, region, by, level);
    if (period_is(b->before))
        x.before = results_find(p->results, b->indicator, item, region, b->before, by, level);
    x.order = b->at.len;
    vec_push(&b->at, x);
}

static int by_value(const void *a, const void *b)
{
    const struct bar *x = a, *y = b;
    bool p = has_value(x->now), q = has_value(y->now);
    if (x->whole != y->whole)
        return x->whole ? 1 : -1;
    if (p != q)
        return p ? -1 : 1;
    if (p && x->now->value != y->now->value)
        return x->now->value > y->now->value ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

// Sectors of a region, else its services.
static void gather_parts(struct plot *p, struct bars *b)
{
    struct keys sectors = pick_levels(p, "egov.service_maturity", "sector");
    struct keys services = pick_items(p, "egov.service_maturity");
    b->indicator = "egov.service_maturity";
    b->before = before_of(p, b->indicator);
    const struct study *s = p->results->study;
    for (size_t i = 0; i < sectors.at.len && i < 40; i++) {
        const char *level = sectors.at.at[i];
        if (results_find(p->results, b->indicator, "", p->region, p->period, "sector", level))
            add_bar(p, b, study_level(s, "sector", level, p->lang), "", p->region, "sector", level);
    }
    for (size_t i = 0; !b->at.len && i < services.at.len && i < 40; i++)
        if (results_find(p->results, b->indicator, services.at.at[i], p->region, p->period, "", ""))
            add_bar(p, b, study_level(s, "service", services.at.at[i], p->lang), services.at.at[i],
                    p->region, "", "");
    keys_free(&sectors);
    keys_free(&services);
}

static void gather_regions(struct plot *p, struct bars *b)
{
    bool overall = false;
    const struct row_range found = results_rows(p->results, "egov.overall");
    for (size_t i = found.from; i < found.to; i++)
        overall |= strcmp(p->results->estimates.at[i].indicator->label.id, "egov.overall") == 0 &&
                   p->results->estimates.at[i].status != EST_NOT_APPLICABLE &&
                   p->results->estimates.at[i].status != EST_NO_DATA;
    b->indicator = overall ? "egov.overall" : "egov.service_maturity";
    b->before = before_of(p, b->indicator);
    for (size_t i = 0; i < region_count(p); i++)
        add_bar(p, b, region_name(p, (uint16_t)i), "", (uint16_t)i, "", "");
    add_bar(p, b, region_name(p, REGION_TOTAL), "", REGION_TOTAL, "", "");
}

static void put_bands(struct plot *p, const struct bands *k, const struct ruler *s,
                      const struct rows *rows)
{
    for (size_t i = 0; k && i < k->count; i++) {
        double left = scale_place(s, k->from[i]);
        double right = scale_place(s, i + 1 < k->count ? k->from[i + 1] : 100);
        canvas_rect(&p->canvas, (struct box){left, rows->top, right, rows->bottom},
                    palette_band(i, k->count));
    }
}

static void put_bar(struct plot *p, const struct bar *b, const struct ruler *s, double y)
{
    double zero = scale_place(s, 0);
    if (!has_value(b->now)) {
        canvas_text(&p->canvas, zero + 8, y, type_small, str_of(symbol_of(b->now)));
        return;
    }
    canvas_rect(&p->canvas, (struct box){zero, y - 7, scale_place(s, b->now->value), y + 7},
                b->whole ? COLOUR_WHOLE : COLOUR_BLUE);
    if (has_value(b->before)) {
        double x = scale_place(s, b->before->value);
        canvas_mark(&p->canvas, x, y, MARK_DIAMOND, 5.6, COLOUR_PAPER);
        canvas_mark(&p->canvas, x, y, MARK_DIAMOND, 4, COLOUR_ORANGE);
    }
}

static void put_bars(struct plot *p, const struct bars *b)
{
    const struct bands *k = bands_of(p, b->indicator);
    struct rows rows = {.n_head = in(p, "services", "services")};
    rows.right_head = in(p, "score", "cote");
    for (size_t i = 0; i < b->at.len; i++) {
        const struct bar *x = &b->at.at[i];
        struct row *row = rows_add(&rows, x->name);
        row->strong = x->whole;
        row->n = has_value(x->now) && isfinite(x->now->n) ? count_text(p, x->now->n) : "";
        row->right = value_text(p, x->now);
    }
    sheet_rows(p, &rows);
    struct ruler s = scale_fixed(0, 100, 5);
    s.from = rows.left, s.to = rows.right - 4;
    put_bands(p, k, &s, &rows);
    struct field f = {rows.left, rows.right, rows.top, rows.bottom};
    sheet_axis_x(p, &s, f, (struct fmt_form){.percent = true}, NULL);
    for (size_t i = 0; i < rows.at.len; i++)
        put_bar(p, &b->at.at[i], &s, rows.at.at[i].y);
    rows_free(&rows);
    sheet_end(p);
}

static void tell(struct plot *p, const struct bars *b)
{
    plot_tell(p, "Bar chart of maturity, from the highest to the lowest.",
              "Diagramme à barres de la maturité, de la plus élevée à la plus basse.");
    for (size_t i = 0; i < b->at.len && i < 12; i++) {
        const struct bar *x = &b->at.at[i];
        if (has_value(x->now) && has_value(x->before))
            plot_tell(p, "%1: %2, before %3.", "%1" NBSP ": %2, auparavant %3.", x->name,
                      value_text(p, x->now), value_text(p, x->before));
        else
            plot_tell(p, "%1: %2.", "%1" NBSP ": %2.", x->name, value_words(p, x->now));
    }
}

static void put_legend(struct plot *p, const struct bars *b)
{
    const struct bands *k = bands_of(p, b->indicator);
    struct legend legend[2 + BANDS_MOST] = {
        {.colour = COLOUR_BLUE, .text = period_name(p, p->period)}};
    size_t count = 1;
    if (period_is(b->before))
        legend[count++] = (struct legend){
            LEGEND_MARK, MARK_DIAMOND, {0}, COLOUR_ORANGE, period_name(p, b->before)};
    for (size_t i = 0; k && i < k->count; i++)
        legend[count++] = (struct legend){LEGEND_BOX,
                                          MARK_DISC,
                                          {COLOUR_LEADER, 1, DASH_NONE},
                                          palette_band(i, k->count),
                                          k->name[i].in[p->lang]};
    if (count > 1)
        sheet_legend(p, legend, count);
}

bool draw_maturity(struct plot *p)
{
    struct bars b = {0};
    bool all = p->region == REGION_TOTAL;
    if (all && (pick_has(p, "egov.overall") || pick_has(p, "egov.service_maturity")))
        gather_regions(p, &b);
    else if (!all)
        gather_parts(p, &b);
    if (!b.at.len)
        return false;
    qsort(b.at.at, b.at.len, sizeof *b.at.at, by_value);
    plot_title(p, "%1: %2, %3", "%1" NBSP ": %2, %3", indicator_name(p, b.indicator), plot_place(p),
               period_name(p, p->period));
    plot_subtitle(p, "score from 0 to 100; complete record, so no interval",
                  "cote de 0 à 100; relevé complet, donc sans intervalle");
    bool unverified = str_starts(str_of(model_of(p)), "accenture-200") && all &&
                      model_of(p)[strlen("accenture-200")] < '5';
    if (unverified)
        plot_subtitle(p, "weights unverified", "pondération non vérifiée");
    sheet_head(p);
    put_legend(p, &b);
    put_bars(p, &b);
    tell(p, &b);
    vec_free(&b.at);
    return true;
}
