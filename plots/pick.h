// SPDX-License-Identifier: GPL-3.0-or-later
// What charts take from the results, and how it is called in the chart's language. Every estimate
// that a chart shows goes through pick(), so that its symbol is explained under the title.
#pragma once
#include "engine/report/fmt.h"
#include "plots/chart.h"

// The one of two texts in the language of the plot.
const char *in(const struct plot *p, const char *english, const char *french);

const struct survey *pick_survey(const struct plot *p); // the first, NULL = none
const struct item *pick_overall(const struct plot *p);  // role overall, else the first bounded item
// It has a best and a worst answer, and is about the service: what clients say of themselves,
// before and after, is a change to be shown as such.
bool pick_bounded(const struct item *item);
bool pick_bounded_id(const struct plot *p, const char *id); // of the same survey

// An estimate of the plot's period; NULL when there is none. Marks its status as seen.
const struct estimate *pick(struct plot *p, const char *indicator, const char *item,
                            uint16_t region, const char *by, const char *level);
const struct estimate *pick_at(struct plot *p, const char *indicator, const char *item,
                               uint16_t region, struct period period, const char *by,
                               const char *level);
// The same for a part whose value may go unprinted: an E is then for the caller to mark as seen.
const struct estimate *pick_part(struct plot *p, const char *indicator, uint16_t region,
                                 const char *item, struct period period, const char *by,
                                 const char *level);
bool pick_has(const struct plot *p, const char *indicator); // any estimate of it
bool has_value(const struct estimate *e);
const char *symbol_of(const struct estimate *e); // "..": no estimate; "" = none

// All keys of an indicator that the plot's results hold, in the order of the results.
struct keys {
    VEC(const char *) at;
};
struct keys pick_items(const struct plot *p, const char *indicator); // with by empty; "" left out
struct keys pick_levels(const struct plot *p, const char *indicator, const char *by);
struct keys pick_breakdowns(const struct plot *p, const char *indicator);
void keys_free(struct keys *k);
// The quarters for which an indicator has rows without breakdown, from the first to the last
// without gaps; years where there are no quarters.
struct periods {
    VEC(struct period) at;
};
struct periods pick_series(const struct plot *p, const char *indicator, const char *item);

size_t region_count(const struct plot *p);
const char *region_name(const struct plot *p, uint16_t region); // REGION_TOTAL: the whole
const char *item_name(const struct plot *p, const char *item);
const char *breakdown_name(const struct plot *p, const char *by);
const char *answer_name(const struct plot *p, const struct item *item, const char *code);
const char *indicator_name(const struct plot *p, const char *id);
const char *period_name(const struct plot *p, struct period period);
const char *plot_place(const struct plot *p); // name of the plot's region

// Numbers as this chart's readers see them.
const char *number(const struct plot *p, double value, int decimals);
const char *count_text(const struct plot *p, double n); // ".." when not finite
// The value, or in words why there is none: for texts that are heard.
const char *value_words(const struct plot *p, const struct estimate *e);
const char *value_text(const struct plot *p,
                       const struct estimate *e); // with E, p, r raised as letters
const char *percent_text(const struct plot *p, double value, int decimals);
struct fmt_form form_of(const struct estimate *e);
const char *with_form(const struct plot *p, double value, struct fmt_form form);
const char *interval_text(const struct plot *p, const struct estimate *e);
