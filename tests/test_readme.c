// SPDX-License-Identifier: GPL-3.0-or-later
// The README's session is real: each `$ ` command of its console blocks is run from the project's
// root and must print what stands below it. A line `...` stands for any lines.
#include "tests/help_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cmocka.h>

enum { LONGEST = 1 << 16 };

// Does `got` read like `wanted`, line by line?
static bool reads_like(const char *wanted, const char *got)
{
    if (!*wanted)
        return !*got;
    size_t len = strcspn(wanted, "\n");
    const char *rest = wanted + len + (wanted[len] == '\n');
    if (len == 3 && strncmp(wanted, "...", 3) == 0) {
        for (;; got += strcspn(got, "\n") + 1) {
            if (reads_like(rest, got))
                return true;
            if (!*got)
                return false;
        }
    }
    size_t line = strcspn(got, "\n");
    if (line != len || strncmp(wanted, got, len) != 0)
        return false;
    return reads_like(rest, got + line + (got[line] == '\n'));
}

static void run_and_compare(const char *command, const char *wanted)
{
    static char got[LONGEST];
    char full[4200];
    snprintf(full, sizeof full, "{ %s ; } 2>&1", command);
    FILE *pipe = popen(full, "r");
    assert_non_null(pipe);
    size_t len = fread(got, 1, sizeof got - 1, pipe);
    got[len] = '\0';
    pclose(pipe);
    if (!reads_like(wanted, got))
        fail_msg("$ %s\nprints\n%s\nnot\n%s", command, got, wanted);
}

// Takes the next line; false at the end.
static bool next_line(const char **at, char *line, size_t room)
{
    if (!**at)
        return false;
    size_t len = strcspn(*at, "\n");
    snprintf(line, room, "%.*s", (int)len, *at);
    *at += len + ((*at)[len] == '\n');
    return true;
}

static void the_session_is_real(void **state)
{
    (void)state;
    if (strcmp(BUILD_FOLDER, "build") != 0)
        skip(); // the commands name build/etalon
    struct buf text = read_whole("README.md");
    assert_non_null(text.ptr);
    char line[4000], command[4096] = "";
    static char wanted[LONGEST];
    bool inside = false;
    int commands = 0;
    for (const char *at = text.ptr; next_line(&at, line, sizeof line);) {
        bool fence = strncmp(line, "```", 3) == 0;
        if (*command && (fence || strncmp(line, "$ ", 2) == 0)) {
            run_and_compare(command, wanted);
            commands++;
            *command = '\0';
        }
        if (fence)
            inside = strcmp(line, "```console") == 0;
        else if (inside && strncmp(line, "$ ", 2) == 0) {
            snprintf(command, sizeof command, "%s", line + 2);
            *wanted = '\0';
        } else if (inside && *command) {
            size_t len = strlen(wanted);
            snprintf(wanted + len, sizeof wanted - len, "%s\n", line);
        }
    }
    buf_free(&text);
    assert_true(commands >= 4);
}

static void set_up_is_two_commands(void **state)
{
    (void)state;
    struct buf text = read_whole("README.md");
    assert_non_null(strstr(text.ptr, "\nmake demo\nmake check\n"));
    buf_free(&text);
}

static void pictures_and_pages_exist(void **state)
{
    (void)state;
    struct buf text = read_whole("README.md");
    int links = 0;
    for (const char *at = text.ptr; (at = strstr(at, "]("));) {
        at += 2;
        char path[512];
        snprintf(path, sizeof path, "%.*s", (int)strcspn(at, ")#"), at);
        struct stat info;
        if (*path && strncmp(path, "http", 4) != 0 && stat(path, &info) != 0)
            fail_msg("README.md links to %s, which is not there", path);
        links++;
    }
    buf_free(&text);
    assert_true(links >= 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_session_is_real),
        cmocka_unit_test(set_up_is_two_commands),
        cmocka_unit_test(pictures_and_pages_exist),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
