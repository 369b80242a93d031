// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/lmg.h"

#include <assert.h>

enum { ROOM = 32 }; // more than the variables there can be

// Subsets are walked as a tree: a child has one predictor more than its parent, behind the parent's
// last, and its matrix is the parent's after one sweep. So no result is more than m sweeps away
// from the data, and nothing is ever swept back. All subsets below a node hold the node's members;
// so the sum over the subsets that hold j is the sum of the branches that start by adding j.
//
// Matrices are symmetric; only the lower triangle is kept.
struct branch {        // sums over a node and all below it, each subset times its weight
    long double value; // of R²(S)
    double *form;      // of (1 - R²(S)) E_yy - a aᵀ, k × k
};

struct walk {
    size_t m, k;           // k = m + 1
    long double *level;    // (m + 1) matrices k × k, one per depth
    size_t *members;       // predictors of the present subset, numbered from 1
    long double *factor;   // per size s: s! (m-s-1)!/m!, the weight of S in R²(S + j) - R²(S)
    struct branch *branch; // m + 1, one per depth: weights factor(s-1) + factor(s)
    struct branch *holds;  // m: the branches that start by adding j
    struct branch all;     // over all subsets, weights factor(s)
};

// A predictor of which the subset leaves less than this share of its variance adds nothing.
static const long double dependent = 1e-10L;

static void sweep(const long double *from, long double *to, size_t k, size_t j)
{
    long double column[ROOM], pivot = from[j * k + j];
    bool adds = pivot > dependent;
    for (size_t a = 0; a < k; a++)
        column[a] = adds ? from[a >= j ? a * k + j : j * k + a] : 0;
    for (size_t a = 0; a < k; a++) {
        long double part = adds ? column[a] / pivot : 0;
        for (size_t b = 0; b <= a; b++)
            to[a * k + b] = from[a * k + b] - part * column[b];
    }
    for (size_t a = 0; a < k; a++)
        to[a >= j ? a * k + j : j * k + a] = adds ? column[a] / pivot : 0;
    to[j * k + j] = adds ? -1 / pivot : 0;
}

// sum += weight · ((1 - R²(S)) E_yy - a aᵀ), a = (1, -b_S); a lives on the outcome and the members.
static void add_form(const struct walk *w, const long double *at, size_t size, double weight,
                     double *sum)
{
    double b[ROOM];
    sum[0] += weight * (double)(at[0] - 1);
    for (size_t i = 0; i < size; i++) {
        size_t row = w->members[i] * w->k;
        b[i] = (double)at[row];
        sum[row] += weight * b[i];
        for (size_t j = 0; j <= i; j++)
            sum[row + w->members[j]] -= weight * b[i] * b[j];
    }
}

static void add_branch(struct branch *into, const struct branch *from, size_t count)
{
    into->value += from->value;
    for (size_t i = 0; i < count; i++)
        into->form[i] += from->form[i];
}

// Q_j = Σ_{S∋j} f(|S|-1) M_S - Σ_{S∌j} f(|S|) M_S = Σ_{S∋j} (f(|S|-1) + f(|S|)) M_S - Σ_S f(|S|)
// M_S.
static void descend(struct walk *w, size_t size, size_t next)
{
    size_t count = w->k * w->k;
    long double *at = &w->level[size * count], gain = 1 - at[0], out = w->factor[size];
    long double in = out + (size ? w->factor[size - 1] : 0);
    struct branch *branch = &w->branch[size];
    branch->value = in * gain;
    memset(branch->form, 0, count * sizeof *branch->form);
    add_form(w, at, size, (double)in, branch->form);
    w->all.value += out * gain;
    add_form(w, at, size, (double)out, w->all.form);
    for (size_t j = next; j <= w->m; j++) {
        w->members[size] = j;
        sweep(at, at + count, w->k, j);
        descend(w, size + 1, j + 1);
        add_branch(&w->holds[j - 1], branch + 1, count);
        add_branch(branch, branch + 1, count);
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

static struct branch *branches(struct arena *a, size_t count, size_t cells)
{
    struct branch *out = NEWS(a, count, struct branch);
    for (size_t i = 0; i < count; i++)
        out[i].form = NEWS(a, cells, double);
    return out;
}

static void finish(const struct walk *w, double *value, double *form)
{
    size_t k = w->k;
    for (size_t j = 0; j < w->m; j++) {
        value[j] = (double)(w->holds[j].value - w->all.value);
        for (size_t a = 0; a < k; a++)
            for (size_t b = 0; b < k; b++) {
                size_t low = a > b ? a * k + b : b * k + a;
                form[j * k * k + a * k + b] = w->holds[j].form[low] - w->all.form[low];
            }
    }
}

void lmg_compute(const quad *r, size_t m, double *value, double *form)
{
    assert(m < ROOM);
    struct arena work = {0};
    size_t k = m + 1, count = k * k;
    struct walk w = {.m = m, .k = k};
    w.level = NEWS(&work, (m + 1) * count, long double);
    w.members = NEWS(&work, m + 1, size_t);
    w.factor = NEWS(&work, m + 1, long double);
    w.branch = branches(&work, m + 1, count);
    w.holds = branches(&work, m, count);
    w.all.form = NEWS(&work, count, double);
    for (size_t i = 0; i < count; i++)
        w.level[i] = (long double)r[i];
    fill_factors(&w);
    descend(&w, 0, 1);
    finish(&w, value, form);
    arena_free(&work);
}
