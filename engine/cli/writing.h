// SPDX-License-Identifier: GPL-3.0-or-later
// The files that wait for no picture: tables, machine files, workbooks. Each is a job that makes
// and writes them from finished results; jobs run in threads where more than one is allowed, while
// the caller goes on. What they listed and said is taken over in the order of the jobs, so the
// number of threads changes nothing.
#pragma once
#include "engine/cli/options.h"
#include "engine/report/writers.h"

struct writing {
    // given before the start; nothing of it changes until the end
    const struct options *options;
    const struct results *results;
    const struct edition *edition;
    const struct document *document; // built between start and finish
    struct period period;
    struct outdir *out;  // files are written; they are listed at the end
    struct str snapshot; // made already, else empty
    int threads;
    // its own
    struct writing_job *jobs;
    void **queued; // the jobs, as the crew wants them
    size_t count;
    struct crew *crew; // NULL: all is done at the end
};

// Begins with those that need no document.
void writing_start(struct writing *w);
// The document is there. Waits for all, lists what was written. The first error of a job, after
// all diagnostics; when a signal asked to stop, whatever is done by then.
MUST_CHECK enum status writing_finish(struct writing *w, struct diags *d);
