// SPDX-License-Identifier: GPL-3.0-or-later
// The family `activity`: reads events and counts, then goes through periods, regions and levels.
#include "metrics/activity_family.h"

#include "metrics/activity.h"
#include "metrics/parts.h"

const struct label activity_reasons[ACTIVITY_REASONS] = {
    LABEL("no_baseline", "there is no baseline to compare with",
          "il n'y a pas de période de référence à laquelle comparer"),
    LABEL("break", "the series has a break in between", "la série comporte une rupture"),
    LABEL("short_history", "the data hold less than 12 months",
          "les données couvrent moins de 12 mois"),
    LABEL("no_period_before", "there are no data for the period before",
          "il n'y a pas de données pour la période précédente"),
    LABEL("other_channel", "the standard is for another channel",
          "la norme vise un autre mode de prestation"),
    LABEL("online_not_declared", "no channel of the data is known to be on-line",
          "aucun mode présent dans les données n'est reconnu comme étant en direct"),
    LABEL("one_service", "only one service was used", "un seul service a été utilisé"),
    LABEL("no_cost", "no cost was recorded", "aucun coût n'a été consigné"),
};

struct state {
    struct contacts contacts;
    struct calls calls;
};

static void drop(void *state)
{
    struct state *s = state;
    if (!s)
        return;
    contacts_free(&s->contacts);
    calls_free(&s->calls);
    mem_free(s);
}

// Cells of the output take a kilobyte each.
enum { MOST_CELLS = 300000 };

static enum status check_size(struct run *run, const struct cube *c)
{
    size_t slots = 1, most = 0;
    size_t regions = run->study->region_count + run->places->found.keys.len + 1;
    struct where where = run->study->activities[0].in.where;
    if (c->full)
        return diag(run->diags, E0422, where, "activity has more than %d breakdowns", CUBE_DIMS);
    for (size_t d = 0; d < c->dim_count; d++) {
        slots += c->dims[d].levels.keys.len + 1;
        if (c->dims[d].levels.keys.len > c->dims[most].levels.keys.len)
            most = d;
    }
    if (slots <= MOST_CELLS / regions)
        return OK;
    return diag(run->diags, E0422, where, "%zu regions times %zu levels; %s alone has %zu", regions,
                slots, c->dims[most].id, c->dims[most].levels.keys.len);
}

// Statistics.md 14 would take clients as the units where most are known; that is not done.
static void say_intervals(struct run *run, const struct contacts *c)
{
    uint64_t asked = 0, identified = 0;
    for (size_t i = 0; i < c->sums.len; i++) {
        asked += c->sums.at[i].count[COUNT_CLIENT_ASKED];
        identified += c->sums.at[i].count[COUNT_IDENTIFIED];
    }
    if (asked && 5 * identified >= 4 * asked)
        (void)diag(run->diags, E0421, (struct where){0},
                   "contacts of one client are taken as independent in the intervals of activity, "
                   "which may be too narrow");
}

static enum status read_all(struct run *run, struct state *s)
{
    TRY(check_size(run, &s->contacts.cube));
    TRY(check_size(run, &s->calls.cube));
    for (size_t i = 0; i < run->study->activity_count; i++) {
        if (run->study->activities[i].in.kind == INPUT_COUNTS)
            TRY(calls_read(&s->calls, run, (uint16_t)i));
        else
            TRY(contacts_read(&s->contacts, run, (uint16_t)i));
    }
    if (run->parts)
        TRY(parts_contacts(run->parts, run, &s->contacts));
    TRY(contacts_check(&s->contacts, run->study->activities[0].in.where, run->diags));
    say_intervals(run, &s->contacts);
    TRY(check_size(run, &s->contacts.cube));
    return check_size(run, &s->calls.cube);
}

static enum status read_family(struct run *run, void **state)
{
    *state = NULL;
    if (!run->study->activity_count)
        return OK;
    struct state *s = mem_new(1, sizeof *s);
    contacts_start(&s->contacts, run->study);
    calls_start(&s->calls, run->study);
    enum status status = read_all(run, s);
    if (status)
        drop(s);
    else
        *state = s;
    return status;
}

// ---- cells

struct place { // of a cell in the results
    size_t region, slot;
    struct span span;
};

static struct cell cell_at(struct run *run, const struct cube_layout *l, struct place at,
                           struct str *level, int *dim)
{
    *dim = cube_slot_dim(l, at.slot, level);
    return (struct cell){
        .out = run->results,
        .item = "",
        .region = at.region == l->region_count ? REGION_TOTAL : (uint16_t)at.region,
        .period = at.span.period,
        .by = *dim < 0 ? "" : arena_text(&run->results->arena, l->cube->dims[*dim].id),
        .level = *dim < 0 ? "" : arena_copy(&run->results->arena, level->ptr, level->len),
        .reported = at.span.need == SPAN_REPORT,
    };
}

static void compute_rows(struct cell *cell, enum interval_kind kind)
{
    for (size_t i = 0; i < ACTIVITY_ROWS; i++)
        if (activity_rows[i].interval == kind)
            row_compute(&activity_rows[i], cell);
}

// A period that the study lists, or whose rows stop more than a week before its end.
static void mark_preliminary(struct run *run, struct period p, size_t first, bool unfinished)
{
    for (size_t i = 0; i < run->study->preliminary_count; i++)
        unfinished |= period_same(run->study->preliminary[i], p);
    for (size_t i = first; unfinished && i < run->results->estimates.len; i++)
        run->results->estimates.at[i].preliminary = true;
}

// A level without contacts has a number and a share, which are 0; nothing else is said about it.
static void compute_empty_level(struct cell *cell)
{
    for (size_t i = 0; i < ACTIVITY_ROWS; i++)
        if (activity_rows[i].compute == contact_contacts ||
            activity_rows[i].compute == contact_level_share)
            row_compute(&activity_rows[i], cell);
}

static void compute_contact_cell(struct run *run, struct contact_view *v, struct place at)
{
    const struct cube_layout *l = &v->book->layout;
    const struct contact_cell *whole = &v->now->cells[at.region * l->slots];
    v->region = at.region;
    v->slot = at.slot;
    v->cell = at.region * l->slots + at.slot;
    const uint64_t *count = v->now->cells[v->cell].s.count;
    bool empty = !count[COUNT_CONTACTS] && !count[COUNT_FOLLOW_DUE];
    if (at.slot && empty && !whole->s.count[COUNT_CONTACTS])
        return;
    struct str level;
    struct cell cell = cell_at(run, l, at, &level, &v->dim);
    cell.state = v;
    size_t first = run->results->estimates.len;
    v->unknown = v->dim >= 0 && at.slot == l->first[v->dim] + l->known[v->dim];
    if (v->unknown && count[COUNT_CONTACTS])
        contact_contacts(&activity_rows[0], &cell);
    else if (!v->unknown && at.slot && empty)
        compute_empty_level(&cell);
    else if (!v->unknown)
        compute_rows(&cell, INTERVAL_PROCESS);
    mark_preliminary(run, cell.period, first, cube_unfinished(cell.period, whole->s.last));
}

static struct period baseline_of(const struct study *s, struct period p)
{
    bool given = period_is(s->baseline) && s->baseline.kind == p.kind;
    return given ? s->baseline : period_year_ago(p);
}

static void compute_contact_span(struct run *run, struct contact_book *book, struct span span)
{
    bool levels = span.need != SPAN_TREND;
    struct contact_table now, base = {0};
    struct period baseline = baseline_of(run->study, span.period);
    contact_table_make(&now, book, span.period, levels, true);
    if (period_is(baseline))
        contact_table_make(&base, book, baseline, levels, false);
    struct contact_view v = {.book = book,
                             .now = &now,
                             .base = period_is(baseline) ? &base : NULL,
                             .alpha = 1 - run->study->confidence};
    for (size_t region = 0; region <= book->layout.region_count; region++)
        for (size_t slot = 0; slot < (levels ? book->layout.slots : 1); slot++)
            compute_contact_cell(run, &v, (struct place){region, slot, span});
    contact_table_free(&now);
    contact_table_free(&base);
}

static void compute_contacts(struct run *run, struct contacts *c)
{
    struct contact_book book;
    if (!c->sums.len)
        return;
    contacts_finish(c, run->places, run->threads);
    contact_book_start(&book, c, run->places);
    contact_book_people(&book, run->spans, run->span_count, run->threads);
    for (size_t i = 0; i < run->span_count; i++)
        compute_contact_span(run, &book, run->spans[i]);
    contact_book_free(&book);
}

static void compute_calls_span(struct run *run, const struct calls *c, const struct cube_layout *l,
                               struct span span)
{
    bool levels = span.need != SPAN_TREND;
    struct calls_sums *cells = calls_cells(c, l, span.period, levels);
    for (size_t region = 0; region <= l->region_count; region++)
        for (size_t slot = 0; slot < (levels ? l->slots : 1); slot++) {
            struct calls_view v = {c, &cells[region * l->slots + slot]};
            struct str level;
            int dim = cube_slot_dim(l, slot, &level);
            bool unknown = dim >= 0 && slot == l->first[dim] + l->known[dim];
            if (slot && (unknown || !v.sums->rows))
                continue;
            struct cell cell = cell_at(run, l, (struct place){region, slot, span}, &level, &dim);
            cell.state = &v;
            size_t first = run->results->estimates.len;
            const struct calls_sums *whole = &cells[region * l->slots];
            compute_rows(&cell, INTERVAL_NONE);
            mark_preliminary(run, cell.period, first,
                             calls_daily(whole) && cube_unfinished(cell.period, whole->last));
        }
    mem_free(cells);
}

static void compute_calls(struct run *run, struct calls *c)
{
    struct cube_layout layout;
    if (!c->sums.len)
        return;
    calls_finish(c);
    cube_layout(&layout, &c->cube, run->places);
    for (size_t i = 0; i < run->span_count; i++)
        compute_calls_span(run, c, &layout, run->spans[i]);
    cube_layout_free(&layout);
}

static void compute_family(struct run *run, void *state)
{
    struct state *s = state;
    if (!s)
        return;
    size_t first = run->results->estimates.len;
    compute_contacts(run, &s->contacts);
    activity_compare(run, first);
    compute_calls(run, &s->calls);
    activity_control(run, first);
    activity_points(run, &s->contacts, &s->calls);
    activity_coverage(run, &s->contacts.days);
    activity_coverage(run, &s->calls.days);
    activity_profiles(run, &s->contacts);
    drop(s);
}

const struct family activity_family = {
    .label = LABEL("activity", "Activity", "Activités"),
    .rows = activity_rows,
    .count = ACTIVITY_ROWS,
    .read = read_family,
    .compute = compute_family,
    .drop = drop,
};
