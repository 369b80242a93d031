// SPDX-License-Identifier: GPL-3.0-or-later
// The sums of a cell by class: of strata where every row is a unit, else of every unit.
#include "engine/stats/exact.h"
#include "metrics/give_classes.h"

#include <math.h>

// ---- classes of an item

bool class_able(const struct asked *a)
{
    return a->class != NULL;
}

size_t class_count(const struct asked *a)
{
    return a->levels.count + MISSING_COUNT;
}

uint32_t class_of(const struct asked *a, size_t row)
{
    return a->class[row];
}

int64_t class_value(const struct asked *a, size_t k)
{
    if (a->item->scale == SCALE_YES_NO)
        return k == 0;
    return item_points(a->item) ? llrint(a->item->low) + (int64_t)k : 0;
}

bool class_in_base(const struct asked *a, size_t k, enum class_base which)
{
    if (k < a->levels.count)
        return true;
    return which == BASE_ASKED && k != a->levels.count + MISSING_NOT_ASKED &&
           k != a->levels.count + VALID;
}

quad class_unit(const struct frame *f)
{
    return f->weight_scale ? 1 / (quad)num_power10[f->weight_scale] : (quad)f->weight_unit;
}

// ---- one pass over the rows of a cell, for strata

// Strata of the rows, which stand in the order of their units.
static size_t strata_of(const struct view *v, uint32_t *list)
{
    const struct design *d = &v->frame->design;
    size_t count = 0;
    for (size_t i = 0; i < v->group->count; i++) {
        uint32_t h = d->psu_stratum[d->unit[v->group->rows[i]]];
        if (!count || list[count - 1] != h)
            list[count++] = h;
    }
    return count;
}

static void add_rows(const struct view *v, struct class_cell *c, int128 *w, int128 *ww)
{
    const struct design *d = &v->frame->design;
    const struct asked *a = v->asked;
    size_t classes = c->tally.classes, h = 0;
    for (size_t i = 0; i < v->group->count; i++) {
        uint32_t row = v->group->rows[i], k = class_of(a, row);
        int128 weight = v->frame->weight[row];
        while (c->tally.stratum[h] != d->psu_stratum[d->unit[row]])
            h++;
        w[h * classes + k] += weight;
        ww[h * classes + k] += weight * weight;
        c->n[k]++;
        c->has[h * classes + k] = true;
    }
}

static void sum_strata(const struct view *v, struct class_cell *c)
{
    size_t classes = c->tally.classes;
    uint32_t *stratum = NEWS(v->arena, CLASSES_STRATA, uint32_t);
    size_t strata = strata_of(v, stratum), cells = classes * strata + 1;
    int128 *w = mem_new(cells, sizeof *w), *ww = mem_new(cells, sizeof *ww);
    quad *real = NEWS(v->arena, cells, quad), *real_square = NEWS(v->arena, cells, quad);
    c->has = NEWS(v->arena, cells, bool);
    c->tally = (struct class_tally){&v->frame->design, classes, strata, stratum, real, real_square};
    add_rows(v, c, w, ww);
    quad unit = class_unit(v->frame);
    for (size_t i = 0; i + 1 < cells; i++) {
        c->w[i % classes] += w[i];
        c->ww[i % classes] += ww[i];
        real[i] = (quad)w[i] * unit;
        real_square[i] = (quad)ww[i] * unit * unit;
    }
    mem_free(w);
    mem_free(ww);
}

// ---- and for units

// The sums of one unit while its rows pass. Weights are above 0, so a class without any has 0.
struct unit_sums {
    int64_t w[CLASSES_MOST];
};

static void add_unit(const struct view *v, struct class_cell *c, uint32_t slot,
                     struct unit_sums *sums)
{
    const struct group *g = v->group;
    const uint8_t *class = v->asked->class;
    const int64_t *weight = v->frame->weight;
    for (uint32_t i = g->first[slot]; i < g->first[slot + 1]; i++) {
        uint32_t row = g->rows[i], k = class[row];
        int64_t w = weight[row];
        sums->w[k] += w;
        c->ww[k] += (int128)w * w;
        c->n[k]++;
    }
}

// The sums of a unit become entries, and 0 again.
static void take_unit(const struct view *v, struct class_cell *c, uint32_t slot, int64_t *w)
{
    int64_t per = v->frame->weight_scale ? num_power10[v->frame->weight_scale] : 0;
    for (uint32_t k = 0; k < c->tally.classes; k++) {
        if (!w[k])
            continue;
        double real = per ? (double)w[k] / (double)per : (double)w[k] * v->frame->weight_unit;
        c->entries[c->entry_count++] = (struct class_entry){slot, k, w[k], real};
        c->w[k] += w[k];
        w[k] = 0;
    }
}

static void sum_rows(const struct view *v, struct class_cell *c)
{
    struct unit_sums sums = {{0}};
    for (uint32_t slot = 0; slot < c->units->unit_count; slot++) {
        add_unit(v, c, slot, &sums);
        take_unit(v, c, slot, sums.w);
    }
}

// ---- and from the cells of other groups, whose sums are whole numbers

static struct class_cell *make_cell(const struct view *v);

static const struct class_cell *cell_of_part(const struct view *v, const struct group *part)
{
    struct view own = *v;
    own.group = part;
    own.kept = &v->book[part->number];
    if (!own.kept->classes)
        own.kept->classes = make_cell(&own);
    return own.kept->classes;
}

// w: per unit of the frame and class.
static void add_part(struct class_cell *c, const struct class_cell *part, int sign, int64_t *w)
{
    size_t classes = c->tally.classes;
    for (size_t i = 0; i < part->entry_count; i++) {
        const struct class_entry *e = &part->entries[i];
        w[part->units->unit[e->slot] * classes + e->class] += sign * e->whole;
    }
    for (size_t k = 0; k < classes; k++) {
        c->n[k] += sign * part->n[k];
        c->ww[k] += sign * part->ww[k];
    }
}

static void sum_parts(const struct view *v, struct class_cell *c)
{
    const struct group *g = v->group;
    size_t classes = c->tally.classes;
    int64_t *w = mem_new(v->frame->design.unit_count * classes, sizeof *w);
    for (size_t i = 0; i < g->part_count; i++)
        add_part(c, cell_of_part(v, g->parts[i]), g->rest && i ? -1 : 1, w);
    for (uint32_t slot = 0; slot < c->units->unit_count; slot++)
        take_unit(v, c, slot, w + c->units->unit[slot] * classes);
    mem_free(w);
}

static void sum_units(const struct view *v, struct class_cell *c)
{
    const struct group *g = v->group;
    size_t most = g->units->unit_count * c->tally.classes;
    c->units = g->units;
    c->entries = NEWS(v->arena, (most < g->count ? most : g->count) + 1, struct class_entry);
    if (v->book && g->parts && v->frame->design.unit_count * c->tally.classes <= g->count)
        sum_parts(v, c);
    else
        sum_rows(v, c);
}

// ---- bases

static double strata_with(const struct view *v, const struct class_cell *c, enum class_base which)
{
    double strata = 0;
    for (size_t h = 0; h < c->tally.strata; h++) {
        bool any = false;
        for (size_t k = 0; k < c->tally.classes; k++)
            any |= class_in_base(v->asked, k, which) && c->has[h * c->tally.classes + k];
        strata += any;
    }
    return strata;
}

// The units that have somebody in the base: those of the cell, or a part of them.
static struct domain *units_with(const struct view *v, const struct class_cell *c,
                                 enum class_base which)
{
    uint32_t count = 0, last = UINT32_MAX;
    uint32_t *unit = NEWS(v->arena, c->units->unit_count + 1, uint32_t);
    for (size_t i = 0; i < c->entry_count; i++)
        if (c->entries[i].slot != last && class_in_base(v->asked, c->entries[i].class, which)) {
            last = c->entries[i].slot;
            unit[count++] = c->units->unit[last];
        }
    return domain_of_units(v->arena, c->units->design, unit, count);
}

// n, weights and degrees of freedom of a base, from the sums.
static void make_base(const struct view *v, struct class_cell *c, enum class_base which)
{
    const struct asked *a = v->asked;
    struct base *b = &c->base[which];
    double n = 0;
    int128 sum = 0, squares = 0;
    for (size_t k = 0; k < c->tally.classes; k++)
        if (class_in_base(a, k, which)) {
            n += c->n[k];
            sum += c->w[k];
            squares += c->ww[k];
        }
    b->n = (size_t)n;
    b->weight_sum = (quad)sum;
    b->weighted_n = v->frame->weight_scale
                        ? (double)((quad)sum / (quad)num_power10[v->frame->weight_scale])
                        : (double)((quad)sum * (quad)v->frame->weight_unit);
    b->kish = n > 0 ? (double)((quad)sum * (quad)sum / (quad)squares) : NAN;
    for (int why = VALID + 1; why < MISSING_COUNT; why++)
        b->invalid[why] = c->n[a->levels.count + (size_t)why];
    if (c->units) {
        b->domain = units_with(v, c, which);
        return;
    }
    b->domain = NEW(v->arena, struct domain);
    *b->domain =
        (struct domain){.design = &v->frame->design, .n = b->n, .df = n - strata_with(v, c, which)};
}

static struct class_cell *make_cell(const struct view *v)
{
    struct class_cell *c = NEW(v->arena, struct class_cell);
    size_t classes = class_count(v->asked);
    c->tally.classes = classes;
    c->n = NEWS(v->arena, classes, double);
    c->w = NEWS(v->arena, classes, int128);
    c->ww = NEWS(v->arena, classes, int128);
    if (v->frame->by_classes)
        sum_strata(v, c);
    else
        sum_units(v, c);
    make_base(v, c, BASE_VALID);
    make_base(v, c, BASE_ASKED);
    return c;
}

const struct class_cell *class_cell_of(struct cell *cell)
{
    const struct view *v = view_of(cell);
    bool able = v->frame->by_classes || (v->frame->by_units && v->group->units);
    if (!v->asked || !able || !class_able(v->asked))
        return NULL;
    if (!v->kept->classes)
        v->kept->classes = make_cell(v);
    return v->kept->classes;
}

const struct base *class_base_of(struct cell *cell, enum class_base which)
{
    const struct class_cell *c = class_cell_of(cell);
    if (c)
        return &c->base[which];
    return which == BASE_VALID ? base_valid(cell) : base_asked(cell);
}

struct scores *class_scores(struct arena *a, const struct class_cell *c, const struct base *b,
                            const double *coef)
{
    if (!c->units)
        return scores_of_classes(a, b->domain, &c->tally, coef);
    double *z = NEWS(a, c->units->unit_count + 1, double);
    for (size_t i = 0; i < c->entry_count; i++)
        z[c->entries[i].slot] += coef[c->entries[i].class] * c->entries[i].w;
    return scores_of_units(a, b->domain, c->units, z);
}
