// SPDX-License-Identifier: GPL-3.0-or-later
// The columns each kind of input may have, under their canonical names.
#include "engine/study/study.h"

enum { MOST_ROLES = 32 };

// In the order of the manual; the empty rest of a row ends it.
static const char *const roles[INPUT_KIND_COUNT][MOST_ROLES] = {
    [INPUT_SURVEY] = {"region", "period", "weight", "stratum", "cluster", "fpc", "respondent",
                      "channel"},
    [INPUT_EVENTS] = {"region",   "time",       "channel",     "client",  "segment",
                      "service",  "core",       "wait",        "handle",  "resolved",
                      "referred", "fee",        "language",    "case",    "cost",
                      "partner",  "follow_due", "follow_done", "consent", "contact"},
    [INPUT_COUNTS] = {"region", "time", "channel", "offered", "handled", "abandoned", "answer_s",
                      "within_pct", "visits"},
    [INPUT_SERVICES] = {"service", "region", "period", "sector", "level", "reached", "stage_now",
                        "stage_target", "kind", "applications", "online", "enquiries", "visits",
                        "scope"},
    [INPUT_STANDARDS] = {"standard", "service", "region", "period", "target", "met", "total",
                         "type", "channel"},
    [INPUT_POPULATION] = {"region", "period", "stratum", "count"},
    [INPUT_TARGETS] = {"indicator", "item", "region", "period", "by", "level", "target", "kind",
                       "mode", "base", "scale"},
    [INPUT_BENCHMARKS] = {"group", "indicator", "item", "value", "n", "mode", "period",
                          "organisation", "organisations", "response_rate", "collected_on",
                          "public"},
    [INPUT_PLAN] = {"recommendation", "action", "owner", "due", "revised", "status", "done",
                    "region"},
    [INPUT_LEDGER] = {"measure", "region", "period", "numerator", "denominator"},
    [INPUT_SCORES] = {"region", "period", "measure", "value"},
    [INPUT_MARGINS] = {"region", "variable", "level", "count"},
};

const char *const *input_roles(enum input_kind kind)
{
    return roles[kind];
}

static struct texts canonical(const struct input *in, const char *role)
{
    for (const char *const *r = roles[in->kind]; *r; r++)
        if (strcmp(*r, role) == 0)
            return (struct texts){r, 1};
    return (struct texts){0};
}

struct texts input_column(const struct input *in, const char *role, int stage)
{
    for (size_t i = 0; i < in->column_count; i++)
        if (in->columns[i].stage == stage && strcmp(in->columns[i].role, role) == 0)
            return in->columns[i].names;
    if (in->columns_declared || stage > 1)
        return (struct texts){0};
    return canonical(in, role);
}
