// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ingest/csv.h"

#include "engine/base/utf8.h"

#include <csv.h>

// Bytes that valid UTF-8 never holds stand for longer delimiters and quotes, and for "none".
enum { OTHER_DELIMITER = 0xFF, OTHER_QUOTE = 0xFE, GROWTH = 1 << 14 };

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

// Where `what` next stands in s from `at` on; s.len: nowhere.
static size_t find(struct str s, size_t at, struct str what)
{
    if (!what.len || at >= s.len)
        return s.len;
    const char *p = what.len == 1 ? memchr(s.ptr + at, what.ptr[0], s.len - at)
                                  : memmem(s.ptr + at, s.len - at, what.ptr, what.len);
    return p ? (size_t)(p - s.ptr) : s.len;
}

static bool here(struct str s, size_t at, struct str what)
{
    return what.len && s.len - at >= what.len && !memcmp(s.ptr + at, what.ptr, what.len);
}

// Most fields are short: a few bytes are looked at one by one before memchr is worth its call.
static size_t find_short(struct str s, size_t at, char delimiter)
{
    size_t near = s.len - at < 16 ? s.len : at + 16;
    for (; at < near; at++)
        if (s.ptr[at] == delimiter)
            return at;
    return find(s, at, (struct str){&delimiter, 1});
}

// A line without quotes, outside quotes: what libcsv would find, without a copy.
static void split(struct csv *c, struct str line)
{
    bool one_byte = c->delimiter.len == 1;
    for (size_t at = 0;;) {
        size_t end =
            one_byte ? find_short(line, at, c->delimiter.ptr[0]) : find(line, at, c->delimiter);
        if (c->fields.len == c->fields.cap)
            vec_reserve(&c->fields, c->fields.len + 1);
        c->fields.at[c->fields.len++] = (struct str){line.ptr + at, end - at};
        if (end == line.len)
            return;
        at = end + c->delimiter.len;
    }
}

static void warn_quote(struct csv *c, const struct line *line, size_t at, bool tail,
                       struct diags *d)
{
    size_t *count = tail ? &c->odd_tails : &c->odd_quotes;
    if ((*count)++ >= CSV_MOST_WARNINGS)
        return;
    struct str before = {line->text.ptr, at};
    struct where where = {c->path, (long)line->number, (long)utf8_count(before) + 1};
    if (tail)
        diag(d, E0306, where, "text after a closing quote");
    else
        diag(d, E0305, where, "quote inside an unquoted field");
}

static void put_special(struct csv *c, struct str what, unsigned char other)
{
    if (what.len == 1)
        buf_str(&c->scrubbed, what);
    else
        buf_char(&c->scrubbed, (char)other);
}

// The text of a quoted field, quotes doubled.
static void put_text(struct csv *c, struct str text)
{
    for (size_t at = 0;;) {
        size_t end = find(text, at, c->quote);
        buf_put(&c->scrubbed, text.ptr + at, end - at);
        if (end == text.len)
            return;
        put_special(c, c->quote, OTHER_QUOTE);
        put_special(c, c->quote, OTHER_QUOTE);
        at = end + c->quote.len;
    }
}

// Inside a quoted field from `at` on: up to its end or that of the line. Returns where it ends.
static size_t scrub_quoted(struct csv *c, const struct line *line, size_t at, struct diags *d)
{
    struct str s = line->text;
    for (;;) {
        size_t quote = find(s, at, c->quote);
        buf_put(&c->scrubbed, s.ptr + at, quote - at);
        if (quote == s.len) { // the line's own end belongs to the text
            buf_put(&c->scrubbed, s.ptr + s.len, line->full - s.len);
            return s.len;
        }
        at = quote + c->quote.len;
        bool twice = here(s, at, c->quote), ends = at == s.len || here(s, at, c->delimiter);
        if (twice || !ends) {
            put_special(c, c->quote, OTHER_QUOTE);
            put_special(c, c->quote, OTHER_QUOTE);
        }
        if (twice) {
            at += c->quote.len;
            continue;
        }
        if (!ends) {
            warn_quote(c, line, quote, true, d);
            size_t end = find(s, at, c->delimiter);
            put_text(c, (struct str){s.ptr + at, end - at});
            at = end;
        }
        put_special(c, c->quote, OTHER_QUOTE);
        c->inside = false;
        return at;
    }
}

static size_t scrub_unquoted(struct csv *c, const struct line *line, size_t at, struct diags *d)
{
    size_t end = find(line->text, at, c->delimiter);
    size_t quote = find((struct str){line->text.ptr, end}, at, c->quote);
    if (quote < end)
        warn_quote(c, line, quote, false, d);
    buf_put(&c->scrubbed, line->text.ptr + at, end - at);
    return end;
}

// Writes the line as well-formed RFC 4180 for libcsv: the same line, but for text after closing
// quotes (doubled quotes keep it inside the field) and for delimiters longer than a byte.
static void scrub(struct csv *c, const struct line *line, struct diags *d)
{
    struct str s = line->text;
    bool at_field = !c->inside;
    buf_clear(&c->scrubbed);
    for (size_t at = 0;;) {
        if (at_field && here(s, at, c->quote)) {
            put_special(c, c->quote, OTHER_QUOTE);
            at += c->quote.len;
            c->inside = true;
            c->open_line = line->number;
            c->open_bytes = 0;
        }
        at = c->inside ? scrub_quoted(c, line, at, d) : scrub_unquoted(c, line, at, d);
        if (c->inside)
            return;
        if (at == s.len)
            break;
        put_special(c, c->delimiter, OTHER_DELIMITER);
        at += c->delimiter.len;
        at_field = true;
    }
    buf_char(&c->scrubbed, '\n');
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
    if (!c->first_line) {
        c->first_line = line->number;
        c->fields.len = c->ends.len = 0;
        c->nul = false;
        buf_clear(&c->text);
    }
    c->nul |= memchr(line->text.ptr, '\0', line->text.len) != NULL;
    bool quotes = c->inside || find(line->text, 0, c->quote) < line->text.len;
    if (!quotes && !c->reference) {
        split(c, line->text);
        return finish(c, ready, d);
    }
    scrub(c, line, d);
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
