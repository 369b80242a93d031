// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/reach_market.h"

#include <math.h>
#include <stdlib.h>

struct population_row {
    uint32_t stratum;
    uint16_t region, period; // first numbers; final ones once settled
    double count;
};

struct market {
    struct dict strata;
    VEC(struct population_row) rows;
};

// ---- reading

enum { POPULATION_STRATUM, POPULATION_COUNT, POPULATION_COLUMNS };
struct market_reading {
    struct market *market;
    struct admin_column columns[POPULATION_COLUMNS];
};

// Without strata a file counts establishments: stratum `all`.
static enum status take_block(void *context, const struct block *b, struct reader *r,
                              struct diags *d)
{
    struct market_reading *g = context;
    (void)d;
    for (size_t i = 0; i < b->rows; i++) {
        uint32_t stratum = admin_code(b, &g->columns[POPULATION_STRATUM], i);
        double count = admin_number(b, &g->columns[POPULATION_COUNT], i, NULL);
        if (stratum == ADMIN_NO_CODE)
            stratum = (uint32_t)dict_add(&g->market->strata, STR("all"));
        if (count < 0)
            reader_recount(r, (size_t)g->columns[POPULATION_COUNT].ask, MISSING_OUT_OF_RANGE, 1);
        struct population_row row = {stratum, b->region[i], b->period[i], count};
        if (count >= 0)
            vec_push(&g->market->rows, row);
    }
    return OK;
}

enum status reach_market_read(struct run *run, void **state)
{
    struct market *m = mem_new(1, sizeof *m);
    *state = m;
    if (!run->study->population.files.count)
        return OK;
    struct market_reading reading = {
        .market = m,
        .columns = {{"stratum", CELL_CODE, false, &m->strata, {0}, 0},
                    {"count", CELL_NUMBER, true, NULL, {0}, 0}},
    };
    return admin_read(run, &(struct admin_reading){.input = &run->study->population,
                                                   .columns = reading.columns,
                                                   .count = POPULATION_COLUMNS,
                                                   .time_role = "period",
                                                   .sink = take_block,
                                                   .context = &reading});
}

void reach_market_drop(void *state)
{
    struct market *m = state;
    if (!m)
        return;
    dict_free(&m->strata);
    vec_free(&m->rows);
    mem_free(m);
}

static int row_order(const void *left, const void *right)
{
    const struct population_row *a = left, *b = right;
    if (a->region != b->region)
        return a->region < b->region ? -1 : 1;
    if (a->stratum != b->stratum)
        return a->stratum < b->stratum ? -1 : 1;
    if (a->period != b->period)
        return a->period < b->period ? -1 : 1;
    return (a->count > b->count) - (a->count < b->count);
}

static void settle(const struct run *run, struct market *m)
{
    for (size_t i = 0; i < m->rows.len; i++) {
        m->rows.at[i].region = admin_region(run->places, m->rows.at[i].region);
        m->rows.at[i].period = admin_period(run->places, m->rows.at[i].period);
    }
    if (m->rows.len)
        qsort(m->rows.at, m->rows.len, sizeof *m->rows.at, row_order);
}

// ---- population

struct place { // a cell
    struct run *run;
    const struct market *market;
    struct cell cell;
};

static double count_in(const struct place *at, uint32_t stratum, uint16_t region, bool any_region,
                       struct period period)
{
    double sum = NAN;
    for (size_t i = 0; i < at->market->rows.len; i++) {
        const struct population_row *row = &at->market->rows.at[i];
        if (row->stratum != stratum || (!any_region && row->region != region) ||
            !period_same(at->run->places->periods.at[row->period], period))
            continue;
        sum = isnan(sum) ? row->count : sum + row->count;
    }
    return sum;
}

// The whole has a row of its own, or is the sum of the regions.
static double count_at(const struct place *at, uint32_t stratum, struct period period)
{
    double own = count_in(at, stratum, at->cell.region, false, period);
    if (!isnan(own) || at->cell.region != REGION_TOTAL)
        return own;
    return count_in(at, stratum, REGION_TOTAL, true, period);
}

// Of the period, else of its year; for `all`, the latest there is.
static double population(const struct place *at, uint32_t stratum)
{
    struct period period = at->cell.period;
    if (period.kind != PERIOD_ALL) {
        double own = count_at(at, stratum, period);
        return isnan(own) ? count_at(at, stratum, period_year(period)) : own;
    }
    for (size_t i = at->run->places->periods.len; i-- > 0;) {
        double own = count_at(at, stratum, at->run->places->periods.at[i]);
        if (!isnan(own))
            return own;
    }
    return NAN;
}

static double population_named(const struct place *at, const char *stratum)
{
    int number = dict_find(&at->market->strata, str_of(stratum));
    return number < 0 ? NAN : population(at, (uint32_t)number);
}

// ---- clients

static double value_of(const struct place *at, const char *id, const char *by, const char *level)
{
    const struct estimate *e =
        results_find(at->run->results, id, "", at->cell.region, at->cell.period, by, level);
    return e ? e->value : NAN;
}

// Clients of a level; a level that has no row where there are contacts has none.
static double clients_of(const struct place *at, const char *by, const char *level)
{
    double clients = value_of(at, "activity.clients", by, level);
    double contacts = value_of(at, "activity.contacts", "", "");
    return isnan(clients) && contacts > 0 ? 0 : clients;
}

// A client who comes from two segments of the list counts in both.
static double clients_of_segments(const struct place *at, bool start, bool *declared)
{
    const struct study *s = at->run->study;
    double sum = 0;
    *declared = false;
    for (size_t i = 0; i < s->activity_count; i++) {
        const struct texts *list = start ? &s->activities[i].start : &s->activities[i].existing;
        for (size_t k = 0; k < list->count; k++)
            sum += clients_of(at, "segment", list->at[k]);
        if (list->count) {
            *declared = true;
            break; // the blocks of one study name the same segments
        }
    }
    return sum;
}

// ---- indicators

static void reach_of(const struct indicator *self, struct place *at, bool start)
{
    bool declared;
    double clients = clients_of_segments(at, start, &declared);
    double market = population_named(at, start ? "new" : "all");
    if (!declared || !at->market->rows.len)
        return;
    struct estimate *e = cell_add(&at->cell, self);
    if (isnan(clients) || isnan(market))
        return;
    e->n = clients;
    admin_share(e, clients, market);
}

static void penetration(const struct indicator *self, struct place *at)
{
    reach_of(self, at, false);
}

static void startup_reach(const struct indicator *self, struct place *at)
{
    reach_of(self, at, true);
}

// A stratum of the market, `all` and `new` left out.
static bool is_stratum(const struct place *at, uint32_t stratum)
{
    struct str id = at->market->strata.keys.at[stratum];
    return !str_is(id, "all") && !str_is(id, "new");
}

struct shares {
    double clients, population; // sums over strata
};

static const char *stratum_text(const struct place *at, uint32_t stratum)
{
    struct str id = at->market->strata.keys.at[stratum];
    return arena_copy(&at->cell.out->arena, id.ptr, id.len);
}

static bool sum_shares(const struct place *at, const char *by, struct shares *s)
{
    *s = (struct shares){0};
    for (uint32_t k = 0; k < at->market->strata.keys.len; k++) {
        double market = population(at, k);
        double clients = clients_of(at, by, stratum_text(at, k));
        if (!is_stratum(at, k) || isnan(market) || isnan(clients))
            continue;
        s->clients += clients;
        s->population += market;
    }
    return s->clients > 0 && s->population > 0;
}

static void representativity(const struct indicator *self, struct place *at)
{
    const char *by = at->run->study->population_by;
    struct shares sums;
    if (!by || !*by || !sum_shares(at, by, &sums))
        return;
    uint32_t *ranks = dict_ranks(&at->market->strata);
    size_t count = at->market->strata.keys.len;
    for (size_t wanted = 0; wanted < count; wanted++)
        for (uint32_t k = 0; k < count; k++) {
            double market = population(at, k);
            double clients = clients_of(at, by, stratum_text(at, k));
            if (ranks[k] != wanted || !is_stratum(at, k) || isnan(market))
                continue;
            struct cell here = at->cell;
            here.by = by;
            here.level = stratum_text(at, k);
            struct estimate *e = cell_add(&here, self);
            e->n = clients;
            e->numerator = clients / sums.clients;
            e->denominator = market / sums.population;
            if (market > 0)
                estimate_set(e, 100 * e->numerator / e->denominator);
            else
                admin_absent(e, EST_NOT_APPLICABLE, "nothing_measured");
        }
    mem_free(ranks);
}

static void dissimilarity(const struct indicator *self, struct place *at)
{
    const char *by = at->run->study->population_by;
    struct shares sums;
    double distance = 0;
    if (!by || !*by || !sum_shares(at, by, &sums))
        return;
    for (uint32_t k = 0; k < at->market->strata.keys.len; k++) {
        double market = population(at, k);
        double clients = clients_of(at, by, stratum_text(at, k));
        if (is_stratum(at, k) && !isnan(market) && !isnan(clients))
            distance += fabs(clients / sums.clients - market / sums.population);
    }
    struct estimate *e = cell_add(&at->cell, self);
    e->n = sums.clients;
    estimate_set(e, 100 * distance / 2);
}

// A break in the visits inside the period leaves nothing to divide by.
static void conversion(const struct indicator *self, struct place *at)
{
    double visits = value_of(at, "activity.visits", "", "");
    double contacts = value_of(at, "activity.contacts", "", "");
    if (isnan(visits) || isnan(contacts))
        return;
    struct estimate *e = cell_add(&at->cell, self);
    const char *region = places_region_id(at->run->places, at->cell.region);
    if (run_break(at->run->study, "activity.visits", region, at->cell.period, at->cell.period)) {
        admin_absent(e, EST_NOT_APPLICABLE, "break");
        return;
    }
    e->n = contacts;
    e->numerator = contacts;
    e->denominator = visits;
    if (visits > 0)
        estimate_set(e, 100 * contacts / visits);
    else
        admin_absent(e, EST_NOT_APPLICABLE, "nothing_measured");
}

static const struct {
    const char *id;
    bool levels; // needs rows by level, which a trend does not have
    void (*fill)(const struct indicator *self, struct place *at);
} market_rows[] = {
    {"reach.penetration", true, penetration},
    {"reach.startup_reach", true, startup_reach},
    {"reach.representativity", true, representativity},
    {"reach.dissimilarity", true, dissimilarity},
    {"reach.conversion", false, conversion},
};

static const struct indicator *row_of(const char *id)
{
    for (size_t i = 0; i < reach_family.count; i++)
        if (strcmp(reach_family.rows[i].label.id, id) == 0)
            return &reach_family.rows[i];
    return NULL;
}

// Clients of a stratum that the market does not have would make every share wrong.
static void check_strata(struct run *run, const struct market *m)
{
    const char *by = run->study->population_by;
    const struct results *r = run->results;
    for (size_t i = 0; by && *by && m->rows.len && i < r->estimates.len; i++) {
        const struct estimate *e = &r->estimates.at[i];
        if (strcmp(e->indicator->label.id, "activity.clients") != 0 || strcmp(e->by, by) != 0 ||
            e->region != REGION_TOTAL || !(e->value > 0) || strcmp(e->level, "unknown") == 0 ||
            dict_find(&m->strata, str_of(e->level)) >= 0)
            continue;
        (void)diag(run->diags, E0464, run->study->population.where,
                   "clients are of the %s %s, which the population does not have", by,
                   diag_quote(run->diags, str_of(e->level)));
        return;
    }
}

static void fill(struct run *run, const struct market *m, struct span span, uint16_t region)
{
    struct place at = {.run = run,
                       .market = m,
                       .cell = {.out = run->results,
                                .item = "",
                                .by = "",
                                .level = "",
                                .region = region,
                                .period = span.period,
                                .reported = span.need == SPAN_REPORT}};
    for (size_t i = 0; i < sizeof market_rows / sizeof *market_rows; i++) {
        const struct indicator *row = row_of(market_rows[i].id);
        if (row && study_wants(run->study, row->label.id) &&
            (span.need != SPAN_TREND || !market_rows[i].levels))
            market_rows[i].fill(row, &at);
    }
}

void reach_market_compute(struct run *run, void *state)
{
    struct market *m = state;
    if (!m)
        return;
    settle(run, m);
    results_index(run->results);
    check_strata(run, m);
    for (size_t i = 0; i < run->span_count; i++) {
        for (size_t r = 0; r < run->places->region_count; r++)
            fill(run, m, run->spans[i], (uint16_t)r);
        fill(run, m, run->spans[i], REGION_TOTAL);
    }
    reach_market_drop(m);
}
