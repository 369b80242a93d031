// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/file.h"
#include "engine/store/gate.h"
#include "engine/study/load.h"

#include <math.h>

const char *const gate_check_ids[GATE_CHECKS] = {
    "minimum_n", "minimum_response", "minimum",      "maximum",    "maximum_change",
    "required",  "target",           "standard_met", "reconciles", "no_new_missing_region",
    "fresh",
};

static const struct range any = {-1e300, 1e300, NAN, false};
CHOICES(severities, "error", "warning");
static const struct choices checks = {gate_check_ids, NULL, GATE_CHECKS};

#define AT(field) offsetof(struct gate_rule, field)
static const struct key rule_rows[] = {
    {.name = "id", .kind = KEY_ID, .offset = AT(id), .required = true},
    {.name = "check",
     .kind = KEY_CHOICE,
     .offset = AT(check),
     .required = true,
     .choices = &checks},
    {.name = "severity", .kind = KEY_CHOICE, .offset = AT(severity), .choices = &severities},
    {.name = "message", .kind = KEY_LABEL, .offset = AT(message)},
    {.name = "indicator", .kind = KEY_TEXTS, .offset = AT(only[KEY_INDICATOR])},
    {.name = "item", .kind = KEY_TEXTS, .offset = AT(only[KEY_ITEM])},
    {.name = "region", .kind = KEY_TEXTS, .offset = AT(only[KEY_REGION])},
    {.name = "period", .kind = KEY_TEXTS, .offset = AT(only[KEY_OF_PERIOD])},
    {.name = "by", .kind = KEY_TEXTS, .offset = AT(only[KEY_BY])},
    {.name = "level", .kind = KEY_TEXTS, .offset = AT(only[KEY_LEVEL])},
    {.name = "limit", .kind = KEY_NUMBER, .offset = AT(limit), .range = &any},
    {.name = "beyond_uncertainty", .kind = KEY_FLAG, .offset = AT(beyond)},
    {.name = "since", .kind = KEY_PERIOD, .offset = AT(since)},
};
KEY_SET(rule_keys, "rule", rule_rows);
#undef AT

static bool needs_limit(enum gate_check check)
{
    return check == GATE_MINIMUM_N || check == GATE_MINIMUM_RESPONSE || check == GATE_MINIMUM ||
           check == GATE_MAXIMUM || check == GATE_MAXIMUM_CHANGE;
}

static bool needs_indicator(enum gate_check check)
{
    return check == GATE_MINIMUM || check == GATE_MAXIMUM || check == GATE_REQUIRED;
}

static void load_rule(struct load *l, const struct yaml_node *node, void *target)
{
    struct gate_rule *rule = target;
    size_t errors = l->d->errors;
    load_map(l, node, &rule_keys, rule);
    rule->where = node->where;
    if (l->d->errors > errors)
        return;
    const char *check = gate_check_ids[rule->check];
    if (needs_limit(rule->check) && isnan(rule->limit))
        diag(l->d, E0106, rule->where, "rule %s (%s) has no `limit`", rule->id, check);
    if (needs_indicator(rule->check) && !rule->only[KEY_INDICATOR].count)
        diag(l->d, E0106, rule->where, "rule %s (%s) has no `indicator`", rule->id, check);
    if (rule->check == GATE_FRESH && !period_is(rule->since) && isnan(rule->limit))
        diag(l->d, E0106, rule->where, "rule %s (fresh) has neither `since` nor `limit`", rule->id);
    if (period_is(rule->since) && rule->check != GATE_FRESH)
        diag(l->d, E0115, rule->where, "rule %s: `since` belongs to the check `fresh`", rule->id);
    if (rule->beyond && rule->check != GATE_MAXIMUM_CHANGE)
        diag(l->d, E0115, rule->where,
             "rule %s: `beyond_uncertainty` belongs to the check `maximum_change`", rule->id);
}

struct gate_file {
    double version;
    struct gate_rule *rules;
    size_t count;
};
static const struct range version_range = {1, 1, NAN, false};
static const struct list_of rule_list = {sizeof(struct gate_rule),
                                         offsetof(struct gate_file, count), load_rule};
static const struct key file_rows[] = {
    {.name = "gates",
     .kind = KEY_NUMBER,
     .offset = offsetof(struct gate_file, version),
     .required = true,
     .range = &version_range},
    {.name = "rules",
     .kind = KEY_LIST,
     .offset = offsetof(struct gate_file, rules),
     .required = true,
     .list = &rule_list},
};
KEY_SET(file_keys, "gates file", file_rows);

enum status gate_read(struct gate *g, const char *path, struct diags *d)
{
    struct str bytes;
    const struct yaml_node *root;
    struct gate_file file = {0};
    size_t errors = d->errors;
    g->path = arena_text(&g->arena, path);
    TRY(file_read(&g->arena, path, YAML_BYTES, &bytes, d));
    TRY(yaml_read(&g->arena, g->path, bytes, &root, d));
    if (!root)
        return diag(d, E0820, (struct where){g->path, 1, 1}, "the file holds no rules");
    struct load l = {.a = &g->arena, .d = d};
    load_map(&l, root, &file_keys, &file);
    check_ids(&l, "rule", file.rules, file.count, sizeof *file.rules,
              offsetof(struct gate_rule, id), offsetof(struct gate_rule, where));
    vec_free(&l.periods);
    vec_free(&l.regions);
    g->rules = file.rules;
    g->rule_count = file.count;
    return d->errors > errors ? FAIL_DATA : OK;
}

void gate_free(struct gate *g)
{
    arena_free(&g->arena);
    *g = (struct gate){0};
}
