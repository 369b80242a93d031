// SPDX-License-Identifier: GPL-3.0-or-later
// The digits of doubles, held to the C library's printf and strtod bit for bit: random ones of
// every size, whole numbers, decimals, ties, powers of ten and of two with their neighbours.
#include "engine/base/num.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

// splitmix64 (Steele, Lea and Flood 2014)
static uint64_t random_bits(uint64_t *seed)
{
    uint64_t z = *seed += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static double of_bits(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static void expect_text(double value)
{
    char text[NUM_TEXT], expected[64];
    if (!isfinite(value)) {
        assert_false(num_text(value, text));
        return;
    }
    assert_true(num_text(value, text));
    snprintf(expected, sizeof expected, "%.17g", value == 0 ? 0 : value);
    if (strcmp(text, expected) != 0)
        fail_msg("%a: %s instead of %s", value, text, expected);
}

static void expect_rounded(double value, int decimals)
{
    char expected[400], text[400];
    struct num_digits d;
    snprintf(expected, sizeof expected, "%.*f", decimals, value);
    if (strspn(expected, "-0.") == strlen(expected))
        snprintf(expected, sizeof expected, "%.*f", decimals, 0.0);
    num_split(value, decimals, &d);
    snprintf(text, sizeof text, "%s%s%s%s", d.negative ? "-" : "", d.whole, *d.fraction ? "." : "",
             d.fraction);
    if (strcmp(text, expected) != 0)
        fail_msg("%a to %d: %s instead of %s", value, decimals, text, expected);
    double nearest = fabs(value) > 1e22 ? value : strtod(expected, NULL);
    if (num_round(value, decimals) != nearest ||
        signbit(num_round(value, decimals)) != (nearest < 0))
        fail_msg("%a to %d: %a instead of %a", value, decimals, num_round(value, decimals),
                 nearest);
}

static void with_neighbours(double value, void (*expect)(double))
{
    expect(value);
    expect(-value);
    expect(nextafter(value, 0));
    expect(nextafter(value, INFINITY));
}

static void expect_all_rounded(double value)
{
    for (int decimals = 0; decimals <= 9; decimals++)
        expect_rounded(value, decimals);
}

static void powers_and_their_neighbours(void **state)
{
    (void)state;
    for (int k = -330; k <= 308; k++) {
        char text[16];
        snprintf(text, sizeof text, "1e%d", k);
        with_neighbours(strtod(text, NULL), expect_text);
        if (k > -30 && k < 30)
            with_neighbours(strtod(text, NULL), expect_all_rounded);
    }
    for (int k = -1074; k < 1024; k++)
        with_neighbours(ldexp(1, k), expect_text);
    expect_text(INFINITY);
    expect_text(NAN);
    expect_text(0);
    expect_text(-0.0);
}

// An odd m / 2^k has k decimals, the last a 5: where the 18th digit is that 5 it is a tie.
static void ties_go_to_even(void **state)
{
    (void)state;
    char text[NUM_TEXT];
    num_text(1125899906842624.25, text); // 2^50 + 1/4: 18 digits
    assert_string_equal(text, "1125899906842624.2");
    num_text(1125899906842624.75, text);
    assert_string_equal(text, "1125899906842624.8");
    for (int k = 1; k <= 60; k++)
        for (uint64_t m = 1; m < 4000; m += 2) {
            expect_text(ldexp((double)m, -k));
            expect_text(ldexp((double)(m + (1ull << 52)), -k));
        }
    for (int eighths = 1; eighths < 4000; eighths += 2)
        for (int decimals = 0; decimals <= 4; decimals++) {
            expect_rounded(eighths / 8.0, decimals);
            expect_rounded(-eighths / 64.0, decimals);
        }
}

static void random_numbers_of_every_size(void **state)
{
    (void)state;
    uint64_t seed = 20040331;
    for (int i = 0; i < 60000; i++) {
        expect_text(of_bits(random_bits(&seed)));
        // subnormals
        expect_text(of_bits(random_bits(&seed) >> (12 + random_bits(&seed) % 52)));
        // exponents that results have: 2^-130 to 2^60
        uint64_t bits = random_bits(&seed);
        double value = ldexp((double)(bits >> 11), (int)(bits & 1023) % 190 - 183);
        expect_text(value);
        expect_rounded(value, (int)(bits >> 4 & 15));
        // whole numbers and decimals
        expect_text((double)(bits >> (bits & 63)));
        expect_text((double)(int64_t)(bits >> 20) / 1000);
        expect_rounded((double)(int32_t)bits / 1000, (int)(bits >> 60) % 5);
    }
}

static void few_and_many_decimals(void **state)
{
    (void)state;
    static const double values[] = {0,      0.5,   1.5,  2.5,       1e15,   1e16,  1e17,    1e18,
                                    1.5e22, 1e300, 1e-9, 999999.95, 0.0005, 1e-40, 5e-324,  0.1,
                                    0.045,  1e21,  8e17, 123456.5,  9.5,    99.95, 0.99995, 4e18};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        for (int decimals = 0; decimals <= 22; decimals++) {
            expect_rounded(values[i], decimals);
            expect_rounded(-values[i], decimals);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(powers_and_their_neighbours),
        cmocka_unit_test(ties_go_to_even),
        cmocka_unit_test(random_numbers_of_every_size),
        cmocka_unit_test(few_and_many_decimals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
