// SPDX-License-Identifier: GPL-3.0-or-later
// Figures that others published, from the inputs that they published: client surveys, service
// standards, call centres, service maturity. Most were printed rounded.
#include "engine/cli/selftest.h"

// clang-format off
#define HEAD \
    "etalon: 1\n" \
    "id: selftest\n" \
    "title: selftest\n" \
    "suppress: {min_n: 1, rule: none, complementary: false}\n"
#define R SELFTEST_ROUNDED

// ---- Common Measurements Tool: percents at each point, as rows with weights; what is missing to
// 100 in 2010-11 and 2011-12 were replies without a score

static const char points[] = HEAD
    "surveys:\n"
    "  - id: s\n"
    "    files: [data.csv]\n"
    "    columns: {region: region, weight: weight}\n"
    "    missing: {dont_know: [\"8\"]}\n"
    "    items:\n"
    "      - {id: q, column: q, scale: satisfaction}\n";

static const char *const distributions[] = {
    "region,weight,q\nSC2006,55,5\nSC2006,29,4\nSC2006,9,3\nSC2006,3,2\nSC2006,3,1\n"
    "CTA2012,52.3,5\nCTA2012,24.3,4\nCTA2012,7,3\nCTA2012,4,2\nCTA2012,12,1\nCTA2012,0.4,8\nCTA2011,41,5\n"
    "CTA2011,24,4\nCTA2011,13,3\nCTA2011,7,2\nCTA2011,13,1\nCTA2011,2,8\nCTA2010,44,5\nCTA2010,21,4\n"
    "CTA2010,8,3\nCTA2010,7,2\nCTA2010,6,1\nCTA2010,14,8\nFC-courtesy,49.9,5\n"
    "FC-courtesy,33.3,4\nFC-courtesy,11.2,3\nFC-courtesy,2.8,2\nFC-courtesy,2.2,1\n"
    "FC-courtesy,0.6,8\nFC-valued,37.2,5\nFC-valued,35.4,4\nFC-valued,17.9,3\n"
    "FC-valued,5.1,2\nFC-valued,3.0,1\nFC-valued,1.4,8\nFC-willingness,41.7,5\n"
    "FC-willingness,32.0,4\nFC-willingness,14.9,3\nFC-willingness,4.4,2\n"
    "FC-willingness,3.6,1\nFC-willingness,3.4,8\nFC-promptness,38.5,5\nFC-promptness,29.7,4\n"
    "FC-promptness,18.2,3\nFC-promptness,4.9,2\nFC-promptness,3.8,1\nFC-promptness,5.6,8\n"
    "FC-knowledge,39.2,5\nFC-knowledge,35.8,4\nFC-knowledge,14.8,3\nFC-knowledge,3.2,2\n"
    "FC-knowledge,3.7,1\nFC-knowledge,3.3,8\nFC-professionalism,43.0,5\n"
    "FC-professionalism,35.9,4\nFC-professionalism,13.3,3\nFC-professionalism,3.1,2\n"
    "FC-professionalism,2.9,1\nFC-professionalism,1.8,8\nFC-accuracy,35.2,5\n"
    "FC-accuracy,34.6,4\nFC-accuracy,17.3,3\nFC-accuracy,3.1,2\nFC-accuracy,3.8,1\n"
    "FC-accuracy,6.1,8\n",
    NULL};
static const struct selftest_expect distributions_wanted[] = {
    {ESTIMATES, "cmt.index_2dp,q,SC2006,all", "value", "82.75", R},
    {ESTIMATES, "cmt.index,q,SC2006,all", "value", "82.8283", R},
    {ESTIMATES, "cmt.top2_all,q,CTA2012,all", "value", "76.6", R},
    {ESTIMATES, "cmt.top2,q,CTA2012,all", "value", "76.9076", R},
    {ESTIMATES, "cmt.top2_all,q,CTA2011,all", "value", "65", R},
    {ESTIMATES, "cmt.top2,q,CTA2011,all", "value", "66.3265", R},
    {ESTIMATES, "cmt.top2_all,q,CTA2010,all", "value", "65", R},
    {ESTIMATES, "cmt.top2,q,CTA2010,all", "value", "75.5814", R},
    {ESTIMATES, "cmt.index,q,CTA2012,all", "value", "75.3263", R},
    {ESTIMATES, "cmt.index,q,CTA2011,all", "value", "68.6224", R},
    {ESTIMATES, "cmt.index,q,CTA2010,all", "value", "76.1628", R},
    {ESTIMATES, "cmt.index,q,FC-valued,all", "value", "75", R},
    {ESTIMATES, "cmt.index,q,FC-willingness,all", "value", "77", R},
    {ESTIMATES, "cmt.index,q,FC-promptness,all", "value", "75", R},
    {ESTIMATES, "cmt.index,q,FC-knowledge,all", "value", "77", R},
    {ESTIMATES, "cmt.index,q,FC-professionalism,all", "value", "79", R},
    {ESTIMATES, "cmt.index,q,FC-accuracy,all", "value", "75", R},
};

// ---- counts of seven questions to 2,831 passengers, 2017

static const char counts[] = HEAD
    "surveys:\n"
    "  - id: s\n"
    "    files: [data.csv]\n"
    "    items:\n"
    "      - {id: Q7ALL, column: Q7ALL, scale: satisfaction}\n"
    "      - {id: Q7SIGN, column: Q7SIGN, scale: satisfaction}\n"
    "      - {id: Q7SCREENS, column: Q7SCREENS, scale: satisfaction}\n"
    "      - {id: Q7WIFI, column: Q7WIFI, scale: satisfaction}\n"
    "      - {id: Q9ALL, column: Q9ALL, scale: satisfaction}\n"
    "      - {id: Q14FIND, column: Q14FIND, scale: satisfaction}\n"
    "      - {id: Q14PASSTHRU, column: Q14PASSTHRU, scale: satisfaction}\n";

static void passengers(struct buf *out, int64_t base, int asked)
{
    static const int answers[][5] = {
        {6, 32, 444, 1507, 699},
        {19, 78, 478, 1199, 929},
        {14, 57, 501, 1124, 963},
        {50, 105, 390, 676, 921},
        {1, 11, 388, 1168, 1168},
        {16, 40, 337, 716, 1574},
        {34, 58, 341, 676, 1298},
    };
    buf_text(out, "Q7ALL,Q7SIGN,Q7SCREENS,Q7WIFI,Q9ALL,Q14FIND,Q14PASSTHRU\n");
    for (int64_t row = base; row < asked; row++)
        for (size_t item = 0; item < 7; item++) {
            int64_t left = row;
            int point = 0;
            while (point < 5 && left >= answers[item][point])
                left -= answers[item][point++];
            if (point < 5)
                buf_print(out, "%d", point + 1);
            buf_text(out, item < 6 ? "," : "\n");
        }
}

static const struct selftest_expect counts_wanted[] = {
    {ESTIMATES, "survey.mean,Q7ALL,ALL,all", "value", "4.064360119047619", 12},
    {ESTIMATES, "survey.sd,Q7ALL,ALL,all", "value", "0.6992647793472545", 12},
    {ESTIMATES, "cmt.index,Q7ALL,ALL,all", "value", "76.60900297619047", 12},
    {ESTIMATES, "cmt.top2,Q7ALL,ALL,all", "value", "82.06845238095238", 12},
    {ESTIMATES, "survey.response,Q7ALL,ALL,all", "value", "94.94878134934652", 12},
    {ESTIMATES, "survey.mean,Q7SIGN,ALL,all", "value", "4.088050314465409", 12},
    {ESTIMATES, "survey.sd,Q7SIGN,ALL,all", "value", "0.8317007503327642", 12},
    {ESTIMATES, "cmt.index,Q7SIGN,ALL,all", "value", "77.20125786163523", 12},
    {ESTIMATES, "cmt.top2,Q7SIGN,ALL,all", "value", "78.72733999260082", 12},
    {ESTIMATES, "survey.response,Q7SIGN,ALL,all", "value", "95.47862945955492", 12},
    {ESTIMATES, "survey.mean,Q7SCREENS,ALL,all", "value", "4.1150808574652125", 12},
    {ESTIMATES, "survey.sd,Q7SCREENS,ALL,all", "value", "0.818977609989599", 12},
    {ESTIMATES, "cmt.index,Q7SCREENS,ALL,all", "value", "77.87702143663032", 12},
    {ESTIMATES, "cmt.top2,Q7SCREENS,ALL,all", "value", "78.48815344114328", 12},
    {ESTIMATES, "survey.response,Q7SCREENS,ALL,all", "value", "93.92440833627694", 12},
    {ESTIMATES, "survey.mean,Q7WIFI,ALL,all", "value", "4.079831932773109", 12},
    {ESTIMATES, "survey.sd,Q7WIFI,ALL,all", "value", "1.0061345557510746", 12},
    {ESTIMATES, "cmt.index,Q7WIFI,ALL,all", "value", "76.99579831932772", 12},
    {ESTIMATES, "cmt.top2,Q7WIFI,ALL,all", "value", "74.55648926237161", 12},
    {ESTIMATES, "survey.response,Q7WIFI,ALL,all", "value", "75.66231013776051", 12},
    {ESTIMATES, "survey.mean,Q9ALL,ALL,all", "value", "4.275950292397661", 12},
    {ESTIMATES, "survey.sd,Q9ALL,ALL,all", "value", "0.7156279837014391", 12},
    {ESTIMATES, "cmt.index,Q9ALL,ALL,all", "value", "81.89875730994152", 12},
    {ESTIMATES, "cmt.top2,Q9ALL,ALL,all", "value", "85.38011695906432", 12},
    {ESTIMATES, "survey.response,Q9ALL,ALL,all", "value", "96.64429530201342", 12},
    {ESTIMATES, "survey.mean,Q14FIND,ALL,all", "value", "4.413343272456205", 12},
    {ESTIMATES, "survey.sd,Q14FIND,ALL,all", "value", "0.8092958961001036", 12},
    {ESTIMATES, "cmt.index,Q14FIND,ALL,all", "value", "85.33358181140514", 12},
    {ESTIMATES, "cmt.top2,Q14FIND,ALL,all", "value", "85.3522176667909", 12},
    {ESTIMATES, "survey.response,Q14FIND,ALL,all", "value", "94.77216531261038", 12},
    {ESTIMATES, "survey.mean,Q14PASSTHRU,ALL,all", "value", "4.30702118820108", 12},
    {ESTIMATES, "survey.sd,Q14PASSTHRU,ALL,all", "value", "0.900288893764567", 12},
    {ESTIMATES, "cmt.index,Q14PASSTHRU,ALL,all", "value", "82.675529705027", 12},
    {ESTIMATES, "cmt.top2,Q14PASSTHRU,ALL,all", "value", "82.01080182800166", 12},
    {ESTIMATES, "survey.response,Q14PASSTHRU,ALL,all", "value", "85.0229600847757", 12},
};

// ---- margins of error that polls printed: regions of as many respondents

static void polls(struct buf *out, int64_t base, int rows)
{
    static const int sizes[] = {1307, 1415, 944, 326, 545, 371};
    buf_text(out, "region,q\n");
    for (int64_t i = base; i < rows; i++)
        for (int k = 0; k < sizes[i]; k++)
            buf_print(out, "n%d,%d\n", sizes[i], 1 + k % 5);
}
static const char polled[] = HEAD
    "surveys:\n"
    "  - id: s\n"
    "    files: [data.csv]\n"
    "    columns: {region: region}\n"
    "    items:\n"
    "      - {id: q, column: q, scale: satisfaction}\n";
static const struct selftest_expect polls_wanted[] = {
    {ESTIMATES, "survey.moe_max,,n1307,all", "value", "2.7", R},
    {ESTIMATES, "survey.moe_max,,n1415,all", "value", "2.6", R},
    {ESTIMATES, "survey.moe_max,,n944,all", "value", "3.2", R},
    {ESTIMATES, "survey.moe_max,,n326,all", "value", "5.4", R},
    {ESTIMATES, "survey.moe_max,,n545,all", "value", "4.2", R},
    {ESTIMATES, "survey.moe_max,,n371,all", "value", "5.1", R},
};

// ---- service standards: quarters, years, verdicts that need the rounded performance

static const char standards[] = HEAD
    "year: fiscal\n"
    "period: all\n"
    "standards:\n"
    "  - id: s\n"
    "    files: [data.csv]\n"
    "    columns: {standard: standard, period: period, target: target, met: met, total: total}\n"
    "    target_unit: fraction\n";

static const char *const verdicts[] = {
    "standard,period,target,met,total\nISED-001-001,2017-18 Q1,0.9,33,35\n"
    "ISED-001-001,2017-18 Q2,0.9,39,42\nISED-001-001,2017-18 Q3,0.9,44,44\n"
    "ISED-001-001,2017-18 Q4,0.9,39,40\nISED-002-001,2017-18 Q1,0.9,298,301\n"
    "ISED-002-001,2017-18 Q2,0.9,281,296\nISED-002-001,2017-18 Q3,0.9,255,268\n"
    "ISED-002-001,2017-18 Q4,0.9,244,260\nISED-009-002,2017-18 Q1,0.9,6563,7065\n"
    "ISED-009-002,2017-18 Q2,0.9,6803,7309\nISED-009-002,2017-18 Q3,0.9,5719,6234\n"
    "ISED-009-002,2017-18 Q4,0.9,6695,7336\nISED-022-001,2017-18 Q1,0.9,53,62\n"
    "ISED-022-001,2017-18 Q2,0.9,49,58\nISED-022-001,2017-18 Q3,0.9,71,58\n"
    "ISED-022-001,2017-18 Q4,0.9,64,68\nGC-0,2023-24,0.8,62,64\nGC-1,2023-24,0.8,23,32\n"
    "GC-2,2023-24,0.99,8672,8760\nGC-3,2023-24,1,51811,51813\n"
    "GC-4,2023-24,0.95,6594000,6720000\nGC-5,2023-24,0.9,643,800\n"
    "GC-6,2023-24,0.9,7973,8859\nGC-7,2023-24,0.99,64436,65087\n"
    "GC-8,2023-24,0.9,17258,19176\nGC-9,2023-24,0.9,62,64\nGC-10,2023-24,0.8,290,320\n"
    "GC-11,2023-24,0.8,31,32\nGC-12,2023-24,0.8,4195,5244\nGC-13,2023-24,0.8,29,32\n"
    "ACOA-4757,2018-19,0.9,4691,4739\nACOA-724,2019-20,0.9,1985,2203\n",
    NULL};
static const struct selftest_expect standards_wanted[] = {
    {ESTIMATES, "standards.performance,ISED-001-001,ALL,2017-18", "value", "96.273", R},
    {ESTIMATES, "standards.performance,ISED-002-001,ALL,2017-18", "value", "95.822", R},
    {ESTIMATES, "standards.performance,ISED-009-002,ALL,2017-18", "value", "92.256", R},
    {ESTIMATES, "standards.performance,ISED-022-001,ALL,2017-18", "value", "96.341", R},
    {ESTIMATES, "standards.met,GC-0,ALL,2023-24", "value", "100", R},
    {ESTIMATES, "standards.met,GC-1,ALL,2023-24", "value", "0", R},
    {ESTIMATES, "standards.met,GC-2,ALL,2023-24", "value", "100", R},
    {ESTIMATES, "standards.met,GC-3,ALL,2023-24", "value", "100", R},
    {ESTIMATES, "standards.met,GC-4,ALL,2023-24", "value", "100", R},
    {ESTIMATES, "standards.met,GC-5,ALL,2023-24", "value", "0", R},
    {ESTIMATES, "standards.met,GC-6,ALL,2023-24", "value", "100", R},
    {ESTIMATES, "standards.met,GC-7,ALL,2023-24", "value", "100", R},
    {ESTIMATES, "standards.met,GC-8,ALL,2023-24", "value", "100", R},
    {ESTIMATES, "standards.met,GC-9,ALL,2023-24", "value", "100", R},
    {ESTIMATES, "standards.met,GC-10,ALL,2023-24", "value", "100", R},
    {ESTIMATES, "standards.met,GC-11,ALL,2023-24", "value", "100", R},
    {ESTIMATES, "standards.met,GC-12,ALL,2023-24", "value", "100", R},
    {ESTIMATES, "standards.met,GC-13,ALL,2023-24", "value", "100", R},
    {ESTIMATES, "standards.performance,ACOA-4757,ALL,2018-19", "value", "98.98712808609412", 14},
    {ESTIMATES, "standards.performance,ACOA-724,ALL,2019-20", "value", "90", R},
};

// ---- a call centre: quarters whose rates are weighted, and their year

static const char calls[] = HEAD
    "year: fiscal\n"
    "period: all\n"
    "activity:\n"
    "  - id: calls\n"
    "    shape: counts\n"
    "    files: [data.csv]\n"
    "    columns: {time: period, offered: offered, handled: handled, abandoned: abandoned,\n"
    "              answer_s: answer_s, within_pct: within_pct}\n"
    "    within_unit: percent\n";

static const char *const quarters[] = {
    "period,offered,handled,abandoned,within_pct,answer_s\n"
    "2013-14 Q1,242147,221539,15677,68.266154,37.100019\n"
    "2013-14 Q2,231932,211196,14797,65.944457,37.788159\n"
    "2013-14 Q3,195401,173825,8864,71.713597,29.206846\n"
    "2013-14 Q4,229807,211745,11087,73.815560,27.591556\n",
    NULL};
static const struct selftest_expect calls_wanted[] = {
    {ESTIMATES, "activity.abandonment,,ALL,2013-14", "value", "5.607220", R},
    {ESTIMATES, "activity.unaccounted,,ALL,2013-14", "value", "30557", R},
    {ESTIMATES, "activity.service_level,,ALL,2013-14", "value", "69.834564", 7},
    {ESTIMATES, "activity.answer_time,,ALL,2013-14", "value", "33.140532", 7},
    {ESTIMATES, "activity.abandonment,,ALL,2013-14 Q1", "value", "6.474167", R},
    {ESTIMATES, "activity.unaccounted,,ALL,2013-14 Q1", "value", "4931", R},
    {ESTIMATES, "activity.abandonment,,ALL,2013-14 Q2", "value", "6.379887", R},
    {ESTIMATES, "activity.unaccounted,,ALL,2013-14 Q2", "value", "5939", R},
    {ESTIMATES, "activity.abandonment,,ALL,2013-14 Q3", "value", "4.536313", R},
    {ESTIMATES, "activity.unaccounted,,ALL,2013-14 Q3", "value", "12712", R},
    {ESTIMATES, "activity.abandonment,,ALL,2013-14 Q4", "value", "4.824483", R},
    {ESTIMATES, "activity.unaccounted,,ALL,2013-14 Q4", "value", "6975", R},
};

// ---- services on-line of all services: Ireland 107 of 120, United States 115 of 117, in 2002

static void services(struct buf *out, int64_t base, int rows)
{
    static const struct {
        const char *region;
        int online, all;
    } countries[] = {{"IE", 107, 120}, {"US", 115, 117}};
    buf_text(out, "service,region,period,level,reached\n");
    for (int64_t c = base; c < rows; c++)
        for (int i = 0; i < countries[c].all; i++)
            buf_print(out, "s%d,%s,2002,publish,%s\n", i, countries[c].region,
                      i < countries[c].online ? "publish" : "none");
}
static const char catalogue[] = HEAD
    "period: 2002\n"
    "services:\n"
    "  - id: s\n"
    "    files: [data.csv]\n"
    "    columns: {service: service, region: region, period: period, level: level, reached: reached}\n"
    "    model: accenture-2002\n";
static const struct selftest_expect services_wanted[] = {
    {ESTIMATES, "egov.breadth,,IE,2002", "value", "89.2", R},
    {ESTIMATES, "egov.breadth,,US,2002", "value", "98.3", R},
};

static const struct selftest_study studies[] = {
    {"CMT", "Service Canada 2006, CTA 2009-12, Fort Collins 2003", points, {{"data.csv", .text = distributions}}, R, SELFTEST_EXPECTS(distributions_wanted)},
    {"passengers", "SFO survey 2017, open data", counts, {{"data.csv", .make = passengers, .rows = 2831}}, 12, SELFTEST_EXPECTS(counts_wanted)},
    {"polls", "Service Canada 2010", polled, {{"data.csv", .make = polls, .rows = 6}}, R, SELFTEST_EXPECTS(polls_wanted)},
    {"standards", "GC Service Inventory", standards, {{"data.csv", .text = verdicts}}, R, SELFTEST_EXPECTS(standards_wanted)},
    {"calls", "Vancouver 3-1-1, open data", calls, {{"data.csv", .text = quarters}}, R, SELFTEST_EXPECTS(calls_wanted)},
    {"services", "Accenture 2002, as the press gave it", catalogue, {{"data.csv", .make = services, .rows = 2}}, R, SELFTEST_EXPECTS(services_wanted)},
};
// clang-format on
const struct selftest_list selftest_published = {studies, sizeof studies / sizeof *studies};
