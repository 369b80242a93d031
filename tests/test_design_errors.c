// SPDX-License-Identifier: GPL-3.0-or-later
// Samples that do not fit their declared design, through the program: each is refused with its
// place and what to do; and their neighbours that are fine are not.
#include "tests/help_run.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define CLUSTERS "weight: w, stratum: h, cluster: j"
#define FPC CLUSTERS ", fpc: n"
#define REPLICATES(more) "    replicates: {kind: jackknife, columns: rep_*" more "}\n"

static char *run_case(const char *columns, const char *more, const char *data, struct outcome *o)
{
    struct buf study = {0};
    buf_print(&study,
              "etalon: 1\nid: d\nsurveys:\n  - id: s\n    files: [d.csv]\n    columns: {%s}\n%s"
              "    items:\n      - {id: q, column: q, scale: number}\n"
              "suppress: {min_n: 1, rule: none, complementary: false}\n",
              columns, more);
    scratch_write("d.yaml", study.ptr);
    scratch_write("d.csv", data);
    buf_free(&study);
    char *path = scratch_path("d.yaml"), *out = scratch_path("out");
    *o = RUN("run", path, "-o", out, "--formats", "csv", "--charts", "none");
    free(path);
    return out;
}

static int clean(void **state)
{
    (void)state;
    scratch_remove();
    return 0;
}

struct refused {
    const char *name, *columns, *more, *data;
    const char *place, *says, *help; // in the diagnostic
};
static const struct refused refusals[] = {
    {"one unit in a stratum", CLUSTERS, "",
     "w,h,j,q\n1,A,1,1\n1,A,2,3\n1,B,1,2\n1,B,1,5\n1,C,1,5\n1,C,2,5\n",
     "d.yaml:4:5: error:", "stratum B: n = 1", "merge it with stratum A (n = 2)"},
    {"every stratum with one unit is named", CLUSTERS, "",
     "w,h,j,q\n1,A,1,1\n1,A,2,3\n1,B,1,2\n1,C,1,5\n1,C,1,5\n",
     "d.yaml:4:5: error:", "stratum C: n = 1", "`lonely: certainty`"},
    {"a unit of weight 0 does not count", CLUSTERS, "",
     "w,h,j,q\n1,A,1,1\n1,A,2,3\n1,B,1,2\n0,B,2,5\n", "d.yaml:4:5: error:", "stratum B: n = 1",
     "merge it with stratum A"},
    {"fpc below the sample", FPC, "", "w,h,j,n,q\n1,A,1,1,1\n1,A,2,1,3\n1,B,1,9,2\n1,B,2,9,5\n",
     "d.yaml:4:5: error:", "stratum A: 2 units sampled, but fpc says 1",
     "clusters, where there are clusters"},
    {"two fpc values in a stratum", FPC, "",
     "w,h,j,n,q\n1,A,1,8,1\n1,A,2,9,3\n1,B,1,9,2\n1,B,2,9,5\n",
     "d.yaml:4:5: error:", "stratum A: fpc holds 8 and 9", "every row of a stratum the same"},
    {"blank fpc", FPC, "", "w,h,j,n,q\n1,A,1,8,1\n1,A,2,,3\n1,B,1,9,2\n1,B,2,9,5\n",
     "d.yaml:4:5: error:", "stratum A: fpc is missing", "give every row"},
    {"negative fpc", FPC, "", "w,h,j,n,q\n1,A,1,-8,1\n1,A,2,-8,3\n1,B,1,9,2\n1,B,2,9,5\n",
     "d.yaml:4:5: error:", "stratum A: fpc is missing or not above 0", "give every row"},
    {"negative weights", CLUSTERS, "", "w,h,j,q\n1,A,1,1\n-1,A,2,3\n-2,A,3,3\n1,B,1,2\n1,B,2,5\n",
     "d.csv:3:1: error:", "weight blank, negative or unreadable", "correct the row"},
    {"blank weights", CLUSTERS, "", "w,h,j,q\n1,A,1,1\n,A,2,3\n?,A,3,3\n1,B,1,2\n1,B,2,5\n",
     "d.csv:4:1: error:", "2 of 5 rows are rejected", "max_rejects"},
    {"only weights of 0", CLUSTERS, "", "w,h,j,q\n0,A,1,1\n0,A,2,3\n0,B,1,2\n0,B,2,5\n",
     "d.yaml:4:5: error:", "column w: 0 in all of 4 rows", "the right column is named as weight"},
    {"blank stratum", CLUSTERS, "", "w,h,j,q\n1,A,1,1\n1,,2,3\n1,B,1,2\n1,B,2,5\n",
     "d.yaml:4:5: error:", "column h: blank in 1 of 4 used rows", "set the weight of the row to 0"},
    {"blank cluster", CLUSTERS, "", "w,h,j,q\n1,A,1,1\n1,A,,3\n1,B,1,2\n1,B,2,5\n",
     "d.yaml:4:5: error:", "column j: blank in 1 of 4 used rows", "set the weight of the row to 0"},
    {"no column of strata", CLUSTERS, "", "w,hh,j,q\n1,A,1,1\n1,A,2,3\n",
     "d.yaml:4:5: error:", "column 'h' (stratum) is not in", "did you mean"},
    {"no replicate weights", "weight: w", REPLICATES(", scale: 0.5"), "w,q\n1,1\n1,2\n",
     "d.yaml:7:17: error:", "0 columns of replicate weights", "`replicates:`"},
    {"one replicate weight", "weight: w", REPLICATES(", scale: 0.5"), "w,rep_1,q\n1,2,1\n1,0,2\n",
     "d.yaml:7:17: error:", "1 columns of replicate weights", "`replicates:`"},
    {"a replicate weight is a word", "weight: w", REPLICATES(", scale: 0.5"),
     "w,rep_1,rep_2,q\n1,2,x,1\n1,0,2,2\n", "d.yaml:7:17: error:", "column rep_2", "`replicates:`"},
    {"a negative replicate weight", "weight: w", REPLICATES(", scale: 0.5"),
     "w,rep_1,rep_2,q\n1,2,-1,1\n1,0,2,2\n", "d.yaml:7:17: error:", "column rep_2",
     "`replicates:`"},
    {"a listed column that is not there", "weight: w",
     "    replicates: {kind: jackknife, columns: [rep_1, rep_2, rep_3], scale: 0.5}\n",
     "w,rep_1,rep_2,q\n1,2,1,1\n1,0,2,2\n", "d.yaml:7:17: error:", "column 'rep_3'",
     "did you mean 'rep_1'?"},
    {"another number of factors", "weight: w", REPLICATES(", scale: 1, rscales: [1]"),
     "w,rep_1,rep_2,q\n1,2,0,1\n1,0,2,2\n",
     "d.yaml:7:17: error:", "1 rscales for 2 replicate columns", "`replicates:`"},
    {"a jackknife without its scale", "weight: w", REPLICATES(""),
     "w,rep_1,rep_2,q\n1,2,0,1\n1,0,2,2\n", "d.yaml:7:17: error:", "without `scale`",
     "add `scale:`"},
    {"replicates beside strata", CLUSTERS, REPLICATES(", scale: 1"),
     "w,h,j,rep_1,rep_2,q\n1,A,1,2,0,1\n1,A,2,0,2,2\n", "d.yaml:7:17: error:",
     "replicate weights and `stratum`", "either replicate weights or stratum"},
};

static size_t check_refusal(const struct refused *r)
{
    struct outcome o;
    char *out = run_case(r->columns, r->more, r->data, &o);
    bool bad = o.status != 65 || !strstr(o.err.ptr, r->place) || !strstr(o.err.ptr, r->says) ||
               !strstr(o.err.ptr, r->help);
    if (bad)
        print_error("%s: exit status %d, '%s', '%s', '%s' wanted in\n%s", r->name, o.status,
                    r->place, r->says, r->help, o.err.ptr);
    outcome_free(&o);
    free(out);
    return bad;
}

static void designs_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    size_t bad = 0;
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
        bad += check_refusal(&refusals[i]);
    assert_int_equal(bad, 0);
}

// ---- what is fine

struct fine {
    const char *name, *columns, *more, *data;
    double mean, se, df;
};
static const struct fine fines[] = {
    // Unit 1 of A is not unit 1 of B. Mean 11/4, PSU scores (y - 11/4)/4: A -7/16 and 1/16, B -3/16
    // and 9/16; 2/1 · Σ squares about the means: A 2 · 2 · (1/4)² = 1/4, B 4 · (3/8)² = 9/16.
    {"labels of units are nested in strata", CLUSTERS, "",
     "w,h,j,q\n1,A,1,1\n1,A,2,3\n1,B,1,2\n1,B,2,5\n", 2.75, 0.90138781886599733, 2},
    // The same without h would be the two units {1, 2} and {3, 5}: scores -5/4 and 5/4 of 4, mean
    // 11/4; 2/1 · 2 · (5/8)² = 25/16.
    {"the same labels without strata are other units", "weight: w, cluster: j", "",
     "w,j,q\n1,1,1\n1,2,3\n1,1,2\n1,2,5\n", 2.75, 1.25, 1},
    // A row of weight 0 may be blank. Mean of 1, 2, 2, 5 = 5/2; A (1 - 2)/4: 4 · (1/8)² = 1/16, B
    // (2 - 5)/4: 4 · (3/8)² = 9/16.
    {"a row of weight 0 needs no stratum", CLUSTERS, "",
     "w,h,j,q\n1,A,1,1\n0,,2,3\n1,A,2,2\n1,B,1,2\n1,B,2,5\n", 2.5, 0.79056941504209488, 2},
    // B is a census of its one unit and adds nothing: mean 2; scores of A (1 - 2)/3 and (3 - 2)/3;
    // (1 - 2/9) · 2 · 2 · (1/3)² = 28/81.
    {"a stratum taken whole may have one unit", FPC, "",
     "w,h,j,n,q\n1,A,1,9,1\n1,A,2,9,3\n1,B,1,1,2\n", 2, 0.58794473579213118, 1},
    // One bad weight of six rows is within what is allowed by default: it is rejected, not used.
    {"one negative weight is rejected", CLUSTERS, "",
     "w,h,j,q\n1,A,1,1\n-1,A,2,3\n1,A,3,3\n1,B,1,2\n1,B,2,5\n", 2.75, 0.90138781886599733, 2},
    // The lonely stratum adds nothing: mean 8/3; scores of A (1 - 3)/3 about their mean: 4 ·
    // (1/3)².
    {"lonely: certainty", CLUSTERS, "    lonely: certainty\n",
     "w,h,j,q\n1,A,1,1\n1,A,2,3\n1,B,1,4\n", 8 / 3., 2 / 3., 1},
};

static size_t check_fine(const struct fine *f)
{
    struct outcome o;
    char *out = run_case(f->columns, f->more, f->data, &o), path[256];
    snprintf(path, sizeof path, "%s/indicators.csv", out);
    static const char key[] = "survey.mean,q,ALL,all";
    double mean = strtod(csv_value(path, key, "value"), NULL);
    double se = strtod(csv_value(path, key, "se"), NULL);
    double df = strtod(csv_value(path, key, "df"), NULL);
    bool good = o.status == 0 && fabs(mean - f->mean) < 1e-12 && fabs(se - f->se) < 1e-12 &&
                fabs(df - f->df) < 1e-12;
    if (!good)
        print_error("%s: exit status %d, mean %.17g, se %.17g, df %g\n%s", f->name, o.status, mean,
                    se, df, o.err.ptr);
    outcome_free(&o);
    free(out);
    return !good;
}

static void designs_that_fit_are_not(void **state)
{
    (void)state;
    size_t bad = 0;
    for (size_t i = 0; i < sizeof fines / sizeof *fines; i++)
        bad += check_fine(&fines[i]);
    assert_int_equal(bad, 0);
}

static void a_rejected_row_is_listed(void **state)
{
    (void)state;
    struct outcome o;
    char *out =
        run_case(CLUSTERS, "", "w,h,j,q\n1,A,1,1\n-1,A,2,3\n1,A,3,3\n1,B,1,2\n1,B,2,5\n", &o);
    char path[256];
    snprintf(path, sizeof path, "%s/rejects.csv", out);
    assert_string_equal(csv_value(path, "d.csv,3,", "reason"), "bad_weight");
    outcome_free(&o);
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(designs_that_do_not_fit_are_refused),
        cmocka_unit_test(designs_that_fit_are_not),
        cmocka_unit_test(a_rejected_row_is_listed),
    };
    return cmocka_run_group_tests(tests, NULL, clean);
}
