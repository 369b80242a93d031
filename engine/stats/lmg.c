// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/lmg.h"

#include <math.h>

// Subsets are walked as a tree: a child has one predictor more than its parent, behind the parent's
// last, and its matrix is the parent's after one sweep. So no result is more than m sweeps away
// from the data, and nothing is ever swept back.
struct walk {
    size_t m, k;         // k = m + 1
    long double *level;  // (m + 1) matrices k × k, one per depth
    size_t *members;     // predictors of the present subset, numbered from 1
    long double *factor; // per size s: s! (m-s-1)!/m!, the weight of S in R²(S + j) - R²(S)
    long double *value;  // per predictor: Σ over S that hold it
    long double *form;   // per predictor k × k: the same of influences
    long double all;     // Σ over all S of factor · R²(S)
    long double *all_form;
};

// A predictor that the subset explains to this share of its variance adds nothing.
static const long double dependent = 1e-10L;

static bool sweep(const long double *from, long double *to, size_t k, size_t j)
{
    long double pivot = from[j * k + j];
    if (pivot <= dependent) {
        memcpy(to, from, k * k * sizeof *to);
        for (size_t i = 0; i < k; i++)
            to[i * k + j] = to[j * k + i] = 0;
        return false;
    }
    for (size_t a = 0; a < k; a++)
        for (size_t b = 0; b < k; b++)
            to[a * k + b] = from[a * k + b] - from[a * k + j] * from[j * k + b] / pivot;
    for (size_t a = 0; a < k; a++) {
        to[a * k + j] = from[a * k + j] / pivot;
        to[j * k + a] = from[j * k + a] / pivot;
    }
    to[j * k + j] = -1 / pivot;
    return true;
}

// sum += weight · ((1 - R²(S)) E_yy - a aᵀ), a = (1, -b_S); a lives on the outcome and the members.
static void add_form(const struct walk *w, const long double *at, size_t size, long double weight,
                     long double *sum)
{
    long double rest = at[0];
    sum[0] += weight * (rest - 1);
    for (size_t i = 0; i < size; i++) {
        size_t a = w->members[i];
        sum[a] += weight * at[a];
        for (size_t j = 0; j <= i; j++)
            sum[a * w->k + w->members[j]] -= weight * at[a] * at[w->members[j]];
    }
}

// Q_j = Σ_{S∋j} f(|S|-1) M_S - Σ_{S∌j} f(|S|) M_S = Σ_{S∋j} (f(|S|-1) + f(|S|)) M_S - Σ_S f(|S|)
// M_S.
static void visit(struct walk *w, const long double *at, size_t size)
{
    long double gain = 1 - at[0], out = w->factor[size];
    long double in = (size ? w->factor[size - 1] : 0) + out;
    w->all += out * gain;
    add_form(w, at, size, out, w->all_form);
    for (size_t i = 0; i < size; i++) {
        size_t j = w->members[i] - 1;
        w->value[j] += in * gain;
        add_form(w, at, size, in, &w->form[j * w->k * w->k]);
    }
}

static void descend(struct walk *w, size_t size, size_t next)
{
    long double *at = &w->level[size * w->k * w->k];
    visit(w, at, size);
    for (size_t j = next; j <= w->m; j++) {
        w->members[size] = j;
        sweep(at, at + w->k * w->k, w->k, j);
        descend(w, size + 1, j + 1);
    }
}

// factor(s) = s! (m-s-1)!/m!, by factor(0) = 1/m and factor(s) = factor(s-1) · s/(m-s); factor(m) =
// 0.
static void fill_factors(struct walk *w)
{
    for (size_t s = 0; s < w->m; s++)
        w->factor[s] =
            s ? w->factor[s - 1] * (long double)s / (long double)(w->m - s) : 1 / (long double)w->m;
}

static void finish(const struct walk *w, double *value, double *form)
{
    size_t kk = w->k * w->k;
    for (size_t j = 0; j < w->m; j++) {
        value[j] = (double)(w->value[j] - w->all);
        for (size_t a = 0; a < w->k; a++)
            for (size_t b = 0; b < w->k; b++) {
                size_t low = a > b ? a * w->k + b : b * w->k + a; // only a >= b was summed
                // the first column was summed at [0][a], as the sweep has it
                size_t at = (a == 0 || b == 0) ? a + b : low;
                form[j * kk + a * w->k + b] = (double)(w->form[j * kk + at] - w->all_form[at]);
            }
    }
}

void lmg_compute(const quad *r, size_t m, double *value, double *form)
{
    struct arena work = {0};
    size_t k = m + 1;
    struct walk w = {.m = m, .k = k};
    w.level = NEWS(&work, (m + 1) * k * k, long double);
    w.members = NEWS(&work, m + 1, size_t);
    w.factor = NEWS(&work, m + 1, long double);
    w.value = NEWS(&work, m, long double);
    w.form = NEWS(&work, m * k * k, long double);
    w.all_form = NEWS(&work, k * k, long double);
    for (size_t i = 0; i < k * k; i++)
        w.level[i] = (long double)r[i];
    fill_factors(&w);
    descend(&w, 0, 1);
    finish(&w, value, form);
    arena_free(&work);
}
