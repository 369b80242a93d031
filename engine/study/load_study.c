// SPDX-License-Identifier: GPL-3.0-or-later
// The keys at the top of a study.
#include "engine/study/load.h"

#include <math.h>

#define NONE ((double)NAN)

// ---- regions

static const struct key region_rows[] = {
    {"id", KEY_ID, .offset = offsetof(struct region, id), .required = true},
    {"name", KEY_LABEL, .offset = offsetof(struct region, name)},
    {"aliases", KEY_TEXTS, .offset = offsetof(struct region, aliases)},
};
KEY_SET(region_keys, "region", region_rows);

// {id, name, aliases}, or the id alone.
static void load_place(struct load *l, const struct yaml_node *node, void *field)
{
    static const struct key id = {"id", KEY_ID, .required = true};
    struct region *r = field;
    r->where = node->where;
    r->id = "";
    if (node->kind == YAML_SCALAR)
        load_value_of(l, node, &id, &r->id);
    else
        load_map(l, node, &region_keys, r);
    label_or(&r->name, r->id);
}

static const struct list_of places = {sizeof(struct region), offsetof(struct study, region_count),
                                      load_place};

static void load_regions(struct load *l, const struct yaml_node *node, void *study)
{
    struct study *s = study;
    s->regions = load_list(l, node, &places, &s->region_count);
    s->has_regions = s->region_count > 0;
    if (node->kind == YAML_LIST && !node->count) {
        diag(l->d, E0106, node->where, "`regions` is empty");
        diag_help(l->d, "list the regions, or remove the key: they are then taken from the data");
    }
}

// ---- rules

CHOICES(rules, "statcan", "nchs", "none");
static const struct range min_n_10 = {0, 1e9, 10, false}, yes = {0, 1, 1, false};
static const struct key suppress_rows[] = {
    {"min_n", KEY_NUMBER, .offset = offsetof(struct study, min_n), .range = &min_n_10},
    {"rule", KEY_CHOICE, .offset = offsetof(struct study, rule), .choices = &rules},
    {"complementary", KEY_FLAG, .offset = offsetof(struct study, complementary), .range = &yes},
};
KEY_SET(suppress_keys, "suppress", suppress_rows);

static const struct range field_range = {1, 1e12, 1 << 20, false};
static const struct range record_range = {1, 1e12, 16 << 20, false};
static const struct range column_range = {1, 1e9, 65536, false};
static const struct range level_range = {1, 1e9, 1000000, false};
static const struct range study_range = {1, YAML_BYTES, YAML_BYTES, false};
static const struct range contact_range = {1, 1e11, LIMIT_CONTACTS, false};
static const struct range expand_range = {1, 1e12, 1000, false};
static const struct key limit_rows[] = {
    {"field", KEY_SIZE, .offset = offsetof(struct size_limits, field), .range = &field_range},
    {"record", KEY_SIZE, .offset = offsetof(struct size_limits, record), .range = &record_range},
    {"columns", KEY_SIZE, .offset = offsetof(struct size_limits, columns), .range = &column_range},
    {"levels", KEY_SIZE, .offset = offsetof(struct size_limits, levels), .range = &level_range},
    {"contacts", KEY_SIZE, .offset = offsetof(struct size_limits, contacts),
     .range = &contact_range},
    {"study", KEY_SIZE, .offset = offsetof(struct size_limits, study), .range = &study_range},
    {"expand", KEY_NUMBER, .offset = offsetof(struct size_limits, expand), .range = &expand_range},
};
KEY_SET(limit_keys, "limits", limit_rows);

static void load_suppress(struct load *l, const struct yaml_node *node, void *study)
{
    load_map(l, node, &suppress_keys, study);
}

// A number of rows, or a percent of them.
static void load_max_rejects(struct load *l, const struct yaml_node *node, void *study)
{
    static const struct range rows = {0, 1e15, 0, false}, percent = {0, 100, 0, false};
    struct study *s = study;
    struct yaml_node number = *node;
    size_t len = strlen(node->text);
    bool is_percent = len && node->text[len - 1] == '%';
    if (is_percent) {
        struct str text = str_trim((struct str){node->text, len - 1});
        number.text = arena_copy(l->a, text.ptr, text.len);
    }
    if (node->kind == YAML_SCALAR && !is_percent && strchr(node->text, 'p')) {
        wrong_kind(l, node, "a number of rows or a percent");
        diag_help(l->d, "write 100, or 5%%");
    } else if (load_number(l, &number, is_percent ? &percent : &rows, &s->max_rejects))
        s->max_rejects_percent = is_percent;
}

// 1 is the only version there is.
static void load_version(struct load *l, const struct yaml_node *node, void *study)
{
    (void)study;
    const char *text;
    if (load_text(l, node, &text) && strcmp(text, "1") != 0)
        diag(l->d, E0112, node->where, "`etalon` is %s", diag_quote(l->d, str_of(text)));
}

// ---- breaks, revisions, preliminary periods

static const struct key break_rows[] = {
    {"indicator", KEY_TEXT, .offset = offsetof(struct trend_break, indicator), .required = true},
    {"region", KEY_CALL, .offset = offsetof(struct trend_break, region), .call = load_region},
    {"from", KEY_PERIOD, .offset = offsetof(struct trend_break, from), .required = true},
    {"reason", KEY_LABEL, .offset = offsetof(struct trend_break, reason), .required = true},
};
KEY_SET(break_keys, "break", break_rows);

static void load_break(struct load *l, const struct yaml_node *node, void *field)
{
    struct trend_break *b = field;
    b->where = node->where;
    b->region = "";
    load_map(l, node, &break_keys, b);
}

static const struct key revision_rows[] = {
    {"period", KEY_PERIOD, .offset = offsetof(struct revision, period), .required = true},
    {"indicator", KEY_TEXT, .offset = offsetof(struct revision, indicator), .required = true},
    {"reason", KEY_LABEL, .offset = offsetof(struct revision, reason), .required = true},
};
KEY_SET(revision_keys, "revision", revision_rows);

static void load_revision(struct load *l, const struct yaml_node *node, void *field)
{
    load_map(l, node, &revision_keys, field);
}

static void load_preliminary_period(struct load *l, const struct yaml_node *node, void *period)
{
    load_period(l, node, period);
}

// ---- what is computed

static void load_wanted(struct load *l, const struct yaml_node *node, void *field)
{
    struct wanted *w = field;
    w->where = node->where;
    w->pattern = "";
    load_text(l, node, &w->pattern);
}

// ---- labels

// labels: {segment: {startup: {en, fr}}}; the empty level names the breakdown itself.
static void load_levels(struct load *l, const struct yaml_node *node, struct level_labels *labels)
{
    labels->breakdown = node->key;
    labels->levels = load_code_texts(l, node, &labels->level_count);
    for (size_t i = 0; i < labels->level_count; i++)
        if (!labels->levels[i].code[0])
            labels->name = labels->levels[i].text;
    label_or(&labels->name, node->key);
}

static void load_labels(struct load *l, const struct yaml_node *node, void *study)
{
    struct study *s = study;
    if (node->kind != YAML_MAP) {
        wrong_kind(l, node, "a mapping {breakdown: {level: text}}");
        return;
    }
    s->labels = NEWS(l->a, node->count + 1, struct level_labels);
    for (const struct yaml_node *n = node->first; n; n = n->next)
        load_levels(l, n, &s->labels[s->label_count++]);
}

// ---- files of their own

static const struct key population_rows[] = {
    {"by", KEY_TEXT, .offset = offsetof(struct study, population_by)},
    {"vintage", KEY_TEXT, .offset = offsetof(struct study, population_vintage)},
};
static const struct key_set population_keys = {"population", population_rows,
                                               COUNT(population_rows), &input_keys,
                                               offsetof(struct study, population)};

static void load_population(struct load *l, const struct yaml_node *node, void *study)
{
    struct study *s = study;
    s->population.id = "population";
    if (node->kind == YAML_MAP)
        load_input(l, node, &s->population, INPUT_POPULATION, &population_keys, s);
    else
        load_lone_input(l, node, &s->population, INPUT_POPULATION, "population");
}

static void load_targets(struct load *l, const struct yaml_node *node, void *input)
{
    load_lone_input(l, node, input, INPUT_TARGETS, "targets");
}

static void load_benchmarks(struct load *l, const struct yaml_node *node, void *input)
{
    load_lone_input(l, node, input, INPUT_BENCHMARKS, "benchmarks");
}

// ---- the table

#define LIST(type, field, one)                           \
    {                                                    \
        sizeof(type), offsetof(struct study, field), one \
    }
static const struct list_of surveys = LIST(struct survey, survey_count, load_survey);
static const struct list_of activities = LIST(struct activity, activity_count, load_activity);
static const struct list_of services = LIST(struct services, services_count, load_services);
static const struct list_of standards = LIST(struct standards, standards_count, load_standards);
static const struct list_of breaks = LIST(struct trend_break, break_count, load_break);
static const struct list_of revisions = LIST(struct revision, revision_count, load_revision);
static const struct list_of wanted = LIST(struct wanted, wanted_count, load_wanted);
static const struct list_of preliminary =
    LIST(struct period, preliminary_count, load_preliminary_period);

CHOICES(years, "calendar", "fiscal");
CHOICES(intervals, "logit", "wilson", "korn_graubard", "clopper_pearson", "wald");
static const struct choices adjusts = {adjust_ids, NULL, ADJUST_NONE + 1};
CHOICES(benchmark_modes, "same", "any");
static const struct range confidence_range = {0, 1, 0.95, true};

static const struct key study_rows[] = {
    {"etalon", KEY_CALL, .required = true, .call = load_version},
    {"id", KEY_ID, .offset = offsetof(struct study, id), .required = true},
    {"title", KEY_LABEL, .offset = offsetof(struct study, title)},
    {"contact", KEY_LABEL, .offset = offsetof(struct study, contact)},
    {"date", KEY_TEXT, .offset = offsetof(struct study, date)},
    {"synthetic", KEY_FLAG, .offset = offsetof(struct study, synthetic)},
    {"year", KEY_CHOICE_FLAG, .offset = offsetof(struct study, fiscal), .choices = &years},
    {"period", KEY_PERIOD, .offset = offsetof(struct study, period)},
    {"baseline", KEY_PERIOD, .offset = offsetof(struct study, baseline)},
    {"regions", KEY_CALL, .call = load_regions},
    {"total", KEY_CALL, .offset = offsetof(struct study, total), .call = load_place},
    {"surveys", KEY_LIST, .offset = offsetof(struct study, surveys), .list = &surveys},
    {"activity", KEY_LIST, .offset = offsetof(struct study, activities), .list = &activities},
    {"services", KEY_LIST, .offset = offsetof(struct study, services), .list = &services},
    {"standards", KEY_LIST, .offset = offsetof(struct study, standards), .list = &standards},
    {"population", KEY_CALL, .call = load_population},
    {"targets", KEY_CALL, .offset = offsetof(struct study, targets), .call = load_targets},
    {"benchmarks", KEY_CALL, .offset = offsetof(struct study, benchmarks), .call = load_benchmarks},
    {"plan", KEY_CALL, .call = load_plan},
    {"confidence", KEY_NUMBER, .offset = offsetof(struct study, confidence),
     .range = &confidence_range},
    {"proportion_interval", KEY_CHOICE, .offset = offsetof(struct study, interval),
     .choices = &intervals},
    {"adjust", KEY_CHOICE, .offset = offsetof(struct study, adjust), .choices = &adjusts},
    {"suppress", KEY_CALL, .call = load_suppress},
    {"max_rejects", KEY_CALL, .call = load_max_rejects},
    {"limits", KEY_MAP, .offset = offsetof(struct study, limits), .map = &limit_keys},
    {"indicators", KEY_LIST, .offset = offsetof(struct study, wanted), .list = &wanted},
    {"breaks", KEY_LIST, .offset = offsetof(struct study, breaks), .list = &breaks},
    {"revisions", KEY_LIST, .offset = offsetof(struct study, revisions), .list = &revisions},
    {"preliminary", KEY_LIST, .offset = offsetof(struct study, preliminary), .list = &preliminary},
    {"labels", KEY_CALL, .call = load_labels},
    {"rank", KEY_TEXTS, .offset = offsetof(struct study, rank)},
    {"benchmark_mode", KEY_CHOICE_FLAG, .offset = offsetof(struct study, benchmark_any),
     .choices = &benchmark_modes},
};
const struct key_set study_keys = {"study", study_rows, COUNT(study_rows), NULL, 0};

// What stands under keys that may be absent.
void study_defaults(struct study *s)
{
    load_defaults(&suppress_keys, s);
    load_defaults(&population_keys, s);
    load_defaults(&input_keys, &s->targets);
    load_defaults(&input_keys, &s->benchmarks);
    load_defaults(&input_keys, &s->plan.in);
    load_defaults(&input_keys, &s->plan.ledger);
    s->population.kind = INPUT_POPULATION;
    s->targets.kind = INPUT_TARGETS;
    s->benchmarks.kind = INPUT_BENCHMARKS;
    s->plan.in.kind = INPUT_PLAN;
    s->plan.ledger.kind = INPUT_LEDGER;
    s->plan.as_of = INT32_MIN;
    s->max_rejects = 5;
    s->max_rejects_percent = true;
    s->total.id = "ALL";
    s->total.name = (struct text)TEXT("All regions", "Ensemble des régions");
}
