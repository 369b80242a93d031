// SPDX-License-Identifier: GPL-3.0-or-later
// The tables by which a YAML tree becomes a struct: a study here, rules of gates in engine/store. A
// key is a row; the walker reports unknown, missing and misshapen keys and goes on, so that one
// reading names every problem of the file.
#pragma once
#include "engine/base/map.h"
#include "engine/study/study.h"
#include "engine/study/yaml.h"

struct region_ref { // a region that the file names outside `regions:`
    const char *id;
    struct where where;
};

struct period_ref { // a period of the file, where it was put
    struct period *period;
    struct where where;
};

struct load {
    struct study *s;
    struct arena *a; // the study's
    struct diags *d;
    VEC(struct region_ref) regions;
    VEC(struct period_ref) periods;
};

enum key_kind {
    KEY_TEXT,        // const char *: "" when not given
    KEY_ID,          // const char *: a text that can be an id
    KEY_TEXTS,       // struct texts: a list, or one text
    KEY_LABEL,       // struct text: one text, or {en, fr}
    KEY_NUMBER,      // double, with a range
    KEY_WHOLE,       // int, with a range
    KEY_SIZE,        // size_t, with a range; takes KiB, MiB, GiB
    KEY_FLAG,        // bool; a range tells the default
    KEY_CHOICE,      // an enum, with choices
    KEY_CHOICE_FLAG, // bool, with two choices: the first is false
    KEY_CHOICE_TEXT, // const char *, with choices: the first when not given
    KEY_PERIOD,      // struct period
    KEY_MAP,         // a mapping with rows of its own
    KEY_LIST,        // a list of structs
    KEY_CALL,        // a function takes the node and the field
};

struct range {
    double low, high;
    double otherwise; // when the key is not given
    bool open;        // the limits themselves are outside
};

struct choices {
    const char *const *names; // or, when NULL:
    const struct label *labels;
    size_t count;
};

typedef void load_value(struct load *l, const struct yaml_node *node, void *field);

struct list_of {
    size_t size, count_offset; // of one struct; of the number of them, beside the pointer
    load_value *one;
};

struct key {
    const char *name;
    enum key_kind kind;
    size_t offset; // of the field in the struct the rows belong to
    bool required;
    const struct range *range;
    const struct choices *choices;
    const struct key_set *map; // KEY_MAP
    const struct list_of *list;
    load_value *call;
};

// A key set may go on in another one, whose struct begins `more_at` bytes further on.
struct key_set {
    const char *what; // "survey": for messages
    const struct key *rows;
    size_t count;
    const struct key_set *more;
    size_t more_at;
};

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define CHOICES(name, ...)                                   \
    static const char *const name##_names[] = {__VA_ARGS__}; \
    static const struct choices name = {name##_names, NULL, COUNT(name##_names)}
#define KEY_SET(name, what, rows) \
    static const struct key_set name = {what, rows, COUNT(rows), NULL, 0}

// Sets every field that has a default; texts become "".
void load_defaults(const struct key_set *set, void *target);
// Defaults, then the keys of the mapping.
void load_map(struct load *l, const struct yaml_node *node, const struct key_set *set,
              void *target);
// The key stands there, or a misspelt one that was surely meant for it and was reported as such.
bool load_has(const struct yaml_node *node, const struct key_set *set, const char *name);
// Each element of a list through list->one into an array of the arena.
void *load_list(struct load *l, const struct yaml_node *node, const struct list_of *list,
                size_t *count);
void load_value_of(struct load *l, const struct yaml_node *node, const struct key *key,
                   void *field);

// Single values; false after a diagnostic.
bool load_text(struct load *l, const struct yaml_node *node, const char **out);
bool load_texts(struct load *l, const struct yaml_node *node, struct texts *out);
bool load_number(struct load *l, const struct yaml_node *node, const struct range *range,
                 double *out);
bool load_period(struct load *l, const struct yaml_node *node, struct period *out);
void load_label(struct load *l, const struct yaml_node *node, void *text);
// code_text pairs from {code: text}.
struct code_text *load_code_texts(struct load *l, const struct yaml_node *node, size_t *count);

// Diagnostics with the usual words.
void wrong_kind(struct load *l, const struct yaml_node *node, const char *expected);
void unknown_word(struct load *l, enum code code, struct where where, const char *text,
                  const char *word, const char *const *known, size_t count);
// A label that was not given takes the id.
void label_or(struct text *text, const char *id);
bool texts_hold(const struct texts *t, const char *text);

// One id stands once: `where` and id are fields of the structs.
void check_ids(struct load *l, const char *what, const void *array, size_t count, size_t size,
               size_t id_at, size_t where_at);

// Blocks, one file each.
extern const struct key_set input_keys;   // of struct input (load_input.c)
extern const struct key_set missing_keys; // of struct missing_codes
void load_missing(struct load *l, const struct yaml_node *node, void *codes);
void check_missing(struct load *l, const struct yaml_node *node, const struct missing_codes *codes);
void load_dialect(struct load *l, const struct yaml_node *node, void *dialect);
// `set` describes `target`, whose first member is the input, and goes on in input_keys.
void load_input(struct load *l, const struct yaml_node *node, struct input *in,
                enum input_kind kind, const struct key_set *set, void *target);
void load_lone_input(struct load *l, const struct yaml_node *node, struct input *in,
                     enum input_kind kind, const char *id); // a file, a list of files or a block
// The region that a block names; checked when all regions are known (check_places).
void load_region(struct load *l, const struct yaml_node *node, void *text);
void load_model(struct load *l, const struct yaml_node *node, void *services);
void load_points(struct load *l, const struct yaml_node *node, void *services);
void load_survey(struct load *l, const struct yaml_node *node, void *survey);
void load_item(struct load *l, const struct yaml_node *node, void *item);
void load_activity(struct load *l, const struct yaml_node *node, void *activity);
void load_services(struct load *l, const struct yaml_node *node, void *services);
void load_standards(struct load *l, const struct yaml_node *node, void *standards);
void load_plan(struct load *l, const struct yaml_node *node, void *study);
extern const struct key_set study_keys; // load_study.c
void study_defaults(struct study *s);
void check_survey(struct load *l, const struct survey *survey);
void check_places(struct load *l); // regions, references to them, periods of the study's calendar
