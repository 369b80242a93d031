// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/row.h"

#include <jansson.h>

// The fields kept, in the order in which they are written; the others are looked up when asked for.
static const struct field {
    const char *name;
    size_t len, at;
} fields[] = {
#define FIELD(name, place)                                               \
    {                                                                    \
        name, sizeof name - 1, offsetof(struct snapshot_estimate, place) \
    }
    FIELD("indicator", key[KEY_INDICATOR]),
    FIELD("item", key[KEY_ITEM]),
    FIELD("region", key[KEY_REGION]),
    FIELD("period", key[KEY_OF_PERIOD]),
    FIELD("by", key[KEY_BY]),
    FIELD("level", key[KEY_LEVEL]),
    FIELD("value", value),
    FIELD("status", status),
#undef FIELD
};
enum { FIELD_COUNT = sizeof fields / sizeof *fields, FIRST_NUMBER = 6 };

// What numbers and words are made of: digits, small letters, `.`, `-`, `+` and `E`; one bit each.
static bool is_plain(char c)
{
    static const uint64_t plain[] = {0x03ff680000000000u, 0x07fffffe00000020u};
    return (unsigned char)c < 128 && (plain[(unsigned char)c >> 6] >> (c & 63) & 1);
}

static const char *skip_blanks(const char *at)
{
    while (*at == ' ' || *at == '\n' || *at == '\t' || *at == '\r')
        at++;
    return at;
}

// Behind the closing quote of the text that begins at `at`; NULL where it has none.
static const char *text_end(const char *at, bool *escaped)
{
    for (at++; *at != '"'; at++) {
        if ((unsigned char)*at < 0x20)
            return NULL;
        if (*at == '\\') {
            *escaped = true;
            if (!*++at)
                return NULL;
        }
    }
    return at + 1;
}

static bool unescape(struct str quoted, struct arena *a, struct str *out)
{
    json_t *text = json_loadb(quoted.ptr, quoted.len, JSON_DECODE_ANY, NULL);
    if (json_is_string(text)) {
        size_t len = json_string_length(text);
        *out = (struct str){arena_copy(a, json_string_value(text), len), len};
    }
    bool good = json_is_string(text);
    json_decref(text);
    return good;
}

// The value at `at`: a text, or digits or a word. `number` tells which; *out is what stands there.
static const char *value_end(const char *at, struct arena *a, bool *number, struct str *out)
{
    bool escaped = false;
    const char *end = at;
    *number = *at != '"';
    if (*number) {
        while (is_plain(*end))
            end++;
        *out = (struct str){at, (size_t)(end - at)};
        return end > at ? end : NULL;
    }
    end = text_end(at, &escaped);
    if (!end)
        return NULL;
    *out = (struct str){at + 1, (size_t)(end - at) - 2};
    return escaped && !unescape((struct str){at, (size_t)(end - at)}, a, out) ? NULL : end;
}

// The field with this name at or behind *next, which moves on: they are nearly always in order.
static const struct field *find_field(const char *name, size_t len, size_t *next)
{
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        const struct field *f = &fields[(*next + i) % FIELD_COUNT];
        if (f->len == len && memcmp(f->name, name, len) == 0) {
            *next += i + 1;
            return f;
        }
    }
    return NULL;
}

static bool keep(const struct field *f, bool number, struct str value, struct snapshot_estimate *e)
{
    if (!f)
        return true;
    if (number && str_is(value, "null"))
        return true;
    bool digits = number && value.ptr[0] <= '9';
    *(struct str *)(void *)((char *)e + f->at) = value;
    return f == &fields[FIRST_NUMBER] ? digits : !number;
}

const char *row_read(const char *text, struct snapshot_estimate *e, struct arena *a)
{
    size_t next = 0;
    const char *at = text;
    if (*at != '{')
        return NULL;
    do {
        bool escaped = false, number;
        struct str value;
        at = skip_blanks(at + 1);
        const char *name = at, *end = *at == '"' ? text_end(at, &escaped) : NULL;
        if (!end || escaped || *end != ':')
            return NULL;
        at = value_end(skip_blanks(end + 1), a, &number, &value);
        if (!at || !keep(find_field(name + 1, (size_t)(end - name) - 2, &next), number, value, e))
            return NULL;
        at = skip_blanks(at);
    } while (*at == ',');
    e->row = (struct str){text, (size_t)(at - text) + 1};
    return *at == '}' ? at + 1 : NULL;
}

bool row_add_column(struct snapshot_columns *columns, struct str name)
{
    size_t next = 0;
    if (columns->names.len == ROW_COLUMNS_MOST)
        return false;
    const struct field *f = find_field(name.ptr, name.len, &next);
    vec_push(&columns->names, name);
    vec_push(&columns->kept, f ? (signed char)(f - fields) : (signed char)-1);
    return true;
}

const char *row_read_values(const char *text, const struct snapshot_columns *columns,
                            struct snapshot_estimate *e, struct arena *a)
{
    const char *at = text;
    if (*at != '[')
        return NULL;
    for (size_t i = 0; i < columns->names.len; i++) {
        int kept = columns->kept.at[i];
        bool number;
        struct str value;
        if (*at != (i ? ',' : '['))
            return NULL;
        at = value_end(skip_blanks(at + 1), a, &number, &value);
        if (!at || (kept >= 0 && !keep(&fields[kept], number, value, e)))
            return NULL;
        at = skip_blanks(at);
    }
    e->columns = columns;
    e->row = (struct str){text, (size_t)(at - text) + 1};
    return *at == ']' ? at + 1 : NULL;
}

static struct str value_at(const char *at)
{
    bool number;
    struct str value;
    struct arena none = {0};
    bool good = value_end(skip_blanks(at), &none, &number, &value);
    if (none.head)
        value.len = 0;
    arena_free(&none);
    return good && !(number && str_is(value, "null")) ? value : (struct str){"", 0};
}

// The last kept value at or before column `wanted` that stands in the row: what comes next is found
// faster from there. *column: whose it is.
static const char *nearest(const struct snapshot_estimate *e, size_t wanted, size_t *column)
{
    for (size_t i = wanted + 1; i-- > 0;) {
        int kept = e->columns->kept.at[i];
        if (kept < 0)
            continue;
        const struct str *value =
            (const struct str *)(const void *)((const char *)e + fields[kept].at);
        const char *at = value->ptr;
        if (!value->len || at <= e->row.ptr || at >= e->row.ptr + e->row.len)
            continue;
        *column = i;
        return at[-1] == '"' ? at - 1 : at;
    }
    *column = 0;
    return e->row.ptr + 1;
}

// Of an array that row_read_values has read: so it is well-formed.
static struct str field_of_values(const struct snapshot_estimate *e, const char *name)
{
    size_t len = strlen(name), wanted = 0, i;
    for (; wanted < e->columns->names.len; wanted++) {
        const struct str *column = &e->columns->names.at[wanted];
        if (column->len == len && memcmp(column->ptr, name, len) == 0)
            break;
    }
    if (wanted == e->columns->names.len)
        return (struct str){"", 0};
    const char *at = nearest(e, wanted, &i);
    for (;; i++) {
        bool escaped = false;
        at = skip_blanks(at);
        if (i == wanted)
            return value_at(at);
        if (*at == '"')
            at = text_end(at, &escaped);
        while (*at != ',' && *at != ']')
            at++;
        at++;
    }
}

static struct str field_of_object(const struct snapshot_estimate *e, const char *name)
{
    size_t len = strlen(name);
    const char *end = e->row.ptr + e->row.len;
    for (const char *at = e->row.ptr; (at = memchr(at, '"', (size_t)(end - at))); at++)
        if ((size_t)(end - at) >= len + 4 && memcmp(at + 1, name, len) == 0 && at[len + 1] == '"' &&
            at[len + 2] == ':')
            return value_at(at + len + 3);
    // a quote inside a text has a backslash before it, so what is found is a name
    return (struct str){"", 0};
}

struct str snapshot_field(const struct snapshot_estimate *e, const char *name)
{
    return e->columns ? field_of_values(e, name) : field_of_object(e, name);
}
