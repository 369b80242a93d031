// SPDX-License-Identifier: GPL-3.0-or-later
// What the families on administrative files share: columns by role, words that stand for a missing
// value, shares without a sampling error, and the reasons that a row may carry.
#pragma once
#include "metrics/family.h"

enum { ADMIN_NONE = -1 };            // no such column
enum { ADMIN_NO_CODE = 0x7fffffff }; // a code cell without a value

// A column that a family wants. `names`: count 0 = the names the study gives the role.
struct admin_column {
    const char *role;
    enum cell_kind kind;
    bool required;
    struct dict *codes; // CELL_CODE
    struct texts names;
    int ask; // set by admin_read: place in block.columns, or ADMIN_NONE
};

struct admin_reading {
    const struct input *input;
    struct admin_column *columns;
    size_t count;
    const char *time_role; // NULL: rows carry no period
    bool no_region;        // rows are not placed
    block_sink *sink;
    void *context;
};

// Reads the files of an input. E0451 when a required role has no column.
MUST_CHECK enum status admin_read(struct run *run, const struct admin_reading *reading);

// The value of a number cell, NaN when missing; *why (may be NULL) tells the reason.
double admin_number(const struct block *b, const struct admin_column *c, size_t row,
                    enum missing *why);
// The same as an exact decimal; false when missing.
bool admin_decimal(const struct block *b, const struct admin_column *c, size_t row,
                   struct decimal *out);
double admin_decimal_value(struct decimal d);
// The number of the text of a code cell in the column's dictionary, ADMIN_NO_CODE when missing.
uint32_t admin_code(const struct block *b, const struct admin_column *c, size_t row);
// The text of such a number, "" for ADMIN_NO_CODE.
struct str admin_word(const struct dict *codes, uint32_t code);
// Words for a missing value (indicators.md 1.1): ND, n.d., .., x → MISSING_BLANK;
// NA, N/A, S.O., ... → MISSING_NOT_APPLICABLE; anything else VALID.
enum missing admin_missing(struct str word);
// Equal without regard to ASCII case.
bool admin_same(struct str a, const char *b);

// 100 · numerator / denominator. Denominator 0 or less: not applicable (E2). Above 100: caution
// (E4).
void admin_share(struct estimate *e, double numerator, double denominator);
// No value: the status and its reason (an id of admin_reasons).
void admin_absent(struct estimate *e, enum estimate_status status, const char *reason);
// Caution when the value is there and more than 5 % of the units were not reported (E7).
void admin_unreported(struct estimate *e, double unreported, double units);
void admin_caution(struct estimate *e, const char *reason);

// The first numbers of regions and periods to the final ones.
uint16_t admin_region(const struct places *p, uint16_t first);
uint16_t admin_period(const struct places *p, uint16_t first);
// Does a row count in the cell's region?
static inline bool admin_in_region(uint16_t row, uint16_t cell)
{
    return cell == REGION_TOTAL || row == cell;
}

enum { ADMIN_REASONS = 13 };
extern const struct label admin_reasons[ADMIN_REASONS];
