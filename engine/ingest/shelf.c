// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ingest/shelf.h"

#include "engine/base/file.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

int shelf_put(struct shelf *s, const char *name, struct str bytes)
{
    int fd = memfd_create("etalon", MFD_CLOEXEC);
    if (fd < 0)
        return errno;
    int error = file_write_all(fd, bytes.ptr, bytes.len);
    if (error) {
        close(fd);
        return error;
    }
    struct shelf_file file = {name, fd + 1};
    vec_push(&s->files, file);
    return 0;
}

const struct shelf_file *shelf_find(const struct shelf *s, const char *name)
{
    for (size_t i = 0; i < s->files.len; i++)
        if (strcmp(s->files.at[i].name, name) == 0)
            return &s->files.at[i];
    return NULL;
}

void shelf_free(struct shelf *s)
{
    for (size_t i = 0; i < s->files.len; i++)
        if (s->files.at[i].stand_in)
            close(s->files.at[i].stand_in - 1);
    vec_free(&s->files);
}
