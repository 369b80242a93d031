// SPDX-License-Identifier: GPL-3.0-or-later
// Peers' published scores, and the ranks of regions (indicators.md 1.6 and 3.4).
#include "metrics/peers.h"

#include "engine/stats/rank.h"

#include <math.h>

enum { FEWEST_PEERS = 3, QUARTILE_PEERS = 5 };

// ---- benchmarks

// The mode of the survey that asks the item, "" = not a survey's or not said.
static const char *mode_of(const struct study *s, const struct estimate *e)
{
    for (size_t i = 0; e->from_survey && i < s->survey_count; i++)
        if (survey_item(&s->surveys[i], e->item))
            return s->surveys[i].mode;
    return "";
}

// What peers are compared in.
struct topic {
    const char *indicator, *item, *mode; // mode: of our own survey
    const char *group;                   // NULL: all groups
};

static bool is_peer(const struct study *s, const struct peer *p, const struct topic *t)
{
    bool same_mode = s->benchmark_any || !*t->mode || !*p->mode || strcmp(t->mode, p->mode) == 0;
    return same_mode && !p->is_own && (!t->group || strcmp(p->group, t->group) == 0) &&
           strcmp(p->indicator, t->indicator) == 0 && strcmp(p->item, t->item) == 0;
}

// Values of the organisations of a group; rows of one organisation are averaged first.
struct bench {
    double *value, *count; // per organisation: value, how many organisations it stands for
    size_t len;
    double organisations, mean;
    bool is_public;
};

static bool may_be_shown(const struct bench *b)
{
    return b->len && (b->organisations >= FEWEST_PEERS || b->is_public);
}

static struct bench bench_of(struct arena *a, const struct study *s, const struct peers *p,
                             const struct topic *t)
{
    struct bench b = {.value = NEWS(a, p->list.len + 1, double),
                      .count = NEWS(a, p->list.len + 1, double),
                      .is_public = true};
    double *rows = NEWS(a, p->list.len + 1, double), sum = 0;
    struct dict names = {0};
    for (size_t i = 0; i < p->list.len; i++) {
        const struct peer *peer = &p->list.at[i];
        if (!is_peer(s, peer, t))
            continue;
        size_t at = *peer->organisation
                        ? (size_t)dict_add(&names, str_of(peer->organisation))
                        : (size_t)dict_add(&names, str_of(arena_print(a, "\x01%zu", i)));
        b.len = names.keys.len;
        b.value[at] += peer->value;
        b.count[at] = peer->organisations;
        rows[at]++;
        b.is_public &= peer->is_public;
    }
    for (size_t k = 0; k < b.len; k++) {
        b.value[k] /= rows[k];
        sum += b.value[k] * b.count[k];
        b.organisations += b.count[k];
    }
    b.mean = sum / b.organisations;
    dict_free(&names);
    return b;
}

double peers_mean(const struct peers *p, const struct study *s, const char *indicator,
                  const char *item, const char *mode)
{
    struct arena a = {0};
    struct topic topic = {indicator, item, mode, NULL};
    struct bench b = bench_of(&a, s, p, &topic);
    double mean = may_be_shown(&b) ? b.mean : NAN;
    arena_free(&a);
    return mean;
}

double peers_own(const struct peers *p, const char *indicator, const char *item,
                 struct period period, const char **mode)
{
    for (size_t i = 0; i < p->list.len; i++) {
        const struct peer *own = &p->list.at[i];
        if (own->is_own && strcmp(own->indicator, indicator) == 0 && strcmp(own->item, item) == 0 &&
            period_same(own->period, period)) {
            *mode = own->mode;
            return own->value;
        }
    }
    return NAN;
}

// How the peers were asked, as they publish it: mode, n, response rate, date; ".." = not said.
static const char *how_asked(struct arena *a, const struct study *s, const struct peers *p,
                             const struct topic *t)
{
    struct buf b = {0};
    buf_text(&b, "");
    for (size_t i = 0; i < p->list.len; i++) {
        const struct peer *x = &p->list.at[i];
        if (!is_peer(s, x, t))
            continue;
        char period[PERIOD_TEXT];
        const char *const facts[] = {x->mode, x->n, x->response_rate,
                                     *x->collected_on ? x->collected_on
                                                      : period_text(x->period, period)};
        if (b.len)
            buf_text(&b, "; ");
        for (size_t k = 0; k < 4; k++)
            buf_print(&b, "%s%s", k ? ", " : "", *facts[k] ? facts[k] : "..");
    }
    const char *text = arena_text(a, b.ptr);
    buf_free(&b);
    return text;
}

static bool is_better(const struct estimate now, double other, double own)
{
    return now.indicator->direction < 0 ? other < own : other > own;
}

// Peers are published without errors: the rank is as sure as our own score.
static double limit(const struct estimate now, bool best)
{
    bool upper = best == (now.indicator->direction >= 0);
    double found = upper ? now.high : now.low;
    return num_round(isfinite(found) ? found : now.value, now.decimals);
}

static void rank_among(struct run *run, const struct estimate now, const struct bench *b,
                       const char *group)
{
    double own = num_round(now.value, now.decimals), rank = 1, best = 1, worst = 1;
    double own_best = limit(now, true), own_worst = limit(now, false);
    for (size_t k = 0; k < b->len; k++) {
        double other = num_round(b->value[k], now.decimals);
        rank += is_better(now, other, own) ? b->count[k] : 0;
        best += is_better(now, other, own_best) ? b->count[k] : 0;
        worst += is_better(now, other, own_worst) ? b->count[k] : 0;
    }
    struct estimate *e = peers_add(run, "cmt.benchmark_rank", &now, "peer", group);
    estimate_set(e, rank);
    e->low = best;
    e->high = worst;
    e->denominator = b->organisations + 1;
    if (b->organisations < QUARTILE_PEERS)
        return;
    e = peers_add(run, "cmt.benchmark_quartile", &now, "peer", group);
    estimate_set(e, ceil(4 * rank / (b->organisations + 1)));
}

static void against_peers(struct run *run, const struct peers *p, const struct estimate now,
                          const char *group)
{
    struct arena a = {0};
    struct topic topic = {now.indicator->label.id, now.item, mode_of(run->study, &now), group};
    struct bench b = bench_of(&a, run->study, p, &topic);
    bool few = !may_be_shown(&b);
    if (b.len && now.region == REGION_TOTAL) {
        struct estimate *e = peers_add(run, "cmt.benchmark", &now, "peer", group);
        estimate_set(e, b.mean);
        e->n = b.organisations;
        e->unit = now.unit;
        e->decimals = now.decimals;
        e->from_survey = false;
        e->about = few ? "" : how_asked(&run->results->arena, run->study, p, &topic);
        if (few) {
            e->status = EST_SUPPRESSED;
            e->value = NAN;
        }
    }
    if (b.len && !few && isfinite(now.value)) {
        struct estimate *e = peers_add(run, "cmt.benchmark_gap", &now, "peer", group);
        estimate_set(e, now.value - b.mean);
        e->decimals = now.decimals;
        rank_among(run, now, &b, group);
    }
    arena_free(&a);
}

void benchmarks_compute(struct run *run, const struct peers *p)
{
    size_t count = run->results->estimates.len;
    struct dict groups = {0};
    for (size_t k = 0; k < p->list.len; k++)
        dict_add(&groups, str_of(p->list.at[k].group));
    for (size_t i = 0; p->list.len && i < count; i++) {
        const struct estimate now = run->results->estimates.at[i];
        for (size_t g = 0; now.reported && !*now.by && g < groups.keys.len; g++) {
            struct str name = groups.keys.at[g];
            against_peers(run, p, now, arena_copy(&run->results->arena, name.ptr, name.len));
        }
    }
    dict_free(&groups);
}

// ---- ranks of regions

static bool is_ranked(const struct estimate *e, const struct study *s)
{
    return isfinite(e->value) && !(e->from_survey && e->n < s->min_n);
}

// The regions' estimates of one indicator, item and period, where `name` is "indicator/item".
static void rank_regions(struct run *run, const char *name, struct period period)
{
    size_t regions = run->places->region_count, found = 0, count = run->results->estimates.len;
    struct arena a = {0};
    size_t *at = NEWS(&a, regions + 1, size_t);
    double *value = NEWS(&a, 7 * regions + 1, double), *se = value + regions, *df = se + regions;
    double *rank = df + regions, *best = rank + regions, *worst = best + regions,
           *exact = worst + regions;
    for (size_t r = 0; r < regions; r++)
        value[r] = exact[r] = se[r] = df[r] = NAN, at[r] = SIZE_MAX;
    const struct indicator *row = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct estimate *e = &run->results->estimates.at[i];
        if (e->region >= regions || *e->by || !e->reported || !period_same(e->period, period) ||
            strcmp(peers_item(&a, e), name) != 0)
            continue;
        row = e->indicator;
        at[e->region] = i;
        if (!is_ranked(e, run->study))
            continue;
        value[e->region] = num_round(e->value, e->decimals);
        exact[e->region] = e->value;
        se[e->region] = e->se;
        df[e->region] = e->df;
        found++;
    }
    if (row) {
        bool higher = row->direction >= 0;
        rank_competition(value, regions, higher, rank);
        rank_intervals(exact, se, df, regions, higher, 1 - run->study->confidence, best, worst);
    }
    for (size_t r = 0; row && r < regions; r++) {
        if (at[r] == SIZE_MAX)
            continue;
        const struct estimate like = run->results->estimates.at[at[r]];
        struct estimate *e = peers_add(run, "cmt.rank", &like, "", "");
        if (found < 2 || isnan(rank[r])) {
            e->status = found < 2 ? EST_NOT_APPLICABLE : EST_NO_DATA;
            continue;
        }
        estimate_set(e, rank[r]);
        e->low = best[r];
        e->high = worst[r];
        e->denominator = (double)found;
    }
    arena_free(&a);
}

void ranks_compute(struct run *run)
{
    const struct study *s = run->study;
    for (size_t i = 0; i < run->span_count; i++) {
        if (run->spans[i].need != SPAN_REPORT)
            continue;
        for (size_t k = 0; k < s->rank.count; k++)
            rank_regions(run, s->rank.at[k], run->spans[i].period);
        for (size_t k = 0; !s->rank.count && k < s->survey_count; k++)
            for (size_t m = 0; m < s->surveys[k].item_count; m++)
                if (s->surveys[k].items[m].role == ROLE_OVERALL)
                    rank_regions(run,
                                 arena_print(&run->results->arena, "cmt.index/%s",
                                             s->surveys[k].items[m].id),
                                 run->spans[i].period);
    }
}
