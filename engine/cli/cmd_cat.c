// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cli/cmd_cat.h"

#include "engine/base/json.h"
#include "engine/ingest/records.h"

enum { FLUSH_BYTES = 1 << 16, SHOWN_RAGGED = 10 };

struct ragged {
    int64_t line;
    size_t count;
};

struct cat {
    const char *path;
    FILE *out;
    bool json;
    struct buf text;
    struct json writer;
    size_t width, rows;
    struct ragged shown[SHOWN_RAGGED];
    size_t ragged, one_width; // rows of another width than the header; their one width, 0: several
    enum status status;
};

static enum status flush(struct cat *c, struct diags *d)
{
    size_t len = c->text.len;
    bool ok = fwrite(c->text.ptr ? c->text.ptr : "", 1, len, c->out) == len;
    buf_clear(&c->text);
    return ok ? OK : diag(d, E0704, (struct where){0}, "cannot write");
}

static void put_field(struct buf *out, struct str field, bool alone)
{
    bool quote = alone && field.len == 0;
    for (size_t i = 0; i < field.len && !quote; i++)
        quote = strchr(",\"\n\r", field.ptr[i]) && field.ptr[i];
    if (!quote) {
        buf_str(out, field);
        return;
    }
    buf_char(out, '"');
    for (size_t i = 0; i < field.len; i++) {
        if (field.ptr[i] == '"')
            buf_char(out, '"');
        buf_char(out, field.ptr[i]);
    }
    buf_char(out, '"');
}

static void put_record(struct cat *c, const struct record *record)
{
    if (c->json)
        json_open(&c->writer, '[', true);
    for (size_t i = 0; i < record->count; i++) {
        if (c->json) {
            json_str(&c->writer, record->fields[i]);
            continue;
        }
        if (i)
            buf_char(&c->text, ',');
        put_field(&c->text, record->fields[i], record->count == 1);
    }
    if (c->json)
        json_close(&c->writer, ']');
    else
        buf_char(&c->text, '\n');
}

static void look_at(struct cat *c, const struct record *record, struct diags *d)
{
    if (record->nul)
        diag(d, E0321, (struct where){c->path, (long)record->line, 0},
             "the row holds a NUL (0x00) byte");
    if (!c->rows++) {
        c->width = record->count;
        return;
    }
    if (record->count == c->width)
        return;
    if (c->ragged < SHOWN_RAGGED)
        c->shown[c->ragged] = (struct ragged){record->line, record->count};
    c->one_width = !c->ragged || c->one_width == record->count ? record->count : 0;
    c->ragged++;
}

static void tell_ragged(const struct cat *c, struct diags *d)
{
    struct where where = {c->path, 0, 0};
    if (c->one_width && c->ragged > 1 && c->ragged + 1 == c->rows) {
        diag(d, E0313, where, "the header has %zu fields and each of the %zu rows has %zu",
             c->width, c->ragged, c->one_width);
        return;
    }
    for (size_t i = 0; i < c->ragged && i < SHOWN_RAGGED; i++) {
        where.line = (long)c->shown[i].line;
        diag(d, E0312, where, "row of %zu fields, the header has %zu", c->shown[i].count, c->width);
    }
    where.line = 0;
    if (c->ragged > SHOWN_RAGGED)
        diag(d, E0312, where, "%zu rows have another number of fields than the header", c->ragged);
}

static enum status cat_records(struct cat *c, struct records *r, struct diags *d)
{
    for (;;) {
        const struct record *record;
        TRY(records_next(r, &record, d));
        if (!record)
            return OK;
        look_at(c, record, d);
        put_record(c, record);
        if (c->text.len > FLUSH_BYTES)
            TRY(flush(c, d));
    }
}

enum status cat_file(const char *path, const struct dialect *dialect, bool json, FILE *out,
                     struct diags *d)
{
    struct cat c = {.path = path, .out = out, .json = json};
    struct records r = {0};
    static const struct size_limits defaults = {0};
    json_start(&c.writer, &c.text);
    if (json)
        json_open(&c.writer, '[', false);
    enum status status = records_open(&r, path, dialect, &defaults, true, d);
    if (!status)
        status = cat_records(&c, &r, d);
    tell_ragged(&c, d);
    if (json) {
        json_close(&c.writer, ']');
        buf_char(&c.text, '\n');
    }
    enum status written = flush(&c, d);
    records_close(&r);
    buf_free(&c.text);
    return status ? status : written;
}
