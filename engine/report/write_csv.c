// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/utf8.h"
#include "engine/report/escape.h"
#include "engine/report/listing.h"
#include "engine/report/writers.h"

static void put_listing(struct buf *out, const struct results *r, const struct listing *l)
{
    struct fields head = fields_csv_head(out), row = fields_csv_row(out);
    l->fields(&head, r, LISTING_HEAD);
    fields_csv_end(&head);
    for (size_t i = 0; i < l->count(r); i++) {
        if (!l->shown(r, i))
            continue;
        l->fields(&row, r, i);
        fields_csv_end(&row);
    }
}

void write_indicators(struct buf *out, const struct results *r)
{
    put_listing(out, r, &listing_estimates);
}

void write_comparisons(struct buf *out, const struct results *r)
{
    put_listing(out, r, &listing_comparisons);
}

void write_tests(struct buf *out, const struct results *r)
{
    put_listing(out, r, &listing_tests);
}

void write_drivers(struct buf *out, const struct results *r)
{
    put_listing(out, r, &listing_drivers);
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
