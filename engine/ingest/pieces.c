// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ingest/pieces.h"

#include "engine/ingest/reader_room.h"

enum { MOST_UNCUT = 64 << 20 }; // bytes without a place to cut

struct cutter {
    struct reader reader; // which reads the header only
    struct diags diags;
    int64_t lines; // given out
    bool after_blank, ended;
};

struct cutter *cutter_open(const struct request *request, const struct found_file *file,
                           struct ledger *ledger)
{
    struct cutter *c = mem_new(1, sizeof *c);
    c->reader = (struct reader){.request = request, .ledger = ledger, .d = &c->diags};
    enum status status = reader_open(&c->reader, file);
    const struct shape *shape = &c->reader.records.shape;
    if (!status && !c->diags.errors && strlen(shape->quote) <= 1 && !c->reader.records.ended) {
        c->lines = c->reader.records.lines.number;
        return c;
    }
    cutter_close(c);
    return NULL;
}

void cutter_close(struct cutter *c)
{
    if (!c)
        return;
    reader_close(&c->reader);
    diags_free(&c->diags);
    mem_free(c);
}

// ---- where to cut

static bool odd_quotes(struct str text, char quote)
{
    size_t count = 0;
    if (!quote || !memchr(text.ptr, quote, text.len))
        return false;
    for (size_t i = 0; i < text.len; i++)
        count += text.ptr[i] == quote;
    return count & 1;
}

// Behind the last LF outside quotes; 0: there is none.
static size_t place_to_cut(struct str text, char quote)
{
    const char *lf = memrchr(text.ptr, '\n', text.len);
    if (!lf)
        return 0;
    size_t cut = (size_t)(lf - text.ptr) + 1;
    bool odd = odd_quotes((struct str){text.ptr, cut}, quote);
    for (size_t i = cut; odd && i-- > 0;) { // back to a line end with the other parity
        if (text.ptr[i] == quote)
            odd = false;
        else
            continue;
        const char *before = memrchr(text.ptr, '\n', i);
        if (!before)
            return 0;
        size_t end = (size_t)(before - text.ptr) + 1;
        odd = odd_quotes((struct str){text.ptr + end, i - end}, quote);
        cut = i = end;
    }
    return cut;
}

// LF, CR LF and CR end a line.
static int64_t count_lines(struct str text)
{
    size_t lf, cr;
    split_count(text, &lf, &cr);
    int64_t count = (int64_t)lf;
    const char *end = text.ptr + text.len;
    for (const char *p = text.ptr; cr && (p = memchr(p, '\r', (size_t)(end - p))) != NULL; p++)
        count += p + 1 == end || p[1] != '\n';
    return count;
}

// Is the last line of the text blank? A text that is one line has it at its start.
static bool ends_blank(struct str text)
{
    size_t end = text.len - 1; // at the LF
    if (end && text.ptr[end - 1] == '\r')
        end--;
    return end == 0 || text.ptr[end - 1] == '\n' || text.ptr[end - 1] == '\r';
}

static enum pieces give(struct cutter *c, struct piece *piece, size_t cut)
{
    struct lines *rest = &c->reader.records.lines;
    buf_clear(&rest->buf);
    buf_put(&rest->buf, piece->text.ptr + cut, piece->text.len - cut);
    rest->at = 0;
    piece->text.len = cut;
    piece->cutter = c;
    piece->line = c->lines;
    piece->after_blank = c->after_blank;
    c->lines += count_lines(buf_view(&piece->text));
    if (cut)
        c->after_blank = ends_blank(buf_view(&piece->text));
    return PIECES_OK;
}

static enum pieces end_of_text(struct cutter *c)
{
    struct records *r = &c->reader.records;
    c->ended = true;
    if (r->text->bad || source_finish(r->source, &r->bytes, r->sha256, &c->diags))
        return PIECES_NO;
    source_close(r->source);
    r->source = NULL;
    return PIECES_OK;
}

enum pieces cutter_next(struct cutter *c, size_t bytes, struct piece *piece, bool *more)
{
    struct records *r = &c->reader.records;
    struct lines *rest = &r->lines;
    char quote = r->shape.quote[0];
    buf_clear(&piece->text);
    buf_put(&piece->text, rest->buf.ptr + rest->at, rest->buf.len - rest->at);
    *more = true;
    for (size_t need = bytes; !c->ended;) {
        while (piece->text.len < need && !c->ended) {
            size_t before = piece->text.len;
            if (charset_read(r->text, &piece->text, &c->diags))
                return PIECES_NO;
            if (piece->text.len == before && end_of_text(c))
                return PIECES_NO;
        }
        size_t cut = c->ended ? 0 : place_to_cut(buf_view(&piece->text), quote);
        if (cut)
            return give(c, piece, cut);
        if (piece->text.len > MOST_UNCUT)
            return PIECES_NO;
        need = 2 * piece->text.len;
    }
    *more = piece->text.len > 0;
    return give(c, piece, piece->text.len);
}

// ---- reading pieces

struct piece_reader {
    struct reader reader;
    struct ledger ledger; // with as many files and columns as the common one has had so far
    struct diags diags;
    const struct cutter *cutter; // of the file at hand
    VEC(uint64_t) blank_lines;   // by file
};

struct piece_reader *piece_reader_new(const struct request *request, struct places *places)
{
    struct piece_reader *r = mem_new(1, sizeof *r);
    r->reader = (struct reader){.request = request, .places = places};
    return r;
}

void piece_reader_free(struct piece_reader *r)
{
    if (!r)
        return;
    reader_close(&r->reader);
    ledger_free(&r->ledger);
    diags_free(&r->diags);
    vec_free(&r->blank_lines);
    mem_free(r);
}

static void begin_file(struct piece_reader *r, const struct cutter *c)
{
    const struct reader *whole = &c->reader;
    struct reader fresh = {.request = r->reader.request,
                           .places = r->reader.places,
                           .ledger = &r->ledger,
                           .d = &r->diags,
                           .columns = whole->columns,
                           .fields = whole->fields,
                           .file = whole->file,
                           .counted_base = whole->counted_base};
    reader_close(&r->reader);
    r->reader = fresh;
    r->cutter = c;
    reader_block(&r->reader);
    while (r->ledger.files.len <= whole->file)
        vec_push(&r->ledger.files, (struct file_count){0});
    while (r->blank_lines.len <= whole->file)
        vec_push(&r->blank_lines, 0);
    while (r->ledger.columns.len < whole->counted_base + whole->request->ask_count)
        vec_push(&r->ledger.columns, (struct column_count){0});
}

enum pieces piece_read(struct piece_reader *r, const struct piece *piece)
{
    if (r->cutter != piece->cutter)
        begin_file(r, piece->cutter);
    struct records *records = &r->reader.records;
    records_part(records, &piece->cutter->reader.records, buf_view(&piece->text), piece->line,
                 piece->after_blank);
    uint64_t blank = records->blank_lines;
    for (;;) {
        const struct record *record;
        if (reader_take_batches(&r->reader))
            return PIECES_NO;
        if (records_next(records, &record, &r->diags))
            return PIECES_NO;
        if (!record)
            break;
        if (reader_take(&r->reader, record))
            return PIECES_NO;
    }
    r->blank_lines.at[r->reader.file] += records->blank_lines - blank;
    if (reader_send(&r->reader))
        return PIECES_NO;
    bool clean = !records->csv.inside && !records->lines.marks && !r->diags.list.len;
    return clean ? PIECES_OK : PIECES_NO;
}

// ---- adding up

static void add_file(struct file_count *into, const struct file_count *from)
{
    into->read += from->read;
    into->used += from->used;
    into->filtered += from->filtered;
    into->rejected += from->rejected;
    into->zero_weight += from->zero_weight;
    for (int reason = 0; reason < REJECT_REASON_COUNT; reason++)
        into->by_reason[reason] += from->by_reason[reason];
}

static void add_reader(struct ledger *into, const struct piece_reader *r)
{
    for (size_t i = 0; i < r->ledger.files.len; i++)
        add_file(&into->files.at[i], &r->ledger.files.at[i]);
    for (size_t i = 0; i < r->ledger.columns.len; i++)
        for (int why = 0; why < MISSING_COUNT; why++)
            into->columns.at[i].by[why] += r->ledger.columns.at[i].by[why];
    for (size_t i = 0; i < r->ledger.rejects.len; i++) {
        struct reject one = r->ledger.rejects.at[i];
        one.text = arena_text(&into->arena, one.text);
        one.note = one.note ? arena_text(&into->arena, one.note) : NULL;
        vec_push(&into->rejects, one);
    }
}

// Every row of another width than the header: that has one message of its own.
static bool all_ragged(const struct file_count *file)
{
    return file->read > 1 && file->by_reason[REJECT_FIELDS] == file->read;
}

enum pieces pieces_count(struct ledger *ledger, struct piece_reader *const *readers,
                         size_t reader_count, struct cutter *const *cutters, size_t cutter_count,
                         struct diags *d)
{
    for (size_t i = 0; i < reader_count; i++)
        add_reader(ledger, readers[i]);
    for (size_t i = 0; i < cutter_count; i++) {
        struct reader *whole = &cutters[i]->reader;
        for (size_t k = 0; k < reader_count; k++)
            if (whole->file < readers[k]->blank_lines.len)
                whole->records.blank_lines += readers[k]->blank_lines.at[whole->file];
        if (all_ragged(reader_file(whole)))
            return PIECES_NO;
        reader_end(whole);
        records_tell_end(&whole->records, &cutters[i]->diags);
    }
    for (size_t i = 0; i < cutter_count; i++)
        diags_append(d, &cutters[i]->diags);
    return PIECES_OK;
}
