// SPDX-License-Identifier: GPL-3.0-or-later
// Service standards: published performances and verdicts, quarters, units of targets, edges.
#include "tests/help_admin.h"
#include "tests/values/values.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define NEAR(a, b) assert_true(fabs((a) - (b)) <= 1e-12 * fabs(b))

#define HEAD                        \
    "etalon: 1\n"                   \
    "id: s\n"                       \
    "title: S\n"                    \
    "year: fiscal\n"                \
    "total: {id: ALL, name: All}\n" \
    "standards:\n"                  \
    "  - id: published\n"           \
    "    files: [s.csv]\n"

static void run_on(struct trial *t, const char *study, const char *text, const char *period)
{
    const char *const files[] = {"s.csv", text, NULL};
    admin_run(t, study, files, period);
}

// ---- the published files

static struct buf table(const char *name)
{
    char path[200];
    struct buf text = {0};
    snprintf(path, sizeof path, "tests/values/published/%s", name);
    FILE *file = fopen(path, "r");
    char block[4096];
    assert_non_null(file);
    for (size_t got; (got = fread(block, 1, sizeof block, file)) > 0;)
        buf_put(&text, block, got);
    fclose(file);
    return text;
}

static const char federal[] =
    HEAD "    period: 2023-24\n"
         "    columns: {standard: standard, region: organisation, target: target, met: met,\n"
         "              total: total, type: type, channel: channel}\n";

static void verdict_as_published(const struct trial *t, const struct values_row *row)
{
    const char *region = row->field[0], *standard = row->field[1], *verdict = row->field[8];
    const struct estimate *performance =
        admin_row(t, "standards.performance", standard, region, "2023-24");
    const struct estimate *met = admin_row(t, "standards.met", standard, region, "2023-24");
    if (*row->field[7])
        assert_true(num_round(performance->value / 100, 4) == values_number(row, 7));
    else
        assert_true(isnan(performance->value));
    if (strcmp(verdict, "NA") == 0)
        assert_true(isnan(met->value) && met->status == EST_NOT_APPLICABLE);
    else
        assert_true(met->value == (strcmp(verdict, "Y") == 0 ? 100 : 0));
}

// Verdicts that need the rounded value, ties at the fifth decimal, more met than the total, targets
// that are none: all as published.
static void federal_verdicts_are_those_published(void **state)
{
    (void)state;
    struct trial t;
    struct buf text = table("standards_federal_2023-24.csv");
    run_on(&t, federal, text.ptr, "2023-24");
    assert_int_equal(t.status, OK);
    FILE *file = values_open("published/standards_federal_2023-24.csv");
    struct values_row row = {.line = 0};
    int rows = 0, yes = 0, no = 0;
    while (values_next(file, &row)) {
        verdict_as_published(&t, &row);
        yes += strcmp(row.field[8], "Y") == 0;
        no += strcmp(row.field[8], "N") == 0;
        rows++;
    }
    fclose(file);
    assert_int_equal(rows, 42);
    const struct estimate *all = admin_row(&t, "standards.met", "", "ALL", "2023-24");
    assert_true(all->numerator == yes && all->denominator == yes + no);
    assert_true(admin_value(&t, "standards.count", "", "ALL", "2023-24") == 42);
    NEAR(admin_value(&t, "standards.assessed", "", "ALL", "2023-24"), 100. * (yes + no) / 42);
    buf_free(&text);
    trial_free(&t);
}

// PacifiCan 2023-24: one of four assessed standards met; PrairiesCan: five of five.
static void western_agencies_2023(void **state)
{
    (void)state;
    struct trial t;
    struct buf text = table("standards_federal_2023-24.csv");
    run_on(&t, federal, text.ptr, "2023-24");
    NEAR(admin_value(&t, "standards.met", "", "pacifican", "2023-24"), 25.0);
    assert_true(admin_row(&t, "standards.met", "", "pacifican", "2023-24")->denominator == 4);
    NEAR(admin_value(&t, "standards.met", "", "prairiescan", "2023-24"), 100.0);
    // 362 + 168 + 157 + 626 + 284 = 1597 of 369 + 170 + 165 + 633 + 302 = 1639
    const struct estimate *pooled =
        admin_row(&t, "standards.performance", "", "prairiescan", "2023-24");
    assert_true(pooled->numerator == 1597 && pooled->denominator == 1639);
    // Of these, by e-mail: 626 of 633.
    const struct estimate *email =
        admin_find(&t, "standards.performance", "", "prairiescan", "2023-24", "channel", "EML");
    assert_true(email && email->numerator == 626 && email->denominator == 633);
    buf_free(&text);
    trial_free(&t);
}

static const char ised[] =
    HEAD "    period: 2017-18 Q1\n"
         "    decimals: 5\n"
         "    columns: {standard: standard, target: target, met: q1_met, total: q1_total}\n"
         "  - id: q2\n"
         "    files: [s.csv]\n"
         "    period: 2017-18 Q2\n"
         "    decimals: 5\n"
         "    columns: {standard: standard, target: target, met: q2_met, total: q2_total}\n"
         "  - id: q3\n"
         "    files: [s.csv]\n"
         "    period: 2017-18 Q3\n"
         "    decimals: 5\n"
         "    columns: {standard: standard, target: target, met: q3_met, total: q3_total}\n"
         "  - id: q4\n"
         "    files: [s.csv]\n"
         "    period: 2017-18 Q4\n"
         "    decimals: 5\n"
         "    columns: {standard: standard, target: target, met: q4_met, total: q4_total}\n";

// 48 published years are the sums of their quarters, one of them with a quarter of 71 of 58.
static void years_are_the_sums_of_their_quarters(void **state)
{
    (void)state;
    struct trial t;
    struct buf text = table("standards_ised_2017-18.csv");
    run_on(&t, ised, text.ptr, "all");
    assert_int_equal(t.status, OK);
    FILE *file = values_open("published/standards_ised_2017-18.csv");
    struct values_row row = {.line = 0};
    int years = 0;
    while (values_next(file, &row)) {
        double published = values_number(&row, 14);
        if (!*row.field[14] || strcmp(row.field[14], "ND") == 0)
            continue;
        double found = admin_value(&t, "standards.performance", row.field[0], "ALL", "2017-18");
        assert_true(num_round(found / 100, 5) == published);
        years++;
    }
    fclose(file);
    assert_int_equal(years, 48);
    // 6563/7065, 6803/7309, 5719/6234, 6695/7336
    const char *standard = "ISED-009-002";
    double quarters[] = {92.89, 93.08, 91.74, 91.26};
    for (int q = 0; q < 4; q++) {
        char period[32];
        snprintf(period, sizeof period, "2017-18 Q%d", q + 1);
        double found = admin_value(&t, "standards.performance", standard, "ALL", period);
        assert_true(num_round(found, 2) == quarters[q]);
    }
    // The quarter above its total is kept and flagged; 53 + 49 + 71 + 64 = 237 of 246 = .96341.
    const struct estimate *above =
        admin_row(&t, "standards.performance", "ISED-022-001", "ALL", "2017-18 Q3");
    NEAR(above->value, 100. * 71 / 58);
    assert_int_equal(above->status, EST_CAUTION);
    double year = admin_value(&t, "standards.performance", "ISED-022-001", "ALL", "2017-18");
    assert_true(num_round(year / 100, 5) == .96341);
    buf_free(&text);
    trial_free(&t);
}

// ---- hand-made

static const char plain[] = HEAD "    columns: {standard: id, region: r, period: p, target: t, "
                                 "met: m, total: n}\n";

static void targets_of_percent_and_fraction_agree(void **state)
{
    (void)state;
    static const char *const files[] = {
        "id,r,p,t,m,n\nA,N,2003-04,90,7973,8859\nB,N,2003-04,99.9,9989,10000\n",
        "id,r,p,t,m,n\nA,N,2003-04,.9,7973,8859\nB,N,2003-04,.999,9989,10000\n"};
    for (int i = 0; i < 2; i++) {
        struct trial t;
        run_on(&t, plain, files[i], "2003-04");
        // 7973/8859 = .899989 is printed .9000; 9989/10000 = .9989 is below .999.
        assert_true(admin_value(&t, "standards.met", "A", "N", "2003-04") == 100);
        assert_true(admin_value(&t, "standards.met", "B", "N", "2003-04") == 0);
        NEAR(admin_value(&t, "standards.gap", "B", "N", "2003-04"), 100 * (.9989 - .999));
        assert_true(admin_said(&t, E0455));
        trial_free(&t);
    }
}

static void both_units_in_one_file_are_refused(void **state)
{
    (void)state;
    struct trial t;
    run_on(&t, plain, "id,r,p,t,m,n\nA,N,2003-04,90,9,10\nB,N,2003-04,.9,9,10\n", "2003-04");
    assert_int_equal(t.status, FAIL_DATA);
    assert_true(admin_said(&t, E0454));
    trial_free(&t);
}

// A target of 1 among percents is 1 %, alone or among fractions 100 %.
static void a_target_of_one_follows_its_file(void **state)
{
    (void)state;
    struct trial t;
    run_on(&t, plain, "id,r,p,t,m,n\nA,N,2003-04,90,9,10\nB,N,2003-04,1,1,50\n", "2003-04");
    assert_true(admin_value(&t, "standards.met", "B", "N", "2003-04") == 100);
    trial_free(&t);
    run_on(&t, plain, "id,r,p,t,m,n\nA,N,2003-04,.9,9,10\nB,N,2003-04,1,1,50\n", "2003-04");
    assert_true(admin_value(&t, "standards.met", "B", "N", "2003-04") == 0);
    trial_free(&t);
}

static void blanks_and_zeros_are_not_alike(void **state)
{
    (void)state;
    struct trial t;
    run_on(&t, plain,
           "id,r,p,t,m,n\n"
           "blank,N,2003-04,90,,10\n"
           "nothing,N,2003-04,90,0,0\n"
           "nil,N,2003-04,90,0,10\n"
           "na,N,2003-04,90,NA,NA\n"
           "negative,N,2003-04,90,-1,10\n",
           "2003-04");
    const char *id = "standards.performance";
    assert_int_equal(admin_row(&t, id, "blank", "N", "2003-04")->status, EST_NO_DATA);
    assert_int_equal(admin_row(&t, id, "nothing", "N", "2003-04")->status, EST_NOT_APPLICABLE);
    assert_true(admin_value(&t, id, "nil", "N", "2003-04") == 0);
    assert_int_equal(admin_row(&t, id, "na", "N", "2003-04")->status, EST_NOT_APPLICABLE);
    assert_int_equal(admin_row(&t, id, "negative", "N", "2003-04")->status, EST_NO_DATA);
    const struct estimate *met = admin_row(&t, "standards.met", "", "N", "2003-04");
    assert_true(met->value == 0 && met->denominator == 1);
    trial_free(&t);
}

// Twenty-one rows keep the one impossible row under the limit of 5 % rejected.
static void more_than_none_is_rejected(void **state)
{
    (void)state;
    struct trial t;
    struct buf text = {0};
    buf_text(&text, "id,r,p,t,m,n\nbad,N,2003-04,90,3,0\n");
    for (int i = 0; i < 20; i++)
        buf_print(&text, "s%d,N,2003-04,90,9,10\n", i);
    run_on(&t, plain, text.ptr, "2003-04");
    assert_int_equal(t.status, OK);
    assert_int_equal(t.ledger.files.at[0].by_reason[REJECT_VALUE], 1);
    assert_null(admin_find(&t, "standards.met", "bad", "N", "2003-04", "", ""));
    assert_true(admin_value(&t, "standards.count", "", "N", "2003-04") == 20);
    buf_free(&text);
    trial_free(&t);
}

static void a_target_that_changes_leaves_the_year_without_verdict(void **state)
{
    (void)state;
    struct trial t;
    run_on(&t, plain,
           "id,r,p,t,m,n\n"
           "A,N,2003-04 Q1,90,9,10\nA,N,2003-04 Q2,80,8,10\n"
           "B,N,2003-04 Q1,90,9,10\nB,N,2003-04 Q2,,5,10\nB,N,2003-04 Q3,90,,\n",
           "all");
    assert_true(admin_value(&t, "standards.met", "A", "N", "2003-04 Q1") == 100);
    assert_true(admin_value(&t, "standards.met", "A", "N", "2003-04 Q2") == 100);
    const struct estimate *year = admin_row(&t, "standards.met", "A", "N", "2003-04");
    assert_int_equal(year->status, EST_NOT_APPLICABLE);
    assert_string_equal(year->reason, "target_changed");
    // B: 14/20 against the last target written; a quarter is missing.
    const struct estimate *b = admin_row(&t, "standards.performance", "B", "N", "2003-04");
    NEAR(b->value, 70.0);
    assert_int_equal(b->status, EST_CAUTION);
    assert_true(admin_value(&t, "standards.met", "B", "N", "2003-04") == 0);
    trial_free(&t);
}

static void the_key_holds_the_service(void **state)
{
    (void)state;
    struct trial t;
    run_on(&t,
           HEAD "    columns: {standard: id, service: s, region: r, period: p, target: t, met: m, "
                "total: n}\n",
           "id,s,r,p,t,m,n\n1,x,N,2003-04,.9,9,10\n1,y,N,2003-04,.9,1,10\n", "2003-04");
    assert_true(admin_value(&t, "standards.met", "x/1", "N", "2003-04") == 100);
    assert_true(admin_value(&t, "standards.met", "y/1", "N", "2003-04") == 0);
    NEAR(admin_value(&t, "standards.met", "", "N", "2003-04"), 50.0);
    trial_free(&t);
}

// The whole counts the verdicts of the regions; a standard of several regions is pooled by volume.
static void the_whole_counts_verdicts_of_regions(void **state)
{
    (void)state;
    struct trial t;
    run_on(&t, plain, "id,r,p,t,m,n\nA,N,2003-04,.9,9,10\nA,S,2003-04,.9,10,90\n", "2003-04");
    const struct estimate *all = admin_row(&t, "standards.met", "", "ALL", "2003-04");
    assert_true(all->numerator == 1 && all->denominator == 2);
    NEAR(admin_value(&t, "standards.performance", "A", "ALL", "2003-04"), 19.0);
    assert_true(admin_value(&t, "standards.met", "A", "ALL", "2003-04") == 0);
    trial_free(&t);
}

static void a_key_twice_is_added_up_and_said(void **state)
{
    (void)state;
    struct trial t;
    run_on(&t, plain, "id,r,p,t,m,n\nA,N,2003-04,.9,9,10\nA,N,2003-04,.9,1,10\n", "2003-04");
    assert_true(admin_said(&t, E0458));
    NEAR(admin_value(&t, "standards.performance", "A", "N", "2003-04"), 50.0);
    assert_true(admin_value(&t, "quality.duplicates", "", "ALL", "all") == 1);
    trial_free(&t);
}

static void rows_in_any_order_give_the_same(void **state)
{
    (void)state;
    static const char *const files[] = {
        "id,r,p,t,m,n\nB,S,2003-04,.9,.1,.3\nA,N,2003-04,.8,.2,.7\nA,S,2003-04,.8,.3,.9\n",
        "id,r,p,t,m,n\nA,S,2003-04,.8,.3,.9\nA,N,2003-04,.8,.2,.7\nB,S,2003-04,.9,.1,.3\n"};
    double sums[2];
    for (int i = 0; i < 2; i++) {
        struct trial t;
        run_on(&t, plain, files[i], "2003-04");
        sums[i] = admin_value(&t, "standards.performance", "", "ALL", "2003-04");
        trial_free(&t);
    }
    assert_memory_equal(&sums[0], &sums[1], sizeof sums[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(federal_verdicts_are_those_published),
        cmocka_unit_test(western_agencies_2023),
        cmocka_unit_test(years_are_the_sums_of_their_quarters),
        cmocka_unit_test(targets_of_percent_and_fraction_agree),
        cmocka_unit_test(both_units_in_one_file_are_refused),
        cmocka_unit_test(a_target_of_one_follows_its_file),
        cmocka_unit_test(blanks_and_zeros_are_not_alike),
        cmocka_unit_test(more_than_none_is_rejected),
        cmocka_unit_test(a_target_that_changes_leaves_the_year_without_verdict),
        cmocka_unit_test(the_key_holds_the_service),
        cmocka_unit_test(the_whole_counts_verdicts_of_regions),
        cmocka_unit_test(a_key_twice_is_added_up_and_said),
        cmocka_unit_test(rows_in_any_order_give_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
