// SPDX-License-Identifier: GPL-3.0-or-later
// Do figures that should agree, agree? Each check is an item of quality.reconcile: the sum of the
// differences, without their signs, over everything that was compared.
#include "metrics/models.h"
#include "metrics/quality_state.h"

#include <math.h>

struct check {
    double difference;
    unsigned compared, failed;
};

// Sums of reals differ in the last bits, which is no difference.
static void compare(struct check *c, double sum, double whole)
{
    double difference = fabs(sum - whole);
    if (!isfinite(difference))
        return;
    c->compared++;
    if (difference <= 1e-9 * fmax(1, fabs(whole)))
        return;
    c->failed++;
    c->difference += difference;
}

static double value_of(const struct quality_view *v, const char *id, uint16_t region,
                       struct period period)
{
    const struct estimate *e = results_find(v->run->results, id, "", region, period, "", "");
    return e ? e->value : NAN;
}

// Numbers that add up over regions; those that also add up over quarters.
static const struct {
    const char *id;
    bool over_time;
} additive[] = {
    {"activity.contacts", true},  {"activity.offered", true}, {"activity.handled", true},
    {"activity.abandoned", true}, {"activity.visits", true},  {"standards.volume", true},
    {"standards.count", false},   {"egov.services", true},    {"egov.online", true},
};
enum { ADDITIVE = sizeof additive / sizeof *additive };

static void check_regions(const struct quality_view *v, struct check *c)
{
    for (size_t i = 0; i < ADDITIVE; i++) {
        double sum = 0, regions = 0;
        for (size_t r = 0; r < v->run->places->region_count; r++) {
            double part = value_of(v, additive[i].id, (uint16_t)r, v->span.period);
            sum += isnan(part) ? 0 : part;
            regions += !isnan(part);
        }
        if (regions > 0)
            compare(c, sum, value_of(v, additive[i].id, REGION_TOTAL, v->span.period));
    }
}

// Only where all four quarters were computed.
static void check_quarters(const struct quality_view *v, struct check *c)
{
    struct period year = v->span.period, quarter = year;
    if (year.kind != PERIOD_YEAR)
        return;
    quarter.kind = PERIOD_QUARTER;
    for (size_t i = 0; i < ADDITIVE; i++) {
        double sum = 0;
        for (quarter.quarter = 1; quarter.quarter <= 4; quarter.quarter++)
            sum += value_of(v, additive[i].id, REGION_TOTAL, quarter);
        if (additive[i].over_time)
            compare(c, sum, value_of(v, additive[i].id, REGION_TOTAL, year));
    }
}

static void check_calls(const struct quality_view *v, struct check *c)
{
    compare(c,
            value_of(v, "activity.handled", REGION_TOTAL, v->span.period) +
                value_of(v, "activity.abandoned", REGION_TOTAL, v->span.period),
            value_of(v, "activity.offered", REGION_TOTAL, v->span.period));
}

// ---- sums over the levels of a breakdown

struct group_sums {
    struct dict keys;
    VEC(double) sums;
    VEC(const struct estimate *) first;
};

static void add_level(struct group_sums *g, const struct estimate *e)
{
    struct buf key = {0};
    buf_print(&key, "%s\x1f%s\x1f%u\x1f%s", e->indicator->label.id, e->item, e->region, e->by);
    size_t at = (size_t)dict_add(&g->keys, buf_view(&key));
    if (at == g->sums.len) {
        vec_push(&g->sums, 0);
        vec_push(&g->first, e);
    }
    g->sums.at[at] += e->value;
    buf_free(&key);
}

static void group_levels(const struct quality_view *v, struct group_sums *g, const char *const *ids,
                         size_t count)
{
    const struct results *r = v->run->results;
    for (size_t i = 0; i < r->estimates.len; i++) {
        const struct estimate *e = &r->estimates.at[i];
        if (!*e->by || !isfinite(e->value) || !period_same(e->period, v->span.period))
            continue;
        for (size_t k = 0; k < count; k++)
            if (strcmp(e->indicator->label.id, ids[k]) == 0)
                add_level(g, e);
    }
}

static void drop_groups(struct group_sums *g)
{
    dict_free(&g->keys);
    vec_free(&g->sums);
    vec_free(&g->first);
}

static void check_levels(const struct quality_view *v, struct check *c)
{
    static const char *const ids[] = {"activity.contacts"};
    struct group_sums g = {0};
    group_levels(v, &g, ids, 1);
    for (size_t i = 0; i < g.sums.len; i++) {
        const struct estimate *e = g.first.at[i];
        const struct estimate *cell =
            results_find(v->run->results, ids[0], e->item, e->region, e->period, "", "");
        compare(c, g.sums.at[i], cell ? cell->value : NAN);
    }
    drop_groups(&g);
}

static void check_shares(const struct quality_view *v, struct check *c)
{
    static const char *const ids[] = {"activity.share", "egov.level_share", "plan.status_share"};
    struct group_sums g = {0};
    group_levels(v, &g, ids, sizeof ids / sizeof *ids);
    for (size_t i = 0; i < g.sums.len; i++)
        compare(c, g.sums.at[i], 100);
    drop_groups(&g);
}

// ---- families

static void check_met(const struct quality_view *v, struct check *c)
{
    if (!v->run->study->standards_count)
        return;
    c->compared = 1;
    c->failed = v->run->found.excess > 0;
    c->difference = (double)v->run->found.excess;
}

// Σ contributions of services = weight × maturity / 100, in the total.
static void check_contribution(const struct quality_view *v, struct check *c)
{
    const struct study *s = v->run->study;
    const struct results *r = v->run->results;
    double percent = s->services_count == 1 ? model_maturity_percent(&s->services[0]) : 0;
    double sum = 0, services = 0;
    for (size_t i = 0; percent > 0 && i < r->estimates.len; i++) {
        const struct estimate *e = &r->estimates.at[i];
        if (strcmp(e->indicator->label.id, "egov.contribution") != 0 || e->region != REGION_TOTAL ||
            !period_same(e->period, v->span.period))
            continue;
        sum += e->value;
        services++;
    }
    if (services > 0)
        compare(c, sum,
                percent * value_of(v, "egov.service_maturity", REGION_TOTAL, v->span.period) / 100);
}

static const struct {
    const char *id;
    void (*check)(const struct quality_view *v, struct check *c);
    bool usual; // real files often fail it, as reported: a row that says so, no warning
} checks[] = {
    {"regions", check_regions, false},
    {"levels", check_levels, false},
    {"quarters", check_quarters, false},
    {"calls", check_calls, true},
    {"met", check_met, true},
    {"shares", check_shares, false},
    {"contribution", check_contribution, false},
};

static void warn(const struct quality_view *v, const char *id, const struct check *c)
{
    char period[PERIOD_TEXT];
    (void)diag(v->run->diags, E0463, (struct where){v->run->study->path, 0, 0},
               "check `%s`, %s: %u of %u comparisons differ, by %g in all", id,
               period_text(v->span.period, period), c->failed, c->compared, c->difference);
}

void quality_reconcile(const struct indicator *self, struct cell *cell)
{
    const struct quality_view *v = quality_view(cell);
    for (size_t i = 0; !v->files && i < sizeof checks / sizeof *checks; i++) {
        struct check c = {0};
        checks[i].check(v, &c);
        if (!c.compared)
            continue;
        struct cell here = *cell;
        here.item = checks[i].id;
        struct estimate *e = cell_add(&here, self);
        e->n = c.compared;
        e->numerator = c.failed;
        e->denominator = c.compared;
        estimate_set(e, c.difference);
        if (c.failed)
            admin_caution(e, "differs");
        if (c.failed && !checks[i].usual)
            warn(v, checks[i].id, &c);
    }
}
