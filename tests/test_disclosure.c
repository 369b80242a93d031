// SPDX-License-Identifier: GPL-3.0-or-later
// A withheld base must not stand anywhere else (robustness.md D1, D2): those who answered, in a
// response rate, are the base of the question.
#include "engine/guard/guard.h"
#include "tests/help_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static int clean(void **state)
{
    (void)state;
    scratch_remove();
    return 0;
}

static void add_people(struct buf *data, const char *region, int valid, int unsure)
{
    for (int i = 0; i < valid + unsure; i++)
        buf_print(data, "%s,%d\n", region, i < valid ? 1 + i % 5 : 8);
}

// Asked 17 in A, of whom 9 answered: 9 is withheld as a base (min_n 10), and 17 is shown; so the
// response rate of A, 9 of 17, must go too. In C all of 40 answered.
static int prepare(void **state)
{
    (void)state;
    struct buf data = {0};
    buf_text(&data, "region,q\n");
    add_people(&data, "A", 9, 8);
    add_people(&data, "B", 50, 3);
    add_people(&data, "C", 40, 0);
    add_people(&data, "D", 61, 2);
    scratch_write("data.csv", data.ptr);
    buf_free(&data);
    scratch_write("study.yaml",
                  "etalon: 1\nid: small\nperiod: 2003Q4\nregions: [{id: A}, {id: B}, {id: C}, {id: "
                  "D}]\ntotal: {id: ALL}\nsurveys:\n  - id: s\n    files: [data.csv]\n"
                  "    columns: {region: region}\n    missing: {dont_know: [\"8\"]}\n    items:\n"
                  "      - {id: q, column: q, scale: satisfaction}\n"
                  "suppress: {min_n: 10, rule: none}\n");
    char *study = scratch_path("study.yaml"), *out = scratch_path("out");
    struct outcome o = RUN("run", study, "-o", out, "--charts", "none", "--formats", "csv", "-q");
    int status = o.status;
    outcome_free(&o);
    free(study);
    free(out);
    return status;
}

static const char *value(const char *row, const char *column)
{
    char *path = scratch_path("out/indicators.csv");
    const char *found = csv_value(path, row, column);
    free(path);
    return found;
}

static void the_answered_of_a_response_rate_are_withheld_with_their_base(void **state)
{
    (void)state;
    assert_string_equal(value("survey.n,q,A,", "status"), "suppressed");
    assert_string_equal(value("survey.response,q,A,", "numerator"), "");
    assert_string_equal(value("survey.response,q,A,", "status"), "secondary");
    assert_string_equal(value("survey.n,q,ALL,", "n"), "160"); // 9 + 50 + 40 + 61
}

// All answered less the regions that show theirs: what is left holds at least 10, and no single
// one.
static void nobody_can_subtract(void **state)
{
    (void)state;
    static const char *const regions[] = {"B", "C", "D"};
    double left = 160, answered = strtod(value("survey.response,q,ALL,", "numerator"), NULL);
    int hidden = 1, hidden_rates = 1;
    double left_rates = answered;
    for (size_t i = 0; i < 3; i++) {
        char n[32], rate[48];
        snprintf(n, sizeof n, "survey.n,q,%s,", regions[i]);
        snprintf(rate, sizeof rate, "survey.response,q,%s,", regions[i]);
        left -= strtod(value(n, "n"), NULL);
        hidden += !*value(n, "n");
        left_rates -= strtod(value(rate, "numerator"), NULL);
        hidden_rates += !*value(rate, "numerator");
    }
    assert_true(hidden >= 2 && left >= 10);
    assert_true(answered < 1 || (hidden_rates >= 2 && left_rates >= 10));
}

// tests/disclosure/cases.json, all_same_answer: all 12 say 5, so 100 % and four times 0 %.
static void all_answers_alike_are_flagged(void **state)
{
    (void)state;
    static const struct indicator percent = {.unit = UNIT_PERCENT};
    struct estimate e = {.indicator = &percent, .n = 12, .share = true, .from_survey = true};
    e.value = 100;
    assert_int_equal(guard_reliability(SUPPRESS_STATCAN, &e), EST_CAUTION);
    e.value = 0;
    assert_int_equal(guard_reliability(SUPPRESS_STATCAN, &e), EST_CAUTION);
    e.value = 50;
    e.se = 1;
    assert_int_equal(guard_reliability(SUPPRESS_STATCAN, &e), EST_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_answered_of_a_response_rate_are_withheld_with_their_base),
        cmocka_unit_test(nobody_can_subtract),
        cmocka_unit_test(all_answers_alike_are_flagged),
    };
    return cmocka_run_group_tests(tests, prepare, clean);
}
