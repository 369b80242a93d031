// SPDX-License-Identifier: GPL-3.0-or-later
// Single values: text, lists of texts, labels, numbers, periods.
#include "engine/base/num.h"
#include "engine/base/utf8.h"
#include "engine/study/load.h"

#include <math.h>

static const char *const kind_words[] = {
    [YAML_SCALAR] = "a single value",
    [YAML_LIST] = "a list",
    [YAML_MAP] = "a mapping",
};

void wrong_kind(struct load *l, const struct yaml_node *node, const char *expected)
{
    const char *found = kind_words[node->kind];
    if (node->kind == YAML_SCALAR)
        found = yaml_is_empty(node) ? "nothing" : diag_quote(l->d, str_of(node->text));
    if (node->key[0])
        diag(l->d, E0105, node->where, "`%s` takes %s, not %s", node->key, expected, found);
    else
        diag(l->d, E0105, node->where, "expected %s, found %s", expected, found);
    if (yaml_is_empty(node))
        diag_help(l->d, "give a value, or remove the key");
}

// "a, b, c" of what is known, for a help text; long lists are cut.
static const char *enumerate(struct load *l, const char *const *known, size_t count)
{
    enum { MOST = 40 };
    const char *all = "";
    for (size_t i = 0; i < count && i < MOST; i++)
        if (known[i][0])
            all = arena_print(l->a, "%s%s%s", all, all[0] ? ", " : "", known[i]);
    return count > MOST ? arena_print(l->a, "%s …", all) : all;
}

void unknown_word(struct load *l, enum code code, struct where where, const char *text,
                  const char *word, const char *const *known, size_t count)
{
    diag(l->d, code, where, "%s %s", text, diag_quote(l->d, str_of(word)));
    const char *near = word[0] ? str_nearest(word, known, count) : NULL;
    if (near && near[0])
        diag_help(l->d, "did you mean `%s`?", near);
    else if (count)
        diag_help(l->d, "known here: %s", enumerate(l, known, count));
}

bool load_text(struct load *l, const struct yaml_node *node, const char **out)
{
    if (node->kind != YAML_SCALAR || yaml_is_empty(node)) {
        wrong_kind(l, node, "a text");
        return false;
    }
    *out = node->text;
    return true;
}

bool load_texts(struct load *l, const struct yaml_node *node, struct texts *out)
{
    bool single = node->kind == YAML_SCALAR && !yaml_is_empty(node);
    if (!single && node->kind != YAML_LIST) {
        wrong_kind(l, node, "a list of texts");
        return false;
    }
    size_t count = single ? 1 : node->count;
    const char **at = NEWS(l->a, count + 1, const char *);
    *out = (struct texts){at, 0};
    if (single) {
        at[out->count++] = node->text;
        return true;
    }
    for (const struct yaml_node *n = node->first; n; n = n->next)
        if (load_text(l, n, &at[out->count]))
            out->count++;
    return out->count == count;
}

bool texts_hold(const struct texts *t, const char *text)
{
    for (size_t i = 0; i < t->count; i++)
        if (strcmp(t->at[i], text) == 0)
            return true;
    return false;
}

// ---- labels

static void label_in(struct load *l, const struct yaml_node *node, struct text *text)
{
    for (int i = 0; i < LANG_COUNT; i++)
        if (strcmp(node->key, lang_ids[i]) == 0) {
            load_text(l, node, &text->in[i]);
            return;
        }
    unknown_word(l, E0104, node->key_where, "unknown language", node->key, lang_ids, LANG_COUNT);
}

void load_label(struct load *l, const struct yaml_node *node, void *field)
{
    struct text *text = field;
    *text = (struct text){0};
    if (node->kind == YAML_SCALAR && !yaml_is_empty(node)) {
        for (int i = 0; i < LANG_COUNT; i++)
            text->in[i] = node->text;
        return;
    }
    if (node->kind != YAML_MAP || !node->count) {
        wrong_kind(l, node, "a text or {en: …, fr: …}");
        label_or(text, "");
        return;
    }
    for (const struct yaml_node *n = node->first; n; n = n->next)
        label_in(l, n, text);
    enum lang given = text->in[LANG_EN] ? LANG_EN : LANG_FR, other = LANG_COUNT - 1 - given;
    if (text->in[given] && !text->in[other]) {
        diag(l->d, E0150, node->where, "text in %s only: it stands for %s as well", lang_ids[given],
             lang_ids[other]);
        text->in[other] = text->in[given];
    }
    label_or(text, "");
}

void label_or(struct text *text, const char *id)
{
    for (int i = 0; i < LANG_COUNT; i++)
        if (!text->in[i] || !text->in[i][0])
            text->in[i] = id ? id : "";
}

struct code_text *load_code_texts(struct load *l, const struct yaml_node *node, size_t *count)
{
    *count = 0;
    if (node->kind != YAML_MAP) {
        wrong_kind(l, node, "a mapping from codes to texts, {\"1\": {en: …, fr: …}}");
        return NULL;
    }
    struct code_text *list = NEWS(l->a, node->count + 1, struct code_text);
    for (const struct yaml_node *n = node->first; n; n = n->next) {
        list[*count].code = n->key;
        load_label(l, n, &list[*count].text);
        label_or(&list[*count].text, n->key);
        ++*count;
    }
    return list;
}

// ---- numbers and periods

static bool in_range(double value, const struct range *r)
{
    if (!r)
        return true;
    return r->open ? value > r->low && value < r->high : value >= r->low && value <= r->high;
}

static void out_of_range(struct load *l, const struct yaml_node *node, const struct range *r)
{
    char low[NUM_TEXT], high[NUM_TEXT];
    diag(l->d, E0110, node->where, "`%s` cannot be %s", node->key,
         diag_quote(l->d, str_of(node->text)));
    bool above = num_text(r->low, low), below = num_text(r->high, high);
    if (above && below)
        diag_help(l->d,
                  r->open ? "choose a number between %s and %s, without these two"
                          : "choose a number from %s to %s",
                  low, high);
    else if (above)
        diag_help(l->d, r->open ? "choose a number above %s" : "choose a number from %s up", low);
}

bool load_number(struct load *l, const struct yaml_node *node, const struct range *range,
                 double *out)
{
    struct decimal ignored;
    double value;
    if (node->kind != YAML_SCALAR || yaml_is_empty(node) ||
        num_read(str_of(node->text), '.', (struct str){0}, &ignored, &value) == NUM_BAD) {
        wrong_kind(l, node, "a number");
        if (node->kind == YAML_SCALAR && !yaml_is_empty(node))
            diag_help(l->d, "write digits, with a point before decimals: 0.95");
        return false;
    }
    if (!in_range(value, range)) {
        out_of_range(l, node, range);
        return false;
    }
    *out = value;
    return true;
}

bool load_period(struct load *l, const struct yaml_node *node, struct period *out)
{
    const char *text;
    if (!load_text(l, node, &text))
        return false;
    if (period_read(str_of(text), out)) {
        vec_push(&l->periods, ((struct period_ref){out, node->where}));
        return true;
    }
    *out = (struct period){0};
    diag(l->d, E0111, node->where, "%s is not a period", diag_quote(l->d, str_of(text)));
    return false;
}
