// SPDX-License-Identifier: GPL-3.0-or-later
// The output folder, published whole or not at all (robustness.md C1, C2). Files are built in
// `.NAME.XXXXXX` beside NAME; publishing flushes the folders and puts the new one in place in one
// step. A NAME that exists is replaced only when it is empty or its manifest.json lists every file
// in it.
#pragma once
#include "engine/base/file.h"

struct outfile {
    const char *path; // relative to the folder, slashes
    uint64_t bytes;
    char sha256[SHA256_HEX];
};

struct outdir {
    struct arena arena;
    const char *path; // as the user gave it
    char *parent, *name, *temp;
    int parent_fd, temp_fd;
    VEC(struct outfile) files; // in the order they were listed
};

// Checks that `path` may be replaced, removes what dead runs left beside it, makes the folder to
// build in. After an error nothing is left behind.
MUST_CHECK enum status outdir_open(struct outdir *o, const char *path, struct diags *d);
// Writes one file, flushes it and lists it; folders in `path` are made. The name must be relative,
// without "..".
MUST_CHECK enum status outdir_put(struct outdir *o, const char *path, struct str bytes,
                                  struct diags *d);
// The same in two steps: any number of threads may write at once (each with diagnostics of its
// own); one lists what was made. made->path is the caller's text.
MUST_CHECK enum status outdir_write(const struct outdir *o, const char *path, struct str bytes,
                                    struct outfile *made, struct diags *d);
void outdir_list(struct outdir *o, const struct outfile *made);
// A file that another program left in the building folder under `made`: it is read, removed and
// given back (for after-treatment); `limit` in bytes.
MUST_CHECK enum status outdir_take(const struct outdir *o, struct arena *a, const char *made,
                                   size_t limit, struct str *out, struct diags *d);
void outdir_remove(const struct outdir *o, const char *made); // quietly
MUST_CHECK enum status outdir_publish(struct outdir *o, struct diags *d);
void outdir_abandon(struct outdir *o); // removes the building folder; harmless after publish
