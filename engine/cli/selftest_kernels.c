// SPDX-License-Identifier: GPL-3.0-or-later
// Reference values that have no study of their own: the NCHS standards for shares, adjusted
// p-values, ranks and weights of service maturity.
#include "engine/cli/selftest.h"
#include "engine/stats/adjust.h"
#include "engine/stats/prop.h"
#include "engine/stats/rank.h"
#include "metrics/models.h"

#include <stdio.h>

// ---- effective n, Korn–Graubard limits, verdict

struct nchs_case {
    int n, x;
    double deff;
    int df;
    const char *effective_n, *low, *high; // to twelve decimals
    const char *shown;                    // 1, 0
};
static const struct nchs_case nchs_cases[] = {
    {29, 15, 1, 28, "29.000000000000", "0.325314996361", "0.705514417048", "0"},
    {30, 15, 1, 29, "30.000000000000", "0.312970285868", "0.687029714132", "0"},
    {44, 22, 1, 43, "44.000000000000", "0.345611573497", "0.654388426503", "0"},
    {45, 22, 1, 44, "45.000000000000", "0.337033748393", "0.642259614330", "0"},
    {100, 50, 1, 99, "100.000000000000", "0.398321129503", "0.601678870497", "1"},
    {100, 50, 2, 60, "49.199307659159", "0.354085241991", "0.645914758009", "1"},
    {100, 50, 4, 60, "24.599653829580", "0.293746025363", "0.706253974637", "0"},
    {100, 3, 1, 99, "100.000000000000", "0.006229971538", "0.085176052974", "0"},
    {100, 10, 1, 99, "100.000000000000", "0.049004689221", "0.176222597740", "1"},
    {100, 97, 1, 99, "100.000000000000", "0.914823947026", "0.993770028462", "1"},
    {500, 5, 1, 499, "500.000000000000", "0.003254721407", "0.023181388070", "1"},
    {500, 10, 1.5, 300, "332.259072654095", "0.007842247722", "0.041501206465", "1"},
    {500, 490, 1.5, 300, "332.259072654095", "0.958498793535", "0.992157752278", "1"},
    {1000, 2, 1, 999, "1000.000000000000", "0.000242301117", "0.007205838911", "1"},
    {1000, 0, 1, 999, "1000.000000000000", "0.000000000000", "0.003682083897", "1"},
    {1000, 1000, 1, 999, "1000.000000000000", "0.996317916103", "1.000000000000", "1"},
    {35, 0, 1, 34, "35.000000000000", "0.000000000000", "0.100032435572", "1"},
    {28, 28, 1, 27, "28.000000000000", "0.876563881500", "1.000000000000", "0"},
    {200, 100, 1, 7, "139.091438063518", "0.414104559854", "0.585895440146", "1"},
    {200, 100, 1, 8, "146.252908850775", "0.416281508008", "0.583718491992", "1"},
    {2000, 1000, 1.2, 50, "1588.919035455376", "0.475119781605", "0.524880218395", "1"},
    {2000, 60, 3, 50, "635.567614182150", "0.018174756500", "0.046418586432", "1"},
    {60, 30, 1.9, 55, "31.482917835382", "0.317400362264", "0.682599637736", "0"},
    {60, 30, 2.1, 55, "28.484544708203", "0.308105388780", "0.691894611220", "0"},
    {62, 31, 2, 3, "12.238720732372", "0.213468073422", "0.786531926578", "0"},
    {1600, 800, 1, 1599, "1600.000000000000", "0.475207039289", "0.524792960711", "1"},
    {1500, 750, 1, 1499, "1500.000000000000", "0.474384689604", "0.525615310396", "1"},
};

static void nchs(struct selftest *t, const struct nchs_case *c)
{
    static const char source[] = "NCHS Vital Health Stat. 2(175)";
    double p = (double)c->x / c->n, v = c->deff * p * (1 - p) / c->n;
    struct prop_nchs got = prop_nchs(p, v, c->n, c->df);
    char name[96];
    int len =
        snprintf(name, sizeof name, "NCHS: %d of %d, deff %g, df %d, ", c->x, c->n, c->deff, c->df);
    struct {
        const char *what, *wanted;
        double digits, got;
    } rows[] = {
        {"effective n", c->effective_n, 13, got.effective_n},
        {"low", c->low, SELFTEST_ROUNDED, got.limits.low},
        {"high", c->high, SELFTEST_ROUNDED, got.limits.high},
        {"shown", c->shown, SELFTEST_ROUNDED, !got.withheld},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        snprintf(name + len, sizeof name - (size_t)len, "%s", rows[i].what);
        selftest_tell(t, name, rows[i].wanted, rows[i].digits, rows[i].got, source);
    }
}

// ---- adjusted p-values

struct adjust_case {
    enum adjustment method;
    const char *name;
    double p[5];
    const char *wanted[5];
};
static const struct adjust_case adjust_cases[] = {
    {ADJUSTMENT_HOLM, "Holm", {.01, .02, .03, .04, .05}, {"0.05", "0.08", "0.09", "0.09", "0.09"}},
    {ADJUSTMENT_BH,
     "Benjamini-Hochberg",
     {.01, .02, .03, .04, .05},
     {"0.05", "0.05", "0.05", "0.05", "0.05"}},
    {ADJUSTMENT_BONFERRONI,
     "Bonferroni",
     {.01, .02, .03, .04, .05},
     {"0.05", "0.1", "0.15", "0.2", "0.25"}},
};

static void adjusted(struct selftest *t, const struct adjust_case *c)
{
    double got[5];
    char name[96];
    adjust_p(c->method, c->p, 5, got);
    for (size_t i = 0; i < 5; i++) {
        snprintf(name, sizeof name, "%s: p = %g of .01 .02 .03 .04 .05", c->name, c->p[i]);
        selftest_tell(t, name, c->wanted[i], 14, got[i], "R p.adjust");
    }
}

// ---- service maturity: published scores, ranks and groups

struct country {
    const char *name;
    double overall;
    const char *rank;
};
static const struct country countries[] = {
    {"Canada", 80, "1"},         {"Singapore", 67, "2"}, {"United States", 67, "2"},
    {"Australia", 58, "4"},      {"Denmark", 58, "4"},   {"Finland", 58, "4"},
    {"Sweden", 58, "4"},         {"France", 57, "8"},    {"Netherlands", 55, "9"},
    {"United Kingdom", 55, "9"}, {"Belgium", 51, "11"},  {"Ireland", 51, "11"},
    {"Japan", 51, "11"},
};
enum { COUNTRIES = sizeof countries / sizeof *countries };

static void maturity(struct selftest *t)
{
    double score[COUNTRIES], rank[COUNTRIES];
    char name[96];
    for (size_t i = 0; i < COUNTRIES; i++)
        score[i] = countries[i].overall;
    rank_competition(score, COUNTRIES, true, rank);
    for (size_t i = 0; i < COUNTRIES; i++) {
        snprintf(name, sizeof name, "maturity: rank of %s, 2004", countries[i].name);
        selftest_tell(t, name, countries[i].rank, SELFTEST_ROUNDED, rank[i],
                      "Accenture 2004, as the press gave it");
    }
    // breadth 91, depth 62, customer service 39
    const struct model *m = model_find("accenture-2005");
    double overall =
        (model_weight(m, MEASURE_MATURITY) * 91 * 62 / 100 + model_weight(m, MEASURE_CSM) * 39) /
        100;
    selftest_tell(t, "maturity: overall score of all countries, 2005", "48", SELFTEST_ROUNDED,
                  overall, "Accenture 2005, as the press gave it");
    const struct model_group *group;
    selftest_tell(t, "maturity: group of Canada, 2002, from the top", "1", SELFTEST_ROUNDED,
                  model_group(model_find("accenture-2002"), 60, &group),
                  "Accenture 2002, as the press gave it");
}

void selftest_kernels(struct selftest *t)
{
    for (size_t i = 0; i < sizeof nchs_cases / sizeof *nchs_cases; i++)
        nchs(t, &nchs_cases[i]);
    for (size_t i = 0; i < sizeof adjust_cases / sizeof *adjust_cases; i++)
        adjusted(t, &adjust_cases[i]);
    maturity(t);
}
