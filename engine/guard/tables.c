// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/guard/tables.h"

#include <math.h>
#include <stdio.h>

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

struct str tables_key(struct tables *t, const struct node *n)
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
        int at = nodes[i].n > 0 ? dict_find(&g->keys, tables_key(t, &nodes[i])) : -1;
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
    vec_push(&g->series, g->row.len);
    kept = 0;
    for (size_t i = 0; i < count; i++) {
        const struct estimate *e = &t->results->estimates.at[s->from + i];
        if (!e->reported)
            continue;
        const struct node *one = &nodes[kept++];
        uint32_t at = (uint32_t)dict_add(&g->keys, tables_key(t, one));
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

void tables_collect(struct tables *t)
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

static void table_free(struct guard_table *g)
{
    for (size_t i = 0; i < g->lines.len; i++)
        vec_free(&g->lines.at[i].parts);
    vec_free(&g->lines);
    dict_free(&g->keys);
    vec_free(&g->nodes);
    vec_free(&g->row);
    vec_free(&g->row_node);
    vec_free(&g->series);
}

void tables_free(struct tables *t)
{
    for (size_t i = 0; i < t->list.len; i++)
        table_free(&t->list.at[i]);
    vec_free(&t->list);
    buf_free(&t->key);
    arena_free(&t->arena);
}
