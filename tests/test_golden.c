// SPDX-License-Identifier: GPL-3.0-or-later
// Golden cases: every folder of tests/golden is run as a user would, with one thread, with eight,
// and in parts that are merged, and what it wrote is compared byte for byte with its expected/.
// These are records of what the program did when a person last looked, not proofs that it is right.
// ETALON_GOLDEN=write (make golden) writes the records again. tests/README.md says what a case
// holds.
#include "plots/chart.h"
#include "tests/help_golden.h"

#include <dirent.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cmocka.h>

// ---- what it wrote against what is expected

// The folder a case left, one of its files.
static struct buf left_file(const struct golden *g, const char *file)
{
    char path[512];
    snprintf(path, sizeof path, "%s/out/%s", g->folder, file);
    return read_whole(path);
}

// A release changes the version in many files and nothing else: it is left out of the records.
static void without_version(const struct golden *g, struct buf *text)
{
    struct buf manifest = left_file(g, "manifest.json");
    const char *from = manifest.ptr ? strstr(manifest.ptr, "\"version\": \"") : NULL;
    char version[32] = "";
    if (from)
        snprintf(version, sizeof version, "%.*s", (int)strcspn(from + 12, "\""), from + 12);
    size_t len = strlen(version);
    for (char *at = text->ptr; len && at && (at = strstr(at, version)); at += len)
        memset(at, '#', len);
    buf_free(&manifest);
}

static struct buf written(const struct golden *g, const char *file)
{
    struct buf text = {0};
    if (strcmp(file, "stdout") == 0 || strcmp(file, "stderr") == 0) {
        const struct buf *from = file[3] == 'o' ? &g->out : &g->err;
        buf_put(&text, from->ptr, from->len);
    } else {
        text = left_file(g, file);
    }
    without_version(g, &text);
    return text;
}

static void compare(const struct golden *g, const char *file, struct str wanted, const char *way)
{
    struct buf got = written(g, file);
    if (!got.ptr)
        fail_msg("%s (%s): %s was not written", g->name, way, file);
    size_t at = 0, line = 1;
    for (; at < got.len && at < wanted.len && got.ptr[at] == wanted.ptr[at]; at++)
        line += got.ptr[at] == '\n';
    if (at == got.len && at == wanted.len) {
        buf_free(&got);
        return;
    }
    size_t from = at;
    while (from && at - from < 60 && got.ptr[from - 1] != '\n')
        from--;
    fail_msg("%s (%s): %s differs in line %zu\n  expected: %.100s\n  written:  %.100s", g->name,
             way, file, line, wanted.ptr + from, got.ptr + from);
}

static bool rewriting(void)
{
    const char *word = getenv("ETALON_GOLDEN");
    return word && strcmp(word, "write") == 0;
}

static void record(const struct golden *g, const char *file, const char *path)
{
    struct buf got = written(g, file);
    if (!got.ptr)
        fail_msg("%s: %s is expected, but was not written", g->name, file);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    assert_int_equal(fwrite(got.ptr, 1, got.len, out), got.len);
    assert_int_equal(fclose(out), 0);
    buf_free(&got);
}

static struct {
    VEC(char *) paths; // from the project's root
} expected;

static int note_file(const char *path, const struct stat *info, int type, struct FTW *walk)
{
    (void)info;
    (void)walk;
    if (type == FTW_F)
        vec_push(&expected.paths, strdup(path));
    return 0;
}

static void list_expected(const char *name)
{
    char folder[512], path[600];
    struct stat info;
    snprintf(folder, sizeof folder, GOLDEN_CASES "/%s/expected", name);
    nftw(folder, note_file, 8, FTW_PHYS);
    snprintf(path, sizeof path, GOLDEN_CASES "/%s/stderr", name);
    if (stat(path, &info) == 0)
        vec_push(&expected.paths, strdup(path));
}

static void forget_expected(void)
{
    for (size_t i = 0; i < expected.paths.len; i++)
        free(expected.paths.at[i]);
    vec_free(&expected.paths);
}

// Without charts reports are others; in parts other things are said.
static bool can_compare(const char *file, const char *way)
{
    if (strcmp(way, "1") == 0)
        return true;
    return strncmp(file, "charts/", 7) != 0 && strncmp(file, "report.", 7) != 0 &&
           (strcmp(way, "parts") != 0 || strncmp(file, "std", 3) != 0);
}

static void check_files(const struct golden *g, const char *way)
{
    for (size_t i = 0; i < expected.paths.len; i++) {
        const char *path = expected.paths.at[i], *inside = strstr(path, "/expected/");
        const char *file = inside ? inside + 10 : "stderr";
        if (!can_compare(file, way))
            continue;
        if (rewriting() && strcmp(way, "1") == 0)
            record(g, file, path);
        struct buf wanted = read_whole(path);
        compare(g, file, buf_view(&wanted), way);
        buf_free(&wanted);
    }
}

static int wanted_status(const char *name)
{
    char path[512];
    snprintf(path, sizeof path, GOLDEN_CASES "/%s/status", name);
    struct buf text = read_whole(path);
    int status = text.ptr ? atoi(text.ptr) : 0;
    buf_free(&text);
    return status;
}

static void check_case(struct golden *g)
{
    int status = wanted_status(g->name);
    list_expected(g->name);
    static const char *const ways[] = {"1", "8"};
    for (int i = 0; i < 2; i++) {
        golden_run(g, ways[i]);
        if (g->status != status)
            fail_msg("%s: exit status %d, not %d: %s", g->name, g->status, status, g->err.ptr);
        check_files(g, ways[i]);
    }
    struct buf manifest = left_file(g, "manifest.json");
    if (manifest.ptr && golden_run_in_parts(g, manifest.ptr)) {
        if (g->status != status)
            fail_msg("%s in parts: exit status %d: %s", g->name, g->status, g->err.ptr);
        check_files(g, "parts");
    }
    buf_free(&manifest);
}

static void a_case(void **state)
{
    struct golden g;
    forget_expected(); // of a case that failed
    golden_open(&g, *state);
    check_case(&g);
    golden_close(&g);
}

// ---- the folder of cases

static bool is_expected(const char *ending)
{
    for (size_t i = 0; i < expected.paths.len; i++) {
        const char *path = expected.paths.at[i];
        size_t len = strlen(path), tail = strlen(ending);
        if (len > tail && strcmp(path + len - tail, ending) == 0)
            return true;
    }
    return false;
}

static void every_chart_is_in_a_case(void **state)
{
    char *const *names = *state;
    for (; *names; names++)
        list_expected(*names);
    for (size_t i = 0; i < chart_count; i++) {
        char en[64], fr[64];
        snprintf(en, sizeof en, "/%s.en.svg", charts[i].label.id);
        snprintf(fr, sizeof fr, "/%s.fr.svg", charts[i].label.id);
        if (!is_expected(en) && !is_expected(fr))
            fail_msg("no case expects a chart %s", charts[i].label.id);
    }
    forget_expected();
}

static int is_case(const struct dirent *entry)
{
    return entry->d_type == DT_DIR && entry->d_name[0] != '.';
}

static int clean(void **state)
{
    (void)state;
    forget_expected();
    scratch_remove();
    return 0;
}

int main(void)
{
    enum { MOST = 64 };
    static char *names[MOST + 1];
    struct CMUnitTest tests[MOST + 1] = {
        cmocka_unit_test_prestate(every_chart_is_in_a_case, names)};
    struct dirent **entries;
    int count = scandir(GOLDEN_CASES, &entries, is_case, alphasort);
    if (count < 1 || count > MOST)
        return 1;
    for (int i = 0; i < count; i++) {
        names[i] = strdup(entries[i]->d_name);
        tests[i + 1] = (struct CMUnitTest){names[i], a_case, NULL, NULL, names[i]};
        free(entries[i]);
    }
    free(entries);
    int failed = _cmocka_run_group_tests("golden", tests, (size_t)count + 1, NULL, clean);
    for (int i = 0; i < count; i++)
        free(names[i]);
    return failed;
}
