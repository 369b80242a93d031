// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/egov_state.h"

#include <math.h>
#include <stdlib.h>

// ---- order

struct sorter {
    const uint32_t *rank;
    const struct egov_row *row;
};

static int row_order(const void *left, const void *right)
{
    const struct sorter *a = left, *b = right;
    const struct egov_row *x = a->row, *y = b->row;
    if (x->region != y->region)
        return x->region < y->region ? -1 : 1;
    if (x->service != y->service)
        return a->rank[x->service] < b->rank[y->service] ? -1 : 1;
    return (x->period > y->period) - (x->period < y->period);
}

static void sort_rows(struct egov_block *block, const uint32_t *rank)
{
    size_t count = block->rows.len;
    struct sorter *keys = mem_new(count + 1, sizeof *keys);
    struct egov_row *sorted = mem_new(count + 1, sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        keys[i] = (struct sorter){rank, &block->rows.at[i]};
    qsort(keys, count, sizeof *keys, row_order);
    for (size_t i = 0; i < count; i++)
        sorted[i] = *keys[i].row;
    if (count)
        memcpy(block->rows.at, sorted, count * sizeof *sorted);
    mem_free(sorted);
    mem_free(keys);
}

static int score_order(const void *left, const void *right)
{
    const struct egov_score *a = left, *b = right;
    if (a->region != b->region)
        return a->region < b->region ? -1 : 1;
    if (a->measure != b->measure)
        return a->measure < b->measure ? -1 : 1;
    if (a->period != b->period)
        return a->period < b->period ? -1 : 1;
    return (a->value > b->value) - (a->value < b->value);
}

void egov_settle(const struct run *run, struct egov_state *s)
{
    s->service_rank = dict_ranks(&s->services);
    s->sector_rank = dict_ranks(&s->sectors);
    for (size_t b = 0; b < s->block_count; b++) {
        struct egov_block *block = &s->blocks[b];
        for (size_t i = 0; i < block->rows.len; i++) {
            block->rows.at[i].region = admin_region(run->places, block->rows.at[i].region);
            block->rows.at[i].period = admin_period(run->places, block->rows.at[i].period);
        }
        for (size_t i = 0; i < block->scores.len; i++) {
            block->scores.at[i].region = admin_region(run->places, block->scores.at[i].region);
            block->scores.at[i].period = admin_period(run->places, block->scores.at[i].period);
        }
        sort_rows(block, s->service_rank);
        if (block->scores.len)
            qsort(block->scores.at, block->scores.len, sizeof *block->scores.at, score_order);
    }
}

void egov_drop(void *state)
{
    struct egov_state *s = state;
    if (!s)
        return;
    for (size_t b = 0; b < s->block_count; b++) {
        vec_free(&s->blocks[b].rows);
        vec_free(&s->blocks[b].scores);
    }
    mem_free(s->service_rank);
    mem_free(s->sector_rank);
    dict_free(&s->services);
    dict_free(&s->sectors);
    arena_free(&s->arena);
    mem_free(s);
}

uint64_t egov_key(uint16_t region, uint32_t service)
{
    return (uint64_t)region << 32 | service;
}

// ---- sums

size_t egov_levels(const struct model *m)
{
    return m && m->level_count ? m->level_count : 3;
}

double egov_sixths(const struct egov_block *block, const struct egov_row *row, int reached)
{
    const struct model *m = block->model;
    if (block->steps || !m || !m->level_count)
        return 6. / row->top * reached;
    return reached ? 6 * m->levels[reached - 1].points / m->levels[row->top - 1].points : 0;
}

static void add_scored(struct egov_sums *s, const struct egov_block *block,
                       const struct egov_row *row)
{
    double now = egov_sixths(block, row, row->reached);
    s->services++;
    s->online += row->reached > 0;
    s->sixths += now;
    s->reached[row->reached]++;
    if (row->reached > 0)
        s->worst_step = fmax(s->worst_step, now - egov_sixths(block, row, row->reached - 1));
    if (row->reached < row->top)
        s->best_step = fmax(s->best_step, egov_sixths(block, row, row->reached + 1) - now);
    if (!isnan(row->crm)) {
        s->crm += row->crm;
        s->crm_services++;
    }
}

static void add_points(struct egov_sums *s, const struct egov_row *row)
{
    if (!row->in_scope)
        return;
    s->scope++;
    s->with_point += row->yes + row->no > 0;
    s->any_yes += row->yes > 0;
    s->end_to_end += row->yes > 0 && row->no == 0;
    s->points_yes += row->yes;
    s->points += row->yes + row->no;
}

struct egov_sums egov_sum(const struct egov_block *block, const struct egov_row *const *rows,
                          size_t count)
{
    struct egov_sums s = {0};
    for (size_t i = 0; i < count; i++) {
        add_points(&s, rows[i]);
        s.unreported += rows[i]->state == SERVICE_UNREPORTED;
        if (rows[i]->state == SERVICE_SCORED)
            add_scored(&s, block, rows[i]);
    }
    return s;
}

// ---- measures

static double score_value(const struct egov_view *v, const struct egov_score *score)
{
    if (!score->indicator)
        return score->value;
    const char *slash = strchr(score->indicator, '/');
    struct buf id = {0};
    buf_put(&id, score->indicator,
            slash ? (size_t)(slash - score->indicator) : strlen(score->indicator));
    const struct estimate *e = results_find(v->run->results, id.ptr, slash ? slash + 1 : "",
                                            score->region, v->span.period, "", "");
    buf_free(&id);
    return e ? e->value : NAN;
}

// The mean of the rows of the scores file in the span; of a plateau, the last one.
static double from_scores(const struct egov_view *v, uint16_t region, enum measure measure)
{
    double sum = 0, count = 0;
    for (size_t i = 0; i < v->block->scores.len; i++) {
        const struct egov_score *score = &v->block->scores.at[i];
        if (score->region != region || score->measure != measure ||
            !span_holds(v->span, v->run->places->periods.at[score->period]))
            continue;
        double value = score_value(v, score);
        if (measure == MEASURE_PLATEAU)
            sum = count = 0;
        sum += value;
        count++;
    }
    return count > 0 ? sum / count : NAN;
}

// The mean of the four pillars, or the measure as it is given.
static double csm(const struct egov_view *v, uint16_t region)
{
    double given = from_scores(v, region, MEASURE_CSM), sum = 0;
    if (!isnan(given))
        return given;
    for (int pillar = MEASURE_CSM_1; pillar <= MEASURE_CSM_4; pillar++)
        sum += from_scores(v, region, (enum measure)pillar);
    return sum / 4;
}

double egov_measure(const struct egov_view *v, uint16_t region, bool whole, enum measure measure)
{
    if (measure == MEASURE_MATURITY)
        return v->sums.services > 0 ? 100 * v->sums.sixths / (6 * v->sums.services) : NAN;
    if (measure == MEASURE_CRM && v->block->has_crm)
        return v->sums.crm_services > 0 ? v->sums.crm / v->sums.crm_services : NAN;
    if (!whole) // a scores file speaks of regions, not of sectors
        return NAN;
    return measure == MEASURE_CSM ? csm(v, region) : from_scores(v, region, measure);
}

double egov_overall(const struct egov_view *v, uint16_t region, bool whole)
{
    const struct model *m = v->block->model;
    double sum = 0;
    if (!m || !m->weights[0].measure)
        return NAN;
    for (size_t i = 0; i < MODEL_WEIGHTS && m->weights[i].measure; i++)
        sum += m->weights[i].percent * egov_measure(v, region, whole, m->weights[i].measure);
    return sum / 100;
}

// How much the overall hangs on one service: lowered by one step where that costs most, raised by
// one step where that gains most.
struct egov_standing egov_standing_of(const struct egov_view *v, uint16_t region)
{
    const struct egov_sums *s = &v->sums;
    double overall = egov_overall(v, region, true);
    double weight = model_weight(v->block->model, MEASURE_MATURITY);
    if (isnan(overall) || !(s->services > 0) || !(weight > 0))
        return (struct egov_standing){overall, NAN, NAN};
    return (struct egov_standing){
        overall,
        overall - weight * s->worst_step / (6 * s->services),
        overall + weight * s->best_step / (6 * s->services),
    };
}
