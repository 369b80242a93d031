// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of the survey that are not items in rows: priorities, trends, changes, groups, targets.
#include "metrics/press.h"

#include <math.h>

// ---- priorities

static struct table_cell number_or(const struct driver *d, double value, int decimals)
{
    if (d->withheld)
        return cell_absent("x");
    if (!isfinite(value))
        return cell_absent("..");
    return (struct table_cell){.is = IS_NUMBER, .number = value, .decimals = decimals};
}

static void driver_row(struct press *p, struct table *t, const struct driver *d)
{
    struct table_cell *row = table_row(p->a, t);
    row[0] = cell_label(press_item_name(p, d->driver));
    row[1] = number_or(d, d->rank, 0);
    row[2] = number_or(d, d->stated_importance, 1);
    row[3] = number_or(d, d->performance, 1);
    row[4] = number_or(d, d->r, 2);
    row[5] = number_or(d, d->lmg, 3);
    row[6] = number_or(d, d->n, 0);
    if (d->withheld)
        row[7] = cell_absent("x");
    else if (d->quadrant && *d->quadrant)
        row[7] = cell_label(press_level_name(p, "quadrant", d->quadrant));
    else
        row[7] = cell_absent("..");
}

static bool is_at(const struct press *p, const struct driver *d, uint16_t region)
{
    return d->reported && d->region == region && period_same(d->period, p->period);
}

static struct table *priorities(struct press *p, uint16_t region)
{
    static const struct text heads[] = {
        TEXT("Priority", "Rang de priorité"),
        TEXT("Importance", "Importance"),
        TEXT("Performance", "Rendement"),
        TEXT("Correlation with the overall score", "Corrélation avec la note d'ensemble"),
        TEXT("Share of explained variance", "Part de la variance expliquée"),
        TEXT("n", "n"),
    };
    struct table *t = press_table(p, region, NO_TITLE, (struct text)TEXT("Driver", "Facteur"));
    bool unsettled = false;
    for (size_t i = 0; i < COUNT(heads); i++)
        table_column(p->a, t, heads[i], true);
    table_column(p->a, t, (struct text)TEXT("Quadrant", "Quadrant"), false);
    for (size_t i = 0; i < p->r->drivers.len; i++) {
        const struct driver *d = &p->r->drivers.at[i];
        if (!is_at(p, d, region))
            continue;
        driver_row(p, t, d);
        unsettled = unsettled || (d->unsettled && !d->withheld);
    }
    if (unsettled)
        table_note(p->a, t,
                   (struct text)TEXT("The interval of at least one driver crosses a threshold: its "
                                     "quadrant is not settled.",
                                     "L'intervalle d'au moins un facteur franchit un seuil" NBSP
                                     ": son quadrant n'est pas certain."));
    return t->row_count ? t : NULL;
}

struct table *table_priorities_whole(struct press *p)
{
    return priorities(p, REGION_TOTAL);
}

struct table *table_priorities_region(struct press *p, uint16_t region)
{
    return priorities(p, region);
}

// ---- trend

static struct row *period_rows(struct press *p, uint16_t region, size_t *count)
{
    struct period *periods;
    *count = press_periods(p, p->score, p->overall, &periods);
    struct row *rows = NEWS(p->a, *count + 1, struct row);
    for (size_t i = 0; i < *count; i++)
        rows[i] = (struct row){say_period(p->a, periods[i]),
                               {.item = p->overall, .region = region, .period = periods[i]}};
    return rows;
}

// Every value of the chart stands here; so do its limits, region after region.
struct table *table_trend_whole(struct press *p)
{
    size_t count, regions = p->places->region_count;
    struct row *rows = period_rows(p, REGION_TOTAL, &count);
    struct column *columns = NEWS(p->a, regions + 2, struct column);
    for (size_t i = 0; i < regions; i++)
        columns[i] = (struct column){.indicator = p->score,
                                     .head = press_region_name(p, (uint16_t)i),
                                     .region = COLUMN_REGION(i)};
    columns[regions] =
        (struct column){.indicator = p->score, .head = press_region_name(p, REGION_TOTAL)};
    columns[regions + 1] =
        (struct column){.indicator = p->score, .show = show_interval, .head = head_interval};
    struct table *t =
        count < 2 ? NULL
                  : press_grid(p, REGION_TOTAL, NO_TITLE, rows, count, columns, regions + 2, 0);
    return press_over_time(p, t, rows, count);
}

struct table *table_trend_region(struct press *p, uint16_t region)
{
    size_t count;
    struct row *rows = period_rows(p, region, &count);
    const struct column columns[] = {
        {.indicator = p->score},
        {.indicator = p->score, .show = show_interval, .head = head_interval},
        {.indicator = p->score, .show = show_n, .head = head_n},
        {.indicator = p->score, .head = press_region_name(p, REGION_TOTAL), .region = COLUMN_WHOLE},
    };
    struct table *t =
        count < 2 ? NULL : press_grid(p, region, NO_TITLE, rows, count, columns, COUNT(columns), 0);
    return press_over_time(p, t, rows, count);
}

// ---- change

// The value of the row in the earlier period.
static struct table_cell show_before(struct press *p, const struct column *c, struct key k)
{
    (void)c;
    k.period = press_since_period(p);
    return cell_value(press_find(p, k));
}

static struct table *change(struct press *p, uint16_t region, const struct row *rows, size_t count,
                            unsigned how)
{
    const struct column columns[] = {
        {.indicator = p->score,
         .show = show_before,
         .head = say_period(p->a, press_since_period(p))},
        {.indicator = p->score, .head = say_period(p->a, p->period)},
        {.indicator = p->score, .show = show_change, .head = TEXT("Change", "Variation")},
        {.indicator = p->score, .show = show_change_interval, .head = head_interval},
    };
    if (!p->since)
        return NULL;
    struct table *t = press_grid(p, region, NO_TITLE, rows, count, columns, COUNT(columns), how);
    press_survey_notes(p, t);
    return t;
}

struct table *table_change_whole(struct press *p)
{
    size_t count;
    struct row *rows = press_region_rows(p, (struct key){.item = p->overall}, &count);
    return change(p, REGION_TOTAL, rows, count, GRID_TOTAL);
}

struct table *table_change_region(struct press *p, uint16_t region)
{
    struct texts items = press_questions(p, p->score);
    struct table *t =
        change(p, region, press_item_rows(p, items, region), items.count, GRID_PRUNED);
    press_first_head(t, head_question);
    return t;
}

// ---- groups of clients

static struct table *breakdown(struct press *p, uint16_t region)
{
    struct texts all = press_breakdowns(p, p->score, p->overall);
    size_t most = 1, count = 0;
    for (size_t i = 0; i < all.count; i++)
        most += press_levels(p, p->score, p->overall, all.at[i]).count;
    struct row *rows = NEWS(p->a, most, struct row);
    for (size_t i = 0; i < all.count; i++) {
        struct texts levels = press_levels(p, p->score, p->overall, all.at[i]);
        for (size_t k = 0; k < levels.count; k++)
            rows[count++] = (struct row){
                SAY(p->a, ((struct text)TEXT("%1: %2", "%1" NBSP ": %2")),
                    press_breakdown_name(p, all.at[i]),
                    press_level_name(p, all.at[i], levels.at[k])),
                {.item = p->overall, .by = all.at[i], .level = levels.at[k], .region = region}};
    }
    const struct column columns[] = {
        {.indicator = p->score},
        {.indicator = p->score, .show = show_interval, .head = head_interval},
        {.indicator = p->score, .show = show_n, .head = head_n},
        {.indicator = "cmt.top2"},
    };
    struct table *t =
        press_grid(p, region, NO_TITLE, rows, count, columns, COUNT(columns), GRID_PRUNED);
    press_first_head(t, (struct text)TEXT("Group", "Groupe"));
    press_survey_notes(p, t);
    return t;
}

struct table *table_breakdown_whole(struct press *p)
{
    return breakdown(p, REGION_TOTAL);
}

struct table *table_breakdown_region(struct press *p, uint16_t region)
{
    return breakdown(p, region);
}

struct table *table_drivers_met_whole(struct press *p)
{
    struct texts levels = press_levels(p, "cmt.drivers_met", p->overall, "count");
    struct row *rows = NEWS(p->a, levels.count + 1, struct row);
    for (size_t i = 0; i < levels.count; i++)
        rows[i] = (struct row){
            say_plain(levels.at[i]),
            {.item = p->overall, .by = "count", .level = levels.at[i], .region = REGION_TOTAL}};
    const struct column columns[] = {
        {.indicator = "cmt.drivers_met", .head = press_indicator_name(p, p->score)},
        {.indicator = "cmt.drivers_met", .show = show_interval, .head = head_interval},
        {.indicator = "cmt.drivers_met", .show = show_n, .head = head_n},
        {.indicator = "cmt.drivers_met_share",
         .head = TEXT("Share of clients", "Part des clients")},
    };
    struct table *t = press_grid(p, REGION_TOTAL, NO_TITLE, rows, levels.count, columns,
                                 COUNT(columns), GRID_PRUNED);
    press_first_head(t, (struct text)TEXT("Drivers done well", "Facteurs réussis"));
    press_survey_notes(p, t);
    return t;
}

// ---- targets and peers

static struct table *progress(struct press *p, uint16_t region, struct row *rows, size_t count)
{
    const struct column columns[] = {
        {.indicator = "cmt.target"},
        {.indicator = "cmt.target_met", .show = show_verdict},
        {.indicator = "cmt.progress"},
    };
    return press_grid(p, region, NO_TITLE, rows, count, columns, COUNT(columns), GRID_PRUNED);
}

// Target by target, every region that has it.
struct table *table_progress_whole(struct press *p)
{
    struct texts items = press_items(p, "cmt.target");
    size_t regions = p->r->places->region_count, count = 0;
    struct row *rows = NEWS(p->a, items.count * (regions + 1) + 1, struct row);
    for (size_t i = 0; i < items.count; i++)
        for (size_t k = 0; k <= regions; k++) {
            uint16_t region = k < regions ? (uint16_t)k : REGION_TOTAL;
            rows[count++] =
                (struct row){SAY(p->a, ((struct text)TEXT("%1: %2", "%1" NBSP ": %2")),
                                 press_region_name(p, region), press_item_name(p, items.at[i])),
                             {.item = items.at[i], .region = region}};
        }
    return progress(p, REGION_TOTAL, rows, count);
}

struct table *table_progress_region(struct press *p, uint16_t region)
{
    struct texts items = press_items(p, "cmt.target");
    return progress(p, region, press_item_rows(p, items, region), items.count);
}

// "telephone, 410, .., 2002-03; mail, …": the mode of each by the name it has for people.
static struct text asked_text(struct press *p, const char *about)
{
    struct text whole = say_plain("");
    for (const char *at = about; *at;) {
        size_t len = strcspn(at, ";"), mode = strcspn(at, ",;");
        struct text name = press_level_name(p, "mode", arena_copy(p->a, at, mode));
        struct text rest = say_plain(arena_copy(p->a, at + mode, len - mode));
        whole = SAY(p->a, ((struct text)TEXT("%1%2%3%4", "%1%2%3%4")), whole,
                    say_plain(at == about ? "" : "; "), name, rest);
        at += len + strspn(at + len, "; ");
    }
    return whole;
}

static struct table_cell show_about(struct press *p, const struct column *c, struct key k)
{
    k.indicator = c->indicator;
    const struct estimate *e = press_find(p, k);
    return e && e->about && *e->about ? cell_label(asked_text(p, e->about)) : cell_absent("..");
}

struct table *table_benchmarks_whole(struct press *p)
{
    struct texts items = press_items(p, "cmt.benchmark");
    VEC(struct row) rows = {0};
    for (size_t i = 0; i < items.count; i++) {
        struct texts groups = press_levels(p, "cmt.benchmark", items.at[i], "peer");
        for (size_t k = 0; k < groups.count; k++) {
            struct row row = {
                SAY(p->a, ((struct text)TEXT("%1, %2", "%1, %2")), press_item_name(p, items.at[i]),
                    press_level_name(p, "peer", groups.at[k])),
                {.item = items.at[i], .by = "peer", .level = groups.at[k], .region = REGION_TOTAL}};
            vec_push(&rows, row);
        }
    }
    const struct column columns[] = {
        {.indicator = "cmt.benchmark"},
        {.indicator = "cmt.benchmark",
         .show = show_n,
         .head = TEXT("Organisations", "Organisations")},
        {.indicator = "cmt.benchmark",
         .show = show_about,
         .head = TEXT("Mode, n, response rate, date of each",
                      "Mode, n, taux de réponse et date de chacun")},
        {.indicator = "cmt.benchmark_gap"},
        {.indicator = "cmt.benchmark_rank"},
        {.indicator = "cmt.benchmark_rank", .show = show_interval, .head = head_interval},
    };
    struct table *t = press_grid(p, REGION_TOTAL, NO_TITLE, rows.at, rows.len, columns,
                                 COUNT(columns), GRID_PRUNED);
    press_first_head(t, (struct text)TEXT("Score and peers", "Note et pairs"));
    vec_free(&rows);
    return t;
}
