// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ingest/reader.h"

#include "engine/base/utf8.h"
#include "engine/ingest/files.h"
#include "engine/ingest/reader_room.h"

// Clients and cases may be many; what has levels may not (limits: levels).
bool ask_may_be_many(const struct ask *ask)
{
    const char *role = ask->role;
    return ask->kind == CELL_KEY || !strcmp(role, "respondent") || !strcmp(role, "profile") ||
           !strcmp(role, "client") || !strcmp(role, "case");
}

// Do texts of the column come again and again?
static bool is_few(const struct ask *ask)
{
    return ask->kind == CELL_FLAG || (ask->kind == CELL_CODE && !ask_may_be_many(ask));
}

void reader_block(struct reader *r)
{
    const struct request *q = r->request;
    struct arena *a = &r->arena;
    struct block *b = &r->block;
    *b = (struct block){.input = q->input,
                        .file = r->file,
                        .region = NEWS(a, BLOCK_ROWS, uint16_t),
                        .period = NEWS(a, BLOCK_ROWS, uint16_t),
                        .day = NEWS(a, BLOCK_ROWS, int32_t),
                        .second = NEWS(a, BLOCK_ROWS, int32_t),
                        .line = NEWS(a, BLOCK_ROWS, int64_t),
                        .columns = NEWS(a, q->ask_count + 1, struct cells)};
    for (size_t i = 0; i < q->ask_count; i++) {
        struct cells *cells = &b->columns[i];
        cells->why = NEWS(a, BLOCK_ROWS, uint8_t);
        switch (q->asks[i].kind) {
        case CELL_NUMBER:
            cells->number = NEWS(a, BLOCK_ROWS, struct decimal);
            break;
        case CELL_CODE:
            cells->code = NEWS(a, BLOCK_ROWS, uint32_t);
            break;
        case CELL_KEY:
            cells->key = NEWS(a, BLOCK_ROWS, uint64_t);
            break;
        case CELL_DATE:
            cells->day = NEWS(a, BLOCK_ROWS, int32_t);
            break;
        case CELL_FLAG:
            cells->flag = NEWS(a, BLOCK_ROWS, uint8_t);
            break;
        }
    }
    r->dropped = NEWS(a, BLOCK_ROWS, bool);
    r->memos = NEWS(a, q->ask_count + 1, struct memo *);
    r->many = NEWS(a, q->ask_count + 1, struct many *);
    for (size_t i = 0; i < q->ask_count; i++) {
        if (is_few(&q->asks[i]))
            r->memos[i] = NEW(a, struct memo);
        else if (q->asks[i].kind == CELL_CODE || q->asks[i].kind == CELL_KEY)
            r->many[i] = NEW(a, struct many);
    }
}

static enum status check_levels(const struct reader *r)
{
    const struct request *q = r->request;
    size_t limit = q->study->limits.levels ? q->study->limits.levels : LIMIT_LEVELS;
    for (size_t i = 0; i < q->ask_count; i++) {
        const struct ask *ask = &q->asks[i];
        if (ask->kind != CELL_CODE || ask_may_be_many(ask) || ask->codes->keys.len <= limit)
            continue;
        return diag(r->d, E0324, (struct where){r->records.path, 0, 0},
                    "column %s has more than %zu different values (limits: levels)",
                    diag_quote(r->d, str_of(r->columns.ask_names[i])), limit);
    }
    return OK;
}

enum status reader_send(struct reader *r)
{
    if (stop_asked())
        return FAIL_RETRY; // whoever called it looks at the signal first
    if (!r->block.rows)
        return OK;
    cells_number(r);
    TRY(check_levels(r));
    memset(r->dropped, 0, BLOCK_ROWS * sizeof *r->dropped);
    enum status status = r->request->sink(r->request->context, &r->block, r, r->d);
    r->block.rows = 0;
    return status;
}

static bool passes(const struct reader *r, const struct record *record)
{
    const struct input *in = r->request->input;
    for (size_t i = 0; i < in->filter_count; i++) {
        struct str cell = utf8_trim(record->fields[r->columns.filter[i]]);
        bool found = false;
        for (size_t k = 0; k < in->filters[i].values.count && !found; k++)
            found = str_same(cell, utf8_trim(str_of(in->filters[i].values.at[k])));
        if (!found)
            return false;
    }
    return true;
}

static void refuse_record(struct reader *r, const struct record *record, enum reject_reason reason)
{
    struct buf text = {0};
    for (size_t i = 0; i < record->count && text.len < 400; i++) {
        if (i)
            buf_char(&text, ',');
        buf_str(&text, record->fields[i]);
    }
    struct buf note = {0};
    if (reason == REJECT_FIELDS)
        buf_print(&note, "%zu fields, the header has %zu", record->count, r->columns.width);
    reader_refuse(r, record->line, NO_COLUMN, reason, buf_view(&text), note.ptr);
    buf_free(&text);
    buf_free(&note);
}

static bool whole_record(struct reader *r, const struct record *record)
{
    if (record->nul) {
        refuse_record(r, record, REJECT_NUL);
        return false;
    }
    if (record->count == r->columns.width)
        return true;
    r->ragged_width = !r->ragged || r->ragged_width == record->count ? record->count : 0;
    r->ragged++;
    refuse_record(r, record, REJECT_FIELDS);
    return false;
}

enum status reader_take(struct reader *r, const struct record *record)
{
    reader_file(r)->read++;
    if (!whole_record(r, record))
        return OK;
    if (!passes(r, record)) {
        reader_file(r)->filtered++;
        return OK;
    }
    struct block *b = &r->block;
    size_t row = b->rows;
    struct place_texts texts = {record->line, reader_cell(record, r->columns.region),
                                reader_cell(record, r->columns.period)};
    if (!reader_place(r, &texts, row))
        return OK;
    b->line[row] = record->line;
    cells_read(r, record, row);
    reader_file(r)->used++;
    b->rows++;
    return b->rows == BLOCK_ROWS ? reader_send(r) : OK;
}

static void start_counts(struct reader *r)
{
    struct ledger *l = r->ledger;
    r->counted_base = l->columns.len;
    for (size_t i = 0; i < r->request->ask_count; i++) {
        struct column_count count = {.file = r->file,
                                     .column = arena_text(&l->arena, r->columns.ask_names[i]),
                                     .role = r->request->asks[i].role};
        vec_push(&l->columns, count);
    }
}

static void start_file(struct reader *r, const struct found_file *file)
{
    struct ledger *l = r->ledger;
    struct file_count count = {.input = r->request->input,
                               .path = arena_text(&l->arena, file->path),
                               .name = arena_text(&l->arena, file->name)};
    r->file = (uint32_t)l->files.len;
    vec_push(&l->files, count);
}

void reader_end(struct reader *r)
{
    struct file_count *file = reader_file(r);
    struct arena *a = &r->ledger->arena;
    file->bytes = r->records.bytes;
    memcpy(file->sha256, r->records.sha256, sizeof file->sha256);
    file->blank_lines = r->records.blank_lines;
    file->encoding = r->records.text ? records_encoding(&r->records) : "";
    file->delimiter = arena_text(a, r->records.shape.delimiter);
    file->quote = arena_text(a, r->records.shape.quote);
}

// When every row is ragged for one reason, the reason is said once.
static enum status judge_widths(struct reader *r)
{
    const struct file_count *file = reader_file(r);
    if (!r->ragged_width || r->ragged != file->read || r->ragged < 2)
        return OK;
    enum status status = diag(r->d, E0322, (struct where){file->path, 0, 0},
                              "the header has %zu fields and each of the %zu rows has %zu",
                              r->columns.width, r->ragged, r->ragged_width);
    bool comma = !strcmp(r->records.shape.delimiter, ",");
    if (r->ragged_width > r->columns.width)
        diag_help(r->d,
                  comma ? "a header cell is missing, or numbers have a decimal comma and the "
                          "delimiter is a comma too: quote them, or use another delimiter"
                        : "a header cell is missing, or the delimiter stands in unquoted fields");
    return status;
}

// What an SPSS file declares missing in a column and the study does not name: said, and missing.
static struct sav_ranges missing_of(struct reader *r, const char *column)
{
    struct sav_ranges all = source_missing(r->records.source), own = {0};
    struct sav_range *found = NEWS(&r->arena, all.len + 1, struct sav_range);
    for (size_t i = 0; i < all.len; i++)
        if (column && str_same(all.at[i].name, str_of(column)))
            found[own.len++] = all.at[i];
    own.at = found;
    if (own.len)
        diag(r->d, E0222, (struct where){reader_file(r)->path, 0, 0},
             "%s: %zu values or ranges count as missing without a reason",
             diag_quote(r->d, str_of(column)), own.len);
    return own;
}

enum status reader_open(struct reader *r, const struct found_file *file)
{
    const struct request *q = r->request;
    const struct record *record;
    start_file(r, file);
    r->records.stand_in = file->stand_in;
    TRY(records_open(&r->records, reader_file(r)->path, &q->input->dialect, &q->study->limits,
                     false, r->d));
    TRY(records_next(&r->records, &record, r->d));
    if (!record)
        return diag(r->d, E0301, (struct where){reader_file(r)->path, 0, 0},
                    "the file is empty: it has no header");
    TRY(columns_find(&r->columns, q, &r->records, record, &r->arena, r->d));
    r->fields = NEWS(&r->arena, q->ask_count + 1, struct field);
    for (size_t i = 0; i < q->ask_count; i++)
        field_prepare(&r->fields[i], &q->asks[i], &r->records.dialect,
                      missing_of(r, r->columns.ask_names[i]), &r->arena);
    start_counts(r);
    return OK;
}

static enum status read_records(struct reader *r)
{
    const struct record *record;
    reader_block(r);
    for (;;) {
        TRY(reader_take_batches(r));
        TRY(records_next(&r->records, &record, r->d));
        if (!record)
            break;
        TRY(reader_take(r, record));
    }
    TRY(reader_send(r));
    return judge_widths(r);
}

void reader_close(struct reader *r)
{
    cells_drop(r);
    records_close(&r->records);
    dict_free(&r->region_texts);
    vec_free(&r->placed);
    arena_free(&r->arena);
}

static enum status read_file(struct reader *r, const struct found_file *file)
{
    enum status status = reader_open(r, file);
    if (!status)
        status = read_records(r);
    reader_end(r);
    reader_close(r);
    return status;
}

enum status input_read(const struct request *request, struct places *places, struct ledger *ledger,
                       struct diags *d)
{
    struct arena arena = {0};
    file_list files = {0};
    size_t first_file = ledger->files.len, first_reject = ledger->rejects.len;
    enum status status = files_find(&files, &arena, request->study, &request->input->files,
                                    request->input->where, d);
    for (size_t i = 0; i < files.len; i++) {
        struct reader r = {.request = request, .places = places, .ledger = ledger, .d = d};
        enum status one = read_file(&r, &files.at[i]);
        status = status ? status : one;
    }
    vec_free(&files);
    arena_free(&arena);
    enum status judged = ledger_judge(ledger, request, first_file, first_reject, !status, d);
    return status ? status : judged;
}
