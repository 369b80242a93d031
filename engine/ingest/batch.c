// SPDX-License-Identifier: GPL-3.0-or-later
// Records without quotes, many at a time and column by column. What becomes of a record is the
// same as in reader_take, which takes all others.
#include "engine/ingest/reader_room.h"

enum { BATCH_ROWS = 512 };

// The rows of a batch that have a place, and their cells in one column.
struct batch_work {
    uint16_t kept[BATCH_ROWS];
    struct str cells[BATCH_ROWS];
};

static struct str cell_of(const struct line_batch *b, size_t row, long column)
{
    return column == NO_COLUMN ? STR("") : batch_field(b, row, (size_t)column);
}

static size_t place_rows(struct reader *r, const struct line_batch *b, struct batch_work *work)
{
    struct block *block = &r->block;
    size_t count = 0;
    for (size_t row = 0; row < b->rows; row++) {
        struct place_texts texts = {b->line + (int64_t)row, cell_of(b, row, r->columns.region),
                                    cell_of(b, row, r->columns.period)};
        if (!reader_place(r, &texts, block->rows + count))
            continue;
        block->line[block->rows + count] = texts.line;
        work->kept[count++] = (uint16_t)row;
    }
    return count;
}

static void read_column(struct reader *r, const struct line_batch *b, size_t ask,
                        struct batch_work *work, size_t count)
{
    long column = r->columns.ask[ask];
    if (column == NO_COLUMN) {
        memset(r->block.columns[ask].why + r->block.rows, MISSING_NOT_ASKED, count);
        r->ledger->columns.at[r->counted_base + ask].by[MISSING_NOT_ASKED] += count;
        return;
    }
    for (size_t i = 0; i < count; i++)
        work->cells[i] = batch_field(b, work->kept[i], (size_t)column);
    struct cell_list cells = {work->cells, count, r->block.rows, b->text};
    cells_read_column(r, ask, &cells);
}

static void take(struct reader *r, const struct line_batch *b)
{
    struct batch_work work;
    size_t count = place_rows(r, b, &work);
    for (size_t ask = 0; ask < r->request->ask_count; ask++)
        read_column(r, b, ask, &work, count);
    reader_file(r)->read += b->rows;
    reader_file(r)->used += count;
    r->block.rows += count;
}

// Filters look at a record as a whole.
enum status reader_take_batches(struct reader *r)
{
    struct line_batch batch;
    if (r->request->input->filter_count)
        return OK;
    for (;;) {
        size_t room = BLOCK_ROWS - r->block.rows;
        if (!records_batch(&r->records, room < BATCH_ROWS ? room : BATCH_ROWS, &batch))
            return OK;
        take(r, &batch);
        if (r->block.rows == BLOCK_ROWS)
            TRY(reader_send(r));
    }
}
