// SPDX-License-Identifier: GPL-3.0-or-later
// The item at hand: its answers as levels, its unit, and why answers are missing.
#include "engine/stats/classes.h"
#include "metrics/respondents.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

const char *asked_unit(const struct asked *a)
{
    const struct item *item = a->item;
    switch (item->scale) {
    case SCALE_SATISFACTION:
    case SCALE_AGREEMENT:
    case SCALE_IMPORTANCE:
        return unit_table[UNIT_SCORE_1_5].id;
    case SCALE_LIKERT:
        return item->low >= 1 && item->low <= 1 && item->high >= 5 && item->high <= 5
                   ? unit_table[UNIT_SCORE_1_5].id
                   : "score";
    case SCALE_NPS:
        return "score";
    case SCALE_YES_NO:
        return unit_table[UNIT_COUNT].id;
    case SCALE_NUMBER:
        return *item->unit ? item->unit : unit_table[UNIT_ITEM].id;
    case SCALE_CATEGORY:
    case SCALE_MULTIPLE:
    case SCALE_COUNT:
        break;
    }
    return unit_table[UNIT_ITEM].id;
}

// ---- codes

static bool bounded(const struct item *item)
{
    return isfinite(item->low) && isfinite(item->high) && item->scale != SCALE_NUMBER &&
           item->scale != SCALE_YES_NO && item->scale != SCALE_CATEGORY &&
           item->scale != SCALE_MULTIPLE;
}

// Room for the level of every row, in a byte where that is enough; reasons stand behind the levels.
// False: no levels.
static bool set_levels(struct asked *a, const struct frame *f, struct arena *arena)
{
    if (!a->levels.count || a->class || a->levels.of)
        return a->levels.count > 0;
    if (a->levels.count + MISSING_COUNT > CLASSES_MOST) {
        a->levels.of = NEWS(arena, f->rows + 1, uint32_t);
        memset(a->levels.of, 0xff, (f->rows + 1) * sizeof *a->levels.of);
        return true;
    }
    a->class = NEWS(arena, f->rows + 1, uint8_t);
    for (size_t i = 0; i < f->rows; i++)
        a->class[i] = (uint8_t)(a->levels.count + a->why[i]);
    return true;
}

static void set_level(struct asked *a, size_t row, size_t level)
{
    if (a->class)
        a->class[row] = (uint8_t)level;
    else
        a->levels.of[row] = (uint32_t)level;
}

// Points of the scale, from low to high.
static void point_levels(struct asked *a, const struct frame *f, struct arena *arena,
                         struct arena *names)
{
    struct levels *l = &a->levels;
    long low = lrint(a->item->low), high = lrint(a->item->high);
    l->count = high >= low && high - low < 1000 ? (size_t)(high - low + 1) : 0;
    l->id = NEWS(arena, l->count + 1, const char *);
    for (size_t k = 0; k < l->count; k++)
        l->id[k] = arena_print(names, "%ld", low + (long)k);
    bool any = set_levels(a, f, arena);
    for (size_t i = 0; any && i < f->rows; i++)
        if (a->why[i] == VALID)
            set_level(a, i, (size_t)(column_whole(a->column, i) - low));
}

static void flag_levels(struct asked *a, const struct frame *f, struct arena *arena)
{
    struct levels *l = &a->levels;
    l->count = 2;
    l->id = NEWS(arena, 2, const char *);
    l->id[0] = "yes";
    l->id[1] = "no";
    bool any = set_levels(a, f, arena);
    for (size_t i = 0; any && i < f->rows; i++)
        if (a->why[i] == VALID)
            set_level(a, i, column_whole(a->column, i) == 0);
}

// Codes of a dictionary that are listed by the study or occur, in their order.
struct listing {
    struct dict codes;
    uint32_t *rank;
};

static void listing_finish(struct listing *list, struct levels *l, struct arena *names)
{
    list->rank = dict_ranks(&list->codes);
    l->count = list->codes.keys.len;
    l->id = NEWS(names, l->count + 1, const char *);
    for (size_t k = 0; k < l->count; k++) {
        struct str text = list->codes.keys.at[k];
        l->id[list->rank[k]] = arena_copy(names, text.ptr, text.len);
    }
}

static void listing_start(struct listing *list, const struct item *item)
{
    for (size_t i = 0; i < item->answer_count; i++)
        dict_add(&list->codes, str_of(item->answers[i].code));
}

static void listing_free(struct listing *list)
{
    mem_free(list->rank);
    dict_free(&list->codes);
}

// Texts of a column as numbers of the listing.
static uint32_t *translate(struct listing *list, const struct column *c, const uint8_t *why)
{
    uint32_t *number = mem_new(c->codes.keys.len + 1, sizeof *number);
    bool *occurs = mem_new(c->codes.keys.len + 1, sizeof *occurs);
    for (size_t i = 0; i < c->rows; i++)
        if (why[i] == VALID)
            occurs[c->code[i]] = true;
    for (size_t k = 0; k < c->codes.keys.len; k++)
        number[k] = occurs[k] ? (uint32_t)dict_add(&list->codes, c->codes.keys.at[k]) : 0;
    mem_free(occurs);
    return number;
}

static void code_levels(struct asked *a, const struct frame *f, struct arena *arena,
                        struct arena *names)
{
    struct listing list = {0};
    listing_start(&list, a->item);
    uint32_t *number = translate(&list, a->column, a->why);
    listing_finish(&list, &a->levels, names);
    bool any = set_levels(a, f, arena);
    for (size_t i = 0; any && i < f->rows; i++)
        if (a->why[i] == VALID)
            set_level(a, i, list.rank[number[a->column->code[i]]]);
    mem_free(number);
    listing_free(&list);
}

// ---- questions with several answers

static bool chosen(const struct variable *v, size_t column, size_t row)
{
    const struct column *c = &v->columns[column];
    return c->why[row] == VALID &&
           (v->mentions || frame_flag(v->item, c->codes.keys.at[c->code[row]]) == 1);
}

// Valid with at least one answer; else the first reason found.
static uint8_t *reasons(const struct variable *v, const struct frame *f, struct arena *arena)
{
    uint8_t *why = NEWS(arena, f->rows + 1, uint8_t);
    for (size_t i = 0; i < f->rows; i++) {
        why[i] = MISSING_BLANK;
        bool found = false;
        for (size_t k = 0; k < v->column_count; k++) {
            if (v->columns[k].why[i] != VALID && v->columns[k].why[i] != MISSING_BLANK)
                why[i] = v->columns[k].why[i];
            found |=
                v->item->scale == SCALE_MULTIPLE ? chosen(v, k, i) : v->columns[k].why[i] == VALID;
        }
        if (found)
            why[i] = VALID;
    }
    return why;
}

static void option_levels(struct asked *a, struct arena *arena)
{
    struct levels *l = &a->levels;
    l->count = a->item->columns.count;
    l->id = NEWS(arena, l->count + 1, const char *);
    for (size_t k = 0; k < l->count; k++)
        l->id[k] = a->item->columns.at[k];
}

// Which options each row names, one byte per option and row.
static void multiple_levels(struct asked *a, const struct frame *f, struct arena *arena,
                            struct arena *names)
{
    const struct variable *v = a->variable;
    struct listing list = {0};
    uint32_t **number = mem_new(v->column_count + 1, sizeof *number);
    if (v->mentions) {
        listing_start(&list, a->item);
        for (size_t k = 0; k < v->column_count; k++)
            number[k] = translate(&list, &v->columns[k], v->columns[k].why);
        listing_finish(&list, &a->levels, names);
    } else {
        option_levels(a, arena);
    }
    a->named = NEWS(arena, a->levels.count + 1, uint8_t *);
    for (size_t k = 0; k < a->levels.count; k++)
        a->named[k] = NEWS(arena, f->rows + 1, uint8_t);
    for (size_t k = 0; k < v->column_count; k++)
        for (size_t i = 0; i < f->rows; i++)
            if (chosen(v, k, i))
                a->named[v->mentions ? list.rank[number[k][v->columns[k].code[i]]] : k][i] = 1;
    for (size_t k = 0; k < v->column_count; k++)
        mem_free(number[k]);
    mem_free(number);
    listing_free(&list);
}

void asked_make(struct asked *a, const struct variable *v, const struct frame *f,
                struct arena *arena, struct arena *names)
{
    *a = (struct asked){.variable = v, .item = v->item, .column = v->column};
    a->why = v->column ? v->column->why : reasons(v, f, arena);
    for (size_t i = 0; i < f->rows; i++)
        a->reasons[a->why[i]]++;
    if (v->item->scale == SCALE_MULTIPLE)
        multiple_levels(a, f, arena, names);
    else if (v->item->scale == SCALE_YES_NO && v->column)
        flag_levels(a, f, arena);
    else if (v->item->scale == SCALE_CATEGORY)
        code_levels(a, f, arena, names);
    else if (bounded(v->item) && v->column)
        point_levels(a, f, arena, names);
}

// ---- kinds

bool item_points(const struct item *item)
{
    return bounded(item);
}

bool item_rated(const struct item *item)
{
    return bounded(item) && item->scale != SCALE_NPS;
}

bool item_numeric(const struct item *item)
{
    return bounded(item) || (item->scale == SCALE_NUMBER && *item->column);
}

bool asked_named(const struct asked *a, size_t level, size_t row)
{
    if (a->named)
        return a->named[level][row];
    return a->class ? a->class[row] == level : a->levels.of && a->levels.of[row] == level;
}

// ---- finding

const struct asked *asked_id(const struct view *v, const char *id)
{
    for (size_t i = 0; i < v->frame->variable_count; i++)
        if (strcmp(v->all[i]->item->id, id) == 0)
            return v->all[i];
    return NULL;
}

const struct asked *asked_role(const struct view *v, enum role role)
{
    for (size_t i = 0; i < v->frame->variable_count; i++)
        if (v->all[i]->item->role == role && !v->all[i]->variable->hidden)
            return v->all[i];
    return NULL;
}

const struct asked *asked_beside(const struct view *v, const struct asked *a, const char *suffix)
{
    char *id = arena_print(v->arena, "%s.%s", a->item->id, suffix);
    return asked_id(v, id);
}
