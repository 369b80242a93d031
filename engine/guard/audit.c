// SPDX-License-Identifier: GPL-3.0-or-later
// The cells to hide come from a flow of least cost that moves a primary cell by what is missing
// (the idea of Kelly, Golden and Assad 1992, as used by Fischetti and Salazar 2001); then each is
// given back where the audit passes without it.
#include "engine/guard/audit.h"

#include "engine/guard/audit_lp.h"

#include <math.h>

static const double tiny = 1e-6;

void audit_free(struct audit *a)
{
    vec_free(&a->cells);
    vec_free(&a->terms);
    for (size_t i = 0; i < a->proofs.len; i++)
        mem_free(a->proofs.at[i]);
    vec_free(&a->proofs);
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

void audit_range(const struct audit *a, uint32_t cell, double *low, double *high)
{
    struct audit_lp *lp = audit_lp_open(a);
    *low = a->cells.at[cell].n + audit_lp_least(lp, cell);
    *high = a->cells.at[cell].n + audit_lp_most(lp, cell);
    audit_lp_close(lp);
}

// The width that a hidden cell must have.
static double asked(const struct audit *a, const struct audit_cell *c)
{
    return (c->primary ? a->threshold : a->step) - tiny * a->step;
}

// `all`: hidden cells beside the primary ones too must not be known.
static bool passes_in(struct audit_lp *lp, const struct audit *a, bool all)
{
    for (uint32_t i = 0; i < a->cells.len; i++) {
        const struct audit_cell *c = &a->cells.at[i];
        if (c->hidden && (c->primary || all) && !audit_lp_wide(lp, i, asked(a, c)))
            return false;
    }
    return true;
}

// ---- hiding more

// Per unit of flow: few cells before small ones before the first in order; what was hidden before
// first of all, wholes last.
static double price_of(const struct audit *a, uint32_t cell, double largest)
{
    const struct audit_cell *c = &a->cells.at[cell];
    return (c->whole ? 20 : 1) * (c->preferred ? 0.25 : 1) + 0.5 * c->n / (largest + a->step) +
           1e-6 * cell / (double)a->cells.len;
}

static double *make_prices(const struct audit *a)
{
    double largest = 0, *price = mem_new(a->cells.len + 1, sizeof *price);
    for (size_t i = 0; i < a->cells.len; i++)
        largest = fmax(largest, a->cells.at[i].n);
    for (uint32_t i = 0; i < a->cells.len; i++)
        price[i] = price_of(a, i, largest);
    return price;
}

static void hide(struct audit_lp *lp, struct audit *a, uint32_t cell)
{
    a->cells.at[cell].hidden = true;
    audit_lp_hide(lp, cell);
}

// Moves a primary cell up by what its range is short of.
static bool protect_one(struct audit_lp *lp, struct audit *a, uint32_t cell, const double *price,
                        bool *moved)
{
    if (audit_lp_wide(lp, cell, asked(a, &a->cells.at[cell])))
        return true;
    double by = a->threshold + audit_lp_least(lp, cell);
    if (!audit_lp_move(lp, cell, by, price, moved))
        return false;
    bool any = false;
    for (uint32_t i = 0; i < a->cells.len; i++)
        if (moved[i]) {
            hide(lp, a, i);
            any = true;
        }
    return any;
}

static struct audit_cell *next_to_try(const struct audit *a, const bool *tried)
{
    struct audit_cell *best = NULL;
    for (size_t i = 0; i < a->cells.len; i++) {
        struct audit_cell *c = &a->cells.at[i];
        if (!c->hidden || c->primary || c->fixed || tried[i])
            continue;
        if (!best || c->whole > best->whole ||
            (c->whole == best->whole && (c->preferred < best->preferred ||
                                         (c->preferred == best->preferred && c->n > best->n))))
            best = c;
    }
    return best;
}

// Hidden cells that are not needed are shown again: wholes and large ones first, those that were
// hidden before last.
static void give_back(struct audit_lp *lp, struct audit *a)
{
    bool *tried = mem_new(a->cells.len + 1, sizeof *tried);
    for (struct audit_cell *c; (c = next_to_try(a, tried));) {
        uint32_t at = (uint32_t)(c - a->cells.at);
        tried[at] = true;
        c->hidden = false;
        audit_lp_show(lp, at);
        if (!passes_in(lp, a, false))
            hide(lp, a, at);
    }
    mem_free(tried);
}

// Hiding a number that everybody can work out protects nobody.
static void show_known(struct audit_lp *lp, struct audit *a)
{
    for (uint32_t i = 0; i < a->cells.len; i++) {
        struct audit_cell *c = &a->cells.at[i];
        if (c->hidden && !c->primary && !c->fixed && !audit_lp_wide(lp, i, asked(a, c)))
            c->hidden = false;
    }
}

// A table whose lines hang together.
static bool protect_part(struct audit *a)
{
    struct audit_lp *lp = audit_lp_open(a);
    bool all = true, *moved = mem_new(a->cells.len + 1, sizeof *moved);
    double *price = make_prices(a);
    for (uint32_t i = 0; i < a->cells.len; i++)
        if (a->cells.at[i].primary)
            all = protect_one(lp, a, i, price, moved) && all;
    if (all)
        give_back(lp, a);
    show_known(lp, a);
    audit_lp_proofs(lp, a);
    mem_free(price);
    mem_free(moved);
    audit_lp_close(lp);
    return all;
}

static bool part_passes(struct audit *a)
{
    struct audit_lp *lp = audit_lp_open(a);
    bool good = passes_in(lp, a, true);
    audit_lp_close(lp);
    return good;
}

// ---- other counts of the same cells

// How far the deviation may be gone in its direction (sign) before a count is below 0.
static double length_of(const double *d, const double *count, size_t cells, double sign)
{
    double most = INFINITY;
    for (size_t i = 0; i < cells; i++)
        if (sign * d[i] < -tiny)
            most = fmin(most, count[i] / (-sign * d[i]));
    return isfinite(most) ? most : 0;
}

bool audit_proved(const struct audit *a, const double *count, double threshold, double step)
{
    size_t cells = a->cells.len;
    double *up = mem_new(cells + 1, sizeof *up), *down = mem_new(cells + 1, sizeof *down);
    bool all = true;
    for (size_t k = 0; k < a->proofs.len; k++)
        for (double sign = -1; sign <= 1; sign += 2) {
            double length = sign * length_of(a->proofs.at[k], count, cells, sign);
            for (size_t i = 0; i < cells; i++) {
                up[i] = fmax(up[i], length * a->proofs.at[k][i]);
                down[i] = fmin(down[i], length * a->proofs.at[k][i]);
            }
        }
    for (size_t i = 0; i < cells && all; i++) {
        const struct audit_cell *c = &a->cells.at[i];
        all = !c->hidden || !c->line_count ||
              up[i] - down[i] >= (c->primary ? threshold : step) * (1 - tiny);
    }
    mem_free(up);
    mem_free(down);
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

typedef bool part_fn(struct audit *part);

static bool on_part(struct audit *a, const uint32_t *part, uint32_t first, part_fn *act)
{
    struct audit sub = {.threshold = a->threshold, .step = a->step};
    uint32_t *place = mem_new(a->cells.len + 1, sizeof *place);
    for (uint32_t i = first; i < a->cells.len; i++) {
        if (part[i] != first)
            continue;
        place[i] = (uint32_t)sub.cells.len;
        vec_push(&sub.cells, a->cells.at[i]);
    }
    for (size_t i = 0; i < a->terms.len; i++) {
        struct audit_term t = a->terms.at[i];
        if (part[t.cell] != first)
            continue;
        bool same = sub.lines && t.line == a->terms.at[i - 1].line;
        t.line = same ? sub.lines - 1 : sub.lines++;
        t.cell = place[t.cell];
        vec_push(&sub.terms, t);
    }
    bool good = act(&sub);
    for (size_t k = 0; k < sub.proofs.len; k++) {
        double *d = mem_new(a->cells.len + 1, sizeof *d);
        for (uint32_t i = first; i < a->cells.len; i++)
            d[i] = part[i] == first ? sub.proofs.at[k][place[i]] : 0;
        vec_push(&a->proofs, d);
    }
    for (uint32_t i = first; i < a->cells.len; i++)
        if (part[i] == first)
            a->cells.at[i].hidden = sub.cells.at[place[i]].hidden;
    mem_free(place);
    audit_free(&sub);
    return good;
}

static bool on_parts(struct audit *a, part_fn *act)
{
    bool all = true, *wanted = mem_new(a->cells.len + 1, sizeof *wanted);
    uint32_t *part = find_parts(a);
    if (!(a->step > 0))
        a->step = 1;
    for (size_t i = 0; i < a->cells.len; i++)
        if (a->cells.at[i].hidden && a->cells.at[i].line_count)
            wanted[part[i]] = true;
    for (uint32_t i = 0; i < a->cells.len; i++)
        if (wanted[i])
            all = on_part(a, part, i, act) && all;
    mem_free(part);
    mem_free(wanted);
    return all;
}

bool audit_protect(struct audit *a)
{
    return on_parts(a, protect_part);
}

bool audit_passes(struct audit *a)
{
    return on_parts(a, part_passes);
}
