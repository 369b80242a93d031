// SPDX-License-Identifier: GPL-3.0-or-later
// What respondents were asked: the study's items, and what stands in the columns beside them.
#include "engine/run/frame.h"

#include <math.h>

static struct column *own_columns(struct frame *f, size_t count, bool coded)
{
    struct column *c = NEWS(&f->arena, count + 1, struct column);
    for (size_t i = 0; i < count; i++)
        c[i].coded = coded;
    return c;
}

static struct variable *add(struct frame *f, const struct item *item, const struct item *parent)
{
    struct variable *v = &f->variables[f->variable_count++];
    *v = (struct variable){.item = item, .parent = parent};
    if (item->scale == SCALE_MULTIPLE) {
        v->column_count = item->columns.count;
        v->columns = own_columns(f, v->column_count, true);
    } else if (item->role == ROLE_WILLING && !*item->column) {
        v->column_count = item->ladder_count;
        v->columns = own_columns(f, v->column_count, false);
    } else {
        v->column = own_columns(f, 1, item->scale == SCALE_CATEGORY);
    }
    return v;
}

// A derived item: timeliness.importance, wait_min.acceptable, plan.before.
static void add_beside(struct frame *f, const struct item *parent, const char *column,
                       const char *suffix, enum scale scale)
{
    if (!*column)
        return;
    struct item *item = NEW(&f->arena, struct item);
    *item = *parent;
    item->id = arena_print(f->names, "%s.%s", parent->id, suffix);
    item->column = column;
    item->names = (struct texts){0};
    item->scale = scale;
    item->role = ROLE_NONE;
    item->driver = item->importance = item->acceptable = item->before = "";
    item->answers = NULL;
    item->answer_count = 0;
    bool rating = parent->scale == SCALE_SATISFACTION || parent->scale == SCALE_AGREEMENT ||
                  parent->scale == SCALE_IMPORTANCE;
    if (scale == SCALE_IMPORTANCE && !rating && parent->scale == SCALE_LIKERT) {
        item->scale = SCALE_LIKERT; // rated on the points of the item itself
    } else if (scale == SCALE_IMPORTANCE) {
        item->low = 1;
        item->high = 5;
        item->reverse = rating && parent->reverse;
    } else if (scale == SCALE_NUMBER) {
        item->low = item->high = NAN;
    }
    add(f, item, parent);
}

static void add_item(struct frame *f, const struct item *item)
{
    add(f, item, NULL);
    add_beside(f, item, item->importance, "importance", SCALE_IMPORTANCE);
    add_beside(f, item, item->acceptable, "acceptable", SCALE_NUMBER);
    add_beside(f, item, item->before, "before", item->scale);
}

// A column that a ratio names and no item holds.
static void add_hidden(struct frame *f, const char *id)
{
    if (frame_variable(f, id))
        return;
    struct item *item = NEW(&f->arena, struct item);
    *item = (struct item){.id = id, .column = id, .scale = SCALE_NUMBER, .low = NAN, .high = NAN};
    item->driver = item->importance = item->acceptable = item->before = item->unit =
        item->asked_if = item->service = "";
    item->direct_cost = NAN;
    add(f, item, NULL)->hidden = true;
}

void frame_variables(struct frame *f)
{
    const struct survey *s = f->survey;
    f->variables = NEWS(&f->arena, 4 * s->item_count + 2 * s->ratio_count + 1, struct variable);
    for (size_t i = 0; i < s->item_count; i++)
        add_item(f, &s->items[i]);
    for (size_t i = 0; i < s->ratio_count; i++) {
        add_hidden(f, s->ratios[i].numerator);
        add_hidden(f, s->ratios[i].denominator);
    }
    f->breakdown_count = s->in.breakdowns.count;
    f->breakdowns = NEWS(&f->arena, f->breakdown_count + 1, struct breakdown);
    for (size_t i = 0; i < f->breakdown_count; i++) {
        f->breakdowns[i].id = s->in.breakdowns.at[i];
        f->breakdowns[i].column.coded = true;
        if (strcmp(f->breakdowns[i].id, s->standardise) == 0)
            f->mix = &f->breakdowns[i];
    }
    if (*s->standardise && !f->mix) {
        f->mix = &f->breakdowns[f->breakdown_count];
        f->mix->id = s->standardise;
        f->mix->column.coded = true;
    }
}

const struct variable *frame_variable(const struct frame *f, const char *id)
{
    for (size_t i = 0; i < f->variable_count; i++)
        if (strcmp(f->variables[i].item->id, id) == 0)
            return &f->variables[i];
    return NULL;
}

// ---- asked_if

static bool code_among(struct str code, const struct texts *codes)
{
    for (size_t i = 0; i < codes->count; i++)
        if (str_is(code, codes->at[i]))
            return true;
    return false;
}

// Does the answer of a row stand among the codes that open the question? Codes are those of the
// file, so a reversed item is turned back.
static bool opens(const struct variable *source, size_t row, const struct texts *codes)
{
    const struct column *c = source->column;
    const struct item *item = source->item;
    if (!c || c->why[row] != VALID)
        return false;
    if (c->coded)
        return code_among(c->codes.keys.at[c->code[row]], codes);
    if (item->scale == SCALE_YES_NO)
        for (size_t i = 0; i < codes->count; i++) {
            int flag = frame_flag(item, str_of(codes->at[i]));
            if (flag >= 0 && flag == (column_whole(c, row) != 0))
                return true;
        }
    double value = column_value(c, row);
    char text[NUM_TEXT];
    num_text(item->reverse ? item->low + item->high - value : value, text);
    return item->scale != SCALE_YES_NO && code_among(str_of(text), codes);
}

static void skip(struct variable *v, size_t row)
{
    struct column *list = v->column ? v->column : v->columns;
    size_t count = v->column ? 1 : v->column_count;
    bool answered = false;
    for (size_t i = 0; i < count; i++) {
        answered |= list[i].why[row] == VALID;
        list[i].why[row] = MISSING_NOT_ASKED;
    }
    v->skipped += answered;
}

void frame_skips(struct frame *f)
{
    for (size_t i = 0; i < f->variable_count; i++) {
        struct variable *v = &f->variables[i];
        const struct variable *source =
            *v->item->asked_if ? frame_variable(f, v->item->asked_if) : NULL;
        for (size_t row = 0; source && row < f->rows; row++)
            if (!opens(source, row, &v->item->asked_if_codes))
                skip(v, row);
    }
}
