// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/history_parts.h"
#include "engine/store/sheet.h"

#include <stdio.h>

// ---- one name for what a snapshot says

static void sum_words(struct sha256 *sum, const struct snapshot_words *words)
{
    for (size_t i = 0; i < words->list.len; i++) {
        const struct snapshot_word *w = &words->list.at[i];
        const char *texts[] = {w->id, w->label.in[LANG_EN], w->label.in[LANG_FR], w->unit,
                               w->definition};
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            sum_text(sum, str_of(texts[k]));
    }
}

void history_content(const struct snapshot *s, char hex[SHA256_HEX])
{
    struct sha256 sum;
    struct history_row row;
    sha256_start(&sum);
    sum_text(&sum, str_of(s->study));
    sum_text(&sum, str_of(s->period));
    sum_words(&sum, &s->indicators);
    sum_words(&sum, &s->items);
    for (size_t i = 0; i < s->estimates.len; i++) {
        row_of_estimate(&row, &s->estimates.at[i]);
        row_sum(&sum, &row, false);
    }
    sha256_end(&sum, hex);
}

int64_t history_stamp(struct history *h)
{
    return h->sql.db ? sql_number_of(&h->sql, "PRAGMA data_version") : 0;
}

// ---- appending

static enum status add_release(struct history *h, const struct release *r, struct diags *d)
{
    struct query q;
    query_open(&q, &h->sql,
               "INSERT INTO release(id, number, study, period, state, content, checksum, program,"
               " options, study_sha256, date, min_n, row_count)"
               " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
               d);
    const char *texts[] = {r->study,   r->period,  r->state,        r->content, r->checksum,
                           r->program, r->options, r->study_sha256, r->date};
    query_int(&q, 1, r->id);
    query_int(&q, 2, r->number);
    for (int i = 0; i < 9; i++)
        query_text(&q, i + 3, str_of(texts[i]));
    query_number(&q, 12, r->min_n);
    query_int(&q, 13, r->rows);
    query_row(&q);
    return query_end(&q);
}

static enum status add_inputs(struct history *h, int64_t id, const struct history_entry *entry,
                              struct diags *d)
{
    struct query q;
    query_open(&q, &h->sql, "INSERT INTO input VALUES (?, ?, ?, ?, ?, ?)", d);
    for (size_t i = 0; i < entry->input_count; i++) {
        const struct history_input *in = &entry->inputs[i];
        query_int(&q, 1, id);
        query_int(&q, 2, (int64_t)i);
        query_text(&q, 3, str_of(in->path));
        query_text(&q, 4, str_of(in->sha256));
        query_int(&q, 5, in->bytes);
        query_int(&q, 6, in->rows);
        query_row(&q);
        query_again(&q);
    }
    return query_end(&q);
}

static enum status add_words(struct history *h, int64_t id, const struct snapshot_words *words,
                             bool items, struct diags *d)
{
    struct query q;
    query_open(&q, &h->sql, "INSERT INTO word VALUES (?, ?, ?, ?, ?, ?, ?, ?)", d);
    for (size_t i = 0; i < words->list.len; i++) {
        const struct snapshot_word *w = &words->list.at[i];
        const char *texts[] = {w->id, w->label.in[LANG_EN], w->label.in[LANG_FR], w->unit,
                               w->definition};
        query_int(&q, 1, id);
        query_int(&q, 2, items);
        query_int(&q, 3, (int64_t)i);
        for (int k = 0; k < 5; k++)
            query_text(&q, k + 4, str_of(texts[k]));
        query_row(&q);
        query_again(&q);
    }
    return query_end(&q);
}

static enum status add_regions(struct history *h, int64_t id, const struct snapshot *s,
                               struct diags *d)
{
    struct query q;
    query_open(&q, &h->sql, "INSERT INTO region VALUES (?, ?, ?)", d);
    for (size_t i = 0; i < s->regions.len; i++) {
        query_int(&q, 1, id);
        query_int(&q, 2, (int64_t)i);
        query_text(&q, 3, str_of(s->regions.at[i]));
        query_row(&q);
        query_again(&q);
    }
    return query_end(&q);
}

static enum status add_estimates(struct history *h, int64_t id, const struct snapshot *s,
                                 struct diags *d)
{
    struct query q;
    struct buf bytes = {0};
    sheet_pack(&bytes, s);
    query_open(&q, &h->sql, "INSERT INTO sheet VALUES (?, ?)", d);
    query_int(&q, 1, id);
    query_bytes(&q, 2, buf_view(&bytes));
    query_row(&q);
    buf_free(&bytes);
    return query_end(&q);
}

// Parts come after the release they belong to, and the checksum is made from what was stored; so
// foreign keys are checked at the end, and the release is written last.
static enum status add_all(struct history *h, const struct snapshot *s,
                           const struct history_entry *entry, struct release *r, struct diags *d)
{
    char hex[SHA256_HEX];
    TRY(sql_run(&h->sql, "PRAGMA defer_foreign_keys = ON", d));
    TRY(add_inputs(h, r->id, entry, d));
    TRY(add_words(h, r->id, &s->indicators, false, d));
    TRY(add_words(h, r->id, &s->items, true, d));
    TRY(add_regions(h, r->id, s, d));
    TRY(add_estimates(h, r->id, s, d));
    TRY(history_checksum(h, r, hex, d));
    r->checksum = hex;
    return add_release(h, r, d);
}

static enum status set_state(struct history *h, int64_t id, const char *state, struct diags *d)
{
    struct query q;
    query_open(&q, &h->sql, "UPDATE release SET state = ? WHERE id = ?", d);
    query_text(&q, 1, str_of(state));
    query_int(&q, 2, id);
    query_row(&q);
    return query_end(&q);
}

// The release with the same content that is not taken back, or a number for a new one.
static enum status find_place(struct history *h, struct release *r, bool *same, struct diags *d)
{
    struct releases all;
    enum status status = history_list(h, &all, d);
    r->id = r->number = 1;
    *same = false;
    for (size_t i = 0; i < all.list.len && !*same; i++) {
        const struct release *old = &all.list.at[i];
        *same = strcmp(old->content, r->content) == 0 && strcmp(old->state, "abandoned") != 0 &&
                strcmp(old->state, "withdrawn") != 0;
        if (*same)
            r->id = old->id, r->state = old->state;
        else
            r->id = old->id + 1;
        if (strcmp(old->study, r->study) == 0 && strcmp(old->period, r->period) == 0)
            r->number = old->number + 1;
    }
    vec_free(&all.list);
    return status;
}

static enum status add_or_find(struct history *h, const struct snapshot *s,
                               const struct history_entry *entry, const char *state, int64_t stamp,
                               int64_t *id, struct diags *d)
{
    char content[SHA256_HEX];
    bool same;
    history_content(s, content);
    struct release r = {.study = s->study,
                        .period = s->period,
                        .state = state,
                        .content = content,
                        .program = entry->program,
                        .options = entry->options,
                        .study_sha256 = s->study_sha256,
                        .date = s->date,
                        .min_n = s->min_n,
                        .rows = (int64_t)s->estimates.len};
    bool moved = stamp ? history_stamp(h) != stamp
                       : sql_number_of(&h->sql, "SELECT count(*) FROM release") > 0;
    if (moved)
        return diag(d, E0833, (struct where){h->path, 0, 0},
                    "another run released something in the meantime");
    TRY(find_place(h, &r, &same, d));
    *id = r.id;
    if (!same)
        return add_all(h, s, entry, &r, d);
    // a draft that is run again as a draft, or a release that stands, stays what it is
    bool stands = strcmp(r.state, "published") == 0 || strcmp(r.state, state) == 0 ||
                  strcmp(state, "draft") == 0;
    return stands ? OK : set_state(h, r.id, state, d);
}

static enum status in_transaction(struct history *h, enum status status, struct diags *d)
{
    if (!status)
        status = sql_run(&h->sql, "COMMIT", d);
    if (!status)
        return OK;
    struct diags quiet = {0}; // what went wrong is said already
    enum status ignored = sql_run(&h->sql, "ROLLBACK", &quiet);
    diags_free(&quiet);
    (void)ignored;
    return status;
}

enum status history_add(struct history *h, const struct snapshot *s,
                        const struct history_entry *entry, const char *state, int64_t stamp,
                        int64_t *id, struct diags *d)
{
    TRY(history_create(h, d));
    TRY(sql_run(&h->sql, "BEGIN IMMEDIATE", d));
    return in_transaction(h, add_or_find(h, s, entry, state, stamp, id, d), d);
}

// A release that stood before and was published again is published already.
enum status history_settle(struct history *h, int64_t id, const char *state, struct diags *d)
{
    char text[24];
    struct release r;
    snprintf(text, sizeof text, "%lld", (long long)id);
    TRY(history_find(h, text, &r, d));
    return strcmp(r.state, "pending") == 0 ? history_state(h, id, state, d) : OK;
}

enum status history_state(struct history *h, int64_t id, const char *state, struct diags *d)
{
    TRY(sql_run(&h->sql, "BEGIN IMMEDIATE", d));
    return in_transaction(h, set_state(h, id, state, d), d);
}
