// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cli/recall.h"

#include "engine/stats/adjust.h"
#include "engine/stats/dist.h"
#include "engine/stats/effect.h"
#include "engine/stats/prop.h"

#include <math.h>

struct family { // comparisons that are adjusted together: the regions of one key
    VEC(size_t) at;
};
struct recall {
    struct results *r;
    struct period period, before[2]; // the period before, a year before
    struct dict indicators;          // of this run
    VEC(size_t) like;                // an estimate of each
    struct dict keys;                // of recalled estimates
    size_t first;                    // of them in r->estimates
    struct dict compared;            // indicators that this run compares
    struct buf key;
    struct dict families;
    VEC(struct family) members;
};

// ---- which rows are wanted

static bool is_earlier(const struct recall *k, struct period p)
{
    return p.kind == k->period.kind && period_last_day(p) < period_first_day(k->period);
}

static bool is_wanted(const struct recall *k, const struct history_row *row, struct period *p)
{
    if (!period_read(row->text[KEY_OF_PERIOD], p) || !is_earlier(k, *p))
        return false;
    return !row->text[KEY_BY].len || period_same(*p, k->before[0]) || period_same(*p, k->before[1]);
}

static bool find_region(const struct places *p, struct str id, uint16_t *region)
{
    for (*region = 0; *region < p->region_count; ++*region)
        if (str_is(id, places_region_id(p, *region)))
            return true;
    *region = REGION_TOTAL;
    return str_is(id, places_region_id(p, REGION_TOTAL));
}

static enum estimate_status status_of(struct str id)
{
    for (int i = 0; i < EST_STATUS_COUNT; i++)
        if (str_is(id, status_labels[i].id))
            return (enum estimate_status)i;
    return EST_NO_DATA;
}

static const char *keep(struct recall *k, struct str text)
{
    return text.len ? arena_copy(&k->r->arena, text.ptr, text.len) : "";
}

static bool has_letter(struct str symbol, char letter)
{
    return symbol.len && memchr(symbol.ptr, letter, symbol.len);
}

static struct str key_of_row(struct recall *k, const struct history_row *row)
{
    buf_clear(&k->key);
    for (int i = 0; i < SNAPSHOT_KEYS; i++) {
        buf_str(&k->key, row->text[i]);
        buf_char(&k->key, '\x1f');
    }
    return buf_view(&k->key);
}

// ---- rows into estimates

static struct estimate estimate_of(struct recall *k, const struct history_row *row,
                                   const struct estimate *like, uint16_t region, struct period p)
{
    const double *number = row->number;
    return (struct estimate){.indicator = like->indicator,
                             .item = keep(k, row->text[KEY_ITEM]),
                             .region = region,
                             .period = p,
                             .by = keep(k, row->text[KEY_BY]),
                             .level = keep(k, row->text[KEY_LEVEL]),
                             .value = number[ROW_VALUE],
                             .se = number[ROW_SE],
                             .low = number[ROW_LOW],
                             .high = number[ROW_HIGH],
                             .df = number[ROW_DF],
                             .n = number[ROW_N],
                             .weighted_n = number[ROW_N + 1],
                             .effective_n = number[ROW_N + 2],
                             .deff = number[ROW_N + 3],
                             .numerator = number[ROW_N + 4],
                             .denominator = number[ROW_N + 5],
                             .unit = keep(k, row->text[ROW_UNIT]),
                             .decimals = (signed char)row->decimals,
                             .status = status_of(row->text[ROW_STATUS]),
                             .share = like->share,
                             .is_total = like->is_total,
                             .from_survey = like->from_survey,
                             .preliminary = has_letter(row->text[ROW_SYMBOL], 'p'),
                             .revised = has_letter(row->text[ROW_SYMBOL], 'r'),
                             .sd = NAN,
                             .reason = keep(k, row->text[ROW_REASON])};
}

// Releases come last first: what is there already stays.
static void see_row(void *context, const struct history_row *row)
{
    struct recall *k = context;
    struct period p;
    uint16_t region;
    int indicator = dict_find(&k->indicators, row->text[KEY_INDICATOR]);
    if (indicator < 0 || !is_wanted(k, row, &p) ||
        !find_region(k->r->places, row->text[KEY_REGION], &region))
        return;
    struct str key = key_of_row(k, row);
    if (dict_find(&k->keys, key) >= 0)
        return;
    dict_add(&k->keys, key);
    struct estimate like = k->r->estimates.at[k->like.at[indicator]],
                    e = estimate_of(k, row, &like, region, p);
    if (!results_find(k->r, e.indicator->label.id, e.item, region, p, e.by, e.level)) {
        dict_add(&k->r->items, str_of(e.item));
        vec_push(&k->r->estimates, e);
    }
}

static bool is_useful(const struct recall *k, const struct release *r)
{
    struct period p;
    return strcmp(r->study, k->r->study->id) == 0 && strcmp(r->state, "published") == 0 &&
           period_read(str_of(r->period), &p) && (p.kind == PERIOD_ALL || is_earlier(k, p));
}

static enum status read_releases(struct recall *k, struct history *h, struct diags *d)
{
    struct releases all;
    enum status status = history_list(h, &all, d);
    for (size_t i = all.list.len; i > 0 && !status; i--)
        if (is_useful(k, &all.list.at[i - 1]))
            status = history_rows(h, all.list.at[i - 1].id, see_row, k, d);
    vec_free(&all.list);
    return status;
}

// ---- comparisons

static bool has_error(const struct estimate *e)
{
    return (e->status == EST_OK || e->status == EST_CAUTION) && isfinite(e->value) && e->se > 0;
}

static struct period since_of(const struct study *s, const char *item)
{
    for (size_t i = 0; i < s->survey_count; i++)
        for (size_t n = 0; n < s->surveys[i].item_count; n++)
            if (strcmp(s->surveys[i].items[n].id, item) == 0)
                return s->surveys[i].items[n].since;
    return (struct period){0};
}

static bool crosses_break(const struct recall *k, const struct estimate *a, struct period earlier)
{
    struct period since = since_of(k->r->study, a->item);
    return (period_is(since) && period_first_day(earlier) < period_first_day(since)) ||
           run_break(k->r->study, a->indicator->label.id, places_region_id(k->r->places, a->region),
                     earlier, a->period);
}

// Degrees of freedom as for two independent samples (Welch 1947); none where one has none.
static void test_difference(struct comparison *c, const struct estimate *a,
                            const struct estimate *b, double alpha)
{
    double va = a->se * a->se, vb = b->se * b->se;
    c->difference = a->value - b->value;
    c->se = sqrt(va + vb);
    c->statistic = c->difference / c->se;
    c->df = (va + vb) * (va + vb) / (va * va / a->df + vb * vb / b->df);
    if (isfinite(c->df) && c->df >= 1) {
        struct interval limits = prop_t_interval(c->difference, c->se, c->df, alpha);
        c->low = limits.low;
        c->high = limits.high;
        c->p = dist_t_two_sided(c->statistic, c->df);
        c->detectable = effect_detectable(c->se, c->df, alpha);
        c->method = "published values (t)";
        return;
    }
    double half = dist_normal_quantile(1 - alpha / 2) * c->se;
    c->df = NAN;
    c->low = c->difference - half;
    c->high = c->difference + half;
    c->p = 2 * dist_normal_upper(fabs(c->statistic));
    c->detectable = (dist_normal_quantile(1 - alpha / 2) + dist_normal_quantile(0.8)) * c->se;
    c->method = "published values (normal)";
}

static void join_family(struct recall *k, const struct comparison *c)
{
    char period[PERIOD_TEXT];
    buf_clear(&k->key);
    buf_print(&k->key, "%s\x1f%s\x1f%s\x1f%s\x1f%s\x1f%s\x1f%d", c->indicator->label.id, c->item,
              period_text(c->period, period), c->by, c->level, c->kind, c->region == REGION_TOTAL);
    size_t at = (size_t)dict_add(&k->families, buf_view(&k->key));
    if (at == k->members.len)
        vec_push(&k->members, (struct family){0});
    vec_push(&k->members.at[at].at, k->r->comparisons.len);
}

// `a` is reported, `b` was published for the period named.
static void compare(struct recall *k, size_t i, size_t j, const char *kind)
{
    struct results *r = k->r;
    const struct estimate *a = &r->estimates.at[i], *b = &r->estimates.at[j];
    char text[PERIOD_TEXT];
    if (!has_error(b) || strcmp(a->unit, b->unit) != 0 || crosses_break(k, a, b->period))
        return;
    struct comparison c = {.indicator = a->indicator,
                           .item = a->item,
                           .region = a->region,
                           .period = a->period,
                           .by = a->by,
                           .level = a->level,
                           .kind = kind,
                           .a = arena_text(&r->arena, period_text(a->period, text)),
                           .b = arena_text(&r->arena, period_text(b->period, text)),
                           .adjust = adjust_ids[r->study->adjust],
                           .effect = NAN,
                           .effect_kind = "",
                           .p_adjusted = NAN,
                           .reported = true,
                           .caution = a->status == EST_CAUTION || b->status == EST_CAUTION,
                           .decimals = a->decimals,
                           .unit = a->unit,
                           .estimate_a = i,
                           .estimate_b = j};
    test_difference(&c, a, b, 1 - r->study->confidence);
    join_family(k, &c);
    vec_push(&r->comparisons, c);
}

static void adjust_families(struct recall *k)
{
    for (size_t f = 0; f < k->members.len; f++) {
        const struct family *family = &k->members.at[f];
        size_t count = family->at.len;
        double *p = mem_new(count + 1, sizeof *p);
        for (size_t i = 0; i < count; i++)
            p[i] = k->r->comparisons.at[family->at.at[i]].p;
        adjust_p((enum adjustment)k->r->study->adjust, p, count, p);
        for (size_t i = 0; i < count; i++) {
            struct comparison *c = &k->r->comparisons.at[family->at.at[i]];
            c->p_adjusted = p[i];
            c->significant = p[i] < 1 - k->r->study->confidence;
        }
        mem_free(p);
    }
}

// Where a recalled estimate of this key stands in the results; SIZE_MAX when there is none.
static size_t recalled(const struct results *r, const struct estimate *like, struct period p,
                       size_t first)
{
    const struct estimate *found = results_find(r, like->indicator->label.id, like->item,
                                                like->region, p, like->by, like->level);
    size_t at = found ? (size_t)(found - r->estimates.at) : SIZE_MAX;
    return at >= first ? at : SIZE_MAX;
}

// The results are indexed, the recalled ones stand after all others.
static void compare_all(struct recall *k)
{
    static const char *const kinds[] = {"previous", "year_ago"};
    for (size_t i = 0; i < k->r->comparisons.len; i++)
        dict_add(&k->compared, str_of(k->r->comparisons.at[i].indicator->label.id));
    for (size_t i = 0; i < k->first; i++) {
        const struct estimate *a = &k->r->estimates.at[i];
        if (!a->reported || !period_same(a->period, k->period) || !has_error(a) ||
            strchr(a->by, '*') || dict_find(&k->compared, str_of(a->indicator->label.id)) < 0)
            continue;
        for (int n = 0; n < 2; n++) {
            size_t j = recalled(k->r, a, k->before[n], k->first);
            if (j != SIZE_MAX)
                compare(k, i, j, kinds[n]);
            a = &k->r->estimates.at[i];
        }
    }
    adjust_families(k);
}

static void recall_free(struct recall *k)
{
    for (size_t i = 0; i < k->members.len; i++)
        vec_free(&k->members.at[i].at);
    vec_free(&k->members);
    vec_free(&k->like);
    dict_free(&k->indicators);
    dict_free(&k->keys);
    dict_free(&k->compared);
    dict_free(&k->families);
    buf_free(&k->key);
}

enum status recall_earlier(struct results *r, struct history *h, struct period period,
                           struct diags *d)
{
    if (period.kind != PERIOD_QUARTER && period.kind != PERIOD_YEAR)
        return OK;
    struct recall k = {.r = r, .period = period, .first = r->estimates.len};
    k.before[0] = period_previous(period);
    if (period.kind == PERIOD_QUARTER)
        k.before[1] = period_year_ago(period);
    for (size_t i = 0; i < r->estimates.len; i++) {
        size_t at = (size_t)dict_add(&k.indicators, str_of(r->estimates.at[i].indicator->label.id));
        if (at == k.like.len)
            vec_push(&k.like, i);
    }
    enum status status = read_releases(&k, h, d);
    if (!status && r->estimates.len > k.first) {
        results_index(r);
        compare_all(&k);
        results_sort(r);
        results_index(r);
    }
    recall_free(&k);
    return status;
}
