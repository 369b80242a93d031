// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/classes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/help_survey.h"

enum { ROWS = 6 };
static const uint32_t rows[ROWS] = {0, 1, 2, 3, 4, 5};
static const double ones[ROWS] = {1, 1, 1, 1, 1, 1};

// Six rows in one stratum; psu NULL: every row is a unit.
static void one_stratum(struct design *d, const uint32_t *psu, struct dict *names)
{
    struct diags diags = {0};
    struct design_rows in = {.rows = ROWS, .psu = psu, .psu_names = names, .survey = "t"};
    assert_int_equal(design_build(d, &in, &diags), OK);
    diags_free(&diags);
}

static void test_disjoint_domains(void **state)
{
    // Totals of rows 0–2 (1, 2, 3) and 3–5 (4, 0, 2) among n = 6:
    // V_ab = −n/(n−1) · n · (6/6)(6/6) = −7.2; V_aa = 6/5 · (14 − 6) = 9.6.
    static const double a[] = {1, 2, 3}, b[] = {4, 0, 2};
    struct design d;
    struct arena arena = {0};
    (void)state;
    one_stratum(&d, NULL, NULL);
    struct domain *left = domain_new(&arena, &d, rows, 3, ones);
    struct domain *right = domain_new(&arena, &d, rows + 3, 3, ones);
    struct scores *x = scores_linear(&arena, left, a, NULL);
    struct scores *y = scores_linear(&arena, right, b, NULL);
    assert_near(scores_cov(x, y), -7.2, 1e-14);
    assert_near(scores_variance(x), 9.6, 1e-14);
    assert_near(scores_df(x, y), 5, 0);
    assert_near(scores_df(x, x), 2, 0);
    arena_free(&arena);
    design_free(&d);
}

static void test_classes(void **state)
{
    // The same two domains by class: values 1, 2, 3 and 4, 0, 2, one respondent each.
    static const double a[] = {1, 2, 3}, b[] = {4, 0, 2};
    static const quad ones_of[] = {1, 1, 1};
    static const uint32_t stratum[] = {0};
    struct design d;
    struct arena arena = {0};
    (void)state;
    one_stratum(&d, NULL, NULL);
    assert_true(classes_fit(&d));
    struct class_tally left = {&d, 3, 1, stratum, ones_of, ones_of}, right = left;
    const struct domain three = {.design = &d, .n = 3, .df = 2};
    struct scores *x = scores_of_classes(&arena, &three, &left, a);
    struct scores *y = scores_of_classes(&arena, &three, &right, b);
    assert_near(scores_cov(x, y), -7.2, 1e-14);
    assert_near(scores_variance(x), 9.6, 1e-14);
    assert_near(scores_df(x, y), 5, 0);
    arena_free(&arena);
    design_free(&d);
}

static void test_shared_units(void **state)
{
    // PSUs {0,3}, {1,4}, {2,5}: sums a = 1, 2, 3 and b = 4, 0, 2, means 2 and 2:
    // V_ab = 3/2 · ((−1)(2) + 0 + (1)(0)) = −3. df of the union 2.
    static const double a[] = {1, 2, 3}, b[] = {4, 0, 2};
    static const uint32_t order_a[] = {0, 1, 2}, order_b[] = {3, 4, 5};
    struct dict names = {0};
    uint32_t psu[ROWS];
    struct design d;
    struct arena arena = {0};
    (void)state;
    for (uint32_t i = 0; i < ROWS; i++)
        psu[i] = (uint32_t)dict_add(&names, (struct str){&"xyz"[i % 3], 1});
    one_stratum(&d, psu, &names);
    struct scores *x = scores_linear(&arena, domain_new(&arena, &d, order_a, 3, ones), a, NULL);
    struct scores *y = scores_linear(&arena, domain_new(&arena, &d, order_b, 3, ones), b, NULL);
    assert_near(scores_cov(x, y), -3, 1e-14);
    assert_near(scores_df(x, y), 2, 0);
    arena_free(&arena);
    dict_free(&names);
    design_free(&d);
}

static void test_combination(void **state)
{
    // Var(2a − b) = 4 V_aa + V_bb − 4 V_ab.
    static const double a[] = {1, 2, 3}, b[] = {4, 0, 2}, factor[] = {2, -1};
    struct design d;
    struct arena arena = {0};
    (void)state;
    one_stratum(&d, NULL, NULL);
    struct scores *x = scores_linear(&arena, domain_new(&arena, &d, rows, 3, ones), a, NULL);
    struct scores *y = scores_linear(&arena, domain_new(&arena, &d, rows + 3, 3, ones), b, NULL);
    const struct scores *parts[] = {x, y};
    struct scores *z = scores_combine(&arena, parts, factor, 2);
    double want = 4 * scores_variance(x) + scores_variance(y) - 4 * scores_cov(x, y);
    assert_near(scores_variance(z), want, 1e-13);
    assert_near(z->domain->df, 5, 0);
    arena_free(&arena);
    design_free(&d);
}

static void test_order_of_rows_changes_nothing(void **state)
{
    // The same six values in two orders give the same bits.
    static const double a[] = {0.1, 0.7, 1e-9, 3.3, 2.2, 1e7},
                        b[] = {1e7, 1e-9, 0.7, 2.2, 0.1, 3.3};
    struct design d;
    struct arena arena = {0};
    (void)state;
    one_stratum(&d, NULL, NULL);
    const struct domain *all = domain_new(&arena, &d, rows, ROWS, ones);
    double x = scores_variance(scores_linear(&arena, all, a, NULL));
    double y = scores_variance(scores_linear(&arena, all, b, NULL));
    assert_memory_equal(&x, &y, sizeof x);
    arena_free(&arena);
    design_free(&d);
}

static void test_replicates(void **state)
{
    // Two replicates that double one half each: total of 1..6 is 21, replicates 2·6 = 12 and 2·15 =
    // 30; 1/2 · ((12 − 21)² + (30 − 21)²) = 81.
    double first[] = {2, 2, 2, 0, 0, 0}, second[] = {0, 0, 0, 2, 2, 2};
    double *weights[] = {first, second}, factor[] = {0.5, 0.5};
    static const double y[] = {1, 2, 3, 4, 5, 6};
    struct design d = {.rows = ROWS,
                       .replicates = 2,
                       .replicate = weights,
                       .replicate_factor = factor,
                       .replicate_df = 1};
    struct arena arena = {0};
    (void)state;
    const struct domain *all = domain_new(&arena, &d, rows, ROWS, ones);
    assert_near(scores_variance(scores_linear(&arena, all, y, NULL)), 81, 1e-14);
    assert_near(all->df, 1, 0);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_disjoint_domains),
        cmocka_unit_test(test_classes),
        cmocka_unit_test(test_shared_units),
        cmocka_unit_test(test_combination),
        cmocka_unit_test(test_order_of_rows_changes_nothing),
        cmocka_unit_test(test_replicates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
