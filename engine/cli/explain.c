// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cli/explain.h"

#include "engine/base/utf8.h"

static const char *rule_of(const struct estimate *e)
{
    switch (e->status) {
    case EST_SUPPRESSED:
        return "its base is below the minimum of the study (suppress: min_n)";
    case EST_SECONDARY:
        return "it could give away a withheld row of the same table (suppress: complementary)";
    case EST_UNRELIABLE:
        return "it is too uncertain to be used (suppress: rule)";
    default:
        return NULL;
    }
}

// indicator/item, region, period, by = level: RULE; table: item by region × level
static void explain_one(struct buf *line, const struct results *r, const struct estimate *e,
                        const char *rule)
{
    char period[PERIOD_TEXT];
    buf_clear(line);
    buf_print(line, "%s%s%s, %s, %s", e->indicator->label.id, *e->item ? "/" : "", e->item,
              places_region_id(r->places, e->region), period_text(e->period, period));
    if (*e->by)
        buf_print(line, ", %s = %s", e->by, e->level);
    buf_print(line, ": %s; table: %s by region%s%s", rule, *e->item ? e->item : "all rows",
              *e->by ? " and " : "", e->by);
}

void explain_withheld(const struct results *r, FILE *out)
{
    struct buf line = {0}, safe = {0};
    for (size_t i = 0; i < r->estimates.len; i++) {
        const struct estimate *e = &r->estimates.at[i];
        const char *rule = rule_of(e);
        if (!e->reported || !rule)
            continue;
        explain_one(&line, r, e, rule);
        buf_clear(&safe);
        utf8_escape(&safe, buf_view(&line), false);
        buf_char(&safe, '\n');
        fwrite(safe.ptr, 1, safe.len, out);
    }
    buf_free(&line);
    buf_free(&safe);
}
