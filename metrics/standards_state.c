// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/standards_state.h"

#include <math.h>
#include <stdlib.h>

struct sorter {
    const uint32_t *rank;
    const struct standards_row *row;
};

static int by_number(double a, double b)
{
    return (a > b) - (a < b);
}

static int row_order(const void *left, const void *right)
{
    const struct sorter *a = left, *b = right;
    const struct standards_row *x = a->row, *y = b->row;
    int order = by_number(x->region, y->region);
    if (!order)
        order = by_number(a->rank[x->key], b->rank[y->key]);
    if (!order)
        order = by_number(x->period, y->period);
    if (!order)
        order = by_number(x->total, y->total);
    return order ? order : by_number(x->met, y->met);
}

void standards_sort(struct standards_state *s)
{
    size_t count = s->rows.len;
    struct sorter *keys = mem_new(count + 1, sizeof *keys);
    struct standards_row *sorted = mem_new(count + 1, sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        keys[i] = (struct sorter){s->key_rank, &s->rows.at[i]};
    qsort(keys, count, sizeof *keys, row_order);
    for (size_t i = 0; i < count; i++)
        sorted[i] = *keys[i].row;
    if (count)
        memcpy(s->rows.at, sorted, count * sizeof *sorted);
    mem_free(sorted);
    mem_free(keys);
}

void standards_settle(const struct run *run, struct standards_state *s)
{
    if (s->settled)
        return;
    s->settled = true;
    for (size_t i = 0; i < s->rows.len; i++) {
        s->rows.at[i].region = admin_region(run->places, s->rows.at[i].region);
        s->rows.at[i].period = admin_period(run->places, s->rows.at[i].period);
    }
    standards_sort(s);
}

// ---- sums

enum verdict standards_verdict(const struct standards_entry *e)
{
    if (!(e->target > 0) || e->target_changed || !e->reported || !(e->total > 0))
        return VERDICT_NONE;
    return num_round(e->met / e->total, e->decimals) >= e->target ? VERDICT_YES : VERDICT_NO;
}

// Rows arrive in the order of periods, so the target that stays is the last one written.
static void take_new_target(struct standards_entry *e, double target)
{
    if (isnan(target))
        return;
    e->target_changed = e->target_changed || (!isnan(e->target) && e->target != target);
    e->target = target;
}

static void add_row(struct standards_entry *e, const struct standards_row *row)
{
    e->rows++;
    e->not_applicable += row->not_applicable;
    if (row->type != ADMIN_NO_CODE)
        e->type = row->type;
    if (row->channel != ADMIN_NO_CODE)
        e->channel = row->channel;
    take_new_target(e, row->target);
    if (isnan(row->met) || isnan(row->total))
        return;
    e->reported++;
    e->met += row->met;
    e->total += row->total;
}

static struct standards_entry entry_of(const struct run *run, const struct standards_row *row)
{
    return (struct standards_entry){
        .key = row->key,
        .service = row->service,
        .type = ADMIN_NO_CODE,
        .channel = ADMIN_NO_CODE,
        .region = row->region,
        .decimals = run->study->standards[row->block].decimals,
        .target = NAN,
    };
}

struct standards_entry *standards_entries(const struct run *run, const struct standards_state *s,
                                          struct span span, size_t *count)
{
    struct standards_entry *list = mem_new(s->rows.len + 1, sizeof *list);
    size_t n = 0;
    for (size_t i = 0; i < s->rows.len; i++) {
        const struct standards_row *row = &s->rows.at[i];
        if (!span_holds(span, run->places->periods.at[row->period]))
            continue;
        if (!n || list[n - 1].key != row->key || list[n - 1].region != row->region)
            list[n++] = entry_of(run, row);
        add_row(&list[n - 1], row);
    }
    *count = n;
    return list;
}

static void add_entry(struct standards_entry *into, const struct standards_entry *e)
{
    into->rows += e->rows;
    into->reported += e->reported;
    into->not_applicable += e->not_applicable;
    into->met += e->met;
    into->total += e->total;
    into->target_changed = into->target_changed || e->target_changed;
    take_new_target(into, e->target);
}

struct standards_entry *standards_merge(const struct standards_state *s,
                                        const struct standards_entry *entries, size_t count,
                                        size_t *merged)
{
    struct standards_entry *by_rank = mem_new(s->keys.keys.len + 1, sizeof *by_rank);
    for (size_t i = 0; i < count; i++) {
        struct standards_entry *into = &by_rank[s->key_rank[entries[i].key]];
        if (into->rows)
            add_entry(into, &entries[i]);
        else
            *into = entries[i];
        into->region = REGION_TOTAL;
    }
    size_t n = 0;
    for (size_t i = 0; i < s->keys.keys.len; i++)
        if (by_rank[i].rows)
            by_rank[n++] = by_rank[i];
    *merged = n;
    return by_rank;
}

void standards_drop(void *state)
{
    struct standards_state *s = state;
    if (!s)
        return;
    dict_free(&s->keys);
    dict_free(&s->services);
    dict_free(&s->standards);
    dict_free(&s->types);
    dict_free(&s->channels);
    mem_free(s->key_rank);
    vec_free(&s->rows);
    mem_free(s);
}
