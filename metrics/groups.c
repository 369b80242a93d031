// SPDX-License-Identifier: GPL-3.0-or-later
// Cells of a survey: the rows of every period, region and level, each list made once.
#include "metrics/respondents.h"

struct making {
    struct group_list *list;
    const struct frame *f;
    const struct places *places;
    struct arena *a;     // until the survey is computed
    struct arena *names; // of the results: levels stand in them
    const char ***level; // [breakdown][rank], NULL: does not occur
};

// Cuts a list of rows by a small number per row; the order within a part is kept. start: parts + 1.
static uint32_t *cut(struct making *m, const uint32_t *rows, size_t n, const uint32_t *part,
                     size_t parts, size_t *start)
{
    uint32_t *out = NEWS(m->a, n + 1, uint32_t);
    size_t *next = mem_new(parts + 1, sizeof *next);
    memset(start, 0, (parts + 1) * sizeof *start);
    for (size_t i = 0; i < n; i++)
        if (part[i] < parts)
            start[part[i] + 1]++;
    for (size_t p = 0; p < parts; p++)
        start[p + 1] += start[p];
    memcpy(next, start, parts * sizeof *next);
    for (size_t i = 0; i < n; i++)
        if (part[i] < parts)
            out[next[part[i]]++] = rows[i];
    mem_free(next);
    return out;
}

// Where the rows of each unit begin; the rows stand in the order of their units.
static void find_units(struct making *m, struct group *g)
{
    const struct design *d = &m->f->design;
    uint32_t count = 0;
    if (!m->f->by_units)
        return;
    for (size_t i = 0; i < g->count; i++)
        count += !i || d->unit[g->rows[i]] != d->unit[g->rows[i - 1]];
    uint32_t *unit = NEWS(m->a, count + 1, uint32_t), *first = NEWS(m->a, count + 1, uint32_t);
    uint32_t at = 0;
    for (size_t i = 0; i < g->count; i++)
        if (!i || d->unit[g->rows[i]] != d->unit[g->rows[i - 1]]) {
            unit[at] = d->unit[g->rows[i]];
            first[at++] = (uint32_t)i;
        }
    first[count] = (uint32_t)g->count;
    g->first = first;
    g->units = domain_of_units(m->a, d, unit, count);
}

static void add_group(struct making *m, struct group *g)
{
    find_units(m, g);
    if (g->rest)
        vec_push(&m->list->rests, *g);
    else
        vec_push(&m->list->groups, *g);
}

static void add_levels(struct making *m, const struct group *cell)
{
    for (size_t b = 0; b < m->f->breakdown_count; b++) {
        const struct breakdown *by = &m->f->breakdowns[b];
        size_t levels = by->column.codes.keys.len;
        uint32_t *part = mem_new(cell->count + 1, sizeof *part);
        size_t *start = mem_new(levels + 1, sizeof *start);
        for (size_t i = 0; i < cell->count; i++) {
            size_t row = cell->rows[i];
            part[i] = by->column.why[row] == VALID ? by->rank[by->column.code[row]] : UINT32_MAX;
        }
        uint32_t *rows = cut(m, cell->rows, cell->count, part, levels, start);
        for (size_t k = 0; k < levels; k++) {
            struct group g = *cell;
            g.breakdown = by->id;
            g.level = m->level[b][k];
            g.rows = rows + start[k];
            g.count = start[k + 1] - start[k];
            if (g.level)
                add_group(m, &g);
        }
        mem_free(part);
        mem_free(start);
    }
}

static void add_cell(struct making *m, struct span span, uint16_t region, const uint32_t *rows,
                     size_t count)
{
    struct group g = {.region = region,
                      .period = span.period,
                      .need = span.need,
                      .breakdown = "",
                      .level = "",
                      .rows = rows,
                      .count = count};
    add_group(m, &g);
    if (span.need != SPAN_TREND)
        add_levels(m, &g);
}

// All rows of the period but one region's.
static void add_rest(struct making *m, struct span span, uint16_t region, const uint32_t *rows,
                     size_t count)
{
    uint32_t *others = NEWS(m->a, count + 1, uint32_t);
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        if (m->f->region[rows[i]] != region)
            others[n++] = rows[i];
    struct group g = {.region = region,
                      .period = span.period,
                      .need = span.need,
                      .breakdown = "",
                      .level = "",
                      .rows = others,
                      .count = n,
                      .rest = true};
    if (n && n < count)
        add_group(m, &g);
}

static size_t rows_of_span(struct making *m, struct span span, uint32_t *rows)
{
    const struct frame *f = m->f;
    bool *in = mem_new(m->places->periods.len + 1, sizeof *in);
    size_t n = 0;
    for (size_t p = 0; p < m->places->periods.len; p++)
        in[p] = span_holds(span, m->places->periods.at[p]);
    for (size_t i = 0; i < f->rows; i++)
        if (in[f->period[f->order[i]]])
            rows[n++] = f->order[i];
    mem_free(in);
    return n;
}

static bool has_regions(const struct frame *f)
{
    for (size_t i = 0; i < f->rows; i++)
        if (f->region[i] != REGION_TOTAL)
            return true;
    return false;
}

static void add_span(struct making *m, struct span span, bool regions)
{
    uint32_t *rows = NEWS(m->a, m->f->rows + 1, uint32_t);
    size_t n = rows_of_span(m, span, rows), count = m->places->region_count;
    if (!n)
        return;
    if (regions) {
        uint32_t *part = mem_new(n + 1, sizeof *part);
        size_t *start = mem_new(count + 1, sizeof *start);
        for (size_t i = 0; i < n; i++)
            part[i] = m->f->region[rows[i]];
        uint32_t *split = cut(m, rows, n, part, count, start);
        for (size_t r = 0; r < count; r++)
            add_cell(m, span, (uint16_t)r, split + start[r], start[r + 1] - start[r]);
        for (size_t r = 0; r < count && span.need == SPAN_REPORT; r++)
            if (start[r + 1] > start[r])
                add_rest(m, span, (uint16_t)r, rows, n);
        mem_free(part);
        mem_free(start);
    }
    add_cell(m, span, REGION_TOTAL, rows, n);
}

// Texts of the levels that occur, by rank.
static void name_levels(struct making *m)
{
    m->level = NEWS(m->a, m->f->breakdown_count + 1, const char **);
    for (size_t b = 0; b < m->f->breakdown_count; b++) {
        const struct breakdown *by = &m->f->breakdowns[b];
        m->level[b] = NEWS(m->a, by->column.codes.keys.len + 1, const char *);
        for (size_t i = 0; i < m->f->rows; i++)
            if (by->column.why[i] == VALID) {
                uint32_t code = by->column.code[i];
                struct str text = by->column.codes.keys.at[code];
                const char **name = &m->level[b][by->rank[code]];
                if (!*name)
                    *name = arena_copy(m->names, text.ptr, text.len);
            }
    }
}

static const struct group *whole_of(const struct group_list *list, const struct group *g)
{
    for (size_t i = 0; i < list->groups.len; i++) {
        const struct group *other = &list->groups.at[i];
        if (other->region == REGION_TOTAL && !*other->breakdown &&
            period_same(other->period, g->period))
            return other;
    }
    return g;
}

// ---- what a group is made up of

enum { SMALL_GROUP = 4096 }; // whose rows are counted sooner than its parts are looked for

static bool same_level(const struct group *a, const struct group *b)
{
    return strcmp(a->breakdown, b->breakdown) == 0 && strcmp(a->level, b->level) == 0;
}

// The same of every region.
static bool is_regional(const struct group *part, const struct group *g)
{
    return g->region == REGION_TOTAL && part->region != REGION_TOTAL && same_level(part, g);
}

// The levels of the first breakdown.
static bool is_level(const struct group *part, const struct group *g, const char *breakdown)
{
    return part->region == g->region && !*g->breakdown && strcmp(part->breakdown, breakdown) == 0;
}

static bool takes_parts(struct making *m, struct group *g, const char *breakdown)
{
    const struct group_list *list = m->list;
    size_t rows = 0, count = 0;
    const struct group **parts = NEWS(m->a, list->groups.len + 1, const struct group *);
    for (size_t i = 0; i < list->groups.len; i++) {
        const struct group *part = &list->groups.at[i];
        if (!period_same(part->period, g->period) ||
            !(breakdown ? is_level(part, g, breakdown) : is_regional(part, g)))
            continue;
        parts[count++] = part;
        rows += part->count;
    }
    if (!count || rows != g->count)
        return false;
    g->parts = parts;
    g->part_count = count;
    return true;
}

static void takes_rest(struct making *m, struct group *g)
{
    const struct group_list *list = m->list;
    for (size_t i = 0; i < list->groups.len; i++) {
        const struct group *own = &list->groups.at[i];
        if (own->region != g->region || *own->breakdown || !period_same(own->period, g->period) ||
            g->whole->count != own->count + g->count)
            continue;
        g->parts = NEWS(m->a, 2, const struct group *);
        g->parts[0] = g->whole;
        g->parts[1] = own;
        g->part_count = 2;
    }
}

static void link_group(struct making *m, struct group *g, size_t number)
{
    g->number = number;
    g->whole = whole_of(m->list, g);
    if (!g->units || g->count < SMALL_GROUP)
        return;
    if (g->rest)
        takes_rest(m, g);
    else if (!takes_parts(m, g, NULL) && m->f->breakdown_count)
        takes_parts(m, g, m->f->breakdowns[0].id);
}

void groups_make(struct group_list *list, const struct frame *f, const struct run *run,
                 struct arena *a)
{
    struct making m = {
        .list = list, .f = f, .places = run->places, .a = a, .names = &run->results->arena};
    bool regions = has_regions(f);
    name_levels(&m);
    for (size_t s = 0; s < run->span_count; s++)
        add_span(&m, run->spans[s], regions);
    for (size_t i = 0; i < list->groups.len; i++)
        link_group(&m, &list->groups.at[i], i);
    for (size_t i = 0; i < list->rests.len; i++)
        link_group(&m, &list->rests.at[i], list->groups.len + i);
}
