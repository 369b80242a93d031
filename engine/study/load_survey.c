// SPDX-License-Identifier: GPL-3.0-or-later
// A survey: its design, its items and what is made of them.
#include "engine/study/load.h"

#include <math.h>

#define NONE ((double)NAN)

// ---- ratios and composites

static const struct key ratio_rows[] = {
    {"id", KEY_ID, .offset = offsetof(struct ratio, id), .required = true},
    {"numerator", KEY_TEXT, .offset = offsetof(struct ratio, numerator), .required = true},
    {"denominator", KEY_TEXT, .offset = offsetof(struct ratio, denominator), .required = true},
    {"label", KEY_LABEL, .offset = offsetof(struct ratio, label)},
};
KEY_SET(ratio_keys, "ratio", ratio_rows);

static void load_ratio(struct load *l, const struct yaml_node *node, void *field)
{
    struct ratio *ratio = field;
    ratio->where = node->where;
    load_map(l, node, &ratio_keys, ratio);
    label_or(&ratio->label, ratio->id);
}

static const struct key composite_rows[] = {
    {"id", KEY_ID, .offset = offsetof(struct composite, id), .required = true},
    {"title", KEY_LABEL, .offset = offsetof(struct composite, title)},
    {"items", KEY_TEXTS, .offset = offsetof(struct composite, items), .required = true},
};
KEY_SET(composite_keys, "composite", composite_rows);

static void load_composite(struct load *l, const struct yaml_node *node, void *field)
{
    struct composite *composite = field;
    composite->where = node->where;
    load_map(l, node, &composite_keys, composite);
    label_or(&composite->title, composite->id);
}

// ---- replicate weights

CHOICES(replicate_kinds, "", "jackknife", "jk1", "jkn", "brr", "fay", "bootstrap", "sdr", "other");
CHOICES(centers, "estimate", "mean");

static void load_replicate_columns(struct load *l, const struct yaml_node *node, void *field)
{
    struct replicates *r = field;
    if (node->kind == YAML_SCALAR && strchr(node->text, '*'))
        load_text(l, node, &r->columns);
    else
        load_texts(l, node, &r->list);
}

static void load_rscale(struct load *l, const struct yaml_node *node, void *value)
{
    static const struct range positive = {0, 1e9, 0, false};
    load_number(l, node, &positive, value);
}

static const struct list_of rscales = {sizeof(double), offsetof(struct replicates, rscale_count),
                                       load_rscale};
static const struct range positive = {0, INFINITY, NONE, true};
static const struct range rho_range = {0, 1, NONE, true};
static const struct range df_range = {1, 1e9, NONE, false};
static const struct key replicate_rows[] = {
    {"kind", KEY_CHOICE, .offset = offsetof(struct replicates, kind), .required = true,
     .choices = &replicate_kinds},
    {"columns", KEY_CALL, .required = true, .call = load_replicate_columns},
    {"scale", KEY_NUMBER, .offset = offsetof(struct replicates, scale), .range = &positive},
    {"rscales", KEY_LIST, .offset = offsetof(struct replicates, rscales), .list = &rscales},
    {"rho", KEY_NUMBER, .offset = offsetof(struct replicates, rho), .range = &rho_range},
    {"df", KEY_NUMBER, .offset = offsetof(struct replicates, df), .range = &df_range},
    {"center", KEY_CHOICE_FLAG, .offset = offsetof(struct replicates, center_mean),
     .choices = &centers},
};
KEY_SET(replicate_keys, "replicates", replicate_rows);

static void check_replicates(struct load *l, const struct replicates *r)
{
    bool scaled = !isnan(r->scale) || r->rscale_count;
    if (r->kind == REPLICATES_JACKKNIFE && isnan(r->scale)) {
        diag(l->d, E0114, r->where, "a jackknife without `scale` and without strata");
        diag_help(l->d, "add `scale:`, or say `kind: jk1` (one stratum), or `kind: jkn` with "
                        "`rscales:`");
    }
    if (r->kind == REPLICATES_JKN && !scaled) {
        diag(l->d, E0114, r->where, "a stratified jackknife without `rscales`");
        diag_help(l->d, "add `rscales:`, (n - 1)/n of the stratum of each replicate, or `scale:`");
    }
    if (r->kind == REPLICATES_FAY && isnan(r->rho) && !scaled) {
        diag(l->d, E0114, r->where, "Fay's method without `rho`");
        diag_help(l->d, "add `rho:`, the part of the weight that the left-out half keeps");
    }
    if (r->kind == REPLICATES_OTHER && !scaled) {
        diag(l->d, E0114, r->where, "replicates of kind other without `scale` or `rscales`");
        diag_help(l->d, "add the scale that the producer of the weights gives");
    }
    if (!isnan(r->rho) && r->kind != REPLICATES_FAY)
        diag(l->d, E0115, r->where, "`rho` belongs to `kind: fay`");
    if (r->rscale_count && r->list.count && r->rscale_count != r->list.count)
        diag(l->d, E0115, r->where, "%zu `rscales` for %zu columns", r->rscale_count,
             r->list.count);
}

static void load_replicates(struct load *l, const struct yaml_node *node, void *field)
{
    struct replicates *r = field;
    r->where = node->where;
    load_map(l, node, &replicate_keys, r);
    if (r->kind)
        check_replicates(l, r);
}

// ---- calibration

CHOICES(methods, "", "poststratify", "rake", "linear", "logit");

static void load_margins(struct load *l, const struct yaml_node *node, void *field)
{
    load_lone_input(l, node, field, INPUT_MARGINS, "margins");
}

static void load_bounds(struct load *l, const struct yaml_node *node, void *field)
{
    struct calibrate *c = field;
    static const struct range low = {0, 1, NONE, false}, high = {1, INFINITY, NONE, true};
    if (node->kind != YAML_LIST || node->count != 2) {
        wrong_kind(l, node, "two numbers [low, high]");
        return;
    }
    struct yaml_node ends[2] = {*node->first, *node->first->next};
    ends[0].key = ends[1].key = node->key;
    load_number(l, &ends[0], &low, &c->low);
    load_number(l, &ends[1], &high, &c->high);
}

static const struct range trim_range = {1, INFINITY, NONE, true};
static const struct range tolerance_range = {0, 0.1, NONE, true};
static const struct range iteration_range = {0, 1000000, 0, false};
static const struct key calibrate_rows[] = {
    {"method", KEY_CHOICE, .offset = offsetof(struct calibrate, method), .required = true,
     .choices = &methods},
    {"margins", KEY_CALL, .offset = offsetof(struct calibrate, margins), .required = true,
     .call = load_margins},
    {"bounds", KEY_CALL, .call = load_bounds},
    {"trim", KEY_NUMBER, .offset = offsetof(struct calibrate, trim), .range = &trim_range},
    {"tolerance", KEY_NUMBER, .offset = offsetof(struct calibrate, tolerance),
     .range = &tolerance_range},
    {"iterations", KEY_WHOLE, .offset = offsetof(struct calibrate, iterations),
     .range = &iteration_range},
};
KEY_SET(calibrate_keys, "calibrate", calibrate_rows);

static void load_calibrate(struct load *l, const struct yaml_node *node, void *field)
{
    struct calibrate *c = field;
    c->where = node->where;
    load_map(l, node, &calibrate_keys, c);
    if (c->method == CALIBRATE_LOGIT && !yaml_find(node, "bounds")) {
        diag(l->d, E0106, node->where, "calibration by logit has no `bounds`");
        diag_help(l->d, "add `bounds: [0.5, 2]`, the least and largest ratio of final to initial "
                        "weight");
    }
    if (c->method == CALIBRATE_POSTSTRATIFY && yaml_find(node, "bounds"))
        diag(l->d, E0115, node->where, "post-stratification has no `bounds`");
}

// ---- matrix

CHOICES(thresholds, "mean", "median", "fixed", "peer");
CHOICES(axes, "stated", "derived");
CHOICES(scopes, "cell", "total");
static const struct range index_range = {0, 100, NONE, false};
static const struct key matrix_rows[] = {
    {"threshold", KEY_CHOICE_TEXT, .offset = offsetof(struct survey, matrix_threshold),
     .choices = &thresholds},
    {"axis", KEY_CHOICE_FLAG, .offset = offsetof(struct survey, matrix_derived), .choices = &axes},
    {"scope", KEY_CHOICE_FLAG, .offset = offsetof(struct survey, matrix_total), .choices = &scopes},
    {"importance", KEY_NUMBER, .offset = offsetof(struct survey, matrix_importance),
     .range = &index_range},
    {"performance", KEY_NUMBER, .offset = offsetof(struct survey, matrix_performance),
     .range = &index_range},
};
KEY_SET(matrix_keys, "matrix", matrix_rows);

static void load_matrix(struct load *l, const struct yaml_node *node, void *field)
{
    struct survey *s = field;
    load_map(l, node, &matrix_keys, s);
    bool fixed = strcmp(s->matrix_threshold, "fixed") == 0;
    bool both = yaml_find(node, "importance") && yaml_find(node, "performance");
    bool any = yaml_find(node, "importance") || yaml_find(node, "performance");
    if (fixed && !both) {
        diag(l->d, E0106, node->where, "a fixed threshold without both of its values");
        diag_help(l->d, "add `importance:` and `performance:`, each from 0 to 100");
    }
    if (!fixed && any)
        diag(l->d, E0115, node->where,
             "`importance` and `performance` belong to `threshold: fixed`");
}

// ---- the survey

CHOICES(lonelies, "error", "certainty", "adjust", "average", "remove");
CHOICES(instruments, "client", "potential", "staff");
static const struct range percent_75 = {0, 100, 75, false}, percent_80 = {0, 100, 80, false};
static const struct range eligible_range = {1, 1e12, NONE, false};

#define LIST(type, field, one)                            \
    {                                                     \
        sizeof(type), offsetof(struct survey, field), one \
    }
static const struct list_of items = LIST(struct item, item_count, load_item);
static const struct list_of ratios = LIST(struct ratio, ratio_count, load_ratio);
static const struct list_of composites = LIST(struct composite, composite_count, load_composite);

static const struct key survey_rows[] = {
    {"id", KEY_ID, .offset = offsetof(struct survey, in.id), .required = true},
    {"mode", KEY_TEXT, .offset = offsetof(struct survey, mode)},
    {"instrument", KEY_CHOICE_TEXT, .offset = offsetof(struct survey, instrument),
     .choices = &instruments},
    {"items", KEY_LIST, .offset = offsetof(struct survey, items), .required = true, .list = &items},
    {"ratios", KEY_LIST, .offset = offsetof(struct survey, ratios), .list = &ratios},
    {"composites", KEY_LIST, .offset = offsetof(struct survey, composites), .list = &composites},
    {"replicates", KEY_CALL, .offset = offsetof(struct survey, replicates),
     .call = load_replicates},
    {"lonely", KEY_CHOICE, .offset = offsetof(struct survey, lonely), .choices = &lonelies},
    {"calibrate", KEY_CALL, .offset = offsetof(struct survey, calibrate), .call = load_calibrate},
    {"done_well", KEY_NUMBER, .offset = offsetof(struct survey, done_well), .range = &percent_75},
    {"client_standard", KEY_NUMBER, .offset = offsetof(struct survey, client_standard),
     .range = &percent_80},
    {"eligible", KEY_NUMBER, .offset = offsetof(struct survey, eligible), .range = &eligible_range},
    {"standardise", KEY_TEXT, .offset = offsetof(struct survey, standardise)},
    {"matrix", KEY_CALL, .call = load_matrix},
};
static const struct key_set survey_keys = {"survey", survey_rows, COUNT(survey_rows), &input_keys,
                                           0};

// What stands under keys that may be absent has defaults as well.
static void survey_defaults(struct survey *s)
{
    load_defaults(&replicate_keys, &s->replicates);
    load_defaults(&calibrate_keys, &s->calibrate);
    s->replicates.columns = "";
    s->calibrate.low = s->calibrate.high = NONE;
    load_defaults(&matrix_keys, s);
    load_defaults(&input_keys, &s->calibrate.margins);
    s->calibrate.margins.kind = INPUT_MARGINS;
}

void load_survey(struct load *l, const struct yaml_node *node, void *field)
{
    struct survey *s = field;
    survey_defaults(s);
    load_input(l, node, &s->in, INPUT_SURVEY, &survey_keys, s);
    if (yaml_find(node, "items") && yaml_find(node, "items")->kind == YAML_LIST && !s->item_count) {
        diag(l->d, E0106, node->where, "survey %s has no items", s->in.id);
        diag_help(l->d, "add an item: `- {id: overall, column: q1, scale: satisfaction}`");
    }
    if (node->kind == YAML_MAP)
        check_survey(l, s);
}
