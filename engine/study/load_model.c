// SPDX-License-Identifier: GPL-3.0-or-later
// A model of maturity of the study's own: weights of measures, groups of scores, levels of
// services.
#include "engine/study/load.h"

#include <math.h>

static const struct range percents = {0, 100, NAN, true}, points = {0, 1000, NAN, true};
static const struct range scores = {0, 100, 0, false}, decimals = {0, 4, 0, false};

// ---- weights: {measure: percent}; which measures there are is for the family to say

static void load_weights(struct load *l, const struct yaml_node *node, void *model)
{
    struct own_model *m = model;
    double sum = 0;
    if (node->kind != YAML_MAP) {
        wrong_kind(l, node, "a mapping {measure: percent}");
        return;
    }
    m->weights = NEWS(l->a, node->count + 1, struct own_weight);
    for (const struct yaml_node *n = node->first; n; n = n->next) {
        struct own_weight *w = &m->weights[m->weight_count++];
        w->measure = n->key;
        w->where = n->key_where;
        if (!load_number(l, n, &percents, &w->percent))
            return;
        sum += w->percent;
    }
    if (fabs(sum - 100) > 1e-6) {
        diag(l->d, E0120, node->where, "the weights of the model add up to %.10g, not to 100", sum);
        diag_help(l->d, "write percents that add up to 100");
    } else if (m->weight_count > OWN_WEIGHTS) {
        diag(l->d, E0120, node->where, "the model has more than %d weights", OWN_WEIGHTS);
    }
}

// ---- groups and levels

static const struct key group_rows[] = {
    {"id", KEY_ID, .offset = offsetof(struct own_group, id), .required = true},
    {"title", KEY_LABEL, .offset = offsetof(struct own_group, title)},
    {"from", KEY_NUMBER, .offset = offsetof(struct own_group, from), .range = &scores},
};
KEY_SET(group_keys, "group", group_rows);

static void load_group(struct load *l, const struct yaml_node *node, void *field)
{
    struct own_group *g = field;
    g->where = node->where;
    load_map(l, node, &group_keys, g);
    label_or(&g->title, g->id);
}

static const struct key level_rows[] = {
    {"id", KEY_ID, .offset = offsetof(struct own_level, id), .required = true},
    {"title", KEY_LABEL, .offset = offsetof(struct own_level, title)},
    {"points", KEY_NUMBER, .offset = offsetof(struct own_level, points), .required = true,
     .range = &points},
};
KEY_SET(level_keys, "level", level_rows);

static void load_level(struct load *l, const struct yaml_node *node, void *field)
{
    struct own_level *level = field;
    level->where = node->where;
    load_map(l, node, &level_keys, level);
    label_or(&level->title, level->id);
}

static const struct list_of groups = {sizeof(struct own_group),
                                      offsetof(struct own_model, group_count), load_group};
static const struct list_of levels = {sizeof(struct own_level),
                                      offsetof(struct own_model, level_count), load_level};
static const struct key model_rows[] = {
    {"id", KEY_ID, .offset = offsetof(struct own_model, id), .required = true},
    {"title", KEY_LABEL, .offset = offsetof(struct own_model, title)},
    {"source", KEY_TEXT, .offset = offsetof(struct own_model, source)},
    {"weights", KEY_CALL, .call = load_weights, .required = true},
    {"groups", KEY_LIST, .offset = offsetof(struct own_model, groups), .list = &groups},
    {"levels", KEY_LIST, .offset = offsetof(struct own_model, levels), .list = &levels},
    {"decimals", KEY_WHOLE, .offset = offsetof(struct own_model, decimals), .range = &decimals},
};
KEY_SET(model_keys, "model", model_rows);

static void check_order(struct load *l, const struct own_model *m)
{
    for (size_t i = 1; i < m->group_count; i++)
        if (!(m->groups[i].from < m->groups[i - 1].from))
            diag(l->d, E0120, m->groups[i].where,
                 "groups begin at the top: %s must begin lower than %s",
                 diag_quote(l->d, str_of(m->groups[i].id)),
                 diag_quote(l->d, str_of(m->groups[i - 1].id)));
    for (size_t i = 1; i < m->level_count; i++)
        if (!(m->levels[i].points > m->levels[i - 1].points))
            diag(l->d, E0120, m->levels[i].where,
                 "levels begin with the lowest: %s must have more points than %s",
                 diag_quote(l->d, str_of(m->levels[i].id)),
                 diag_quote(l->d, str_of(m->levels[i - 1].id)));
    if (m->group_count > OWN_GROUPS)
        diag(l->d, E0120, m->where, "the model has more than %d groups", OWN_GROUPS);
    if (m->level_count > OWN_LEVELS)
        diag(l->d, E0120, m->where, "the model has more than %d levels", OWN_LEVELS);
}

void load_model(struct load *l, const struct yaml_node *node, void *services)
{
    struct services *s = services;
    if (node->kind != YAML_MAP) {
        load_text(l, node, &s->model);
        return;
    }
    struct own_model *m = NEW(l->a, struct own_model);
    m->where = node->where;
    load_map(l, node, &model_keys, m);
    label_or(&m->title, m->id);
    check_order(l, m);
    check_ids(l, "group", m->groups, m->group_count, sizeof *m->groups,
              offsetof(struct own_group, id), offsetof(struct own_group, where));
    check_ids(l, "level", m->levels, m->level_count, sizeof *m->levels,
              offsetof(struct own_level, id), offsetof(struct own_level, where));
    s->model = m->id;
    s->own = m;
}
