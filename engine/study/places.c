// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/study/places.h"

#include "engine/base/utf8.h"

#include <stdlib.h>

static struct str key_of(struct arena *a, struct str text)
{
    return utf8_nfc(a, utf8_trim(text));
}

static void add_key(struct places *p, const char *text, uint16_t region)
{
    if (!text || !*text)
        return;
    size_t before = p->keys.keys.len;
    dict_add(&p->keys, key_of(&p->arena, str_of(text)));
    if (p->keys.keys.len > before)
        vec_push(&p->key_region, region);
}

static void add_keys(struct places *p, const struct region *r, uint16_t number)
{
    add_key(p, r->id, number);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        add_key(p, r->name.in[lang], number);
    for (size_t i = 0; i < r->aliases.count; i++)
        add_key(p, r->aliases.at[i], number);
}

void places_start(struct places *p, const struct study *s)
{
    *p = (struct places){.study = s};
    for (size_t i = 0; s->has_regions && i < s->region_count; i++)
        add_keys(p, &s->regions[i], (uint16_t)i);
    add_keys(p, &s->total, REGION_TOTAL);
}

void places_free(struct places *p)
{
    dict_free(&p->found);
    dict_free(&p->keys);
    vec_free(&p->key_region);
    vec_free(&p->periods);
    arena_free(&p->arena);
    *p = (struct places){0};
}

// The id of the one declared region that equals the key but for case and accents.
static const char *near_region(struct places *p, struct str key)
{
    struct arena scratch = {0};
    struct str fold = utf8_fold(&scratch, key);
    int found = -1;
    for (size_t i = 0; i < p->keys.keys.len; i++) {
        bool same = p->key_region.at[i] != REGION_TOTAL &&
                    str_same(utf8_fold(&scratch, p->keys.keys.at[i]), fold);
        if (same && found >= 0 && p->key_region.at[found] != p->key_region.at[i]) {
            found = -1;
            break;
        }
        if (same && found < 0)
            found = (int)i;
    }
    arena_free(&scratch);
    return found < 0 ? NULL : p->keys.keys.at[found].ptr;
}

bool places_region(struct places *p, struct str text, uint16_t *region, const char **near)
{
    struct arena scratch = {0};
    struct str key = key_of(&scratch, text);
    *near = NULL;
    int known = dict_find(&p->keys, key);
    bool ok = known >= 0;
    if (ok) {
        *region = p->key_region.at[known];
    } else if (p->study->has_regions) {
        *near = key.len ? near_region(p, key) : NULL;
    } else if (key.len && (p->found.keys.len < REGION_TOTAL || dict_find(&p->found, key) >= 0)) {
        *region = (uint16_t)dict_add(&p->found, key);
        ok = true;
    }
    arena_free(&scratch);
    return ok;
}

uint16_t places_period(struct places *p, struct period period)
{
    for (size_t i = p->periods.len; i-- > 0;)
        if (period_same(p->periods.at[i], period))
            return (uint16_t)i;
    if (p->periods.len >= UINT16_MAX)
        return UINT16_MAX;
    vec_push(&p->periods, period);
    return (uint16_t)(p->periods.len - 1);
}

// A thing and the number it had while reading.
struct ranked {
    struct str key, fold;
    struct period period;
    uint16_t number;
};

static int by_collation(const void *a, const void *b)
{
    return utf8_collate(((const struct ranked *)a)->key, ((const struct ranked *)b)->key);
}

static int by_number(const void *a, const void *b)
{
    return key_order(((const struct ranked *)a)->key, ((const struct ranked *)b)->key);
}

static int by_fold(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    int order = str_order(x->fold, y->fold);
    return order ? order : str_order(x->key, y->key);
}

static int by_period(const void *a, const void *b)
{
    return period_order(((const struct ranked *)a)->period, ((const struct ranked *)b)->period);
}

static void finish_periods(struct places *p)
{
    size_t count = p->periods.len;
    p->period_rank = NEWS(&p->arena, count + 1, uint16_t);
    struct ranked *list = NEWS(&p->arena, count + 1, struct ranked);
    for (size_t i = 0; i < count; i++)
        list[i] = (struct ranked){.period = p->periods.at[i], .number = (uint16_t)i};
    qsort(list, count, sizeof *list, by_period);
    for (size_t i = 0; i < count; i++) {
        p->periods.at[i] = list[i].period;
        p->period_rank[list[i].number] = (uint16_t)i;
    }
}

static enum status check_folds(struct ranked *list, size_t count, struct diags *d)
{
    enum status status = OK;
    qsort(list, count, sizeof *list, by_fold);
    for (size_t i = 1; i < count; i++)
        if (str_same(list[i - 1].fold, list[i].fold))
            status = diag(d, E0320, (struct where){0},
                          "regions %s and %s in the data differ only in case or accents",
                          diag_quote(d, list[i - 1].key), diag_quote(d, list[i].key));
    return status;
}

static bool all_digits_first(const struct ranked *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!list[i].key.len || list[i].key.ptr[0] < '0' || list[i].key.ptr[0] > '9')
            return false;
    return true;
}

static enum status finish_found(struct places *p, struct diags *d)
{
    size_t count = p->found.keys.len;
    struct ranked *list = NEWS(&p->arena, count + 1, struct ranked);
    for (size_t i = 0; i < count; i++)
        list[i] = (struct ranked){
            p->found.keys.at[i], utf8_fold(&p->arena, p->found.keys.at[i]), {0}, (uint16_t)i};
    enum status status = check_folds(list, count, d);
    qsort(list, count, sizeof *list, all_digits_first(list, count) ? by_number : by_collation);
    p->regions = NEWS(&p->arena, count + 1, struct region);
    for (size_t i = 0; i < count; i++) {
        const char *id = list[i].key.ptr;
        p->regions[i] = (struct region){.id = id, .name = {{id, id}}};
        p->region_rank[list[i].number] = (uint16_t)i;
    }
    p->region_count = count;
    return status;
}

enum status places_finish(struct places *p, struct diags *d)
{
    const struct study *s = p->study;
    finish_periods(p);
    size_t count = s->has_regions ? s->region_count : p->found.keys.len;
    p->region_rank = NEWS(&p->arena, count + 1, uint16_t);
    if (!s->has_regions)
        return finish_found(p, d);
    for (size_t i = 0; i < count; i++)
        p->region_rank[i] = (uint16_t)i;
    p->regions = s->regions;
    p->region_count = count;
    return OK;
}

const char *places_region_id(const struct places *p, uint16_t region)
{
    return region == REGION_TOTAL ? p->study->total.id : p->regions[region].id;
}

const char *places_region_name(const struct places *p, uint16_t region, enum lang lang)
{
    const struct region *r = region == REGION_TOTAL ? &p->study->total : &p->regions[region];
    const char *name = r->name.in[lang];
    return name && *name ? name : r->id;
}
