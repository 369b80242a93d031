// SPDX-License-Identifier: GPL-3.0-or-later
// Reading the action plan (a row is an action) and the ledger of measures beside it.
#include "metrics/plan_state.h"

#include <math.h>
#include <stdlib.h>

enum {
    COLUMN_RECOMMENDATION,
    COLUMN_OWNER,
    COLUMN_REGION,
    COLUMN_DUE,
    COLUMN_REVISED,
    COLUMN_STATUS,
    COLUMN_DONE,
    COLUMNS
};

struct plan_reading {
    struct run *run;
    struct plan_state *state;
    struct dict words;
    struct admin_column columns[COLUMNS];
    enum status status;
};

static struct str word_of(const struct plan_reading *g, const struct block *b, size_t i, int column)
{
    struct str word = admin_word(&g->words, admin_code(b, &g->columns[column], i));
    return admin_missing(word) == VALID ? word : STR("");
}

static struct where place_of(const struct plan_reading *g, const struct block *b, size_t i)
{
    return (struct where){g->run->ledger->files.at[b->file].name, (long)b->line[i], 0};
}

static int32_t date_of(const struct plan_reading *g, const struct block *b, size_t i,
                       struct reader *r, int column)
{
    struct diags *d = g->run->diags;
    struct str text = word_of(g, b, i, column);
    int32_t day;
    if (!text.len)
        return PLAN_NO_DATE;
    if (plan_date_read(text, &day))
        return day;
    reader_recount(r, (size_t)g->columns[column].ask, MISSING_BAD_TEXT, 1);
    (void)diag(d, E0462, place_of(g, b, i), "%s is not a date of an action plan",
               diag_quote(d, text));
    return PLAN_NO_DATE;
}

static enum plan_status status_of(struct plan_reading *g, const struct block *b, size_t i)
{
    struct diags *d = g->run->diags;
    struct str text = word_of(g, b, i, COLUMN_STATUS);
    const char *near;
    if (!text.len)
        return PLAN_NONE;
    enum plan_status status = plan_status_read(text, &near);
    if (status == PLAN_NONE) {
        g->status = diag(d, E0457, place_of(g, b, i), "unknown status %s", diag_quote(d, text));
        if (near)
            diag_help(d, "did you mean \"%s\"?", near);
    }
    return status;
}

// Owners that are regions of the study; others (head office, a working group) own it for the whole.
static void add_owners(struct plan_reading *g, struct plan_row *row, struct str list)
{
    size_t from = 0;
    for (size_t i = 0; i <= list.len; i++) {
        if (i < list.len && list.ptr[i] != ';')
            continue;
        struct str owner = str_trim((struct str){list.ptr + from, i - from});
        uint16_t region;
        const char *near;
        from = i + 1;
        if (!owner.len || !places_region(g->run->places, owner, &region, &near))
            continue;
        bool known = region == REGION_TOTAL;
        for (size_t k = 0; k < row->region_count; k++)
            known = known || row->regions[k] == region;
        if (!known)
            row->regions[row->region_count++] = region;
    }
}

static void take_owners(struct plan_reading *g, struct plan_row *row, struct str owners,
                        struct str regions)
{
    size_t room = 2;
    for (size_t i = 0; i < owners.len; i++)
        room += owners.ptr[i] == ';';
    for (size_t i = 0; i < regions.len; i++)
        room += regions.ptr[i] == ';';
    row->regions = NEWS(&g->state->arena, room, uint16_t);
    if (!g->run->study->has_regions) // else every owner would become a region
        return;
    add_owners(g, row, owners);
    add_owners(g, row, regions);
}

static enum status take_block(void *context, const struct block *b, struct reader *r,
                              struct diags *d)
{
    struct plan_reading *g = context;
    (void)d;
    for (size_t i = 0; i < b->rows; i++) {
        struct str recommendation = word_of(g, b, i, COLUMN_RECOMMENDATION);
        struct plan_row row = {
            .recommendation = (uint32_t)dict_add(&g->state->recommendations, recommendation),
            .status = status_of(g, b, i),
            .due = date_of(g, b, i, r, COLUMN_DUE),
            .revised = date_of(g, b, i, r, COLUMN_REVISED),
            .done = date_of(g, b, i, r, COLUMN_DONE),
        };
        take_owners(g, &row, word_of(g, b, i, COLUMN_OWNER), word_of(g, b, i, COLUMN_REGION));
        g->run->found.undated += row.status == PLAN_COMPLETED && row.done == PLAN_NO_DATE;
        vec_push(&g->state->rows, row);
    }
    return OK;
}

static enum status read_plan(struct run *run, struct plan_state *s)
{
    static const char *const roles[COLUMNS] = {"recommendation", "owner",  "region", "due",
                                               "revised",        "status", "done"};
    struct plan_reading reading = {.run = run, .state = s};
    for (int i = 0; i < COLUMNS; i++)
        reading.columns[i] = (struct admin_column){
            .role = roles[i],
            .kind = CELL_CODE,
            .required = i == COLUMN_RECOMMENDATION || i == COLUMN_STATUS,
            .codes = &reading.words,
        };
    enum status status = admin_read(run, &(struct admin_reading){.input = &run->study->plan.in,
                                                                 .columns = reading.columns,
                                                                 .count = COLUMNS,
                                                                 .no_region = true,
                                                                 .sink = take_block,
                                                                 .context = &reading});
    dict_free(&reading.words);
    return status ? status : reading.status;
}

// ---- ledger

enum { LEDGER_MEASURE, LEDGER_NUMERATOR, LEDGER_DENOMINATOR, LEDGER_COLUMNS };
struct ledger_reading {
    struct plan_state *state;
    struct admin_column columns[LEDGER_COLUMNS];
};

static double not_negative(const struct block *b, const struct admin_column *c, size_t i,
                           struct reader *r)
{
    double value = admin_number(b, c, i, NULL);
    if (value >= 0 || isnan(value))
        return value;
    reader_recount(r, (size_t)c->ask, MISSING_OUT_OF_RANGE, 1);
    return NAN;
}

static enum status take_ledger(void *context, const struct block *b, struct reader *r,
                               struct diags *d)
{
    struct ledger_reading *g = context;
    (void)d;
    for (size_t i = 0; i < b->rows; i++) {
        struct ledger_row row = {admin_code(b, &g->columns[LEDGER_MEASURE], i), b->region[i],
                                 b->period[i], not_negative(b, &g->columns[LEDGER_NUMERATOR], i, r),
                                 not_negative(b, &g->columns[LEDGER_DENOMINATOR], i, r)};
        if (row.measure == ADMIN_NO_CODE)
            reader_reject(r, i, REJECT_VALUE, NULL, STR(""), "the row names no measure");
        else
            vec_push(&g->state->ledger, row);
    }
    return OK;
}

static enum status read_ledger(struct run *run, struct plan_state *s)
{
    struct ledger_reading reading = {
        .state = s,
        .columns = {{"measure", CELL_CODE, true, &s->measures, {0}, 0},
                    {"numerator", CELL_NUMBER, true, NULL, {0}, 0},
                    {"denominator", CELL_NUMBER, true, NULL, {0}, 0}},
    };
    return admin_read(run, &(struct admin_reading){.input = &run->study->plan.ledger,
                                                   .columns = reading.columns,
                                                   .count = LEDGER_COLUMNS,
                                                   .time_role = "period",
                                                   .sink = take_ledger,
                                                   .context = &reading});
}

enum status plan_read(struct run *run, void **state)
{
    struct plan_state *s = mem_new(1, sizeof *s);
    *state = s;
    if (!run->study->has_plan)
        return OK;
    if (run->study->plan.in.files.count)
        TRY(read_plan(run, s));
    return run->study->plan.ledger.files.count ? read_ledger(run, s) : OK;
}

static int ledger_order(const void *left, const void *right)
{
    const struct ledger_row *a = left, *b = right;
    if (a->measure != b->measure)
        return a->measure < b->measure ? -1 : 1;
    if (a->region != b->region)
        return a->region < b->region ? -1 : 1;
    if (a->period != b->period)
        return a->period < b->period ? -1 : 1;
    if (a->denominator != b->denominator)
        return a->denominator < b->denominator ? -1 : 1;
    return (a->numerator > b->numerator) - (a->numerator < b->numerator);
}

void plan_settle(const struct run *run, struct plan_state *s)
{
    s->measure_rank = dict_ranks(&s->measures);
    for (size_t i = 0; i < s->rows.len; i++)
        for (size_t k = 0; k < s->rows.at[i].region_count; k++)
            s->rows.at[i].regions[k] = admin_region(run->places, s->rows.at[i].regions[k]);
    for (size_t i = 0; i < s->ledger.len; i++) {
        struct ledger_row *row = &s->ledger.at[i];
        row->measure = s->measure_rank[row->measure]; // now in the order of the names
        row->region = admin_region(run->places, row->region);
        row->period = admin_period(run->places, row->period);
    }
    if (s->ledger.len)
        qsort(s->ledger.at, s->ledger.len, sizeof *s->ledger.at, ledger_order);
}

void plan_drop(void *state)
{
    struct plan_state *s = state;
    if (!s)
        return;
    dict_free(&s->recommendations);
    dict_free(&s->measures);
    mem_free(s->measure_rank);
    vec_free(&s->rows);
    vec_free(&s->ledger);
    arena_free(&s->arena);
    mem_free(s);
}
