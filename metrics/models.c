// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/models.h"

#include <math.h>
#include <string.h>

const struct measure_info measures[MEASURE_COUNT] = {
    [MEASURE_NONE] = {LABEL("", "", ""), 0, 0},
    [MEASURE_MATURITY] = {LABEL("maturity", "Service maturity", "Maturité des services"), 0, 100},
    [MEASURE_CRM] = {LABEL("crm", "Customer relationship management",
                           "Gestion des relations avec la clientèle"),
                     0, 100},
    [MEASURE_CSM] = {LABEL("csm", "Customer service maturity",
                           "Maturité du service à la clientèle"),
                     0, 100},
    [MEASURE_CSM_1] = {LABEL("csm.1", "Citizen-centred", "Service axé sur les citoyens"), 0, 100},
    [MEASURE_CSM_2] = {LABEL("csm.2", "Cross-government", "Service pangouvernemental"), 0, 100},
    [MEASURE_CSM_3] = {LABEL("csm.3", "Multi-channel", "Service multimode"), 0, 100},
    [MEASURE_CSM_4] = {LABEL("csm.4", "Proactive communication", "Communication proactive"), 0,
                       100},
    [MEASURE_VOICE] = {LABEL("voice", "Citizen voice", "Voix des citoyens"), 0, 100},
    [MEASURE_PLATEAU] = {LABEL("plateau", "Plateau", "Palier"), 1, 5},
    [MEASURE_OSI] = {LABEL("osi", "Online services", "Services en ligne"), 0, 1},
    [MEASURE_TII] = {LABEL("tii", "Telecommunication infrastructure",
                           "Infrastructure de télécommunications"),
                     0, 1},
    [MEASURE_HCI] = {LABEL("hci", "Human capital", "Capital humain"), 0, 1},
};

#define GROUP(id, en, fr, from, above) \
    {                                  \
        LABEL(id, en, fr), from, above \
    }

const struct model models[] = {
#include "metrics/models/accenture.inc"
#include "metrics/models/government.inc"
#include "metrics/models/nations.inc"
};
const size_t model_count = sizeof models / sizeof *models;

const struct model *model_find(const char *id)
{
    for (size_t i = 0; i < model_count; i++)
        if (strcmp(models[i].label.id, id) == 0)
            return &models[i];
    return NULL;
}

double model_weight(const struct model *m, enum measure measure)
{
    for (size_t i = 0; m && i < MODEL_WEIGHTS && m->weights[i].measure; i++)
        if (m->weights[i].measure == measure)
            return m->weights[i].percent;
    return 0;
}

int model_group(const struct model *m, double score, const struct model_group **group)
{
    for (int i = 0; m->thresholds && i < MODEL_GROUPS && m->groups[i].label.id; i++) {
        const struct model_group *g = &m->groups[i];
        if (score > g->from || (!g->above && score >= g->from)) {
            *group = g;
            return i + 1;
        }
    }
    return 0;
}

static enum status find_weight(const struct own_weight *own, struct model_weight *weight,
                               struct diags *d)
{
    static const enum measure weighed[] = {MEASURE_MATURITY, MEASURE_CRM, MEASURE_CSM,
                                           MEASURE_VOICE};
    for (size_t i = 0; i < sizeof weighed / sizeof *weighed; i++)
        if (strcmp(measures[weighed[i]].label.id, own->measure) == 0) {
            *weight = (struct model_weight){weighed[i], own->percent};
            return OK;
        }
    enum status status =
        diag(d, E0459, own->where, "a model cannot weigh %s", diag_quote(d, str_of(own->measure)));
    diag_help(d, "known: maturity, crm, csm, voice");
    return status;
}

enum status model_of_study(struct arena *a, const struct own_model *own, const struct model **model,
                           struct diags *d)
{
    struct model *m = NEW(a, struct model);
    *m = (struct model){.label = {own->id, own->title},
                        .verified = true, // they are what the study says they are
                        .thresholds = own->group_count > 0,
                        .rank_decimals = own->decimals,
                        .source = own->source,
                        .levels = own->levels,
                        .level_count = own->level_count};
    for (size_t i = 0; i < own->weight_count; i++)
        TRY(find_weight(&own->weights[i], &m->weights[i], d));
    for (size_t i = 0; i < own->group_count; i++)
        m->groups[i] = (struct model_group){
            {own->groups[i].id, own->groups[i].title}, own->groups[i].from, false};
    *model = m;
    return OK;
}

double model_maturity_percent(const struct services *s)
{
    for (size_t i = 0; s->own && i < s->own->weight_count; i++)
        if (strcmp(s->own->weights[i].measure, measures[MEASURE_MATURITY].label.id) == 0)
            return s->own->weights[i].percent;
    return s->own ? 0 : model_weight(model_find(s->model), MEASURE_MATURITY);
}

enum measure measure_find(const char *id)
{
    for (int i = MEASURE_CRM; i < MEASURE_COUNT; i++)
        if (strcmp(measures[i].label.id, id) == 0)
            return (enum measure)i;
    return MEASURE_NONE;
}
