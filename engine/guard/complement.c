// SPDX-License-Identifier: GPL-3.0-or-later
// Complementary suppression: each table of bases is audited as one system, with its weighted n, its
// numerators and denominators (robustness.md D2, D3, D5, D6).
#include "engine/guard/measures.h"

#include <math.h>

static bool must_protect(const struct guard_table *g)
{
    if (!g->people || g->echoed)
        return g->people;
    for (size_t i = 0; i < g->nodes.len; i++)
        if (g->nodes.at[i].primary)
            return true;
    return false;
}

static void hide_rows(struct results *r, struct guard_table *g, const struct audit *a)
{
    for (size_t i = 0; i < g->nodes.len; i++)
        g->nodes.at[i].hidden = a->cells.at[i].hidden;
    for (size_t i = 0; i < g->row.len; i++) {
        struct estimate *e = &r->estimates.at[g->row.at[i]];
        if (g->nodes.at[g->row_node.at[i]].hidden && e->status != EST_SUPPRESSED &&
            isfinite(e->n) && e->n > 0)
            e->status = EST_SECONDARY;
    }
}

// What was hidden before is rather hidden again.
static void prefer(struct tables *t, struct guard_table *g)
{
    for (size_t i = 0; t->before && t->before->keys.len && i < g->row.len; i++) {
        const struct estimate *e = &t->results->estimates.at[g->row.at[i]];
        char period[PERIOD_TEXT];
        guard_key(&t->key,
                  (const struct str[]){str_of(e->indicator->label.id), str_of(e->item),
                                       str_of(places_region_id(t->results->places, e->region)),
                                       str_of(period_text(e->period, period)), str_of(e->by),
                                       str_of(e->level)});
        struct node *node = &g->nodes.at[g->row_node.at[i]];
        node->preferred = node->preferred || dict_find(t->before, buf_view(&t->key)) >= 0;
    }
}

static void audit_open(struct audit *a, struct tables *t, struct guard_table *g)
{
    double *n = mem_new(g->nodes.len + 1, sizeof *n);
    *a = (struct audit){.threshold = t->results->study->min_n};
    if (!g->lines.len) {
        tables_find_lines(t, g);
        prefer(t, g);
    }
    for (size_t i = 0; i < g->nodes.len; i++) {
        const struct node *node = &g->nodes.at[i];
        n[i] = node->n;
        vec_push(&a->cells, ((struct audit_cell){.n = node->n,
                                                 .primary = node->primary,
                                                 .preferred = node->preferred,
                                                 .hidden = node->primary || node->hidden,
                                                 .fixed = node->hidden}));
    }
    for (size_t i = 0; i < g->lines.len; i++)
        if (line_holds(&g->lines.at[i], n))
            audit_line(a, g->lines.at[i].whole, g->lines.at[i].parts.at, g->lines.at[i].parts.len);
    mem_free(n);
}

// Does the audit pass afterwards?
static bool protect(struct tables *t, struct guard_table *g)
{
    enum { ROUNDS = 4 };
    struct audit a;
    audit_open(&a, t, g);
    bool good = audit_protect(&a);
    for (int round = 0; round < ROUNDS && measures_hide_cells(t, g, &a); round++)
        good = audit_protect(&a);
    good = good && audit_passes(&a);
    hide_rows(t->results, g, &a);
    good = measures_hide_rows(t, g, &a) == 0 && good;
    audit_free(&a);
    return good;
}

// ---- a withheld base that stands elsewhere: as numerator of a response rate, say

struct echo {
    struct dict keys; // item, cell and base: how many tables …
    VEC(int) hide;    // … withhold it …
    VEC(int) show;    // … and show it: then it is no secret
};

static struct str echo_key(struct tables *t, const struct guard_table *g, const struct node *node,
                           double n)
{
    tables_key(t, node);
    buf_print(&t->key, "\x1f%s\x1f%.17g", g->item, n);
    return buf_view(&t->key);
}

static void echo_collect(struct echo *e, struct tables *t)
{
    for (size_t i = 0; i < t->list.len; i++) {
        const struct guard_table *g = &t->list.at[i];
        for (size_t k = 0; k < g->nodes.len && g->people; k++) {
            const struct node *node = &g->nodes.at[k];
            size_t at = (size_t)dict_add(&e->keys, echo_key(t, g, node, node->n));
            if (at == e->hide.len) {
                vec_push(&e->hide, 0);
                vec_push(&e->show, 0);
            }
            e->hide.at[at] += node->primary || node->hidden;
            e->show.at[at] += !(node->primary || node->hidden);
        }
    }
}

// Is it withheld elsewhere, and shown by no table but perhaps this one, for which it may be the
// base?
static bool says(const struct echo *echo, struct tables *t, const struct guard_table *g,
                 const struct node *node, double n)
{
    int at = n > 0 ? dict_find(&echo->keys, echo_key(t, g, node, n)) : -1;
    bool own = !(node->primary || node->hidden) && fabs(node->n - n) < 1e-9;
    return at >= 0 && echo->hide.at[at] && echo->show.at[at] <= own;
}

// What the answers of a series that are ratings hold together at each cell, beside others that are
// none (don't know …): the base of the ratings. 0 where there are no others.
static double *rated(const struct tables *t, const struct guard_table *g, size_t from, size_t to)
{
    double *sum = mem_new(g->nodes.len + 1, sizeof *sum);
    bool *others = mem_new(g->nodes.len + 1, sizeof *others);
    for (size_t i = from; i < to; i++) {
        const struct estimate *e = &t->results->estimates.at[g->row.at[i]];
        uint32_t node = g->row_node.at[i];
        if (strcmp(e->by, g->nodes.at[node].by) == 0)
            continue;
        const char *star = strrchr(e->level, '*'), *answer = star ? star + 1 : e->level;
        if (*answer >= '0' && *answer <= '9')
            sum[node] += isfinite(e->numerator) ? e->numerator : 0;
        else
            others[node] = true;
    }
    for (size_t i = 0; i < g->nodes.len; i++)
        sum[i] = others[i] ? sum[i] : 0;
    mem_free(others);
    return sum;
}

static bool is_shown(const struct estimate *e)
{
    return e->status == EST_OK || e->status == EST_CAUTION;
}

// Withholds rows of `g` that say what is withheld. What they say is protected in its own table, and
// their numbers with the other numerators and denominators of this one.
static bool echo_hide_series(const struct echo *echo, struct tables *t, struct guard_table *g,
                             size_t from, size_t to)
{
    bool any = false;
    double *sum = rated(t, g, from, to);
    for (size_t i = from; i < to; i++) {
        struct estimate *e = &t->results->estimates.at[g->row.at[i]];
        uint32_t at = g->row_node.at[i];
        const struct node *node = &g->nodes.at[at];
        bool own = fabs(e->denominator - node->n) < 1e-9;
        if (!is_shown(e) ||
            !(says(echo, t, g, node, e->numerator) ||
              (!own && says(echo, t, g, node, e->denominator)) || says(echo, t, g, node, sum[at])))
            continue;
        e->status = EST_SECONDARY;
        g->echoed = any = true;
    }
    mem_free(sum);
    return any;
}

static bool echo_hide(const struct echo *echo, struct tables *t, struct guard_table *g)
{
    bool any = false;
    for (size_t i = 0; i < g->series.len; i++) {
        size_t to = i + 1 < g->series.len ? g->series.at[i + 1] : g->row.len;
        any = echo_hide_series(echo, t, g, g->series.at[i], to) || any;
    }
    return any;
}

static bool echo_round(struct tables *t)
{
    struct echo echo = {0};
    bool any = false;
    echo_collect(&echo, t);
    for (size_t i = 0; i < t->list.len; i++)
        any = (t->list.at[i].people && echo_hide(&echo, t, &t->list.at[i])) || any;
    dict_free(&echo.keys);
    vec_free(&echo.hide);
    vec_free(&echo.show);
    return any;
}

size_t guard_complement(struct results *r, const struct dict *before)
{
    enum { ROUNDS = 6 };
    struct tables t = {.results = r, .before = before};
    size_t failed = 0;
    bool again = true;
    tables_collect(&t);
    for (int round = 0; again && round < ROUNDS; round++) {
        failed = 0;
        for (size_t i = 0; i < t.list.len; i++)
            if (must_protect(&t.list.at[i]))
                failed += !protect(&t, &t.list.at[i]);
        again = echo_round(&t);
    }
    tables_free(&t);
    return failed;
}
