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

// It waits for what it is given, so the limits stand before it does anything.
static void limit_all(pid_t pid)
{
    limit(pid, RLIMIT_CPU, 600);
    limit(pid, RLIMIT_AS, (rlim_t)2 << 30);
    limit(pid, RLIMIT_FSIZE, (rlim_t)64 << 20);
    limit(pid, RLIMIT_CORE, 0);
}

// The C library gives no memory back to the system between two pictures: every one of them would
// have its pages made and cleared again. Other libraries do not know the name.
#define TUNABLES                                                            \
    "GLIBC_TUNABLES=glibc.malloc.mmap_threshold=1073741824:"                \
    "glibc.malloc.trim_threshold=4294967296:glibc.malloc.top_pad=67108864:" \
    "glibc.malloc.hugetlb=1"

static int spawn(const struct process *p, int ends[3], pid_t *pid)
{
    const char *path = getenv("PATH");
    struct buf variable = {0};
    buf_print(&variable, "PATH=%s", path ? path : "/usr/local/bin:/usr/bin:/bin");
    char memory[] = TUNABLES, lang[] = "LC_ALL=C.UTF-8", zone[] = "TZ=UTC",
         home[] = "HOME=/nonexistent";
    char *environment[] = {variable.ptr, lang, zone, home, memory, NULL};
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

static void give(struct process *p)
{
    size_t left = p->given.len - p->sent;
    ssize_t sent =
        left ? send(p->in, p->given.ptr + p->sent, left, MSG_NOSIGNAL | MSG_DONTWAIT) : 0;
    if (sent < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    p->sent += sent < 0 ? left : (size_t)sent; // it stopped reading: stop giving
    if (p->sent == p->given.len && p->all_given)
        close_one(&p->in);
}

void process_give(struct process *p, struct str text)
{
    if (p->in < 0)
        return;
    buf_str(&p->given, text);
    give(p);
}

void process_give_no_more(struct process *p)
{
    p->all_given = true;
    if (p->in >= 0)
        give(p);
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

bool process_listen(struct process *p, struct buf *answer)
{
    int in = p->sent < p->given.len || p->all_given ? p->in : -1;
    struct pollfd fds[3] = {{in, POLLOUT, 0}, {p->out, POLLIN, 0}, {p->err, POLLIN, 0}};
    if (p->out < 0 || p->killed)
        return false;
    int ready = poll(fds, 3, 200);
    if (!p->last)
        p->last = seconds_now();
    p->killed = stop_asked() || seconds_now() - p->last > p->patience;
    if (p->killed)
        return false;
    if (ready > 0 && fds[1].revents)
        p->last = seconds_now(), hear(&p->out, answer);
    if (ready > 0 && fds[2].revents)
        hear(&p->err, NULL);
    if (ready > 0 && fds[0].revents)
        give(p);
    return p->out >= 0;
}

// Waits for the end; kills the group when that takes longer than a few seconds.
static void await(const struct process *p, bool at_once)
{
    for (int i = 0; i < 100 && !at_once; i++) {
        if (waitpid(p->pid, NULL, WNOHANG) != 0)
            return;
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    }
    kill(-p->pid, SIGKILL);
    while (waitpid(p->pid, NULL, 0) < 0 && errno == EINTR)
        continue;
}

int process_start(struct process *p)
{
    int pairs[3][2];
    int failed = make_pairs(pairs);
    if (!failed) {
        int ends[3] = {pairs[0][1], pairs[1][1], pairs[2][1]};
        failed = spawn(p, ends, &p->pid);
    }
    for (int i = 0; i < 3; i++)
        close_one(&pairs[i][1]);
    p->in = pairs[0][0], p->out = pairs[1][0], p->err = pairs[2][0];
    if (failed) {
        close_one(&p->in);
        close_one(&p->out);
        close_one(&p->err);
    } else {
        limit_all(p->pid);
    }
    return failed;
}

void process_end(struct process *p, bool at_once)
{
    close_one(&p->in);
    await(p, at_once || p->killed);
    close_one(&p->out);
    close_one(&p->err);
    buf_free(&p->given);
}
