// SPDX-License-Identifier: GPL-3.0-or-later
// From design columns to a design.
#include "engine/run/frame_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static bool there(const struct column *c, size_t rows)
{
    for (size_t i = 0; c && i < rows; i++)
        if (c->why[i] != MISSING_NOT_ASKED)
            return true;
    return false;
}

static const char *column_name(const struct intake *in, size_t asked)
{
    return in->asks.at[asked - 1].names.at[0];
}

// Numbers of a design label; NULL when the file has no such column.
static enum status labels(struct intake *in, size_t asked, const uint32_t **numbers,
                          const struct dict **names, struct diags *d)
{
    const struct column *c = intake_column(in, asked);
    *numbers = NULL;
    if (!there(c, in->frame->rows))
        return OK;
    size_t blank = 0;
    for (size_t i = 0; i < in->frame->rows; i++)
        blank += c->why[i] != VALID;
    if (blank)
        return diag(d, E0407, in->asks.at[asked - 1].where,
                    "survey %s, column %s: blank in %zu of %zu used rows", in->frame->survey->in.id,
                    column_name(in, asked), blank, in->frame->rows);
    *numbers = c->code;
    *names = &c->codes;
    return OK;
}

// Respondent ids: a blank one is a unit of its own.
static void respondents(struct intake *in, const uint32_t **numbers, const struct dict **names)
{
    struct column *c = intake_column(in, in->respondent);
    if (!there(c, in->frame->rows))
        return;
    for (size_t i = 0; i < in->frame->rows; i++)
        if (c->why[i] != VALID) {
            char unique[32];
            snprintf(unique, sizeof unique, "\x01%zu", i);
            c->code[i] = (uint32_t)dict_add(&c->codes, str_of(unique));
        }
    *numbers = c->code;
    *names = &c->codes;
}

static const double *corrections(struct intake *in, size_t asked)
{
    const struct column *c = intake_column(in, asked);
    if (!there(c, in->frame->rows))
        return NULL;
    double *value = NEWS(&in->frame->arena, in->frame->rows + 1, double);
    for (size_t i = 0; i < in->frame->rows; i++)
        value[i] = column_value(c, i);
    return value;
}

struct ranked_period {
    struct period period;
    uint32_t number;
};

static int ranked_order(const void *a, const void *b)
{
    const struct ranked_period *x = a, *y = b;
    int order = period_order(x->period, y->period);
    return order ? order : (x->number > y->number) - (x->number < y->number);
}

// Periods in the order of time, whatever the order in which they came.
static const uint32_t *periods(struct frame *f, const struct places *p)
{
    struct ranked_period *sorted = mem_new(p->periods.len + 1, sizeof *sorted);
    uint32_t *rank = mem_new(p->periods.len + 1, sizeof *rank);
    for (size_t i = 0; i < p->periods.len; i++)
        sorted[i] = (struct ranked_period){p->periods.at[i], (uint32_t)i};
    qsort(sorted, p->periods.len, sizeof *sorted, ranked_order);
    for (size_t i = 0; i < p->periods.len; i++)
        rank[sorted[i].number] = (uint32_t)i;
    uint32_t *out = NEWS(&f->arena, f->rows + 1, uint32_t);
    for (size_t i = 0; i < f->rows; i++)
        out[i] = f->period[i] < p->periods.len ? rank[f->period[i]] : 0;
    mem_free(sorted);
    mem_free(rank);
    return out;
}

static void say_periods(const struct frame *f, const struct frame_run *run, bool units)
{
    if (!f->design.by_period && !f->design.spans_period)
        return;
    if (f->design.by_period && !units)
        return; // rows of a survey without units: nothing to doubt
    diag(run->diags, E0408, f->survey->in.where,
         f->design.by_period
             ? "survey %s: no sampling unit occurs in two periods, so periods are independent "
               "samples"
             : "survey %s: sampling units occur in several periods, so differences between periods "
               "use their covariance",
         f->survey->in.id);
}

enum status frame_design(struct intake *in, const struct frame_run *run)
{
    struct frame *f = in->frame;
    struct design_rows rows = {.rows = f->rows,
                               .lonely = (enum design_lonely)f->survey->lonely,
                               .where = f->survey->in.where,
                               .survey = f->survey->in.id};
    TRY(labels(in, in->stratum, &rows.stratum, &rows.stratum_names, run->diags));
    TRY(labels(in, in->cluster[0], &rows.psu, &rows.psu_names, run->diags));
    if (rows.psu)
        TRY(labels(in, in->cluster[1], &rows.ssu, &rows.ssu_names, run->diags));
    if (!rows.psu)
        respondents(in, &rows.psu, &rows.psu_names);
    rows.declared = rows.stratum || (in->cluster[0] && rows.psu);
    rows.fpc = corrections(in, in->fpc[0]);
    rows.fpc2 = rows.ssu ? corrections(in, in->fpc[1]) : NULL;
    rows.period = periods(f, run->places);
    TRY(design_build(&f->design, &rows, run->diags));
    say_periods(f, run, rows.psu != NULL);
    return OK;
}
