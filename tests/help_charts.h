// SPDX-License-Identifier: GPL-3.0-or-later
// Results made by hand for the tests of charts: regions, quarters, items, five-point answers, with
// intervals, withheld cells and a break. Values come from a small generator and mean nothing.
#pragma once
#include "engine/run/estimate.h"

#include <math.h>

enum withheld { WITHHELD_NONE, WITHHELD_ONE, WITHHELD_ALL };
enum { MADE_ITEMS = 13, MADE_QUARTERS = 8, MADE_REGIONS_MOST = 40 };

struct made {
    struct study study;
    struct places places;
    struct results results;
    struct region regions[MADE_REGIONS_MOST];
    struct survey survey;
    struct item items[MADE_ITEMS];
    struct activity activity;
    struct wait_standard wait;
    struct trend_break trend_break;
    uint32_t seed;
    enum withheld withheld;
    struct period period; // the one reported
    bool some_regions;
};

static const char *const made_names[][2] = {
    {"Newfoundland and Labrador", "Terre-Neuve-et-Labrador"},
    {"Prince Edward Island", "Île-du-Prince-Édouard"},
    {"Nova Scotia", "Nouvelle-Écosse"},
    {"British Columbia", "Colombie-Britannique"},
    {"Manitoba", "Manitoba"},
    {"Saskatchewan", "Saskatchewan"},
    {"Business service centre of the northern lakes and the plains",
     "Centre de services aux entreprises des lacs et des plaines n"},
};
static const char *const made_items[MADE_ITEMS][3] = {
    {"overall", "Overall satisfaction", "Satisfaction globale"},
    {"timeliness", "Time it took", "Délai de service"},
    {"knowledge", "Knowledge of the staff", "Compétence du personnel"},
    {"courtesy", "Courtesy, went the extra mile", "Courtoisie et effort supplémentaire"},
    {"fairness", "Treated fairly", "Équité du traitement"},
    {"outcome", "Got what was needed", "Résultat obtenu"},
    {"access", "Ease of access to the centre", "Facilité d'accès au centre"},
    {"hours", "Hours of service", "Heures d'ouverture"},
    {"clarity", "Clear written information", "Clarté de l'information écrite"},
    {"language", "Served in the language of choice", "Service dans la langue choisie"},
    {"privacy", "Personal information was protected by the people who served",
     "Protection des renseignements personnels par le personnel"},
    {"web", "Web site", "Site Web"},
    {"cost", "Cost", "Coûts"},
};

#define MADE(id, english, french, kind, way)                                                \
    {                                                                                       \
        .label = LABEL(id, english, french), .unit = kind, .direction = way, .decimals = -1 \
    }
static const struct indicator made_indicators[] = {
    MADE("survey.mean", "Mean", "Moyenne", UNIT_SCORE_1_5, 1),
    MADE("survey.share", "Share of answers", "Part des réponses", UNIT_PERCENT, 0),
    MADE("survey.share_all", "Share of all asked", "Part de toutes les personnes interrogées",
         UNIT_PERCENT, 0),
    MADE("cmt.index", "CMT index", "Indice OMC", UNIT_INDEX, 1),
    MADE("cmt.top2", "Satisfied or agree (4 or 5)", "Satisfaits ou d'accord (4 ou 5)", UNIT_PERCENT,
         1),
    MADE("cmt.gap", "Service gap", "Écart de service", UNIT_POINTS_1_5, -1),
    MADE("egov.overall", "Overall maturity", "Maturité globale", UNIT_PERCENT, 1),
    MADE("egov.service_maturity", "Service maturity", "Maturité des services", UNIT_PERCENT, 1),
    MADE("standards.performance", "Performance", "Rendement", UNIT_PERCENT, 1),
    MADE("standards.gap", "Distance to target", "Écart à la cible", UNIT_POINTS, 1),
    MADE("standards.met", "Target met", "Cible atteinte", UNIT_PERCENT, 1),
    MADE("activity.share", "Share of contacts", "Part des contacts", UNIT_PERCENT, 0),
    MADE("activity.contacts", "Contacts", "Contacts", UNIT_COUNT, 0),
    MADE("activity.wait_median", "Median wait", "Attente médiane", UNIT_SECONDS, -1),
    MADE("activity.wait_p90", "90th percentile of the wait", "90e centile de l'attente",
         UNIT_SECONDS, -1),
    MADE("activity.service_level", "Service level", "Niveau de service", UNIT_PERCENT, 1),
    MADE("cmt.target", "Target", "Cible", UNIT_INDEX, 0),
    MADE("cmt.progress", "Progress to target", "Progression vers la cible", UNIT_PERCENT, 1),
};

static inline const struct indicator *made_indicator(const char *id)
{
    for (size_t i = 0; i < sizeof made_indicators / sizeof *made_indicators; i++)
        if (strcmp(made_indicators[i].label.id, id) == 0)
            return &made_indicators[i];
    return NULL;
}

static inline double made_random(struct made *m) // 0..1
{
    m->seed = m->seed * 1664525u + 1013904223u;
    return (m->seed >> 8) / 16777216.0;
}

static inline bool made_hidden(const struct made *m, uint16_t region, struct period q)
{
    if (m->withheld == WITHHELD_ALL)
        return true;
    bool old = q.year == 2003 && q.quarter == 1;
    return m->withheld == WITHHELD_ONE && region == 1 && (old || period_same(q, m->period));
}

static inline struct estimate *made_put(struct made *m, const char *id, const char *item,
                                        uint16_t region, struct period q, const char *by,
                                        const char *level, double value, double half)
{
    struct cell cell = {&m->results, item, region, q, by, level, period_same(q, m->period), NULL};
    struct estimate *e = cell_add(&cell, made_indicator(id));
    if (made_hidden(m, region, q)) {
        e->status = EST_SUPPRESSED;
        return e;
    }
    estimate_set(e, value);
    e->n = floor(60 + 900 * made_random(m));
    e->effective_n = e->n / 1.3;
    if (half > 0)
        e->low = value - half, e->high = value + half;
    if (half > 0 && made_random(m) < 0.06)
        e->status = EST_CAUTION;
    return e;
}

static inline void made_answers(struct made *m, const char *item, uint16_t region, struct period q)
{
    static const char *const codes[] = {"1", "2", "3", "4", "5"};
    double w[5], sum = 0;
    for (int i = 0; i < 5; i++) {
        w[i] = (0.1 + made_random(m)) * (i + 1);
        sum += w[i];
    }
    for (int i = 0; i < 5; i++)
        made_put(m, "survey.share", item, region, q, "answer", codes[i], 100 * w[i] / sum, 2);
    made_put(m, "survey.share_all", item, region, q, "answer", "dont_know", 12 * made_random(m), 1);
    made_put(m, "cmt.top2", item, region, q, "", "", 100 * (w[3] + w[4]) / sum, 4);
}

static inline void made_survey(struct made *m, uint16_t region, struct period q)
{
    bool now = period_same(q, m->period);
    int step = q.year * 4 + q.quarter - 2002 * 4;
    for (size_t i = 0; i < MADE_ITEMS; i++) {
        const char *id = m->items[i].id;
        double value = 62 + 0.8 * step + 18 * made_random(m);
        made_put(m, "cmt.index", id, region, q, "", "", value, 1.5 + 4 * made_random(m));
        if (!now)
            continue;
        char *name = arena_print(&m->results.arena, "%s.importance", id);
        made_answers(m, id, region, q);

        made_put(m, "survey.mean", id, region, q, "", "", 1 + value / 25, 0.1);
        made_put(m, "survey.mean", name, region, q, "", "", 4.4 + 0.4 * made_random(m), 0.1);
        made_put(m, "cmt.index", name, region, q, "", "", 70 + 25 * made_random(m), 2.5);
        made_put(m, "cmt.gap", id, region, q, "", "", 0.9 * made_random(m) - 0.2, 0.12);
    }
    static const char *const levels[] = {"startup", "existing", "other"};
    static const char *const offices[] = {"o1", "o2", "o3", "o4", "o5", "o6", "o7", "o8"};
    for (size_t i = 0; now && i < 3; i++)
        made_put(m, "cmt.index", "overall", region, q, "segment", levels[i],
                 65 + 15 * made_random(m), 3);
    for (size_t i = 0; now && i < 8; i++) {
        double value = 50 + 40 * made_random(m);
        made_put(m, "cmt.index", "overall", region, q, "office", offices[i], value, 4);
        made_put(m, "cmt.top2", "overall", region, q, "office", offices[i], value, 4);
    }
}

static inline void made_standards(struct made *m, uint16_t region, struct period q)
{
    static const char *const ids[] = {"phone-2min", "letter-10days", "counter-15min",
                                      "email-2days"};
    for (size_t i = 0; i < 4; i++) {
        double value = 60 + 45 * made_random(m), target = 80;
        made_put(m, "standards.performance", ids[i], region, q, "", "", value, 0);
        made_put(m, "standards.gap", ids[i], region, q, "", "", value - target, 0);
        made_put(m, "standards.met", ids[i], region, q, "", "", value >= target ? 100 : 0, 0);
    }
    struct estimate *e = made_put(m, "standards.met", "", region, q, "", "", 75, 0);
    if (isfinite(e->value))
        e->numerator = 3, e->denominator = 4;
}

static inline void made_activity(struct made *m, uint16_t region, struct period q)
{
    static const char *const ids[] = {"phone", "in_person", "web", "email"};
    double w[4], sum = 0;
    for (int i = 0; i < 4; i++)
        sum += w[i] = 0.2 + made_random(m);
    for (int i = 0; i < 4; i++)
        made_put(m, "activity.share", "", region, q, "channel", ids[i], 100 * w[i] / sum, 0);
    made_put(m, "activity.contacts", "", region, q, "", "", floor(2000 + 9000 * made_random(m)), 0);
    made_put(m, "activity.service_level", "", region, q, "", "", 70 + 15 * made_random(m), 0);
    for (int i = -1; i < 4; i++) {
        double median = 40 + 200 * made_random(m);
        const char *by = i < 0 ? "" : "channel", *level = i < 0 ? "" : ids[i];
        made_put(m, "activity.wait_median", "", region, q, by, level, median, 8);
        made_put(m, "activity.wait_p90", "", region, q, by, level, 2.4 * median, 30);
    }
}

static inline void made_egov(struct made *m, uint16_t region, struct period q)
{
    static const char *const sectors[] = {"registration", "information", "financing"};
    made_put(m, "egov.overall", "", region, q, "", "", 20 + 50 * made_random(m), 0);
    made_put(m, "egov.service_maturity", "", region, q, "", "", 20 + 60 * made_random(m), 0);
    for (size_t i = 0; i < 3; i++)
        made_put(m, "egov.service_maturity", "", region, q, "sector", sectors[i],
                 20 + 60 * made_random(m), 0);
    made_put(m, "cmt.target", "cmt.index/overall", region, q, "", "", 80, 0);
    made_put(m, "cmt.progress", "cmt.index/overall", region, q, "", "", 130 * made_random(m), 0);
}

static inline void made_change(struct made *m, const char *item, uint16_t region)
{
    struct period before = period_year_ago(m->period);
    if (made_hidden(m, region, m->period))
        return;
    char a[PERIOD_TEXT], b[PERIOD_TEXT];
    struct comparison c = {.indicator = made_indicator("cmt.index"),
                           .item = item,
                           .region = region,
                           .period = m->period,
                           .by = "",
                           .level = "",
                           .kind = "year_ago",
                           .a = arena_text(&m->results.arena, period_text(m->period, a)),
                           .b = arena_text(&m->results.arena, period_text(before, b)),
                           .difference = 3,
                           .p_adjusted = made_random(m),
                           .adjust = "holm",
                           .method = "t",
                           .effect_kind = "",
                           .reported = true,
                           .unit = "points"};
    c.significant = c.p_adjusted < 0.4;
    vec_push(&m->results.comparisons, c);
}

static inline double made_value(const struct made *m, const char *item, uint16_t region)
{
    for (size_t i = 0; i < m->results.estimates.len; i++) {
        const struct estimate *e = &m->results.estimates.at[i];
        if (e->region == region && period_same(e->period, m->period) && !*e->by &&
            strcmp(e->item, item) == 0 && strcmp(e->indicator->label.id, "cmt.index") == 0)
            return e->value;
    }
    return NAN;
}

static inline void made_drivers(struct made *m, uint16_t region)
{
    for (size_t i = 1; i < MADE_ITEMS; i++) {
        const char *id = m->items[i].id;
        struct driver d = {.survey = "clients",
                           .region = region,
                           .period = m->period,
                           .item = "overall",
                           .driver = id,
                           .n = 400,
                           .r = 0.2 + 0.5 * made_random(m),
                           .rank = (double)i,
                           .reported = true,
                           .withheld = made_hidden(m, region, m->period)};
        d.performance = made_value(m, id, region);
        d.stated_importance =
            made_value(m, arena_print(&m->results.arena, "%s.importance", id), region);
        bool high = d.stated_importance >= 82, good = d.performance >= 80;
        d.quadrant = high ? good ? "maintain" : "primary" : good ? "low_priority" : "secondary";
        d.unsettled = i % 4 == 0;
        if (d.withheld)
            d.r = NAN, d.quadrant = "";
        vec_push(&m->results.drivers, d);
    }
}

static inline void made_control(struct made *m, uint16_t region, struct period q)
{
    static const char *const names[] = {"control_centre", "control_low", "control_high",
                                        "control_signal"};
    double values[] = {77, 68, 86, q.quarter == 4 && q.year == 2002 ? 1 : 0};
    for (size_t i = 0; i < 4; i++) {
        struct test t = {.test = names[i],
                         .item = "activity.service_level",
                         .region = region,
                         .period = q,
                         .by = "period",
                         .statistic = values[i],
                         .method = "p_prime",
                         .reported = true};
        vec_push(&m->results.tests, t);
    }
}

static inline void made_region(struct made *m, uint16_t region)
{
    struct period q = {PERIOD_QUARTER, true, 2002, 1};
    for (int i = 0; i < MADE_QUARTERS; i++, q = period_next(q)) {
        made_survey(m, region, q);
        made_activity(m, region, q);
        made_egov(m, region, q);
        made_control(m, region, q);
        if (period_same(q, m->period))
            made_standards(m, region, q);
    }
    made_drivers(m, region);
    for (size_t i = 0; i < MADE_ITEMS; i++)
        made_change(m, m->items[i].id, region);
}

static inline void made_study(struct made *m, size_t regions)
{
    struct study *s = &m->study;
    size_t names = sizeof made_names / sizeof *made_names;
    for (size_t i = 0; i < regions; i++) {
        char *id = arena_print(&s->arena, "r%zu", i);
        bool more = i >= names;
        const char *english = more ? arena_print(&s->arena, "Region %zu", i) : made_names[i][0];
        const char *french = more ? arena_print(&s->arena, "Région %zu", i) : made_names[i][1];
        m->regions[i] = (struct region){.id = id, .name = {{english, french}}};
    }
    for (size_t i = 0; i < MADE_ITEMS; i++)
        m->items[i] = (struct item){.id = made_items[i][0],
                                    .column = "",
                                    .label = {{made_items[i][1], made_items[i][2]}},
                                    .scale = SCALE_SATISFACTION,
                                    .low = 1,
                                    .high = 5,
                                    .driver = i ? made_items[i][0] : "",
                                    .importance = i ? "q" : "",
                                    .role = i ? ROLE_NONE : ROLE_OVERALL};
    m->survey =
        (struct survey){.items = m->items, .item_count = MADE_ITEMS, .matrix_threshold = "mean"};
    m->survey.in.id = "clients";
    m->wait =
        (struct wait_standard){.id = "phone", .channel = "phone", .within = 120, .target = 80};
    m->activity = (struct activity){.standards = &m->wait, .standard_count = 1};
    m->trend_break =
        (struct trend_break){.indicator = "cmt.*",
                             .region = "",
                             .from = {PERIOD_QUARTER, true, 2002, 3},
                             .reason = TEXT("new questionnaire", "nouveau questionnaire")};
    s->id = "made";
    s->title = (struct text)TEXT("Made", "Inventé");
    s->fiscal = true;
    s->total = (struct region){.id = "ALL", .name = TEXT("Western Canada", "Ouest canadien")};
    s->surveys = &m->survey, s->survey_count = 1;
    s->activities = &m->activity, s->activity_count = 1;
    s->breaks = &m->trend_break, s->break_count = 1;
    s->confidence = 0.95;
    s->synthetic = true;
}

static inline void made_start(struct made *m, size_t regions, enum withheld withheld)
{
    memset(m, 0, sizeof *m);
    m->seed = 20031001;
    m->withheld = withheld;
    m->period = (struct period){PERIOD_QUARTER, true, 2003, 4};
    made_study(m, regions);
    m->places.study = &m->study;
    m->places.regions = m->regions;
    m->places.region_count = regions;
    m->results.study = &m->study;
    m->results.places = &m->places;
    for (size_t i = 0; i < regions; i++)
        made_region(m, (uint16_t)i);
    made_region(m, REGION_TOTAL);
    results_index(&m->results);
}

static inline void made_end(struct made *m)
{
    results_free(&m->results);
    arena_free(&m->study.arena);
}

// Gives every region and item the longest name a chart shows: 60 characters, with blanks in
// English, in one piece in French.
static inline void made_long_names(struct made *m)
{
    static const char *const wide = "Œuvre-des-MWWWMWWWMWWWMWWWMWWWMWWWMWWWMWWWMWWWMWWWMWWWMWWWMW";
    static const char *const words = "Wholesale and manufacturing web services of many communities";
    for (size_t i = 0; i < m->places.region_count; i++)
        m->regions[i].name = (struct text){{words, wide}};
    for (size_t i = 0; i < MADE_ITEMS; i++)
        m->items[i].label = (struct text){{words, wide}};
    m->study.total.name = (struct text){{words, wide}};
}
