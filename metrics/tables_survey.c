// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of the survey and the Common Measurements Tool.
#include "metrics/press.h"

#include <math.h>

static const struct text rest_head =
    TEXT("Difference from the other regions", "Écart par rapport aux autres régions");

static struct text change_head(struct press *p)
{
    return SAY(p->a, ((struct text)TEXT("Change since %1", "Variation depuis %1")),
               say_period(p->a, press_since_period(p)));
}

static struct text whole_name(struct press *p)
{
    return press_region_name(p, REGION_TOTAL);
}

// "Overall quality of service: CMT index, 0 to 100"
static struct text title_of_overall(struct press *p)
{
    return SAY(p->a, ((struct text)TEXT("%1: %2", "%1" NBSP ": %2")),
               press_item_name(p, p->overall),
               strcmp(p->score, "cmt.index") == 0
                   ? (struct text)TEXT("CMT index, 0 to 100", "indice OMC, de 0 à 100")
                   : press_indicator_name(p, p->score));
}

struct table *table_scores_whole(struct press *p)
{
    size_t count;
    struct row *rows = press_region_rows(p, (struct key){.item = p->overall}, &count);
    for (size_t i = 0; i < count; i++)
        rows[i].head = press_region_head(p, rows[i].key.region);
    const struct column columns[] = {
        {.indicator = p->score, .show = show_letters},
        {.indicator = p->score, .show = show_interval, .head = head_interval},
        {.indicator = p->score, .show = show_n, .head = head_n},
        {.indicator = p->score, .show = show_change, .head = change_head(p)},
        {.indicator = p->score, .show = show_rest, .head = rest_head},
    };
    struct table *t = press_grid(p, REGION_TOTAL, title_of_overall(p), rows, count, columns,
                                 COUNT(columns), GRID_TOTAL);
    press_survey_notes(p, t);
    return t;
}

// One indicator of every item of a region, the whole beside it.
static struct table *items_of(struct press *p, uint16_t region, const char *indicator)
{
    struct texts items = press_questions(p, indicator);
    const struct column columns[] = {
        {.indicator = indicator},
        {.indicator = indicator, .show = show_interval, .head = head_interval},
        {.indicator = indicator, .show = show_n, .head = head_n},
        {.indicator = indicator, .head = whole_name(p), .region = COLUMN_WHOLE},
        {.indicator = indicator, .show = show_rest, .head = rest_head},
        {.indicator = indicator, .show = show_change, .head = change_head(p)},
    };
    struct table *t = press_grid(p, region, NO_TITLE, press_item_rows(p, items, region),
                                 items.count, columns, COUNT(columns), GRID_PRUNED);
    press_first_head(t, head_question);
    press_survey_notes(p, t);
    return t;
}

struct table *table_scores_region(struct press *p, uint16_t region)
{
    return items_of(p, region, p->score);
}

struct table *table_satisfied_region(struct press *p, uint16_t region)
{
    return items_of(p, region, "cmt.top2");
}

struct table *table_satisfied_whole(struct press *p)
{
    size_t count;
    struct row *rows = press_region_rows(p, (struct key){.item = p->overall}, &count);
    for (size_t i = 0; i < count; i++)
        rows[i].head = press_region_head(p, rows[i].key.region);
    const struct column columns[] = {
        {.indicator = "cmt.top2", .show = show_letters},
        {.indicator = "cmt.top2", .show = show_interval, .head = head_interval},
        {.indicator = "cmt.top2", .show = show_n, .head = head_n},
        {.indicator = "cmt.top1"},
        {.indicator = "cmt.bottom2"},
        {.indicator = "cmt.top2_all"},
        {.indicator = "cmt.top2", .show = show_change, .head = change_head(p)},
    };
    struct text title = SAY(
        p->a, ((struct text)TEXT("%1: satisfied or agree", "%1" NBSP ": satisfaits ou d'accord")),
        press_item_name(p, p->overall));
    struct table *t =
        press_grid(p, REGION_TOTAL, title, rows, count, columns, COUNT(columns), GRID_TOTAL);
    press_survey_notes(p, t);
    return t;
}

// ---- answers

// The n of the item: that of its mean, or of its first answer where answers are only names.
static struct column column_of_n(struct press *p, const char *code)
{
    struct texts rated = press_questions(p, "survey.mean");
    for (size_t i = 0; i < rated.count; i++)
        if (strcmp(rated.at[i], p->overall) == 0)
            return (struct column){.indicator = "survey.mean", .show = show_n, .head = head_n};
    return (struct column){
        .indicator = "survey.share", .show = show_n, .head = head_n, .by = "answer", .level = code};
}

// One column an answer of the overall item, and those who do not know beside.
static struct table *answers(struct press *p, uint16_t region, struct text title,
                             const struct row *rows, size_t count, unsigned how)
{
    const struct item *item = press_item(p, p->overall);
    struct texts codes = press_levels(p, "survey.share", p->overall, "answer");
    struct column *columns = NEWS(p->a, codes.count + 2, struct column);
    for (size_t i = 0; i < codes.count; i++)
        columns[i] = (struct column){.indicator = "survey.share",
                                     .head = press_answer_name(p, item, codes.at[i]),
                                     .by = "answer",
                                     .level = codes.at[i]};
    if (codes.count) {
        columns[codes.count] = column_of_n(p, codes.at[0]);
        columns[codes.count + 1] =
            (struct column){.indicator = "survey.share_all",
                            .head = TEXT("Don't know, of all asked",
                                         "Ne sait pas, de toutes les personnes interrogées"),
                            .by = "answer",
                            .level = "dont_know"};
    }
    struct table *t =
        press_grid(p, region, title, rows, count, columns, codes.count ? codes.count + 2 : 0, how);
    if (t)
        table_note(
            p->a, t,
            (struct text)TEXT("Shares of the valid answers; they may not add to 100 because "
                              "each is rounded on its own.",
                              "Parts des réponses valides; leur somme peut s'écarter de 100, "
                              "chacune étant arrondie séparément."));
    return t;
}

struct table *table_answers_whole(struct press *p)
{
    size_t count;
    struct row *rows = press_region_rows(p, (struct key){.item = p->overall}, &count);
    struct text title = SAY(p->a, ((struct text)TEXT("%1: answers", "%1" NBSP ": réponses")),
                            press_item_name(p, p->overall));
    return answers(p, REGION_TOTAL, title, rows, count, GRID_TOTAL);
}

// Items that share the scale of the overall one.
struct table *table_answers_region(struct press *p, uint16_t region)
{
    const struct item *overall = press_item(p, p->overall);
    struct texts items = press_items(p, "survey.share");
    struct row *all = press_item_rows(p, items, region);
    struct row *rows = NEWS(p->a, items.count + 1, struct row);
    size_t count = 0;
    for (size_t i = 0; i < items.count && overall; i++) {
        const struct item *item = press_item(p, items.at[i]);
        if (item && item->scale == overall->scale && item->high == overall->high)
            rows[count++] = all[i];
    }
    struct table *t = answers(p, region, NO_TITLE, rows, count, GRID_PRUNED);
    press_first_head(t, head_question);
    return t;
}

// ---- items by region

struct table *table_items_whole(struct press *p)
{
    struct texts items = press_questions(p, p->score);
    size_t regions = p->places->region_count;
    struct column *columns = NEWS(p->a, regions + 1, struct column);
    for (size_t i = 0; i <= regions; i++) {
        uint16_t region = i < regions ? (uint16_t)i : REGION_TOTAL;
        columns[i] = (struct column){.indicator = p->score,
                                     .head = press_region_name(p, region),
                                     .region = COLUMN_REGION(region)};
    }
    struct table *t = press_grid(p, REGION_TOTAL, NO_TITLE, press_item_rows(p, items, REGION_TOTAL),
                                 items.count, columns, regions + 1, GRID_PRUNED);
    press_first_head(t, head_question);
    return t;
}

// ---- gaps

// The mean of the importance rating, an item of its own.
static struct table_cell show_importance(struct press *p, const struct column *c, struct key k)
{
    (void)c;
    k.indicator = "survey.mean";
    k.item = arena_print(p->a, "%s.importance", k.item);
    return cell_value(press_find(p, k));
}

static bool is_one_to_five(struct press *p, struct texts items)
{
    for (size_t i = 0; i < items.count; i++) {
        const struct item *item = press_item(p, items.at[i]);
        if (item && !(item->low >= 1 && item->low <= 1 && item->high >= 5 && item->high <= 5))
            return false;
    }
    return true;
}

static struct table *gaps(struct press *p, uint16_t region)
{
    static const struct text other = TEXT("Importance and satisfaction, each on its own scale",
                                          "Importance et satisfaction, chacune selon son échelle");
    struct texts items = press_items(p, "cmt.gap");
    struct row *rows = press_item_rows(p, items, region);
    const struct column columns[] = {
        {.indicator = "cmt.gap", .show = show_importance, .head = TEXT("Importance", "Importance")},
        {.indicator = "survey.mean", .head = TEXT("Satisfaction", "Satisfaction")},
        {.indicator = "cmt.gap", .head = TEXT("Gap", "Écart")},
        {.indicator = "cmt.gap", .show = show_interval, .head = head_interval},
        {.indicator = "cmt.gap", .show = show_n, .head = head_n},
    };
    struct table *t = press_grid(p, region, is_one_to_five(p, items) ? NO_TITLE : other, rows,
                                 items.count, columns, COUNT(columns), GRID_PRUNED);
    press_first_head(t, head_question);
    if (t)
        table_note(p->a, t,
                   (struct text)TEXT("Gap: importance less satisfaction, over those who answered "
                                     "both; above zero, expectations exceed the service.",
                                     "Écart" NBSP ": importance moins satisfaction, chez ceux qui "
                                     "ont répondu aux deux questions; au-dessus de zéro, les "
                                     "attentes dépassent le service."));
    press_survey_notes(p, t);
    return t;
}

struct table *table_gaps_whole(struct press *p)
{
    return gaps(p, REGION_TOTAL);
}

struct table *table_gaps_region(struct press *p, uint16_t region)
{
    return gaps(p, region);
}
