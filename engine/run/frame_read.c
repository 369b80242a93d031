// SPDX-License-Identifier: GPL-3.0-or-later
// Reading a survey: which columns are asked for, and what becomes of a row.
#include "engine/run/frame_parts.h"
#include "engine/stats/classes.h"
#include "engine/stats/exact.h"

#include <math.h>
#include <stdio.h>

// ---- columns asked for

static size_t ask_for(struct intake *in, struct ask ask, struct answers answers)
{
    ask.kind = answers_cell(answers.kind);
    vec_push(&in->answers, answers);
    vec_push(&in->asks, ask);
    return in->answers.len; // one past, so that zero means "not asked for"
}

// Every column gets its address once all are there (the arrays move while they grow).
static size_t ask_role(struct intake *in, const char *role, int stage, bool number)
{
    const struct input *input = &in->frame->survey->in;
    struct texts names = input_column(input, role, stage);
    if (!names.count)
        return 0;
    struct column *column = NEW(&in->frame->arena, struct column);
    column->coded = !number;
    struct ask ask = {
        .role = role, .names = names, .required = input->columns_declared, .where = input->where};
    return ask_for(in, ask,
                   (struct answers){.column = column, .kind = number ? ANSWER_PLAIN : ANSWER_CODE});
}

static struct texts one_name(struct intake *in, const char *const *name)
{
    const char **at = NEW(&in->frame->arena, const char *);
    *at = *name;
    return (struct texts){at, 1};
}

static enum answer_kind kind_of(const struct item *item)
{
    switch (item->scale) {
    case SCALE_YES_NO:
        return ANSWER_FLAG;
    case SCALE_CATEGORY:
    case SCALE_MULTIPLE:
        return ANSWER_CODE;
    case SCALE_SATISFACTION:
    case SCALE_AGREEMENT:
    case SCALE_IMPORTANCE:
    case SCALE_LIKERT:
    case SCALE_NPS:
    case SCALE_NUMBER:
    case SCALE_COUNT:
        break;
    }
    return item->code_count ? ANSWER_WORD : ANSWER_NUMBER;
}

static void ask_answer(struct intake *in, const struct item *item, struct column *column,
                       const char *const *name, enum answer_kind kind)
{
    const struct input *input = &in->frame->survey->in;
    struct ask ask = {.role = item->id,
                      .names = name == &item->column && item->names.count ? item->names
                                                                          : one_name(in, name),
                      // codes of its own stand instead of the survey's: 8 minutes are a wait
                      .missing = item->own_missing ? &item->missing : &input->missing,
                      .required = true,
                      .where = item->where};
    ask_for(in, ask, (struct answers){.column = column, .item = item, .kind = kind});
}

static void ask_variable(struct intake *in, struct variable *v)
{
    const struct item *item = v->item;
    if (v->column)
        ask_answer(in, item, v->column, &item->column, kind_of(item));
    for (size_t i = 0; i < v->column_count; i++)
        if (item->scale == SCALE_MULTIPLE)
            ask_answer(in, item, &v->columns[i], &item->columns.at[i], ANSWER_CODE);
        else
            ask_answer(in, item, &v->columns[i], &item->ladder[i].column, ANSWER_FLAG);
}

static void ask_breakdown(struct intake *in, struct breakdown *b)
{
    const struct input *input = &in->frame->survey->in;
    struct ask ask = {.role = b->id,
                      .names = one_name(in, &b->id),
                      .missing = &input->missing,
                      .required = true,
                      .where = input->where};
    ask_for(in, ask, (struct answers){.column = &b->column, .kind = ANSWER_CODE});
}

static enum status ask_replicates(struct intake *in, struct diags *d)
{
    struct texts names = {0};
    TRY(frame_replicate_names(in->frame, &names, d));
    in->replicate_count = names.count;
    in->replicates = in->answers.len + 1;
    for (size_t i = 0; i < names.count; i++) {
        struct column *column = NEW(&in->frame->arena, struct column);
        struct ask ask = {.role = "replicate weight",
                          .names = one_name(in, &names.at[i]),
                          .required = true,
                          .where = in->frame->survey->replicates.where};
        ask_for(in, ask, (struct answers){.column = column, .kind = ANSWER_PLAIN});
    }
    return OK;
}

static void ask_margins(struct intake *in)
{
    for (size_t i = 0; i < in->margins.list.len; i++) {
        struct margin *m = &in->margins.list.at[i];
        const struct item *item = survey_item(in->frame->survey, m->variable);
        const char *const *name =
            item && *item->column ? &item->column : (const char *const *)&m->variable;
        if (m->region)
            continue;
        m->column = NEW(&in->frame->arena, struct column);
        m->column->coded = !m->numeric;
        struct ask ask = {.role = "calibration margin",
                          .names = item && item->names.count ? item->names : one_name(in, name),
                          .required = true,
                          .where = in->frame->survey->calibrate.where};
        ask_for(
            in, ask,
            (struct answers){.column = m->column, .kind = m->numeric ? ANSWER_PLAIN : ANSWER_CODE});
    }
}

static enum status ask_everything(struct intake *in, struct diags *d)
{
    struct frame *f = in->frame;
    in->weight = ask_role(in, "weight", 1, true);
    if (f->survey->replicates.kind != REPLICATES_NONE) {
        TRY(ask_replicates(in, d));
    } else {
        in->stratum = ask_role(in, "stratum", 1, false);
        in->cluster[0] = ask_role(in, "cluster", 1, false);
        in->cluster[1] = ask_role(in, "cluster", 2, false);
        in->fpc[0] = ask_role(in, "fpc", 1, true);
        in->fpc[1] = ask_role(in, "fpc", 2, true);
        if (!in->cluster[0])
            in->respondent = ask_role(in, "respondent", 1, false);
    }
    for (size_t i = 0; i < f->breakdown_count; i++)
        ask_breakdown(in, &f->breakdowns[i]);
    if (f->mix == &f->breakdowns[f->breakdown_count])
        ask_breakdown(in, f->mix);
    for (size_t i = 0; i < f->variable_count; i++)
        ask_variable(in, &f->variables[i]);
    ask_margins(in);
    intake_codes(in);
    return OK;
}

void intake_codes(struct intake *in)
{
    for (size_t i = 0; i < in->asks.len; i++)
        if (in->asks.at[i].kind == CELL_CODE)
            in->asks.at[i].codes = &in->answers.at[i].texts;
}

// ---- rows

// Is the row used? Weight 0: no, and counted; anything but a number from 0 up: rejected.
static bool weigh(struct intake *in, const struct block *b, struct reader *r, size_t row,
                  size_t *zero)
{
    if (!in->weight)
        return true;
    const struct cells *c = &b->columns[in->weight - 1];
    if (c->why[row] == MISSING_NOT_ASKED) // the file has no such column and need not have it
        return true;
    double weight = c->why[row] == VALID ? column_decimal(c->number[row]) : NAN;
    if (weight > 0)
        return true;
    if (weight <= 0 && weight >= 0) {
        ++*zero;
        return false;
    }
    char text[NUM_TEXT];
    num_text(weight, text);
    reader_reject(r, row, REJECT_WEIGHT, in->asks.at[in->weight - 1].names.at[0], str_of(text),
                  NULL);
    return false;
}

// Room for the rows of a block.
static void make_room(struct intake *in, size_t rows)
{
    struct used *u = &in->used;
    if (rows <= in->used_room)
        return;
    in->used_room = rows;
    u->row = NEWS(&in->arena, rows, uint32_t);
    u->why = NEWS(&in->arena, rows, uint8_t);
    u->number = NEWS(&in->arena, rows, struct decimal);
    u->code = NEWS(&in->arena, rows, uint32_t);
}

static void keep_rows(struct intake *in, const struct block *b)
{
    struct frame *f = in->frame;
    const struct used *u = &in->used;
    size_t rows = f->rows + u->count;
    if (rows > in->room[0]) {
        size_t twice = rows > 2 * in->room[0] ? rows : 2 * in->room[0];
        f->region = mem_grow(f->region, &in->room[0], twice, sizeof *f->region);
        f->period = mem_grow(f->period, &in->room[1], twice, sizeof *f->period);
    }
    for (size_t i = 0; i < u->count; i++) {
        f->region[f->rows + i] = b->region ? b->region[u->row[i]] : REGION_TOTAL;
        f->period[f->rows + i] = b->period ? b->period[u->row[i]] : 0;
    }
    if (in->whole && u->count)
        vec_push(
            &in->stretches,
            ((struct column_stretch){
                .file = b->file, .line = b->line[u->row[0]], .first = f->rows, .count = u->count}));
    for (size_t i = 0; i < in->answers.len; i++)
        answers_take(&in->answers.at[i], &b->columns[i], &in->used);
    f->rows = rows;
}

static enum status take_block(void *context, const struct block *b, struct reader *r,
                              struct diags *d)
{
    struct intake *in = context;
    size_t zero = 0;
    (void)d;
    make_room(in, b->rows);
    in->used.count = 0;
    for (size_t row = 0; row < b->rows; row++)
        if (weigh(in, b, r, row, &zero))
            in->used.row[in->used.count++] = (uint32_t)row;
    in->used.all = in->used.count == b->rows;
    keep_rows(in, b);
    reader_zero_weight(r, zero);
    in->unused += zero;
    for (size_t i = 0; i < in->answers.len; i++)
        for (enum missing why = VALID; why < MISSING_COUNT; why++) {
            if (in->answers.at[i].recounted[why])
                reader_recount(r, i, why, in->answers.at[i].recounted[why]);
            in->answers.at[i].recounted[why] = 0;
        }
    return OK;
}

// ---- afterwards

struct column *intake_column(const struct intake *in, size_t asked)
{
    return asked ? in->answers.at[asked - 1].column : NULL;
}

// Weights of the file, or 1 for every row.
static void set_weights(struct intake *in)
{
    struct frame *f = in->frame;
    struct column *weight = intake_column(in, in->weight);
    f->weight = NEWS(&f->arena, f->rows + 1, int64_t);
    f->w = NEWS(&f->arena, f->rows + 1, double);
    f->weighted = weight && f->rows && weight->why[0] == VALID;
    f->weight_unit = f->weighted ? weight->unit : 1;
    f->weight_scale = f->weighted && !weight->binary ? weight->scale : 0;
    for (size_t i = 0; i < f->rows; i++) {
        f->weight[i] = f->weighted ? column_whole(weight, i) : 1;
        f->w[i] = f->weighted ? column_value(weight, i) : 1;
    }
}

static void set_mentions(struct frame *f)
{
    for (size_t i = 0; i < f->variable_count; i++)
        frame_mentions(&f->variables[i]);
    for (size_t i = 0; i < f->breakdown_count; i++)
        f->breakdowns[i].rank = dict_ranks(&f->breakdowns[i].column.codes);
    if (f->mix && !f->mix->rank)
        f->mix->rank = dict_ranks(&f->mix->column.codes);
}

static int weight_bits(const struct frame *f)
{
    int64_t most = 0;
    for (size_t i = 0; i < f->rows; i++)
        most = f->weight[i] > most ? f->weight[i] : most;
    return exact_bits(most);
}

// Do sums of squared weights fit whole numbers of 126 bits?
static bool squares_fit(const struct frame *f)
{
    return 2 * weight_bits(f) + exact_bits((int128)f->rows) <= 126;
}

// And sums of weights 62?
static bool sums_fit(const struct frame *f)
{
    return weight_bits(f) + exact_bits((int128)f->rows) <= 62 && squares_fit(f);
}

static enum status settle(struct intake *in, const struct frame_run *run)
{
    struct frame *f = in->frame;
    if (!f->rows && in->unused)
        return diag(run->diags, E0414, f->survey->in.where,
                    "survey %s, column %s: 0 in all of %zu rows", f->survey->in.id,
                    in->asks.at[in->weight - 1].names.at[0], in->unused);
    for (size_t i = 0; i < in->answers.len; i++)
        column_finish(in->answers.at[i].column);
    set_weights(in);
    set_mentions(f);
    frame_skips(f);
    TRY(f->survey->replicates.kind != REPLICATES_NONE ? frame_replicates(in, run)
                                                      : frame_design(in, run));
    if (f->survey->calibrate.method != CALIBRATE_NONE)
        TRY(frame_calibrate(in, run));
    f->simple = !f->weighted && !in->stratum && !in->cluster[0] && !f->design.replicates;
    f->by_classes = !f->residuals && classes_fit(&f->design) && squares_fit(f);
    f->by_units = !f->by_classes && !f->residuals && !f->design.replicates && sums_fit(f);
    frame_order(f, run->threads);
    return OK;
}

static enum status read_rows(struct intake *in, const struct frame_run *run)
{
    const struct survey *s = in->frame->survey;
    TRY(s->calibrate.method != CALIBRATE_NONE ? frame_margins(in, run) : OK);
    TRY(ask_everything(in, run->diags));
    struct request request = {.study = run->study,
                              .input = &s->in,
                              .asks = in->asks.at,
                              .ask_count = in->asks.len,
                              .time_role = "period",
                              .sink = take_block,
                              .context = in};
    TRY(intake_read(in, &request, run));
    return settle(in, run);
}

// Columns that only the intake needs go with it.
static void intake_free(struct intake *in)
{
    for (size_t i = 0; i < in->answers.len; i++) {
        struct answers *a = &in->answers.at[i];
        const char *role = in->asks.at[i].role;
        bool kept = a->item || (a->kind == ANSWER_CODE && intake_breakdown(in->frame, a->column));
        if (!kept && role)
            column_free(a->column);
        answers_free(a);
    }
    for (size_t i = 0; i < in->margins.list.len; i++)
        margin_free(&in->margins.list.at[i]);
    vec_free(&in->margins.list);
    intake_forks_free(in);
    vec_free(&in->answers);
    vec_free(&in->asks);
    arena_free(&in->arena);
}

bool intake_breakdown(const struct frame *f, const struct column *c)
{
    for (size_t i = 0; i < f->breakdown_count; i++)
        if (&f->breakdowns[i].column == c)
            return true;
    return f->mix && &f->mix->column == c;
}

enum status frame_read(struct frame *f, const struct survey *survey, const struct frame_run *run)
{
    *f = (struct frame){.study = run->study, .survey = survey, .names = &run->ledger->arena};
    struct intake in = {.frame = f};
    frame_variables(f);
    enum status status = read_rows(&in, run);
    intake_free(&in);
    return status;
}
