// SPDX-License-Identifier: GPL-3.0-or-later
// Keys of people, quick numbers, and people in order.
#include "engine/ingest/swar.h"
#include "metrics/crowd.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

// ---- keys

static void short_texts_are_their_own_keys(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "0",        "00",        "a",         "A",          "aa",         "a b",
        "C0123456", "01234567",  "123456789", "0123456789", "12345678",   "9999999999999999",
        "~",        "000000000", "00000000",  "1000000000", "1234567890", "012345678901234"};
    enum { COUNT = sizeof texts / sizeof *texts };
    uint64_t keys[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        assert_true(key_of_text(str_of(texts[i]), &keys[i]));
        assert_true(keys[i] && keys[i] < (uint64_t)1 << KEY_BITS && !key_is_numbered(keys[i]));
        for (size_t k = 0; k < i; k++)
            assert_true(keys[k] != keys[i]);
    }
    // a and b: 97 + 98 · 2^7; digits: 111111111 shorter texts (1 + 10 + … + 10^8) before 000000000
    assert_true(key_of_text(STR("ab"), &keys[0]));
    assert_true((keys[0] & (((uint64_t)1 << 56) - 1)) == 97 + 98 * 128);
    assert_true(key_of_text(STR("000000000"), &keys[0]));
    assert_true((keys[0] & (((uint64_t)1 << 56) - 1)) == 111111111);
}

static void other_texts_must_be_numbered(void **state)
{
    (void)state;
    uint64_t key;
    assert_false(key_of_text(STR(""), &key));
    assert_false(key_of_text(STR("C01234567"), &key));
    assert_false(key_of_text(STR("12345678901234567"), &key));
    assert_false(key_of_text(STR("1234567 89"), &key));
    assert_false(key_of_text(STR("\xC3\xA9"), &key));
    assert_false(key_of_text(STR("a\0b"), &key));
    assert_true(key_is_numbered(key_numbered(UINT32_MAX)));
}

// ---- numbers

// What num_read makes of it, where the quick way says anything at all.
static void quick_numbers_are_numbers(void **state)
{
    (void)state;
    static const char letters[] = "0123456789012345678901234567890123456789....,,-+e x";
    char text[32] = "........";
    size_t read = 0;
    srand(20031231);
    for (int round = 0; round < 200000; round++) {
        size_t len = 1 + (size_t)rand() % 8;
        for (size_t i = 0; i < len; i++)
            text[8 + i] = letters[(size_t)rand() % (sizeof letters - 1)];
        struct str s = {text + 8, len};
        struct decimal quick, slow;
        double value;
        char mark = round % 2 ? '.' : ',';
        if (!swar_number(s.ptr + len, len, mark, &quick))
            continue;
        read++;
        assert_int_equal(num_read(s, mark, STR(""), &slow, &value), NUM_OK);
        assert_true(quick.mantissa == slow.mantissa && quick.scale == slow.scale);
    }
    assert_true(read > 50000);
}

static void every_short_number_is_quick(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t mantissa;
        int scale;
    } numbers[] = {{"0", 0, 0},
                   {"7", 7, 0},
                   {"1800", 1800, 0},
                   {"12345678", 12345678, 0},
                   {"12.50", 125, 1},
                   {"0.25", 25, 2},
                   {"00000001", 1, 0},
                   {"4.", 4, 0},
                   {"10.00", 10, 0},
                   {"1.234567", 1234567, 6},
                   {"123456.7", 1234567, 1}};
    char text[32] = "99999999";
    struct decimal d = {0};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        size_t len = strlen(numbers[i].text);
        memcpy(text + 8, numbers[i].text, len);
        assert_true(swar_number(text + 8 + len, len, '.', &d));
        assert_true(d.mantissa == numbers[i].mantissa && d.scale == numbers[i].scale);
    }
    static const char *const others[] = {"", ".5", "1.2.3", "-1", "1 ", "1e3", "1,5", "/", ":"};
    for (size_t i = 1; i < sizeof others / sizeof *others; i++) {
        size_t len = strlen(others[i]);
        memcpy(text + 8, others[i], len);
        assert_false(swar_number(text + 8 + len, len, '.', &d));
    }
}

// ---- a crowd

static const char *const names[] = {"ann", "bob", "a name of more than eight bytes",
                                    "another name of more than eight"};

static void add(struct crowd *c, size_t name, int32_t day, int32_t second, uint32_t group)
{
    struct contact_row row = {.day = day, .second = second, .group = group, .flags = FLAG_RESOLVED};
    if (!key_of_text(str_of(names[name]), &row.key))
        row.key = key_numbered((uint32_t)dict_add(&c->names, str_of(names[name])));
    crowd_add(c, &row);
}

static const uint32_t same[4] = {0, 1, 2, 3}, turned[4] = {3, 2, 1, 0};

// The groups of a person in order, as digits.
static void groups_of(struct crowd *c, const char *name, const uint32_t *rank, char *out)
{
    crowd_list list = {0}, work = {0};
    uint64_t key;
    if (!key_of_text(str_of(name), &key))
        key = key_numbered((uint32_t)dict_find(&c->names, str_of(name)));
    for (size_t part = 0; part < CROWD_PARTS; part++) {
        crowd_sort_part(c, part, rank, rank, &list, &work);
        for (size_t i = 0; i < list.len; i++)
            if (crowd_key(&list.at[i]) == key)
                *out++ = (char)('0' + crowd_group(&list.at[i]));
    }
    *out = '\0';
    vec_free(&list);
    vec_free(&work);
}

static void people_are_in_order_of_time(void **state)
{
    (void)state;
    struct crowd a = {0}, b = {0};
    char text[64];
    for (size_t name = 0; name < 4; name++) {
        add(&a, name, 100, 50, 2);
        add(&b, 3 - name, 100, MOMENT_UNKNOWN, 1);
        add(&b, 3 - name, INT32_MIN, MOMENT_UNKNOWN, 0);
        add(&a, name, 99, 80000, 0);
        add(&b, name, 100, 50, 3); // the moment of 2
    }
    crowd_merge(&a, &b, same);
    assert_true(a.count == 20 && b.count == 0);
    for (size_t name = 0; name < 4; name++) {
        groups_of(&a, names[name], same, text);
        assert_string_equal(text, "00123");
        groups_of(&a, names[name], turned, text); // ties by rank
        assert_string_equal(text, "00132");
    }
    crowd_free(&a);
    crowd_free(&b);
}

static void rows_keep_what_they_say(void **state)
{
    (void)state;
    static const struct contact_row rows[] = {
        {1, true, 16, 2932896, 86460, CROWD_GROUPS - 1, CROWD_FLAGS}, // 9999-12-31
        {((uint64_t)1 << KEY_BITS) - 1, false, 0, -719162, 0, 0, 0},  // 0001-01-01
        {7, false, 3, INT32_MIN, MOMENT_UNKNOWN, 5, FLAG_CONSENT}};
    for (size_t i = 0; i < 3; i++) {
        struct crowd_row r = crowd_pack(&rows[i]);
        assert_true(crowd_key(&r) == rows[i].key && crowd_in_case(&r) == rows[i].in_case);
        assert_true(crowd_filled(&r) == rows[i].filled && crowd_day(&r) == rows[i].day);
        assert_true(crowd_group(&r) == rows[i].group && crowd_row_flags(&r) == rows[i].flags);
    }
}

// One person with very many contacts beside many with few.
static void a_large_person_is_sorted_too(void **state)
{
    (void)state;
    struct crowd c = {0};
    crowd_list list = {0}, work = {0};
    size_t seen = 0;
    for (int i = 0; i < 5000; i++) {
        add(&c, (size_t)i % 2, 1000 - i % 997, i % 86400, (uint32_t)i % 4);
        add(&c, 0, i * 7919 % 1000, MOMENT_UNKNOWN, 0);
    }
    for (size_t part = 0; part < CROWD_PARTS; part++) {
        crowd_sort_part(&c, part, same, same, &list, &work);
        for (size_t i = 1; i < list.len; i++)
            if (crowd_key(&list.at[i]) == crowd_key(&list.at[i - 1]))
                assert_true(list.at[i].what >= list.at[i - 1].what);
        for (size_t from = 0; from < list.len; from = crowd_person_end(&list, from))
            seen++;
    }
    assert_int_equal(seen, 2);
    vec_free(&list);
    vec_free(&work);
    crowd_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_texts_are_their_own_keys),
        cmocka_unit_test(other_texts_must_be_numbered),
        cmocka_unit_test(quick_numbers_are_numbers),
        cmocka_unit_test(every_short_number_is_quick),
        cmocka_unit_test(people_are_in_order_of_time),
        cmocka_unit_test(rows_keep_what_they_say),
        cmocka_unit_test(a_large_person_is_sorted_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
