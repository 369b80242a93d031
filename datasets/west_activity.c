// SPDX-License-Identifier: GPL-3.0-or-later
// Contacts, one row each, and daily call totals. Planted: Saskatchewan's last file stops on
// 12 March 2004; the fax-back service ends with 2002-03; from 2003-04 on a wait is counted from the
// first ring, which adds about 25 seconds; three core contacts in British Columbia carry a fee.
#include "datasets/west.h"

#include <stdio.h>

struct service {
    const char *id;
    bool core;
    double weight;
    int fee; // dollars, of most contacts of a non-core service; 0 = free
};

static const struct service services[] = {
    {"info_request", true, 30, 0},    {"business_plan", true, 14, 0},
    {"registration", true, 11, 0},    {"financing_guide", true, 12, 0},
    {"regulations", true, 10, 0},     {"market_data", true, 6, 0},
    {"fax_back", true, 4, 0},         {"seminar", false, 5, 25},
    {"market_report", false, 3, 60},  {"export_counsel", false, 3, 0},
    {"library_search", false, 2, 15},
};
enum { SERVICES = sizeof services / sizeof *services, FAX_BACK = 6, RETIRED_FROM = 4 };

static const char *const channels[] = {"telephone", "in_person", "online", "email", "fax"};
static const double channel_weights[QUARTERS][5] = {
    {54, 22, 11, 8, 5},  {53, 22, 12, 9, 4},  {52, 21, 14, 9, 4},  {51, 20, 15, 10, 4},
    {50, 20, 17, 11, 2}, {48, 20, 18, 12, 2}, {47, 19, 20, 12, 2}, {46, 18, 22, 13, 1}};
static const double month_rhythm[12] = {1.22, 1.12, 1.18, 1.00, 0.96, 0.90,
                                        0.72, 0.78, 1.08, 1.10, 1.02, 0.70};
static const double per_workday[REGIONS] = {32, 26, 48, 46};
static const char *const segments[] = {"startup", "existing", "prestart"};
static const double segment_weights[] = {40, 34, 26};
static const int32_t late_from_month_day = 12; // of March 2004

struct place {
    int region, quarter, clients; // clients seen so far
    int now;                      // the client of the contact
    struct random r, more;        // more: of the columns added later
};

static bool is_late(int region, int32_t day)
{
    return region == SK && day > cal_days(2004, 3, late_from_month_day);
}

// A blank id: not identified. Else a new client, or one seen before, recent ones sooner.
static void put_client(struct buf *out, struct place *p)
{
    if (random_chance(&p->r, 0.14)) {
        buf_char(out, ',');
        return;
    }
    int number = p->clients;
    if (p->clients > 50 && random_chance(&p->r, 0.46)) {
        double back = random_unit(&p->r) * random_unit(&p->r);
        number = p->clients - 1 - (int)(back * (p->clients - 1));
    } else {
        p->clients++;
    }
    p->now = number;
    buf_print(out, ",%s-%05d", region_ids[p->region], number + 10000);
}

static size_t pick_service(struct place *p)
{
    size_t service;
    double weights[SERVICES];
    for (size_t i = 0; i < SERVICES; i++)
        weights[i] = i == FAX_BACK && p->quarter >= RETIRED_FROM ? 0 : services[i].weight;
    service = random_pick(&p->r, weights, SERVICES);
    return service;
}

static void put_money(struct buf *out, struct place *p, const struct service *s)
{
    bool paid = !s->core && s->fee && random_chance(&p->r, 0.82);
    if (paid)
        buf_print(out, ",%d.00", s->fee);
    else
        buf_text(out, random_chance(&p->r, 0.03) ? "," : ",0.00");
    buf_print(out, ",%d.%02d", random_between(&p->r, s->core ? 6 : 18, s->core ? 22 : 64),
              random_below(&p->r, 100));
}

// Promised follow-ups: most are done in time. Consent to be contacted again.
static void put_promises(struct buf *out, struct place *p, int32_t day)
{
    struct random *r = &p->more;
    struct random client = random_stream("consent", (uint64_t)(p->region * 1000000 + p->now));
    if (random_chance(r, 0.12)) {
        int32_t due = day + random_between(r, 5, 15);
        buf_char(out, ',');
        put_day(out, due);
        buf_char(out, ',');
        if (random_chance(r, 0.92))
            put_day(out, due + random_between(r, -4, 1));
    } else {
        buf_text(out, ",,");
    }
    bool known = random_chance(&client, 0.84);
    buf_text(out, !known ? ",\n" : random_chance(&client, 0.74) ? ",yes\n" : ",no\n");
}

static void put_contact(struct buf *out, struct place *p, int32_t day)
{
    struct random *r = &p->r;
    size_t channel = random_pick(r, channel_weights[p->quarter], 5), at = pick_service(p);
    const struct service *s = &services[at];
    buf_print(out, "%s,", region_ids[p->region]);
    put_day(out, day);
    buf_print(out, "T%02d:%02d,%s", random_between(r, 8, 16), random_below(r, 60),
              channels[channel]);
    put_client(out, p);
    buf_print(out, ",%s,%s,%s", segments[random_pick(r, segment_weights, 3)], s->id,
              s->core ? "yes" : "no");
    if (channel < 2) {
        double mean = (channel == 0 ? 70 : 240) * (p->region == AB   ? 0.7
                                                   : p->region == SK ? 1.25
                                                                     : 1);
        buf_print(out, ",%d", random_wait(r, mean) + (p->quarter >= RETIRED_FROM ? 25 : 0));
        buf_print(out, ",%d", 60 + random_wait(r, 310));
    } else {
        buf_text(out, ",,");
    }
    buf_text(out, random_chance(r, 0.02) ? "," : random_chance(r, 0.81) ? ",yes" : ",no");
    buf_text(out, random_chance(r, 0.17) ? ",yes" : ",no");
    put_money(out, p, s);
    buf_text(out, random_chance(r, p->region == MB ? 0.09 : 0.025) ? ",fr" : ",en");
    put_promises(out, p, day);
}

// Three core contacts that were charged: they must show up as such.
static void put_charged(struct buf *out)
{
    for (int i = 0; i < 3; i++) {
        buf_text(out, "BC,");
        put_day(out, cal_days(2004, 2, 3 + 7 * i));
        buf_print(out,
                  "T10:%02d,in_person,BC-%05d,existing,business_plan,yes,%d,900,yes,no,40.00,"
                  "18.50,en,,,yes\n",
                  10 + i, 10040 + i, 100 + 10 * i);
    }
}

static int contacts_of(struct random *r, int region, int32_t day)
{
    int year, month, of_month;
    cal_date(day, &year, &month, &of_month);
    double rate = per_workday[region] * month_rhythm[month - 1] * (cal_weekday(day) < 5 ? 1 : 0.06);
    return (int)(rate * (0.82 + 0.36 * random_unit(r)) + random_unit(r));
}

void west_contacts(struct sink *sink)
{
    struct place places[REGIONS];
    for (int region = 0; region < REGIONS; region++)
        places[region] = (struct place){region,
                                        0,
                                        0,
                                        0,
                                        random_stream("contacts", (uint64_t)region),
                                        random_stream("promises", (uint64_t)region)};
    for (int quarter = 0; quarter < QUARTERS; quarter++) {
        struct buf out = {0};
        buf_text(&out, "region,occurred_at,channel,client_id,segment,service,core,wait_s,handle_s,"
                       "resolved,referred,fee,cost,language,follow_due,follow_done,consent\n");
        for (int32_t day = quarter_first(quarter); day <= quarter_last(quarter); day++)
            for (int region = 0; region < REGIONS; region++) {
                struct place *p = &places[region];
                p->quarter = quarter;
                int count = contacts_of(&p->r, region, day);
                for (int i = 0; i < count && !is_late(region, day); i++)
                    put_contact(&out, p, day);
            }
        if (quarter == QUARTERS - 1)
            put_charged(&out);
        char name[40];
        snprintf(name, sizeof name, "contacts-%d-%02d-q%d.csv.zst", FIRST_YEAR + quarter / 4,
                 (FIRST_YEAR + quarter / 4 + 1) % 100, quarter % 4 + 1);
        sink->write(sink, name, buf_view(&out));
        buf_free(&out);
    }
}

// A day of calls: a busy day has more abandoned calls, slower answers and a lower service level.
static void put_calls(struct buf *out, struct random *r, struct random *web, int region,
                      int32_t day)
{
    int year, month, of_month;
    cal_date(day, &year, &month, &of_month);
    double rate = per_workday[region] * 1.3 * month_rhythm[month - 1];
    int offered = (int)(rate * (0.75 + 0.5 * random_unit(r)));
    double load = offered / (per_workday[region] * 1.45);
    double lost = 0.015 + 0.055 * load * load * (region == SK ? 1.5 : 1);
    int abandoned = (int)(offered * lost * (0.6 + 0.8 * random_unit(r)) + 0.5);
    int unaccounted = random_chance(r, 0.15) ? 1 : 0;
    int answer = (int)(12 + 38 * load * load * (0.6 + 0.8 * random_unit(r)));
    double level = 96 - 14 * load * load - (region == SK ? 7 : 0) + 4 * random_normal(r);
    buf_print(out, "%s,", region_ids[region]);
    put_day(out, day);
    buf_print(out, ",%d,%d,%d,%d,%.1f", offered, offered - abandoned - unaccounted, abandoned,
              answer, level > 100 ? 100.0 : level);
    double visits = per_workday[region] * (4 + (day - quarter_first(0)) / 365.0);
    buf_print(out, ",%d\n", (int)(visits * (0.8 + 0.4 * random_unit(web))));
}

void west_calls(struct sink *sink)
{
    struct buf out = {0};
    buf_text(&out, "centre,date,offered,handled,abandoned,answer_s,within_pct,visits\n");
    struct random r = random_stream("calls", 0), web = random_stream("visits", 0);
    for (int32_t day = quarter_first(0); day <= quarter_last(QUARTERS - 1); day++)
        for (int region = 0; region < REGIONS; region++)
            if (cal_weekday(day) < 5 && !is_late(region, day))
                put_calls(&out, &r, &web, region, day);
    sink->write(sink, "calls.csv", buf_view(&out));
    buf_free(&out);
}
