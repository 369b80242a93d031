// SPDX-License-Identifier: GPL-3.0-or-later
// Rows, captions and notes of grids.
#include "metrics/press.h"

// ---- rows

struct row *press_region_rows(struct press *p, struct key k, size_t *count)
{
    size_t regions = p->places->region_count;
    struct row *rows = NEWS(p->a, regions + 1, struct row);
    for (size_t i = 0; i <= regions; i++) {
        k.region = i < regions ? (uint16_t)i : REGION_TOTAL;
        rows[i] = (struct row){press_region_name(p, k.region), k};
    }
    *count = regions + 1;
    return rows;
}

struct row *press_item_rows(struct press *p, struct texts items, uint16_t region)
{
    struct row *rows = NEWS(p->a, items.count + 1, struct row);
    for (size_t i = 0; i < items.count; i++)
        rows[i] =
            (struct row){press_item_name(p, items.at[i]), {.item = items.at[i], .region = region}};
    return rows;
}

struct row *press_indicator_rows(struct press *p, const char *const *ids, size_t count,
                                 uint16_t region)
{
    struct row *rows = NEWS(p->a, count + 1, struct row);
    for (size_t i = 0; i < count; i++)
        rows[i] =
            (struct row){press_indicator_name(p, ids[i]), {.indicator = ids[i], .region = region}};
    return rows;
}

// ---- captions

// The caption names the first and the last period instead of the one reported on.
struct table *press_over_time(struct press *p, struct table *t, const struct row *rows,
                              size_t count)
{
    if (!t)
        return NULL;
    struct text first = rows[0].head, last = rows[count - 1].head;
    press_first_head(t, (struct text)TEXT("Period", "Période"));
    if (t->region == REGION_TOTAL)
        t->caption =
            SAY(p->a, ((struct text)TEXT("%1, %2 to %3", "%1, %2 à %3")), t->title, first, last);
    else
        t->caption = SAY(p->a, ((struct text)TEXT("%1, %4, %2 to %3", "%1, %4, %2 à %3")), t->title,
                         first, last, press_region_name(p, t->region));
    return t;
}

// ---- notes

static bool has_letters(const struct table *t)
{
    for (size_t i = 0; i < t->row_count * t->column_count; i++)
        if (t->cells[i].letters && *t->cells[i].letters)
            return true;
    return false;
}

static struct text rule_name(const struct press *p)
{
    static const struct text rules[] = {
        [ADJUST_HOLM] = TEXT("adjusted after Holm", "corrigées selon Holm"),
        [ADJUST_BH] =
            TEXT("adjusted after Benjamini and Hochberg", "corrigées selon Benjamini et Hochberg"),
        [ADJUST_BONFERRONI] = TEXT("adjusted after Bonferroni", "corrigées selon Bonferroni"),
        [ADJUST_NONE] = TEXT("not adjusted for their number", "sans correction pour leur nombre"),
    };
    return rules[p->s->adjust];
}

void press_survey_notes(struct press *p, struct table *t)
{
    if (!t)
        return;
    struct fmt_form percent = {.percent = true};
    table_note(
        p->a, t,
        SAY(p->a,
            ((struct text)TEXT("Intervals at %1. n: answers used, unweighted.",
                               "Intervalles à %1. n" NBSP ": réponses utilisées, non pondérées.")),
            say_number(p->a, 100 * p->s->confidence, percent)));
    if (has_letters(t))
        table_note(p->a, t,
                   SAY(p->a,
                       ((struct text)TEXT("A letter beside a value names a region whose value is "
                                          "significantly lower (comparisons %1).",
                                          "Une lettre à côté d'une valeur désigne une région dont "
                                          "la valeur est significativement plus faible "
                                          "(comparaisons %1).")),
                       rule_name(p)));
    if (table_uses(t, "*"))
        table_note(p->a, t,
                   SAY(p->a,
                       ((struct text)TEXT("* Significant difference (%1).",
                                          "* Différence significative (comparaisons %1).")),
                       rule_name(p)));
}
