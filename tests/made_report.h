// SPDX-License-Identifier: GPL-3.0-or-later
// A small study with results made by hand, for the tests of writers and tables. Three regions, two
// quarters, three items; the cells of AB are withheld and still hold SENTINEL, so that a writer
// that looks at them is caught.
#pragma once
#include "engine/report/document.h"
#include "metrics/tables.h"

#include <math.h>

#define SENTINEL 98765.4321
#define SENTINEL_DIGITS "98765"
#define SENTINEL_GROUPED "98,765"

enum { MADE_MB, MADE_SK, MADE_AB, MADE_REGIONS };

struct made {
    struct study study;
    struct places places;
    struct ledger ledger;
    struct results results;
    struct period now, before;
};

static const struct indicator made_index = {.label = LABEL("cmt.index", "CMT index", "Indice OMC"),
                                            .unit = UNIT_INDEX,
                                            .direction = 1,
                                            .decimals = -1,
                                            .interval = INTERVAL_DESIGN};
static const struct indicator made_top2 = {
    .label = LABEL("cmt.top2", "Satisfied or agree (4 or 5)", "Satisfaits ou d'accord (4 ou 5)"),
    .unit = UNIT_PERCENT,
    .direction = 1,
    .decimals = -1,
    .interval = INTERVAL_DESIGN};
static const struct indicator made_share = {
    .label = LABEL("survey.share", "Share of answers", "Part des réponses"),
    .unit = UNIT_PERCENT,
    .decimals = -1,
    .interval = INTERVAL_DESIGN};
static const struct indicator made_fees = {.label =
                                               LABEL("activity.fees", "Fees", "Frais de service"),
                                           .unit = UNIT_DOLLARS,
                                           .direction = 1,
                                           .decimals = -1,
                                           .interval = INTERVAL_PROCESS};
static const struct indicator made_met = {
    .label = LABEL("standards.met", "Target met", "Cible atteinte"),
    .unit = UNIT_PERCENT,
    .direction = 1,
    .decimals = 2};

static struct item made_items[] = {
    {.id = "overall",
     .label = TEXT("Overall <quality>", "Qualité <globale>"),
     .scale = SCALE_SATISFACTION,
     .low = 1,
     .high = 5,
     .role = ROLE_OVERALL,
     .column = "q1",
     .driver = "",
     .importance = ""},
    {.id = "speed",
     .label = TEXT("Speed", "Rapidité"),
     .scale = SCALE_SATISFACTION,
     .low = 1,
     .high = 5,
     .column = "q7",
     .driver = "timeliness",
     .importance = "q8"},
};
static struct region made_regions[MADE_REGIONS] = {
    {.id = "MB", .name = TEXT("Manitoba", "Manitoba")},
    {.id = "SK", .name = TEXT("Saskatchewan", "Saskatchewan")},
    {.id = "AB", .name = TEXT("Alberta | \"A\"", "Alberta | « A »")},
};
static struct survey made_survey = {.in = {.kind = INPUT_SURVEY, .id = "clients"},
                                    .mode = "telephone",
                                    .items = made_items,
                                    .item_count = 2};

static struct estimate *made_add(struct made *m, const struct indicator *self, const char *item,
                                 uint16_t region, struct period period, double value)
{
    struct cell cell = {.out = &m->results,
                        .item = item,
                        .region = region,
                        .period = period,
                        .by = "",
                        .level = "",
                        .reported = period_same(period, m->now)};
    struct estimate *e = cell_add(&cell, self);
    bool hidden = region == MADE_AB;
    estimate_set(e, hidden ? SENTINEL : value);
    e->low = hidden ? SENTINEL : value - 2.5;
    e->high = hidden ? SENTINEL : value + 2.5;
    e->se = hidden ? SENTINEL : 1.25;
    e->n = hidden ? SENTINEL : 120;
    if (hidden)
        e->status = EST_SUPPRESSED;
    return e;
}

static void made_compare(struct made *m, const char *kind, uint16_t region, const char *a,
                         const char *b, double difference, bool significant)
{
    struct comparison c = {.indicator = &made_index,
                           .item = "overall",
                           .region = region,
                           .period = m->now,
                           .by = "",
                           .level = "",
                           .kind = kind,
                           .a = a,
                           .b = b,
                           .difference = difference,
                           .se = 1.5,
                           .low = difference - 3,
                           .high = difference + 3,
                           .statistic = NAN,
                           .df = NAN,
                           .p = 0.012,
                           .p_adjusted = significant ? 0.024 : 0.4,
                           .adjust = "holm",
                           .method = "t",
                           .effect = NAN,
                           .effect_kind = "",
                           .significant = significant,
                           .reported = true,
                           .decimals = 1,
                           .unit = "points"};
    vec_push(&m->results.comparisons, c);
}

static void made_driver(struct made *m, uint16_t region, bool withheld)
{
    struct driver d = {.survey = "clients",
                       .region = region,
                       .period = m->now,
                       .item = "overall",
                       .driver = "speed",
                       .n = withheld ? SENTINEL : 110,
                       .r = withheld ? SENTINEL : 0.625,
                       .performance = withheld ? SENTINEL : 61.5,
                       .stated_importance = withheld ? SENTINEL : 82.25,
                       .rank = 1,
                       .lmg = NAN,
                       .quadrant = "primary",
                       .reported = true,
                       .withheld = withheld};
    vec_push(&m->results.drivers, d);
}

static void made_ledger(struct made *m)
{
    struct ledger *l = &m->ledger;
    struct file_count file = {.input = &made_survey.in,
                              .path = "/tmp/x/survey.csv",
                              .name = "survey.csv",
                              .bytes = 12345,
                              .sha256 = "0123456789abcdef",
                              .read = 1250,
                              .used = 1247,
                              .rejected = 3,
                              .encoding = "utf-8",
                              .delimiter = ",",
                              .quote = "\""};
    file.by_reason[REJECT_REGION] = 3;
    vec_push(&l->files, file);
    struct column_count column = {.file = 0, .column = "q,1", .role = "overall"};
    column.by[VALID] = 1240, column.by[MISSING_DONT_KNOW] = 7;
    vec_push(&l->columns, column);
    struct reject reject = {.file = 0,
                            .line = 17,
                            .column = 2,
                            .reason = REJECT_REGION,
                            .text = "=cmd|' /C calc'!A0\x01",
                            .note = "did you mean Manitoba"};
    vec_push(&l->rejects, reject);
}

static void made_estimates(struct made *m)
{
    static const uint16_t regions[] = {MADE_MB, MADE_SK, MADE_AB, REGION_TOTAL};
    static const double index[] = {74.26, 68.125, 0, 71.5};
    for (size_t i = 0; i < 4; i++) {
        made_add(m, &made_index, "overall", regions[i], m->now, index[i]);
        made_add(m, &made_index, "speed", regions[i], m->now, index[i] - 10);
        made_add(m, &made_index, "overall", regions[i], m->before, index[i] - 1);
        made_add(m, &made_top2, "overall", regions[i], m->now, index[i] + 5);
        made_add(m, &made_fees, "", regions[i], m->now, 12345.5 + index[i]);
        struct estimate *share = made_add(m, &made_share, "overall", regions[i], m->now, 41.25);
        share->by = "answer", share->level = "5";
    }
    struct estimate *met = made_add(m, &made_met, "", REGION_TOTAL, m->now, 80);
    met->numerator = 4, met->denominator = 5, met->low = met->high = NAN;
    m->results.estimates.at[1].status = EST_CAUTION;
}

static void made_open(struct made *m)
{
    *m = (struct made){.now = {PERIOD_QUARTER, true, 2003, 3},
                       .before = {PERIOD_QUARTER, true, 2003, 2}};
    m->study.id = "made";
    m->study.path = "/tmp/x/study.yaml";
    m->study.title = (struct text)TEXT("Made <up> & \"quoted\"", "Inventée <&> l'étude");
    m->study.date = "2004-05-01";
    m->study.synthetic = true;
    m->study.has_regions = true;
    m->study.regions = made_regions;
    m->study.region_count = MADE_REGIONS;
    m->study.total = (struct region){.id = "ALL", .name = TEXT("The West", "L'Ouest")};
    m->study.surveys = &made_survey;
    m->study.survey_count = 1;
    m->study.confidence = 0.95;
    m->study.min_n = 10;
    m->study.contact = (struct text)TEXT("", "");
    strcpy(m->study.sha256, "feedface");
    m->places.study = &m->study;
    m->places.regions = made_regions;
    m->places.region_count = MADE_REGIONS;
    made_ledger(m);
    m->results.study = &m->study;
    m->results.places = &m->places;
    m->results.ledger = &m->ledger;
    made_estimates(m);
    made_compare(m, "region", REGION_EMPTY, "MB", "SK", 6.135, true);
    made_compare(m, "rest", REGION_EMPTY, "MB", "rest", 4.5, true);
    made_compare(m, "previous", REGION_TOTAL, "2003-04 Q3", "2003-04 Q2", 1, false);
    made_compare(m, "previous", MADE_MB, "2003-04 Q3", "2003-04 Q2", 1, true);
    made_compare(m, "previous", MADE_AB, "2003-04 Q3", "2003-04 Q2", SENTINEL, true);
    m->results.comparisons.at[4].withheld = true;
    made_driver(m, REGION_TOTAL, false);
    made_driver(m, MADE_AB, true);
    results_index(&m->results);
}

static void made_close(struct made *m)
{
    results_free(&m->results);
    ledger_free(&m->ledger);
    arena_free(&m->places.arena);
    arena_free(&m->study.arena);
}
