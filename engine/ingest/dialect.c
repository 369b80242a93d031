// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ingest/dialect.h"

#include "engine/ingest/header.h"

#include <stdio.h>

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
    rows_take(head, whole, &c, &rows);
    if (rows.len > 400)
        rows.len = 400;
    count_widths(&rows, &c);
    vec_free(&rows);
    return c;
}

// Between blanks stand well-quoted texts, one and more a record: no other delimiter looks like
// that.
static bool blank_quoted(const struct candidate *c)
{
    return c->records >= 3 && c->quoted >= c->records && c->broken * 20 <= c->quoted;
}

// Half of the records have one width; prose has blanks, so a blank must fit nearly all of them.
static bool fits(const struct candidate *c)
{
    bool blank = str_is(c->delimiter, " "), pair = str_is(c->delimiter, ", ");
    if (!c->count || (pair && c->bare))
        return false;
    if (blank && blank_quoted(c))
        return true;
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
        bool sure = str_is(c.delimiter, " ") && blank_quoted(&c);
        if (fits(&c) && (!any || c.count > best.count || sure))
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
    while (end < head.len && !rows_line_end(head, end))
        end++;
    bool found = end >= 5 && end <= 9 && !memcmp(head.ptr, "sep=", 4);
    if (!found || end == head.len)
        return 0;
    *delimiter = (struct str){head.ptr + 4, end - 4};
    return end + rows_end_len(head, end);
}

void dialect_find(const struct dialect *declared, struct str head, bool whole, struct shape *out)
{
    *out = (struct shape){.header_rows = 1};
    struct dialect asked = *declared;
    asked.quote = auto_text(asked.quote) ? NULL : asked.quote;
    struct str delimiter = str_of(auto_text(asked.delimiter) ? "" : asked.delimiter);
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
    header_find(rest, whole, &best, out);
    out->header_line += out->named;
}
