// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/run/frame.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/help_survey.h"

struct read_case {
    struct small_run r;
    struct frame f;
};

// Reads the only survey of a study into a frame.
static enum status frame_case(struct read_case *c, const char *survey, const char *data)
{
    const char *folder = temp_folder();
    char path[128], study[2048];
    memset(c, 0, sizeof *c);
    snprintf(study, sizeof study,
             "etalon: 1\nid: t\ntitle: T\nperiod: 2003Q4\nregions: [{id: MB, name: M}, {id: SK, "
             "name: S}]\n"
             "total: {id: ALL, name: A}\nmax_rejects: 100\nsurveys:\n  - id: s\n    files: "
             "[data.csv]\n%s",
             survey);
    snprintf(path, sizeof path, "%s/data.csv", folder);
    temp_write(path, data, strlen(data));
    snprintf(path, sizeof path, "%s/study.yaml", folder);
    temp_write(path, study, strlen(study));
    assert_int_equal(study_load(&c->r.study, path, &c->r.diags), OK);
    places_start(&c->r.places, &c->r.study);
    struct frame_run run = {&c->r.study, &c->r.places, &c->r.ledger, &c->r.diags, 1};
    enum status status = frame_read(&c->f, &c->r.study.surveys[0], &run);
    unlink(path);
    snprintf(path, sizeof path, "%s/data.csv", folder);
    unlink(path);
    rmdir(folder);
    return status;
}

static void frame_end(struct read_case *c)
{
    frame_free(&c->f);
    small_end(&c->r);
}

static const struct column *column_of(const struct read_case *c, const char *id)
{
    const struct variable *v = frame_variable(&c->f, id);
    assert_non_null(v);
    return v->column;
}

static void test_weights(void **state)
{
    // 0 is read and not used; negative, blank and unreadable weights are rejected.
    struct read_case c;
    (void)state;
    assert_int_equal(frame_case(&c,
                                "    columns: {weight: w}\n"
                                "    items: [{id: x, column: x, scale: number}]\n",
                                "x,w\n1,2.5\n2,0\n3,-1\n4,\n5,abc\n6,1e-2\n"),
                     OK);
    assert_int_equal(c.f.rows, 2);
    assert_int_equal(c.f.weight[0], 250);
    assert_int_equal(c.f.weight[1], 1);
    assert_int_equal(c.f.weight_scale, 2);
    assert_int_equal(c.r.ledger.files.at[0].zero_weight, 1);
    assert_int_equal(c.r.ledger.files.at[0].by_reason[REJECT_WEIGHT], 3);
    frame_end(&c);
}

static void test_reasons(void **state)
{
    static const char *const texts[] = {"4", "", "8", "9", "6", "0", "4.5", "x"};
    static const enum missing want[] = {VALID,
                                        MISSING_BLANK,
                                        MISSING_DONT_KNOW,
                                        MISSING_NOT_APPLICABLE,
                                        MISSING_OUT_OF_RANGE,
                                        MISSING_OUT_OF_RANGE,
                                        MISSING_OUT_OF_RANGE,
                                        MISSING_BAD_TEXT};
    struct buf data = {0};
    struct read_case c;
    (void)state;
    buf_text(&data, "q,k\n");
    for (size_t i = 0; i < 8; i++)
        buf_print(&data, "%s,1\n", texts[i]);
    assert_int_equal(frame_case(&c,
                                "    columns: {}\n"
                                "    missing: {dont_know: [\"8\"], not_applicable: [\"9\"]}\n"
                                "    items: [{id: q, column: q, scale: satisfaction}]\n",
                                data.ptr),
                     OK);
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(column_of(&c, "q")->why[i], want[i]);
    buf_free(&data);
    frame_end(&c);
}

static void test_reverse_and_flags(void **state)
{
    struct read_case c;
    (void)state;
    assert_int_equal(frame_case(&c,
                                "    columns: {}\n    items:\n"
                                "      - {id: r, column: r, scale: satisfaction, reverse: true}\n"
                                "      - {id: f, column: f, scale: yes_no}\n",
                                "r,f\n1,Yes\n5,non\n2,2\n3,VRAI\n4,maybe\n"),
                     OK);
    static const int64_t turned[] = {5, 1, 4, 3, 2}, flags[] = {1, 0, 0, 1};
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(column_whole(column_of(&c, "r"), i), turned[i]);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(column_whole(column_of(&c, "f"), i), flags[i]);
    assert_int_equal(column_of(&c, "f")->why[4], MISSING_BAD_TEXT);
    frame_end(&c);
}

static void test_asked_if(void **state)
{
    // A valid answer where the question was not asked is not used, and counted.
    struct read_case c;
    (void)state;
    assert_int_equal(
        frame_case(&c,
                   "    columns: {}\n    items:\n"
                   "      - {id: f, column: f, scale: yes_no}\n"
                   "      - {id: x, column: x, scale: number, asked_if: {item: f, is: [yes]}}\n",
                   "f,x\n1,10\n2,20\n2,\n,30\n"),
        OK);
    const struct column *x = column_of(&c, "x");
    assert_int_equal(x->why[0], VALID);
    for (size_t i = 1; i < 4; i++)
        assert_int_equal(x->why[i], MISSING_NOT_ASKED);
    assert_int_equal(frame_variable(&c.f, "x")->skipped, 2);
    frame_end(&c);
}

static void test_scale_grows(void **state)
{
    // 1, 0.25 and 1000.5 become hundredths; nothing is rounded.
    struct read_case c;
    (void)state;
    assert_int_equal(frame_case(&c,
                                "    columns: {}\n    items: [{id: x, column: x, scale: number}]\n",
                                "x,k\n1,1\n0.25,1\n1000.5,1\n"),
                     OK);
    const struct column *x = column_of(&c, "x");
    assert_int_equal(x->scale, 2);
    assert_int_equal(column_whole(x, 0), 100);
    assert_int_equal(column_whole(x, 1), 25);
    assert_int_equal(column_whole(x, 2), 100050);
    frame_end(&c);
}

static void test_binary_fallback(void **state)
{
    // 1e300 and 0.5 have no common decimal scale of 18 digits.
    struct read_case c;
    (void)state;
    assert_int_equal(frame_case(&c,
                                "    columns: {}\n    items: [{id: x, column: x, scale: number}]\n",
                                "x,k\n1e300,1\n0.5,1\n-3e300,1\n"),
                     OK);
    const struct column *x = column_of(&c, "x");
    assert_true(x->binary);
    assert_near(column_value(x, 0), 1e300, 0);
    assert_near(column_value(x, 2), -3e300, 0);
    frame_end(&c);
}

static void test_beside(void **state)
{
    struct read_case c;
    (void)state;
    assert_int_equal(
        frame_case(&c,
                   "    columns: {}\n    items:\n"
                   "      - {id: q, column: q, scale: satisfaction, driver: d, importance: i}\n"
                   "      - {id: w, column: w, scale: number, acceptable: a, unit: min}\n",
                   "q,i,w,a\n4,5,10,12.5\n"),
        OK);
    assert_int_equal(c.f.variable_count, 4);
    assert_int_equal(column_whole(column_of(&c, "q.importance"), 0), 5);
    assert_int_equal(column_whole(column_of(&c, "w.acceptable"), 0), 125);
    assert_string_equal(frame_variable(&c.f, "w.acceptable")->item->unit, "min");
    frame_end(&c);
}

static void test_blank_stratum(void **state)
{
    struct read_case c;
    (void)state;
    assert_int_equal(frame_case(&c,
                                "    columns: {stratum: s}\n"
                                "    items: [{id: x, column: x, scale: number}]\n",
                                "s,x\na,1\n,2\n"),
                     FAIL_DATA);
    assert_int_equal(c.r.diags.counts[E0407], 1);
    frame_end(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_weights),
        cmocka_unit_test(test_reasons),
        cmocka_unit_test(test_reverse_and_flags),
        cmocka_unit_test(test_asked_if),
        cmocka_unit_test(test_scale_grows),
        cmocka_unit_test(test_binary_fallback),
        cmocka_unit_test(test_beside),
        cmocka_unit_test(test_blank_stratum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
