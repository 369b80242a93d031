// SPDX-License-Identifier: GPL-3.0-or-later
// margins.csv: the known totals to which weights are calibrated.
#include "engine/run/frame_parts.h"

#include <math.h>

enum { ASK_VARIABLE, ASK_LEVEL, ASK_COUNT, ASK_REGION, ASK_ALL };

struct margin_rows { // of the file, while it is read
    struct margins *m;
    struct frame *frame;
    struct dict texts[ASK_ALL];
    const struct places *places;
};

void margin_free(struct margin *m)
{
    dict_free(&m->levels);
    vec_free(&m->totals);
}

static struct margin *margin_of(struct margin_rows *rows, struct str variable)
{
    struct margins *m = rows->m;
    for (size_t i = 0; i < m->list.len; i++)
        if (str_is(variable, m->list.at[i].variable))
            return &m->list.at[i];
    struct margin made = {.variable = arena_copy(&rows->frame->arena, variable.ptr, variable.len)};
    vec_push(&m->list, made);
    return &m->list.at[m->list.len - 1];
}

// Levels of regional margins carry their region: "MB\x1fmale".
static void level_key(struct buf *key, struct str region, struct str level)
{
    buf_clear(key);
    if (region.len) {
        buf_str(key, region);
        buf_char(key, '\x1f');
    }
    buf_str(key, level);
}

static enum status take_rows(void *context, const struct block *b, struct reader *r,
                             struct diags *d)
{
    struct margin_rows *rows = context;
    struct buf key = {0};
    (void)r;
    (void)d;
    for (size_t i = 0; i < b->rows; i++) {
        struct str text[ASK_ALL] = {0};
        for (int k = 0; k < ASK_ALL; k++)
            if (k != ASK_COUNT && b->columns[k].why[i] == VALID)
                text[k] = rows->texts[k].keys.at[b->columns[k].code[i]];
        struct margin *m = margin_of(rows, text[ASK_VARIABLE]);
        m->numeric = text[ASK_LEVEL].len == 0;
        rows->m->regional |= text[ASK_REGION].len > 0;
        level_key(&key, text[ASK_REGION], text[ASK_LEVEL]);
        size_t known = m->levels.keys.len;
        size_t level = (size_t)dict_add(&m->levels, buf_view(&key));
        double total = b->columns[ASK_COUNT].why[i] == VALID
                           ? column_decimal(b->columns[ASK_COUNT].number[i])
                           : NAN;
        if (level == known)
            vec_push(&m->totals, total);
        else
            m->totals.at[level] += total;
    }
    buf_free(&key);
    return OK;
}

enum status frame_margins(struct intake *in, const struct frame_run *run)
{
    struct margin_rows rows = {.m = &in->margins, .frame = in->frame};
    const struct input *input = &in->frame->survey->calibrate.margins;
    static const char *const roles[ASK_ALL] = {"variable", "level", "count", "region"};
    struct ask asks[ASK_ALL];
    for (int k = 0; k < ASK_ALL; k++)
        asks[k] = (struct ask){.role = roles[k],
                               .names = input_column(input, roles[k], 1),
                               .kind = k == ASK_COUNT ? CELL_NUMBER : CELL_CODE,
                               .required = k != ASK_REGION,
                               .codes = k == ASK_COUNT ? NULL : &rows.texts[k],
                               .where = input->where};
    for (int k = 0; k < ASK_ALL; k++)
        if (!asks[k].names.count)
            asks[k].names = (struct texts){&roles[k], 1};
    struct request request = {.study = run->study,
                              .input = input,
                              .asks = asks,
                              .ask_count = ASK_ALL,
                              .no_region = true,
                              .sink = take_rows,
                              .context = &rows};
    enum status status = input_read(&request, run->places, run->ledger, run->diags);
    for (int k = 0; k < ASK_ALL; k++)
        dict_free(&rows.texts[k]);
    for (size_t i = 0; i < in->margins.list.len; i++) {
        struct margin *m = &in->margins.list.at[i];
        m->region = strcmp(m->variable, "region") == 0 && !m->numeric;
    }
    return status;
}
