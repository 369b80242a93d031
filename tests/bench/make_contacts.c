// SPDX-License-Identifier: GPL-3.0-or-later
// Writes contacts as a service centre records them: 14 columns, one row each, the same bytes for
// the same number of rows and seed on any machine. Clients come back, waits have a long tail, some
// cells are blank. Usage: make_contacts ROWS [SEED] > contacts.csv
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct word {
    const char *text;
    unsigned share; // of 1000
};

static const struct word regions[] = {{"MB", 180}, {"SK", 160}, {"AB", 300}, {"BC", 360}};
static const struct word channels[] = {
    {"phone", 420}, {"web", 260}, {"walk-in", 140}, {"email", 120}, {"", 60}};
static const struct word segments[] = {
    {"startup", 380}, {"existing", 410}, {"Aboriginal", 60}, {"youth", 110}, {"", 40}};
static const struct word services[] = {{"starting", 300},  {"financing", 180}, {"licences", 160},
                                       {"taxes", 140},     {"exporting", 80},  {"market", 70},
                                       {"employment", 50}, {"other", 20}};
static const struct word languages[] = {{"en", 880}, {"fr", 120}};

static uint64_t state;

// xorshift64* (Vigna 2016): enough for made-up data, the same everywhere.
static uint32_t draw(uint32_t below)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    uint64_t bits = state * 0x2545f4914f6cdd1du >> 32;
    return (uint32_t)(bits * below >> 32);
}

static const char *pick(const struct word *words)
{
    uint32_t at = draw(1000), i = 0;
    for (; at >= words[i].share; i++)
        at -= words[i].share;
    return words[i].text;
}

static void put_moment(uint64_t row, uint64_t rows)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int day = (int)(row * 730 / rows), year = 2003 + day / 365, month = 0;
    for (day %= 365; day >= days[month]; month++)
        day -= days[month];
    printf("%d-%02d-%02dT%02u:%02u:%02u,", year, month + 1, day + 1, 8 + draw(10), draw(60),
           draw(60));
}

// Seconds with a long right tail: the least of two draws, squared.
static uint32_t seconds(uint32_t most)
{
    uint64_t a = draw(1000), b = draw(1000), least = a < b ? a : b;
    return (uint32_t)(least * least * most / 1000000);
}

static void put_contact(uint64_t row, uint64_t rows)
{
    uint32_t clients = (uint32_t)(rows / 4 + 1);
    printf("%" PRIu64 ",%s,", 100000000 + row, pick(regions));
    put_moment(row, rows);
    const char *channel = pick(channels);
    printf("%s,", channel);
    if (draw(20))
        printf("C%07" PRIu32, draw(1 + draw(clients)));
    printf(",%s,%s,%s,", pick(segments), pick(services), draw(5) ? "Y" : "N");
    if (draw(50))
        printf("%" PRIu32, seconds(1800));
    printf(",%" PRIu32 ".%" PRIu32 ",", 30 + seconds(3600), draw(10));
    printf("%s,%s,", draw(4) ? "yes" : "no", draw(6) ? "no" : "yes");
    if (!draw(5))
        printf("%" PRIu32 ".%02" PRIu32, 5 + draw(200), 25 * draw(4));
    printf(",%s\n", pick(languages));
}

int main(int count, char **words)
{
    uint64_t rows = count > 1 ? strtoull(words[1], NULL, 10) : 0;
    state =
        88172645463325252u ^ (count > 2 ? strtoull(words[2], NULL, 10) : 0) * 0x9e3779b97f4a7c15u;
    if (!rows || rows > 4000000000u || !state) {
        fputs("usage: make_contacts ROWS [SEED]\n", stderr);
        return 64;
    }
    puts(
        "contact,region,time,channel,client,segment,service,core,wait,handle,resolved,referred,fee,"
        "language");
    for (uint64_t row = 0; row < rows; row++)
        put_contact(row, rows);
    return fflush(stdout) || ferror(stdout) ? 74 : 0;
}
