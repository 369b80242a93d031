// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cli/init_files.h"

#include "engine/ingest/records.h"
#include "engine/study/init.h"

enum { ROWS_LOOKED_AT = 5000 };

static enum status look(struct records *r, struct init_file *f, struct arena *a, const char *path,
                        struct diags *d)
{
    static const struct dialect unknown;
    static const struct size_limits standard;
    const struct record *record;
    TRY(records_open(r, path, &unknown, &standard, false, d));
    TRY(records_next(r, &record, d));
    if (!record)
        return diag(d, E0301, (struct where){path, 0, 0}, "the file is empty");
    init_header(f, a, path, record->fields, record->count);
    for (size_t rows = 0; rows < ROWS_LOOKED_AT; rows++) {
        TRY(records_next(r, &record, d));
        if (!record)
            break;
        if (record->count == f->count)
            init_row(f, a, record->fields, record->count);
    }
    return OK;
}

enum status init_study(const char *const *files, size_t count, struct buf *out, struct diags *d)
{
    struct arena a = {0};
    struct init_file *found = NEWS(&a, count + 1, struct init_file);
    enum status status = OK;
    for (size_t i = 0; i < count; i++) {
        struct records records = {0};
        enum status one = look(&records, &found[i], &a, files[i], d);
        records_close(&records);
        status = status ? status : one;
    }
    if (!status)
        init_write(found, count, out);
    arena_free(&a);
    return status;
}
