// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the survey families on a small study inside a test, without guard and outputs. Included
// after cmocka.
#pragma once
#include "engine/stats/dist.h"
#include "metrics/family.h"
#include "tests/temp_file.h"

#include <math.h>

struct small_run {
    struct study study;
    struct places places;
    struct ledger ledger;
    struct results results;
    struct diags diags;
    struct run run;
    enum status status;
};

static inline enum status small_read(struct small_run *r, void **survey, void **cmt)
{
    enum status status = survey_family.read(&r->run, survey);
    if (!status)
        status = cmt_family.read(&r->run, cmt);
    return status ? status : places_finish(&r->places, &r->diags);
}

// Everything up to the results, which are indexed. What failed stands in r->status.
static inline void small_start(struct small_run *r, const char *path)
{
    void *survey = NULL, *cmt = NULL;
    memset(r, 0, sizeof *r);
    dist_start();
    r->status = study_load(&r->study, path, &r->diags);
    if (r->status)
        return;
    places_start(&r->places, &r->study);
    r->results.study = &r->study;
    r->results.places = &r->places;
    r->results.ledger = &r->ledger;
    r->run = (struct run){.study = &r->study,
                          .places = &r->places,
                          .ledger = &r->ledger,
                          .results = &r->results,
                          .diags = &r->diags,
                          .threads = 1};
    r->status = small_read(r, &survey, &cmt);
    if (r->status) {
        survey_family.drop(survey);
        cmt_family.drop(cmt);
        return;
    }
    r->run.span_count = run_spans(&r->places, (struct period){0}, &r->run.spans);
    survey_family.compute(&r->run, survey);
    cmt_family.compute(&r->run, cmt);
    results_index(&r->results);
}

static inline void small_end(struct small_run *r)
{
    mem_free(r->run.spans);
    results_free(&r->results);
    ledger_free(&r->ledger);
    places_free(&r->places);
    study_free(&r->study);
    diags_free(&r->diags);
}

// A study with its data in a new folder. `head` ends where the surveys' `items:` begin.
static inline void small_case(struct small_run *r, const char *study, const char *data)
{
    const char *folder = temp_folder();
    char path[128];
    snprintf(path, sizeof path, "%s/data.csv", folder);
    temp_write(path, data, strlen(data));
    snprintf(path, sizeof path, "%s/study.yaml", folder);
    temp_write(path, study, strlen(study));
    small_start(r, path);
    snprintf(path, sizeof path, "%s/data.csv", folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/study.yaml", folder);
    unlink(path);
    rmdir(folder);
}

// The estimate of a region ("" = the total) in the study's period.
static inline const struct estimate *small_find(const struct small_run *r, const char *indicator,
                                                const char *item, const char *region,
                                                const char *by, const char *level)
{
    uint16_t at = REGION_TOTAL;
    for (uint16_t k = 0; k < r->places.region_count; k++)
        if (strcmp(r->places.regions[k].id, region) == 0)
            at = k;
    return results_find(&r->results, indicator, item, at, r->study.period, by, level);
}

static inline double small_value(const struct small_run *r, const char *indicator, const char *item,
                                 const char *region, const char *by, const char *level)
{
    const struct estimate *e = small_find(r, indicator, item, region, by, level);
    return e ? e->value : NAN;
}

static inline const struct comparison *small_compare(const struct small_run *r,
                                                     const char *indicator, const char *item,
                                                     const char *kind, const char *a, const char *b)
{
    for (size_t i = 0; i < r->results.comparisons.len; i++) {
        const struct comparison *c = &r->results.comparisons.at[i];
        if (strcmp(c->indicator->label.id, indicator) == 0 && strcmp(c->item, item) == 0 &&
            strcmp(c->kind, kind) == 0 && strcmp(c->a, a) == 0 && strcmp(c->b, b) == 0 &&
            *c->by == '\0')
            return c;
    }
    return NULL;
}

#define assert_near(got, want, relative)                                         \
    do {                                                                         \
        double near_got = (got), near_want = (want);                             \
        if (!(fabs(near_got - near_want) <= (relative)*fabs(near_want) + 1e-13)) \
            fail_msg("got %.17g, want %.17g", near_got, near_want);              \
    } while (0)
