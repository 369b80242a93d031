// SPDX-License-Identifier: GPL-3.0-or-later
// What must hold over all rows of a catalogue: one reading of the depth, no key twice.
#include "metrics/egov_words.h"

#include <stdlib.h>

enum status egov_check_depth(struct run *run, struct egov_block *block)
{
    bool levels = false, steps = block->in->depth == DEPTH_STEPS;
    const struct egov_row *first = NULL;
    for (size_t i = 0; i < block->rows.len; i++) {
        const struct egov_row *row = &block->rows.at[i];
        if (row->state != SERVICE_SCORED || row->form == FORM_EITHER)
            continue;
        levels |= row->form == FORM_LEVELS;
        steps |= row->form == FORM_STEPS;
        if (levels && steps) {
            struct where where = {run->ledger->files.at[row->file].name, (long)row->line, 0};
            return diag(run->diags, E0453, where,
                        "level and reached mix words, numbers and steps in one catalogue");
        }
        first = first ? first : row;
    }
    block->steps = steps;
    for (size_t i = 0; steps && i < block->rows.len; i++)
        block->rows.at[i].top = 3;
    if (!first || !block->says_depth)
        return OK;
    return diag(run->diags, E0456, block->in->in.where, "depth of `%s` is read as %s",
                block->in->in.id, steps ? "steps: reached / 3" : "levels: reached / level");
}

static int key_order_of(const void *left, const void *right)
{
    const struct egov_row *a = *(const struct egov_row *const *)left,
                          *b = *(const struct egov_row *const *)right;
    if (a->service != b->service)
        return a->service < b->service ? -1 : 1;
    if (a->region != b->region)
        return a->region < b->region ? -1 : 1;
    if (a->period != b->period)
        return a->period < b->period ? -1 : 1;
    if (a->file != b->file)
        return a->file < b->file ? -1 : 1;
    return (a->line > b->line) - (a->line < b->line);
}

enum status egov_check_keys(struct run *run, struct egov_state *s, const struct egov_block *block)
{
    enum status status = OK;
    const struct egov_row **sorted = mem_new(block->rows.len + 1, sizeof *sorted);
    for (size_t i = 0; i < block->rows.len; i++)
        sorted[i] = &block->rows.at[i];
    qsort(sorted, block->rows.len, sizeof *sorted, key_order_of);
    for (size_t i = 1; i < block->rows.len; i++) {
        const struct egov_row *a = sorted[i - 1], *b = sorted[i];
        if (a->service != b->service || a->region != b->region || a->period != b->period)
            continue;
        struct where where = {run->ledger->files.at[b->file].name, (long)b->line, 0};
        status = diag(run->diags, E0452, where,
                      "service %s stands twice for one region and period: see line %ld",
                      diag_quote(run->diags, s->services.keys.at[b->service]), (long)a->line);
        s->duplicates++;
    }
    mem_free(sorted);
    return status;
}
