// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/outdir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEEPEST = 8, RANDOM_LETTERS = 6, MANIFEST_LIMIT = 64 << 20 };

static struct where place(const struct outdir *o)
{
    return (struct where){o->path, 0, 0};
}

// ---- removing a tree

static void remove_at(int dir, const char *name, int depth);

static void remove_content(int fd, int depth)
{
    DIR *list = fdopendir(fd);
    if (!list) {
        close(fd);
        return;
    }
    for (struct dirent *entry; (entry = readdir(list));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            remove_at(dirfd(list), entry->d_name, depth + 1);
    closedir(list);
}

static void remove_at(int dir, const char *name, int depth)
{
    if (unlinkat(dir, name, 0) == 0 || depth > DEEPEST)
        return;
    int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd >= 0)
        remove_content(fd, depth);
    unlinkat(dir, name, AT_REMOVEDIR);
}

// ---- what dead runs left: `.NAME.XXXXXX` whose lock is free; `.NAME.old` when NAME is missing

static bool is_leftover(const char *entry, const char *name)
{
    size_t len = strlen(name);
    return entry[0] == '.' && strncmp(entry + 1, name, len) == 0 && entry[len + 1] == '.' &&
           strlen(entry + len + 2) == RANDOM_LETTERS;
}

static void sweep_one(int parent, const char *entry)
{
    int fd = openat(parent, entry, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return;
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        remove_at(parent, entry, 0);
    close(fd);
}

static void sweep(const struct outdir *o)
{
    struct buf old = {0};
    buf_print(&old, ".%s.old", o->name);
    if (faccessat(o->parent_fd, o->name, F_OK, AT_SYMLINK_NOFOLLOW) != 0)
        renameat(o->parent_fd, old.ptr, o->parent_fd, o->name);
    buf_free(&old);
    int fd = openat(o->parent_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *list = fd < 0 ? NULL : fdopendir(fd);
    if (!list)
        return;
    for (struct dirent *entry; (entry = readdir(list));)
        if (is_leftover(entry->d_name, o->name))
            sweep_one(o->parent_fd, entry->d_name);
    closedir(list);
}

// ---- may NAME be replaced?

// The whole file in one piece: jansson reads a descriptor byte by byte.
static json_t *read_json(int fd)
{
    struct buf text = {0};
    char block[1 << 16];
    for (ssize_t got; text.len < MANIFEST_LIMIT && (got = read(fd, block, sizeof block)) != 0;) {
        if (got > 0)
            buf_put(&text, block, (size_t)got);
        else if (errno != EINTR)
            break;
    }
    json_t *root = json_loadb(text.ptr ? text.ptr : "", text.len, 0, NULL);
    buf_free(&text);
    return root;
}

static json_t *manifest_files(int dir)
{
    int fd = openat(dir, "manifest.json", O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    struct stat info;
    json_t *root = NULL;
    if (fstat(fd, &info) == 0 && info.st_size < MANIFEST_LIMIT)
        root = read_json(fd);
    close(fd);
    json_t *files = json_object();
    size_t index;
    json_t *entry;
    json_array_foreach(json_object_get(root, "outputs"), index, entry)
    {
        const char *path = json_string_value(json_object_get(entry, "path"));
        if (path)
            json_object_set_new(files, path, json_true());
    }
    json_object_set_new(files, "manifest.json", json_true());
    json_decref(root);
    return files;
}

// Path of the first file below `dir` that the manifest does not list; NULL if there is none.
static char *foreign_file(struct arena *a, int dir, const char *prefix, json_t *files, int depth)
{
    int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *list = fd < 0 ? NULL : fdopendir(fd);
    char *found = NULL;
    if (!list)
        return NULL;
    for (struct dirent *entry; !found && (entry = readdir(list));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        char *path = arena_print(a, "%s%s", prefix, entry->d_name);
        int sub = openat(dir, entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (sub >= 0 && depth < DEEPEST)
            found = foreign_file(a, sub, arena_print(a, "%s/", path), files, depth + 1);
        else if (!files || !json_object_get(files, path))
            found = path;
        if (sub >= 0)
            close(sub);
    }
    closedir(list);
    return found;
}

static enum status may_replace(struct outdir *o, struct diags *d)
{
    struct stat info;
    if (fstatat(o->parent_fd, o->name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? OK : diag(d, E0601, place(o), "%s", strerror(errno));
    if (!S_ISDIR(info.st_mode))
        return diag(d, E0602, place(o), "exists and is not a folder");
    int dir = openat(o->parent_fd, o->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (dir < 0)
        return diag(d, E0601, place(o), "%s", strerror(errno));
    json_t *files = manifest_files(dir);
    char *foreign = foreign_file(&o->arena, dir, "", files, 0);
    json_decref(files);
    close(dir);
    if (!foreign)
        return OK;
    return diag(d, E0603, place(o), "holds a file that is not etalon's: %s",
                diag_quote(d, str_of(foreign)));
}

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
        return diag(d, E0601, place(o), "cannot make the folder %s: %s", o->parent,
                    strerror(errno));
    o->parent_fd = open(o->parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return o->parent_fd >= 0 ? OK : diag(d, E0601, place(o), "%s", strerror(errno));
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
    return diag(d, E0601, place(o), "cannot make a folder beside it: %s", strerror(errno));
}

enum status outdir_open(struct outdir *o, const char *path, struct diags *d)
{
    *o = (struct outdir){.parent_fd = -1, .temp_fd = -1};
    o->path = arena_text(&o->arena, path);
    split_path(o);
    if (!*o->name || strcmp(o->name, ".") == 0 || strcmp(o->name, "..") == 0)
        return diag(d, E0601, place(o), "is not a name for an output folder");
    enum status status = make_parents(o, d);
    if (!status) {
        sweep(o);
        status = may_replace(o, d);
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

static int create_at(struct outdir *o, const char *path)
{
    char *copy = arena_text(&o->arena, path);
    for (char *slash = strchr(copy, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdirat(o->temp_fd, copy, 0777) != 0 && errno != EEXIST)
            return -1;
        *slash = '/';
    }
    return openat(o->temp_fd, path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
}

enum status outdir_put(struct outdir *o, const char *path, struct str bytes, struct diags *d)
{
    struct where at = {path, 0, 0};
    if (!safe_path(path))
        return diag(d, E0604, at, "is not a name for an output file");
    int fd = create_at(o, path);
    if (fd < 0)
        return diag(d, E0605, at, "cannot create: %s", strerror(errno));
    int failed = file_write_all(fd, bytes.ptr, bytes.len);
    if (close(fd) != 0 && !failed)
        failed = errno;
    if (failed)
        return diag(d, E0606, at, "cannot write: %s", strerror(failed));
    struct outfile file = {.path = arena_text(&o->arena, path), .bytes = bytes.len};
    sha256_of(bytes, file.sha256);
    vec_push(&o->files, file);
    return OK;
}

enum status outdir_take(struct outdir *o, struct arena *a, const char *made, size_t limit,
                        struct str *out, struct diags *d)
{
    char *path = arena_print(&o->arena, "%s/%s/%s", o->parent, o->temp, made);
    enum status status = file_read(a, path, limit, out, d);
    outdir_remove(o, made);
    return status;
}

void outdir_remove(struct outdir *o, const char *made)
{
    unlinkat(o->temp_fd, made, 0);
}

// ---- publishing

static int flush_path(int dir, const char *path, int flags)
{
    int fd = openat(dir, path, flags | O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno;
    int failed = fsync(fd) == 0 ? 0 : errno;
    close(fd);
    return failed;
}

// All files first, then each folder that holds one, then the folder itself.
static int flush_all(struct outdir *o)
{
    int failed = 0;
    for (size_t i = 0; i < o->files.len && !failed; i++)
        failed = flush_path(o->temp_fd, o->files.at[i].path, 0);
    const char *last = "";
    for (size_t i = 0; i < o->files.len && !failed; i++) {
        char *folder = arena_text(&o->arena, o->files.at[i].path);
        char *slash = strrchr(folder, '/');
        if (!slash)
            continue;
        *slash = '\0';
        if (strcmp(folder, last) != 0)
            failed = flush_path(o->temp_fd, folder, O_DIRECTORY);
        last = folder;
    }
    if (!failed && fsync(o->temp_fd) != 0)
        failed = errno;
    return failed;
}

// NAME is there: the two folders change places, or, where that is not to be had, NAME steps aside.
static int exchange(struct outdir *o)
{
    if (renameat2(o->parent_fd, o->temp, o->parent_fd, o->name, RENAME_EXCHANGE) == 0) {
        remove_at(o->parent_fd, o->temp, 0);
        return 0;
    }
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
    char *old = arena_print(&o->arena, ".%s.old", o->name);
    remove_at(o->parent_fd, old, 0);
    if (renameat(o->parent_fd, o->name, o->parent_fd, old) != 0)
        return errno;
    if (renameat(o->parent_fd, o->temp, o->parent_fd, o->name) != 0) {
        int failed = errno;
        renameat(o->parent_fd, old, o->parent_fd, o->name);
        return failed;
    }
    remove_at(o->parent_fd, old, 0);
    return 0;
}

enum status outdir_publish(struct outdir *o, struct diags *d)
{
    int failed = flush_all(o);
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
        return diag(d, E0607, place(o), "cannot put the new folder in place: %s", strerror(failed));
    fsync(o->parent_fd); // the folder is in place; a failure here cannot be undone
    o->temp = NULL;
    return OK;
}

void outdir_abandon(struct outdir *o)
{
    if (o->temp && o->parent_fd >= 0)
        remove_at(o->parent_fd, o->temp, 0);
    if (o->temp_fd >= 0)
        close(o->temp_fd);
    if (o->parent_fd >= 0)
        close(o->parent_fd);
    vec_free(&o->files);
    arena_free(&o->arena);
    *o = (struct outdir){.parent_fd = -1, .temp_fd = -1};
}
