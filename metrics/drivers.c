// SPDX-License-Identifier: GPL-3.0-or-later
// drivers.csv: what goes with overall satisfaction, item by item (statistics.md 12). One moment
// matrix gives everything; errors come from scores through the design like all others.
#include "engine/stats/drivers.h"

#include "engine/stats/dist.h"
#include "engine/stats/rank.h"
#include "metrics/cmt_rows.h"
#include "metrics/moments.h"

#include <math.h>

struct model {
    struct cell *cell;
    const struct asked **at; // outcome first, then the predictors
    size_t p;
    const struct base *base;
    struct moments m;
    struct drivers d;
};

static bool is_complete(const void *context, size_t row)
{
    const struct model *m = context;
    for (size_t k = 0; k <= m->p; k++)
        if (asked_why(m->at[k], row) != VALID)
            return false;
    return true;
}

// Standard error of a statistic from its quadratic form.
static double form_se(const struct model *m, const double *form)
{
    const struct view *v = view_of(m->cell);
    const struct base *b = m->base;
    if (!form)
        return NAN;
    double *u = mem_new(b->n + 1, sizeof *u);
    for (size_t i = 0; i < b->n; i++)
        u[i] = moments_form(&m->m, form, b->row[i], true) / b->weighted_n;
    const struct scores *s = scores_linear(v->arena, b->domain, u, v->frame->residuals);
    double variance = scores_cov(s, s);
    mem_free(u);
    return variance > 0 ? sqrt(variance) : NAN;
}

static void set_model(const struct model *m, struct driver *row, size_t k)
{
    const struct drivers_share *share = &m->d.share[k];
    double df = m->base->domain->df - (double)m->d.used;
    double t = dist_t_quantile(1 - (1 - view_of(m->cell)->study->confidence) / 2, df);
    row->r = share->r;
    row->beta = share->beta;
    row->vif = share->vif;
    row->lmg = share->lmg;
    row->relative_weight = share->relative_weight;
    row->r_squared = m->d.r_squared;
    if (share->constant || m->d.perfect)
        return;
    row->se = form_se(m, share->beta_form);
    if (row->se > 0 && df >= 1) {
        row->t = row->beta / row->se;
        row->p = dist_t_two_sided(row->t, df);
    }
    double se = form_se(m, share->lmg_form);
    if (se > 0 && df >= 1) {
        row->lmg_low = fmax(0, share->lmg - t * se);
        row->lmg_high = fmin(1, share->lmg + t * se);
    }
}

static void say_close(const struct model *m, const struct driver *row)
{
    const struct view *v = view_of(m->cell);
    if (row->vif > 5 && v->group->region == REGION_TOTAL && row->reported)
        diag(v->diags, E0411, m->at[0]->item->where,
             "survey %s: driver %s has a variance inflation of %.1f", row->survey, row->driver,
             row->vif);
}

static struct driver new_row(const struct model *m, const struct placed *p)
{
    const struct view *v = view_of(m->cell);
    return (struct driver){.survey = v->frame->survey->in.id,
                           .region = v->group->region,
                           .period = v->group->period,
                           .item = m->at[0]->item->id,
                           .driver = p->asked->item->id,
                           .n = (double)m->base->n,
                           .r = NAN,
                           .beta = NAN,
                           .se = NAN,
                           .t = NAN,
                           .p = NAN,
                           .vif = NAN,
                           .lmg = NAN,
                           .lmg_low = NAN,
                           .lmg_high = NAN,
                           .relative_weight = NAN,
                           .stated_importance = p->stated,
                           .performance = p->performance,
                           .rank = NAN,
                           .r_squared = NAN,
                           .quadrant = p->quadrant,
                           .unsettled = p->unsettled,
                           .reported = v->group->need == SPAN_REPORT};
}

// Ranks of the priority scores as printed, the largest first.
static double *priority_ranks(struct arena *a, const struct placed *list, size_t count)
{
    double *value = NEWS(a, count + 1, double), *rank = NEWS(a, count + 1, double);
    for (size_t i = 0; i < count; i++)
        value[i] = *list[i].quadrant ? num_round(list[i].priority, 1) : NAN;
    rank_competition(value, count, true, rank);
    return rank;
}

static void drivers_of_cell(struct cell *cell)
{
    const struct view *v = view_of(cell);
    struct placed *list;
    struct model m = {.cell = cell};
    m.p = matrix_place(cell, &list);
    m.at = NEWS(v->arena, m.p + 1, const struct asked *);
    m.at[0] = asked_role(v, ROLE_OVERALL);
    if (!m.at[0] || !m.at[0]->column || !m.p)
        return;
    for (size_t k = 0; k < m.p; k++)
        m.at[k + 1] = list[k].asked;
    m.base = base_where(cell, is_complete, &m);
    if (!m.base->n)
        return;
    m.m = moments_of(v->arena, m.base, m.at, m.p + 1);
    drivers_compute(m.m.cov, m.p, &m.d);
    const double *rank = priority_ranks(v->arena, list, m.p);
    for (size_t k = 0; k < m.p; k++) {
        struct driver row = new_row(&m, &list[k]);
        row.rank = rank[k];
        if (m.d.refusal == DRIVERS_OK)
            set_model(&m, &row, k);
        say_close(&m, &row);
        vec_push(&cell->out->drivers, row);
    }
    drivers_free(&m.d);
}

void drivers_of_survey(struct run *run, const struct frame *f, struct asked **all,
                       const struct group_list *list, struct arena *a)
{
    for (size_t i = 0; i < list->groups.len; i++) {
        const struct group *g = &list->groups.at[i];
        if (*g->breakdown || g->need != SPAN_REPORT)
            continue;
        struct view view = {.frame = f,
                            .group = g,
                            .kept = NEW(a, struct kept),
                            .all = all,
                            .arena = a,
                            .study = run->study,
                            .diags = run->diags,
                            .peers = run->peers,
                            .answer_by = "",
                            .answer = ""};
        struct cell cell = {.out = run->results,
                            .item = "",
                            .region = g->region,
                            .period = g->period,
                            .by = "",
                            .level = "",
                            .reported = true,
                            .state = &view};
        drivers_of_cell(&cell);
    }
}
