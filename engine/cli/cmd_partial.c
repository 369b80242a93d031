// SPDX-License-Identifier: GPL-3.0-or-later
// etalon partial: some of the files of a study into one part, which `etalon merge` takes.
#include "engine/cli/part_fill.h"

#include <fnmatch.h>
#include <stdio.h>

// --files GLOB, and what follows the study on the command line.
static bool is_chosen(void *context, const struct input *in, const char *name)
{
    const struct options *o = context;
    (void)in;
    if (!o->files && o->arguments.len == 1)
        return true;
    if (o->files && fnmatch(o->files, name, 0) == 0)
        return true;
    for (size_t i = 1; i < o->arguments.len; i++)
        if (fnmatch(o->arguments.at[i], name, 0) == 0)
            return true;
    return false;
}

static enum status make(struct pipeline *p, struct part *part, const struct options *o,
                        struct diags *d)
{
    struct options words = *o;
    size_t chosen = 0;
    TRY(pipeline_load(p, o, d));
    part_start(part, &p->study);
    TRY(part_fill(part, p, is_chosen, &words, &chosen, d));
    if (!chosen)
        return diag(d, E0845, (struct where){p->study.path, 0, 0},
                    "no file of the study is chosen");
    TRY(part_write(o->out, part, &p->study, program_version, d));
    if (!o->quiet)
        fprintf(stderr, "etalon: %zu files are in %s\n", chosen, o->out);
    return OK;
}

enum status command_partial(const struct options *o, struct diags *d)
{
    struct pipeline pipeline = {0};
    struct part part = {0};
    if (!o->out)
        return diag(d, E0703, (struct where){0}, "say where the part goes: -o PART");
    enum status status = make(&pipeline, &part, o, d);
    part_free(&part);
    pipeline_free(&pipeline);
    return status;
}
