// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ingest/rows.h"

static bool here(struct str s, size_t at, struct str what)
{
    return what.len && s.len - at >= what.len && !memcmp(s.ptr + at, what.ptr, what.len);
}

bool rows_line_end(struct str s, size_t at)
{
    return s.ptr[at] == '\n' || s.ptr[at] == '\r';
}

size_t rows_end_len(struct str s, size_t at)
{
    return s.ptr[at] == '\r' && at + 1 < s.len && s.ptr[at + 1] == '\n' ? 2 : 1;
}

// A quoted field from behind its first quote; returns behind its last one, s.len when it is open.
static size_t take_quoted(struct str s, size_t at, struct str quote, struct row *row)
{
    while (at < s.len) {
        if (here(s, at, quote)) {
            at += quote.len;
            if (!here(s, at, quote))
                return at;
            at += quote.len;
        } else if (rows_line_end(s, at)) {
            row->lines++;
            at += rows_end_len(s, at);
        } else {
            at++;
        }
    }
    return at;
}

static size_t take_field(struct str s, size_t at, const struct candidate *c, struct row *row)
{
    size_t start = at;
    bool quoted = here(s, at, c->quote);
    if (quoted)
        at = take_quoted(s, at + c->quote.len, c->quote, row);
    size_t closed = at;
    while (at < s.len && !rows_line_end(s, at) && !here(s, at, c->delimiter)) {
        row->bare += s.ptr[at] == ',';
        at++;
    }
    row->quoted += quoted && closed == at;
    row->broken += quoted && closed < at;
    struct str text = str_trim((struct str){s.ptr + start, at - start});
    row->filled += quoted ? text.len > 2 * c->quote.len : text.len > 0;
    row->width++;
    return at;
}

static size_t take_record(struct str s, size_t at, const struct candidate *c, struct row *row)
{
    row->lines = 1;
    row->text.ptr = s.ptr + at;
    for (size_t start = at;;) {
        at = take_field(s, at, c, row);
        row->text.len = at - start;
        if (at >= s.len || rows_line_end(s, at))
            return at < s.len ? at + rows_end_len(s, at) : at;
        at += c->delimiter.len;
    }
}

void rows_take(struct str head, bool whole, const struct candidate *c, row_list *rows)
{
    int64_t line = 1;
    for (size_t at = 0; at < head.len;) {
        struct row row = {.line = line};
        at = take_record(head, at, c, &row);
        line += row.lines;
        bool cut = at >= head.len && !whole; // the last record may go on
        if (!cut && row.text.len > 0)
            vec_push(rows, row);
    }
}

size_t rows_cells(const struct row *row, const struct candidate *c, struct str *out, size_t room)
{
    struct row ignored = {0};
    size_t count = 0;
    for (size_t at = 0; count < room;) {
        size_t end = take_field(row->text, at, c, &ignored);
        struct str cell = {row->text.ptr + at, end - at};
        bool quoted = cell.len >= 2 * c->quote.len && here(cell, 0, c->quote) &&
                      here(cell, cell.len - c->quote.len, c->quote);
        if (quoted)
            cell = (struct str){cell.ptr + c->quote.len, cell.len - 2 * c->quote.len};
        out[count++] = str_trim(cell);
        if (end >= row->text.len)
            break;
        at = end + c->delimiter.len;
    }
    return count;
}
