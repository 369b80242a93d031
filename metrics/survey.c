// SPDX-License-Identifier: GPL-3.0-or-later
// Family survey: any item of any scale (indicators.md 2). A row says what is averaged and over
// whom.
#include "metrics/survey_answers.h"

#include <math.h>

static void compute_n(const struct indicator *self, struct cell *cell)
{
    const struct view *v = view_of(cell);
    if (!v->asked)
        return;
    const struct base *b = class_base_of(cell, BASE_VALID);
    struct estimate *e = give_plain(cell, self, b, (double)b->n);
    if (!b->n && base_empty(b) == EST_NOT_APPLICABLE)
        e->status = EST_NOT_APPLICABLE, e->value = NAN;
}

// The numbers that levels stand for, by class.
static struct by_class values_by_class(struct cell *cell)
{
    const struct view *v = view_of(cell);
    int64_t *value = NEWS(v->arena, class_count(v->asked), int64_t);
    for (size_t k = 0; k < v->asked->levels.count; k++)
        value[k] = class_value(v->asked, k);
    return (struct by_class){.v = value};
}

static void compute_mean(const struct indicator *self, struct cell *cell)
{
    const struct view *v = view_of(cell);
    if (!v->asked || !item_numeric(v->asked->item))
        return;
    if (class_able(v->asked)) {
        struct by_class c = values_by_class(cell);
        struct estimate *e = give_class_mean(cell, self, &c);
        if (item_rated(v->asked->item))
            leave_levels_uncompared(cell, e);
        return;
    }
    const struct base *b = base_valid(cell);
    struct measure m = measure_of(cell, b, v->asked);
    give_mean(cell, self, b, &m);
}

static void compute_total(const struct indicator *self, struct cell *cell)
{
    const struct view *v = view_of(cell);
    if (!v->asked || !v->asked->column ||
        (v->asked->item->scale != SCALE_NUMBER && v->asked->item->scale != SCALE_YES_NO))
        return;
    if (class_able(v->asked)) {
        struct by_class c = values_by_class(cell);
        give_class_total(cell, self, &c);
        return;
    }
    const struct base *b = base_valid(cell);
    struct measure m = measure_of(cell, b, v->asked);
    give_total(cell, self, b, &m);
}

static void compute_sd(const struct indicator *self, struct cell *cell)
{
    const struct view *v = view_of(cell);
    if (!v->asked || !item_numeric(v->asked->item))
        return;
    if (class_able(v->asked)) {
        struct by_class c = values_by_class(cell);
        leave_uncompared(give_class_sd(cell, self, &c));
        return;
    }
    const struct base *b = base_valid(cell);
    struct measure m = measure_of(cell, b, v->asked);
    leave_uncompared(give_sd(cell, self, b, &m));
}

static void compute_nps(const struct indicator *self, struct cell *cell)
{
    const struct view *v = view_of(cell);
    if (!v->asked || v->asked->item->scale != SCALE_NPS)
        return;
    int64_t *side = mem_new(class_count(v->asked), sizeof *side);
    for (size_t k = 0; k < v->asked->levels.count; k++) {
        int64_t x = class_value(v->asked, k);
        side[k] = x >= 9 ? 1 : x <= 6 ? -1 : 0;
    }
    struct by_class m = {.v = side, .factor = 100};
    give_class_mean(cell, self, &m);
    mem_free(side);
}

// ---- quantiles

static void compute_quantile(const struct indicator *self, struct cell *cell)
{
    const struct view *v = view_of(cell);
    const char *id = self->label.id + strlen("survey.");
    bool median = strcmp(id, "median") == 0;
    double p = 0.5;
    if (!v->asked || !(median ? item_numeric(v->asked->item)
                              : v->asked->item->scale == SCALE_NUMBER && v->asked->column))
        return;
    if (!median)
        p = (id[1] - '0') / 10.0 + (id[2] - '0') / 100.0;
    if (class_able(v->asked)) {
        leave_levels_uncompared(cell, give_class_quantile(cell, self, p));
        return;
    }
    const struct base *b = base_valid(cell);
    struct measure m = measure_of(cell, b, v->asked);
    leave_levels_uncompared(cell, give_quantile(cell, self, b, &m, p));
}

// ---- of the survey

static const struct asked *asked_of(const struct view *v, const char *id)
{
    for (size_t i = 0; i < v->frame->variable_count; i++)
        if (strcmp(v->all[i]->item->id, id) == 0)
            return v->all[i];
    return NULL;
}

static void compute_ratio(const struct indicator *self, struct cell *cell)
{
    const struct view *v = view_of(cell);
    const struct survey *s = v->frame->survey;
    for (size_t i = 0; !v->asked && i < s->ratio_count; i++) {
        const struct asked *y = asked_of(v, s->ratios[i].numerator);
        const struct asked *x = asked_of(v, s->ratios[i].denominator);
        if (!y || !x || !y->column || !x->column || y->column->coded || x->column->coded)
            continue;
        struct cell own = *cell;
        own.item = s->ratios[i].id;
        const struct base *b = base_both(cell, y, x);
        struct measure above = measure_of(cell, b, y), below = measure_of(cell, b, x);
        give_ratio(&own, self, b, &above, &below);
    }
}

static void compute_response(const struct indicator *self, struct cell *cell)
{
    const struct view *v = view_of(cell);
    if (!v->asked)
        return;
    double valid = (double)class_base_of(cell, BASE_VALID)->n;
    const struct base *b = class_base_of(cell, BASE_ASKED);
    struct estimate *e = give_plain(cell, self, b, b->n ? 100 * valid / (double)b->n : NAN);
    if (b->n) {
        e->numerator = valid;
        e->denominator = (double)b->n;
    } else if (v->group->count) {
        e->status = EST_NOT_APPLICABLE;
    }
}

static bool every_row(const void *context, size_t row)
{
    (void)context;
    (void)row;
    return true;
}

// 1.96 at 95 %: the widest half interval of a share, as polls print it.
static void compute_moe(const struct indicator *self, struct cell *cell)
{
    const struct view *v = view_of(cell);
    if (v->asked || *v->group->breakdown || v->group->rest)
        return;
    const struct base *b = base_where(cell, every_row, NULL);
    double z = moe_z(v->study->confidence);
    struct cell own = *cell;
    own.item = v->frame->study->survey_count > 1 ? v->frame->survey->in.id : "";
    struct estimate *e = give_plain(&own, self, b, b->n ? 100 * z * 0.5 / sqrt(b->kish) : NAN);
    e->effective_n = b->kish;
}

#define QUANTILE(id, en, fr, definition_en, definition_fr, p)                                \
    {                                                                                        \
        .label = LABEL(id, en, fr), .unit = UNIT_ITEM, .decimals = -1,                       \
        .interval = INTERVAL_DESIGN, .base = "valid", .formula = "min x: F(x) >= " p,        \
        .definition = TEXT(definition_en, definition_fr), .inputs = "items of scale number", \
        .serves = "3d", .source = "left inverse; limits: Woodruff 1952",                     \
        .compute = compute_quantile                                                          \
    }
#define PERCENTILE(nn)                                                                          \
    QUANTILE("survey.p" nn, nn "th percentile", nn "ᵉ centile",                                 \
             "The smallest answer that at least " nn " per cent of respondents do not exceed.", \
             "La plus petite réponse que ne dépassent pas au moins " nn                         \
             " pour cent des répondants.",                                                      \
             "0." nn)

static const struct indicator rows[] = {
    {.label = LABEL("survey.n", "Answers used", "Réponses utilisées"),
     .unit = UNIT_COUNT,
     .decimals = -1,
     .interval = INTERVAL_NONE,
     .base = "valid",
     .formula = "number of valid answers, unweighted",
     .definition =
         TEXT("How many answers the figures of this item rest on.",
              "Nombre de réponses sur lesquelles reposent les chiffres de cette question."),
     .inputs = "items",
     .serves = "3d",
     .source = "ICCS benchmarking report",
     .compute = compute_n},
    {.label = LABEL("survey.mean", "Mean", "Moyenne"),
     .unit = UNIT_ITEM,
     .decimals = -1,
     .interval = INTERVAL_DESIGN,
     .base = "valid",
     .formula = "Σwx / Σw",
     .definition = TEXT("The weighted mean of the valid answers.",
                        "La moyenne pondérée des réponses valides."),
     .inputs = "items with a numeric scale",
     .serves = "3d",
     .source = "ICCS benchmarking report; variance: Binder 1983",
     .compute = compute_mean},
    {.label = LABEL("survey.total", "Total", "Total"),
     .unit = UNIT_ITEM,
     .decimals = 0,
     .interval = INTERVAL_DESIGN,
     .base = "valid",
     .formula = "Σwx; yes/no: Σw of yes",
     .definition =
         TEXT("The weighted sum of the valid answers; it reads low where answers are missing.",
              "La somme pondérée des réponses valides; elle est sous-estimée lorsque des "
              "réponses manquent."),
     .inputs = "items of scale number or yes_no",
     .serves = "1c",
     .source = "own decision; variance: Binder 1983",
     .compute = compute_total},
    {.label = LABEL("survey.count", "Estimated number", "Nombre estimé"),
     .unit = UNIT_COUNT,
     .decimals = -1,
     .interval = INTERVAL_DESIGN,
     .base = "valid",
     .formula = "Σw of the answer",
     .definition = TEXT("How many people of the population gave or would give this answer.",
                        "Nombre de personnes dans la population qui donnent cette réponse."),
     .inputs = "items with answers that are codes",
     .serves = "1c",
     .source = "ICCS benchmarking report",
     .compute = survey_count},
    {.label = LABEL("survey.share", "Share of answers", "Part des réponses"),
     .unit = UNIT_PERCENT,
     .decimals = -1,
     .interval = INTERVAL_DESIGN,
     .base = "valid",
     .formula = "100 Σw(answer) / Σw",
     .definition = TEXT("The weighted share of the valid answers that are this one.",
                        "La part pondérée de cette réponse parmi les réponses valides."),
     .inputs = "items with answers that are codes",
     .serves = "1c 1e 3d",
     .source = "ICCS benchmarking report",
     .compute = survey_share},
    {.label = LABEL("survey.share_all", "Share of all asked",
                    "Part de toutes les personnes interrogées"),
     .unit = UNIT_PERCENT,
     .decimals = -1,
     .interval = INTERVAL_DESIGN,
     .base = "all",
     .formula = "100 Σw(answer) / Σw over everyone asked",
     .definition =
         TEXT("The weighted share of everyone asked, those without an answer included.",
              "La part pondérée de toutes les personnes interrogées, y compris celles qui "
              "n'ont pas répondu."),
     .inputs = "items with answers that are codes",
     .serves = "3d",
     .source = "Canadian Transportation Agency 2011-12 (base)",
     .compute = survey_share_all},
    QUANTILE("survey.median", "Median", "Médiane",
             "The smallest answer that at least half of respondents do not exceed.",
             "La plus petite réponse que ne dépasse pas au moins la moitié des répondants.", "0.5"),
    PERCENTILE("10"),
    PERCENTILE("20"),
    PERCENTILE("25"),
    PERCENTILE("30"),
    PERCENTILE("40"),
    PERCENTILE("60"),
    PERCENTILE("70"),
    PERCENTILE("75"),
    PERCENTILE("80"),
    PERCENTILE("90"),
    {.label = LABEL("survey.sd", "Standard deviation", "Écart-type"),
     .unit = UNIT_ITEM,
     .decimals = -1,
     .interval = INTERVAL_DESIGN,
     .base = "valid",
     .formula = "√( n/(n−1) · Σw(x − x̄)² / Σw )",
     .definition = TEXT("How far answers lie from their mean.",
                        "L'écart entre les réponses et leur moyenne."),
     .inputs = "items with a numeric scale",
     .serves = "3d",
     .source = "ICCS benchmarking report; weights: own decision",
     .compute = compute_sd},
    {.label = LABEL("survey.ratio", "Ratio", "Ratio"),
     .unit = UNIT_RATIO,
     .decimals = -1,
     .interval = INTERVAL_DESIGN,
     .base = "pair",
     .formula = "Σwy / Σwx",
     .definition =
         TEXT("The ratio of two weighted totals over respondents who answered both.",
              "Le rapport de deux totaux pondérés, chez les répondants ayant donné les deux "
              "réponses."),
     .inputs = "ratios",
     .serves = "1d",
     .source = "own decision; variance: Särndal, Swensson and Wretman 1992",
     .compute = compute_ratio},
    {.label = LABEL("survey.nps", "Net promoter score", "Taux de recommandation net"),
     .unit = UNIT_POINTS,
     .direction = 1,
     .decimals = -1,
     .interval = INTERVAL_DESIGN,
     .base = "valid",
     .formula = "% of 9–10 − % of 0–6",
     .definition =
         TEXT("The share of those who would recommend (9 or 10) less the share of those who "
              "would not (0 to 6).",
              "La part des personnes qui recommanderaient le service (9 ou 10) moins celle "
              "des personnes qui ne le feraient pas (0 à 6)."),
     .inputs = "items of scale nps",
     .serves = "3d",
     .source = "own decision",
     .compute = compute_nps},
    {.label = LABEL("survey.response", "Valid answers, share of asked",
                    "Réponses valides, part des personnes interrogées"),
     .unit = UNIT_PERCENT,
     .direction = 1,
     .decimals = -1,
     .interval = INTERVAL_NONE,
     .base = "all",
     .formula = "100 · valid / asked, unweighted",
     .definition = TEXT("How many of those asked gave an answer that can be used.",
                        "La part des personnes interrogées dont la réponse est utilisable."),
     .inputs = "items",
     .serves = "3d 1b",
     .source = "own decision",
     .compute = compute_response},
    {.label = LABEL("survey.moe_max", "Margin of error, 19 times out of 20",
                    "Marge d'erreur, 19 fois sur 20"),
     .unit = UNIT_POINTS,
     .direction = -1,
     .decimals = -1,
     .interval = INTERVAL_NONE,
     .base = "used rows",
     .formula = "100 · z · 0.5 / √((Σw)²/Σw²)",
     .definition =
         TEXT("The widest margin of error of a share in this sample, as polls print it.",
              "La plus grande marge d'erreur d'un pourcentage dans cet échantillon, comme "
              "l'indiquent les sondages."),
     .inputs = "a survey",
     .serves = "3d",
     .source = "Service Canada 2006, section 1; Kish 1965",
     .compute = compute_moe},
};

const struct family survey_family = {
    .label = LABEL("survey", "Survey", "Sondage"),
    .rows = rows,
    .count = sizeof rows / sizeof *rows,
    .read = respondents_read,
    .compute = respondents_compute,
    .drop = respondents_drop,
};
