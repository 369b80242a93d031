// SPDX-License-Identifier: GPL-3.0-or-later
// How much of the way from the baseline to the target is done.
#include "plots/bullet.h"

#include <math.h>

// A target is kept for "indicator/item": what it is about, as people call it.
static const char *target_name(const struct plot *p, const char *key, const struct estimate **now,
                               uint16_t region)
{
    const char *slash = strchr(key, '/');
    char *indicator = arena_copy(p->arena, key, slash ? (size_t)(slash - key) : strlen(key));
    const char *item = slash ? slash + 1 : "";
    *now = results_find(p->results, indicator, item, region, p->period, "", "");
    const char *name = indicator_name(p, indicator);
    return *item ? text_of(p, "%1: %2", "%1" NBSP ": %2", name, item_name(p, item)) : name;
}

static void progress_row(struct plot *p, struct bullets *b, const char *key, uint16_t region,
                         const char *name)
{
    const struct estimate *e = pick(p, "cmt.progress", key, region, "", "");
    const struct estimate *target =
        results_find(p->results, "cmt.target", key, region, p->period, "", "");
    const struct estimate *now;
    const char *about = target_name(p, key, &now, region);
    struct bullet *x = bullets_add(b, name ? name : about);
    x->whole = region == REGION_TOTAL && name;
    x->symbol = symbol_of(e);
    x->words = has_value(e) ? NULL : value_words(p, e);
    x->value = has_value(e) ? e->value : NAN;
    x->target = 100;
    x->verdict = !has_value(e) ? VERDICT_NONE : e->value >= 100 ? VERDICT_MET : VERDICT_NOT_MET;
    x->n = has_value(e) ? value_text(p, e) : symbol_of(e);
    x->right = text_of(p, "%1 / %2", "%1 / %2", value_text(p, now), value_text(p, target));
}

static const char *gather_progress(struct plot *p, struct bullets *b)
{
    struct keys keys = pick_items(p, "cmt.target");
    const char *about = "";
    const struct estimate *now;
    bool all = p->region == REGION_TOTAL;
    for (size_t i = 0; i < keys.at.len && !(all && b->at.len); i++) {
        const char *key = keys.at.at[i];
        if (!all) {
            if (results_find(p->results, "cmt.target", key, p->region, p->period, "", ""))
                progress_row(p, b, key, p->region, NULL);
            continue;
        }
        about = target_name(p, key, &now, REGION_TOTAL);
        for (size_t r = 0; r < region_count(p); r++)
            progress_row(p, b, key, (uint16_t)r, region_name(p, (uint16_t)r));
        progress_row(p, b, key, REGION_TOTAL, region_name(p, REGION_TOTAL));
    }
    keys_free(&keys);
    return about;
}

static void tell_progress(struct plot *p, const struct bullets *b)
{
    size_t met = 0, with = 0;
    for (size_t i = 0; i < b->at.len; i++) {
        with += isfinite(b->at.at[i].value) ? 1 : 0;
        met += b->at.at[i].verdict == VERDICT_MET;
    }
    plot_tell(p, "Progress from the baseline to the target: %1 of %2 reached.",
              "Progression de la valeur de départ à la cible" NBSP ": %1 atteintes sur %2.",
              count_text(p, (double)met), count_text(p, (double)with));
    for (size_t i = 0; i < b->at.len && i < 12; i++)
        plot_tell(p, "%1: %2.", "%1" NBSP ": %2.", b->at.at[i].name,
                  b->at.at[i].words ? b->at.at[i].words : b->at.at[i].n);
}

bool draw_progress(struct plot *p)
{
    struct bullets b = {0};
    if (!pick_has(p, "cmt.target"))
        return false;
    const char *about = gather_progress(p, &b);
    if (!b.at.len)
        return false;
    bool all = p->region == REGION_TOTAL;
    plot_title(p, "Progress to target: %1, %2", "Progression vers la cible" NBSP ": %1, %2",
               all ? about : plot_place(p), period_name(p, p->period));
    plot_subtitle(p, "% of the way from the baseline to the target",
                  "% du chemin de la valeur de départ à la cible");
    if (bullets_beyond(&b))
        plot_subtitle(p, "bars end at 100% with an arrow",
                      "les barres s'arrêtent à 100" NBSP "%, avec une flèche");
    sheet_head(p);
    bullets_legend(p, &b);
    struct range r = {0};
    range_add(&r, 0);
    range_add(&r, 100);
    for (size_t i = 0; i < b.at.len; i++)
        range_add(&r, fmax(-100, fmin(100, b.at.at[i].value)));
    struct rows rows = {.n_head = in(p, "progress", "progression"),
                        .right_head = in(p, "now / target", "actuel / cible")};
    bullets_draw(p, &b, scale_round(r, 6, -100, 100), rows, NULL);
    tell_progress(p, &b);
    vec_free(&b.at);
    return true;
}
