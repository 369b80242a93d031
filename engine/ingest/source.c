// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ingest/source.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum { RAW_BLOCK = 1 << 18, BOMB_BYTES = 64 << 20, BOMB_RATIO = 1000 };
enum packing { PACKED_UNKNOWN, PACKED_NOT, PACKED_GZIP, PACKED_ZSTD, PACKED_SPSS };

struct source {
    const char *path;
    int fd;
    struct stat before;
    double expand;
    struct sha256 sum;
    uint64_t in, out; // bytes read from the file, bytes given on
    enum packing packing;
    bool ended;  // the file has no more bytes
    bool inside; // a member or frame is begun and not complete
    bool any;    // a member or frame is complete
    z_stream gzip;
    ZSTD_DStream *zstd;
    struct sav sav;
    size_t start, end; // of the unread bytes in raw
    unsigned char raw[RAW_BLOCK];
};

static struct where source_at(const struct source *s)
{
    return (struct where){s->path, 0, 0};
}

static enum status check_file(struct source *s, bool any_kind, struct diags *d)
{
    if (s->fd < 0)
        return diag(d, E0201, source_at(s), "cannot open: %s", strerror(errno));
    if (fstat(s->fd, &s->before) != 0)
        return diag(d, E0204, source_at(s), "%s", strerror(errno));
    if (S_ISDIR(s->before.st_mode))
        return diag(d, E0202, source_at(s), "is a folder, not a file");
    if (!any_kind && !S_ISREG(s->before.st_mode))
        return diag(d, E0210, source_at(s), "is not a regular file");
    return OK;
}

static struct source *start(const char *path, double expand)
{
    struct source *s = mem_new(1, sizeof *s);
    s->path = path;
    s->expand = expand > 0 ? expand : BOMB_RATIO;
    sha256_start(&s->sum);
    return s;
}

static struct source *checked(struct source *s, bool any_kind, struct diags *d, enum status *status)
{
    *status = check_file(s, any_kind, d);
    if (!*status)
        return s;
    source_close(s);
    return NULL;
}

struct source *source_open(const char *path, double expand, bool standard_input, struct diags *d,
                           enum status *status)
{
    struct source *s = start(path, expand);
    bool standard = standard_input && !strcmp(path, "-");
    s->fd = standard ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    return checked(s, standard, d, status);
}

struct source *source_take(const char *path, int fd, double expand, struct diags *d,
                           enum status *status)
{
    struct source *s = start(path, expand);
    s->fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    if (s->fd >= 0)
        lseek(s->fd, 0, SEEK_SET);
    return checked(s, false, d, status);
}

void source_close(struct source *s)
{
    if (!s)
        return;
    if (s->packing == PACKED_GZIP)
        inflateEnd(&s->gzip);
    ZSTD_freeDStream(s->zstd);
    sav_stop(&s->sav);
    sha256_drop(&s->sum);
    if (s->fd >= 0)
        close(s->fd);
    mem_free(s);
}

// Makes at least `need` bytes of raw available, or all that is left of the file.
static enum status fill(struct source *s, size_t need, struct diags *d)
{
    if (s->end - s->start < need) {
        memmove(s->raw, s->raw + s->start, s->end - s->start);
        s->end -= s->start;
        s->start = 0;
    }
    while (!s->ended && s->end - s->start < need) {
        ssize_t got = read(s->fd, s->raw + s->end, sizeof s->raw - s->end);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return diag(d, E0204, source_at(s), "cannot read on after byte %llu: %s",
                        (unsigned long long)s->in, strerror(errno));
        s->ended = got == 0;
        sha256_add(&s->sum, s->raw + s->end, (size_t)got);
        s->end += (size_t)got;
        s->in += (uint64_t)got;
    }
    return OK;
}

static bool starts_member(const struct source *s, enum packing packing)
{
    const unsigned char *p = s->raw + s->start;
    size_t len = s->end - s->start;
    if (packing == PACKED_GZIP)
        return len >= 2 && p[0] == 0x1f && p[1] == 0x8b;
    bool skippable =
        len >= 4 && (p[0] & 0xf0) == 0x50 && p[1] == 0x2a && p[2] == 0x4d && p[3] == 0x18;
    return skippable || (len >= 4 && p[0] == 0x28 && p[1] == 0xb5 && p[2] == 0x2f && p[3] == 0xfd);
}

// The sum is of the file as it lies on the disk, so that is read whole before the child begins.
static enum status start_spss(struct source *s, struct diags *d)
{
    if (!S_ISREG(s->before.st_mode))
        return diag(d, E0210, source_at(s), "an SPSS file cannot be read from a pipe");
    while (!s->ended) {
        s->start = s->end;
        TRY(fill(s, 1, d));
    }
    s->start = s->end = 0;
    return sav_start(&s->sav, s->path, s->fd, d);
}

static enum status find_packing(struct source *s, struct diags *d)
{
    TRY(fill(s, 4, d));
    if (starts_member(s, PACKED_GZIP)) {
        if (inflateInit2(&s->gzip, 15 + 16) != Z_OK)
            return diag(d, E0901, source_at(s), "cannot start zlib");
        s->packing = PACKED_GZIP;
    } else if (starts_member(s, PACKED_ZSTD)) {
        s->zstd = ZSTD_createDStream();
        if (!s->zstd)
            return diag(d, E0901, source_at(s), "cannot start zstd");
        s->packing = PACKED_ZSTD;
    } else if (sav_is(s->raw + s->start, s->end - s->start)) {
        s->packing = PACKED_SPSS;
        return start_spss(s, d);
    } else {
        s->packing = PACKED_NOT;
    }
    return OK;
}

static enum status read_plain(struct source *s, char *out, size_t room, size_t *got,
                              struct diags *d)
{
    TRY(fill(s, 1, d));
    *got = s->end - s->start < room ? s->end - s->start : room;
    memcpy(out, s->raw + s->start, *got);
    s->start += *got;
    return OK;
}

static enum status corrupt(const struct source *s, const char *why, struct diags *d)
{
    return diag(d, E0206, source_at(s), "compressed data are corrupt after %llu bytes: %s",
                (unsigned long long)s->out, why);
}

static enum status step_gzip(struct source *s, char *out, size_t room, size_t *got, struct diags *d)
{
    z_stream *z = &s->gzip;
    z->next_in = s->raw + s->start;
    z->avail_in = (uInt)(s->end - s->start);
    z->next_out = (unsigned char *)out;
    z->avail_out = (uInt)(room < (1u << 30) ? room : 1u << 30);
    uInt offered = z->avail_out;
    int result = inflate(z, Z_NO_FLUSH);
    s->start = s->end - z->avail_in;
    *got = offered - z->avail_out;
    s->inside = result != Z_STREAM_END;
    if (result == Z_STREAM_END)
        return inflateReset(z) == Z_OK ? OK : corrupt(s, "zlib", d);
    if (result == Z_OK || result == Z_BUF_ERROR)
        return OK;
    return corrupt(s, z->msg ? z->msg : "not gzip", d);
}

static enum status step_zstd(struct source *s, char *out, size_t room, size_t *got, struct diags *d)
{
    ZSTD_inBuffer in = {s->raw + s->start, s->end - s->start, 0};
    ZSTD_outBuffer to = {out, room, 0};
    size_t left = ZSTD_decompressStream(s->zstd, &to, &in);
    s->start += in.pos;
    *got = to.pos;
    if (ZSTD_isError(left))
        return corrupt(s, ZSTD_getErrorName(left), d);
    s->inside = left != 0;
    return OK;
}

// Between two members: the end of the file, or the start of the next one.
static enum status next_member(struct source *s, bool *end, struct diags *d)
{
    TRY(fill(s, 4, d));
    *end = s->start == s->end;
    if (*end || starts_member(s, s->packing))
        return OK;
    return diag(d, E0207, source_at(s), "%zu or more bytes that are not compressed data follow",
                s->end - s->start);
}

static enum status check_bomb(const struct source *s, struct diags *d)
{
    if (s->out < BOMB_BYTES || (double)s->out <= s->expand * (double)s->in)
        return OK;
    return diag(d, E0208, source_at(s), "%llu bytes grow to more than %llu: refused",
                (unsigned long long)s->in, (unsigned long long)s->out);
}

static enum status read_packed(struct source *s, char *out, size_t room, size_t *got,
                               struct diags *d)
{
    for (*got = 0; *got == 0;) {
        if (!s->inside) {
            bool end;
            TRY(next_member(s, &end, d));
            if (end)
                return OK;
            s->inside = true;
        }
        TRY(fill(s, 1, d));
        size_t before = s->start;
        bool gzip = s->packing == PACKED_GZIP;
        TRY(gzip ? step_gzip(s, out, room, got, d) : step_zstd(s, out, room, got, d));
        if (s->inside && *got == 0 && s->start == before && s->start == s->end && s->ended)
            return diag(d, E0205, source_at(s), "compressed file is cut after %llu bytes of data",
                        (unsigned long long)s->out);
        s->out += *got;
        TRY(check_bomb(s, d));
    }
    return OK;
}

enum status source_read(struct source *s, char *out, size_t room, size_t *got, struct diags *d)
{
    *got = 0;
    if (s->packing == PACKED_UNKNOWN)
        TRY(find_packing(s, d));
    if (s->packing == PACKED_NOT)
        return read_plain(s, out, room, got, d);
    if (s->packing == PACKED_SPSS)
        return sav_read(&s->sav, out, room, got, d);
    return read_packed(s, out, room, got, d);
}

enum status source_table(struct source *s, bool *table, struct diags *d)
{
    if (s->packing == PACKED_UNKNOWN)
        TRY(find_packing(s, d));
    *table = s->packing == PACKED_SPSS;
    return OK;
}

struct sav_ranges source_missing(const struct source *s)
{
    return (struct sav_ranges){s->sav.missing.at, s->sav.missing.len};
}

static bool same_time(struct timespec a, struct timespec b)
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

enum status source_finish(struct source *s, uint64_t *bytes, char sha256[SHA256_HEX],
                          struct diags *d)
{
    *bytes = s->in;
    sha256_end(&s->sum, sha256);
    s->sum.state = NULL;
    struct stat now;
    if (fstat(s->fd, &now) != 0)
        return diag(d, E0204, source_at(s), "%s", strerror(errno));
    bool same = now.st_size == s->before.st_size && same_time(now.st_mtim, s->before.st_mtim);
    if (S_ISREG(now.st_mode) && (!same || (uint64_t)now.st_size != s->in))
        return diag(d, E0209, source_at(s), "the file changed while it was read");
    return OK;
}
