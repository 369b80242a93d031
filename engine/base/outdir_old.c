// SPDX-License-Identifier: GPL-3.0-or-later
// What stands where the new folder is to go, and beside it: may it be replaced, and what did dead
// runs leave?
#include "engine/base/outdir_parts.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEEPEST = 8, MANIFEST_LIMIT = 64 << 20 };

// ---- removing a tree

static void remove_tree(int dir, const char *name, int depth);

static void remove_content(int fd, int depth)
{
    DIR *list = fdopendir(fd);
    if (!list) {
        close(fd);
        return;
    }
    for (struct dirent *entry; (entry = readdir(list));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            remove_tree(dirfd(list), entry->d_name, depth + 1);
    closedir(list);
}

static void remove_tree(int dir, const char *name, int depth)
{
    if (unlinkat(dir, name, 0) == 0 || depth > DEEPEST)
        return;
    int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd >= 0)
        remove_content(fd, depth);
    unlinkat(dir, name, AT_REMOVEDIR);
}

void outdir_remove_tree(int dir, const char *name)
{
    remove_tree(dir, name, 0);
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
        outdir_remove_tree(parent, entry);
    close(fd);
}

void outdir_sweep(const struct outdir *o)
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

int outdir_drop_foreign(struct outdir *o)
{
    int failed = 0;
    json_t *files = json_object();
    for (size_t i = 0; i < o->files.len; i++)
        json_object_set_new(files, o->files.at[i].path, json_true());
    for (char *path; !failed && (path = foreign_file(&o->arena, o->temp_fd, "", files, 0));)
        failed = unlinkat(o->temp_fd, path, 0) == 0 ? 0 : errno;
    json_decref(files);
    return failed;
}

enum status outdir_may_replace(struct outdir *o, struct diags *d)
{
    struct stat info;
    if (fstatat(o->parent_fd, o->name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? OK : diag(d, E0601, outdir_place(o), "%s", strerror(errno));
    if (!S_ISDIR(info.st_mode))
        return diag(d, E0602, outdir_place(o), "exists and is not a folder");
    int dir = openat(o->parent_fd, o->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (dir < 0)
        return diag(d, E0601, outdir_place(o), "%s", strerror(errno));
    json_t *files = manifest_files(dir);
    char *foreign = foreign_file(&o->arena, dir, "", files, 0);
    json_decref(files);
    close(dir);
    if (!foreign)
        return OK;
    return diag(d, E0603, outdir_place(o), "holds a file that is not etalon's: %s",
                diag_quote(d, str_of(foreign)));
}
