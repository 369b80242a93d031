// SPDX-License-Identifier: GPL-3.0-or-later
// The run of everything that rests on respondents: survey by survey, item by item, cell by cell.
// The scores of an item live until its comparisons and tests are made.
#include "metrics/respondents.h"

#include "engine/run/work.h"
#include "metrics/cmt_rows.h"
#include "metrics/reach_people.h"
#include "metrics/tests.h"

// ---- reading

enum status respondents_read(struct run *run, void **state)
{
    const struct study *s = run->study;
    struct respondents *all = mem_new(1, sizeof *all);
    struct frame_run how = {s, run->places, run->ledger, run->diags, run->threads};
    enum status first = OK;
    all->frames = mem_new(s->survey_count + 1, sizeof *all->frames);
    for (size_t i = 0; i < s->survey_count; i++) {
        enum status status = frame_read(&all->frames[all->count++], &s->surveys[i], &how);
        first = first ? first : status;
    }
    *state = all;
    return first;
}

void respondents_drop(void *state)
{
    struct respondents *all = state;
    if (!all)
        return;
    for (size_t i = 0; i < all->count; i++)
        frame_free(&all->frames[i]);
    mem_free(all->frames);
    mem_free(all);
}

// ---- computing

static const struct family *const about_people[] = {&survey_family, &cmt_family, &reach_family};

enum { PEOPLE_FAMILIES = sizeof about_people / sizeof *about_people, MOST_ROWS = 128 };

// What a row gave in the periods reported, and so what is wanted of it elsewhere.
enum yield {
    YIELD_NOTHING,  // nothing that is compared
    YIELD_COMPARED, // estimates by answer or by level: wanted in the periods compared with
    YIELD_SERIES,   // one estimate of the cell: wanted in every period of a trend
};

struct batch { // one item of one survey; what it finds is its own until it is folded
    struct run run;
    struct results results;
    struct diags diags;
    const struct frame *frame;
    const struct group_list *list;
    struct asked **all;
    struct asked *asked; // NULL: of the survey itself
    struct arena arena;
    struct kept *kept;                               // per group, then per rest
    bool asked_for[PEOPLE_FAMILIES][MOST_ROWS];      // by the study
    enum yield yield[2][PEOPLE_FAMILIES][MOST_ROWS]; // of whole cells, of levels of a breakdown
    bool reported; // some group of a period reported had anything to compare
};

// A period that is not reported is there to be compared with, or to be drawn.
static bool wanted(const struct batch *b, const struct group *g, enum yield yield)
{
    if (!b->reported || (g->need == SPAN_REPORT && !g->rest))
        return true;
    return yield >= (g->need == SPAN_TREND ? YIELD_SERIES : YIELD_COMPARED);
}

static void note_yield(struct batch *b, const struct results *out, size_t first, enum yield *yield)
{
    for (size_t i = first; i < out->estimates.len; i++) {
        const struct estimate *e = &out->estimates.at[i];
        bool compared = e->scores && !strchr(e->by, '*'); // answers within levels are not
        enum yield found = !compared ? YIELD_NOTHING : *e->by ? YIELD_COMPARED : YIELD_SERIES;
        if (found > *yield)
            *yield = found;
        b->reported = b->reported || e->scores;
    }
}

static void compute_group(struct batch *b, const struct group *g, struct results *out)
{
    struct view view = {.frame = b->frame,
                        .group = g,
                        .asked = b->asked,
                        .all = b->all,
                        .arena = &b->arena,
                        .study = b->run.study,
                        .diags = &b->diags,
                        .peers = b->run.peers,
                        .kept = &b->kept[g->number],
                        .book = b->kept,
                        .answer_by = "",
                        .answer = ""};
    struct cell cell = {.out = out,
                        .item = b->asked ? b->asked->item->id : "",
                        .region = g->region,
                        .period = g->period,
                        .by = g->breakdown,
                        .level = g->level,
                        .reported = g->need == SPAN_REPORT && !g->rest,
                        .state = &view};
    for (size_t f = 0; f < PEOPLE_FAMILIES; f++)
        for (size_t i = 0; i < about_people[f]->count; i++) {
            const struct indicator *row = &about_people[f]->rows[i];
            enum yield *yield = &b->yield[*g->breakdown != '\0'][f][i];
            size_t first = out->estimates.len;
            if (!b->asked_for[f][i] || !wanted(b, g, *yield))
                continue;
            row->compute(row, &cell);
            if (cell.reported)
                note_yield(b, out, first, yield);
        }
}

static void drop_scores(struct results *r)
{
    for (size_t i = 0; i < r->estimates.len; i++)
        r->estimates.at[i].scores = NULL;
}

static void compute_batch(struct batch *b)
{
    const struct group_list *list = b->list;
    struct results *r = &b->results, rest = {.study = r->study, .places = r->places};
    // What people find important or acceptable is told of regions, not of every group in them.
    bool by_level = !b->asked || !b->asked->variable->parent;
    b->kept = NEWS(&b->arena, list->groups.len + list->rests.len + 1, struct kept);
    for (int reported = 1; reported >= 0; reported--) // what they yield decides about the others
        for (size_t i = 0; i < list->groups.len; i++)
            if ((list->groups.at[i].need == SPAN_REPORT) == reported &&
                (by_level || !*list->groups.at[i].breakdown))
                compute_group(b, &list->groups.at[i], r);
    for (size_t i = 0; i < list->rests.len; i++)
        compute_group(b, &list->rests.at[i], &rest);
    struct period since = b->asked ? b->asked->item->since : (struct period){0};
    compare_estimates(r, 0, &rest, since);
    if (b->asked)
        tests_of_item(&b->run, b->frame, b->asked, list, b->kept, &b->arena);
    else if (study_wants(b->run.study, wanted_drivers))
        drivers_of_survey(&b->run, b->frame, b->all, list, &b->arena);
    drop_scores(r);
    results_free(&rest);
    arena_free(&b->arena);
}

// ---- several batches at a time

static void batch_start(struct batch *b, const struct run *run, const struct frame *f,
                        struct asked **all, const struct group_list *list)
{
    *b = (struct batch){.run = *run, .frame = f, .all = all, .list = list};
    b->results = (struct results){.study = run->results->study,
                                  .places = run->results->places,
                                  .ledger = run->results->ledger};
    b->run.results = &b->results;
    b->run.diags = &b->diags;
    for (size_t k = 0; k < PEOPLE_FAMILIES; k++)
        for (size_t i = 0; i < about_people[k]->count && i < MOST_ROWS; i++) {
            const struct indicator *row = &about_people[k]->rows[i];
            b->asked_for[k][i] = row->compute && study_wants(run->study, row->label.id);
        }
}

// In the order of the batches, whoever computed them.
static void batch_fold(struct batch *b, struct run *run)
{
    results_take(run->results, &b->results);
    diags_append(run->diags, &b->diags);
    diags_free(&b->diags);
}

static bool work_batch(void *context, int worker, void *thing)
{
    (void)context;
    (void)worker;
    compute_batch(thing);
    return true;
}

static void compute_batches(struct batch *batches, size_t count, int threads)
{
    struct crew *crew = NULL;
    if (threads > 1 && count > 1) {
        void **things = mem_new(count, sizeof *things);
        for (size_t i = 0; i < count; i++)
            things[i] = &batches[i];
        crew = crew_start(threads < (int)count ? threads : (int)count, work_batch, NULL, things,
                          count);
        mem_free(things);
    }
    for (size_t i = 0; i < count; i++)
        if (crew)
            crew_give(crew, crew_free_thing(crew));
        else
            compute_batch(&batches[i]);
    if (crew)
        crew_finish(crew);
}

// Items stand in the study's order, whatever names them first.
static void order_items(struct results *r, const struct frame *f)
{
    dict_add(&r->items, STR(""));
    for (size_t i = 0; i < f->variable_count; i++)
        if (!f->variables[i].hidden)
            dict_add(&r->items, str_of(f->variables[i].item->id));
    for (size_t i = 0; i < f->survey->ratio_count; i++)
        dict_add(&r->items, str_of(f->survey->ratios[i].id));
}

struct asking {
    const struct frame *f;
    struct asked **all;
    struct arena *rows, *names; // per worker
};

static void ask_one(void *context, int worker, size_t number)
{
    const struct asking *s = context;
    asked_make(s->all[number], &s->f->variables[number], s->f, &s->rows[worker], &s->names[worker]);
}

static struct asked **ask_all(struct run *run, const struct frame *f, struct arena *a)
{
    size_t workers = run->threads > 1 ? (size_t)run->threads : 1;
    struct asking s = {.f = f,
                       .all = NEWS(a, f->variable_count + 1, struct asked *),
                       .rows = mem_new(workers, sizeof *s.rows),
                       .names = mem_new(workers, sizeof *s.names)};
    for (size_t i = 0; i < f->variable_count; i++) {
        s.all[i] = NEW(a, struct asked);
        run->found.skipped_answers += f->variables[i].skipped;
    }
    work_each(run->threads, f->variable_count, ask_one, &s);
    for (size_t w = 0; w < workers; w++) {
        arena_adopt(a, &s.rows[w]);
        arena_adopt(&run->results->arena, &s.names[w]);
    }
    mem_free(s.rows);
    mem_free(s.names);
    return s.all;
}

static void compute_frame(struct run *run, struct frame *f)
{
    struct arena lists = {0};
    struct group_list list = {0};
    struct batch *batches = mem_new(f->variable_count + 1, sizeof *batches);
    size_t count = 0;
    frame_place(f, run->places);
    groups_make(&list, f, run, &lists);
    struct asked **all = ask_all(run, f, &lists);
    run->found.broken_ladders += reach_broken_ladders(f);
    order_items(run->results, f);
    batch_start(&batches[count++], run, f, all, &list);
    for (size_t i = 0; i < f->variable_count; i++)
        if (!f->variables[i].hidden) {
            batch_start(&batches[count], run, f, all, &list);
            batches[count++].asked = all[i];
        }
    compute_batches(batches, count, run->threads);
    for (size_t i = 0; i < count; i++)
        batch_fold(&batches[i], run);
    mem_free(batches);
    vec_free(&list.groups);
    vec_free(&list.rests);
    arena_free(&lists);
}

void respondents_compute(struct run *run, void *state)
{
    struct respondents *all = state;
    for (size_t i = 0; all && i < all->count; i++)
        if (all->frames[i].rows)
            compute_frame(run, &all->frames[i]);
    respondents_drop(state);
}
