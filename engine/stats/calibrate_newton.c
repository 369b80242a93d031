// SPDX-License-Identifier: GPL-3.0-or-later
// Linear and logit calibration (Deville, Särndal 1992): Σ d x g(xᵀλ) = T by Newton's steps.
#include "engine/stats/calibrate_inside.h"

#include "engine/stats/matrix.h"

#include <math.h>

struct newton {
    struct calibrate_state *state;
    size_t k;
    quad *lambda, *step, *total, *miss, *slope;
    struct calibrate_entry *x;
    long double low, high, a; // bounds; A of the logit
    bool bounded, logit;
};

// g(u) and its derivative. Linear: 1 + u, cut at bounds. Logit: between low and high, g(0) = g'(0)
// = 1.
static quad ratio_of(const struct newton *n, quad u, quad *derivative)
{
    if (!n->logit) {
        quad g = 1 + u;
        *derivative = 1;
        if (n->bounded && (g <= n->low || g >= n->high)) {
            *derivative = 0;
            g = g <= n->low ? n->low : n->high;
        }
        return g;
    }
    long double e = expl(n->a * (long double)u), top = n->low * (n->high - 1);
    long double g =
        isinf(e) ? n->high : (top + n->high * (1 - n->low) * e) / (n->high - 1 + (1 - n->low) * e);
    *derivative = (quad)(n->a * (g - n->low) * (n->high - g) / (n->high - n->low));
    return (quad)g;
}

// Misses T - Σ d x g and, if wanted, slopes Σ d g' x xᵀ, at lambda.
static void evaluate(struct newton *n, bool slopes)
{
    const struct calibrate_basis *b = n->state->basis;
    size_t k = n->k;
    for (size_t j = 0; j < k; j++)
        n->miss[j] = n->total[j];
    for (size_t j = 0; slopes && j < k * k; j++)
        n->slope[j] = 0;
    for (size_t i = 0; i < b->used; i++) {
        size_t row = b->order[i], count = calibrate_row(b, row, n->x);
        quad u = 0, d = (quad)n->state->design[row], derivative;
        for (size_t j = 0; j < count; j++)
            u += n->lambda[n->x[j].column] * (quad)n->x[j].value;
        quad g = n->state->ratio[i] = ratio_of(n, u, &derivative);
        for (size_t j = 0; j < count; j++)
            n->miss[n->x[j].column] -= d * g * (quad)n->x[j].value;
        for (size_t j = 0; slopes && j < count; j++)
            for (size_t l = 0; l < count; l++)
                n->slope[n->x[j].column * k + n->x[l].column] +=
                    d * derivative * (quad)n->x[j].value * (quad)n->x[l].value;
    }
}

// Which margin a column belongs to.
static void name_column(const struct calibrate_plan *plan, size_t column,
                        struct calibrate_result *result)
{
    for (size_t m = 0; m < plan->margin_count; m++)
        for (size_t l = 0; l < plan->margins[m].levels; l++)
            if (calibrate_column(plan, m, l) == column) {
                result->margin = m;
                result->level = l;
                return;
            }
    size_t first = calibrate_column(plan, plan->margin_count, 1);
    result->margin = plan->margin_count + column - (plan->margin_count ? first : 0);
    result->level = 0;
}

// Largest abs misfit/(1 + abs T).
static double worst(const struct newton *n)
{
    double largest = 0;
    size_t at = 0;
    for (size_t j = 0; j < n->k; j++) {
        double miss = fabs((double)n->miss[j]) / (1 + fabs((double)n->total[j]));
        if (!(miss <= largest)) {
            largest = miss;
            at = j;
        }
    }
    if (!(largest < n->state->tolerance))
        name_column(n->state->basis->plan, at, n->state->result);
    return largest;
}

static void move(struct newton *n, quad part)
{
    for (size_t j = 0; j < n->k; j++)
        n->lambda[j] += part * n->step[j];
}

// One step, halved until it brings the totals nearer. Returns the misfit, not smaller when stuck.
static double improve(struct newton *n, double miss)
{
    evaluate(n, true);
    for (size_t j = 0; j < n->k; j++)
        n->step[j] = n->miss[j];
    matrix_factor(n->slope, n->k, 1e-12); // dependent columns keep lambda 0
    matrix_solve(n->slope, n->k, n->step);
    quad part = 1;
    move(n, part);
    for (int halving = 0; halving < 40; halving++) {
        evaluate(n, false);
        double now = worst(n);
        if (now < miss)
            return now;
        move(n, -part / 2);
        part /= 2;
    }
    return miss;
}

static void fill_totals(struct newton *n, const struct calibrate_plan *plan)
{
    for (size_t m = 0; m < plan->margin_count; m++)
        for (size_t l = 0; l < plan->margins[m].levels; l++) {
            size_t column = calibrate_column(plan, m, l);
            if (column != SIZE_MAX)
                n->total[column] = (quad)plan->margins[m].total[l];
        }
    for (size_t m = 0; m < plan->number_count; m++)
        n->total[n->k - plan->number_count + m] = (quad)plan->numbers[m].total;
}

static void solve(struct newton *n, const struct calibrate_state *s)
{
    evaluate(n, false);
    double miss = worst(n);
    size_t round = 0;
    while (round < s->most && !(miss < s->tolerance)) {
        double now = improve(n, miss);
        round++;
        if (!(now < miss))
            break;
        miss = now;
    }
    s->result->iterations += round;
    bool met = miss < s->tolerance;
    if (!met)
        s->result->fault = n->bounded ? CALIBRATE_BOUNDS : CALIBRATE_NO_END;
    for (size_t i = 0; met && !n->bounded && i < s->basis->used; i++)
        if (s->ratio[i] < 0)
            s->result->fault = CALIBRATE_NEGATIVE;
}

void calibrate_newton(struct calibrate_state *s)
{
    const struct calibrate_plan *plan = s->basis->plan;
    struct arena work = {0};
    size_t k = s->basis->columns;
    struct newton n = {.state = s, .k = k, .logit = plan->kind == CALIBRATION_LOGIT};
    n.lambda = NEWS(&work, k, quad);
    n.step = NEWS(&work, k, quad);
    n.total = NEWS(&work, k, quad);
    n.miss = NEWS(&work, k, quad);
    n.slope = NEWS(&work, k * k, quad);
    n.x = NEWS(&work, plan->margin_count + plan->number_count, struct calibrate_entry);
    n.bounded = plan->low != 0 || plan->high != 0;
    n.low = plan->low;
    n.high = plan->high;
    if (n.bounded)
        n.a = (n.high - n.low) / ((1 - n.low) * (n.high - 1));
    fill_totals(&n, plan);
    solve(&n, s);
    arena_free(&work);
}
