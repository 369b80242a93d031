// SPDX-License-Identifier: GPL-3.0-or-later
// The auxiliary vectors of rows and the projection on them.
#include "engine/stats/calibrate_inside.h"

#include "engine/stats/matrix.h"

#include <math.h>
#include <stdlib.h>

static const double dependent = 1e-12; // of a column's own sum of squares

size_t calibrate_column(const struct calibrate_plan *plan, size_t margin, size_t level)
{
    size_t column = 0;
    if (margin > 0 && level == 0)
        return SIZE_MAX;
    for (size_t m = 0; m < margin; m++)
        column += plan->margins[m].levels - (m > 0 && plan->margins[m].levels);
    return column + level - (margin > 0);
}

static size_t column_count(const struct calibrate_plan *plan)
{
    size_t columns = plan->number_count;
    for (size_t m = 0; m < plan->margin_count; m++)
        columns += plan->margins[m].levels - (m > 0 && plan->margins[m].levels);
    return columns;
}

static int order_of(double a, double b)
{
    return a < b ? -1 : a > b;
}

// By levels, then numbers, then weight: rows that tie are alike, so their order cannot matter.
static int by_content(const void *a, const void *b, void *context)
{
    const struct calibrate_plan *plan = context;
    uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
    for (size_t m = 0; m < plan->margin_count; m++) {
        uint32_t x = plan->margins[m].level[i], y = plan->margins[m].level[j];
        if (x != y)
            return x < y ? -1 : 1;
    }
    for (size_t m = 0; m < plan->number_count; m++) {
        int order = order_of(plan->numbers[m].value[i], plan->numbers[m].value[j]);
        if (order)
            return order;
    }
    return order_of(plan->design[i], plan->design[j]);
}

void calibrate_setup(struct calibrate_basis *basis, const struct calibrate_plan *plan)
{
    *basis = (struct calibrate_basis){.plan = plan, .columns = column_count(plan)};
    basis->order = mem_new(plan->rows, sizeof *basis->order);
    for (size_t i = 0; i < plan->rows; i++)
        if (plan->design[i] > 0)
            basis->order[basis->used++] = (uint32_t)i;
    if (basis->used)
        qsort_r(basis->order, basis->used, sizeof *basis->order, by_content, (void *)plan);
}

size_t calibrate_row(const struct calibrate_basis *basis, size_t row, struct calibrate_entry *out)
{
    const struct calibrate_plan *plan = basis->plan;
    size_t count = 0, start = 0;
    for (size_t m = 0; m < plan->margin_count; m++) {
        const struct calibrate_margin *margin = &plan->margins[m];
        uint32_t level = margin->level[row];
        if (m == 0 || level > 0)
            out[count++] = (struct calibrate_entry){(uint32_t)(start + level - (m > 0)), 1};
        start += margin->levels - (m > 0 && margin->levels);
    }
    for (size_t m = 0; m < plan->number_count; m++)
        out[count++] = (struct calibrate_entry){(uint32_t)(start + m), plan->numbers[m].value[row]};
    return count;
}

void calibrate_basis_start(struct calibrate_basis *basis, const struct calibrate_plan *plan)
{
    calibrate_setup(basis, plan);
    size_t k = basis->columns;
    basis->factor = mem_new(k * k, sizeof *basis->factor);
    struct calibrate_entry *x =
        mem_new(plan->margin_count + plan->number_count, sizeof(struct calibrate_entry));
    for (size_t i = 0; i < basis->used; i++) {
        size_t row = basis->order[i], count = calibrate_row(basis, row, x);
        for (size_t a = 0; a < count; a++)
            for (size_t b = 0; b < count; b++)
                basis->factor[x[a].column * k + x[b].column] +=
                    (quad)plan->design[row] * (quad)x[a].value * (quad)x[b].value;
    }
    mem_free(x);
    basis->dropped = matrix_factor(basis->factor, k, dependent);
}

void calibrate_basis_free(struct calibrate_basis *basis)
{
    mem_free(basis->factor);
    mem_free(basis->order);
    *basis = (struct calibrate_basis){0};
}

void calibrate_solve(const struct calibrate_basis *basis, quad *c)
{
    matrix_solve(basis->factor, basis->columns, c);
}

long double calibrate_residual(const struct calibrate_basis *basis, const quad *b, size_t row,
                               long double u)
{
    const struct calibrate_plan *plan = basis->plan;
    quad rest = (quad)u;
    size_t start = 0;
    for (size_t m = 0; m < plan->margin_count; m++) {
        uint32_t level = plan->margins[m].level[row];
        if (m == 0 || level > 0)
            rest -= b[start + level - (m > 0)];
        start += plan->margins[m].levels - (m > 0 && plan->margins[m].levels);
    }
    for (size_t m = 0; m < plan->number_count; m++)
        rest -= b[start + m] * (quad)plan->numbers[m].value[row];
    return (long double)rest;
}

void calibrate_residuals(const struct calibrate_basis *basis, long double *u)
{
    const struct calibrate_plan *plan = basis->plan;
    quad *c = mem_new(basis->columns, sizeof *c);
    struct calibrate_entry *x =
        mem_new(plan->margin_count + plan->number_count, sizeof(struct calibrate_entry));
    for (size_t i = 0; i < basis->used; i++) {
        size_t row = basis->order[i], count = calibrate_row(basis, row, x);
        for (size_t a = 0; a < count; a++)
            c[x[a].column] += (quad)plan->design[row] * (quad)x[a].value * (quad)u[row];
    }
    mem_free(x);
    calibrate_solve(basis, c);
    for (size_t row = 0; row < plan->rows; row++)
        u[row] = plan->design[row] > 0 ? calibrate_residual(basis, c, row, u[row]) : 0;
    mem_free(c);
}
