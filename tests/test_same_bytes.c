// SPDX-License-Identifier: GPL-3.0-or-later
// Same input, same bytes: whatever the order of rows, the number of threads, the locale, the time
// zone and the folder. The study is a cut of the bundled one: three quarters, every fifth row; the
// pictures and PDFs are those of a golden case.
#include "tests/help_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cmocka.h>

static const char *const quarters[] = {"2002-03-q4", "2003-04-q3", "2003-04-q4"};
static const char *const others[] = {
    "calls.csv",      "services.csv", "scores.csv",     "standards.csv", "targets.csv",
    "benchmarks.csv", "ledger.csv",   "population.csv", "plan.csv",
};

// ---- a data file as lines

struct lines {
    struct buf text;
    VEC(char *) at; // NUL-terminated; the header is 0
};

static void lines_split(struct lines *l)
{
    for (char *line = l->text.ptr; line && *line;) {
        vec_push(&l->at, line);
        line += strcspn(line, "\n");
        if (*line)
            *line++ = '\0';
    }
}

static void lines_free(struct lines *l)
{
    buf_free(&l->text);
    vec_free(&l->at);
}

// SplitMix64, Steele, Lea and Flood 2014.
static uint64_t mix(uint64_t x)
{
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

struct shuffled {
    uint64_t key;
    size_t row;
};

static int by_key(const void *left, const void *right)
{
    const struct shuffled *a = left, *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

// Every `step`th row, in an order given by the seed; seed 0: as it was.
static void put_lines(const char *folder, const char *name, struct lines *l, size_t step,
                      uint64_t seed)
{
    VEC(struct shuffled) order = {0};
    struct buf out = {0};
    char path[128];
    for (size_t row = 1; row < l->at.len; row += step) {
        uint64_t key = seed ? mix(seed ^ mix(row)) : row;
        vec_push(&order, ((struct shuffled){key, row}));
    }
    qsort(order.at, order.len, sizeof *order.at, by_key);
    buf_print(&out, "%s\n", l->at.at[0]);
    for (size_t i = 0; i < order.len; i++)
        buf_print(&out, "%s\n", l->at.at[order.at[i].row]);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    scratch_write(path, out.ptr);
    buf_free(&out);
    vec_free(&order);
}

static void copy_data(const char *folder, uint64_t seed)
{
    char from[128], name[64];
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct lines l = {0};
        snprintf(from, sizeof from, "datasets/west/%s", others[i]);
        l.text = read_whole(from);
        lines_split(&l);
        put_lines(folder, others[i], &l, 1, seed);
        lines_free(&l);
    }
    for (size_t i = 0; i < 2 * sizeof quarters / sizeof *quarters; i++) {
        struct lines l = {0};
        const char *kind = i % 2 ? "contacts" : "survey";
        snprintf(name, sizeof name, "%s-%s.csv", kind, quarters[i / 2]);
        snprintf(from, sizeof from, "datasets/west/%s%s", name, i % 2 ? ".zst" : "");
        struct outcome o = RUN("cat", from);
        assert_int_equal(o.status, 0);
        l.text = o.out;
        o.out = (struct buf){0};
        outcome_free(&o);
        lines_split(&l);
        put_lines(folder, name, &l, 5, seed);
        lines_free(&l);
    }
}

// The study's files as above; its contacts are not compressed here, its survey has one breakdown.
static void copy_study(const char *folder, uint64_t seed)
{
    char *path = scratch_path(folder), name[128];
    assert_int_equal(mkdir(path, 0755), 0);
    struct buf study = read_whole("datasets/west/study.yaml");
    assert_non_null(study.ptr);
    char *packed = strstr(study.ptr, "contacts-*.csv.zst");
    assert_non_null(packed);
    memcpy(packed, "contacts-*.csv]    ", 19); // and the bracket behind it
    char *breakdowns = strstr(study.ptr, "[segment, channel]");
    assert_non_null(breakdowns);
    memcpy(breakdowns, "[segment]         ", 18);
    snprintf(name, sizeof name, "%s/study.yaml", folder);
    scratch_write(name, study.ptr);
    buf_free(&study);
    copy_data(folder, seed);
    free(path);
}

// ---- a run, and what it wrote

// From "outputs" on: path, size and SHA-256 of every file. Inputs stand before it: their own sums
// change with the order of their rows.
static char *outputs_of(const char *out)
{
    char name[128];
    snprintf(name, sizeof name, "%s/manifest.json", out);
    char *path = scratch_path(name);
    struct buf text = read_whole(path);
    assert_non_null(text.ptr);
    const char *from = strstr(text.ptr, "\"outputs\"");
    assert_non_null(from);
    assert_non_null(strstr(from, "\"indicators.csv\""));
    char *kept = strdup(from);
    buf_free(&text);
    free(path);
    return kept;
}

// Leaves the lines of the reports out: they show the sums of the inputs.
static void without_reports(char *outputs)
{
    for (char *at; (at = strstr(outputs, "{\"path\": \"report."));)
        memmove(at, at + strcspn(at, "\n") + 1, strlen(at + strcspn(at, "\n") + 1) + 1);
}

// A report with the sums of the inputs left out.
static char *report_of(const char *out, const char *page)
{
    char name[128];
    snprintf(name, sizeof name, "%s/%s", out, page);
    char *path = scratch_path(name);
    struct buf text = read_whole(path);
    assert_non_null(text.ptr);
    for (char *at = text.ptr; (at = strstr(at, "<dd>")); at += 4)
        if (strspn(at + 4, "0123456789abcdef") == 64)
            memset(at + 4, '-', 64);
    char *kept = strdup(text.ptr);
    buf_free(&text);
    free(path);
    return kept;
}

#define ALL_FORMATS "csv,json,html,md,xlsx"

static char *run_study(const char *folder, const char *out, const char *threads,
                       const char *formats, const char *charts, const char *const *environment)
{
    char *study = scratch_path(folder), *path = scratch_path(out);
    const char *const words[] = {"run",       study,   "-o",       path,   "-j", threads,
                                 "--formats", formats, "--charts", charts, NULL};
    struct outcome o = run_program(words, environment);
    if (o.status)
        print_error("%s", o.err.ptr);
    assert_int_equal(o.status, 0);
    outcome_free(&o);
    free(study);
    free(path);
    return outputs_of(out);
}

// (A report names the files beside it, so it is another where formats are left out.)
// Every file got is one that was wanted, with its size and sum; `all`: and the other way round.
static void same(const char *got, const char *wanted, bool all)
{
    size_t files = 0;
    for (const char *at = got; (at = strstr(at, "{\"path\"")); files++) {
        size_t len = strcspn(at, "}");
        char line[512];
        snprintf(line, sizeof line, "%.*s", (int)len, at);
        if (!strstr(wanted, line))
            fail_msg("another sum: %s", line);
        at += len;
    }
    assert_true(files > 0);
    if (all)
        assert_int_equal(strlen(got), strlen(wanted));
}

static void same_text(const char *got, const char *wanted)
{
    size_t at = 0;
    while (got[at] && got[at] == wanted[at])
        at++;
    if (!got[at] && !wanted[at])
        return;
    while (at && wanted[at - 1] != '\n')
        at--;
    fail_msg("another line: %.*s", (int)strcspn(wanted + at, "\n"), wanted + at);
}

static char *first;       // as it was, one thread
static char search[1024]; // PATH, the one variable that a run needs

static int start(void **state)
{
    (void)state;
    const char *path = getenv("PATH");
    snprintf(search, sizeof search, "PATH=%s", path ? path : "/usr/bin:/bin");
    copy_study("plain", 0);
    first = run_study("plain", "plain-1", "1", ALL_FORMATS, "none", NULL);
    return 0;
}

static int clean(void **state)
{
    (void)state;
    free(first);
    scratch_remove();
    return 0;
}

static void check(const char *threads, const char *formats, const char *const *environment)
{
    char *got = run_study("plain", "again", threads, formats, "none", environment);
    same(got, first, strcmp(formats, ALL_FORMATS) == 0);
    free(got);
}

static void any_number_of_threads(void **state)
{
    (void)state;
    check("2", "csv,json", NULL);
    check("8", ALL_FORMATS, NULL);
    check("16", "csv", NULL);
}

static void same_but_for_inputs(const char *out, char *got, const char *plain, char *wanted)
{
    static const char *const pages[] = {"report.en.html", "report.fr.html"};
    without_reports(got);
    without_reports(wanted);
    same(got, wanted, true);
    for (size_t i = 0; i < 2; i++) {
        char *page = report_of(out, pages[i]), *aim = report_of(plain, pages[i]);
        same_text(page, aim);
        free(page);
        free(aim);
    }
    free(got);
    free(wanted);
}

static void any_order_of_rows(void **state)
{
    (void)state;
    static const struct {
        const char *folder, *threads, *formats;
        uint64_t seed;
    } orders[] = {{"order-1", "1", ALL_FORMATS, 1}, {"order-2", "8", "csv,json", 20031}};
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        copy_study(orders[i].folder, orders[i].seed);
        char *got = run_study(orders[i].folder, "again", orders[i].threads, orders[i].formats,
                              "none", NULL);
        if (i == 0) {
            same_but_for_inputs("again", got, "plain-1", strdup(first));
        } else {
            same(got, first, false);
            free(got);
        }
    }
}

static const char *const north[] = {search, "LC_ALL=fr_CA.UTF-8", "TZ=Pacific/Kiritimati", NULL};
static const char *const south[] = {search, "LC_ALL=C", "LANGUAGE=de", "TZ=America/Adak", NULL};
static const char *const east[] = {search, "LC_ALL=tr_TR.UTF-8", "TZ=Asia/Tokyo", NULL};

static void any_locale_and_time_zone(void **state)
{
    (void)state;
    check("2", ALL_FORMATS, north);
    check("2", "csv,md", east);
}

static void any_folder(void **state)
{
    (void)state;
    char *program = realpath(program_path(), NULL), command[1200];
    assert_non_null(program);
    snprintf(command, sizeof command,
             "cd '%s/plain' && '%s' run . -o ../elsewhere -q --charts none --formats csv,md",
             scratch_folder(), program);
    assert_int_equal(system(command), 0);
    char *got = outputs_of("elsewhere");
    same(got, first, false);
    free(got);
    free(program);
}

static void charts_too(void **state)
{
    (void)state;
    char *one = run_study("plain", "drawn-1", "1", "csv,html", "svg", NULL);
    char *two = run_study("order-1", "drawn-2", "8", "csv,html", "svg", NULL);
    assert_non_null(strstr(one, ".svg\""));
    same_but_for_inputs("drawn-2", two, "drawn-1", one);
}

static bool holds(const char *out, const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", out, name);
    char *whole_path = scratch_path(path);
    struct buf file = read_whole(whole_path);
    assert_non_null(file.ptr);
    bool found = memmem(file.ptr, file.len, text, strlen(text)) != NULL;
    buf_free(&file);
    free(whole_path);
    return found;
}

// Pictures, PDFs and workbooks, drawn under two locales and in two time zones, in two folders.
static void every_kind_of_file(void **state)
{
    (void)state;
    char command[256];
    snprintf(command, sizeof command,
             "cp -R tests/golden/one-region '%s/small' && cp -R tests/golden/one-region '%s/other'",
             scratch_folder(), scratch_folder());
    assert_int_equal(system(command), 0);
    char *one = run_study("small", "small-1", "1", ALL_FORMATS, "svg,png,pdf", north);
    char *two = run_study("other", "small-2", "8", ALL_FORMATS, "svg,png,pdf", south);
    same(one, two, true);
    static const char *const kinds[] = {".svg\"", ".png\"",  ".pdf\"", ".fr.xlsx\"",
                                        ".md\"",  ".html\"", ".csv\"", ".json\""};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        assert_non_null(strstr(one, kinds[i]));
    assert_true(holds("small-1", "charts/all/scores.fr.pdf", "/Lang (fr-CA)"));
    assert_true(holds("small-1", "charts/all/scores.en.pdf", "/Title <FEFF"));
    free(one);
    free(two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_number_of_threads),
        cmocka_unit_test(any_order_of_rows),
        cmocka_unit_test(any_locale_and_time_zone),
        cmocka_unit_test(any_folder),
        cmocka_unit_test(charts_too),
        cmocka_unit_test(every_kind_of_file),
    };
    return cmocka_run_group_tests(tests, start, clean);
}
