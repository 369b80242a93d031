// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/place.h"

#include "engine/base/arena.h"

#include <math.h>
#include <stdlib.h>

struct thing {
    double at, offset; // wanted centre; centre when all are packed from 0
    size_t index;
};

struct pool {    // neighbours that touch and move as one
    double mean; // of at − offset
    size_t count;
};

static int by_place(const void *a, const void *b)
{
    const struct thing *p = a, *q = b;
    if (p->at != q->at)
        return p->at < q->at ? -1 : 1;
    return p->index < q->index ? -1 : 1;
}

// Sorts by place and packs: with the offsets taken away, "do not overlap" becomes "do not fall",
// which is what pooling solves.
static struct thing *sorted(const double *at, const double *sizes, size_t count, double room,
                            double *packed)
{
    struct thing *things = mem_new(count, sizeof *things);
    double total = 0;
    for (size_t i = 0; i < count; i++) {
        things[i] = (struct thing){.at = at[i], .index = i};
        total += sizes[i];
    }
    double shrink = total > room && total > 0 ? fmax(0, room) / total : 1;
    qsort(things, count, sizeof *things, by_place);
    double end = 0;
    for (size_t i = 0; i < count; i++) {
        double size = sizes[things[i].index] * shrink;
        things[i].offset = end + size / 2;
        end += size;
    }
    *packed = end;
    return things;
}

void place_apart(double *at, const double *sizes, size_t count, double low, double high)
{
    if (!count)
        return;
    double packed;
    struct thing *things = sorted(at, sizes, count, high - low, &packed);
    struct pool *pools = mem_new(count, sizeof *pools);
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        pools[used++] = (struct pool){things[i].at - things[i].offset, 1};
        while (used > 1 && pools[used - 1].mean < pools[used - 2].mean) {
            struct pool *a = &pools[used - 2], *b = &pools[used - 1];
            size_t both = a->count + b->count;
            a->mean = (a->mean * (double)a->count + b->mean * (double)b->count) / (double)both;
            a->count = both;
            used--;
        }
    }
    size_t next = 0;
    for (size_t p = 0; p < used; p++)
        for (size_t k = 0; k < pools[p].count; k++, next++) {
            double start = fmax(low, fmin(high - packed, pools[p].mean));
            at[things[next].index] = start + things[next].offset;
        }
    mem_free(pools);
    mem_free(things);
}

bool box_meets(struct box a, struct box b)
{
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

bool box_within(struct box inner, struct box outer)
{
    return inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top &&
           inner.bottom <= outer.bottom;
}

static bool is_free(struct box box, const struct box *taken, size_t count, struct box view)
{
    if (!box_within(box, view))
        return false;
    for (size_t i = 0; i < count; i++)
        if (box_meets(box, taken[i]))
            return false;
    return true;
}

bool place_round(double x, double y, double reach, double width, double height,
                 const struct box *taken, size_t taken_count, struct box view, struct spot *out)
{
    // Right before left, above before below, near before far.
    static const struct {
        double x, y;
        int side;
    } places[12] = {{1, -0.9, 1}, {1, 0.9, 1}, {-1, -0.9, -1}, {-1, 0.9, -1},
                    {0, -1.4, 0}, {0, 1.4, 0}, {1.3, 0, 1},    {-1.3, 0, -1},
                    {1, -2.2, 1}, {1, 2.2, 1}, {-1, -2.2, -1}, {-1, 2.2, -1}};
    for (size_t i = 0; i < 12; i++) {
        struct spot s = {.x = x + places[i].x * reach,
                         .y = y + places[i].y * (reach + height / 4),
                         .side = places[i].side};
        double left = s.side > 0 ? s.x : s.side < 0 ? s.x - width : s.x - width / 2;
        s.box = (struct box){left, s.y - height / 2, left + width, s.y + height / 2};
        if (is_free(s.box, taken, taken_count, view)) {
            *out = s;
            return true;
        }
    }
    return false;
}
