// SPDX-License-Identifier: GPL-3.0-or-later
// What single charts say about a study: a break, those who do not know.
#include "plots/chart.h"
#include "plots/pdf.h"
#include "tests/help_charts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static const struct chart *chart_named(const char *id)
{
    for (size_t i = 0; i < chart_count; i++)
        if (strcmp(charts[i].label.id, id) == 0)
            return &charts[i];
    return NULL;
}

// Region 1 was asked another question a year ago: a sentence stands where its line would.
static void a_break_parts_the_change(void **state)
{
    (void)state;
    static const uint16_t regions[] = {0, 1, REGION_TOTAL};
    struct made m;
    made_start(&m, 2, WITHHELD_NONE);
    m.trend_break.region = "r1";
    m.trend_break.from = (struct period){PERIOD_QUARTER, true, 2003, 1};
    for (size_t i = 0; i < 3; i++) {
        struct arena a = {0};
        struct plot p = {
            .results = &m.results, .region = regions[i], .period = m.period, .arena = &a};
        assert_true(chart_lay_out(chart_named("change"), &p));
        bool told = strstr(p.alternative.ptr, "not compared") != NULL;
        bool drawn = strstr(p.alternative.ptr, "No significant change") != NULL;
        assert_int_equal(told, regions[i] != 0);
        assert_int_equal(drawn, regions[i] != 1);
        plot_free(&p);
        arena_free(&a);
    }
    made_end(&m);
}

static size_t texts_with(const struct plot *p, const char *word)
{
    size_t count = 0;
    for (size_t i = 0; i < p->canvas.texts.len; i++)
        count += str_is(p->canvas.texts.at[i].text, word);
    return count;
}

// Who does not know stands aside of the answers; where nobody was counted there is no such column.
static void those_who_do_not_know_stand_aside(void **state)
{
    (void)state;
    for (int known = 0; known < 2; known++) {
        struct made m;
        struct arena a = {0};
        made_start(&m, 2, WITHHELD_NONE);
        for (size_t i = 0; i < m.results.estimates.len; i++)
            if (known && strcmp(m.results.estimates.at[i].level, "dont_know") == 0)
                estimate_set(&m.results.estimates.at[i], 0);
        struct plot p = {
            .results = &m.results, .region = REGION_TOTAL, .period = m.period, .arena = &a};
        assert_true(chart_lay_out(chart_named("answers"), &p));
        assert_int_equal(texts_with(&p, "don't know"), known ? 0 : 1);
        plot_free(&p);
        arena_free(&a);
        made_end(&m);
    }
}

// A file as cairo builds it, in small; places are those of the objects, counted by hand:
// "%PDF-1.5\n" has 9 bytes, object 1 has 43, object 2 has 39, object 3 has 52.
#define SMALL_PDF                                                                                 \
    "%PDF-1.5\n"                                                                                  \
    "1 0 obj\n<< /Type /Pages /Count 0 >>\nendobj\n"                                              \
    "2 0 obj\n<< /Producer (cairo) >>\nendobj\n"                                                  \
    "3 0 obj\n<< /Type /Catalog\n   /Pages 1 0 R\n>>\nendobj\n"                                   \
    "xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n0000000091 00000 " \
    "n \n"                                                                                        \
    "trailer\n<< /Size 4\n   /Root 3 0 R\n   /Info 2 0 R\n>>\nstartxref\n143\n%%EOF\n"

// U+00E9 is one unit of UTF-16; U+1F600 is D83D DE00 (The Unicode Standard, 3.9).
static void a_pdf_gets_a_title_and_a_language(void **state)
{
    (void)state;
    struct buf pdf = {0};
    buf_text(&pdf, SMALL_PDF);
    size_t before = pdf.len;
    assert_true(pdf_describe(&pdf, STR("é)\xF0\x9F\x98\x80"), "fr-CA"));
    assert_memory_equal(pdf.ptr, SMALL_PDF, before); // nothing that stood there has changed
    const char *added = pdf.ptr + before;
    assert_non_null(strstr(added, "2 0 obj\n<< /Title <FEFF00E90029D83DDE00>"));
    assert_non_null(strstr(added, "/Lang (fr-CA)"));
    assert_non_null(strstr(added, "/Pages 1 0 R"));
    assert_non_null(strstr(added, "/Size 4\n   /Root 3 0 R\n   /Info 2 0 R\n   /Prev 143\n"));
    // The new table says where its two objects and itself begin.
    unsigned info = 0, root = 0, table = 0;
    assert_int_equal(
        sscanf(strstr(added, "xref\n2 2\n"), "xref\n2 2\n%u 00000 n \n%u", &info, &root), 2);
    assert_memory_equal(pdf.ptr + info, "2 0 obj\n", 8);
    assert_memory_equal(pdf.ptr + root, "3 0 obj\n", 8);
    assert_int_equal(sscanf(strstr(added, "startxref"), "startxref\n%u\n%%%%EOF", &table), 1);
    assert_memory_equal(pdf.ptr + table, "xref\n2 2\n", 9);
    buf_free(&pdf);
}

static void other_pdfs_are_left_alone(void **state)
{
    (void)state;
    static const char *const others[] = {
        "", "%PDF-1.5\n%%EOF\n",
        "%PDF-1.5\ntrailer\n<< /Size 4 /Root 3 0 R >>\nstartxref\n9\n%%EOF\n",
        "%PDF-1.7\n1 0 obj\n<< /Type /XRef /Size 9 /Root 1 0 R >>\nendobj\nstartxref\n9\n%%EOF\n"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct buf pdf = {0};
        buf_text(&pdf, others[i]);
        assert_false(pdf_describe(&pdf, STR("t"), "en-CA"));
        assert_int_equal(pdf.len, strlen(others[i]));
        buf_free(&pdf);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_break_parts_the_change),
        cmocka_unit_test(a_pdf_gets_a_title_and_a_language),
        cmocka_unit_test(other_pdfs_are_left_alone),
        cmocka_unit_test(those_who_do_not_know_stand_aside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
