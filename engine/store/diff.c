// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/diff.h"

#include "engine/base/num.h"

#include <math.h>

const char *const change_ids[CHANGE_KINDS] = {"appeared", "gone", "value", "status", "unit"};
const char *const change_size_ids[] = {"", "within", "beyond", "exact"};
const char *const word_change_ids[WORD_CHANGES] = {"appeared", "gone", "label", "unit",
                                                   "definition"};

// ---- keys of the other side

static void other_key(const struct snapshot *from, const struct snapshot *to, bool next,
                      const struct str key[SNAPSHOT_KEYS], struct str out[SNAPSHOT_KEYS])
{
    memcpy(out, key, SNAPSHOT_KEYS * sizeof *key);
    if (next && str_is(key[KEY_OF_PERIOD], from->period))
        out[KEY_OF_PERIOD] = str_of(to->period);
}

void diff_old_key(const struct diff *f, const struct str key[SNAPSHOT_KEYS],
                  struct str out[SNAPSHOT_KEYS])
{
    other_key(f->new, f->old, f->next_period, key, out);
}

// ---- what the ids mean

static void compare_word(struct diff *f, bool item, const struct snapshot_word *old,
                         const struct snapshot_word *new)
{
    struct word_diff w = {.item = item, .old = old, .new = new};
    const struct {
        enum word_change change;
        bool differs;
    } parts[] = {
        {WORD_LABEL, strcmp(old->label.in[LANG_EN], new->label.in[LANG_EN]) != 0 ||
                         strcmp(old->label.in[LANG_FR], new->label.in[LANG_FR]) != 0},
        {WORD_UNIT, strcmp(old->unit, new->unit) != 0},
        {WORD_DEFINITION,
         *old->definition && *new->definition &&strcmp(old->definition, new->definition) != 0},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        w.change = parts[i].change;
        if (parts[i].differs)
            vec_push(&f->words, w);
    }
}

static void compare_words(struct diff *f, bool item, const struct snapshot_words *old,
                          const struct snapshot_words *new)
{
    for (size_t i = 0; i < new->list.len; i++) {
        const struct snapshot_word *now = &new->list.at[i];
        const struct snapshot_word *before = snapshot_word(old, str_of(now->id));
        if (before)
            compare_word(f, item, before, now);
        else
            vec_push(&f->words, ((struct word_diff){item, WORD_APPEARED, NULL, now}));
    }
    for (size_t i = 0; i < old->list.len; i++)
        if (!snapshot_word(new, str_of(old->list.at[i].id)))
            vec_push(&f->words, ((struct word_diff){item, WORD_GONE, &old->list.at[i], NULL}));
}

static bool redefined(const struct diff *f, const struct str key[SNAPSHOT_KEYS])
{
    const struct snapshot_word *a = snapshot_word(&f->old->indicators, key[KEY_INDICATOR]),
                               *b = snapshot_word(&f->new->indicators, key[KEY_INDICATOR]);
    if (a && b && *a->definition && *b->definition && strcmp(a->definition, b->definition) != 0)
        return true;
    a = snapshot_word(&f->old->items, key[KEY_ITEM]);
    b = snapshot_word(&f->new->items, key[KEY_ITEM]);
    return a && b && strcmp(a->unit, b->unit) != 0;
}

// ---- estimates

static double half_width(const struct snapshot_estimate *e)
{
    return (snapshot_number(e, "ci_high") - snapshot_number(e, "ci_low")) / 2;
}

// `by`: the change of the values as they are, not as printed.
static enum change_size size_of(const struct change *c, double by)
{
    double old = half_width(c->old), new = half_width(c->new);
    if (isnan(old) && isnan(new))
        return SIZE_EXACT;
    if (isnan(old) || isnan(new))
        return SIZE_UNKNOWN;
    return fabs(by) > hypot(old, new) ? SIZE_BEYOND : SIZE_WITHIN;
}

struct values { // of a row, as they are and as printed; NaN = none
    double old, new, before, after;
    int decimals;
};

static double printed(double value, int decimals)
{
    return isnan(value) ? NAN : num_round(value, decimals);
}

static struct values values_of(const struct change *c)
{
    struct values v = {.old = c->old ? snapshot_value(c->old) : NAN,
                       .new = c->new ? snapshot_value(c->new) : NAN,
                       .decimals = snapshot_decimals(c->new ? c->new : c->old)};
    v.before = printed(v.old, v.decimals);
    v.after = printed(v.new, v.decimals);
    return v;
}

static void push(struct diff *f, struct change c, struct values v)
{
    const struct snapshot_estimate *e = c.new ? c.new : c.old;
    c.decimals = v.decimals;
    c.before = v.before;
    c.after = v.after;
    c.by = c.kind == CHANGE_VALUE ? num_round(c.after - c.before, c.decimals) : NAN;
    c.redefined = redefined(f, e->key);
    if (c.kind == CHANGE_VALUE)
        c.size = size_of(&c, v.new - v.old);
    f->counts[c.kind]++;
    f->beyond += c.size == SIZE_BEYOND || c.size == SIZE_EXACT;
    vec_push(&f->changes, c);
}

static void push_one_side(struct diff *f, struct change c)
{
    push(f, c, values_of(&c));
}

// Both sides have the row.
static void compare(struct diff *f, const struct snapshot_estimate *old,
                    const struct snapshot_estimate *new)
{
    struct change c = {.old = old, .new = new};
    bool had = snapshot_has_value(old), has = snapshot_has_value(new),
         other_status = had != has || !str_same(old->status, new->status),
         other_value = had && has && !str_same(old->value, new->value),
         other_unit =
             had && has && !str_same(snapshot_field(old, "unit"), snapshot_field(new, "unit"));
    if (!other_status && !other_value && !other_unit) {
        f->same++;
        return;
    }
    struct values v = values_of(&c);
    if (other_unit) {
        c.kind = CHANGE_UNIT;
    } else if (other_value && v.before != v.after) {
        c.kind = CHANGE_VALUE;
    } else if (other_status) {
        c.kind = CHANGE_STATUS;
    } else {
        f->same++;
        return;
    }
    push(f, c, v);
}

static bool same_columns(const struct snapshot_columns *a, const struct snapshot_columns *b)
{
    if (!a || !b || a->names.len != b->names.len)
        return a == b;
    for (size_t i = 0; i < a->names.len; i++)
        if (!str_same(a->names.at[i], b->names.at[i]))
            return false;
    return true;
}

void diff_make(struct diff *f, struct snapshot *old, struct snapshot *new)
{
    struct str key[SNAPSHOT_KEYS];
    *f = (struct diff){.old = old, .new = new};
    f->same_columns = same_columns(old->columns, new->columns);
    f->next_period = strcmp(old->period, new->period) != 0 && *old->period && *new->period;
    compare_words(f, false, &old->indicators, &new->indicators);
    compare_words(f, true, &old->items, &new->items);
    // the same order on both sides, nearly always: look behind the row found last first
    size_t likely = 0;
    for (size_t i = 0; i < new->estimates.len; i++) {
        const struct snapshot_estimate *now = &new->estimates.at[i];
        diff_old_key(f, now->key, key);
        const struct snapshot_estimate *before = snapshot_find_near(old, key, likely);
        if (before)
            likely = (size_t)(before - old->estimates.at) + 1;
        if (before && f->same_columns && str_same(before->row, now->row))
            f->same++;
        else if (before)
            compare(f, before, now);
        else
            push_one_side(f, (struct change){.kind = CHANGE_APPEARED, .new = now});
    }
    if (new->estimates.len == old->estimates.len && !f->counts[CHANGE_APPEARED])
        return; // every row of NEW has its own in OLD, and none is left
    likely = 0;
    for (size_t i = 0; i < old->estimates.len; i++) {
        other_key(old, new, f->next_period, old->estimates.at[i].key, key);
        const struct snapshot_estimate *now = snapshot_find_near(new, key, likely);
        if (now)
            likely = (size_t)(now - new->estimates.at) + 1;
        else
            push_one_side(f, (struct change){.kind = CHANGE_GONE, .old = &old->estimates.at[i]});
    }
}

void diff_free(struct diff *f)
{
    vec_free(&f->changes);
    vec_free(&f->words);
    arena_free(&f->arena);
}
