// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cli/init_files.h"

#include "engine/ingest/records.h"
#include "engine/study/init.h"

#include <stdlib.h>

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

// The way from one folder to a file: both absolute, without . and .. and links.
static const char *way(struct arena *a, const char *folder, const char *file)
{
    size_t same = 0;
    for (size_t i = 0; folder[i] && folder[i] == file[i]; i++)
        same = file[i] == '/' ? i + 1 : same;
    size_t len = strlen(folder);
    if (!strncmp(folder, file, len) && file[len] == '/') // all of the folder is on the way
        return arena_text(a, file + len + 1);
    struct buf b = {0};
    for (const char *c = folder + same; *c; c = strchr(c, '/') ? strchr(c, '/') + 1 : "")
        buf_text(&b, "../");
    buf_text(&b, file + same);
    const char *text = arena_text(a, b.ptr);
    buf_free(&b);
    return text;
}

// Paths in a study are relative to it; an absolute one, or one that cannot be followed, stays.
static const char *path_from(struct arena *a, const char *study, const char *path)
{
    const char *slash = study ? strrchr(study, '/') : NULL;
    const char *name = slash ? arena_copy(a, study, (size_t)(slash - study + 1)) : ".";
    char *folder = study && path[0] != '/' ? realpath(name, NULL) : NULL;
    char *file = folder ? realpath(path, NULL) : NULL;
    const char *found = file ? way(a, folder, file) : path;
    free(folder);
    free(file);
    return found;
}

enum status init_study(const char *const *files, size_t count, const char *study, struct buf *out,
                       struct diags *d)
{
    struct arena a = {0};
    struct init_file *found = NEWS(&a, count + 1, struct init_file);
    enum status status = OK;
    for (size_t i = 0; i < count; i++) {
        struct records records = {0};
        enum status one = look(&records, &found[i], &a, files[i], d);
        records_close(&records);
        found[i].path = path_from(&a, study, files[i]);
        status = status ? status : one;
    }
    if (!status)
        init_write(found, count, out);
    arena_free(&a);
    return status;
}
