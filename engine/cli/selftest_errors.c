// SPDX-License-Identifier: GPL-3.0-or-later
// Two ways to a standard error, side by side, on the bundled study: linearised scores through the
// design (Taylor), and the jackknife that leaves one office out at a time (Wolter 2007, ch. 4).
#include "engine/cli/pipeline.h"
#include "engine/cli/selftest.h"
#include "metrics/respondents.h"

#include <math.h>
#include <stdio.h>
#include <unistd.h>

// ---- the study

static bool readable(const char *folder)
{
    char path[600];
    snprintf(path, sizeof path, "%s/study.yaml", folder);
    return access(path, R_OK) == 0;
}

// Beside the installed program, beside the build folder, or here.
static bool find_study(char *out, size_t size)
{
    static const char *const places[] = {"../share/etalon/datasets/west", "../datasets/west"};
    char program[400];
    ssize_t len = readlink("/proc/self/exe", program, sizeof program - 1);
    program[len > 0 ? len : 0] = '\0';
    char *slash = strrchr(program, '/');
    if (slash)
        *slash = '\0';
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        snprintf(out, size, "%s/%s", program, places[i]);
        if (readable(out))
            return true;
    }
    snprintf(out, size, "datasets/west");
    return readable(out);
}

// ---- respondents of one cell, and both errors

struct cut {
    const struct frame *frame;
    const struct column *column;
    uint32_t *row; // in the order of their units
    double *w, *y;
    size_t n;
    double weight, sum; // Σw, Σwy
};

static void cut_make(struct cut *c, const struct places *places, struct period period,
                     uint16_t region, struct arena *a)
{
    const struct frame *f = c->frame;
    struct span span = {period, SPAN_REPORT};
    c->row = NEWS(a, f->rows + 1, uint32_t);
    c->w = NEWS(a, f->rows + 1, double);
    c->y = NEWS(a, f->rows + 1, double);
    for (size_t i = 0; i < f->rows; i++) {
        uint32_t row = f->order[i];
        bool here = region == REGION_TOTAL || f->region[row] == region;
        if (!here || c->column->why[row] != VALID ||
            !span_holds(span, places->periods.at[f->period[row]]))
            continue;
        c->row[c->n] = row;
        c->w[c->n] = f->w[row];
        c->y[c->n] = column_value(c->column, row);
        c->weight += c->w[c->n];
        c->sum += c->w[c->n] * c->y[c->n];
        c->n++;
    }
}

static double taylor(const struct cut *c, struct arena *a)
{
    double *u = NEWS(a, c->n + 1, double);
    for (size_t i = 0; i < c->n; i++)
        u[i] = (c->y[i] - c->sum / c->weight) / c->weight;
    const struct domain *d = domain_new(a, &c->frame->design, c->row, c->n, c->w);
    return sqrt(scores_variance(scores_linear(a, d, u, c->frame->residuals)));
}

// Σ_h (1 − f_h) (n_h − 1)/n_h Σ_j (θ_(hj) − θ)²; without PSU j the others of its stratum weigh
// n_h/(n_h − 1) times as much.
static double jackknife(const struct cut *c, struct arena *a)
{
    const struct design *d = &c->frame->design;
    double *w = NEWS(a, d->psu_count + 1, double), *wy = NEWS(a, d->psu_count + 1, double);
    for (size_t i = 0; i < c->n; i++) {
        uint32_t unit = d->unit[c->row[i]], psu = d->unit_psu ? d->unit_psu[unit] : unit;
        w[psu] += c->w[i];
        wy[psu] += c->w[i] * c->y[i];
    }
    double variance = 0;
    for (uint32_t h = 0; h < d->stratum_count; h++) {
        const struct stratum *s = &d->strata[h];
        double n = s->n, in = 0, in_y = 0, squares = 0;
        for (uint32_t j = s->first; j < s->first + s->n; j++) {
            in += w[j];
            in_y += wy[j];
        }
        for (uint32_t j = s->first; n > 1 && j < s->first + s->n; j++) {
            double weight = c->weight - in + (in - w[j]) * n / (n - 1);
            double sum = c->sum - in_y + (in_y - wy[j]) * n / (n - 1);
            double away = sum / weight - c->sum / c->weight;
            squares += away * away;
        }
        variance += (1 - s->f) * (n - 1) / n * squares;
    }
    return sqrt(variance);
}

// ---- the lines

static void tell(struct selftest *t, const struct pipeline *p, const struct frame *f,
                 const char *item, uint16_t region)
{
    const struct variable *v = frame_variable(f, item);
    struct arena a = {0};
    struct cut c = {.frame = f, .column = v ? v->column : NULL};
    char name[128], wanted[NUM_TEXT];
    if (c.column) {
        cut_make(&c, &p->places, p->study.period, region, &a);
        snprintf(name, sizeof name, "standard error, Taylor beside jackknife: %s, %s", item,
                 places_region_id(&p->places, region));
        snprintf(wanted, sizeof wanted, "%.15g", jackknife(&c, &a));
        selftest_tell(t, name, wanted, 1.3, taylor(&c, &a), "bundled study");
    }
    arena_free(&a);
}

static void compare(struct selftest *t, struct pipeline *p, struct frame *f)
{
    static const char *const items[] = {"overall", "timeliness", "wait_min"};
    frame_place(f, &p->places);
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        for (size_t r = 0; r < p->places.region_count; r++)
            tell(t, p, f, items[i], (uint16_t)r);
        tell(t, p, f, items[i], REGION_TOTAL);
    }
}

enum status selftest_errors(struct selftest *t)
{
    char folder[512];
    if (!find_study(folder, sizeof folder)) {
        selftest_say(t, "Taylor beside jackknife: skipped, the bundled study is not installed");
        return OK;
    }
    struct options o = {.max_rejects = NAN, .threads = 1};
    vec_push(&o.arguments, folder);
    struct pipeline p = {0};
    void *state = NULL;
    enum status status = pipeline_load(&p, &o, t->diags);
    if (!status)
        status = survey_family.read(&p.run, &state);
    if (!status)
        status = places_finish(&p.places, t->diags);
    const struct respondents *all = state;
    if (!status && all && all->count)
        compare(t, &p, &all->frames[0]);
    survey_family.drop(state);
    pipeline_free(&p);
    vec_free(&o.arguments);
    return status;
}
