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

static void copy_why(const struct cells *cells, struct used *used)
{
    if (used->all)
        memcpy(used->why, cells->why, used->count);
    else
        for (size_t i = 0; i < used->count; i++)
            used->why[i] = cells->why[used->row[i]];
}

// Answers off the scale of their item lose their value, those of a reversed item are turned.
static void bring_to_scale(struct answers *a, struct used *used, const struct decimal *number)
{
    const struct item *item = a->item;
    int64_t low = llrint(ceil(item->low)), high = llrint(floor(item->high));
    for (size_t i = 0; i < used->count; i++) {
        struct decimal d = number[i];
        bool off = d.scale != 0 || d.mantissa < low || d.mantissa > high;
        if (used->why[i] != VALID)
            continue;
        if (off) {
            used->why[i] = MISSING_OUT_OF_RANGE;
            a->recounted[MISSING_OUT_OF_RANGE]++;
        } else if (item->reverse) {
            used->number[i].mantissa = llrint(item->low + item->high) - d.mantissa;
        }
    }
}

static void take_numbers(struct answers *a, const struct cells *cells, struct used *used)
{
    const struct decimal *number = cells->number;
    bool scaled = a->kind == ANSWER_NUMBER && bounded(a->item);
    if (!used->all || (scaled && a->item->reverse)) {
        for (size_t i = 0; i < used->count; i++)
            used->number[i] = cells->number[used->row[i]];
        number = used->number;
    }
    if (scaled)
        bring_to_scale(a, used, number);
    column_numbers(a->column, used->why, number, used->count);
}

static void take_texts(struct answers *a, const struct cells *cells, struct used *used)
{
    for (size_t i = 0; i < used->count; i++) {
        if (used->why[i] != VALID)
            continue;
        const struct decision *d = decision_of(a, cells->code[used->row[i]]);
        a->recounted[d->why] += d->why != VALID;
        used->why[i] = (uint8_t)d->why;
        used->code[i] = d->code;
        used->number[i] = d->number;
    }
    if (a->column->coded)
        column_codes(a->column, used->why, used->code, used->count);
    else
        column_numbers(a->column, used->why, used->number, used->count);
}

void answers_take(struct answers *a, const struct cells *cells, struct used *used)
{
    copy_why(cells, used);
    if (answers_cell(a->kind) == CELL_NUMBER)
        take_numbers(a, cells, used);
    else
        take_texts(a, cells, used);
}

void answers_free(struct answers *a)
{
    dict_free(&a->texts);
    vec_free(&a->decisions);
}
