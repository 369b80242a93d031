// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/anova.h"

#include "engine/stats/dist.h"
#include "tests/values/strd.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

// Decimals of a set; SmLs06 and SmLs09 are SmLs03 with more digits before the point.
static size_t load(const char *set, struct decimal **y, uint32_t **group)
{
    const char *from = set;
    int64_t offset = 0;
    if (!strcmp(set, "SmLs06") || !strcmp(set, "SmLs09")) {
        from = "SmLs03";
        offset = !strcmp(set, "SmLs06") ? 999999 : 999999999999;
    }
    char path[40];
    struct decimal *label;
    snprintf(path, sizeof path, "strd/%s.csv", from);
    size_t n = values_column(path, 1, y);
    assert_int_equal(values_column(path, 0, &label), n);
    *group = mem_new(n, sizeof **group);
    for (size_t i = 0; i < n; i++) {
        (*group)[i] = (uint32_t)label[i].mantissa;
        (*y)[i].mantissa += offset * num_power10[(*y)[i].scale];
    }
    free(label);
    return n;
}

static void test_nist(void **state)
{
    (void)state;
    // AtmWtAg and SiRstv: the certified values are themselves rounded to 15 digits
    static const char *const sets[] = {"SiRstv", "SmLs01", "SmLs02", "SmLs03", "AtmWtAg", "SmLs04",
                                       "SmLs05", "SmLs06", "SmLs07", "SmLs08", "SmLs09"};
    for (size_t s = 0; s < sizeof sets / sizeof *sets; s++) {
        struct decimal *y;
        uint32_t *group;
        struct anova a;
        size_t n = load(sets[s], &y, &group);
        assert_true(anova_of(y, group, n, 20, &a));
        assert_int_equal(a.n, (uint64_t)strd_certified(sets[s], "n"));
        const struct {
            const char *name;
            double value;
        } found[] = {{"F", a.f},
                     {"ss_between", a.ss_between},
                     {"ss_within", a.ss_within},
                     {"ms_between", a.ms_between},
                     {"ms_within", a.ms_within},
                     {"r_squared", a.r_squared},
                     {"residual_sd", a.residual_sd},
                     {"df_between", a.df1},
                     {"df_within", a.df2}};
        for (size_t i = 0; i < sizeof found / sizeof *found; i++)
            assert_true(values_agree(found[i].value, strd_certified(sets[s], found[i].name), 14.5,
                                     sets[s], (long)i));
        free(y);
        mem_free(group);
    }
}

// 1 2 3 | 2 4 6: means 2 and 4, SS between 3·1 + 3·1 = 6, within 2 + 8 = 10; F = 6/(10/4) = 2.4.
static void test_by_hand(void **state)
{
    (void)state;
    const struct decimal y[] = {{1, 0}, {2, 0}, {3, 0}, {2, 0}, {4, 0}, {6, 0}};
    const uint32_t group[] = {0, 0, 0, 2, 2, 2}; // group 1 is empty
    struct anova a;
    assert_true(anova_of(y, group, 6, 3, &a));
    assert_true(a.ss_between == 6 && a.ss_within == 10 && a.f == 2.4);
    assert_true(a.df1 == 1 && a.df2 == 4 && a.groups == 2);
    assert_true(a.r_squared == 0.375);
    assert_true(fabs(a.p - dist_t_two_sided(sqrt(2.4), 4)) < 1e-14);
}

static void test_refuses(void **state)
{
    (void)state;
    const struct decimal y[] = {{1, 0}, {1, 0}, {3, 0}, {3, 0}};
    const uint32_t apart[] = {0, 0, 1, 1}, one[] = {0, 0, 0, 0}, each[] = {0, 1, 2, 3};
    struct anova a;
    assert_false(anova_of(y, apart, 4, 2, &a)); // no variation within
    assert_true(isnan(a.f));
    assert_false(anova_of(y, one, 4, 1, &a));
    assert_false(anova_of(y, each, 4, 4, &a));
    assert_false(anova_of(y, one, 0, 1, &a));
}

int main(void)
{
    dist_start();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nist),
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
