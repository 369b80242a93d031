// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/run/frame.h"

void frame_place(struct frame *f, const struct places *places)
{
    for (size_t i = 0; i < f->rows; i++) {
        if (f->region[i] != REGION_TOTAL)
            f->region[i] = places->region_rank[f->region[i]];
        f->period[i] = places->period_rank[f->period[i]];
    }
}

void frame_free(struct frame *f)
{
    for (size_t i = 0; i < f->variable_count; i++) {
        struct variable *v = &f->variables[i];
        if (v->column)
            column_free(v->column);
        for (size_t k = 0; k < v->column_count; k++)
            column_free(&v->columns[k]);
    }
    for (size_t i = 0; i < f->breakdown_count; i++) {
        column_free(&f->breakdowns[i].column);
        mem_free(f->breakdowns[i].rank);
    }
    if (f->mix == &f->breakdowns[f->breakdown_count] && f->mix) {
        column_free(&f->mix->column);
        mem_free(f->mix->rank);
    }
    if (f->residuals)
        calibrate_basis_free(&f->basis);
    design_free(&f->design);
    mem_free(f->region);
    mem_free(f->period);
    arena_free(&f->arena);
    *f = (struct frame){0};
}

// Columns of a question with several answers hold yes and no (an option each) when every text is
// one of yes, no, 1 and 0; codes of mentions otherwise.
void frame_mentions(struct variable *v)
{
    v->mentions = false;
    for (size_t k = 0; v->item->scale == SCALE_MULTIPLE && k < v->column_count; k++) {
        const struct dict *codes = &v->columns[k].codes;
        for (size_t i = 0; i < codes->keys.len; i++) {
            struct str text = codes->keys.at[i];
            bool declared = v->item->yes.count || v->item->no.count;
            v->mentions |= frame_flag(v->item, text) < 0 || (!declared && str_is(text, "2"));
        }
    }
}
