// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/drivers.h"

#include "engine/stats/exact.h"
#include "engine/stats/lmg.h"
#include "engine/stats/matrix.h"

#include <math.h>

static const double least_eigenvalue = 1e-10, perfect_rest = 1e-12;

// The correlations among the items that vary, outcome first.
struct model {
    size_t m;     // predictors left
    size_t *from; // m + 1: their numbers among the p + 1 variables
    quad *r;      // (m + 1)²
};

static quad correlation(const quad *cov, size_t n, size_t i, size_t j)
{
    return i == j ? 1 : cov[i * n + j] / exact_sqrt(cov[i * n + i] * cov[j * n + j]);
}

static bool all_finite(const quad *cov, size_t n)
{
    for (size_t i = 0; i < n * n; i++)
        if (!isfinite((double)cov[i]))
            return false;
    return true;
}

static void model_start(struct model *model, const quad *cov, size_t p, struct drivers *out)
{
    size_t n = p + 1, k = 0;
    model->from = NEWS(&out->arena, n, size_t);
    for (size_t j = 0; j < n; j++) {
        if (j > 0)
            out->share[j - 1].constant = !(cov[j * n + j] > 0);
        if (j == 0 || cov[j * n + j] > 0)
            model->from[k++] = j;
    }
    model->m = k - 1;
    model->r = NEWS(&out->arena, k * k, quad);
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            model->r[i * k + j] = correlation(cov, n, model->from[i], model->from[j]);
    for (size_t j = 1; j < k; j++)
        out->share[model->from[j] - 1].r = (double)model->r[j];
}

// A form of the model's variables spread out over all p + 1, constant ones 0.
static double *spread(struct drivers *out, const struct model *model, const double *form)
{
    size_t n = out->p + 1, k = model->m + 1;
    double *all = NEWS(&out->arena, n * n, double);
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            all[model->from[i] * n + model->from[j]] = form[i * k + j];
    return all;
}

static quad *predictors(const struct model *model, struct arena *a)
{
    size_t m = model->m, k = m + 1;
    quad *r = NEWS(a, m * m, quad);
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < m; j++)
            r[i * m + j] = model->r[(i + 1) * k + j + 1];
    return r;
}

// Score of beta_j with the scales taken as fixed: w/W · (R⁻¹ v_x)_j · (v_y - βᵀ v_x), made
// symmetric.
static void beta_form(const quad *inverse_row, const quad *beta, size_t m, double *form)
{
    size_t k = m + 1;
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++) {
            quad ci = i ? inverse_row[i - 1] : 0, cj = j ? inverse_row[j - 1] : 0;
            quad ei = i ? -beta[i - 1] : 1, ej = j ? -beta[j - 1] : 1;
            form[i * k + j] = (double)((ci * ej + cj * ei) / 2);
        }
}

// Influence of R²: (1 - R²) y² - e², e = v_y - βᵀ v_x.
static void fit_form(const quad *beta, quad r_squared, size_t m, double *form)
{
    size_t k = m + 1;
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++) {
            quad ei = i ? -beta[i - 1] : 1, ej = j ? -beta[j - 1] : 1;
            form[i * k + j] = (double)((i == 0 && j == 0 ? 1 - r_squared : 0) - ei * ej);
        }
}

static void regress(struct drivers *out, const struct model *model)
{
    struct arena work = {0};
    size_t m = model->m;
    quad *ldl = predictors(model, &work), *beta = NEWS(&work, m, quad), r_squared = 0;
    quad *inverse = NEWS(&work, m * m, quad);
    double *form = NEWS(&work, (m + 1) * (m + 1), double);
    matrix_factor(ldl, m, least_eigenvalue); // dependent columns: R² is that of the space they span
    for (size_t j = 0; j < m; j++)
        beta[j] = model->r[j + 1];
    matrix_solve(ldl, m, beta);
    for (size_t j = 0; j < m; j++)
        r_squared += beta[j] * model->r[j + 1];
    out->r_squared = fmin(fmax((double)r_squared, 0), 1);
    out->perfect = !((double)(1 - r_squared) > perfect_rest);
    fit_form(beta, r_squared, m, form);
    out->r_squared_form = spread(out, model, form);
    matrix_inverse(ldl, m, inverse);
    for (size_t j = 0; j < m && !out->collinear; j++) {
        struct drivers_share *share = &out->share[model->from[j + 1] - 1];
        share->beta = (double)beta[j];
        share->vif = (double)inverse[j * m + j];
        beta_form(&inverse[j * m], beta, m, form);
        if (!out->perfect)
            share->beta_form = spread(out, model, form);
    }
    arena_free(&work);
}

// Johnson 2000: β = R^{-1/2} r, weight_j = Σ_k (R^{1/2})_jk² β_k². Also finds out whether R is
// regular.
static void relative_weights(struct drivers *out, const struct model *model)
{
    struct arena work = {0};
    size_t m = model->m;
    long double *root = NEWS(&work, m * m, long double), *inverse = NEWS(&work, m * m, long double);
    quad *r = predictors(model, &work);
    out->collinear = !matrix_root(r, m, least_eigenvalue, root, inverse);
    for (size_t j = 0; j < m && !out->collinear; j++) {
        long double weight = 0;
        for (size_t k = 0; k < m; k++) {
            long double beta = 0;
            for (size_t i = 0; i < m; i++)
                beta += inverse[k * m + i] * (long double)model->r[i + 1];
            weight += root[j * m + k] * root[j * m + k] * beta * beta;
        }
        out->share[model->from[j + 1] - 1].relative_weight = (double)weight;
    }
    arena_free(&work);
}

static void shapley(struct drivers *out, const struct model *model)
{
    struct arena work = {0};
    size_t m = model->m, k = m + 1;
    out->too_many = m > DRIVERS_MOST;
    if (out->too_many)
        return;
    double *value = NEWS(&work, m, double), *forms = NEWS(&work, m * k * k, double);
    lmg_compute(model->r, m, value, forms);
    for (size_t j = 0; j < m; j++) {
        struct drivers_share *share = &out->share[model->from[j + 1] - 1];
        share->lmg = value[j];
        share->lmg_form = spread(out, model, &forms[j * k * k]);
    }
    arena_free(&work);
}

void drivers_compute(const quad *cov, size_t p, struct drivers *out)
{
    *out = (struct drivers){.p = p, .r_squared = NAN};
    out->share = NEWS(&out->arena, p ? p : 1, struct drivers_share);
    for (size_t j = 0; j < p; j++)
        out->share[j] = (struct drivers_share){
            .r = NAN, .beta = NAN, .vif = NAN, .lmg = NAN, .relative_weight = NAN};
    struct model model = {0};
    if (!all_finite(cov, p + 1)) {
        out->refusal = DRIVERS_NOT_FINITE;
    } else if (!(cov[0] > 0)) {
        out->refusal = DRIVERS_CONSTANT;
    } else {
        model_start(&model, cov, p, out);
        out->used = model.m;
        out->refusal = model.m ? DRIVERS_OK : DRIVERS_NO_PREDICTOR;
    }
    if (out->refusal)
        return;
    relative_weights(out, &model);
    regress(out, &model);
    shapley(out, &model);
}

void drivers_free(struct drivers *d)
{
    arena_free(&d->arena);
    *d = (struct drivers){0};
}

double drivers_score(const double *form, const double *v, size_t p)
{
    double sum = 0;
    for (size_t i = 0; i <= p; i++)
        for (size_t j = 0; j <= p; j++)
            sum += v[i] * form[i * (p + 1) + j] * v[j];
    return sum;
}

double drivers_sum(const double *form, const double *m, size_t p)
{
    double sum = 0;
    for (size_t i = 0; i < (p + 1) * (p + 1); i++)
        sum += form[i] * m[i];
    return sum;
}
