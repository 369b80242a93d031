// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/help_activity.h"

#include "engine/base/file.h"
#include "engine/stats/dist.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void write_file(const char *folder, const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "wb");
    if (!f || fputs(text, f) < 0 || fclose(f))
        abort();
}

static void remove_file(const char *folder, const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    (void)unlink(path);
}

void trial_load(struct trial *t, const char *study, const char *const *files)
{
    char path[128];
    *t = (struct trial){0};
    dist_start();
    snprintf(t->folder, sizeof t->folder, "/tmp/etalon-test-XXXXXX");
    if (!mkdtemp(t->folder))
        abort();
    write_file(t->folder, "study.yaml", study);
    for (size_t i = 0; files[i]; i += 2)
        write_file(t->folder, files[i], files[i + 1]);
    snprintf(path, sizeof path, "%s/study.yaml", t->folder);
    t->status = study_load(&t->study, path, &t->diags);
    places_start(&t->places, &t->study);
    t->results.study = &t->study;
    t->results.places = &t->places;
    t->results.ledger = &t->ledger;
    t->run = (struct run){.study = &t->study,
                          .places = &t->places,
                          .ledger = &t->ledger,
                          .results = &t->results,
                          .diags = &t->diags,
                          .threads = 1};
}

void trial_remove(const struct trial *t, const char *const *files)
{
    for (size_t i = 0; files[i]; i += 2)
        remove_file(t->folder, files[i]);
    remove_file(t->folder, "study.yaml");
    (void)rmdir(t->folder);
}

void trial_run(struct trial *t, const char *study, const char *const *files, const char *period)
{
    struct period asked = {0};
    void *state = NULL;
    trial_load(t, study, files);
    if (!t->status)
        t->status = activity_family.read(&t->run, &state);
    trial_remove(t, files);
    if (!t->status)
        t->status = places_finish(&t->places, &t->diags);
    if (t->status || !period_read(str_of(period), &asked))
        return;
    t->run.span_count = run_spans(&t->places, asked, &t->run.spans);
    activity_family.compute(&t->run, state);
    results_index(&t->results);
}

void trial_free(struct trial *t)
{
    mem_free(t->run.spans);
    results_free(&t->results);
    ledger_free(&t->ledger);
    places_free(&t->places);
    study_free(&t->study);
    diags_free(&t->diags);
}

const struct estimate *trial_find(const struct trial *t, const char *id, const char *item,
                                  const char *region, const char *period, const char *by,
                                  const char *level)
{
    char indicator[64];
    uint16_t number = REGION_TOTAL;
    struct period p = {0};
    snprintf(indicator, sizeof indicator, "activity.%s", id);
    for (size_t i = 0; i < t->places.region_count; i++)
        if (strcmp(places_region_id(&t->places, (uint16_t)i), region) == 0)
            number = (uint16_t)i;
    return period_read(str_of(period), &p)
               ? results_find(&t->results, indicator, item, number, p, by, level)
               : NULL;
}

double trial_value(const struct trial *t, const char *id, const char *region, const char *period)
{
    const struct estimate *e = trial_find(t, id, "", region, period, "", "");
    return e ? e->value : NAN;
}
