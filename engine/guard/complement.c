// SPDX-License-Identifier: GPL-3.0-or-later
// Complementary suppression along lines: where a published total has exactly one withheld part,
// that part is the total less the others; so a second part goes too (the smallest base, then the
// order of output). Lines: the regions under the total, and the levels of a breakdown under their
// cell. Repeated until nothing changes, since a cell stands on two lines.
#include "engine/guard/guard.h"

#include <math.h>
#include <stdlib.h>

struct line { // parts of one published whole, as places in results.estimates
    VEC(uint32_t) parts;
};

struct lines {
    struct dict keys;
    VEC(struct line) list;
};

static void line_add(struct lines *l, struct str key, uint32_t part)
{
    size_t at = (size_t)dict_add(&l->keys, key);
    while (l->list.len <= at)
        vec_push(&l->list, (struct line){0});
    vec_push(&l->list.at[at].parts, part);
}

static void lines_free(struct lines *l)
{
    for (size_t i = 0; i < l->list.len; i++)
        vec_free(&l->list.at[i].parts);
    vec_free(&l->list);
    dict_free(&l->keys);
}

// The levels of a breakdown have one base each; the answers within a cell share one.
static bool has_parts(const struct estimate *e)
{
    return *e->by && strcmp(e->by, "answer") != 0 && strcmp(e->by, "count") != 0;
}

static void collect(const struct results *r, struct lines *l)
{
    struct buf key = {0};
    for (size_t i = 0; i < r->estimates.len; i++) {
        const struct estimate *e = &r->estimates.at[i];
        char period[PERIOD_TEXT];
        period_text(e->period, period);
        if (e->region != REGION_TOTAL) {
            buf_clear(&key);
            buf_print(&key, "r\x1f%s\x1f%s\x1f%s\x1f%s\x1f%s", e->indicator->label.id, e->item,
                      period, e->by, e->level);
            line_add(l, buf_view(&key), (uint32_t)i);
        }
        if (has_parts(e)) {
            buf_clear(&key);
            buf_print(&key, "l\x1f%s\x1f%s\x1f%u\x1f%s\x1f%s", e->indicator->label.id, e->item,
                      (unsigned)e->region, period, e->by);
            line_add(l, buf_view(&key), (uint32_t)i);
        }
    }
    buf_free(&key);
}

// One more part of a line with a single hidden one; true if it changed something.
static bool protect(struct results *r, const struct line *line)
{
    struct estimate *smallest = NULL;
    size_t hidden = 0;
    for (size_t i = 0; i < line->parts.len; i++) {
        struct estimate *e = &r->estimates.at[line->parts.at[i]];
        if (e->status == EST_SUPPRESSED || e->status == EST_SECONDARY)
            hidden++;
        else if ((e->status == EST_OK || e->status == EST_CAUTION || e->status == EST_UNRELIABLE) &&
                 isfinite(e->n) && e->n > 0 && (!smallest || e->n < smallest->n))
            smallest = e;
    }
    if (hidden != 1 || !smallest)
        return false;
    smallest->status = EST_SECONDARY;
    return true;
}

void guard_complement(struct results *r)
{
    struct lines lines = {0};
    collect(r, &lines);
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < lines.list.len; i++)
            changed = protect(r, &lines.list.at[i]) || changed;
    }
    lines_free(&lines);
}
