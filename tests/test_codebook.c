// SPDX-License-Identifier: GPL-3.0-or-later
// An evaluator's own codebook (tests/golden/codebook): other names of columns and codes, scales
// that run the other way, seven points, two surveys. The working stands in its README.
#include "tests/help_run.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static char *indicators;

static int run_study(void **state)
{
    (void)state;
    char *folder = scratch_path("codebook");
    struct outcome o =
        RUN("run", "tests/golden/codebook", "-o", folder, "--charts", "none", "--formats", "csv");
    int status = o.status;
    outcome_free(&o);
    free(folder);
    indicators = scratch_path("codebook/indicators.csv");
    return status;
}

static int drop_study(void **state)
{
    (void)state;
    free(indicators);
    scratch_remove();
    return 0;
}

static const struct expected {
    const char *key; // indicator, item, region, period, by, level
    double value, n; // n: answers used; NAN: not looked at
} expected[] = {
    // reversed, with 98 outside: forgotten, the index would be 100 − 72.4
    {"survey.mean,globale,NORD,2004Q1,,,", 444 / 114., 114},
    {"cmt.index,globale,NORD,2004Q1,,,", 25 * 330 / 114., 114},
    {"cmt.index,globale,SUD,2004Q1,,,", 62.5, 120},
    {"cmt.index,globale,ENSEMBLE,2004Q1,,,", 25 * (2148 / 588. - 1), 234},
    {"cmt.top2,globale,NORD,2004Q1,,,", 8400 / 114., 114},
    {"cmt.top2_all,globale,NORD,2004Q1,,,", 70, 120},
    {"survey.response,globale,NORD,2004Q1,,,", 95, NAN},
    // levels are those of the reversed code
    {"survey.share,globale,SUD,2004Q1,answer,5,", 25, 120},
    // seven points
    {"survey.mean,courtoisie,NORD,2004Q1,,,", 6, 120},
    {"cmt.index,courtoisie,NORD,2004Q1,,,", 500 / 6., 120},
    {"cmt.index,courtoisie,SUD,2004Q1,,,", 340 / 6., 120},
    {"cmt.top2,courtoisie,NORD,2004Q1,,,", 75, 120},
    {"cmt.gap,courtoisie,NORD,2004Q1,,,", 1, 120},
    {"cmt.gap,courtoisie,SUD,2004Q1,,,", 1.6, 120},
    // O and N, 97 outside
    {"survey.share,obtenu,NORD,2004Q1,answer,yes,", 75, 120},
    {"survey.share,obtenu,SUD,2004Q1,answer,yes,", 60, 110},
    {"survey.share,raison,SUD,2004Q1,answer,1,", 2300 / 44., 44},
    // decimal commas: 2,5 days are within 3
    {"cmt.within_acceptable,jours,NORD,2004Q1,,,", 50, 120},
    {"cmt.within_acceptable,jours,ENSEMBLE,2004Q1,,,", 80, 240},
    // the second survey
    {"cmt.top2,intention,NORD,2004Q1,,,", 50, 100},
    {"cmt.top2,intention,SUD,2004Q1,,,", 40, 100},
    {"reach.aware_unaided,spontanee,NORD,2004Q1,,,", 30, 100},
    {"reach.aware_aided,spontanee,SUD,2004Q1,,,", 45, 100},
    {"reach.aware_total,spontanee,NORD,2004Q1,,,", 70, 100},
    {"reach.aware_total,spontanee,ENSEMBLE,2004Q1,,,", 62.5, 200},
    {"reach.willing,prix,NORD,2004Q1,price,25,", 40, 100},
    {"reach.willing,prix,SUD,2004Q1,price,50,", 15, 100},
    {"reach.revenue_100,prix,NORD,2004Q1,price,25,", 1000, 100},
    {"reach.price_median,prix,SUD,2004Q1,,,", 10, 100},
    {"quality.ladder,,ENSEMBLE,all,,,", 5, NAN},
};

static void figures_of_the_readme(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const struct expected *e = &expected[i];
        const char *text = csv_value(indicators, e->key, "value");
        if (!*text || !(fabs(strtod(text, NULL) - e->value) <= 1e-12 * fabs(e->value)))
            fail_msg("%s is '%s', not %.17g", e->key, text, e->value);
        const char *n = csv_value(indicators, e->key, "n");
        if (isfinite(e->n) && !(strtod(n, NULL) >= e->n && strtod(n, NULL) <= e->n))
            fail_msg("%s: n is '%s', not %g", e->key, n, e->n);
    }
}

// What was skipped is nobody's missing answer: 30 and 44 of 240 were asked why not.
static void skipped_questions_are_not_asked(void **state)
{
    (void)state;
    assert_string_equal(
        csv_value(indicators, "survey.response,raison,NORD,2004Q1,,,", "denominator"), "30");
    assert_string_equal(
        csv_value(indicators, "survey.response,raison,ENSEMBLE,2004Q1,,,", "denominator"), "74");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_of_the_readme),
        cmocka_unit_test(skipped_questions_are_not_asked),
    };
    return cmocka_run_group_tests(tests, run_study, drop_study);
}
