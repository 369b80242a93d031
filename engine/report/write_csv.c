// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/utf8.h"
#include "engine/report/escape.h"
#include "engine/report/fields.h"
#include "engine/report/writers.h"

// The header comes from the same function as the rows, given an empty record.
static const struct indicator no_indicator = {.label = LABEL("", "", "")};

void write_indicators(struct buf *out, const struct results *r)
{
    static const struct estimate none = {
        .indicator = &no_indicator, .item = "", .by = "", .level = "", .unit = ""};
    struct fields head = fields_csv_head(out), row = fields_csv_row(out);
    fields_estimate(&head, r, &none);
    fields_csv_end(&head);
    for (size_t i = 0; i < r->estimates.len; i++) {
        if (!r->estimates.at[i].reported)
            continue;
        fields_estimate(&row, r, &r->estimates.at[i]);
        fields_csv_end(&row);
    }
}

void write_comparisons(struct buf *out, const struct results *r)
{
    static const struct comparison none = {.indicator = &no_indicator, .region = REGION_EMPTY};
    struct fields head = fields_csv_head(out), row = fields_csv_row(out);
    fields_comparison(&head, r, &none);
    fields_csv_end(&head);
    for (size_t i = 0; i < r->comparisons.len; i++) {
        const struct comparison *c = &r->comparisons.at[i];
        if (!c->reported || c->withheld)
            continue;
        fields_comparison(&row, r, c);
        fields_csv_end(&row);
    }
}

void write_tests(struct buf *out, const struct results *r)
{
    static const struct test none = {.region = REGION_EMPTY};
    struct fields head = fields_csv_head(out), row = fields_csv_row(out);
    fields_test(&head, r, &none);
    fields_csv_end(&head);
    for (size_t i = 0; i < r->tests.len; i++) {
        if (!r->tests.at[i].reported)
            continue;
        fields_test(&row, r, &r->tests.at[i]);
        fields_csv_end(&row);
    }
}

void write_drivers(struct buf *out, const struct results *r)
{
    static const struct driver none = {.region = REGION_EMPTY};
    struct fields head = fields_csv_head(out), row = fields_csv_row(out);
    fields_driver(&head, r, &none);
    fields_csv_end(&head);
    for (size_t i = 0; i < r->drivers.len; i++) {
        if (!r->drivers.at[i].reported)
            continue;
        fields_driver(&row, r, &r->drivers.at[i]);
        fields_csv_end(&row);
    }
}

static void put_quality(void *context, const struct quality_count *q)
{
    struct fields *row = context;
    fields_quality(row, q);
    fields_csv_end(row);
}

void write_quality(struct buf *out, const struct results *r)
{
    static const struct quality_count none = {0};
    struct fields head = fields_csv_head(out), row = fields_csv_row(out);
    fields_quality(&head, &none);
    fields_csv_end(&head);
    quality_each(r->ledger, put_quality, &row);
}

// A text from a file as rejects.csv shows it. Escaped after it is cut, so that the cut never falls
// inside an escape.
static void put_shown(struct buf *out, const char *text)
{
    enum { SHOWN = 80 };
    struct str s = str_of(text);
    struct buf shown = {0};
    s.len = utf8_prefix(s, SHOWN);
    utf8_escape(&shown, s, false);
    escape_csv_people(out, buf_view(&shown));
    buf_free(&shown);
}

static void put_reject(struct buf *out, const struct ledger *l, const struct reject *x)
{
    put_shown(out, l->files.at[x->file].name);
    buf_print(out, ",%lld,", (long long)x->line);
    if (x->column > 0)
        buf_print(out, "%ld", x->column);
    buf_char(out, ',');
    buf_text(out, reject_labels[x->reason].id);
    buf_char(out, ',');
    put_shown(out, x->text ? x->text : "");
    buf_char(out, ',');
    put_shown(out, x->note ? x->note : "");
    buf_char(out, '\n');
}

void write_rejects(struct buf *out, const struct results *r)
{
    buf_text(out, "file,line,column,reason,text,note\n");
    for (size_t i = 0; r->ledger && i < r->ledger->rejects.len; i++)
        put_reject(out, r->ledger, &r->ledger->rejects.at[i]);
}
