// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ingest/dialect.h"

#include <stdio.h>

// One record as a candidate sees it.
struct row {
    size_t width, filled; // fields, and those that are not blank
    size_t quoted;        // fields well quoted
    size_t broken;        // text after a closing quote
    size_t bare;          // commas without the blank, for ", "
    int64_t line, lines;  // where it starts, how many it takes
    struct str text;
};
typedef VEC(struct row) row_list;

struct candidate {
    struct str delimiter, quote;
    size_t records;      // with at least something in them
    size_t width, count; // the most frequent width over 1 and how many records have it
    size_t quoted, broken, bare;
    bool first; // the first record has that width
};

static bool here(struct str s, size_t at, struct str what)
{
    return what.len && s.len - at >= what.len && !memcmp(s.ptr + at, what.ptr, what.len);
}

static bool line_end(struct str s, size_t at)
{
    return s.ptr[at] == '\n' || s.ptr[at] == '\r';
}

static size_t end_len(struct str s, size_t at)
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
        } else if (line_end(s, at)) {
            row->lines++;
            at += end_len(s, at);
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
    while (at < s.len && !line_end(s, at) && !here(s, at, c->delimiter)) {
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
        if (at >= s.len || line_end(s, at))
            return at < s.len ? at + end_len(s, at) : at;
        at += c->delimiter.len;
    }
}

static void take_rows(struct str head, bool whole, const struct candidate *c, row_list *rows)
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

static void count_widths(const row_list *rows, struct candidate *c)
{
    for (size_t i = 0; i < rows->len; i++) {
        size_t count = 0, width = rows->at[i].width;
        for (size_t j = 0; j < rows->len; j++)
            count += rows->at[j].width == width;
        if (width > 1 && (count > c->count || (count == c->count && width > c->width))) {
            c->count = count;
            c->width = width;
        }
        c->quoted += rows->at[i].quoted;
        c->broken += rows->at[i].broken;
        c->bare += rows->at[i].bare;
    }
    c->records = rows->len;
    c->first = rows->len && rows->at[0].width == c->width;
}

static struct candidate judge(struct str head, bool whole, struct str delimiter, struct str quote)
{
    struct candidate c = {.delimiter = delimiter, .quote = quote};
    row_list rows = {0};
    take_rows(head, whole, &c, &rows);
    if (rows.len > 400)
        rows.len = 400;
    count_widths(&rows, &c);
    vec_free(&rows);
    return c;
}

// Half of the records have one width; prose has blanks, so a blank must fit nearly all of them.
static bool fits(const struct candidate *c)
{
    bool blank = str_is(c->delimiter, " "), pair = str_is(c->delimiter, ", ");
    if (!c->count || (pair && c->bare))
        return false;
    if (blank)
        return c->first && c->count >= 2 && c->count * 100 >= c->records * 95;
    return c->count * 2 >= c->records;
}

// An apostrophe is a quote only where it never breaks a field, and does more than '"'.
static bool apostrophe_better(const struct candidate *quote, const struct candidate *apostrophe)
{
    if (apostrophe->broken || !apostrophe->quoted)
        return false;
    if (apostrophe->count != quote->count)
        return apostrophe->count > quote->count;
    return !quote->quoted && apostrophe->quoted >= 2;
}

static struct candidate best_quote(const struct dialect *declared, struct str head, bool whole,
                                   struct str delimiter)
{
    if (declared->quote)
        return judge(head, whole, delimiter, str_of(declared->quote));
    struct candidate quote = judge(head, whole, delimiter, STR("\""));
    struct candidate apostrophe = judge(head, whole, delimiter, STR("'"));
    return apostrophe_better(&quote, &apostrophe) ? apostrophe : quote;
}

static struct candidate find_best(const struct dialect *declared, struct str head, bool whole)
{
    static const char *const delimiters[] = {", ", ",", ";", "\t", "|", " "};
    struct candidate best = {0}, comma = {0};
    bool any = false;
    for (size_t i = 0; i < sizeof delimiters / sizeof *delimiters; i++) {
        struct candidate c = best_quote(declared, head, whole, str_of(delimiters[i]));
        if (str_is(c.delimiter, ","))
            comma = c;
        if (fits(&c) && (!any || c.count > best.count))
            best = c, any = true;
    }
    if (any)
        return best;
    if (!comma.first) { // one column
        comma.delimiter = (struct str){0};
        comma.width = 1;
    }
    return comma;
}

static bool auto_text(const char *text)
{
    return !text || !strcmp(text, "auto");
}

static void copy(char out[8], struct str text)
{
    snprintf(out, 8, "%.*s", (int)text.len, text.ptr);
}

// `sep=;` alone on the first line; returns the bytes to step over.
static size_t take_directive(struct str head, struct str *delimiter)
{
    size_t end = 0;
    while (end < head.len && !line_end(head, end))
        end++;
    bool found = end >= 5 && end <= 9 && !memcmp(head.ptr, "sep=", 4);
    if (!found || end == head.len)
        return 0;
    *delimiter = (struct str){head.ptr + 4, end - 4};
    return end + end_len(head, end);
}

// Rows before the table, most of their cells empty, are a preamble.
static void find_header(struct str head, bool whole, const struct candidate *c, struct shape *out)
{
    row_list rows = {0};
    take_rows(head, whole, c, &rows);
    size_t i = 0;
    while (i < rows.len && rows.at[i].filled * 2 < c->width && rows.at[i].width <= c->width)
        i++;
    bool table = i < rows.len && rows.at[i].width == c->width;
    size_t header = table ? i : 0;
    out->header_line = rows.len ? rows.at[header].line : 1;
    vec_free(&rows);
}

void dialect_find(const struct dialect *declared, struct str head, bool whole, struct shape *out)
{
    *out = (struct shape){.header_rows = 1};
    struct dialect asked = *declared;
    asked.quote = auto_text(asked.quote) ? NULL : asked.quote;
    struct str delimiter = auto_text(asked.delimiter) ? (struct str){0} : str_of(asked.delimiter);
    struct str named;
    size_t step = take_directive(head, &named);
    out->named = step > 0;
    if (out->named && !delimiter.len)
        delimiter = named;
    struct str rest = {head.ptr + step, head.len - step};
    struct candidate best =
        delimiter.len ? best_quote(&asked, rest, whole, delimiter) : find_best(&asked, rest, whole);
    copy(out->delimiter, best.delimiter);
    copy(out->quote, best.quote);
    out->width = best.width ? best.width : 1;
    find_header(rest, whole, &best, out);
    out->header_line += out->named;
}
