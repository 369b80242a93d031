// SPDX-License-Identifier: GPL-3.0-or-later
// A library to be preloaded: the N-th call of one kind goes wrong. FAULT is "KIND N HOW", e.g.
// "write 17 ENOSPC"; FAULT_COUNT names a file into which the number of calls of each kind is put
// at the end. Calls are counted in all threads of the process together; run with one.
//
// HOW: an errno (ENOSPC EIO EINTR EMFILE EINVAL ENOMEM), SHORT (half of the bytes), TORN (half of
// the bytes, then the process is killed), KILL and TERM (before the call), STOP (the process waits
// for SIGCONT).
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum kind {
    WRITE,
    PWRITE,
    SYNC,
    RENAME,
    OPEN,
    MKDIR,
    UNLINK,
    CLOSE,
    TRUNCATE,
    READ,
    DATASYNC,
    MEMORY,
    KINDS
};
static const char *const kind_names[KINDS] = {"write",    "pwrite", "sync",     "rename",
                                              "open",     "mkdir",  "unlink",   "close",
                                              "truncate", "read",   "datasync", "memory"};
enum how { NOTHING, FAIL, SHORT, TORN };

static atomic_long counts[KINDS];
static int wanted_kind = -1, wanted_errno;
static long wanted_call;
static char wanted_how[16];

__attribute__((constructor)) static void read_wish(void)
{
    static const struct {
        const char *name;
        int number;
    } errors[] = {{"ENOSPC", ENOSPC}, {"EIO", EIO},       {"EINTR", EINTR},
                  {"EMFILE", EMFILE}, {"EINVAL", EINVAL}, {"ENOMEM", ENOMEM}};
    char kind[16];
    const char *wish = getenv("FAULT");
    if (!wish || sscanf(wish, "%15s %ld %15s", kind, &wanted_call, wanted_how) != 3)
        return;
    for (int i = 0; i < KINDS; i++)
        if (strcmp(kind, kind_names[i]) == 0)
            wanted_kind = i;
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (strcmp(wanted_how, errors[i].name) == 0)
            wanted_errno = errors[i].number;
}

__attribute__((destructor)) static void write_counts(void)
{
    const char *path = getenv("FAULT_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (!file)
        return;
    for (int i = 0; i < KINDS; i++)
        fprintf(file, "%s %ld\n", kind_names[i], atomic_load(&counts[i]));
    fclose(file);
}

// Counts a call, and says what shall happen to it; errno is set for FAIL.
static enum how meet(enum kind kind)
{
    long call = atomic_fetch_add(&counts[kind], 1) + 1;
    if ((int)kind != wanted_kind || call != wanted_call)
        return NOTHING;
    if (wanted_errno) {
        errno = wanted_errno;
        return FAIL;
    }
    if (strcmp(wanted_how, "SHORT") == 0)
        return SHORT;
    if (strcmp(wanted_how, "TORN") == 0)
        return TORN;
    raise(strcmp(wanted_how, "KILL") == 0   ? SIGKILL
          : strcmp(wanted_how, "TERM") == 0 ? SIGTERM
                                            : SIGSTOP);
    return NOTHING;
}

// The next definition of a function, which is the one of the system.
#define REAL(name) (__extension__(__typeof__(&name)) real(#name))
static void *real(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

// A call that moves bytes: its length under the fault, or -1 when it fails.
static ssize_t length_under(enum how how, size_t length)
{
    if (how == FAIL)
        return -1;
    return (ssize_t)(how == NOTHING || length < 2 ? length : length / 2);
}

static ssize_t after(enum how how, ssize_t moved)
{
    if (how == TORN)
        raise(SIGKILL);
    return moved;
}

ssize_t write(int fd, const void *bytes, size_t length)
{
    enum how how = meet(WRITE);
    ssize_t most = length_under(how, length);
    return most < 0 ? -1 : after(how, REAL(write)(fd, bytes, (size_t)most));
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at)
{
    enum how how = meet(PWRITE);
    ssize_t most = length_under(how, length);
    return most < 0 ? -1 : after(how, REAL(pwrite)(fd, bytes, (size_t)most, at));
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at)
{
    enum how how = meet(PWRITE);
    ssize_t most = length_under(how, length);
    return most < 0 ? -1 : after(how, REAL(pwrite64)(fd, bytes, (size_t)most, at));
}

ssize_t read(int fd, void *bytes, size_t length)
{
    enum how how = meet(READ);
    ssize_t most = length_under(how, length);
    return most < 0 ? -1 : after(how, REAL(read)(fd, bytes, (size_t)most));
}

ssize_t pread(int fd, void *bytes, size_t length, off_t at)
{
    enum how how = meet(READ);
    ssize_t most = length_under(how, length);
    return most < 0 ? -1 : after(how, REAL(pread)(fd, bytes, (size_t)most, at));
}

ssize_t pread64(int fd, void *bytes, size_t length, off64_t at)
{
    enum how how = meet(READ);
    ssize_t most = length_under(how, length);
    return most < 0 ? -1 : after(how, REAL(pread64)(fd, bytes, (size_t)most, at));
}

int fsync(int fd)
{
    return meet(SYNC) == FAIL ? -1 : REAL(fsync)(fd);
}

int fdatasync(int fd)
{
    return meet(DATASYNC) == FAIL ? -1 : REAL(fdatasync)(fd);
}

int rename(const char *old, const char *new)
{
    return meet(RENAME) == FAIL ? -1 : REAL(rename)(old, new);
}

int renameat(int old_dir, const char *old, int new_dir, const char *new)
{
    return meet(RENAME) == FAIL ? -1 : REAL(renameat)(old_dir, old, new_dir, new);
}

int renameat2(int old_dir, const char *old, int new_dir, const char *new, unsigned flags)
{
    return meet(RENAME) == FAIL ? -1 : REAL(renameat2)(old_dir, old, new_dir, new, flags);
}

int mkdir(const char *path, mode_t mode)
{
    return meet(MKDIR) == FAIL ? -1 : REAL(mkdir)(path, mode);
}

int mkdirat(int dir, const char *path, mode_t mode)
{
    return meet(MKDIR) == FAIL ? -1 : REAL(mkdirat)(dir, path, mode);
}

int unlink(const char *path)
{
    return meet(UNLINK) == FAIL ? -1 : REAL(unlink)(path);
}

int unlinkat(int dir, const char *path, int flags)
{
    return meet(UNLINK) == FAIL ? -1 : REAL(unlinkat)(dir, path, flags);
}

int ftruncate(int fd, off_t length)
{
    return meet(TRUNCATE) == FAIL ? -1 : REAL(ftruncate)(fd, length);
}

int ftruncate64(int fd, off64_t length)
{
    return meet(TRUNCATE) == FAIL ? -1 : REAL(ftruncate64)(fd, length);
}

// The descriptor is gone in any case, as in Linux.
int close(int fd)
{
    int closed = meet(CLOSE) == FAIL ? -1 : 0, error = errno, result = REAL(close)(fd);
    errno = closed ? error : errno;
    return closed ? -1 : result;
}

// open and its like take a mode where they make a file.
#define MODE_OF(flags)                                      \
    mode_t mode = 0;                                        \
    if ((flags) & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY))) { \
        va_list more;                                       \
        va_start(more, flags);                              \
        mode = va_arg(more, mode_t);                        \
        va_end(more);                                       \
    }                                                       \
    if (meet(OPEN) == FAIL)                                 \
    return -1

int open(const char *path, int flags, ...)
{
    MODE_OF(flags);
    return REAL(open)(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    MODE_OF(flags);
    return REAL(open64)(path, flags, mode);
}

int openat(int dir, const char *path, int flags, ...)
{
    MODE_OF(flags);
    return REAL(openat)(dir, path, flags, mode);
}

int openat64(int dir, const char *path, int flags, ...)
{
    MODE_OF(flags);
    return REAL(openat64)(dir, path, flags, mode);
}

// ---- memory: of all libraries. A sanitizer has its own, which must not be taken from it.

#if defined(__GLIBC__) && defined(FAULT_MEMORY)
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

void *malloc(size_t size)
{
    return meet(MEMORY) == FAIL ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return meet(MEMORY) == FAIL ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return meet(MEMORY) == FAIL ? NULL : __libc_realloc(old, size);
}
#endif
