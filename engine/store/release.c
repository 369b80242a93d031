// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/release.h"

#include "engine/base/num.h"

#include <math.h>

enum { MOST_NAMED = 20 };

// Texts live with the results; the period is put into `text`.
static void key_of(const struct results *r, const struct estimate *e, char text[PERIOD_TEXT],
                   struct str key[SNAPSHOT_KEYS])
{
    key[KEY_INDICATOR] = str_of(e->indicator->label.id);
    key[KEY_ITEM] = str_of(e->item);
    key[KEY_REGION] = str_of(places_region_id(r->places, e->region));
    key[KEY_OF_PERIOD] = str_of(period_text(e->period, text));
    key[KEY_BY] = str_of(e->by);
    key[KEY_LEVEL] = str_of(e->level);
}

// ---- revisions

static bool withheld(const struct estimate *e)
{
    return e->status == EST_SUPPRESSED || e->status == EST_SECONDARY || e->status == EST_UNRELIABLE;
}

static bool prints_otherwise(const struct estimate *e, const struct snapshot_estimate *old)
{
    bool has = isfinite(e->value) && !withheld(e);
    if (!str_is(old->status, status_labels[e->status].id) || has != snapshot_has_value(old))
        return true;
    return has && num_round(e->value, e->decimals) != num_round(snapshot_value(old), e->decimals);
}

static bool has_reason(const struct study *s, const struct estimate *e)
{
    for (size_t i = 0; i < s->revision_count; i++) {
        const struct revision *v = &s->revisions[i];
        const char *id = e->indicator->label.id, *star = strchr(v->indicator, '*');
        bool named = star ? strncmp(v->indicator, id, (size_t)(star - v->indicator)) == 0
                          : strcmp(v->indicator, id) == 0;
        if (named && (!period_is(v->period) || period_holds(v->period, e->period)))
            return true;
    }
    return false;
}

void release_revise(struct results *r, struct snapshot *before, struct diags *d)
{
    size_t without = 0;
    const char *first = "";
    struct arena names = {0};
    for (size_t i = 0; i < r->estimates.len; i++) {
        struct estimate *e = &r->estimates.at[i];
        char text[PERIOD_TEXT];
        struct str key[SNAPSHOT_KEYS];
        if (!e->reported)
            continue;
        key_of(r, e, text, key);
        const struct snapshot_estimate *old = snapshot_find_near(before, key, i);
        e->revised = old && prints_otherwise(e, old);
        if (!e->revised || has_reason(r->study, e))
            continue;
        if (!without++)
            first = snapshot_name(&names, key);
    }
    if (without)
        diag(d, E0838, (struct where){r->study->path, 0, 0},
             "%zu published values are revised without a reason; the first is %s", without, first);
    arena_free(&names);
}

// ---- disclosure between releases

struct base { // of a cell
    struct period period;
    double now, before; // NaN = not shown
    int64_t release;    // that showed `before` last
    size_t estimate;    // in the results; SIZE_MAX = not in this run
};
struct group { // cells that differ in their period only
    VEC(struct base) bases;
    size_t estimate; // one of them, for its name
};
struct check {
    const struct results *results;
    struct arena arena;
    struct dict keys; // of groups
    VEC(struct group) groups;
    struct buf key;
    struct diags *d;
    size_t found;
    enum status status;
};

static bool about_people(const struct estimate *e)
{
    return e->from_survey || e->indicator->interval == INTERVAL_PROCESS;
}

static struct str group_key(struct check *c, const struct str key[SNAPSHOT_KEYS])
{
    buf_clear(&c->key);
    for (int i = 0; i < SNAPSHOT_KEYS; i++) {
        if (i != KEY_OF_PERIOD)
            buf_str(&c->key, key[i]);
        buf_char(&c->key, '\x1f');
    }
    return buf_view(&c->key);
}

static struct base *base_of(struct group *g, struct period period)
{
    for (size_t i = 0; i < g->bases.len; i++)
        if (period_same(g->bases.at[i].period, period))
            return &g->bases.at[i];
    vec_push(
        &g->bases,
        ((struct base){
            .period = period, .now = (double)NAN, .before = (double)NAN, .estimate = SIZE_MAX}));
    return &g->bases.at[g->bases.len - 1];
}

static void collect_now(struct check *c)
{
    for (size_t i = 0; i < c->results->estimates.len; i++) {
        const struct estimate *e = &c->results->estimates.at[i];
        char text[PERIOD_TEXT];
        struct str key[SNAPSHOT_KEYS];
        if (!e->reported || !about_people(e))
            continue;
        key_of(c->results, e, text, key);
        size_t at = (size_t)dict_add(&c->keys, group_key(c, key));
        if (at == c->groups.len)
            vec_push(&c->groups, (struct group){.estimate = i});
        struct base *b = base_of(&c->groups.at[at], e->period);
        b->now = withheld(e) ? (double)NAN : e->n;
        b->estimate = i;
    }
}

static bool too_near(const struct check *c, double difference)
{
    difference = fabs(difference);
    return difference > 0.5 && difference < c->results->study->min_n - 0.5;
}

// The name of the cell, whose numbers may be withheld.
static const char *name_of(struct check *c, size_t estimate, struct period period)
{
    char text[PERIOD_TEXT];
    struct str key[SNAPSHOT_KEYS];
    key_of(c->results, &c->results->estimates.at[estimate], text, key);
    key[KEY_OF_PERIOD] = str_of(period_text(period, text));
    return snapshot_name(&c->arena, key);
}

static void tell(struct check *c, const char *name, const char *how, int64_t release)
{
    c->status = FAIL_DISCLOSURE;
    if (c->found++ < MOST_NAMED)
        diag(c->d, E0841, (struct where){0},
             "%s: %s release %lld by fewer people than the %g that protect them", name, how,
             (long long)release, c->results->study->min_n);
}

static void see_released(void *context, int64_t release, const struct str key[SNAPSHOT_KEYS],
                         double n)
{
    struct check *c = context;
    struct period period;
    int at = dict_find(&c->keys, group_key(c, key));
    if (at < 0 || !period_read(key[KEY_OF_PERIOD], &period))
        return;
    struct base *b = base_of(&c->groups.at[at], period);
    b->before = n;
    b->release = release;
    if (isfinite(b->now) && too_near(c, b->now - n))
        tell(c, name_of(c, b->estimate, period), "differs from", release);
}

// A year less its quarters, all less its years, all less its quarters: what is left is a base too,
// when some of it comes from a release and some from this run.
static void check_sum(struct check *c, const struct group *g, const struct base *outer,
                      enum period_kind parts)
{
    double left = isfinite(outer->now) ? outer->now : outer->before;
    bool now = isfinite(outer->now), before = !now;
    int64_t release = before ? outer->release : 0;
    size_t count = 0;
    for (size_t i = 0; i < g->bases.len; i++) {
        const struct base *b = &g->bases.at[i];
        double n = isfinite(b->now) ? b->now : b->before;
        if (b->period.kind != parts || b == outer || !isfinite(n) ||
            !(outer->period.kind == PERIOD_ALL || period_holds(outer->period, b->period)))
            continue;
        count++;
        left -= n;
        now = now || isfinite(b->now);
        before = before || !isfinite(b->now);
        if (!isfinite(b->now) && b->release > release)
            release = b->release;
    }
    if (count && now && before && left > 0 && too_near(c, left))
        tell(c, name_of(c, g->estimate, outer->period), "less its parts differs from", release);
}

static void check_sums(struct check *c)
{
    for (size_t i = 0; i < c->groups.len; i++) {
        const struct group *g = &c->groups.at[i];
        for (size_t k = 0; k < g->bases.len; k++) {
            const struct base *b = &g->bases.at[k];
            if (b->period.kind != PERIOD_YEAR && b->period.kind != PERIOD_ALL)
                continue;
            if (!isfinite(b->now) && !isfinite(b->before))
                continue;
            check_sum(c, g, b, PERIOD_QUARTER);
            if (b->period.kind == PERIOD_ALL)
                check_sum(c, g, b, PERIOD_YEAR);
        }
    }
}

enum status release_disclose(const struct results *r, struct history *h, struct diags *d)
{
    struct check c = {.results = r, .d = d};
    collect_now(&c);
    enum status status = history_each_n(h, r->study->id, see_released, &c, d);
    if (!status) {
        check_sums(&c);
        status = c.status;
    }
    if (c.found > MOST_NAMED)
        diag(d, E0841, (struct where){0}, "and %zu more cells", c.found - MOST_NAMED);
    for (size_t i = 0; i < c.groups.len; i++)
        vec_free(&c.groups.at[i].bases);
    vec_free(&c.groups);
    dict_free(&c.keys);
    buf_free(&c.key);
    arena_free(&c.arena);
    return status;
}
