// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/calibrate.h"

#include "engine/stats/calibrate_inside.h"

#include <math.h>

enum { MOST_ITERATIONS = 1000, MOST_TRIMS = 50 };
static const double agreement = 1e-9; // of grand totals

static bool refuse(struct calibrate_result *r, enum calibrate_fault fault, size_t margin,
                   size_t level)
{
    r->fault = fault;
    r->margin = margin;
    r->level = level;
    return false;
}

static bool kind_fits(const struct calibrate_plan *p, struct calibrate_result *r)
{
    bool bounds = p->low != 0 || p->high != 0;
    bool fits = p->margin_count + p->number_count > 0;
    if (p->kind == CALIBRATION_POSTSTRATIFY)
        fits = p->margin_count == 1 && p->number_count == 0;
    if (p->kind == CALIBRATION_RAKE)
        fits = p->margin_count > 0 && p->number_count == 0;
    if (p->kind == CALIBRATION_LOGIT)
        fits = fits && bounds;
    if (!fits)
        return refuse(r, CALIBRATE_KIND, 0, 0);
    if (bounds && !(p->low >= 0 && p->low < 1 && p->high > 1 && isfinite(p->high)))
        return refuse(r, CALIBRATE_BOUNDS, 0, 0);
    return true;
}

static bool rows_fit(const struct calibrate_plan *p, struct calibrate_result *r)
{
    size_t used = 0;
    for (size_t i = 0; i < p->rows; i++) {
        if (!isfinite(p->design[i]) || p->design[i] < 0)
            return refuse(r, CALIBRATE_BAD_NUMBER, 0, 0);
        used += p->design[i] > 0;
    }
    return used > 0 || refuse(r, CALIBRATE_NO_ROWS, 0, 0);
}

// Sums the totals of a margin and checks each level against the sample.
static bool margin_fits(const struct calibrate_plan *p, size_t m, quad *sum,
                        struct calibrate_result *r)
{
    const struct calibrate_margin *margin = &p->margins[m];
    bool *seen = mem_new(margin->levels, sizeof *seen), fits = true;
    for (size_t i = 0; i < p->rows; i++)
        if (p->design[i] > 0)
            seen[margin->level[i]] = true;
    *sum = 0;
    for (size_t l = 0; l < margin->levels && fits; l++) {
        double total = margin->total[l];
        *sum += (quad)total;
        if (!isfinite(total) || total < 0)
            fits = refuse(r, CALIBRATE_BAD_NUMBER, m, l);
        else if (total > 0 && !seen[l])
            fits = refuse(r, CALIBRATE_LEVEL_EMPTY, m, l);
        else if (total == 0 && seen[l])
            fits = refuse(r, CALIBRATE_LEVEL_NULL, m, l);
    }
    mem_free(seen);
    return fits;
}

static bool margins_fit(const struct calibrate_plan *p, struct calibrate_result *r)
{
    quad first = 0, sum;
    for (size_t m = 0; m < p->margin_count; m++) {
        if (!margin_fits(p, m, &sum, r))
            return false;
        if (m == 0)
            first = sum;
        if (!(fabs((double)(sum - first)) <= agreement * (double)first))
            return refuse(r, CALIBRATE_DISAGREE, m, 0);
    }
    for (size_t m = 0; m < p->number_count; m++) {
        if (!isfinite(p->numbers[m].total))
            return refuse(r, CALIBRATE_BAD_NUMBER, p->margin_count + m, 0);
        for (size_t i = 0; i < p->rows; i++)
            if (p->design[i] > 0 && !isfinite(p->numbers[m].value[i]))
                return refuse(r, CALIBRATE_BAD_NUMBER, p->margin_count + m, 0);
    }
    return true;
}

static double weighted(const struct calibrate_basis *b, const double *weight, size_t margin,
                       size_t level)
{
    const struct calibrate_plan *p = b->plan;
    quad sum = 0;
    for (size_t i = 0; i < b->used; i++) {
        size_t row = b->order[i];
        if (margin >= p->margin_count)
            sum += (quad)weight[row] * (quad)p->numbers[margin - p->margin_count].value[row];
        else if (p->margins[margin].level[row] == level)
            sum += (quad)weight[row];
    }
    return (double)sum;
}

static double misfit(const struct calibrate_basis *b, const double *weight, size_t margin)
{
    const struct calibrate_plan *p = b->plan;
    if (margin >= p->margin_count) {
        double total = p->numbers[margin - p->margin_count].total;
        return fabs(weighted(b, weight, margin, 0) - total) / (1 + fabs(total));
    }
    double largest = 0;
    for (size_t l = 0; l < p->margins[margin].levels; l++) {
        double total = p->margins[margin].total[l];
        if (total > 0)
            largest = fmax(largest, fabs(weighted(b, weight, margin, l) / total - 1));
    }
    return largest;
}

void calibrate_misfits(const struct calibrate_plan *plan, const double *weight, double *out)
{
    struct calibrate_basis basis;
    calibrate_setup(&basis, plan);
    for (size_t m = 0; m < plan->margin_count + plan->number_count; m++)
        out[m] = misfit(&basis, weight, m);
    calibrate_basis_free(&basis);
}

static void summarise(const struct calibrate_basis *b, const double *weight,
                      struct calibrate_result *r)
{
    quad sum = 0, squares = 0;
    r->lowest = r->lowest_ratio = INFINITY;
    r->highest = r->highest_ratio = -INFINITY;
    for (size_t i = 0; i < b->used; i++) {
        double w = weight[b->order[i]], ratio = w / b->plan->design[b->order[i]];
        sum += (quad)w;
        squares += (quad)w * (quad)w;
        r->lowest = fmin(r->lowest, w);
        r->highest = fmax(r->highest, w);
        r->lowest_ratio = fmin(r->lowest_ratio, ratio);
        r->highest_ratio = fmax(r->highest_ratio, ratio);
    }
    r->mean = (double)(sum / (quad)b->used);
    r->deff = (double)((quad)b->used * squares / (sum * sum)); // Kish 1965
    for (size_t m = 0; m < b->plan->margin_count + b->plan->number_count; m++)
        r->misfit = fmax(r->misfit, misfit(b, weight, m));
}

static void calibrate_once(struct calibrate_state *s, double *weight)
{
    enum calibration kind = s->basis->plan->kind;
    if (kind == CALIBRATION_POSTSTRATIFY || kind == CALIBRATION_RAKE)
        calibrate_rake(s);
    else
        calibrate_newton(s);
    for (size_t i = 0; i < s->basis->used; i++) {
        size_t row = s->basis->order[i];
        weight[row] = (double)((quad)s->design[row] * s->ratio[i]);
    }
}

// Cuts weights at the cap into `cut`. Returns by how much the largest passed it, in caps.
static double cut_weights(const struct calibrate_basis *b, const double *weight, double *cut)
{
    quad sum = 0;
    double excess = 0;
    for (size_t i = 0; i < b->used; i++)
        sum += (quad)weight[b->order[i]];
    double cap = (double)(sum / (quad)b->used) * b->plan->trim;
    for (size_t i = 0; i < b->used; i++) {
        size_t row = b->order[i];
        excess = fmax(excess, weight[row] / cap - 1);
        cut[row] = fmin(weight[row], cap);
    }
    return excess;
}

static void trim(struct calibrate_state *s, double *weight)
{
    double *cut = mem_new(s->basis->plan->rows, sizeof *cut);
    double excess = cut_weights(s->basis, weight, cut);
    s->design = cut;
    while (excess > 1e-9 && s->result->trims < MOST_TRIMS && !s->result->fault) {
        s->result->trims++;
        calibrate_once(s, weight);
        excess = cut_weights(s->basis, weight, cut);
    }
    if (s->result->fault || excess > 1e-6)
        s->result->fault = CALIBRATE_TRIM;
    mem_free(cut);
}

struct calibrate_result calibrate_weights(const struct calibrate_plan *plan, double *weight)
{
    struct calibrate_result r = {0};
    for (size_t i = 0; i < plan->rows; i++)
        weight[i] = 0;
    if (!kind_fits(plan, &r) || !rows_fit(plan, &r) || !margins_fit(plan, &r))
        return r;
    struct calibrate_basis basis;
    calibrate_setup(&basis, plan);
    struct calibrate_state s = {
        .basis = &basis,
        .design = plan->design,
        .ratio = mem_new(basis.used, sizeof(quad)),
        .tolerance = plan->tolerance > 0 ? plan->tolerance : 1e-12,
        .most = plan->iterations ? plan->iterations : MOST_ITERATIONS,
        .result = &r,
    };
    calibrate_once(&s, weight);
    if (plan->trim > 0 && !r.fault)
        trim(&s, weight);
    summarise(&basis, weight, &r);
    mem_free(s.ratio);
    calibrate_basis_free(&basis);
    return r;
}
