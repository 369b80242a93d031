// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ingest/csv.h"

#include "engine/ingest/scrub.h"

#include <csv.h>

enum { GROWTH = 1 << 14 };

static int never_blank(unsigned char byte)
{
    (void)byte; // libcsv would strip blanks round fields; here blanks are data
    return 0;
}

static void *regrow(void *old, size_t size)
{
    size_t cap = 0;
    return mem_grow(old, &cap, size, 1);
}

void csv_start(struct csv *c)
{
    c->parser = mem_new(1, sizeof *c->parser);
    csv_init(c->parser, 0);
    csv_set_space_func(c->parser, never_blank);
    csv_set_realloc_func(c->parser, regrow);
    csv_set_free_func(c->parser, mem_free);
    csv_set_blk_size(c->parser, GROWTH);
    bool short_delimiter = c->delimiter.len == 1, short_quote = c->quote.len == 1;
    csv_set_delim(c->parser,
                  short_delimiter ? (unsigned char)c->delimiter.ptr[0] : OTHER_DELIMITER);
    csv_set_quote(c->parser, short_quote ? (unsigned char)c->quote.ptr[0] : OTHER_QUOTE);
}

void csv_drop(struct csv *c)
{
    if (c->parser)
        csv_free(c->parser);
    mem_free(c->parser);
    vec_free(&c->fields);
    vec_free(&c->ends);
    buf_free(&c->text);
    buf_free(&c->scrubbed);
}

// Most fields are short: a few bytes are looked at one by one before memchr is worth its call.
static size_t find_short(struct str s, size_t at, char delimiter)
{
    size_t near = s.len - at < 16 ? s.len : at + 16;
    for (; at < near; at++)
        if (s.ptr[at] == delimiter)
            return at;
    return scrub_find(s, at, (struct str){&delimiter, 1});
}

// A line without quotes, outside quotes: what libcsv would find, without a copy.
static void split(struct csv *c, struct str line)
{
    bool one_byte = c->delimiter.len == 1;
    for (size_t at = 0;;) {
        size_t end = one_byte ? find_short(line, at, c->delimiter.ptr[0])
                              : scrub_find(line, at, c->delimiter);
        if (c->fields.len == c->fields.cap)
            vec_reserve(&c->fields, c->fields.len + 1);
        c->fields.at[c->fields.len++] = (struct str){line.ptr + at, end - at};
        if (end == line.len)
            return;
        at = end + c->delimiter.len;
    }
}

// The same where the delimiters are known. Fields and record keep the limits if the line does.
static void take_plain(struct csv *c, const struct line *line)
{
    const char *text = line->text.ptr;
    size_t at = 0, count = line->place_count + 1;
    if (c->fields.cap < count)
        vec_reserve(&c->fields, count);
    for (size_t i = 0; i < line->place_count; i++) {
        size_t end = line->places[i] - line->origin;
        c->fields.at[i] = (struct str){text + at, end - at};
        at = end + 1;
    }
    c->fields.at[count - 1] = (struct str){text + at, line->text.len - at};
    c->fields.len = count;
}

static void on_field(void *text, size_t len, void *context)
{
    struct csv *c = context;
    buf_put(&c->text, text, len);
    vec_push(&c->ends, c->text.len);
}

static void on_record(int end, void *context)
{
    (void)end;
    ((struct csv *)context)->done = true;
}

static void collect(struct csv *c)
{
    size_t start = 0;
    for (size_t i = 0; i < c->ends.len; i++) {
        vec_push(&c->fields, ((struct str){c->text.ptr + start, c->ends.at[i] - start}));
        start = c->ends.at[i];
    }
}

static enum status check_limits(struct csv *c, struct diags *d)
{
    struct where where = {c->path, (long)c->first_line, 0};
    if (c->fields.len > c->column_limit)
        return diag(d, E0304, where,
                    "record has %zu fields, more than the limit of %zu (limits: columns)",
                    c->fields.len, c->column_limit);
    size_t bytes = 0;
    for (size_t i = 0; i < c->fields.len; i++) {
        bytes += c->fields.at[i].len;
        if (c->fields.at[i].len > c->field_limit)
            return diag(d, E0303, where,
                        "field %zu is longer than the limit of %zu bytes (limits: field)", i + 1,
                        c->field_limit);
    }
    if (bytes > c->record_limit)
        return diag(d, E0304, where,
                    "record is longer than the limit of %zu bytes (limits: record)",
                    c->record_limit);
    return OK;
}

static enum status finish(struct csv *c, bool *ready, struct diags *d)
{
    *ready = true;
    c->record = (struct record){c->fields.at, c->fields.len, c->first_line, c->nul};
    c->first_line = 0;
    return check_limits(c, d);
}

static enum status still_open(struct csv *c, struct diags *d)
{
    c->open_bytes += c->scrubbed.len;
    if (c->open_bytes <= c->field_limit && c->text.len + c->open_bytes <= c->record_limit)
        return OK;
    return diag(d, E0302, (struct where){c->path, (long)c->open_line, 0},
                "quote opened here is not closed within %zu bytes (limits: field)", c->field_limit);
}

enum status csv_add(struct csv *c, const struct line *line, bool *ready, struct diags *d)
{
    *ready = false;
    if (line->plain && !c->inside && !c->reference && line->text.len <= c->field_limit &&
        line->text.len <= c->record_limit && line->place_count < c->column_limit) {
        take_plain(c, line);
        c->record = (struct record){c->fields.at, c->fields.len, line->number, false};
        *ready = true;
        return OK;
    }
    if (!c->first_line) {
        c->first_line = line->number;
        c->fields.len = c->ends.len = 0;
        c->nul = false;
        buf_clear(&c->text);
    }
    c->nul |= memchr(line->text.ptr, '\0', line->text.len) != NULL;
    bool quotes = c->inside || scrub_find(line->text, 0, c->quote) < line->text.len;
    if (!quotes && !c->reference) {
        split(c, line->text);
        return finish(c, ready, d);
    }
    scrub_line(c, line, d);
    c->done = false;
    csv_parse(c->parser, c->scrubbed.ptr, c->scrubbed.len, on_field, on_record, c);
    if (c->inside)
        return still_open(c, d);
    if (!c->done) // libcsv has no record for a line without anything
        on_field("", 0, c);
    collect(c);
    return finish(c, ready, d);
}

enum status csv_end(struct csv *c, struct diags *d)
{
    if (c->odd_quotes > CSV_MOST_WARNINGS)
        diag(d, E0305, (struct where){c->path, 0, 0}, "%zu quotes inside unquoted fields in all",
             c->odd_quotes);
    if (c->odd_tails > CSV_MOST_WARNINGS)
        diag(d, E0306, (struct where){c->path, 0, 0}, "%zu texts after closing quotes in all",
             c->odd_tails);
    if (!c->inside)
        return OK;
    return diag(d, E0302, (struct where){c->path, (long)c->open_line, 0},
                "quote opened here is never closed");
}
