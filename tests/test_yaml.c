// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/study/yaml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

struct parsed {
    struct arena arena;
    struct diags d;
    const struct yaml_node *root;
    enum status status;
};

static void parse(struct parsed *p, struct str bytes)
{
    *p = (struct parsed){0};
    p->status = yaml_read(&p->arena, "study.yaml", bytes, &p->root, &p->d);
}

static void drop(struct parsed *p)
{
    arena_free(&p->arena);
    diags_free(&p->d);
}

static void tree_with_places(void **state)
{
    (void)state;
    struct parsed p;
    parse(&p, STR("a: 1\nlist:\n  - x\n  - {k: 'v', w: }\nélan: é b\n"));
    assert_int_equal(p.status, OK);
    assert_int_equal(p.root->kind, YAML_MAP);
    assert_int_equal(p.root->count, 3);
    const struct yaml_node *list = yaml_find(p.root, "list");
    assert_int_equal(list->kind, YAML_LIST);
    assert_int_equal(list->key_where.line, 2);
    assert_int_equal(list->key_where.column, 1);
    assert_string_equal(list->first->text, "x");
    assert_int_equal(list->first->where.line, 3);
    assert_int_equal(list->first->where.column, 5);
    const struct yaml_node *map = list->first->next;
    assert_null(map->next);
    assert_int_equal(map->kind, YAML_MAP);
    assert_int_equal(map->where.column, 5);
    assert_true(map->first->quoted);
    assert_int_equal(map->first->where.column, 9);
    assert_true(yaml_is_empty(map->first->next));
    assert_string_equal(map->first->next->key, "w");
    const struct yaml_node *last = yaml_find(p.root, "élan");
    assert_string_equal(last->text, "é b");
    assert_int_equal(last->where.column, 7); // characters, not bytes
    assert_null(yaml_find(p.root, "k"));
    assert_null(yaml_find(list, "k"));
    drop(&p);
}

static void scalars_stay_text(void **state)
{
    (void)state;
    static const struct {
        const char *yaml, *text;
        bool empty;
    } cases[] = {
        {"a: no", "no", false},
        {"a: 0x10", "0x10", false},
        {"a: 2003-04", "2003-04", false},
        {"a: 1.0", "1.0", false},
        {"a: null", "null", false},
        {"a: ''", "", false},
        {"a: ~", "~", true},
        {"a:", "", true},
        {"a: \"\\u00e9\"", "é", false},
        {"a: !!int 5", "5", false},
        {"a: &x 5", "5", false},
        {"a: |\n  b\n  c\n", "b\nc\n", false},
        {"\xef\xbb\xbf"
         "a: 1",
         "1", false},
        {"a: 1\r\nb: 2\r\n", "1", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct parsed p;
        parse(&p, str_of(cases[i].yaml));
        assert_int_equal(p.status, OK);
        const struct yaml_node *a = yaml_find(p.root, "a");
        assert_non_null(a);
        assert_string_equal(a->text, cases[i].text);
        assert_int_equal(yaml_is_empty(a), cases[i].empty);
        drop(&p);
    }
}

static void nothing_in_it(void **state)
{
    (void)state;
    static const char *const cases[] = {"", "\n\n", "# words\n", "---\n", "~", "--- ~\n...\n"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct parsed p;
        parse(&p, str_of(cases[i]));
        assert_int_equal(p.status, OK);
        assert_null(p.root);
        drop(&p);
    }
}

static void refused(void **state)
{
    (void)state;
    static const struct {
        const char *yaml;
        enum code code;
        long line, column; // 0: wherever libyaml sees it
        const char *says;
    } cases[] = {
        {"a: 1\nb: 2\na: 3\n", E0102, 3, 1, "'a'"},
        {"x:\n  b: 1\n  b: 2\n", E0102, 3, 3, "'b'"},
        {"a: &x 1\nb: *x\n", E0103, 2, 4, "*x"},
        {"a: &x [*x]\n", E0103, 1, 8, "*x"},
        {"a: 1\n---\nb: 2\n", E0103, 2, 1, "second document"},
        {"? {a: b}\n: c\n", E0103, 1, 3, "single word"},
        {"{{ name }}: c\n", E0103, 1, 1, "single word"},
        {"a: \"x\\0y\"\n", E0103, 1, 4, "NUL"},
        {"a: [1, 2\nb: 3\n", E0101, 2, 0, "line 1"},
        {"a: 'open\n", E0101, 0, 0, "quoted scalar"},
        {"a: 1\n b: 2\n", E0101, 2, 3, "mapping values"},
        {"a:\n\tb: 1\n", E0101, 2, 0, ""},
        {"a: \xe9t\xe9\n", E0101, 1, 4, "UTF-8"}, // Latin-1
        {"x: 1\na: \x07\n", E0101, 2, 4, "control"},
        {"a: %b\n", E0101, 1, 0, ""},
        {"a: @b\n", E0101, 1, 0, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct parsed p;
        parse(&p, str_of(cases[i].yaml));
        if (p.status != FAIL_DATA || p.d.list.len != 1)
            fail_msg("%s: status %d, %zu said", cases[i].yaml, p.status, p.d.list.len);
        const struct diag *d = &p.d.list.at[0];
        bool line = !cases[i].line || d->where.line == cases[i].line;
        bool column = !cases[i].column || d->where.column == cases[i].column;
        if (d->code != cases[i].code || !line || !column || !strstr(d->text, cases[i].says))
            fail_msg("%s%ld:%ld: %s [%s]", cases[i].yaml, d->where.line, d->where.column, d->text,
                     code_table[d->code].id);
        drop(&p);
    }
}

static void every_double_key_is_said(void **state)
{
    (void)state;
    struct parsed p;
    parse(&p, STR("a: 1\na: 2\nb: 1\nb: 2\nb: 3\n"));
    assert_int_equal(p.status, FAIL_DATA);
    assert_int_equal(p.d.list.len, 3);
    drop(&p);
}

static void deep(void **state)
{
    (void)state;
    char yaml[YAML_DEPTH + 8];
    for (int depth = YAML_DEPTH; depth <= YAML_DEPTH + 1; depth++) {
        struct buf text = {0};
        for (int i = 0; i < depth; i++)
            buf_char(&text, '[');
        for (int i = 0; i < depth; i++)
            buf_char(&text, ']');
        struct parsed p;
        parse(&p, buf_view(&text));
        assert_int_equal(p.status, depth > YAML_DEPTH ? FAIL_DATA : OK);
        if (depth > YAML_DEPTH)
            assert_int_equal(p.d.list.at[0].code, E0103);
        drop(&p);
        buf_free(&text);
    }
    memset(yaml, '[', sizeof yaml); // never closed: the limit comes first
    struct parsed p;
    parse(&p, (struct str){yaml, sizeof yaml});
    assert_int_equal(p.d.list.at[0].code, E0103);
    drop(&p);
}

static void large(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_text(&text, "# ");
    while (text.len < YAML_BYTES)
        buf_char(&text, 'x');
    struct parsed p;
    parse(&p, buf_view(&text));
    assert_int_equal(p.status, OK); // exactly the limit
    drop(&p);
    buf_char(&text, 'x');
    parse(&p, buf_view(&text));
    assert_int_equal(p.d.list.at[0].code, E0103);
    drop(&p);
    buf_free(&text);
}

static void many_keys(void **state)
{
    (void)state;
    struct buf text = {0};
    for (int i = 0; i < 20000; i++)
        buf_print(&text, "key%d: %d\n", i, i);
    struct parsed p;
    parse(&p, buf_view(&text));
    assert_int_equal(p.status, OK);
    assert_int_equal(p.root->count, 20000);
    assert_string_equal(yaml_find(p.root, "key19999")->text, "19999");
    drop(&p);
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tree_with_places),
        cmocka_unit_test(scalars_stay_text),
        cmocka_unit_test(nothing_in_it),
        cmocka_unit_test(refused),
        cmocka_unit_test(every_double_key_is_said),
        cmocka_unit_test(deep),
        cmocka_unit_test(large),
        cmocka_unit_test(many_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
