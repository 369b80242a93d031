// SPDX-License-Identifier: GPL-3.0-or-later
// Writes answers of made-up clients: four regions, ten strata each, 25 of 60 offices sampled in
// each stratum, twenty questions from 1 to 5 with an effect of the office. The same bytes on any
// machine. Usage: make_survey ROWS > survey.csv
#include "datasets/random.h"

#include <stdio.h>
#include <stdlib.h>

enum { STRATA = 40, OFFICES = 25, OFFICES_ALL = 60, QUESTIONS = 20 };
static const char *const regions[] = {"MB", "SK", "AB", "BC"};

static void put_answers(struct random *r, double office)
{
    double client = random_normal(r);
    for (int q = 0; q < QUESTIONS; q++) {
        double x = 3.7 + 0.4 * office + 0.5 * client + 0.7 * random_normal(r) - 0.03 * q;
        int answer = x < 1 ? 1 : x >= 5 ? 5 : (int)(x + 0.5);
        if (random_chance(r, 0.03))
            fputs(",8", stdout); // don't know
        else
            printf(",%d", answer);
    }
    putchar('\n');
}

int main(int count, char **words)
{
    long rows = count == 2 ? atol(words[1]) : 0;
    if (rows < 1) {
        fputs("usage: make_survey ROWS\n", stderr);
        return 64;
    }
    struct random r = random_stream("bench", 1);
    double office[STRATA * OFFICES];
    for (int i = 0; i < STRATA * OFFICES; i++)
        office[i] = random_normal(&r);
    fputs("region,stratum,office,n_offices,weight", stdout);
    for (int q = 1; q <= QUESTIONS; q++)
        printf(",q%d", q);
    putchar('\n');
    for (long i = 0; i < rows; i++) {
        int unit = random_below(&r, STRATA * OFFICES), stratum = unit / OFFICES;
        printf("%s,s%d,%d,%d,%d.%02d", regions[stratum / 10], stratum, unit % OFFICES, OFFICES_ALL,
               random_between(&r, 5, 40), random_below(&r, 100));
        put_answers(&r, office[unit]);
    }
    return fflush(stdout) ? 74 : 0;
}
