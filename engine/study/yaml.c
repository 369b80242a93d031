// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/study/yaml.h"

#include "engine/base/map.h"
#include "engine/base/utf8.h"

#include <yaml.h>

struct reader {
    yaml_parser_t parser;
    struct arena *arena;
    const char *file;
    struct str bytes;
    struct diags *d;
    int depth;
};

static struct where place(const struct reader *r, yaml_mark_t mark)
{
    return (struct where){r->file, (long)mark.line + 1, (long)mark.column + 1};
}

// The reader of bytes knows an offset only, and of a character it may be the second byte.
static struct where place_of_byte(const struct reader *r, size_t offset)
{
    struct where where = {r->file, 1, 1};
    size_t valid = utf8_valid(r->bytes, NULL), end = valid < offset ? valid : offset;
    for (size_t i = 0; i < end && i < r->bytes.len; i++) {
        where.column += ((unsigned char)r->bytes.ptr[i] & 0xc0) != 0x80;
        if (r->bytes.ptr[i] == '\n')
            where.line++, where.column = 1;
    }
    return where;
}

static enum status problem(struct reader *r)
{
    const yaml_parser_t *p = &r->parser;
    const char *what = p->problem ? p->problem : "not readable";
    struct where where = place(r, p->problem_mark);
    if (p->error == YAML_READER_ERROR) {
        diag(r->d, E0101, place_of_byte(r, p->problem_offset), "not YAML: %s", what);
        diag_help(r->d, "save the study as UTF-8, without control characters");
        return FAIL_DATA;
    }
    const char *context = p->context ? p->context : "";
    if (p->context && p->context_mark.line != p->problem_mark.line)
        diag(r->d, E0101, where, "not YAML: %s %s of line %zu", what, context,
             p->context_mark.line + 1);
    else
        diag(r->d, E0101, where, "not YAML: %s%s%s", what, context[0] ? " " : "", context);
    if (strstr(what, "tab"))
        diag_help(r->d, "indent with blanks, not with tabs");
    return FAIL_DATA;
}

static enum status next_event(struct reader *r, yaml_event_t *event)
{
    return yaml_parser_parse(&r->parser, event) ? OK : problem(r);
}

static enum status read_scalar(struct reader *r, const yaml_event_t *event, struct yaml_node *node)
{
    const char *text = (const char *)event->data.scalar.value;
    size_t len = event->data.scalar.length;
    if (memchr(text, '\0', len))
        return diag(r->d, E0103, node->where, "a text may not hold a NUL character");
    node->text = arena_copy(r->arena, text, len);
    node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    return OK;
}

static enum status read_children(struct reader *r, struct yaml_node *parent);

// The node that an event begins.
static enum status read_node(struct reader *r, const yaml_event_t *event, struct yaml_node *node)
{
    node->where = node->key_where = place(r, event->start_mark);
    node->key = node->text = "";
    switch ((int)event->type) {
    case YAML_SCALAR_EVENT:
        return read_scalar(r, event, node);
    case YAML_ALIAS_EVENT:
        return diag(r->d, E0103, node->where, "alias *%s: a study repeats nothing by reference",
                    (const char *)event->data.alias.anchor);
    case YAML_SEQUENCE_START_EVENT:
        node->kind = YAML_LIST;
        return read_children(r, node);
    case YAML_MAPPING_START_EVENT:
        node->kind = YAML_MAP;
        return read_children(r, node);
    default:
        return diag(r->d, E0101, node->where, "not YAML: a value was expected");
    }
}

// The value that stands behind the key that `event` holds.
static enum status read_pair(struct reader *r, const yaml_event_t *event, struct yaml_node *node)
{
    struct yaml_node key = {0};
    if (event->type != YAML_SCALAR_EVENT)
        return diag(r->d, E0103, place(r, event->start_mark), "a key must be a single word");
    TRY(read_node(r, event, &key));
    yaml_event_t value;
    TRY(next_event(r, &value));
    enum status status = read_node(r, &value, node);
    yaml_event_delete(&value);
    node->key = key.text;
    node->key_where = key.where;
    return status;
}

// Reads children up to the end of the collection. A key that stands twice is reported and read on.
static enum status read_items(struct reader *r, struct yaml_node *parent, struct dict *keys)
{
    const struct yaml_node **tail = &parent->first;
    for (;;) {
        yaml_event_t event;
        TRY(next_event(r, &event));
        bool end = event.type == YAML_SEQUENCE_END_EVENT || event.type == YAML_MAPPING_END_EVENT;
        struct yaml_node *child = NEW(r->arena, struct yaml_node);
        enum status status = OK;
        if (!end)
            status = parent->kind == YAML_MAP ? read_pair(r, &event, child)
                                              : read_node(r, &event, child);
        yaml_event_delete(&event);
        if (end || status)
            return status;
        *tail = child;
        tail = &child->next;
        parent->count++;
        if (parent->kind != YAML_MAP)
            continue;
        if (dict_find(keys, str_of(child->key)) >= 0)
            status = diag(r->d, E0102, child->key_where, "key '%s' stands twice here", child->key);
        else
            dict_add(keys, str_of(child->key));
    }
}

static enum status read_children(struct reader *r, struct yaml_node *parent)
{
    if (r->depth == YAML_DEPTH)
        return diag(r->d, E0103, parent->where, "nested deeper than %d levels", YAML_DEPTH);
    struct dict keys = {0};
    r->depth++;
    enum status status = read_items(r, parent, &keys);
    r->depth--;
    dict_free(&keys);
    return status;
}

static enum status read_document(struct reader *r, struct yaml_node **root)
{
    for (bool seen = false;;) {
        yaml_event_t event;
        TRY(next_event(r, &event));
        enum status status = OK;
        bool end = event.type == YAML_STREAM_END_EVENT;
        if (event.type == YAML_DOCUMENT_START_EVENT && seen)
            status = diag(r->d, E0103, place(r, event.start_mark),
                          "a second document begins here: a study is one document");
        if (event.type == YAML_DOCUMENT_START_EVENT)
            seen = true;
        if (event.type == YAML_SCALAR_EVENT || event.type == YAML_ALIAS_EVENT ||
            event.type == YAML_SEQUENCE_START_EVENT || event.type == YAML_MAPPING_START_EVENT) {
            *root = NEW(r->arena, struct yaml_node);
            status = read_node(r, &event, *root);
        }
        yaml_event_delete(&event);
        if (end || status)
            return status;
    }
}

enum status yaml_read(struct arena *a, const char *file, struct str bytes,
                      const struct yaml_node **root, struct diags *d)
{
    struct reader r = {.arena = a, .file = file, .bytes = bytes, .d = d};
    struct yaml_node *found = NULL;
    size_t errors = d->errors;
    *root = NULL;
    if (bytes.len > YAML_BYTES)
        return diag(d, E0103, (struct where){file, 0, 0}, "larger than %d bytes", YAML_BYTES);
    if (!yaml_parser_initialize(&r.parser))
        return diag(d, E0901, (struct where){file, 0, 0}, "the YAML reader cannot start");
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)bytes.ptr, bytes.len);
    enum status status = read_document(&r, &found);
    yaml_parser_delete(&r.parser);
    TRY(status);
    if (found && !yaml_is_empty(found))
        *root = found;
    return d->errors > errors ? FAIL_DATA : OK;
}

const struct yaml_node *yaml_find(const struct yaml_node *map, const char *key)
{
    for (const struct yaml_node *n = map ? map->first : NULL; n; n = n->next)
        if (map->kind == YAML_MAP && strcmp(n->key, key) == 0)
            return n;
    return NULL;
}

bool yaml_is_empty(const struct yaml_node *node)
{
    return node->kind == YAML_SCALAR && !node->quoted &&
           (!node->text[0] || strcmp(node->text, "~") == 0);
}
