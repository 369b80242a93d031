// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/outdir.h"

#include "engine/base/map.h"
#include "engine/base/outdir_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

// ---- opening

static void split_path(struct outdir *o)
{
    char *path = arena_text(&o->arena, o->path);
    size_t len = strlen(path);
    while (len > 1 && path[len - 1] == '/')
        path[--len] = '\0';
    char *slash = strrchr(path, '/');
    o->name = slash ? slash + 1 : path;
    if (!slash)
        o->parent = arena_text(&o->arena, ".");
    else
        o->parent = arena_copy(&o->arena, path, slash == path ? 1 : (size_t)(slash - path));
}

static enum status make_parents(struct outdir *o, struct diags *d)
{
    char *path = arena_text(&o->arena, o->parent);
    for (char *at = path + 1; *path && *at; at++) {
        if (*at != '/')
            continue;
        *at = '\0';
        mkdir(path, 0777);
        *at = '/';
    }
    if (mkdir(path, 0777) != 0 && errno != EEXIST)
        return diag(d, E0601, outdir_place(o), "cannot make the folder %s: %s", o->parent,
                    strerror(errno));
    o->parent_fd = open(o->parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return o->parent_fd >= 0 ? OK : diag(d, E0601, outdir_place(o), "%s", strerror(errno));
}

static enum status make_temp(struct outdir *o, struct diags *d)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz012345";
    for (int attempt = 0; attempt < 100; attempt++) {
        unsigned char noise[RANDOM_LETTERS];
        if (getrandom(noise, sizeof noise, 0) != (ssize_t)sizeof noise)
            break;
        o->temp = arena_print(&o->arena, ".%s.XXXXXX", o->name);
        char *at = o->temp + strlen(o->temp) - RANDOM_LETTERS;
        for (int i = 0; i < RANDOM_LETTERS; i++)
            at[i] = letters[noise[i] % 32];
        if (mkdirat(o->parent_fd, o->temp, 0777) == 0) {
            o->temp_fd = openat(o->parent_fd, o->temp, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
            if (o->temp_fd >= 0 && flock(o->temp_fd, LOCK_EX | LOCK_NB) == 0)
                return OK;
            break;
        }
        if (errno != EEXIST)
            break;
    }
    return diag(d, E0601, outdir_place(o), "cannot make a folder beside it: %s", strerror(errno));
}

enum status outdir_open(struct outdir *o, const char *path, struct diags *d)
{
    *o = (struct outdir){.parent_fd = -1, .temp_fd = -1};
    o->path = arena_text(&o->arena, path);
    split_path(o);
    if (!*o->name || strcmp(o->name, ".") == 0 || strcmp(o->name, "..") == 0)
        return diag(d, E0601, outdir_place(o), "is not a name for an output folder");
    enum status status = make_parents(o, d);
    if (!status) {
        outdir_sweep(o);
        status = outdir_may_replace(o, d);
    }
    if (!status)
        status = make_temp(o, d);
    if (status)
        outdir_abandon(o);
    return status;
}

// ---- writing

static bool safe_path(const char *path)
{
    for (const char *part = path; part; part = strchr(part, '/')) {
        part += *part == '/';
        size_t len = strcspn(part, "/");
        if (len == 0 || (part[0] == '.' && (len == 1 || (len == 2 && part[1] == '.'))))
            return false;
    }
    return path[0] != '/';
}

static int create_at(const struct outdir *o, const char *path)
{
    struct buf copy = {0};
    buf_text(&copy, path);
    int failed = 0;
    for (char *slash = strchr(copy.ptr, '/'); slash && !failed; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        failed = mkdirat(o->temp_fd, copy.ptr, 0777) != 0 && errno != EEXIST;
        *slash = '/';
    }
    buf_free(&copy);
    if (failed)
        return -1;
    return openat(o->temp_fd, path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
}

// Each file is flushed when it is written: the disk is at work while the next one is made.
enum status outdir_write(const struct outdir *o, const char *path, struct str bytes,
                         struct outfile *made, struct diags *d)
{
    struct where at = {path, 0, 0};
    if (!safe_path(path))
        return diag(d, E0604, at, "is not a name for an output file");
    int fd = create_at(o, path);
    if (fd < 0)
        return diag(d, E0605, at, "cannot create: %s", strerror(errno));
    int failed = file_write_all(fd, bytes.ptr, bytes.len);
    if (!failed && fsync(fd) != 0)
        failed = errno;
    if (close(fd) != 0 && !failed)
        failed = errno;
    if (failed)
        return diag(d, E0606, at, "cannot write: %s", strerror(failed));
    *made = (struct outfile){.path = path, .bytes = bytes.len};
    sha256_of(bytes, made->sha256);
    return OK;
}

void outdir_list(struct outdir *o, const struct outfile *made)
{
    struct outfile file = *made;
    file.path = arena_text(&o->arena, made->path);
    vec_push(&o->files, file);
}

enum status outdir_put(struct outdir *o, const char *path, struct str bytes, struct diags *d)
{
    struct outfile made;
    TRY(outdir_write(o, path, bytes, &made, d));
    outdir_list(o, &made);
    return OK;
}

enum status outdir_take(const struct outdir *o, struct arena *a, const char *made, size_t limit,
                        struct str *out, struct diags *d)
{
    char *path = arena_print(a, "%s/%s/%s", o->parent, o->temp, made);
    enum status status = file_read(a, path, limit, out, d);
    outdir_remove(o, made);
    return status;
}

void outdir_remove(const struct outdir *o, const char *made)
{
    unlinkat(o->temp_fd, made, 0);
}

// ---- publishing

static int flush_folder(int dir, const char *path)
{
    int fd = openat(dir, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return errno;
    int failed = fsync(fd) == 0 ? 0 : errno;
    close(fd);
    return failed;
}

// The files were flushed one by one. Each folder on the way to one, then the folder itself.
static int flush_folders(struct outdir *o)
{
    int failed = 0;
    struct dict seen = {0};
    for (size_t i = 0; i < o->files.len && !failed; i++) {
        const char *path = o->files.at[i].path;
        for (const char *slash = path; !failed && (slash = strchr(slash, '/')); slash++) {
            struct str folder = {path, (size_t)(slash - path)};
            if (dict_find(&seen, folder) >= 0)
                continue;
            dict_add(&seen, folder);
            failed = flush_folder(o->temp_fd, arena_copy(&o->arena, folder.ptr, folder.len));
        }
    }
    dict_free(&seen);
    if (!failed && fsync(o->temp_fd) != 0)
        failed = errno;
    return failed;
}

// NAME is there: the two folders change places, or, where that is not to be had, NAME steps aside.
static int exchange(struct outdir *o)
{
    if (renameat2(o->parent_fd, o->temp, o->parent_fd, o->name, RENAME_EXCHANGE) == 0) {
        outdir_remove_tree(o->parent_fd, o->temp);
        return 0;
    }
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
    char *old = arena_print(&o->arena, ".%s.old", o->name);
    outdir_remove_tree(o->parent_fd, old);
    if (renameat(o->parent_fd, o->name, o->parent_fd, old) != 0)
        return errno;
    if (renameat(o->parent_fd, o->temp, o->parent_fd, o->name) != 0) {
        int failed = errno;
        renameat(o->parent_fd, old, o->parent_fd, o->name);
        return failed;
    }
    outdir_remove_tree(o->parent_fd, old);
    return 0;
}

enum status outdir_publish(struct outdir *o, struct diags *d)
{
    int failed = outdir_drop_foreign(o);
    if (!failed)
        failed = flush_folders(o);
    if (!failed && renameat2(o->parent_fd, o->temp, o->parent_fd, o->name, RENAME_NOREPLACE) != 0) {
        if (errno == EEXIST || errno == ENOTEMPTY)
            failed = exchange(o);
        else if (errno == EINVAL || errno == ENOSYS)
            failed = faccessat(o->parent_fd, o->name, F_OK, AT_SYMLINK_NOFOLLOW) == 0
                         ? exchange(o)
                         : (renameat(o->parent_fd, o->temp, o->parent_fd, o->name) ? errno : 0);
        else
            failed = errno;
    }
    if (failed)
        return diag(d, E0607, outdir_place(o), "cannot put the new folder in place: %s",
                    strerror(failed));
    fsync(o->parent_fd); // the folder is in place; a failure here cannot be undone
    o->temp = NULL;
    return OK;
}

void outdir_abandon(struct outdir *o)
{
    if (o->temp && o->parent_fd >= 0)
        outdir_remove_tree(o->parent_fd, o->temp);
    if (o->temp_fd >= 0)
        close(o->temp_fd);
    if (o->parent_fd >= 0)
        close(o->parent_fd);
    vec_free(&o->files);
    arena_free(&o->arena);
    *o = (struct outdir){.parent_fd = -1, .temp_fd = -1};
}
