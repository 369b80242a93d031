// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/file.h"
#include "engine/study/study.h"
#include "engine/study/words.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

struct loaded {
    struct study s;
    struct diags d;
    enum status status;
    char path[64];
};

static void load(struct loaded *l, const char *yaml)
{
    *l = (struct loaded){.path = "/tmp/etalon-study-XXXXXX"};
    int fd = mkstemp(l->path);
    assert_true(fd >= 0);
    assert_int_equal(file_write_all(fd, yaml, strlen(yaml)), 0);
    close(fd);
    l->status = study_load(&l->s, l->path, &l->d);
}

static void drop(struct loaded *l)
{
    unlink(l->path);
    study_free(&l->s);
    diags_free(&l->d);
}

// ---- every key is known and lands where it belongs

static void full_load(struct loaded *l)
{
    *l = (struct loaded){0};
    l->status = study_load(&l->s, "tests/study/full.yaml", &l->d);
    for (size_t i = 0; i < l->d.list.len; i++)
        if (l->d.list.at[i].code != E0151)
            fail_msg("line %ld: %s", l->d.list.at[i].where.line, l->d.list.at[i].text);
    assert_int_equal(l->status, OK);
}

static void assert_period(struct period p, const char *text)
{
    char out[PERIOD_TEXT];
    assert_string_equal(period_text(p, out), text);
}

static void full_study(void **state)
{
    (void)state;
    struct loaded l;
    full_load(&l);
    const struct study *s = &l.s;
    assert_string_equal(s->id, "west");
    assert_string_equal(s->title.in[LANG_FR], "Centres de services aux entreprises de l'Ouest");
    assert_string_equal(s->contact.in[LANG_EN], "Evaluation unit");
    assert_string_equal(s->date, "2004-02-05");
    assert_true(s->synthetic && s->fiscal && s->has_regions && s->has_plan && s->benchmark_any);
    assert_period(s->period, "2003-04 Q3");
    assert_period(s->baseline, "2002-03");
    assert_int_equal(s->region_count, 4);
    assert_string_equal(s->regions[0].aliases.at[2], "CSEC-M");
    assert_string_equal(s->total.name.in[LANG_FR], "Ouest canadien");
    assert_true(s->confidence == 0.9 && s->min_n == 5 && !s->complementary);
    assert_int_equal(s->interval, PROP_KORN_GRAUBARD);
    assert_int_equal(s->adjust, ADJUST_BH);
    assert_int_equal(s->rule, SUPPRESS_NCHS);
    assert_true(s->max_rejects == 2.5 && s->max_rejects_percent);
    assert_true(s->limits.field == 2 << 20 && s->limits.record == 1000 && s->limits.columns == 10);
    assert_true(s->limits.levels == 20 && s->limits.study == 1 << 20 && s->limits.expand == 50);
    assert_int_equal(s->limits.contacts, 1000000);
    assert_string_equal(s->breaks[0].region, "ALL");
    assert_period(s->breaks[0].from, "2003-04 Q4");
    assert_string_equal(s->breaks[0].reason.in[LANG_FR], "Site retiré");
    assert_string_equal(s->revisions[0].indicator, "activity.calls");
    assert_int_equal(s->preliminary_count, 2);
    assert_period(s->preliminary[1], "2003-04 Q2"); // July to September, written as 2003Q3
    assert_string_equal(s->rank.at[0], "cmt.index/overall");
    assert_int_equal(strlen(s->sha256), 64);
    drop(&l);
}

static void full_survey(void **state)
{
    (void)state;
    struct loaded l;
    full_load(&l);
    const struct survey *v = &l.s.surveys[0];
    assert_string_equal(v->in.dialect.delimiter, ";");
    assert_string_equal(v->in.dialect.quote, "");
    assert_string_equal(v->in.dialect.encoding, "windows-1252");
    assert_string_equal(v->in.dialect.group, "\u00a0");
    assert_true(v->in.dialect.decimal == ',' && v->in.dialect.date == DATE_DMY);
    assert_string_equal(v->mode, "telephone");
    assert_string_equal(v->instrument, "staff");
    assert_string_equal(input_column(&v->in, "period", 1).at[1], "date");
    assert_string_equal(input_column(&v->in, "cluster", 2).at[0], "person");
    assert_string_equal(input_column(&v->in, "fpc", 1).at[0], "n_offices");
    assert_int_equal(input_column(&v->in, "channel", 1).count, 0); // columns: names what is used
    assert_int_equal(v->in.missing.by[MISSING_BLANK].count, 2);
    assert_string_equal(v->in.missing.by[MISSING_NOT_ASKED].at[0], "6");
    assert_string_equal(v->in.filters[0].column, "status");
    assert_string_equal(v->in.filters[0].values.at[1], "partial");
    assert_string_equal(v->in.breakdowns.at[1], "channel");
    assert_int_equal(v->lonely, LONELY_AVERAGE);
    assert_int_equal(v->calibrate.method, CALIBRATE_RAKE);
    assert_string_equal(v->calibrate.margins.files.at[0], "margins.csv");
    assert_true(v->calibrate.low == 0.5 && v->calibrate.high == 2 && v->calibrate.trim == 5);
    assert_true(v->calibrate.tolerance == 1e-9 && v->calibrate.iterations == 50);
    assert_true(v->done_well == 70 && v->client_standard == 90 && v->eligible == 4000);
    assert_string_equal(v->standardise, "channel");
    assert_string_equal(v->matrix_threshold, "fixed");
    assert_true(v->matrix_derived && v->matrix_total);
    assert_true(v->matrix_importance == 60 && v->matrix_performance == 70);
    assert_string_equal(v->composites[0].items.at[1], "timeliness");
    assert_string_equal(v->ratios[0].numerator, "spend"); // no item: a column
    const struct replicates *r = &l.s.surveys[1].replicates;
    assert_int_equal(r->kind, REPLICATES_JACKKNIFE);
    assert_string_equal(r->columns, "rep_*");
    assert_true(r->scale == 0.98 && r->rscale_count == 2 && r->rscales[1] == 0.5);
    assert_true(r->df == 12 && r->center_mean && isnan(r->rho));
    assert_string_equal(l.s.surveys[1].in.files.at[0], "staff.csv");
    drop(&l);
}

static void full_items(void **state)
{
    (void)state;
    struct loaded l;
    full_load(&l);
    const struct survey *v = &l.s.surveys[0];
    const struct item *item = survey_item(v, "overall");
    assert_true(item->role == ROLE_OVERALL && item->low == 1 && item->high == 5);
    assert_true(item->mandatory && isnan(item->direct_cost));
    assert_period(item->since, "2002-03 Q1");
    assert_string_equal(item->label.in[LANG_FR], "overall");
    assert_true(survey_item(v, "best")->reverse);
    item = survey_item(v, "timeliness");
    assert_true(item->low == 1 && item->high == 7);
    assert_string_equal(item->column, "q7");
    assert_string_equal(item->names.at[1], "Q7");
    assert_string_equal(item->importance, "q8");
    item = survey_item(v, "got_needed");
    assert_string_equal(item->yes.at[1], "oui");
    assert_string_equal(item->no.at[0], "2");
    assert_int_equal(item->code_count, 0);
    item = survey_item(v, "other");
    assert_string_equal(item->yes.at[0], "x");
    assert_true(item->own_missing && item->missing.by[MISSING_REFUSED].count == 1);
    item = survey_item(v, "wait_min");
    assert_string_equal(item->asked_if, "got_needed");
    assert_string_equal(item->asked_if_codes.at[0], "yes");
    assert_string_equal(item->acceptable, "q15a");
    assert_string_equal(item->before, "q15b");
    assert_string_equal(item->unit, "min");
    assert_true(isnan(item->low) && isnan(item->high));
    item = survey_item(v, "heard");
    assert_int_equal(item->columns.count, 2);
    assert_string_equal(item->column, "");
    assert_string_equal(survey_item(v, "used")->column, "u_*");
    item = survey_item(v, "sector");
    assert_string_equal(item->codes[0].name, "goods");
    assert_string_equal(item->codes[0].codes.at[1], "2");
    assert_true(survey_item(v, "recommend")->high == 10);
    item = survey_item(v, "pay");
    assert_true(item->ladder_count == 2 && item->ladder[1].price == 10);
    assert_string_equal(item->ladder[1].column, "p10");
    assert_string_equal(item->service, "plans");
    item = survey_item(v, "most");
    assert_true(item->ladder_count == 3 && item->ladder[2].price == 20);
    assert_string_equal(item->ladder[2].column, "");
    assert_null(survey_item(v, "nobody"));
    drop(&l);
}

static void full_blocks(void **state)
{
    (void)state;
    struct loaded l;
    full_load(&l);
    const struct activity *a = &l.s.activities[0], *counts = &l.s.activities[1];
    assert_int_equal(a->in.kind, INPUT_EVENTS);
    assert_string_equal(input_column(&a->in, "time", 1).at[0], "occurred_at");
    assert_string_equal(a->missing_client.at[0], "anon");
    assert_string_equal(a->in.missing.by[MISSING_BLANK].at[0], ".");
    assert_true(a->standards[0].within == 120 && a->standards[0].target == 80);
    assert_string_equal(a->existing.at[1], "growing");
    assert_true(a->online_declared && a->online.count == 1 && a->episode_days == 30);
    assert_int_equal(a->profile.count, 2);
    assert_int_equal(a->control, CONTROL_WEEK);
    assert_true(counts->counts && counts->in.kind == INPUT_COUNTS && counts->within_handled);
    assert_string_equal(counts->in.region, "MB");
    assert_period(counts->in.period, "2003-04 Q3");
    assert_true(counts->in.dialect.month);
    assert_string_equal(counts->within_unit, "fraction");
    assert_string_equal(input_column(&counts->in, "handled", 1).at[0], "handled");
    const struct services *s = &l.s.services[0];
    assert_true(s->has_points && s->depth == DEPTH_STEPS && s->crm_max == 4);
    assert_string_equal(s->points[0], "r");
    assert_string_equal(s->points[1], "");
    assert_string_equal(s->points[5], "f");
    assert_string_equal(s->except.at[0], "SK");
    assert_string_equal(s->crm_columns.at[1], "c2");
    assert_string_equal(s->scores.files.at[0], "scores.csv");
    assert_true(s->scores.kind == INPUT_SCORES && s->high_volume == 1000);
    assert_string_equal(s->scope.at[0], "EXTERN");
    assert_true(l.s.standards[0].target_unit == TARGET_PERCENT && l.s.standards[0].decimals == 5);
    assert_string_equal(l.s.population_by, "segment");
    assert_string_equal(l.s.population_vintage, "2001");
    assert_string_equal(input_column(&l.s.population, "count", 1).at[0], "n");
    assert_int_equal(l.s.plan.as_of,
                     12453); // 2004-02-05: 34 years of 365 days, 8 leap days, 35 days
    assert_int_equal(l.s.plan.ledger.kind, INPUT_LEDGER);
    drop(&l);
}

static void collect(const struct input *in, void *names)
{
    buf_print(names, "%s ", in->files.at[0]);
}

static void inputs_are_listed(void **state)
{
    (void)state;
    struct loaded l;
    struct buf names = {0};
    full_load(&l);
    study_list_inputs(&l.s, collect, &names);
    assert_string_equal(names.ptr, "survey-*.csv margins.csv staff.csv contacts-*.csv.zst "
                                   "calls.csv services.csv scores.csv standards.csv population.csv "
                                   "targets.csv benchmarks.csv plan.csv ledger.csv ");
    buf_free(&names);
    drop(&l);
}

// ---- defaults of interface.md and indicators.md 1.7

static void defaults(void **state)
{
    (void)state;
    struct loaded l;
    load(&l, "etalon: 1\nid: x\n"
             "surveys:\n- {id: s, files: s.csv, items: [{id: a, column: b, scale: nps}]}\n"
             "activity:\n- {id: t, shape: events, files: t.csv}\n"
             "services:\n- {id: v, files: v.csv}\nstandards:\n- {id: w, files: w.csv}\n");
    assert_int_equal(l.status, OK);
    assert_int_equal(l.d.list.len, 0);
    const struct study *s = &l.s;
    assert_string_equal(s->title.in[LANG_FR], "x");
    assert_string_equal(s->total.id, "ALL");
    assert_true(!s->fiscal && !s->has_regions && !period_is(s->period) && !s->has_plan);
    assert_true(s->confidence == 0.95 && s->interval == PROP_LOGIT && s->adjust == ADJUST_HOLM);
    assert_true(s->min_n == 10 && s->rule == SUPPRESS_STATCAN && s->complementary);
    assert_true(s->max_rejects == 5 && s->max_rejects_percent && !s->benchmark_any);
    assert_true(s->limits.field == 1 << 20 && s->limits.record == 16 << 20);
    assert_true(s->limits.columns == 65536 && s->limits.levels == 1000000);
    assert_true(s->limits.study == 4 << 20 && s->limits.expand == 1000);
    assert_true(s->surveys[0].done_well == 75 && s->surveys[0].client_standard == 80);
    assert_true(isnan(s->surveys[0].eligible) && s->surveys[0].lonely == LONELY_ERROR);
    assert_string_equal(s->surveys[0].instrument, "client");
    assert_string_equal(s->surveys[0].matrix_threshold, "mean");
    assert_string_equal(s->surveys[0].replicates.columns, "");
    assert_true(isnan(s->surveys[0].calibrate.low) && isnan(s->surveys[0].calibrate.trim));
    assert_string_equal(s->surveys[0].items[0].asked_if, "");
    assert_true(s->activities[0].episode_days == 14 && !s->activities[0].online_declared);
    assert_string_equal(s->activities[0].within_unit, "auto");
    assert_true(s->services[0].high_volume == 45000 && s->services[0].depth == DEPTH_AUTO);
    assert_string_equal(s->services[0].model, "");
    assert_int_equal(s->standards[0].decimals, 4);
    assert_string_equal(s->population_by, "");
    assert_int_equal(s->plan.as_of, INT32_MIN);
    drop(&l);
}

static void canonical_columns(void **state)
{
    (void)state;
    struct input in = {.kind = INPUT_SURVEY};
    assert_string_equal(input_column(&in, "weight", 1).at[0], "weight");
    assert_int_equal(input_column(&in, "weight", 1).count, 1);
    assert_int_equal(input_column(&in, "cluster", 2).count, 0);
    assert_int_equal(input_column(&in, "wait", 1).count, 0);
    for (int kind = 0; kind < INPUT_KIND_COUNT; kind++)
        assert_non_null(input_roles((enum input_kind)kind)[0]);
}

// ---- what is wrong is said, with its place and what to do

// Every text follows "etalon: 1" and "id: x" on lines 1 and 2.
#define SURVEY "surveys:\n- id: s\n  files: s.csv\n"       // lines 3 to 5
#define ITEM "  items: [{id: a, column: b, scale: nps}]\n" // line 6
static const struct {
    const char *yaml;
    enum code code;
    long line, column;
    const char *text, *help;
} mistakes[] = {
    // keys
    {"perid: 2003\n", E0104, 3, 1, "'perid'", "`period`"},
    {"zzzzzzzz: 2003\n", E0104, 3, 1, "'zzzzzzzz'", "known here"},
    {SURVEY ITEM "  lonley: error\n", E0104, 7, 3, "survey", "`lonely`"},
    {SURVEY "  items: [{id: a, colum: b, scale: nps}]\n", E0104, 6, 19, "'colum'", "`column`"},
    {SURVEY ITEM "  columns: {wieght: w}\n", E0104, 7, 13, "'wieght'", "`weight`"},
    {SURVEY ITEM "  dialect: {delimeter: x}\n", E0104, 7, 13, "'delimeter'", "`delimiter`"},
    {SURVEY ITEM "  missing: {dontknow: 8}\n", E0104, 7, 13, "'dontknow'", "`dont_know`"},
    {"title: {en: A, fr: B, de: C}\n", E0104, 3, 23, "'de'", "en"},
    {"services: [{id: s, files: f, points: {issuence: x}}]\n", E0104, 3, 39, "'issuence'",
     "`issuance`"},
    {"id: y\n", E0102, 3, 1, "'id'", "keep one"},
    {SURVEY ITEM "  columns: {period: a, time: b}\n", E0102, 7, 24, "period", "keep one"},
    // missing ones
    {"surveys: [{id: s, files: f}]\n", E0106, 3, 11, "no `items`", "`items:`"},
    {"surveys: [{id: s, files: f, items: []}]\n", E0106, 3, 11, "no items", "add an item"},
    {"surveys: [{id: s, items: [{id: a, column: b, scale: nps}]}]\n", E0106, 3, 11, "`files`",
     "`files:"},
    {SURVEY "  items: [{column: b, scale: nps}]\n", E0106, 6, 11, "no `id`", "`id:`"},
    {SURVEY "  items: [{id: a, scale: nps}]\n", E0106, 6, 11, "no `column`", "`column: NAME`"},
    {SURVEY "  items: [{id: a, column: b}]\n", E0106, 6, 11, "no `scale`", "satisfaction"},
    {SURVEY "  items: [{id: a, column: b, scale: likert, low: 1}]\n", E0106, 6, 11, "`high`",
     "both ends"},
    {"activity: [{id: a, files: f}]\n", E0106, 3, 12, "`shape`", "`shape:`"},
    {"regions: []\n", E0106, 3, 10, "empty", "taken from the data"},
    {SURVEY ITEM "  calibrate: {method: logit, margins: m.csv}\n", E0106, 7, 14, "`bounds`",
     "bounds: ["},
    {SURVEY ITEM "  matrix: {threshold: fixed}\n", E0106, 7, 11, "fixed", "`importance:`"},
    // kinds
    {"confidence: high\n", E0105, 3, 13, "'high'", "0.95"},
    {"confidence:\n", E0105, 3, 12, "nothing", "remove the key"},
    {"surveys: {id: s}\n", E0105, 3, 10, "a list", "`- `"},
    {"surveys: [s]\n", E0105, 3, 11, "'s'", ""},
    {"synthetic: maybe\n", E0105, 3, 12, "'maybe'", ""},
    {"standards: [{id: s, files: f, decimals: 2.5}]\n", E0105, 3, 41, "whole", "without decimals"},
    {"id2: {\"a\": 1}\n", E0104, 3, 1, "'id2'", "`id`"},
    {"labels: [a]\n", E0105, 3, 9, "a list", ""},
    {SURVEY ITEM "  columns: {cluster: [a, b, c]}\n", E0105, 7, 22, "3 stages", "first"},
    // values
    {"year: fiskal\n", E0107, 3, 7, "'fiskal'", "`fiscal`"},
    {"adjust: bonferoni\n", E0107, 3, 9, "'bonferoni'", "`bonferroni`"},
    {"suppress: {rule: statscan}\n", E0107, 3, 18, "'statscan'", "`statcan`"},
    {SURVEY "  items: [{id: a, column: b, scale: satisfacton}]\n", E0107, 6, 37, "'satisfacton'",
     "`satisfaction`"},
    {SURVEY "  items: [{id: a, column: b, scale: nps, role: overal}]\n", E0107, 6, 48, "'overal'",
     "`overall`"},
    {SURVEY ITEM "  dialect: {encoding: utf8}\n", E0107, 7, 23, "'utf8'", "`utf-8`"},
    {SURVEY ITEM "  dialect: {delimiter: semicolons}\n", E0107, 7, 24, "'semicolons'",
     "`semicolon`"},
    {"confidence: 1\n", E0110, 3, 13, "'1'", "between 0 and 1"},
    {"confidence: 0\n", E0110, 3, 13, "'0'", "between 0 and 1"},
    {SURVEY ITEM "  done_well: 101\n", E0110, 7, 14, "'101'", "0 to 100"},
    {"limits: {field: 0}\n", E0110, 3, 17, "'0'", "from 1"},
    {"limits: {study: 5 MiB}\n", E0110, 3, 17, "5", ""},
    {"max_rejects: 101%\n", E0110, 3, 14, "101", "0 to 100"},
    {"period: 2003-05\n", E0111, 3, 9, "'2003-05'", "2003-04"},
    {"period: 2003Q5\n", E0111, 3, 9, "'2003Q5'", "2003Q4"},
    {"plan: {files: f, as_of: 2004-02-30}\n", E0111, 3, 25, "'2004-02-30'", "2003-12-31"},
    {"standards: [{id: s, files: f, period: all}]\n", E0111, 3, 39, "quarter or a year", ""},
    // ids and what they name
    {"surveys: [{id: s, files: f, items: [{id: a, column: b, scale: nps}]}]\n"
     "standards: [{id: s, files: f}]\n",
     E0108, 4, 13, "'s'", "another id"},
    {SURVEY "  items: [{id: a, column: b, scale: nps}, {id: a, column: c, scale: nps}]\n", E0108, 6,
     43, "'a'", "another id"},
    {SURVEY ITEM "  breakdowns: [seg, seg]\n", E0108, 4, 3, "'seg'", ""},
    {SURVEY ITEM "  composites: [{id: c, items: [a, aa]}]\n", E0109, 7, 16, "'aa'", "`a`"},
    {SURVEY "  items: [{id: a, column: b, scale: nps, asked_if: {item: zzzz, is: 1}}]\n", E0109, 6,
     11, "'zzzz'", "known here: a"},
    {"regions: [AA, BB]\nservices: [{id: s, files: f, except: [AC]}]\n", E0109, 4, 39, "'AC'",
     "`AA`"},
    {"regions: [AA, BB]\nstandards: [{id: s, files: f, region: BC}]\n", E0109, 4, 39, "'BC'",
     "`BB`"},
    {"regions: [a/b]\n", E0117, 3, 11, "'a/b'", "letters"},
    {"regions: [Rest]\n", E0117, 3, 11, "'Rest'", "something else"},
    // regions
    {"regions: [{id: ON, name: Ontario}, {id: QC, aliases: [ONTARIO]}]\n", E0113, 3, 36,
     "'ONTARIO'", "take it away"},
    {"regions: [{id: A, name: Québec}, {id: B, name: Quebec}]\n", E0113, 3, 34, "'Quebec'",
     "accents"},
    {"regions: [ALL]\n", E0117, 3, 11, "'ALL'", "something else"},
    {"total: ALL\nregions: [AA]\n", E0113, 0, 0, NULL, NULL}, // nothing wrong
    {"total: AA\nregions: [AA, BB]\n", E0108, 4, 11, "'AA'", "another id"},
    {"regions: [AA, AA]\n", E0108, 3, 15, "'AA'", ""},
    // design
    {SURVEY ITEM "  columns: {weight: w, stratum: s}\n"
                 "  replicates: {kind: brr, columns: r_*}\n",
     E0114, 8, 15, "`stratum`", "either"},
    {SURVEY ITEM "  columns: {fpc: f}\n  replicates: {kind: jk1, columns: r_*}\n", E0114, 8, 15,
     "`fpc`", "either"},
    {SURVEY ITEM "  replicates: {kind: jackknife, columns: r_*}\n", E0114, 7, 15, "`scale`", "jk1"},
    {SURVEY ITEM "  replicates: {kind: fay, columns: r_*}\n", E0114, 7, 15, "`rho`", "`rho:`"},
    {SURVEY ITEM "  replicates: {kind: other, columns: r_*}\n", E0114, 7, 15, "`scale`", "scale"},
    {SURVEY ITEM "  columns: {cluster: a, fpc: [b, c]}\n", E0114, 4, 3, "two stages", "cluster: ["},
    // keys that do not fit together
    {SURVEY "  items: [{id: a, column: b, scale: likert, low: 5, high: 1}]\n", E0115, 6, 50,
     "from 5 to 1", "reverse"},
    {SURVEY "  items: [{id: a, column: b, scale: nps, low: 1}]\n", E0115, 6, 47, "own ends",
     "likert"},
    {SURVEY "  items: [{id: a, column: b, scale: number, reverse: true}]\n", E0115, 6, 54,
     "cannot be reversed", "remove"},
    {SURVEY "  items: [{id: a, column: b, scale: category, role: overall}]\n", E0115, 6, 53,
     "`role`", "remove"},
    {SURVEY "  items: [{id: a, column: b, scale: nps, role: overall},\n"
            "          {id: c, column: d, scale: nps, role: overall}]\n",
     E0115, 7, 11, "both have the role", "one of them"},
    {SURVEY ITEM "  columns: {region: r}\n  region: MB\n", E0115, 8, 3, "`region`",
     "one of the two"},
    {SURVEY ITEM "  missing: {dont_know: [8], refused: [8]}\n", E0115, 7, 12, "'8'", ""},
    {"year: fiscal\nperiod: 2003\n", E0115, 4, 9, "calendar year", "2003-04"},
    {"period: 2003-04\n", E0115, 3, 9, "fiscal year", "`year: fiscal`"},
    {"activity: [{id: a, shape: counts, files: f, episode_days: 3}]\n", E0115, 3, 45,
     "`episode_days`", ""},
    {"activity: [{id: a, shape: counts, files: f, control: weak}]\n", E0107, 3, 54, "weak", ""},
    // warnings and notes
    {"title: {en: Only}\n", E0150, 3, 8, "en only", "both"},
    {"year: fiscal\nperiod: 2003Q4\n", E0151, 4, 9, "2003-04 Q3", ""},
};

static bool as_expected(size_t i, const struct loaded *l)
{
    if (!mistakes[i].text || l->d.list.len != 1)
        return !mistakes[i].text && !l->d.list.len;
    const struct diag *d = &l->d.list.at[0];
    bool error = code_table[d->code].severity == SEVERITY_ERROR;
    return d->code == mistakes[i].code && d->where.line == mistakes[i].line &&
           d->where.column == mistakes[i].column && strstr(d->text, mistakes[i].text) &&
           strstr(d->help, mistakes[i].help) && strcmp(d->where.file, l->path) == 0 &&
           l->status == (error ? FAIL_DATA : OK);
}

static void mistakes_are_named(void **state)
{
    (void)state;
    size_t failed = 0;
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        char yaml[1000];
        snprintf(yaml, sizeof yaml, "etalon: 1\nid: x\n%s", mistakes[i].yaml);
        struct loaded l;
        load(&l, yaml);
        if (!as_expected(i, &l)) {
            failed++;
            print_error("of\n%swas said:\n", mistakes[i].yaml);
            for (size_t k = 0; k < l.d.list.len; k++)
                print_error("  %ld:%ld: %s [%s]\n    %s\n", l.d.list.at[k].where.line,
                            l.d.list.at[k].where.column, l.d.list.at[k].text,
                            code_table[l.d.list.at[k].code].id, l.d.list.at[k].help);
        }
        drop(&l);
    }
    assert_int_equal(failed, 0);
}

static void every_problem_is_said(void **state)
{
    (void)state;
    struct loaded l;
    load(&l, "etalon: 2\ntitel: A\nyear: x\nconfidence: 7\nsurveys: [{files: f}]\n");
    static const struct {
        enum code code;
        long line, column;
    } expected[] = {
        {E0106, 1, 1},                  // no id
        {E0112, 1, 9},                  // version
        {E0104, 2, 1},                  // titel
        {E0107, 3, 7},                  // year
        {E0110, 4, 13},                 // confidence
        {E0106, 5, 11}, {E0106, 5, 11}, // the survey has no id and no items
    };
    assert_int_equal(l.d.list.len, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < l.d.list.len; i++) {
        assert_int_equal(l.d.list.at[i].code, expected[i].code);
        assert_int_equal(l.d.list.at[i].where.line, expected[i].line);
        assert_int_equal(l.d.list.at[i].where.column, expected[i].column);
    }
    assert_int_equal(l.status, FAIL_DATA);
    drop(&l);
}

static void not_a_study(void **state)
{
    (void)state;
    static const struct {
        const char *yaml;
        enum code code;
    } cases[] = {{"", E0116},        {"# nothing\n", E0116}, {"~\n", E0116},
                 {"text\n", E0105},  {"- a\n", E0105},       {"id: [\n", E0101},
                 {"id: x\n", E0106}, {"etalon: 1\n", E0106}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct loaded l;
        load(&l, cases[i].yaml);
        assert_int_equal(l.status, FAIL_DATA);
        assert_int_equal(l.d.list.len, 1);
        assert_int_equal(l.d.list.at[0].code, cases[i].code);
        assert_true(l.d.list.at[0].where.line > 0);
        drop(&l);
    }
}

static void absent_files(void **state)
{
    (void)state;
    struct loaded l = {0};
    l.status = study_load(&l.s, "tests/study/absent.yaml", &l.d);
    assert_int_equal(l.status, FAIL_INPUT);
    study_free(&l.s);
    l.status = study_load(&l.s, "tests/study/", &l.d); // holds no study.yaml
    assert_int_equal(l.status, FAIL_INPUT);
    assert_string_equal(l.d.list.at[1].where.file, "tests/study/study.yaml");
    study_free(&l.s);
    diags_free(&l.d);
}

static void words_stay_text(void **state)
{
    (void)state;
    struct loaded l;
    load(&l, "etalon: 1\nid: no\ntitle: 1.0\nregions: [on, NO, 010]\n");
    assert_int_equal(l.status, OK);
    assert_string_equal(l.s.id, "no");
    assert_string_equal(l.s.title.in[LANG_EN], "1.0");
    assert_string_equal(l.s.regions[0].id, "on");
    assert_string_equal(l.s.regions[2].id, "010");
    drop(&l);
}

static void the_larger_study_is_refused(void **state)
{
    (void)state;
    struct loaded l;
    load(&l, "etalon: 1\nid: x\nlimits: {study: 20}\n");
    assert_int_equal(l.status, FAIL_DATA);
    assert_int_equal(l.d.list.at[0].code, E0215);
    drop(&l);
}

// ---- labels

static void labels_are_found(void **state)
{
    (void)state;
    struct loaded l;
    full_load(&l);
    const struct study *s = &l.s;
    assert_string_equal(study_level(s, "segment", "startup", LANG_FR), "Démarrage");
    assert_string_equal(study_level(s, "segment", "existing", LANG_FR), "existing");
    assert_string_equal(study_level(s, "s", "goods", LANG_FR), "Biens"); // answers of an item
    assert_string_equal(study_level(s, "q17", "5", LANG_EN), "very satisfied");
    assert_string_equal(study_breakdown(s, "segment", LANG_EN), "Segment");
    assert_string_equal(study_breakdown(s, "channel", LANG_EN), "channel");
    const struct survey *v = &s->surveys[0];
    assert_string_equal(item_answer(survey_item(v, "overall"), "1", LANG_FR), "très insatisfait");
    assert_string_equal(item_answer(survey_item(v, "best"), "4", LANG_FR), "d'accord");
    assert_string_equal(item_answer(survey_item(v, "sector"), "services", LANG_FR), "services");
    assert_string_equal(item_answer(survey_item(v, "timeliness"), "5", LANG_EN), "5");
    drop(&l);
}

static void label_complete(const struct label *label)
{
    assert_true(label->id && label->id[0]);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        assert_true(label->text.in[lang] && label->text.in[lang][0]);
}

static void every_label_is_complete(void **state)
{
    (void)state;
    for (int i = 0; i < MISSING_COUNT; i++)
        label_complete(&missing_labels[i]);
    for (int i = 0; i < SCALE_COUNT; i++) {
        label_complete(&scale_labels[i]);
        for (size_t j = 0; j < scale_words[i].count; j++)
            label_complete(&scale_words[i].answers[j]);
    }
    for (int i = 0; i < ROLE_COUNT; i++)
        assert_non_null(role_ids[i]);
    for (int i = 0; i < POINT_COUNT; i++)
        assert_non_null(point_ids[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(full_study),
        cmocka_unit_test(full_survey),
        cmocka_unit_test(full_items),
        cmocka_unit_test(full_blocks),
        cmocka_unit_test(inputs_are_listed),
        cmocka_unit_test(defaults),
        cmocka_unit_test(canonical_columns),
        cmocka_unit_test(mistakes_are_named),
        cmocka_unit_test(every_problem_is_said),
        cmocka_unit_test(not_a_study),
        cmocka_unit_test(absent_files),
        cmocka_unit_test(words_stay_text),
        cmocka_unit_test(the_larger_study_is_refused),
        cmocka_unit_test(labels_are_found),
        cmocka_unit_test(every_label_is_complete),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
