// SPDX-License-Identifier: GPL-3.0-or-later
// The service catalogue, the service standards, the market, targets and peers. Planted: British
// Columbia's last e-mail standard has more met than received; fax-back leaves the catalogue.
#include "datasets/west.h"

#include <stdio.h>

struct catalogued {
    const char *id, *sector;
    int level;          // what the service could reach: 1 publish, 2 interact, 3 transact
    int start[REGIONS]; // reached in 2002-03 Q1; 0 = not on-line
    int steps[REGIONS]; // quarter of the next step up, 8 = none
};

static const struct catalogued catalogue[] = {
    {"info_request", "information", 2, {1, 1, 2, 1}, {3, 6, 8, 2}},
    {"info_guides", "information", 2, {1, 1, 1, 1}, {8, 8, 8, 8}},
    {"regulations", "information", 2, {1, 1, 1, 1}, {8, 8, 8, 8}},
    {"faq", "information", 2, {1, 0, 1, 1}, {8, 2, 8, 8}},
    {"links_partners", "information", 1, {1, 1, 1, 1}, {8, 8, 8, 8}},
    {"events_calendar", "information", 3, {1, 0, 1, 1}, {5, 4, 2, 3}},
    {"business_plan", "start-up", 3, {1, 1, 2, 2}, {4, 8, 8, 8}},
    {"plan_review", "start-up", 3, {0, 0, 1, 0}, {5, 8, 4, 6}},
    {"registration", "start-up", 3, {1, 1, 2, 3}, {3, 7, 5, 8}},
    {"name_search", "start-up", 3, {2, 1, 3, 3}, {4, 5, 8, 8}},
    {"licences", "start-up", 3, {1, 1, 1, 2}, {6, 8, 3, 5}},
    {"financing_guide", "finance", 2, {1, 1, 2, 1}, {2, 4, 8, 5}},
    {"loan_enquiry", "finance", 3, {0, 0, 1, 1}, {4, 8, 5, 7}},
    {"grants_finder", "finance", 2, {1, 0, 1, 1}, {6, 5, 2, 4}},
    {"market_data", "market", 2, {1, 1, 1, 1}, {7, 8, 3, 4}},
    {"market_report", "market", 3, {0, 0, 2, 1}, {8, 8, 6, 5}},
    {"export_counsel", "market", 2, {0, 1, 1, 1}, {3, 8, 4, 8}},
    {"library_search", "market", 2, {1, 0, 2, 1}, {5, 8, 8, 6}},
    {"seminar_booking", "learning", 3, {1, 0, 2, 2}, {4, 6, 3, 5}},
    {"online_workshop", "learning", 3, {0, 0, 2, 1}, {5, 7, 4, 3}},
    {"youth_guide", "learning", 2, {1, 1, 1, 1}, {8, 8, 8, 8}},
    {"fax_back", "information", 2, {1, 1, 1, 1}, {8, 8, 8, 8}},
};
enum { CATALOGUE = sizeof catalogue / sizeof *catalogue, RETIRED_FROM = 4 };

static int reached(const struct catalogued *s, int region, int quarter)
{
    int level = s->start[region] + (quarter >= s->steps[region]);
    return level > s->level ? s->level : level;
}

// Stages of the Government On-Line model (targets 6 and 7, as planned in 2003), the six interaction
// points, and what comes in: all follow the level reached.
static void put_inventory(struct buf *out, struct random *r, int level, int now, int quarter)
{
    static const int stage[] = {1, 3, 5, 7}, share[] = {0, 0, 18, 42};
    bool whole = level == 3;
    const char *started = now >= 2 ? "Y" : "N", *done = now == 3 ? "Y" : "N";
    buf_print(out, ",%s,%d,%d", whole ? "transaction" : "information",
              stage[now] + (now && quarter >= RETIRED_FROM), whole ? 7 : 6);
    buf_print(out, ",%s,%s,%s,%s,%s,%s", whole ? started : "NA", whole ? done : "NA",
              whole ? started : "NA", whole ? done : "NA", whole ? done : "NA",
              level > 1 ? started : "NA");
    int applications = random_between(r, 180, 1400), enquiries = random_between(r, 40, 700);
    if (whole)
        buf_print(out, ",%d,%d,%d\n", applications,
                  applications * share[now] / 100 * random_between(r, 80, 120) / 100, enquiries);
    else
        buf_print(out, ",NA,NA,%d\n", enquiries);
}

void west_services(struct sink *sink)
{
    static const char *const names[] = {"none", "publish", "interact", "transact"};
    struct buf out = {0};
    buf_text(&out, "service_id,region,period,sector,level,reached,kind,stage_now,stage_target,"
                   "registration,authentication,application,decision,issuance,feedback,"
                   "applications,online,enquiries\n");
    struct random r = random_stream("inventory", 0);
    for (int quarter = 0; quarter < QUARTERS; quarter++)
        for (int region = 0; region < REGIONS; region++)
            for (int i = 0; i < CATALOGUE; i++) {
                const struct catalogued *s = &catalogue[i];
                if (strcmp(s->id, "fax_back") == 0 && quarter >= RETIRED_FROM)
                    continue;
                buf_print(&out, "%s,%s,", s->id, region_ids[region]);
                put_quarter(&out, quarter);
                int now = reached(s, region, quarter);
                buf_print(&out, ",%s,%s,%s", s->sector, names[s->level], names[now]);
                put_inventory(&out, &r, s->level, now, quarter);
            }
    sink->write(sink, "services.csv", buf_view(&out));
    buf_free(&out);
}

struct standard {
    const char *id, *type, *channel;
    int target, total; // per cent; cases a quarter
    double met[REGIONS];
};

static const struct standard standards[] = {
    {"phone_2_minutes", "timeliness", "telephone", 80, 1500, {0.83, 0.76, 0.90, 0.82}},
    {"email_next_day", "timeliness", "email", 90, 260, {0.91, 0.88, 0.95, 0.93}},
    {"visit_15_minutes", "access", "in_person", 85, 620, {0.88, 0.84, 0.91, 0.85}},
    {"accurate_referral", "accuracy", "telephone", 95, 180, {0.96, 0.94, 0.97, 0.95}},
    {"language_of_choice", "access", "all", 100, 2400, {0.999, 0.998, 1.0, 0.999}},
    {"plan_review_10_days", "timeliness", "in_person", 0, 40, {0.80, 0.70, 0.85, 0.75}},
};
enum { STANDARDS = sizeof standards / sizeof *standards, EMAIL = 1 };

static void put_standard(struct buf *out, struct random *r, int i, int region, int quarter)
{
    const struct standard *s = &standards[i];
    int total = (int)(s->total * (0.85 + 0.3 * random_unit(r)));
    double share = s->met[region] + 0.004 * quarter + 0.012 * random_normal(r);
    int met = (int)(total * (share > 1 ? 1 : share) + 0.5);
    if (i == EMAIL && region == BC && quarter == QUARTERS - 1)
        met = total + 5; // planted: answers counted that were received a quarter earlier
    buf_print(out, "%s,%s,", s->id, region_ids[region]);
    put_quarter(out, quarter);
    buf_print(out, ",%s,%s,", s->type, s->channel);
    if (s->target)
        buf_print(out, "%d", s->target);
    if (region == SK && quarter == 2 && i == 3)
        buf_text(out, ",ND,ND,\n"); // not counted that quarter
    else
        buf_print(out, ",%d,%d,\n", met, total);
}

// Standards of single services, so that catalogue and standards can be joined.
static void put_own_standards(struct buf *out, struct random *r, int region, int quarter)
{
    static const struct {
        const char *service, *standard;
        int target, total;
    } own[] = {{"name_search", "search_2_days", 90, 120},
               {"registration", "registration_5_days", 85, 90},
               {"licences", "permit_10_days", 80, 60},
               {"loan_enquiry", "loan_answer_15_days", 80, 30}};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        int total = own[i].total * random_between(r, 85, 115) / 100;
        int met = (total * (own[i].target + random_between(r, 1, 8)) + 99) / 100;
        buf_print(out, "%s,%s,", own[i].standard, region_ids[region]);
        put_quarter(out, quarter);
        buf_print(out, ",timeliness,all,%d,%d,%d,%s\n", own[i].target, met, total, own[i].service);
    }
}

void west_standards(struct sink *sink)
{
    struct buf out = {0};
    struct random r = random_stream("standards", 0);
    buf_text(&out, "standard,region,period,type,channel,target,met,total,service\n");
    struct random own = random_stream("standards-services", 0);
    for (int quarter = 0; quarter < QUARTERS; quarter++)
        for (int region = 0; region < REGIONS; region++) {
            for (int i = 0; i < STANDARDS; i++)
                put_standard(&out, &r, i, region, quarter);
            put_own_standards(&out, &own, region, quarter);
        }
    sink->write(sink, "standards.csv", buf_view(&out));
    buf_free(&out);
}

static void put_score(struct buf *out, const char *region, int quarter, const char *measure)
{
    buf_print(out, "%s,", region);
    put_quarter(out, quarter);
    buf_print(out, ",%s,", measure);
}

// The four pillars of service to clients, citizen voice from the survey, a plateau, and the parts
// of the United Nations index, which is a country's: here every region is given one.
static void more_scores(struct buf *out, int region, int quarter)
{
    static const int pillars[REGIONS][4] = {
        {41, 24, 47, 20}, {36, 21, 42, 15}, {52, 33, 56, 31}, {47, 30, 53, 26}};
    static const char *const parts[] = {"osi", "tii", "hci"};
    static const int levels[REGIONS][3] = {{42, 55, 88}, {39, 52, 87}, {51, 62, 90}, {49, 61, 91}};
    const char *id = region_ids[region];
    for (int i = 0; i < 4; i++) {
        put_score(out, id, quarter, "csm.");
        out->len--;
        buf_print(out, "%d,%d\n", i + 1, pillars[region][i] + quarter);
    }
    put_score(out, id, quarter, "voice");
    buf_text(out, "cmt.index/overall\n");
    put_score(out, id, quarter, "plateau");
    buf_print(out, "%d\n", (region == AB || quarter > 3 ? 3 : 2));
    for (int i = 0; i < 3; i++) {
        put_score(out, id, quarter, parts[i]);
        buf_print(out, "0.%02d\n", levels[region][i] + quarter * (2 - i) / 2);
    }
}

// Customer relationship management, 0 to 100, as an analyst would enter it each quarter.
static void scores(struct sink *sink)
{
    static const int start[REGIONS] = {28, 22, 41, 36};
    struct buf out = {0};
    buf_text(&out, "region,period,measure,value\n");
    for (int quarter = 0; quarter < QUARTERS; quarter++)
        for (int region = 0; region < REGIONS; region++) {
            buf_print(&out, "%s,", region_ids[region]);
            put_quarter(&out, quarter);
            buf_print(&out, ",crm,%d\n", start[region] + quarter * (region == AB ? 3 : 2));
            more_scores(&out, region, quarter);
        }
    sink->write(sink, "scores.csv", buf_view(&out));
    buf_free(&out);
}

static void population(struct sink *sink)
{
    static const int firms[REGIONS] = {33800, 37200, 128500, 153900};
    static const int french_per_mille[REGIONS] = {44, 18, 21, 15};
    static const int fresh[REGIONS] = {3900, 3600, 18200, 19800};
    struct buf out = {0};
    buf_text(&out, "region,period,stratum,count\n");
    for (int year = 0; year < 2; year++)
        for (int region = 0; region < REGIONS; region++) {
            const char *label = year ? "2003-04" : "2002-03";
            int grown = firms[region] + firms[region] * year / 50;
            buf_print(&out, "%s,%s,all,%d\n", region_ids[region], label, grown);
            buf_print(&out, "%s,%s,new,%d\n", region_ids[region], label,
                      fresh[region] * (100 + 3 * year) / 100);
            int french = grown * french_per_mille[region] / 1000;
            buf_print(&out, "%s,%s,en,%d\n", region_ids[region], label, grown - french);
            buf_print(&out, "%s,%s,fr,%d\n", region_ids[region], label, french);
        }
    sink->write(sink, "population.csv", buf_view(&out));
    buf_free(&out);
}

// What the plan's ledger counts, by region and quarter: done, of how many.
static void ledger(struct sink *sink)
{
    static const struct {
        const char *measure;
        int of, percent; // a quarter; share done in the first quarter
    } measures[] = {
        {"meetings_held", 3, 84},    {"members_trained", 12, 60},  {"advice_implemented", 8, 45},
        {"briefings_given", 4, 70},  {"pages_reviewed", 90, 55},   {"links_working", 240, 93},
        {"partner_shown", 60, 64},   {"staff_trained", 24, 58},    {"system_available", 1560, 98},
        {"tickets_in_time", 80, 81}, {"meetings_attended", 6, 75}, {"files_on_time", 7, 80}};
    struct buf out = {0};
    struct random r = random_stream("ledger", 0);
    buf_text(&out, "measure,region,period,numerator,denominator\n");
    for (int quarter = 0; quarter < QUARTERS; quarter++)
        for (int region = 0; region < REGIONS; region++)
            for (size_t i = 0; i < sizeof measures / sizeof *measures; i++) {
                int done = measures[i].percent + quarter + random_between(&r, -4, 4);
                buf_print(&out, "%s,%s,", measures[i].measure, region_ids[region]);
                put_quarter(&out, quarter);
                buf_print(&out, ",%d,%d\n", (measures[i].of * (done > 100 ? 100 : done) + 50) / 100,
                          measures[i].of);
            }
    sink->write(sink, "ledger.csv", buf_view(&out));
    buf_free(&out);
}

void west_market(struct sink *sink)
{
    population(sink);
    scores(sink);
    ledger(sink);
    struct buf out = {0};
    buf_text(&out, "indicator,item,region,period,target,kind\n");
    for (int region = 0; region < REGIONS; region++) {
        buf_print(&out, "cmt.index,overall,%s,2002-03 Q1,,baseline\n", region_ids[region]);
        buf_print(&out, "cmt.index,overall,%s,2003-04 Q4,10,relative\n", region_ids[region]);
        buf_print(&out, "egov.breadth,,%s,2003-04 Q4,90,absolute\n", region_ids[region]);
    }
    sink->write(sink, "targets.csv", buf_view(&out));
    buf_free(&out);
    buf_text(&out, "group,indicator,item,value,n,mode,period,organisation\n"
                   "centres,cmt.index,overall,79.5,410,telephone,2002-03,A\n"
                   "centres,cmt.index,overall,74.0,388,telephone,2002-03,B\n"
                   "centres,cmt.index,overall,81.2,520,telephone,2002-03,C\n"
                   "centres,cmt.index,overall,77.1,295,telephone,2002-03,D\n"
                   "centres,cmt.index,overall,76.4,350,telephone,2002-03,G\n"
                   "municipal,cmt.index,overall,72.3,1200,telephone,2002-03,E\n"
                   "municipal,cmt.index,overall,69.8,900,telephone,2002-03,F\n");
    sink->write(sink, "benchmarks.csv", buf_view(&out));
    buf_free(&out);
}
