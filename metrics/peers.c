// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/peers.h"

#include "engine/run/column.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_ASKS = 13 };

// ---- reading

struct reading {
    struct run *run;
    struct peers *peers;
    struct dict texts[MOST_ASKS];
    const char *const *roles;
    bool targets;
};

static const char *const target_roles[] = {"indicator", "item",  "region", "period",
                                           "by",        "level", "kind",   "target",
                                           "mode",      "base",  "scale",  NULL};
static const char *const peer_roles[] = {
    "group",         "indicator", "item", "mode",          "organisation",
    "organisations", "public",    "n",    "response_rate", "collected_on",
    "period",        "value",     NULL};

static const char *cell_text(struct reading *r, const struct block *b, const char *role, size_t row)
{
    for (size_t k = 0; r->roles[k]; k++)
        if (strcmp(r->roles[k], role) == 0 && b->columns[k].code &&
            b->columns[k].why[row] == VALID) {
            struct str text = r->texts[k].keys.at[b->columns[k].code[row]];
            return arena_copy(&r->peers->arena, text.ptr, text.len);
        }
    return "";
}

static double cell_number(const char *text)
{
    struct decimal d;
    double value;
    return *text && num_read(str_of(text), '.', (struct str){0}, &d, &value) != NUM_BAD ? value
                                                                                        : NAN;
}

static void take_goal(struct reading *r, const struct block *b, size_t row)
{
    const char *period = cell_text(r, b, "period", row);
    struct goal g = {.indicator = cell_text(r, b, "indicator", row),
                     .item = cell_text(r, b, "item", row),
                     .kind = cell_text(r, b, "kind", row),
                     .by = cell_text(r, b, "by", row),
                     .level = cell_text(r, b, "level", row),
                     .region_id = cell_text(r, b, "region", row),
                     .target = cell_number(cell_text(r, b, "target", row)),
                     .mode = cell_text(r, b, "mode", row),
                     .base = cell_text(r, b, "base", row),
                     .scale = cell_text(r, b, "scale", row),
                     .where = {r->run->study->path, 0, 0}};
    struct diags *d = r->run->diags;
    if (!indicator_find(g.indicator)) {
        diag(d, E0412, g.where, "targets: no indicator is called %s",
             diag_quote(d, str_of(g.indicator)));
        return;
    }
    if (*period && !period_read(str_of(period), &g.period)) {
        diag(d, E0412, g.where, "targets: %s is not a period", diag_quote(d, str_of(period)));
        return;
    }
    vec_push(&r->peers->goals, g);
}

static void take_peer(struct reading *r, const struct block *b, size_t row)
{
    const char *open = cell_text(r, b, "public", row);
    struct peer p = {.group = cell_text(r, b, "group", row),
                     .indicator = cell_text(r, b, "indicator", row),
                     .item = cell_text(r, b, "item", row),
                     .mode = cell_text(r, b, "mode", row),
                     .organisation = cell_text(r, b, "organisation", row),
                     .n = cell_text(r, b, "n", row),
                     .response_rate = cell_text(r, b, "response_rate", row),
                     .collected_on = cell_text(r, b, "collected_on", row),
                     .organisations = cell_number(cell_text(r, b, "organisations", row)),
                     .value = cell_number(cell_text(r, b, "value", row)),
                     .is_public = *open && strchr("yYoO1tTvV", *open)};
    p.is_own = *p.organisation && strcmp(p.organisation, r->run->study->id) == 0;
    (void)period_read(str_of(cell_text(r, b, "period", row)), &p.period);
    if (isnan(p.organisations) || p.organisations < 1)
        p.organisations = 1;
    if (isfinite(p.value))
        vec_push(&r->peers->list, p);
    else
        diag(r->run->diags, E0413, (struct where){r->run->study->path, 0, 0},
             "benchmarks: a value of %s is not a number",
             diag_quote(r->run->diags, str_of(p.indicator)));
}

static enum status take_rows(void *context, const struct block *b, struct reader *reader,
                             struct diags *d)
{
    struct reading *r = context;
    (void)reader;
    (void)d;
    for (size_t row = 0; row < b->rows; row++)
        if (r->targets)
            take_goal(r, b, row);
        else
            take_peer(r, b, row);
    return OK;
}

static enum status read_file(struct run *run, struct peers *p, const struct input *in,
                             const char *const *roles, bool targets)
{
    struct reading r = {.run = run, .peers = p, .roles = roles, .targets = targets};
    struct ask asks[MOST_ASKS];
    size_t count = 0;
    for (; roles[count]; count++) {
        struct texts names = input_column(in, roles[count], 1);
        asks[count] = (struct ask){.role = roles[count],
                                   .names = names.count ? names : (struct texts){&roles[count], 1},
                                   .kind = CELL_CODE,
                                   .required = strcmp(roles[count], "indicator") == 0,
                                   .codes = &r.texts[count],
                                   .where = in->where};
    }
    struct request request = {.study = run->study,
                              .input = in,
                              .asks = asks,
                              .ask_count = count,
                              .no_region = true,
                              .sink = take_rows,
                              .context = &r};
    enum status status =
        in->files.count ? input_read(&request, run->places, run->ledger, run->diags) : OK;
    for (size_t k = 0; k < MOST_ASKS; k++)
        dict_free(&r.texts[k]);
    return status;
}

// Sums of peers are sums of doubles: they are made in an order that the rows' order does not
// change.
static int peer_order(const void *left, const void *right)
{
    const struct peer *a = left, *b = right;
    const char *const x[] = {a->group, a->indicator, a->item, a->organisation, a->mode};
    const char *const y[] = {b->group, b->indicator, b->item, b->organisation, b->mode};
    for (size_t i = 0; i < sizeof x / sizeof *x; i++) {
        int order = strcmp(x[i], y[i]);
        if (order)
            return order;
    }
    if (a->value < b->value || a->value > b->value)
        return a->value < b->value ? -1 : 1;
    return (a->organisations > b->organisations) - (a->organisations < b->organisations);
}

// Targets give their items in this order, whatever the order of the rows; equal ones stay as read.
static int goal_order(const void *left, const void *right)
{
    const struct goal *a = left, *b = right;
    const char *const x[] = {a->indicator, a->item, a->region_id, a->by, a->level, a->kind};
    const char *const y[] = {b->indicator, b->item, b->region_id, b->by, b->level, b->kind};
    for (size_t i = 0; i < sizeof x / sizeof *x; i++) {
        int order = strcmp(x[i], y[i]);
        if (order)
            return order;
    }
    return period_order(a->period, b->period);
}

static void miss_peers(const struct run *run)
{
    for (size_t i = 0; !run->study->benchmarks.files.count && i < run->study->survey_count; i++)
        if (strcmp(run->study->surveys[i].matrix_threshold, "peer") == 0)
            (void)diag(run->diags, E0413, run->study->surveys[i].in.where,
                       "survey %s places drivers by their peers, and there are no benchmarks",
                       run->study->surveys[i].in.id);
}

enum status peers_read(struct run *run, void **state)
{
    struct peers *p = mem_new(1, sizeof *p);
    *state = p;
    miss_peers(run);
    TRY(read_file(run, p, &run->study->targets, target_roles, true));
    enum status status = read_file(run, p, &run->study->benchmarks, peer_roles, false);
    if (p->goals.len)
        qsort(p->goals.at, p->goals.len, sizeof *p->goals.at, goal_order);
    if (p->list.len)
        qsort(p->list.at, p->list.len, sizeof *p->list.at, peer_order);
    run->peers = p;
    return status;
}

void peers_drop(void *state)
{
    struct peers *p = state;
    if (!p)
        return;
    vec_free(&p->goals);
    vec_free(&p->list);
    arena_free(&p->arena);
    mem_free(p);
}

// ---- what the three parts share

const char *peers_item(struct arena *a, const struct estimate *e)
{
    return *e->item ? arena_print(a, "%s/%s", e->indicator->label.id, e->item)
                    : e->indicator->label.id;
}

struct estimate *peers_add(struct run *run, const char *id, const struct estimate *like,
                           const char *by, const char *level)
{
    struct cell cell = {.out = run->results,
                        .item = peers_item(&run->results->arena, like),
                        .region = like->region,
                        .period = like->period,
                        .by = by,
                        .level = level,
                        .reported = like->reported};
    const struct estimate kept = *like; // `like` may move
    struct estimate *e = cell_add(&cell, indicator_find(id));
    e->n = kept.n;
    e->from_survey = kept.from_survey;
    return e;
}

static uint16_t region_of(const struct run *run, const char *id)
{
    for (uint16_t r = 0; r < run->places->region_count; r++)
        if (strcmp(run->places->regions[r].id, id) == 0)
            return r;
    return !*id || strcmp(id, run->study->total.id) == 0 ? REGION_TOTAL : REGION_EMPTY;
}

void peers_compute(struct run *run, void *state)
{
    struct peers *p = state;
    for (size_t i = 0; p && i < p->goals.len; i++) {
        struct goal *g = &p->goals.at[i];
        g->region = region_of(run, g->region_id);
        if (g->region == REGION_EMPTY)
            diag(run->diags, E0412, g->where, "targets: no region is called %s",
                 diag_quote(run->diags, str_of(g->region_id)));
    }
    if (p) {
        targets_compute(run, p);
        benchmarks_compute(run, p);
    }
    ranks_compute(run);
    run->peers = NULL;
    peers_drop(p);
}
