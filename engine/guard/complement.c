// SPDX-License-Identifier: GPL-3.0-or-later
// Complementary suppression: tables of bases (people) with all their margins, audited as one system
// each (robustness.md D2, D3, D5, D6).
//
// A table is made of the indicators of one item whose bases agree wherever both have one: hiding a
// base in one of them and showing it in another would hide nothing. Its cells are region x period x
// level; its lines are the regions of a total, the levels of a breakdown (each breakdown of a
// crossed one), the quarters of a year and the years of all. Where parts hold more than their whole
// (a person may be in several), nobody can subtract, and there is no line. People without a level
// are taken as known to the reader, which errs on the careful side.
#include "engine/guard/audit.h"
#include "engine/guard/guard.h"

#include <math.h>
#include <stdio.h>

struct node { // a cell of a table
    uint16_t region;
    struct period period;
    const char *by, *level; // of the base: without the answer where answers share a base
    double n;
    bool primary;
};
struct guard_table {
    const char *item;
    struct dict keys; // of nodes
    VEC(struct node) nodes;
    VEC(size_t) row;        // places in results.estimates …
    VEC(uint32_t) row_node; // … and the node of each
    bool people;            // holds at least one indicator about people
};
struct tables {
    struct results *results;
    struct arena arena;
    VEC(struct guard_table) list;
    struct buf key;
};

static double base_of(const struct estimate *e)
{
    return isfinite(e->n) && e->n > 0 ? e->n : 0;
}

static struct str node_key(struct tables *t, uint16_t region, struct period p, struct str by,
                           struct str level)
{
    char text[PERIOD_TEXT];
    buf_clear(&t->key);
    buf_print(&t->key, "%u\x1f%s\x1f%.*s\x1f%.*s", (unsigned)region, period_text(p, text),
              (int)by.len, by.ptr, (int)level.len, level.ptr);
    return buf_view(&t->key);
}

// ---- one series: the rows of an indicator and item, which stand together

static struct str without_last(const char *crossed)
{
    const char *star = strrchr(crossed, '*');
    return (struct str){crossed, star ? (size_t)(star - crossed) : 0};
}

struct spread { // bases within one group of last levels
    double least, most;
};
struct series {
    size_t from, to;  // places in results.estimates
    struct dict keys; // of its own cells
    VEC(double) bases;
    struct dict groups; // cells less their last breakdown
    VEC(struct spread) spreads;
};

static void series_read(struct tables *t, struct series *s)
{
    for (size_t i = s->from; i < s->to; i++) {
        const struct estimate *e = &t->results->estimates.at[i];
        double n = base_of(e);
        struct str key = node_key(t, e->region, e->period, str_of(e->by), str_of(e->level));
        if (dict_find(&s->keys, key) < 0) {
            dict_add(&s->keys, key);
            vec_push(&s->bases, n);
        }
        if (!*e->by)
            continue;
        // the group keeps the name of its last breakdown apart from other ones
        key = node_key(t, e->region, e->period, str_of(e->by), without_last(e->level));
        size_t at = (size_t)dict_add(&s->groups, key);
        if (at == s->spreads.len)
            vec_push(&s->spreads, ((struct spread){n, n}));
        s->spreads.at[at].least = fmin(s->spreads.at[at].least, n);
        s->spreads.at[at].most = fmax(s->spreads.at[at].most, n);
    }
}

// Do the answers of this row share one base? Then the row belongs to the cell without them.
static bool shares_base(struct tables *t, const struct series *s, const struct estimate *e)
{
    if (!*e->by)
        return false;
    int at = dict_find(&s->groups,
                       node_key(t, e->region, e->period, str_of(e->by), without_last(e->level)));
    const struct spread *found = &s->spreads.at[at];
    if (found->least < found->most)
        return false;
    at = dict_find(&s->keys,
                   node_key(t, e->region, e->period, without_last(e->by), without_last(e->level)));
    return at < 0 || !(s->bases.at[at] > found->least || s->bases.at[at] < found->least);
}

static struct node node_of(struct tables *t, const struct series *s, size_t row)
{
    const struct estimate *e = &t->results->estimates.at[row];
    struct node n = {
        .region = e->region, .period = e->period, .by = e->by, .level = e->level, .n = base_of(e)};
    if (shares_base(t, s, e)) {
        struct str by = without_last(e->by), level = without_last(e->level);
        n.by = arena_copy(&t->arena, by.ptr, by.len);
        n.level = arena_copy(&t->arena, level.ptr, level.len);
    }
    return n;
}

static struct str key_of(struct tables *t, const struct node *n)
{
    return node_key(t, n->region, n->period, str_of(n->by), str_of(n->level));
}

// ---- tables

// Do the bases agree wherever both have one, in at least one cell?
static bool fits(struct tables *t, const struct guard_table *g, const struct node *nodes,
                 size_t count)
{
    size_t common = 0;
    for (size_t i = 0; i < count; i++) {
        int at = nodes[i].n > 0 ? dict_find(&g->keys, key_of(t, &nodes[i])) : -1;
        double other = at < 0 ? 0 : g->nodes.at[at].n;
        if (other > 0 && (other > nodes[i].n || other < nodes[i].n))
            return false;
        common += other > 0;
    }
    return common > 0;
}

static struct guard_table *table_for(struct tables *t, const char *item, const struct node *nodes,
                                     size_t count)
{
    for (size_t i = 0; i < t->list.len; i++) {
        struct guard_table *g = &t->list.at[i];
        if (strcmp(g->item, item) == 0 && fits(t, g, nodes, count))
            return g;
    }
    vec_push(&t->list, (struct guard_table){.item = item});
    return &t->list.at[t->list.len - 1];
}

static void take_series(struct tables *t, struct series *s)
{
    const struct estimate *first = &t->results->estimates.at[s->from];
    size_t count = s->to - s->from;
    struct node *nodes = mem_new(count, sizeof *nodes);
    series_read(t, s);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (t->results->estimates.at[s->from + i].reported)
            nodes[kept++] = node_of(t, s, s->from + i);
    if (!kept) {
        mem_free(nodes);
        return;
    }
    struct guard_table *g = table_for(t, first->item, nodes, kept);
    g->people = g->people || guard_about_people(first);
    kept = 0;
    for (size_t i = 0; i < count; i++) {
        const struct estimate *e = &t->results->estimates.at[s->from + i];
        if (!e->reported)
            continue;
        const struct node *one = &nodes[kept++];
        uint32_t at = (uint32_t)dict_add(&g->keys, key_of(t, one));
        if (at == g->nodes.len)
            vec_push(&g->nodes, *one);
        struct node *n = &g->nodes.at[at];
        n->n = fmax(n->n, one->n);
        n->primary = n->primary || e->status == EST_SUPPRESSED;
        vec_push(&g->row, s->from + i);
        vec_push(&g->row_node, at);
    }
    mem_free(nodes);
}

static bool same_series(const struct estimate *a, const struct estimate *b)
{
    return a->indicator == b->indicator && strcmp(a->item, b->item) == 0;
}

static void collect(struct tables *t)
{
    const struct results *r = t->results;
    for (size_t from = 0, to; from < r->estimates.len; from = to) {
        to = from + 1;
        for (; to < r->estimates.len; to++)
            if (!same_series(&r->estimates.at[from], &r->estimates.at[to]))
                break;
        struct series s = {.from = from, .to = to};
        take_series(t, &s);
        dict_free(&s.keys);
        dict_free(&s.groups);
        vec_free(&s.bases);
        vec_free(&s.spreads);
    }
}

static void tables_free(struct tables *t)
{
    for (size_t i = 0; i < t->list.len; i++) {
        struct guard_table *g = &t->list.at[i];
        dict_free(&g->keys);
        vec_free(&g->nodes);
        vec_free(&g->row);
        vec_free(&g->row_node);
    }
    vec_free(&t->list);
    buf_free(&t->key);
    arena_free(&t->arena);
}

// ---- lines

struct line {
    VEC(uint32_t) parts;
    uint32_t whole;
};
struct lines {
    struct dict keys;
    VEC(struct line) list;
};

// A part under its whole, if the table has that; `kind` tells lines of the same whole apart.
static void add_part(struct tables *t, const struct guard_table *g, struct lines *l,
                     const char *kind, const struct node *whole, uint32_t part)
{
    int at = dict_find(&g->keys, key_of(t, whole));
    if (at < 0 || (uint32_t)at == part)
        return;
    char key[64];
    snprintf(key, sizeof key, "%s %d", kind, at);
    size_t line = (size_t)dict_add(&l->keys, str_of(key));
    if (line == l->list.len)
        vec_push(&l->list, (struct line){.whole = (uint32_t)at});
    vec_push(&l->list.at[line].parts, part);
}

// `crossed` less its component `at`; NULL when it has no such component.
static char *less(struct arena *a, const char *crossed, int at)
{
    const char *from = crossed;
    for (; at > 0 && from; at--)
        from = (from = strchr(from, '*')) ? from + 1 : NULL;
    if (!from || !*crossed)
        return NULL;
    const char *to = strchr(from, '*');
    if (to)
        return arena_print(a, "%.*s%s", (int)(from - crossed), crossed, to + 1);
    size_t head = from > crossed ? (size_t)(from - crossed) - 1 : 0;
    return arena_copy(a, crossed, head);
}

static void add_levels(struct tables *t, const struct guard_table *g, struct lines *l, uint32_t i)
{
    for (int k = 0; k < 8; k++) {
        struct node whole = g->nodes.at[i];
        const char *by = less(&t->arena, whole.by, k), *level = less(&t->arena, whole.level, k);
        if (!by || !level)
            return;
        char kind[96];
        snprintf(kind, sizeof kind, "l%d %.80s", k, whole.by);
        whole.by = by;
        whole.level = level;
        add_part(t, g, l, kind, &whole, i);
    }
}

static void add_periods(struct tables *t, const struct guard_table *g, struct lines *l, uint32_t i)
{
    struct node whole = g->nodes.at[i];
    if (whole.period.kind == PERIOD_QUARTER) {
        whole.period = period_year(whole.period);
        add_part(t, g, l, "y", &whole, i);
    }
    if (whole.period.kind == PERIOD_YEAR) {
        const char *kind = g->nodes.at[i].period.kind == PERIOD_QUARTER ? "aq" : "ay";
        whole.period = (struct period){.kind = PERIOD_ALL};
        add_part(t, g, l, kind, &whole, i);
    }
}

static void find_lines(struct tables *t, const struct guard_table *g, struct lines *l)
{
    for (uint32_t i = 0; i < g->nodes.len; i++) {
        struct node whole = g->nodes.at[i];
        whole.region = REGION_TOTAL;
        add_part(t, g, l, "r", &whole, i);
        add_levels(t, g, l, i);
        add_periods(t, g, l, i);
    }
}

// Lines of which a part could be worked out: the parts hold no more than the whole; and of periods,
// which have no remainder, all.
static bool holds(const struct guard_table *g, const struct line *line, bool periods)
{
    double sum = 0, whole = g->nodes.at[line->whole].n;
    for (size_t i = 0; i < line->parts.len; i++)
        sum += g->nodes.at[line->parts.at[i]].n;
    return periods ? fabs(sum - whole) < 0.5 : sum <= whole + 0.5;
}

static void put_lines(struct tables *t, const struct guard_table *g, struct audit *a)
{
    struct lines l = {0};
    find_lines(t, g, &l);
    for (size_t i = 0; i < l.list.len; i++) {
        struct line *line = &l.list.at[i];
        char kind = l.keys.keys.at[i].ptr[0];
        if (holds(g, line, kind == 'y' || kind == 'a'))
            audit_line(a, line->whole, line->parts.at, line->parts.len);
        vec_free(&line->parts);
    }
    vec_free(&l.list);
    dict_free(&l.keys);
}

// ---- one table

static bool has_primary(const struct guard_table *g)
{
    for (size_t i = 0; i < g->nodes.len; i++)
        if (g->nodes.at[i].primary)
            return true;
    return false;
}

static void hide_rows(struct results *r, const struct guard_table *g, const struct audit *a)
{
    for (size_t i = 0; i < g->row.len; i++) {
        struct estimate *e = &r->estimates.at[g->row.at[i]];
        const struct audit_cell *c = &a->cells.at[g->row_node.at[i]];
        if (c->hidden && e->status != EST_SUPPRESSED && base_of(e) > 0)
            e->status = EST_SECONDARY;
    }
}

// Does the audit pass afterwards?
static bool protect(struct tables *t, const struct guard_table *g)
{
    struct audit a = {.threshold = t->results->study->min_n};
    for (size_t i = 0; i < g->nodes.len; i++) {
        const struct node *n = &g->nodes.at[i];
        vec_push(&a.cells,
                 ((struct audit_cell){.n = n->n, .primary = n->primary, .hidden = n->primary}));
    }
    put_lines(t, g, &a);
    bool good = audit_protect(&a) && audit_passes(&a);
    hide_rows(t->results, g, &a);
    audit_free(&a);
    return good;
}

size_t guard_complement(struct results *r)
{
    struct tables t = {.results = r};
    size_t failed = 0;
    collect(&t);
    for (size_t i = 0; i < t.list.len; i++)
        if (t.list.at[i].people && has_primary(&t.list.at[i]))
            failed += !protect(&t, &t.list.at[i]);
    tables_free(&t);
    return failed;
}
