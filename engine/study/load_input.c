// SPDX-License-Identifier: GPL-3.0-or-later
// What every block of data files has in common: files, columns, filters, missing codes.
#include "engine/study/load.h"

CHOICES(period_formats, "label", "month");

// ---- columns

static void add_column(struct input *in, const char *role, struct texts names, int stage,
                       struct where where)
{
    in->columns[in->column_count++] = (struct column_map){role, names, stage, where};
}

// cluster: [psu, ssu] and fpc: [n_psu, n_ssu] are the columns of two stages, not alternatives.
static void load_stages(struct load *l, const struct yaml_node *node, struct input *in,
                        const char *role)
{
    if (node->kind == YAML_LIST && node->count > 2) {
        diag(l->d, E0105, node->where, "`%s` has %zu stages: two are known", node->key,
             node->count);
        diag_help(l->d, "name the first and the second stage; later ones add nothing to the error");
        return;
    }
    int stage = 1;
    const struct yaml_node *n = node->kind == YAML_LIST ? node->first : node;
    for (; n; n = n == node ? NULL : n->next) {
        struct texts names;
        if (load_texts(l, n, &names))
            add_column(in, role, names, stage++, n->where);
    }
}

void load_points(struct load *l, const struct yaml_node *node, void *services)
{
    struct services *s = services;
    if (node->kind != YAML_MAP) {
        wrong_kind(l, node, "a mapping from points to columns");
        return;
    }
    s->has_points = true;
    for (const struct yaml_node *n = node->first; n; n = n->next) {
        size_t i = 0;
        while (i < POINT_COUNT && strcmp(point_ids[i], n->key) != 0)
            i++;
        if (i < POINT_COUNT)
            load_text(l, n, &s->points[i]);
        else
            unknown_word(l, E0104, n->key_where, "unknown interaction point", n->key, point_ids,
                         POINT_COUNT);
    }
}

// The role under its own name, or under that of its sister: activity has `time`, the others
// `period`.
static const char *find_role(const struct input *in, const char *name, size_t *count)
{
    const char *const *roles = input_roles(in->kind), *found = NULL, *period = NULL;
    for (*count = 0; roles[*count]; ++*count) {
        if (strcmp(roles[*count], name) == 0)
            found = roles[*count];
        if (strcmp(roles[*count], "period") == 0 || strcmp(roles[*count], "time") == 0)
            period = roles[*count];
    }
    bool sister = strcmp(name, "period") == 0 || strcmp(name, "time") == 0;
    return found ? found : sister ? period : NULL;
}

static void load_columns(struct load *l, const struct yaml_node *node, void *input)
{
    struct input *in = input;
    in->columns_declared = true;
    if (node->kind != YAML_MAP) {
        wrong_kind(l, node, "a mapping from roles to columns of the file");
        return;
    }
    in->columns = NEWS(l->a, 2 * node->count + 1, struct column_map);
    for (const struct yaml_node *n = node->first; n; n = n->next) {
        size_t count;
        const char *role = find_role(in, n->key, &count);
        struct texts names;
        if (in->kind == INPUT_SERVICES && strcmp(n->key, "points") == 0)
            load_points(l, n, in); // the input is the first member of struct services
        else if (!role)
            unknown_word(l, E0104, n->key_where,
                         arena_print(l->a, "unknown column of %s:", in->id ? in->id : "this block"),
                         n->key, input_roles(in->kind), count);
        else if (input_column(in, role, 1).count)
            diag(l->d, E0102, n->key_where, "the column for `%s` is named twice", role);
        else if (strcmp(role, "cluster") == 0 || strcmp(role, "fpc") == 0)
            load_stages(l, n, in, role);
        else if (load_texts(l, n, &names))
            add_column(in, role, names, 1, n->where);
    }
}

// ---- filters and missing codes

static void load_where(struct load *l, const struct yaml_node *node, void *input)
{
    struct input *in = input;
    if (node->kind != YAML_MAP) {
        wrong_kind(l, node, "a mapping {column: [values]}");
        return;
    }
    in->filters = NEWS(l->a, node->count + 1, struct filter);
    for (const struct yaml_node *n = node->first; n; n = n->next) {
        struct filter *f = &in->filters[in->filter_count++];
        *f = (struct filter){.column = n->key, .where = n->key_where};
        if (load_texts(l, n, &f->values) && !f->values.count)
            diag(l->d, E0115, n->where, "no value of `%s` is wanted: no row could be used", n->key);
    }
}

#define CODES_OF(name, reason)                                                \
    {                                                                         \
        name, KEY_TEXTS, .offset = offsetof(struct missing_codes, by[reason]) \
    }
static const struct key missing_rows[] = {
    CODES_OF("blank", MISSING_BLANK),
    CODES_OF("dont_know", MISSING_DONT_KNOW),
    CODES_OF("not_applicable", MISSING_NOT_APPLICABLE),
    CODES_OF("refused", MISSING_REFUSED),
    CODES_OF("not_asked", MISSING_NOT_ASKED),
};
const struct key_set missing_keys = {"missing", missing_rows, COUNT(missing_rows), NULL, 0};

void check_missing(struct load *l, const struct yaml_node *node, const struct missing_codes *codes)
{
    struct dict seen = {0};
    for (int reason = 0; reason < MISSING_COUNT; reason++)
        for (size_t i = 0; i < codes->by[reason].count; i++) {
            struct str code = str_of(codes->by[reason].at[i]);
            if (dict_find(&seen, code) >= 0)
                diag(l->d, E0115, node->where, "code %s stands for two reasons",
                     diag_quote(l->d, code));
            dict_add(&seen, code);
        }
    dict_free(&seen);
}

void load_missing(struct load *l, const struct yaml_node *node, void *codes)
{
    load_map(l, node, &missing_keys, codes);
    check_missing(l, node, codes);
}

// ---- the block

void load_region(struct load *l, const struct yaml_node *node, void *text)
{
    if (load_text(l, node, text))
        vec_push(&l->regions, ((struct region_ref){node->text, node->where}));
}

static const struct key input_rows[] = {
    {"id", KEY_ID, .offset = offsetof(struct input, id)},
    {"files", KEY_TEXTS, .offset = offsetof(struct input, files)},
    {"dialect", KEY_CALL, .offset = offsetof(struct input, dialect), .call = load_dialect},
    {"columns", KEY_CALL, .call = load_columns},
    {"where", KEY_CALL, .call = load_where},
    {"period", KEY_PERIOD, .offset = offsetof(struct input, period)},
    {"region", KEY_CALL, .offset = offsetof(struct input, region), .call = load_region},
    {"missing", KEY_CALL, .offset = offsetof(struct input, missing), .call = load_missing},
    {"breakdowns", KEY_TEXTS, .offset = offsetof(struct input, breakdowns)},
    {"period_format", KEY_CHOICE_FLAG, .offset = offsetof(struct input, dialect.month),
     .choices = &period_formats},
};
const struct key_set input_keys = {"block", input_rows, COUNT(input_rows), NULL, 0};

static void check_breakdowns(struct load *l, const struct input *in)
{
    for (size_t i = 0; i < in->breakdowns.count; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(in->breakdowns.at[i], in->breakdowns.at[j]) == 0)
                diag(l->d, E0108, in->where, "breakdown %s stands twice in %s",
                     diag_quote(l->d, str_of(in->breakdowns.at[i])), in->id);
}

// A block has a region or period of its own where its files have no such column.
static void check_constants(struct load *l, const struct yaml_node *node, const struct input *in)
{
    static const char *const constants[] = {"region", "period", "time"};
    if (in->period.kind == PERIOD_ALL)
        diag(l->d, E0111, yaml_find(node, "period")->where,
             "`period` of a block is a quarter or a year");
    for (size_t i = 0; i < COUNT(constants) && in->columns_declared; i++) {
        const struct yaml_node *constant = yaml_find(node, i ? "period" : "region");
        if (!constant || !input_column(in, constants[i], 1).count)
            continue;
        diag(l->d, E0115, constant->key_where, "%s has one `%s` for all rows and a column for it",
             in->id ? in->id : "the block", constant->key);
        diag_help(l->d, "keep one of the two");
    }
}

void load_input(struct load *l, const struct yaml_node *node, struct input *in,
                enum input_kind kind, const struct key_set *set, void *target)
{
    const struct yaml_node *id = yaml_find(node, "id"), *files = yaml_find(node, "files");
    in->kind = kind;
    in->where = node->where;
    if (id && id->kind == YAML_SCALAR)
        in->id = id->text; // known to the messages about what stands before it
    load_map(l, node, set, target);
    check_constants(l, node, in);
    bool given = files ? files->kind != YAML_LIST : load_has(node, set, "files");
    if (node->kind == YAML_MAP && !in->files.count && !given) {
        bool named = in->id && in->id[0] && strcmp(in->id, set->what) != 0;
        diag(l->d, E0106, files ? files->where : node->where, "%s%s%s has no `files`", set->what,
             named ? " " : "", named ? in->id : "");
        diag_help(l->d, "add `files: [NAME.csv]`");
    }
    check_breakdowns(l, in);
}

void load_lone_input(struct load *l, const struct yaml_node *node, struct input *in,
                     enum input_kind kind, const char *id)
{
    struct key_set set = input_keys;
    set.what = id;
    in->id = id;
    if (node->kind == YAML_MAP) {
        load_input(l, node, in, kind, &set, in);
        return;
    }
    load_defaults(&set, in);
    in->kind = kind;
    in->where = node->where;
    load_texts(l, node, &in->files);
}
