// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/run/estimate.h"

#include <math.h>
#include <stdlib.h>

#define UNIT_TEXT(id, decimals, en, fr) \
    {                                   \
        id, decimals, TEXT(en, fr)      \
    }

const struct unit_info unit_table[UNIT_KINDS] = {
    [UNIT_ITEM] = UNIT_TEXT("item", 2, "", ""),
    [UNIT_PERCENT] = UNIT_TEXT("percent", 1, "%", "%"),
    [UNIT_INDEX] = UNIT_TEXT("index_0_100", 1, "index, 0 to 100", "indice, de 0 à 100"),
    [UNIT_POINTS] = UNIT_TEXT("points", 1, "points", "points"),
    [UNIT_SCORE_1_5] = UNIT_TEXT("score_1_5", 2, "score, 1 to 5", "note, de 1 à 5"),
    [UNIT_POINTS_1_5] =
        UNIT_TEXT("points_1_5", 2, "points on the 1 to 5 scale", "points sur l'échelle de 1 à 5"),
    [UNIT_COUNT] = UNIT_TEXT("count", 0, "number", "nombre"),
    [UNIT_SECONDS] = UNIT_TEXT("seconds", 0, "seconds", "secondes"),
    [UNIT_DAYS] = UNIT_TEXT("days", 0, "days", "jours"),
    [UNIT_DOLLARS] = UNIT_TEXT("dollars", 2, "dollars", "dollars"),
    [UNIT_RATIO] = UNIT_TEXT("ratio", 2, "ratio", "ratio"),
    [UNIT_CORRELATION] = UNIT_TEXT("correlation", 2, "correlation", "corrélation"),
    [UNIT_RANK] = UNIT_TEXT("rank", 0, "rank", "rang"),
    [UNIT_CODE] = UNIT_TEXT("code", 0, "code", "code"),
    [UNIT_SCORE_1_9] = UNIT_TEXT("score_1_9", 1, "score, 1 to 9", "note, de 1 à 9"),
    [UNIT_INDEX_100] = UNIT_TEXT("index_100", 0, "index, market = 100", "indice, marché = 100"),
    [UNIT_INDEX_0_1] = UNIT_TEXT("index_0_1", 4, "index, 0 to 1", "indice, de 0 à 1"),
};

const struct label status_labels[EST_STATUS_COUNT] = {
    [EST_OK] = LABEL("ok", "published", "publié"),
    [EST_CAUTION] = LABEL("caution", "use with caution", "à utiliser avec prudence"),
    [EST_UNRELIABLE] =
        LABEL("unreliable", "too unreliable to be published", "trop peu fiable pour être publié"),
    [EST_SUPPRESSED] =
        LABEL("suppressed", "suppressed for confidentiality", "supprimé pour confidentialité"),
    [EST_SECONDARY] =
        LABEL("secondary", "suppressed for confidentiality", "supprimé pour confidentialité"),
    [EST_NO_DATA] = LABEL("no_data", "not available for a specific reference period",
                          "indisponible pour une période de référence précise"),
    [EST_NOT_APPLICABLE] = LABEL("not_applicable", "not applicable", "n'ayant pas lieu de figurer"),
};

const char *const status_symbols[EST_STATUS_COUNT] = {
    [EST_OK] = "",
    [EST_CAUTION] = "E",
    [EST_UNRELIABLE] = "F",
    [EST_SUPPRESSED] = "x",
    [EST_SECONDARY] = "x",
    [EST_NO_DATA] = "..",
    [EST_NOT_APPLICABLE] = "...",
};

// The dictionary's copy of the id lives with the results; an item made while answers were read
// (timeliness.importance) does not. Estimates of one item come together.
static const char *lasting_item(struct results *r, const char *item)
{
    const char *last = r->estimates.len ? r->estimates.at[r->estimates.len - 1].item : NULL;
    if (last && strcmp(last, item) == 0)
        return last;
    int number = dict_add(&r->items, str_of(item));
    return r->items.keys.at[number].ptr;
}

struct estimate *cell_add(struct cell *cell, const struct indicator *self)
{
    struct results *r = cell->out;
    struct estimate made = {
        .indicator = self,
        .item = cell->item ? cell->item : "",
        .region = cell->region,
        .period = cell->period,
        .by = cell->by ? cell->by : "",
        .level = cell->level ? cell->level : "",
        .value = NAN,
        .se = NAN,
        .low = NAN,
        .high = NAN,
        .df = NAN,
        .n = NAN,
        .weighted_n = NAN,
        .effective_n = NAN,
        .deff = NAN,
        .numerator = NAN,
        .denominator = NAN,
        .sd = NAN,
        .unit = unit_table[self->unit].id,
        .decimals =
            self->decimals >= 0 ? self->decimals : (signed char)unit_table[self->unit].decimals,
        .status = EST_NO_DATA,
        .reported = cell->reported,
        .reason = "",
    };
    made.item = lasting_item(r, made.item);
    vec_push(&r->estimates, made);
    return &r->estimates.at[r->estimates.len - 1];
}

void estimate_set(struct estimate *e, double value)
{
    e->value = isfinite(value) ? value : NAN;
    e->status = isfinite(value) ? EST_OK : EST_NO_DATA;
}

void results_take(struct results *into, struct results *from)
{
    size_t first = into->estimates.len;
    for (size_t i = 0; i < from->estimates.len; i++) {
        struct estimate e = from->estimates.at[i];
        e.item = lasting_item(into, e.item);
        vec_push(&into->estimates, e);
    }
    for (size_t i = 0; i < from->comparisons.len; i++) {
        struct comparison c = from->comparisons.at[i];
        c.estimate_a += c.estimate_a == SIZE_MAX ? 0 : first;
        c.estimate_b += c.estimate_b == SIZE_MAX ? 0 : first;
        vec_push(&into->comparisons, c);
    }
    for (size_t i = 0; i < from->tests.len; i++)
        vec_push(&into->tests, from->tests.at[i]);
    for (size_t i = 0; i < from->drivers.len; i++)
        vec_push(&into->drivers, from->drivers.at[i]);
    arena_adopt(&into->arena, &from->arena);
    arena_adopt(&into->arena, &from->items.arena); // comparisons name their items there
    results_free(from);
}

void results_free(struct results *r)
{
    vec_free(&r->estimates);
    vec_free(&r->comparisons);
    vec_free(&r->tests);
    vec_free(&r->drivers);
    dict_free(&r->order);
    dict_free(&r->items);
    mem_free(r->index);
    vec_free(&r->ranges);
    arena_free(&r->arena);
    *r = (struct results){0};
}
