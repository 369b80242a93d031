// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/place.h"

#include "engine/base/arena.h"

#include <math.h>
#include <stdlib.h>

struct pool {   // neighbours that touch and move as one
    double sum; // of (wanted place − place within the pool)
    size_t first, count;
};

struct wanted {
    double at;
    size_t index;
};

static int by_place(const void *a, const void *b)
{
    const struct wanted *p = a, *q = b;
    if (p->at != q->at)
        return p->at < q->at ? -1 : 1;
    return p->index < q->index ? -1 : 1;
}

static double pool_start(const struct pool *p, double gap, double low, double high)
{
    double start = p->sum / (double)p->count;
    start = fmin(start, high - (double)(p->count - 1) * gap);
    return fmax(start, low);
}

void place_apart(double *at, size_t count, double gap, double low, double high)
{
    if (!count)
        return;
    if (count > 1 && (double)(count - 1) * gap > high - low)
        gap = (high - low) / (double)(count - 1);
    struct wanted *want = mem_new(count, sizeof *want);
    struct pool *pools = mem_new(count, sizeof *pools);
    for (size_t i = 0; i < count; i++)
        want[i] = (struct wanted){at[i], i};
    qsort(want, count, sizeof *want, by_place);
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        pools[used++] = (struct pool){.sum = want[i].at, .first = i, .count = 1};
        while (used > 1) {
            struct pool *a = &pools[used - 2], *b = &pools[used - 1];
            double end = pool_start(a, gap, low, high) + (double)a->count * gap;
            if (pool_start(b, gap, low, high) >= end - 1e-9)
                break;
            a->sum += b->sum - (double)b->count * (double)a->count * gap;
            a->count += b->count;
            used--;
        }
    }
    for (size_t p = 0; p < used; p++)
        for (size_t k = 0; k < pools[p].count; k++)
            at[want[pools[p].first + k].index] =
                pool_start(&pools[p], gap, low, high) + (double)k * gap;
    mem_free(pools);
    mem_free(want);
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
