// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ingest/files.h"

#include "engine/base/file.h"
#include "engine/ingest/shelf.h"

#include <fnmatch.h>
#include <glob.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

// The folder of the study may hold characters that mean something in a pattern.
static char *pattern_beside(struct arena *a, const char *base, const char *name)
{
    struct buf out = {0};
    const char *last = path_name(base);
    for (const char *p = base; name[0] != '/' && p < last; p++) {
        if (strchr("*?[]\\", *p))
            buf_char(&out, '\\');
        buf_char(&out, *p);
    }
    buf_text(&out, name);
    char *pattern = arena_copy(a, out.ptr, out.len);
    buf_free(&out);
    return pattern;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void add(file_list *out, const char *path, const char *name, struct where where,
                struct diags *d)
{
    for (size_t i = 0; i < out->len; i++)
        if (!strcmp(out->at[i].path, path)) {
            diag(d, E0212, where, "%s is named twice", diag_quote(d, str_of(name)));
            return;
        }
    vec_push(out, ((struct found_file){path, name, 0}));
}

static enum status add_pattern(file_list *out, struct arena *a, const char *base, const char *name,
                               struct where where, struct diags *d)
{
    glob_t found = {0};
    size_t added = 0, folder = name[0] == '/' ? 0 : (size_t)(path_name(base) - base);
    int result = glob(pattern_beside(a, base, name), GLOB_NOSORT, NULL, &found);
    if (result == 0)
        qsort(found.gl_pathv, found.gl_pathc, sizeof *found.gl_pathv, by_bytes);
    for (size_t i = 0; result == 0 && i < found.gl_pathc; i++) {
        if (is_folder(found.gl_pathv[i]))
            continue;
        const char *path = arena_text(a, found.gl_pathv[i]);
        add(out, path, path + folder, where, d);
        added++;
    }
    globfree(&found);
    if (added)
        return OK;
    return diag(d, E0211, where, "no file matches %s", diag_quote(d, str_of(name)));
}

static enum status add_shelved(file_list *out, struct arena *a, const struct study *study,
                               const char *name, struct where where, struct diags *d)
{
    const struct shelf *shelf = study->shelf;
    const char **found = NEWS(a, shelf->files.len + 1, const char *);
    size_t count = 0;
    bool exact = shelf_find(shelf, name) != NULL;
    for (size_t i = 0; i < shelf->files.len; i++) {
        const char *one = shelf->files.at[i].name;
        if (exact ? !strcmp(name, one) : !fnmatch(name, one, FNM_PATHNAME | FNM_PERIOD))
            found[count++] = one;
    }
    if (!count)
        return diag(d, E0840, where, "%s is in no part", diag_quote(d, str_of(name)));
    qsort(found, count, sizeof *found, by_bytes);
    for (size_t i = 0; i < count; i++) {
        size_t before = out->len;
        add(out, path_beside(a, study->path, found[i]), found[i], where, d);
        if (out->len > before)
            out->at[before].stand_in = shelf_find(shelf, found[i])->stand_in;
    }
    return OK;
}

enum status files_find(file_list *out, struct arena *a, const struct study *study,
                       const struct texts *names, struct where where, struct diags *d)
{
    enum status status = OK;
    for (size_t i = 0; i < names->count; i++) {
        const char *name = names->at[i], *path = path_beside(a, study->path, name);
        enum status one = OK;
        if (study->shelf)
            one = add_shelved(out, a, study, name, where, d);
        else if (strpbrk(name, "*?[") && access(path, F_OK) != 0)
            one = add_pattern(out, a, study->path, name, where, d);
        else
            add(out, path, name, where, d);
        status = status ? status : one;
    }
    return status;
}
