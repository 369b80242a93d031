// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of what no other table shows: the indicators that a kind names, question by question or
// one below the other. Another indicator is a word more in the kind's row of tables.c.
#include "metrics/press.h"

// More rows than this of one indicator are shown for the overall question alone; all of them stand
// in indicators.csv.
enum { ROWS_MOST = 16 };

// The ids that the kind at hand names.
static struct texts ids_of(struct press *p)
{
    const char **ids = NEWS(p->a, strlen(p->kind->rows) / 2 + 1, const char *);
    size_t count = 0;
    for (const char *at = p->kind->rows; *at; at += strspn(at, " ")) {
        size_t len = strcspn(at, " ");
        ids[count++] = arena_copy(p->a, at, len);
        at += len;
    }
    return (struct texts){ids, count};
}

// ---- question by question

// Rows: questions of the first indicator; columns: the indicators.
static struct table *by_question(struct press *p, uint16_t region)
{
    struct texts ids = ids_of(p), items = press_items(p, ids.at[0]);
    struct column *columns = NEWS(p->a, ids.count, struct column);
    for (size_t i = 0; i < ids.count; i++)
        columns[i] = (struct column){.indicator = ids.at[i], .by = "", .level = ""};
    struct table *t = press_grid(p, region, NO_TITLE, press_item_rows(p, items, region),
                                 items.count, columns, ids.count, GRID_PRUNED);
    press_first_head(t, head_question);
    return t;
}

struct table *table_statistics_whole(struct press *p)
{
    return by_question(p, REGION_TOTAL);
}

struct table *table_statistics_region(struct press *p, uint16_t region)
{
    return by_question(p, region);
}

// ---- one below the other

struct further { // rows of one indicator
    const char *indicator;
    struct period period; // of the report; else what there is: checks may be of the whole run
    bool plain;           // there are rows without a breakdown: levels are left out
    bool overall;         // of one question only
};

static bool fits(const struct further *f, const struct press *p, const struct estimate *e)
{
    return period_same(e->period, f->period) && (!f->plain || !*e->by) && !strchr(e->by, '*') &&
           (!f->overall || !*e->item || strcmp(e->item, p->overall) == 0);
}

static struct further look_at(struct press *p, const char *indicator)
{
    struct further f = {.indicator = indicator, .period = p->period};
    const struct row_range range = results_rows(p->r, indicator);
    bool now = false;
    for (size_t i = range.from; i < range.to; i++)
        now = now || period_same(p->r->estimates.at[i].period, p->period);
    if (!now && range.from < range.to)
        f.period = p->r->estimates.at[range.to - 1].period;
    for (size_t i = range.from; i < range.to; i++)
        f.plain = f.plain || (!*p->r->estimates.at[i].by && fits(&f, p, &p->r->estimates.at[i]));
    size_t rows = 0;
    for (size_t i = range.from; i < range.to; i++)
        rows += p->r->estimates.at[i].region == REGION_TOTAL && fits(&f, p, &p->r->estimates.at[i]);
    f.overall = rows > ROWS_MOST;
    return f;
}

static struct text reason_name(const char *reason)
{
    for (size_t k = 0; k < MISSING_COUNT; k++)
        if (strcmp(missing_labels[k].id, reason) == 0)
            return missing_labels[k].text;
    return say_plain(reason);
}

static struct text level_name(struct press *p, const struct estimate *e)
{
    if (strcmp(e->by, "item") == 0)
        return press_item_name(p, e->level);
    if (strcmp(e->by, "answer") == 0)
        return press_answer_name(p, press_item(p, e->item), e->level);
    if (strcmp(e->by, "reason") == 0)
        return reason_name(e->level);
    if (strcmp(e->by, "dimension") == 0)
        return press_breakdown_name(p, e->level);
    return press_level_name(p, e->by, e->level);
}

// What the family of surveys calls all drivers together is nobody's question.
static struct text item_name(struct press *p, const char *item)
{
    if (strcmp(item, "drivers") == 0 && !press_item(p, item))
        return (struct text)TEXT("the drivers together", "les facteurs pris ensemble");
    return press_item_name(p, item);
}

// "Indicator: question, level", as far as there are any.
static struct text row_name(struct press *p, const struct estimate *e)
{
    struct text name = press_indicator_name(p, e->indicator->label.id);
    if (*e->item)
        name =
            SAY(p->a, ((struct text)TEXT("%1: %2", "%1" NBSP ": %2")), name, item_name(p, e->item));
    if (!*e->by)
        return name;
    static const struct text joins[] = {TEXT("%1: %2", "%1" NBSP ": %2"), TEXT("%1, %2", "%1, %2")};
    return SAY(p->a, joins[*e->item != '\0'], name, level_name(p, e));
}

static bool add_name(struct dict *seen, struct buf *key, const struct estimate *e)
{
    size_t before = seen->keys.len;
    buf_clear(key);
    buf_print(key, "%s\x1f%s\x1f%s\x1f%s", e->indicator->label.id, e->item, e->by, e->level);
    (void)dict_add(seen, buf_view(key));
    return seen->keys.len > before;
}

// The same rows for the whole and for each region.
static struct row *further_rows(struct press *p, uint16_t region, size_t *count)
{
    struct texts ids = ids_of(p);
    VEC(struct row) rows = {0};
    struct dict seen = {0};
    struct buf key = {0};
    for (size_t k = 0; k < ids.count; k++) {
        const struct row_range range = results_rows(p->r, ids.at[k]);
        struct further f = look_at(p, ids.at[k]);
        for (size_t i = range.from; i < range.to; i++) {
            const struct estimate *e = &p->r->estimates.at[i];
            if (!fits(&f, p, e) || !add_name(&seen, &key, e))
                continue;
            struct row row = {row_name(p, e),
                              {f.indicator, e->item, e->by, e->level, region, f.period}};
            vec_push(&rows, row);
        }
    }
    struct row *all = NEWS(p->a, rows.len + 1, struct row);
    for (size_t i = 0; i < rows.len; i++)
        all[i] = rows.at[i];
    *count = rows.len;
    vec_free(&rows);
    dict_free(&seen);
    buf_free(&key);
    return all;
}

struct table *table_further_whole(struct press *p)
{
    size_t count, regions = p->places->region_count;
    struct row *rows = further_rows(p, REGION_TOTAL, &count);
    struct column *columns = NEWS(p->a, regions + 2, struct column);
    for (size_t i = 0; i <= regions; i++) {
        uint16_t region = i < regions ? (uint16_t)i : REGION_TOTAL;
        columns[i] =
            (struct column){.head = press_region_name(p, region), .region = COLUMN_REGION(region)};
    }
    columns[regions + 1] =
        (struct column){.show = show_interval, .head = head_interval, .region = COLUMN_WHOLE};
    struct table *t =
        press_grid(p, REGION_TOTAL, NO_TITLE, rows, count, columns, regions + 2, GRID_PRUNED);
    press_first_head(t, (struct text)TEXT("Indicator", "Indicateur"));
    return t;
}

struct table *table_further_region(struct press *p, uint16_t region)
{
    size_t count;
    struct row *rows = further_rows(p, region, &count);
    const struct column columns[] = {
        {.head = press_region_name(p, region)},
        {.show = show_interval, .head = head_interval},
        {.show = show_n, .head = head_n},
        {.head = press_region_name(p, REGION_TOTAL), .region = COLUMN_WHOLE},
    };
    struct table *t =
        press_grid(p, region, NO_TITLE, rows, count, columns, COUNT(columns), GRID_PRUNED);
    press_first_head(t, (struct text)TEXT("Indicator", "Indicateur"));
    return t;
}
