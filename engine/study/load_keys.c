// SPDX-License-Identifier: GPL-3.0-or-later
// The walker: rows of keys against the mappings of the file.
#include "engine/base/utf8.h"
#include "engine/study/load.h"

#include <math.h>

_Static_assert(sizeof(enum scale) == sizeof(int), "KEY_CHOICE writes an int");

// ---- defaults

static double otherwise(const struct key *key)
{
    return key->range ? key->range->otherwise : key->kind == KEY_NUMBER ? (double)NAN : 0;
}

static const char *choice_name(const struct choices *c, size_t i)
{
    return c->names ? c->names[i] : c->labels[i].id;
}

static void key_default(const struct key *key, void *field)
{
    switch (key->kind) {
    case KEY_TEXT:
    case KEY_ID:
        if (!*(const char **)field)
            *(const char **)field = "";
        break;
    case KEY_CHOICE_TEXT:
        *(const char **)field = choice_name(key->choices, 0);
        break;
    case KEY_LABEL:
        label_or(field, "");
        break;
    case KEY_NUMBER:
        *(double *)field = otherwise(key);
        break;
    case KEY_WHOLE:
        *(int *)field = (int)otherwise(key);
        break;
    case KEY_SIZE:
        *(size_t *)field = (size_t)otherwise(key);
        break;
    case KEY_FLAG:
        *(bool *)field = otherwise(key) > 0;
        break;
    case KEY_MAP:
        load_defaults(key->map, field);
        break;
    case KEY_TEXTS:
    case KEY_CHOICE:
    case KEY_CHOICE_FLAG:
    case KEY_PERIOD:
    case KEY_LIST:
    case KEY_CALL:
        break; // zero is the default
    }
}

void load_defaults(const struct key_set *set, void *target)
{
    char *base = target;
    for (; set; base += set->more_at, set = set->more)
        for (size_t i = 0; i < set->count; i++)
            key_default(&set->rows[i], base + set->rows[i].offset);
}

// ---- values by kind

static bool load_flag(struct load *l, const struct yaml_node *node, bool *out)
{
    static const struct {
        const char *word;
        bool value;
    } words[] = {{"true", true},   {"yes", true}, {"on", true},
                 {"false", false}, {"no", false}, {"off", false}};
    for (size_t i = 0; node->kind == YAML_SCALAR && i < COUNT(words); i++)
        if (strcmp(node->text, words[i].word) == 0) {
            *out = words[i].value;
            return true;
        }
    wrong_kind(l, node, "true or false");
    return false;
}

static int load_choice(struct load *l, const struct yaml_node *node, const struct choices *c)
{
    enum { MOST = 64 };
    const char *text, *known[MOST];
    if (!load_text(l, node, &text))
        return -1;
    for (size_t i = 0; i < c->count && i < MOST; i++)
        if (strcmp(known[i] = choice_name(c, i), text) == 0 && text[0])
            return (int)i;
    const char *what = arena_print(l->a, "`%s` cannot be", node->key);
    unknown_word(l, E0107, node->where, what, text, known, c->count);
    return -1;
}

// What may become part of a path, of a key `indicator/item` or of a level `segment*answer`.
static bool load_id(struct load *l, const struct yaml_node *node, const char **out)
{
    const char *text;
    if (!load_text(l, node, &text))
        return false;
    bool bad = !text[0] || text[0] == '.' || text[0] == ' ' || text[strlen(text) - 1] == ' ';
    struct str rest = str_of(text);
    for (uint32_t c; !bad && rest.len;) {
        size_t bytes = utf8_decode(rest, &c);
        bad =
            !bytes || c == '\n' || utf8_is_control(c) || (c < 128 && strchr("/\\*\"'`<>|", (int)c));
        rest = (struct str){rest.ptr + bytes, rest.len - bytes};
    }
    if (bad)
        diag(l->d, E0117, node->where, "%s cannot be an id", diag_quote(l->d, str_of(text)));
    *out = text;
    return !bad;
}

static void load_size(struct load *l, const struct yaml_node *node, const struct range *range,
                      size_t *out)
{
    static const struct {
        const char *unit;
        double bytes;
    } units[] = {{" KiB", 1024}, {" MiB", 1024 * 1024}, {" GiB", 1024.0 * 1024 * 1024}};
    double value, unit = 1;
    struct yaml_node number = *node;
    for (size_t i = 0; node->kind == YAML_SCALAR && i < COUNT(units); i++) {
        size_t len = strlen(node->text), tail = strlen(units[i].unit);
        if (len <= tail || strcmp(node->text + len - tail, units[i].unit) != 0)
            continue;
        number.text = arena_copy(l->a, node->text, len - tail);
        unit = units[i].bytes;
    }
    struct range part = {range->low / unit, range->high / unit, 0, false};
    if (load_number(l, &number, &part, &value))
        *out = (size_t)(value * unit);
}

static void load_whole(struct load *l, const struct yaml_node *node, const struct range *range,
                       int *out)
{
    double value;
    if (!load_number(l, node, range, &value))
        return;
    if (value == floor(value)) {
        *out = (int)value;
        return;
    }
    wrong_kind(l, node, "a whole number");
    diag_help(l->d, "write it without decimals");
}

void load_value_of(struct load *l, const struct yaml_node *node, const struct key *key, void *field)
{
    int chosen = -1;
    switch (key->kind) {
    case KEY_TEXT:
        load_text(l, node, field);
        break;
    case KEY_ID:
        load_id(l, node, field);
        break;
    case KEY_TEXTS:
        load_texts(l, node, field);
        break;
    case KEY_LABEL:
        load_label(l, node, field);
        break;
    case KEY_NUMBER:
        load_number(l, node, key->range, field);
        break;
    case KEY_WHOLE:
        load_whole(l, node, key->range, field);
        break;
    case KEY_SIZE:
        load_size(l, node, key->range, field);
        break;
    case KEY_FLAG:
        load_flag(l, node, field);
        break;
    case KEY_CHOICE:
        if ((chosen = load_choice(l, node, key->choices)) >= 0)
            memcpy(field, &chosen, sizeof chosen);
        break;
    case KEY_CHOICE_FLAG:
        if ((chosen = load_choice(l, node, key->choices)) >= 0)
            *(bool *)field = chosen > 0;
        break;
    case KEY_CHOICE_TEXT:
        if ((chosen = load_choice(l, node, key->choices)) >= 0)
            *(const char **)field = choice_name(key->choices, (size_t)chosen);
        break;
    case KEY_PERIOD:
        load_period(l, node, field);
        break;
    case KEY_MAP:
        load_map(l, node, key->map, field);
        break;
    case KEY_LIST:
    case KEY_CALL:
        break; // load_field has them
    }
}

void *load_list(struct load *l, const struct yaml_node *node, const struct list_of *list,
                size_t *count)
{
    *count = 0;
    if (node->kind != YAML_LIST) {
        wrong_kind(l, node, "a list");
        if (node->kind == YAML_MAP)
            diag_help(l->d, "put `- ` before the first key of each entry");
        return NULL;
    }
    char *array = arena_alloc(l->a, node->count + 1, list->size);
    for (const struct yaml_node *n = node->first; n; n = n->next)
        list->one(l, n, array + list->size * (*count)++);
    return array;
}

static void load_field(struct load *l, const struct yaml_node *node, const struct key *key,
                       char *base)
{
    void *field = base + key->offset;
    if (key->kind == KEY_CALL) {
        key->call(l, node, field);
    } else if (key->kind == KEY_LIST) {
        void *array = load_list(l, node, key->list, (size_t *)(base + key->list->count_offset));
        memcpy(field, &array, sizeof array);
    } else {
        load_value_of(l, node, key, field);
    }
}

// ---- mappings

enum { MOST_KEYS = 128 };

static size_t key_names(const struct key_set *set, const char *names[MOST_KEYS])
{
    size_t count = 0;
    for (; set; set = set->more)
        for (size_t i = 0; i < set->count && count < MOST_KEYS; i++)
            names[count++] = set->rows[i].name;
    return count;
}

static void unknown_key(struct load *l, const struct yaml_node *node, const struct key_set *set)
{
    const char *known[MOST_KEYS];
    size_t count = key_names(set, known);
    const char *text = arena_print(l->a, "unknown key in %s:", set->what);
    unknown_word(l, E0104, node->key_where, text, node->key, known, count);
}

// The row of a key, and where in the target the struct begins that it writes to.
static const struct key *find_row(const struct key_set *set, const char *name, size_t *base)
{
    for (*base = 0; set; *base += set->more_at, set = set->more)
        for (size_t i = 0; i < set->count; i++)
            if (strcmp(set->rows[i].name, name) == 0)
                return &set->rows[i];
    return NULL;
}

bool load_has(const struct yaml_node *node, const struct key_set *set, const char *name)
{
    const char *known[MOST_KEYS], *near;
    size_t count = key_names(set, known);
    size_t ignored;
    for (const struct yaml_node *n = node->first; n && node->kind == YAML_MAP; n = n->next) {
        if (strcmp(n->key, name) == 0)
            return true;
        near = find_row(set, n->key, &ignored) ? NULL : str_nearest(n->key, known, count);
        if (near && strcmp(near, name) == 0)
            return true;
    }
    return false;
}

static void check_required(struct load *l, const struct yaml_node *node, const struct key_set *set)
{
    const struct key_set *all = set;
    const char *what = set->what;
    const struct yaml_node *id = yaml_find(node, "id");
    bool named = id && id->kind == YAML_SCALAR && id->text[0];
    for (; set; set = set->more)
        for (size_t i = 0; i < set->count; i++) {
            if (!set->rows[i].required || load_has(node, all, set->rows[i].name))
                continue;
            const char *name = named ? arena_print(l->a, " %s", id->text) : "";
            diag(l->d, E0106, node->where, "%s%s has no `%s`", what, name, set->rows[i].name);
            diag_help(l->d, "add `%s:`", set->rows[i].name);
        }
}

void load_map(struct load *l, const struct yaml_node *node, const struct key_set *set, void *target)
{
    load_defaults(set, target);
    if (node->kind != YAML_MAP) {
        wrong_kind(l, node, arena_print(l->a, "a mapping with the keys of %s", set->what));
        return;
    }
    for (const struct yaml_node *n = node->first; n; n = n->next) {
        size_t base;
        const struct key *key = find_row(set, n->key, &base);
        if (key)
            load_field(l, n, key, (char *)target + base);
        else
            unknown_key(l, n, set);
    }
    check_required(l, node, set);
}

void check_ids(struct load *l, const char *what, const void *array, size_t count, size_t size,
               size_t id_at, size_t where_at)
{
    struct dict seen = {0};
    for (size_t i = 0; i < count; i++) {
        const char *one = (const char *)array + i * size;
        const char *id = *(const char *const *)(const void *)(one + id_at);
        const struct where *where = (const void *)(one + where_at);
        if (!id || !id[0])
            continue;
        if (dict_find(&seen, str_of(id)) >= 0)
            diag(l->d, E0108, *where, "%s id %s stands twice", what, diag_quote(l->d, str_of(id)));
        dict_add(&seen, str_of(id));
    }
    dict_free(&seen);
}
