// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/painters.h"

#include <limits.h>
#include <stdio.h>
#include <unistd.h>

// Beside the program, or where `make install` puts it. False: in neither place.
static bool find(char path[PATH_MAX])
{
    static const char *const places[] = {"etalon-paint", "../libexec/etalon/etalon-paint"};
    char folder[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", folder, sizeof folder - 1);
    if (len <= 0)
        return false;
    folder[len] = '\0';
    char *slash = strrchr(folder, '/');
    if (!slash)
        return false;
    slash[1] = '\0';
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        int used = snprintf(path, PATH_MAX, "%s%s", folder, places[i]);
        if (used > 0 && used < PATH_MAX && access(path, X_OK) == 0)
            return true;
    }
    return false;
}

bool painters_there(void)
{
    char path[PATH_MAX];
    return find(path);
}

bool painters_start(struct painters *p, int count, int folder_fd, int patience)
{
    char path[PATH_MAX];
    *p = (struct painters){0};
    if (!find(path))
        return false;
    const char *const arguments[] = {path, NULL};
    while (p->count < count && p->count < PAINTERS_MOST) {
        struct painter *one = &p->at[p->count];
        one->process =
            (struct process){.arguments = arguments, .folder_fd = folder_fd, .patience = patience};
        if (process_start(&one->process))
            break;
        one->process.arguments = NULL; // they were the caller's
        p->count++;
    }
    return p->count > 0;
}

void painters_give(struct painters *p, size_t index)
{
    struct buf line = {0};
    buf_print(&line, "%zu\n", index);
    process_give(&p->at[p->given++ % (size_t)p->count].process, buf_view(&line));
    buf_free(&line);
}

void painters_finish(struct painters *p, struct drawing *drawings, size_t count,
                     const atomic_bool *stop)
{
    for (int i = 0; i < p->count; i++)
        process_give_no_more(&p->at[i].process);
    for (int i = 0; i < p->count; i++) {
        struct painter *one = &p->at[i];
        while (!*stop && process_listen(&one->process, &one->said))
            continue;
        drawings_said(&one->said, &one->understood, drawings, count);
    }
}

void painters_end(struct painters *p, bool at_once)
{
    for (int i = 0; i < p->count; i++) {
        process_end(&p->at[i].process, at_once);
        buf_free(&p->at[i].said);
    }
    p->count = 0;
}
