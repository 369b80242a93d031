// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/process.h"

#include "engine/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ANSWER_MOST = 1 << 24 };

struct talk {
    int in, out, err; // our ends
    pid_t pid;
    struct str given;
    struct buf *answer;
};

static void close_one(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

// Sockets rather than pipes: a reader that went away is an error of send(), not a signal.
static int make_pairs(int pairs[3][2])
{
    for (int i = 0; i < 3; i++)
        pairs[i][0] = pairs[i][1] = -1;
    for (int i = 0; i < 3; i++)
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pairs[i]))
            return errno;
    return 0;
}

static void limit(pid_t pid, enum __rlimit_resource resource, rlim_t most)
{
    struct rlimit r = {most, most};
    prlimit(pid, resource, &r, NULL); // a limit that cannot be lowered stays as it is
}

// The child waits for its script, so the limits stand before it does anything.
static void limit_all(pid_t pid)
{
    limit(pid, RLIMIT_CPU, 600);
    limit(pid, RLIMIT_AS, (rlim_t)2 << 30);
    limit(pid, RLIMIT_FSIZE, (rlim_t)64 << 20);
    limit(pid, RLIMIT_CORE, 0);
}

static int spawn(const struct process *p, int ends[3], pid_t *pid)
{
    const char *path = getenv("PATH");
    struct buf variable = {0};
    buf_print(&variable, "PATH=%s", path ? path : "/usr/local/bin:/usr/bin:/bin");
    char lang[] = "LC_ALL=C.UTF-8", zone[] = "TZ=UTC", home[] = "HOME=/nonexistent";
    char *environment[] = {variable.ptr, lang, zone, home, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addfchdir_np(&actions, p->folder_fd);
    for (int i = 0; i < 3; i++)
        posix_spawn_file_actions_adddup2(&actions, ends[i], i);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF |
                                              POSIX_SPAWN_SETSIGMASK);
    int failed = posix_spawnp(pid, p->arguments[0], &actions, &attributes,
                              (char *const *)(uintptr_t)p->arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    buf_free(&variable);
    return failed;
}

static void give(struct talk *t)
{
    ssize_t sent = send(t->in, t->given.ptr, t->given.len, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    size_t done = sent < 0 ? t->given.len : (size_t)sent; // it stopped reading: stop giving
    t->given.ptr += done;
    t->given.len -= done;
    if (!t->given.len)
        close_one(&t->in);
}

// Reads what is there; complaints (answer NULL) are thrown away.
static void hear(int *fd, struct buf *answer)
{
    char bytes[1 << 14];
    ssize_t got = recv(*fd, bytes, sizeof bytes, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (got <= 0)
        close_one(fd);
    else if (answer && answer->len + (size_t)got <= ANSWER_MOST)
        buf_put(answer, bytes, (size_t)got);
}

static int64_t seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

// Until it has closed its output; false: it was silent for too long, or we are to stop.
static bool converse(struct talk *t, int patience)
{
    int64_t last = seconds_now();
    while (t->out >= 0) {
        struct pollfd fds[3] = {{t->in, POLLOUT, 0}, {t->out, POLLIN, 0}, {t->err, POLLIN, 0}};
        int ready = poll(fds, 3, 200);
        if (stop_asked() || seconds_now() - last > patience)
            return false;
        if (ready <= 0)
            continue;
        if (fds[1].revents)
            last = seconds_now(), hear(&t->out, t->answer);
        if (fds[2].revents)
            hear(&t->err, NULL);
        if (t->in >= 0 && fds[0].revents)
            give(t);
    }
    return true;
}

// Waits for the end; kills the group when that takes longer than a few seconds.
static void finish(struct talk *t, bool at_once)
{
    for (int i = 0; i < 100 && !at_once; i++) {
        if (waitpid(t->pid, NULL, WNOHANG) != 0)
            return;
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    }
    kill(-t->pid, SIGKILL);
    while (waitpid(t->pid, NULL, 0) < 0 && errno == EINTR)
        continue;
}

int process_talk(struct process *p, struct str given, struct buf *answer)
{
    int pairs[3][2];
    struct talk t = {.given = given, .answer = answer};
    int failed = make_pairs(pairs);
    if (!failed) {
        int ends[3] = {pairs[0][1], pairs[1][1], pairs[2][1]};
        failed = spawn(p, ends, &t.pid);
    }
    for (int i = 0; i < 3; i++)
        close_one(&pairs[i][1]);
    t.in = pairs[0][0], t.out = pairs[1][0], t.err = pairs[2][0];
    if (!failed) {
        limit_all(t.pid);
        p->killed = !converse(&t, p->patience);
        close_one(&t.in);
        finish(&t, p->killed);
    }
    close_one(&t.in);
    close_one(&t.out);
    close_one(&t.err);
    return failed;
}
