// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/run/frame_answers.h"

#include <math.h>

enum cell_kind answers_cell(enum answer_kind kind)
{
    return kind == ANSWER_PLAIN || kind == ANSWER_NUMBER ? CELL_NUMBER : CELL_CODE;
}

// ---- yes and no

static bool listed(struct str text, const char *const *words)
{
    struct buf folded = {0};
    bool found = false;
    for (size_t i = 0; i < text.len; i++)
        buf_char(&folded,
                 (char)(text.ptr[i] >= 'A' && text.ptr[i] <= 'Z' ? text.ptr[i] + 32 : text.ptr[i]));
    for (; *words && !found; words++)
        found = str_is(buf_view(&folded), *words);
    buf_free(&folded);
    return found;
}

static bool among(struct str text, const struct texts *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (str_is(text, list->at[i]))
            return true;
    return false;
}

int frame_flag(const struct item *item, struct str text)
{
    static const char *const yes[] = {"y", "yes", "o", "oui", "1", "true", "vrai", NULL};
    static const char *const no[] = {"n", "no", "non", "0", "2", "false", "faux", NULL};
    if (among(text, &item->yes))
        return 1;
    if (among(text, &item->no))
        return 0;
    return listed(text, yes) ? 1 : listed(text, no) ? 0 : -1;
}

// ---- scales

static bool bounded(const struct item *item)
{
    return item && isfinite(item->low) && isfinite(item->high) && item->scale != SCALE_NUMBER;
}

// A number on the item's scale, turned if the item is reversed.
static enum missing on_scale(const struct item *item, struct decimal *number)
{
    if (!bounded(item))
        return VALID;
    if (number->scale != 0 || (double)number->mantissa < item->low ||
        (double)number->mantissa > item->high)
        return MISSING_OUT_OF_RANGE;
    if (item->reverse)
        number->mantissa = llrint(item->low + item->high) - number->mantissa;
    return VALID;
}

// The name under which the study's `codes:` bring a text, else the text itself.
static struct str code_name(const struct item *item, struct str text)
{
    for (size_t i = 0; item && i < item->code_count; i++)
        if (among(text, &item->codes[i].codes))
            return str_of(item->codes[i].name);
    return text;
}

static struct decision decide(struct answers *a, struct str text)
{
    struct decision d = {.made = true};
    double value;
    int flag;
    switch (a->kind) {
    case ANSWER_FLAG:
        flag = frame_flag(a->item, text);
        d.why = flag < 0 ? MISSING_BAD_TEXT : VALID;
        d.number.mantissa = flag > 0;
        break;
    case ANSWER_WORD:
        if (num_read(code_name(a->item, text), '.', (struct str){0}, &d.number, &value) != NUM_OK)
            d.why = MISSING_BAD_TEXT;
        else
            d.why = on_scale(a->item, &d.number);
        break;
    case ANSWER_CODE:
        d.code = (uint32_t)dict_add(&a->column->codes, code_name(a->item, text));
        break;
    case ANSWER_PLAIN:
    case ANSWER_NUMBER:
        break;
    }
    return d;
}

static struct decision *decision_of(struct answers *a, uint32_t code)
{
    while (a->decisions.len <= code)
        vec_push(&a->decisions, ((struct decision){0}));
    if (!a->decisions.at[code].made)
        a->decisions.at[code] = decide(a, a->texts.keys.at[code]);
    return &a->decisions.at[code];
}

static void take_number(struct answers *a, enum missing why, struct decimal number)
{
    enum missing now = why;
    if (why == VALID && a->kind == ANSWER_NUMBER)
        now = on_scale(a->item, &number);
    a->recounted[now] += now != why;
    column_number(a->column, now, number);
}

void answers_take(struct answers *a, const struct cells *cells, size_t row)
{
    enum missing why = cells->why[row];
    if (answers_cell(a->kind) == CELL_NUMBER) {
        take_number(a, why, why == VALID ? cells->number[row] : (struct decimal){0});
        return;
    }
    struct decision d = {.why = why};
    if (why == VALID)
        d = *decision_of(a, cells->code[row]);
    a->recounted[d.why] += d.why != why;
    if (a->column->coded)
        column_code(a->column, d.why, d.code);
    else
        column_number(a->column, d.why, d.number);
}

void answers_free(struct answers *a)
{
    dict_free(&a->texts);
    vec_free(&a->decisions);
}
