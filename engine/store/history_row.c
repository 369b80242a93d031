// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/history_row.h"

#include "engine/base/num.h"

const char *const row_text_names[ROW_TEXTS] = {"indicator", "item", "region", "period", "by",
                                               "level",     "unit", "status", "symbol", "reason"};
const char *const row_number_names[ROW_NUMBERS] = {
    "value",      "se",          "ci_low", "ci_high",   "df",         "n",
    "weighted_n", "effective_n", "deff",   "numerator", "denominator"};

void row_of_estimate(struct history_row *row, const struct snapshot_estimate *e)
{
    for (int i = 0; i < ROW_TEXTS; i++)
        row->text[i] = i < SNAPSHOT_KEYS ? e->key[i]
                       : i == ROW_STATUS ? e->status
                                         : snapshot_field(e, row_text_names[i]);
    for (int i = 0; i < ROW_NUMBERS; i++)
        row->number[i] = snapshot_number(e, row_number_names[i]);
    row->decimals = snapshot_decimals(e);
}

void row_json_head(struct json *j)
{
    for (int i = 0; i < ROW_TEXTS; i++) {
        for (int k = 0; i == ROW_UNIT && k < ROW_NUMBERS; k++)
            json_text(j, row_number_names[k]);
        if (i == ROW_REASON)
            json_text(j, "decimals");
        json_text(j, row_text_names[i]);
    }
}

void row_json(struct json *j, const struct history_row *row)
{
    json_open(j, '[', true);
    for (int i = 0; i < ROW_TEXTS; i++) {
        for (int k = 0; i == ROW_UNIT && k < ROW_NUMBERS; k++)
            json_number(j, row->number[k]);
        if (i == ROW_REASON)
            json_int(j, row->decimals);
        json_str(j, row->text[i]);
    }
    json_close(j, ']');
}

void sum_text(struct sha256 *sum, struct str text)
{
    sha256_add(sum, text.ptr, text.len);
    sha256_add(sum, "\x1f", 1);
}

void row_sum(struct sha256 *sum, const struct history_row *row, bool symbol)
{
    char digits[NUM_TEXT];
    struct buf line = {0};
    for (int i = 0; i < ROW_TEXTS; i++) {
        if (i != ROW_SYMBOL || symbol)
            buf_str(&line, row->text[i]);
        buf_char(&line, '\x1f');
    }
    for (int i = 0; i < ROW_NUMBERS; i++) {
        num_text(row->number[i], digits);
        buf_print(&line, "%s\x1f", digits);
    }
    buf_print(&line, "%d\n", row->decimals);
    sha256_add(sum, line.ptr, line.len);
    buf_free(&line);
}
