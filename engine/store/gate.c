// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/gate.h"

#include "engine/base/cal.h"
#include "engine/base/num.h"

#include <math.h>

// ---- patterns

// * stands for any bytes, ? for one.
static bool matches(const char *pattern, struct str text)
{
    size_t at = 0, star_at = 0;
    const char *star = NULL;
    while (at < text.len) {
        if (*pattern == '*') {
            star = ++pattern;
            star_at = at;
        } else if (*pattern == '?' || (*pattern && *pattern == text.ptr[at])) {
            pattern++, at++;
        } else if (star) {
            pattern = star;
            at = ++star_at;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return !*pattern;
}

static bool matches_any(const struct texts *patterns, struct str text)
{
    for (size_t i = 0; i < patterns->count; i++)
        if (matches(patterns->at[i], text))
            return true;
    return false;
}

// What a rule means where it names nothing: the indicator of its check, rows without breakdown.
static const struct {
    const char *indicator, *item;
} own_choice[GATE_CHECKS] = {
    [GATE_MINIMUM_RESPONSE] = {"survey.response", NULL},
    [GATE_TARGET] = {"cmt.target_met", NULL},
    [GATE_STANDARD_MET] = {"standards.met", "?*"},
    [GATE_RECONCILES] = {"quality.reconcile", NULL},
};

static bool selects(const struct gate_rule *rule, const struct str key[SNAPSHOT_KEYS])
{
    for (int k = 0; k < SNAPSHOT_KEYS; k++) {
        const struct texts *only = &rule->only[k];
        const char *own = k == KEY_INDICATOR ? own_choice[rule->check].indicator
                          : k == KEY_ITEM    ? own_choice[rule->check].item
                                             : NULL;
        bool without = k == KEY_BY && !rule->only[KEY_LEVEL].count;
        if (only->count ? !matches_any(only, key[k])
                        : (own && !matches(own, key[k])) || (without && key[k].len))
            return false;
    }
    return true;
}

// ---- breaches

struct judge {
    struct verdict *v;
    const struct gate_rule *rule;
    const struct snapshot *s;
    const struct diff *diff;
    size_t selected;
};

__attribute__((format(printf, 3, 4))) static void
breach(struct judge *j, const struct snapshot_estimate *e, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = arena_vprint(&j->v->arena, format, args);
    va_end(args);
    vec_push(&j->v->breaches, ((struct breach){j->rule, e, text}));
    if (j->rule->severity == GATE_ERROR)
        j->v->errors++;
    else
        j->v->warnings++;
}

static const char *number(struct judge *j, double value, int decimals)
{
    if (decimals < 0) // as somebody wrote it
        return arena_print(&j->v->arena, "%.15g", value);
    return arena_print(&j->v->arena, "%.*f", decimals, num_round(value, decimals));
}

// ---- checks of one estimate

static void check_n(struct judge *j, const struct snapshot_estimate *e)
{
    double n = snapshot_number(e, "n");
    if (snapshot_is(e, "suppressed"))
        breach(j, e, "the base is too small to be shown, at least %s are asked",
               number(j, j->rule->limit, -1));
    else if (n < j->rule->limit && !snapshot_is(e, "not_applicable"))
        breach(j, e, "the base is %s, at least %s are asked", number(j, n, -1),
               number(j, j->rule->limit, -1));
}

static void check_value(struct judge *j, const struct snapshot_estimate *e)
{
    double value = snapshot_value(e), limit = j->rule->limit;
    int decimals = snapshot_decimals(e);
    bool most = j->rule->check == GATE_MAXIMUM || j->rule->check == GATE_RECONCILES;
    if (j->rule->check == GATE_RECONCILES && isnan(limit))
        limit = 0;
    if (j->rule->check == GATE_TARGET || j->rule->check == GATE_STANDARD_MET) {
        if (value < 100)
            breach(j, e,
                   j->rule->check == GATE_TARGET ? "the target is not met"
                                                 : "the standard is not met");
        return;
    }
    value = num_round(value, decimals); // as printed: nobody reads 80.0 against 80 as too little
    if (most ? fabs(value) > limit && (value > limit || j->rule->check == GATE_RECONCILES)
             : value < limit)
        breach(j, e, "%s is %s the limit of %s", number(j, value, decimals),
               most ? "above" : "below", number(j, limit, -1));
}

static void check_each(struct judge *j)
{
    for (size_t i = 0; i < j->s->estimates.len; i++) {
        const struct snapshot_estimate *e = &j->s->estimates.at[i];
        if (!selects(j->rule, e->key))
            continue;
        j->selected++;
        if (j->rule->check == GATE_MINIMUM_N)
            check_n(j, e);
        else if (snapshot_has_value(e))
            check_value(j, e);
    }
}

static void check_change(struct judge *j)
{
    if (!j->diff) {
        vec_push(&j->v->skipped, j->rule);
        j->selected = 1;
        return;
    }
    for (size_t i = 0; i < j->s->estimates.len && !j->selected; i++)
        j->selected += selects(j->rule, j->s->estimates.at[i].key);
    for (size_t i = 0; i < j->diff->changes.len; i++) {
        const struct change *c = &j->diff->changes.at[i];
        if (c->kind != CHANGE_VALUE || c->redefined || !selects(j->rule, c->new->key) ||
            fabs(c->by) <= j->rule->limit || (j->rule->beyond && c->size == SIZE_WITHIN))
            continue;
        breach(j, c->new, "changed by %s from %s to %s, at most %s is allowed",
               number(j, c->by, c->decimals), number(j, c->before, c->decimals),
               number(j, c->after, c->decimals), number(j, j->rule->limit, -1));
    }
}

// ---- checks of what must be there

// Is there a value for these patterns?
static bool has_value(const struct judge *j, const char *const pattern[SNAPSHOT_KEYS])
{
    for (size_t i = 0; i < j->s->estimates.len; i++) {
        const struct snapshot_estimate *e = &j->s->estimates.at[i];
        bool fits = snapshot_has_value(e);
        for (int k = 0; k < SNAPSHOT_KEYS && fits; k++)
            fits = pattern[k] ? matches(pattern[k], e->key[k]) : k != KEY_BY || !e->key[k].len;
        if (fits)
            return true;
    }
    return false;
}

// Walks all combinations of the rule's patterns; a region that is not named means every region.
static void require(struct judge *j, int k, const char *pattern[SNAPSHOT_KEYS])
{
    if (k == SNAPSHOT_KEYS) {
        if (has_value(j, pattern))
            return;
        const char *text = "";
        for (int i = 0; i < SNAPSHOT_KEYS; i++)
            if (pattern[i])
                text = arena_print(&j->v->arena, "%s%s%s %s", text, *text ? ", " : "",
                                   snapshot_key_names[i], pattern[i]);
        breach(j, NULL, "no value for %s", text);
        return;
    }
    const struct texts *only = &j->rule->only[k];
    bool every = k == KEY_REGION && !only->count;
    size_t count = every ? j->s->regions.len : only->count;
    pattern[k] = NULL;
    if (!count)
        require(j, k + 1, pattern);
    for (size_t i = 0; i < count; i++) {
        pattern[k] = every ? j->s->regions.at[i] : only->at[i];
        require(j, k + 1, pattern);
    }
}

static size_t region_values(const struct judge *j, const struct snapshot *s, const char *region)
{
    size_t count = 0;
    for (size_t i = 0; i < s->estimates.len; i++)
        count += str_is(s->estimates.at[i].key[KEY_REGION], region) &&
                 snapshot_has_value(&s->estimates.at[i]) &&
                 selects(j->rule, s->estimates.at[i].key);
    return count;
}

// Against the snapshot before; without one, every region of the study must have a value.
static void check_regions(struct judge *j)
{
    const struct snapshot *before = j->diff ? j->diff->old : j->s;
    for (size_t i = 0; i < before->regions.len; i++) {
        const char *region = before->regions.at[i];
        if ((!j->diff || region_values(j, before, region)) && !region_values(j, j->s, region))
            breach(j, NULL, "region %s has no value%s", region, j->diff ? ", and had some" : "");
    }
    j->selected = 1;
}

static void check_fresh(struct judge *j)
{
    struct period period;
    int32_t date;
    j->selected = 1;
    if (!period_read(str_of(j->s->period), &period)) {
        breach(j, NULL, "the snapshot says no period");
        return;
    }
    char text[PERIOD_TEXT];
    if (period_is(j->rule->since) && period_order(period, j->rule->since) < 0)
        breach(j, NULL, "the period %s is older than %s", j->s->period,
               period_text(j->rule->since, text));
    if (isnan(j->rule->limit) || period.kind == PERIOD_ALL)
        return;
    if (!date_read(str_of(j->s->date), DATE_YMD, &date))
        breach(j, NULL, "the snapshot has no date of publication to count days with");
    else if (date - period_last_day(period) > j->rule->limit)
        breach(j, NULL, "published %d days after the end of %s, at most %s are allowed",
               (int)(date - period_last_day(period)), j->s->period, number(j, j->rule->limit, -1));
}

static void check_required(struct judge *j)
{
    const char *pattern[SNAPSHOT_KEYS] = {NULL};
    j->selected = 1;
    require(j, 0, pattern);
}

typedef void check_fn(struct judge *j);
static check_fn *const check_table[GATE_CHECKS] = {
    [GATE_MINIMUM_N] = check_each,        [GATE_MINIMUM_RESPONSE] = check_each,
    [GATE_MINIMUM] = check_each,          [GATE_MAXIMUM] = check_each,
    [GATE_MAXIMUM_CHANGE] = check_change, [GATE_REQUIRED] = check_required,
    [GATE_TARGET] = check_each,           [GATE_STANDARD_MET] = check_each,
    [GATE_RECONCILES] = check_each,       [GATE_REGIONS] = check_regions,
    [GATE_FRESH] = check_fresh,
};

void gate_judge(struct verdict *v, const struct gate *g, const struct snapshot *s,
                const struct diff *diff)
{
    *v = (struct verdict){.gate = g};
    for (size_t i = 0; i < g->rule_count; i++) {
        struct judge j = {.v = v, .rule = &g->rules[i], .s = s, .diff = diff};
        check_table[j.rule->check](&j);
        if (!j.selected)
            vec_push(&v->idle, j.rule);
    }
}

void verdict_free(struct verdict *v)
{
    vec_free(&v->breaches);
    vec_free(&v->skipped);
    vec_free(&v->idle);
    arena_free(&v->arena);
}
