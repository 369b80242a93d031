// SPDX-License-Identifier: GPL-3.0-or-later
// What the parts of the reader share while they read the files of one input.
#pragma once
#include "engine/ingest/columns.h"
#include "engine/ingest/field.h"
#include "engine/ingest/files.h"
#include "engine/ingest/memo.h"
#include "engine/ingest/records.h"

enum { BLOCK_ROWS = 4096 };

// Keys of a column with very many of them, to be numbered together when the block is full.
struct many {
    VEC(uint32_t) rows;
    VEC(size_t) ends; // in text
    struct buf text;
};

struct reader {
    const struct request *request;
    struct places *places;
    struct ledger *ledger;
    struct diags *d;
    // of the file at hand
    struct arena arena;
    struct records records;
    struct columns columns;
    struct field *fields; // per ask
    struct memo **memos;  // per ask; NULL where texts are too many to be met again,
    struct many **many;   // and then these; NULL elsewhere
    uint32_t file;        // in the ledger
    int64_t row_line;
    struct block block;
    bool *dropped;       // per row of the block: rejected by the sink
    size_t counted_base; // of the asks in ledger->columns
    // regions as the file writes them, already looked up
    struct dict region_texts;
    VEC(struct placed) placed;
    struct memo region_memo; // values: places in `placed`
    struct moments *moments; // dates already looked up
    int32_t last_day;        // with a period
    struct period last_label;
    uint16_t last_period;
    bool any_period, any_day;
    size_t ragged, ragged_width; // rows of a wrong width; the one width they have, 0: several
};

struct placed { // a text of the region column and what it means
    uint16_t region;
    bool known;
    const char *near;
};

// Opens a file, reads its header and finds the columns. Needs reader_close in any case.
MUST_CHECK enum status reader_open(struct reader *r, const struct found_file *file);
void reader_block(struct reader *r); // makes room for a block
MUST_CHECK enum status reader_take(struct reader *r, const struct record *record);
// All records that come next and can be read column by column (batch.c).
MUST_CHECK enum status reader_take_batches(struct reader *r);
MUST_CHECK enum status reader_send(struct reader *r); // what is left of the block
void reader_end(struct reader *r);                    // fills in what is known of the file
void reader_close(struct reader *r);

static inline struct file_count *reader_file(struct reader *r)
{
    return &r->ledger->files.at[r->file];
}

// Counts and lists a row that is no part of a block. column: from 0, NO_COLUMN for the row.
void reader_refuse(struct reader *r, int64_t line, long column, enum reject_reason reason,
                   struct str text, const char *note);
// Where a record belongs, as it is written.
struct place_texts {
    int64_t line;
    struct str region, period; // empty where there is no such column
};
static inline struct str reader_cell(const struct record *record, long column)
{
    return column == NO_COLUMN ? STR("") : record->fields[column];
}
// Region, period, day and time of a record into row `row` of the block; false: it was refused.
bool reader_place(struct reader *r, const struct place_texts *texts, size_t row);
// Cells of a record (cells.c). Keys of columns with very many of them get their numbers when the
// block is sent: cells_number.
void cells_read(struct reader *r, const struct record *record, size_t row);
// Cells of one column that go to the rows of the block from `first` on. All lie in one buffer that
// begins at `floor`, and hold no NUL.
struct cell_list {
    const struct str *at;
    size_t count, first;
    const char *floor;
};
void cells_read_column(struct reader *r, size_t ask, const struct cell_list *cells);
void cells_number(struct reader *r);
void cells_drop(struct reader *r);
