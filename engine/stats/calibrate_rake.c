// SPDX-License-Identifier: GPL-3.0-or-later
// Iterative proportional fitting (Deming, Stephan 1940) over the cells that the margins cut.
#include "engine/stats/calibrate_inside.h"

#include <math.h>

struct cells {
    size_t count;
    size_t *first; // place in the order of each cell's first row; count + 1 of them
    quad *design, *ratio;
};

static bool same_cell(const struct calibrate_plan *plan, uint32_t i, uint32_t j)
{
    for (size_t m = 0; m < plan->margin_count; m++)
        if (plan->margins[m].level[i] != plan->margins[m].level[j])
            return false;
    return true;
}

static void cells_start(struct cells *c, const struct calibrate_state *s)
{
    const struct calibrate_basis *b = s->basis;
    *c = (struct cells){0, mem_new(b->used + 1, sizeof *c->first),
                        mem_new(b->used, sizeof *c->design), mem_new(b->used, sizeof *c->ratio)};
    for (size_t i = 0; i < b->used; i++) {
        if (i == 0 || !same_cell(b->plan, b->order[i - 1], b->order[i])) {
            c->first[c->count] = i;
            c->ratio[c->count++] = 1;
        }
        c->design[c->count - 1] += (quad)s->design[b->order[i]];
    }
    c->first[c->count] = b->used;
}

static void cells_free(struct cells *c)
{
    mem_free(c->first);
    mem_free(c->design);
    mem_free(c->ratio);
}

static void sum_margin(const struct cells *c, const struct calibrate_basis *b,
                       const struct calibrate_margin *margin, quad *sum)
{
    for (size_t l = 0; l < margin->levels; l++)
        sum[l] = 0;
    for (size_t i = 0; i < c->count; i++)
        sum[margin->level[b->order[c->first[i]]]] += c->design[i] * c->ratio[i];
}

static void fit_margin(struct cells *c, const struct calibrate_basis *b,
                       const struct calibrate_margin *margin, quad *sum)
{
    sum_margin(c, b, margin, sum);
    for (size_t i = 0; i < c->count; i++) {
        uint32_t level = margin->level[b->order[c->first[i]]];
        c->ratio[i] *= (quad)margin->total[level] / sum[level];
    }
}

// Largest abs(weighted/T - 1); names the level in the result.
static double worst(const struct cells *c, const struct calibrate_state *s, quad *sum)
{
    const struct calibrate_plan *plan = s->basis->plan;
    double largest = 0;
    for (size_t m = 0; m < plan->margin_count; m++) {
        sum_margin(c, s->basis, &plan->margins[m], sum);
        for (size_t l = 0; l < plan->margins[m].levels; l++) {
            double total = plan->margins[m].total[l];
            double miss = total > 0 ? fabs((double)(sum[l] / (quad)total - 1)) : 0;
            if (!(miss <= largest)) {
                largest = miss;
                s->result->margin = m;
                s->result->level = l;
            }
        }
    }
    return largest;
}

void calibrate_rake(struct calibrate_state *s)
{
    const struct calibrate_plan *plan = s->basis->plan;
    struct cells c;
    size_t levels = 0, round = 0;
    for (size_t m = 0; m < plan->margin_count; m++)
        levels = plan->margins[m].levels > levels ? plan->margins[m].levels : levels;
    quad *sum = mem_new(levels, sizeof *sum);
    double miss = INFINITY;
    cells_start(&c, s);
    for (; round < s->most && !(miss < s->tolerance); round++) {
        for (size_t m = 0; m < plan->margin_count; m++)
            fit_margin(&c, s->basis, &plan->margins[m], sum);
        miss = worst(&c, s, sum);
    }
    s->result->iterations += round;
    if (!(miss < s->tolerance))
        s->result->fault = CALIBRATE_NO_END;
    for (size_t i = 0; i < c.count; i++)
        for (size_t j = c.first[i]; j < c.first[i + 1]; j++)
            s->ratio[j] = c.ratio[i];
    mem_free(sum);
    cells_free(&c);
}
