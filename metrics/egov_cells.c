// SPDX-License-Identifier: GPL-3.0-or-later
// The cells in which the rows of service maturity are computed: span, region, sector.
#include "metrics/egov_rows.h"

#include <math.h>

struct filling { // one span of one block
    struct cell cell;
    struct egov_view view;
    const struct egov_row **chosen; // rows of the span, by region and service
    size_t count;
};

static void fill(const struct filling *f, const struct cell *cell, const struct egov_row *const *at,
                 size_t count)
{
    struct egov_view view = f->view;
    struct cell here = *cell;
    view.rows = at;
    view.count = count;
    view.sums = egov_sum(view.block, at, count);
    here.state = &view;
    for (size_t i = 0; i < egov_family.count; i++)
        row_compute(&egov_family.rows[i], &here);
}

static void fill_sectors(const struct filling *f, const struct cell *cell,
                         const struct egov_row *const *at, size_t count)
{
    const struct egov_state *s = f->view.state;
    size_t sectors = s->sectors.keys.len, taken = 0;
    const struct egov_row **sorted = mem_new(count + 1, sizeof *sorted);
    struct cell here = *cell;
    here.by = "sector";
    uint32_t *by_rank = mem_new(sectors + 1, sizeof *by_rank);
    for (uint32_t i = 0; i < sectors; i++)
        by_rank[s->sector_rank[i]] = i;
    for (size_t i = 0; i < sectors; i++, taken = 0) {
        for (size_t r = 0; r < count; r++)
            if (at[r]->sector == by_rank[i])
                sorted[taken++] = at[r];
        struct str id = s->sectors.keys.at[by_rank[i]];
        here.level = arena_copy(&cell->out->arena, id.ptr, id.len);
        if (taken)
            fill(f, &here, sorted, taken);
    }
    mem_free(by_rank);
    mem_free(sorted);
}

static bool is_excepted(const struct run *run, const struct egov_block *block, uint16_t region)
{
    for (size_t i = 0; region != REGION_TOTAL && i < block->in->except.count; i++)
        if (strcmp(block->in->except.at[i], places_region_id(run->places, region)) == 0)
            return true;
    return false;
}

// A region for which the study switches the family off has rows that say so, and no numbers.
static void switch_off(struct results *out, size_t from)
{
    for (size_t i = from; i < out->estimates.len; i++) {
        struct estimate *e = &out->estimates.at[i];
        e->n = e->numerator = e->denominator = e->low = e->high = NAN;
        admin_absent(e, EST_NOT_APPLICABLE, "switched_off");
    }
}

static void fill_region(struct filling *f, uint16_t region, const struct egov_row *const *at,
                        size_t count)
{
    const struct egov_block *block = f->view.block;
    size_t from = f->cell.out->estimates.len;
    bool off = is_excepted(f->view.run, block, region);
    f->cell.region = region;
    fill(f, &f->cell, at, off ? 0 : count);
    if (off)
        switch_off(f->cell.out, from);
    else if (block->has_sector && f->view.levels)
        fill_sectors(f, &f->cell, at, count);
}

static size_t end_of_region(const struct filling *f, size_t at, uint16_t region)
{
    while (at < f->count && f->chosen[at]->region == region)
        at++;
    return at;
}

// The total leaves out the regions for which the family is switched off.
static void fill_total(struct filling *f)
{
    const struct egov_row **kept = mem_new(f->count + 1, sizeof *kept);
    size_t count = 0;
    for (size_t i = 0; i < f->count; i++)
        if (!is_excepted(f->view.run, f->view.block, f->chosen[i]->region))
            kept[count++] = f->chosen[i];
    fill_region(f, REGION_TOTAL, kept, count);
    mem_free(kept);
}

static struct egov_standing *standings_of(struct filling *f)
{
    size_t regions = f->view.run->places->region_count;
    struct egov_standing *standings = mem_new(regions + 1, sizeof *standings);
    for (size_t r = 0, at = 0; r < regions; r++) {
        size_t end = end_of_region(f, at, (uint16_t)r);
        bool off = is_excepted(f->view.run, f->view.block, (uint16_t)r);
        f->view.sums = egov_sum(f->view.block, f->chosen + at, end - at);
        standings[r] =
            off ? (struct egov_standing){NAN, NAN, NAN} : egov_standing_of(&f->view, (uint16_t)r);
        at = end;
    }
    return standings;
}

static void choose_rows(struct filling *f)
{
    const struct egov_block *block = f->view.block;
    f->chosen = mem_new(block->rows.len + 1, sizeof *f->chosen);
    for (size_t i = 0; i < block->rows.len; i++)
        if (span_holds(f->view.span, f->view.run->places->periods.at[block->rows.at[i].period]))
            f->chosen[f->count++] = &block->rows.at[i];
}

static void fill_block(struct filling *f)
{
    const struct model *model = f->view.block->model;
    struct egov_standing *standings = NULL;
    choose_rows(f);
    if (model && model->weights[0].measure)
        f->view.standings = standings = standings_of(f);
    for (size_t r = 0, at = 0; r < f->view.run->places->region_count; r++) {
        size_t end = end_of_region(f, at, (uint16_t)r);
        fill_region(f, (uint16_t)r, f->chosen + at, end - at);
        at = end;
    }
    fill_total(f);
    mem_free(standings);
    mem_free(f->chosen);
}

// Which services have a standard in the span, and which meet one.
static void join_standards(const struct run *run, const struct egov_state *s, struct span span,
                           struct counters *with, struct counters *met)
{
    size_t count;
    struct standards_entry *entries = standards_entries(run, run->standards, span, &count);
    for (size_t i = 0; i < count; i++) {
        if (entries[i].service == ADMIN_NO_CODE)
            continue;
        int service = dict_find(&s->services, run->standards->services.keys.at[entries[i].service]);
        if (service < 0)
            continue;
        uint64_t key = egov_key(entries[i].region, (uint32_t)service);
        counters_add(with, key, 1);
        if (standards_verdict(&entries[i]) == VERDICT_YES)
            counters_add(met, key, 1);
    }
    mem_free(entries);
}

static void fill_span(struct run *run, struct egov_state *s, struct span span)
{
    struct counters with = {0}, met = {0};
    bool joined = run->standards && run->standards->services.keys.len > 0;
    if (joined)
        join_standards(run, s, span, &with, &met);
    for (size_t b = 0; b < s->block_count; b++) {
        struct filling f = {
            .cell = {.out = run->results,
                     .item = s->block_count > 1 ? s->blocks[b].in->in.id : "",
                     .by = "",
                     .level = "",
                     .period = span.period,
                     .reported = span.need == SPAN_REPORT},
            .view = {.run = run,
                     .state = s,
                     .block = &s->blocks[b],
                     .span = span,
                     .with_standard = joined ? &with : NULL,
                     .standard_met = joined ? &met : NULL,
                     .levels = span.need != SPAN_TREND},
        };
        fill_block(&f);
    }
    counters_free(&with);
    counters_free(&met);
}

void egov_compute(struct run *run, void *state)
{
    struct egov_state *s = state;
    if (!s)
        return;
    egov_settle(run, s);
    if (run->standards)
        standards_settle(run, run->standards);
    results_index(run->results); // citizen voice may name an indicator of another family
    for (size_t i = 0; i < run->span_count; i++)
        fill_span(run, s, run->spans[i]);
    egov_drop(s);
}
