// SPDX-License-Identifier: GPL-3.0-or-later
// Regions that must be told apart, regions that other keys name, and the calendar of the study.
#include "engine/base/utf8.h"
#include "engine/study/load.h"

#include <string.h>

// ---- keys of regions

struct region_keys {
    struct load *l;
    struct dict folds;
    VEC(size_t) owner; // region of each fold; region_count = the total
    bool said;         // one message for each region is enough
};

static const struct region *region_at(const struct study *s, size_t i)
{
    return i < s->region_count ? &s->regions[i] : &s->total;
}

// A key may stand twice in one region (its id is often its name), never in two.
static void claim(struct region_keys *k, size_t region, const char *key)
{
    const struct study *s = k->l->s;
    struct str fold = utf8_fold(k->l->a, utf8_trim(str_of(key)));
    if (!fold.len)
        return;
    int at = dict_find(&k->folds, fold);
    if (at < 0) {
        dict_add(&k->folds, fold);
        vec_push(&k->owner, region);
        return;
    }
    const struct region *r = region_at(s, region), *other = region_at(s, k->owner.at[at]);
    if (r == other || k->said || strcmp(r->id, other->id) == 0)
        return;
    k->said = true;
    diag(k->l->d, E0113, r->where, "regions %s and %s both answer to %s", other->id, r->id,
         diag_quote(k->l->d, str_of(key)));
    diag_help(k->l->d, "case and accents make no difference: take it away from one of them");
}

static void claim_all(struct region_keys *k, size_t region)
{
    const struct region *r = region_at(k->l->s, region);
    k->said = false;
    claim(k, region, r->id);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        claim(k, region, r->name.in[lang]);
    for (size_t i = 0; i < r->aliases.count; i++)
        claim(k, region, r->aliases.at[i]);
}

static const char **region_ids(struct load *l, size_t *count)
{
    const struct study *s = l->s;
    const char **ids = NEWS(l->a, s->region_count + 1, const char *);
    for (*count = 0; *count < s->region_count; ++*count)
        ids[*count] = s->regions[*count].id;
    ids[(*count)++] = s->total.id;
    return ids;
}

// Region references give ids (or the total's); a name or alias is not an id.
static void check_refs(struct load *l)
{
    size_t count;
    const char **ids = region_ids(l, &count);
    struct texts known = {ids, count};
    for (size_t i = 0; l->s->has_regions && i < l->regions.len; i++)
        if (!texts_hold(&known, l->regions.at[i].id))
            unknown_word(l, E0109, l->regions.at[i].where, "unknown region", l->regions.at[i].id,
                         ids, count);
}

// A row of the outputs says by its region whether it is a region's or the total's. `all` is a
// reserved word and said below.
static void check_total(struct load *l)
{
    for (size_t i = 0; i < l->s->region_count; i++) {
        const struct region *r = &l->s->regions[i];
        if (!strcmp(r->id, l->s->total.id) && !str_is(utf8_fold(l->a, str_of(r->id)), "all")) {
            diag(l->d, E0108, r->where, "%s is the id of a region and of the total",
                 diag_quote(l->d, str_of(r->id)));
            diag_help(l->d, "give the total another id: `total: {id: ALL}`");
        }
    }
}

static void check_reserved(struct load *l)
{
    static const char *const reserved[] = {"rest", "all"};
    for (size_t i = 0; i <= l->s->region_count; i++)
        for (size_t j = 0; j < COUNT(reserved); j++) {
            const struct region *r = region_at(l->s, i);
            struct str fold = utf8_fold(l->a, str_of(r->id));
            bool total = i == l->s->region_count;
            if (!total && str_is(fold, reserved[j])) {
                diag(l->d, E0117, r->where, "%s cannot be the id of a region",
                     diag_quote(l->d, str_of(r->id)));
                diag_help(l->d, "the outputs use that word for something else");
            }
        }
}

// ---- calendar

// A quarter has the same days in both calendars; a year has not.
static void restate(struct load *l, struct where where, struct period *p)
{
    char was[PERIOD_TEXT], now[PERIOD_TEXT];
    if (!period_is(*p) || p->kind == PERIOD_ALL || p->fiscal == l->s->fiscal)
        return;
    period_text(*p, was);
    if (p->kind == PERIOD_QUARTER) {
        *p = period_of_day(period_first_day(*p), l->s->fiscal);
        diag(l->d, E0151, where, "%s is %s in this study", was, period_text(*p, now));
        return;
    }
    diag(l->d, E0115, where, "%s is a %s year, but the study counts in %s years", was,
         p->fiscal ? "fiscal" : "calendar", l->s->fiscal ? "fiscal" : "calendar");
    diag_help(l->d, l->s->fiscal ? "write a fiscal year, as 2003-04, or remove `year: fiscal`"
                                 : "write a calendar year, as 2003, or add `year: fiscal`");
}

void check_places(struct load *l)
{
    struct region_keys keys = {.l = l};
    check_ids(l, "region", l->s->regions, l->s->region_count, sizeof(struct region),
              offsetof(struct region, id), offsetof(struct region, where));
    for (size_t i = 0; i <= l->s->region_count; i++)
        claim_all(&keys, i);
    dict_free(&keys.folds);
    vec_free(&keys.owner);
    check_total(l);
    check_reserved(l);
    check_refs(l);
    for (size_t i = 0; i < l->periods.len; i++)
        restate(l, l->periods.at[i].where, l->periods.at[i].period);
}
