// SPDX-License-Identifier: GPL-3.0-or-later
// Targets and progress: absolute, relative to a baseline, or in points above it
// (indicators.md 3.4).
#include "metrics/peers.h"

#include <math.h>

static bool same_thing(const struct goal *a, const struct goal *b)
{
    return strcmp(a->indicator, b->indicator) == 0 && strcmp(a->item, b->item) == 0 &&
           strcmp(a->by, b->by) == 0 && strcmp(a->level, b->level) == 0 && a->region == b->region;
}

static bool about(const struct goal *g, const struct estimate *e)
{
    return strcmp(g->indicator, e->indicator->label.id) == 0 && strcmp(g->item, e->item) == 0 &&
           strcmp(g->by, e->by) == 0 && strcmp(g->level, e->level) == 0 && g->region == e->region;
}

static double value_at(const struct run *run, const struct goal *g, struct period period)
{
    for (size_t i = 0; i < run->results->estimates.len; i++) {
        const struct estimate *e = &run->results->estimates.at[i];
        if (about(g, e) && period_same(e->period, period))
            return e->value;
    }
    return NAN;
}

struct baseline {
    double value;
    struct period period;            // none: not said
    const char *mode, *base, *scale; // "" = not said
};

// From a row of kind baseline: its value, else what the data give for its period, else the study's
// own score of that period in the benchmarks. Without such a row: the study's baseline period.
static struct baseline baseline_of(const struct run *run, const struct peers *p,
                                   const struct goal *g)
{
    struct baseline b = {NAN, run->study->baseline, "", "", ""};
    for (size_t i = 0; i < p->goals.len; i++) {
        const struct goal *other = &p->goals.at[i];
        if (strcmp(other->kind, "baseline") != 0 || !same_thing(other, g))
            continue;
        b = (struct baseline){other->target, other->period, other->mode, other->base, other->scale};
        break;
    }
    if (isnan(b.value) && period_is(b.period))
        b.value = value_at(run, g, b.period);
    if (isnan(b.value) && period_is(b.period) && g->region == REGION_TOTAL && !*g->by)
        b.value = peers_own(p, g->indicator, g->item, b.period, &b.mode);
    return b;
}

static bool differ(const char *a, const char *b)
{
    return *a && *b && strcmp(a, b) != 0;
}

// Another wording, scale, base or survey mode than the baseline's: nothing to measure progress by.
static bool is_comparable(const struct study *s, const struct goal *g, const struct estimate *now,
                          const struct baseline *b)
{
    if (differ(b->base, now->indicator->base))
        return false;
    for (size_t i = 0; i < s->survey_count; i++) {
        const struct item *item = survey_item(&s->surveys[i], g->item);
        if (!item)
            continue;
        bool reworded = period_is(item->since) && period_is(b->period) &&
                        period_first_day(b->period) < period_first_day(item->since);
        return !reworded && !differ(b->mode, s->surveys[i].mode) &&
               !differ(b->scale, scale_labels[item->scale].id);
    }
    return true;
}

static double target_value(const struct goal *g, double baseline)
{
    if (strcmp(g->kind, "absolute") == 0)
        return g->target;
    if (strcmp(g->kind, "points") == 0)
        return baseline + g->target;
    return baseline * (1 + g->target / 100);
}

// On the numbers as printed, in the direction of the indicator.
static bool is_met(const struct estimate *e, double target)
{
    double value = num_round(e->value, e->decimals), wanted = num_round(target, e->decimals);
    return e->indicator->direction < 0 ? value <= wanted : value >= wanted;
}

static void give(struct estimate *e, double value, enum estimate_status otherwise)
{
    if (isfinite(value))
        estimate_set(e, value);
    else
        e->status = otherwise;
}

static void judge(struct run *run, const struct peers *p, const struct goal *g,
                  const struct estimate now)
{
    struct baseline base = baseline_of(run, p, g);
    double target = target_value(g, base.value);
    const char *region = places_region_id(run->places, now.region);
    bool broken = period_is(base.period) &&
                  run_break(run->study, g->indicator, region, base.period, now.period);
    struct estimate *e = peers_add(run, "cmt.target", &now, now.by, now.level);
    e->unit = now.unit;
    e->decimals = now.decimals;
    e->from_survey = false; // set by people, not by respondents
    give(e, target, EST_NOT_APPLICABLE);
    e = peers_add(run, "cmt.target_met", &now, now.by, now.level);
    give(e, isfinite(target) && isfinite(now.value) ? 100.0 * is_met(&now, target) : NAN,
         isfinite(target) ? EST_NO_DATA : EST_NOT_APPLICABLE);
    double way = target - base.value;
    double progress = way > 0 || way < 0 ? 100 * (now.value - base.value) / way : NAN;
    e = peers_add(run, "cmt.progress", &now, now.by, now.level);
    bool comparable = !broken && is_comparable(run->study, g, &now, &base);
    give(e, comparable ? progress : NAN,
         isfinite(way) && (way > 0 || way < 0) && comparable ? EST_NO_DATA : EST_NOT_APPLICABLE);
    if (!comparable)
        e->reason = broken ? "break" : "not_comparable";
}

void targets_compute(struct run *run, const struct peers *p)
{
    size_t count = run->results->estimates.len;
    for (size_t k = 0; k < p->goals.len; k++) {
        const struct goal *g = &p->goals.at[k];
        if (strcmp(g->kind, "baseline") == 0 || isnan(g->target))
            continue;
        for (size_t i = 0; i < count; i++) {
            const struct estimate *e = &run->results->estimates.at[i];
            if (e->reported && about(g, e) &&
                (!period_is(g->period) || period_same(g->period, e->period)))
                judge(run, p, g, *e);
        }
    }
}
