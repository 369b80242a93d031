// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of a file in blocks: plain, gzip (all members) or zstd (all frames), told by content.
// An SPSS file comes as the table that it holds (sav.h). A cut or corrupt member, garbage after the
// last one, a bomb, and a file that changes while it is read are errors, never a short file.
#pragma once
#include "engine/ingest/sav.h"

struct source; // an open file

// `expand`: most bytes out per byte in once 64 MiB are out; 0 = 1000. "-" is standard input where
// `standard_input` allows it. Errors stand at `path`. NULL after an error; *status is set.
struct source *source_open(const char *path, double expand, bool standard_input, struct diags *d,
                           enum status *status);
// The same from a descriptor, which stays the caller's; read from its start.
struct source *source_take(const char *path, int fd, double expand, struct diags *d,
                           enum status *status);
// Up to `room` bytes into `out`; *got 0 is the end of the file.
MUST_CHECK enum status source_read(struct source *s, char *out, size_t room, size_t *got,
                                   struct diags *d);
// After the end: checks that the file is the one that was opened (FAIL_RETRY), tells its size and
// SHA-256, both of the file as it lies on the disk.
MUST_CHECK enum status source_finish(struct source *s, uint64_t *bytes, char sha256[SHA256_HEX],
                                     struct diags *d);
// Whether the bytes are a table of ours: comma, quotes, UTF-8, decimal point, whatever is declared.
MUST_CHECK enum status source_table(struct source *s, bool *table, struct diags *d);
// The values, column by column, that such a file itself declares missing; none of other files.
struct sav_ranges {
    const struct sav_range *at;
    size_t len;
};
struct sav_ranges source_missing(const struct source *s);
void source_close(struct source *s); // at any time; NULL is allowed
