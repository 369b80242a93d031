// SPDX-License-Identifier: GPL-3.0-or-later
// Targets, progress, peers, and the priority matrix measured against peers.
#include "tests/help_activity.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define NEAR(a, b) assert_true(fabs((a) - (b)) <= 1e-12 * fabs((double)(b)))

// A survey by telephone: overall o, drivers a and b with their importance.
#define SURVEY                                                                     \
    "etalon: 1\n"                                                                  \
    "id: us\n"                                                                     \
    "title: S\n"                                                                   \
    "total: {id: ALL, name: All}\n"                                                \
    "suppress: {min_n: 1}\n"                                                       \
    "targets: {files: [t.csv]}\n"                                                  \
    "benchmarks: {files: [b.csv]}\n"                                               \
    "surveys:\n"                                                                   \
    "  - id: s\n"                                                                  \
    "    files: [s.csv]\n"                                                         \
    "    mode: telephone\n"                                                        \
    "    columns: {period: p}\n"                                                   \
    "    items:\n"                                                                 \
    "      - {id: a, column: a, scale: satisfaction, driver: x, importance: ia}\n" \
    "      - {id: b, column: b, scale: satisfaction, driver: y, importance: ib}\n" \
    "      - {id: o, column: o, scale: satisfaction, role: overall"
#define WHOLE "}\n"

#define NO_TARGETS "indicator,item,region,period,target,kind\n"
#define NO_PEERS "group,indicator,item,value,n,mode,period,organisation\n"

static void run_on(struct trial *t, const char *study, const char *answers, const char *targets,
                   const char *peers, const char *period)
{
    const char *const files[] = {"s.csv", answers, "t.csv", targets, "b.csv", peers, NULL};
    void *survey = NULL, *cmt = NULL;
    struct period asked;
    trial_load(t, study, files);
    assert_int_equal(t->status, OK);
    assert_int_equal(survey_family.read(&t->run, &survey), OK);
    assert_int_equal(cmt_family.read(&t->run, &cmt), OK);
    trial_remove(t, files);
    assert_int_equal(places_finish(&t->places, &t->diags), OK);
    assert_true(period_read(str_of(period), &asked));
    t->run.span_count = run_spans(&t->places, asked, &t->run.spans);
    survey_family.compute(&t->run, survey);
    cmt_family.compute(&t->run, cmt);
    results_index(&t->results);
}

static const struct estimate *find(const struct trial *t, const char *id, const char *item,
                                   const char *period, const char *by, const char *level)
{
    struct period p;
    assert_true(period_read(str_of(period), &p));
    const struct estimate *e = results_find(&t->results, id, item, REGION_TOTAL, p, by, level);
    assert_non_null(e);
    return e;
}

// ---- progress

// 14 fours and 11 threes: mean 89/25 = 3.56, index 64.
static const char sixty_four[] =
    "p,a,b,o,ia,ib\n"
    "2003,1,1,4,1,1\n2003,1,1,4,1,1\n2003,1,1,4,1,1\n2003,1,1,4,1,1\n2003,1,1,4,1,1\n"
    "2003,1,1,4,1,1\n2003,1,1,4,1,1\n2003,1,1,4,1,1\n2003,1,1,4,1,1\n2003,1,1,4,1,1\n"
    "2003,1,1,4,1,1\n2003,1,1,4,1,1\n2003,1,1,4,1,1\n2003,1,1,4,1,1\n2003,1,1,3,1,1\n"
    "2003,1,1,3,1,1\n2003,1,1,3,1,1\n2003,1,1,3,1,1\n2003,1,1,3,1,1\n2003,1,1,3,1,1\n"
    "2003,1,1,3,1,1\n2003,1,1,3,1,1\n2003,1,1,3,1,1\n2003,1,1,3,1,1\n2003,1,1,3,1,1\n";

static double progress(const char *study, const char *targets, const char *peers, double *target,
                       const char **reason)
{
    struct trial t;
    static char why[64];
    run_on(&t, study, sixty_four, targets, peers, "2003");
    const struct estimate *e = find(&t, "cmt.progress", "cmt.index/o", "2003", "", "");
    double value = e->value;
    snprintf(why, sizeof why, "%s", e->reason);
    *target = find(&t, "cmt.target", "cmt.index/o", "2003", "", "")->value;
    *reason = why;
    assert_true(isfinite(value) == (e->status == EST_OK));
    assert_true(isfinite(value) || e->status == EST_NOT_APPLICABLE);
    trial_free(&t);
    return value;
}

#define BASELINE(rest) "indicator,item,region,period,target,kind,mode,scale\n" rest "\n"

// The federal target of the time, ten per cent more in five years: 60 in 1998, 64 in 2003, so two
// thirds of the way to 66 (10 % of 60), or two fifths of that to 70 (10 points).
static void progress_of_1998_to_2003(void **state)
{
    (void)state;
    double target;
    const char *reason;
    NEAR(progress(SURVEY WHOLE,
                  BASELINE("cmt.index,o,,1998,60,baseline,,\ncmt.index,o,,2003,10,relative,,"),
                  NO_PEERS, &target, &reason),
         200 / 3.);
    NEAR(target, 66);
    NEAR(progress(SURVEY WHOLE,
                  BASELINE("cmt.index,o,,1998,60,baseline,,\ncmt.index,o,,2003,10,points,,"),
                  NO_PEERS, &target, &reason),
         40);
    NEAR(target, 70);
}

// The same baseline asked by mail, on another scale, or before the question was reworded.
static void other_questions_are_no_baseline(void **state)
{
    (void)state;
    double target;
    const char *reason;
    static const char *const other[] = {
        BASELINE("cmt.index,o,,1998,60,baseline,mail,\ncmt.index,o,,2003,10,relative,,"),
        BASELINE("cmt.index,o,,1998,60,baseline,,likert\ncmt.index,o,,2003,10,relative,,"),
    };
    for (size_t i = 0; i < 2; i++) {
        assert_true(isnan(progress(SURVEY WHOLE, other[i], NO_PEERS, &target, &reason)));
        assert_string_equal(reason, "not_comparable");
        NEAR(target, 66); // what is to be reached does not change
    }
    NEAR(progress(SURVEY WHOLE,
                  BASELINE("cmt.index,o,,1998,60,baseline,telephone,satisfaction\n"
                           "cmt.index,o,,2003,10,relative,,"),
                  NO_PEERS, &target, &reason),
         200 / 3.);
    assert_true(isnan(progress(SURVEY ", since: 2001" WHOLE,
                               BASELINE("cmt.index,o,,1998,60,baseline,,\n"
                                        "cmt.index,o,,2003,10,relative,,"),
                               NO_PEERS, &target, &reason)));
}

// A baseline without a value, of a year before the data: our own score as it was published.
static void our_own_published_score_is_a_baseline(void **state)
{
    (void)state;
    double target;
    const char *reason;
    NEAR(progress(SURVEY WHOLE,
                  BASELINE("cmt.index,o,,1998,,baseline,,\ncmt.index,o,,2003,10,relative,,"),
                  NO_PEERS "old,cmt.index,o,60,500,telephone,1998,us\n", &target, &reason),
         200 / 3.);
    assert_true(isnan(progress(
        SURVEY WHOLE, BASELINE("cmt.index,o,,1998,,baseline,,\ncmt.index,o,,2003,10,relative,,"),
        NO_PEERS "old,cmt.index,o,60,500,mail,1998,us\n", &target, &reason)));
}

// ---- peers

// a: 75, importance 100; b: (100 + 3 · 75)/4 = 81.25, importance 50; o: 75.
static const char four[] = "p,a,b,o,ia,ib\n"
                           "2003,4,5,4,5,3\n2003,4,4,4,5,3\n2003,4,4,4,5,3\n2003,4,4,4,5,3\n";

// B counts once, with the mean of its two rows, 80; D was asked by mail; our own row is no peer.
// Mean (70 + 80 + 60)/3 = 70; only B is better than 75.
static void organisations_count_once(void **state)
{
    (void)state;
    struct trial t;
    run_on(&t, SURVEY WHOLE, four, NO_TARGETS,
           NO_PEERS "g,cmt.index,o,70,100,telephone,2003,A\n"
                    "g,cmt.index,o,78,,telephone,,B\ng,cmt.index,o,82,90,,2002,B\n"
                    "g,cmt.index,o,60,80,telephone,2003,C\n"
                    "g,cmt.index,o,99,80,mail,2003,D\n"
                    "g,cmt.index,o,90,80,telephone,2002,us\n",
           "2003");
    const struct estimate *e = find(&t, "cmt.benchmark", "cmt.index/o", "2003", "peer", "g");
    NEAR(e->value, 70);
    assert_true(e->n == 3);
    assert_string_equal(e->about, "telephone, 100, .., 2003; .., 90, .., 2002; "
                                  "telephone, .., .., ..; telephone, 80, .., 2003");
    NEAR(find(&t, "cmt.benchmark_gap", "cmt.index/o", "2003", "peer", "g")->value, 5);
    e = find(&t, "cmt.benchmark_rank", "cmt.index/o", "2003", "peer", "g");
    assert_true(e->value == 2 && e->low == 2 && e->high == 2 && e->denominator == 4);
    trial_free(&t);
}

static void two_peers_are_not_shown(void **state)
{
    (void)state;
    struct trial t;
    run_on(&t, SURVEY WHOLE, four, NO_TARGETS,
           NO_PEERS "g,cmt.index,o,70,100,,2003,A\ng,cmt.index,o,78,,,,B\n", "2003");
    const struct estimate *e = find(&t, "cmt.benchmark", "cmt.index/o", "2003", "peer", "g");
    assert_true(e->status == EST_SUPPRESSED && isnan(e->value));
    trial_free(&t);
}

// ---- the priority matrix

#define MATRIX(threshold) SURVEY WHOLE "    matrix: {threshold: " threshold "}\n"
#define PEERS_OF_A "g,cmt.index,a,60,,,,A\ng,cmt.index,a,70,,,,B\ng,cmt.index,a,80,,,,C\n"
#define PEERS_OF_B "g,cmt.index,b,70,,,,A\ng,cmt.index,b,72,,,,B\ng,cmt.index,b,74,,,,C\n"

static void expect_quadrants(const char *study, const char *peers, const char *a, const char *b)
{
    struct trial t;
    run_on(&t, study, four, NO_TARGETS, peers, "2003");
    (void)find(&t, "cmt.quadrant", "a", "2003", "quadrant", a);
    (void)find(&t, "cmt.quadrant", "b", "2003", "quadrant", b);
    trial_free(&t);
}

// Performance 75 and 81.25. Against their own mean, 78.125, a is low; against what peers reach, the
// mean of 70 and 72, both are high. Importance against its mean, 75; peers who publish it (30 and
// 40: 35) make b important too.
static void peers_are_the_threshold(void **state)
{
    (void)state;
    static const char peers[] = NO_PEERS PEERS_OF_A PEERS_OF_B;
    static const char important[] = NO_PEERS PEERS_OF_A PEERS_OF_B
        "g,cmt.index,a.importance,30,,,,A\ng,cmt.index,a.importance,30,,,,B\n"
        "g,cmt.index,a.importance,30,,,,C\ng,cmt.index,b.importance,40,,,,A\n"
        "g,cmt.index,b.importance,40,,,,B\ng,cmt.index,b.importance,40,,,,C\n";
    expect_quadrants(MATRIX("mean"), peers, "primary", "low_priority");
    expect_quadrants(MATRIX("peer"), peers, "maintain", "low_priority");
    expect_quadrants(MATRIX("peer"), important, "maintain", "maintain");
}

static void too_few_peers_place_nothing(void **state)
{
    (void)state;
    struct trial t;
    run_on(&t, MATRIX("peer"), four, NO_TARGETS,
           NO_PEERS "g,cmt.index,a,60,,,,A\ng,cmt.index,b,70,,,,A\n", "2003");
    assert_int_equal(find(&t, "cmt.quadrant", "a", "2003", "", "")->status, EST_NOT_APPLICABLE);
    trial_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(progress_of_1998_to_2003),
        cmocka_unit_test(other_questions_are_no_baseline),
        cmocka_unit_test(our_own_published_score_is_a_baseline),
        cmocka_unit_test(organisations_count_once),
        cmocka_unit_test(two_peers_are_not_shown),
        cmocka_unit_test(peers_are_the_threshold),
        cmocka_unit_test(too_few_peers_place_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
