// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of reach and of the action plan.
#include "engine/base/num.h"
#include "metrics/press.h"

static const char *const reach[] = {
    "reach.aware_unaided", "reach.aware_aided", "reach.aware_total",   "reach.willing_direct_cost",
    "reach.price_median",  "reach.penetration", "reach.startup_reach",
};

// Measures of reach stand under the item they rest on, or under none.
static const char *item_of(struct press *p, const char *indicator)
{
    struct texts items = press_items(p, indicator);
    return items.count ? items.at[0] : "";
}

struct table *table_reach_whole(struct press *p)
{
    size_t count;
    struct row *rows = press_region_rows(p, (struct key){0}, &count);
    struct column columns[2 * COUNT(reach)] = {{0}};
    for (size_t i = 0; i < COUNT(reach); i++) {
        columns[2 * i] = (struct column){.indicator = reach[i], .item = item_of(p, reach[i])};
        columns[2 * i + 1] = (struct column){.indicator = reach[i],
                                             .show = show_interval,
                                             .head = head_interval,
                                             .item = item_of(p, reach[i])};
    }
    return press_grid(p, REGION_TOTAL, NO_TITLE, rows, count, columns, COUNT(columns), GRID_TOTAL);
}

struct table *table_reach_region(struct press *p, uint16_t region)
{
    struct row *rows = press_indicator_rows(p, reach, COUNT(reach), region);
    for (size_t i = 0; i < COUNT(reach); i++)
        rows[i].key.item = item_of(p, reach[i]);
    const struct column columns[] = {
        {.head = press_region_name(p, region)},
        {.show = show_interval, .head = head_interval},
        {.show = show_n, .head = head_n},
        {.head = press_region_name(p, REGION_TOTAL), .region = COLUMN_WHOLE},
    };
    struct table *t =
        press_grid(p, region, NO_TITLE, rows, COUNT(reach), columns, COUNT(columns), GRID_PRUNED);
    press_first_head(t, (struct text)TEXT("Indicator", "Indicateur"));
    return t;
}

// "$25.00" from the level "25".
static struct text price_name(struct press *p, const char *level)
{
    struct decimal price;
    double value;
    if (num_read(str_of(level), '.', (struct str){0}, &price, &value) == NUM_BAD)
        return say_plain(level);
    return say_number(p->a, value, (struct fmt_form){.decimals = 2, .dollars = true});
}

static struct table *prices(struct press *p, uint16_t region)
{
    const char *item = item_of(p, "reach.willing");
    struct texts levels = press_levels(p, "reach.willing", item, "price");
    struct row *rows = NEWS(p->a, levels.count + 1, struct row);
    for (size_t i = 0; i < levels.count; i++)
        rows[i] =
            (struct row){price_name(p, levels.at[i]),
                         {.item = item, .by = "price", .level = levels.at[i], .region = region}};
    const struct column columns[] = {
        {.indicator = "reach.willing"},
        {.indicator = "reach.willing", .show = show_interval, .head = head_interval},
        {.indicator = "reach.willing", .show = show_n, .head = head_n},
        {.indicator = "reach.willing_all"},
        {.indicator = "reach.revenue_100"},
    };
    struct table *t =
        press_grid(p, region, NO_TITLE, rows, levels.count, columns, COUNT(columns), GRID_PRUNED);
    press_first_head(t, (struct text)TEXT("Price", "Prix"));
    return t;
}

struct table *table_prices_whole(struct press *p)
{
    return prices(p, REGION_TOTAL);
}

struct table *table_prices_region(struct press *p, uint16_t region)
{
    return prices(p, region);
}

// ---- the action plan

struct table *table_plan_whole(struct press *p)
{
    static const char *const ids[] = {
        "plan.recommendations", "plan.actions",       "plan.on_time",  "plan.overdue",
        "plan.slip_mean",       "plan.slip_median",   "plan.slip_max", "plan.revised",
        "plan.undated",         "plan.outcome_share",
    };
    struct row_range actions = results_rows(p->r, "plan.actions");
    if (actions.from == actions.to) // no plan: what is left is no table about one
        return NULL;
    struct row *rows = press_indicator_rows(p, ids, COUNT(ids), REGION_TOTAL);
    const struct column columns[] = {
        {.head = TEXT("Value", "Valeur")},
        {.show = show_numerator, .head = TEXT("Numerator", "Numérateur")},
        {.show = show_denominator, .head = TEXT("Denominator", "Dénominateur")},
    };
    struct table *t = press_grid(p, REGION_TOTAL, NO_TITLE, rows, COUNT(ids), columns,
                                 COUNT(columns), GRID_PRUNED);
    press_first_head(t, (struct text)TEXT("Indicator", "Indicateur"));
    return t;
}

struct table *table_plan_status_whole(struct press *p)
{
    struct texts states = press_levels(p, "plan.status_share", "", "status");
    struct row *rows = NEWS(p->a, states.count + 1, struct row);
    for (size_t i = 0; i < states.count; i++)
        rows[i] = (struct row){press_level_name(p, "status", states.at[i]),
                               {.by = "status", .level = states.at[i], .region = REGION_TOTAL}};
    const struct column columns[] = {
        {.indicator = "plan.status_share",
         .show = show_numerator,
         .head = TEXT("Actions", "Mesures")},
        {.indicator = "plan.status_share", .head = TEXT("Share", "Part")},
    };
    struct table *t = press_grid(p, REGION_TOTAL, NO_TITLE, rows, states.count, columns,
                                 COUNT(columns), GRID_PRUNED);
    press_first_head(t, (struct text)TEXT("Status", "État"));
    return t;
}

static const struct label measures[] = {
    LABEL("meetings_held", "meetings held", "réunions tenues"),
    LABEL("members_trained", "board members informed", "membres informés"),
    LABEL("advice_implemented", "advice implemented", "avis mis en œuvre"),
    LABEL("briefings_given", "briefings given", "exposés présentés"),
    LABEL("pages_reviewed", "pages reviewed", "pages révisées"),
    LABEL("links_working", "links working", "liens valides"),
    LABEL("partner_shown", "pages showing the partners", "pages montrant les partenaires"),
    LABEL("staff_trained", "staff trained", "personnel formé"),
    LABEL("system_available", "system available", "disponibilité du système"),
    LABEL("tickets_in_time", "requests handled in time", "demandes traitées à temps"),
    LABEL("meetings_attended", "meetings attended", "réunions suivies"),
    LABEL("files_on_time", "files received on time", "fichiers reçus à temps"),
};

struct table *table_ledger_whole(struct press *p)
{
    struct texts items = press_items(p, "plan.ratio");
    struct row *rows = press_item_rows(p, items, REGION_TOTAL);
    for (size_t i = 0; i < items.count; i++)
        for (size_t k = 0; k < COUNT(measures); k++)
            if (strcmp(measures[k].id, items.at[i]) == 0)
                rows[i].head = measures[k].text;
    const struct column columns[] = {
        {.indicator = "plan.ratio", .head = TEXT("Share", "Part")},
        {.indicator = "plan.ratio", .show = show_numerator, .head = TEXT("Done", "Fait")},
        {.indicator = "plan.ratio", .show = show_denominator, .head = TEXT("Of", "Sur")},
    };
    struct table *t = press_grid(p, REGION_TOTAL, NO_TITLE, rows, items.count, columns,
                                 COUNT(columns), GRID_PRUNED);
    press_first_head(t, (struct text)TEXT("Measure", "Mesure"));
    return t;
}
