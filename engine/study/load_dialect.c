// SPDX-License-Identifier: GPL-3.0-or-later
// How a file is written: delimiter, quotes, encoding, numbers and dates.
#include "engine/study/load.h"

struct spelling { // how a separator may be written
    const char *word, *bytes;
};

// NULL bytes: find out. The list ends with an empty word.
static const struct spelling delimiters[] = {
    {"auto", NULL}, {"comma", ","},        {"semicolon", ";"}, {"tab", "\t"}, {"pipe", "|"},
    {"space", " "}, {"comma_space", ", "}, {"\\t", "\t"},      {", ", ", "},  {0},
};
static const struct spelling quotes[] = {
    {"auto", NULL}, {"none", ""}, {"double", "\""}, {"single", "'"}, {"", ""}, {0},
};
static const struct spelling groups[] = {
    {"none", NULL},      {"space", " "}, {"nbsp", "\u00a0"},   {"narrow", "\u202f"},
    {"apostrophe", "'"}, {" ", " "},     {"\u00a0", "\u00a0"}, {"\u202f", "\u202f"},
    {"'", "'"},          {",", ","},     {".", "."},           {0},
};

static void load_spelling(struct load *l, const struct yaml_node *node,
                          const struct spelling *table, bool any_character, const char **out)
{
    enum { MOST = 16 };
    const char *known[MOST];
    size_t count = 0;
    const char *text = node->text;
    if (node->kind != YAML_SCALAR || (yaml_is_empty(node))) {
        wrong_kind(l, node, "a character in quotes");
        return;
    }
    for (const struct spelling *s = table; s->word && count < MOST; s++) {
        if (strcmp(s->word, text) == 0) {
            *out = s->bytes;
            return;
        }
        if (strlen(s->word) > 2)
            known[count++] = s->word;
    }
    if (any_character && strlen(text) == 1 && (text[0] == '\t' || (text[0] > ' ' && text[0] < 127)))
        *out = text;
    else
        unknown_word(l, E0107, node->where, arena_print(l->a, "`%s` cannot be", node->key), text,
                     known, count);
}

static void load_delimiter(struct load *l, const struct yaml_node *node, void *field)
{
    load_spelling(l, node, delimiters, true, field);
}

static void load_quote(struct load *l, const struct yaml_node *node, void *field)
{
    load_spelling(l, node, quotes, true, field);
}

static void load_group(struct load *l, const struct yaml_node *node, void *field)
{
    load_spelling(l, node, groups, false, field);
}

CHOICES(encodings, "auto", "utf-8", "utf-16le", "utf-16be", "windows-1252", "iso-8859-1",
        "iso-8859-15", "macroman");
CHOICES(marks, ".", ",");
CHOICES(date_orders, "ymd", "dmy", "mdy");

static void load_encoding(struct load *l, const struct yaml_node *node, void *field)
{
    static const struct key key = {"encoding", KEY_CHOICE_TEXT, .choices = &encodings};
    const char *lower = node->text;
    if (node->kind == YAML_SCALAR) {
        char *copy = arena_text(l->a, node->text);
        for (char *c = copy; *c; c++)
            *c = (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
        lower = copy;
    }
    struct yaml_node word = *node;
    word.text = lower;
    const char *chosen = NULL;
    load_value_of(l, &word, &key, &chosen);
    *(const char **)field = chosen && strcmp(chosen, "auto") != 0 ? chosen : NULL;
}

static void load_decimal(struct load *l, const struct yaml_node *node, void *field)
{
    static const struct key key = {"decimal", KEY_CHOICE_TEXT, .choices = &marks};
    const char *chosen = NULL;
    load_value_of(l, node, &key, &chosen);
    if (chosen)
        *(char *)field = chosen[0];
}

static const struct key dialect_rows[] = {
    {"delimiter", KEY_CALL, .offset = offsetof(struct dialect, delimiter), .call = load_delimiter},
    {"quote", KEY_CALL, .offset = offsetof(struct dialect, quote), .call = load_quote},
    {"encoding", KEY_CALL, .offset = offsetof(struct dialect, encoding), .call = load_encoding},
    {"decimal", KEY_CALL, .offset = offsetof(struct dialect, decimal), .call = load_decimal},
    {"group", KEY_CALL, .offset = offsetof(struct dialect, group), .call = load_group},
    {"date", KEY_CHOICE, .offset = offsetof(struct dialect, date), .choices = &date_orders},
};
KEY_SET(dialect_keys, "dialect", dialect_rows);

void load_dialect(struct load *l, const struct yaml_node *node, void *field)
{
    struct dialect *dialect = field;
    load_map(l, node, &dialect_keys, dialect);
    char mark = dialect->decimal ? dialect->decimal : '.';
    if (dialect->group && dialect->group[0] == mark)
        diag(l->d, E0115, node->where, "`group` and `decimal` are the same character");
    if (dialect->delimiter && dialect->quote && strcmp(dialect->delimiter, dialect->quote) == 0)
        diag(l->d, E0115, node->where, "`delimiter` and `quote` are the same character");
}
