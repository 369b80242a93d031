// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/help_run.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

const char *program_path(void)
{
    return BUILD_FOLDER "/etalon";
}

static bool take(int fd, struct buf *out)
{
    char block[1 << 14];
    ssize_t got = read(fd, block, sizeof block);
    if (got > 0)
        buf_put(out, block, (size_t)got);
    return got > 0;
}

// Reads both pipes until both are closed.
static void drain(int out, int err, struct outcome *o)
{
    struct pollfd fds[] = {{out, POLLIN, 0}, {err, POLLIN, 0}};
    struct buf *texts[] = {&o->out, &o->err};
    for (int open = 2; open;) {
        if (poll(fds, 2, -1) < 0)
            return;
        for (int i = 0; i < 2; i++)
            if (fds[i].fd >= 0 && fds[i].revents && !take(fds[i].fd, texts[i])) {
                fds[i].fd = -1;
                open--;
            }
    }
}

struct outcome run_program(const char *const *words, const char *const *environment)
{
    return run_program_in(NULL, words, environment);
}

struct outcome run_program_in(const char *folder, const char *const *words,
                              const char *const *environment)
{
    struct outcome o = {.status = -1};
    char *program = realpath(program_path(), NULL);
    const char *argv[32] = {program ? program : program_path()};
    for (int i = 0; words[i] && i < 30; i++)
        argv[i + 1] = words[i];
    int out[2], err[2];
    if (pipe2(out, O_CLOEXEC) || pipe2(err, O_CLOEXEC))
        return o;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    if (folder)
        posix_spawn_file_actions_addchdir_np(&actions, folder);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err[1], STDERR_FILENO);
    pid_t child;
    char **env = environment ? (char **)(uintptr_t)environment : environ;
    int failed = posix_spawn(&child, argv[0], &actions, NULL, (char **)(uintptr_t)argv, env);
    posix_spawn_file_actions_destroy(&actions);
    free(program);
    close(out[1]);
    close(err[1]);
    drain(out[0], err[0], &o);
    close(out[0]);
    close(err[0]);
    int status = 0;
    if (!failed && waitpid(child, &status, 0) == child)
        o.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    buf_put(&o.out, "", 0);
    buf_put(&o.err, "", 0);
    return o;
}

void outcome_free(struct outcome *o)
{
    buf_free(&o->out);
    buf_free(&o->err);
}

static char scratch[64];

const char *scratch_folder(void)
{
    if (!*scratch) {
        const char *under = getenv("TMPDIR");
        snprintf(scratch, sizeof scratch, "%s/etalon-test-XXXXXX",
                 under && strlen(under) < 40 ? under : "/tmp");
        if (!mkdtemp(scratch))
            abort();
    }
    return scratch;
}

void scratch_remove(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", scratch);
    if (*scratch && system(command))
        fprintf(stderr, "could not remove %s\n", scratch);
    *scratch = '\0';
}

char *scratch_path(const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", scratch_folder(), name);
    return strdup(path);
}

void scratch_write(const char *name, const char *text)
{
    char *path = scratch_path(name);
    FILE *file = fopen(path, "w");
    if (!file || fputs(text, file) < 0 || fclose(file))
        abort();
    free(path);
}

struct buf read_whole(const char *path)
{
    struct buf text = {0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return text;
    buf_put(&text, "", 0);
    while (take(fd, &text))
        ;
    close(fd);
    return text;
}

// The place of a column in a header line, -1 when it is not there.
static int column_place(const char *header, const char *column)
{
    size_t len = strlen(column);
    int place = 0;
    for (const char *at = header;; place++) {
        const char *end = at + strcspn(at, ",\n");
        if ((size_t)(end - at) == len && strncmp(at, column, len) == 0)
            return place;
        if (*end != ',')
            return -1;
        at = end + 1;
    }
}

const char *csv_value(const char *path, const char *key, const char *column)
{
    static char value[256];
    value[0] = '\0';
    struct buf text = read_whole(path);
    int place = text.ptr ? column_place(text.ptr, column) : -1;
    for (const char *line = text.ptr; place >= 0 && line; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, key, strlen(key)) != 0)
            continue;
        for (int i = 0; i < place && line; i++)
            line = strchr(line, ',') + 1;
        snprintf(value, sizeof value, "%.*s", (int)strcspn(line, ",\n"), line);
        break;
    }
    buf_free(&text);
    return value;
}
