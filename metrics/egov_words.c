// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/egov_words.h"

#include <math.h>

struct word {
    const char *word;
    int value;
};

static int find_word(const struct word *table, size_t count, struct str text, int otherwise)
{
    for (size_t i = 0; i < count; i++)
        if (admin_same(text, table[i].word))
            return table[i].value;
    return otherwise;
}
#define FIND(table, text, otherwise) \
    find_word(table, sizeof(table) / sizeof *(table), text, otherwise)

static const struct word level_words[] = {
    {"none", 0},        {"not on-line", 0}, {"not online", 0},  {"hors ligne", 0},
    {"aucun", 0},       {"publish", 1},     {"publication", 1}, {"interact", 2},
    {"interaction", 2}, {"transact", 3},    {"transaction", 3},
};

// -1: not a whole number from 0 to `most` although a number, -2: not a number.
static int small_number(struct str text, int most)
{
    struct decimal d;
    double real;
    if (num_read(text, '.', STR(""), &d, &real) != NUM_OK)
        return -2;
    return d.scale == 0 && d.mantissa >= 0 && d.mantissa <= most ? (int)d.mantissa : -1;
}

// Levels of the study by id or title, the lowest being 1; those that all know; -1: neither.
static int level_word(struct str text, const struct model *m)
{
    int word = FIND(level_words, text, -1);
    for (size_t i = 0; m && i < m->level_count; i++)
        if (admin_same(text, m->levels[i].id) || admin_same(text, m->levels[i].title.in[LANG_EN]) ||
            admin_same(text, m->levels[i].title.in[LANG_FR]))
            return (int)i + 1;
    return m && m->level_count && word > 0 ? -1 : word;
}

struct cell_read {
    bool name; // a word, else a number
    int value; // 0 .. number of levels, or of steps
    enum missing bad;
};

static struct cell_read cell_read(struct str text, const struct model *m)
{
    int word = level_word(text, m), steps = 3;
    if (word >= 0)
        return (struct cell_read){true, word, VALID};
    int number = small_number(text, (int)egov_levels(m) > steps ? (int)egov_levels(m) : steps);
    if (number == -2)
        return (struct cell_read){true, 0, MISSING_BAD_TEXT};
    return (struct cell_read){false, number, number < 0 ? MISSING_OUT_OF_RANGE : VALID};
}

// Words or numbers in both columns are levels; a word in `level` and a number in `reached` a step.
static enum depth_form form_of(struct cell_read level, struct cell_read reached, enum depth asked)
{
    if (asked != DEPTH_AUTO)
        return asked == DEPTH_STEPS ? FORM_STEPS : FORM_LEVELS;
    if (reached.value == 0 && level.name)
        return FORM_EITHER;
    return level.name && !reached.name ? FORM_STEPS : FORM_LEVELS;
}

struct depth_read depth_read(struct str level, struct str reached, enum depth asked,
                             const struct model *model)
{
    struct cell_read top = cell_read(level, model), at = cell_read(reached, model);
    int levels = (int)egov_levels(model);
    if (top.bad == VALID && (top.value == 0 || top.value > levels))
        top.bad = MISSING_OUT_OF_RANGE;
    int most = form_of(top, at, asked) == FORM_STEPS ? 3 : levels;
    if (at.bad == VALID && at.value > most)
        at.bad = MISSING_OUT_OF_RANGE;
    if (asked == DEPTH_STEPS && at.bad == VALID && at.name && at.value > 0)
        at.bad = MISSING_BAD_TEXT;
    return (struct depth_read){.form = form_of(top, at, asked),
                               .level = top.value,
                               .reached = at.value,
                               .bad_level = top.bad,
                               .bad_reached = at.bad};
}

int point_answer(struct str word)
{
    static const struct word words[] = {
        {"Y", POINT_YES}, {"O", POINT_YES}, {"yes", POINT_YES}, {"oui", POINT_YES},
        {"N", POINT_NO},  {"no", POINT_NO}, {"non", POINT_NO},
    };
    return FIND(words, word, POINT_UNKNOWN);
}

enum service_kind kind_of(struct str word)
{
    static const struct word words[] = {
        {"information", KIND_INFORMATION},
        {"transaction", KIND_TRANSACTION},
    };
    return (enum service_kind)FIND(words, word, KIND_NONE);
}

bool scope_holds(struct str cell, struct texts values)
{
    size_t from = 0;
    for (size_t i = 0; i <= cell.len; i++) {
        if (i < cell.len && !strchr(",;/| ", cell.ptr[i]))
            continue;
        struct str word = {cell.ptr + from, i - from};
        for (size_t v = 0; v < values.count; v++)
            if (admin_same(word, values.at[v]))
                return true;
        from = i + 1;
    }
    return false;
}

// ---- scores

enum { SCORE_MEASURE, SCORE_VALUE, SCORE_COLUMNS };
struct scores_reading {
    struct egov_state *state;
    struct egov_block *block;
    struct dict measure_ids, values;
    struct admin_column columns[SCORE_COLUMNS];
};

static void take_score(struct scores_reading *g, const struct block *b, size_t i, struct diags *d)
{
    struct str id = admin_word(&g->measure_ids, admin_code(b, &g->columns[SCORE_MEASURE], i));
    struct str text = admin_word(&g->values, admin_code(b, &g->columns[SCORE_VALUE], i));
    struct where where = {g->block->in->scores.files.at[0], (long)b->line[i], 0};
    enum measure measure = measure_find(arena_copy(&g->state->arena, id.ptr, id.len));
    struct egov_score score = {b->region[i], b->period[i], measure, NAN, NULL};
    struct decimal exact;
    if (admin_missing(text) != VALID)
        return;
    if (!measure) {
        (void)diag(d, E0460, where, "unknown measure %s", diag_quote(d, id));
        return;
    }
    if (num_read(text, '.', STR(""), &exact, &score.value) == NUM_OK)
        score.value = decimal_value(exact);
    else if (measure == MEASURE_VOICE && memchr(text.ptr, '.', text.len))
        score.indicator = arena_copy(&g->state->arena, text.ptr, text.len);
    const struct measure_info *info = &measures[measure];
    bool whole = measure != MEASURE_PLATEAU || score.value == floor(score.value);
    if (!score.indicator && !(score.value >= info->low && score.value <= info->high && whole))
        (void)diag(d, E0460, where, "%s %s is not a value of %g to %g", info->label.id,
                   diag_quote(d, text), info->low, info->high);
    else
        vec_push(&g->block->scores, score);
}

static enum status take_scores(void *context, const struct block *b, struct reader *r,
                               struct diags *d)
{
    (void)r;
    for (size_t i = 0; i < b->rows; i++)
        take_score(context, b, i, d);
    return OK;
}

enum status egov_read_scores(struct run *run, struct egov_state *state, struct egov_block *block)
{
    struct scores_reading reading = {.state = state, .block = block};
    if (!block->in->scores.files.count)
        return OK;
    reading.columns[SCORE_MEASURE] =
        (struct admin_column){"measure", CELL_CODE, true, &reading.measure_ids, {0}, 0};
    reading.columns[SCORE_VALUE] =
        (struct admin_column){"value", CELL_CODE, true, &reading.values, {0}, 0};
    enum status status = admin_read(run, &(struct admin_reading){.input = &block->in->scores,
                                                                 .columns = reading.columns,
                                                                 .count = SCORE_COLUMNS,
                                                                 .time_role = "period",
                                                                 .sink = take_scores,
                                                                 .context = &reading});
    block->has_scores = block->scores.len > 0;
    dict_free(&reading.measure_ids);
    dict_free(&reading.values);
    return status;
}
