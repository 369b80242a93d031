// SPDX-License-Identifier: GPL-3.0-or-later
// Reading service standards: keys, volumes, and how each file writes its targets.
#include "metrics/standards_state.h"

#include <math.h>

enum {
    ROLE_STANDARD,
    ROLE_SERVICE,
    ROLE_TARGET,
    ROLE_MET,
    ROLE_TOTAL,
    ROLE_TYPE,
    ROLE_CHANNEL,
    ROLES
};

struct standards_reading {
    struct standards_state *state;
    struct admin_column columns[ROLES];
    uint16_t block;
};

// "standard", or "service/standard" where the study names the service.
static uint32_t key_of(struct standards_state *s, uint32_t service, uint32_t standard)
{
    struct buf key = {0};
    if (service != ADMIN_NO_CODE) {
        buf_str(&key, s->services.keys.at[service]);
        buf_char(&key, '/');
    }
    buf_str(&key, s->standards.keys.at[standard]);
    uint32_t number = (uint32_t)dict_add(&s->keys, buf_view(&key));
    buf_free(&key);
    return number;
}

// A volume below 0 is out of range (E5).
static double volume(const struct block *b, const struct admin_column *c, size_t row,
                     struct reader *r, bool *not_applicable)
{
    enum missing why;
    double value = admin_number(b, c, row, &why);
    *not_applicable = *not_applicable || why == MISSING_NOT_APPLICABLE;
    if (value >= 0 || isnan(value))
        return value;
    reader_recount(r, (size_t)c->ask, MISSING_OUT_OF_RANGE, 1);
    return NAN;
}

// More than 0 met of a total of 0 is no measurement: the row is taken back.
static bool is_impossible(const struct block *b, const struct admin_column *c, size_t i,
                          struct reader *r)
{
    double met = admin_number(b, &c[ROLE_MET], i, NULL);
    if (admin_number(b, &c[ROLE_TOTAL], i, NULL) != 0 || !(met > 0))
        return false;
    char text[NUM_TEXT];
    num_text(met, text);
    reader_reject(r, i, REJECT_VALUE, NULL, str_of(text), "more than 0 met of a total of 0");
    return true;
}

static void take_target(struct standards_row *row, const struct block *b, size_t i,
                        const struct admin_column *c, struct reader *r)
{
    row->target = NAN;
    if (!admin_decimal(b, c, i, &row->written))
        return;
    double value = admin_decimal_value(row->written);
    if (value < 0)
        reader_recount(r, (size_t)c->ask, MISSING_OUT_OF_RANGE, 1);
    row->has_target = value > 0;
}

static void take_row(struct standards_reading *reading, const struct block *b, size_t i,
                     struct reader *r)
{
    struct standards_state *s = reading->state;
    const struct admin_column *c = reading->columns;
    uint32_t standard = admin_code(b, &c[ROLE_STANDARD], i);
    if (standard == ADMIN_NO_CODE) {
        reader_reject(r, i, REJECT_VALUE, NULL, STR(""), "the row names no standard");
        return;
    }
    if (is_impossible(b, c, i, r))
        return;
    struct standards_row row = {
        .service = admin_code(b, &c[ROLE_SERVICE], i),
        .type = admin_code(b, &c[ROLE_TYPE], i),
        .channel = admin_code(b, &c[ROLE_CHANNEL], i),
        .region = b->region[i],
        .period = b->period[i],
        .block = reading->block,
        .file = b->file,
        .line = b->line[i],
    };
    row.met = volume(b, &c[ROLE_MET], i, r, &row.not_applicable);
    row.total = volume(b, &c[ROLE_TOTAL], i, r, &row.not_applicable);
    take_target(&row, b, i, &c[ROLE_TARGET], r);
    row.key = key_of(s, row.service, standard);
    s->excess += row.met > row.total;
    vec_push(&s->rows, row);
}

static enum status take_block(void *context, const struct block *b, struct reader *r,
                              struct diags *d)
{
    (void)d;
    for (size_t i = 0; i < b->rows; i++)
        take_row(context, b, i, r);
    return OK;
}

// ---- how targets are written

struct target_kinds {
    uint32_t file;
    size_t below, one, above; // targets below 1, equal to 1, above 1
};

static void count_targets(const struct standards_state *s, size_t from, struct target_kinds *kinds)
{
    for (size_t i = from; i < s->rows.len; i++) {
        const struct standards_row *row = &s->rows.at[i];
        if (row->file != kinds->file || !row->has_target)
            continue;
        double value = admin_decimal_value(row->written);
        kinds->below += value < 1;
        kinds->one += value == 1;
        kinds->above += value > 1;
    }
}

// A target of exactly 1 reads both ways (100 %, 1 %) and follows the others of its file.
static enum status target_unit(struct run *run, const struct standards *block,
                               const struct target_kinds *kinds, bool *percent)
{
    struct where where = {run->ledger->files.at[kinds->file].name, 0, 0};
    *percent = block->target_unit == TARGET_PERCENT;
    if (block->target_unit != TARGET_AUTO)
        return OK;
    if (kinds->below && kinds->above)
        return diag(run->diags, E0454, where,
                    "%zu targets are below 1 and %zu above 1: fractions and percents in one file",
                    kinds->below, kinds->above);
    *percent = kinds->above > 0;
    if (kinds->below + kinds->one + kinds->above == 0)
        return OK;
    if (*percent && kinds->one)
        return diag(run->diags, E0455, where,
                    "targets are read as percents; %zu of them are 1 and mean 1%%", kinds->one);
    return diag(run->diags, E0455, where, "targets are read as %s",
                *percent ? "percents" : "fractions: all are 1 or less");
}

// Exact: 99.9 % is the double nearest to 0.999, as the rounded performance is.
static double as_fraction(struct decimal written, bool percent)
{
    if (!percent)
        return admin_decimal_value(written);
    if (written.scale == DECIMAL_REAL || written.scale > 16)
        return admin_decimal_value(written) / 100;
    return decimal_value((struct decimal){written.mantissa, written.scale + 2});
}

static enum status settle_targets(struct run *run, struct standards_state *s,
                                  const struct standards *block, size_t from)
{
    for (size_t i = from; i < s->rows.len;) {
        struct target_kinds kinds = {.file = s->rows.at[i].file};
        bool percent;
        count_targets(s, i, &kinds);
        TRY(target_unit(run, block, &kinds, &percent));
        for (; i < s->rows.len && s->rows.at[i].file == kinds.file; i++)
            if (s->rows.at[i].has_target)
                s->rows.at[i].target = as_fraction(s->rows.at[i].written, percent);
    }
    return OK;
}

static enum status read_block(struct run *run, struct standards_state *s, size_t at)
{
    const struct standards *block = &run->study->standards[at];
    struct standards_reading reading = {
        .state = s,
        .block = (uint16_t)at,
        .columns =
            {
                [ROLE_STANDARD] = {"standard", CELL_CODE, true, &s->standards, {0}, 0},
                [ROLE_SERVICE] = {"service", CELL_CODE, false, &s->services, {0}, 0},
                [ROLE_TARGET] = {"target", CELL_NUMBER, false, NULL, {0}, 0},
                [ROLE_MET] = {"met", CELL_NUMBER, true, NULL, {0}, 0},
                [ROLE_TOTAL] = {"total", CELL_NUMBER, true, NULL, {0}, 0},
                [ROLE_TYPE] = {"type", CELL_CODE, false, &s->types, {0}, 0},
                [ROLE_CHANNEL] = {"channel", CELL_CODE, false, &s->channels, {0}, 0},
            },
    };
    size_t from = s->rows.len;
    TRY(admin_read(run, &(struct admin_reading){.input = &block->in,
                                                .columns = reading.columns,
                                                .count = ROLES,
                                                .time_role = "period",
                                                .sink = take_block,
                                                .context = &reading}));
    return settle_targets(run, s, block, from);
}

// ---- all blocks

static bool same_key(const struct standards_row *a, const struct standards_row *b)
{
    return a->key == b->key && a->region == b->region && a->period == b->period;
}

static void find_duplicates(struct run *run, struct standards_state *s)
{
    for (size_t i = 1; i < s->rows.len; i++) {
        const struct standards_row *row = &s->rows.at[i], *before = row - 1;
        if (!same_key(row, before))
            continue;
        s->duplicates++;
        const struct standards_row *late = row->line > before->line ? row : before;
        struct where where = {run->ledger->files.at[late->file].name, (long)late->line, 0};
        (void)diag(run->diags, E0458, where,
                   "standard %s stands twice for one region and period; its volumes are added up",
                   diag_quote(run->diags, s->keys.keys.at[row->key]));
    }
}

enum status standards_read(struct run *run, void **state)
{
    if (!run->study->standards_count)
        return OK;
    struct standards_state *s = mem_new(1, sizeof *s);
    *state = s;
    for (size_t i = 0; i < run->study->standards_count; i++)
        TRY(read_block(run, s, i));
    s->key_rank = dict_ranks(&s->keys);
    standards_sort(s);
    find_duplicates(run, s);
    run->standards = s;
    run->found.excess += s->excess;
    run->found.duplicates += s->duplicates;
    return OK;
}
