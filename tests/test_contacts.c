// SPDX-License-Identifier: GPL-3.0-or-later
// Files of contacts through the whole program: the quick way of reading and the other one, several
// threads and one, and what is refused.
#include "tests/help_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <zlib.h>

#include <cmocka.h>

#define STUDY(more)                                                            \
    "etalon: 1\nid: c\ntitle: C\nregions: [{id: N}, {id: S}]\nactivity:\n"     \
    "  - {id: c, shape: events, files: ['c.csv*'], missing: {blank: ['9']}}\n" \
    "suppress: {min_n: 0, rule: none, complementary: false}\n" more

static int prepare(void **state)
{
    (void)state;
    char *folder = scratch_path("study");
    int status = mkdir(folder, 0777);
    free(folder);
    return status;
}

static int clean(void **state)
{
    (void)state;
    scratch_remove();
    return 0;
}

// xorshift64* (Vigna 2016).
static uint32_t draw(uint64_t *seed, uint32_t below)
{
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    return (uint32_t)((*seed * 0x2545f4914f6cdd1du >> 32) * below >> 32);
}

static void put_cell(struct buf *out, const char *quote, const char *text, bool last,
                     const char *end)
{
    buf_print(out, "%s%s%s%s", quote, text, quote, last ? end : ",");
}

// Cells of every kind, right, wrong and missing, between quotes or not.
static void make_rows(struct buf *out, int rows, const char *quote, const char *end)
{
    static const char *const cells[][8] = {
        {"N", "S", " N", "N", "S", "S ", "N", "S"},
        {"2013-07-01", "2013-07-02T08:30:00", "2013-08-31 23:59:59", "2013-09-30T24:00:00",
         "2013-10-01T10:00Z", "2013-12-31 11:05 PM", "2013Q3", "2014-02-28T00:00:01.5"},
        {"phone", "web", "", "9", "phone ", "courriel de la clientèle", "x", "web"},
        {"c1", "c2", "C0123456", "0", "", "é", "12345678901", "a name of many bytes"},
        {"yes", "no", "maybe", "", "Y", "0", "9", "oui"},
        {"10", "9", "0.50", "", "ND", "12345678", "-3", "1e2"},
        {"1.25", " 2", "123456789.5", ".5", "5.", "1;5", "", "abc"}};
    uint64_t seed = 1867;
    buf_print(out, "region,time,channel,client,resolved,wait,fee%s", end);
    for (int row = 0; row < rows; row++)
        for (size_t i = 0; i < 7; i++)
            put_cell(out, quote, cells[i][draw(&seed, 8)], i == 6, end);
}

static struct buf run_rows(const char *quote, const char *end, const char *threads)
{
    struct buf text = {0};
    char *folder = scratch_path("study"), *out = scratch_path("out");
    char path[512];
    make_rows(&text, 20000, quote, end);
    scratch_write("study/c.csv", text.ptr);
    scratch_write("study/study.yaml", STUDY(""));
    struct outcome o = RUN("run", folder, "-o", out, "-q", "-j", threads, "--formats", "csv");
    if (o.status)
        fail_msg("%s", o.err.ptr);
    outcome_free(&o);
    snprintf(path, sizeof path, "%s/indicators.csv", out);
    struct buf indicators = read_whole(path), quality;
    snprintf(path, sizeof path, "%s/quality.csv", out);
    quality = read_whole(path);
    buf_str(&indicators, buf_view(&quality));
    buf_free(&quality);
    buf_free(&text);
    free(folder);
    free(out);
    return indicators;
}

static void quotes_and_line_ends_change_nothing(void **state)
{
    (void)state;
    static const char *const ways[][3] = {{"", "\n", "1"},
                                          {"", "\n", "3"},
                                          {"\"", "\n", "1"},
                                          {"", "\r\n", "1"},
                                          {"\"", "\r\n", "3"}};
    struct buf first = run_rows(ways[0][0], ways[0][1], ways[0][2]);
    assert_true(first.len > 10000);
    for (size_t i = 1; i < sizeof ways / sizeof *ways; i++) {
        struct buf other = run_rows(ways[i][0], ways[i][1], ways[i][2]);
        if (!str_same(buf_view(&first), buf_view(&other)))
            fail_msg("way %zu gives other results", i);
        buf_free(&other);
    }
    buf_free(&first);
}

static void refuse(const char *threads, int status, const char *says, const char *also)
{
    char *folder = scratch_path("study"), *out = scratch_path("refused");
    struct outcome o = RUN("run", folder, "-o", out, "-q", "-j", threads, "--formats", "csv");
    if (o.status != status || !strstr(o.err.ptr, says) || !strstr(o.err.ptr, also))
        fail_msg("exit status %d, not %d with '%s', '%s': %s", o.status, status, says, also,
                 o.err.ptr);
    outcome_free(&o);
    free(folder);
    free(out);
}

static void more_contacts_than_allowed_are_refused(void **state)
{
    (void)state;
    struct buf text = {0};
    make_rows(&text, 100, "", "\n");
    scratch_write("study/c.csv", text.ptr);
    scratch_write("study/study.yaml", STUDY("limits: {contacts: 10}\n"));
    refuse("1", 65, "more than 10 contacts", "limits: {contacts: N}");
    refuse("2", 65, "more than 10 contacts", "limits: {contacts: N}");
    buf_free(&text);
}

// Cut in the middle of its fourth piece, where other threads are at work.
static void a_cut_file_is_refused_by_any_thread(void **state)
{
    (void)state;
    struct buf text = {0};
    char *path = scratch_path("study/c.csv.gz");
    make_rows(&text, 80000, "", "\n");
    scratch_write("study/study.yaml", STUDY(""));
    gzFile file = gzopen(path, "wb1");
    assert_int_equal(gzwrite(file, text.ptr, (unsigned)text.len), text.len);
    assert_int_equal(gzclose(file), Z_OK);
    struct buf packed = read_whole(path);
    FILE *cut = fopen(path, "wb");
    assert_int_equal(fwrite(packed.ptr, 1, packed.len * 9 / 10, cut), packed.len * 9 / 10);
    assert_int_equal(fclose(cut), 0);
    refuse("1", 65, "compressed file is cut", "c.csv.gz");
    refuse("3", 65, "compressed file is cut", "c.csv.gz");
    buf_free(&packed);
    buf_free(&text);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(quotes_and_line_ends_change_nothing, prepare, clean),
        cmocka_unit_test_setup_teardown(more_contacts_than_allowed_are_refused, prepare, clean),
        cmocka_unit_test_setup_teardown(a_cut_file_is_refused_by_any_thread, prepare, clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
