// SPDX-License-Identifier: GPL-3.0-or-later
// Reading catalogues of services: levels or interaction points, elements, volumes, stages.
#include "metrics/egov_words.h"

#include <math.h>

enum {
    COLUMN_SERVICE,
    COLUMN_SECTOR,
    COLUMN_LEVEL,
    COLUMN_REACHED,
    COLUMN_SCOPE,
    COLUMN_VISITS,
    COLUMN_APPLICATIONS,
    COLUMN_ONLINE,
    COLUMN_ENQUIRIES,
    COLUMN_KIND,
    COLUMN_STAGE_NOW,
    COLUMN_STAGE_TARGET,
    COLUMN_POINTS,
    COLUMN_CRM = COLUMN_POINTS + POINT_COUNT,
};

struct egov_reading {
    struct egov_state *state;
    struct egov_block *block;
    struct dict words, kinds; // of levels and points
    struct dict scopes;
    struct admin_column *columns;
    size_t count;
};

// ---- columns

static struct texts one_name(struct arena *a, const char *name)
{
    const char **at = NEWS(a, 1, const char *);
    at[0] = name;
    return (struct texts){at, 1};
}

static void name_columns(struct egov_reading *g)
{
    static const struct {
        int column;
        const char *role;
        enum cell_kind kind;
    } fixed[] = {
        {COLUMN_SERVICE, "service", CELL_CODE},
        {COLUMN_SECTOR, "sector", CELL_CODE},
        {COLUMN_LEVEL, "level", CELL_CODE},
        {COLUMN_REACHED, "reached", CELL_CODE},
        {COLUMN_SCOPE, "scope", CELL_CODE},
        {COLUMN_VISITS, "visits", CELL_NUMBER},
        {COLUMN_APPLICATIONS, "applications", CELL_NUMBER},
        {COLUMN_ONLINE, "online", CELL_NUMBER},
        {COLUMN_ENQUIRIES, "enquiries", CELL_NUMBER},
        {COLUMN_KIND, "kind", CELL_CODE},
        {COLUMN_STAGE_NOW, "stage_now", CELL_NUMBER},
        {COLUMN_STAGE_TARGET, "stage_target", CELL_NUMBER},
    };
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        g->columns[fixed[i].column] =
            (struct admin_column){.role = fixed[i].role, .kind = fixed[i].kind};
    g->columns[COLUMN_SERVICE].required = true;
    g->columns[COLUMN_SERVICE].codes = &g->state->services;
    g->columns[COLUMN_SECTOR].codes = &g->state->sectors;
    g->columns[COLUMN_LEVEL].codes = &g->words;
    g->columns[COLUMN_REACHED].codes = &g->words;
    g->columns[COLUMN_SCOPE].codes = &g->scopes;
    g->columns[COLUMN_KIND].codes = &g->kinds;
}

static void add_columns(struct egov_reading *g)
{
    const struct services *in = g->block->in;
    struct arena *a = &g->state->arena;
    g->columns = NEWS(a, (size_t)COLUMN_CRM + in->crm_columns.count, struct admin_column);
    name_columns(g);
    for (size_t i = 0; i < POINT_COUNT; i++) {
        struct admin_column *c = &g->columns[(size_t)COLUMN_POINTS + i];
        bool named = in->has_points && in->points[i] && *in->points[i];
        *c = (struct admin_column){.role = point_ids[i], .kind = CELL_CODE, .codes = &g->words};
        if (named)
            c->names = one_name(a, in->points[i]);
    }
    for (size_t i = 0; i < in->crm_columns.count; i++)
        g->columns[(size_t)COLUMN_CRM + i] =
            (struct admin_column){.role = "crm",
                                  .kind = CELL_NUMBER,
                                  .required = true,
                                  .names = one_name(a, in->crm_columns.at[i])};
    g->count = (size_t)COLUMN_CRM + in->crm_columns.count;
}

// ---- cells of a row

struct word_cell {
    struct str word;
    enum missing why;
};

static struct word_cell word_of(const struct egov_reading *g, const struct block *b, size_t i,
                                int column)
{
    const struct admin_column *c = &g->columns[column];
    uint32_t code = admin_code(b, c, i);
    if (code == ADMIN_NO_CODE)
        return (struct word_cell){STR(""), c->ask == ADMIN_NONE ? MISSING_NOT_ASKED
                                                                : b->columns[c->ask].why[i]};
    struct str word = admin_word(c->codes, code);
    return (struct word_cell){word, admin_missing(word)};
}

static void recount(const struct egov_reading *g, struct reader *r, int column, enum missing why)
{
    if (g->columns[column].ask != ADMIN_NONE)
        reader_recount(r, (size_t)g->columns[column].ask, why, 1);
}

static double number_within(const struct egov_reading *g, const struct block *b, size_t i,
                            struct reader *r, int column, double low, double high)
{
    double value = admin_number(b, &g->columns[column], i, NULL);
    if (value < low || value > high) {
        recount(g, r, column, MISSING_OUT_OF_RANGE);
        return NAN;
    }
    return value;
}

static bool has_level_columns(const struct egov_reading *g)
{
    return g->columns[COLUMN_LEVEL].ask != ADMIN_NONE &&
           g->columns[COLUMN_REACHED].ask != ADMIN_NONE;
}

// Level and reached as the file writes them. False: the row was taken back.
static bool take_levels(struct egov_reading *g, const struct block *b, size_t i, struct reader *r,
                        struct egov_row *row)
{
    struct word_cell level = word_of(g, b, i, COLUMN_LEVEL);
    struct word_cell reached = word_of(g, b, i, COLUMN_REACHED);
    if (level.why == MISSING_NOT_APPLICABLE || reached.why == MISSING_NOT_APPLICABLE) {
        row->state = SERVICE_NOT_APPLICABLE;
        return true;
    }
    if (level.why != VALID || reached.why != VALID)
        return true;
    struct depth_read depth =
        depth_read(level.word, reached.word, g->block->in->depth, g->block->model);
    if (depth.bad_level != VALID)
        recount(g, r, COLUMN_LEVEL, depth.bad_level);
    if (depth.bad_reached != VALID)
        recount(g, r, COLUMN_REACHED, depth.bad_reached);
    if (depth.bad_level != VALID || depth.bad_reached != VALID)
        return true;
    if (depth.form == FORM_LEVELS && depth.reached > depth.level) {
        reader_reject(r, i, REJECT_LEVEL, input_column(b->input, "reached", 1).at[0], reached.word,
                      NULL);
        return false;
    }
    row->state = SERVICE_SCORED;
    row->form = depth.form;
    row->top = depth.form == FORM_STEPS ? 3 : (uint8_t)depth.level;
    row->reached = (uint8_t)depth.reached;
    return true;
}

// Interaction points; where the catalogue has no levels, the level they allow and the level they
// reach, under the first reading.
static void take_points(struct egov_reading *g, const struct block *b, size_t i, struct reader *r,
                        struct egov_row *row)
{
    uint8_t level = 1, reached = 0;
    for (int p = 0; p < POINT_COUNT; p++) {
        struct word_cell cell = word_of(g, b, i, COLUMN_POINTS + p);
        int answer = cell.why == VALID ? point_answer(cell.word) : POINT_ABSENT;
        uint8_t worth = p == 3 || p == 4 ? 3 : 2; // decision and issuance complete a transaction
        if (answer == POINT_UNKNOWN)
            recount(g, r, COLUMN_POINTS + p, MISSING_BAD_TEXT);
        if (answer != POINT_YES && answer != POINT_NO)
            continue;
        level = worth > level ? worth : level;
        row->yes = (uint8_t)(row->yes + (answer == POINT_YES));
        row->no = (uint8_t)(row->no + (answer == POINT_NO));
        if (answer == POINT_YES && worth > reached)
            reached = worth;
    }
    if (has_level_columns(g))
        return;
    double visits = admin_number(b, &g->columns[COLUMN_VISITS], i, NULL);
    row->state = SERVICE_SCORED;
    row->form = FORM_LEVELS;
    row->top = level;
    row->reached = reached ? reached : visits > 0;
}

// 100 · Σ elements / (max × elements answered).
static double crm_of(const struct egov_reading *g, const struct block *b, size_t i,
                     struct reader *r)
{
    const struct services *in = g->block->in;
    double sum = 0, answered = 0;
    for (size_t c = 0; c < in->crm_columns.count; c++) {
        double value = number_within(g, b, i, r, COLUMN_CRM + (int)c, 0, in->crm_max);
        if (isnan(value))
            continue;
        sum += value;
        answered++;
    }
    return answered > 0 && in->crm_max > 0 ? 100 * sum / (in->crm_max * answered) : NAN;
}

static void take_stage(struct egov_reading *g, const struct block *b, size_t i, struct reader *r,
                       struct egov_row *row)
{
    struct word_cell kind = word_of(g, b, i, COLUMN_KIND);
    row->kind = kind.why == VALID ? kind_of(kind.word) : KIND_NONE;
    if (kind.why == VALID && row->kind == KIND_NONE)
        recount(g, r, COLUMN_KIND, MISSING_BAD_TEXT);
    row->stage_now = number_within(g, b, i, r, COLUMN_STAGE_NOW, 1, 9);
    row->stage_target = number_within(g, b, i, r, COLUMN_STAGE_TARGET, 1, 9);
    g->block->has_stage |= !isnan(row->stage_now) || !isnan(row->stage_target);
}

static void take_volumes(struct egov_reading *g, const struct block *b, size_t i, struct reader *r,
                         struct egov_row *row)
{
    row->applications = number_within(g, b, i, r, COLUMN_APPLICATIONS, 0, INFINITY);
    row->online = number_within(g, b, i, r, COLUMN_ONLINE, 0, INFINITY);
    row->enquiries = number_within(g, b, i, r, COLUMN_ENQUIRIES, 0, INFINITY);
    g->block->has_volume |= !isnan(row->applications);
}

// The federal inventory counts external and enterprise services, and external ones where the volume
// decides; a study may name the values that count.
static void take_scope(struct egov_reading *g, const struct block *b, size_t i,
                       struct egov_row *row)
{
    static const char *const wide[] = {"EXTERN", "ENTERPRISE"};
    const struct texts named = g->block->in->scope;
    struct word_cell scope = word_of(g, b, i, COLUMN_SCOPE);
    bool federal = g->block->model && g->block->model->federal;
    row->in_scope = row->external = true;
    if (g->columns[COLUMN_SCOPE].ask == ADMIN_NONE || scope.why == MISSING_NOT_ASKED)
        return;
    if (named.count)
        row->in_scope = row->external = scope_holds(scope.word, named);
    else if (federal) {
        row->in_scope = scope_holds(scope.word, (struct texts){wide, 2});
        row->external = scope_holds(scope.word, (struct texts){wide, 1});
    }
}

static void take_row(struct egov_reading *g, const struct block *b, size_t i, struct reader *r)
{
    struct egov_row row = {
        .service = admin_code(b, &g->columns[COLUMN_SERVICE], i),
        .sector = admin_code(b, &g->columns[COLUMN_SECTOR], i),
        .region = b->region[i],
        .period = b->period[i],
        .file = b->file,
        .line = b->line[i],
    };
    if (row.service == ADMIN_NO_CODE) {
        reader_reject(r, i, REJECT_VALUE, NULL, STR(""), "the row names no service");
        return;
    }
    if (g->block->in->has_points)
        take_points(g, b, i, r, &row);
    if ((!g->block->in->has_points || has_level_columns(g)) && !take_levels(g, b, i, r, &row))
        return;
    row.crm = crm_of(g, b, i, r);
    take_stage(g, b, i, r, &row);
    take_volumes(g, b, i, r, &row);
    take_scope(g, b, i, &row);
    g->block->has_sector |= row.sector != ADMIN_NO_CODE;
    vec_push(&g->block->rows, row);
}

static enum status take_block(void *context, const struct block *b, struct reader *r,
                              struct diags *d)
{
    (void)d;
    for (size_t i = 0; i < b->rows; i++)
        take_row(context, b, i, r);
    return OK;
}

// ---- a catalogue

static enum status find_model(struct run *run, struct egov_state *s, struct egov_block *block)
{
    const char *id = block->in->model;
    if (block->in->own)
        return model_of_study(&s->arena, block->in->own, &block->model, run->diags);
    if (!*id)
        return OK;
    block->model = model_find(id);
    if (!block->model) {
        const char **ids = NEWS(&run->diags->arena, model_count, const char *);
        for (size_t i = 0; i < model_count; i++)
            ids[i] = models[i].label.id;
        const char *near = str_nearest(id, ids, model_count);
        enum status status = diag(run->diags, E0459, block->in->in.where, "unknown model %s",
                                  diag_quote(run->diags, str_of(id)));
        if (near)
            diag_help(run->diags, "did you mean %s?", near);
        return status;
    }
    if (!block->model->verified)
        return diag(run->diags, E0461, block->in->in.where,
                    "weights of %s are quoted elsewhere and verified nowhere", id);
    return OK;
}

static enum status read_block(struct run *run, struct egov_state *s, struct egov_block *block)
{
    struct egov_reading reading = {.state = s, .block = block};
    TRY(find_model(run, s, block));
    add_columns(&reading);
    enum status status = admin_read(run, &(struct admin_reading){.input = &block->in->in,
                                                                 .columns = reading.columns,
                                                                 .count = reading.count,
                                                                 .time_role = "period",
                                                                 .sink = take_block,
                                                                 .context = &reading});
    block->has_points = block->in->has_points;
    block->has_crm = block->in->crm_columns.count > 0;
    block->has_levels = block->has_points || has_level_columns(&reading);
    block->says_depth = has_level_columns(&reading) || !block->has_points;
    dict_free(&reading.words);
    dict_free(&reading.kinds);
    dict_free(&reading.scopes);
    TRY(status);
    TRY(egov_check_keys(run, s, block));
    TRY(egov_check_depth(run, block));
    return egov_read_scores(run, s, block);
}

enum status egov_read(struct run *run, void **state)
{
    const struct study *study = run->study;
    if (!study->services_count)
        return OK;
    struct egov_state *s = mem_new(1, sizeof *s);
    *state = s;
    s->blocks = NEWS(&s->arena, study->services_count, struct egov_block);
    s->block_count = study->services_count;
    for (size_t i = 0; i < s->block_count; i++) {
        s->blocks[i].in = &study->services[i];
        TRY(read_block(run, s, &s->blocks[i]));
    }
    return OK;
}
