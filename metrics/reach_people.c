// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/reach_people.h"

#include <math.h>

// ---- awareness

// The aided question that goes with an unaided one: the first with the first, and so on.
static const struct asked *aided_of(const struct view *v)
{
    size_t place = 0, seen = 0;
    for (size_t i = 0; v->all[i] != v->asked; i++)
        place += v->all[i]->item->role == ROLE_AWARE_UNAIDED;
    for (size_t i = 0; i < v->frame->variable_count; i++)
        if (v->all[i]->item->role == ROLE_AWARE_AIDED && seen++ == place)
            return v->all[i];
    return NULL;
}

// Does the row name it? Yes to a yes/no question, or the level among its answers.
static bool names(const struct asked *a, const char *level, size_t row)
{
    if (!a || asked_why(a, row) != VALID)
        return false;
    if (a->item->scale == SCALE_YES_NO)
        return column_whole(a->column, row) != 0;
    for (size_t k = 0; level && k < a->levels.count; k++)
        if (strcmp(a->levels.id[k], level) == 0)
            return asked_named(a, k, row);
    return false;
}

// Don't know means not aware; refusals and blanks are out.
static bool was_asked(const void *context, size_t row)
{
    enum missing why = asked_why(context, row);
    return why == VALID || why == MISSING_DONT_KNOW;
}

enum awareness { UNAIDED, AIDED_ONLY, AWARE };

static bool is_aware(enum awareness what, const struct asked *unaided, const struct asked *aided,
                     const char *level, size_t row)
{
    bool first = names(unaided, level, row), second = names(aided, level, row);
    return what == UNAIDED ? first : what == AIDED_ONLY ? !first && second : first || second;
}

static void give_aware(const struct indicator *self, struct cell *cell, const struct base *b,
                       enum awareness what, const char *level)
{
    const struct view *v = view_of(cell);
    const struct asked *aided = aided_of(v);
    int64_t *aware = mem_new(b->n + 1, sizeof *aware);
    for (size_t i = 0; i < b->n; i++)
        aware[i] = is_aware(what, v->asked, aided, level, b->row[i]);
    give_share(cell, self, b, aware);
    mem_free(aware);
}

static void awareness(const struct indicator *self, struct cell *cell, enum awareness what)
{
    const struct view *v = view_of(cell);
    if (!v->asked || v->asked->item->role != ROLE_AWARE_UNAIDED || (what && !aided_of(v)))
        return;
    const struct base *b = base_where(cell, was_asked, v->asked);
    if (v->asked->item->scale == SCALE_YES_NO) {
        give_aware(self, cell, b, what, NULL);
        return;
    }
    for (size_t k = 0; k < v->asked->levels.count; k++) {
        struct cell answer = cell_answer(cell, "answer", v->asked->levels.id[k]);
        give_aware(self, &answer, b, what, v->asked->levels.id[k]);
    }
}

void reach_aware_unaided(const struct indicator *self, struct cell *cell)
{
    awareness(self, cell, UNAIDED);
}

void reach_aware_aided(const struct indicator *self, struct cell *cell)
{
    awareness(self, cell, AIDED_ONLY);
}

void reach_aware_total(const struct indicator *self, struct cell *cell)
{
    awareness(self, cell, AWARE);
}

void reach_recall(const struct indicator *self, struct cell *cell)
{
    const struct view *v = view_of(cell);
    if (!v->asked || v->asked->item->role != ROLE_RECALL)
        return;
    const struct base *b = base_valid(cell);
    bool flag = v->asked->item->scale == SCALE_YES_NO;
    int64_t *recalls = mem_new(b->n + 1, sizeof *recalls);
    for (size_t k = 0; k < (flag ? 1 : v->asked->levels.count); k++) {
        const char *level = flag ? NULL : v->asked->levels.id[k];
        struct cell own = flag ? *cell : cell_answer(cell, "answer", level);
        for (size_t i = 0; i < b->n; i++)
            recalls[i] = names(v->asked, level, b->row[i]);
        give_share(&own, self, b, recalls);
    }
    mem_free(recalls);
}

// ---- willingness to pay

static const struct asked *willing_item(struct cell *cell)
{
    const struct asked *a = view_of(cell)->asked;
    return a && a->item->role == ROLE_WILLING ? a : NULL;
}

// Highest price a valid row accepts, with every lower one accepted; −1: none.
static double highest(const struct asked *a, size_t row)
{
    const struct item *item = a->item;
    double price = -1;
    if (a->column)
        return column_value(a->column, row);
    for (size_t k = 0; k < item->ladder_count; k++) {
        const struct column *c = &a->variable->columns[k];
        if (c->why[row] != VALID || column_whole(c, row) == 0)
            break;
        price = item->ladder[k].price;
    }
    return price;
}

static bool is_broken(const struct variable *v, size_t row)
{
    bool refused = false;
    for (size_t k = 0; k < v->column_count; k++) {
        const struct column *c = &v->columns[k];
        if (c->why[row] == VALID && refused && column_whole(c, row) != 0)
            return true;
        refused |= c->why[row] == VALID && column_whole(c, row) == 0;
    }
    return false;
}

uint64_t reach_broken_ladders(const struct frame *f)
{
    uint64_t broken = 0;
    for (size_t i = 0; i < f->variable_count; i++) {
        const struct variable *v = &f->variables[i];
        bool ladder = v->item->role == ROLE_WILLING && !v->column && !v->parent;
        for (size_t row = 0; ladder && row < f->rows; row++)
            broken += is_broken(v, row);
    }
    return broken;
}

static void accepting(const struct asked *a, const struct base *b, double price, int64_t *out)
{
    for (size_t i = 0; i < b->n; i++)
        out[i] = asked_why(a, b->row[i]) == VALID && highest(a, b->row[i]) >= price;
}

static void curve(const struct indicator *self, struct cell *cell, const struct base *b,
                  bool revenue)
{
    const struct asked *a = willing_item(cell);
    int64_t *accepts = mem_new(b->n + 1, sizeof *accepts);
    for (size_t k = 0; k < a->item->ladder_count; k++) {
        double price = a->item->ladder[k].price;
        char text[NUM_TEXT];
        num_text(price, text);
        struct cell own = cell_answer(cell, "price", arena_text(&cell->out->arena, text));
        accepting(a, b, price, accepts);
        if (revenue) {
            struct measure m = {.v = accepts, .factor = 100 * price};
            give_mean(&own, self, b, &m);
        } else {
            give_share(&own, self, b, accepts);
        }
    }
    mem_free(accepts);
}

void reach_willing(const struct indicator *self, struct cell *cell)
{
    if (willing_item(cell))
        curve(self, cell, base_valid(cell), false);
}

void reach_willing_all(const struct indicator *self, struct cell *cell)
{
    if (willing_item(cell))
        curve(self, cell, base_asked(cell), false);
}

void reach_revenue_100(const struct indicator *self, struct cell *cell)
{
    if (willing_item(cell))
        curve(self, cell, base_valid(cell), true);
}

void reach_willing_direct_cost(const struct indicator *self, struct cell *cell)
{
    const struct asked *a = willing_item(cell);
    bool flag = a && a->item->scale == SCALE_YES_NO && a->column;
    if (!a || (isnan(a->item->direct_cost) && !flag))
        return;
    const struct base *b = base_valid(cell);
    int64_t *accepts = mem_new(b->n + 1, sizeof *accepts);
    if (flag)
        for (size_t i = 0; i < b->n; i++)
            accepts[i] = column_whole(a->column, b->row[i]) != 0;
    else
        accepting(a, b, a->item->direct_cost, accepts);
    give_share(cell, self, b, accepts);
    mem_free(accepts);
}

// The highest step that at least half accept.
void reach_price_median(const struct indicator *self, struct cell *cell)
{
    const struct asked *a = willing_item(cell);
    double found = NAN;
    if (!a || !a->item->ladder_count)
        return;
    const struct base *b = base_valid(cell);
    int64_t *accepts = mem_new(b->n + 1, sizeof *accepts);
    for (size_t k = 0; k < a->item->ladder_count; k++) {
        int128 all = 0, willing = 0;
        accepting(a, b, a->item->ladder[k].price, accepts);
        for (size_t i = 0; i < b->n; i++) {
            all += b->weight[i];
            willing += accepts[i] ? b->weight[i] : 0;
        }
        if (all > 0 && 2 * willing >= all)
            found = a->item->ladder[k].price;
    }
    mem_free(accepts);
    struct estimate *e = give_plain(cell, self, b, found);
    if (b->n && isnan(found))
        e->status = EST_NOT_APPLICABLE;
}
