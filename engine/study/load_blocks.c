// SPDX-License-Identifier: GPL-3.0-or-later
// The blocks of administrative data: activity, services, standards, plan.
#include "engine/study/load.h"

#include <math.h>

#define NONE ((double)NAN)

// ---- activity

static const struct range seconds = {0, 1e9, NONE, false}, percent = {0, 100, NONE, false};
static const struct key wait_rows[] = {
    {"id", KEY_ID, .offset = offsetof(struct wait_standard, id), .required = true},
    {"channel", KEY_TEXT, .offset = offsetof(struct wait_standard, channel)},
    {"within", KEY_NUMBER, .offset = offsetof(struct wait_standard, within), .required = true,
     .range = &seconds},
    {"target", KEY_NUMBER, .offset = offsetof(struct wait_standard, target), .range = &percent},
    {"label", KEY_LABEL, .offset = offsetof(struct wait_standard, label)},
};
KEY_SET(wait_keys, "standard", wait_rows);

static void load_wait(struct load *l, const struct yaml_node *node, void *field)
{
    struct wait_standard *w = field;
    w->where = node->where;
    load_map(l, node, &wait_keys, w);
    label_or(&w->label, w->id);
}

static const struct list_of waits = {sizeof(struct wait_standard),
                                     offsetof(struct activity, standard_count), load_wait};

static const struct key segment_rows[] = {
    {"start", KEY_TEXTS, .offset = offsetof(struct activity, start), .required = true},
    {"existing", KEY_TEXTS, .offset = offsetof(struct activity, existing), .required = true},
};
KEY_SET(segment_keys, "segments", segment_rows);

static void load_segments(struct load *l, const struct yaml_node *node, void *field)
{
    struct activity *a = field;
    load_map(l, node, &segment_keys, a);
    for (size_t i = 0; i < a->start.count; i++)
        if (texts_hold(&a->existing, a->start.at[i]))
            diag(l->d, E0115, node->where, "segment %s is both start and existing",
                 diag_quote(l->d, str_of(a->start.at[i])));
}

static void load_online(struct load *l, const struct yaml_node *node, void *field)
{
    struct activity *a = field;
    a->online_declared = load_texts(l, node, &a->online);
}

// The reasons of every block, and the codes of clients who are not identified.
static const struct key client_rows[] = {
    {"client", KEY_TEXTS, .offset = offsetof(struct activity, missing_client)},
};
static const struct key_set activity_missing = {"missing", client_rows, COUNT(client_rows),
                                                &missing_keys,
                                                offsetof(struct activity, in.missing)};

static void load_activity_missing(struct load *l, const struct yaml_node *node, void *field)
{
    struct activity *a = field;
    load_map(l, node, &activity_missing, a);
    check_missing(l, node, &a->in.missing);
}

CHOICES(shapes, "events", "counts");
CHOICES(within_units, "auto", "fraction", "percent");
CHOICES(within_bases, "offered", "handled");
CHOICES(controls, "quarter", "week", "day");
static const struct range days_14 = {0, 3660, 14, false};
static const struct key activity_rows[] = {
    {"id", KEY_ID, .offset = offsetof(struct activity, in.id), .required = true},
    {"shape", KEY_CHOICE_FLAG, .offset = offsetof(struct activity, counts), .required = true,
     .choices = &shapes},
    {"standards", KEY_LIST, .offset = offsetof(struct activity, standards), .list = &waits},
    {"segments", KEY_CALL, .call = load_segments},
    {"online", KEY_CALL, .call = load_online},
    {"episode_days", KEY_NUMBER, .offset = offsetof(struct activity, episode_days),
     .range = &days_14},
    {"missing", KEY_CALL, .call = load_activity_missing},
    {"within_unit", KEY_CHOICE_TEXT, .offset = offsetof(struct activity, within_unit),
     .choices = &within_units},
    {"within_base", KEY_CHOICE_FLAG, .offset = offsetof(struct activity, within_handled),
     .choices = &within_bases},
    {"profile", KEY_TEXTS, .offset = offsetof(struct activity, profile)},
    {"control", KEY_CHOICE, .offset = offsetof(struct activity, control), .choices = &controls},
};
static const struct key_set activity_keys = {"activity", activity_rows, COUNT(activity_rows),
                                             &input_keys, 0};

void load_activity(struct load *l, const struct yaml_node *node, void *field)
{
    struct activity *a = field;
    const struct yaml_node *shape = yaml_find(node, "shape");
    bool counts = shape && shape->kind == YAML_SCALAR && strcmp(shape->text, "counts") == 0;
    load_input(l, node, &a->in, counts ? INPUT_COUNTS : INPUT_EVENTS, &activity_keys, a);
    check_ids(l, "standard", a->standards, a->standard_count, sizeof *a->standards,
              offsetof(struct wait_standard, id), offsetof(struct wait_standard, where));
    static const char *const events_only[] = {"standards", "segments", "episode_days", "profile"};
    if (a->profile.count > PROFILE_MOST)
        diag(l->d, E0115, node->where, "the client profile has more than %d columns", PROFILE_MOST);
    for (size_t i = 0; counts && i < COUNT(events_only); i++) {
        const struct yaml_node *n = yaml_find(node, events_only[i]);
        if (n)
            diag(l->d, E0115, n->key_where, "`%s` belongs to `shape: events`", n->key);
    }
}

// ---- services

static void load_except(struct load *l, const struct yaml_node *node, void *texts)
{
    load_texts(l, node, texts);
    if (node->kind == YAML_SCALAR && !yaml_is_empty(node))
        vec_push(&l->regions, ((struct region_ref){node->text, node->where}));
    for (const struct yaml_node *n = node->first; n; n = n->next)
        if (n->kind == YAML_SCALAR && !yaml_is_empty(n))
            vec_push(&l->regions, ((struct region_ref){n->text, n->where}));
}

static const struct range max_range = {0, 1e6, NONE, true};
static const struct key crm_rows[] = {
    {"columns", KEY_TEXTS, .offset = offsetof(struct services, crm_columns), .required = true},
    {"max", KEY_NUMBER, .offset = offsetof(struct services, crm_max), .required = true,
     .range = &max_range},
};
KEY_SET(crm_keys, "crm", crm_rows);

static void load_crm(struct load *l, const struct yaml_node *node, void *services)
{
    load_map(l, node, &crm_keys, services);
}

static void load_scores(struct load *l, const struct yaml_node *node, void *input)
{
    load_lone_input(l, node, input, INPUT_SCORES, "scores");
}

CHOICES(depths, "auto", "levels", "steps");
static const struct range volume_45000 = {0, 1e15, 45000, false};
static const struct key services_rows[] = {
    {"id", KEY_ID, .offset = offsetof(struct services, in.id), .required = true},
    {"model", KEY_CALL, .call = load_model},
    {"except", KEY_CALL, .offset = offsetof(struct services, except), .call = load_except},
    {"depth", KEY_CHOICE, .offset = offsetof(struct services, depth), .choices = &depths},
    {"points", KEY_CALL, .call = load_points},
    {"crm", KEY_CALL, .call = load_crm},
    {"scores", KEY_CALL, .offset = offsetof(struct services, scores), .call = load_scores},
    {"scope", KEY_TEXTS, .offset = offsetof(struct services, scope)},
    {"high_volume", KEY_NUMBER, .offset = offsetof(struct services, high_volume),
     .range = &volume_45000},
};
static const struct key_set services_keys = {"services", services_rows, COUNT(services_rows),
                                             &input_keys, 0};

void load_services(struct load *l, const struct yaml_node *node, void *field)
{
    struct services *s = field;
    load_defaults(&crm_keys, s);
    load_defaults(&input_keys, &s->scores);
    s->scores.kind = INPUT_SCORES;
    s->model = "";
    for (size_t i = 0; i < POINT_COUNT; i++)
        s->points[i] = "";
    load_input(l, node, &s->in, INPUT_SERVICES, &services_keys, s);
    if (s->has_points && s->own && s->own->level_count)
        diag(l->d, E0115, s->own->levels[0].where, "interaction points have levels of their own");
}

// ---- standards

CHOICES(target_units, "auto", "fraction", "percent");
static const struct range decimals_4 = {0, 15, 4, false};
static const struct key standards_rows[] = {
    {"id", KEY_ID, .offset = offsetof(struct standards, in.id), .required = true},
    {"target_unit", KEY_CHOICE, .offset = offsetof(struct standards, target_unit),
     .choices = &target_units},
    {"decimals", KEY_WHOLE, .offset = offsetof(struct standards, decimals), .range = &decimals_4},
};
static const struct key_set standards_keys = {"standards", standards_rows, COUNT(standards_rows),
                                              &input_keys, 0};

void load_standards(struct load *l, const struct yaml_node *node, void *field)
{
    struct standards *s = field;
    load_input(l, node, &s->in, INPUT_STANDARDS, &standards_keys, s);
}

// ---- plan

static void load_as_of(struct load *l, const struct yaml_node *node, void *days)
{
    const char *text;
    if (load_text(l, node, &text) && !date_read(str_of(text), DATE_YMD, days))
        diag(l->d, E0111, node->where, "%s is not a date", diag_quote(l->d, str_of(text)));
}

static void load_ledger(struct load *l, const struct yaml_node *node, void *input)
{
    load_lone_input(l, node, input, INPUT_LEDGER, "ledger");
}

static const struct key plan_rows[] = {
    {"as_of", KEY_CALL, .offset = offsetof(struct plan, as_of), .call = load_as_of},
    {"ledger", KEY_CALL, .offset = offsetof(struct plan, ledger), .call = load_ledger},
};
static const struct key_set plan_keys = {"plan", plan_rows, COUNT(plan_rows), &input_keys, 0};

void load_plan(struct load *l, const struct yaml_node *node, void *study)
{
    struct study *s = study;
    struct plan *plan = &s->plan;
    s->has_plan = true;
    plan->in.id = "plan";
    if (node->kind == YAML_MAP)
        load_input(l, node, &plan->in, INPUT_PLAN, &plan_keys, plan);
    else
        load_lone_input(l, node, &plan->in, INPUT_PLAN, "plan");
}
