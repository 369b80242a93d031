// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ingest/scrub.h"

#include "engine/base/utf8.h"

// A quoted field whose quote is followed by text can be meant in three ways.
enum reading {
    READ_STRICT, // not looked at yet
    READ_ON,     // the quote belongs to the text; the field ends where a quote meets a delimiter
    READ_TEXT,   // the first quote belongs to the text too: the field is not quoted at all
    READ_REST,   // the rest up to the next delimiter is taken as it stands
};

struct scrub {
    struct csv *c;
    const struct line *line;
    struct diags *d;
    bool dry;             // only count: nothing is written or said
    size_t odd;           // where the field stands that is read otherwise
    enum reading reading; // how
    size_t fields;
    bool broken; // text after a quote elsewhere, or still open at the end
    bool inside;
};

static bool here(struct str s, size_t at, struct str what)
{
    return what.len && s.len - at >= what.len && !memcmp(s.ptr + at, what.ptr, what.len);
}

static void warn_quote(struct scrub *s, size_t at, bool tail)
{
    size_t *count = tail ? &s->c->odd_tails : &s->c->odd_quotes;
    if (s->dry || (*count)++ >= CSV_MOST_WARNINGS)
        return;
    struct str before = {s->line->text.ptr, at};
    struct where where = {s->c->path, (long)s->line->number, (long)utf8_count(before) + 1};
    if (tail)
        diag(s->d, E0306, where, "text after a closing quote");
    else
        diag(s->d, E0305, where, "quote inside an unquoted field");
}

static void put(struct scrub *s, size_t from, size_t to)
{
    if (!s->dry)
        buf_put(&s->c->scrubbed, s->line->text.ptr + from, to - from);
}

static void put_special(struct scrub *s, struct str what, unsigned char other, int times)
{
    for (; !s->dry && times > 0; times--) {
        if (what.len == 1)
            buf_str(&s->c->scrubbed, what);
        else
            buf_char(&s->c->scrubbed, (char)other);
    }
}

static void put_quotes(struct scrub *s, int times)
{
    put_special(s, s->c->quote, OTHER_QUOTE, times);
}

// Text of a quoted field, its quotes doubled.
static void put_doubled(struct scrub *s, size_t from, size_t to)
{
    struct str text = {s->line->text.ptr, to};
    for (size_t at = from;;) {
        size_t end = scrub_find(text, at, s->c->quote);
        put(s, at, end);
        if (end == to)
            return;
        put_quotes(s, 2);
        at = end + s->c->quote.len;
    }
}

static bool ends_field(const struct scrub *s, size_t at)
{
    return at == s->line->text.len || here(s->line->text, at, s->c->delimiter);
}

// Inside a quoted field from `at` on: up to its end or that of the line. Returns where it ends.
// start: where the field begins, SIZE_MAX on an earlier line.
static size_t scrub_quoted(struct scrub *s, size_t start, size_t at)
{
    struct str text = s->line->text, quote = s->c->quote;
    enum reading reading = start == s->odd ? s->reading : READ_STRICT;
    for (;;) {
        size_t found = scrub_find(text, at, quote);
        put(s, at, found);
        if (found == text.len) { // the line's own end belongs to the text
            put(s, text.len, s->line->full);
            return text.len;
        }
        at = found + quote.len;
        bool twice = here(text, at, quote), ends = ends_field(s, at);
        put_quotes(s, twice || !ends ? 2 : 1);
        if (ends) {
            s->inside = false;
            return at;
        }
        if (twice) {
            at += quote.len;
            continue;
        }
        warn_quote(s, found, true);
        if (reading == READ_ON)
            continue;
        s->broken = true;
        size_t end = scrub_find(text, at, s->c->delimiter);
        put_doubled(s, at, end);
        put_quotes(s, 1);
        s->inside = false;
        return end;
    }
}

static size_t scrub_unquoted(struct scrub *s, size_t at)
{
    size_t end = scrub_find(s->line->text, at, s->c->delimiter);
    size_t quote = scrub_find((struct str){s->line->text.ptr, end}, at, s->c->quote);
    if (quote < end)
        warn_quote(s, quote, false);
    if (quote == at && quote < end) { // libcsv would take it for the start of a quoted field
        put_quotes(s, 1);
        put_doubled(s, at, end);
        put_quotes(s, 1);
    } else {
        put(s, at, end);
    }
    return end;
}

static void scrub_fields(struct scrub *s)
{
    struct str text = s->line->text;
    bool first = true;
    for (size_t at = 0;; first = false) {
        bool as_text = s->reading == READ_TEXT && at == s->odd;
        size_t start = s->inside && first ? SIZE_MAX : at;
        if (start == at && here(text, at, s->c->quote) && !as_text) {
            put_quotes(s, 1);
            at += s->c->quote.len;
            s->inside = true;
            if (!s->dry) {
                s->c->open_line = s->line->number;
                s->c->open_bytes = 0;
            }
        }
        at = s->inside ? scrub_quoted(s, start, at) : scrub_unquoted(s, at);
        s->fields++;
        if (s->inside || at == text.len)
            return;
        put_special(s, s->c->delimiter, OTHER_DELIMITER, 1);
        at += s->c->delimiter.len;
    }
}

// Where the first field begins that is quoted and followed by text; SIZE_MAX: none on this line.
static size_t find_odd(const struct scrub *whole)
{
    struct str text = whole->line->text;
    struct scrub s = *whole;
    s.dry = true;
    s.odd = SIZE_MAX - 1;
    for (size_t at = 0; !s.inside;) {
        size_t start = at;
        if (here(text, at, s.c->quote)) {
            s.inside = true;
            at = scrub_quoted(&s, start, at + s.c->quote.len);
            if (s.broken)
                return start;
        } else {
            at = scrub_unquoted(&s, at);
        }
        if (s.inside || at == text.len)
            break;
        at += s.c->delimiter.len;
    }
    return SIZE_MAX;
}

// The reading of the odd field that gives the record as many fields as the table has.
static enum reading choose(const struct scrub *whole, size_t odd)
{
    static const enum reading readings[] = {READ_ON, READ_TEXT};
    for (size_t i = 0; i < 2 && whole->c->width; i++) {
        struct scrub s = *whole;
        s.dry = true;
        s.odd = odd;
        s.reading = readings[i];
        scrub_fields(&s);
        if (!s.broken && !s.inside && s.fields == whole->c->width)
            return readings[i];
    }
    return READ_REST;
}

void scrub_line(struct csv *c, const struct line *line, struct diags *d)
{
    struct scrub s = {.c = c, .line = line, .d = d, .odd = SIZE_MAX - 1, .inside = c->inside};
    if (!s.inside) {
        size_t odd = find_odd(&s);
        if (odd != SIZE_MAX) {
            s.odd = odd;
            s.reading = choose(&s, odd);
        }
    }
    buf_clear(&c->scrubbed);
    scrub_fields(&s);
    c->inside = s.inside;
    if (!c->inside)
        buf_char(&c->scrubbed, '\n');
}
