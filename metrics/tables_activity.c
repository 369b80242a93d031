// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of contacts and calls.
#include "metrics/press.h"

#include <math.h>

static const char *const summary[] = {
    "activity.contacts",        "activity.clients",       "activity.repeat_rate",
    "activity.resolved",        "activity.referred",      "activity.core_share",
    "activity.online_share",    "activity.identified",    "activity.contacts_per_client",
    "activity.repeat_rate_12m", "activity.retention",     "activity.resolved_first",
    "activity.channel_switch",  "activity.bundle_rate",   "activity.fees",
    "activity.fee_share",       "activity.cost_recovery", "activity.cost_per_contact",
    "activity.wait_mean",       "activity.wait_median",   "activity.wait_p90",
    "activity.offered",         "activity.handled",       "activity.abandoned",
    "activity.abandonment",     "activity.service_level", "activity.answer_time",
    "activity.unaccounted",
};
// Those of the tables of regions; waits and calls have their own.
enum { RELATIONS_FROM = 7, FEES_FROM = 14, FEES_TO = 18 };

static struct table *by_region(struct press *p, size_t from, size_t to)
{
    size_t count;
    struct row *rows = press_region_rows(p, (struct key){0}, &count);
    struct column *columns = NEWS(p->a, to - from, struct column);
    for (size_t i = from; i < to; i++)
        columns[i - from].indicator = summary[i];
    return press_grid(p, REGION_TOTAL, NO_TITLE, rows, count, columns, to - from, GRID_TOTAL);
}

struct table *table_activity_whole(struct press *p)
{
    struct table *t = by_region(p, 0, RELATIONS_FROM);
    if (t)
        table_note(p->a, t,
                   (struct text)TEXT("Distinct clients do not add up over regions or periods.",
                                     "Les clients distincts ne s'additionnent pas entre les "
                                     "régions ni entre les périodes."));
    return t;
}

struct table *table_relations_whole(struct press *p)
{
    return by_region(p, RELATIONS_FROM, FEES_FROM);
}

struct table *table_fees_whole(struct press *p)
{
    return by_region(p, FEES_FROM, FEES_TO);
}

struct table *table_activity_region(struct press *p, uint16_t region)
{
    struct row *rows = press_indicator_rows(p, summary, COUNT(summary), region);
    const struct column columns[] = {
        {.head = press_region_name(p, region)},
        {.show = show_interval, .head = head_interval},
        {.head = press_region_name(p, REGION_TOTAL), .region = COLUMN_WHOLE},
        {.show = show_change,
         .head = SAY(p->a, ((struct text)TEXT("Change since %1", "Variation depuis %1")),
                     say_period(p->a, press_since_period(p)))},
    };
    struct table *t =
        press_grid(p, region, NO_TITLE, rows, COUNT(summary), columns, COUNT(columns), GRID_PRUNED);
    press_first_head(t, (struct text)TEXT("Indicator", "Indicateur"));
    return t;
}

// ---- channels

static struct row *level_rows(struct press *p, const char *by, struct texts levels, uint16_t region)
{
    struct row *rows = NEWS(p->a, levels.count + 1, struct row);
    for (size_t i = 0; i < levels.count; i++)
        rows[i] = (struct row){press_level_name(p, by, levels.at[i]),
                               {.by = by, .level = levels.at[i], .region = region}};
    return rows;
}

struct table *table_channels_whole(struct press *p)
{
    size_t count;
    struct row *rows = press_region_rows(p, (struct key){0}, &count);
    struct texts channels = press_levels(p, "activity.share", "", "channel");
    struct column *columns = NEWS(p->a, channels.count + 1, struct column);
    for (size_t i = 0; i < channels.count; i++)
        columns[i] = (struct column){.indicator = "activity.share",
                                     .head = press_level_name(p, "channel", channels.at[i]),
                                     .by = "channel",
                                     .level = channels.at[i]};
    columns[channels.count] = (struct column){.indicator = "activity.contacts"};
    if (!channels.count)
        return NULL;
    struct table *t =
        press_grid(p, REGION_TOTAL, NO_TITLE, rows, count, columns, channels.count + 1, GRID_TOTAL);
    if (t)
        table_note(p->a, t,
                   (struct text)TEXT("Shares of contacts whose channel is known.",
                                     "Parts des contacts dont le mode est connu."));
    return t;
}

struct table *table_channels_region(struct press *p, uint16_t region)
{
    struct texts channels = press_levels(p, "activity.share", "", "channel");
    const struct column columns[] = {
        {.indicator = "activity.contacts"},
        {.indicator = "activity.share", .head = press_region_name(p, region)},
        {.indicator = "activity.share", .show = show_interval, .head = head_interval},
        {.indicator = "activity.share",
         .head = press_region_name(p, REGION_TOTAL),
         .region = COLUMN_WHOLE},
    };
    struct table *t = press_grid(p, region, NO_TITLE, level_rows(p, "channel", channels, region),
                                 channels.count, columns, COUNT(columns), GRID_PRUNED);
    press_first_head(t, (struct text)TEXT("Channel", "Mode"));
    return t;
}

// ---- the other groups: segments, services, languages

static struct table *contacts(struct press *p, uint16_t region)
{
    struct texts all = press_breakdowns(p, "activity.share", "");
    VEC(struct row) rows = {0};
    for (size_t i = 0; i < all.count; i++) {
        struct texts levels = press_levels(p, "activity.share", "", all.at[i]);
        struct row *some = level_rows(p, all.at[i], levels, region);
        struct text name = press_breakdown_name(p, all.at[i]);
        for (size_t k = 0; k < levels.count && strcmp(all.at[i], "channel") != 0; k++) {
            some[k].head =
                SAY(p->a, ((struct text)TEXT("%1: %2", "%1" NBSP ": %2")), name, some[k].head);
            vec_push(&rows, some[k]);
        }
    }
    const struct column columns[] = {
        {.indicator = "activity.contacts"},
        {.indicator = "activity.share"},
        {.indicator = "activity.share", .show = show_interval, .head = head_interval},
    };
    struct table *t =
        press_grid(p, region, NO_TITLE, rows.at, rows.len, columns, COUNT(columns), GRID_PRUNED);
    press_first_head(t, (struct text)TEXT("Group", "Groupe"));
    vec_free(&rows);
    return t;
}

struct table *table_contacts_whole(struct press *p)
{
    return contacts(p, REGION_TOTAL);
}

struct table *table_contacts_region(struct press *p, uint16_t region)
{
    return contacts(p, region);
}

// ---- waits

struct table *table_waits_whole(struct press *p)
{
    size_t count;
    struct row *rows = press_region_rows(p, (struct key){0}, &count);
    const struct column columns[] = {
        {.indicator = "activity.wait_mean"},
        {.indicator = "activity.wait_mean", .show = show_interval, .head = head_interval},
        {.indicator = "activity.wait_median"},
        {.indicator = "activity.wait_p90"},
        {.indicator = "activity.wait_mean",
         .show = show_n,
         .head = TEXT("Contacts with a wait", "Contacts avec attente notée")},
        {.indicator = "activity.handle_mean"},
    };
    return press_grid(p, REGION_TOTAL, NO_TITLE, rows, count, columns, COUNT(columns), GRID_TOTAL);
}

struct table *table_waits_region(struct press *p, uint16_t region)
{
    struct texts channels = press_levels(p, "activity.wait_median", "", "channel");
    struct row *rows = level_rows(p, "channel", channels, region);
    rows[channels.count] = (struct row){press_region_name(p, region), {.region = region}};
    const struct column columns[] = {
        {.indicator = "activity.wait_median"},
        {.indicator = "activity.wait_p90"},
        {.indicator = "activity.wait_mean"},
        {.indicator = "activity.wait_mean", .show = show_n, .head = head_n},
    };
    struct table *t = press_grid(p, region, NO_TITLE, rows, channels.count + 1, columns,
                                 COUNT(columns), GRID_PRUNED | GRID_TOTAL);
    press_first_head(t, (struct text)TEXT("Channel", "Mode"));
    return t;
}

struct table *table_wait_standards_whole(struct press *p)
{
    size_t count;
    struct row *rows = press_region_rows(p, (struct key){0}, &count);
    struct texts items = press_items(p, "activity.within_standard");
    struct column *columns = NEWS(p->a, 2 * items.count + 1, struct column);
    for (size_t i = 0; i < items.count; i++) {
        columns[2 * i] = (struct column){.indicator = "activity.within_standard",
                                         .head = press_item_name(p, items.at[i]),
                                         .item = items.at[i]};
        columns[2 * i + 1] = (struct column){.indicator = "activity.within_standard",
                                             .show = show_interval,
                                             .head = head_interval,
                                             .item = items.at[i]};
    }
    return press_grid(p, REGION_TOTAL, NO_TITLE, rows, count, columns, 2 * items.count, GRID_TOTAL);
}

struct table *table_wait_standards_region(struct press *p, uint16_t region)
{
    struct texts items = press_items(p, "activity.within_standard");
    const struct column columns[] = {
        {.indicator = "activity.within_standard"},
        {.indicator = "activity.within_standard", .show = show_interval, .head = head_interval},
        {.indicator = "activity.within_standard", .show = show_n, .head = head_n},
        {.indicator = "activity.standard_met", .show = show_verdict},
    };
    struct table *t = press_grid(p, region, NO_TITLE, press_item_rows(p, items, region),
                                 items.count, columns, COUNT(columns), GRID_PRUNED);
    press_first_head(t, (struct text)TEXT("Standard", "Norme"));
    return t;
}

// ---- calls

struct table *table_calls_whole(struct press *p)
{
    size_t count;
    struct row *rows = press_region_rows(p, (struct key){0}, &count);
    const struct column columns[] = {
        {.indicator = "activity.offered"},     {.indicator = "activity.handled"},
        {.indicator = "activity.abandoned"},   {.indicator = "activity.abandonment"},
        {.indicator = "activity.unaccounted"}, {.indicator = "activity.service_level"},
        {.indicator = "activity.answer_time"},
    };
    struct table *t =
        press_grid(p, REGION_TOTAL, NO_TITLE, rows, count, columns, COUNT(columns), GRID_TOTAL);
    if (t)
        table_note(p->a, t,
                   (struct text)TEXT("Unaccounted for: calls offered less those handled and those "
                                     "abandoned.",
                                     "Non expliqués" NBSP ": appels reçus moins appels traités et "
                                     "appels abandonnés."));
    return t;
}
