// SPDX-License-Identifier: GPL-3.0-or-later
// From the files of one input to blocks of typed columns. The reader finds files, dialect and
// header, converts only the columns asked for, resolves region and period, applies filters, and
// keeps count: every row read is used, filtered out or rejected, and every rejected row is in the
// ledger.
#pragma once
#include "engine/base/num.h"
#include "engine/study/places.h"

// Keys name people, of whom there are very many: see key.h.
enum cell_kind { CELL_NUMBER, CELL_CODE, CELL_DATE, CELL_FLAG, CELL_KEY };

// A column the run needs.
struct ask {
    const char *role;   // what it is for, as messages say it
    struct texts names; // the first of these that a file has
    enum cell_kind kind;
    const struct missing_codes *missing, *more_missing; // looked at in this order; may be NULL
    bool required;       // a file without it is an error; else its cells are MISSING_NOT_ASKED
    bool administrative; // numbers: ND, n.d., NA, .. etc. are missing as indicators.md 1.1 says
    struct dict *codes;  // CELL_CODE: where the texts are numbered (trimmed, NFC); CELL_KEY: the
                        // long ones only. The limit on levels holds but for the roles client, case,
                        // respondent and profile
    struct where where; // in the study
};

// Clients, cases, respondents and profiles: the limit on levels does not hold for them.
bool ask_may_be_many(const struct ask *ask);

// Numbers are exact decimals; one that does not fit has scale DECIMAL_REAL and the bits of the
// nearest double in `mantissa` (decimal_of_real, decimal_real).
enum { DECIMAL_REAL = -1 };
static inline struct decimal decimal_of_real(double value)
{
    struct decimal d = {0, DECIMAL_REAL};
    memcpy(&d.mantissa, &value, sizeof value);
    return d;
}
// The nearest double of either form.
static inline double decimal_real(struct decimal d)
{
    if (d.scale != DECIMAL_REAL)
        return decimal_value(d);
    double value;
    memcpy(&value, &d.mantissa, sizeof value);
    return value;
}

struct cells {    // one per ask; arrays of block.rows; only the array of its kind is set, and `why`
    uint8_t *why; // enum missing
    struct decimal *number;
    uint32_t *code;
    uint64_t *key; // 0: none
    int32_t *day;  // since 1970
    uint8_t *flag; // 1 yes, 0 no
};

struct block { // some rows of one file, used ones only
    const struct input *input;
    uint32_t file; // index in the ledger
    size_t rows;
    uint16_t *region; // number of places, REGION_TOTAL where the input has no region
    uint16_t *period; // number of places; 0 and meaningless where no period was wanted
    int32_t *day;     // of a period or time column that holds dates; INT32_MIN: a label or none
    int32_t *second;  // into the day, MOMENT_UNKNOWN: not known
    int64_t *line;
    struct cells *columns;
};

enum reject_reason {
    REJECT_FIELDS, // wrong number of fields
    REJECT_NUL,
    REJECT_REGION,
    REJECT_PERIOD,
    REJECT_WEIGHT,
    REJECT_LEVEL, // reached_above_level
    REJECT_VALUE, // another rule of the family
    REJECT_KEY,   // a key that stands twice
    REJECT_REASON_COUNT,
};
extern const struct label reject_labels[REJECT_REASON_COUNT]; // ids: wrong_field_count, nul_byte, …

struct reject {
    uint32_t file;
    int64_t line;
    long column; // 1-based place in the record, 0 = the row
    enum reject_reason reason;
    const char *text; // the offending field or record, as read
    const char *note; // more, e.g. "did you mean Ontario", or NULL
};

struct column_count { // how the cells of one column of one file were read
    uint32_t file;
    const char *column; // header name
    const char *role;
    uint64_t by[MISSING_COUNT];
};

struct file_count {
    const struct input *input;
    const char *path; // as opened
    const char *name; // relative to the study, as outputs write it
    uint64_t bytes;
    char sha256[65]; // of the bytes of the file
    uint64_t read, used, filtered, rejected, zero_weight, blank_lines;
    uint64_t by_reason[REJECT_REASON_COUNT];
    const char *encoding, *delimiter, *quote; // what was used
};

struct ledger {
    struct arena arena;
    VEC(struct file_count) files;
    VEC(struct column_count) columns;
    VEC(struct reject) rejects;
};
void ledger_free(struct ledger *l);

struct reader; // of the block at hand, for rejecting more rows
// Takes a row of the block back: counted as rejected, listed with its place and the text given.
void reader_reject(struct reader *r, size_t row, enum reject_reason reason, const char *column,
                   struct str text, const char *note);
void reader_zero_weight(struct reader *r, size_t rows);
// Counts a value read as valid as missing for another reason (out of range by the item's scale).
void reader_recount(struct reader *r, size_t ask, enum missing why, size_t cells);

typedef enum status block_sink(void *context, const struct block *block, struct reader *r,
                               struct diags *d);

struct request {
    const struct study *study;
    const struct input *input;
    struct ask *asks;
    size_t ask_count;
    const char *time_role; // role of the period column: "period", or "time" for activity; NULL = no
                           // period wanted
    bool no_region;        // margins, benchmarks: rows are not placed
    block_sink *sink;
    void *context;
};

// Reads all files of an input. FAIL_DATA after bad files or too many rejects (study.max_rejects is
// checked here per input); messages as in robustness.md 1.
MUST_CHECK enum status input_read(const struct request *request, struct places *places,
                                  struct ledger *ledger, struct diags *d);
// After the last file of an input: puts its rejects in the order of the rows; the warning that
// counts, or the error (study.max_rejects); only the warning when not all of the files could be
// read to their end (`whole` false).
MUST_CHECK enum status ledger_judge(struct ledger *l, const struct request *request,
                                    size_t first_file, size_t first_reject, bool whole,
                                    struct diags *d);
