// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/snapshot.h"

#include "engine/base/num.h"
#include "engine/store/row.h"
#include "engine/store/scan.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SCHEMA = 1, LONGEST_ROW = 1 << 20, LONGEST_HEAD = 4 << 20, LIKELY_ROW = 1200 };

const char *const snapshot_key_names[SNAPSHOT_KEYS] = {"indicator", "item", "region",
                                                       "period",    "by",   "level"};
// ---- asking

static double read_number(struct str digits)
{
    struct decimal number;
    double value;
    switch (num_read(digits, '.', (struct str){0}, &number, &value)) {
    case NUM_OK:
        return decimal_value(number);
    case NUM_BIG:
        return value;
    case NUM_BAD:
        break;
    }
    return NAN;
}

double snapshot_number(const struct snapshot_estimate *e, const char *name)
{
    return read_number(snapshot_field(e, name));
}

double snapshot_value(const struct snapshot_estimate *e)
{
    return read_number(e->value);
}

int snapshot_decimals(const struct snapshot_estimate *e)
{
    double decimals = snapshot_number(e, "decimals");
    return decimals >= 0 && decimals <= 15 ? (int)decimals : 2;
}

bool snapshot_is(const struct snapshot_estimate *e, const char *status)
{
    return str_is(e->status, status);
}

bool snapshot_has_value(const struct snapshot_estimate *e)
{
    return e->value.len > 0;
}

const struct snapshot_word *snapshot_word(const struct snapshot_words *w, struct str id)
{
    int at = dict_find(&w->ids, id);
    return at < 0 ? NULL : &w->list.at[at];
}

const char *snapshot_name(struct arena *a, const struct str key[SNAPSHOT_KEYS])
{
    const struct str *k = key;
    const char *item =
        k[KEY_ITEM].len ? arena_print(a, "/%.*s", (int)k[KEY_ITEM].len, k[KEY_ITEM].ptr) : "";
    const char *level = k[KEY_BY].len
                            ? arena_print(a, ", %.*s = %.*s", (int)k[KEY_BY].len, k[KEY_BY].ptr,
                                          (int)k[KEY_LEVEL].len, k[KEY_LEVEL].ptr)
                            : "";
    return arena_print(a, "%.*s%s, %.*s, %.*s%s", (int)k[KEY_INDICATOR].len, k[KEY_INDICATOR].ptr,
                       item, (int)k[KEY_REGION].len, k[KEY_REGION].ptr, (int)k[KEY_OF_PERIOD].len,
                       k[KEY_OF_PERIOD].ptr, level);
}

// ---- the index by key

static uint64_t key_hash(const struct str key[SNAPSHOT_KEYS])
{
    uint64_t hash = 0;
    for (int i = 0; i < SNAPSHOT_KEYS; i++)
        hash = (hash ^ str_hash(key[i])) * 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 29;
}

static bool same_key(const struct str a[SNAPSHOT_KEYS], const struct str b[SNAPSHOT_KEYS])
{
    for (int i = SNAPSHOT_KEYS - 1; i >= 0; i--)
        if (!str_same(a[i], b[i]))
            return false;
    return true;
}

static size_t key_slot(const struct snapshot *s, const struct str key[SNAPSHOT_KEYS])
{
    size_t at = key_hash(key) & (s->slot_count - 1);
    while (s->slots[at] && !same_key(s->estimates.at[s->slots[at] - 1].key, key))
        at = (at + 1) & (s->slot_count - 1);
    return at;
}

static void build_index(struct snapshot *s)
{
    for (s->slot_count = 16; s->slot_count < 2 * s->estimates.len;)
        s->slot_count *= 2;
    s->slots = mem_new(s->slot_count, sizeof *s->slots);
    for (size_t i = 0; i < s->estimates.len; i++) {
        uint32_t *slot = &s->slots[key_slot(s, s->estimates.at[i].key)];
        if (!*slot)
            *slot = (uint32_t)(i + 1);
    }
}

const struct snapshot_estimate *snapshot_find(struct snapshot *s,
                                              const struct str key[SNAPSHOT_KEYS])
{
    if (!s->slots)
        build_index(s);
    uint32_t found = s->slots[key_slot(s, key)];
    return found ? &s->estimates.at[found - 1] : NULL;
}

const struct snapshot_estimate *snapshot_find_near(struct snapshot *s,
                                                   const struct str key[SNAPSHOT_KEYS], size_t at)
{
    if (at < s->estimates.len && same_key(s->estimates.at[at].key, key))
        return &s->estimates.at[at];
    return snapshot_find(s, key);
}

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

static enum status read_estimate(struct scan *in, struct snapshot *s)
{
    struct snapshot_estimate e = {0};
    const char *end = scan_sees(in, '{') ? row_read(in->bytes + in->at, &e, &s->arena) : NULL;
    if (end)
        in->at = (size_t)(end - in->bytes);
    else
        TRY(read_odd(in, s, &e));
    if (!e.key[KEY_INDICATOR].len || !e.status.len)
        return diag(in->d, E0812, scan_where(in), "the estimate that ends here has no %s",
                    e.status.len ? "indicator" : "status");
    vec_push(&s->estimates, e);
    return OK;
}

// Tens of megabytes in small pages are thousands of page faults.
static void large_pages(void *memory, size_t size)
{
    enum { PAGE = 4096 };
    uintptr_t from = ((uintptr_t)memory + PAGE - 1) / PAGE * PAGE,
              to = ((uintptr_t)memory + size) / PAGE * PAGE;
    if (to > from)
        madvise((void *)from, to - from, MADV_HUGEPAGE);
}

static enum status read_estimates(struct scan *in, struct snapshot *s)
{
    TRY(scan_take(in, '['));
    vec_reserve(&s->estimates, s->size / LIKELY_ROW + 1);
    large_pages(s->estimates.at, s->estimates.cap * sizeof *s->estimates.at);
    while (!scan_sees(in, ']')) {
        TRY(scan_fill(in, LONGEST_ROW));
        TRY(read_estimate(in, s));
        TRY(scan_fill(in, LONGEST_ROW));
        if (!scan_sees(in, ']'))
            TRY(scan_take(in, ','));
    }
    return scan_take(in, ']');
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
    s->bytes = mem_new(s->size + 1, 1); // untouched pages cost nothing
    large_pages(s->bytes, s->size + 1);
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

void snapshot_free(struct snapshot *s)
{
    mem_free(s->bytes);
    mem_free(s->slots);
    vec_free(&s->regions);
    vec_free(&s->indicators.list);
    vec_free(&s->items.list);
    vec_free(&s->estimates);
    dict_free(&s->indicators.ids);
    dict_free(&s->items.ids);
    arena_free(&s->arena);
    *s = (struct snapshot){.fd = -1};
}
