// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/survey_answers.h"

void leave_uncompared(struct estimate *e)
{
    e->scores = NULL;
}

void leave_levels_uncompared(const struct cell *cell, struct estimate *e)
{
    if (*((const struct view *)cell->state)->group->breakdown)
        e->scores = NULL;
}

typedef struct estimate *give_answer_fn(struct cell *cell, const struct indicator *self,
                                        const struct base *b, const int64_t *chosen);
typedef struct estimate *give_class_fn(struct cell *cell, const struct indicator *self,
                                       const struct by_class *m);

static struct estimate *give_count(struct cell *cell, const struct indicator *self,
                                   const struct base *b, const int64_t *chosen)
{
    struct measure m = {.v = chosen};
    return give_total(cell, self, b, &m);
}

// How an indicator counts an answer: by respondent, and by class.
struct counting {
    give_answer_fn *give;
    give_class_fn *give_class;
    enum class_base base;
    double factor;
    bool share;
    bool shown_only; // not compared
};
static const struct counting shares = {give_share, give_class_mean, BASE_VALID, 100, true, false};
static const struct counting shares_all = {give_share, give_class_mean, BASE_ASKED, 100, true,
                                           true};
static const struct counting counts = {give_count, give_class_total, BASE_VALID, 1, false, true};

// Questions with several answers: a level is named or not.
static void each_named(const struct indicator *self, struct cell *cell, const struct counting *how)
{
    const struct view *v = view_of(cell);
    const struct base *b = how->base == BASE_VALID ? base_valid(cell) : base_asked(cell);
    int64_t *chosen = mem_new(b->n + 1, sizeof *chosen);
    for (size_t k = 0; k < v->asked->levels.count; k++) {
        struct cell answer = cell_answer(cell, "answer", v->asked->levels.id[k]);
        for (size_t i = 0; i < b->n; i++)
            chosen[i] =
                asked_why(v->asked, b->row[i]) == VALID && asked_named(v->asked, k, b->row[i]);
        struct estimate *e = how->give(&answer, self, b, chosen);
        if (how->shown_only)
            leave_uncompared(e);
    }
    mem_free(chosen);
}

static void give_level(const struct indicator *self, struct cell *cell, const struct counting *how,
                       size_t class, const char *level)
{
    const struct view *v = view_of(cell);
    int64_t *chosen = mem_new(class_count(v->asked), sizeof *chosen);
    struct by_class m = {
        .v = chosen, .base = how->base, .factor = how->factor, .share = how->share};
    struct cell answer = cell_answer(cell, "answer", level);
    chosen[class] = 1;
    struct estimate *e = how->give_class(&answer, self, &m);
    if (how->shown_only)
        leave_uncompared(e);
    mem_free(chosen);
}

static void each_answer(const struct indicator *self, struct cell *cell, const struct counting *how)
{
    const struct view *v = view_of(cell);
    if (!v->asked)
        return;
    class_base_of(cell, how->base); // made before the copies of the cell, which share it
    if (!class_able(v->asked)) {
        each_named(self, cell, how);
        return;
    }
    for (size_t k = 0; k < v->asked->levels.count; k++)
        give_level(self, cell, how, k, v->asked->levels.id[k]);
}

void survey_count(const struct indicator *self, struct cell *cell)
{
    if (!*view_of(cell)->group->breakdown)
        each_answer(self, cell, &counts);
}

void survey_share(const struct indicator *self, struct cell *cell)
{
    each_answer(self, cell, &shares);
}

// Shares of those who gave no answer, by reason.
static void each_reason(const struct indicator *self, struct cell *cell)
{
    static const enum missing reasons[] = {MISSING_DONT_KNOW, MISSING_NOT_APPLICABLE,
                                           MISSING_REFUSED,   MISSING_BLANK,
                                           MISSING_BAD_TEXT,  MISSING_OUT_OF_RANGE};
    const struct view *v = view_of(cell);
    for (size_t k = 0; k < sizeof reasons / sizeof *reasons; k++) {
        const char *id = missing_labels[reasons[k]].id;
        if (!v->asked->reasons[reasons[k]])
            continue;
        if (class_able(v->asked)) {
            give_level(self, cell, &shares_all, v->asked->levels.count + reasons[k], id);
            continue;
        }
        const struct base *b = base_asked(cell);
        int64_t *chosen = mem_new(b->n + 1, sizeof *chosen);
        struct cell answer = cell_answer(cell, "answer", id);
        for (size_t i = 0; i < b->n; i++)
            chosen[i] = asked_why(v->asked, b->row[i]) == reasons[k];
        leave_uncompared(give_share(&answer, self, b, chosen));
        mem_free(chosen);
    }
}

void survey_share_all(const struct indicator *self, struct cell *cell)
{
    const struct view *v = view_of(cell);
    if (!v->asked || !v->asked->levels.count || *v->group->breakdown)
        return;
    each_answer(self, cell, &shares_all);
    each_reason(self, cell);
}
