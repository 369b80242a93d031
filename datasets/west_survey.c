// SPDX-License-Identifier: GPL-3.0-or-later
// The client survey: stratified sample of offices (PSUs), clients within offices. The same offices
// are visited every quarter. Satisfaction is a latent score (region, office, quarter, client, item)
// cut at fixed points; about 82 % of the clients of the West are satisfied, 48 % very (CBSC West,
// 2002).
#include "datasets/west.h"

#include <stdio.h>

enum { STRATA = 3, LADDER = 4 };
enum { RATE_DONT_KNOW = 8, RATE_NOT_APPLICABLE = 9, RATE_REFUSED = 7 };

struct stratum {
    const char *name;
    int sampled, all;     // offices
    double clients, wait; // clients an office stands for; factor on the wait
};

static const struct stratum strata[STRATA] = {
    {"urban", 6, 8, 210, 1.2}, {"rural", 8, 24, 90, 0.8}, {"north", 4, 9, 60, 1.0}};

struct item {
    const char *name;
    double level, importance; // latent shifts against the overall score
    double missing;           // share of don't know and not applicable
};

// Pairs of satisfaction and importance; drivers first.
static const struct item items[] = {
    {"timeliness", -0.40, 0.75, 0.02},     {"knowledge", 0.15, 0.85, 0.03},
    {"courtesy", 0.55, 0.35, 0.01},        {"extra_mile", -0.25, 0.10, 0.06},
    {"fairness", 0.35, 0.45, 0.05},        {"accuracy", 0.10, 0.80, 0.04},
    {"clarity", 0.05, 0.40, 0.02},         {"hours", 0.20, -0.20, 0.03},
    {"phone_access", -0.55, 0.55, 0.12},   {"website", -0.30, 0.05, 0.30},
    {"confidentiality", 0.45, 0.60, 0.10}, {"referral", -0.15, 0.00, 0.35},
    {"cost", 0.25, -0.35, 0.20},
};
enum { ITEMS = sizeof items / sizeof *items };

// What is planted: Alberta is truly better served than Saskatchewan, above all in time.
static const double region_level[REGIONS] = {0.00, -0.32, 0.22, -0.05};
static const double region_time[REGIONS] = {0.00, -0.25, 0.30, 0.00};
static const double region_slope[REGIONS] = {0.015, 0.020, 0.030, 0.005};

static const char *const segments[] = {"startup", "existing", "prestart", "youth", "cooperative"};
static const double segment_weights[REGIONS][5] = {
    {38, 36, 26, 0, 0}, {33, 41, 26, 0, 0}, {42, 33, 25, 0, 0}, {44, 30, 26, 0, 0}};
static const char *const channels[] = {"telephone", "in_person", "online", "email"};
static const char *const sectors[] = {"services", "retail", "agriculture", "manufacturing",
                                      "other"};

struct client {
    int region, quarter, stratum, office, number;
    double score; // latent
    size_t segment, channel;
    bool french;
    struct random *more; // of the questions added later: the first ones keep their numbers
};

static double clamp(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

// Cuts give 6, 5, 8, 33, 48 % at score 0.
static int cut(double score)
{
    static const double cuts[] = {-1.56, -1.23, -0.88, 0.05};
    int rating = 1;
    for (int i = 0; i < 4; i++)
        rating += score > cuts[i];
    return rating;
}

static void put_rating(struct buf *out, struct random *r, int rating, double missing)
{
    double draw = random_unit(r);
    buf_char(out, ',');
    if (draw < missing / 2)
        buf_print(out, "%d", RATE_DONT_KNOW);
    else if (draw < missing)
        buf_print(out, "%d", RATE_NOT_APPLICABLE);
    else if (draw < missing + 0.004)
        buf_print(out, "%d", RATE_REFUSED);
    else if (draw >= missing + 0.010) // else left blank
        buf_print(out, "%d", rating);
}

static void put_items(struct buf *out, struct random *r, const struct client *c)
{
    for (int i = 0; i < ITEMS; i++) {
        double shift = items[i].level + (i == 0 ? region_time[c->region] : 0);
        double score = 0.72 * c->score + shift * 0.8 + 0.69 * random_normal(r);
        double importance = 0.45 + items[i].importance + 0.85 * random_normal(r);
        bool web_only = strcmp(items[i].name, "website") == 0;
        if (web_only && c->channel < 2 && random_chance(r, 0.5)) {
            buf_text(out, ",S,S"); // never used the site: not asked
            continue;
        }
        put_rating(out, r, cut(score), items[i].missing);
        put_rating(out, r, cut(importance), 0.01);
    }
}

// Minutes waited and minutes that would be acceptable; asked of those who telephoned or came.
static void put_wait(struct buf *out, struct random *r, const struct client *c)
{
    if (c->channel > 1) {
        buf_text(out, ",S,S");
        return;
    }
    double mean =
        strata[c->stratum].wait * (c->channel == 0 ? 4 : 9) * (1 - 0.5 * region_time[c->region]);
    int acceptable = 5 * random_between(r, 1, 4) - (random_chance(r, 0.3) ? 2 : 0);
    buf_print(out, ",%d,%d", random_wait(r, mean), acceptable);
}

// Would you have paid $10, $25, $50, $100? The ladder stops at the first no; some do not know.
static void put_ladder(struct buf *out, struct random *r, const struct client *c)
{
    static const double pays[LADDER] = {0.66, 0.62, 0.55, 0.42};
    if (random_chance(r, 0.06)) {
        buf_text(out, ",8,8,8,8");
        return;
    }
    bool yes = true;
    for (int i = 0; i < LADDER; i++) {
        double chance = clamp(pays[i] + 0.06 * c->score + (c->segment == 1 ? 0.06 : 0), 0.02, 0.98);
        buf_text(out, !yes ? ",S" : (yes = random_chance(r, chance)) ? ",1" : ",2");
    }
}

// Named the centre unprompted; if not, recognised it when named.
static void put_awareness(struct buf *out, struct random *r)
{
    bool unaided = random_chance(r, 0.31);
    buf_text(out, unaided ? ",1,S" : random_chance(r, 0.48) ? ",2,1" : ",2,2");
}

// Would recommend, ability to run the business now and before, what to improve first, a message
// recalled, a referral and its use. Planted: one in a thousand answers on a referral that was not
// made.
static void put_more(struct buf *out, const struct client *c)
{
    static const double first[] = {34, 27, 22, 17};
    struct random *r = c->more;
    int recommend = (int)clamp(8.6 + 1.5 * c->score + 1.3 * random_normal(r), 0, 10);
    int before = (int)clamp(3.1 + 0.9 * random_normal(r), 1, 5);
    int now = (int)clamp(before + 0.65 + 0.35 * c->score + 0.6 * random_normal(r), 1, 5);
    buf_print(out, ",%d,%d,%d", recommend, now, before);
    buf_print(out, ",%d", (int)random_pick(r, first, 4) + 1);
    buf_text(out, random_chance(r, 0.19 + 0.01 * c->quarter) ? ",1" : ",2");
    bool referred = random_chance(r, 0.28), answered = referred || random_chance(r, 0.001);
    buf_text(out, referred ? ",1" : ",2");
    buf_text(out, !answered ? ",S" : random_chance(r, 0.71) ? ",1" : ",2");
}

static void put_client(struct buf *out, struct random *r, struct client *c)
{
    const struct stratum *s = &strata[c->stratum];
    int32_t first = quarter_first(c->quarter), days = quarter_last(c->quarter) - first;
    buf_print(out, "%s%d%05d,%s,", region_ids[c->region], c->quarter + 1, c->number,
              region_ids[c->region]);
    put_day(out, first + (int32_t)random_between(r, 5, days));
    double weight = s->clients * s->all / s->sampled / 19 * (0.8 + 0.4 * random_unit(r));
    buf_print(out, ",%s-%s,%s-%c%d,%d,%.2f", region_ids[c->region], s->name, region_ids[c->region],
              s->name[0] - 32, c->office + 1, s->all, weight);
    buf_print(out, ",%s,%s,%s,%s", segments[c->segment], channels[c->channel],
              c->french ? "fr" : "en", sectors[random_below(r, 5)]);
    put_rating(out, r, cut(c->score + 0.45 * random_normal(r)), 0.012);
    buf_text(out, random_chance(r, clamp(0.80 + 0.10 * c->score, 0.05, 0.99)) ? ",1" : ",2");
    put_items(out, r, c);
    put_wait(out, r, c);
    buf_print(out, ",%d", 1 + random_wait(r, 0.9));
    put_rating(out, r, cut(c->score * 0.6 - 0.1 + 0.8 * random_normal(r)), 0.03); // ideal service
    put_rating(out, r, cut(c->score * 0.6 - 0.4 + 0.8 * random_normal(r)), 0.03); // expectations
    buf_text(out, random_chance(r, 0.94) ? ",1" : ",2"); // language of choice
    put_awareness(out, r);
    put_ladder(out, r, c);
    put_more(out, c);
    buf_char(out, '\n');
}

static void office_clients(struct buf *out, struct random *r, struct client *c, double office)
{
    int count = random_between(r, 16, 23);
    for (int i = 0; i < count; i++) {
        c->number++;
        c->score = region_level[c->region] + region_slope[c->region] * c->quarter + office +
                   0.92 * random_normal(r);
        c->segment = random_pick(r, segment_weights[c->region], 5);
        static const double mix[] = {52, 21, 15, 12};
        c->channel = random_pick(r, mix, 4);
        c->french = random_chance(r, c->region == MB ? 0.11 : 0.03);
        put_client(out, r, c);
    }
}

// The planted small groups of the last quarter: three young clients in Saskatchewan, seventeen
// co-operatives in Manitoba.
static void planted(struct buf *out, struct random *r, struct random *more, int quarter)
{
    if (quarter != QUARTERS - 1)
        return;
    struct client c = {.quarter = quarter, .more = more};
    for (int i = 0; i < 20; i++) {
        c.region = i < 3 ? SK : MB;
        c.segment = i < 3 ? 3 : 4;
        c.number = 9000 + i;
        c.stratum = i % 2;
        c.office = i % 4;
        c.score = 0.3 + 0.9 * random_normal(r);
        put_client(out, r, &c);
    }
}

static void header(struct buf *out)
{
    buf_text(out,
             "id,region,interviewed_on,stratum,office,n_offices,weight,segment,channel,language,"
             "sector,overall,got_needed");
    for (int i = 0; i < ITEMS; i++)
        buf_print(out, ",%s,%s_importance", items[i].name, items[i].name);
    buf_text(out, ",wait_min,wait_acceptable,contacts_needed,ideal,expectations,language_choice,"
                  "aware_unaided,aware_aided,pay_10,pay_25,pay_50,pay_100,"
                  "recommend,ability,ability_before,improve_first,message,referred,"
                  "referral_used\n");
}

void west_survey(struct sink *sink)
{
    for (int quarter = 0; quarter < QUARTERS; quarter++) {
        struct buf out = {0};
        header(&out);
        struct random r = random_stream("survey", (uint64_t)quarter);
        struct random more = random_stream("survey-more", (uint64_t)quarter);
        for (int region = 0; region < REGIONS; region++) {
            struct random offices = random_stream("offices", (uint64_t)region);
            struct client c = {.region = region, .quarter = quarter, .more = &more};
            for (c.stratum = 0; c.stratum < STRATA; c.stratum++)
                for (c.office = 0; c.office < strata[c.stratum].sampled; c.office++)
                    office_clients(&out, &r, &c, 0.16 * random_normal(&offices));
        }
        planted(&out, &r, &more, quarter);
        char name[32];
        snprintf(name, sizeof name, "survey-%d-%02d-q%d.csv", FIRST_YEAR + quarter / 4,
                 (FIRST_YEAR + quarter / 4 + 1) % 100, quarter % 4 + 1);
        sink->write(sink, name, buf_view(&out));
        buf_free(&out);
    }
}
