// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/study/study.h"

#include "engine/study/words.h"

static void list_one(const struct input *in, void (*each)(const struct input *, void *),
                     void *context)
{
    if (in->files.count)
        each(in, context);
}

void study_list_inputs(const struct study *s, void (*each)(const struct input *, void *),
                       void *context)
{
    for (size_t i = 0; i < s->survey_count; i++) {
        list_one(&s->surveys[i].in, each, context);
        list_one(&s->surveys[i].calibrate.margins, each, context);
    }
    for (size_t i = 0; i < s->activity_count; i++)
        list_one(&s->activities[i].in, each, context);
    for (size_t i = 0; i < s->services_count; i++) {
        list_one(&s->services[i].in, each, context);
        list_one(&s->services[i].scores, each, context);
    }
    for (size_t i = 0; i < s->standards_count; i++)
        list_one(&s->standards[i].in, each, context);
    list_one(&s->population, each, context);
    list_one(&s->targets, each, context);
    list_one(&s->benchmarks, each, context);
    list_one(&s->plan.in, each, context);
    list_one(&s->plan.ledger, each, context);
}

const struct item *survey_item(const struct survey *s, const char *id)
{
    for (size_t i = 0; i < s->item_count; i++)
        if (strcmp(s->items[i].id, id) == 0)
            return &s->items[i];
    return NULL;
}

bool wanted_names(const struct wanted *w, const char *id)
{
    size_t len = strlen(w->pattern);
    bool begins = len && w->pattern[len - 1] == '*';
    return begins ? strncmp(w->pattern, id, len - 1) == 0 : strcmp(w->pattern, id) == 0;
}

bool study_wants(const struct study *s, const char *id)
{
    for (size_t i = 0; s && i < s->wanted_count; i++)
        if (wanted_names(&s->wanted[i], id))
            return true;
    return !s || !s->wanted_count;
}

const char *item_answer(const struct item *item, const char *code, enum lang lang)
{
    for (size_t i = 0; i < item->answer_count; i++)
        if (strcmp(item->answers[i].code, code) == 0)
            return item->answers[i].text.in[lang];
    const struct scale_words *words = &scale_words[item->scale];
    return words->count ? label_find(words->answers, words->count, code, lang) : code;
}

static const struct level_labels *find_labels(const struct study *s, const char *breakdown)
{
    for (size_t i = 0; i < s->label_count; i++)
        if (strcmp(s->labels[i].breakdown, breakdown) == 0)
            return &s->labels[i];
    return NULL;
}

// An item that is also a breakdown, by its id or its column.
static const struct item *find_item(const struct study *s, const char *breakdown)
{
    for (size_t i = 0; i < s->survey_count; i++)
        for (size_t j = 0; j < s->surveys[i].item_count; j++) {
            const struct item *item = &s->surveys[i].items[j];
            if (strcmp(item->column, breakdown) == 0 || strcmp(item->id, breakdown) == 0)
                return item;
        }
    return NULL;
}

// Groups and levels of the study's own models, under the breakdowns of those names.
static const struct text *own_title(const struct study *s, const char *breakdown, const char *id)
{
    bool group = strcmp(breakdown, "group") == 0, level = strcmp(breakdown, "level") == 0;
    for (size_t i = 0; (group || level) && i < s->services_count; i++) {
        const struct own_model *m = s->services[i].own;
        for (size_t k = 0; m && group && k < m->group_count; k++)
            if (strcmp(m->groups[k].id, id) == 0)
                return &m->groups[k].title;
        for (size_t k = 0; m && level && k < m->level_count; k++)
            if (strcmp(m->levels[k].id, id) == 0)
                return &m->levels[k].title;
    }
    return NULL;
}

const char *study_level(const struct study *s, const char *breakdown, const char *level,
                        enum lang lang)
{
    const struct level_labels *labels = find_labels(s, breakdown);
    for (size_t i = 0; labels && i < labels->level_count; i++)
        if (level[0] && strcmp(labels->levels[i].code, level) == 0)
            return labels->levels[i].text.in[lang];
    const struct text *title = own_title(s, breakdown, level);
    if (title)
        return title->in[lang];
    const struct item *item = find_item(s, breakdown);
    return item ? item_answer(item, level, lang) : level;
}

const char *study_breakdown(const struct study *s, const char *breakdown, enum lang lang)
{
    const struct level_labels *labels = find_labels(s, breakdown);
    if (labels)
        return labels->name.in[lang];
    const struct item *item = find_item(s, breakdown);
    return item ? item->label.in[lang] : breakdown;
}

void study_free(struct study *s)
{
    arena_free(&s->arena);
    *s = (struct study){0};
}
