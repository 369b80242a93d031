// SPDX-License-Identifier: GPL-3.0-or-later
// What single charts say about a study: a break, those who do not know.
#include "plots/chart.h"
#include "tests/help_charts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct chart *chart_named(const char *id)
{
    for (size_t i = 0; i < chart_count; i++)
        if (strcmp(charts[i].label.id, id) == 0)
            return &charts[i];
    return NULL;
}

// Region 1 was asked another question a year ago: a sentence stands where its line would.
static void a_break_parts_the_change(void **state)
{
    (void)state;
    static const uint16_t regions[] = {0, 1, REGION_TOTAL};
    struct made m;
    made_start(&m, 2, WITHHELD_NONE);
    m.trend_break.region = "r1";
    m.trend_break.from = (struct period){PERIOD_QUARTER, true, 2003, 1};
    for (size_t i = 0; i < 3; i++) {
        struct arena a = {0};
        struct plot p = {
            .results = &m.results, .region = regions[i], .period = m.period, .arena = &a};
        assert_true(chart_lay_out(chart_named("change"), &p));
        bool told = strstr(p.alternative.ptr, "not compared") != NULL;
        bool drawn = strstr(p.alternative.ptr, "No significant change") != NULL;
        assert_int_equal(told, regions[i] != 0);
        assert_int_equal(drawn, regions[i] != 1);
        plot_free(&p);
        arena_free(&a);
    }
    made_end(&m);
}

static size_t texts_with(const struct plot *p, const char *word)
{
    size_t count = 0;
    for (size_t i = 0; i < p->canvas.texts.len; i++)
        count += str_is(p->canvas.texts.at[i].text, word);
    return count;
}

// Who does not know stands aside of the answers; where nobody was counted there is no such column.
static void those_who_do_not_know_stand_aside(void **state)
{
    (void)state;
    for (int known = 0; known < 2; known++) {
        struct made m;
        struct arena a = {0};
        made_start(&m, 2, WITHHELD_NONE);
        for (size_t i = 0; i < m.results.estimates.len; i++)
            if (known && strcmp(m.results.estimates.at[i].level, "dont_know") == 0)
                estimate_set(&m.results.estimates.at[i], 0);
        struct plot p = {
            .results = &m.results, .region = REGION_TOTAL, .period = m.period, .arena = &a};
        assert_true(chart_lay_out(chart_named("answers"), &p));
        assert_int_equal(texts_with(&p, "don't know"), known ? 0 : 1);
        plot_free(&p);
        arena_free(&a);
        made_end(&m);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_break_parts_the_change),
        cmocka_unit_test(those_who_do_not_know_stand_aside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
