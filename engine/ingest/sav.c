// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ingest/sav.h"

#include "engine/ingest/sav_child.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOTES_MOST = 1 << 24, CPU_SECONDS = 3600, MEMORY_MORE = 1 << 30 };

static struct where sav_at(const struct sav *s)
{
    return (struct where){s->path, 0, 0};
}

bool sav_is(const unsigned char *bytes, size_t len)
{
    return len >= 4 && (memcmp(bytes, "$FL2", 4) == 0 || memcmp(bytes, "$FL3", 4) == 0);
}

// ---- the child's cage

#if defined(__x86_64__)
#define CAGE_MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define CAGE_MACHINE AUDIT_ARCH_AARCH64
#endif

// Everything else that is opened, made, run, connected or signalled is refused as not permitted;
// files may still be opened for reading, since the C library loads its tables of characters so.
static void forbid(void)
{
#ifdef CAGE_MACHINE
#define ALLOW(call) \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
    static struct sock_filter rules[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, CAGE_MACHINE, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        ALLOW(SYS_read),
        ALLOW(SYS_pread64),
        ALLOW(SYS_write),
        ALLOW(SYS_writev),
        ALLOW(SYS_lseek),
        ALLOW(SYS_close),
        ALLOW(SYS_fstat),
        ALLOW(SYS_newfstatat),
        ALLOW(SYS_mmap),
        ALLOW(SYS_mremap),
        ALLOW(SYS_munmap),
        ALLOW(SYS_mprotect),
        ALLOW(SYS_madvise),
        ALLOW(SYS_brk),
        ALLOW(SYS_futex),
        ALLOW(SYS_sched_yield),
        ALLOW(SYS_getpid),
        ALLOW(SYS_gettid),
        ALLOW(SYS_clock_gettime),
        ALLOW(SYS_rt_sigaction),
        ALLOW(SYS_rt_sigprocmask),
        ALLOW(SYS_rt_sigreturn),
        ALLOW(SYS_sigaltstack),
        ALLOW(SYS_exit),
        ALLOW(SYS_exit_group),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[2])),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, O_WRONLY | O_RDWR | O_CREAT | O_TRUNC, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
    };
#undef ALLOW
    struct sock_fprog program = {sizeof rules / sizeof *rules, rules};
    // A kernel without it: the limits still hold.
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
        (void)!syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program);
#endif
}

static void limit(int resource, rlim_t most)
{
    struct rlimit r = {most, most};
    (void)!setrlimit((__rlimit_resource_t)resource, &r);
}

// What the process has mapped already does not count against the child.
static rlim_t mapped_now(void)
{
    char text[64] = "";
    int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (fd < 0 || read(fd, text, sizeof text - 1) < 0)
        text[0] = '\0';
    if (fd >= 0)
        close(fd);
    return (rlim_t)strtoull(text, NULL, 10) * (rlim_t)sysconf(_SC_PAGESIZE);
}

static bool settle(int from, int to)
{
    return dup2(from, to) == to;
}

static _Noreturn void be_child(int file, int rows, int notes, rlim_t memory)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    // Away from 0, 1 and 2 first, so that no step closes what a later one needs.
    int high[3] = {fcntl(file, F_DUPFD, 10), fcntl(rows, F_DUPFD, 10), fcntl(notes, F_DUPFD, 10)};
    if (!settle(high[0], SAV_FILE) || !settle(high[1], SAV_ROWS) || !settle(high[2], SAV_NOTES))
        _exit(SAV_LOST);
    (void)!syscall(SYS_close_range, 3U, ~0U, 0U);
    limit(RLIMIT_AS, memory);
    limit(RLIMIT_CPU, CPU_SECONDS);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_NPROC, 0);
    forbid();
    _exit(sav_child());
}

// ---- the parent's side

// One line of the notes: name, low, high; anything else is not for us.
static void take_note(struct sav *s, struct str line)
{
    const char *tab = memchr(line.ptr, '\t', line.len);
    double low, high;
    if (!tab || sscanf(tab, "\t%lf\t%lf", &low, &high) != 2)
        return;
    size_t len = (size_t)(tab - line.ptr);
    struct sav_range range = {{arena_copy(&s->arena, line.ptr, len), len}, low, high};
    vec_push(&s->missing, range);
}

static void take_notes(struct sav *s, struct buf *notes)
{
    struct str rest = buf_view(notes);
    for (const char *end; rest.len && (end = memchr(rest.ptr, '\n', rest.len));) {
        size_t len = (size_t)(end - rest.ptr);
        char line[512];
        if (len < sizeof line) {
            memcpy(line, rest.ptr, len);
            line[len] = '\0';
            take_note(s, (struct str){line, len});
        }
        rest.ptr += len + 1;
        rest.len -= len + 1;
    }
}

static void read_notes(struct sav *s, int fd)
{
    struct buf notes = {0};
    char bytes[4096];
    for (ssize_t got; (got = read(fd, bytes, sizeof bytes)) != 0;) {
        if (got < 0 && errno == EINTR && !stop_asked())
            continue;
        if (got < 0 || notes.len > NOTES_MOST)
            break;
        buf_put(&notes, bytes, (size_t)got);
    }
    take_notes(s, &notes);
    buf_free(&notes);
}

enum status sav_start(struct sav *s, const char *path, int fd, struct diags *d)
{
    s->path = path;
    s->rows = -1;
    if (!sav_built())
        return diag(d, E0221, sav_at(s), "is an SPSS file");
    int rows[2], notes[2];
    if (pipe2(rows, O_CLOEXEC))
        return diag(d, E0901, sav_at(s), "cannot make a pipe: %s", strerror(errno));
    if (pipe2(notes, O_CLOEXEC)) {
        close(rows[0]), close(rows[1]);
        return diag(d, E0901, sav_at(s), "cannot make a pipe: %s", strerror(errno));
    }
    rlim_t memory = mapped_now() + (rlim_t)MEMORY_MORE;
    pid_t child = fork();
    if (child == 0)
        be_child(fd, rows[1], notes[1], memory);
    int error = errno;
    close(rows[1]), close(notes[1]);
    if (child > 0) {
        s->child = child;
        s->rows = rows[0];
        read_notes(s, notes[0]);
    } else {
        close(rows[0]);
    }
    close(notes[0]);
    return child > 0 ? OK : diag(d, E0901, sav_at(s), "cannot start a child: %s", strerror(error));
}

// Its end: only a child that says it has written all has given a whole table.
static enum status reap(struct sav *s, struct diags *d)
{
    int state = 0;
    while (waitpid(s->child, &state, 0) < 0 && errno == EINTR)
        continue;
    s->child = 0;
    if (WIFEXITED(state) && WEXITSTATUS(state) == 0)
        return OK;
    if (WIFSIGNALED(state))
        return diag(d, E0220, sav_at(s), "reading the SPSS file ended by signal %d (%s)",
                    WTERMSIG(state), strsignal(WTERMSIG(state)));
    return diag(d, E0220, sav_at(s), "the SPSS file cannot be read: %s",
                sav_child_words(WEXITSTATUS(state)));
}

enum status sav_read(struct sav *s, char *out, size_t room, size_t *got, struct diags *d)
{
    *got = 0;
    while (s->child) {
        ssize_t n = read(s->rows, out, room);
        if (n < 0 && errno == EINTR && !stop_asked())
            continue;
        if (n < 0)
            return diag(d, E0204, sav_at(s), "%s", strerror(errno));
        *got = (size_t)n;
        return n ? OK : reap(s, d);
    }
    return OK;
}

void sav_stop(struct sav *s)
{
    if (s->child > 0) {
        kill(s->child, SIGKILL);
        while (waitpid(s->child, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    s->child = 0;
    if (s->path && s->rows >= 0)
        close(s->rows);
    s->rows = -1;
    vec_free(&s->missing);
    arena_free(&s->arena);
}
