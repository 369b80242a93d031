// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/run/compare.h"

#include "engine/stats/adjust.h"
#include "engine/stats/dist.h"
#include "engine/stats/effect.h"
#include "engine/stats/prop.h"

#include <math.h>

struct comparing {
    struct results *r;
    size_t first, end; // estimates of the item
    const struct results *rest;
    struct period since; // the item is not compared with earlier periods
    struct dict keys;    // of estimates with scores
    VEC(uint32_t) at;    // their places in r->estimates
};

// The answers within a level of a breakdown are shown, not compared: there are more pairs of them
// than a reader or an adjustment could bear.
static bool usable(const struct estimate *e)
{
    return e->scores && isfinite(e->value) && !strchr(e->by, '*');
}

static const struct evidence *evidence(const struct estimate *e)
{
    return e->scores;
}

// ---- one difference

// What is left of their variances is rounding: no difference to test.
static double difference_se(struct scores *a, struct scores *b)
{
    double va = scores_variance(a), vb = scores_variance(b), v = va + vb - 2 * scores_cov(a, b);
    return v > 1e-14 * (va + vb) && v > 1e-22 ? sqrt(v) : 0;
}

static void set_effect(struct comparison *c, const struct estimate *a, const struct estimate *b)
{
    c->effect_kind = "";
    c->effect = NAN;
    if (a->share) {
        c->effect = effect_cohen_h(a->value / 100, b->value / 100);
        c->effect_kind = "cohen_h";
    } else if (isfinite(a->sd) && isfinite(b->sd)) {
        c->effect = effect_cohen_d(c->difference, a->sd, b->sd);
        c->effect_kind = "cohen_d";
    }
    if (!isfinite(c->effect))
        c->effect_kind = "";
}

static bool between(struct comparison *c, const struct study *s, const struct estimate *a,
                    const struct estimate *b)
{
    struct scores *sa = evidence(a)->scores, *sb = evidence(b)->scores;
    double se = difference_se(sa, sb), df = scores_df(sa, sb), alpha = 1 - s->confidence;
    if (!(se > 0) || !(df >= 1))
        return false;
    *c = (struct comparison){.indicator = a->indicator,
                             .item = a->item,
                             .region = REGION_EMPTY,
                             .period = a->period,
                             .by = a->by,
                             .level = a->level,
                             .difference = a->value - b->value,
                             .se = se,
                             .df = df,
                             .adjust = adjust_ids[s->adjust],
                             .method = "design t",
                             .reported = a->reported,
                             .decimals = a->decimals,
                             .unit = a->unit,
                             .p_adjusted = NAN};
    struct interval limits = prop_t_interval(c->difference, se, df, alpha);
    c->low = limits.low;
    c->high = limits.high;
    c->statistic = c->difference / se;
    c->p = dist_t_two_sided(c->statistic, df);
    c->detectable = effect_detectable(se, df, alpha);
    set_effect(c, a, b);
    return true;
}

// ---- families

static void adjust_family(struct comparing *k, size_t first)
{
    struct results *r = k->r;
    size_t count = r->comparisons.len - first;
    double *p = mem_new(count + 1, sizeof *p);
    for (size_t i = 0; i < count; i++)
        p[i] = r->comparisons.at[first + i].p;
    adjust_p((enum adjustment)r->study->adjust, p, count, p);
    for (size_t i = 0; i < count; i++) {
        struct comparison *c = &r->comparisons.at[first + i];
        c->p_adjusted = p[i];
        c->significant = p[i] < 1 - r->study->confidence;
    }
    mem_free(p);
}

static const char *region_id(const struct comparing *k, uint16_t region)
{
    return places_region_id(k->r->places, region);
}

static void pair_of_regions(struct comparing *k, size_t i, size_t j)
{
    struct estimate *list = k->r->estimates.at;
    struct comparison c;
    if (!usable(&list[i]) || !usable(&list[j]) || !between(&c, k->r->study, &list[i], &list[j]))
        return;
    c.kind = "region";
    c.a = region_id(k, list[i].region);
    c.b = region_id(k, list[j].region);
    c.estimate_a = i;
    c.estimate_b = j;
    vec_push(&k->r->comparisons, c);
}

// ---- lookup

// The key of an estimate like `e`, at another region, period or level.
static struct str key_of(struct buf *b, const struct estimate *e, uint16_t region,
                         struct period period, const char *level)
{
    char text[PERIOD_TEXT];
    buf_clear(b);
    buf_print(b, "%s\x1f%s\x1f%u\x1f%s\x1f%s\x1f%s", e->indicator->label.id, e->item,
              (unsigned)region, period_text(period, text), e->by, level);
    return buf_view(b);
}

static void index_estimates(struct comparing *k)
{
    struct buf key = {0};
    for (size_t i = k->first; i < k->end; i++) {
        const struct estimate *e = &k->r->estimates.at[i];
        if (usable(e)) {
            dict_add(&k->keys, key_of(&key, e, e->region, e->period, e->level));
            vec_push(&k->at, (uint32_t)i);
        }
    }
    buf_free(&key);
}

static size_t find(struct comparing *k, struct buf *key, const struct estimate *like,
                   uint16_t region, struct period period, const char *level)
{
    int at = dict_find(&k->keys, key_of(key, like, region, period, level));
    return at < 0 ? SIZE_MAX : k->at.at[at];
}

// ---- kinds

// Regions among themselves: every estimate of the first region that has one starts a family.
static void compare_regions(struct comparing *k, size_t i, struct buf *key)
{
    struct estimate like = k->r->estimates.at[i];
    size_t regions = k->r->places->region_count, *at = mem_new(regions + 1, sizeof *at);
    size_t before = k->r->comparisons.len;
    bool first = true;
    for (uint16_t g = 0; g < regions; g++) {
        at[g] = find(k, key, &like, g, like.period, like.level);
        first &= g >= like.region || at[g] == SIZE_MAX;
    }
    for (size_t g = 0; first && g < regions; g++)
        for (size_t h = g + 1; h < regions; h++)
            if (at[g] != SIZE_MAX && at[h] != SIZE_MAX)
                pair_of_regions(k, at[g], at[h]);
    adjust_family(k, before);
    mem_free(at);
}

struct rest_index {
    struct dict keys;
    VEC(uint32_t) at;
};

static void against_rest(struct comparing *k, struct rest_index *rest, struct buf *key, size_t i)
{
    struct estimate *e = &k->r->estimates.at[i];
    struct comparison c;
    int at = dict_find(&rest->keys, key_of(key, e, e->region, e->period, e->level));
    if (at < 0)
        return;
    const struct estimate *other = &k->rest->estimates.at[rest->at.at[at]];
    if (!usable(other) || !between(&c, k->r->study, e, other))
        return;
    c.kind = "rest";
    c.a = region_id(k, e->region);
    c.b = "rest";
    c.estimate_a = i;
    c.estimate_b = SIZE_MAX;
    vec_push(&k->r->comparisons, c);
}

static void compare_rest(struct comparing *k, struct rest_index *rest, size_t i, struct buf *key)
{
    struct estimate like = k->r->estimates.at[i];
    size_t regions = k->r->places->region_count, before = k->r->comparisons.len;
    for (uint16_t g = 0; g < like.region; g++)
        if (find(k, key, &like, g, like.period, like.level) != SIZE_MAX)
            return; // the family was made at its first region
    for (uint16_t g = 0; g < regions; g++) {
        size_t at = find(k, key, &like, g, like.period, like.level);
        if (at != SIZE_MAX)
            against_rest(k, rest, key, at);
    }
    adjust_family(k, before);
}

// A period against an earlier one; the family is the k regions, the total stands alone.
static void against_earlier(struct comparing *k, size_t i, struct period earlier, const char *kind,
                            struct buf *key)
{
    struct estimate *a = &k->r->estimates.at[i];
    const char *region = region_id(k, a->region);
    size_t at = find(k, key, a, a->region, earlier, a->level);
    struct comparison c;
    char text[PERIOD_TEXT];
    bool before = period_is(k->since) && period_first_day(earlier) < period_first_day(k->since);
    if (at == SIZE_MAX || before ||
        run_break(k->r->study, a->indicator->label.id, region, earlier, a->period) ||
        !between(&c, k->r->study, a, &k->r->estimates.at[at]))
        return;
    c.kind = kind;
    c.region = a->region;
    c.a = arena_text(&k->r->arena, period_text(a->period, text));
    c.b = arena_text(&k->r->arena, period_text(earlier, text));
    c.estimate_a = i;
    c.estimate_b = at;
    vec_push(&k->r->comparisons, c);
}

static void compare_earlier(struct comparing *k, size_t i, struct period earlier, const char *kind,
                            struct buf *key)
{
    struct estimate like = k->r->estimates.at[i];
    size_t before = k->r->comparisons.len;
    if (!period_is(earlier))
        return;
    if (like.region == REGION_TOTAL) {
        against_earlier(k, i, earlier, kind, key);
        adjust_family(k, before);
        return;
    }
    for (uint16_t g = 0; g < like.region; g++)
        if (find(k, key, &like, g, like.period, like.level) != SIZE_MAX)
            return;
    for (uint16_t g = 0; g < k->r->places->region_count; g++) {
        size_t at = find(k, key, &like, g, like.period, like.level);
        if (at != SIZE_MAX)
            against_earlier(k, at, earlier, kind, key);
    }
    adjust_family(k, before);
}

// ---- levels of a breakdown: neighbours in r->estimates, since a region's levels are made together

static bool same_but_group(const struct estimate *a, const struct estimate *b)
{
    return a->indicator == b->indicator && strcmp(a->item, b->item) == 0 &&
           a->region == b->region && period_same(a->period, b->period) &&
           strcmp(a->by, b->by) == 0 && strcmp(evidence(a)->answer, evidence(b)->answer) == 0;
}

static void pair_of_levels(struct comparing *k, size_t i, size_t j)
{
    struct estimate *a = &k->r->estimates.at[i], *b = &k->r->estimates.at[j];
    struct comparison c;
    if (!between(&c, k->r->study, a, b))
        return;
    c.kind = "level";
    c.region = a->region;
    c.level = evidence(a)->answer;
    c.a = evidence(a)->group;
    c.b = evidence(b)->group;
    c.estimate_a = i;
    c.estimate_b = j;
    vec_push(&k->r->comparisons, c);
}

// Families of levels by a key without the group.
static void compare_levels(struct comparing *k)
{
    struct dict families = {0};
    VEC(size_t) members = {0}, family = {0};
    struct buf key = {0};
    for (size_t i = k->first; i < k->end; i++) {
        const struct estimate *e = &k->r->estimates.at[i];
        if (!usable(e) || !e->reported || !*evidence(e)->breakdown)
            continue;
        vec_push(&family, (size_t)dict_add(&families, key_of(&key, e, e->region, e->period,
                                                             evidence(e)->answer)));
        vec_push(&members, i);
    }
    for (size_t f = 0; f < families.keys.len; f++) {
        size_t before = k->r->comparisons.len, start = 0;
        while (family.at[start] != f)
            start++;
        for (size_t x = start; x < members.len; x++)
            for (size_t y = x + 1; family.at[x] == f && y < members.len; y++)
                if (family.at[y] == f && same_but_group(&k->r->estimates.at[members.at[x]],
                                                        &k->r->estimates.at[members.at[y]]))
                    pair_of_levels(k, members.at[x], members.at[y]);
        adjust_family(k, before);
    }
    vec_free(&family);
    vec_free(&members);
    dict_free(&families);
    buf_free(&key);
}

void compare_estimates(struct results *r, size_t first, const struct results *rest,
                       struct period since)
{
    struct comparing k = {
        .r = r, .first = first, .end = r->estimates.len, .rest = rest, .since = since};
    struct rest_index others = {0};
    struct buf key = {0};
    index_estimates(&k);
    for (size_t i = 0; rest && i < rest->estimates.len; i++) {
        const struct estimate *e = &rest->estimates.at[i];
        dict_add(&others.keys, key_of(&key, e, e->region, e->period, e->level));
        vec_push(&others.at, (uint32_t)i);
    }
    for (size_t i = first; i < k.end; i++) {
        const struct estimate *e = &r->estimates.at[i];
        if (!usable(e) || !e->reported)
            continue;
        if (e->region != REGION_TOTAL) {
            compare_regions(&k, i, &key);
            compare_rest(&k, &others, i, &key);
        }
        compare_earlier(&k, i, period_previous(e->period), "previous", &key);
        if (e->period.kind == PERIOD_QUARTER)
            compare_earlier(&k, i, period_year_ago(e->period), "year_ago", &key);
    }
    compare_levels(&k);
    dict_free(&others.keys);
    vec_free(&others.at);
    dict_free(&k.keys);
    vec_free(&k.at);
    buf_free(&key);
}
