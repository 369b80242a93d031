// SPDX-License-Identifier: GPL-3.0-or-later
// What can be worked out from what is shown: bounds against an independent solver
// (tests/disclosure/cases.json), and patterns that pass.
#include "engine/guard/audit.h"

#include <jansson.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static json_t *cases;

static int open_cases(void **state)
{
    (void)state;
    cases = json_load_file("tests/disclosure/cases.json", 0, NULL);
    return cases ? 0 : -1;
}

static int close_cases(void **state)
{
    (void)state;
    json_decref(cases);
    return 0;
}

static json_t *find_case(const char *id)
{
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(cases, "cases"), i, one)
    {
        if (strcmp(json_string_value(json_object_get(one, "id")), id) == 0)
            return one;
    }
    fail_msg("no case %s", id);
    return NULL;
}

static uint32_t add_cell(struct audit *a, double n)
{
    vec_push(&a->cells, ((struct audit_cell){.n = n}));
    return (uint32_t)a->cells.len - 1;
}

// A table of 4 x 4 with its margins; the cell of row r and column c is 4 r + c.
static void open_table(struct audit *a, const json_t *table)
{
    double whole = 0;
    *a = (struct audit){.threshold = 10};
    for (size_t r = 0; r < 4; r++)
        for (size_t c = 0; c < 4; c++)
            whole += json_number_value(
                json_array_get(json_array_get(json_object_get(table, "counts"), r), c)),
                add_cell(a, json_number_value(json_array_get(
                                json_array_get(json_object_get(table, "counts"), r), c)));
    for (uint32_t k = 0; k < 8; k++) {
        uint32_t parts[4];
        double sum = 0;
        for (uint32_t i = 0; i < 4; i++) {
            parts[i] = k < 4 ? 4 * k + i : 4 * i + k - 4;
            sum += a->cells.at[parts[i]].n;
        }
        audit_line(a, add_cell(a, sum), parts, 4);
    }
    audit_line(a, add_cell(a, whole), (uint32_t[]){16, 17, 18, 19}, 4);
    audit_line(a, 24, (uint32_t[]){20, 21, 22, 23}, 4);
}

static uint32_t cell_of(const json_t *table, const char *name)
{
    for (uint32_t r = 0; r < 4; r++)
        for (uint32_t c = 0; c < 4; c++) {
            char text[32];
            snprintf(text, sizeof text, "%s|%s",
                     json_string_value(json_array_get(json_object_get(table, "rows"), r)),
                     json_string_value(json_array_get(json_object_get(table, "columns"), c)));
            if (strcmp(text, name) == 0)
                return 4 * r + c;
        }
    fail_msg("no cell %s", name);
    return 0;
}

static void hide(struct audit *a, const json_t *table, const char *list, bool primary)
{
    size_t i;
    json_t *name;
    json_array_foreach(json_object_get(table, list), i, name)
    {
        struct audit_cell *c = &a->cells.at[cell_of(table, json_string_value(name))];
        c->hidden = true;
        c->primary = c->primary || primary;
    }
}

static void expect_bounds(const struct audit *a, const json_t *table, json_t *bounds)
{
    const char *name;
    json_t *pair;
    json_object_foreach(bounds, name, pair)
    {
        double low, high;
        audit_range(a, cell_of(table, name), &low, &high);
        assert_true(fabs(low - json_number_value(json_array_get(pair, 0))) < 1e-6);
        assert_true(fabs(high - json_number_value(json_array_get(pair, 1))) < 1e-6);
    }
}

static void two_per_line_is_not_enough(void **state)
{
    (void)state;
    json_t *table = find_case("two_per_line_is_not_enough");
    struct audit a;
    open_table(&a, table);
    hide(&a, table, "primary", true);
    hide(&a, table, "pattern_a", false);
    expect_bounds(&a, table, json_object_get(table, "bounds_a"));
    assert_false(audit_passes(&a));
    hide(&a, table, "pattern_b", false);
    expect_bounds(&a, table, json_object_get(table, "bounds_b"));
    assert_true(audit_passes(&a));
    audit_free(&a);
}

// From the primary cell alone: a rectangle of four is enough, and no margin goes.
static void protection_hides_a_rectangle(void **state)
{
    (void)state;
    json_t *table = find_case("two_per_line_is_not_enough");
    struct audit a;
    open_table(&a, table);
    hide(&a, table, "primary", true);
    assert_true(audit_protect(&a));
    assert_true(audit_passes(&a));
    size_t hidden = 0;
    for (size_t i = 0; i < a.cells.len; i++) {
        hidden += a.cells.at[i].hidden;
        assert_false(i >= 16 && a.cells.at[i].hidden);
    }
    assert_int_equal(hidden, 4);
    audit_free(&a);
}

// Eight offices in two groupings that share the grand total.
static void open_offices(struct audit *a, json_t *one, bool first, bool second)
{
    static const char names[] = "ABIJKLMN";
    *a = (struct audit){.threshold = 10};
    double whole = 0;
    for (size_t i = 0; i < 8; i++) {
        char name[2] = {names[i], 0};
        double n = json_number_value(json_object_get(json_object_get(one, "offices"), name));
        add_cell(a, n);
        whole += n;
    }
    uint32_t total = add_cell(a, whole);
    for (int k = 0; k < 2; k++) {
        const char *group, *key = k ? "grouping_2" : "grouping_1";
        json_t *offices;
        uint32_t wholes[2], count = 0;
        if (!(k ? second : first))
            continue;
        json_object_foreach(json_object_get(one, key), group, offices)
        {
            uint32_t parts[8];
            double sum = 0;
            size_t size = json_array_size(offices);
            for (size_t i = 0; i < size; i++) {
                const char *name = json_string_value(json_array_get(offices, i));
                parts[i] = (uint32_t)(strchr(names, *name) - names);
                sum += a->cells.at[parts[i]].n;
            }
            wholes[count] = add_cell(a, sum);
            audit_line(a, wholes[count++], parts, size);
        }
        audit_line(a, total, wholes, 2);
    }
    size_t i;
    json_t *name;
    json_array_foreach(json_object_get(one, "primary"), i, name)
    {
        struct audit_cell *c = &a->cells.at[strchr(names, *json_string_value(name)) - names];
        c->hidden = c->primary = true;
    }
}

static void expect_offices(const struct audit *a, json_t *bounds)
{
    static const char names[] = "ABIJKLMN";
    const char *name;
    json_t *pair;
    json_object_foreach(bounds, name, pair)
    {
        double low, high;
        audit_range(a, (uint32_t)(strchr(names, *name) - names), &low, &high);
        assert_true(fabs(low - json_number_value(json_array_get(pair, 0))) < 1e-6);
        assert_true(fabs(high - json_number_value(json_array_get(pair, 1))) < 1e-6);
    }
}

static void linked_groupings_are_one_system(void **state)
{
    (void)state;
    json_t *one = find_case("linked_groupings");
    static const struct {
        bool first, second, pass;
        const char *bounds;
    } rows[] = {{true, false, true, "bounds_table_1_alone"},
                {false, true, true, "bounds_table_2_alone"},
                {true, true, false, "bounds_together"}};
    for (size_t i = 0; i < 3; i++) {
        struct audit a;
        open_offices(&a, one, rows[i].first, rows[i].second);
        expect_offices(&a, json_object_get(one, rows[i].bounds));
        assert_int_equal(audit_passes(&a), rows[i].pass);
        audit_free(&a);
    }
    struct audit a;
    open_offices(&a, one, true, true);
    a.cells.at[7].hidden = true; // N
    expect_offices(&a, json_object_get(one, "bounds_pattern"));
    assert_true(audit_passes(&a));
    audit_free(&a);
    open_offices(&a, one, true, true);
    assert_true(audit_protect(&a));
    assert_true(audit_passes(&a));
    size_t more = 0;
    for (size_t k = 0; k < a.cells.len; k++)
        more += a.cells.at[k].hidden && !a.cells.at[k].primary;
    assert_int_equal(more, 1);
    audit_free(&a);
}

// 1000 less nine shown regions of 996 is 4: one more goes, so that the two hold at least ten.
static void the_parts_of_a_whole_hold_enough_together(void **state)
{
    (void)state;
    struct audit a = {.threshold = 10};
    uint32_t parts[10];
    double sum = 0;
    for (uint32_t i = 0; i < 10; i++) {
        double n = i == 0 ? 4 : i < 9 ? 100 + i : 160;
        parts[i] = add_cell(&a, n);
        sum += n;
    }
    audit_line(&a, add_cell(&a, sum), parts, 10);
    a.cells.at[0].primary = a.cells.at[0].hidden = true;
    assert_false(audit_passes(&a));
    assert_true(audit_protect(&a));
    assert_true(a.cells.at[1].hidden); // 101, the smallest
    assert_false(a.cells.at[10].hidden);
    audit_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_per_line_is_not_enough),
        cmocka_unit_test(protection_hides_a_rectangle),
        cmocka_unit_test(linked_groupings_are_one_system),
        cmocka_unit_test(the_parts_of_a_whole_hold_enough_together),
    };
    return cmocka_run_group_tests(tests, open_cases, close_cases);
}
