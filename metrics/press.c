// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/press.h"

#include <math.h>

// ---- start and end

static struct str change_key(struct buf *b, struct key k, const char *kind, const char *pair)
{
    char text[PERIOD_TEXT];
    buf_clear(b);
    buf_print(b, "%s\x1f%s\x1f%u\x1f%s\x1f%s\x1f%s\x1f%s\x1f%s", k.indicator, k.item,
              (unsigned)k.region, period_text(k.period, text), k.by, k.level, kind, pair);
    return buf_view(b);
}

// Comparisons between regions are found by their two ids; those over time by their region.
static void index_change(struct press *p, size_t at)
{
    const struct comparison *c = &p->r->comparisons.at[at];
    struct buf text = {0}, pair = {0};
    bool of_regions = strcmp(c->kind, "region") == 0, rest = strcmp(c->kind, "rest") == 0;
    struct key k = {c->indicator->label.id, c->item, c->by, c->level, c->region, c->period};
    if (of_regions || rest) {
        k.region = REGION_EMPTY;
        buf_print(&pair, "%s\x1f%s", c->a, rest ? "" : c->b);
    }
    struct str key = change_key(&text, k, c->kind, pair.ptr ? pair.ptr : "");
    if (dict_find(&p->changes, key) < 0) {
        dict_add(&p->changes, key);
        vec_push(&p->change_at, (uint32_t)at);
    }
    buf_free(&text);
    buf_free(&pair);
}

static const char *overall_item(const struct study *s)
{
    for (size_t i = 0; i < s->survey_count; i++)
        for (size_t k = 0; k < s->surveys[i].item_count; k++)
            if (s->surveys[i].items[k].role == ROLE_OVERALL)
                return s->surveys[i].items[k].id;
    return "";
}

static const char *since_kind(const struct press *p)
{
    static const char *const kinds[] = {"previous", "year_ago"};
    for (size_t k = 0; k < COUNT(kinds); k++)
        for (size_t i = 0; i < p->r->comparisons.len; i++) {
            const struct comparison *c = &p->r->comparisons.at[i];
            if (period_same(c->period, p->period) && strcmp(c->kind, kinds[k]) == 0)
                return kinds[k];
        }
    return NULL;
}

void press_start(struct press *p, struct document *doc, const struct results *r,
                 struct period period)
{
    *p = (struct press){.doc = doc,
                        .a = &doc->arena,
                        .r = r,
                        .s = r->study,
                        .places = r->places,
                        .period = period,
                        .score = "cmt.index"};
    for (size_t i = 0; i < r->comparisons.len; i++)
        index_change(p, i);
    p->since = since_kind(p);
    p->overall = overall_item(p->s);
    struct texts items = press_items(p, p->score);
    if (!items.count)
        p->score = "survey.mean", items = press_items(p, p->score);
    if (!*p->overall && items.count)
        p->overall = items.at[0];
}

void press_end(struct press *p)
{
    dict_free(&p->changes);
    vec_free(&p->change_at);
}

// ---- finding

const struct estimate *press_find(const struct press *p, struct key k)
{
    return results_find(p->r, k.indicator, k.item, k.region, k.period, k.by, k.level);
}

static const struct comparison *find_change(const struct press *p, struct key k, const char *kind,
                                            const char *pair)
{
    struct buf text = {0};
    int at = dict_find(&p->changes, change_key(&text, k, kind, pair));
    buf_free(&text);
    return at < 0 ? NULL : &p->r->comparisons.at[p->change_at.at[at]];
}

const struct comparison *press_change(const struct press *p, struct key k, const char *kind)
{
    if (strcmp(kind, "rest") != 0)
        return find_change(p, k, kind, "");
    struct buf pair = {0};
    buf_print(&pair, "%s\x1f", places_region_id(p->places, k.region));
    k.region = REGION_EMPTY;
    const struct comparison *c = find_change(p, k, kind, pair.ptr);
    buf_free(&pair);
    return c;
}

const struct comparison *press_pair(const struct press *p, struct key k, uint16_t a, uint16_t b,
                                    int *sign)
{
    const char *first = places_region_id(p->places, a), *second = places_region_id(p->places, b);
    struct buf pair = {0};
    k.region = REGION_EMPTY;
    buf_print(&pair, "%s\x1f%s", first, second);
    const struct comparison *c = find_change(p, k, "region", pair.ptr);
    *sign = 1;
    if (!c) {
        buf_clear(&pair);
        buf_print(&pair, "%s\x1f%s", second, first);
        c = find_change(p, k, "region", pair.ptr);
        *sign = -1;
    }
    buf_free(&pair);
    return c;
}

// The distinct texts that `pick` takes from the estimates of the period, in their order.
static struct texts distinct(struct press *p, bool (*pick)(const struct estimate *e, struct key k),
                             struct key k, size_t field)
{
    struct dict seen = {0};
    const struct row_range rows = results_rows(p->r, k.indicator);
    for (size_t i = rows.from; i < rows.to; i++) {
        const struct estimate *e = &p->r->estimates.at[i];
        const char *const fields[] = {e->item, e->by, e->level};
        if (period_same(e->period, p->period) && pick(e, k) && *fields[field])
            dict_add(&seen, str_of(fields[field]));
    }
    const char **texts = NEWS(p->a, seen.keys.len + 1, const char *);
    for (size_t i = 0; i < seen.keys.len; i++)
        texts[i] = arena_copy(p->a, seen.keys.at[i].ptr, seen.keys.at[i].len);
    struct texts found = {.at = texts, .count = seen.keys.len};
    dict_free(&seen);
    return found;
}

static bool of_indicator(const struct estimate *e, struct key k)
{
    return strcmp(e->indicator->label.id, k.indicator) == 0;
}

static bool of_level(const struct estimate *e, struct key k)
{
    return of_indicator(e, k) && strcmp(e->item, k.item) == 0 && strcmp(e->by, k.by) == 0;
}

// Answers, counts of drivers and crossings of two breakdowns are tables of their own.
static bool of_breakdown(const struct estimate *e, struct key k)
{
    static const char *const others[] = {"answer", "count", "value", "price", "quadrant", "peer"};
    for (size_t i = 0; i < COUNT(others); i++)
        if (strcmp(e->by, others[i]) == 0)
            return false;
    return of_indicator(e, k) && strcmp(e->item, k.item) == 0 && !strchr(e->by, '*');
}

struct texts press_items(struct press *p, const char *indicator)
{
    return distinct(p, of_indicator, (struct key){.indicator = indicator}, 0);
}

static bool of_question(const struct estimate *e, struct key k)
{
    return of_indicator(e, k) && !strchr(e->item, '.');
}

struct texts press_questions(struct press *p, const char *indicator)
{
    return distinct(p, of_question, (struct key){.indicator = indicator}, 0);
}

struct texts press_levels(struct press *p, const char *indicator, const char *item, const char *by)
{
    return distinct(p, of_level, (struct key){.indicator = indicator, .item = item, .by = by}, 2);
}

struct texts press_breakdowns(struct press *p, const char *indicator, const char *item)
{
    return distinct(p, of_breakdown, (struct key){.indicator = indicator, .item = item}, 1);
}

static size_t periods_of(struct press *p, struct key k, enum period_kind kind, struct period *out)
{
    size_t count = 0;
    const struct row_range rows = results_rows(p->r, k.indicator);
    for (size_t i = rows.from; i < rows.to; i++) {
        const struct estimate *e = &p->r->estimates.at[i];
        if (e->period.kind != kind || e->region != REGION_TOTAL || !of_level(e, k))
            continue;
        size_t at = count;
        while (at > 0 && period_order(out[at - 1], e->period) > 0)
            at--;
        if (at > 0 && period_same(out[at - 1], e->period))
            continue;
        memmove(out + at + 1, out + at, (count - at) * sizeof *out);
        out[at] = e->period, count++;
    }
    return count;
}

size_t press_periods(struct press *p, const char *indicator, const char *item, struct period **out)
{
    struct key k = {.indicator = indicator, .item = item, .by = ""};
    *out = NEWS(p->a, p->r->estimates.len + 1, struct period);
    size_t count = periods_of(p, k, PERIOD_QUARTER, *out);
    return count ? count : periods_of(p, k, PERIOD_YEAR, *out);
}

const struct item *press_item(const struct press *p, const char *id)
{
    for (size_t i = 0; i < p->s->survey_count; i++) {
        const struct item *found = survey_item(&p->s->surveys[i], id);
        if (found)
            return found;
    }
    return NULL;
}

struct period press_since_period(const struct press *p)
{
    if (!p->since)
        return (struct period){0};
    bool previous = strcmp(p->since, "previous") == 0;
    return previous ? period_previous(p->period) : period_year_ago(p->period);
}
