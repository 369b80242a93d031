// SPDX-License-Identifier: GPL-3.0-or-later
// An estimate as the history keeps it, and its one spelling for checksums.
#pragma once
#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/store/snapshot.h"

enum { ROW_TEXTS = SNAPSHOT_KEYS + 4, ROW_NUMBERS = 11 };
extern const char *const row_text_names[ROW_TEXTS]; // keys, then unit, status, symbol, reason
enum { ROW_UNIT = SNAPSHOT_KEYS, ROW_STATUS, ROW_SYMBOL, ROW_REASON };
enum { ROW_VALUE, ROW_SE, ROW_LOW, ROW_HIGH, ROW_DF, ROW_N }; // the first of the numbers
extern const char *const row_number_names[ROW_NUMBERS];       // as in indicators.csv

struct history_row {
    struct str text[ROW_TEXTS];
    double number[ROW_NUMBERS]; // NaN = none
    int decimals;
};
typedef void history_row_visit(void *context, const struct history_row *row);
void row_of_estimate(struct history_row *row, const struct snapshot_estimate *e);
// As in a snapshot: the names of the columns, then an array a row.
void row_json_head(struct json *j);
void row_json(struct json *j, const struct history_row *row);
// Into a checksum; without the symbol when it is a matter of content only: whether a value is a
// revised one depends on what was released before it.
void row_sum(struct sha256 *sum, const struct history_row *row, bool symbol);
void sum_text(struct sha256 *sum, struct str text); // with its end
