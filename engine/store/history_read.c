// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/history_parts.h"
#include "engine/store/sheet.h"

#include <math.h>
#include <stdio.h>

#define RELEASE_COLUMNS                                                                           \
    "SELECT id, number, study, period, state, content, checksum, program, options, study_sha256," \
    " date, min_n, row_count FROM release "

static const char *keep(struct history *h, struct query *q, int column)
{
    struct str text = query_str(q, column);
    return arena_copy(&h->arena, text.ptr, text.len);
}

static struct release read_release(struct history *h, struct query *q)
{
    return (struct release){.id = query_whole(q, 0),
                            .number = query_whole(q, 1),
                            .study = keep(h, q, 2),
                            .period = keep(h, q, 3),
                            .state = keep(h, q, 4),
                            .content = keep(h, q, 5),
                            .checksum = keep(h, q, 6),
                            .program = keep(h, q, 7),
                            .options = keep(h, q, 8),
                            .study_sha256 = keep(h, q, 9),
                            .date = keep(h, q, 10),
                            .min_n = query_real(q, 11),
                            .rows = query_whole(q, 12)};
}

enum status history_list(struct history *h, struct releases *out, struct diags *d)
{
    struct query q;
    *out = (struct releases){0};
    if (!h->sql.db)
        return OK;
    query_open(&q, &h->sql, RELEASE_COLUMNS "ORDER BY id", d);
    while (query_row(&q))
        vec_push(&out->list, read_release(h, &q));
    return query_end(&q);
}

enum status history_find(struct history *h, const char *id, struct release *out, struct diags *d)
{
    struct releases all;
    bool found = false;
    enum status status = history_list(h, &all, d);
    for (size_t i = 0; i < all.list.len && !found; i++) {
        char text[24];
        snprintf(text, sizeof text, "%lld", (long long)all.list.at[i].id);
        found = strcmp(text, id) == 0;
        *out = all.list.at[i];
    }
    vec_free(&all.list);
    if (status || found)
        return status;
    return diag(d, E0835, (struct where){h->path, 0, 0}, "no release has the id %s",
                diag_quote(d, str_of(id)));
}

// ---- rows

// As version 1 of the schema kept them.
static enum status each_single_row(struct history *h, int64_t release, history_row_visit *each,
                                   void *context, struct diags *d)
{
    struct query q;
    query_open(&q, &h->sql,
               "SELECT indicator, item, region, period, by, level, unit, status, symbol, reason,"
               " value, se, ci_low, ci_high, df, n, weighted_n, effective_n, deff, numerator,"
               " denominator, decimals FROM estimate WHERE release = ? ORDER BY position",
               d);
    query_int(&q, 1, release);
    while (query_row(&q)) {
        struct history_row row;
        for (int i = 0; i < ROW_TEXTS; i++)
            row.text[i] = query_str(&q, i);
        for (int i = 0; i < ROW_NUMBERS; i++)
            row.number[i] = query_real(&q, ROW_TEXTS + i);
        row.decimals = (int)query_whole(&q, ROW_TEXTS + ROW_NUMBERS);
        each(context, &row);
    }
    return query_end(&q);
}

static const char sheet_bytes[] = "SELECT bytes FROM sheet WHERE release = ?";

enum status history_rows(struct history *h, int64_t release, history_row_visit *each, void *context,
                         struct diags *d)
{
    struct query q;
    query_open(&q, &h->sql, sheet_bytes, d);
    query_int(&q, 1, release);
    bool whole = query_row(&q);
    if (whole && !sheet_each(query_blob(&q, 0), each, context))
        q.status = diag(d, E0831, (struct where){h->path, 0, 0}, "release %lld cannot be read",
                        (long long)release);
    TRY(query_end(&q));
    return whole ? OK : each_single_row(h, release, each, context, d);
}

struct n_visit {
    history_visit *each;
    void *context;
    int64_t release;
};

static void visit_n(void *context, const struct history_row *row)
{
    const struct n_visit *v = context;
    if (isfinite(row->number[ROW_N]))
        v->each(v->context, v->release, row->text, row->number[ROW_N]);
}

enum status history_each_n(struct history *h, const char *study, history_visit *each, void *context,
                           struct diags *d)
{
    struct releases all;
    enum status status = history_list(h, &all, d);
    for (size_t i = 0; i < all.list.len && !status; i++) {
        const struct release *r = &all.list.at[i];
        struct n_visit v = {each, context, r->id};
        if (strcmp(r->study, study) == 0 &&
            (strcmp(r->state, "published") == 0 || strcmp(r->state, "pending") == 0))
            status = history_rows(h, r->id, visit_n, &v, d);
    }
    vec_free(&all.list);
    return status;
}

// ---- checksums

static void sum_head(struct sha256 *sum, const struct release *r)
{
    const char *texts[] = {r->study,   r->period,       r->content, r->program,
                           r->options, r->study_sha256, r->date};
    struct buf numbers = {0};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        sum_text(sum, str_of(texts[i]));
    buf_print(&numbers, "%lld %lld %.17g %lld", (long long)r->id, (long long)r->number, r->min_n,
              (long long)r->rows);
    sum_text(sum, buf_view(&numbers));
    buf_free(&numbers);
}

static void sum_one(void *sum, const struct history_row *row)
{
    row_sum(sum, row, true);
}

static enum status sum_table(struct history *h, const char *text, int64_t release,
                             struct sha256 *sum, struct diags *d)
{
    struct query q;
    query_open(&q, &h->sql, text, d);
    query_int(&q, 1, release);
    while (query_row(&q))
        for (int i = 0; i < query_columns(&q); i++)
            sum_text(sum, query_str(&q, i));
    return query_end(&q);
}

// A sheet as it is stored, which is quicker than all of its rows.
static enum status sum_estimates(struct history *h, int64_t release, struct sha256 *sum,
                                 struct diags *d)
{
    struct query q;
    query_open(&q, &h->sql, sheet_bytes, d);
    query_int(&q, 1, release);
    bool whole = query_row(&q);
    if (whole) {
        struct str bytes = query_blob(&q, 0);
        sha256_add(sum, bytes.ptr, bytes.len);
    }
    TRY(query_end(&q));
    return whole ? OK : each_single_row(h, release, sum_one, sum, d);
}

static const char word_rows[] =
    "SELECT item, id, en, fr, unit, definition FROM word WHERE release = ? ORDER BY item, position";
static const char region_rows[] = "SELECT id FROM region WHERE release = ? ORDER BY position";

static enum status sum_all(struct history *h, const struct release *r, struct sha256 *sum,
                           struct diags *d)
{
    sum_head(sum, r);
    TRY(sum_table(h,
                  "SELECT path, sha256, bytes, row_count FROM input WHERE release = ?"
                  " ORDER BY position",
                  r->id, sum, d));
    TRY(sum_table(h, word_rows, r->id, sum, d));
    TRY(sum_table(h, region_rows, r->id, sum, d));
    return sum_estimates(h, r->id, sum, d);
}

enum status history_checksum(struct history *h, const struct release *r, char hex[SHA256_HEX],
                             struct diags *d)
{
    struct sha256 sum;
    sha256_start(&sum);
    enum status status = sum_all(h, r, &sum, d);
    sha256_end(&sum, hex);
    return status;
}

// ---- a release as a snapshot

static void json_key_str(struct json *j, const char *key, struct str text)
{
    json_key(j, key);
    json_str(j, text);
}

// `item`: the last column of an item is empty, and its unit a scale.
static enum status put_words(struct history *h, struct json *j, int64_t release, bool items,
                             struct diags *d)
{
    struct query q;
    query_open(&q, &h->sql, word_rows, d);
    query_int(&q, 1, release);
    json_key(j, items ? "items" : "indicators");
    json_open(j, '[', false);
    while (query_row(&q)) {
        if ((query_whole(&q, 0) != 0) != items)
            continue;
        json_open(j, '{', true);
        json_key_str(j, "id", query_str(&q, 1));
        json_key(j, "label");
        json_open(j, '{', true);
        json_key_str(j, "en", query_str(&q, 2));
        json_key_str(j, "fr", query_str(&q, 3));
        json_close(j, '}');
        json_key_str(j, items ? "scale" : "unit", query_str(&q, 4));
        if (!items)
            json_key_str(j, "definition", query_str(&q, 5));
        json_close(j, '}');
    }
    json_close(j, ']');
    return query_end(&q);
}

static enum status put_study(struct history *h, struct json *j, const struct release *r,
                             struct diags *d)
{
    struct query q;
    json_key(j, "study");
    json_open(j, '{', false);
    json_key_text(j, "id", r->study);
    json_key_text(j, "sha256", r->study_sha256);
    json_key_number(j, "min_n", r->min_n);
    json_key(j, "regions");
    json_open(j, '[', true);
    query_open(&q, &h->sql, region_rows, d);
    query_int(&q, 1, r->id);
    while (query_row(&q)) {
        json_open(j, '{', true);
        json_key_str(j, "id", query_str(&q, 0));
        json_close(j, '}');
    }
    json_close(j, ']');
    json_close(j, '}');
    return query_end(&q);
}

static void put_row(void *json, const struct history_row *row)
{
    row_json(json, row);
}

enum status history_export(struct history *h, const struct release *r, struct buf *out,
                           struct diags *d)
{
    struct json j;
    json_start(&j, out);
    json_open(&j, '{', false);
    json_key_int(&j, "schema", 2);
    json_key_text(&j, "program", "etalon");
    json_key_text(&j, "version", r->program);
    TRY(put_study(h, &j, r, d));
    json_key_text(&j, "period", r->period);
    json_key_text(&j, "date", r->date);
    json_key_int(&j, "release", r->number);
    json_key_text(&j, "state", r->state);
    TRY(put_words(h, &j, r->id, false, d));
    TRY(put_words(h, &j, r->id, true, d));
    json_key(&j, "estimates");
    json_open(&j, '{', false);
    json_key(&j, "columns");
    json_open(&j, '[', true);
    row_json_head(&j);
    json_close(&j, ']');
    json_key(&j, "rows");
    json_open(&j, '[', false);
    j.tight = true;
    TRY(history_rows(h, r->id, put_row, &j, d));
    j.tight = false;
    json_close(&j, ']');
    json_close(&j, '}');
    json_close(&j, '}');
    return OK;
}
