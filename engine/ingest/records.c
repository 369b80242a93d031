// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ingest/records.h"

enum { HEAD_BYTES = 1 << 16, HEAD_LINES = 61, HEAD_MOST = 1 << 21 };

static struct where at_line(const struct records *r, int64_t line)
{
    return (struct where){r->path, (long)line, 0};
}

// An SPSS file is never written as the study says of its text files; dates in texts still are.
static enum status choose_dialect(struct records *r, const struct dialect *declared,
                                  struct diags *d)
{
    bool table;
    TRY(source_table(r->source, &table, d));
    r->dialect = *declared;
    if (table) {
        r->dialect.delimiter = ",";
        r->dialect.quote = "\"";
        r->dialect.encoding = "utf-8";
        r->dialect.decimal = '.';
        r->dialect.group = NULL;
    }
    return OK;
}

static enum status open_text(struct records *r, const struct dialect *declared,
                             const struct size_limits *limits, bool standard_input, struct diags *d)
{
    enum encoding encoding;
    if (!encoding_find(declared->encoding, &encoding))
        return diag(d, E0218, at_line(r, 0), "encoding %s is not known",
                    diag_quote(d, str_of(declared->encoding)));
    enum status status;
    r->source = r->stand_in ? source_take(r->path, r->stand_in - 1, limits->expand, d, &status)
                            : source_open(r->path, limits->expand, standard_input, d, &status);
    TRY(status);
    TRY(choose_dialect(r, declared, d));
    (void)encoding_find(r->dialect.encoding, &encoding);
    r->text = mem_new(1, sizeof *r->text);
    charset_start(r->text, r->source, encoding);
    r->lines.text = r->text;
    r->lines.path = r->path;
    return OK;
}

static void set_limits(struct records *r, const struct size_limits *limits)
{
    r->csv.field_limit = limits->field ? limits->field : LIMIT_FIELD;
    r->csv.record_limit = limits->record ? limits->record : LIMIT_RECORD;
    r->csv.column_limit = limits->columns ? limits->columns : LIMIT_COLUMNS;
    size_t limit = r->csv.record_limit + 2 * r->csv.column_limit;
    r->lines.limit = limit < LINE_MOST ? limit : LINE_MOST;
}

static void tell_shape(const struct records *r, struct diags *d)
{
    const char *delimiter = r->shape.delimiter;
    if (r->shape.named)
        diag(d, E0311, at_line(r, 1), "the first line names the delimiter %s",
             diag_quote(d, str_of(delimiter)));
    diag(d, E0219, at_line(r, 0), "encoding %s, delimiter %s, quote %s, %zu columns",
         records_encoding(r),
         *delimiter == '\t' ? "tab"
         : *delimiter       ? diag_quote(d, str_of(delimiter))
                            : "none",
         *r->shape.quote ? diag_quote(d, str_of(r->shape.quote)) : "none", r->shape.width);
}

enum status records_open(struct records *r, const char *path, const struct dialect *declared,
                         const struct size_limits *limits, bool standard_input, struct diags *d)
{
    r->path = r->csv.path = path;
    set_limits(r, limits);
    TRY(open_text(r, declared, limits, standard_input, d));
    struct str head;
    bool whole;
    TRY(lines_head(&r->lines, HEAD_BYTES, HEAD_LINES, HEAD_MOST, &head, &whole, d));
    dialect_find(&r->dialect, head, whole, &r->shape);
    r->csv.delimiter = str_of(r->shape.delimiter);
    r->csv.quote = str_of(r->shape.quote);
    r->csv.width = r->shape.width;
    csv_start(&r->csv);
    lines_split(&r->lines, r->csv.delimiter, r->csv.quote);
    if (head.len)
        tell_shape(r, d);
    return OK;
}

void records_tell_end(const struct records *r, struct diags *d)
{
    if (r->lines.marks)
        diag(d, E0213, at_line(r, r->lines.number),
             "%zu NUL (0x00) or end-mark (0x1A) bytes at the end were dropped", r->lines.marks);
    if (r->text && r->text->guessed)
        diag(d, E0214, at_line(r, 0),
             "not UTF-8: byte 0x%02X at byte offset %llu; read as windows-1252",
             r->text->guessed_byte, (unsigned long long)r->text->guessed - 1);
    if (r->blank_lines)
        diag(d, E0307, at_line(r, 0), "%llu blank lines were skipped",
             (unsigned long long)r->blank_lines);
}

static enum status finish(struct records *r, struct diags *d)
{
    r->ended = true;
    if (r->part)
        return OK;
    records_tell_end(r, d);
    TRY(csv_end(&r->csv, d));
    return source_finish(r->source, &r->bytes, r->sha256, d);
}

void records_part(struct records *r, const struct records *whole, struct str text, int64_t line,
                  bool after_blank)
{
    if (!r->csv.parser) {
        *r = (struct records){.path = whole->path,
                              .dialect = whole->dialect,
                              .shape = whole->shape,
                              .header = whole->header,
                              .headed = true,
                              .part = true};
        r->csv = (struct csv){.path = whole->path,
                              .width = whole->shape.width,
                              .field_limit = whole->csv.field_limit,
                              .record_limit = whole->csv.record_limit,
                              .column_limit = whole->csv.column_limit};
        r->csv.delimiter = str_of(r->shape.delimiter);
        r->csv.quote = str_of(r->shape.quote);
        csv_start(&r->csv);
        r->lines.path = whole->path;
        lines_split(&r->lines, r->csv.delimiter, r->csv.quote);
    }
    lines_begin(&r->lines, text, line);
    r->ended = false;
    r->blank_before = after_blank;
}

// Reads on to the end of the file, for its checks and its sum.
static enum status skip_rest(struct records *r, struct diags *d)
{
    struct line line;
    bool more = true;
    while (more)
        TRY(lines_next(&r->lines, &line, &more, d));
    return finish(r, d);
}

// Lines that are no part of any record: before the header, and blank ones.
static bool is_outside(struct records *r, const struct line *line)
{
    if (r->csv.inside)
        return false;
    bool before = line->number < r->shape.header_line;
    bool directive = r->shape.named && line->number == 1;
    if (line->text.len == 0 && (!r->headed || r->shape.width > 1)) {
        r->blank_lines++;
        return true;
    }
    r->skipped += before && !directive;
    return before;
}

static enum status next_record(struct records *r, const struct record **out, struct diags *d)
{
    *out = NULL;
    r->after_blank = r->blank_before;
    r->blank_before = false;
    while (!r->ended) {
        struct line line;
        bool more, ready;
        TRY(lines_next(&r->lines, &line, &more, d));
        if (!more)
            return finish(r, d);
        if (is_outside(r, &line)) {
            r->after_blank |= line.text.len == 0;
            continue;
        }
        if (r->skipped && line.number == r->shape.header_line)
            diag(d, E0308, at_line(r, line.number),
                 "the header is here; %zu lines before it are no part of the table", r->skipped);
        TRY(csv_add(&r->csv, &line, &ready, d));
        if (ready) {
            r->headed = true;
            *out = &r->csv.record;
            return OK;
        }
    }
    return OK;
}

static struct str *keep_cells(struct records *r, const struct record *record)
{
    struct str *cells = NEWS(&r->arena, record->count + 1, struct str);
    for (size_t i = 0; i < record->count; i++) {
        struct str cell = record->fields[i];
        cells[i] = (struct str){arena_copy(&r->arena, cell.ptr, cell.len), cell.len};
    }
    return cells;
}

// Several header rows become one, cell by cell with a blank between.
static enum status join_header(struct records *r, const struct record **out, struct diags *d)
{
    size_t count = (*out)->count;
    r->header = **out;
    r->first_names = keep_cells(r, *out);
    struct str *joined = keep_cells(r, *out);
    for (size_t row = 1; row < r->shape.header_rows; row++) {
        const struct record *more;
        TRY(next_record(r, &more, d));
        for (size_t i = 0; more && i < count && i < more->count; i++) {
            struct str cell = more->fields[i];
            const char *text = arena_print(&r->arena, "%.*s %.*s", (int)joined[i].len,
                                           joined[i].ptr, (int)cell.len, cell.ptr);
            joined[i] = str_of(text);
        }
    }
    diag(d, E0309, at_line(r, r->header.line), "the header has %zu rows", r->shape.header_rows);
    r->header.fields = joined;
    *out = &r->header;
    return OK;
}

// The header of another table: names that fill it, of another width or behind a blank line, half of
// them names of the first table.
static bool is_second_header(const struct records *r, const struct record *record)
{
    bool apart = r->after_blank || record->count != r->header.count;
    if (!apart || record->count < 2 || record->nul)
        return false;
    size_t known = 0;
    for (size_t i = 0; i < record->count; i++) {
        struct str cell = str_trim(record->fields[i]);
        if (!cell.len || (cell.ptr[0] >= '0' && cell.ptr[0] <= '9'))
            return false;
        known += i < r->header.count && str_same(cell, str_trim(r->header.fields[i]));
    }
    return known * 2 >= record->count;
}

enum status records_next(struct records *r, const struct record **out, struct diags *d)
{
    bool first = !r->headed;
    TRY(next_record(r, out, d));
    if (!*out)
        return OK;
    if (first) {
        if (r->shape.header_rows > 1)
            return join_header(r, out, d);
        r->header = **out;
        r->header.fields = keep_cells(r, *out);
        return OK;
    }
    if (is_second_header(r, *out)) {
        diag(d, E0310, at_line(r, (*out)->line),
             "another table begins here; nothing from here on is read");
        *out = NULL;
        return skip_rest(r, d);
    }
    return OK;
}

bool records_batch(struct records *r, size_t most, struct line_batch *out)
{
    const struct csv *c = &r->csv;
    size_t longest = c->field_limit < c->record_limit ? c->field_limit : c->record_limit;
    bool apart = !r->headed || r->ended || r->blank_before || c->inside || c->reference;
    return !apart && r->header.count <= c->column_limit &&
           lines_batch(&r->lines, r->header.count, longest, most, out);
}

const char *records_encoding(const struct records *r)
{
    return encoding_ids[r->text->encoding];
}

void records_close(struct records *r)
{
    csv_drop(&r->csv);
    lines_free(&r->lines);
    mem_free(r->text);
    source_close(r->source);
    arena_free(&r->arena);
}
