// SPDX-License-Identifier: GPL-3.0-or-later
// Interaction points, high-volume services, stages and the United Nations index.
#include "metrics/egov_rows.h"

#include <math.h>

static const struct egov_view *view_of(const struct cell *cell)
{
    return cell->state;
}

static void share_row(const struct indicator *self, struct cell *cell, double numerator,
                      double denominator, double n)
{
    struct estimate *e = cell_add(cell, self);
    if (!view_of(cell)->count)
        return;
    e->n = n;
    admin_share(e, numerator, denominator);
}

// ---- points

// Services with no point to judge stay in the denominator: so is it published.
void egov_end_to_end(const struct indicator *self, struct cell *cell)
{
    const struct egov_sums *s = &view_of(cell)->sums;
    if (view_of(cell)->block->has_points)
        share_row(self, cell, s->end_to_end, s->scope, s->scope);
}

void egov_end_to_end_applicable(const struct indicator *self, struct cell *cell)
{
    const struct egov_sums *s = &view_of(cell)->sums;
    if (view_of(cell)->block->has_points)
        share_row(self, cell, s->end_to_end, s->with_point, s->with_point);
}

void egov_points_enabled(const struct indicator *self, struct cell *cell)
{
    const struct egov_sums *s = &view_of(cell)->sums;
    if (view_of(cell)->block->has_points)
        share_row(self, cell, s->points_yes, s->points, s->scope);
}

void egov_any_point(const struct indicator *self, struct cell *cell)
{
    const struct egov_sums *s = &view_of(cell)->sums;
    if (view_of(cell)->block->has_points)
        share_row(self, cell, s->any_yes, s->scope, s->scope);
}

void egov_with_standard(const struct indicator *self, struct cell *cell)
{
    const struct egov_view *v = view_of(cell);
    double with = 0;
    if (!v->with_standard)
        return;
    for (size_t i = 0; i < v->count; i++)
        with += v->rows[i]->in_scope &&
                counters_get(v->with_standard, egov_key(v->rows[i]->region, v->rows[i]->service));
    share_row(self, cell, with, v->sums.scope, v->sums.scope);
}

// ---- high volume

static bool is_high(const struct egov_view *v, const struct egov_row *row)
{
    return row->external && row->applications >= v->block->in->high_volume;
}

// Only services with a point that is Y or N; counting all gives another figure than published.
void egov_hv_end_to_end(const struct indicator *self, struct cell *cell)
{
    const struct egov_view *v = view_of(cell);
    double high = 0, whole = 0;
    if (!v->block->has_points || !v->block->has_volume)
        return;
    for (size_t i = 0; i < v->count; i++) {
        const struct egov_row *row = v->rows[i];
        if (!is_high(v, row) || row->yes + row->no == 0)
            continue;
        high++;
        whole += row->no == 0;
    }
    share_row(self, cell, whole, high, high);
}

// Here telephone enquiries count as volume too; what is not reported adds nothing.
void egov_hv_standard_met(const struct indicator *self, struct cell *cell)
{
    const struct egov_view *v = view_of(cell);
    double high = 0, met = 0;
    if (!v->standard_met || !v->block->has_volume)
        return;
    for (size_t i = 0; i < v->count; i++) {
        const struct egov_row *row = v->rows[i];
        double volume = (isnan(row->applications) ? 0 : row->applications) +
                        (isnan(row->enquiries) ? 0 : row->enquiries);
        if (!row->external || volume < v->block->in->high_volume)
            continue;
        high++;
        met += counters_get(v->standard_met, egov_key(row->region, row->service)) > 0;
    }
    share_row(self, cell, met, high, high);
}

// As published: applications of services that do not report those on-line stay in the denominator,
// so the share reads low; it is flagged when that is more than a few services.
void egov_hv_online_share(const struct indicator *self, struct cell *cell)
{
    const struct egov_view *v = view_of(cell);
    double online = 0, applications = 0, services = 0, unreported = 0;
    if (!v->block->has_volume)
        return;
    for (size_t i = 0; i < v->count; i++) {
        const struct egov_row *row = v->rows[i];
        if (!is_high(v, row))
            continue;
        services++;
        applications += row->applications;
        unreported += isnan(row->online);
        online += isnan(row->online) ? 0 : row->online;
    }
    struct estimate *e = cell_add(cell, self);
    e->n = v->count ? services : NAN;
    if (!v->count || unreported == services)
        return;
    admin_share(e, online, applications);
    admin_unreported(e, unreported, services);
}

// ---- stages

typedef double stage_fn(const struct egov_row *row);

static double stage_now(const struct egov_row *row)
{
    return row->stage_now;
}

static double stage_target(const struct egov_row *row)
{
    return row->stage_target;
}

// The mean stage of the services of each kind, which is the item.
static void stage_rows(const struct indicator *self, struct cell *cell, stage_fn *stage)
{
    static const struct {
        enum service_kind kind;
        const char *id;
    } kinds[] = {{KIND_INFORMATION, "information"}, {KIND_TRANSACTION, "transaction"}};
    const struct egov_view *v = view_of(cell);
    if (!v->block->has_stage)
        return;
    for (size_t k = 0; k < 2; k++) {
        double sum = 0, count = 0;
        struct cell here = *cell;
        here.item = kinds[k].id;
        for (size_t i = 0; i < v->count; i++) {
            if (v->rows[i]->kind != kinds[k].kind || isnan(stage(v->rows[i])))
                continue;
            sum += stage(v->rows[i]);
            count++;
        }
        struct estimate *e = cell_add(&here, self);
        if (!(count > 0))
            continue;
        e->n = e->denominator = count;
        e->numerator = sum;
        estimate_set(e, sum / count);
    }
}

void egov_stage(const struct indicator *self, struct cell *cell)
{
    stage_rows(self, cell, stage_now);
}

void egov_stage_target(const struct indicator *self, struct cell *cell)
{
    stage_rows(self, cell, stage_target);
}

void egov_at_target(const struct indicator *self, struct cell *cell)
{
    const struct egov_view *v = view_of(cell);
    double both = 0, there = 0;
    if (!v->block->has_stage)
        return;
    for (size_t i = 0; i < v->count; i++) {
        const struct egov_row *row = v->rows[i];
        if (isnan(row->stage_now) || isnan(row->stage_target))
            continue;
        both++;
        there += row->stage_now >= row->stage_target;
    }
    share_row(self, cell, there, both, both);
}

void egov_stage_share(const struct indicator *self, struct cell *cell)
{
    static const char *const levels[] = {"1-3", "4-6", "7-9"};
    const struct egov_view *v = view_of(cell);
    double counts[3] = {0}, all = 0;
    if (!v->block->has_stage || !v->levels || !egov_whole(cell))
        return;
    for (size_t i = 0; i < v->count; i++) {
        double now = v->rows[i]->stage_now;
        if (isnan(now))
            continue;
        counts[now < 4 ? 0 : now < 7 ? 1 : 2]++;
        all++;
    }
    struct cell here = *cell;
    here.by = "stage";
    for (size_t i = 0; i < 3; i++) {
        here.level = levels[i];
        share_row(self, &here, counts[i], all, all);
    }
}

// ---- the United Nations index

// The model of the catalogue where it is the index; else the index stands beside any model for
// which the scores give one of its parts.
static const struct model *index_model(const struct egov_view *v)
{
    if (model_weight(v->block->model, MEASURE_OSI) > 0)
        return v->block->model;
    for (size_t i = 0; i < v->block->scores.len; i++)
        if (v->block->scores.at[i].measure >= MEASURE_OSI)
            return model_find("un-egdi");
    return NULL;
}

static double index_value(const struct egov_view *v, const struct model *m, uint16_t region)
{
    double sum = 0;
    for (size_t i = 0; i < MODEL_WEIGHTS && m->weights[i].measure; i++)
        sum += m->weights[i].percent * egov_measure(v, region, true, m->weights[i].measure);
    return sum / 100;
}

void egov_egdi(const struct indicator *self, struct cell *cell)
{
    const struct egov_view *v = view_of(cell);
    const struct model *m = index_model(v);
    if (!m || !egov_whole(cell))
        return;
    double value = index_value(v, m, cell->region);
    struct estimate *e = cell_add(cell, self);
    if (isnan(value))
        admin_absent(e, EST_NOT_APPLICABLE, "measure_missing");
    else
        estimate_set(e, value);
}

void egov_egdi_band(const struct indicator *self, struct cell *cell)
{
    const struct egov_view *v = view_of(cell);
    const struct model_group *band = NULL;
    const struct model *m = index_model(v);
    if (!m || !egov_whole(cell))
        return;
    double value = num_round(index_value(v, m, cell->region), 4);
    struct estimate *e = cell_add(cell, self);
    if (isnan(value))
        admin_absent(e, EST_NOT_APPLICABLE, "measure_missing");
    else
        estimate_set(e, model_group(m, value, &band));
}
