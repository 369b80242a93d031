// SPDX-License-Identifier: GPL-3.0-or-later
// What was read, rejected and missing, and whether the figures agree (indicators.md 9).
#include "metrics/quality_state.h"

#include <math.h>

static void share(const struct indicator *self, struct cell *cell, double numerator,
                  double denominator)
{
    struct estimate *e = cell_add(cell, self);
    e->n = denominator;
    admin_share(e, numerator, denominator);
}

static void number(const struct indicator *self, struct cell *cell, double value)
{
    if (!quality_view(cell)->files)
        return;
    estimate_set(cell_add(cell, self), value);
}

// ---- files

static struct cell with_item(const struct cell *cell, const char *item)
{
    struct cell here = *cell;
    here.item = item;
    return here;
}

// 100 · rows rejected / rows read of each input.
static void rejected(const struct indicator *self, struct cell *cell)
{
    const struct quality_view *v = quality_view(cell);
    const struct ledger *l = v->run->ledger;
    if (!v->files)
        return;
    for (size_t i = 0; i < l->files.len; i++) {
        const struct input *input = l->files.at[i].input;
        double read = 0, lost = 0;
        bool first = true;
        for (size_t k = 0; k < l->files.len; k++) {
            if (l->files.at[k].input != input)
                continue;
            first = first && k >= i;
            read += (double)l->files.at[k].read;
            lost += (double)l->files.at[k].rejected;
        }
        if (!first)
            continue;
        struct cell here = with_item(cell, input->id ? input->id : "");
        share(self, &here, lost, read);
    }
}

// ---- answers

struct answers {
    double by[MISSING_COUNT], all, asked;
};

static struct answers answers_of(const struct ledger *l, const struct survey *survey,
                                 const char *item)
{
    struct answers a = {0};
    for (size_t i = 0; i < l->columns.len; i++) {
        const struct column_count *c = &l->columns.at[i];
        if (l->files.at[c->file].input != &survey->in || !c->role || strcmp(c->role, item) != 0)
            continue;
        for (int why = VALID; why < MISSING_COUNT; why++) {
            a.by[why] += (double)c->by[why];
            a.all += (double)c->by[why];
        }
    }
    a.asked = a.all - a.by[MISSING_NOT_ASKED];
    return a;
}

// 100 · answers with the reason / asked; not asked: of all respondents.
static void missing_of_item(const struct indicator *self, const struct cell *cell,
                            const struct survey *survey, const struct item *item)
{
    struct answers a = answers_of(quality_view(cell)->run->ledger, survey, item->id);
    struct cell here = with_item(cell, item->id);
    here.by = "reason";
    for (int why = VALID + 1; why < MISSING_COUNT && a.all > 0; why++) {
        here.level = missing_labels[why].id;
        share(self, &here, a.by[why], why == MISSING_NOT_ASKED ? a.all : a.asked);
    }
}

static void item_missing(const struct indicator *self, struct cell *cell)
{
    const struct study *s = quality_view(cell)->run->study;
    if (!quality_view(cell)->files)
        return;
    for (size_t i = 0; i < s->survey_count; i++)
        for (size_t k = 0; k < s->surveys[i].item_count; k++)
            missing_of_item(self, cell, &s->surveys[i], &s->surveys[i].items[k]);
}

// A mandatory item is present when somebody answered it.
static void mandatory(const struct indicator *self, struct cell *cell)
{
    const struct study *s = quality_view(cell)->run->study;
    for (size_t i = 0; quality_view(cell)->files && i < s->survey_count; i++) {
        const struct survey *survey = &s->surveys[i];
        double wanted = 0, present = 0;
        for (size_t k = 0; k < survey->item_count; k++) {
            if (!survey->items[k].mandatory)
                continue;
            wanted++;
            present +=
                answers_of(quality_view(cell)->run->ledger, survey, survey->items[k].id).by[VALID] >
                0;
        }
        struct cell here = with_item(cell, survey->in.id);
        if (wanted > 0)
            share(self, &here, present, wanted);
    }
}

static void response_rate(const struct indicator *self, struct cell *cell)
{
    const struct quality_view *v = quality_view(cell);
    for (size_t i = 0; v->files && i < v->run->study->survey_count; i++) {
        const struct survey *survey = &v->run->study->surveys[i];
        double completes = 0;
        if (!(survey->eligible > 0))
            continue;
        for (size_t k = 0; k < v->run->ledger->files.len; k++)
            if (v->run->ledger->files.at[k].input == &survey->in)
                completes += (double)v->run->ledger->files.at[k].used;
        struct cell here = with_item(cell, survey->in.id);
        share(self, &here, completes, survey->eligible);
    }
}

// n Σw² / (Σw)², from the effective n of the margin of error, which is Kish's.
static void weight_effect(const struct indicator *self, struct cell *cell)
{
    const struct quality_view *v = quality_view(cell);
    const struct results *r = v->run->results;
    for (size_t i = 0; !v->files && i <= v->run->places->region_count; i++) {
        uint16_t region = i < v->run->places->region_count ? (uint16_t)i : (uint16_t)REGION_TOTAL;
        const struct estimate *margin =
            results_find(r, "survey.moe_max", "", region, v->span.period, "", "");
        if (!margin || !(margin->effective_n > 0) || !(margin->n > 0))
            continue;
        double n = margin->n, effect = n / margin->effective_n;
        struct cell here = *cell;
        here.region = region;
        struct estimate *e = cell_add(&here, self);
        e->n = n;
        e->from_survey = true;
        estimate_set(e, effect);
    }
}

// ---- what the families found while reading

static void excess(const struct indicator *self, struct cell *cell)
{
    const struct run *run = quality_view(cell)->run;
    if (run->study->standards_count || run->found.excess)
        number(self, cell, (double)run->found.excess);
}

static void duplicates(const struct indicator *self, struct cell *cell)
{
    const struct run *run = quality_view(cell)->run;
    if (run->study->standards_count || run->study->services_count || run->found.duplicates)
        number(self, cell, (double)run->found.duplicates);
}

static void undated(const struct indicator *self, struct cell *cell)
{
    const struct run *run = quality_view(cell)->run;
    if (run->study->has_plan)
        number(self, cell, (double)run->found.undated);
}

static bool skips_questions(const struct study *s)
{
    for (size_t i = 0; i < s->survey_count; i++)
        for (size_t k = 0; k < s->surveys[i].item_count; k++)
            if (s->surveys[i].items[k].asked_if_codes.count)
                return true;
    return false;
}

static void skipped_answers(const struct indicator *self, struct cell *cell)
{
    const struct run *run = quality_view(cell)->run;
    if (skips_questions(run->study))
        number(self, cell, (double)run->found.skipped_answers);
}

static bool asks_prices(const struct study *s)
{
    for (size_t i = 0; i < s->survey_count; i++)
        for (size_t k = 0; k < s->surveys[i].item_count; k++)
            if (s->surveys[i].items[k].role == ROLE_WILLING && s->surveys[i].items[k].ladder_count)
                return true;
    return false;
}

static void ladder(const struct indicator *self, struct cell *cell)
{
    const struct run *run = quality_view(cell)->run;
    if (asks_prices(run->study))
        number(self, cell, (double)run->found.broken_ladders);
}

// ---- contacts

// The rows of a breakdown stand together in their cell, level by level.
static bool same_breakdown(const struct estimate *a, const struct estimate *b)
{
    return a->region == b->region && strcmp(a->by, b->by) == 0 && strcmp(a->item, b->item) == 0;
}

// 100 · contacts with a known level / contacts: what is not under `unknown`.
static void coded_of(const struct indicator *self, const struct cell *cell,
                     const struct estimate like)
{
    const struct results *r = cell->out;
    const struct estimate *all =
        results_find(r, "activity.contacts", like.item, like.region, like.period, "", "");
    const struct estimate *unknown = results_find(r, "activity.contacts", like.item, like.region,
                                                  like.period, like.by, "unknown");
    if (!all || !(all->value > 0))
        return;
    struct cell here = *cell;
    here.region = like.region;
    here.item = like.item;
    here.by = "dimension";
    here.level = like.by;
    double value = all->value; // cell_add may move it
    share(self, &here, value - (unknown && isfinite(unknown->value) ? unknown->value : 0), value);
}

static void coded(const struct indicator *self, struct cell *cell)
{
    const struct quality_view *v = quality_view(cell);
    struct results *r = v->run->results;
    struct estimate last = {0};
    bool any = false;
    size_t before = r->estimates.len;
    for (size_t i = 0; !v->files && i < before; i++) {
        const struct estimate e = r->estimates.at[i];
        if (strcmp(e.indicator->label.id, "activity.contacts") != 0 || !*e.by ||
            !period_same(e.period, v->span.period))
            continue;
        if (!any || !same_breakdown(&last, &e))
            coded_of(self, cell, e);
        last = e;
        any = true;
    }
}

// clang-format off
static const struct indicator rows[] = {
    {LABEL("quality.item_missing", "Missing answers by reason", "Réponses manquantes selon le motif"),
     UNIT_PERCENT, -1, -1, INTERVAL_NONE, "all", "100 · answers with the reason / asked, by=reason",
     TEXT("Share of the answers of an item that are missing, by reason; not asked is over all respondents.",
          "Part des réponses manquantes à une question, selon le motif; «\xC2\xA0non demandé\xC2\xA0» porte sur l'ensemble des répondants."),
     "survey: items", "3d", "own decision", item_missing},
    {LABEL("quality.skipped_answers", "Answers to skipped questions", "Réponses à des questions sautées"),
     UNIT_COUNT, -1, -1, INTERVAL_NONE, "all", "answers found where the question was skipped",
     TEXT("Answers that stand where the question should not have been asked; they are not used.",
          "Réponses consignées alors que la question n'aurait pas dû être posée; elles ne sont pas utilisées."),
     "survey: asked_if", "3d", "own decision", skipped_answers},
    {LABEL("quality.ladder", "Inconsistent price answers", "Réponses incohérentes sur les prix"),
     UNIT_COUNT, -1, -1, INTERVAL_NONE, "all", "broken price ladders",
     TEXT("Respondents who accept a price and refuse a lower one.", "Répondants qui acceptent un prix, mais en refusent un plus bas."),
     "survey: role willing", "1d", "own decision", ladder},
    {LABEL("quality.undated", "Completed without a date", "Terminées sans date"),
     UNIT_COUNT, -1, -1, INTERVAL_NONE, "all", "completed actions without `done`",
     TEXT("Completed actions that do not say when; they cannot be judged on time.",
          "Mesures terminées dont la date d'achèvement n'est pas indiquée; impossible d'en évaluer la ponctualité."),
     "plan: status, done", "3b", "own decision", undated},
    {LABEL("quality.rejected", "Rows rejected", "Lignes rejetées"),
     UNIT_PERCENT, -1, -1, INTERVAL_NONE, "all", "100 · rows rejected / rows read, item = input",
     TEXT("Share of the rows of an input that could not be used.", "Part des lignes d'une source qui n'ont pu être utilisées."),
     "any input", "3d", "own decision", rejected},
    {LABEL("quality.excess", "Numerator above denominator", "Numérateur au-dessus du dénominateur"),
     UNIT_COUNT, -1, -1, INTERVAL_NONE, "all", "rows with numerator > denominator",
     TEXT("Reported figures of which the part is larger than the whole; they are kept as they stand.",
          "Chiffres déclarés dont la partie dépasse le tout; ils sont conservés tels quels."),
     "standards", "3a", "published federal files keep such rows", excess},
    {LABEL("quality.duplicates", "Duplicates", "Doublons"),
     UNIT_COUNT, -1, -1, INTERVAL_NONE, "all", "repeated keys",
     TEXT("Rows whose key had stood before.", "Lignes dont la clé figurait déjà."),
     "standards, services", "3d", "own decision", duplicates},
    {LABEL("quality.coded", "Contacts coded", "Contacts codés"),
     UNIT_PERCENT, 1, -1, INTERVAL_NONE, "all", "100 · contacts with a known level / contacts, by=dimension",
     TEXT("Share of the contacts whose level is known, for each breakdown.", "Part des contacts dont la valeur est connue, pour chaque ventilation."),
     "activity: events with breakdowns", "1c", "own decision", coded},
    {LABEL("quality.coverage", "Days covered", "Jours couverts"),
     UNIT_PERCENT, 1, -1, INTERVAL_NONE, "all", "100 · days with a row / days of the period, item = input",
     TEXT("Share of the days of the period on which the input has a row.",
          "Part des jours de la période pour lesquels la source comporte une ligne."),
     "activity: time, as events or as daily counts", "3d", "daily open data of a call centre: 364 of 365 days", NULL},
    {LABEL("quality.profile", "Client profile filled", "Profil du client rempli"),
     UNIT_PERCENT, 1, -1, INTERVAL_NONE, "clients", "100 · filled columns of the profile / columns, over the last contact of each identified client",
     TEXT("Share of the columns of the client profile that are filled at the client's last contact.",
          "Part des champs du profil du client qui sont remplis lors de son dernier contact."),
     "activity: events with client and profile", "1b", "own decision", NULL},
    {LABEL("quality.mandatory", "Mandatory items present", "Questions obligatoires présentes"),
     UNIT_PERCENT, 1, -1, INTERVAL_NONE, "all", "100 · mandatory items present / mandatory items, item = survey",
     TEXT("Share of the items marked mandatory that the survey holds.", "Part des questions obligatoires que comporte le sondage."),
     "survey: mandatory", "3d", "CBSC in Western Canada, evaluation of 2002", mandatory},
    {LABEL("quality.response_rate", "Response rate", "Taux de réponse"),
     UNIT_PERCENT, 1, -1, INTERVAL_NONE, "all", "100 · completes / eligible, item = survey",
     TEXT("Interviews completed, of those that could have been.", "Entrevues réalisées par rapport à celles qui auraient pu l'être."),
     "survey: eligible", "3d", "Institute for Citizen-Centred Service, benchmarking report", response_rate},
    {LABEL("quality.weight_effect", "Effect of weights", "Effet des poids"),
     UNIT_RATIO, -1, -1, INTERVAL_NONE, "all", "n Σw² / (Σw)²",
     TEXT("How much the weights alone enlarge the variance; 1 means equal weights.",
          "Accroissement de la variance attribuable aux seuls poids; 1 signifie des poids égaux."),
     "survey: weight", "3d", "Kish (1965), Survey Sampling", weight_effect},
    {LABEL("quality.reconcile", "Reconciliation", "Rapprochement"),
     UNIT_COUNT, -1, -1, INTERVAL_NONE, "all", "the difference, item = check; 0 when the figures agree",
     TEXT("Differences between figures that should agree: regions and total, quarters and year, levels and cell.",
          "Écarts entre des chiffres qui devraient concorder\xC2\xA0: régions et total, trimestres et exercice, niveaux et cellule."),
     "any input", "3d", "own decision", quality_reconcile},
};
// clang-format on
enum { ROW_COUNT = sizeof rows / sizeof *rows };

static void fill(const struct run *run, struct span span, bool files)
{
    struct quality_view view = {run, span, files};
    struct cell cell = {.out = run->results,
                        .item = "",
                        .by = "",
                        .level = "",
                        .region = REGION_TOTAL,
                        .period = span.period,
                        .reported = span.need == SPAN_REPORT,
                        .state = &view};
    for (size_t i = 0; i < ROW_COUNT; i++)
        row_compute(&rows[i], &cell); // some are given by the family `activity`
}

static void compute(struct run *run, void *state)
{
    (void)state;
    results_index(run->results);
    fill(run, (struct span){{.kind = PERIOD_ALL}, SPAN_REPORT}, true);
    for (size_t i = 0; i < run->span_count; i++)
        if (run->spans[i].need == SPAN_REPORT)
            fill(run, run->spans[i], false);
}

const struct family quality_family = {
    .label = LABEL("quality", "Quality", "Qualité"),
    .rows = rows,
    .count = ROW_COUNT,
    .compute = compute,
    .after_others = true,
};
