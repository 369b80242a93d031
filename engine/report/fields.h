// SPDX-License-Identifier: GPL-3.0-or-later
// The fields of each kind of result, named once, in the order of interface.md 3. Machine formats
// are sinks for them: names or values, in CSV or JSON. What is withheld gives no number to any.
#pragma once
#include "engine/base/json.h"
#include "engine/run/estimate.h"

struct fields {
    void (*text)(struct fields *f, const char *name, const char *value);
    void (*number)(struct fields *f, const char *name, double value); // not finite: no value
    void (*flag)(struct fields *f, const char *name, bool known, bool value);
    struct buf *out;
    struct json *json;
    bool started; // CSV: a field was written in this row
    bool hidden;  // the row is withheld: its numbers are not
    bool whole;   // JSON: also what CSV has no column for
};

void fields_estimate(struct fields *f, const struct results *r, const struct estimate *e);
void fields_comparison(struct fields *f, const struct results *r, const struct comparison *c);
void fields_test(struct fields *f, const struct results *r, const struct test *t);
void fields_driver(struct fields *f, const struct results *r, const struct driver *d);

// A count of the ledger: rows of a file, or cells of a column, by reason.
struct quality_count {
    const char *input, *file, *column, *reason, *role;
    uint64_t count;
};
void fields_quality(struct fields *f, const struct quality_count *q);
typedef void quality_visit(void *context, const struct quality_count *q);
// All counts of a ledger, in its order; reasons that did not occur are passed over, except rows
// read, used and rejected and valid cells.
void quality_each(const struct ledger *l, quality_visit *visit, void *context);

// Sinks.
struct fields fields_csv_head(struct buf *out); // names instead of values
struct fields fields_csv_row(struct buf *out);
void fields_csv_end(struct fields *f);          // the line end; ready for the next row
struct fields fields_json_head(struct json *j); // values of an array: between json_open and
struct fields fields_json_row(struct json *j);  // json_close; no text is "", no number null
