// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/run/read.h"

#include "engine/base/file.h"
#include "engine/ingest/pieces.h"
#include "engine/ingest/records.h"
#include "engine/run/work.h"

struct part { // what one thread fills
    struct places places;
    struct request request;
    struct piece_reader *reader;
    void *state;
};

struct team {
    const struct request *request;
    const struct read_fork *fork;
    struct part *parts;
    size_t part_count;
    struct piece *pieces;
    size_t piece_count;
    VEC(struct cutter *) cutters;
    struct ledger *ledger;
};

// More files than this at once would take too many of what a process may have.
enum { MOST_FILES = 4096 };

static bool read_piece(void *context, int worker, void *thing)
{
    struct team *t = context;
    return piece_read(t->parts[worker].reader, thing) == PIECES_OK;
}

static void team_start(struct team *t, int threads)
{
    t->part_count = (size_t)threads;
    t->parts = mem_new(t->part_count, sizeof *t->parts);
    for (size_t i = 0; i < t->part_count; i++) {
        struct part *p = &t->parts[i];
        places_start(&p->places, t->request->study);
        p->request = *t->request;
        p->state = t->fork->start(t->request->context, &p->places, &p->request);
        p->reader = piece_reader_new(&p->request, &p->places);
    }
    t->piece_count = 2 * t->part_count + 1;
    t->pieces = mem_new(t->piece_count, sizeof *t->pieces);
}

static void team_end(struct team *t)
{
    for (size_t i = 0; i < t->part_count; i++) {
        piece_reader_free(t->parts[i].reader);
        if (t->parts[i].state)
            t->fork->drop(t->parts[i].state);
        places_free(&t->parts[i].places);
    }
    for (size_t i = 0; i < t->piece_count; i++)
        buf_free(&t->pieces[i].text);
    for (size_t i = 0; i < t->cutters.len; i++)
        cutter_close(t->cutters.at[i]);
    vec_free(&t->cutters);
    mem_free(t->pieces);
    mem_free(t->parts);
}

static bool cut_file(struct team *t, struct crew *crew, const struct found_file *file)
{
    struct cutter *cutter = cutter_open(t->request, file, t->ledger);
    if (!cutter)
        return false;
    vec_push(&t->cutters, cutter);
    for (bool more = true; more;) {
        struct piece *piece = crew_free_thing(crew);
        if (!piece || stop_asked() || cutter_next(cutter, PIECE_BYTES, piece, &more))
            return false;
        crew_give(crew, piece);
    }
    return true;
}

static bool cut_files(struct team *t, const file_list *files)
{
    void **things = mem_new(t->piece_count, sizeof *things);
    for (size_t i = 0; i < t->piece_count; i++)
        things[i] = &t->pieces[i];
    struct crew *crew = crew_start((int)t->part_count, read_piece, t, things, t->piece_count);
    mem_free(things);
    if (!crew)
        return false;
    bool whole = true;
    for (size_t i = 0; i < files->len && whole; i++)
        whole = cut_file(t, crew, &files->at[i]);
    return crew_finish(crew) && whole;
}

uint16_t *run_merge_places(struct places *into, const struct places *from)
{
    size_t count = from->study->has_regions ? from->study->region_count : from->found.keys.len;
    uint16_t *region = mem_new(count + 1, sizeof *region);
    bool fits = true;
    for (size_t i = 0; i < count && fits; i++) {
        const char *near;
        region[i] = (uint16_t)i;
        if (!from->study->has_regions)
            fits = places_region(into, from->found.keys.at[i], &region[i], &near);
    }
    for (size_t i = 0; i < from->periods.len && fits; i++)
        fits = places_period(into, from->periods.at[i]) != UINT16_MAX;
    if (fits)
        return region;
    mem_free(region);
    return NULL;
}

// The limit holds for all threads together; who comes near it is read the plain way.
static bool few_levels(const struct team *t)
{
    size_t set = t->request->study->limits.levels, limit = set ? set : LIMIT_LEVELS;
    for (size_t ask = 0; ask < t->request->ask_count; ask++) {
        size_t levels = 0;
        if (ask_may_be_many(&t->request->asks[ask]))
            continue;
        for (size_t i = 0; i < t->part_count; i++)
            if (t->parts[i].request.asks[ask].codes)
                levels += t->parts[i].request.asks[ask].codes->keys.len;
        if (levels > limit)
            return false;
    }
    return true;
}

static bool fold(struct team *t, struct diags *d)
{
    if (!few_levels(t))
        return false;
    struct piece_reader **readers = mem_new(t->part_count, sizeof *readers);
    for (size_t i = 0; i < t->part_count; i++)
        readers[i] = t->parts[i].reader;
    enum pieces counted =
        pieces_count(t->ledger, readers, t->part_count, t->cutters.at, t->cutters.len, d);
    mem_free(readers);
    return counted == PIECES_OK;
}

static bool merge_parts(struct team *t, struct places *places)
{
    for (size_t i = 0; i < t->part_count; i++) {
        uint16_t *region = run_merge_places(places, &t->parts[i].places);
        if (!region)
            return false;
        t->fork->merge(t->request->context, t->parts[i].state, region);
        mem_free(region);
        t->fork->drop(t->parts[i].state);
        t->parts[i].state = NULL;
    }
    return true;
}

static bool read_together(struct team *t, const file_list *files, int threads,
                          struct places *places, struct diags *d)
{
    team_start(t, threads);
    bool whole = cut_files(t, files) && fold(t, d) && merge_parts(t, places);
    team_end(t);
    return whole;
}

enum status run_read(const struct request *request, const struct read_fork *fork, int threads,
                     struct places *places, struct ledger *ledger, struct diags *d)
{
    struct arena arena = {0};
    file_list files = {0};
    struct diags own = {0};
    size_t file = ledger->files.len, column = ledger->columns.len, reject = ledger->rejects.len;
    struct team team = {.request = request, .fork = fork, .ledger = ledger};
    bool together = threads > 1 &&
                    !files_find(&files, &arena, request->study, &request->input->files,
                                request->input->where, &own) &&
                    files.len <= MOST_FILES && read_together(&team, &files, threads, places, &own);
    vec_free(&files);
    arena_free(&arena);
    enum status status = OK;
    if (together) {
        diags_append(d, &own);
        status = ledger_judge(ledger, request, file, reject, true, d);
    } else {
        ledger->files.len = file;
        ledger->columns.len = column;
        ledger->rejects.len = reject;
        status = input_read(request, places, ledger, d);
    }
    diags_free(&own);
    return status;
}
