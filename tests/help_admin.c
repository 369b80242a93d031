// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/help_admin.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

enum { FAMILIES = 4 };
static const struct family *const order[FAMILIES] = {&egov_family, &standards_family, &plan_family,
                                                     &quality_family};

static void remove_one(const char *folder, const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    (void)unlink(path);
}

static void read_all(struct trial *t, void **states)
{
    for (int f = 0; f < FAMILIES; f++) {
        enum status status = OK;
        if (!t->status && order[f]->read)
            status = order[f]->read(&t->run, &states[f]);
        t->status = t->status ? t->status : status;
    }
}

void admin_run(struct trial *t, const char *study, const char *const *files, const char *period)
{
    struct period asked = {0};
    void *states[FAMILIES] = {0};
    trial_load(t, study, files);
    read_all(t, states);
    for (size_t i = 0; files[i]; i += 2)
        remove_one(t->folder, files[i]);
    remove_one(t->folder, "study.yaml");
    (void)rmdir(t->folder);
    if (!t->status)
        t->status = places_finish(&t->places, &t->diags);
    bool go = !t->status && period_read(str_of(period), &asked);
    if (go)
        t->run.span_count = run_spans(&t->places, asked, &t->run.spans);
    for (int f = 0; f < FAMILIES; f++)
        if (go)
            order[f]->compute(&t->run, states[f]);
        else if (order[f]->drop)
            order[f]->drop(states[f]);
    results_index(&t->results);
}

const struct estimate *admin_find(const struct trial *t, const char *id, const char *item,
                                  const char *region, const char *period, const char *by,
                                  const char *level)
{
    uint16_t number = REGION_TOTAL;
    struct period p = {0};
    for (size_t i = 0; i < t->places.region_count; i++)
        if (strcmp(places_region_id(&t->places, (uint16_t)i), region) == 0)
            number = (uint16_t)i;
    assert_true(period_read(str_of(period), &p));
    return results_find(&t->results, id, item, number, p, by, level);
}

const struct estimate *admin_row(const struct trial *t, const char *id, const char *item,
                                 const char *region, const char *period)
{
    const struct estimate *e = admin_find(t, id, item, region, period, "", "");
    if (!e)
        fail_msg("no row: %s %s %s %s", id, item, region, period);
    return e;
}

double admin_value(const struct trial *t, const char *id, const char *item, const char *region,
                   const char *period)
{
    return admin_row(t, id, item, region, period)->value;
}

bool admin_said(const struct trial *t, enum code code)
{
    return t->diags.counts[code] > 0;
}
