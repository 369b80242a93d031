// SPDX-License-Identifier: GPL-3.0-or-later
// etalon init: writes a starting study from data files, to standard output or to a file that does
// not exist yet.
#include "engine/base/file.h"
#include "engine/cli/init_files.h"
#include "engine/cli/options.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static enum status put_new(const char *path, struct str text, struct diags *d)
{
    struct where at = {path, 0, 0};
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0) {
        enum status status = diag(d, E0605, at, "cannot create: %s", strerror(errno));
        if (errno == EEXIST)
            diag_help(d, "choose another name with -o; a study that exists is never overwritten");
        return status;
    }
    int failed = file_write_all(fd, text.ptr, text.len);
    if (close(fd) && !failed)
        failed = errno;
    if (!failed)
        return OK;
    unlink(path);
    return diag(d, E0606, at, "cannot write: %s", strerror(failed));
}

enum status command_init(const struct options *o, struct diags *d)
{
    struct buf study = {0};
    enum status status = init_study(o->arguments.at, o->arguments.len, o->out, &study, d);
    if (!status && o->out)
        status = put_new(o->out, buf_view(&study), d);
    else if (!status)
        fwrite(study.ptr, 1, study.len, stdout);
    buf_free(&study);
    return status;
}
