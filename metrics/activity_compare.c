// SPDX-License-Identifier: GPL-3.0-or-later
// Comparisons of contacts (statistics.md 8 and 14): periods of complete records are independent
// draws of a process, so differences are normal; those of shares have Newcombe's limits.
#include "metrics/activity.h"
#include "metrics/activity_family.h"

#include "engine/stats/adjust.h"
#include "engine/stats/dist.h"
#include "engine/stats/effect.h"

#include <math.h>

// A line: the estimates of all regions and the total that differ in nothing else.
struct lines {
    struct results *r;
    size_t width; // regions and the total
    struct dict keys;
    VEC(size_t) at;  // line · width + region → place in r->estimates, SIZE_MAX = none
    VEC(size_t) any; // one estimate of each line
};

// What a difference is made of.
struct side {
    double value, se, n, sd;
    size_t estimate; // SIZE_MAX = the rest
    const char *name;
};

static bool is_comparable(const struct estimate *e)
{
    return isfinite(e->value) && isfinite(e->se) && e->indicator->unit != UNIT_POINTS;
}

static struct str line_key(struct buf *b, const struct estimate *e, struct period p)
{
    char text[PERIOD_TEXT];
    buf_clear(b);
    buf_print(b, "%s\x1f%s\x1f%s\x1f%s\x1f%s", e->indicator->label.id, e->item,
              period_text(p, text), e->by, e->level);
    return buf_view(b);
}

static void collect(struct lines *l, size_t first)
{
    struct buf key = {0};
    for (size_t i = first; i < l->r->estimates.len; i++) {
        const struct estimate *e = &l->r->estimates.at[i];
        if (!is_comparable(e) || strcmp(e->level, "unknown") == 0)
            continue;
        size_t line = (size_t)dict_add(&l->keys, line_key(&key, e, e->period));
        while (l->at.len < (line + 1) * l->width)
            vec_push(&l->at, SIZE_MAX);
        if (line == l->any.len)
            vec_push(&l->any, i);
        l->at.at[line * l->width + (e->region == REGION_TOTAL ? l->width - 1 : e->region)] = i;
    }
    buf_free(&key);
}

// ---- one difference

static struct side side_of(const struct lines *l, size_t estimate, const char *name)
{
    const struct estimate *e = &l->r->estimates.at[estimate];
    return (struct side){e->value, e->se, e->share ? e->denominator : e->n, e->sd, estimate, name};
}

static void set_limits(struct comparison *c, const struct estimate *like, const struct side *a,
                       const struct side *b, double alpha)
{
    if (like->share) {
        struct interval limits = prop_newcombe(a->value / 100, a->n, b->value / 100, b->n, alpha);
        c->low = 100 * limits.low;
        c->high = 100 * limits.high;
        c->method = "normal, Newcombe limits";
        c->effect = effect_cohen_h(a->value / 100, b->value / 100);
        c->effect_kind = "cohen_h";
        return;
    }
    double half = dist_normal_quantile(1 - alpha / 2) * c->se;
    c->low = c->difference - half;
    c->high = c->difference + half;
    c->method = "normal";
    c->effect = effect_cohen_d(c->difference, a->sd, b->sd);
    c->effect_kind = isfinite(c->effect) ? "cohen_d" : "";
}

// Nothing where the standard error is 0. The detectable difference is found with 80 % power.
static void compare(struct lines *l, const struct estimate *like, const char *kind,
                    const struct side *a, const struct side *b)
{
    const struct study *s = l->r->study;
    double alpha = 1 - s->confidence, se = hypot(a->se, b->se);
    if (!(se > 0))
        return;
    struct comparison c = {.indicator = like->indicator,
                           .item = like->item,
                           .region = REGION_EMPTY,
                           .period = like->period,
                           .by = like->by,
                           .level = like->level,
                           .kind = kind,
                           .a = a->name,
                           .b = b->name,
                           .difference = a->value - b->value,
                           .se = se,
                           .df = NAN,
                           .p_adjusted = NAN,
                           .adjust = adjust_ids[s->adjust],
                           .reported = true,
                           .decimals = like->decimals,
                           .unit = like->unit,
                           .estimate_a = a->estimate,
                           .estimate_b = b->estimate};
    c.statistic = c.difference / se;
    c.p = 2 * dist_normal_upper(fabs(c.statistic));
    c.detectable = (dist_normal_quantile(1 - alpha / 2) + dist_normal_quantile(0.8)) * se;
    set_limits(&c, like, a, b, alpha);
    vec_push(&l->r->comparisons, c);
}

static void adjust_since(struct results *r, size_t first)
{
    size_t count = r->comparisons.len - first;
    double *p = mem_new(count, sizeof *p);
    for (size_t i = 0; i < count; i++)
        p[i] = r->comparisons.at[first + i].p;
    adjust_p((enum adjustment)r->study->adjust, p, count, p);
    for (size_t i = 0; i < count; i++) {
        r->comparisons.at[first + i].p_adjusted = p[i];
        r->comparisons.at[first + i].significant = p[i] < 1 - r->study->confidence;
    }
    mem_free(p);
}

// ---- kinds

static const size_t *line_at(const struct lines *l, size_t line)
{
    return &l->at.at[line * l->width];
}

static const char *region_name(const struct lines *l, size_t region)
{
    return places_region_id(l->r->places, region + 1 == l->width ? REGION_TOTAL : (uint16_t)region);
}

static void compare_regions(struct lines *l, size_t line)
{
    const size_t *at = line_at(l, line);
    const struct estimate like = l->r->estimates.at[l->any.at[line]];
    size_t first = l->r->comparisons.len;
    for (size_t i = 0; i + 1 < l->width; i++)
        for (size_t k = i + 1; k + 1 < l->width; k++) {
            if (at[i] == SIZE_MAX || at[k] == SIZE_MAX)
                continue;
            struct side a = side_of(l, at[i], region_name(l, i));
            struct side b = side_of(l, at[k], region_name(l, k));
            compare(l, &like, "region", &a, &b);
        }
    adjust_since(l->r, first);
}

static bool rest_of_share(const struct estimate *whole, const struct estimate *part,
                          struct side *rest)
{
    double n = rest->n = whole->denominator - part->denominator;
    double p = (whole->numerator - part->numerator) / n;
    rest->value = 100 * p;
    rest->se = 100 * sqrt(p * (1 - p) / n);
    return n > 0;
}

static double squares(const struct estimate *e)
{
    return (e->n > 1 ? (e->n - 1) * e->sd * e->sd : 0) + e->n * e->value * e->value;
}

static bool rest_of_mean(const struct estimate *whole, const struct estimate *part,
                         struct side *rest)
{
    double n = rest->n = whole->n - part->n;
    if (!(n > 1) || !isfinite(whole->sd))
        return false;
    rest->value = (whole->n * whole->value - part->n * part->value) / n;
    double left = squares(whole) - squares(part) - n * rest->value * rest->value;
    rest->sd = sqrt(fmax(left, 0) / (n - 1));
    rest->se = rest->sd / sqrt(n);
    return true;
}

// Only what adds up over regions has a rest: a client of two regions is one client of the total.
static bool has_rest(const struct estimate *e)
{
    return (e->share || isfinite(e->sd)) && strncmp(e->indicator->base, "clients", 7) != 0;
}

static void compare_rest(struct lines *l, size_t line)
{
    const size_t *at = line_at(l, line), total = at[l->width - 1];
    size_t first = l->r->comparisons.len;
    if (total == SIZE_MAX || !has_rest(&l->r->estimates.at[total]))
        return;
    const struct estimate whole = l->r->estimates.at[total];
    for (size_t i = 0; i + 1 < l->width; i++) {
        if (at[i] == SIZE_MAX)
            continue;
        struct side a = side_of(l, at[i], region_name(l, i));
        struct side rest = {NAN, NAN, NAN, NAN, SIZE_MAX, "rest"};
        const struct estimate *part = &l->r->estimates.at[at[i]];
        bool made =
            whole.share ? rest_of_share(&whole, part, &rest) : rest_of_mean(&whole, part, &rest);
        if (made && rest.n >= l->r->study->min_n) // the rest has no row that the guard could judge
            compare(l, &whole, "rest", &a, &rest);
    }
    adjust_since(l->r, first);
}

static void compare_earlier(struct lines *l, size_t line, size_t region, struct period earlier,
                            size_t then, const char *kind)
{
    const size_t now = line_at(l, line)[region];
    if (now == SIZE_MAX || then == SIZE_MAX)
        return;
    const struct estimate like = l->r->estimates.at[now];
    char text[PERIOD_TEXT];
    struct arena *arena = &l->r->arena;
    if (run_break(l->r->study, like.indicator->label.id, region_name(l, region), earlier,
                  like.period))
        return;
    struct side a = side_of(l, now, arena_text(arena, period_text(like.period, text)));
    struct side b = side_of(l, then, arena_text(arena, period_text(earlier, text)));
    size_t before = l->r->comparisons.len;
    compare(l, &like, kind, &a, &b);
    if (l->r->comparisons.len > before)
        l->r->comparisons.at[before].region = like.region;
}

// The family is the regions; the total stands alone.
static void compare_periods(struct lines *l, size_t line, struct period earlier, const char *kind)
{
    struct buf key = {0};
    const struct estimate *like = &l->r->estimates.at[l->any.at[line]];
    int there = period_is(earlier) ? dict_find(&l->keys, line_key(&key, like, earlier)) : -1;
    buf_free(&key);
    if (there < 0)
        return;
    const size_t *then = line_at(l, (size_t)there);
    size_t first = l->r->comparisons.len;
    for (size_t i = 0; i + 1 < l->width; i++)
        compare_earlier(l, line, i, earlier, then[i], kind);
    adjust_since(l->r, first);
    first = l->r->comparisons.len;
    compare_earlier(l, line, l->width - 1, earlier, then[l->width - 1], kind);
    adjust_since(l->r, first);
}

// ---- levels of a breakdown, one with another, in a region

enum { LEVELS_MOST = 8 }; // of more levels there are too many pairs for anybody to read

struct level_group { // lines that differ in their level only
    VEC(size_t) lines;
};

// Rates and means: the levels' shares of the whole depend on each other, and a client may stand in
// several levels.
static bool has_levels(const struct estimate *e)
{
    return e->reported && *e->by && has_rest(e) && !e->is_total &&
           strcmp(e->indicator->label.id, "activity.share") != 0;
}

static void compare_level_pair(struct lines *l, size_t a, size_t b)
{
    const struct estimate like = l->r->estimates.at[a];
    struct side left = side_of(l, a, like.level);
    struct side right = side_of(l, b, l->r->estimates.at[b].level);
    size_t before = l->r->comparisons.len;
    compare(l, &like, "level", &left, &right);
    if (l->r->comparisons.len > before) {
        l->r->comparisons.at[before].region = like.region;
        l->r->comparisons.at[before].level = "";
    }
}

// The family is the pairs of levels in one region.
static void compare_group(struct lines *l, const struct level_group *g)
{
    for (size_t region = 0; region < l->width; region++) {
        size_t first = l->r->comparisons.len;
        for (size_t i = 0; i < g->lines.len; i++)
            for (size_t k = i + 1; k < g->lines.len; k++) {
                size_t a = line_at(l, g->lines.at[i])[region];
                size_t b = line_at(l, g->lines.at[k])[region];
                if (a != SIZE_MAX && b != SIZE_MAX)
                    compare_level_pair(l, a, b);
            }
        adjust_since(l->r, first);
    }
}

// Lines come in the order of the levels.
static void compare_levels(struct lines *l)
{
    struct dict keys = {0};
    struct buf key = {0};
    VEC(struct level_group) groups = {0};
    for (size_t line = 0; line < l->any.len; line++) {
        struct estimate any = l->r->estimates.at[l->any.at[line]];
        if (!has_levels(&any))
            continue;
        any.level = "";
        size_t at = (size_t)dict_add(&keys, line_key(&key, &any, any.period));
        if (at == groups.len)
            vec_push(&groups, (struct level_group){0});
        vec_push(&groups.at[at].lines, line);
    }
    for (size_t i = 0; i < groups.len; i++) {
        if (groups.at[i].lines.len <= LEVELS_MOST)
            compare_group(l, &groups.at[i]);
        vec_free(&groups.at[i].lines);
    }
    vec_free(&groups);
    buf_free(&key);
    dict_free(&keys);
}

void activity_compare(struct run *run, size_t first)
{
    struct lines l = {.r = run->results, .width = run->places->region_count + 1};
    collect(&l, first);
    for (size_t line = 0; line < l.any.len; line++) {
        const struct estimate *e = &l.r->estimates.at[l.any.at[line]];
        if (!e->reported)
            continue;
        struct period p = e->period;
        if (!e->is_total) { // numbers of contacts differ because regions do
            compare_regions(&l, line);
            compare_rest(&l, line);
        }
        compare_periods(&l, line, period_previous(p), "previous");
        compare_periods(&l, line, period_year_ago(p), "year_ago");
    }
    compare_levels(&l);
    dict_free(&l.keys);
    vec_free(&l.at);
    vec_free(&l.any);
}
