// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cli/pipeline.h"

#include "engine/base/file.h"

#include <math.h>
#include <unistd.h>

// What the command line may override in the study.
static void apply_options(struct study *s, const struct options *o)
{
    if (isnan(o->max_rejects))
        return;
    s->max_rejects = o->max_rejects;
    s->max_rejects_percent = o->max_rejects_percent;
}

static int thread_count(const struct options *o)
{
    if (o->threads)
        return o->threads;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores < 1 ? 1 : cores > 64 ? 64 : (int)cores;
}

enum status pipeline_stopped(struct diags *d)
{
    if (!stop_asked())
        return OK;
    return diag(d, E0902, (struct where){0}, "stopped by signal %d", stop_asked());
}

// What follows the study on the command line of `merge`, or what the ranks of a run handed over.
static enum status open_parts(struct pipeline *p, const struct options *o, struct diags *d)
{
    bool merge = o->command && strcmp(o->command->name, "merge") == 0;
    const struct texts paths = {o->arguments.at + 1, merge ? o->arguments.len - 1 : 0};
    if (!merge && !p->parts.handed.len)
        return OK;
    return parts_open(&p->parts, &paths, &p->study, program_version, d);
}

enum status pipeline_load(struct pipeline *p, const struct options *o, struct diags *d)
{
    TRY(study_load(&p->study, o->arguments.at[0], d));
    TRY(wanted_check(&p->study, d));
    apply_options(&p->study, o);
    TRY(open_parts(p, o, d));
    places_start(&p->places, &p->study);
    p->run = (struct run){.study = &p->study,
                          .places = &p->places,
                          .ledger = &p->ledger,
                          .results = &p->results,
                          .diags = d,
                          .threads = thread_count(o),
                          .parts = p->parts.count ? &p->parts : NULL};
    p->results.study = &p->study;
    p->results.places = &p->places;
    p->results.ledger = &p->ledger;
    return OK;
}

enum status pipeline_read(struct pipeline *p, struct diags *d)
{
    enum status first = OK;
    for (size_t i = 0; i < family_count; i++) {
        if (!wanted_family(&p->study, families[i]))
            continue;
        enum status status = families[i]->read ? families[i]->read(&p->run, &p->states[i]) : OK;
        if (!first)
            first = status;
        TRY(pipeline_stopped(d));
    }
    enum status status = places_finish(&p->places, d);
    return first ? first : status;
}

static void number_indicators(struct results *r)
{
    for (size_t f = 0; f < family_count; f++)
        for (size_t i = 0; i < families[f]->count; i++)
            dict_add(&r->order, str_of(families[f]->rows[i].label.id));
}

enum status pipeline_compute(struct pipeline *p, const struct options *o, struct diags *d)
{
    p->run.span_count = run_spans(&p->places, o->period, &p->run.spans);
    number_indicators(&p->results);
    size_t errors = d->errors;
    for (int last = 0; last <= 1; last++)
        for (size_t i = 0; i < family_count; i++) {
            if (families[i]->after_others != last)
                continue;
            if (families[i]->compute && wanted_family(&p->study, families[i]))
                families[i]->compute(&p->run, p->states[i]);
            p->states[i] = NULL;
            TRY(pipeline_stopped(d));
        }
    if (d->errors > errors)
        return d->status;
    wanted_keep(&p->results);
    results_sort(&p->results);
    results_index(&p->results);
    guard_apply_like(&p->results, &p->guard, &p->withheld_before);
    return OK;
}

void pipeline_free(struct pipeline *p)
{
    for (size_t i = 0; i < family_count; i++)
        if (p->states[i] && families[i]->drop)
            families[i]->drop(p->states[i]);
    mem_free(p->run.spans);
    results_free(&p->results);
    dict_free(&p->withheld_before);
    ledger_free(&p->ledger);
    places_free(&p->places);
    parts_free(&p->parts);
    study_free(&p->study);
}
