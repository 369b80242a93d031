// SPDX-License-Identifier: GPL-3.0-or-later
// Service standards: performance and verdicts by the published federal rule (indicators.md 5).
#include "metrics/standards_state.h"

#include <math.h>

struct view { // what a cell is computed from
    const struct standards_entry *at;
    size_t count;
    bool single; // one standard (a row with an item), else the standards of a region
};

struct sums {
    double met, total;
    unsigned rows, reported, not_applicable, yes, no;
};

static struct sums sums_of(const struct view *v)
{
    struct sums s = {0};
    for (size_t i = 0; i < v->count; i++) {
        const struct standards_entry *e = &v->at[i];
        enum verdict verdict = standards_verdict(e);
        s.met += e->met;
        s.total += e->total;
        s.rows += e->rows;
        s.reported += e->reported;
        s.not_applicable += e->not_applicable;
        s.yes += verdict == VERDICT_YES;
        s.no += verdict == VERDICT_NO;
    }
    return s;
}

static void flag_unreported(struct estimate *e, const struct view *v, const struct sums *s)
{
    unsigned applicable = s->rows - s->not_applicable;
    if (!v->single)
        admin_unreported(e, applicable - s->reported, applicable);
    else if (s->reported < applicable)
        admin_caution(e, "period_incomplete");
}

// 100 · Σ met / Σ total, over the rows where both were reported.
static void performance(const struct indicator *self, struct cell *cell)
{
    const struct view *v = cell->state;
    struct sums s = sums_of(v);
    struct estimate *e = cell_add(cell, self);
    if (!s.rows)
        return;
    if (!s.reported) {
        if (s.rows == s.not_applicable)
            admin_absent(e, EST_NOT_APPLICABLE, "nothing_measured");
        return;
    }
    e->n = s.reported;
    admin_share(e, s.met, s.total);
    flag_unreported(e, v, &s);
}

static const char *why_no_verdict(const struct standards_entry *e)
{
    if (e->target_changed)
        return "target_changed";
    return e->target > 0 ? "nothing_measured" : "no_target";
}

static void met_single(const struct indicator *self, struct cell *cell, const struct view *v)
{
    struct estimate *e = cell_add(cell, self);
    enum verdict verdict = standards_verdict(v->at);
    if (verdict == VERDICT_NONE) {
        admin_absent(e, EST_NOT_APPLICABLE, why_no_verdict(v->at));
        return;
    }
    struct sums s = sums_of(v);
    e->n = s.reported;
    e->numerator = s.yes;
    e->denominator = 1;
    estimate_set(e, verdict == VERDICT_YES ? 100 : 0);
    if (v->at->met > v->at->total)
        admin_caution(e, "excess");
    flag_unreported(e, v, &s);
}

// One standard: 100 or 0. Several: 100 · met / (met + not met).
static void met(const struct indicator *self, struct cell *cell)
{
    const struct view *v = cell->state;
    if (v->single) {
        met_single(self, cell, v);
        return;
    }
    struct sums s = sums_of(v);
    struct estimate *e = cell_add(cell, self);
    if (!v->count)
        return;
    admin_share(e, s.yes, s.yes + s.no);
    e->n = s.yes + s.no;
}

// Performance less the target of one standard, in points.
static void gap(const struct indicator *self, struct cell *cell)
{
    const struct view *v = cell->state;
    if (!v->single)
        return;
    struct estimate *e = cell_add(cell, self);
    if (standards_verdict(v->at) == VERDICT_NONE) {
        admin_absent(e, EST_NOT_APPLICABLE, why_no_verdict(v->at));
        return;
    }
    struct sums s = sums_of(v);
    e->n = s.reported;
    e->numerator = s.met;
    e->denominator = s.total;
    estimate_set(e, 100 * (s.met / s.total - v->at->target));
    flag_unreported(e, v, &s);
}

static void assessed(const struct indicator *self, struct cell *cell)
{
    const struct view *v = cell->state;
    if (v->single)
        return;
    struct sums s = sums_of(v);
    struct estimate *e = cell_add(cell, self);
    if (!v->count)
        return;
    e->n = (double)v->count;
    admin_share(e, s.yes + s.no, (double)v->count);
}

static void count(const struct indicator *self, struct cell *cell)
{
    const struct view *v = cell->state;
    if (v->single)
        return;
    struct estimate *e = cell_add(cell, self);
    if (!v->count)
        return;
    e->n = (double)v->count;
    estimate_set(e, (double)v->count);
}

static void volume(const struct indicator *self, struct cell *cell)
{
    const struct view *v = cell->state;
    if (v->single)
        return;
    struct sums s = sums_of(v);
    struct estimate *e = cell_add(cell, self);
    if (!s.reported)
        return;
    e->n = s.reported;
    estimate_set(e, s.total);
    flag_unreported(e, v, &s);
}

// clang-format off
static const struct indicator rows[] = {
    {LABEL("standards.performance", "Performance", "Rendement"),
     UNIT_PERCENT, 1, 2, INTERVAL_NONE, "reported", "100 Σ met / Σ total",
     TEXT("Share of the volume that was served within the standard. Over several standards or quarters: pooled by volume.",
          "Part du volume traité dans le respect de la norme. Pour plusieurs normes ou trimestres, les volumes sont regroupés."),
     "standards: standard, met, total", "3a 1a", "Treasury Board Secretariat, GC Service Inventory; recomputed for 2023-24", performance},
    {LABEL("standards.met", "Target met", "Cible atteinte"),
     UNIT_PERCENT, 1, 2, INTERVAL_NONE, "reported", "100 if r(met/total, 4) ≥ target, else 0; several: 100 Y/(Y + N)",
     TEXT("Whether the performance, rounded as it is published, reaches the target; for several standards, the share of those assessed that reach it.",
          "Indique si le rendement, arrondi comme à la publication, atteint la cible; pour plusieurs normes, part des normes évaluées qui l'atteignent."),
     "standards: standard, target, met, total", "3a 2c", "Treasury Board Secretariat, GC Service Inventory; recomputed for 2023-24", met},
    {LABEL("standards.gap", "Distance to target", "Écart à la cible"),
     UNIT_POINTS, 1, 2, INTERVAL_NONE, "reported", "100 (Σ met / Σ total − target)",
     TEXT("Performance less the target, in points.", "Rendement moins la cible, en points."),
     "standards: standard, target, met, total", "3a", "own decision", gap},
    {LABEL("standards.assessed", "Standards assessed", "Normes évaluées"),
     UNIT_PERCENT, 1, 2, INTERVAL_NONE, "all", "100 (Y + N) / standards",
     TEXT("Share of the listed standards whose target could be judged.",
          "Part des normes répertoriées dont la cible a pu être évaluée."),
     "standards: standard, target, met, total", "3a quality", "own decision", assessed},
    {LABEL("standards.count", "Standards", "Normes"),
     UNIT_COUNT, 0, -1, INTERVAL_NONE, "all", "number of standards",
     TEXT("Standards listed, each counted once in a region.",
          "Normes répertoriées, chacune étant comptée une fois par région."),
     "standards: standard", "3a", "own decision", count},
    {LABEL("standards.volume", "Total volume", "Volume total"),
     UNIT_COUNT, 0, -1, INTERVAL_NONE, "reported", "Σ total",
     TEXT("Volume of business that the standards cover; a service with several standards counts several times.",
          "Volume d'activité visé par les normes; un service assorti de plusieurs normes est compté plusieurs fois."),
     "standards: standard, met, total", "3a", "own decision", volume},
};
// clang-format on

enum { ROW_COUNT = sizeof rows / sizeof *rows };

static void fill(const struct cell *cell, const struct standards_entry *at, size_t n, bool single)
{
    struct view view = {at, n, single};
    struct cell here = *cell;
    here.state = &view;
    for (size_t i = 0; i < ROW_COUNT; i++)
        row_compute(&rows[i], &here);
}

static const char *const level_by[] = {"type", "channel"};

static uint32_t level_of(const struct standards_entry *e, size_t by)
{
    return by == 0 ? e->type : e->channel;
}

// The entries sorted by level: starts[rank] to starts[rank + 1]; those without a level are left
// out.
static struct standards_entry *by_level(const uint32_t *ranks, size_t by, size_t *starts,
                                        const struct standards_entry *at, size_t n)
{
    struct standards_entry *sorted = mem_new(n + 1, sizeof *sorted);
    for (size_t i = 0; i < n; i++)
        if (level_of(&at[i], by) != ADMIN_NO_CODE)
            starts[ranks[level_of(&at[i], by)] + 2]++;
    for (size_t i = 2; starts[i] != SIZE_MAX; i++)
        starts[i] += starts[i - 1];
    for (size_t i = 0; i < n; i++)
        if (level_of(&at[i], by) != ADMIN_NO_CODE)
            sorted[starts[ranks[level_of(&at[i], by)] + 1]++] = at[i];
    return sorted;
}

static void fill_levels(const struct cell *cell, const struct dict *codes, size_t by,
                        const struct standards_entry *at, size_t n)
{
    uint32_t *ranks = dict_ranks(codes);
    size_t *starts = mem_new(codes->keys.len + 3, sizeof *starts);
    starts[codes->keys.len + 2] = SIZE_MAX;
    struct standards_entry *sorted = by_level(ranks, by, starts, at, n);
    struct cell here = *cell;
    here.by = level_by[by];
    for (size_t i = 0; i < codes->keys.len; i++) {
        size_t from = starts[i], count_here = starts[i + 1] - from;
        if (!count_here)
            continue;
        struct str code = codes->keys.at[level_of(&sorted[from], by)];
        here.level = arena_copy(&cell->out->arena, code.ptr, code.len);
        fill(&here, sorted + from, count_here, false);
    }
    mem_free(sorted);
    mem_free(starts);
    mem_free(ranks);
}

static void fill_region(struct cell *cell, const struct standards_state *s,
                        const struct standards_entry *at, size_t n, bool levels)
{
    fill(cell, at, n, false);
    if (!levels)
        return;
    fill_levels(cell, &s->types, 0, at, n);
    fill_levels(cell, &s->channels, 1, at, n);
}

static void fill_items(struct cell *cell, const struct standards_state *s,
                       const struct standards_entry *at, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct str key = s->keys.keys.at[at[i].key];
        cell->item = arena_copy(&cell->out->arena, key.ptr, key.len);
        fill(cell, &at[i], 1, true);
    }
    cell->item = "";
}

static void fill_span(const struct run *run, const struct standards_state *s, struct span span)
{
    size_t n, merged;
    struct standards_entry *entries = standards_entries(run, s, span, &n);
    struct standards_entry *whole = standards_merge(s, entries, n, &merged);
    struct cell cell = {.out = run->results,
                        .item = "",
                        .by = "",
                        .level = "",
                        .period = span.period,
                        .reported = span.need == SPAN_REPORT};
    bool levels = span.need != SPAN_TREND;
    for (size_t r = 0, at = 0; r < run->places->region_count; r++) {
        size_t from = at;
        while (at < n && entries[at].region == r)
            at++;
        cell.region = (uint16_t)r;
        fill_region(&cell, s, entries + from, at - from, levels);
        fill_items(&cell, s, entries + from, at - from);
    }
    cell.region = REGION_TOTAL;
    fill_region(&cell, s, entries, n, levels);
    fill_items(&cell, s, whole, merged);
    mem_free(whole);
    mem_free(entries);
}

// Items in the order of their keys, whichever arrives first.
static void announce_items(struct results *out, const struct standards_state *s)
{
    size_t n = s->keys.keys.len;
    uint32_t *by_rank = mem_new(n + 1, sizeof *by_rank);
    for (uint32_t i = 0; i < n; i++)
        by_rank[s->key_rank[i]] = i;
    dict_add(&out->items, STR(""));
    for (size_t i = 0; i < n; i++)
        dict_add(&out->items, s->keys.keys.at[by_rank[i]]);
    mem_free(by_rank);
}

static void compute(struct run *run, void *state)
{
    struct standards_state *s = state;
    if (!s)
        return;
    standards_settle(run, s);
    announce_items(run->results, s);
    for (size_t i = 0; i < run->span_count; i++)
        fill_span(run, s, run->spans[i]);
    run->standards = NULL;
    standards_drop(s);
}

const struct family standards_family = {
    .label = LABEL("standards", "Service standards", "Normes de service"),
    .rows = rows,
    .count = ROW_COUNT,
    .read = standards_read,
    .compute = compute,
    .drop = standards_drop,
};
