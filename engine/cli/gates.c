// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cli/gates.h"

#include "engine/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum status gates_open(struct gate *g, const struct options *o, struct diags *d)
{
    const char *lost = o->junit ? "junit" : o->gate_json ? "gate-json" : NULL;
    if (o->gate)
        return gate_read(g, o->gate, d);
    if (!lost)
        return OK;
    enum status status = diag(d, E0703, (struct where){0}, "--%s needs --gate", lost);
    diag_help(d, "name the rules: --gate FILE");
    return status;
}

static enum status put_file(const char *path, struct str bytes, struct diags *d)
{
    struct where where = {path, 0, 0};
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        return diag(d, E0605, where, "cannot create: %s", strerror(errno));
    int failed = file_write_all(fd, bytes.ptr, bytes.len);
    if (close(fd) != 0 && !failed)
        failed = errno;
    return failed ? diag(d, E0606, where, "cannot write: %s", strerror(failed)) : OK;
}

static enum status put_results(const struct options *o, const struct verdict *v, struct diags *d)
{
    const struct {
        const char *path;
        void (*write)(struct buf *out, const struct verdict *v);
    } files[] = {{o->junit, verdict_junit}, {o->gate_json, verdict_json}};
    enum status status = OK;
    for (size_t i = 0; i < 2 && !status; i++) {
        if (!files[i].path)
            continue;
        struct buf text = {0};
        files[i].write(&text, v);
        status = put_file(files[i].path, buf_view(&text), d);
        buf_free(&text);
    }
    return status;
}

enum status gates_judge(const struct gate *g, const struct options *o, const struct snapshot *s,
                        const struct diff *diff, struct diags *d)
{
    struct verdict v;
    if (!o->gate)
        return OK;
    gate_judge(&v, g, s, diff);
    enum status status = put_results(o, &v, d);
    enum status judged = verdict_report(&v, s, d);
    verdict_free(&v);
    return status ? status : judged;
}
