// SPDX-License-Identifier: GPL-3.0-or-later
// Each cell on a line has two columns, up and down, which are held at 0 while it is shown. A
// solution that was found for one cell says something of all others: how far each may lie from its
// true value at least. It is kept, and nobody asks the programme what is known already; while a
// cell is shown, the solutions in which it moves do not count.
#include "engine/guard/audit_lp.h"

#include <glpk.h>
#include <math.h>

static const double tiny = 1e-6;
enum { NONE = -1, RAY = -2 }; // witness: the true values; moves without end

struct reach { // of a cell in one direction
    double by;
    int witness;
};
struct witness {
    double *d;   // of every cell
    int blocked; // by so many cells that move in it and are shown
};
struct audit_lp {
    const struct audit *a;
    glp_prob *prob;
    int *up; // column of a cell, its down stands after it; 0 = on no line
    struct reach *most, *least;
    VEC(struct witness) witnesses;
};

// ---- building

static void hold(struct audit_lp *lp, uint32_t cell)
{
    glp_set_col_bnds(lp->prob, lp->up[cell], GLP_FX, 0, 0);
    glp_set_col_bnds(lp->prob, lp->up[cell] + 1, GLP_FX, 0, 0);
}

static void let_go(struct audit_lp *lp, uint32_t cell)
{
    double n = lp->a->cells.at[cell].n;
    glp_set_col_bnds(lp->prob, lp->up[cell], GLP_LO, 0, 0);
    glp_set_col_bnds(lp->prob, lp->up[cell] + 1, n > 0 ? GLP_DB : GLP_FX, 0, n);
}

static void add_columns(struct audit_lp *lp)
{
    const struct audit *a = lp->a;
    for (uint32_t i = 0; i < a->cells.len; i++) {
        if (!a->cells.at[i].line_count)
            continue;
        lp->up[i] = glp_add_cols(lp->prob, 2);
        if (a->cells.at[i].hidden)
            let_go(lp, i);
        else
            hold(lp, i);
    }
}

static void add_lines(struct audit_lp *lp)
{
    const struct audit *a = lp->a;
    size_t most = 2 * a->terms.len + 1;
    int *row = mem_new(most, sizeof *row), *column = mem_new(most, sizeof *column), count = 0;
    double *factor = mem_new(most, sizeof *factor);
    if (a->lines)
        glp_add_rows(lp->prob, (int)a->lines);
    for (int i = 1; i <= (int)a->lines; i++)
        glp_set_row_bnds(lp->prob, i, GLP_FX, 0, 0);
    for (size_t i = 0; i < a->terms.len; i++)
        for (int down = 0; down <= 1; down++) {
            const struct audit_term *t = &a->terms.at[i];
            row[++count] = (int)t->line + 1;
            column[count] = lp->up[t->cell] + down;
            factor[count] = down ? -t->factor : t->factor;
        }
    glp_load_matrix(lp->prob, count, row, column, factor);
    mem_free(row);
    mem_free(column);
    mem_free(factor);
}

struct audit_lp *audit_lp_open(const struct audit *a)
{
    struct audit_lp *lp = mem_new(1, sizeof *lp);
    size_t room = a->cells.len + 1;
    *lp = (struct audit_lp){.a = a,
                            .prob = glp_create_prob(),
                            .up = mem_new(room, sizeof *lp->up),
                            .most = mem_new(room, sizeof *lp->most),
                            .least = mem_new(room, sizeof *lp->least)};
    for (size_t i = 0; i < a->cells.len; i++)
        lp->most[i] = lp->least[i] = (struct reach){0, NONE};
    glp_term_out(GLP_OFF);
    add_columns(lp);
    add_lines(lp);
    return lp;
}

void audit_lp_close(struct audit_lp *lp)
{
    glp_delete_prob(lp->prob);
    for (size_t i = 0; i < lp->witnesses.len; i++)
        mem_free(lp->witnesses.at[i].d);
    vec_free(&lp->witnesses);
    mem_free(lp->up);
    mem_free(lp->most);
    mem_free(lp->least);
    mem_free(lp);
}

// ---- solutions that are known

static void see(struct reach *r, double d, int number, int sign)
{
    if (sign * d > sign * r->by + tiny)
        *r = (struct reach){d, number};
}

static void keep_solution(struct audit_lp *lp)
{
    size_t cells = lp->a->cells.len;
    double *d = mem_new(cells + 1, sizeof *d);
    int number = (int)lp->witnesses.len;
    for (size_t i = 0; i < cells; i++) {
        if (!lp->up[i])
            continue;
        d[i] = glp_get_col_prim(lp->prob, lp->up[i]) - glp_get_col_prim(lp->prob, lp->up[i] + 1);
        see(&lp->most[i], d[i], number, 1);
        see(&lp->least[i], d[i], number, -1);
    }
    vec_push(&lp->witnesses, ((struct witness){d, 0}));
}

// The cell is shown (by +1) or hidden again (by -1).
static void block(struct audit_lp *lp, uint32_t cell, int by)
{
    for (size_t i = 0; i < lp->witnesses.len; i++)
        if (fabs(lp->witnesses.at[i].d[cell]) > tiny / 100)
            lp->witnesses.at[i].blocked += by;
}

static void forget_rays(struct audit_lp *lp)
{
    for (size_t i = 0; i < lp->a->cells.len; i++) {
        if (lp->most[i].witness == RAY)
            lp->most[i] = (struct reach){0, NONE};
        if (lp->least[i].witness == RAY)
            lp->least[i] = (struct reach){0, NONE};
    }
}

void audit_lp_hide(struct audit_lp *lp, uint32_t cell)
{
    if (!lp->up[cell])
        return;
    let_go(lp, cell);
    block(lp, cell, -1);
}

void audit_lp_show(struct audit_lp *lp, uint32_t cell)
{
    if (!lp->up[cell])
        return;
    hold(lp, cell);
    block(lp, cell, 1);
    forget_rays(lp);
}

static bool is_blocked(const struct audit_lp *lp, const struct reach *r)
{
    return r->witness >= 0 && lp->witnesses.at[r->witness].blocked;
}

// Brings what is known of a cell up to date.
static void look_up(struct audit_lp *lp, uint32_t cell)
{
    struct reach *most = &lp->most[cell], *least = &lp->least[cell];
    if (!is_blocked(lp, most) && !is_blocked(lp, least))
        return;
    *most = *least = (struct reach){0, NONE};
    for (size_t i = 0; i < lp->witnesses.len; i++) {
        if (lp->witnesses.at[i].blocked)
            continue;
        see(most, lp->witnesses.at[i].d[cell], (int)i, 1);
        see(least, lp->witnesses.at[i].d[cell], (int)i, -1);
    }
}

// ---- asking

static int simplex(struct audit_lp *lp)
{
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    if (glp_simplex(lp->prob, &how) == 0)
        return glp_get_status(lp->prob);
    glp_std_basis(lp->prob); // the basis of before is no good any more
    return glp_simplex(lp->prob, &how) == 0 ? glp_get_status(lp->prob) : GLP_UNDEF;
}

static void set_aim(struct audit_lp *lp, uint32_t cell, double coefficient)
{
    glp_set_obj_coef(lp->prob, lp->up[cell], coefficient);
    glp_set_obj_coef(lp->prob, lp->up[cell] + 1, -coefficient);
}

static void ask(struct audit_lp *lp, uint32_t cell, struct reach *reach, int direction)
{
    set_aim(lp, cell, 1);
    glp_set_obj_dir(lp->prob, direction);
    int found = simplex(lp);
    set_aim(lp, cell, 0);
    if (found == GLP_OPT)
        keep_solution(lp);
    else if (found == GLP_UNBND)
        *reach = (struct reach){direction == GLP_MAX ? (double)INFINITY : -(double)INFINITY, RAY};
}

double audit_lp_most(struct audit_lp *lp, uint32_t cell)
{
    if (!lp->up[cell])
        return INFINITY;
    look_up(lp, cell);
    ask(lp, cell, &lp->most[cell], GLP_MAX);
    return lp->most[cell].by;
}

double audit_lp_least(struct audit_lp *lp, uint32_t cell)
{
    if (!lp->up[cell])
        return -lp->a->cells.at[cell].n;
    look_up(lp, cell);
    ask(lp, cell, &lp->least[cell], GLP_MIN);
    return lp->least[cell].by;
}

static bool known_wide(const struct audit_lp *lp, uint32_t cell, double width)
{
    return lp->most[cell].by - lp->least[cell].by >= width;
}

bool audit_lp_wide(struct audit_lp *lp, uint32_t cell, double width)
{
    if (!lp->up[cell])
        return true;
    look_up(lp, cell);
    if (known_wide(lp, cell, width))
        return true;
    ask(lp, cell, &lp->most[cell], GLP_MAX);
    if (known_wide(lp, cell, width))
        return true;
    ask(lp, cell, &lp->least[cell], GLP_MIN);
    return known_wide(lp, cell, width);
}

// ---- moving

static void set_candidates(struct audit_lp *lp, const double *price, bool open)
{
    const struct audit *a = lp->a;
    for (uint32_t i = 0; i < a->cells.len; i++) {
        if (!lp->up[i] || a->cells.at[i].hidden || !(a->cells.at[i].n > 0))
            continue;
        for (int k = 0; k <= 1; k++)
            glp_set_obj_coef(lp->prob, lp->up[i] + k, open ? price[i] : 0);
        if (open)
            let_go(lp, i);
        else
            hold(lp, i);
    }
}

bool audit_lp_move(struct audit_lp *lp, uint32_t cell, double by, const double *price, bool *moved)
{
    const struct audit *a = lp->a;
    set_candidates(lp, price, true);
    glp_set_col_bnds(lp->prob, lp->up[cell], GLP_LO, by, 0);
    glp_set_col_bnds(lp->prob, lp->up[cell] + 1, GLP_FX, 0, 0);
    glp_set_obj_dir(lp->prob, GLP_MIN);
    bool done = simplex(lp) == GLP_OPT;
    for (size_t i = 0; i < a->cells.len; i++)
        moved[i] =
            done && lp->up[i] && !a->cells.at[i].hidden &&
            glp_get_col_prim(lp->prob, lp->up[i]) + glp_get_col_prim(lp->prob, lp->up[i] + 1) >
                tiny;
    set_candidates(lp, price, false);
    let_go(lp, cell);
    return done;
}

// ---- handing over

void audit_lp_proofs(struct audit_lp *lp, struct audit *a)
{
    size_t cells = a->cells.len, count = lp->witnesses.len;
    bool *wanted = mem_new(count + 1, sizeof *wanted);
    for (uint32_t i = 0; i < cells; i++) {
        if (!a->cells.at[i].hidden || !lp->up[i])
            continue;
        look_up(lp, i);
        if (lp->most[i].witness >= 0)
            wanted[lp->most[i].witness] = true;
        if (lp->least[i].witness >= 0)
            wanted[lp->least[i].witness] = true;
    }
    for (size_t k = 0; k < count; k++) {
        if (!wanted[k])
            continue;
        double *d = mem_new(cells + 1, sizeof *d);
        memcpy(d, lp->witnesses.at[k].d, cells * sizeof *d);
        vec_push(&a->proofs, d);
    }
    mem_free(wanted);
}
