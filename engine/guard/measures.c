// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked of a number that is not n, in its own unit: of weighted n as much room as half of
// min_n average people have of it (the weights of the few are not known), of a numerator or
// denominator what one of them adds; no other withheld number may be known exactly. Most systems
// are proved safe by what was found for n: a way to move hidden counts moves these as well, as far
// as none of them falls below 0. The linear programme is asked for the rest.
#include "engine/guard/measures.h"

#include <math.h>

struct measure {
    double *value; // of each node; NaN = not published
    double threshold, step;
};

static bool is_confidential(const struct estimate *e)
{
    return e->status == EST_SUPPRESSED || e->status == EST_SECONDARY;
}

// Without numbers in what is published, for whatever reason.
static bool is_absent(const struct estimate *e)
{
    return is_confidential(e) || e->status == EST_UNRELIABLE;
}

// ---- values

static void measure_free(struct measure *m)
{
    mem_free(m->value);
}

static struct measure measure_open(const struct guard_table *g)
{
    struct measure m = {.value = mem_new(g->nodes.len + 1, sizeof *m.value)};
    for (size_t i = 0; i < g->nodes.len; i++)
        m.value[i] = NAN;
    return m;
}

// What the numbers ask for, and whether there is anything to ask: not where some are negative, and
// not where all are one and the same multiple of n, whose audit has passed.
static bool measure_scale(struct measure *m, const struct guard_table *g, const double *each,
                          double people)
{
    double n = 0, whole = 0, one = 0;
    bool any = false, multiple = true;
    for (size_t i = 0; i < g->nodes.len; i++) {
        double x = m->value[i];
        if (x < 0)
            return false;
        if (!isfinite(x) || !(g->nodes.at[i].n > 0))
            continue;
        any = true;
        if (g->nodes.at[i].n > n) {
            n = g->nodes.at[i].n;
            whole = x;
            one = each && isfinite(each[i]) ? each[i] / n : 0;
        }
    }
    for (size_t i = 0; i < g->nodes.len && n > 0; i++)
        multiple = multiple && (!isfinite(m->value[i]) ||
                                fabs(m->value[i] - g->nodes.at[i].n * whole / n) <= 1e-9 * whole);
    if (!any || multiple || !(whole > 0))
        return false;
    m->threshold = people * (one > 0 ? one : whole / n);
    m->step = m->threshold / 1000;
    return true;
}

// ---- one system

// Does the line hold for these values? Where all of them are 0 it does so by chance, unless it
// holds for n too: who came back within a year is no sum over its quarters.
static bool holds(const struct line *line, const double *value, const double *n)
{
    return line_holds(line, value) && (value[line->whole] > 0 || line_holds(line, n));
}

// Puts lines that hold for these values into the audit; false when one does that does not for n, so
// that what was found for n proves nothing here.
static bool put_lines(const struct guard_table *g, const double *value, const double *n,
                      struct audit *a)
{
    bool same = true;
    for (size_t i = 0; i < g->lines.len; i++) {
        const struct line *line = &g->lines.at[i];
        if (!holds(line, value, n))
            continue;
        same = same && line_holds(line, n);
        audit_line(a, line->whole, line->parts.at, line->parts.len);
    }
    return same;
}

// Where a whole that everybody knows is 0, all of its parts are known to be: nothing can protect
// them, and nobody has to be.
static void show_zeros(const struct guard_table *g, const double *value, const double *n,
                       struct audit *a)
{
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < g->lines.len; i++) {
            const struct line *line = &g->lines.at[i];
            if (a->cells.at[line->whole].hidden || value[line->whole] > 0 || !holds(line, value, n))
                continue;
            for (size_t k = 0; k < line->parts.len; k++) {
                struct audit_cell *part = &a->cells.at[line->parts.at[k]];
                again = again || part->hidden;
                part->hidden = part->primary = part->fixed = false;
            }
        }
    }
}

// Fills `more` with cells that have to be hidden beside those of `hidden`. False: in vain, and none
// is.
static bool protect(const struct guard_table *g, const struct measure *m, const struct audit *of_n,
                    const bool *hidden, bool *more)
{
    struct audit a = {.threshold = m->threshold, .step = m->step};
    for (size_t i = 0; i < g->nodes.len; i++) {
        bool known = isfinite(m->value[i]);
        vec_push(&a.cells, ((struct audit_cell){.n = known ? m->value[i] : 0,
                                                .preferred = g->nodes.at[i].preferred,
                                                .primary = known && g->nodes.at[i].primary,
                                                .hidden = known && hidden[i],
                                                .fixed = known && hidden[i]}));
    }
    double *n = mem_new(g->nodes.len + 1, sizeof *n),
           *count = mem_new(g->nodes.len + 1, sizeof *count);
    for (size_t i = 0; i < g->nodes.len; i++)
        n[i] = g->nodes.at[i].n;
    show_zeros(g, m->value, n, &a);
    bool same = put_lines(g, m->value, n, &a), good = true;
    for (size_t i = 0; i < a.cells.len; i++)
        count[i] = a.cells.at[i].n;
    if (!same || !audit_proved(of_n, count, m->threshold, m->step))
        good = audit_protect(&a);
    for (size_t i = 0; i < g->nodes.len; i++)
        more[i] = good && a.cells.at[i].hidden && !hidden[i];
    mem_free(n);
    mem_free(count);
    audit_free(&a);
    return good;
}

// ---- weighted n

bool measures_hide_cells(struct tables *t, struct guard_table *g, struct audit *a)
{
    struct measure m = measure_open(g);
    bool *hidden = mem_new(g->nodes.len + 1, sizeof *hidden),
         *more = mem_new(g->nodes.len + 1, sizeof *more), any = false;
    for (size_t i = 0; i < g->row.len; i++) {
        double w = t->results->estimates.at[g->row.at[i]].weighted_n,
               *value = &m.value[g->row_node.at[i]];
        if (isfinite(w) && !(*value >= w))
            *value = w;
    }
    for (size_t i = 0; i < g->nodes.len; i++)
        hidden[i] = a->cells.at[i].hidden;
    if (measure_scale(&m, g, NULL, t->results->study->min_n / 2))
        (void)protect(g, &m, a, hidden, more);
    for (size_t i = 0; i < g->nodes.len; i++)
        if (more[i])
            a->cells.at[i].hidden = a->cells.at[i].fixed = any = true;
    measure_free(&m);
    mem_free(hidden);
    mem_free(more);
    return any;
}

// ---- numerators and denominators

static double numerator_of(const struct estimate *e)
{
    return e->numerator;
}

static double denominator_of(const struct estimate *e)
{
    return e->denominator;
}

static const char *last_part(const char *crossed)
{
    const char *star = strrchr(crossed, '*');
    return star ? star + 1 : crossed;
}

// The rows of a series that stand for different answers of one base are systems of their own:
// their number is `answer`, in the order of arrival.
static int answer_of(struct tables *t, const struct guard_table *g, size_t row,
                     struct dict *answers)
{
    const struct estimate *e = &t->results->estimates.at[g->row.at[row]];
    const struct node *n = &g->nodes.at[g->row_node.at[row]];
    return dict_add(answers, str_of(strcmp(e->by, n->by) == 0 ? "" : last_part(e->level)));
}

struct rows { // of a series
    size_t from, to;
};

static size_t protect_answer(struct tables *t, struct guard_table *g, const struct audit *of_n,
                             struct rows rows, const int *answer, int which,
                             double (*number)(const struct estimate *), bool *hidden, bool *more)
{
    struct measure m = measure_open(g), each = measure_open(g);
    size_t failed = 0;
    for (size_t i = rows.from; i < rows.to; i++) {
        const struct estimate *e = &t->results->estimates.at[g->row.at[i]];
        if (answer[i - rows.from] != which)
            continue;
        uint32_t node = g->row_node.at[i];
        m.value[node] = number(e);
        each.value[node] = number == numerator_of && e->share ? e->denominator : NAN;
        hidden[node] = of_n->cells.at[node].hidden || is_absent(e);
    }
    if (measure_scale(&m, g, each.value, 1))
        failed = !protect(g, &m, of_n, hidden, more);
    measure_free(&m);
    measure_free(&each);
    return failed;
}

// All rows of the series at a cell go together: one answer is what the others leave.
static bool withhold_rows(struct tables *t, const struct guard_table *g, struct rows rows,
                          bool *more)
{
    bool any = false;
    for (size_t i = rows.from; i < rows.to; i++) {
        struct estimate *e = &t->results->estimates.at[g->row.at[i]];
        if (!more[g->row_node.at[i]] || is_confidential(e))
            continue;
        e->status = EST_SECONDARY;
        any = true;
    }
    memset(more, 0, g->nodes.len * sizeof *more);
    return any;
}

static size_t protect_series(struct tables *t, struct guard_table *g, const struct audit *of_n,
                             struct rows rows)
{
    static double (*const numbers[])(const struct estimate *) = {numerator_of, denominator_of};
    enum { ROUNDS = 4 };
    struct dict answers = {0};
    int *answer = mem_new(rows.to - rows.from + 1, sizeof *answer);
    bool *hidden = mem_new(g->nodes.len + 1, sizeof *hidden),
         *more = mem_new(g->nodes.len + 1, sizeof *more), again = true;
    size_t failed = 0;
    for (size_t i = rows.from; i < rows.to; i++)
        answer[i - rows.from] = answer_of(t, g, i, &answers);
    for (int round = 0; again && round < ROUNDS; round++) {
        again = false;
        failed = 0;
        for (size_t k = 0; k < 2; k++)
            for (int which = 0; which < (int)answers.keys.len; which++) {
                failed += protect_answer(t, g, of_n, rows, answer, which, numbers[k], hidden, more);
                again = withhold_rows(t, g, rows, more) || again;
            }
    }
    dict_free(&answers);
    mem_free(answer);
    mem_free(hidden);
    mem_free(more);
    return failed;
}

size_t measures_hide_rows(struct tables *t, struct guard_table *g, const struct audit *a)
{
    size_t failed = 0;
    for (size_t i = 0; i < g->series.len; i++) {
        struct rows rows = {g->series.at[i],
                            i + 1 < g->series.len ? g->series.at[i + 1] : g->row.len};
        const struct estimate *first = &t->results->estimates.at[g->row.at[rows.from]];
        if (guard_about_people(first))
            failed += protect_series(t, g, a, rows);
    }
    return failed;
}
