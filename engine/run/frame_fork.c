// SPDX-License-Identifier: GPL-3.0-or-later
// A survey read by several threads: each fills columns of its own, which are joined in the order of
// the files, so that the frame is the one that a single thread would have made.
#include "engine/base/sort.h"
#include "engine/run/frame_parts.h"
#include "engine/run/read.h"
#include "engine/run/work.h"

struct fork {
    struct intake in;
    struct frame frame; // regions, periods and rows only
    struct places *places;
    bool kept; // by the whole
};

// ---- taking part

static void *fork_start(void *context, struct places *places, struct request *request)
{
    struct intake *whole = context;
    struct fork *f = mem_new(1, sizeof *f);
    struct intake *in = &f->in;
    f->places = places;
    f->frame = (struct frame){.study = whole->frame->study, .survey = whole->frame->survey};
    *in = (struct intake){.frame = &f->frame, .whole = whole, .weight = whole->weight};
    for (size_t i = 0; i < whole->answers.len; i++) {
        const struct answers *a = &whole->answers.at[i];
        struct column *column = NEW(&in->arena, struct column);
        column->coded = a->column->coded;
        vec_push(&in->answers,
                 ((struct answers){.column = column, .item = a->item, .kind = a->kind}));
        vec_push(&in->asks, whole->asks.at[i]);
    }
    intake_codes(in);
    request->asks = in->asks.at;
    request->context = in;
    whole->fork_count++;
    return f;
}

static void fork_free(struct fork *f)
{
    for (size_t i = 0; i < f->in.answers.len; i++) {
        column_free(f->in.answers.at[i].column);
        answers_free(&f->in.answers.at[i]);
    }
    vec_free(&f->in.answers);
    vec_free(&f->in.asks);
    vec_free(&f->in.stretches);
    arena_free(&f->in.arena);
    mem_free(f->frame.region);
    mem_free(f->frame.period);
    mem_free(f);
}

static void fork_drop(void *state)
{
    struct fork *f = state;
    if (!f->kept)
        fork_free(f);
}

// Regions and periods get their numbers in the whole; the rows wait for the other parts.
static void fork_merge(void *context, void *state, const uint16_t *region)
{
    struct intake *whole = context;
    struct fork *f = state;
    uint16_t *period = mem_new(f->places->periods.len + 1, sizeof *period);
    for (size_t i = 0; i < f->places->periods.len; i++)
        period[i] = places_period(whole->places, f->places->periods.at[i]);
    for (size_t i = 0; i < f->frame.rows; i++) {
        uint16_t *at = &f->frame.region[i];
        *at = *at == REGION_TOTAL ? *at : region[*at];
        f->frame.period[i] = period[f->frame.period[i]];
    }
    mem_free(period);
    f->kept = true;
    vec_push(&whole->forks, f);
}

// ---- joining

struct joining {
    struct intake *in;
    VEC(struct column_stretch) list;
};

static uint64_t line_of(const void *stretch)
{
    return (uint64_t)((const struct column_stretch *)stretch)->line;
}

static uint64_t file_of(const void *stretch)
{
    return ((const struct column_stretch *)stretch)->file;
}

// In the order of files and lines. Returns the rows.
static size_t list_stretches(struct joining *j)
{
    const struct intake *in = j->in;
    size_t rows = 0;
    for (size_t p = 0; p < in->forks.len; p++)
        for (size_t i = 0; i < in->forks.at[p]->in.stretches.len; i++) {
            struct column_stretch one = in->forks.at[p]->in.stretches.at[i];
            one.part = (uint32_t)p;
            vec_push(&j->list, one);
        }
    sort_items(j->list.at, j->list.len, sizeof *j->list.at, line_of);
    sort_items(j->list.at, j->list.len, sizeof *j->list.at, file_of);
    for (size_t i = 0; i < j->list.len; i++) {
        j->list.at[i].at = rows;
        rows += j->list.at[i].count;
    }
    return rows;
}

static void join_places(struct joining *j)
{
    struct frame *f = j->in->frame;
    f->region = mem_grow(f->region, &j->in->room[0], f->rows, sizeof *f->region);
    f->period = mem_grow(f->period, &j->in->room[1], f->rows, sizeof *f->period);
    for (size_t i = 0; i < j->list.len; i++) {
        const struct column_stretch *s = &j->list.at[i];
        const struct frame *from = &j->in->forks.at[s->part]->frame;
        memcpy(f->region + s->at, from->region + s->first, s->count * sizeof *f->region);
        memcpy(f->period + s->at, from->period + s->first, s->count * sizeof *f->period);
    }
}

// Number 0 is region and period, the others are columns.
static void join_one(void *context, int worker, size_t number)
{
    struct joining *j = context;
    struct intake *in = j->in;
    (void)worker;
    if (!number) {
        join_places(j);
        return;
    }
    struct column **parts = mem_new(in->forks.len, sizeof *parts);
    for (size_t p = 0; p < in->forks.len; p++)
        parts[p] = in->forks.at[p]->in.answers.at[number - 1].column;
    column_join(in->answers.at[number - 1].column, parts, in->forks.len, j->list.at, j->list.len);
    for (size_t p = 0; p < in->forks.len; p++)
        column_free(parts[p]);
    mem_free(parts);
}

static void join_forks(struct intake *in, int threads)
{
    struct joining j = {.in = in};
    in->frame->rows = list_stretches(&j);
    for (size_t p = 0; p < in->forks.len; p++)
        in->unused += in->forks.at[p]->in.unused;
    work_each(threads, in->answers.len + 1, join_one, &j);
    vec_free(&j.list);
}

void intake_forks_free(struct intake *in)
{
    for (size_t p = 0; p < in->forks.len; p++)
        fork_free(in->forks.at[p]);
    vec_free(&in->forks);
}

enum status intake_read(struct intake *in, const struct request *request,
                        const struct frame_run *run)
{
    static const struct read_fork fork = {fork_start, fork_merge, fork_drop};
    in->places = run->places;
    TRY(run_read(request, &fork, run->threads, run->places, run->ledger, run->diags));
    // Fewer than there were: they gave up, and the rows have been read the plain way.
    if (in->fork_count && in->forks.len == in->fork_count)
        join_forks(in, run->threads);
    intake_forks_free(in);
    return OK;
}
