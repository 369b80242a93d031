// SPDX-License-Identifier: GPL-3.0-or-later
// What `make install` puts where, and that manual and completions name all there is.
#include "engine/base/err.h"
#include "tests/help_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static int clean(void **state)
{
    (void)state;
    scratch_remove();
    return 0;
}

static void everything_is_installed_under_the_prefix(void **state)
{
    (void)state;
    static const char *const files[] = {
        "usr/bin/etalon",
        "usr/share/man/man1/etalon.1",
        "usr/share/bash-completion/completions/etalon",
        "usr/share/zsh/site-functions/_etalon",
        "usr/share/fish/vendor_completions.d/etalon.fish",
        "usr/share/etalon/datasets/west/study.yaml",
        "usr/share/etalon/datasets/west/ci/README.md",
    };
    char command[512];
    snprintf(command, sizeof command,
             "make -s --no-print-directory BUILD=%s DESTDIR=%s PREFIX=/usr install >/dev/null 2>&1",
             BUILD_FOLDER, scratch_folder());
    assert_int_equal(system(command), 0);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *path = scratch_path(files[i]);
        struct buf text = read_whole(path);
        if (!text.len)
            fail_msg("%s is not there", files[i]);
        buf_free(&text);
        free(path);
    }
    char *program = scratch_path("usr/bin/etalon");
    assert_int_equal(access(program, X_OK), 0);
    free(program);
}

// The names of commands and options as the help of the program prints them: "etalon NAME" and
// "--NAME" at the start of a line.
static void expect_names(const char *help, const char *before, const char *page, const char *form)
{
    for (const char *at = help; (at = strstr(at, before));) {
        char name[40];
        at += strlen(before);
        snprintf(name, sizeof name, "%.*s", (int)strcspn(at, " \n"), at);
        if (!strstr(page, name))
            fail_msg("%s is not in the %s", name, form);
    }
}

static void manual_and_completions_name_every_command_and_option(void **state)
{
    (void)state;
    static const char *const forms[] = {"bash", "zsh", "fish"};
    struct outcome help = RUN("--help");
    assert_int_equal(help.status, 0);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct outcome page = RUN("manual", forms[i]);
        assert_int_equal(page.status, 0);
        expect_names(help.out.ptr, "\n  etalon ", page.out.ptr, forms[i]);
        struct outcome run = RUN("run", "--help");
        assert_non_null(strstr(run.out.ptr, "--history"));
        expect_names(run.out.ptr, ", --", page.out.ptr, forms[i]);
        expect_names(run.out.ptr, "      --", page.out.ptr, forms[i]);
        outcome_free(&run);
        outcome_free(&page);
    }
    outcome_free(&help);
}

static void the_manual_lists_every_code(void **state)
{
    (void)state;
    struct outcome page = RUN("manual");
    assert_int_equal(page.status, 0);
    for (size_t i = 0; i < CODE_COUNT; i++)
        if (!strstr(page.out.ptr, code_table[i].id))
            fail_msg("%s is not in the manual", code_table[i].id);
    static const char *const statuses[] = {"\n.B 0\n",  "\n.B 1\n",  "\n.B 3\n",  "\n.B 64\n",
                                           "\n.B 65\n", "\n.B 66\n", "\n.B 69\n", "\n.B 70\n",
                                           "\n.B 73\n", "\n.B 74\n", "\n.B 75\n", "\n.B 128+n\n"};
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        assert_non_null(strstr(page.out.ptr, statuses[i]));
    outcome_free(&page);
    page = RUN("manual", "tcsh");
    assert_int_equal(page.status, 64);
    outcome_free(&page);
}

// Each shell reads its file, where the shell is there.
static void shells_can_read_their_completions(void **state)
{
    (void)state;
    static const char *const shells[][2] = {
        {"bash", "-n"}, {"zsh", "-n"}, {"fish", "--no-execute"}};
    for (size_t i = 0; i < 3; i++) {
        char command[256];
        struct outcome page = RUN("manual", shells[i][0]);
        scratch_write(shells[i][0], page.out.ptr);
        outcome_free(&page);
        char *path = scratch_path(shells[i][0]);
        snprintf(command, sizeof command, "! command -v %s >/dev/null || %s %s %s", shells[i][0],
                 shells[i][0], shells[i][1], path);
        assert_int_equal(system(command), 0);
        free(path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_installed_under_the_prefix),
        cmocka_unit_test(manual_and_completions_name_every_command_and_option),
        cmocka_unit_test(the_manual_lists_every_code),
        cmocka_unit_test(shells_can_read_their_completions),
    };
    return cmocka_run_group_tests(tests, NULL, clean);
}
