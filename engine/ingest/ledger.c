// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/sort.h"
#include "engine/base/utf8.h"
#include "engine/ingest/reader_room.h"

enum { MOST_REJECTS = 1000000, TEXT_BYTES = 400, SHOWN_PER_REASON = 10 };

const struct label reject_labels[REJECT_REASON_COUNT] = {
    LABEL("wrong_field_count", "wrong number of fields", "nombre de champs inattendu"),
    LABEL("nul_byte", "NUL byte in the row", "octet nul dans la ligne"),
    LABEL("unknown_region", "region blank or unknown", "région vide ou inconnue"),
    LABEL("unknown_period", "period blank or unreadable", "période vide ou illisible"),
    LABEL("bad_weight", "weight blank, negative or unreadable", "poids vide, négatif ou illisible"),
    LABEL("reached_above_level", "level reached above the highest level of the service",
          "niveau atteint supérieur au niveau le plus élevé du service"),
    LABEL("bad_value", "value that the row cannot do without is unusable",
          "valeur indispensable inutilisable"),
    LABEL("duplicate_key", "key that stands twice", "clé en double"),
};

void ledger_free(struct ledger *l)
{
    vec_free(&l->files);
    vec_free(&l->columns);
    vec_free(&l->rejects);
    arena_free(&l->arena);
    *l = (struct ledger){0};
}

static const char *keep(struct ledger *l, struct str text)
{
    size_t len = text.len < TEXT_BYTES ? text.len : TEXT_BYTES;
    while (len && len < text.len && ((unsigned char)text.ptr[len] & 0xC0) == 0x80)
        len--;
    return arena_copy(&l->arena, text.ptr, len);
}

void reader_refuse(struct reader *r, int64_t line, long column, enum reject_reason reason,
                   struct str text, const char *note)
{
    struct file_count *file = reader_file(r);
    struct ledger *l = r->ledger;
    file->rejected++;
    file->by_reason[reason]++;
    if (l->rejects.len >= MOST_REJECTS) // far over any limit: counted, no longer listed
        return;
    struct reject made = {r->file, line,          column + 1,
                          reason,  keep(l, text), note ? arena_text(&l->arena, note) : NULL};
    vec_push(&l->rejects, made);
}

static long place_of(const struct reader *r, const char *column)
{
    for (size_t i = 0; column && i < r->columns.width; i++)
        if (str_is(r->columns.names[i], column))
            return (long)i;
    return NO_COLUMN;
}

void reader_reject(struct reader *r, size_t row, enum reject_reason reason, const char *column,
                   struct str text, const char *note)
{
    if (r->dropped[row])
        return;
    r->dropped[row] = true;
    reader_file(r)->used--;
    for (size_t i = 0; i < r->request->ask_count; i++)
        r->ledger->columns.at[r->counted_base + i].by[r->block.columns[i].why[row]]--;
    reader_refuse(r, r->block.line[row], place_of(r, column), reason, text, note);
}

void reader_zero_weight(struct reader *r, size_t rows)
{
    reader_file(r)->zero_weight += rows;
}

void reader_recount(struct reader *r, size_t ask, enum missing why, size_t cells)
{
    struct column_count *count = &r->ledger->columns.at[r->counted_base + ask];
    count->by[VALID] -= cells;
    count->by[why] += cells;
}

static uint64_t allowed(const struct study *s, uint64_t read)
{
    if (!s->max_rejects_percent)
        return s->max_rejects > 0 ? (uint64_t)s->max_rejects : 0;
    if (s->max_rejects <= 0)
        return 0;
    uint64_t most = (uint64_t)(s->max_rejects / 100 * (double)read);
    return most ? most : 1;
}

static void list_rejects(const struct ledger *l, size_t first, struct diags *d)
{
    unsigned shown[REJECT_REASON_COUNT] = {0};
    for (size_t i = first; i < l->rejects.len; i++) {
        const struct reject *reject = &l->rejects.at[i];
        if (shown[reject->reason]++ >= SHOWN_PER_REASON)
            continue;
        struct where where = {l->files.at[reject->file].path, (long)reject->line, reject->column};
        diag(d, E0325, where, "%s: %s", reject_labels[reject->reason].text.in[LANG_EN],
             diag_quote(d, str_of(reject->text)));
        if (reject->note)
            diag_help(d, "%s", reject->note);
    }
}

static void say_reasons(const uint64_t by[REJECT_REASON_COUNT], struct buf *out)
{
    for (int reason = 0; reason < REJECT_REASON_COUNT; reason++)
        if (by[reason])
            buf_print(out, "%s%llu %s", out->len ? ", " : "", (unsigned long long)by[reason],
                      reject_labels[reason].id);
}

static uint64_t reject_line(const void *reject)
{
    return (uint64_t)((const struct reject *)reject)->line;
}

static uint64_t reject_file(const void *reject)
{
    return ((const struct reject *)reject)->file;
}

// Some are found when a block is full, some by another thread: they stand as the rows do.
static void sort_rejects(struct ledger *l, size_t first)
{
    struct reject *rejects = l->rejects.at + (l->rejects.at ? first : 0);
    sort_items(rejects, l->rejects.len - first, sizeof *rejects, reject_line);
    sort_items(rejects, l->rejects.len - first, sizeof *rejects, reject_file);
}

enum status ledger_judge(struct ledger *l, const struct request *request, size_t first_file,
                         size_t first_reject, bool whole, struct diags *d)
{
    uint64_t read = 0, rejected = 0, by[REJECT_REASON_COUNT] = {0};
    for (size_t i = first_file; i < l->files.len; i++) {
        read += l->files.at[i].read;
        rejected += l->files.at[i].rejected;
        for (int reason = 0; reason < REJECT_REASON_COUNT; reason++)
            by[reason] += l->files.at[i].by_reason[reason];
    }
    if (!rejected)
        return OK;
    sort_rejects(l, first_reject);
    uint64_t most = allowed(request->study, read);
    bool over = whole && rejected > most;
    struct buf reasons = {0};
    say_reasons(by, &reasons);
    if (over)
        list_rejects(l, first_reject, d);
    unsigned long long counts[] = {rejected, read, most};
    enum status status =
        over ? diag(d, E0319, request->input->where,
                    "%llu of %llu rows are rejected, %llu are allowed: %s", counts[0], counts[1],
                    counts[2], reasons.ptr)
             : diag(d, E0318, request->input->where, "%llu of %llu rows were rejected: %s",
                    counts[0], counts[1], reasons.ptr);
    buf_free(&reasons);
    return status;
}
