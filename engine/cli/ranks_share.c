// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cli/ranks_share.h"

#include "engine/cli/part_fill.h"
#include "engine/run/ranks.h"

// Contacts go round the ranks file by file.
static bool is_mine(void *context, const struct input *in, const char *name)
{
    size_t *files = context;
    (void)name;
    if (in->kind != INPUT_EVENTS)
        return ranks_number() == 0;
    return (*files)++ % (size_t)ranks_count() == (size_t)ranks_number();
}

// Messages are dropped: the first rank reads it all again where there is an error.
static enum status make(const struct options *o, struct buf *out, struct diags *d)
{
    struct options alone = *o;
    struct pipeline p = {0};
    struct part part = {0};
    size_t chosen, files = 0;
    alone.threads = o->threads ? o->threads : 1;
    enum status status = pipeline_load(&p, &alone, d);
    if (!status) {
        part_start(&part, &p.study);
        status = part_fill(&part, &p, is_mine, &files, &chosen, d);
    }
    if (!status)
        part_pack(out, &part, &p.study, program_version);
    part_free(&part);
    pipeline_free(&p);
    return status;
}

static void take(void *context, struct buf theirs)
{
    parts_hand_over(context, theirs);
}

static bool is_shared(const struct options *o)
{
    return ranks_count() > 1 && !strcmp(o->command->name, "run") && !o->help;
}

static void make_mine(const struct options *o, struct buf *mine)
{
    struct diags d = {0};
    if (make(o, mine, &d))
        buf_clear(mine);
    diags_free(&d);
}

void ranks_share(const struct options *o, struct parts *parts)
{
    struct buf mine = {0};
    if (!is_shared(o))
        return;
    make_mine(o, &mine);
    parts_hand_over(parts, mine);
    ranks_gather((struct str){0}, take, parts);
    bool whole = true;
    for (size_t i = 0; i < parts->handed.len; i++)
        whole &= parts->handed.at[i].len > 0;
    if (!whole)
        parts_free(parts);
}

void ranks_serve(int count, char **words)
{
    struct options o = {0};
    struct diags d = {0};
    struct buf mine = {0};
    if (!options_read(&o, count, words, &d) && is_shared(&o)) {
        make_mine(&o, &mine);
        ranks_gather(buf_view(&mine), take, NULL);
    }
    buf_free(&mine);
    diags_free(&d);
    options_free(&o);
}
