// SPDX-License-Identifier: GPL-3.0-or-later
// Reading a snapshot: what stands before the estimates by jansson, the estimates row by row.
#include "engine/store/row.h"
#include "engine/store/scan.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SCHEMA = 2, LONGEST_ROW = 1 << 20, LONGEST_HEAD = 4 << 20, LIKELY_ROW = 600 };

// ---- estimates

// JSON that is not written the way we do: brought into our way, then read again.
static enum status read_odd(struct scan *in, struct snapshot *s, struct snapshot_estimate *e)
{
    struct str span;
    json_error_t error;
    size_t from = in->at;
    TRY(scan_value(in, &span));
    json_t *value = json_loadb(span.ptr, span.len, 0, &error);
    if (!value) {
        in->at = from + (size_t)(error.position > 0 ? error.position : 0);
        return diag(in->d, E0811, scan_where(in), "not JSON: %s", error.text);
    }
    const char *name;
    void *next;
    json_t *member;
    json_object_foreach_safe(value, next, name, member)
    {
        if (json_is_object(member) || json_is_array(member))
            json_object_del(value, name);
    }
    char *compact = json_dumps(value, JSON_COMPACT);
    json_decref(value);
    *e = (struct snapshot_estimate){0};
    bool good = compact && row_read(arena_text(&s->arena, compact), e, &s->arena);
    free(compact);
    return good ? OK
                : diag(in->d, E0812, scan_where(in), "the value that ends here is not an estimate");
}

static enum status read_object(struct scan *in, struct snapshot *s, struct snapshot_estimate *e)
{
    const char *end = scan_sees(in, '{') ? row_read(in->bytes + in->at, e, &s->arena) : NULL;
    if (!end)
        return read_odd(in, s, e);
    in->at = (size_t)(end - in->bytes);
    return OK;
}

static enum status read_array(struct scan *in, struct snapshot *s, struct snapshot_estimate *e)
{
    const char *end =
        scan_sees(in, '[') ? row_read_values(in->bytes + in->at, s->columns, e, &s->arena) : NULL;
    if (end) {
        in->at = (size_t)(end - in->bytes);
        return OK;
    }
    struct str span;
    TRY(scan_value(in, &span)); // says what is wrong where it is not JSON at all
    return diag(in->d, E0812, scan_where(in),
                "the value that ends here is not an estimate of %zu columns",
                s->columns->names.len);
}

static enum status read_estimate(struct scan *in, struct snapshot *s)
{
    struct snapshot_estimate e = {0};
    TRY(s->columns ? read_array(in, s, &e) : read_object(in, s, &e));
    if (!e.key[KEY_INDICATOR].len || !e.status.len)
        return diag(in->d, E0812, scan_where(in), "the estimate that ends here has no %s",
                    e.status.len ? "indicator" : "status");
    vec_push(&s->estimates, e);
    return OK;
}

static enum status read_rows(struct scan *in, struct snapshot *s)
{
    TRY(scan_take(in, '['));
    vec_reserve(&s->estimates, s->size / LIKELY_ROW + 1);
    while (!scan_sees(in, ']')) {
        TRY(scan_fill(in, LONGEST_ROW));
        TRY(read_estimate(in, s));
        TRY(scan_fill(in, LONGEST_ROW));
        if (!scan_sees(in, ']'))
            TRY(scan_take(in, ','));
    }
    return scan_take(in, ']');
}

static enum status read_columns(struct scan *in, struct snapshot *s)
{
    struct str name;
    s->columns = NEW(&s->arena, struct snapshot_columns);
    TRY(scan_take(in, '['));
    while (!scan_sees(in, ']')) {
        TRY(scan_text(in, &name));
        if (!row_add_column(s->columns, name))
            return diag(in->d, E0812, scan_where(in), "more than %d columns", ROW_COLUMNS_MOST);
        if (!scan_sees(in, ']'))
            TRY(scan_take(in, ','));
    }
    return scan_take(in, ']');
}

// Schema 1: a list of objects. Schema 2: `columns`, then `rows`, with which reading ends.
static enum status read_estimates(struct scan *in, struct snapshot *s)
{
    struct str name, other;
    if (!scan_sees(in, '{'))
        return read_rows(in, s);
    TRY(scan_take(in, '{'));
    for (;;) {
        TRY(scan_text(in, &name));
        TRY(scan_take(in, ':'));
        if (str_is(name, "rows") && s->columns)
            return read_rows(in, s);
        if (str_is(name, "rows"))
            return diag(in->d, E0812, scan_where(in), "`columns` must stand before `rows`");
        if (str_is(name, "columns") && !s->columns)
            TRY(read_columns(in, s));
        else
            TRY(scan_value(in, &other));
        if (scan_sees(in, '}'))
            return diag(in->d, E0812, scan_where(in), "there are no `rows` in `estimates`");
        TRY(scan_take(in, ','));
    }
}

// ---- what stands before them

static const char *text_of(struct snapshot *s, const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? arena_text(&s->arena, text) : "";
}

static void take_study(struct snapshot *s, json_t *study)
{
    size_t i;
    json_t *region;
    s->study = text_of(s, study, "id");
    s->study_sha256 = text_of(s, study, "sha256");
    s->min_n = json_number_value(json_object_get(study, "min_n"));
    json_array_foreach(json_object_get(study, "regions"), i, region)
    {
        const char *id = text_of(s, region, "id");
        vec_push(&s->regions, id);
    }
    const char *total = text_of(s, json_object_get(study, "total"), "id");
    if (json_object_get(study, "total"))
        vec_push(&s->regions, total);
}

static void take_words(struct snapshot *s, json_t *list, struct snapshot_words *words,
                       const char *unit)
{
    size_t i;
    json_t *one;
    json_array_foreach(list, i, one)
    {
        struct snapshot_word word = {.id = text_of(s, one, "id"),
                                     .unit = text_of(s, one, unit),
                                     .definition = text_of(s, one, "definition")};
        json_t *label = json_object_get(one, "label");
        for (int lang = 0; lang < LANG_COUNT; lang++)
            word.label.in[lang] = text_of(s, label, lang_ids[lang]);
        if (dict_find(&words->ids, str_of(word.id)) >= 0)
            continue;
        dict_add(&words->ids, str_of(word.id));
        vec_push(&words->list, word);
    }
}

static enum status check_schema(struct scan *in, const json_t *schema)
{
    if (json_integer_value(schema) <= SCHEMA && json_integer_value(schema) >= 1)
        return OK;
    return diag(in->d, E0815, scan_where(in), "schema %lld is newer than this program reads (%d)",
                (long long)json_integer_value(schema), SCHEMA);
}

static enum status take_member(struct scan *in, struct snapshot *s, struct str name, json_t *value)
{
    if (str_is(name, "schema"))
        return check_schema(in, value);
    if (str_is(name, "study"))
        take_study(s, value);
    else if (str_is(name, "indicators"))
        take_words(s, value, &s->indicators, "unit");
    else if (str_is(name, "items"))
        take_words(s, value, &s->items, "scale");
    else if (str_is(name, "period") && json_is_string(value))
        s->period = arena_text(&s->arena, json_string_value(value));
    else if (str_is(name, "date") && json_is_string(value))
        s->date = arena_text(&s->arena, json_string_value(value));
    else if (str_is(name, "version") && json_is_string(value))
        s->version = arena_text(&s->arena, json_string_value(value));
    return OK;
}

static enum status read_member(struct scan *in, struct snapshot *s, struct str name)
{
    struct str span;
    json_error_t error;
    size_t from = in->at;
    TRY(scan_value(in, &span));
    json_t *value = json_loadb(span.ptr, span.len, JSON_DECODE_ANY, &error);
    if (!value) {
        in->at = from + (size_t)(error.position > 0 ? error.position : 0);
        return diag(in->d, E0811, scan_where(in), "not JSON: %s", error.text);
    }
    enum status status = take_member(in, s, name, value);
    json_decref(value);
    return status;
}

static enum status read_all(struct scan *in, struct snapshot *s)
{
    struct str name;
    TRY(scan_fill(in, LONGEST_HEAD));
    TRY(scan_take(in, '{'));
    for (;;) {
        TRY(scan_fill(in, LONGEST_HEAD));
        TRY(scan_text(in, &name));
        TRY(scan_take(in, ':'));
        if (str_is(name, "estimates"))
            return read_estimates(in, s);
        TRY(read_member(in, s, name));
        if (scan_sees(in, '}'))
            return diag(in->d, E0812, scan_where(in), "there are no `estimates` in this file");
        TRY(scan_take(in, ','));
    }
}

static enum status parse(struct snapshot *s, struct diags *d)
{
    struct scan in = {.name = s->path,
                      .bytes = s->bytes,
                      .size = s->size,
                      .filled = s->filled,
                      .fd = s->fd,
                      .arena = &s->arena,
                      .d = d};
    s->study = s->study_sha256 = s->period = s->date = s->version = "";
    return read_all(&in, s);
}

// ---- opening

static enum status open_file(struct snapshot *s, struct diags *d)
{
    struct stat info;
    s->fd = open(s->path, O_RDONLY | O_CLOEXEC);
    if (s->fd < 0)
        return diag(d, E0201, (struct where){s->path, 0, 0}, "cannot open: %s", strerror(errno));
    if (fstat(s->fd, &info) != 0 || !S_ISREG(info.st_mode))
        return diag(d, E0210, (struct where){s->path, 0, 0}, "is not a regular file");
    if (info.st_size > SNAPSHOT_LIMIT)
        return diag(d, E0215, (struct where){s->path, 0, 0}, "file is larger than %d bytes",
                    SNAPSHOT_LIMIT);
    s->size = (size_t)info.st_size;
    s->bytes = mem_pages(s->size + 1);
    return OK;
}

enum status snapshot_read(struct snapshot *s, const char *path, struct diags *d)
{
    struct stat info;
    s->fd = -1;
    bool folder = stat(path, &info) == 0 && S_ISDIR(info.st_mode);
    s->path =
        folder ? arena_print(&s->arena, "%s/snapshot.json", path) : arena_text(&s->arena, path);
    enum status status = open_file(s, d);
    if (!status)
        status = parse(s, d);
    if (s->fd >= 0)
        close(s->fd);
    s->fd = -1;
    return status;
}

enum status snapshot_parse(struct snapshot *s, const char *name, struct str bytes, struct diags *d)
{
    s->path = arena_text(&s->arena, name);
    s->fd = -1;
    s->size = s->filled = bytes.len;
    s->bytes = (char *)(uintptr_t)bytes.ptr;
    enum status status = parse(s, d);
    s->bytes = NULL;
    return status;
}
