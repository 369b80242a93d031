// SPDX-License-Identifier: GPL-3.0-or-later
// A call fails, the disk is full, the process is killed: the output folder is all old or all new,
// the history is sound and still holds what was released, and the next run works and leaves no
// litter (robustness.md C1, C2, C7 and the matrix of 6.1). Calls go wrong through tests/fault.c.
//
// Here a sample of the calls is tried; `make faults` (FAULTS=all) tries each of them, and a run
// with workbooks under strace, where there is one.
#include "engine/base/file.h"
#include "engine/store/history.h"
#include "tests/help_run.h"

#include <dirent.h>
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { PATH_LENGTH = 512 };

// ---- a study of one quarter that was released, and comes again with one answer changed

static void write_data(int first)
{
    struct buf data = {0};
    buf_text(&data, "region,day,q\n");
    for (int i = 0; i < 80; i++)
        buf_print(&data, "%s,2003-11-01,%d\n", i % 2 ? "A" : "B", i ? 4 : first);
    scratch_write("old/data.csv", data.ptr);
    buf_free(&data);
}

static void write_study(void)
{
    scratch_write("old/study.yaml",
                  "etalon: 1\nid: small\nregions: [{id: A}, {id: B}]\nsurveys:\n  - id: s\n"
                  "    files: [data.csv]\n    columns: {region: region, period: day}\n"
                  "    items:\n      - {id: q, column: q, scale: satisfaction}\n"
                  "suppress: {min_n: 10, rule: none, complementary: false}\n");
}

static int in_scratch(const char *command)
{
    char line[PATH_LENGTH];
    snprintf(line, sizeof line, "cd '%s' && %s", scratch_folder(), command);
    int status = system(line);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static const char *place(const char *folder, const char *name, char path[PATH_LENGTH])
{
    snprintf(path, PATH_LENGTH, "%s/%s/%s", scratch_folder(), folder, name);
    return path;
}

// ---- one run

struct order {
    const char *folder;           // in the scratch folder: study, out and h.db are there
    const char *const *before;    // words before the program, e.g. of strace
    const char *fault, *counts;   // for tests/fault.c
    const char *formats, *charts; // NULL: csv,json,html without charts
};

static void set_environment(const struct order *o)
{
    char path[2 * PATH_LENGTH], folder[PATH_LENGTH] = "";
    if (!o->fault && !o->counts)
        return;
    if (BUILD_FOLDER[0] != '/' && !getcwd(folder, sizeof folder))
        _exit(126);
    snprintf(path, sizeof path, "%s%s%s/tests/fault.so", folder, *folder ? "/" : "", BUILD_FOLDER);
    setenv("LD_PRELOAD", path, 1);
    setenv("ASAN_OPTIONS", "verify_asan_link_order=0:detect_leaks=0", 1);
    if (o->fault)
        setenv("FAULT", o->fault, 1);
    if (o->counts)
        setenv("FAULT_COUNT", o->counts, 1);
}

static pid_t start(const struct order *o)
{
    char study[PATH_LENGTH], out[PATH_LENGTH], history[PATH_LENGTH], errors[PATH_LENGTH];
    place(o->folder, "study.yaml", study);
    place(o->folder, "out", out);
    place(o->folder, "h.db", history);
    place("", "errors", errors);
    const char *const own[] = {program_path(),
                               "run",
                               study,
                               "-o",
                               out,
                               "-j",
                               "1",
                               "-q",
                               "--formats",
                               o->formats ? o->formats : "csv,json,html",
                               "--charts",
                               o->charts ? o->charts : "none",
                               "--period",
                               "2003Q4",
                               "--history",
                               history};
    const char *words[40] = {0};
    size_t count = 0;
    for (; o->before && o->before[count]; count++)
        words[count] = o->before[count];
    memcpy(words + count, own, sizeof own);
    pid_t child = fork();
    if (child)
        return child;
    if (!freopen(errors, "w", stderr))
        _exit(126);
    set_environment(o);
    execvp(words[0], (char **)(uintptr_t)words);
    _exit(127);
}

// 128 + n after signal n
static int end(pid_t child)
{
    int status = 0;
    while (waitpid(child, &status, 0) != child)
        assert_int_equal(errno, EINTR);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int run(const struct order *o)
{
    return end(start(o));
}

// ---- what a folder holds

static int by_name(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static void sum_folder(struct sha256 *sum, const char *path)
{
    VEC(char *) names = {0};
    DIR *list = opendir(path);
    assert_non_null(list);
    for (struct dirent *entry; (entry = readdir(list));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            vec_push(&names, strdup(entry->d_name));
    closedir(list);
    if (names.len)
        qsort(names.at, names.len, sizeof *names.at, by_name);
    for (size_t i = 0; i < names.len; i++) {
        char one[2 * PATH_LENGTH];
        struct stat info;
        snprintf(one, sizeof one, "%s/%s", path, names.at[i]);
        assert_int_equal(lstat(one, &info), 0);
        sha256_add(sum, names.at[i], strlen(names.at[i]) + 1);
        if (S_ISDIR(info.st_mode)) {
            sum_folder(sum, one);
        } else {
            struct buf bytes = read_whole(one);
            sha256_add(sum, bytes.ptr, bytes.len);
            buf_free(&bytes);
        }
        free(names.at[i]);
    }
    vec_free(&names);
}

// One name for all that the output folder holds.
static void sum_of(const char *folder, char hex[SHA256_HEX])
{
    char path[PATH_LENGTH];
    struct sha256 sum;
    sha256_start(&sum);
    sum_folder(&sum, place(folder, "out", path));
    sha256_end(&sum, hex);
}

// ---- the invariants

static char old_sum[SHA256_HEX], new_sum[SHA256_HEX];

// The states of the releases in order, a letter each: "pa" = published, abandoned; w waits
// (pending). Opening the history checks every page and every release.
static void states_of(const char *folder, char states[32])
{
    char path[PATH_LENGTH];
    struct history h;
    struct releases all = {0};
    struct diags d = {0};
    assert_int_equal(history_open(&h, place(folder, "h.db", path), true, &d), OK);
    assert_int_equal(history_list(&h, &all, &d), OK);
    assert_true(all.list.len < 32);
    for (size_t i = 0; i < all.list.len; i++)
        states[i] = strcmp(all.list.at[i].state, "pending") == 0 ? 'w' : all.list.at[i].state[0];
    states[all.list.len] = '\0';
    vec_free(&all.list);
    history_close(&h);
    diags_free(&d);
}

static void expect_no_litter(const char *folder)
{
    static const char *const known[] = {".", "..", "data.csv", "study.yaml", "out", "h.db"};
    char path[PATH_LENGTH];
    DIR *list = opendir(place(folder, "", path));
    assert_non_null(list);
    for (struct dirent *entry; (entry = readdir(list));) {
        bool ours = false;
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            ours = ours || strcmp(entry->d_name, known[i]) == 0;
        if (!ours)
            fail_msg("%s was left over", entry->d_name);
    }
    closedir(list);
}

// After a run that ended with `status` and the run after it.
static const char *broken_invariant(const char *folder, int status, const struct order *next)
{
    char sum[SHA256_HEX], states[32];
    sum_of(folder, sum);
    if (strcmp(sum, old_sum) != 0 && strcmp(sum, new_sum) != 0)
        return "the output folder is neither old nor new";
    if (status == 0 && strcmp(sum, new_sum) != 0)
        return "exit status 0, and the output folder is old";
    states_of(folder, states);
    if (states[0] != 'p')
        return "the release of before is not published any more";
    if (strcmp(sum, new_sum) == 0 && !strpbrk(states + 1, "pw"))
        return "what is published is not in the history";
    if (run(next) != 0)
        return "the next run fails";
    sum_of(folder, sum);
    if (strcmp(sum, new_sum) != 0)
        return "the next run wrote something else";
    states_of(folder, states);
    const char *second = strchr(states + 1, 'p');
    if (states[0] != 'p' || !second || strchr(second + 1, 'p') || strchr(states, 'w'))
        return "the next run did not make the release";
    expect_no_litter(folder);
    return NULL;
}

static void renew(void)
{
    assert_int_equal(in_scratch("rm -rf work && cp -a old work"), 0);
}

static void try_order(const struct order *broken, const char *name)
{
    const struct order next = {
        .folder = "work", .formats = broken->formats, .charts = broken->charts};
    renew();
    int status = run(broken);
    const char *wrong = broken_invariant("work", status, &next);
    if (wrong)
        fail_msg("%s (exit status %d): %s", name, status, wrong);
}

// An undisturbed run over the old folder: what it writes is "new". Old and new are in old/ and
// done/.
static void prepare(const char *formats, const char *charts, const char *counts)
{
    struct order o = {.folder = "old", .formats = formats, .charts = charts};
    assert_int_equal(in_scratch("rm -rf old done && mkdir old"), 0);
    write_study();
    write_data(4);
    assert_int_equal(run(&o), 0);
    sum_of("old", old_sum);
    write_data(1);
    assert_int_equal(in_scratch("cp -a old done"), 0);
    o.folder = "done";
    o.counts = counts;
    assert_int_equal(run(&o), 0);
    sum_of("done", new_sum);
    assert_string_not_equal(old_sum, new_sum);
}

// ---- the matrix

static const struct row {
    const char *kind, *how;
    int sample; // calls tried when not all are
} matrix[] = {
    // pwrite and datasync are the history's
    {"write", "ENOSPC", 2}, {"write", "EIO", 0},     {"write", "EINTR", 0},
    {"write", "SHORT", 1},  {"write", "TORN", 1},    {"write", "KILL", 1},
    {"write", "TERM", 1},   {"pwrite", "ENOSPC", 1}, {"pwrite", "EIO", 0},
    {"pwrite", "SHORT", 0}, {"pwrite", "TORN", 2},   {"pwrite", "KILL", 2},
    {"sync", "EIO", 1},     {"sync", "EINTR", 0},    {"sync", "KILL", 3},
    {"rename", "EIO", 2},   {"rename", "EINVAL", 1}, {"rename", "KILL", 1},
    {"open", "EMFILE", 1},  {"open", "EIO", 0},      {"open", "KILL", 0},
    {"mkdir", "ENOSPC", 1}, {"mkdir", "KILL", 0},    {"unlink", "EIO", 1},
    {"unlink", "KILL", 2},  {"close", "EIO", 1},     {"close", "EINTR", 0},
    {"close", "KILL", 1},   {"read", "EIO", 1},      {"read", "EINTR", 0},
    {"read", "SHORT", 1},   {"truncate", "EIO", 1},  {"truncate", "KILL", 1},
    {"datasync", "EIO", 1}, {"datasync", "KILL", 2}, {"memory", "ENOMEM", 6},
};
enum { MOST_TRIED = 500 }; // of the thousands of pieces of memory

static long count_of(const char *counts, const char *kind)
{
    char line[24];
    snprintf(line, sizeof line, "%s ", kind);
    for (const char *at = counts; at && *at; at = strchr(at, '\n'), at += at != NULL)
        if (strncmp(at, line, strlen(line)) == 0)
            return strtol(at + strlen(line), NULL, 10);
    return 0;
}

// Spread over all calls, the last one included: those are the ones that publish.
static void try_row(const struct row *row, long calls, bool all)
{
    long most = all ? MOST_TRIED : row->sample, wanted = calls < most ? calls : most;
    for (long k = 1; k <= wanted; k++) {
        char fault[48];
        snprintf(fault, sizeof fault, "%s %ld %s", row->kind, calls * k / wanted, row->how);
        try_order(&(struct order){.folder = "work", .fault = fault}, fault);
    }
}

static bool all_asked(void)
{
    const char *wish = getenv("FAULTS");
    return wish && strcmp(wish, "all") == 0;
}

static void any_call_may_fail(void **state)
{
    (void)state;
    char path[PATH_LENGTH];
    prepare(NULL, NULL, place("", "counts", path));
    struct buf counts = read_whole(path);
    assert_true(count_of(counts.ptr, "write") > 5); // the library is at work
    for (size_t i = 0; i < sizeof matrix / sizeof *matrix; i++)
        try_row(&matrix[i], count_of(counts.ptr, matrix[i].kind), all_asked());
    buf_free(&counts);
}

// ---- the same from below: calls that the C library makes for itself, as in writing workbooks

static long system_calls(const char *call)
{
    char path[PATH_LENGTH], trace[64];
    long lines = 0;
    snprintf(trace, sizeof trace, "trace=%s", call);
    const char *const before[] = {"strace", "-f",  "-qq", "-o", place("", "calls", path),
                                  "-e",     trace, NULL};
    renew();
    assert_int_equal(
        run(&(struct order){.folder = "work", .before = before, .formats = "csv,md,xlsx"}), 0);
    struct buf text = read_whole(path);
    for (size_t i = 0; i < text.len; i++)
        lines += text.ptr[i] == '\n';
    buf_free(&text);
    return lines;
}

static void any_system_call_may_fail(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"write", "error=ENOSPC", 40}, {"write", "signal=KILL", 20}, {"openat", "error=EMFILE", 20},
        {"close", "error=EIO", 10},    {"lseek", "error=EIO", 10},   {"read", "error=EIO", 20},
        {"unlink", "error=EIO", 10},   {"fsync", "error=EIO", 8},    {"renameat2", "error=EIO", 2},
    };
    if (!all_asked() || system("strace -V >/dev/null 2>&1") != 0)
        skip();
    prepare("csv,md,xlsx", NULL, NULL);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        long calls = system_calls(rows[i].kind);
        for (long k = 1; k <= rows[i].sample; k++) {
            char fault[64];
            snprintf(fault, sizeof fault, "inject=%s:%s:when=%ld", rows[i].kind, rows[i].how,
                     calls * k / rows[i].sample);
            const char *const before[] = {"strace",    "-f", "-qq", "-o",
                                          "/dev/null", "-e", fault, NULL};
            try_order(&(struct order){.folder = "work", .before = before, .formats = "csv,md,xlsx"},
                      fault);
        }
    }
}

// ---- two runs at once

static void await_stop(pid_t child)
{
    int status = 0;
    assert_int_equal(waitpid(child, &status, WUNTRACED), child);
    assert_true(WIFSTOPPED(status));
}

// The first stands still while it writes the history; the second waits for it.
static void one_of_two_runs_waits(void **state)
{
    (void)state;
    prepare(NULL, NULL, NULL);
    renew();
    const struct order first = {.folder = "work", .fault = "pwrite 3 STOP"},
                       second = {.folder = "work"};
    pid_t one = start(&first);
    await_stop(one);
    pid_t two = start(&second);
    struct timespec moment = {.tv_nsec = 300000000};
    nanosleep(&moment, NULL);
    assert_int_equal(waitpid(two, NULL, WNOHANG), 0);
    kill(one, SIGCONT);
    assert_int_equal(end(one), 0);
    int status = end(two);
    assert_true(status == 0 || status == 75);
    assert_null(broken_invariant("work", 0, &second));
}

// The first read the history and stands still; the second releases the same quarter: what the first
// was compared with is no longer all there is.
static void one_of_two_runs_leaves_with_75(void **state)
{
    (void)state;
    prepare(NULL, NULL, NULL);
    renew();
    const struct order first = {.folder = "work", .fault = "mkdir 2 STOP"},
                       second = {.folder = "work"};
    pid_t one = start(&first);
    await_stop(one);
    assert_int_equal(run(&second), 0);
    kill(one, SIGCONT);
    assert_int_equal(end(one), 75);
    assert_null(broken_invariant("work", 75, &second));
}

// Nobody waits for ever: ten seconds.
static void a_run_does_not_wait_for_ever(void **state)
{
    (void)state;
    if (!all_asked())
        skip();
    prepare(NULL, NULL, NULL);
    renew();
    const struct order first = {.folder = "work", .fault = "pwrite 3 STOP"},
                       second = {.folder = "work"};
    pid_t one = start(&first);
    await_stop(one);
    assert_int_equal(run(&second), 75);
    kill(one, SIGCONT);
    assert_int_equal(end(one), 0);
    assert_null(broken_invariant("work", 0, &second));
}

static int clean(void **state)
{
    (void)state;
    scratch_remove();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_call_may_fail),
        cmocka_unit_test(any_system_call_may_fail),
        cmocka_unit_test(one_of_two_runs_waits),
        cmocka_unit_test(one_of_two_runs_leaves_with_75),
        cmocka_unit_test(a_run_does_not_wait_for_ever),
    };
    if (access("/dev/shm", W_OK) == 0)
        setenv("TMPDIR", "/dev/shm", 1); // where flushing costs nothing
    return cmocka_run_group_tests(tests, NULL, clean);
}
