// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status read_fd(struct arena *a, int fd, const char *path, size_t limit, struct str *out,
                           struct diags *d)
{
    struct buf bytes = {0};
    char block[1 << 16];
    for (;;) {
        ssize_t got = read(fd, block, sizeof block);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            *out = (struct str){arena_copy(a, bytes.ptr, bytes.len), bytes.len};
            buf_free(&bytes);
            return got == 0 ? OK
                            : diag(d, E0204, (struct where){path, 0, 0}, "%s", strerror(errno));
        }
        buf_put(&bytes, block, (size_t)got);
        if (bytes.len > limit) {
            buf_free(&bytes);
            return diag(d, E0215, (struct where){path, 0, 0}, "file is larger than %zu bytes",
                        limit);
        }
    }
}

enum status file_read(struct arena *a, const char *path, size_t limit, struct str *out,
                      struct diags *d)
{
    struct where at = {path, 0, 0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return diag(d, E0201, at, "cannot open: %s", strerror(errno));
    struct stat info;
    enum status status = OK;
    if (fstat(fd, &info) == 0 && S_ISDIR(info.st_mode))
        status = diag(d, E0202, at, "is a folder, not a file");
    else
        status = read_fd(a, fd, path, limit, out, d);
    close(fd);
    return status;
}

int file_write_all(int fd, const char *bytes, size_t len)
{
    while (len) {
        ssize_t put = write(fd, bytes, len);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return errno;
        bytes += put;
        len -= (size_t)put;
    }
    return 0;
}

// The library fails for want of memory only; a sum that is not one must never be written.
static void need(int done)
{
    if (!done)
        mem_none();
}

void sha256_start(struct sha256 *s)
{
    s->state = EVP_MD_CTX_new();
    need(s->state && EVP_DigestInit_ex(s->state, EVP_sha256(), NULL));
}

void sha256_add(struct sha256 *s, const void *bytes, size_t len)
{
    need(EVP_DigestUpdate(s->state, bytes, len));
}

void sha256_end(struct sha256 *s, char hex[SHA256_HEX])
{
    unsigned char sum[EVP_MAX_MD_SIZE];
    unsigned len = 0;
    need(EVP_DigestFinal_ex(s->state, sum, &len));
    for (unsigned i = 0; i < 32; i++) {
        hex[2 * i] = "0123456789abcdef"[sum[i] >> 4];
        hex[2 * i + 1] = "0123456789abcdef"[sum[i] & 15];
    }
    hex[SHA256_HEX - 1] = '\0';
    sha256_drop(s);
}

void sha256_drop(struct sha256 *s)
{
    EVP_MD_CTX_free(s->state);
    s->state = NULL;
}

void sha256_of(struct str bytes, char hex[SHA256_HEX])
{
    struct sha256 s;
    sha256_start(&s);
    sha256_add(&s, bytes.ptr, bytes.len);
    sha256_end(&s, hex);
}

const char *path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

char *path_beside(struct arena *a, const char *base, const char *name)
{
    const char *last = path_name(base);
    if (name[0] == '/' || last == base)
        return arena_text(a, name);
    return arena_print(a, "%.*s%s", (int)(last - base), base, name);
}

static volatile sig_atomic_t stop_signal;

static void on_signal(int number)
{
    if (stop_signal)
        _exit(128 + number); // a second signal ends at once
    stop_signal = number;
}

void stop_install(void)
{
    struct sigaction action = {.sa_handler = on_signal};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
}

int stop_asked(void)
{
    return stop_signal;
}
