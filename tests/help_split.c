// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/help_split.h"

#include "engine/ingest/csv.h"

// Records of the batch way, as put_record writes the others.
static void put_batches(struct buf *out, struct lines *lines, const struct csv *csv)
{
    struct line_batch b;
    while (!csv->reference && !csv->inside && lines_batch(lines, csv->width, 100, 7, &b))
        for (size_t row = 0; row < b.rows; row++) {
            buf_print(out, "line %lld", (long long)b.line + (long long)row);
            for (size_t i = 0; i < csv->width; i++) {
                struct str field = batch_field(&b, row, i);
                buf_print(out, " %zu:", field.len);
                buf_str(out, field);
            }
            buf_char(out, '\n');
        }
}

static void put_record(struct buf *out, const struct record *r)
{
    buf_print(out, "line %lld%s", (long long)r->line, r->nul ? " nul" : "");
    for (size_t i = 0; i < r->count; i++) {
        buf_print(out, " %zu:", r->fields[i].len);
        buf_str(out, r->fields[i]);
    }
    buf_char(out, '\n');
}

void split_records(struct buf *out, struct str text, const char *delimiter, const char *quote,
                   bool reference)
{
    struct lines lines = {.limit = 1 << 24};
    struct diags d = {0};
    struct csv csv = {.path = "f",
                      .delimiter = str_of(delimiter),
                      .quote = str_of(quote),
                      .width = 3,
                      .field_limit = 1 << 16,
                      .record_limit = 1 << 20,
                      .column_limit = 1 << 16,
                      .reference = reference};
    csv_start(&csv);
    if (!reference) // without it no line is plain
        lines_split(&lines, csv.delimiter, csv.quote);
    lines_begin(&lines, text, 0);
    for (;;) {
        struct line line;
        bool more, ready;
        put_batches(out, &lines, &csv);
        if (lines_next(&lines, &line, &more, &d) || !more || csv_add(&csv, &line, &ready, &d))
            break;
        if (ready)
            put_record(out, &csv.record);
    }
    (void)!csv_end(&csv, &d);
    for (size_t i = 0; i < d.list.len; i++)
        buf_print(out, "%s %ld:%ld %s\n", code_table[d.list.at[i].code].id, d.list.at[i].where.line,
                  d.list.at[i].where.column, d.list.at[i].text);
    csv_drop(&csv);
    lines_free(&lines);
    diags_free(&d);
}

// xorshift64* (Vigna 2016).
static uint32_t draw(uint64_t *seed, uint32_t below)
{
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    return (uint32_t)((*seed * 0x2545f4914f6cdd1du >> 32) * below >> 32);
}

#define BYTES(text)            \
    {                          \
        text, sizeof(text) - 1 \
    }

void split_make(struct buf *out, uint64_t *seed, size_t len)
{
    static const struct str fragments[] = {BYTES(","),
                                           BYTES(","),
                                           BYTES(","),
                                           BYTES("\n"),
                                           BYTES("\r\n"),
                                           BYTES("\r"),
                                           BYTES("\""),
                                           BYTES("\"\""),
                                           BYTES("\"a\""),
                                           BYTES("a"),
                                           BYTES("42.5"),
                                           BYTES(";"),
                                           BYTES("\0"),
                                           BYTES("\x1A"),
                                           BYTES("\t"),
                                           BYTES(" "),
                                           BYTES("\xC3\xA9"),
                                           BYTES("\",\""),
                                           BYTES("\n\n"),
                                           BYTES("'"),
                                           BYTES("\"\n"),
                                           BYTES(",\""),
                                           BYTES("\","),
                                           BYTES("eleven by"),
                                           BYTES("abcdefghijklmnopqrstuvwxyz0123456789"),
                                           BYTES("\x80\x8C\x8D\xAC")};
    enum { FRAGMENTS = sizeof fragments / sizeof *fragments };
    uint32_t plain = draw(seed, 4); // some texts hold no quote at all
    while (out->len < len) {
        struct str s = fragments[draw(seed, FRAGMENTS)];
        if (plain == 0 && memchr(s.ptr, '"', s.len))
            continue;
        buf_str(out, s);
        for (uint32_t i = draw(seed, 3) ? 0 : draw(seed, 40); i > 0; i--)
            buf_char(out, (char)('a' + draw(seed, 26)));
    }
}
