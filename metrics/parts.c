// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/parts.h"

#include "engine/ingest/files.h"
#include "engine/run/read.h"

#include <stdlib.h>

static int by_content(const void *a, const void *b)
{
    return strcmp(((const struct part *)a)->sha256, ((const struct part *)b)->sha256);
}

static enum status in_two(const char *name, const struct part *a, const struct part *b,
                          struct diags *d)
{
    return diag(d, E0844, (struct where){b->path, 0, 0}, "%s is in %s too",
                diag_quote(d, str_of(name)), a->path);
}

static enum status check_pair(const struct part *a, const struct part *b, struct diags *d)
{
    if (!strcmp(a->sha256, b->sha256))
        return diag(d, E0844, (struct where){b->path, 0, 0}, "is the same part as %s", a->path);
    for (size_t i = 0; i < a->files.len; i++)
        for (size_t k = 0; k < b->files.len; k++)
            if (!strcmp(a->files.at[i].name, b->files.at[k].name))
                return in_two(a->files.at[i].name, a, b, d);
    for (size_t i = 0; i < a->counts.len; i++)
        for (size_t k = 0; k < b->counts.len; k++)
            if (!strcmp(a->counts.at[i].name, b->counts.at[k].name) &&
                a->counts.at[i].activity == b->counts.at[k].activity)
                return in_two(a->counts.at[i].name, a, b, d);
    return OK;
}

static enum status put_on_shelf(struct parts *p, const struct part *part, struct diags *d)
{
    for (size_t i = 0; i < part->files.len; i++) {
        int error = shelf_put(&p->shelf, part->files.at[i].name, part->files.at[i].bytes);
        if (error)
            return diag(d, E0846, (struct where){part->path, 0, 0}, "cannot hold %s: %s",
                        part->files.at[i].name, strerror(error));
    }
    return OK;
}

static void name_counted(struct parts *p, const struct part *part)
{
    for (size_t i = 0; i < part->counts.len; i++)
        if (!shelf_find(&p->shelf, part->counts.at[i].name)) {
            struct shelf_file file = {part->counts.at[i].name, 0};
            vec_push(&p->shelf.files, file);
        }
}

enum status parts_open(struct parts *p, const struct texts *paths, struct study *s,
                       const char *version, struct diags *d)
{
    size_t count = paths->count + p->handed.len;
    p->list = mem_new(count, sizeof *p->list);
    for (size_t i = 0; i < count; i++) {
        struct part *part = &p->list[p->count++];
        part_start(part, s);
        if (i < paths->count)
            TRY(part_read(part, paths->at[i], s, version, d));
        else
            TRY(part_take(part, buf_view(&p->handed.at[i - paths->count]), s, version, d));
        for (size_t k = 0; k < i; k++)
            TRY(check_pair(&p->list[k], part, d));
    }
    qsort(p->list, p->count, sizeof *p->list, by_content);
    for (size_t i = 0; i < p->count; i++)
        TRY(put_on_shelf(p, &p->list[i], d));
    for (size_t i = 0; i < p->count; i++)
        name_counted(p, &p->list[i]);
    s->shelf = &p->shelf;
    return OK;
}

void parts_hand_over(struct parts *p, struct buf bytes)
{
    vec_push(&p->handed, bytes);
}

void parts_free(struct parts *p)
{
    for (size_t i = 0; i < p->handed.len; i++)
        buf_free(&p->handed.at[i]);
    vec_free(&p->handed);
    for (size_t i = 0; i < p->count; i++)
        part_free(&p->list[i]);
    mem_free(p->list);
    shelf_free(&p->shelf);
    *p = (struct parts){0};
}

static struct part_count *find_count(struct parts *p, const char *name, uint16_t activity,
                                     struct part **part)
{
    for (size_t i = 0; i < p->count; i++)
        for (size_t k = 0; k < p->list[i].counts.len; k++) {
            struct part_count *c = &p->list[i].counts.at[k];
            *part = &p->list[i];
            if (c->activity == activity && !strcmp(c->name, name))
                return c;
        }
    return NULL;
}

// Rows and rejects of the part that name this file name it by its new number.
static void renumber(struct part *part, uint32_t from, uint32_t to, struct ledger *into)
{
    for (size_t i = 0; i < part->ledger.rejects.len; i++) {
        struct reject one = part->ledger.rejects.at[i];
        if (one.file != from)
            continue;
        one.file = to;
        vec_push(&into->rejects, one);
    }
}

static void add_count(struct run *run, struct part *part, struct part_count *c,
                      const struct found_file *found, const struct input *in)
{
    struct ledger *l = run->ledger;
    struct file_count file = part->ledger.files.at[c->file];
    uint32_t number = (uint32_t)l->files.len;
    file.input = in;
    file.path = arena_text(&l->arena, found->path);
    vec_push(&l->files, file);
    for (size_t i = c->first; i < c->first + c->columns; i++) {
        struct column_count column = part->ledger.columns.at[i];
        column.file = number;
        vec_push(&l->columns, column);
    }
    renumber(part, c->file, number, l);
    part->number[c->file] = number;
}

enum status parts_count(struct parts *p, struct run *run, uint16_t activity)
{
    const struct input *in = &run->study->activities[activity].in;
    struct arena arena = {0};
    file_list files = {0};
    size_t first_file = run->ledger->files.len, first_reject = run->ledger->rejects.len;
    enum status status = files_find(&files, &arena, run->study, &in->files, in->where, run->diags);
    for (size_t i = 0; i < files.len && !status; i++) {
        struct part *part;
        struct part_count *c = find_count(p, files.at[i].name, activity, &part);
        if (c)
            add_count(run, part, c, &files.at[i], in);
        else
            status = diag(run->diags, E0840, in->where, "%s is in no part",
                          diag_quote(run->diags, str_of(files.at[i].name)));
    }
    vec_free(&files);
    arena_free(&arena);
    TRY(status);
    struct request request = {.study = run->study, .input = in};
    return ledger_judge(run->ledger, &request, first_file, first_reject, true, run->diags);
}

enum status parts_contacts(struct parts *p, struct run *run, struct contacts *c)
{
    for (size_t i = 0; i < p->count; i++) {
        struct part *part = &p->list[i];
        uint16_t *region = run_merge_places(run->places, &part->places);
        if (!region)
            return diag(run->diags, E0320, (struct where){0}, "too many regions or periods");
        contacts_merge(c, &part->contacts, region);
        mem_free(region);
        contacts_free(&part->contacts);
    }
    return OK;
}
