// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/report/listing.h"
#include "engine/report/writers.h"

#include <math.h>

enum { SNAPSHOT_SCHEMA = 2, MANIFEST_SCHEMA = 1 };

static void key_texts(struct json *j, const char *key, struct text text)
{
    json_key(j, key);
    json_open(j, '{', true);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        json_key_text(j, lang_ids[lang], text.in[lang]);
    json_close(j, '}');
}

static void key_list(struct json *j, const char *key)
{
    json_key(j, key);
    json_open(j, '[', false);
}

static void key_bool(struct json *j, const char *key, bool value)
{
    json_key(j, key);
    json_bool(j, value);
}

// ---- the snapshot

static void put_place(struct json *j, const char *id, struct text name)
{
    json_open(j, '{', true);
    json_key_text(j, "id", id);
    key_texts(j, "name", name);
    json_close(j, '}');
}

static void put_study(struct json *j, const struct results *r)
{
    const struct study *s = r->study;
    json_key(j, "study");
    json_open(j, '{', false);
    json_key_text(j, "id", s->id);
    key_texts(j, "title", s->title);
    json_key_text(j, "sha256", s->sha256);
    key_bool(j, "synthetic", s->synthetic);
    json_key_number(j, "confidence", s->confidence);
    json_key_text(j, "adjust", adjust_ids[s->adjust]);
    json_key_number(j, "min_n", s->min_n);
    key_list(j, "regions");
    for (size_t i = 0; i < r->places->region_count; i++)
        put_place(j, r->places->regions[i].id, r->places->regions[i].name);
    json_close(j, ']');
    json_key(j, "total");
    put_place(j, s->total.id, s->total.name);
    json_close(j, '}');
}

static const char *or_none(const char *text)
{
    return text ? text : "";
}

// Formula, unit and base under one short name: when it differs, so do the figures' meaning.
static void put_definition(struct json *j, const struct indicator *self)
{
    char hash[SHA256_HEX];
    struct buf text = {0};
    buf_print(&text, "%s\n%s\n%s\n", or_none(self->formula), unit_table[self->unit].id,
              or_none(self->base));
    sha256_of(buf_view(&text), hash);
    hash[16] = '\0';
    buf_free(&text);
    json_key_text(j, "formula", or_none(self->formula));
    json_key_text(j, "base", or_none(self->base));
    json_key_text(j, "definition", hash);
}

// What the ids of the estimates mean; each indicator once, in the order of the rows.
static void put_indicators(struct json *j, const struct results *r)
{
    struct dict seen = {0};
    key_list(j, "indicators");
    for (size_t i = 0; i < r->estimates.len; i++) {
        const struct indicator *self = r->estimates.at[i].indicator;
        if (!r->estimates.at[i].reported || dict_find(&seen, str_of(self->label.id)) >= 0)
            continue;
        dict_add(&seen, str_of(self->label.id));
        json_open(j, '{', true);
        json_key_text(j, "id", self->label.id);
        key_texts(j, "label", self->label.text);
        json_key_text(j, "unit", unit_table[self->unit].id);
        json_key_int(j, "direction", self->direction);
        put_definition(j, self);
        json_close(j, '}');
    }
    json_close(j, ']');
    dict_free(&seen);
}

// The items of the surveys: whoever compares two snapshots sees what was asked otherwise.
static void put_items(struct json *j, const struct study *s)
{
    key_list(j, "items");
    for (size_t i = 0; i < s->survey_count; i++)
        for (size_t k = 0; k < s->surveys[i].item_count; k++) {
            const struct item *item = &s->surveys[i].items[k];
            json_open(j, '{', true);
            json_key_text(j, "id", item->id);
            key_texts(j, "label", item->label);
            json_key_text(j, "scale", scale_labels[item->scale].id);
            json_close(j, '}');
        }
    json_close(j, ']');
}

// Columns once, then a row a line: tens of thousands of rows would repeat each name.
static void open_listing(struct json *j, const char *name)
{
    json_key(j, name);
    json_open(j, '{', false);
    json_key(j, "columns");
    json_open(j, '[', true);
}

static void open_rows(struct json *j)
{
    json_close(j, ']');
    json_key(j, "rows");
    json_open(j, '[', false);
    j->tight = true;
}

static void close_listing(struct json *j)
{
    j->tight = false;
    json_close(j, ']');
    json_close(j, '}');
}

static void put_listing(struct json *j, const struct results *r, const struct listing *l)
{
    struct fields head = fields_json_head(j), row = fields_json_row(j);
    open_listing(j, l->name);
    l->fields(&head, r, LISTING_HEAD);
    open_rows(j);
    for (size_t i = 0; i < l->count(r); i++) {
        if (!l->shown(r, i))
            continue;
        json_open(j, '[', true);
        l->fields(&row, r, i);
        json_close(j, ']');
    }
    close_listing(j);
}

static void put_count(void *context, const struct quality_count *q)
{
    struct json *j = context;
    struct fields row = fields_json_row(j);
    json_open(j, '[', true);
    fields_quality(&row, q);
    json_close(j, ']');
}

static void put_quality(struct json *j, const struct results *r)
{
    static const struct quality_count none = {0};
    struct fields head = fields_json_head(j);
    open_listing(j, "quality");
    fields_quality(&head, &none);
    open_rows(j);
    quality_each(r->ledger, put_count, j);
    close_listing(j);
}

void write_snapshot(struct buf *out, const struct results *r, struct period period,
                    const struct edition *e)
{
    char text[PERIOD_TEXT];
    struct json j;
    json_start(&j, out);
    json_open(&j, '{', false);
    json_key_int(&j, "schema", SNAPSHOT_SCHEMA);
    json_key_text(&j, "program", "etalon");
    json_key_text(&j, "version", e->program);
    put_study(&j, r);
    json_key_text(&j, "period", period_text(period, text));
    if (*e->date)
        json_key_text(&j, "date", e->date);
    put_indicators(&j, r);
    put_items(&j, r->study);
    put_listing(&j, r, &listing_estimates);
    put_listing(&j, r, &listing_comparisons);
    put_listing(&j, r, &listing_tests);
    put_listing(&j, r, &listing_drivers);
    put_quality(&j, r);
    json_close(&j, '}');
}

// ---- the manifest

static void put_settings(struct json *j, const struct edition *e)
{
    json_key(j, "options");
    json_open(j, '{', false);
    for (size_t i = 0; i < e->setting_count; i++)
        json_key_text(j, e->settings[i].name, e->settings[i].value);
    json_close(j, '}');
}

static void put_input(struct json *j, const struct file_count *f)
{
    json_open(j, '{', false);
    json_key_text(j, "input", f->input->id);
    json_key_text(j, "path", f->name);
    json_key_int(j, "bytes", (int64_t)f->bytes);
    json_key_text(j, "sha256", f->sha256);
    json_key_int(j, "rows_read", (int64_t)f->read);
    json_key_int(j, "rows_used", (int64_t)f->used);
    json_key_int(j, "rows_filtered", (int64_t)f->filtered);
    json_key_int(j, "rows_rejected", (int64_t)f->rejected);
    json_key_int(j, "rows_zero_weight", (int64_t)f->zero_weight);
    json_key(j, "dialect");
    json_open(j, '{', true);
    json_key_text(j, "encoding", f->encoding ? f->encoding : "");
    json_key_text(j, "delimiter", f->delimiter ? f->delimiter : "");
    json_key_text(j, "quote", f->quote ? f->quote : "");
    json_close(j, '}');
    json_close(j, '}');
}

static void put_output(struct json *j, const struct outfile *f)
{
    json_open(j, '{', true);
    json_key_text(j, "path", f->path);
    json_key_int(j, "bytes", (int64_t)f->bytes);
    json_key_text(j, "sha256", f->sha256);
    json_close(j, '}');
}

void write_manifest(struct buf *out, const struct results *r, const struct edition *e,
                    const struct outfile *files, size_t count)
{
    struct json j;
    json_start(&j, out);
    json_open(&j, '{', false);
    json_key_int(&j, "schema", MANIFEST_SCHEMA);
    json_key_text(&j, "program", "etalon");
    json_key_text(&j, "version", e->program);
    json_key(&j, "study");
    json_open(&j, '{', true);
    json_key_text(&j, "id", r->study->id);
    json_key_text(&j, "path", path_name(r->study->path));
    json_key_text(&j, "sha256", r->study->sha256);
    json_close(&j, '}');
    put_settings(&j, e);
    key_list(&j, "inputs");
    for (size_t i = 0; r->ledger && i < r->ledger->files.len; i++)
        put_input(&j, &r->ledger->files.at[i]);
    json_close(&j, ']');
    key_list(&j, "outputs");
    for (size_t i = 0; i < count; i++)
        put_output(&j, &files[i]);
    json_close(&j, ']');
    json_close(&j, '}');
}
