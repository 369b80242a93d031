// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cli/part_fill.h"

#include "engine/base/file.h"
#include "engine/ingest/files.h"

enum { FILE_MOST = 1 << 30 };

struct choice {
    part_takes *takes;
    void *context;
    struct pipeline *pipeline;
    struct part *part;
    struct diags *d;
    enum status status;
    size_t chosen;
};

static enum status keep_file(struct choice *c, const struct found_file *file)
{
    struct part_file kept = {arena_text(&c->part->arena, file->name), {0}};
    for (size_t i = 0; i < c->part->files.len; i++)
        if (!strcmp(c->part->files.at[i].name, kept.name))
            return OK;
    TRY(file_read(&c->part->arena, file->path, FILE_MOST, &kept.bytes, c->d));
    vec_push(&c->part->files, kept);
    return OK;
}

static void choose(struct choice *c, const struct input *in, struct texts *events)
{
    struct study *s = &c->pipeline->study;
    file_list files = {0};
    enum status status = files_find(&files, &s->arena, s, &in->files, in->where, c->d);
    const char **names = NEWS(&s->arena, files.len + 1, const char *);
    size_t count = 0;
    for (size_t i = 0; i < files.len && !status; i++) {
        if (!c->takes(c->context, in, files.at[i].name))
            continue;
        c->chosen++;
        names[count++] = files.at[i].name;
        if (!events)
            status = keep_file(c, &files.at[i]);
    }
    if (events)
        *events = (struct texts){names, count};
    vec_free(&files);
    c->status = c->status ? c->status : status;
}

static void choose_input(const struct input *in, void *context)
{
    if (in->kind != INPUT_EVENTS)
        choose(context, in, NULL);
}

static void list_counts(struct part *p, uint16_t activity, size_t first)
{
    for (size_t i = first; i < p->ledger.files.len; i++) {
        struct part_count c = {p->ledger.files.at[i].name, activity, (uint32_t)i, 0, 0};
        for (size_t k = 0; k < p->ledger.columns.len; k++) {
            if (p->ledger.columns.at[k].file != i)
                continue;
            c.first = c.columns++ ? c.first : k;
        }
        vec_push(&p->counts, c);
    }
}

static enum status count_events(struct choice *c, uint16_t activity)
{
    struct input *in = &c->pipeline->study.activities[activity].in;
    size_t first = c->part->ledger.files.len;
    choose(c, in, &in->files);
    TRY(c->status);
    if (!in->files.count)
        return OK;
    TRY(contacts_read(&c->part->contacts, &c->pipeline->run, activity));
    list_counts(c->part, activity, first);
    return OK;
}

enum status part_fill(struct part *part, struct pipeline *p, part_takes *takes, void *context,
                      size_t *chosen, struct diags *d)
{
    struct choice c = {.takes = takes, .context = context, .pipeline = p, .part = part, .d = d};
    struct study *s = &p->study;
    p->run.places = &part->places;
    p->run.ledger = &part->ledger;
    s->max_rejects = 100; // judged when all files are together
    s->max_rejects_percent = true;
    study_list_inputs(s, choose_input, &c);
    TRY(c.status);
    for (size_t i = 0; i < s->activity_count; i++)
        if (s->activities[i].in.kind == INPUT_EVENTS)
            TRY(count_events(&c, (uint16_t)i));
    *chosen = c.chosen;
    return OK;
}
