// SPDX-License-Identifier: GPL-3.0-or-later
// Published service standards: performance against target, and the share that is met.
#include "plots/bullet.h"

#include <math.h>
#include <stdlib.h>

// Largest shortfall first; what has no value last.
static int by_distance(const void *a, const void *b)
{
    const struct bullet *x = a, *y = b;
    double p = x->value - x->target, q = y->value - y->target;
    if (isfinite(p) != isfinite(q))
        return isfinite(p) ? -1 : 1;
    if (isfinite(p) && p != q)
        return p < q ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

static enum verdict verdict_of(const struct estimate *met)
{
    if (!has_value(met))
        return VERDICT_NONE;
    return met->value >= 50 ? VERDICT_MET : VERDICT_NOT_MET;
}

static const char *standard_name(const struct plot *p, const char *key)
{
    const struct study *s = p->results->study;
    for (size_t a = 0; a < s->activity_count; a++)
        for (size_t i = 0; i < s->activities[a].standard_count; i++) {
            const struct wait_standard *w = &s->activities[a].standards[i];
            if (strcmp(w->id, key) == 0 && w->label.in[p->lang])
                return w->label.in[p->lang];
        }
    return study_level(s, "standard", key, p->lang);
}

static void gather_standards(struct plot *p, struct bullets *b)
{
    struct keys items = pick_items(p, "standards.performance");
    for (size_t i = 0; i < items.at.len; i++) {
        const char *key = items.at.at[i];
        if (!results_find(p->results, "standards.performance", key, p->region, p->period, "", ""))
            continue;
        const struct estimate *e = pick(p, "standards.performance", key, p->region, "", "");
        const struct estimate *gap =
            results_find(p->results, "standards.gap", key, p->region, p->period, "", "");
        struct bullet *x = bullets_add(b, standard_name(p, key));
        x->verdict = verdict_of(
            results_find(p->results, "standards.met", key, p->region, p->period, "", ""));
        x->symbol = x->right = symbol_of(e);
        x->n = "";
        if (!has_value(e))
            continue;
        x->value = e->value;
        x->n = count_text(p, isfinite(e->denominator) ? e->denominator : e->n);
        x->right = value_text(p, e);
        if (!has_value(gap)) {
            x->right = text_of(p, "%1 / ...", "%1 / ...", value_text(p, e));
            p->seen[EST_NOT_APPLICABLE] = true;
            continue;
        }
        x->target = e->value - gap->value;
        x->right =
            text_of(p, "%1 / %2", "%1 / %2", value_text(p, e),
                    percent_text(p, x->target, fabs(x->target - floor(x->target + 0.5)) > 1e-9));
    }
    keys_free(&items);
    qsort(b->at.at, b->at.len, sizeof *b->at.at, by_distance);
}

static const char *met_of(const struct plot *p, const struct estimate *e)
{
    if (!has_value(e))
        return symbol_of(e);
    if (!isfinite(e->numerator) || !isfinite(e->denominator))
        return value_text(p, e);
    return text_of(p, "%1 of %2", "%1 sur %2", count_text(p, e->numerator),
                   count_text(p, e->denominator));
}

static void region_met(struct plot *p, struct bullets *b, uint16_t region)
{
    const struct estimate *e = pick(p, "standards.met", "", region, "", "");
    struct bullet *x = bullets_add(b, region_name(p, region));
    x->symbol = symbol_of(e);
    x->words = has_value(e) ? NULL : value_words(p, e);
    x->right = met_of(p, e);
    x->value = has_value(e) ? e->value : NAN;
    x->verdict = VERDICT_MET;
    x->whole = region == REGION_TOTAL;
}

static void tell_standards(struct plot *p, const struct bullets *b, bool all)
{
    size_t met = 0, assessed = 0;
    for (size_t i = 0; i < b->at.len; i++) {
        assessed += b->at.at[i].verdict != VERDICT_NONE;
        met += b->at.at[i].verdict == VERDICT_MET;
    }
    if (all) {
        plot_tell(p, "Share of the service standards met, by region.",
                  "Part des normes de service respectées, par région.");
        for (size_t i = 0; i < b->at.len; i++)
            plot_tell(p, "%1: %2.", "%1" NBSP ": %2.", b->at.at[i].name,
                      b->at.at[i].words ? b->at.at[i].words : b->at.at[i].right);
        return;
    }
    plot_tell(p, "Performance against target: %1 of %2 assessed standards met.",
              "Rendement par rapport à la cible" NBSP
              ": %1 des %2 normes évaluées sont respectées.",
              count_text(p, (double)met), count_text(p, (double)assessed));
    if (b->at.len && b->at.at[0].value < b->at.at[0].target)
        plot_tell(p, "Largest shortfall: %1, %2.", "Écart le plus grand" NBSP ": %1, %2.",
                  b->at.at[0].name, b->at.at[0].right);
}

bool draw_standards(struct plot *p)
{
    struct bullets b = {0};
    bool all = p->region == REGION_TOTAL;
    if (!pick_has(p, "standards.performance"))
        return false;
    if (!all)
        gather_standards(p, &b);
    for (size_t i = 0; all && i < region_count(p); i++)
        region_met(p, &b, (uint16_t)i);
    if (all)
        region_met(p, &b, REGION_TOTAL);
    if (!b.at.len)
        return false;
    plot_title(p, "Service standards: %1, %2", "Normes de service" NBSP ": %1, %2", plot_place(p),
               period_name(p, p->period));
    if (all)
        plot_subtitle(p, "standards met, % of those assessed; complete record",
                      "normes respectées, % des normes évaluées; relevé complet");
    else
        plot_subtitle(p, "performance, % of the volume; complete record",
                      "rendement, % du volume; relevé complet");
    if (!all && bullets_beyond(&b))
        plot_subtitle(p, "bars end at 100% with an arrow",
                      "les barres s'arrêtent à 100" NBSP "%, avec une flèche");
    sheet_head(p);
    if (!all)
        bullets_legend(p, &b);
    struct rows rows = {.n_head = all ? NULL : "volume"};
    rows.right_head =
        all ? in(p, "met", "respectées") : in(p, "performance / target", "rendement / cible");
    bullets_draw(p, &b, scale_fixed(0, 100, 5), rows, NULL);
    tell_standards(p, &b, all);
    vec_free(&b.at);
    return true;
}
