// SPDX-License-Identifier: GPL-3.0-or-later
// CSV files without quotes as fields, and rows found by their first fields. Include after the
// headers that cmocka wants.
#pragma once
#include "engine/base/map.h"
#include "tests/help_run.h"

struct sheet {
    struct buf text; // commas and line ends became NUL
    VEC(const char *) cells;
    size_t columns, rows; // the header is row 0
    struct dict keys;     // first fields of a row joined by \x1f → number, from 0 for row 1
};

static inline const char *sheet_cell(const struct sheet *s, size_t row, size_t column)
{
    return s->cells.at[row * s->columns + column];
}

static inline size_t sheet_column(const struct sheet *s, const char *name)
{
    size_t i = 0;
    while (i < s->columns && strcmp(sheet_cell(s, 0, i), name) != 0)
        i++;
    return i; // columns: not there
}

static inline struct str sheet_key(const struct sheet *s, size_t row, size_t fields, struct buf *b)
{
    buf_clear(b);
    for (size_t i = 0; i < fields; i++) {
        buf_text(b, sheet_cell(s, row, i));
        buf_char(b, '\x1f');
    }
    return buf_view(b);
}

// fields: how many make the key. False: no file, or rows of different lengths.
static inline bool sheet_read(struct sheet *s, const char *path, size_t fields)
{
    struct buf key = {0};
    *s = (struct sheet){.text = read_whole(path)};
    if (!s->text.ptr)
        return false;
    for (char *at = s->text.ptr; *at;) {
        vec_push(&s->cells, at);
        at += strcspn(at, ",\n");
        if (*at == '\n' && !s->columns)
            s->columns = s->cells.len;
        if (*at)
            *at++ = '\0';
    }
    if (!s->columns || s->cells.len % s->columns)
        return false;
    s->rows = s->cells.len / s->columns;
    for (size_t row = 1; row < s->rows; row++)
        dict_add(&s->keys, sheet_key(s, row, fields, &key));
    buf_free(&key);
    return s->keys.keys.len == s->rows - 1; // every key once
}

static inline void sheet_free(struct sheet *s)
{
    buf_free(&s->text);
    vec_free(&s->cells);
    dict_free(&s->keys);
}
