// SPDX-License-Identifier: GPL-3.0-or-later
// What can only be said once a survey is read whole: who names whom, and whether its design holds.
#include "engine/study/load.h"

static const char **item_ids(struct load *l, const struct survey *s)
{
    const char **ids = NEWS(l->a, s->item_count + 1, const char *);
    for (size_t i = 0; i < s->item_count; i++)
        ids[i] = s->items[i].id;
    return ids;
}

static void need_item(struct load *l, const struct survey *s, struct where where, const char *who,
                      const char *id)
{
    if (id[0] && !survey_item(s, id))
        unknown_word(l, E0109, where, who, id, item_ids(l, s), s->item_count);
}

static void check_composites(struct load *l, const struct survey *s)
{
    for (size_t i = 0; i < s->composite_count; i++) {
        const struct composite *c = &s->composites[i];
        const char *who = arena_print(l->a, "composite %s names an unknown item", c->id);
        for (size_t j = 0; j < c->items.count; j++)
            need_item(l, s, c->where, who, c->items.at[j]);
        if (c->items.at && !c->items.count)
            diag(l->d, E0106, c->where, "composite %s has no items", c->id);
    }
}

static void check_asked_if(struct load *l, const struct survey *s)
{
    for (size_t i = 0; i < s->item_count; i++) {
        const struct item *item = &s->items[i];
        const char *who =
            arena_print(l->a, "`asked_if` of item %s names an unknown item", item->id);
        need_item(l, s, item->where, who, item->asked_if);
        if (item->asked_if[0] && strcmp(item->asked_if, item->id) == 0)
            diag(l->d, E0115, item->where, "item %s is asked if it is itself", item->id);
    }
}

// An item that only one question can be.
static void check_roles(struct load *l, const struct survey *s)
{
    static const enum role single[] = {ROLE_OVERALL, ROLE_BEST, ROLE_EXCEEDS};
    for (size_t r = 0; r < COUNT(single); r++) {
        const struct item *first = NULL;
        for (size_t i = 0; i < s->item_count; i++) {
            if (s->items[i].role != single[r])
                continue;
            if (first) {
                diag(l->d, E0115, s->items[i].where, "items %s and %s both have the role %s",
                     first->id, s->items[i].id, role_ids[single[r]]);
                diag_help(l->d, "leave the role with one of them");
            }
            first = &s->items[i];
        }
    }
}

static void check_design(struct load *l, const struct survey *s)
{
    static const char *const design[] = {"stratum", "cluster", "fpc"};
    for (size_t i = 0; s->replicates.kind && s->in.columns_declared && i < COUNT(design); i++)
        if (input_column(&s->in, design[i], 1).count)
            diag(l->d, E0114, s->replicates.where, "survey %s has replicate weights and `%s`",
                 s->in.id, design[i]);
    if (input_column(&s->in, "fpc", 2).count && !input_column(&s->in, "cluster", 2).count) {
        diag(l->d, E0114, s->in.where, "survey %s: `fpc` has two stages, `cluster` has one",
             s->in.id);
        diag_help(l->d, "write `cluster: [first, second]`, or one `fpc`");
    }
}

#define IDS(what, list, count, type)                                                      \
    check_ids(l, what, s->list, s->count, sizeof(struct type), offsetof(struct type, id), \
              offsetof(struct type, where))

void check_survey(struct load *l, const struct survey *s)
{
    IDS("item", items, item_count, item);
    IDS("ratio", ratios, ratio_count, ratio);
    IDS("composite", composites, composite_count, composite);
    check_composites(l, s);
    check_asked_if(l, s);
    check_roles(l, s);
    check_design(l, s);
}
