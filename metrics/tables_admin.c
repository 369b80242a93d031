// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of service maturity and of service standards.
#include "metrics/press.h"

#include <math.h>

// ---- service maturity

// The group a region is in, by name.
static struct table_cell show_group(struct press *p, const struct column *c, struct key k)
{
    const struct row_range rows = results_rows(p->r, c->indicator);
    for (size_t i = rows.from; i < rows.to; i++) {
        const struct estimate *e = &p->r->estimates.at[i];
        if (strcmp(e->indicator->label.id, c->indicator) != 0 || e->region != k.region ||
            strcmp(e->item, k.item) != 0 || !period_same(e->period, k.period))
            continue;
        struct table_cell cell = cell_value(e);
        return cell.is == IS_NUMBER && *e->level
                   ? cell_label(press_level_name(p, "group", e->level))
                   : cell;
    }
    return cell_absent("..");
}

// A rank has its interval, from raising or lowering one service by one step.
static const struct text rank_interval = TEXT("Rank, interval", "Rang, intervalle");

struct table *table_maturity_whole(struct press *p)
{
    size_t count;
    struct row *rows = press_region_rows(p, (struct key){0}, &count);
    const struct column columns[] = {
        {.indicator = "egov.services"},
        {.indicator = "egov.online"},
        {.indicator = "egov.breadth"},
        {.indicator = "egov.depth"},
        {.indicator = "egov.service_maturity"},
        {.indicator = "egov.crm"},
        {.indicator = "egov.csm"},
        {.indicator = "egov.voice"},
        {.indicator = "egov.overall"},
        {.indicator = "egov.group", .show = show_group},
        {.indicator = "egov.rank"},
        {.indicator = "egov.rank", .show = show_interval, .head = rank_interval},
    };
    struct table *t =
        press_grid(p, REGION_TOTAL, NO_TITLE, rows, count, columns, COUNT(columns), GRID_TOTAL);
    if (t)
        table_note(p->a, t,
                   (struct text)TEXT("Complete record of the services: no sampling error.",
                                     "Relevé complet des services" NBSP
                                     ": aucune erreur d'échantillonnage."));
    return t;
}

// Sectors, and the region as a whole below them.
struct table *table_maturity_region(struct press *p, uint16_t region)
{
    struct texts sectors = press_levels(p, "egov.breadth", "", "sector");
    struct row *rows = NEWS(p->a, sectors.count + 1, struct row);
    for (size_t i = 0; i < sectors.count; i++)
        rows[i] = (struct row){press_level_name(p, "sector", sectors.at[i]),
                               {.by = "sector", .level = sectors.at[i], .region = region}};
    rows[sectors.count] = (struct row){press_region_name(p, region), {.region = region}};
    const struct column columns[] = {
        {.indicator = "egov.services"},         {.indicator = "egov.online"},
        {.indicator = "egov.breadth"},          {.indicator = "egov.depth"},
        {.indicator = "egov.service_maturity"},
    };
    struct table *t = press_grid(p, region, NO_TITLE, rows, sectors.count + 1, columns,
                                 COUNT(columns), GRID_PRUNED | GRID_TOTAL);
    press_first_head(t, (struct text)TEXT("Sector", "Secteur"));
    return t;
}

struct table *table_services_region(struct press *p, uint16_t region)
{
    struct texts services = press_items(p, "egov.contribution");
    const struct column columns[] = {
        {.indicator = "egov.contribution"},
        {.indicator = "egov.step_gain"},
        {.indicator = "egov.gain"},
    };
    struct table *t = press_grid(p, region, NO_TITLE, press_item_rows(p, services, region),
                                 services.count, columns, COUNT(columns), GRID_PRUNED);
    press_first_head(t, (struct text)TEXT("Service", "Service"));
    return t;
}

// ---- service standards

// The target, as the performance and the distance to it say.
static struct table_cell show_target(struct press *p, const struct column *c, struct key k)
{
    k.indicator = "standards.performance";
    struct table_cell performance = show_value(p, c, k);
    k.indicator = "standards.gap";
    struct table_cell gap = show_value(p, c, k);
    if (performance.is != IS_NUMBER || gap.is != IS_NUMBER)
        return gap.is == IS_NUMBER ? performance : gap;
    gap.number = performance.number - gap.number;
    gap.percent = true;
    gap.symbol = "";
    return gap;
}

static struct table_cell show_distance(struct press *p, const struct column *c, struct key k)
{
    struct table_cell cell = show_value(p, c, k);
    cell.signed_number = true;
    return cell;
}

static struct table *list_of_standards(struct press *p, uint16_t region)
{
    struct texts items = press_items(p, "standards.performance");
    const struct column columns[] = {
        {.indicator = "standards.performance"},
        {.indicator = "standards.gap", .show = show_target, .head = TEXT("Target", "Cible")},
        {.indicator = "standards.gap", .show = show_distance},
        {.indicator = "standards.met", .show = show_verdict},
        {.indicator = "standards.performance",
         .show = show_denominator,
         .head = TEXT("Volume", "Volume")},
    };
    struct table *t = press_grid(p, region, NO_TITLE, press_item_rows(p, items, region),
                                 items.count, columns, COUNT(columns), GRID_PRUNED);
    press_first_head(t, (struct text)TEXT("Standard", "Norme"));
    return t;
}

struct table *table_standards_whole(struct press *p)
{
    size_t count;
    struct row *rows = press_region_rows(p, (struct key){0}, &count);
    const struct column columns[] = {
        {.indicator = "standards.count"},
        {.indicator = "standards.met",
         .show = show_denominator,
         .head = TEXT("Assessed", "Évaluées")},
        {.indicator = "standards.met", .show = show_numerator, .head = TEXT("Met", "Respectées")},
        {.indicator = "standards.met", .head = TEXT("Share met", "Part des normes respectées")},
        {.indicator = "standards.performance",
         .head = TEXT("Performance, pooled by volume", "Rendement, pondéré par le volume")},
        {.indicator = "standards.volume"},
    };
    return press_grid(p, REGION_TOTAL, NO_TITLE, rows, count, columns, COUNT(columns), GRID_TOTAL);
}

struct table *table_standards_region(struct press *p, uint16_t region)
{
    return list_of_standards(p, region);
}

// Where there are no regions, the standards one by one stand in the part of the whole.
struct table *table_standard_list_whole(struct press *p)
{
    return p->places->region_count ? NULL : list_of_standards(p, REGION_TOTAL);
}
