// SPDX-License-Identifier: GPL-3.0-or-later
// Writes answers of made-up clients: four regions, ten strata each, 25 of 60 offices sampled in
// each stratum, twenty questions from 1 to 5 with an effect of the office. The same bytes on any
// machine. Usage: make_survey ROWS [QUESTIONS GROUPS] > survey.csv; with GROUPS a column of as many
// groups stands before the questions.
#include "datasets/random.h"

#include <stdio.h>
#include <stdlib.h>

enum { STRATA = 40, OFFICES = 25, OFFICES_ALL = 60 };
static const char *const regions[] = {"MB", "SK", "AB", "BC"};

static void put_answers(struct random *r, double office, int questions)
{
    double client = random_normal(r);
    for (int q = 0; q < questions; q++) {
        double x = 3.7 + 0.4 * office + 0.5 * client + 0.7 * random_normal(r) - 0.03 * q;
        int answer = x < 1 ? 1 : x >= 5 ? 5 : (int)(x + 0.5);
        if (random_chance(r, 0.03))
            fputs(",8", stdout); // don't know
        else
            printf(",%d", answer);
    }
    putchar('\n');
}

static void put_header(int questions, int groups)
{
    fputs("region,stratum,office,n_offices,weight", stdout);
    fputs(groups ? ",segment" : "", stdout);
    for (int q = 1; q <= questions; q++)
        printf(",q%d", q);
    putchar('\n');
}

int main(int count, char **words)
{
    long rows = count == 2 || count == 4 ? atol(words[1]) : 0;
    int questions = count == 4 ? atoi(words[2]) : 20, groups = count == 4 ? atoi(words[3]) : 0;
    if (rows < 1 || questions < 1) {
        fputs("usage: make_survey ROWS [QUESTIONS GROUPS]\n", stderr);
        return 64;
    }
    struct random r = random_stream("bench", 1);
    double office[STRATA * OFFICES];
    for (int i = 0; i < STRATA * OFFICES; i++)
        office[i] = random_normal(&r);
    put_header(questions, groups);
    for (long i = 0; i < rows; i++) {
        int unit = random_below(&r, STRATA * OFFICES), stratum = unit / OFFICES;
        printf("%s,s%d,%d,%d,%d.%02d", regions[stratum / 10], stratum, unit % OFFICES, OFFICES_ALL,
               random_between(&r, 5, 40), random_below(&r, 100));
        if (groups)
            printf(",g%d", random_below(&r, groups));
        put_answers(&r, office[unit], questions);
    }
    return fflush(stdout) ? 74 : 0;
}
