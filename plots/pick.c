// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/pick.h"

#include "engine/study/words.h"

#include <math.h>
#include <stdlib.h>

enum { SERIES_MOST = 400 };

const char *in(const struct plot *p, const char *english, const char *french)
{
    return p->lang == LANG_FR ? french : english;
}

// ---- survey and items

const struct survey *pick_survey(const struct plot *p)
{
    const struct study *s = p->results->study;
    return s->survey_count ? &s->surveys[0] : NULL;
}

bool pick_bounded(const struct item *item)
{
    return item->scale <= SCALE_YES_NO && isfinite(item->low) && isfinite(item->high) &&
           item->high > item->low && !(item->before && *item->before);
}

bool pick_bounded_id(const struct plot *p, const char *id)
{
    const struct survey *s = pick_survey(p);
    for (size_t i = 0; s && i < s->item_count; i++)
        if (strcmp(s->items[i].id, id) == 0)
            return pick_bounded(&s->items[i]);
    return false;
}

const struct item *pick_overall(const struct plot *p)
{
    const struct survey *s = pick_survey(p);
    const struct item *first = NULL;
    for (size_t i = 0; s && i < s->item_count; i++) {
        if (s->items[i].role == ROLE_OVERALL)
            return &s->items[i];
        if (!first && pick_bounded(&s->items[i]))
            first = &s->items[i];
    }
    return first;
}

// ---- estimates

static void see(struct plot *p, const struct estimate *e)
{
    p->seen[e ? e->status : EST_NO_DATA] = true;
    p->preliminary |= e && e->preliminary && has_value(e);
}

const struct estimate *pick_at(struct plot *p, const char *indicator, const char *item,
                               uint16_t region, struct period period, const char *by,
                               const char *level)
{
    const struct estimate *e = results_find(p->results, indicator, item, region, period, by, level);
    see(p, e);
    return e;
}

const struct estimate *pick(struct plot *p, const char *indicator, const char *item,
                            uint16_t region, const char *by, const char *level)
{
    return pick_at(p, indicator, item, region, p->period, by, level);
}

const struct estimate *pick_part(struct plot *p, const char *indicator, uint16_t region,
                                 const char *item, struct period period, const char *by,
                                 const char *level)
{
    bool before = p->seen[EST_CAUTION];
    const struct estimate *e = pick_at(p, indicator, item, region, period, by, level);
    p->seen[EST_CAUTION] = before;
    return e;
}

bool has_value(const struct estimate *e)
{
    return e && isfinite(e->value) && (e->status == EST_OK || e->status == EST_CAUTION);
}

const char *symbol_of(const struct estimate *e)
{
    return status_symbols[e ? e->status : EST_NO_DATA];
}

static const struct indicator *indicator_here(const struct plot *p, const char *id)
{
    const struct row_range rows = results_rows(p->results, id);
    for (size_t i = rows.from; i < rows.to; i++)
        if (strcmp(p->results->estimates.at[i].indicator->label.id, id) == 0)
            return p->results->estimates.at[i].indicator;
    return NULL;
}

bool pick_has(const struct plot *p, const char *indicator)
{
    return indicator_here(p, indicator) != NULL;
}

static void add_key(struct keys *k, const char *key)
{
    for (size_t i = 0; i < k->at.len; i++)
        if (strcmp(k->at.at[i], key) == 0)
            return;
    vec_push(&k->at, key);
}

enum key_of { KEY_ITEM, KEY_LEVEL, KEY_BREAKDOWN };

static struct keys keys_of(const struct plot *p, const char *indicator, enum key_of of,
                           const char *by)
{
    struct keys keys = {0};
    const struct indicator *which = indicator_here(p, indicator);
    const struct row_range rows = results_rows(p->results, indicator);
    for (size_t i = rows.from; which && i < rows.to; i++) {
        const struct estimate *e = &p->results->estimates.at[i];
        if (e->indicator != which)
            continue;
        if (of == KEY_ITEM && !*e->by && *e->item)
            add_key(&keys, e->item);
        if (of == KEY_LEVEL && strcmp(e->by, by) == 0)
            add_key(&keys, e->level);
        if (of == KEY_BREAKDOWN && *e->by && !strchr(e->by, '*'))
            add_key(&keys, e->by);
    }
    return keys;
}

struct keys pick_items(const struct plot *p, const char *indicator)
{
    return keys_of(p, indicator, KEY_ITEM, "");
}

struct keys pick_levels(const struct plot *p, const char *indicator, const char *by)
{
    return keys_of(p, indicator, KEY_LEVEL, by);
}

struct keys pick_breakdowns(const struct plot *p, const char *indicator)
{
    return keys_of(p, indicator, KEY_BREAKDOWN, "");
}

void keys_free(struct keys *k)
{
    vec_free(&k->at);
}

// ---- periods

static bool series_ends(const struct plot *p, const char *indicator, const char *item,
                        enum period_kind kind, struct period *first, struct period *last)
{
    const struct indicator *which = indicator_here(p, indicator);
    const struct row_range rows = results_rows(p->results, indicator);
    bool some = false;
    for (size_t i = rows.from; which && i < rows.to; i++) {
        const struct estimate *e = &p->results->estimates.at[i];
        if (e->indicator != which || *e->by || e->period.kind != kind || strcmp(e->item, item) != 0)
            continue;
        if (!some || period_order(e->period, *first) < 0)
            *first = e->period;
        if (!some || period_order(e->period, *last) > 0)
            *last = e->period;
        some = true;
    }
    return some;
}

struct periods pick_series(const struct plot *p, const char *indicator, const char *item)
{
    struct periods out = {0};
    struct period first, last;
    if (!series_ends(p, indicator, item, PERIOD_QUARTER, &first, &last) &&
        !series_ends(p, indicator, item, PERIOD_YEAR, &first, &last))
        return out;
    for (struct period q = first; period_order(q, last) <= 0 && out.at.len < SERIES_MOST;
         q = period_next(q))
        vec_push(&out.at, q);
    return out;
}

// ---- names

size_t region_count(const struct plot *p)
{
    return p->results->places->region_count;
}

const char *region_name(const struct plot *p, uint16_t region)
{
    return places_region_name(p->results->places, region, p->lang);
}

const char *item_name(const struct plot *p, const char *item)
{
    const struct study *s = p->results->study;
    for (size_t i = 0; i < s->survey_count; i++) {
        const struct item *found = survey_item(&s->surveys[i], item);
        if (found && found->label.in[p->lang])
            return found->label.in[p->lang];
    }
    return item;
}

// The study's name; else that of a breakdown many studies have; else its id.
const char *breakdown_name(const struct plot *p, const char *by)
{
    static const struct label known[] = {
        LABEL("channel", "Channel", "Mode de service"),
        LABEL("segment", "Segment", "Segment"),
        LABEL("language", "Language", "Langue"),
        LABEL("sector", "Sector", "Secteur"),
        LABEL("service", "Service", "Service"),
        LABEL("office", "Office", "Bureau"),
        LABEL("size", "Size", "Taille"),
        LABEL("stratum", "Stratum", "Strate"),
    };
    const char *name = study_breakdown(p->results->study, by, p->lang);
    return strcmp(name, by) == 0 ? label_find(known, sizeof known / sizeof *known, by, p->lang)
                                 : name;
}

const char *answer_name(const struct plot *p, const struct item *item, const char *code)
{
    for (size_t i = 0; i < item->answer_count; i++)
        if (strcmp(item->answers[i].code, code) == 0)
            return item->answers[i].text.in[p->lang];
    const struct scale_words *words = &scale_words[item->scale];
    return label_find(words->answers, words->count, code, p->lang);
}

const char *indicator_name(const struct plot *p, const char *id)
{
    const struct indicator *i = indicator_here(p, id);
    return i ? i->label.text.in[p->lang] : id;
}

const char *period_name(const struct plot *p, struct period period)
{
    struct buf b = {0};
    fmt_period(&b, period, p->lang);
    const char *text = arena_text(p->arena, b.len ? b.ptr : "");
    buf_free(&b);
    return text;
}

const char *plot_place(const struct plot *p)
{
    return region_name(p, p->region);
}

// ---- numbers

const char *with_form(const struct plot *p, double value, struct fmt_form form)
{
    struct buf b = {0};
    fmt_number(&b, value, form, p->lang);
    const char *text = arena_text(p->arena, b.ptr);
    buf_free(&b);
    return text;
}

const char *number(const struct plot *p, double value, int decimals)
{
    return with_form(p, value, (struct fmt_form){.decimals = decimals});
}

const char *percent_text(const struct plot *p, double value, int decimals)
{
    return with_form(p, value, (struct fmt_form){.decimals = decimals, .percent = true});
}

const char *count_text(const struct plot *p, double n)
{
    return isfinite(n) ? with_form(p, n, (struct fmt_form){.grouped = true}) : "..";
}

struct fmt_form form_of(const struct estimate *e)
{
    return (struct fmt_form){.decimals = e->decimals >= 0 ? e->decimals : 1,
                             .percent = strcmp(e->unit, "percent") == 0,
                             .dollars = strcmp(e->unit, "dollars") == 0,
                             .grouped = strcmp(e->unit, "count") == 0};
}

const char *value_text(const struct plot *p, const struct estimate *e)
{
    if (!has_value(e))
        return symbol_of(e);
    const char *text = with_form(p, e->value, form_of(e));
    const char *symbol = e->status == EST_CAUTION ? NBSP "E" : "";
    return arena_print(p->arena, "%s%s%s%s", text, symbol, e->preliminary ? NBSP "p" : "",
                       e->revised ? NBSP "r" : "");
}

const char *value_words(const struct plot *p, const struct estimate *e)
{
    static const struct text words[EST_STATUS_COUNT] = {
        [EST_SUPPRESSED] = TEXT("suppressed for confidentiality", "supprimé pour confidentialité"),
        [EST_SECONDARY] = TEXT("suppressed for confidentiality", "supprimé pour confidentialité"),
        [EST_UNRELIABLE] =
            TEXT("too unreliable to be published", "trop peu fiable pour être publié"),
        [EST_NO_DATA] = TEXT("not available", "indisponible"),
        [EST_NOT_APPLICABLE] = TEXT("not applicable", "n'ayant pas lieu de figurer"),
    };
    const char *word = words[e ? e->status : EST_NO_DATA].in[p->lang];
    return has_value(e) || !word ? value_text(p, e) : word;
}

const char *interval_text(const struct plot *p, const struct estimate *e)
{
    if (!has_value(e) || !isfinite(e->low) || !isfinite(e->high))
        return "";
    struct buf b = {0};
    fmt_interval(&b, e->low, e->high, form_of(e), p->lang);
    const char *text = arena_text(p->arena, b.ptr);
    buf_free(&b);
    return text;
}
