// SPDX-License-Identifier: GPL-3.0-or-later
// The cells of a record into the columns of the block.
#include "engine/ingest/key.h"
#include "engine/ingest/reader_room.h"
#include "engine/ingest/swar.h"

static void set_many(struct reader *r, size_t ask, size_t row, struct str key)
{
    struct many *m = r->many[ask];
    buf_str(&m->text, key);
    vec_push(&m->rows, (uint32_t)row);
    vec_push(&m->ends, m->text.len);
}

static enum missing read_many(struct reader *r, size_t ask, size_t row, struct str text)
{
    struct arena scratch = {0};
    struct cells *cells = &r->block.columns[ask];
    uint64_t value = 0;
    struct str key;
    enum missing why = field_key(&r->fields[ask], text, &scratch, &key);
    if (!why && (!cells->key || !key_of_text(key, &value)))
        set_many(r, ask, row, key);
    if (cells->key)
        cells->key[row] = value;
    else
        cells->code[row] = 0;
    if (scratch.head)
        arena_free(&scratch);
    return why;
}

// Codes and flags, of which a column mostly holds few.
static enum missing read_word(struct reader *r, size_t ask, struct str text, uint32_t *value)
{
    const struct ask *asked = &r->request->asks[ask];
    bool known = false;
    struct memo_slot *memo = NULL;
    if (r->memos[ask] && text.len <= MEMO_LONGEST)
        memo = memo_find(r->memos[ask], text, &known);
    if (known) {
        *value = memo->value;
        return (enum missing)memo->why;
    }
    uint8_t flag = 0;
    enum missing why = asked->kind == CELL_FLAG
                           ? field_flag(&r->fields[ask], text, &flag)
                           : field_code(&r->fields[ask], text, asked->codes, value);
    if (asked->kind == CELL_FLAG)
        *value = flag;
    if (memo) {
        memo->value = *value;
        memo->why = (uint8_t)why;
    }
    return why;
}

static enum missing read_cell(struct reader *r, size_t ask, size_t row, struct str text)
{
    struct cells *cells = &r->block.columns[ask];
    const struct field *field = &r->fields[ask];
    enum missing why;
    uint32_t value;
    switch (r->request->asks[ask].kind) {
    case CELL_NUMBER:
        return field_number(field, text, &cells->number[row]);
    case CELL_CODE:
        return r->many[ask] ? read_many(r, ask, row, text)
                            : read_word(r, ask, text, &cells->code[row]);
    case CELL_KEY:
        return read_many(r, ask, row, text);
    case CELL_DATE:
        return field_date(field, text, &cells->day[row]);
    case CELL_FLAG:
        why = read_word(r, ask, text, &value);
        cells->flag[row] = (uint8_t)value;
        return why;
    }
    return MISSING_BAD_TEXT;
}

void cells_read(struct reader *r, const struct record *record, size_t row)
{
    struct column_count *counts = r->ledger->columns.at + r->counted_base;
    for (size_t i = 0; i < r->request->ask_count; i++) {
        long column = r->columns.ask[i];
        enum missing why =
            column == NO_COLUMN ? MISSING_NOT_ASKED : read_cell(r, i, row, record->fields[column]);
        r->block.columns[i].why[row] = (uint8_t)why;
        counts[i].by[why]++;
    }
}

// ---- a column at a time

static enum missing read_number(const struct field *f, struct str text, const char *floor,
                                struct decimal *out)
{
    const char *end = text.ptr + text.len;
    if (!text.len && !f->code_count) {
        *out = (struct decimal){0, 0};
        return MISSING_BLANK;
    }
    unsigned digit = text.len == 1 ? (unsigned)(unsigned char)*text.ptr - '0' : 10;
    if (digit < 10) { // most answers
        *out = (struct decimal){digit, 0};
        return (enum missing)f->digit[digit];
    }
    bool near = text.len - 1 < SWAR_WORD && end - floor >= SWAR_WORD; // short and not empty
    if (near && swar_number(end, text.len, f->mark, out))
        return f->code_count || f->ranges.len ? field_missing_number(f, *out) : VALID;
    return field_number(f, text, out);
}

// A text that needs no trimming and is its own key: up to 8 ASCII characters, no blank at an end.
static bool read_short_key(const struct field *f, struct str text, const char *floor, uint64_t *key)
{
    const char *end = text.ptr + text.len;
    if (text.len - 1 >= SWAR_WORD || end - floor < SWAR_WORD || *text.ptr <= ' ' || end[-1] <= ' ')
        return false;
    uint64_t word = swar_load(end - SWAR_WORD) >> (SWAR_WORD - text.len) * 8;
    if (word & SWAR_ONES * 0x80 || field_may_be_missing(f, text))
        return false;
    *key = key_of_word(word);
    return true;
}

static enum missing read_listed(struct reader *r, size_t ask, size_t row, struct str text,
                                const char *floor)
{
    struct cells *cells = &r->block.columns[ask];
    const struct field *f = &r->fields[ask];
    if (cells->number)
        return read_number(f, text, floor, &cells->number[row]);
    if (cells->key && read_short_key(f, text, floor, &cells->key[row]))
        return VALID;
    return read_cell(r, ask, row, text);
}

// Words of which there are few, each mostly met before.
static void read_words(struct reader *r, size_t ask, const struct cell_list *list, uint64_t *by)
{
    struct cells *cells = &r->block.columns[ask];
    for (size_t i = 0; i < list->count; i++) {
        uint32_t value = 0;
        enum missing why = read_word(r, ask, list->at[i], &value);
        size_t row = list->first + i;
        if (cells->flag)
            cells->flag[row] = (uint8_t)value;
        else
            cells->code[row] = value;
        cells->why[row] = (uint8_t)why;
        by[why]++;
    }
}

void cells_read_column(struct reader *r, size_t ask, const struct cell_list *list)
{
    uint64_t *by = r->ledger->columns.at[r->counted_base + ask].by;
    if (r->memos[ask]) {
        read_words(r, ask, list, by);
        return;
    }
    for (size_t i = 0; i < list->count; i++) {
        size_t row = list->first + i;
        enum missing why = read_listed(r, ask, row, list->at[i], list->floor);
        r->block.columns[ask].why[row] = (uint8_t)why;
        by[why]++;
    }
}

// ---- keys of a block

static void number_many(struct reader *r, size_t ask)
{
    struct many *m = r->many[ask];
    size_t count = m->rows.len, start = 0;
    if (!count)
        return;
    struct str *keys = mem_new(count, sizeof *keys);
    uint32_t *numbers = mem_new(count, sizeof *numbers);
    for (size_t i = 0; i < count; i++) {
        keys[i] = (struct str){m->text.ptr + start, m->ends.at[i] - start};
        start = m->ends.at[i];
    }
    dict_add_all(r->request->asks[ask].codes, keys, count, numbers);
    struct cells *cells = &r->block.columns[ask];
    for (size_t i = 0; i < count; i++)
        if (cells->key)
            cells->key[m->rows.at[i]] = key_numbered(numbers[i]);
        else
            cells->code[m->rows.at[i]] = numbers[i];
    m->rows.len = m->ends.len = 0;
    buf_clear(&m->text);
    mem_free(numbers);
    mem_free(keys);
}

void cells_number(struct reader *r)
{
    for (size_t i = 0; i < r->request->ask_count; i++)
        if (r->many[i])
            number_many(r, i);
}

void cells_drop(struct reader *r)
{
    for (size_t i = 0; r->many && i < r->request->ask_count; i++) {
        if (!r->many[i])
            continue;
        vec_free(&r->many[i]->rows);
        vec_free(&r->many[i]->ends);
        buf_free(&r->many[i]->text);
    }
    r->many = NULL;
}
