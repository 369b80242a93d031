// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/chisq.h"

#include "engine/stats/dist.h"
#include "tests/values/schools.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void covariances(const struct schools *s, double (*z)[SCHOOLS], size_t k, double *cov)
{
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            cov[i * k + j] = schools_covariance(s, z[i], z[j]);
}

// R survey 4.5: svychisq(~sch_wide + stype, statistic = "F").
static void test_rao_scott(void **state)
{
    (void)state;
    static const struct {
        const char *data;
        double d, f, df1, df2, p;
    } table[] = {
        {"apiclus1", 14, 5.1933695414748779, 1.4946397777074558, 20.924956887904383,
         0.021747462370796878},
        {"apistrat", 197, 17.247443963888784, 1.828671504163583, 360.24828632022587,
         2.0350463594652051e-07},
    };
    for (size_t c = 0; c < 2; c++) {
        struct schools s;
        schools_load(&s, table[c].data);
        double p[6] = {0}, z[6][SCHOOLS], cov[36], total = 0;
        for (size_t i = 0; i < s.n; i++) {
            p[s.wide[i] * 3 + s.stype[i]] += s.weight[i];
            total += s.weight[i];
        }
        for (size_t k = 0; k < 6; k++) {
            p[k] /= total;
            for (size_t i = 0; i < s.n; i++)
                z[k][i] = s.weight[i] * ((s.wide[i] * 3 + s.stype[i] == k) - p[k]) / total;
        }
        covariances(&s, z, 6, cov);
        struct ftest t;
        assert_true(chisq_rao_scott(p, cov, 2, 3, (double)s.n, table[c].d, &t));
        assert_true(values_agree(t.statistic, table[c].f, 10, table[c].data, 1));
        assert_true(values_agree(t.df1, table[c].df1, 10, table[c].data, 2));
        assert_true(values_agree(t.df2, table[c].df2, 10, table[c].data, 3));
        assert_true(values_agree(t.p, table[c].p, 9, table[c].data, 4));
    }
}

static void group_means(const struct schools *s, const uint32_t *group, size_t k, double *mean,
                        double (*z)[SCHOOLS])
{
    double w[3] = {0};
    for (size_t g = 0; g < k; g++)
        mean[g] = 0;
    for (size_t i = 0; i < s->n; i++) {
        w[group[i]] += s->weight[i];
        mean[group[i]] += s->weight[i] * s->api00[i];
    }
    for (size_t g = 0; g < k; g++) {
        mean[g] /= w[g];
        for (size_t i = 0; i < s->n; i++)
            z[g][i] = group[i] == g ? s->weight[i] * (s->api00[i] - mean[g]) / w[g] : 0;
    }
}

// R survey 4.5, regTermTest: apistrat, api00 by type of school and by school-wide target met.
static void test_wald(void **state)
{
    (void)state;
    struct schools s;
    schools_load(&s, "apistrat");
    double mean[3], z[3][SCHOOLS], cov[9];
    struct ftest t;
    group_means(&s, s.stype, 3, mean, z);
    covariances(&s, z, 3, cov);
    assert_true(chisq_wald(mean, cov, 3, 197, &t));
    assert_true(values_agree(t.statistic, 3.5797091752054362, 10, "F", 1));
    assert_true(t.df1 == 2 && t.df2 == 196);
    assert_true(values_agree(t.p, 0.029721644687802966, 9, "p", 1));
    group_means(&s, s.wide, 2, mean, z);
    covariances(&s, z, 2, cov);
    assert_true(chisq_wald(mean, cov, 2, 197, &t));
    assert_true(values_agree(t.statistic, 14.964378586935936, 10, "F", 2));
    assert_true(values_agree(t.p, 0.00014883251380087923, 9, "p", 2));
}

// Two independent means 5 and 3 with variances 0.6 and 0.4: Q = 4/1; k = 1, so F = Q on 1 and d.
static void test_wald_by_hand(void **state)
{
    (void)state;
    const double theta[] = {5, 3}, cov[] = {0.6, 0, 0, 0.4};
    struct ftest t;
    assert_true(chisq_wald(theta, cov, 2, 10, &t));
    assert_true(fabs(t.statistic - 4) < 1e-14 && t.df1 == 1 && t.df2 == 10);
    assert_true(fabs(t.p - dist_t_two_sided(2, 10)) < 1e-14);
    assert_true(chisq_wald_plain(theta, cov, 2, 10, &t));
    assert_true(fabs(t.statistic - 4) < 1e-14 && t.df2 == 9);
    // k = 2: θ = (1, 2), V = I: Q = 5, F = (d - 1)/(2 d)·5 = 2.25 at d = 10
    const double two[] = {1, 2}, identity[] = {1, 0, 0, 1};
    assert_true(chisq_wald_zero(two, identity, 2, 10, &t));
    assert_true(fabs(t.statistic - 2.25) < 1e-14 && t.df1 == 2 && t.df2 == 9);
}

static void test_wald_refuses(void **state)
{
    (void)state;
    const double theta[] = {5, 3, 1}, flat[9] = {0}, bad[] = {1, 0, 0, NAN};
    const double same[] = {1, 1, 1, 1, 1, 1, 1, 1, 1}, fine[] = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    struct ftest t;
    assert_false(chisq_wald(theta, flat, 3, 10, &t));
    assert_false(chisq_wald(theta, same, 3, 10, &t)); // no variance of differences
    assert_false(chisq_wald(theta, bad, 2, 10, &t));
    assert_false(chisq_wald(theta, fine, 1, 10, &t));
    assert_false(chisq_wald(theta, fine, 3, 1, &t)); // d - k + 1 = 0
    assert_true(isnan(t.statistic) && isnan(t.p));
    assert_true(chisq_wald(theta, fine, 3, 2, &t));
    assert_false(chisq_wald_plain(theta, fine, 3, 2, &t)); // d - k = 0
}

// Equal weights and independent rows: V is the multinomial's, Δ is the identity, F = X²/K. Counts
// 30 10 / 20 40: X² = 100·(30·40 - 10·20)²/(40·60·50·50) = 50/3.
static void test_simple_random(void **state)
{
    (void)state;
    const double p[] = {0.3, 0.1, 0.2, 0.4};
    double cov[16];
    for (int i = 0; i < 16; i++)
        cov[i] = ((i / 4 == i % 4) * p[i / 4] - p[i / 4] * p[i % 4]) / 100;
    struct ftest t;
    assert_true(chisq_rao_scott(p, cov, 2, 2, 100, 99, &t));
    assert_true(fabs(t.statistic - 50.0 / 3) < 1e-12);
    assert_true(fabs(t.df1 - 1) < 1e-12 && fabs(t.df2 - 99) < 1e-10);
    for (int i = 0; i < 16; i++)
        cov[i] *= 2; // design effect 2 everywhere
    assert_true(chisq_rao_scott(p, cov, 2, 2, 100, 99, &t));
    assert_true(fabs(t.statistic - 25.0 / 3) < 1e-12);
}

// An empty row and an empty column between the others change nothing.
static void test_empty_row(void **state)
{
    (void)state;
    const double p[] = {0.3, 0, 0.1, 0, 0, 0, 0.2, 0, 0.4}, small[] = {0.3, 0.1, 0.2, 0.4};
    double cov[81], little[16];
    for (int i = 0; i < 81; i++)
        cov[i] = ((i / 9 == i % 9) * p[i / 9] - p[i / 9] * p[i % 9]) / 100;
    for (int i = 0; i < 16; i++)
        little[i] = ((i / 4 == i % 4) * small[i / 4] - small[i / 4] * small[i % 4]) / 100;
    struct ftest a, b;
    assert_true(chisq_rao_scott(p, cov, 3, 3, 100, 99, &a));
    assert_true(chisq_rao_scott(small, little, 2, 2, 100, 99, &b));
    assert_true(a.statistic == b.statistic && a.df1 == b.df1 && a.p == b.p);
    assert_int_equal(a.groups, 2);
    assert_int_equal(a.columns, 2);
}

static void test_rao_scott_refuses(void **state)
{
    (void)state;
    const double p[] = {0.5, 0.5, 0, 0}, full[] = {0.3, 0.1, 0.2, 0.4}, none[16] = {0};
    double bad[16] = {NAN};
    struct ftest t;
    assert_false(chisq_rao_scott(p, none, 2, 2, 100, 99, &t)); // one row left
    assert_false(chisq_rao_scott(full, none, 2, 2, 100, 99, &t));
    assert_false(chisq_rao_scott(full, bad, 2, 2, 100, 99, &t));
    assert_false(chisq_rao_scott(full, none, 2, 2, 100, 0, &t));
    assert_true(isnan(t.statistic));
}

int main(void)
{
    dist_start();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rao_scott),         cmocka_unit_test(test_wald),
        cmocka_unit_test(test_wald_by_hand),      cmocka_unit_test(test_wald_refuses),
        cmocka_unit_test(test_simple_random),     cmocka_unit_test(test_empty_row),
        cmocka_unit_test(test_rao_scott_refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
