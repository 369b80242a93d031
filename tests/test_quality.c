// SPDX-License-Identifier: GPL-3.0-or-later
// Quality: rows rejected, answers missing by reason, checks that must fail and checks that must
// hold.
#include "metrics/quality_state.h"
#include "tests/help_admin.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define NEAR(a, b) assert_true(fabs((a) - (b)) <= 1e-12 * fabs(b))

// A results of its own, with estimates made by hand.
struct made {
    struct study study;
    struct places places;
    struct ledger ledger;
    struct results results;
    struct diags diags;
    struct run run;
    struct span span;
};

static void made_start(struct made *m, size_t regions, struct period period)
{
    *m = (struct made){.places.region_count = regions, .span = {period, SPAN_REPORT}};
    m->results.places = &m->places;
    m->run = (struct run){.study = &m->study,
                          .places = &m->places,
                          .ledger = &m->ledger,
                          .results = &m->results,
                          .diags = &m->diags,
                          .spans = &m->span,
                          .span_count = 1};
}

static void made_free(struct made *m)
{
    results_free(&m->results);
    ledger_free(&m->ledger);
    diags_free(&m->diags);
}

static void put(struct made *m, const struct indicator *row, uint16_t region, struct period period,
                const char *by, const char *level, double value)
{
    struct cell cell = {.out = &m->results,
                        .item = "",
                        .region = region,
                        .period = period,
                        .by = by,
                        .level = level,
                        .reported = true};
    estimate_set(cell_add(&cell, row), value);
}

static const struct estimate *check(struct made *m, const char *item)
{
    quality_family.compute(&m->run, NULL);
    results_index(&m->results);
    return results_find(&m->results, "quality.reconcile", item, REGION_TOTAL, m->span.period, "",
                        "");
}

static const struct indicator contacts = {
    .label = {.id = "activity.contacts"}, .unit = UNIT_COUNT, .decimals = -1};
static const struct indicator share = {
    .label = {.id = "activity.share"}, .unit = UNIT_PERCENT, .decimals = -1};
static const struct period q3 = {PERIOD_QUARTER, true, 2003, 3};
static const struct period year = {PERIOD_YEAR, true, 2003, 0};

static void regions_add_up_to_the_total(void **state)
{
    (void)state;
    for (int off = 0; off < 2; off++) {
        struct made m;
        made_start(&m, 2, q3);
        put(&m, &contacts, 0, q3, "", "", 3);
        put(&m, &contacts, 1, q3, "", "", 4);
        put(&m, &contacts, REGION_TOTAL, q3, "", "", 7 + 2 * off);
        const struct estimate *e = check(&m, "regions");
        assert_non_null(e);
        assert_true(e->value == 2 * off);
        assert_int_equal(e->status, off ? EST_CAUTION : EST_OK);
        assert_int_equal(m.diags.counts[E0463], off);
        made_free(&m);
    }
}

static void quarters_add_up_to_the_year(void **state)
{
    (void)state;
    struct made m;
    made_start(&m, 0, year);
    for (int q = 1; q <= 4; q++)
        put(&m, &contacts, REGION_TOTAL, (struct period){PERIOD_QUARTER, true, 2003, q}, "", "", q);
    put(&m, &contacts, REGION_TOTAL, year, "", "", 11);
    const struct estimate *e = check(&m, "quarters");
    assert_non_null(e);
    assert_true(e->value == 1 && e->status == EST_CAUTION); // 1 + 2 + 3 + 4 = 10
    made_free(&m);
}

static void levels_and_shares(void **state)
{
    (void)state;
    struct made m;
    made_start(&m, 0, q3);
    put(&m, &contacts, REGION_TOTAL, q3, "", "", 10);
    put(&m, &contacts, REGION_TOTAL, q3, "channel", "phone", 6);
    put(&m, &contacts, REGION_TOTAL, q3, "channel", "unknown", 4);
    put(&m, &contacts, REGION_TOTAL, q3, "segment", "startup", 10);
    put(&m, &share, REGION_TOTAL, q3, "channel", "phone", 60);
    put(&m, &share, REGION_TOTAL, q3, "channel", "web", 30);
    assert_true(check(&m, "levels")->value == 0);
    assert_true(
        results_find(&m.results, "quality.reconcile", "shares", REGION_TOTAL, q3, "", "")->value ==
        10);
    // 6 of 10 contacts have a channel.
    const struct estimate *coded =
        results_find(&m.results, "quality.coded", "", REGION_TOTAL, q3, "dimension", "channel");
    assert_true(coded && coded->value == 60);
    coded = results_find(&m.results, "quality.coded", "", REGION_TOTAL, q3, "dimension", "segment");
    assert_true(coded && coded->value == 100); // nobody is unknown
    made_free(&m);
}

static void nothing_to_check_gives_no_row(void **state)
{
    (void)state;
    struct made m;
    made_start(&m, 0, q3);
    assert_null(check(&m, "regions"));
    assert_null(check(&m, "calls"));
    made_free(&m);
}

static void rows_rejected_by_input(void **state)
{
    (void)state;
    struct made m;
    const struct input one = {.id = "one"}, two = {.id = "two"};
    made_start(&m, 0, q3);
    vec_push(&m.ledger.files, ((struct file_count){.input = &one, .read = 30, .rejected = 2}));
    vec_push(&m.ledger.files, ((struct file_count){.input = &two, .read = 10}));
    vec_push(&m.ledger.files, ((struct file_count){.input = &one, .read = 10, .rejected = 2}));
    (void)check(&m, "");
    const struct period all = {.kind = PERIOD_ALL};
    const struct estimate *a =
        results_find(&m.results, "quality.rejected", "one", REGION_TOTAL, all, "", "");
    const struct estimate *b =
        results_find(&m.results, "quality.rejected", "two", REGION_TOTAL, all, "", "");
    assert_true(a && a->value == 10 && a->denominator == 40);
    assert_true(b && b->value == 0);
    made_free(&m);
}

// 10 respondents: 6 valid, 2 don't know, 2 not asked. Don't know: 2 of the 8 asked; not asked: 2
// of 10.
static void answers_missing_by_reason(void **state)
{
    (void)state;
    struct made m;
    struct item item = {.id = "q1", .mandatory = true};
    struct survey survey = {.in.id = "clients", .items = &item, .item_count = 1, .eligible = 40};
    made_start(&m, 0, q3);
    m.study.surveys = &survey;
    m.study.survey_count = 1;
    vec_push(&m.ledger.files, ((struct file_count){.input = &survey.in, .read = 10, .used = 10}));
    struct column_count column = {.role = "q1", .column = "q1"};
    column.by[VALID] = 6;
    column.by[MISSING_DONT_KNOW] = 2;
    column.by[MISSING_NOT_ASKED] = 2;
    vec_push(&m.ledger.columns, column);
    (void)check(&m, "");
    const struct period all = {.kind = PERIOD_ALL};
    const struct results *r = &m.results;
    NEAR(results_find(r, "quality.item_missing", "q1", REGION_TOTAL, all, "reason", "dont_know")
             ->value,
         25.0);
    NEAR(results_find(r, "quality.item_missing", "q1", REGION_TOTAL, all, "reason", "not_asked")
             ->value,
         20.0);
    NEAR(results_find(r, "quality.mandatory", "clients", REGION_TOTAL, all, "", "")->value, 100.0);
    NEAR(results_find(r, "quality.response_rate", "clients", REGION_TOTAL, all, "", "")->value,
         25.0);
    made_free(&m);
}

static void reasons_have_both_languages(void **state)
{
    (void)state;
    for (int i = 0; i < ADMIN_REASONS; i++)
        assert_true(*admin_reasons[i].id && *admin_reasons[i].text.in[LANG_EN] &&
                    *admin_reasons[i].text.in[LANG_FR]);
}

static void rows_are_complete(void **state)
{
    (void)state;
    const struct family *const list[] = {&egov_family, &standards_family, &plan_family,
                                         &quality_family};
    for (int f = 0; f < 4; f++)
        for (size_t i = 0; i < list[f]->count; i++) {
            const struct indicator *row = &list[f]->rows[i];
            for (int lang = 0; lang < LANG_COUNT; lang++)
                assert_true(*row->label.text.in[lang] && *row->definition.in[lang]);
            assert_true(*row->formula && *row->inputs && *row->serves && *row->source);
            bool elsewhere = strcmp(row->label.id, "quality.coverage") == 0 ||
                             strcmp(row->label.id, "quality.profile") == 0; // family activity
            assert_true(elsewhere == (row->compute == NULL));
            assert_int_equal(row->interval, INTERVAL_NONE);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(regions_add_up_to_the_total),
        cmocka_unit_test(quarters_add_up_to_the_year),
        cmocka_unit_test(levels_and_shares),
        cmocka_unit_test(nothing_to_check_gives_no_row),
        cmocka_unit_test(rows_rejected_by_input),
        cmocka_unit_test(answers_missing_by_reason),
        cmocka_unit_test(reasons_have_both_languages),
        cmocka_unit_test(rows_are_complete),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
