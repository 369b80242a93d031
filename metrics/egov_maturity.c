// SPDX-License-Identifier: GPL-3.0-or-later
// Breadth, depth, maturity and the overall score of a model.
#include "metrics/egov_rows.h"

#include <math.h>

bool egov_whole(const struct cell *cell)
{
    return !*cell->by;
}

static const struct egov_view *view_of(const struct cell *cell)
{
    return cell->state;
}

// A row over the N scored services of the cell; NULL when the catalogue has no levels.
static struct estimate *add_row(const struct indicator *self, struct cell *cell)
{
    const struct egov_view *v = view_of(cell);
    if (!v->block->has_levels)
        return NULL;
    struct estimate *e = cell_add(cell, self);
    e->n = v->sums.services > 0 ? v->sums.services : NAN;
    return e;
}

static void flag(struct estimate *e, const struct egov_view *v)
{
    admin_unreported(e, v->sums.unreported, v->sums.unreported + v->sums.services);
}

// No service at all is no data; services that none of them applies to, not applicable.
static void no_services(struct estimate *e, const struct egov_view *v)
{
    if (v->count && v->sums.unreported == 0)
        admin_absent(e, EST_NOT_APPLICABLE, "nothing_measured");
}

static void count_row(const struct indicator *self, struct cell *cell, double value)
{
    const struct egov_view *v = view_of(cell);
    struct estimate *e = add_row(self, cell);
    if (!e || !v->count)
        return;
    estimate_set(e, value);
    flag(e, v);
}

void egov_services(const struct indicator *self, struct cell *cell)
{
    count_row(self, cell, view_of(cell)->sums.services);
}

void egov_online(const struct indicator *self, struct cell *cell)
{
    count_row(self, cell, view_of(cell)->sums.online);
}

// 100 · numerator / denominator over scored services.
static void share_row(const struct indicator *self, struct cell *cell, double numerator,
                      double denominator)
{
    const struct egov_view *v = view_of(cell);
    struct estimate *e = add_row(self, cell);
    if (!e)
        return;
    if (!(v->sums.services > 0)) {
        no_services(e, v);
        return;
    }
    admin_share(e, numerator, denominator);
    flag(e, v);
}

void egov_breadth(const struct indicator *self, struct cell *cell)
{
    const struct egov_view *v = view_of(cell);
    share_row(self, cell, v->sums.online, v->sums.services);
}

// Over the services that are on-line; else those that are not would count twice in maturity.
void egov_depth(const struct indicator *self, struct cell *cell)
{
    const struct egov_view *v = view_of(cell);
    share_row(self, cell, v->sums.sixths / 6, v->sums.online);
}

void egov_service_maturity(const struct indicator *self, struct cell *cell)
{
    const struct egov_view *v = view_of(cell);
    share_row(self, cell, v->sums.sixths / 6, v->sums.services);
}

void egov_level_share(const struct indicator *self, struct cell *cell)
{
    static const char *const names[2][4] = {{"none", "publish", "interact", "transact"},
                                            {"0", "1", "2", "3"}};
    const struct egov_view *v = view_of(cell);
    if (!v->block->has_levels || !v->levels || !egov_whole(cell))
        return;
    struct cell here = *cell;
    here.by = "level";
    const struct model *m = v->block->model;
    bool own = !v->block->steps && m && m->level_count;
    for (size_t i = 0; i <= (own ? m->level_count : 3); i++) {
        here.level = own && i ? m->levels[i - 1].id : names[v->block->steps][i];
        share_row(self, &here, v->sums.reached[i], v->sums.services);
    }
}

// ---- measures beside the services

// Is there anything in the study from which the measure could come?
static bool declared(const struct egov_view *v, enum measure measure)
{
    bool scored = false;
    for (size_t i = 0; i < v->block->scores.len; i++)
        scored |= v->block->scores.at[i].measure == measure ||
                  (measure == MEASURE_CSM && v->block->scores.at[i].measure >= MEASURE_CSM_1 &&
                   v->block->scores.at[i].measure <= MEASURE_CSM_4);
    return scored || model_weight(v->block->model, measure) > 0 ||
           (measure == MEASURE_CRM && v->block->has_crm);
}

static void measure_row(const struct indicator *self, struct cell *cell, enum measure measure)
{
    const struct egov_view *v = view_of(cell);
    bool elements = measure == MEASURE_CRM && v->block->has_crm;
    if (!declared(v, measure) || (!egov_whole(cell) && !elements))
        return;
    struct estimate *e = cell_add(cell, self);
    double value = egov_measure(v, cell->region, egov_whole(cell), measure);
    if (isnan(value)) {
        admin_absent(e, EST_NOT_APPLICABLE, "measure_missing");
        return;
    }
    estimate_set(e, value);
    if (elements) {
        e->n = v->sums.crm_services;
        e->numerator = v->sums.crm / 100;
        e->denominator = v->sums.crm_services;
    }
}

void egov_crm(const struct indicator *self, struct cell *cell)
{
    measure_row(self, cell, MEASURE_CRM);
}

void egov_csm(const struct indicator *self, struct cell *cell)
{
    measure_row(self, cell, MEASURE_CSM);
}

void egov_voice(const struct indicator *self, struct cell *cell)
{
    measure_row(self, cell, MEASURE_VOICE);
}

void egov_plateau(const struct indicator *self, struct cell *cell)
{
    if (egov_whole(cell))
        measure_row(self, cell, MEASURE_PLATEAU);
}

// ---- the overall score

// The index of the United Nations has rows of its own.
static bool is_scored_model(const struct egov_view *v)
{
    const struct model *m = v->block->model;
    return m && m->weights[0].measure && !(model_weight(m, MEASURE_OSI) > 0);
}

void egov_overall_row(const struct indicator *self, struct cell *cell)
{
    const struct egov_view *v = view_of(cell);
    bool from_services = egov_whole(cell) || v->block->has_crm;
    if (!is_scored_model(v) || !from_services)
        return;
    double value = egov_overall(v, cell->region, egov_whole(cell));
    struct estimate *e = cell_add(cell, self);
    if (isnan(value)) {
        admin_absent(e, EST_NOT_APPLICABLE, "measure_missing");
        return;
    }
    e->n = v->sums.services;
    estimate_set(e, value);
    flag(e, v);
    if (!v->block->model->verified && !*e->reason)
        e->reason = "weights_unverified";
}

void egov_group(const struct indicator *self, struct cell *cell)
{
    const struct egov_view *v = view_of(cell);
    if (!is_scored_model(v) || !v->block->model->groups[0].label.id || !egov_whole(cell))
        return;
    const struct model_group *group = NULL;
    double overall = num_round(egov_overall(v, cell->region, true), 1);
    int place = isnan(overall) ? 0 : model_group(v->block->model, overall, &group);
    struct cell here = *cell;
    if (group) {
        here.by = "group";
        here.level = group->label.id;
    }
    struct estimate *e = cell_add(&here, self);
    e->n = group ? v->sums.services : NAN;
    if (group)
        estimate_set(e, place);
    else
        admin_absent(e, EST_NOT_APPLICABLE, isnan(overall) ? "measure_missing" : "no_thresholds");
}

// ---- ranks

struct ranking {
    double units, better, wholly_better, wholly_worse;
};

// Compared as printed, so that nobody reads two equal scores under two ranks.
static struct ranking ranking_of(const struct egov_view *v, uint16_t region)
{
    int d = v->block->model->rank_decimals;
    const struct egov_standing *own = &v->standings[region];
    struct ranking r = {0};
    for (size_t i = 0; i < v->run->places->region_count; i++) {
        const struct egov_standing *other = &v->standings[i];
        if (isnan(other->overall))
            continue;
        r.units++;
        r.better += num_round(other->overall, d) > num_round(own->overall, d);
        r.wholly_better += num_round(other->low, d) > num_round(own->high, d);
        r.wholly_worse += num_round(other->high, d) < num_round(own->low, d);
    }
    return r;
}

// Standard competition rank; the interval says how many ranks hang on one service.
void egov_rank(const struct indicator *self, struct cell *cell)
{
    const struct egov_view *v = view_of(cell);
    if (!v->standings || cell->region == REGION_TOTAL || !egov_whole(cell))
        return;
    struct estimate *e = cell_add(cell, self);
    const struct egov_standing *own = &v->standings[cell->region];
    if (isnan(own->overall)) {
        admin_absent(e, EST_NOT_APPLICABLE, "measure_missing");
        return;
    }
    struct ranking r = ranking_of(v, cell->region);
    if (r.units < 2) {
        admin_absent(e, EST_NOT_APPLICABLE, "nothing_measured");
        return;
    }
    e->n = e->denominator = r.units;
    estimate_set(e, 1 + r.better);
    if (isnan(own->low))
        return;
    e->low = 1 + r.wholly_better;
    e->high = r.units - r.wholly_worse;
}

// ---- what one service brings: rows with its id as item

enum part { PART_CONTRIBUTION, PART_GAIN, PART_STEP };

static double sixths_of(const struct egov_block *block, const struct egov_row *row, enum part part)
{
    double now = egov_sixths(block, row, row->reached);
    if (part == PART_CONTRIBUTION)
        return now;
    if (row->reached >= row->top)
        return 0;
    return part == PART_GAIN ? 6 - now : egov_sixths(block, row, row->reached + 1) - now;
}

static void part_row(const struct indicator *self, const struct cell *cell, uint32_t service,
                     double sixths, double rows)
{
    const struct egov_view *v = view_of(cell);
    struct str id = v->state->services.keys.at[service];
    struct cell here = *cell;
    here.item = arena_copy(&cell->out->arena, id.ptr, id.len);
    struct estimate *e = cell_add(&here, self);
    e->n = rows;
    e->numerator = sixths / 6;
    e->denominator = v->sums.services;
    estimate_set(e,
                 model_weight(v->block->model, MEASURE_MATURITY) * sixths / (6 * v->sums.services));
}

static void part_rows(const struct indicator *self, const struct cell *cell, enum part part)
{
    const struct egov_view *v = view_of(cell);
    if (!(model_weight(v->block->model, MEASURE_MATURITY) > 0) || !v->levels || !egov_whole(cell))
        return;
    size_t services = v->state->services.keys.len;
    double *sixths = mem_new(services + 1, sizeof *sixths);
    double *rows = mem_new(services + 1, sizeof *rows);
    uint32_t *by_rank = mem_new(services + 1, sizeof *by_rank);
    for (uint32_t i = 0; i < services; i++)
        by_rank[v->state->service_rank[i]] = i;
    for (size_t i = 0; i < v->count; i++) {
        if (v->rows[i]->state != SERVICE_SCORED)
            continue;
        sixths[v->rows[i]->service] += sixths_of(v->block, v->rows[i], part);
        rows[v->rows[i]->service]++;
    }
    for (size_t i = 0; i < services; i++)
        if (rows[by_rank[i]] > 0)
            part_row(self, cell, by_rank[i], sixths[by_rank[i]], rows[by_rank[i]]);
    mem_free(by_rank);
    mem_free(rows);
    mem_free(sixths);
}

void egov_contribution(const struct indicator *self, struct cell *cell)
{
    part_rows(self, cell, PART_CONTRIBUTION);
}

void egov_gain(const struct indicator *self, struct cell *cell)
{
    part_rows(self, cell, PART_GAIN);
}

void egov_step_gain(const struct indicator *self, struct cell *cell)
{
    part_rows(self, cell, PART_STEP);
}
