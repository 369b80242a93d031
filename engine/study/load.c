// SPDX-License-Identifier: GPL-3.0-or-later
// From a study file to a struct study.
#include "engine/study/load.h"

#include "engine/base/file.h"

#include <stdlib.h>
#include <sys/stat.h>

static bool is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static const char *study_path(struct arena *a, const char *path)
{
    size_t len = strlen(path);
    while (len > 1 && path[len - 1] == '/')
        len--;
    return is_folder(path) ? arena_print(a, "%.*s/study.yaml", (int)len, path)
                           : arena_text(a, path);
}

static void note_id(const struct input *in, void *ids)
{
    struct input_ids {
        struct load *l;
        struct dict seen;
    } *known = ids;
    if (in->kind == INPUT_MARGINS || in->kind == INPUT_SCORES || !in->id || !in->id[0])
        return; // one per block, under the block's name
    if (dict_find(&known->seen, str_of(in->id)) >= 0)
        diag(known->l->d, E0108, in->where, "block id %s stands twice",
             diag_quote(known->l->d, str_of(in->id)));
    dict_add(&known->seen, str_of(in->id));
}

static void check_blocks(struct load *l)
{
    struct {
        struct load *l;
        struct dict seen;
    } known = {.l = l};
    study_list_inputs(l->s, note_id, &known);
    dict_free(&known.seen);
}

static enum status fill(struct load *l, const struct yaml_node *root)
{
    struct study *s = l->s;
    struct where top = {s->path, 1, 1};
    study_defaults(s);
    if (!root)
        return diag(l->d, E0116, top, "the study is empty");
    if (root->kind != YAML_MAP) {
        diag(l->d, E0105, root->where, "a study is a mapping of keys");
        diag_help(l->d, "start with `etalon: 1` and `id:`");
        return FAIL_DATA;
    }
    load_map(l, root, &study_keys, s);
    label_or(&s->title, s->id);
    check_blocks(l);
    check_places(l);
    return OK;
}

// The order of the file, whatever the order of the checks.
static int by_place(const void *left, const void *right)
{
    const struct diag *a = left, *b = right;
    if (a->where.line != b->where.line)
        return a->where.line < b->where.line ? -1 : 1;
    if (a->where.column != b->where.column)
        return a->where.column < b->where.column ? -1 : 1;
    return a->code != b->code ? (a->code < b->code ? -1 : 1) : strcmp(a->text, b->text);
}

enum status study_load(struct study *s, const char *path, struct diags *d)
{
    *s = (struct study){0};
    s->path = study_path(&s->arena, path);
    struct load l = {.s = s, .a = &s->arena, .d = d};
    size_t errors = d->errors, before = d->list.len;
    struct str bytes;
    TRY(file_read(&s->arena, s->path, YAML_BYTES, &bytes, d));
    sha256_of(bytes, s->sha256);
    const struct yaml_node *root;
    TRY(yaml_read(&s->arena, s->path, bytes, &root, d));
    enum status status = fill(&l, root);
    vec_free(&l.regions);
    vec_free(&l.periods);
    if (d->list.len > before)
        qsort(d->list.at + before, d->list.len - before, sizeof *d->list.at, by_place);
    TRY(status);
    if (bytes.len > s->limits.study)
        return diag(d, E0215, (struct where){s->path, 0, 0},
                    "the study is larger than `limits.study`, %zu bytes", s->limits.study);
    return d->errors > errors ? FAIL_DATA : OK;
}
