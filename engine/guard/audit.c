// SPDX-License-Identifier: GPL-3.0-or-later
// In deviations: a hidden count is its true value n plus d, with d >= -n; on each line the
// deviations of hidden cells add up to nothing. So the true table is always one of the possible
// ones. The cells to hide come from a flow of least cost that moves a primary cell by what is
// missing (the idea of Kelly, Golden and Assad 1992, as used by Fischetti and Salazar 2001); then
// each is given back where the audit passes without it.
#include "engine/guard/audit.h"

#include <glpk.h>
#include <math.h>

static const double tiny = 1e-6;

void audit_free(struct audit *a)
{
    vec_free(&a->cells);
    vec_free(&a->terms);
    *a = (struct audit){0};
}

static void add_term(struct audit *a, uint32_t cell, double factor)
{
    vec_push(&a->terms, ((struct audit_term){a->lines, cell, factor}));
    a->cells.at[cell].line_count++;
}

void audit_line(struct audit *a, uint32_t whole, const uint32_t *parts, size_t count)
{
    add_term(a, whole, -1);
    a->cells.at[whole].whole = true;
    for (size_t i = 0; i < count; i++)
        add_term(a, parts[i], 1);
    a->lines++;
}

// ---- the programme

struct programme {
    glp_prob *lp;
    int *column;    // of a cell, 0 = none; a candidate that is shown has a second one after it
    int *row, *col; // triplets, from 1
    double *factor;
    int count;
};

// Columns for hidden cells and, with `shown`, two (up and down) for each cell that might be hidden.
static void add_columns(struct programme *p, const struct audit *a, bool shown)
{
    for (size_t i = 0; i < a->cells.len; i++) {
        const struct audit_cell *c = &a->cells.at[i];
        if (!c->line_count || (!c->hidden && !(shown && c->n > 0)))
            continue;
        p->column[i] = glp_add_cols(p->lp, c->hidden ? 1 : 2);
        if (c->hidden) {
            glp_set_col_bnds(p->lp, p->column[i], GLP_LO, -c->n, 0);
        } else {
            glp_set_col_bnds(p->lp, p->column[i], GLP_LO, 0, 0);
            glp_set_col_bnds(p->lp, p->column[i] + 1, GLP_DB, 0, c->n);
        }
    }
}

static void programme_open(struct programme *p, const struct audit *a, bool shown)
{
    size_t most = 2 * a->terms.len + 1;
    *p = (struct programme){.lp = glp_create_prob(),
                            .column = mem_new(a->cells.len + 1, sizeof *p->column),
                            .row = mem_new(most, sizeof *p->row),
                            .col = mem_new(most, sizeof *p->col),
                            .factor = mem_new(most, sizeof *p->factor)};
    add_columns(p, a, shown);
    uint32_t line =
        UINT32_MAX; // lines without a column need no row; terms of a line stand together
    int row = 0;
    for (size_t i = 0; i < a->terms.len; i++) {
        const struct audit_term *t = &a->terms.at[i];
        int column = p->column[t->cell];
        if (column && t->line != line) {
            row = glp_add_rows(p->lp, 1);
            glp_set_row_bnds(p->lp, row, GLP_FX, 0, 0);
            line = t->line;
        }
        for (int k = 0; column && k < (a->cells.at[t->cell].hidden ? 1 : 2); k++) {
            p->count++;
            p->row[p->count] = row;
            p->col[p->count] = column + k;
            p->factor[p->count] = k ? -t->factor : t->factor;
        }
    }
    glp_load_matrix(p->lp, p->count, p->row, p->col, p->factor);
}

static void programme_close(struct programme *p)
{
    glp_delete_prob(p->lp);
    mem_free(p->column);
    mem_free(p->row);
    mem_free(p->col);
    mem_free(p->factor);
}

// The best value; infinite where nothing bounds it, NaN where there is no solution.
static double solve(struct programme *p, int direction)
{
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.presolve = GLP_OFF;
    glp_set_obj_dir(p->lp, direction);
    glp_term_out(GLP_OFF);
    int failed = glp_simplex(p->lp, &how);
    int found = glp_get_status(p->lp);
    if (found == GLP_UNBND)
        return direction == GLP_MAX ? (double)INFINITY : -(double)INFINITY;
    return failed || found != GLP_OPT ? (double)NAN : glp_get_obj_val(p->lp);
}

static void range_in(struct programme *p, const struct audit *a, uint32_t cell, double *low,
                     double *high)
{
    double n = a->cells.at[cell].n;
    int column = p->column[cell];
    *low = 0;
    *high = INFINITY;
    if (!column)
        return; // on no line: nothing is known of it
    glp_set_obj_coef(p->lp, column, 1);
    double down = solve(p, GLP_MIN), up = solve(p, GLP_MAX);
    glp_set_obj_coef(p->lp, column, 0);
    *low = isfinite(down) ? n + down : n; // without a solution: as if it were known
    *high = isnan(up) ? n : n + up;
}

// Is the range at least so wide? Up alone is enough nearly always.
static bool is_wide(struct programme *p, uint32_t cell, double width)
{
    int column = p->column[cell];
    if (!column)
        return true;
    glp_set_obj_coef(p->lp, column, 1);
    double up = solve(p, GLP_MAX);
    double down = up >= width ? 0 : solve(p, GLP_MIN);
    glp_set_obj_coef(p->lp, column, 0);
    return up - down >= width; // false without a solution
}

void audit_range(const struct audit *a, uint32_t cell, double *low, double *high)
{
    struct programme p;
    programme_open(&p, a, false);
    range_in(&p, a, cell, low, high);
    programme_close(&p);
}

// `all`: hidden cells beside the primary ones too must not be known.
static bool passes_in(struct programme *p, const struct audit *a, bool all)
{
    for (uint32_t i = 0; i < a->cells.len; i++) {
        const struct audit_cell *c = &a->cells.at[i];
        if (c->hidden && (c->primary || all) &&
            !is_wide(p, i, (c->primary ? a->threshold : 1) - tiny))
            return false;
    }
    return true;
}

bool audit_passes(const struct audit *a)
{
    struct programme p;
    programme_open(&p, a, false);
    bool good = passes_in(&p, a, true);
    programme_close(&p);
    return good;
}

// ---- hiding more

// Per unit of flow: few cells before small ones before the first in order; wholes last.
static double cost_of(const struct audit *a, uint32_t cell, double largest)
{
    const struct audit_cell *c = &a->cells.at[cell];
    return (c->whole ? 20 : 1) + 0.5 * c->n / (largest + 1) + 1e-6 * cell / (double)a->cells.len;
}

static void set_costs(struct programme *p, const struct audit *a)
{
    double largest = 0;
    for (size_t i = 0; i < a->cells.len; i++)
        largest = fmax(largest, a->cells.at[i].n);
    for (uint32_t i = 0; i < a->cells.len; i++)
        for (int k = 0; k < 2 && p->column[i] && !a->cells.at[i].hidden; k++)
            glp_set_obj_coef(p->lp, p->column[i] + k, cost_of(a, i, largest));
}

// The cells through which the flow goes are hidden from now on.
static bool hide_flow(struct programme *p, struct audit *a)
{
    bool any = false;
    for (size_t i = 0; i < a->cells.len; i++) {
        if (!p->column[i] || a->cells.at[i].hidden)
            continue;
        double flow =
            glp_get_col_prim(p->lp, p->column[i]) + glp_get_col_prim(p->lp, p->column[i] + 1);
        if (flow > tiny)
            a->cells.at[i].hidden = any = true;
    }
    return any;
}

// Moves a primary cell up by what its range is short of.
static bool protect_one(struct audit *a, uint32_t cell)
{
    struct programme p;
    double low, high, n = a->cells.at[cell].n;
    audit_range(a, cell, &low, &high);
    if (high - low >= a->threshold - tiny)
        return true;
    programme_open(&p, a, true);
    set_costs(&p, a);
    glp_set_col_bnds(p.lp, p.column[cell], GLP_LO, low + a->threshold - n, 0);
    bool done = isfinite(solve(&p, GLP_MIN)) && hide_flow(&p, a);
    programme_close(&p);
    return done;
}

static struct audit_cell *next_to_try(const struct audit *a, const bool *tried)
{
    struct audit_cell *best = NULL;
    for (size_t i = 0; i < a->cells.len; i++) {
        struct audit_cell *c = &a->cells.at[i];
        if (c->hidden && !c->primary && !tried[i] &&
            (!best || c->whole > best->whole || (c->whole == best->whole && c->n > best->n)))
            best = c;
    }
    return best;
}

// Hidden cells that are not needed are shown again, wholes and large ones first.
static void give_back(struct programme *p, struct audit *a)
{
    bool *tried = mem_new(a->cells.len + 1, sizeof *tried);
    for (struct audit_cell *c; (c = next_to_try(a, tried));) {
        size_t at = (size_t)(c - a->cells.at);
        tried[at] = true;
        c->hidden = false;
        glp_set_col_bnds(p->lp, p->column[at], GLP_FX, 0, 0);
        if (passes_in(p, a, false))
            continue;
        c->hidden = true;
        glp_set_col_bnds(p->lp, p->column[at], GLP_LO, -c->n, 0);
    }
    mem_free(tried);
}

// Hiding a number that everybody can work out protects nobody.
static void show_known(struct programme *p, struct audit *a)
{
    for (uint32_t i = 0; i < a->cells.len; i++) {
        if (a->cells.at[i].hidden && !a->cells.at[i].primary)
            a->cells.at[i].hidden = is_wide(p, i, 1 - tiny);
    }
}

// A table whose lines hang together.
static bool protect_part(struct audit *a)
{
    struct programme p;
    bool all = true;
    for (uint32_t i = 0; i < a->cells.len; i++)
        if (a->cells.at[i].primary)
            all = protect_one(a, i) && all;
    programme_open(&p, a, false);
    if (all)
        give_back(&p, a);
    show_known(&p, a);
    programme_close(&p);
    return all;
}

// ---- parts of a table that no line connects are tables of their own

static uint32_t root_of(uint32_t *parent, uint32_t cell)
{
    while (parent[cell] != cell)
        cell = parent[cell] = parent[parent[cell]];
    return cell;
}

// parent[cell]: the first cell of its part in the end.
static uint32_t *find_parts(const struct audit *a)
{
    uint32_t *parent = mem_new(a->cells.len + 1, sizeof *parent);
    for (uint32_t i = 0; i < a->cells.len; i++)
        parent[i] = i;
    for (size_t i = 1; i < a->terms.len; i++) {
        if (a->terms.at[i].line != a->terms.at[i - 1].line)
            continue;
        uint32_t one = root_of(parent, a->terms.at[i - 1].cell),
                 two = root_of(parent, a->terms.at[i].cell);
        parent[one < two ? two : one] = one < two ? one : two;
    }
    for (uint32_t i = 0; i < a->cells.len; i++)
        parent[i] = root_of(parent, i);
    return parent;
}

static bool protect_from(struct audit *a, const uint32_t *part, uint32_t first)
{
    struct audit sub = {.threshold = a->threshold};
    uint32_t *place = mem_new(a->cells.len + 1, sizeof *place);
    bool primary = false, good = true;
    for (uint32_t i = first; i < a->cells.len; i++) {
        if (part[i] != first)
            continue;
        place[i] = (uint32_t)sub.cells.len;
        vec_push(&sub.cells, a->cells.at[i]);
        primary = primary || a->cells.at[i].primary;
    }
    for (size_t i = 0; primary && i < a->terms.len; i++) {
        struct audit_term t = a->terms.at[i];
        if (part[t.cell] != first)
            continue;
        bool same = sub.lines && t.line == a->terms.at[i - 1].line;
        t.line = same ? sub.lines - 1 : sub.lines++;
        t.cell = place[t.cell];
        vec_push(&sub.terms, t);
    }
    if (primary && sub.lines)
        good = protect_part(&sub);
    for (uint32_t i = first; i < a->cells.len; i++)
        if (part[i] == first)
            a->cells.at[i].hidden = sub.cells.at[place[i]].hidden;
    mem_free(place);
    audit_free(&sub);
    return good;
}

bool audit_protect(struct audit *a)
{
    bool all = true;
    uint32_t *part = find_parts(a);
    for (uint32_t i = 0; i < a->cells.len; i++)
        if (part[i] == i)
            all = protect_from(a, part, i) && all;
    mem_free(part);
    return all;
}
