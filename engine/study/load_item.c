// SPDX-License-Identifier: GPL-3.0-or-later
// One question of a survey.
#include "engine/study/load.h"

#include <math.h>

static const struct choices scales = {NULL, scale_labels, SCALE_COUNT};
static const struct choices roles = {role_ids, NULL, ROLE_COUNT};

// asked_if: {item: id, is: [codes]}
static const struct key asked_if_rows[] = {
    {"item", KEY_TEXT, .offset = offsetof(struct item, asked_if), .required = true},
    {"is", KEY_TEXTS, .offset = offsetof(struct item, asked_if_codes), .required = true},
};
KEY_SET(asked_if_keys, "asked_if", asked_if_rows);

static void load_asked_if(struct load *l, const struct yaml_node *node, void *item)
{
    load_map(l, node, &asked_if_keys, item);
}

static void load_item_missing(struct load *l, const struct yaml_node *node, void *field)
{
    struct item *item = field;
    item->own_missing = true;
    load_missing(l, node, &item->missing);
}

static void load_answers(struct load *l, const struct yaml_node *node, void *field)
{
    struct item *item = field;
    item->answers = load_code_texts(l, node, &item->answer_count);
}

// codes: {yes: [1, oui], no: [2, non]} of a yes/no item; other names gather codes of the file.
static void load_codes(struct load *l, const struct yaml_node *node, void *field)
{
    struct item *item = field;
    if (node->kind != YAML_MAP) {
        wrong_kind(l, node, "a mapping from names to lists of codes");
        return;
    }
    item->codes = NEWS(l->a, node->count + 1, struct code_group);
    struct dict seen = {0};
    for (const struct yaml_node *n = node->first; n; n = n->next) {
        struct code_group *group = &item->codes[item->code_count++];
        group->name = n->key;
        load_texts(l, n, &group->codes);
        for (size_t i = 0; i < group->codes.count; i++) {
            struct str code = str_of(group->codes.at[i]);
            if (dict_find(&seen, code) >= 0)
                diag(l->d, E0115, n->where, "code %s has two names", diag_quote(l->d, code));
            dict_add(&seen, code);
        }
    }
    dict_free(&seen);
}

// ---- price ladders

static const struct range price_range = {0, 1e12, (double)NAN, false};
static const struct key step_rows[] = {
    {"price", KEY_NUMBER, .offset = offsetof(struct price_step, price), .required = true,
     .range = &price_range},
    {"column", KEY_TEXT, .offset = offsetof(struct price_step, column), .required = true},
};
KEY_SET(step_keys, "price step", step_rows);

static void load_step(struct load *l, const struct yaml_node *node, void *step)
{
    load_map(l, node, &step_keys, step);
}

static const struct list_of ladder = {sizeof(struct price_step),
                                      offsetof(struct item, ladder_count), load_step};

static void load_price(struct load *l, const struct yaml_node *node, void *step)
{
    *(struct price_step *)step = (struct price_step){.price = (double)NAN, .column = ""};
    load_number(l, node, &price_range, &((struct price_step *)step)->price);
}

static const struct list_of prices = {sizeof(struct price_step),
                                      offsetof(struct item, ladder_count), load_price};

// ---- the item

// One name, or several of which a file has the first it can find.
static void load_column(struct load *l, const struct yaml_node *node, void *field)
{
    struct item *item = field;
    if (load_texts(l, node, &item->names) && item->names.count && item->names.at[0][0])
        item->column = item->names.at[0];
    else if (item->names.at)
        wrong_kind(l, node, "the name of a column");
}

static const struct range bound_range = {-1e6, 1e6, (double)NAN, false};
static const struct key item_rows[] = {
    {"id", KEY_ID, .offset = offsetof(struct item, id), .required = true},
    {"label", KEY_LABEL, .offset = offsetof(struct item, label)},
    {"column", KEY_CALL, .call = load_column},
    {"columns", KEY_TEXTS, .offset = offsetof(struct item, columns)},
    {"scale", KEY_CHOICE, .offset = offsetof(struct item, scale), .choices = &scales},
    {"low", KEY_NUMBER, .offset = offsetof(struct item, low), .range = &bound_range},
    {"high", KEY_NUMBER, .offset = offsetof(struct item, high), .range = &bound_range},
    {"reverse", KEY_FLAG, .offset = offsetof(struct item, reverse)},
    {"role", KEY_CHOICE, .offset = offsetof(struct item, role), .choices = &roles},
    {"driver", KEY_TEXT, .offset = offsetof(struct item, driver)},
    {"importance", KEY_TEXT, .offset = offsetof(struct item, importance)},
    {"acceptable", KEY_TEXT, .offset = offsetof(struct item, acceptable)},
    {"before", KEY_TEXT, .offset = offsetof(struct item, before)},
    {"unit", KEY_TEXT, .offset = offsetof(struct item, unit)},
    {"missing", KEY_CALL, .call = load_item_missing},
    {"answers", KEY_CALL, .call = load_answers},
    {"yes", KEY_TEXTS, .offset = offsetof(struct item, yes)},
    {"no", KEY_TEXTS, .offset = offsetof(struct item, no)},
    {"codes", KEY_CALL, .call = load_codes},
    {"asked_if", KEY_CALL, .call = load_asked_if},
    {"ladder", KEY_LIST, .offset = offsetof(struct item, ladder), .list = &ladder},
    {"prices", KEY_LIST, .offset = offsetof(struct item, ladder), .list = &prices},
    {"direct_cost", KEY_NUMBER, .offset = offsetof(struct item, direct_cost),
     .range = &price_range},
    {"service", KEY_TEXT, .offset = offsetof(struct item, service)},
    {"since", KEY_PERIOD, .offset = offsetof(struct item, since)},
    {"mandatory", KEY_FLAG, .offset = offsetof(struct item, mandatory)},
};
KEY_SET(item_keys, "item", item_rows);

static struct where key_place(const struct yaml_node *node, const char *key)
{
    const struct yaml_node *found = yaml_find(node, key);
    return found ? found->where : node->where;
}

static void check_columns(struct load *l, const struct yaml_node *node, const struct item *item)
{
    bool several = load_has(node, &item_keys, "columns"),
         one = load_has(node, &item_keys, "column");
    bool rungs = load_has(node, &item_keys, "ladder");
    if (!several && !one && !rungs) {
        diag(l->d, E0106, node->where, "item %s has no `column`", item->id);
        diag_help(l->d, "add `column: NAME`, the header of its answers in the file");
    }
    if (several + one + rungs > 1)
        diag(l->d, E0115, node->where, "item %s has more than one of `column`, `columns`, `ladder`",
             item->id);
    if (several && item->scale != SCALE_MULTIPLE) {
        diag(l->d, E0115, key_place(node, "columns"), "`columns` of item %s: its scale has one",
             item->id);
        diag_help(l->d, "write `column:`, or `scale: multiple`");
    }
}

static bool is_whole(double value)
{
    return value == floor(value);
}

static void check_likert(struct load *l, const struct yaml_node *node, const struct item *item)
{
    if (isnan(item->low) || isnan(item->high)) {
        if (!yaml_find(node, "low") || !yaml_find(node, "high")) {
            diag(l->d, E0106, node->where, "item %s has no `%s`", item->id,
                 isnan(item->low) ? "low" : "high");
            diag_help(l->d, "scale likert needs both ends: `low: 1, high: 7`");
        }
    } else if (item->low >= item->high || !is_whole(item->low) || !is_whole(item->high)) {
        diag(l->d, E0115, key_place(node, "low"), "scale of item %s from %g to %g", item->id,
             item->low, item->high);
        diag_help(l->d, "`low` and `high` are whole numbers, low below high; `reverse: true` turns "
                        "the scale round");
    }
}

// The ends of every scale; what has none keeps NaN.
static const struct {
    double low, high;
} ends[SCALE_COUNT] = {
    [SCALE_SATISFACTION] = {1, 5},
    [SCALE_AGREEMENT] = {1, 5},
    [SCALE_IMPORTANCE] = {1, 5},
    [SCALE_NPS] = {0, 10},
    [SCALE_YES_NO] = {0, 1},
    [SCALE_LIKERT] = {(double)NAN, (double)NAN},
    [SCALE_CATEGORY] = {(double)NAN, (double)NAN},
    [SCALE_MULTIPLE] = {(double)NAN, (double)NAN},
    [SCALE_NUMBER] = {(double)NAN, (double)NAN},
};

static void set_ends(struct load *l, const struct yaml_node *node, struct item *item)
{
    const char *scale = scale_labels[item->scale].id;
    if (item->scale == SCALE_LIKERT) {
        check_likert(l, node, item);
        return;
    }
    double low = ends[item->scale].low, high = ends[item->scale].high;
    if ((!isnan(item->low) && item->low != low) || (!isnan(item->high) && item->high != high)) {
        diag(l->d, E0115, key_place(node, isnan(item->low) ? "high" : "low"),
             "item %s: scale %s has its own ends", item->id, scale);
        diag_help(l->d, "remove `low` and `high`, or write `scale: likert`");
    }
    item->low = low;
    item->high = high;
    if (item->reverse && isnan(low)) {
        diag(l->d, E0115, key_place(node, "reverse"), "item %s: scale %s cannot be reversed",
             item->id, scale);
        diag_help(l->d, "remove `reverse`");
    }
}

static void check_companions(struct load *l, const struct yaml_node *node, const struct item *item)
{
    bool bounded = !isnan(item->low) || item->scale == SCALE_LIKERT;
    const struct {
        const char *key;
        bool bad;
        const char *needs;
    } rules[] = {
        {"acceptable", item->acceptable[0] && item->scale != SCALE_NUMBER, "scale number"},
        {"importance", item->importance[0] && !bounded, "a scale with two ends"},
        {"driver", item->driver[0] && !bounded, "a scale with two ends"},
        {"yes", item->yes.count && item->scale != SCALE_YES_NO, "scale yes_no"},
        {"no", item->no.count && item->scale != SCALE_YES_NO, "scale yes_no"},
        {"prices", yaml_find(node, "prices") && item->scale != SCALE_NUMBER, "scale number"},
        {"prices", yaml_find(node, "prices") && item->role != ROLE_WILLING, "role willing"},
        {"ladder", yaml_find(node, "ladder") && item->role != ROLE_WILLING, "role willing"},
        {"direct_cost", !isnan(item->direct_cost) && item->role != ROLE_WILLING, "role willing"},
        {"role",
         (item->role == ROLE_OVERALL || item->role == ROLE_BEST || item->role == ROLE_EXCEEDS) &&
             !bounded,
         "a scale with two ends"},
    };
    for (size_t i = 0; i < COUNT(rules); i++)
        if (rules[i].bad) {
            diag(l->d, E0115, key_place(node, rules[i].key), "item %s: `%s` needs %s", item->id,
                 rules[i].key, rules[i].needs);
            diag_help(l->d, "change the item, or remove `%s`", rules[i].key);
        }
}

// yes and no leave the groups for the fields of their own.
static void take_yes_no(struct item *item)
{
    size_t kept = 0;
    for (size_t i = 0; i < item->code_count; i++) {
        struct code_group group = item->codes[i];
        if (item->scale == SCALE_YES_NO && strcmp(group.name, "yes") == 0)
            item->yes = group.codes;
        else if (item->scale == SCALE_YES_NO && strcmp(group.name, "no") == 0)
            item->no = group.codes;
        else
            item->codes[kept++] = group;
    }
    item->code_count = kept;
}

static void check_ladder(struct load *l, const struct yaml_node *node, const struct item *item)
{
    for (size_t i = 1; i < item->ladder_count; i++)
        if (item->ladder[i].price <= item->ladder[i - 1].price) {
            diag(l->d, E0115, node->where, "item %s: the price steps do not rise", item->id);
            diag_help(l->d, "order them from the lowest price to the highest");
            return;
        }
}

void load_item(struct load *l, const struct yaml_node *node, void *field)
{
    struct item *item = field;
    item->where = node->where;
    load_defaults(&asked_if_keys, item);
    item->column = "";
    load_map(l, node, &item_keys, item);
    if (node->kind != YAML_MAP)
        return;
    label_or(&item->label, item->id);
    bool scale = load_has(node, &item_keys, "scale");
    if (!scale && yaml_find(node, "ladder"))
        item->scale = SCALE_YES_NO;
    else if (!scale && yaml_find(node, "columns"))
        item->scale = SCALE_MULTIPLE;
    else if (!scale) {
        diag(l->d, E0106, node->where, "item %s has no `scale`", item->id);
        diag_help(l->d, "add `scale:` satisfaction, agreement, importance, likert, nps, yes_no, "
                        "category, multiple or number");
    }
    check_columns(l, node, item);
    set_ends(l, node, item);
    take_yes_no(item);
    check_companions(l, node, item);
    check_ladder(l, node, item);
}
